"""The grammar of citations: parse, number, resolve. Pure; used by the site build and by the checker.

The syntax is pandoc's, in brackets only::

    [@un-2024-sc15648]
    [@prc-dprk-1961-treaty, art. 2]
    [@tass-2024-treaty-ratified; @interfax-2024-treaty-in-force]

Text inside code, comments, escapes and link texts is not a citation. The grammar and what each error means
are documented for editors in docs/about/editing.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from explainer.markdown_text import blank_code

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of a source id: ``publisher-year-slug``."""

_KEY = re.compile(r"@([\w][\w:.#$%&+?<>~/-]*)?")
_OPEN = re.compile(r"(?<!\\)\[(?=[ \t\n]*@(?:[\w\]\s,;]|$))")


# The value of an attribute in HTML, and formulas: $…$ by pandoc’s rules, $$…$$.
_NOT_WORDS = re.compile(
    r"<[a-zA-Z][^<>]*\[@[^<>]*>|\$\$[^$]*\[@[^$]*\$\$|(?<![\w$])\$(?=[^\s$])[^\s$]*\[@[^\s$]*\$(?!\d)"
)

_HANDLE = re.compile(r"^[ ]{0,3}\[(@[^\[\]]+)\]:", re.M)


class Fault(StrEnum):
    """What can be wrong with the writing of a citation."""

    EMPTY = "empty"
    UNCLOSED = "unclosed"
    MALFORMED = "malformed"
    EMPTY_LOCATOR = "empty-locator"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Citation:
    """One ``@id`` with its locator, at ``start`` in the text (the offset of ``@``)."""

    id: str
    locator: str
    start: int


@dataclass(frozen=True)
class Cluster:
    """What stands between one pair of brackets: ``text[start:end]``."""

    citations: tuple[Citation, ...]
    start: int
    end: int


@dataclass(frozen=True)
class GrammarProblem:
    """A citation that is written wrongly, at ``start`` in the text."""

    fault: Fault
    start: int
    message: str
    hint: str


@dataclass(frozen=True)
class ParsedText:
    """Every cluster in a text, in order, and every fault."""

    clusters: tuple[Cluster, ...]
    problems: tuple[GrammarProblem, ...]


def parse_reference(text: str) -> tuple[str, str]:
    """Split ``id`` or ``id, locator`` as data files write it in a list of sources."""
    id_, _, locator = text.partition(",")
    return id_.strip(), locator.strip()


def parse_citations(text: str) -> ParsedText:
    """Find the citations in Markdown ``text``. Never raises."""
    readable = _NOT_WORDS.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), blank_code(text))
    clusters: list[Cluster] = []
    problems: list[GrammarProblem] = []
    handles = {" ".join(label.split()).casefold() for label in _HANDLE.findall(readable)}
    position = 0
    while match := _OPEN.search(readable, position):
        start = match.start()
        position = match.end()
        end = _closing_bracket(readable, position)
        if end is None:
            problems.append(
                GrammarProblem(
                    Fault.UNCLOSED,
                    start,
                    "this citation has no closing bracket",
                    "write [@id] or [@id, art. 4]",
                )
            )
            continue
        following = readable[end + 1 : end + 3]
        if following[:1] in ("(", "[") and following not in ("[@", "[^"):
            continue  # a link whose text begins with an @handle
        if following[:1] == ":" and not readable[readable.rfind("\n", 0, start) + 1 : start].strip():
            continue  # at the start of a line: the definition of such a link
        if handles and " ".join(readable[start + 1 : end].split()).casefold() in handles:
            position = end + 1
            continue  # [@handle] with a line “[@handle]: address”: a link
        cluster, faults = _parse_cluster(readable[position:end], position, start, end + 1)
        problems.extend(faults)
        if cluster.citations:
            clusters.append(cluster)
        position = end + 1
    return ParsedText(tuple(clusters), tuple(problems))


def _closing_bracket(text: str, start: int) -> int | None:
    """Offset of the ``]`` that ends a cluster: before the paragraph ends and before another ``[``."""
    for index in range(start, len(text)):
        char = text[index]
        if char == "]":
            return index
        if char == "[" or text.startswith("\n\n", index):
            return None
    return None


def _parse_cluster(inner: str, offset: int, start: int, end: int) -> tuple[Cluster, list[GrammarProblem]]:
    citations: list[Citation] = []
    problems: list[GrammarProblem] = []
    for part_start, part in _split(inner, ";"):
        at = offset + part_start + (len(part) - len(part.lstrip()))
        part = part.strip()
        key = _KEY.match(part)
        if not part or (key and not key.group(1)):
            problems.append(
                GrammarProblem(
                    Fault.EMPTY,
                    at,
                    "a citation without an id",
                    "write the id of a source after @, or remove the sign",
                )
            )
            continue
        if not key:
            problems.append(
                GrammarProblem(
                    Fault.MALFORMED, at, f"“{part}” is not a citation", "each part begins with @: [@a; @b]"
                )
            )
            continue
        id_ = key.group(1).rstrip(".:")
        rest = part[key.end() - (len(key.group(1)) - len(id_)) :].strip()
        locator = ""
        if rest.startswith(","):
            locator = " ".join(rest[1:].split())
            if not locator:
                problems.append(
                    GrammarProblem(
                        Fault.EMPTY_LOCATOR,
                        at,
                        f"nothing follows the comma after @{id_}",
                        "write a locator such as “art. 4” or remove the comma",
                    )
                )
        elif rest:
            seen = "".join(char for char in rest if unicodedata.category(char) not in ("Cf", "Cc"))
            what = f"“{rest}” follows @{id_} without a comma"
            if not seen.startswith(rest[0]):
                what = f"a character that nobody sees follows @{id_}"
            seen = seen.lstrip(", ")
            problems.append(
                GrammarProblem(Fault.MALFORMED, at, what, f"write [@{id_}{', ' if seen else ''}{seen}]")
            )
        if any(other.id == id_ and other.locator == locator for other in citations):
            problems.append(
                GrammarProblem(
                    Fault.REPEATED, at, f"@{id_} is cited twice in one place", "remove one of the two"
                )
            )
            continue
        citations.append(Citation(id_, locator, at))
    return Cluster(tuple(citations), start, end), problems


def _split(text: str, separator: str) -> Iterator[tuple[int, str]]:
    start = 0
    for part in text.split(separator):
        yield start, part
        start += len(part) + len(separator)


@dataclass
class Numbering:
    """Numbers the documents of one page by first use, and remembers each place that cites them."""

    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)

    def cite(self, id_: str) -> tuple[int, int]:
        """Return the number of the document and which use of it on the page this is, both from 1."""
        number = self.numbers.setdefault(id_, len(self.numbers) + 1)
        self.uses[id_] = self.uses.get(id_, 0) + 1
        return number, self.uses[id_]
