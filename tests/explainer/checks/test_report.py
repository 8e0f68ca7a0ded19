"""The formats: what people see on a terminal, and what programs read, against its schema."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rich.cells import cell_len
from rich.console import Console

from explainer.checks.baseline import apply_baseline, parse_baseline, write_baseline
from explainer.checks.finding import Defect, Finding, Severity
from explainer.checks.lines import SourceLines
from explainer.checks.report import WRITERS, Format
from explainer.checks.report.text import cut_out, printable, show
from explainer.checks.rule import all_rules
from explainer.checks.runner import Report
from tests.explainer.checks.projects import Content, check, project

SCHEMAS = Path(__file__).parent / "schemas"
MANY: dict[str, Content] = {
    "docs/countries/china.md": [
        (
            "Little is known.\n\n## What is",
            "[x](../FAQ.md) [y](../faq.html#is-china-an-ally) %\n\n"
            "<!-- check: ignore TXT007 a % and a “quotation” until 2027-01-01 -->\nIt was so recently.\n\n"
            "It is so\tcurrently [z](nowhere.md), 한국어 [w](never.md).\n\n## What is",
        )
    ],
}


def written(format_: Format, report: Report, root: Path) -> str:
    return WRITERS[format_](report, SourceLines(root))


@cache
def sarif_schema() -> Any:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return check(project(tmp_path, MANY))


# -- text ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "under"),
    [
        ("a [b](c)", 7, 1, "a [b](c)", "      ^"),
        ("\ta [b](c)", 8, 1, "    a [b](c)", "          ^"),
        ("한국 [b](c)", 8, 1, "한국 [b](c)", "         ^"),  # two cells each
        ("e\u0301 [b](cc)", 8, 2, "e\u0301 [b](cc)", "      ^^"),  # a combining accent takes none
        ("👍 [b](c)", 7, 1, "👍 [b](c)", "       ^"),
        ("❤\ufe0f [b](c)", 8, 1, "❤ [b](c)", "      ^"),
        ("a [b](c\u200b)", 7, 2, "a [b](c\ufffd)", "      ^^"),  # what nobody sees is shown
        ("한국", 1, 2, "한국", "^^^^"),
        ("abc", 4, 1, "abc", "   ^"),  # behind the last character
        ("abc", 2, 99, "abc", " ^^"),
    ],
)
def test_the_place_is_underlined(line: str, column: int, width: int, shown: str, under: str) -> None:
    assert cut_out(line, column, width, 100) == (shown, under)


def test_nothing_is_underlined_where_there_is_nothing() -> None:
    assert cut_out("", 1, 1, 100) is None
    assert cut_out(" \t", 1, 1, 100) is None
    assert cut_out("abc", 9, 1, 100) is None


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "한" * 5_000 + "[x](nowhere.md)" + "z" * 1_000_000
    cut = cut_out(line, 5_005, 10, 60)
    assert cut is not None
    shown, under = cut
    assert shown.startswith("…") and shown.endswith("…")
    assert cell_len(shown) <= 62
    at = cell_len(shown[: shown.index("nowhere.md")])
    assert under == " " * at + "^" * 10


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=200),
    st.integers(1, 250),
    st.integers(1, 250),
    st.integers(24, 100),
)
def test_the_underline_is_below_what_is_shown(line: str, column: int, width: int, room: int) -> None:
    cut = cut_out(line, column, width, room)
    if cut is None:
        assert not line.strip() or column > len(line) + 1
        return
    shown, under = cut
    assert under.strip("^ ") == "" and "^" in under
    assert "\n" not in shown and "\t" not in shown
    assert sum(cell_len(char) for char in shown) <= room + 2
    if not line[-1:].isspace():  # blanks at the end are not shown, though a mark may stand below them
        assert len(under) <= max(sum(cell_len(char) for char in shown), len(under.rstrip("^")) + 1) + 1


def printed(report: Report, root: Path, **console: Any) -> str:
    out = io.StringIO()
    show(report, SourceLines(root), Console(file=out, highlight=False, markup=False, emoji=False, **console))
    return out.getvalue()


def test_colour_on_a_terminal_only(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in printed(report, tmp_path)
    assert "\x1b[1;31m" in printed(report, tmp_path, force_terminal=True, color_system="standard")
    monkeypatch.setenv("NO_COLOR", "1")
    # Bold and dim stay: https://no-color.org asks for no colour.
    assert "\x1b[31m" not in printed(report, tmp_path, force_terminal=True)
    assert "31m" not in printed(report, tmp_path, force_terminal=True)


def test_a_narrow_terminal_gets_a_short_excerpt(report: Report, tmp_path: Path) -> None:
    text = printed(report, tmp_path, force_terminal=True, width=40, no_color=True, color_system=None)
    excerpts = [line for line in text.splitlines() if line.startswith("    ") and "hint:" not in line]
    assert excerpts and max(cell_len(line) for line in excerpts) <= 40


def test_many_findings_end_in_a_summary(report: Report, tmp_path: Path) -> None:
    lines = printed(report, tmp_path).splitlines()
    assert "  2  LNK001  missing-page" in "\n".join(lines)
    assert any(line.startswith("  1  LNK003  wrong-case") and line.endswith("[--fix]") for line in lines)
    assert lines[-2] == "What a rule is about: scripts/check.py --explain LNK001"
    assert lines[-1].startswith("5 errors, 0 warnings in 1 file; 1 suppressed")


def test_what_is_not_text_does_not_reach_the_terminal() -> None:
    assert printable("a\x1b[31m\r\u202eb\udcff") == "a\ufffd[31m\ufffd\ufffdb\ufffd"


# -- for programs --------------------------------------------------------------------------------------------------


def test_sarif_is_valid(report: Report, tmp_path: Path) -> None:
    log = json.loads(written(Format.SARIF, report, tmp_path))
    sarif_schema().validate(log)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(report.rules)
    for rule in rules:
        assert rule["fullDescription"]["text"] and rule["help"]["text"] and rule["help"]["markdown"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["endColumn"] > region["startColumn"] >= 1
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(prints) == len(set(prints)) == 6


def test_sarif_has_the_mends(report: Report, tmp_path: Path) -> None:
    results = json.loads(written(Format.SARIF, report, tmp_path))["runs"][0]["results"]
    lines = (tmp_path / "docs/countries/china.md").read_text(encoding="utf-8").split("\n")
    mended = {result["ruleId"]: result["fixes"] for result in results if "fixes" in result}
    assert set(mended) == {"LNK003", "LNK004"}
    for rule, old, new in (
        ("LNK003", "../FAQ.md", "../faq.md"),
        ("LNK004", "../faq.html#is-china-an-ally", "../faq.md#is-china-an-ally"),
    ):
        replacement = mended[rule][0]["artifactChanges"][0]["replacements"][0]
        region = replacement["deletedRegion"]
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == old
        assert replacement["insertedContent"]["text"] == new


def test_sarif_tells_what_is_accepted_and_why(report: Report, tmp_path: Path) -> None:
    results = json.loads(written(Format.SARIF, report, tmp_path))["runs"][0]["results"]
    accepted = [result for result in results if "suppressions" in result]
    assert [result["ruleId"] for result in accepted] == ["TXT007"]
    assert accepted[0]["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "a % and a “quotation”"}
    ]


def test_sarif_with_a_baseline_tells_old_from_new(report: Report, tmp_path: Path) -> None:
    lines = SourceLines(tmp_path)
    known = parse_baseline(write_baseline(report.findings[1:], lines), "b.json")
    log = json.loads(written(Format.SARIF, apply_baseline(report, known, lines), tmp_path))
    sarif_schema().validate(log)
    results = log["runs"][0]["results"]
    assert [result.get("baselineState") for result in results] == ["new", *["unchanged"] * 4, None]


def test_sarif_fingerprints_do_not_depend_on_line_numbers(report: Report, tmp_path: Path) -> None:
    def prints(root: Path, made: Report) -> list[str]:
        results = json.loads(written(Format.SARIF, made, root))["runs"][0]["results"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    old, new = MANY["docs/countries/china.md"][0]  # type: ignore[index, misc]
    moved = check(project(tmp_path / "moved", {"docs/countries/china.md": [(old, f"More words.\n\n{new}")]}))
    assert prints(tmp_path, report) == prints(tmp_path / "moved", moved)


def test_junit_is_valid(report: Report, tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    root = etree.fromstring(written(Format.JUNIT, report, tmp_path).encode())
    schema.assertValid(root)
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    names = [case.get("name") for case in root.iter("testcase")]
    assert len(names) == len(set(names))


@pytest.fixture
def awkward() -> Report:
    """Names and words that no format may stumble over."""
    defect = Defect(
        "docs/a,b:c%d\n“e”\udcff\x00<.md", 3, 1, "100 %: a, b\r\nc::d \x1b]8;; ]]> & \ud800", "%0A, <b>"
    )
    rules = all_rules()
    return Report((Finding("LNK001", Severity.ERROR, defect),), (), tuple(rule.id for rule in rules))


@pytest.mark.parametrize("format_", list(WRITERS))
def test_no_format_stumbles_over_awkward_text(format_: Format, awkward: Report, tmp_path: Path) -> None:
    raw = written(format_, awkward, tmp_path).encode("utf-8", errors="backslashreplace")
    match format_:
        case Format.JSON:
            assert len(json.loads(raw)) == 1
        case Format.SARIF:
            sarif_schema().validate(json.loads(raw))
            assert b"a%2Cb%3Ac%25d%0A" in raw and b"%FF%00%3C.md" in raw
        case Format.JUNIT:
            etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(etree.fromstring(raw))
        case Format.GITHUB:
            assert raw.count(b"\n") == 1
            assert raw.startswith(b"::error file=docs/a%2Cb%3Ac%25d%0A")
            assert b",line=3,col=1,endColumn=2,title=LNK001::100 %25: a, b%0D%0Ac::d" in raw


def test_nothing_found_is_valid_in_every_format(tmp_path: Path) -> None:
    empty = Report((), (), tuple(rule.id for rule in all_rules()))
    assert json.loads(written(Format.JSON, empty, tmp_path)) == []
    assert written(Format.GITHUB, empty, tmp_path) == ""
    sarif_schema().validate(json.loads(written(Format.SARIF, empty, tmp_path)))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    schema.assertValid(etree.fromstring(written(Format.JUNIT, empty, tmp_path).encode()))
