"""Suppressions: what they cover, and what they have to say."""

from pathlib import Path

import pytest

from tests.explainer.checks.projects import CLAIMS, SOURCES, Content, check, project, told

CHINA = "docs/countries/china.md"
MARK = "## What is disputed"
NOW = "until 2027-01-01"


def report(folder: Path, words: str, **changes: Content) -> tuple[list[str], list[str]]:
    """The rules of what is found and of what is suppressed, with words in the page about China."""
    made = check(project(folder, {CHINA: [(MARK, f"{words}\n\n{MARK}")]} | changes))
    return [item.rule for item in made.findings], [item.rule for item in made.suppressed]


def test_they_end(tmp_path: Path) -> None:
    mark = "<!-- check: ignore TXT007 a reason until {} -->\nIt recently said so."
    assert set(report(tmp_path / "over", mark.format("2026-11-22"))[0]) == {"CFG005", "TXT007"}
    assert report(tmp_path / "holds", mark.format("2026-11-23")) == ([], ["TXT007"])


def test_they_are_unused_only_where_their_rule_ran(tmp_path: Path) -> None:
    mark = f"<!-- check: ignore TXT007 a reason {NOW} -->\n\n{MARK}"
    made = project(tmp_path, {CHINA: [(MARK, mark)]})
    assert not check(made, ["LNK", "CFG"]).findings
    assert [item.rule for item in check(made).findings] == ["CFG006"]


@pytest.mark.parametrize(
    "words",
    [
        # on a line of its own: the lines that follow up to an empty one, with or without an empty line between
        f"<!-- check: ignore TXT007 a reason {NOW} -->\nIt said so.\nIt said so\nrecently.",
        f"<!-- check: ignore TXT007 a reason {NOW} -->\n\nIt said so.\nIt said so recently.",
        f"<!-- check: ignore TXT007\n a reason\n {NOW} -->\n\nIt said so recently.",
        f"> <!-- check: ignore TXT007 a reason {NOW} -->\n> It said so recently.",
        f"- <!-- check: ignore TXT007 a reason {NOW} -->\n  It said so recently.",
        # behind something: its own line
        f"It said so recently. <!-- check: ignore TXT007 a reason {NOW} -->",
        f"It said so recently <!-- check: ignore relative-time a reason {NOW} --> and before.",
    ],
)
def test_in_words(words: str, tmp_path: Path) -> None:
    assert report(tmp_path, words) == ([], ["TXT007"])


@pytest.mark.parametrize(
    "words",
    [
        f"<!-- check: ignore TXT007 a reason {NOW} -->\nIt said so.\n\nIt said so recently.",
        f"It said so. <!-- check: ignore TXT007 a reason {NOW} -->\nIt said so recently.",
        f"It said so recently.\n<!-- check: ignore TXT007 a reason {NOW} -->",
        f"<!-- check: ignore TXT008 a reason {NOW} -->\nIt said so recently.",
    ],
)
def test_they_cover_nothing_else(words: str, tmp_path: Path) -> None:
    assert sorted(report(tmp_path, words)[0]) == ["CFG006", "TXT007"]


def test_code_is_none(tmp_path: Path) -> None:
    assert report(tmp_path, f"`<!-- check: ignore TXT007 a reason {NOW} -->`\nIt said so recently.")[0] == [
        "TXT007"
    ]


@pytest.mark.parametrize("rules", ["TXT007,TXT008", "TXT007, TXT008", "relative-time,loaded-word"])
def test_several_rules(rules: str, tmp_path: Path) -> None:
    words = f"<!-- check: ignore {rules} a reason {NOW} -->\nThe regime recently said so."
    found, suppressed = report(tmp_path, words)
    assert (found, sorted(suppressed)) == ([], ["TXT007", "TXT008"])


