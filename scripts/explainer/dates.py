"""Dates as sources give them: a year, a month, a day or a period (EDTF level 0, as CSL-YAML uses it)."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTHS = tuple(month_name)[1:]
"""The names of the months, as the words of this site write them."""

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A date of which the day, or the month and the day, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: Any) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. Raises ``ValueError`` for anything else."""
        if isinstance(text, cls):
            return text
        match = _FORM.fullmatch(str(text).strip())
        if not match:
            raise ValueError(f"“{text}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError as error:
            raise ValueError(f"“{text}” is not in the calendar") from error
        return cls(year or 0, month, day)

    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def words(self) -> str:
        """As the site prints it: “6 November 2024”, “November 2024” or “2024”."""
        parts = [
            str(self.day) if self.day else "",
            MONTHS[self.month - 1] if self.month else "",
            str(self.year),
        ]
        return " ".join(part for part in parts if part)

    def __str__(self) -> str:
        return "-".join(
            part
            for part in (
                f"{self.year:04}",
                f"{self.month:02}" if self.month else "",
                f"{self.day:02}" if self.day else "",
            )
            if part
        )


@dataclass(frozen=True)
class Period:
    """From one date to another; the two are equal where it is one date."""

    start: PartialDate
    end: PartialDate

    @classmethod
    def parse(cls, text: Any) -> "Period":
        """Read a date, or two with a slash between: ``2024``, ``2024-03/2024-10``. Raises ``ValueError``."""
        if isinstance(text, cls):
            return text
        first, slash, last = str(text).partition("/")
        start = PartialDate.parse(first)
        end = PartialDate.parse(last) if slash else start
        if end.last_day() < start.first_day():
            raise ValueError(f"“{text}” ends before it begins")
        return cls(start, end)

    @property
    def years(self) -> str:
        """As the site prints it beside a figure: “2024” or “2012 to 2017”."""
        return f"{self.start.year:04}" + (
            f" to {self.end.year:04}" if self.end.year != self.start.year else ""
        )

    def words(self) -> str:
        """The dates in words: “November 2024”, “March 2024 to October 2024”."""
        return self.start.words() + (f" to {self.end.words()}" if self.end != self.start else "")

    def __str__(self) -> str:
        return str(self.start) + (f"/{self.end}" if self.end != self.start else "")


def parse_day(text: Any) -> date:
    """Read ``YYYY-MM-DD``. Raises ``ValueError`` for anything else."""
    found = PartialDate.parse(text)
    if found.day is None:
        raise ValueError(f"“{text}” lacks the day: write YYYY-MM-DD")
    return found.first_day()
