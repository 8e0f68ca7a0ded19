"""Numbers with a unit, in words and data."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.quantities import Quantity, amounts


@pytest.mark.parametrize(
    ("written", "number", "words"),
    [
        ("15000", 15000, "15,000"),
        ("15,000", 15000, "15,000"),
        ("98.30", Decimal("98.3"), "98.3"),
        ("2.30 billion", 2_300_000_000, "2.3 billion"),
        ("2696.11 million", 2_696_110_000, "2.696 billion"),
        ("0.040569 million", 40569, "40,569"),
        ("1000000", 1_000_000, "1 million"),
        ("20", 20, "20"),
    ],
)
def test_quantities_are_read_and_printed(written, number, words):
    quantity = Quantity.parse(written)
    assert quantity.number == number
    assert quantity.words() == words


@pytest.mark.parametrize("written", ["", "a lot", "1,00", "12 %", "1e6", "2.3 millions", "-4", "٣"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="not a number"):
        Quantity.parse(written)


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("2.7 billion", "2.735 billion", True),
        ("3 billion", "2.735 billion", False),
        ("98", "98.3", True),
        ("98", "98.6", False),
        ("318 million", "318.04 million", True),
        ("15000", "15001", False),
    ],
)
def test_a_rounded_number_is_the_same_number(first, second, agree):
    one, other = Quantity.parse(first), Quantity.parse(second)
    assert one.agrees_with(other) is other.agrees_with(one) is agree


@pytest.mark.parametrize(
    ("text", "unit", "there"),
    [
        ("98 per cent of it", "per cent", True),
        ("98% of it", "per cent", True),
        ("98 percentage points", "per cent", False),
        ("US$86.7 billion in", "US dollars", True),
        ("2.7 billion dollars", "US dollars", True),
        ("2.7 billion won", "US dollars", False),
        ("15,000 North Korean troops", "troops", True),
        ("15,000 people and troops", "troops", False),
        ("500 tonnes of rice", "tons", True),
        ("500 tons of rice", "tons of rice", True),
        ("500 tons of wheat", "tons of rice", False),
        ("nine million rounds", "rounds", True),
        ("a million barrels", "barrels", True),
        ("300. Troops came", "troops", False),
    ],
)
def test_a_number_has_the_unit_behind_it(text, unit, there):
    (amount,) = amounts(text)
    assert amount.has_unit(unit) is there


@pytest.mark.parametrize(
    "text", ["[@a-2024-b]", "38north.org/2024", "MiG-21", "9–11 October", "80-ton booster", "no. x4"]
)
def test_numbers_in_names_are_no_amounts_of_anything(text):
    assert not any(amount.measured for amount in amounts(text))


@given(st.text(max_size=200))
def test_reading_a_text_never_fails(text):
    for amount in amounts(text):
        assert text[amount.start : amount.end]
        assert amount.quantity.number >= 0


@given(st.integers(min_value=0, max_value=10**12))
def test_what_is_printed_is_read_back(number):
    quantity = Quantity.parse(str(number))
    assert quantity.agrees_with(Quantity.parse(quantity.words())) or number == 0
