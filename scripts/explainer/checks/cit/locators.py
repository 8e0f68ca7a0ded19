"""CIT: the place in a document that a citation names."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from explainer.checks.cit.place import at, states_facts
from explainer.checks.finding import Defect, Severity
from explainer.checks.passages import cited_passages, read_units
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import Use, sourced_in, uses
from explainer.checks.words import Words
from explainer.citations import Citation, parse_reference
from explainer.locators import LocatorError, Place, number, parse_locator
from explainer.records import Quotation, Source

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@lru_cache(maxsize=2)
def _located(project: Project) -> list[tuple[Use, list[Place] | LocatorError]]:
    """Every citation with a locator, in words and facts, and what the locator says."""
    found: list[tuple[Use, list[Place] | LocatorError]] = []
    for use in uses(project):
        if use.locator:
            try:
                found.append((use, parse_locator(use.locator)))
            except LocatorError as error:
                found.append((use, error))
    return found


def _defect(project: Project, use: Use, message: str, hint: str) -> Defect:
    """A defect at the locator of a citation, or at the citation where the two are on different lines."""
    column, width = use.column, len(use.id) + use.sign
    words = next((words for words in project.words.values() if words.page.path == use.path), None)
    if words is not None:
        line = words.page.text.split("\n")[use.line - 1]
        place = line.find(use.locator, column - 1 + width)
        if place >= 0:
            column, width = place + 1, len(use.locator)
    return Defect(use.path, use.line, column, message, hint, width)


@rule(
    "CIT018",
    "unreadable-locator",
    ERROR,
    "a locator that names no place in a document",
    """Behind the comma stands what is counted and its number: art. 4; pp. 12–15; para. 3; annex II, para. 3; or a place that
    has a name, such as preamble. What it is about belongs into the sentence.""",
)
def unreadable_locator(project: Project) -> Iterator[Defect]:
    for use, places in _located(project):
        if isinstance(places, LocatorError):
            yield _defect(project, use, f"the locator of @{use.id}: {places}", places.hint)


@rule(
    "CIT019",
    "locator-out-of-range",
    ERROR,
    "a place that the document does not have",
    """The record of the document tells how far it goes: “page” and “number-of-pages” for pages, “extent” under custom for
    articles, paragraphs, sections and chapters. A range that ends before it begins is a slip as well.""",
)
def locator_out_of_range(project: Project) -> Iterator[Defect]:
    for use, places in _located(project):
        source = project.facts.sources.get(use.id)
        if isinstance(places, LocatorError):
            continue
        for place in places:
            if fault := _out_of_range(place, source):
                yield _defect(project, use, f"“{place.text}” of @{use.id}: {fault[0]}", fault[1])
                break


def _out_of_range(place: Place, source: Source | None) -> tuple[str, str] | None:
    """What is wrong with a place, and what would be right."""
    if place.first is None or place.last is None:
        return None
    if place.last < place.first:
        return "the range ends before it begins", f"write {place.last}–{place.first}, if that is meant"
    if place.first == 0:
        return "nothing is counted from 0", "open the document, and look"
    if source is None:
        return None
    lowest, highest = _bounds(source, place.label)
    if highest and not (lowest <= place.first and place.last <= highest):
        known = f"{lowest}–{highest}" if lowest > 1 else f"the last is {highest}"
        return (
            f"the document has no such {place.label}: {known}",
            "open the document, and correct the locator or its record",
        )
    return None


def _bounds(source: Source, label: str) -> tuple[int, int]:
    """The first and last number of what ``label`` counts in a document; 0 where that is not known."""
    extent = source.custom.extent
    counts = {
        "article": extent and extent.articles,
        "paragraph": extent and extent.paragraphs,
        "section": extent and extent.sections,
        "chapter": extent and extent.chapters,
        "page": source.number_of_pages,
    }
    if label == "page" and source.page:
        ends = [value for part in re.findall(r"\d+", source.page) if (value := number(part)) is not None]
        match = re.fullmatch(r"\D*(\d+)\s*[-–—]+\s*(\d+)\D*", source.page)
        if match and len(match[2]) < len(match[1]):  # 1123–45
            ends = [int(match[1]), int(match[1][: -len(match[2])] + match[2])]
        return (min(ends), max(ends)) if len(ends) > 1 else (1, 0)
    return 1, counts.get(label) or 0


_DIVIDED = {
    "treaty", "legislation", "bill", "regulation", "legal_case", "standard", "patent", "book", "chapter", "thesis",
    "article-journal", "paper-conference",
}  # fmt: skip
_QUOTATION = re.compile(
    r"“[^”“]*”"
    r"|«[^»«]*»"
    r"|(?<!\w)\"(?=\S)[^\"]*(?<=\S)\"(?!\w)"
    # an apostrophe stands in a word, in front of a decade or behind the s of a plural
    r"|(?<!\w)‘(?!\d)(?:[^‘’]|(?<=\w)’(?=\w))*’(?!\w)"
    r"|(?<![\w'])'(?=[A-Za-z])(?:[^']|(?<=\w)'(?=\w))*(?:(?<=[^\ss])'(?![\w'])|(?<=s)'(?=[ \n]*(?:[.,;:!?)\[]|\Z)))"
)
_NO_WORDS = re.compile(r"<[^<>]*>|\{[^{}\n]*\}|(?<=\])\([^()]*(?:\([^()]*\)[^()]*)*\)")
_BLOCK = re.compile(r"\s*>(?!\s*(?:\[!|[*_]*(?:note|tip|warning|important|caution)\b))", re.I)
_RESOLUTION = re.compile(r"(?:S|A|E)/(?:RES/|PRST/|PV\.|HRC/|C\.\d|\d|[A-Z]+/)")


def has_places(source: Source) -> bool:
    """Whether a document has numbered pages, articles or paragraphs that a citation can name."""
    return (
        source.type in _DIVIDED
        or bool(source.custom.extent or source.number_of_pages)
        or bool(source.number and _RESOLUTION.match(source.number))
    )


@rule(
    "CIT020",
    "quotation-without-locator",
    WARNING,
    "a quotation from a long document that does not say where in it",
    """Whoever checks a quotation from a treaty, law, resolution, book, journal or a report with pages has to know where to look:
    [@prc-dprk-1961-treaty, art. 2]. Holds for quotations of three words or more whose citation is of such documents
    only, in words and facts: in quotation marks of any form, “…”, "…", ‘…’, '…' or «…», and in blocks that begin
    with > and are cited in the block or in the words with a colon above it. Web pages and newspapers have no such places.""",
)
def quotation_without_locator(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        if not states_facts(words.page.src):
            continue
        leads = _leads_to_blocks(words)
        for cluster, sentence, unit in cited_passages(words):
            item = _unlocated(project, cluster.citations)
            if item is None:
                continue
            block = bool(_BLOCK.match(unit.text))
            start = unit.start if block else sentence.start
            before = words.readable[start : cluster.start]
            ends = [other.end - start for other in words.clusters if start <= other.start < cluster.start]
            own = before[ends[-1] if ends else 0 :]
            if (
                (block and _is_long(own))
                or (cluster.start in leads)
                or any(end > (ends[-1] if ends else 0) for end in _quotation_ends(before))
            ):
                yield at(
                    words,
                    item.start,
                    f"the quotation names no place in {item.id}",
                    f"write [@{item.id}, art. 2] or [@{item.id}, p. 12]",
                    len(item.id) + 1,
                )
    for record, keys, part in sourced_in(project):
        own = " ".join(str(getattr(part, name, "")) for name in ("text", "finding", "reason"))
        if not isinstance(part, Quotation) and not any(_quotation_ends(own)):
            continue
        cited = [Citation(*parse_reference(reference), 0) for reference in part.sources]
        if (item := _unlocated(project, cited)) is not None:
            origin = project.facts.origin(record)
            line, column = origin.place(*keys, "sources", cited.index(item))
            yield Defect(
                origin.path,
                line,
                column,
                f"{record.id}: the quotation names no place in {item.id}",
                f"write “{item.id}, art. 2” or “{item.id}, p. 12”",
                len(item.id),
            )


def _quotation_ends(text: str) -> Iterator[int]:
    """Where the quotations of three words or more end in a text."""
    plain = _NO_WORDS.sub(lambda match: " " * len(match[0]), text)
    return (match.end() for match in _QUOTATION.finditer(plain) if _is_long(match[0]))


def _is_long(text: str) -> bool:
    """Whether a text has three words or more."""
    return sum(any(map(str.isalnum, part)) for part in text.split()) > 2


def _leads_to_blocks(words: Words) -> set[int]:
    """The marks in the last sentences of paragraphs that end in a colon above a block with > that has no citation of its own."""
    found = set()
    for (lead, inside), (unit, _) in pairwise(read_units(words)):
        if (
            lead.text.rstrip().endswith(":")
            and not unit.cited
            and _BLOCK.match(unit.text)
            and _is_long(unit.text)
        ):
            found |= {lead.start + mark for mark in lead.cited if lead.start + mark >= inside[-1].start}
    return found


def _unlocated(project: Project, cited: Iterable[Citation]) -> Citation | None:
    """The first of some citations, where all are of documents with places and none names one."""
    items = list(cited)
    for item in items:
        source = project.facts.sources.get(item.id)
        if source is None or item.locator or not has_places(source):
            return None
    return items[0] if items else None
