"""YAML with places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.problems import ProblemsError
from explainer.yaml_reader import parse_yaml


def problem(text: str) -> tuple[int, int, str]:
    with pytest.raises(ProblemsError) as caught:
        parse_yaml(text, "x.yml")
    first = caught.value.problems[0]
    return first.line, first.column, first.message


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from(list("ab:-[]{}&*!|>#'\"\n ,?%@`\t")), max_size=40).map("".join)
    )
)
def test_no_text_is_too_much(text: str) -> None:
    try:
        document = parse_yaml(text, "x.yml")
    except ProblemsError as error:
        assert error.problems
    else:
        assert document.place(("nothing", 3)) >= (1, 1)


def test_scalars_stay_text() -> None:
    assert parse_yaml("a: no\nb: 2024-06\nc: 012\nd:\n", "x.yml").data == {
        "a": "no",
        "b": "2024-06",
        "c": "012",
        "d": "",
    }


def test_places_count_from_1() -> None:
    document = parse_yaml("- id: a\n  list:\n    - x\n    - y\n", "x.yml", first_line=5)
    assert document.place((0, "list", 1)) == (8, 7)
    assert document.place((0, "missing")) == (5, 3)


def test_what_is_wrong_has_a_place() -> None:
    assert problem("a: 1\na: 2\n")[:2] == (2, 1)
    assert problem("a: [\n")[0] == 2
    assert "contains itself" in problem("&a [*a]\n")[2]
    for deep in ("[" * 100_000 + "]" * 100_000, "- " * 100_000, "{a: " * 100_000):
        assert "too deeply" in problem(deep)[2]


def test_nothing_is_nothing() -> None:
    assert parse_yaml("", "x.yml").data is None


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1\nb: x\0y\n", (3, 5), "U+0000 cannot stand in YAML"),
        ("a: \x07\n", (2, 4), "U+0007 cannot stand in YAML"),
        ("- " * 3000 + "x", (2, 1), "not usable YAML: nested too deeply"),
    ],
)
def test_what_no_yaml_may_hold_has_a_place_and_a_hint(text, place, message) -> None:
    with pytest.raises(ProblemsError) as raised:
        parse_yaml(text, "f.yml", first_line=2)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column, problem.message) == (*place, message)
    assert problem.hint
