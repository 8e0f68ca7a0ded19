"""Rules on single words: relative time, praise and blame, words that hide who speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import texts_in
from explainer.checks.txt.places import at, in_record
from explainer.checks.txt.wordlists import LOADED, WEASEL, Word
from explainer.checks.words import Words

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_SPAN = r"(?:year|month|week|decade|century|spring|summer|autumn|fall|winter)"
_SPANS = r"(?:year|years|month|months|week|weeks|decade|decades)"
_RELATIVE = re.compile(
    r"\b(?:recently|currently|now|nowadays|today|tonight|yesterday|tomorrow|lately|presently|ongoing|"
    r"so far(?!-| (?:as|away|from|apart|north|south|east|west)\b)|"
    r"(?<!date )to date(?! (?:the|a|an|it|them|this|that|these|those|from|back)\b)|at present|at the moment|these days|"
    rf"until recently|just days ago|(?:last|this) {_SPAN}(?! of\b)|(?<!the )next {_SPAN}(?! of\b)|"
    r"in recent (?:years|months|weeks|decades|days|times)|recent (?:years|months|weeks|decades)|"
    rf"(?:in|over|during) the (?:past|last) (?:few |several )?{_SPANS}(?! of\b)|"
    r"(?:\w+ )?(?:years|months|weeks|days) ago|a (?:year|month|week|decade) ago)\b",
    re.I,
)
_NOT_RELATIVE = re.compile(
    r"\bup[- ]to[- ]date\b|\b(?:the|that|this) (?:very )?(?:here and now)\b|\bUSA Today\b"
    r"|(?-i:(?<![.!?] )\b[A-Z]\w* (?:Today|Now|Tomorrow|Yesterday|Tonight)\b)|\bnow-\w+",
    re.I,
)
_QUOTED = re.compile(r"“[^”]{0,1000}”|\"[^\"\n]{0,500}\"|‘[^’\n]{0,300}’(?!\w)")
_TECHNICAL = re.compile(
    r"\b(?:sanctions?|non-?proliferation|visa|inspections?|monitoring|control|export[- ]control|safeguards|treaty|legal|"
    r"tax|arms[- ]control|verification|trade|reporting|licensing|disarmament|1718|UN)\s+regimes?\b"
    r"|\bregime change\b",
    re.I,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:|]|\n[ \t]*(?:[-*+>#]+|\d+[.)])?)[\s*_(\[]*$")


@dataclass(frozen=True)
class _Listed:
    """A word of a list, found at ``start``."""

    start: int
    text: str
    word: Word


_PATTERNS = {word.pattern: re.compile(rf"\b(?:{word.pattern})\b", re.I) for word in (*LOADED, *WEASEL)}


@lru_cache(maxsize=4)
def _any_of(words: tuple[Word, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word.pattern for word in words)})\b", re.I)


def _listed(text: str, words: tuple[Word, ...]) -> list[_Listed]:
    """The words of a list in a text, from its start; where two overlap, the one that comes first in the list."""
    found: list[_Listed] = []
    # Nearly all texts have none: one look tells.
    for word in words if _any_of(words).search(text) else ():
        for match in _PATTERNS[word.pattern].finditer(text):
            inside = any(item.start <= match.start() < item.start + len(item.text) for item in found)
            if not inside and not _is_name(text, match):
                found.append(_Listed(match.start(), match.group(), word))
    return sorted(found, key=lambda item: item.start)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether it is a part of a name: a capital within a sentence, “the Order of Glorious Labour”."""
    return match.group()[0].isupper() and not _SENTENCE_START.search(
        text[max(0, match.start() - 40) : match.start()]
    )


@lru_cache(maxsize=256)
def own_words(words: Words) -> str:
    """The text without citations, quotations, addresses, directives, attribute lists and questions of readers.

    What is left out is blanked, so that offsets stay.
    """
    text = words.without_citations
    text = _QUOTED.sub(_blanked, text)
    text = re.sub(
        r"\]\([^)\n]*\)|\{:?[^{}\n]*\}|^:::.*$|<[^<>\n]*>|^#+ .*\?.*$|https?://\S+",
        _blanked,
        text,
        flags=re.M,
    )
    return _NOT_RELATIVE.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _own_text(text: str) -> str:
    return _NOT_RELATIVE.sub(_blanked, _QUOTED.sub(_blanked, text))


@rule(
    "TXT007",
    "relative-time",
    ERROR,
    "a word such as “recently”, “currently”, “now” or “last year”",
    """The page is read years later. Write the date. Quotations, code, names (“Arms Control Today”), the titles of
    sources and headings that are a reader’s question are left alone, and so is what is told from the past: “the next
    year”, “the last year of the war”.""",
)
def relative_time(project: Project) -> Iterator[Defect]:
    message = "“{}” means another time when this is read"
    for words in project.words.values():
        for match in _RELATIVE.finditer(own_words(words)):
            found = match.group()
            yield at(words, match.start(), message.format(found), "write the date", len(found))
    for record, keys, text in texts_in(project):
        for match in _RELATIVE.finditer(_own_text(text)):
            yield in_record(project, record, keys, message.format(match.group()), "write the date")


@rule(
    "TXT008",
    "loaded-word",
    ERROR,
    "a word of praise or blame",
    """The site says what happened and who says so. The message gives the reason, the hint what to write instead; the
    list is scripts/explainer/checks/txt/wordlists.py. Quotations and names are left alone, and so are terms such as
    “sanctions regime”.""",
)
def loaded_word(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for found in _listed(_TECHNICAL.sub(_blanked, own_words(words)), LOADED):
            message = f"“{found.text}” {found.word.why}"
            yield at(words, found.start, message, found.word.instead, len(found.text))
    for record, keys, text in texts_in(project):
        for found in _listed(_TECHNICAL.sub(_blanked, _own_text(text)), LOADED):
            yield in_record(project, record, keys, f"“{found.text}” {found.word.why}", found.word.instead)


@rule(
    "TXT014",
    "weasel-words",
    WARNING,
    "“it is believed”, “experts say”, “obviously”",
    """Say who believes or says it, and cite them; or leave the words out. The message gives the reason, the hint what
    to write instead; the list is scripts/explainer/checks/txt/wordlists.py. Quotations are left alone.""",
)
def weasel_words(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for found in _listed(own_words(words), WEASEL):
            message = f"“{found.text}” {found.word.why}"
            yield at(words, found.start, message, found.word.instead, len(found.text))
    for record, keys, text in texts_in(project):
        for found in _listed(_own_text(text), WEASEL):
            yield in_record(project, record, keys, f"“{found.text}” {found.word.why}", found.word.instead)
