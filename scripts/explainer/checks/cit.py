"""CIT: citations in the words."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from explainer.checks.finding import Defect, Replace, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.statements import (
    EXEMPT_SECTIONS,
    exempt,
    figure_in,
    marker_in,
    sentences,
    units,
)
from explainer.checks.words import Words
from explainer.citations import Citation, Fault
from explainer.problems import did_you_mean

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_TODO = re.compile(
    r"\[?citation needed\]?|\bsource needed\b|\[source\?\]|\b(?:TODO|FIXME|TBD|TKTK?|XXX)\b", re.I
)
_CASED = re.compile(r"TODO|FIXME|TBD|TKTK?|XXX")
_BARE = re.compile(r"(?<![\w\[@/.;,\\-])@([a-z0-9]+(?:-[a-z0-9]+)+)")
_SNIPPET = re.compile(r"[ \t;]*-{1,}8<-")
_LINK_TEXT = re.compile(r"(?<!\\)!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^)\n]*\)")


def _at(
    words: Words, start: int, message: str, hint: str, width: int = 1, fix: Replace | None = None
) -> Defect:
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width, fix)


def _citations(words: Words) -> Iterator[Citation]:
    for cluster in words.clusters:
        yield from cluster.citations


def _faults(project: Project, fault: Fault) -> Iterator[Defect]:
    for words in project.words.values():
        for problem in words.citation_problems:
            if problem.fault is fault:
                yield _at(words, problem.start, problem.message, problem.hint)


def _cased(project: Project, id_: str) -> str:
    """The known id that differs from ``id_`` in upper and lower case only."""
    lower = id_.lower()
    return lower if id_ not in project.source_ids and lower in project.source_ids else ""


@rule(
    "CIT001",
    "undefined-citation",
    ERROR,
    "a citation of a source that the registry does not have",
    """[@id] names a record in docs/data/sources/. No record has this id, so the build stops here too.""",
)
def undefined_citation(project: Project) -> Iterator[Defect]:
    known = sorted(project.source_ids)
    for words in project.words.values():
        for item in _citations(words):
            if item.id not in project.source_ids and not _cased(project, item.id):
                yield _at(
                    words,
                    item.start,
                    f"no source has the id “{item.id}”",
                    did_you_mean(item.id, known) or "add it under docs/data/sources/",
                    len(item.id) + 1,
                )


@rule(
    "CIT002",
    "citation-case",
    ERROR,
    "a citation that differs from its source in upper and lower case",
    """Ids are written in small letters. --fix corrects it.""",
)
def citation_case(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for item in _citations(words):
            if right := _cased(project, item.id):
                fix = Replace(words.page.path, item.start + 1, item.id, right)
                yield _at(
                    words,
                    item.start,
                    f"“{item.id}” differs from the id of the source in upper and lower case",
                    f"write @{right}",
                    len(item.id) + 1,
                    fix,
                )


@rule(
    "CIT003",
    "empty-citation",
    ERROR,
    "[@] without an id",
    """The @ of a citation is followed by the id of a source: [@un-2024-sc15648].""",
)
def empty_citation(project: Project) -> Iterator[Defect]:
    return _faults(project, Fault.EMPTY)


@rule(
    "CIT004",
    "unclosed-citation",
    ERROR,
    "a citation without closing bracket",
    """A citation ends with ] in the same paragraph. Without it, the text is printed as written.""",
)
def unclosed_citation(project: Project) -> Iterator[Defect]:
    return _faults(project, Fault.UNCLOSED)


@rule(
    "CIT005",
    "malformed-citation",
    ERROR,
    "a citation that cannot be read",
    """Inside the brackets stand citations separated by semicolons, each with an @, an id, and where needed a comma
    and a locator: [@a; @b, art. 4].""",
)
def malformed_citation(project: Project) -> Iterator[Defect]:
    return _faults(project, Fault.MALFORMED)


@rule(
    "CIT006",
    "empty-locator",
    ERROR,
    "a comma after a citation, and nothing behind it",
    """After the comma stands the place in the document: [@prc-dprk-1961-treaty, art. 2].""",
)
def empty_locator(project: Project) -> Iterator[Defect]:
    return _faults(project, Fault.EMPTY_LOCATOR)


@rule(
    "CIT007",
    "repeated-citation",
    WARNING,
    "one document cited twice in one place",
    """The same document with the same locator stands twice between one pair of brackets, or in two pairs that follow
    each other.""",
)
def repeated_citation(project: Project) -> Iterator[Defect]:
    yield from _faults(project, Fault.REPEATED)
    for words in project.words.values():
        for first, second in pairwise(words.clusters):
            if words.readable[first.end : second.start].strip():
                continue
            for item in second.citations:
                if any(item.id == other.id and item.locator == other.locator for other in first.citations):
                    yield _at(
                        words,
                        item.start,
                        f"@{item.id} is cited twice in one place",
                        "remove one of the two",
                        len(item.id) + 1,
                    )


@rule(
    "CIT008",
    "citation-in-heading",
    ERROR,
    "a citation in a heading",
    """Headings are repeated in the table of contents and in search results, where the number of a note means nothing.
    Cite in the first sentence below.""",
)
def citation_in_heading(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        lines = {words.lines.place(heading.start)[0] for heading in words.headings}
        for cluster in words.clusters:
            if words.lines.place(cluster.start)[0] in lines:
                yield _at(
                    words,
                    cluster.start,
                    "a citation stands in a heading",
                    "move it to the sentence that states the fact",
                    cluster.end - cluster.start,
                )


@rule(
    "CIT009",
    "citation-in-link",
    ERROR,
    "a citation in the words of a link",
    """A note is a link itself, and a link cannot stand in a link. Put the citation behind the link.""",
)
def citation_in_link(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for match in _LINK_TEXT.finditer(words.readable):
            for inner in re.finditer(r"\[@", match[1]):
                yield _at(
                    words,
                    match.start(1) + inner.start(),
                    "a citation stands in the words of a link",
                    "put it behind the link",
                    2,
                )


@rule(
    "CIT010",
    "undefined-footnote",
    ERROR,
    "[^x] without a line that defines it",
    """A footnote needs a line “[^x]: text” on the same page. Without one, the mark is printed as written, and MkDocs
    says nothing.""",
)
def undefined_footnote(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        known = {item.id for item in words.footnote_definitions}
        for item in words.footnote_uses:
            if item.id not in known:
                yield _at(
                    words,
                    item.start,
                    f"no line defines the footnote “{item.id}”",
                    did_you_mean(item.id, sorted(known)) or f"add a line “[^{item.id}]: text”",
                    len(item.id) + 3,
                )


@rule(
    "CIT011",
    "unused-footnote",
    WARNING,
    "a footnote that nothing refers to",
    """The line [^x]: is there, the mark [^x] is not.""",
)
def unused_footnote(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        used = {item.id for item in words.footnote_uses}
        for item in words.footnote_definitions:
            if item.id not in used:
                yield _at(
                    words,
                    item.start,
                    f"nothing refers to the footnote “{item.id}”",
                    "refer to it, or remove it",
                    len(item.id) + 3,
                )


@rule(
    "CIT012",
    "duplicate-footnote",
    ERROR,
    "a footnote defined twice",
    """The last of the two wins, and nothing says so.""",
)
def duplicate_footnote(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        first: dict[str, int] = {}
        for item in words.footnote_definitions:
            line = words.lines.place(item.start)[0]
            if item.id in first:
                yield _at(
                    words,
                    item.start,
                    f"the footnote “{item.id}” is defined twice: first on line {first[item.id]}",
                    "rename one of the two",
                    len(item.id) + 3,
                )
            first.setdefault(item.id, line)


def _states_facts(src: str) -> bool:
    return src.startswith("countries/") or src in ("index.md", "faq.md")


@rule(
    "CIT013",
    "uncited-statement",
    ERROR,
    "a statement of fact without a citation",
    """Holds for docs/countries/, docs/index.md and docs/faq.md. The words are read in units: a paragraph, a list item,
    a table row. (1) A unit with a number, a year, a quotation, a vote, or a named document or organisation needs at
    least one citation. (2) In a unit with citations, a sentence with a number, a year or a quotation needs a
    citation in it, right behind it, or in the next sentence of the unit; in a table row, one anywhere in the row.
    List items and table rows also count as cited where the sentence that leads to them and ends in a colon is cited.
    Needs none: a sentence that ends in a colon or a question mark; that says that something was not found; that is
    about this page or site; that points elsewhere (“More: …”); headings, directives, table heads; the sections
    at-a-glance, what-would-change, claims, questions and sources. A number that is part of a name (38 North, MiG-15)
    does not count.""",
)
def uncited_statement(project: Project) -> Iterator[Defect]:
    for src, words in project.words.items():
        if not _states_facts(src):
            continue
        for unit in units(words):
            if any(heading.id in EXEMPT_SECTIONS for heading in words.section_at(unit.start)):
                continue
            if (unit.lead is not None and unit.lead.cited) or _SNIPPET.match(unit.text):
                continue
            found = sentences(unit)
            if not unit.cited:
                for sentence in found:
                    if not exempt(sentence.text) and (marker := marker_in(sentence.text)):
                        yield _uncited(words, sentence.start, sentence.text, marker)
                        break
            elif unit.sort != "row":
                for index, sentence in enumerate(found):
                    near = sentence.cited or (index + 1 < len(found) and found[index + 1].cited)
                    if not near and not exempt(sentence.text) and (figure := figure_in(sentence.text)):
                        yield _uncited(words, sentence.start, sentence.text, figure)


def _uncited(words: Words, start: int, text: str, marker: str) -> Defect:
    at = text.find(marker)
    return _at(
        words,
        start + max(at, 0),
        f"“{marker}” is stated without a citation",
        "cite the document that says so: [@id] in this sentence",
        len(marker),
    )


@rule(
    "CIT014",
    "todo-left",
    ERROR,
    "“citation needed” or TODO left in the words",
    """A note of the author to himself. Find the source, or say that none was found.""",
)
def todo_left(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for match in _TODO.finditer(words.without_citations):
            word = match.group()
            if not re.search(r"needed|source", word, re.I) and not _CASED.fullmatch(word):
                continue
            if any(
                link.destination_start <= match.start() < link.destination_start + len(link.destination)
                for link in words.links
            ):
                continue  # LNK017
            yield _at(
                words,
                match.start(),
                f"“{word}” is left in the words",
                "find the source, or remove the note",
                len(word),
            )
        for comment in words.comments:
            if inner := re.search(r"\b(?:TODO|FIXME)\b", comment.text):
                yield _at(
                    words,
                    comment.start + 4 + inner.start(),
                    f"“{inner.group()}” is left in a comment",
                    "do it, or remove the note",
                    4,
                )


@rule(
    "CIT015",
    "no-list-of-sources",
    ERROR,
    "a page with citations and no “::: references”",
    """Notes link to the list of sources that the directive “::: references” prints. It has to stand below the last
    citation and below every directive that cites.""",
)
def no_list_of_sources(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        if not words.clusters:
            continue
        lists = [directive.start for directive in words.directives if directive.name == "references"]
        last = words.clusters[-1]
        if not lists:
            yield _at(
                words,
                words.clusters[0].start,
                "this page cites documents and lists none",
                "end the page with “::: references”",
            )
        elif lists[-1] < last.start:
            yield _at(
                words,
                last.start,
                "this citation stands below the list of sources",
                "move “::: references” to the end of the page",
                last.end - last.start,
            )


@rule(
    "CIT016",
    "citation-without-brackets",
    ERROR,
    "the id of a source after @ outside of brackets",
    """Only [@id] is a citation. @id in the running text or in round brackets is printed as written.""",
)
def citation_without_brackets(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for match in _BARE.finditer(words.without_citations):
            if match[1] in project.source_ids:
                yield _at(
                    words,
                    match.start(),
                    f"@{match[1]} stands outside of brackets",
                    f"write [@{match[1]}]",
                    len(match.group()),
                )


@rule(
    "CIT017",
    "one-publisher",
    WARNING,
    "a country page that rests on one publisher",
    """More than half of at least ten citations on a country page are of documents by one publisher. Contested matters
    need two independent sources.""",
)
def one_publisher(project: Project) -> Iterator[Defect]:
    for src, words in project.words.items():
        if not src.startswith("countries/"):
            continue
        publishers = Counter(
            source.published_by
            for item in _citations(words)
            if (source := project.facts.sources.get(item.id))
        )
        total = sum(publishers.values())
        if total >= 10:
            name, count = publishers.most_common(1)[0]
            if count * 2 > total:
                yield _at(
                    words,
                    words.page.body_start,
                    f"{count} of {total} citations are of documents by {name}",
                    "add independent sources",
                )
