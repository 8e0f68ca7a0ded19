"""LNK: [text][label] and [label]: address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import at
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.words import Words
from explainer.problems import did_you_mean

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_FULL = re.compile(r"(?<![\\!\]])!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]([ \n]?)\[([^\[\]\n]*)\]")
_SHORT = re.compile(r"(?<![\\\]])\[([^\[\]]+)\](?![\[(:])")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*\S+", re.M)
_OTHER_MARKS = ("@", "^", "=")
"""Brackets that begin with one of these are citations, footnotes and figures."""


@dataclass(frozen=True)
class Reference:
    """A link by label: its words, the label as written, the offset of each.

    ``certain`` tells that a definition is meant: [text][label] or [text][]. [text] [label] and [text] may be words in
    brackets.
    """

    text: str
    label: str
    start: int
    label_start: int
    certain: bool


def references(words: Words) -> Iterator[Reference]:
    """Every link by label, and every other text in square brackets."""
    text = words.without_citations
    if "[" not in text:
        return
    taken = []
    for match in _FULL.finditer(text):
        # A citation is blanked out here, so [@name][label] is a link whose words are a name.
        handle = match[1].startswith("@") and match[3]
        if (match[1].startswith(_OTHER_MARKS) and not handle) or match[3].startswith(_OTHER_MARKS):
            continue
        if not match[2]:
            taken.append((match.start(), match.end()))
        label_start = match.start(3) if match[3] else match.start()
        yield Reference(match[1], match[3] or match[1], match.start(), label_start, not match[2])
    for match in _SHORT.finditer(text):
        if match[1].startswith(_OTHER_MARKS[1:]) or any(start <= match.start() < end for start, end in taken):
            continue
        yield Reference(match[1], match[1], match.start(), match.start(), False)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def definitions(words: Words) -> list[tuple[str, int]]:
    """Label and offset of each ``[label]: address``."""
    found = _DEFINITION.finditer(words.readable) if "]:" in words.readable else ()
    return [(match[1], match.start(1)) for match in found if not match[1].startswith(_OTHER_MARKS[1:])]


def known_references(words: Words) -> Iterator[Reference]:
    """Those whose label the page defines."""
    known = {_label(label) for label, _ in definitions(words)}
    if known:
        yield from (item for item in references(words) if _label(item.label) in known)


@rule(
    "LNK009",
    "undefined-reference",
    ERROR,
    "[text][label] with a label that is not defined on the page",
    """A reference link, [text][label] or [label][], needs a line “[label]: address” on the same page; without one, the
    brackets are printed. MkDocs does not notice. Spaces in the second brackets are part of the label.""",
)
def undefined_reference(project: Project) -> Iterator[Defect]:
    if "autorefs" in project.config.text:
        return  # that plugin defines labels for every heading and object
    for words in project.words.values():
        known = {_label(label): label for label, _ in definitions(words)}
        for item in references(words):
            if not item.certain:
                continue
            spaced = item.label != item.label.strip() and item.label_start != item.start
            if _label(item.label) not in known or spaced:
                right = known.get(_label(item.label))
                yield at(
                    words,
                    item.label_start,
                    f"no line defines the label “{item.label}”",
                    f"write [{right}], without spaces"
                    if right
                    else did_you_mean(item.label, list(known.values()))
                    or f"add a line “[{item.label}]: address”",
                    len(item.label),
                )


@rule(
    "LNK010",
    "unused-definition",
    WARNING,
    "[label]: address that no link uses",
    """A definition that no link uses is left over, or the label of a link is misspelt: [label] alone, too, is printed with
    its brackets where its line is missing.""",
)
def unused_definition(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        found = definitions(words)
        if not found:
            continue
        written = {_label(item.label): item for item in references(words)}
        defined = {_label(label) for label, _ in found}
        open_labels = [
            item.label for label, item in written.items() if label not in defined and not item.certain
        ]
        for label, start in found:
            if _label(label) not in written:
                near = get_close_matches(_label(label), [_label(one) for one in open_labels], n=1)
                line = words.lines.place(written[near[0]].start)[0] if near else 0
                yield at(
                    words,
                    start,
                    f"no link uses the label “{label}”",
                    f"is [{written[near[0]].label}] on line {line} meant?"
                    if near
                    else "use it, or remove the line",
                    len(label),
                )


@rule(
    "LNK011",
    "duplicate-definition",
    ERROR,
    "[label]: defined twice on a page",
    """Markdown takes one of the two and says nothing.""",
)
def duplicate_definition(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        first: dict[str, int] = {}
        for label, start in definitions(words):
            line = words.lines.place(start)[0]
            if _label(label) in first:
                yield at(
                    words,
                    start,
                    f"the label “{label}” is defined twice: first on line {first[_label(label)]}",
                    "remove one of the two, or rename it",
                    len(label),
                )
            first.setdefault(_label(label), line)
