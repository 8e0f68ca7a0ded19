"""The words of one page, read once for all rules. Offsets count from the start of the file."""

import html
import re
from dataclasses import dataclass, replace
from functools import cached_property

from markdown.extensions.toc import slugify, unique

from explainer.citations import Citation, Cluster, GrammarProblem, parse_citations
from explainer.figures import FigureMark, MarkProblem, Passage, parse_figures, passages, without_marks
from explainer.markdown_text import (
    Comment,
    Heading,
    LineIndex,
    Link,
    blank_code,
    comments,
    headings,
    links,
)
from explainer.pages import Page

_ATTRIBUTE_LIST = re.compile(r"\{:?[ \t]*([^{}\n]*(?:#|\bid=)[^{}\n]*)\}")
_LIST_ID = re.compile(r"(?:^|(?<=\s))(?:#([^\s#{}]+)|id=[\"']?([^\s\"'{}]+))")
_QUOTED = re.compile(r"(?<!\bid=)(?:\"[^\"]*\"|'[^']*')")
_HTML_ID = re.compile(r"<(?:[a-zA-Z][^<>]*?\sid|a\s(?:[^<>]*?\s)?name)\s*=\s*[\"']?([^\s\"'<>]+)")
_FOOTNOTE_DEFINITION = re.compile(r"^\[\^([^\]\n]+)\]:", re.M)
_FOOTNOTE_USE = re.compile(r"(?<!\\)\[\^([^\]\n]+)\](?!:)")
_DIRECTIVE = re.compile(r"^:::[ \t]+(?P<name>\S+)(?:[ \t]+(?P<argument>\S.*?))?[ \t]*$", re.M)
_NEARLY_DIRECTIVE = re.compile(
    r"^(?!:::[ \t])(?P<lead>[ \t>]*:{2,}[ \t]*)(?P<name>[a-z][a-z-]*[a-z])(?:[ \t]+(?P<argument>[\w-]+))?[ \t]*$",
    re.M,
)
_FORMULA = re.compile(
    r"(?<![\\$])\$\$(?:(?!\n[ \t]*\n)[^$])+\$\$|^[ \t]*\\\[(?:(?!\n[ \t]*\n)[\s\S])+?\\\][ \t]*$", re.M
)


@dataclass(frozen=True)
class Id:
    """An id that somebody wrote out, and where."""

    id: str
    start: int


@dataclass(frozen=True)
class Directive:
    """A line ``::: name argument``."""

    name: str
    argument: str
    start: int


