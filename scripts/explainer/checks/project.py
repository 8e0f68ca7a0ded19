"""What rules look at: words, facts, configuration and built site. ``load_project`` reads them; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainer.checks.site import BuiltSite
from explainer.fact_store import Facts
from explainer.problems import Problem, ProblemsError, read_text

# For the types only: a built site alone has no words, and what reads them takes longer to import than a site to check.
if TYPE_CHECKING:
    from explainer.checks.words import Words
    from explainer.pages import Page

LEDGER = "docs/data/permalinks.txt"
CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class NavEntry:
    """One address in mkdocs.yml, of the navigation for example, and its place there.

    ``exact`` says that the address itself stands at the place, not only the entry that has it.
    """

    target: str
    line: int
    column: int
    exact: bool = True


@dataclass(frozen=True)
class Config:
    """What the checker needs of mkdocs.yml."""

    text: str = ""
    site_url: str = ""
    directory_urls: bool = True
    nav: tuple[NavEntry, ...] = ()
    assets: tuple[NavEntry, ...] = ()
    """The files that every page loads: extra_css, extra_javascript, and the theme’s favicon and logo."""
    templates: str = "overrides"
    """The folder of the templates: the theme’s custom_dir."""
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


@dataclass(frozen=True, eq=False)
class Project:
    """Everything there is to check. ``pages`` is empty where only a built site is checked."""

    root: Path
    today: date
    facts: Facts
    problems: tuple[Problem, ...] = ()
    page_problems: tuple[Problem, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    config: Config = field(default_factory=Config)
    templates: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    ledger: tuple[LedgerLine, ...] | None = None
    site: BuiltSite | None = None

    @property
    def could_be_read(self) -> bool:
        """Whether every page and every data file could: one that could not may use what nothing else uses."""
        return not self.page_problems and all(problem.code for problem in self.problems)

    @cached_property
    def page_of_url(self) -> dict[str, str]:
        """The page below docs/ that is published at an address."""
        return {self.config.page_url(src): src for src in self.pages}

    @cached_property
    def folded_files(self) -> dict[str, str]:
        """Every file below docs/, by its path in small letters."""
        return {name.casefold(): name for name in sorted(self.files)}

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


def site_only(directory: Path, today: date, site: BuiltSite) -> Project:
    """A project that is nothing but a built site."""
    return Project(root=directory, today=today, facts=Facts(directory), site=site)
