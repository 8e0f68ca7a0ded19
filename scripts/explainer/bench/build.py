"""Measures how the build grows with the registry: ``scripts/bench build``.

It prints times and ratios, and asserts nothing: what a time may be depends on the machine. Twice the sources and
pages should take about twice as long.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from unittest import mock

import typer
from rich.console import Console
from rich.table import Table

from explainer import rendering
from explainer.bench.words import sentence
from explainer.facts import load_facts
from explainer.pages import load_pages
from explainer.records import Kind, Source
from explainer.references import format_references
from explainer.rendering import Rendering, Site
from explainer.result_cache import ResultCache
from explainer.views import VIEWS

_PUBLISHERS = ("The Paper", "The Agency", "Ministry of Trade", "Institute of Affairs", "Daily News")
_FILES = 10
_COMPLETE = ("complete build, nothing kept", "complete build again")
_PRINTED = "plain, the same pages"
_NAV = re.compile(r"^nav:\n(?:[ \t]+.*\n|\n)+", re.M)
_OURS = re.compile(r"^  - explainer\.extension\n|^  custom_dir:.*\n", re.M)


def bench_build(
    sources: Annotated[int, typer.Option(help="The size of the registry.")] = 5000,
    pages: Annotated[int, typer.Option(help="The number of pages.")] = 200,
    cited: Annotated[int, typer.Option(help="Citations on each page.")] = 40,
) -> None:
    """Build projects of growing size, and this one, against plain MkDocs Material on the same words."""
    root = Path.cwd()
    console = Console(width=110)
    sizes = [(sources // part, pages // part) for part in (4, 2, 1)]
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for some_sources, some_pages in sizes:
            console.print(f"{some_sources} sources, {some_pages} pages", style="dim")
            project = Path(folder) / f"{some_sources}"
            make_project(root, project, some_sources, some_pages, cited)
            rows.append((some_sources, some_pages, measure(project, Path(folder))))
        console.print(_growth(rows))
        console.print("this project", style="dim")
        console.print(_against_plain([*rows[-1:], ("this", "project", measure(root, Path(folder)))]))


def make_project(root: Path, project: Path, sources: int, pages: int, cited: int) -> None:
    """Write a project with the looks of this one and words made up: the same each time."""
    chance = random.Random(sources * 1000 + pages)
    (project / "docs" / "data" / "sources").mkdir(parents=True)
    shutil.copytree(root / "overrides", project / "overrides")
    shutil.copytree(root / "docs" / "assets", project / "docs" / "assets")
    (project / "mkdocs.yml").write_text(
        _NAV.sub("", (root / "mkdocs.yml").read_text(encoding="utf-8")), encoding="utf-8"
    )
    ids = [f"paper-{1950 + number % 77}-{number}" for number in range(sources)]
    for part in range(_FILES):
        text = "\n".join(_source(chance, id_) for id_ in ids[part::_FILES])
        (project / "docs" / "data" / "sources" / f"part-{part}.yml").write_text(text, encoding="utf-8")
    for number in range(pages):
        path = project / "docs" / "pages" / f"page-{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_page(chance, f"Page {number}", chance.choices(ids, k=cited)), encoding="utf-8")
    (project / "docs" / "index.md").write_text(_page(chance, "Answer", ids[:cited]), encoding="utf-8")
    (project / "docs" / "sources.md").write_text(
        _head("Sources") + "\n# Sources\n\n::: bibliography\n", encoding="utf-8"
    )


def measure(project: Path, folder: Path) -> dict[str, float]:
    """Seconds of each step on one project, and how many references were formatted."""
    found: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        value = step()
        found[name] = time.perf_counter() - start
        return value

    formatted = 0

    def counted(sources: Iterable[Source], cache: ResultCache) -> dict[str, str]:
        nonlocal formatted
        given = list(sources)
        formatted += len(given)
        return format_references(given, cache)

    facts, problems = timed("load the facts", lambda: load_facts(project))
    pages, _ = timed("load the words", lambda: load_pages(project))
    if problems:
        raise typer.BadParameter(f"{project}: {problems[0]}")
    timed("format the references", lambda: format_references(facts.sources.values()))
    with mock.patch.object(rendering, "format_references", counted):
        site = timed("prepare the site", lambda: Site.create(facts, pages, VIEWS, project))
    assert site.usage is not None
    found["formatted"] = formatted
    found["sources"] = len(facts.sources)
    out = folder / "site"
    timed("mkdocs build", lambda: _run(project, "mkdocs", "build", "-q", "--site-dir", str(out)))
    kept = ResultCache.of(project).folder
    if kept:
        shutil.rmtree(kept, ignore_errors=True)
    for name in _COMPLETE:
        timed(name, lambda: _run(project, "explainer.build", "--site-dir", str(out)))
    plain = folder / f"plain-{project.name}"
    make_plain(project, plain)
    timed("plain mkdocs build", lambda: _run(plain, "mkdocs", "build", "-q", "--site-dir", str(out)))
    for page in pages.values():
        words = page.text[: page.body_start] + Rendering(site, page).run()
        (plain / "docs" / page.src).write_text(words, encoding="utf-8")
    timed(_PRINTED, lambda: _run(plain, "mkdocs", "build", "-q", "--site-dir", str(out)))
    return found


def make_plain(project: Path, plain: Path) -> None:
    """The same words for MkDocs Material alone: without our extension and our templates."""
    shutil.rmtree(plain, ignore_errors=True)
    shutil.copytree(project / "docs", plain / "docs")
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (plain / "mkdocs.yml").write_text(_OURS.sub("", text), encoding="utf-8")


def _run(project: Path, module: str, *arguments: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise typer.BadParameter(f"{project}: {module} failed:\n{result.stdout}{result.stderr}")


def _growth(rows: list[tuple[Any, Any, dict[str, float]]]) -> Table:
    table = Table(title="Growth: seconds, and times the column before")
    table.add_column("Step")
    for sources, pages, _ in rows:
        table.add_column(f"{sources} sources\n{pages} pages", justify="right")
    for name in rows[0][2]:
        if name in ("formatted", "sources"):
            continue
        values = [measured[name] for _, _, measured in rows]
        cells = [f"{values[0]:.2f}"]
        cells += [f"{now:.2f}  × {now / before:.2f}" for before, now in pairwise(values)]
        table.add_row(name, *cells)
    counts = [f"{measured['formatted'] / measured['sources']:.2f}" for _, _, measured in rows]
    table.add_row("formattings for each source", *counts)
    return table


def _against_plain(rows: list[tuple[Any, Any, dict[str, float]]]) -> Table:
    table = Table(
        title="Against plain MkDocs Material on the same words",
        caption=f"{_PRINTED}: its words are ours with what citations and directives print",
    )
    for column in ("", "plain", _PRINTED, *_COMPLETE):
        table.add_column(column, justify="left" if not column else "right")
    for sources, pages, measured in rows:
        plain = measured["plain mkdocs build"]
        cells = [f"{measured[name]:.2f}  × {measured[name] / plain:.2f}" for name in (_PRINTED, *_COMPLETE)]
        name = f"{sources} {pages}" if sources == "this" else f"{sources} sources, {pages} pages"
        table.add_row(name, f"{plain:.2f}", *cells)
    return table


def _source(chance: random.Random, id_: str) -> str:
    year = id_.split("-")[1]
    return (
        f"- id: {id_}\n  type: article-newspaper\n  title: {sentence(chance, 8)}\n"
        f"  container-title: {chance.choice(_PUBLISHERS)}\n"
        f"  issued: {year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}\n  accessed: 2026-11-23\n"
        f"  URL: https://news.test/{id_}\n  language: en\n  custom:\n    kind: {chance.choice(list(Kind)).value}\n"
        f"    shows: {sentence(chance, 20)}.\n"
    )


def _head(title: str) -> str:
    return f"---\ntitle: {title}\ndescription: A page that was made up to be measured.\nreviewed: 2026-11-23\n---\n"


def _page(chance: random.Random, title: str, ids: list[str]) -> str:
    paragraphs = []
    for number, id_ in enumerate(ids):
        if number % 8 == 0:
            paragraphs.append(f"## Part {number} {{#part-{number}}}")
        paragraphs.append(f"{sentence(chance, 25)} [@{id_}]. {sentence(chance, 15)}.")
    body = "\n\n".join(paragraphs)
    return f"{_head(title)}\n# {title}\n\n{body}\n\n## Sources {{#sources}}\n\n::: references\n"
