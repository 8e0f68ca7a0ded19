"""The grammar of citations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.citations import ID, Fault, Numbering, parse_citations, parse_reference
from tests.explainer.test_markdown_text import ANY


def read(text: str) -> list[list[tuple[str, str]]]:
    return [
        [(item.id, item.locator) for item in cluster.citations] for cluster in parse_citations(text).clusters
    ]


def faults(text: str) -> list[Fault]:
    return [problem.fault for problem in parse_citations(text).problems]


@given(ANY)
def test_no_text_is_too_much(text: str) -> None:
    parsed = parse_citations(text)
    position = 0
    for cluster in parsed.clusters:
        assert position <= cluster.start < cluster.end <= len(text)
        assert text[cluster.start] == "[" and text[cluster.end - 1] == "]"
        position = cluster.end
        for item in cluster.citations:
            assert text.startswith(f"@{item.id}", item.start)
    assert all(
        0 <= problem.start <= len(text) and problem.message and problem.hint for problem in parsed.problems
    )


@given(
    st.lists(
        st.tuples(st.from_regex(ID, fullmatch=True), st.sampled_from(["", "art. 2", "p. 4–5", "para. 12"])),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
def test_what_is_written_is_read(items: list[tuple[str, str]]) -> None:
    text = "; ".join(f"@{id_}, {locator}" if locator else f"@{id_}" for id_, locator in items)
    assert read(f"Words [{text}].") == [items]
    assert faults(f"Words [{text}].") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It did [@a-1].", [[("a-1", "")]]),
        ("It did [@a-1, art. 2; @b-2].", [[("a-1", "art. 2"), ("b-2", "")]]),
        ("[@a-1][@b-2]", [[("a-1", "")], [("b-2", "")]]),
        ("It did [@a-1][^1].", [[("a-1", "")]]),
        ("The treaty says [@a-1]:", [[("a-1", "")]]),
        ("The treaty says [@a-1]: it holds.", [[("a-1", "")]]),
        ("[@a-1,\nart. 2]", [[("a-1", "art. 2")]]),
        ("`[@a-1]`", []),
        ("```\n[@a-1]\n```", []),
        (r"\[@a-1]", []),
        ("<!-- [@a-1] -->", []),
        ("[@nknews](https://x.y/)", []),
        ("[@nknews][1]", []),
        ("[@nknews]: https://x.y/", []),
        ("a@b.c and @d", []),
        ("[a@b.c]", []),
        ("- [ ] [x] [^1]", []),
    ],
)
def test_what_is_a_citation(text: str, wanted: list[list[tuple[str, str]]]) -> None:
    assert read(text) == wanted
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[@]", Fault.EMPTY),
        ("[@a-1; @]", Fault.EMPTY),
        ("[@a-1;]", Fault.EMPTY),
        ("[@a-1", Fault.UNCLOSED),
        ("[@a-1\n\n]", Fault.UNCLOSED),
        ("[@a-1 art. 2]", Fault.MALFORMED),
        ("[@a-1; b-2]", Fault.MALFORMED),
        ("[@a-1,]", Fault.EMPTY_LOCATOR),
        ("[@a-1; @a-1]", Fault.REPEATED),
    ],
)
def test_what_is_wrong(text: str, fault: Fault) -> None:
    assert faults(text) == [fault]


def test_two_places_in_one_document_are_no_repetition() -> None:
    assert faults("[@a-1, art. 1; @a-1, art. 2]") == []


def test_references_in_data() -> None:
    assert parse_reference("a-1, art. 2, para. 3") == ("a-1", "art. 2, para. 3")
    assert parse_reference(" a-1 ") == ("a-1", "")


def test_numbers_go_by_first_use() -> None:
    numbering = Numbering()
    assert [numbering.cite(id_) for id_ in ("b", "a", "b")] == [(1, 1), (2, 1), (1, 2)]
