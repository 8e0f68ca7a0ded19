"""Which numbers of a sentence repeat a figure, contradict one, or are amounts without a record. Pure.

What is told has to be certain: a sentence may have the number of a figure by chance.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from explainer.citations import parse_reference
from explainer.dates import MONTHS
from explainer.figures import Passage, says_author, says_year
from explainer.quantities import Amount, amounts
from explainer.records import Figure

_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d,.]\d|\d)")
_QUOTATION = re.compile(r"“[^”]*”")
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_MEASURE = re.compile(r"per cent|dollars|^(?:metric )?ton|barrels|hectares")
_MONTH = "|".join(MONTHS)
_MONTH_BEHIND = re.compile(rf"\s+(?:{_MONTH})\b")
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTH})\s+$")
_CHANGE = re.compile(r"(?:\bby|\bup|\bdown|\bof|[+–-])\s+(?:\w+\s+){0,2}$", re.I)

_SMALLEST_COUNT = 10
"""A smaller number without its unit says too little."""

_ROUNDING = Decimal("0.02")
"""By how much two numbers that agree may differ: see ``Quantity.agrees_with``."""

_NARROWING = frozenset(
    [
        "export",
        "import",
        "quarter",
        "month",
        "half",
        "first",
        "second",
        "third",
        "last",
        "part",
        "average",
        "without",
        "excluding",
        "including",
        "include",
        "only",
        "alone",
        "another",
        "more",
        "less",
        "other",
        "week",
        "day",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
"""Words that make a number one of something smaller."""

_UNTELLING = frozenset(
    [
        "north",
        "korea",
        "korean",
        "south",
        "state",
        "countrie",
        "country",
        "that",
        "with",
        "from",
        "were",
        "have",
        "been",
        "year",
        "their",
        "which",
        "whom",
        "what",
        "before",
        "after",
        "over",
        "other",
        "than",
        "these",
        "about",
        "into",
    ]
)
"""Words that do not tell one thing that is measured from another."""


@dataclass(frozen=True)
class ReadPassage:
    """What the numbers of a passage are: each number with the figures it repeats, or the one it contradicts."""

    repeats: tuple[tuple[Amount, tuple[Figure, ...]], ...] = ()
    contradictions: tuple[tuple[Amount, Figure], ...] = ()
    unrecorded: tuple[Amount, ...] = ()


class KnownFigures:
    """The figures, sorted so that those near a number are found at once; ``countries`` are the names of states."""

    def __init__(self, figures: Iterable[Figure], countries: Iterable[str]) -> None:
        self._known = [_Known(figure) for figure in figures]
        self._by_value = sorted(self._known, key=lambda known: known.end)
        self._ends = [known.end for known in self._by_value]
        self._by_source: dict[str, list[_Known]] = {}
        for known in self._known:
            for source in known.sources:
                self._by_source.setdefault(source, []).append(known)
        self._states = tuple(name.casefold()[:4] for name in countries)

    def read(self, passage: Passage) -> ReadPassage:
        """Tell what the numbers of a passage are; those that marks print and those in quotations are left out."""
        text = _LINK_TARGET.sub(_blank, passage.text)
        numbers = [item for item in amounts(_QUOTATION.sub(_blank, text)) if item.quantity.number]
        if not numbers:
            return ReadPassage()
        saying = _Saying(text, passage, tuple(numbers))
        named = {mark.id for mark in passage.marks}
        repeats, contradictions, unrecorded = [], [], []
        for amount in numbers:
            found = [
                known
                for known in self._near(amount)
                if known.figure.id not in named and self._repeats(known, amount, saying)
            ]
            exact = [known for known in found if known.end == amount.quantity.number]
            if found:
                repeats.append((amount, tuple(known.figure for known in exact or found)))
            elif not named and (contradicted := self._contradicted(amount, saying)):
                contradictions.append((amount, contradicted))
            elif amount.measured:
                unrecorded.append(amount)
        return ReadPassage(tuple(repeats), tuple(contradictions), tuple(unrecorded))

    def _near(self, amount: Amount) -> list["_Known"]:
        number = amount.quantity.number
        first = bisect_left(self._ends, number * (1 - _ROUNDING))
        last = bisect_right(self._ends, number * (1 + 2 * _ROUNDING))
        return self._by_value[first:last]

    def _repeats(self, known: "_Known", amount: Amount, saying: "_Saying") -> bool:
        """Whether a number of the passage is the figure, for certain."""
        figure, text = known.figure, saying.passage.text
        cited = bool(saying.passage.sources & known.sources)
        if amount.has_unit(figure.unit) and _agrees(figure, amount):
            low = figure.low
            if low and not any(low.shares_digits_with(other.quantity) for other in saying.numbers):
                return False  # only one end of the range
            if low is None and amount.quantity.digits < 3 and not self._tells(known, saying):
                return False
            if cited and (not saying.years or says_year(figure, text)):
                return True
            return says_year(figure, text) and says_author(figure, text)
        return (
            figure.value is not None
            and cited
            and amount.is_count
            and amount.quantity.number == figure.value.number >= _SMALLEST_COUNT
            and not _MEASURE.search(figure.unit)
            and not _MONTH_BEHIND.match(saying.text[amount.end :])
            and not _MONTH_BEFORE.search(saying.text[: amount.start])
            and says_year(figure, text)
            and says_author(figure, text)
        )

    def _tells(self, known: "_Known", saying: "_Saying") -> bool:
        """Whether the passage says what the figure measures: a word of it that is no state, or the author."""
        common = {word for word in known.measured & saying.roots if not word.startswith(self._states)}
        return bool(common - _UNTELLING) or says_author(known.figure, saying.text)

    def _contradicted(self, amount: Amount, saying: "_Saying") -> Figure | None:
        """The figure that a number contradicts, for certain."""
        of_source = [
            known
            for source in sorted(saying.passage.sources)
            for known in self._by_source.get(source, [])
            if amount.has_unit(known.figure.unit)
        ]
        if (
            not of_source
            or any(_agrees(known.figure, amount) for known in of_source)
            or sum(other.has_unit(of_source[0].figure.unit) for other in saying.numbers) > 1
            or _CHANGE.search(saying.text[: amount.start])
        ):
            return None
        for known in of_source:
            figure = known.figure
            if (
                figure.value is not None
                and figure.value.number / 2 <= amount.quantity.number <= figure.value.number * 2
                and saying.years == {str(figure.as_of.start.year), str(figure.as_of.end.year)}
                and known.measured <= saying.roots
                and not (_NARROWING & saying.roots) - known.measured
            ):
                return figure
        return None


class _Known:
    """A figure with what is asked of it for every number."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        value = figure.value or figure.high
        self.end = value.number if value else Decimal(0)
        """The value; of a range, the upper end."""
        self.sources = frozenset(parse_reference(text)[0] for text in figure.sources)
        self.measured = _roots(figure.measures)


@dataclass(frozen=True)
class _Saying:
    """A passage with its numbers; ``text`` is without the addresses of links."""

    text: str
    passage: Passage
    numbers: tuple[Amount, ...]

    @cached_property
    def years(self) -> set[str]:
        return set(_YEAR.findall(self.text))

    @cached_property
    def roots(self) -> set[str]:
        return _roots(self.text)


def _agrees(figure: Figure, amount: Amount) -> bool:
    return any(
        end is not None and amount.quantity.agrees_with(end)
        for end in (figure.value, figure.low, figure.high)
    )


def _roots(text: str) -> set[str]:
    """The words of four letters or more (and “may”), one and many alike."""
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{4,}|\bmay\b", text.casefold())}


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