class Words:
    """One page as the rules read it."""

    def __init__(self, page: Page, formulas: bool = False) -> None:
        """``formulas`` tells that Markdown takes what stands between $$ and $$ for a formula."""
        self.page = page
        self._formulas = formulas

    @cached_property
    def _body(self) -> str:
        """The words with formulas blanked out; code is left in."""
        body = self.page.body
        if not self._formulas or not ("$$" in body or "\\[" in body):
            return body
        parts, position = [], 0
        for match in _FORMULA.finditer(blank_code(body)):
            parts += [body[position : match.start()], re.sub(r"[^\n]", " ", match.group())]
            position = match.end()
        return "".join([*parts, body[position:]])

    @cached_property
    def readable(self) -> str:
        """The text with front matter, code and comments blanked out; every offset as in the file."""
        start = self.page.body_start
        return re.sub(r"[^\n]", " ", self.page.text[:start]) + blank_code(self._body)

    @cached_property
    def lines(self) -> LineIndex:
        """For turning offsets into lines."""
        return self.page.lines()

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings; ``start`` counts from the start of the file."""
        start = self.page.body_start
        return [
            Heading(item.level, item.text, item.id, start + item.start) for item in headings(self.page.body)
        ]

    @cached_property
    def links(self) -> list[Link]:
        """The links, images and definitions; offsets count from the start of the file."""
        start = self.page.body_start
        return [
            replace(link, start=start + link.start, destination_start=start + link.destination_start)
            for link in links(self._body)
        ]

    @cached_property
    def comments(self) -> list[Comment]:
        """The comments; offsets count from the start of the file."""
        start = self.page.body_start
        return [Comment(item.text, start + item.start, item.closed) for item in comments(self.page.body)]

    @cached_property
    def clusters(self) -> list[Cluster]:
        """The citations; offsets count from the start of the file."""
        return self._parsed[0]

    @cached_property
    def citation_problems(self) -> list[GrammarProblem]:
        """What is written wrongly in them."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[list[Cluster], list[GrammarProblem]]:
        parsed = parse_citations(self.page.body)
        shift = self.page.body_start
        clusters = [
            Cluster(
                tuple(Citation(item.id, item.locator, shift + item.start) for item in cluster.citations),
                shift + cluster.start,
                shift + cluster.end,
            )
            for cluster in parsed.clusters
        ]
        problems = [
            GrammarProblem(item.fault, shift + item.start, item.message, item.hint)
            for item in parsed.problems
        ]
        return clusters, problems

    @cached_property
    def figures(self) -> list[FigureMark]:
        """The marks that name figures; offsets count from the start of the file."""
        return [mark.moved(self.page.body_start) for mark in parse_figures(self.page.body).marks]

    @cached_property
    def figure_problems(self) -> list[MarkProblem]:
        """What is written wrongly in them."""
        return [problem.moved(self.page.body_start) for problem in parse_figures(self.page.body).problems]

    @cached_property
    def without_citations(self) -> str:
        """``readable`` with the citations blanked out as well, and zeros in place of the marks of figures."""
        return without_marks(self.readable, self.clusters, self.figures)

    @cached_property
    def passages(self) -> list[Passage]:
        """The sentences and rows, with what they cite and which figures they name."""
        start = self.page.body_start
        return list(passages(self.without_citations, self.page.text, start, self.clusters, self.figures))

    @cached_property
    def directives(self) -> list[Directive]:
        """The lines that facts are printed in place of."""
        return [
            Directive(match["name"], match["argument"] or "", match.start())
            for match in _DIRECTIVE.finditer(self.readable)
        ]

    @cached_property
    def nearly_directives(self) -> list[Directive]:
        """Lines with another number of colons, with words right behind them, or not at the beginning of the line."""
        return [
            Directive(
                match["name"],
                match["argument"] or "",
                match.start() + len(match["lead"]) - len(match["lead"].lstrip(" \t>")),
            )
            for match in _NEARLY_DIRECTIVE.finditer(self.readable)
        ]

    @cached_property
    def written_ids(self) -> list[Id]:
        """Every id written out: in attribute lists and in HTML."""
        found = []
        for match in _ATTRIBUTE_LIST.finditer(self.readable):
            inside = _QUOTED.sub(lambda value: "x" * len(value.group()), match[1])
            for id_ in _LIST_ID.finditer(inside):
                group = 1 if id_[1] else 2
                found.append(Id(id_[group], match.start(1) + id_.start(group)))
        found += [Id(match[1], match.start(1)) for match in _HTML_ID.finditer(self.readable)]
        return sorted(found, key=lambda id_: id_.start)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that the page will have: written out, and derived from headings as the toc extension does."""
        found = {item.id for item in self.written_ids}
        for heading in self.headings:
            if not heading.id:
                words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*`]|<[^>]*>", r"\1", heading.text)
                unique(slugify(html.unescape(words), "-"), found)  # adds to ``found``
        return frozenset(found)

    @cached_property
    def footnote_definitions(self) -> list[Id]:
        """``[^x]: text``."""
        return [Id(match[1], match.start()) for match in _FOOTNOTE_DEFINITION.finditer(self.readable)]

    @cached_property
    def footnote_uses(self) -> list[Id]:
        """``[^x]`` in the text."""
        return [Id(match[1], match.start()) for match in _FOOTNOTE_USE.finditer(self.readable)]

    def section_at(self, offset: int) -> list[Heading]:
        """The headings above ``offset`` that hold it, from the outermost."""
        chain: list[Heading] = []
        for heading in self.headings:
            if heading.start > offset:
                break
            chain = [above for above in chain if above.level < heading.level] + [heading]
        return chain
