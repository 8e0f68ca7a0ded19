"""A baseline: what is known does not fail, what is new does, what is gone is told."""

import json
from pathlib import Path

import pytest

from explainer.checks.baseline import apply_baseline, parse_baseline, write_baseline
from explainer.checks.lines import SourceLines
from explainer.checks.project import site_only
from explainer.checks.runner import Report
from explainer.checks.site import load_site
from explainer.problems import ProblemsError
from tests.explainer.checks.battery import FIRST, URL, body, merged, page
from tests.explainer.checks.projects import (
    SITE,
    TODAY,
    Changes,
    Content,
    check,
    html,
    project,
    told,
    write,
)
from tests.explainer.checks.test_cli import command, whole

CHINA = "docs/countries/china.md"
MARK = "Little is known.\n\n## What is"


def faulty(words: str) -> dict[str, Content]:
    return {CHINA: [(MARK, f"{words}\n\n{MARK}")]}


def found(folder: Path, words: str) -> tuple[Report, SourceLines]:
    return check(project(folder, faulty(words))), SourceLines(folder)


def compared(tmp_path: Path, before: str, after: str) -> Report:
    old, lines = found(tmp_path / "old", before)
    baseline = parse_baseline(write_baseline(old.findings, lines), "baseline.json")
    new, lines = found(tmp_path / "new", after)
    return apply_baseline(new, baseline, lines)


def rules(report: Report) -> list[str]:
    return [item.rule for item in report.findings]


def test_what_is_known_does_not_fail(tmp_path: Path) -> None:
    report = compared(tmp_path, "[x](no.md) and [y](never.md)", "[x](no.md) and [y](never.md)")
    assert not report.findings
    assert report.known is not None and len(report.known) == 2


def test_line_numbers_do_not_count(tmp_path: Path) -> None:
    words = "[x](no.md)"
    assert not compared(tmp_path, words, f"More words.\n\nAnd more.\n\n{words}").findings


def test_what_is_new_fails(tmp_path: Path) -> None:
    report = compared(tmp_path, "[x](no.md)", "[x](no.md)\n\n[y](never.md)")
    assert rules(report) == ["LNK001"], told(list(report.findings))
    assert "never.md" in report.findings[0].message


def test_equal_problems_are_counted(tmp_path: Path) -> None:
    report = compared(
        tmp_path, "[x](no.md)\n\n## Ä {#a}\n\n[x](no.md)", "[x](no.md)\n\n" * 3 + "## Ä {#a}\n\nWords."
    )
    assert rules(report).count("LNK001") == 1


def test_what_is_gone_is_told(tmp_path: Path) -> None:
    report = compared(tmp_path, "[x](no.md)\n\n[y](never.md)", "[y](never.md)")
    assert rules(report) == ["CFG010"]
    finding = report.findings[0]
    assert (finding.path, finding.line) == ("baseline.json", 12)
    assert "no.md" in finding.message and "--write-baseline" in finding.hint


def test_what_did_not_run_is_not_gone(tmp_path: Path) -> None:
    old, lines = found(tmp_path, "[x](no.md)")
    baseline = parse_baseline(write_baseline(old.findings, lines), "b.json")
    only = check(project(tmp_path), ["CIT", "CFG"])
    assert not apply_baseline(only, baseline, lines).findings


def test_the_file_is_the_same_for_the_same_problems(tmp_path: Path) -> None:
    old, lines = found(tmp_path, "[x](no.md) [z](b.md)\n\n[y](a.md)")
    text = write_baseline(old.findings, lines)
    assert text == write_baseline(reversed(old.findings), lines)
    problems = json.loads(text)["problems"]
    assert problems == sorted(problems, key=lambda item: [item[key] for key in ("path", "rule", "message")])
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "not valid JSON"),
        ('{\n "problems": [\n', 3, "not valid JSON"),
        ("[]", 1, "no list “problems”"),
        ('{"problems": {}}', 1, "no list “problems”"),
        ('{"problems": [\n{\n"path": "a", "rule": "LNK001"}]}', 3, "problem 1 lacks"),
        ("[" * 100_000, 1, "not valid JSON|nested"),
        ('{"problems": [{"path": "a", "rule": "b", "message": "c", "text": "", "count": 0}]}', 1, "count"),
    ],
)
def test_a_broken_file_is_told_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(ProblemsError, match=says) as raised:
        parse_baseline(text, "b.json")
    assert raised.value.problems[0].line == line


