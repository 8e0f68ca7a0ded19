"""Numbers with a unit, as the words and the data write them: “2.735 billion US dollars”, “98 per cent”. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SCALE = "|".join(_POWERS)
_FORM = re.compile(rf"({_DIGITS})(?:\s+({_SCALE}))?", re.ASCII)
_SMALL_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_SMALL = {word: number for number, word in enumerate(_SMALL_WORDS.split(), start=2)}
_ONE = ("a", "an", "one")
_MONEY = r"US\$|\$|€|£|¥"
_AMOUNT = re.compile(
    rf"(?<![\w@#/.,–-])(?P<sign>(?:{_MONEY})\s?)?"
    rf"(?P<number>{_DIGITS}|(?i:{'|'.join(_SMALL)})(?!\w)|(?<!half )(?i:an?|one)(?=\s+(?:{_SCALE})\b))(?!\d|[–-]\d)"
    rf"(?:\s+(?P<scale>{_SCALE})\b)?"
)

UNIT_FORM = rf"^(?!(?:{_SCALE}|dollars|percent)\b)[A-Za-z][A-Za-z’' -]*$"
"""A unit is words that can follow a number: no sign, no digit, no “million”, and of whose dollars."""


@dataclass(frozen=True)
class Quantity:
    """A number with the precision it was written in: ``step`` is the value of its last digit."""

    number: Decimal
    step: Decimal

    @classmethod
    def parse(cls, text: Any) -> "Quantity":
        """Read ``15000``, ``15,000``, ``98.3`` or ``2.30 billion``. Raises ``ValueError`` for anything else."""
        if isinstance(text, cls):
            return text
        match = _FORM.fullmatch(str(text).strip())
        if not match:
            raise ValueError(f"“{text}” is not a number: write 15000, 98.3 or 2.735 billion")
        return cls.written(match[1], match[2] or "")

    @classmethod
    def written(cls, digits: str, scale: str = "") -> "Quantity":
        """The number that these digits (or a word up to twenty) and this scale word name."""
        small = 1 if digits.lower() in _ONE else _SMALL.get(digits.lower())
        number = Decimal(digits.replace(",", "")) if small is None else Decimal(small)
        power = Decimal(10) ** _POWERS.get(scale, 0)
        decimals = len(digits.partition(".")[2])
        return cls(number * power, power / Decimal(10) ** decimals)

    def words(self) -> str:
        """As the site prints it: ``15,000``, ``2.735 billion``; from a million up, rounded to three decimals."""
        for word, power in (("billion", 9), ("million", 6)):
            if self.number >= 10**power:
                scaled = round(self.number / Decimal(10) ** power, 3)
                return f"{_plain(scaled)} {word}"
        return _plain(self.number)

    @property
    def digits(self) -> int:
        """How many digits tell it from other numbers: zeros at either end do not."""
        return len(self.number.normalize().as_tuple().digits)

    def shares_digits_with(self, other: "Quantity") -> bool:
        """Whether the two are one number but for “million” or “billion”: the 1.7 of “1.7 to 5.5 billion”."""
        return self.number.normalize().as_tuple().digits == other.number.normalize().as_tuple().digits

    def plain(self) -> str:
        """Digits only, as machines read it."""
        return f"{self.number.normalize():f}"

    def agrees_with(self, other: "Quantity") -> bool:
        """Whether the two are one number, written with more or fewer digits.

        Rounding may not move it by more than a fiftieth: “3 billion” is not the 2.735 billion of a record.
        """
        step = max(self.step, other.step)
        rounded = (self.number / step).quantize(Decimal(1)) == (other.number / step).quantize(Decimal(1))
        return rounded and abs(self.number - other.number) * 50 <= max(self.number, other.number)

    def as_number(self) -> int | float:
        """For JSON."""
        return int(self.number) if self.number == int(self.number) else float(self.number)


def _plain(number: Decimal) -> str:
    """Thousands separators, and no zeros at the end of the decimals."""
    return f"{Decimal(f'{number.normalize():f}'):,}"


QuantityField = Annotated[
    Quantity,
    BeforeValidator(Quantity.parse),
    PlainSerializer(Quantity.as_number, return_type=int | float),
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": rf"^{_DIGITS}( ({_SCALE}))?$"}]}
    ),
]


@dataclass(frozen=True)
class Amount:
    """A number in a text: ``text[start:end]``, with a sign of money before it and the words behind it."""

    quantity: Quantity
    money: str
    following: str
    start: int
    end: int

    def has_unit(self, unit: str) -> bool:
        """Whether the number is one of ``unit``: the words follow it, with at most two others between."""
        if unit == "per cent":
            return bool(re.match(r"\s?%|\s+per\s?cent\b", self.following))
        if unit == "US dollars":
            return self.money in ("$", "US$") or bool(
                re.match(r"\s+(?:US )?dollars\b|\s+USD\b", self.following)
            )
        wanted = [_stem(word) for word in unit.split()]
        ends = [word for word in ("and", "or", "of") if word not in wanted]
        close = re.split(rf"[.,;:()|“”]|\b(?:{'|'.join(ends)})\b", self.following, maxsplit=1)[0]
        words = [_stem(word) for word in re.findall(r"[\w’'-]+", close)][: len(wanted) + 2]
        return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))

    @property
    def is_count(self) -> bool:
        """Whether it counts things: it is no amount, and no year."""
        year_like = 1800 <= self.quantity.number <= 2100 and self.quantity.step == 1
        return not self.measured and not year_like

    @property
    def measured(self) -> bool:
        """Whether it is an amount of money, a percentage, a weight, a volume or an area."""
        return bool(self.money) or bool(_MEASURES.match(self.following))


_MEASURES = re.compile(
    r"\s?%|\s+(?:per\s?cent|(?:US )?dollars|euros?|won|yuan|rou?bles|(?:metric )?tons?|tonnes?|barrels?|lit(?:er|re)s?|"
    r"hectares?)\b"
)


def _stem(word: str) -> str:
    """A word of a unit, so that “tons” is “tonnes” and one is many."""
    word = word.lower().removesuffix("’s").removesuffix("'s")
    word = {"tonnes": "ton", "tonne": "ton", "tons": "ton"}.get(word, word)
    return word.removesuffix("s")


def amounts(text: str) -> Iterator[Amount]:
    """Every number in ``text``, years and days of dates among them."""
    for match in _AMOUNT.finditer(text):
        yield Amount(
            Quantity.written(match["number"], match["scale"] or ""),
            (match["sign"] or "").strip(),
            re.sub(r"\s+", " ", text[match.end() : match.end() + 80]),
            match.start(),
            match.end(),
        )
