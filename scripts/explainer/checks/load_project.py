"""Reads everything that there is to check, each file once."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from explainer.checks.project import CONFIG, LEDGER, Config, LedgerLine, NavEntry, Project
from explainer.checks.site import BuiltSite
from explainer.checks.words import Words
from explainer.facts import load_facts
from explainer.pages import Page, load_page, page_faults, page_files
from explainer.problems import Problem, ProblemsError, read_text
from explainer.yaml_reader import YamlDocument, parse_yaml

PAGE_LIMIT = 4_000_000
"""Bytes above which a page is not read: no page of words is that long."""


def load_project(root: Path, today: date, site: BuiltSite | None = None) -> Project:
    """Read everything below ``root``. What cannot be read is a listed problem; the rest is still checked."""
    facts, problems = load_facts(root)
    pages: dict[str, Page] = {}
    page_problems = list(page_faults(root))
    for path in page_files(root):
        shown = path.relative_to(root).as_posix()
        try:
            if path.stat().st_size > PAGE_LIMIT:
                page_problems.append(
                    Problem(
                        shown,
                        1,
                        1,
                        f"is larger than {PAGE_LIMIT // 1_000_000} MB and was not checked",
                        "split the page",
                    )
                )
                continue
            page, faults = load_page(path, root)
        except ProblemsError as error:
            page_problems += error.problems
            continue
        except OSError as error:
            page_problems.append(Problem(shown, 1, 1, f"cannot be read: {error.strerror}"))
            continue
        page_problems += faults
        pages[page.src] = page
    config, config_problems = _load_config(root)
    settings, settings_problems = _load_settings(root)
    ledger, ledger_problems = _load_ledger(root)
    formulas = config.extensions is not None and config.enabled("pymdownx.arithmatex", "mdx_math")
    return Project(
        root=root,
        today=today,
        facts=facts,
        problems=(*problems, *config_problems, *settings_problems, *ledger_problems),
        page_problems=tuple(page_problems),
        pages=pages,
        words={src: Words(page, formulas) for src, page in pages.items()},
        files=frozenset(files_below(root / "docs")),
        config=config,
        templates=_templates(root, config.templates) if site is not None else {},
        settings=settings,
        ledger=ledger,
        site=site,
    )


def files_below(folder: Path) -> Iterator[str]:
    """Every file below ``folder``, with forward slashes. Links to folders are not followed."""
    for parent, folders, names in os.walk(folder, onerror=lambda _: None):
        folders.sort()
        prefix = Path(parent).relative_to(folder).as_posix()
        for name in sorted(names):
            yield name if prefix == "." else f"{prefix}/{name}"


def _load_config(root: Path) -> tuple[Config, list[Problem]]:
    try:
        text = read_text(root / CONFIG, CONFIG)
        document = parse_yaml(text, CONFIG)
    except ProblemsError as error:
        return Config(), error.problems
    data = document.data if isinstance(document.data, dict) else {}
    lines = text.split("\n")
    return (
        Config(
            text=text,
            site_url=_environment_value(data.get("site_url")),
            directory_urls=str(data.get("use_directory_urls", "true")).lower() != "false",
            nav=tuple(_entries(data.get("nav"), ("nav",), document, lines)),
            assets=tuple(_assets(data, document, lines)),
            templates=_custom_folder(data.get("theme")),
            excluded=tuple(str(data.get("exclude_docs", "")).split()),
            extensions=_extensions(data.get("markdown_extensions")),
        ),
        [],
    )


def _environment_value(value: Any) -> str:
    """The value of ``!ENV NAME`` or ``!ENV [NAME, default]``; any other text is itself."""
    if isinstance(value, list):
        names, default = value[:-1], value[-1]
        return next((os.environ[name] for name in names if os.environ.get(name)), str(default))
    return str(value) if value else ""


_USUAL = ("toc", "tables", "fenced_code")  # MkDocs turns these on
_BUNDLES = {
    "extra": ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"),
    "pymdownx.extra": (
        "abbr",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "tables",
        "pymdownx.superfences",
    ),
}


def _extensions(value: Any) -> dict[str, Mapping[str, Any]] | None:
    """Names without “markdown.extensions.”, each with its settings; bundles with what they hold."""
    if not isinstance(value, list | dict):
        return None
    found: dict[str, Mapping[str, Any]] = {name: {} for name in _USUAL}
    for item in value.items() if isinstance(value, dict) else value:
        pairs = item.items() if isinstance(item, dict) else [item if isinstance(item, tuple) else (item, {})]
        for name, settings in pairs:
            short = str(name).removeprefix("markdown.extensions.")
            found |= {part: {} for part in _BUNDLES.get(short, ())}
            found[short] = settings if isinstance(settings, dict) else {}
    return found


def _entries(
    value: Any, path: tuple[str | int, ...], document: YamlDocument, lines: list[str]
) -> Iterator[NavEntry]:
    """Every text in a value of mkdocs.yml: the addresses of the navigation."""
    if isinstance(value, str):
        line, column = document.place(path)
        at = lines[line - 1].rfind(value.partition("#")[0]) if line <= len(lines) else -1
        yield NavEntry(value, line, at + 1 if at >= 0 else column, at >= 0)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _entries(item, (*path, index), document, lines)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _entries(item, (*path, key), document, lines)


def _assets(data: dict[str, Any], document: YamlDocument, lines: list[str]) -> Iterator[NavEntry]:
    """The files that mkdocs.yml has every page load."""
    yield from _entries(data.get("extra_css"), ("extra_css",), document, lines)
    scripts = data.get("extra_javascript")
    for index, item in enumerate(scripts if isinstance(scripts, list) else ()):
        path: tuple[str | int, ...] = ("extra_javascript", index)
        if isinstance(item, dict):
            yield from _entries(item.get("path"), (*path, "path"), document, lines)
        else:
            yield from _entries(item, path, document, lines)
    theme = data.get("theme")
    for name in ("favicon", "logo"):
        yield from _entries(
            theme.get(name) if isinstance(theme, dict) else None, ("theme", name), document, lines
        )


def _custom_folder(theme: Any) -> str:
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    return folder.strip("/") if isinstance(folder, str) and folder.strip("/") else "overrides"


def _templates(root: Path, folder: str) -> dict[str, str]:
    """The text of every template; what cannot be read has none."""
    found: dict[str, str] = {}
    for name in files_below(root / folder):
        shown = f"{folder}/{name}"
        try:
            if name.endswith(".html") and (root / shown).is_file():
                found[shown] = read_text(root / shown, shown)
        except ProblemsError:
            continue
    return found


def _load_settings(root: Path) -> tuple[dict[str, Any], list[Problem]]:
    path = root / "pyproject.toml"
    if not path.exists():
        return {}, []
    try:
        data = tomllib.loads(read_text(path, "pyproject.toml"))
    except ProblemsError as error:
        return {}, error.problems
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        message = str(error)[: place.start()] if place else str(error)
        return {}, [Problem("pyproject.toml", line, column, f"not valid TOML: {message}")]
    except RecursionError:
        return {}, [Problem("pyproject.toml", 1, 1, "not usable TOML: nested too deeply")]
    tool = data.get("tool", {})
    settings = tool.get("explainer", {}) if isinstance(tool, dict) else {}
    return (settings if isinstance(settings, dict) else {}), []


def _load_ledger(root: Path) -> tuple[tuple[LedgerLine, ...] | None, list[Problem]]:
    path = root / LEDGER
    if not path.exists():
        return None, []
    try:
        text = read_text(path, LEDGER)
    except ProblemsError as error:
        return (), error.problems
    lines = enumerate(text.split("\n"), start=1)
    return tuple(
        LedgerLine(line.strip(), number) for number, line in lines if line.strip() and line[0] != "#"
    ), []