def test_each_of_several_rules_has_to_be_needed(tmp_path: Path) -> None:
    words = f"<!-- check: ignore TXT007, TXT008 a reason {NOW} -->\nIt recently said so."
    assert report(tmp_path, words) == (["CFG006"], ["TXT007"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # above a field, above a record, behind a field
        ("  finding: The", f"  # check: ignore TXT007 a reason {NOW}\n  finding: Now the"),
        ("- id: china-is", f"# check: ignore TXT007 a reason {NOW}\n- id: china-is"),
        (
            "  finding: The treaty of 1961 is in force.",
            f"  finding: Now the treaty of 1961 is in force. # check: ignore TXT007 a reason {NOW}",
        ),
    ],
)
def test_in_data(old: str, new: str, tmp_path: Path) -> None:
    text = CLAIMS.replace(old, new)
    if "Now the" not in text:
        text = text.replace("finding: The", "finding: Now the")
    made = check(project(tmp_path, {"docs/data/claims.yml": text}))
    assert ([item.rule for item in made.suppressed], told(list(made.findings))) == (["TXT007"], [])


def test_above_one_field_does_not_cover_the_next(tmp_path: Path) -> None:
    text = CLAIMS.replace(
        "  finding: The", f"  # check: ignore TXT007 a reason {NOW}\n  verdict: supported\n  finding: Now the"
    )
    text = text.replace("  verdict: supported\n", "", 1)
    made = check(project(tmp_path, {"docs/data/claims.yml": text}))
    assert sorted(item.rule for item in made.findings) == ["CFG006", "TXT007"]


def test_in_front_matter_settings_of_the_site_and_the_registry(tmp_path: Path) -> None:
    made = check(
        project(
            tmp_path,
            {
                CHINA: [
                    ("reviewed:", f"# check: ignore TXT009 a reason {NOW}\nreviewed:"),
                    ("2026-10-01", "2025-10-01"),
                ],
                "mkdocs.yml": [
                    ("  - faq.md", f"  - faq.md\n  - no.md # check: ignore CFG008 a reason {NOW}")
                ],
                "docs/data/sources/all.yml": SOURCES.replace(
                    "  language: en", f"  # check: ignore SRC019 a reason {NOW}\n  language: xx", 1
                ),
            },
        )
    )
    assert told(list(made.findings)) == []
    assert sorted(item.rule for item in made.suppressed) == ["CFG008", "SRC019", "TXT009"]
    assert all(item.in_source and item.reason == "a reason" for item in made.accepted)


SETTING = """\
[tool.explainer]
# {{ rule = "LNK001", path = "no", reason = "an example", until = "2020-01-01" }}
ignore = [
  {{ rule = {rule}, path = "{path}", reason = "a reason", until = {until} }},
]
"""


@pytest.mark.parametrize("rule", ['"TXT007"', '["TXT007", "TXT008"]'])
@pytest.mark.parametrize("until", ['"2027-01-01"', "2027-01-01"])
def test_in_pyproject(rule: str, until: str, tmp_path: Path) -> None:
    text = SETTING.format(rule=rule, path="docs/countries/*.md", until=until)
    changes: dict[str, Content] = {"pyproject.toml": text}
    made = check(project(tmp_path, {CHINA: [(MARK, f"The regime recently said so.\n\n{MARK}")]} | changes))
    left = [] if "TXT008" in rule else ["TXT008"]
    assert [item.rule for item in made.findings] == left
    assert {item.in_source for item in made.accepted} == {False}


def test_faults_in_pyproject_are_told_at_their_line(tmp_path: Path) -> None:
    text = SETTING.format(rule='"TXT007"', path="docs/no.md", until='"2027-01-01"').replace(
        "},\n]\n", '},\n  { rule = "no" },\n]\nignored = 1\n'
    )
    made = check(project(tmp_path, {"pyproject.toml": text}))
    assert {(item.rule, item.line) for item in made.findings} == {
        ("CFG006", 4),
        ("CFG002", 5),
        ("CFG003", 5),
        ("CFG004", 5),
        ("CFG007", 7),
    }


def test_broken_settings_are_told_at_their_line(tmp_path: Path) -> None:
    made = check(project(tmp_path, {"pyproject.toml": "[tool.explainer]\nignore = [\n  { rule == 1 },\n]\n"}))
    assert [(item.rule, item.line, item.column) for item in made.findings] == [("CFG001", 3, 11)]


def test_a_table_with_commas_and_no_reason(tmp_path: Path) -> None:
    assert sorted(report(tmp_path, "<!-- check: ignore TXT007, TXT008 -->\nIt recently said so.")[0]) == [
        "CFG003",
        "CFG004",
        "TXT007",
    ]
