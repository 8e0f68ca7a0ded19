"""What rules look at: words, facts, configuration and built site, each loaded once. Nothing here is changed."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from explainer.charts import CHARTS
from explainer.checks.site import BuiltSite
from explainer.checks.words import Words
from explainer.facts import Facts, load_facts
from explainer.pages import Page, load_page, page_files
from explainer.problems import Problem, ProblemsError, read_text
from explainer.rendering import Rendering, Site, Usage
from explainer.views import VIEWS
from explainer.yaml_reader import YamlDocument, parse_yaml

PAGE_LIMIT = 4_000_000
"""Bytes above which a page is not read: no page of words is that long."""

LEDGER = "docs/data/permalinks.txt"
CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class NavEntry:
    """One entry of the navigation and its place in mkdocs.yml."""

    target: str
    line: int
    column: int


@dataclass(frozen=True)
class Config:
    """What the checker needs of mkdocs.yml."""

    text: str = ""
    site_url: str = ""
    directory_urls: bool = True
    nav: tuple[NavEntry, ...] = ()
    excluded: tuple[str, ...] = ()
    extensions: Mapping[str, Mapping[str, Any]] | None = None
    """The Markdown extensions with their settings; ``None`` where mkdocs.yml names none."""

    def enabled(self, *names: str) -> bool:
        """Whether one of these extensions is on. Where mkdocs.yml names none, every one may be."""
        return self.extensions is None or any(name in self.extensions for name in names)

    def page_url(self, src: str) -> str:
        """Where MkDocs puts a page, relative to the site: ``countries/china/`` or ``countries/china.html``."""
        folder, _, name = src.rpartition("/")
        stem = name.removesuffix(".md")
        folder = f"{folder}/" if folder else ""
        if stem in ("index", "README"):
            return folder if self.directory_urls else f"{folder}index.html"
        return f"{folder}{stem}/" if self.directory_urls else f"{folder}{stem}.html"


@dataclass(frozen=True)
class LedgerLine:
    """One published address, and its line in the ledger."""

    address: str
    line: int


@dataclass(frozen=True)
class Printed:
    """What a rendering of a page shows: the ids it prints, and what is wrong with its directives and citations."""

    ids: frozenset[str]
    problems: tuple[Problem, ...]
    explained: frozenset[str] = frozenset()
    """The terms of the glossary that it explains."""


@dataclass(frozen=True, eq=False)
class Project:
    """Everything there is to check. ``pages`` is empty where only a built site is checked."""

    root: Path
    today: date
    facts: Facts
    problems: tuple[Problem, ...] = ()
    page_problems: tuple[Problem, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    config: Config = field(default_factory=Config)
    settings: Mapping[str, Any] = field(default_factory=dict)
    ledger: tuple[LedgerLine, ...] | None = None
    site: BuiltSite | None = None

    @cached_property
    def words(self) -> dict[str, Words]:
        """The words of each page, by its path below docs/."""
        return {src: Words(page) for src, page in self.pages.items()}

    @cached_property
    def page_of_url(self) -> dict[str, str]:
        """The page below docs/ that is published at an address."""
        return {self.config.page_url(src): src for src in self.pages}

    @cached_property
    def folded_files(self) -> dict[str, str]:
        """Every file below docs/, by its path in small letters."""
        return {name.casefold(): name for name in sorted(self.files)}

    def ids_of(self, src: str) -> frozenset[str]:
        """Every id that the page at ``src`` has: from its words and from what its directives print."""
        printed = self.printed.get(src)
        return self.words[src].ids | (printed.ids if printed else frozenset())

    @cached_property
    def source_ids(self) -> frozenset[str]:
        """The id of every record in docs/data/sources/, also of those that do not fit the schema."""
        files = sorted((self.root / "docs" / "data" / "sources").glob("*.yml"))
        return frozenset(self.facts.sources).union(*(self._written_ids(path) for path in files))

    @cached_property
    def country_ids(self) -> frozenset[str]:
        """The id of every record in countries.yml, also of those that do not fit the schema."""
        written = self._written_ids(self.root / "docs" / "data" / "countries.yml")
        return frozenset(self.facts.countries).union(written)

    @cached_property
    def figure_ids(self) -> frozenset[str]:
        """The id of every record in figures.yml, also of those that do not fit the schema."""
        written = self._written_ids(self.root / "docs" / "data" / "figures.yml")
        return frozenset(self.facts.figures).union(written)

    def _written_ids(self, path: Path) -> set[str]:
        """The ids in a data file, also where it is not YAML."""
        shown = path.relative_to(self.root).as_posix()
        document = self.facts.documents.get(shown)
        if document is not None:
            items = document.data if isinstance(document.data, list) else []
            return {str(item["id"]) for item in items if isinstance(item, dict) and item.get("id")}
        try:
            return set(re.findall(r"^[ ]{0,2}-?[ ]+id:[ ]*[\"']?([\w-]+)", read_text(path, shown), re.M))
        except ProblemsError:
            return set()

    @cached_property
    def printed(self) -> dict[str, Printed]:
        """What the build prints in place of directives and citations, by page."""
        needed = {src: words for src, words in self.words.items() if words.directives or words.clusters}
        if not needed:
            return {}
        # Made without facts, so that no reference is formatted: ids do not depend on that (and it takes a second).
        views = VIEWS | {"chart": _chart_not_drawn}
        site = Site.create(Facts(self.root), {}, views, self.root)
        site.facts, site.pages = self.facts, dict(self.pages)
        site.references = dict.fromkeys(self.facts.sources, "")
        site.usage = Usage({id_: [] for id_ in self.facts.sources})
        found = {}
        for src, words in needed.items():
            rendering = Rendering(site, words.page)
            try:
                text = rendering.run()
            except Exception:  # a template or a view that fails stops the build, which says why
                built = self.site.page_at(self.config.page_url(src)) if self.site else None
                ids = built.ids if built else frozenset()
                found[src] = Printed(ids, tuple(rendering.problems), frozenset(rendering.explained))
                continue
            ids = frozenset(re.findall(r'\sid="([^"]+)"', text))
            ids |= {f"chart-{item.argument}" for item in words.directives if item.name == "chart"}
            found[src] = Printed(ids, tuple(rendering.problems), frozenset(rendering.explained))
        return found


def _chart_not_drawn(rendering: Rendering, argument: str) -> dict[str, Any]:
    """What a chart needs to print nothing: drawing takes most of the time and adds no anchor but its own."""
    if argument not in CHARTS:
        return VIEWS["chart"](rendering, argument)  # it says what is wrong
    return {"chart": None, "id": argument}


def load_project(root: Path, today: date, site: BuiltSite | None = None) -> Project:
    """Read everything below ``root``. What cannot be read is a listed problem; the rest is still checked."""
    facts, problems = load_facts(root)
    pages: dict[str, Page] = {}
    page_problems: list[Problem] = []
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
    return Project(
        root=root,
        today=today,
        facts=facts,
        problems=(*problems, *config_problems, *settings_problems, *ledger_problems),
        page_problems=tuple(page_problems),
        pages=pages,
        files=frozenset(files_below(root / "docs")),
        config=config,
        settings=settings,
        ledger=ledger,
        site=site,
    )


def site_only(directory: Path, today: date, site: BuiltSite) -> Project:
    """A project that is nothing but a built site."""
    return Project(root=directory, today=today, facts=Facts(directory), site=site)


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
    return (
        Config(
            text=text,
            site_url=_environment_value(data.get("site_url")),
            directory_urls=str(data.get("use_directory_urls", "true")).lower() != "false",
            nav=tuple(_nav_entries(data.get("nav"), ("nav",), document)),
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


def _nav_entries(value: Any, path: tuple[str | int, ...], document: YamlDocument) -> Iterator[NavEntry]:
    if isinstance(value, str):
        line, column = document.place(path)
        yield NavEntry(value, line, column)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nav_entries(item, (*path, index), document)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _nav_entries(item, (*path, key), document)


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
    settings = data.get("tool", {}).get("explainer", {})
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