def test_the_command_writes_and_reads_it(tmp_path: Path) -> None:
    whole(tmp_path, faulty("[x](no.md) [y](never.md)"))
    made = command(tmp_path, "--write-baseline", "baseline.json")
    assert (made.returncode, made.stdout) == (0, "2 problems written to baseline.json.\n")
    result = command(tmp_path, "--baseline", "baseline.json")
    assert result.returncode == 0, result.stdout
    assert result.stdout.startswith("No problems found; 2 in the baseline")
    page = tmp_path / CHINA
    page.write_text(page.read_text(encoding="utf-8").replace("never.md", "ever.md"), encoding="utf-8")
    result = command(tmp_path, "--baseline", "baseline.json", "--format", "json")
    assert result.returncode == 1
    # The line has changed, so both problems on it are new, and both that were known are gone.
    assert sorted(item["rule"] for item in json.loads(result.stdout)) == ["CFG010"] * 2 + ["LNK001"] * 2


def test_it_works_for_any_site(tmp_path: Path) -> None:
    write(tmp_path / "built", SITE, {"a/index.html": html("A", '<a href="../no/">x</a>')})
    arguments = ("--site-dir", "built", "--site-url", "https://allies.test.org/site/")
    assert command(tmp_path, *arguments).returncode == 1
    assert command(tmp_path, *arguments, "--write-baseline", "b.json").returncode == 0
    assert command(tmp_path, *arguments, "--baseline", "b.json").returncode == 0


DEAD = '<a href="../no/">x</a>'


@pytest.mark.parametrize(
    ("more", "new"),
    [
        (page("0/index.html", DEAD), []),
        (page("0/1/index.html", '<a href="../../no/">x</a>'), []),
        (body('<a href="no/">x</a>', FIRST), []),
        (page("0/index.html", '<a href="../other/">x</a>'), ["SIT001"]),
    ],
)
def test_which_page_comes_first_does_not_count(more: Changes, new: list[str], tmp_path: Path) -> None:
    report = []
    for name, changes in (("old", body(DEAD)), ("new", merged(body(DEAD), more))):
        write(tmp_path / name, SITE, changes)
        site = load_site(tmp_path / name, "", URL)
        report.append(check(site_only(tmp_path / name, TODAY, site), ["SIT", "CFG"]))
    old, lines = report[0], SourceLines(tmp_path / "old")
    assert rules(old) == ["SIT001"]
    baseline = parse_baseline(write_baseline(old.findings, lines), "b.json")
    assert rules(apply_baseline(report[1], baseline, SourceLines(tmp_path / "new"))) == new


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "b.json:1:1 cannot be read"),
        (b"{", "b.json:1:2 this baseline not valid JSON"),
        (b"\xff", "0xff is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_2(content: bytes | None, says: str, tmp_path: Path) -> None:
    whole(tmp_path)
    if content is not None:
        (tmp_path / "b.json").write_bytes(content)
    result = command(tmp_path, "--baseline", "b.json")
    assert result.returncode == 2
    assert says in result.stderr and "Traceback" not in result.stderr


def test_a_baseline_that_cannot_be_written_is_2(tmp_path: Path) -> None:
    whole(tmp_path)
    result = command(tmp_path, "--write-baseline", "nowhere/b.json")
    assert result.returncode == 2 and "cannot be written" in result.stderr
    assert command(tmp_path, "--write-baseline", "b", "--baseline", "b").returncode == 2


def test_paths_that_are_no_text_can_be_written(tmp_path: Path) -> None:
    report = check(project(tmp_path, faulty("[x](no.md)")))
    odd = report.findings[0].__class__(
        "LNK001",
        report.findings[0].severity,
        report.findings[0].defect.__class__("a\udcff.md", 1, 1, "m \ud800"),
    )
    lines = SourceLines(tmp_path)
    text = write_baseline([odd], lines)
    baseline = parse_baseline(text.encode().decode(), "b.json")
    assert not apply_baseline(Report((odd,), (), report.rules), baseline, lines).findings
