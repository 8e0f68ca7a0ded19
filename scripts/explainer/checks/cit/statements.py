"""CIT: statements of fact without a citation."""

import re
from collections.abc import Iterator

from explainer.checks.cit.place import at, states_facts
from explainer.checks.finding import Defect, Severity
from explainer.checks.passages import read_units
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.statements import (
    EXEMPT_SECTIONS,
    Sentence,
    Unit,
    figure_in,
    marker_in,
    sentences,
    stated,
)
from explainer.checks.words import Words

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_CAPTION = re.compile(
    r"<(?P<tag>figcaption|caption|summary|td|th|li|dd|p|blockquote)\b[^<>]*>(?P<inner>(?:(?!</?(?P=tag)\b).)*)</(?P=tag)>",
    re.S | re.I,
)
_SNIPPET = re.compile(r"[ \t;]*-{1,}8<-")


@rule(
    "CIT013",
    "uncited-statement",
    ERROR,
    "a statement of fact without a citation",
    """Holds for every page but those under docs/about/. The words are read in units: a paragraph, a list item, a table row,
    a caption. (1) A unit with a number, a year, a quotation, a vote, or a named document or organisation needs at
    least one citation. (2) In a unit with citations, a sentence with a number, a year or a quotation needs a
    citation in it, right behind it, or in the next sentence of the unit; in a table row, one anywhere in the row.
    List items and table rows also count as cited where the sentence that leads to them and ends in a colon is cited.
    Needs none: a sentence that ends in a colon or a question mark; a clause that says that something was not found;
    that begins with “this page”, “this list” or the like and gives no date, money or number of people; a pointer
    (“More: …”, “See [China](…)”); headings, directives, table heads; the sections
    at-a-glance, what-would-change, claims, questions and sources. A number that is part of a name (38 North, MiG-15)
    does not count.""",
)
def uncited_statement(project: Project) -> Iterator[Defect]:
    for src, words in project.words.items():
        if not states_facts(src):
            continue
        for unit, found in [*read_units(words), *_captions(words)]:
            if any(heading.id in EXEMPT_SECTIONS for heading in words.section_at(unit.start)):
                continue
            if (unit.lead is not None and unit.lead.cited) or _SNIPPET.match(unit.text):
                continue
            if not unit.cited:
                for sentence in found:
                    text = stated(sentence.text)
                    if marker := marker_in(text):
                        yield _uncited(words, sentence.start, text, marker)
                        break
            elif unit.sort != "row":
                for index, sentence in enumerate(found):
                    near = sentence.cited or (index + 1 < len(found) and found[index + 1].cited)
                    text = "" if near else stated(sentence.text)
                    if figure := figure_in(text):
                        yield _uncited(words, sentence.start, text, figure)


def _captions(words: Words) -> list[tuple[Unit, list[Sentence]]]:
    """What stands in captions written as HTML, which are no paragraphs."""
    text = words.without_citations
    found = []
    for match in _CAPTION.finditer(text) if "</" in text else ():
        start, end = match.span("inner")
        marks = [item.start for item in words.clusters] + [item.start for item in words.citation_problems]
        marks += [item.start for item in words.figures]
        cited = tuple(place - start for place in marks if start <= place < end)
        unit = Unit("caption", start, match["inner"], cited)
        found.append((unit, sentences(unit)))
    return found


def _uncited(words: Words, start: int, text: str, marker: str) -> Defect:
    return at(
        words,
        start + max(text.find(marker), 0),
        f"“{marker}” is stated without a citation",
        "cite the document that says so: [@id] in this sentence",
        len(marker),
    )
