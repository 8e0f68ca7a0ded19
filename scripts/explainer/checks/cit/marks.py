"""CIT: how citations are written and where they stand."""

import re
from collections.abc import Iterator
from itertools import pairwise

from explainer.checks.cit.place import at, citations_of
from explainer.checks.finding import Defect, Replace, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.words import Words
from explainer.citations import Fault
from explainer.problems import did_you_mean

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_BARE = re.compile(r"(?<![\w\[@/.;,\\-])@([a-z0-9]+(?:-[a-z0-9]+)+)")
_LINK_TEXT = re.compile(r"(?<!\\)!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^)\n]*\)|\[(?![@^=])[^\[\]\n]*\])")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*(?:\n|\Z)")


def _faults(project: Project, fault: Fault) -> Iterator[Defect]:
    for words in project.words.values():
        for problem in words.citation_problems:
            if problem.fault is fault:
                yield at(words, problem.start, problem.message, problem.hint)


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
        for item in citations_of(words):
            if item.id not in project.source_ids and not _cased(project, item.id):
                yield at(
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
        for item in citations_of(words):
            if right := _cased(project, item.id):
                fix = Replace(words.page.path, item.start + 1, item.id, right)
                yield at(
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
                    yield at(
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
            if words.lines.place(cluster.start)[0] in lines or _is_underlined(words, cluster.end):
                yield at(
                    words,
                    cluster.start,
                    "a citation stands in a heading",
                    "move it to the sentence that states the fact",
                    cluster.end - cluster.start,
                )


def _is_underlined(words: Words, offset: int) -> bool:
    """Whether the line at an offset is a heading by the line of = or - below it."""
    end = words.readable.find("\n", offset)
    return end >= 0 and bool(_UNDERLINE.match(words.readable, end + 1))


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
                yield at(
                    words,
                    match.start(1) + inner.start(),
                    "a citation stands in the words of a link",
                    "put it behind the link",
                    2,
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
            yield at(
                words,
                words.clusters[0].start,
                "this page cites documents and lists none",
                "end the page with “::: references”",
            )
        elif lists[-1] < last.start:
            yield at(
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
                yield at(
                    words,
                    match.start(),
                    f"@{match[1]} stands outside of brackets",
                    f"write [@{match[1]}]",
                    len(match.group()),
                )
