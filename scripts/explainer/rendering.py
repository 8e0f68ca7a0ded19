"""Turns the words of one page into Markdown that any engine renders: directives and citations become HTML.

A directive is a line of its own, ``::: name argument``; what it prints comes from the facts through a template
in overrides/views/. Reads a page from top to bottom once, so that documents are numbered by first use.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from explainer.citations import Cluster, Numbering, parse_citations, parse_reference
from explainer.dates import PartialDate
from explainer.fact_store import Facts
from explainer.figures import (
    FigureMark,
    Form,
    at_start,
    attribution,
    machine_value,
    parse_figures,
    passages,
    printed,
    unknown_figure,
    without_marks,
)
from explainer.glossary import PAGE, Glossary, Use, markable
from explainer.markdown_text import blank_code
from explainer.pages import Page, page_url, relative_url
from explainer.problems import Problem, did_you_mean
from explainer.records import KIND_LABELS, Term
from explainer.references import format_references
from explainer.result_cache import NOTHING_KEPT, ResultCache

DIRECTIVE = re.compile(r"^:::[ \t]+(?P<name>\S+)(?:[ \t]+(?P<argument>\S.*?))?[ \t]*$", re.M)

Address = Callable[[str, str], str]
"""Takes the path of a page below docs/ and that of a target, a page or a file; returns the link from one to the other."""

View = Callable[["Rendering", str], dict[str, Any]]
"""Takes the rendering of a page and the argument of the directive; returns what its template needs."""


class DirectiveError(Exception):
    """A directive that cannot be printed: what is wrong, and a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True)
class Html:
    """HTML that the Markdown renderer leaves alone: within a line, or as a block that stands by itself."""

    text: str
    block: bool = False

    def __str__(self) -> str:
        # A block begins and ends a line.
        return f"\n{self.text}\n" if self.block else self.text


Piece = str | Html
"""A part of a rendered page: Markdown, or HTML."""


@dataclass(frozen=True)
class Usage:
    """Which pages cite a source, with the titles of the pages, in the order of the pages."""

    pages: dict[str, list[Page]]


@dataclass
class _Saying:
    """What a sentence says and cites, its figures included as they are printed one by one."""

    text: str
    sources: set[str]


@dataclass(frozen=True)
class _ShownFigure:
    """A mark, its sentence, and whether the sentence begins with it."""

    mark: FigureMark
    sentence: _Saying
    first: bool


