"""Cuts the words into units (paragraph, list item, table row) and sentences, and tells which state a fact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from explainer.checks.words import Words

EXEMPT_SECTIONS = {"what-would-change", "questions", "sources", "claims", "at-a-glance"}
"""Sections that state nothing, or whose statements come from the facts with their sources."""

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
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

_NUMBER = re.compile(
    r"(?<![\w@#/.-])(?:[$€£¥]|US\$)?\d[\d.,]*(?:[–-]\d[\d.,]*)?(?:\s?%|\s?(?:bn|m|km|kg|MW|t)\b)?(?![\w-]*[A-Za-z])"
)
_YEAR = re.compile(r"(?<![\w-])(?:1[89]|20)\d\d(?:s\b|(?![\w]))")
_QUOTE = re.compile(r"“[^”]{3,}”|\"[^\"\n]{3,}\"")
_VOTE = re.compile(
    r"\b(?:vetoed|vetoes|veto|abstained|abstention|abstentions|voted|votes|co-?sponsored)\b", re.I
)
_NAMED = re.compile(
    r"\b(?:[A-Z][\w-]+ (?:and [A-Z][\w-]+ |on [A-Z][\w-]+ |of [A-Z][\w-]+ )*"
    r"(?:Treaty|Agreement|Resolution|Charter|Convention|Declaration|Pact|Protocol|Communiqué|Communique|Act)"
    r"|(?:Treaty|Agreement|Charter|Convention|Declaration|Pact) (?:of|on|for|between) [A-Z]\w+"
    r"|[Rr]esolution \d+|Security Council|General Assembly|Panel of Experts|Human Rights Council"
    r"|UN|NATO|IAEA|MSMT|KCNA|TASS|Xinhua|NIS|OPCW|IMF|World Bank|Rodong Sinmun)\b"
)
_NAMES_WITH_FIGURES = re.compile(
    r"\b(?:38 North|Group of \d+|G[- ]?\d+|Article 19|R2P|[A-Z][\w.]*-\d+\w*|\d+(?:st|nd|rd|th) [A-Z]\w+)\b"
)
_NOT_FOUND = re.compile(
    r"\b(?:no|none|neither|nothing|not?)\b[^.]*\b(?:was|were|is|are|has been|have been|could be|be)\s+"
    r"(?:publicly |independently )?(?:found|established|confirmed|known|verified|published)\b"
    r"|\bcould not be (?:found|established|confirmed|verified)\b|\bunproven\b|\bfound no\b|\bno sign\b",
    re.I,
)
_ABOUT_SITE = re.compile(
    r"\b(?:this|the) (?:page|site|section|list|table|answer|test|tests|tier|tiers)\b", re.I
)
_POINTER = re.compile(r"^\W*(?:More|See|See also|Sources?|Details|Further)\b:?|\bsee (?:also )?\[")


@dataclass(frozen=True)
class Unit:
    """A paragraph, a list item or a table row: text without citations, and where citations stand in it.

    ``text[i]`` stands at ``start + i`` of the file; line ends stay.
    """

    sort: str
    start: int
    text: str
    cited: tuple[int, ...]
    lead: "Unit | None" = None


@dataclass(frozen=True)
class Sentence:
    """One sentence, its offset in the file, and whether a citation belongs to it."""

    text: str
    start: int
    cited: bool


@dataclass
class _Open:
    """The unit that is being read."""

    sort: str
    start: int
    lines: list[str] = field(default_factory=list)


def units(words: Words) -> Iterator[Unit]:
    """The units of a page, without headings, directives, definitions, table heads and admonition titles."""
    text = words.without_citations
    # A citation that is written wrongly is told as such, and counts here.
    starts = [cluster.start for cluster in words.clusters]
    starts += [problem.start for problem in words.citation_problems]
    start = words.page.body_start
    lead: Unit | None = None
    current: _Open | None = None
    in_table = False
    lines = text[start:].split("\n")

    def close() -> Iterator[Unit]:
        nonlocal current, lead
        if current is None:
            return
        joined = "\n".join(current.lines)
        end = current.start + len(joined)
        cited = tuple(place - current.start for place in starts if current.start <= place < end)
        unit = Unit(current.sort, current.start, joined, cited, lead if current.sort != "paragraph" else None)
        if current.sort == "paragraph":
            lead = unit if joined.rstrip().endswith(":") else None
        current = None
        if joined.strip() or cited:
            yield unit

    offset = start
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        in_table = "|" in line and (in_table or bool(_RULE_ROW.match(following) and "-" in following))
        raw = words.page.text[offset : offset + len(line)]
        if not raw.strip() or _SKIPPED.match(line) or _ADMONITION.match(line):
            yield from close()
            if _SKIPPED.match(line):
                lead = None
        elif in_table:
            yield from close()
            head = bool(_RULE_ROW.match(following)) and not _RULE_ROW.match(line)
            if not head and not _RULE_ROW.match(line):
                current = _Open("row", offset, [line])
                yield from close()
        elif _ITEM.match(line):
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
                found[-1] = Sentence(found[-1].text, found[-1].start, True)
            continue
        lead = len(part) - len(part.lstrip())
        cited = False
        for place in unit.cited:
            if start <= place < end:
                if place < start + lead and found:  # between the full stop before and this sentence
                    found[-1] = Sentence(found[-1].text, found[-1].start, True)
                else:
                    cited = True
        found.append(Sentence(part.strip(), unit.start + start + lead, cited))
    return found


def figure_in(text: str) -> str:
    """The first number, year or quotation, or nothing."""
    plain = _plain(text)
    found = [match for pattern in (_NUMBER, _YEAR, _QUOTE) if (match := pattern.search(plain))]
    return min(found, key=lambda match: match.start()).group().strip(" .,") if found else ""


def marker_in(text: str) -> str:
    """The first number, year, quotation, vote, or named document or organisation, or nothing."""
    if figure := figure_in(text):
        return figure
    plain = _plain(text)
    match = _VOTE.search(plain) or _NAMED.search(plain)
    return match.group() if match else ""


def _plain(text: str) -> str:
    """Without the addresses of links, attribute lists, the number of a list item, and names with figures in them."""
    text = re.sub(r"\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\]\[[^\]]*\]", "]", text)
    text = re.sub(r"\{:?[^{}\n]*\}|<[^<>]*>|https?://\S+|\[\^[^\]\n]*\]", "", text)
    text = _ITEM.sub("", text, count=1) if _ITEM.match(text) else text
    return _NAMES_WITH_FIGURES.sub("", text)


def exempt(text: str) -> bool:
    """Sentences that need no source: lead-ins, questions, pointers, what was not found, what is about the site."""
    plain = text.strip()
    return (
        plain.endswith((":", "?"))
        or bool(_POINTER.search(plain))
        or bool(_NOT_FOUND.search(plain))
        or bool(_ABOUT_SITE.search(plain))
    )
