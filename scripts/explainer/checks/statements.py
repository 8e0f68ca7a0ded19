"""Tells which units and sentences of the words state a fact."""

import re
from collections.abc import Iterator
from itertools import pairwise

from explainer.checks.words import Words
from explainer.dates import MONTHS
from explainer.sentences import ITEM, Sentence, Unit, sentences, units_in

__all__ = ["EXEMPT_SECTIONS", "Sentence", "Unit", "figure_in", "marker_in", "sentences", "stated", "units"]

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
_MONTH = f"(?:{'|'.join(MONTHS)})"
_MEASURED = (
    r"(?:troops|soldiers|fighters|men|women|people|persons|workers|prisoners|civilians|casualties|deaths|dead|killed"
    r"|wounded|injured|captured|tons|tonnes|barrels|dollars|euros|yuan|roubles|rubles|per cent|percent)"
)
_COUNTED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|(?:hundred|thousand|million|billion|dozen)s?)"
)
_IN_WORDS = re.compile(
    rf"\b{_COUNTED}\b(?: +(?:and|of|or|{_COUNTED})\b){{0,6}}(?: +(?:metric|North|South|Korean|Russian|Chinese|US)){{0,3}}"
    rf" +(?:(?:was|were|had|been) +){{0,2}}{_MEASURED}\b",
    re.I,
)
_FOUND = r"(?:publicly |independently )?(?:found|established|confirmed|known|verified|published)\b"
_NONE = re.compile(
    r"\b(?:no(?! (?:fewer|less|more|longer|doubt|matter|later than)\b)|none|neither|nothing)\b", re.I
)
_NOT_FOUND = re.compile(
    rf"{_NONE.pattern}.{{0,400}}?\s(?:was|were|is|are|has been|have been|could be)\s+(?:yet )?{_FOUND}"
    rf"|\b(?:was|were|is|are|has|have|could|can)(?: not|n[’']t)(?: yet)?(?: be| been)? {_FOUND}|\bunproven\b"
    r"|\b(?:we|this (?:page|site)|search(?:es)?) found no\b|\bthere (?:is|was|has been) no sign\b",
    re.I,
)
_PARTS = r"(?:page|site|section|list|table|answer|tests?|tiers?)"
_ABOUT_SITE = re.compile(
    rf"\A\W*(?:(?:and|but|so) )?(?:(?:this|these) {_PARTS}|the {_PARTS} (?:below|above|here))\b", re.I
)
_DATED = re.compile(
    rf"\b\d{{1,2}} {_MONTH}\b|[$€£¥]\s?\d|\d\s?%|\d(?: (?:hundred|thousand|million|billion|bn|m))?(?: [\w-]+)?"
    rf" {_MEASURED}\b",
    re.I,
)
_LINK = r"!?\[[^\]\n]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]\n]*\])?"
_LINKED = re.compile(_LINK)
_POINTER = re.compile(
    r"\A\W*(?:More|See|Sources?|Details|Further)"
    r"(?:\s+(?:also|on|about|in|of|for|at|from|is|are|and|under|the|this|here|reading|details|facts|sources?)\b)*[*_]*"
    rf"(?P<sign>:|\s*(?={_LINK}))",
    re.I,
)
_CLAUSE_END = re.compile(
    r"[;:]\s|\s[—–]\s|,\s(?=(?:and|but|while|whereas|though|although|yet|so|because|which|who)\b)", re.I
)
_SUBORDINATE = re.compile(r"\A\W*(?:(?:even )?though|although|while|whereas|because)\b[^,]*,", re.I)


def units(words: Words) -> Iterator[Unit]:
    """The units of a page, without headings, directives, definitions, table heads and admonition titles."""
    # A citation that is written wrongly is told as such, and counts here; a figure prints its citation.
    marks = [item.start for item in words.clusters]
    marks += [item.start for item in words.citation_problems]
    marks += [item.start for item in words.figures]
    return units_in(words.without_citations, words.page.text, words.page.body_start, marks)


def figure_in(text: str) -> str:
    """The first number, in figures or in words, year or quotation, or nothing."""
    plain = _plain(text)
    found = [match for pattern in (_NUMBER, _YEAR, _QUOTE, _IN_WORDS) if (match := pattern.search(plain))]
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


def stated(text: str) -> str:
    """A sentence with everything blanked out that needs no source, as long as before.

    That is all of a lead-in or a question; a clause that says that something was not found, or that is about the
    page itself and gives no date, money or number of people; the links of a clause that points elsewhere.
    """
    text = text.replace("\n", " ")
    if text.rstrip().endswith((":", "?")) or ((match := _POINTER.search(text)) and match["sign"] == ":"):
        return " " * len(text)
    clauses = _clauses(text)
    silent = [bool(_NOT_FOUND.search(clause)) for clause in clauses]
    for index in range(len(clauses) - 1, 0, -1):  # no visit in 2024, and none in 2025, was found
        if silent[index] and _NONE.match(_first_words(clauses[index])) and _NONE.search(clauses[index - 1]):
            silent[index - 1] = True
    return "".join(
        " " * len(clause) if quiet or _about_site(clause) else _without_pointed(clause)
        for clause, quiet in zip(clauses, silent, strict=True)
    )


def _clauses(text: str) -> list[str]:
    """A sentence in its clauses; joined they give it again."""
    plain = _LINKED.sub(lambda link: "x" * len(link[0]), text)  # a link is one word
    cuts = {0, len(text), *(match.end() for match in _CLAUSE_END.finditer(plain))}
    if match := _SUBORDINATE.match(plain):
        cuts.add(match.end())
    return [text[start:end] for start, end in pairwise(sorted(cuts))]


def _first_words(clause: str) -> str:
    """A clause without what joins it to the one before."""
    return re.sub(r"\A\W*(?:(?:and|or|but|nor)\b\s*)?", "", clause, flags=re.I)


def _about_site(clause: str) -> bool:
    """Whether a clause speaks of the page it stands on, and states nothing that has a date or an amount."""
    return bool(_ABOUT_SITE.match(clause)) and not any(
        pattern.search(clause) for pattern in (_YEAR, _DATED, _IN_WORDS)
    )


def _without_pointed(clause: str) -> str:
    """A clause that points elsewhere without its links; every other as it is."""
    return _LINKED.sub(lambda link: " " * len(link[0]), clause) if _POINTER.match(clause) else clause