@dataclass
class Site:
    """All that a page may print: facts, pages, formatted references, templates."""

    facts: Facts
    pages: dict[str, Page]
    views: dict[str, View]
    templates: Environment
    references: dict[str, str] = field(default_factory=dict)
    usage: Usage | None = None
    draws: bool = True
    """Whether charts are drawn. Who asks for the words and ids of a page alone does without."""
    cache: ResultCache = NOTHING_KEPT
    rendered: dict[str, list[Piece]] = field(default_factory=dict)
    """Pages that need not be rendered again, by their path."""

    @cached_property
    def glossary(self) -> Glossary:
        """The terms that a page explains where it first uses them."""
        return Glossary(self.facts.glossary.values())

    @classmethod
    def create(
        cls,
        facts: Facts,
        pages: dict[str, Page],
        views: dict[str, View],
        root: Path,
        address: Address = relative_url,
        cache: ResultCache = NOTHING_KEPT,
    ) -> "Site":
        """Format every reference once, and find out which page cites what.

        ``address`` writes links in the form in which the engine wants them in HTML.
        """
        environment = Environment(
            loader=FileSystemLoader(root / "overrides" / "views"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        environment.globals["place_letter"] = place_letter
        environment.filters["words"] = date_words
        site = cls(
            facts, pages, views, environment, format_references(facts.sources.values(), cache), cache=cache
        )
        citing: dict[str, list[Page]] = {id_: [] for id_ in facts.sources}
        for page in pages.values():
            rendering = Rendering(site, page, address)
            pieces = rendering.pieces()
            for id_ in rendering.numbering.numbers:
                citing[id_].append(page)
            if not rendering.problems and not rendering.needs_usage:
                site.rendered[page.src] = pieces
        site.usage = Usage(citing)
        return site


class Rendering:
    """The rendering of one page."""

    def __init__(self, site: Site, page: Page, address: Address = relative_url) -> None:
        """``address`` writes links in the form in which the engine wants them in HTML."""
        self.site = site
        self._address = address
        self.page = page
        self.facts = site.facts
        self.numbering = Numbering()
        self.problems: list[Problem] = []
        self.explained: dict[str, Term] = {}
        """The terms that were explained so far, in the order of their first use."""
        self.needs_usage = False
        """Whether something asked which pages cite a source while that was not known yet."""
        self._lines = page.lines()
        self._offset = page.body_start

    # -- what views and templates call -----------------------------------------------------------------------

    def cited(self, text: str, sources: Iterable[str]) -> Markup:
        """A text with the notes of its sources, set before the full stop as in the words."""
        stop = "." if text.endswith(".") else ""
        notes = self._cluster([parse_reference(reference) for reference in sources])
        return Markup("{}{}{}").format(self._explaining(text.removesuffix(".")), notes, stop)

    def link(self, target: str) -> str:
        """The address of another page, seen from this one."""
        return self._address(self.page.src, target)

    def beside(self, name: str) -> str:
        """The address of a file that is published beside this page."""
        return self._address(self.page.src, f"{page_url(self.page.src)}{name}")

    @property
    def usage(self) -> Usage | None:
        """Which pages cite a source; nothing while that is being found out."""
        self.needs_usage |= self.site.usage is None
        return self.site.usage

    def note(self, id_: str) -> dict[str, Any]:
        """What a list of sources prints of one document."""
        source = self.facts.sources[id_]
        label, meaning = KIND_LABELS[source.kind]
        return {
            "source": source,
            "html": Markup(self.site.references[id_]),
            "kind": label,
            "meaning": meaning,
            "number": self.numbering.numbers.get(id_),
            "uses": self.numbering.uses.get(id_, 0),
            "language": _language_name(source.language),
        }

    # -- the page ---------------------------------------------------------------------------------------------

    def run(self) -> str:
        """Return the words with directives, citations and terms turned into HTML; faults go to ``problems``."""
        return "".join(map(str, self.pieces()))

    def pieces(self) -> list[Piece]:
        """The same in parts, from top to bottom."""
        body = self.page.body
        spoken = markable(body)
        readable = blank_code(body)
        parsed = parse_citations(body)
        for fault in parsed.problems:
            self._report(fault.start, fault.message, fault.hint)
        parts: list[tuple[int, int, Callable[[], list[Piece]]]] = [
            (cluster.start, cluster.end, lambda cluster=cluster: self._citation(cluster))  # type: ignore[misc]
            for cluster in parsed.clusters
        ]
        marked = parse_figures(body)
        for problem in marked.problems:
            self._report(problem.start, problem.message, problem.hint)
        for shown in self._figures(readable, parsed.clusters, marked.marks):
            parts.append((shown.mark.start, shown.mark.end, lambda shown=shown: self._figure(shown)))  # type: ignore[misc]
        for match in DIRECTIVE.finditer(readable):
            parts.append((match.start(), match.end(), lambda match=match: self._directive(match)))  # type: ignore[misc]
        figure_ends = {mark.end for mark in marked.marks}
        cluster_starts = {cluster.start for cluster in parsed.clusters}
        output: list[Piece] = []
        position = 0
        for start, end, render in sorted(parts, key=lambda part: part[0]):
            *marked_terms, before = self._words(body, spoken, position, start)
            if start in cluster_starts:
                # the number follows the last word, or the figure before it, without a space
                before = before.rstrip(" ") or ("" if position in figure_ends or marked_terms else before)
            output += [*marked_terms, before, *render()]
            position = end
        return [*output, *self._words(body, spoken, position, len(body)), *self._terms()]

    def _words(self, body: str, spoken: str, start: int, end: int) -> tuple[*tuple[Piece, ...], str]:
        """The words from ``start`` to ``end``, each term that they use first linked to its explanation."""
        output: list[Piece] = []
        position = start
        for use in self._first_uses(spoken[start:end]):
            output += [body[position : start + use.start], Html(str(self._mark(use.term, use.name)))]
            position = start + use.end
        return (*output, body[position:end])

    def _explaining(self, text: str) -> Markup:
        """A text of the facts, each term that it uses first linked to its explanation."""
        output = Markup("")
        position = 0
        for use in self._first_uses(text):
            output += escape(text[position : use.start]) + self._mark(use.term, use.name)
            position = use.end
        return output + escape(text[position:])

    def _first_uses(self, text: str) -> Iterator[Use]:
        if self.page.src == PAGE:
            return
        for use in self.site.glossary.uses(text):
            if use.term.id not in self.explained:
                self.explained[use.term.id] = use.term
                yield use

    def _mark(self, term: Term, name: str) -> Markup:
        return Markup('<a class="term" href="{}" aria-describedby="term-{}">{}</a>').format(
            self.link(f"{PAGE}#{term.id}"), term.id, name
        )

    def _terms(self) -> list[Piece]:
        """The explanations: what the previews show and what is printed on paper."""
        if not self.explained:
            return []
        text = self.site.templates.get_template("terms.html").render(terms=list(self.explained.values()))
        return ["\n", _block(text)]

    def _report(self, start: int, message: str, hint: str = "") -> None:
        line, column = self._lines.place(self._offset + start)
        self.problems.append(Problem(self.page.path, line, column, message, hint))

    def _citation(self, cluster: Any) -> list[Piece]:
        known = []
        for citation in cluster.citations:
            if citation.id in self.facts.sources:
                known.append((citation.id, citation.locator))
            else:
                self._report(
                    citation.start,
                    f"no source has the id “{citation.id}”",
                    did_you_mean(citation.id, list(self.facts.sources)) or "add it under docs/data/sources/",
                )
        return [Html(str(self._cluster(known)))]

    def _figures(
        self, readable: str, clusters: Sequence[Cluster], marks: Sequence[FigureMark]
    ) -> Iterator["_ShownFigure"]:
        """Each mark with what its sentence says and cites."""
        if not marks:
            return
        text = without_marks(readable, clusters, marks)
        waiting = set(marks)
        for passage in passages(text, self.page.body, 0, clusters, marks):
            saying = _Saying(passage.text, set(passage.sources))
            for mark in passage.marks:
                waiting.discard(mark)
                yield _ShownFigure(mark, saying, passage.begins_with(mark))
        for mark in waiting:  # outside of any sentence, as in the title of an admonition
            yield _ShownFigure(mark, _Saying("", set()), False)

    def _figure(self, shown: "_ShownFigure") -> list[Piece]:
        mark, sentence = shown.mark, shown.sentence
        figure = self.facts.figures.get(mark.id)
        if figure is None:
            self._report(mark.start, *unknown_figure(mark.id, self.facts.figures))
            return []
        words = printed(figure, mark.form)
        whose = Markup("")
        if mark.form is Form.FULL and (missing := attribution(figure, sentence.text)):
            sentence.text += f" {missing}"
            whose = Markup(' <span class="figure__whose">({})</span>').format(missing)
        citations = [parse_reference(reference) for reference in figure.sources]
        if sentence.sources & {id_ for id_, _ in citations}:
            citations = []
        sentence.sources |= {id_ for id_, _ in citations}
        return [
            Html(
                Markup('<data class="figure" value="{}" title="{}">{}</data>{}{}').format(
                    machine_value(figure),
                    f"{at_start(figure.measures)}: {figure.who}, {figure.as_of.words()}",
                    at_start(words) if shown.first else words,
                    whose,
                    self._cluster(citations),
                )
            )
        ]

    def _cluster(self, citations: list[tuple[str, str]]) -> Markup:
        """The superscript numbers for one place in the text."""
        marks = []
        for id_, locator in citations:
            source = self.facts.sources.get(id_)
            if source is None:
                continue  # reported by the caller, or by the checks of the facts
            number, use = self.numbering.cite(id_)
            # Put together by hand: Markup.format takes ten times as long, and pages cite thousands of times.
            where = escape(f", {locator}") if locator else ""
            marks.append(
                f'<a class="cite__mark cite__mark--{source.kind}" id="cite-{number}-{use}" href="#source-{id_}" '
                f'aria-label="Source {number}: {escape(source.published_by)}{where} ({KIND_LABELS[source.kind][0]})">'
                f"{number}{where}</a>"
            )
        if not marks:
            return Markup("")
        return Markup(f'<sup class="cite" data-search-exclude="true">{" ".join(marks)}</sup>')

    def _directive(self, match: re.Match[str]) -> list[Piece]:
        name, argument = match["name"], match["argument"] or ""
        view = self.site.views.get(name)
        if view is None:
            self._report(
                match.start(),
                f"there is no directive “{name}”",
                did_you_mean(name, list(self.site.views)) or f"known: {', '.join(self.site.views)}",
            )
            return []
        try:
            context = view(self, argument)
        except DirectiveError as error:
            self._report(match.start(), error.message, error.hint)
            return []
        template = self.site.templates.get_template(f"{name}.html")
        text = template.render(
            **context, cited=self.cited, link=self.link, beside=self.beside, note=self.note
        )
        return [_block(text)]


def _block(text: str) -> Html:
    """What a template printed, as one block: no empty lines inside."""
    return Html(re.sub(r"\n\s*\n+", "\n", text).strip(), block=True)


@lru_cache(maxsize=256)
def _language_name(tag: str) -> str:
    """English name of a language, by its BCP 47 tag."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def date_words(day: object) -> str:
    """A date as the site prints it: “23 November 2026”."""
    return PartialDate.parse(day).words()


def place_letter(use: int) -> str:
    """a, b, … z, aa, ab, … for the 1st, 2nd, … place that cites a document."""
    letters = ""
    while use:
        use, rest = divmod(use - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
