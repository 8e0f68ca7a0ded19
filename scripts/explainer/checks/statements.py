"""Tells which units and sentences of the words state a fact."""

import re
from collections.abc import Iterator

from explainer.checks.words import Words
from explainer.sentences import ITEM, Sentence, Unit, sentences, units_in

__all__ = ["EXEMPT_SECTIONS", "Sentence", "Unit", "exempt", "figure_in", "marker_in", "sentences", "units"]

EXEMPT_SECTIONS = {"what-would-change", "questions", "sources", "claims", "at-a-glance"}
"""Sections that state nothing, or whose statements come from the facts with their sources."""

PASTED = re.compile(
    r"(?<=[\w.,;:”’\"')%])\[(?:\d{1,3}|note \d{1,2}|nb \d{1,2}|[a-z])\](?![(\[:])"
    r"|【[^】\n]{1,40}】|:contentReference\[oaicite:\d+\](?:\{[^}\n]*\})?|\bturn\d+(?:search|view|news|file)\d+\b"
    r"|[\[(]oai_citation[^\])\n]*[\])]|\[cite(?:_start)?(?::[^\]\n]*)?\]"
)
"""The mark of a note that was copied from another page, or from a language model."""

_RANK = re.compile(r"\A[ \t]*\d{1,2}[.)]\Z")
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


def units(words: Words) -> Iterator[Unit]:
    """The units of a page, without headings, directives, definitions, table heads and admonition titles."""
    # A citation that is written wrongly is told as such, and counts here; a figure prints its citation.
    marks = [item.start for item in words.clusters]
    marks += [item.start for item in words.citation_problems]
    marks += [item.start for item in words.figures]
    return units_in(words.without_citations, words.page.text, words.page.body_start, marks)


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
    text = re.sub(r"\[\d{1,3}\]", "", PASTED.sub("", text))
    text = ITEM.sub("", text, count=1) if ITEM.match(text) else _RANK.sub("", text, count=1)
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
