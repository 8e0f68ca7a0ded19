"""Mends: what is certain is mended, once, and every other byte stays as it was."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.checks.finding import AddLine, Defect, Finding, Fix, Replace, Severity, SortLines, SortRecords
from explainer.checks.fix import apply_fixes, sort_lines, sort_records
from explainer.checks.mends import FIXABLE
from explainer.dates import PartialDate
from explainer.yaml_reader import parse_yaml
from tests.explainer.checks.projects import CLAIMS, EVENTS, SOURCES, Content, check, project, told
from tests.explainer.checks.test_cli import command, whole
from tests.explainer.checks.test_site import BUILT, LEDGER
from tests.explainer.checks.test_words import SERIES

CHINA, IX = "docs/countries/china.md", "docs/index.md"
MARK = "Little is known.\n\n## What is"
RECORDS = SOURCES.split("\n\n")
EVENT = EVENTS.rstrip().split("\n\n")
CASES: dict[str, tuple[str, dict[str, Content], dict[str, Content]]] = {
    "LNK003": (
        CHINA,
        {CHINA: [(MARK, f"[x](../FAQ.md?x=1#is-china-an-ally) ![l](../assets/Logo.svg)\n\n{MARK}")]},
        {CHINA: [(MARK, f"[x](../faq.md?x=1#is-china-an-ally) ![l](../assets/logo.svg)\n\n{MARK}")]},
    ),
    "LNK004": (
        CHINA,
        {CHINA: [(MARK, f"[x](../faq.html?x=1) [y](../faq/#is-china-an-ally) [z](../faq.html)\n\n{MARK}")]},
        {CHINA: [(MARK, f"[x](../faq.md?x=1) [y](../faq.md#is-china-an-ally) [z](../faq.md)\n\n{MARK}")]},
    ),
    "LNK005": (
        CHINA,
        {CHINA: [(MARK, f"[x](/faq/?x=1#is-china-an-ally) ![x](/assets/logo.svg?v=2)\n\n{MARK}")]},
        {CHINA: [(MARK, f"[x](../faq.md?x=1#is-china-an-ally) ![x](../assets/logo.svg?v=2)\n\n{MARK}")]},
    ),
    "CIT002": (
        CHINA,
        {CHINA: [("[@prc-1961-treaty, art. 2]", "[@PRC-1961-treaty, art. 2]")]},
        {},
    ),
    "CFG008": ("mkdocs.yml", {"mkdocs.yml": [("- faq.md", "- FAQ.md # asked")]}, {"mkdocs.yml": [("- faq.md", "- faq.md # asked")]}),
    "SRC005": (
        "docs/data/sources/all.yml",
        {"docs/data/sources/all.yml": [("issued: 2025-01-18", "issued: '2025-1-18' # 2025-1-18?"), ("2022-05-26", "2022/5/26 # the day")]},
        {"docs/data/sources/all.yml": [("issued: 2025-01-18", "issued: '2025-1-18' # 2025-1-18?"), ("2022-05-26", "2022-05-26 # the day")]},
    ),
    "FCT002": (
        "docs/data/claims.yml",
        {"docs/data/claims.yml": [("checked: 2026-10-01", "checked: 2026.10.1")]},
        {},
    ),
    "FCT015": (
        "docs/data/trade.csv",
        {
            "docs/data/series.yml": SERIES.replace("label: Year, kind: year", "label: Year, kind: date"),
            "docs/data/trade.csv": "year,value,source\n2024-1,2.2,reuters-2025-trade\n",
        },
        {
            "docs/data/series.yml": SERIES.replace("label: Year, kind: year", "label: Year, kind: date"),
            "docs/data/trade.csv": "year,value,source\n2024-01,2.2,reuters-2025-trade\n",
        },
    ),
    "TXT001": (CHINA, {CHINA: [("reviewed: 2026-10-01", "reviewed: 2026-10-1")]}, {}),
    "FCT012": (
        "docs/data/events.yml",
        {"docs/data/events.yml": f"# Oldest first.\n\n{EVENT[1]}\n\n# About 1961\n{EVENT[0]}\n"},
        {"docs/data/events.yml": f"# Oldest first.\n\n# About 1961\n{EVENT[0]}\n\n{EVENT[1]}\n"},
    ),
    "SRC060": (
        "docs/data/sources/all.yml",
        {"docs/data/sources/all.yml": "\n\n".join([RECORDS[2].rstrip(), RECORDS[0], RECORDS[1]]) + "\n"},
        {},
    ),
    "PRM002": ("docs/data/permalinks.txt", {"docs/data/permalinks.txt": "# Head\n" + LEDGER.replace(LEDGER.split()[2] + "\n", "")}, {"docs/data/permalinks.txt": "# Head\n" + LEDGER}),
    "PRM003": ("docs/data/permalinks.txt", {"docs/data/permalinks.txt": LEDGER + LEDGER.split()[-1] + "\n"}, {}),
    "PRM010": ("docs/data/permalinks.txt", {"docs/data/permalinks.txt": "\n".join(sorted(LEDGER.split(), reverse=True)) + "\n"}, {}),
}  # fmt: skip
"""For each rule: the file, the project that breaks it, and the one that the mend makes of it ({}: the clean one)."""


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def mended(folder: Path, changes: dict[str, Content]) -> list[str]:
    """Mend until nothing is left to mend; the rules whose findings were mended."""
    rules: list[str] = []
    for _ in range(10):
        made = project(folder, changes, BUILT) if not rules else project_again(folder)
        outcome = apply_fixes(folder, check(made).findings)
        assert not outcome.refused
        if not outcome.mended:
            return rules
        rules += [finding.rule for finding in outcome.mended]
    raise AssertionError("mends never end")


def project_again(folder: Path):  # type: ignore[no-untyped-def]
    from explainer.checks.load_project import load_project
    from explainer.checks.site import load_site
    from tests.explainer.checks.projects import TODAY

    return load_project(folder, TODAY, load_site(folder / "site", "site", "https://allies.test.org/site/"))


def test_every_rule_that_can_mend_has_a_case() -> None:
    assert set(CASES) == FIXABLE


@pytest.mark.parametrize("rule", CASES)
def test_mends(rule: str, tmp_path: Path) -> None:
    _, wrong, right = CASES[rule]
    ledger: dict[str, Content] = {"docs/data/permalinks.txt": LEDGER}
    mended_rules = mended(tmp_path / "x", ledger | wrong)
    assert rule in mended_rules
    after = snapshot(tmp_path / "x")
    project(tmp_path / "y", ledger | right, BUILT)
    expected = snapshot(tmp_path / "y")
    assert after == expected
    # Once more: nothing is left to mend, and not a byte changes.
    assert not apply_fixes(tmp_path / "x", check(project_again(tmp_path / "x")).findings).mended
    assert snapshot(tmp_path / "x") == after


def test_only_rules_that_say_so_mend(tmp_path: Path) -> None:
    for rule, (_, wrong, _) in CASES.items():
        for finding in check(project(tmp_path / rule, wrong, BUILT)).findings:
            assert finding.defect.fix is None or finding.rule in FIXABLE, told([finding])


@pytest.mark.parametrize(
    "text", ["9 june 2024", "09-06-2024", "24-6-9", "2024-6-31", "2024-13-1", "2024-6/9", "June 2024"]
)
def test_dates_that_could_mean_two_things_are_left(text: str, tmp_path: Path) -> None:
    made = project(
        tmp_path, {"docs/data/claims.yml": CLAIMS.replace("checked: 2026-10-01", f"checked: {text}")}
    )
    before = snapshot(tmp_path)
    assert not apply_fixes(tmp_path, check(made).findings).mended
    assert snapshot(tmp_path) == before


def finding(fix: Fix) -> Finding:
    return Finding("LNK003", Severity.ERROR, Defect(fix.path, 1, 1, "m", fix=fix))


def test_bytes_around_a_mend_stay(tmp_path: Path) -> None:
    raw = "\ufeffone [x](A.md)\r\ntwo\rthree [y](B.md)\nfour [z](C.md)  \r\n\r\nno end [w](D.md)"
    (tmp_path / "a.md").write_bytes(raw.encode())
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    fixes = [Replace("a.md", text.index(f"{name}.md"), f"{name}.md", f"{name.lower()}.md") for name in "DBAC"]
    assert len(apply_fixes(tmp_path, [finding(fix) for fix in fixes]).mended) == 4
    wanted = raw
    for name in "ABCD":
        wanted = wanted.replace(f"{name}.md", f"{name.lower()}.md")
    assert (tmp_path / "a.md").read_bytes() == wanted.encode()


def test_two_mends_on_a_line_equal_ones_and_overlapping_ones(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abc abc\n")
    fixes = [
        Replace("a.md", 0, "abc", "abcd"),
        Replace("a.md", 0, "abc", "abcd"),  # the same, seen twice
        Replace("a.md", 4, "abc", "x"),
        Replace("a.md", 5, "bc", "y"),  # overlaps with the one before
    ]
    outcome = apply_fixes(tmp_path, [finding(fix) for fix in fixes])
    assert (tmp_path / "a.md").read_text() == "abcd x\n"
    assert len(outcome.mended) == 3


def test_a_file_that_has_changed_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("changed\n")
    assert not apply_fixes(tmp_path, [finding(Replace("a.md", 0, "abc", "x"))]).mended
    assert (tmp_path / "a.md").read_text() == "changed\n"


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abc\n")
    (tmp_path / "a.md").chmod(0o444)
    (tmp_path / "b.md").write_bytes(b"abc \xff\n")
    (tmp_path / "c.md").mkdir()
    (tmp_path / "d.md").write_text("abc\n")
    outcome = apply_fixes(tmp_path, [finding(Replace(f"{name}.md", 0, "abc", "x")) for name in "abcd"])
    assert [item.defect.path for item in outcome.mended] == ["d.md"]
    assert outcome.refused[0] == "a.md: could not be mended: the file is read-only"
    assert [text.partition(":")[0] for text in outcome.refused] == ["a.md", "b.md", "c.md"]
    assert (tmp_path / "a.md").read_text() == "abc\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md", "c.md", "d.md"]


def test_the_command_tells_what_it_cannot_mend(tmp_path: Path) -> None:
    whole(tmp_path, {CHINA: [(MARK, f"[x](../FAQ.md)\n\n{MARK}")]})
    (tmp_path / CHINA).chmod(0o444)
    result = command(tmp_path, "--fix")
    assert result.returncode == 1
    assert result.stderr == f"check.py: {CHINA}: could not be mended: the file is read-only\n"


def test_a_full_disk_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("abc\n")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    outcome = apply_fixes(tmp_path, [finding(Replace("a.md", 0, "abc", "x"))])
    assert outcome.refused == ["a.md: could not be mended: No space left on device"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
    assert (tmp_path / "a.md").read_text() == "abc\n"


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("abc\n")
    (tmp_path / "real.md").chmod(0o640)
    (tmp_path / "a.md").symlink_to("real.md")
    apply_fixes(tmp_path, [finding(Replace("a.md", 0, "abc", "x"))])
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "x\n"
    assert (tmp_path / "real.md").stat().st_mode & 0o777 == 0o640


# -- sorting -------------------------------------------------------------------------------------------------------


def test_lines_are_sorted_with_the_comments_above_them() -> None:
    text = "# Head\n# more\n/b\n# about a\n/a\n/c\n/a\n# last\n"
    assert sort_lines(text) == "# Head\n# more\n# about a\n/a\n/b\n/c\n# last\n"
    assert sort_lines(text.replace("\n", "\r\n")) == sort_lines(text).replace("\n", "\r\n")


def test_a_line_is_added_in_its_place_and_no_other_moves(tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_bytes(b"# Head\r\n/a\r\n\r\n# about c\r\n/c\r\n/b")
    outcome = apply_fixes(tmp_path, [finding(AddLine("l.txt", line)) for line in ("/bb", "/d")])
    assert len(outcome.mended) == 2
    assert (tmp_path / "l.txt").read_bytes() == b"# Head\r\n/a\r\n\r\n/bb\r\n# about c\r\n/c\r\n/b\r\n/d\r\n"


LIST = "# About the file.\n\n# about b\n- id: b # a note\n  x: 1\n\n- id: a\n  x: >-\n    - id: no\n\n# end\n"


def test_records_are_sorted_as_they_are_written() -> None:
    assert sort_records(LIST, "id") == (
        "# About the file.\n\n- id: a\n  x: >-\n    - id: no\n\n# about b\n- id: b # a note\n  x: 1\n\n# end\n"
    )
    assert sort_records("- {id: b}\n- {id: a}", "id") == "- {id: a}\n- {id: b}"
    assert sort_records("- id: b\r\n\r\n- id: a\r\n", "id") == "- id: a\r\n\r\n- id: b\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: 1\n",
        "- a\n- b\n",
        "- id: [\n",
        "- id: b\n- x: a\n",
        "[{id: b}, {id: a}]\n",
        "- id: &x b\n- id: a\n  y: *x\n",
    ],
)
def test_what_cannot_be_told_apart_is_left(text: str) -> None:
    assert sort_records(text, "id") == text


@given(
    st.lists(
        st.sampled_from(["1961", "1961-07", "1961-07-11", "1962-01", "1960-12-31", "1961-06-30"]), max_size=8
    )
)
def test_dates_move_only_where_they_must(dates: list[str]) -> None:
    text = "".join(f"- date: {date}\n  n: {number}\n" for number, date in enumerate(dates))
    once = sort_records(text, "date")
    assert sort_records(once, "date") == once
    assert sorted(once.split("- ")) == sorted(text.split("- "))
    found = [PartialDate.parse(record["date"]) for record in parse_yaml(once, "").data or []]
    assert not [
        (above, below) for above, below in combinations(found, 2) if below.last_day() < above.first_day()
    ]


@given(st.lists(st.text("ab", min_size=1, max_size=3), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_sorting_twice_changes_nothing(ids: list[str], end: str) -> None:
    text = "# Head\n\n" + "\n".join(f"# {id_}\n- id: {id_}\n" for id_ in ids)
    text = text.replace("\n", end)
    once = sort_records(text, "id")
    assert sort_records(once, "id") == once
    data = parse_yaml(once.replace("\r\n", "\n"), "").data or []
    assert [item["id"] for item in data] == sorted(ids)
    assert sorted(once.split(end)) == sorted(text.split(end))
    lines = end.join(["# Head", *ids, ""])
    assert sort_lines(sort_lines(lines)) == sort_lines(lines)


def test_sort_fixes_apply(tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_text("/b\n/a\n")
    (tmp_path / "r.yml").write_text("- id: b\n- id: a\n")
    apply_fixes(tmp_path, [finding(SortLines("l.txt")), finding(SortRecords("r.yml", "id"))])
    assert (tmp_path / "l.txt").read_text() == "/a\n/b\n"
    assert (tmp_path / "r.yml").read_text() == "- id: a\n- id: b\n"
