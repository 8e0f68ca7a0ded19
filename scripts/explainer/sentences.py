"""Cuts Markdown into units (paragraph, list item, table row) and units into sentences. Pure.

The texts handed in have the same length as the text of the page: code, citations and figures are blanked out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
"""How the item of a list begins."""

_RULE_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_ADMONITION = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===)[ \t]")
_SKIPPED = re.compile(
    r"#{1,6}[ \t]|:::|[ ]{0,3}\[[^\]\n]+\]:|\*\[|\{:?[^{}\n]*\}[ \t]*$|[ \t]*[-*_]{3,}[ \t]*$|</?\w"
)
_SENTENCE_END = re.compile(r"[.!?…](?:[)”’\"']*)(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Prof|St|No|Nos|vs|etc|cf|ca|approx|art|Art|arts|para|paras|pp|p|vol|ed|op|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|U\.S|U\.N|U\.K|e\.g|i\.e|a\.m|p\.m)|\b[A-Z])\.$"
)


@dataclass(frozen=True)
class Unit:
    """A paragraph, a list item or a table row: text without citations, and where citations stand in it.

    ``text[i]`` stands at ``start + i`` of the file; line ends stay. ``lead`` is the paragraph that ends in a colon
    above a list or a table, ``head`` the line of heads above a row.
    """

    sort: str
    start: int
    text: str
    cited: tuple[int, ...]
    lead: "Unit | None" = None
    head: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence, its offset in the file, and whether a citation belongs to it.

    ``span`` is what it takes of the file: from the end of the sentence before to the end of its own last sign.
    """

    text: str
    start: int
    cited: bool
    span: tuple[int, int] = (0, 0)


@dataclass
class _Open:
    """The unit that is being read."""

    sort: str
    start: int
    lines: list[str] = field(default_factory=list)


def units_in(text: str, written: str, start: int, marks: Sequence[int]) -> Iterator[Unit]:
    """The units of a page, without headings, directives, definitions, table heads and admonition titles.

    ``text`` is the page with everything blanked out that is no word, ``written`` the page as written; the words
    begin at ``start``. ``marks`` are the places of citations.
    """
    lead: Unit | None = None
    current: _Open | None = None
    in_table = False
    head = ""
    lines = text[start:].split("\n")

    def close() -> Iterator[Unit]:
        nonlocal current, lead
        if current is None:
            return
        joined = "\n".join(current.lines)
        end = current.start + len(joined)
        cited = tuple(place - current.start for place in marks if current.start <= place < end)
        unit = Unit(
            current.sort,
            current.start,
            joined,
            cited,
            lead if current.sort != "paragraph" else None,
            head if current.sort == "row" else "",
        )
        if current.sort == "paragraph":
            lead = unit if joined.rstrip().endswith(":") else None
        current = None
        if joined.strip() or cited:
            yield unit

    offset = start
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        in_table = "|" in line and (in_table or bool(_RULE_ROW.match(following) and "-" in following))
        raw = written[offset : offset + len(line)]
        if not raw.strip() or _SKIPPED.match(line) or _ADMONITION.match(line):
            yield from close()
            if _SKIPPED.match(line):
                lead = None
        elif in_table:
            yield from close()
            if _RULE_ROW.match(line):
                pass
            elif _RULE_ROW.match(following):
                head = line
            else:
                current = _Open("row", offset, [line])
                yield from close()
        elif ITEM.match(line):
            yield from close()
            current = _Open("item", offset, [line])
        elif current is not None:
            current.lines.append(line)
        else:
            sort = "item" if line.startswith(("    ", "\t")) and lead is not None else "paragraph"
            current = _Open(sort, offset, [line])
        offset += len(line) + 1
    yield from close()


def sentences(unit: Unit) -> list[Sentence]:
    """The sentences of a unit. A citation belongs to the sentence it stands in, or right after whose end it stands."""
    text = unit.text
    cuts = [0]
    for match in _SENTENCE_END.finditer(text):
        before = text[: match.end()]
        rest = text[match.end() :].lstrip()
        if _ABBREVIATION.search(before.rstrip("”’\"')")) or (rest and rest[0].islower()):
            continue
        cuts.append(match.end())
    if cuts[-1] < len(text):
        cuts.append(len(text))
    found: list[Sentence] = []
    for start, end in pairwise(cuts):
        part = text[start:end]
        if not part.strip():
            if found and any(start <= place < end for place in unit.cited):
                found[-1] = replace(found[-1], cited=True)
            continue
        lead = len(part) - len(part.lstrip())
        cited = False
        for place in unit.cited:
            if start <= place < end:
                if place < start + lead and found:  # between the full stop before and this sentence
                    found[-1] = replace(found[-1], cited=True)
                else:
                    cited = True
        span = (unit.start + start, unit.start + end)
        found.append(Sentence(part.strip(), unit.start + start + lead, cited, span))
    return found
