"""Finds the terms of the glossary in a text, and the places in Markdown where one may be explained. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from explainer.markdown_text import blank_code
from explainer.records import Term

PAGE = "glossary.md"
"""The page that prints the glossary; nothing is marked on it."""

# Where no mark can stand: headings, the text and address of links, images, attribute lists, HTML, directives, definitions,
# heads of tables, and footnotes. A quotation keeps its words, and they may be explained.
_UNMARKED = re.compile(
    r"^#{1,6}[ \t].*$|^:::.*$|^[ ]{0,3}\[[^\]\n]+\]:.*$|^\|.*\|[ \t]*\n(?=\|[ :|-]+\|[ \t]*$)|^[ \t]*(?:!!!|\?\?\?\+?|===)[ \t].*$"
    r"|!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\]|(?=\[))?"
    r"|\{:?[^{}\n]*\}|<[^<>\n]*>|https?://\S+",
    re.M,
)


@dataclass(frozen=True)
class Use:
    """A term, and where it is used in a text."""

    term: Term
    name: str
    start: int
    end: int


class Glossary:
    """The terms of the glossary, ready to be found."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = list(terms)
        self._by_name = {_key(name): term for term in self.terms for name in term.names}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # The longest first: “sanctions committee” before “sanctions”. A capital at the start of a sentence is the same word.
        names = sorted((name for term in self.terms for name in term.names), key=len, reverse=True)
        forms = [re.escape(name) if _is_fixed(name) else f"(?i:{re.escape(name)})s?" for name in names]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])") if forms else re.compile(r"(?!)")

    def uses(self, text: str) -> Iterator[Use]:
        """Every use of a term in a text, from its start."""
        for match in self._pattern.finditer(text):
            if term := self.term(match.group()):
                yield Use(term, match.group(), match.start(), match.end())

    def term(self, name: str) -> Term | None:
        """The term with this name, also in the plural."""
        return self._by_name.get(_key(name)) or self._by_name.get(_key(name.removesuffix("s")))


def _is_fixed(name: str) -> bool:
    """Whether a name is written in one way only: an abbreviation or a proper name, with a capital that is not its first."""
    return any(letter.isupper() for letter in name[1:])


def _key(name: str) -> str:
    return name if _is_fixed(name) else name.casefold()


def markable(text: str) -> str:
    """Markdown with everything blanked in which no term can be marked; every other character keeps its place."""
    return _UNMARKED.sub(_blanked, blank_code(text))


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
