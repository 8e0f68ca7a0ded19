"""Loading the facts: what fits becomes records, what does not is described."""

from pathlib import Path

import pytest

from explainer.facts import load_facts
from tests.explainer.checks.projects import CLAIMS, PROJECT, SOURCES, write


def problems(folder: Path, path: str, old: str, new: str) -> list[tuple[int, str, str]]:
    write(folder, PROJECT, {path: [(old, new)]})
    return [(problem.line, problem.message, problem.hint) for problem in load_facts(folder)[1]]


def test_everything_fits(tmp_path: Path) -> None:
    write(tmp_path, PROJECT, {})
    facts, found = load_facts(tmp_path)
    assert found == []
    assert list(facts.sources) == ["prc-1961-treaty", "reuters-2025-trade", "un-2022-sc14911"]
    assert facts.origin(facts.claims["china-is-an-ally"]).place("verdict") == (
        CLAIMS.count("\n", 0, CLAIMS.index("verdict")) + 1,
        3,
    )
    assert set(facts.documents) == {
        f"docs/data/{name}" for name in ("sources/all.yml", "countries.yml", "claims.yml", "events.yml")
    }


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("  language: en\n", "", "the field “language” is missing", "BCP 47"),
        ("  language: en\n", "  language: English\n", "“English” has the wrong form", "BCP 47"),
        ("  language: en\n", "  langauge: en\n", "unknown field “langauge”", "did you mean language?"),
        ("  URL: https://www.marx", "  Url: https://www.marx", "unknown field “Url”", "did you mean URL?"),
        (
            "    kind: primary\n",
            "    kind: primry\n",
            "“primry” is not one of the known values",
            "did you mean primary?",
        ),
        ("    kind: primary\n", "    knd: primary\n", "unknown field “custom.knd”", "did you mean kind?"),
        ("issued: 1961-07-11", "issued: July 1961", "“July 1961” is not a date", "bears"),
        (
            "type: treaty",
            "type: treaties",
            "“treaties” is not one of the known values",
            "did you mean treaty",
        ),
        (
            "    shows: Article 2 obliges each side to help the other when it is attacked.",
            "    shows: Short",
            "shorter than 20",
            "own words",
        ),
    ],
)
def test_one_defect_is_one_problem_in_plain_words(
    old: str, new: str, message: str, hint: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, "docs/data/sources/all.yml", old, new)
    assert len(found) == 1, found
    assert message in found[0][1]
    assert hint in found[0][2]


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    line = SOURCES.count("\n", 0, SOURCES.index("kind: wire")) + 1
    assert problems(tmp_path, "docs/data/sources/all.yml", "kind: wire", "kind: x")[0][0] == line


@pytest.mark.parametrize("text", ["x", "- x", "a: b", "- - x", "[]", "", "- id: {}\n", "- {}"])
def test_other_shapes_are_described(text: str, tmp_path: Path) -> None:
    write(tmp_path, PROJECT, {"docs/data/claims.yml": text})
    facts, found = load_facts(tmp_path)
    assert facts.claims == {}
    assert bool(found) == (text not in ("[]", ""))
