"""CIT: notes of authors left in the words."""

import re
from collections.abc import Iterator

from explainer.checks.cit.place import at
from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.references import definitions
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.statements import PASTED

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_IN_BRACKETS = re.compile(
    r"[\[({]+(?:(?:citation|source|reference|clarification|verification|page|quote|better source|date|year|figure)s? needed"
    r"|(?<=[\[{])(?:cn|fact|ref|source|quelle|who|when|where|which|why|how|by whom|according to whom|verify|check|dubious|sic\?"
    r"|not in source|failed verification|original research)\??)[\])}]+(?![(\[:])",
    re.I,
)
_WORDS = re.compile(r"\b(?:TODO|FIXME|TBD|TBC|TKTK?|XXX)\b|(?<=\S)(?<!\?)[ \t]*\?{3,}")
_PHRASES = re.compile(r"\b(?:citation|source) needed\b|\blorem ipsum\b", re.I)


def _left(text: str) -> Iterator[tuple[int, str]]:
    """Each note of an author, with its offset."""
    found = {match.end(): match for match in _IN_BRACKETS.finditer(text)}
    plain = text.lower()
    if "needed" in plain or "lorem" in plain:
        inside = [match.span() for match in found.values()]
        for match in _PHRASES.finditer(text):
            if not any(start <= match.start() < end for start, end in inside):
                found[match.end()] = match
    for match in _WORDS.finditer(text):
        found[match.end()] = match
    for match in found.values():
        word = match.group().lstrip()
        yield match.end() - len(word), word


@rule(
    "CIT014",
    "todo-left",
    ERROR,
    "“citation needed” or TODO left in the words",
    """A note of the author to himself: TODO, FIXME, TBD, XXX, ???, [who?], [cn]. Find the source, or say that none was
    found.""",
)
def todo_left(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        labels = {label.casefold() for label, _ in definitions(words)}
        for start, word in _left(words.without_citations):
            if word[0] == "[" and word.strip("[]").casefold() in labels:
                continue
            if any(
                link.destination_start <= start < link.destination_start + len(link.destination)
                for link in words.links
            ):
                continue  # LNK017
            yield at(
                words,
                start,
                f"“{word}” is left in the words",
                "find the source, or remove the note",
                len(word),
            )
        for comment in words.comments:
            if inner := re.search(r"\b(?:TODO|FIXME)\b", comment.text):
                yield at(
                    words,
                    comment.start + 4 + inner.start(),
                    f"“{inner.group()}” is left in a comment",
                    "do it, or remove the note",
                    4,
                )


@rule(
    "CIT022",
    "pasted-note",
    ERROR,
    "the mark of a note that was copied from elsewhere",
    """[12] behind a word is a note of the page the sentence was copied from, 【3†source】 and the like one of a language model.
    The source it meant is not here: read it, enter it, and cite it with [@id]. Write in your own words.""",
)
def pasted_note(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        text = words.without_citations
        if "]" not in text and "【" not in text and "turn" not in text:
            continue
        labels = {label.casefold() for label, _ in definitions(words)}
        for match in PASTED.finditer(text):
            mark = match.group()
            if mark.strip("[]").casefold() in labels:
                continue
            yield at(
                words,
                match.start(),
                f"“{mark}” is the mark of a note that is not on this page",
                "read the source that it meant, and cite it: [@id]",
                len(mark),
            )
