"""CIT: footnotes."""

from collections.abc import Iterator

from explainer.checks.cit.place import at
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.words import Id, Words
from explainer.problems import did_you_mean

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _at(words: Words, mark: Id, message: str, hint: str) -> Defect:
    """A defect at a mark, [^x]."""
    return at(words, mark.start, message, hint, len(f"[^{mark.id}]"))


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
                    item,
                    f"no line defines the footnote “{item.id}”",
                    did_you_mean(item.id, sorted(known)) or f"add a line “[^{item.id}]: text”",
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
                    item,
                    f"nothing refers to the footnote “{item.id}”",
                    "refer to it, or remove it",
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
                    item,
                    f"the footnote “{item.id}” is defined twice: first on line {first[item.id]}",
                    "rename one of the two",
                )
            first.setdefault(item.id, line)
