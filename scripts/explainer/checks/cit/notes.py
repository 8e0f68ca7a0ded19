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

_TODO = re.compile(
    r"[\[({]+(?:citation|source|reference|clarification|verification|page|quote|better source|date|year|figure)s? needed[\])}]+"
    r"|\b(?:citation|source) needed\b|[\[{]{1,2}(?:cn|fact|ref|source|quelle|who|when|where|which|why|how|by whom|according to whom"
    r"|verify|check|dubious|sic!?\?|not in source|failed verification|original research)\??[\]}]{1,2}(?![(\[:])"
    r"|\b(?:TODO|FIXME|TBD|TBC|TKTK?|XXX)\b|\?{3,}|\blorem ipsum\b",
    re.I,
)
_CASED = re.compile(r"TODO|FIXME|TBD|TBC|TKTK?|XXX")


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
        text = words.without_citations
        for match in _TODO.finditer(text):
            word = match.group()
            if word[0] == "?" and not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip():
                continue  # ??? opens a block that folds
            if word.isalpha() and not _CASED.fullmatch(word):
                continue  # “todo” in small letters is a word of other languages
            if any(
                link.destination_start <= match.start() < link.destination_start + len(link.destination)
                for link in words.links
            ):
                continue  # LNK017
            yield at(
                words,
                match.start(),
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
