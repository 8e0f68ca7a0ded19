"""Dates of which the day may be unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.dates import PartialDate, parse_day


@given(st.dates())
def test_days_read_and_print_the_same(day: date) -> None:
    found = PartialDate.parse(day.isoformat())
    assert str(found) == day.isoformat()
    assert found.first_day() == found.last_day() == parse_day(day.isoformat()) == day


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    try:
        assert PartialDate.parse(text).first_day() <= PartialDate.parse(text).last_day()
    except ValueError as error:
        assert text in str(error) or "calendar" in str(error)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("2024", "2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "February 2024", "2024-02-01", "2024-02-29"),
        ("2024-06-19", "19 June 2024", "2024-06-19", "2024-06-19"),
    ],
)
def test_months_and_years(text: str, words: str, first: str, last: str) -> None:
    found = PartialDate.parse(text)
    assert (found.words(), found.first_day().isoformat(), found.last_day().isoformat()) == (
        words,
        first,
        last,
    )


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-02-30", "2024-6-1", "0000", "24", "", "2024-06-19T00:00", "２０２４"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        PartialDate.parse(text)


def test_a_day_needs_its_day() -> None:
    with pytest.raises(ValueError, match="lacks the day"):
        parse_day("2024-06")
