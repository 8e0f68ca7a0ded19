"""Locators: what can be read, and what is said of what cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.locators import LocatorError, Place, number, parse_locator


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("art. 4", [("article", 4, 4)]),
        ("arts. 4 and 7", [("article", 4, 4), ("article", 7, 7)]),
        ("art. II", [("article", 2, 2)]),
        ("Article 4(1)(b)", [("article", 4, 4)]),
        ("art. 4 para. 2", [("article", 4, 4), ("paragraph", 2, 2)]),
        ("art. 4, para. 2", [("article", 4, 4), ("paragraph", 2, 2)]),
        ("art. 6 bis", [("article", 6, 6)]),
        ("pp. 12–15", [("page", 12, 15)]),
        ("pp. 1123-45", [("page", 1123, 1145)]),
        ("p. 12 ff.", [("page", 12, 12)]),
        ("p. xiv", [("page", 14, 14)]),
        ("pp. 12, 14 & 16", [("page", 12, 12), ("page", 14, 14), ("page", 16, 16)]),
        ("paras. 108 to 129", [("paragraph", 108, 129)]),
        ("¶ 5", [("paragraph", 5, 5)]),
        ("§§ 5–7", [("section", 5, 7)]),
        ("op. para. 5", [("paragraph", 5, 5)]),
        ("annex II, para. 3", [("annex", 2, 2), ("paragraph", 3, 3)]),
        ("annex A", [("annex", None, None)]),
        ("preamble", [("preamble", None, None)]),
        ("Preamble", [("preamble", None, None)]),
        ("table 3.2", [("table", 3, 3)]),
        ("fn. 12a", [("note", 12, 12)]),
        ("12:34", [("time", None, None)]),
        ("s.v. “juche”", [("entry", None, None)]),
    ],
)  # fmt: skip
def test_locators_are_read(text: str, places: list[tuple[str, int | None, int | None]]) -> None:
    assert [(place.label, place.first, place.last) for place in parse_locator(text)] == places


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("12", "write p. 12"),
        ("12–15", "write p. 12–15"),
        ("atr. 4", "did you mean art"),
        ("pragraph 4", "did you mean paragraph"),
        ("preambel", "did you mean preamble"),
        ("art.", "write art. 4"),
        ("art. four", "write art. 4"),
        ("somewhere near the end", "art. 4"),
        ("art. 4,", "art. 4, para. 2"),
        ("!", "art. 4"),
    ],
)
def test_others_are_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(LocatorError) as caught:
        parse_locator(text)
    assert hint in caught.value.hint


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert all(isinstance(place, Place) for place in parse_locator(text))
    except LocatorError as error:
        assert str(error) and error.hint


def test_numbers() -> None:
    assert [number(text) for text in ("12a", "XIV", "iv", "C", "x")] == [12, 14, 4, None, 10]
