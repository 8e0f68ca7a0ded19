"""The command: exits, formats, selection, mends, suppressions, bad input."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from explainer.checks import cli, runner
from explainer.checks.rule import Rule, Scope, find_rule
from tests.explainer.checks.projects import SITE, TODAY, Content, check, html, project, told, write
from tests.explainer.checks.test_site import BUILT, LEDGER

SCRIPT = Path(__file__).parents[3] / "scripts" / "check.py"
FAULTY: dict[str, Content] = {
    "docs/countries/china.md": [
        ("Little is known.\n\n## What is", "[x](../FAQ.md) [y](../faq.html#is-china-an-ally)\n\n## What is")
    ],
}


def command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CHECK_TODAY": TODAY.isoformat(), "NO_SUCH_VARIABLE": ""} | environment,
    )


def whole(folder: Path, changes: dict[str, Content] | None = None) -> Path:
    """A project with a built site and a ledger."""
    project(folder, {"docs/data/permalinks.txt": LEDGER} | (changes or {}), BUILT)
    return folder


def test_clean_is_0(tmp_path: Path) -> None:
    result = command(whole(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.startswith("No problems found")


def test_problems_are_1_with_line_place_hint_and_count(tmp_path: Path) -> None:
    result = command(whole(tmp_path, FAULTY))
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("docs/countries/china.md:46:5 LNK003 “../FAQ.md” differs")
    assert lines[1].strip().startswith("[x](../FAQ.md)")
    assert lines[2].index("^") == lines[1].index("../FAQ.md")
    assert lines[2].count("^") == len("../FAQ.md")
    assert lines[3] == "    hint: write ../faq.md"
    assert lines[-1].startswith("2 errors, 0 warnings in 1 file")
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "run scripts/build"),
        (("--site-dir", "nothing"), "no such folder"),
        (("--site-dir", "docs"), "no HTML"),
        (("--select", "LNK00"), "did you mean"),
        (("--ignore", "missing-pge"), "did you mean missing-page"),
        (("--explain", "missing-pag"), "did you mean"),
        (("--format", "xml"), "xml"),
    ],
)
def test_what_cannot_run_is_2(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    project(tmp_path)
    result = command(tmp_path, *arguments)
    assert result.returncode == 2, result.stdout
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bad_day_is_2(tmp_path: Path) -> None:
    assert command(whole(tmp_path), CHECK_TODAY="soon").returncode == 2


def test_outside_the_environment_it_says_how_to_enter(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-S", "-E", str(SCRIPT)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert ".venv/bin/python scripts/check.py" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_rules_without_the_site_need_none(tmp_path: Path) -> None:
    project(tmp_path)
    assert command(tmp_path, "--ignore", "SIT,PRM").returncode == 0
    assert command(tmp_path, "--select", "LNK", "--select", "cit,undefined-citation").returncode == 0


def test_any_site_from_anywhere(tmp_path: Path) -> None:
    write(tmp_path / "built", SITE, {"a/index.html": html("A", '<a href="../no/">x</a>')})
    result = command(
        tmp_path,
        "--site-dir",
        "built",
        "--site-url",
        "https://allies.test.org/site/",
        "--format",
        "json",
        "--jobs",
        "2",
    )
    assert result.returncode == 1
    found = json.loads(result.stdout)
    assert {(item["rule"], item["path"]) for item in found} >= {("SIT001", "a/index.html")}
    assert {item["rule"][:3] for item in found} == {"SIT"}


def test_lists_and_explains() -> None:
    listed = command(SCRIPT.parent, "--list-rules")
    assert listed.returncode == 0
    assert "LNK001  missing-page" in listed.stdout
    explained = command(SCRIPT.parent, "--explain", "CIT013")
    assert explained.returncode == 0
    assert "table row" in explained.stdout


def test_json(tmp_path: Path) -> None:
    found = json.loads(command(whole(tmp_path, FAULTY), "--format", "json").stdout)
    assert found[0] == {
        "rule": "LNK003",
        "severity": "error",
        "path": "docs/countries/china.md",
        "line": 46,
        "column": 5,
        "message": "“../FAQ.md” differs from the file in upper and lower case",
        "hint": "write ../faq.md",
    }
    assert json.loads(command(whole(tmp_path / "clean"), "--format", "json").stdout) == []


def test_sarif(tmp_path: Path) -> None:
    log = json.loads(command(whole(tmp_path, FAULTY), "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids)) > 90
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_junit(tmp_path: Path) -> None:
    root = ElementTree.fromstring(command(whole(tmp_path, FAULTY), "--format", "junit").stdout)
    failures = root.findall(".//failure")
    assert [failure.get("type") for failure in failures] == ["error", "error"]
    for suite in root:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))


def test_github(tmp_path: Path) -> None:
    lines = command(whole(tmp_path, FAULTY), "--format", "github").stdout.splitlines()
    assert lines[0].startswith(
        "::error file=docs/countries/china.md,line=46,col=5,endColumn=14,title=LNK003::“../FAQ.md”"
    )
    assert len(lines) == 2


def test_fix_mends_what_is_certain_and_nothing_else(tmp_path: Path) -> None:
    changes = FAULTY | {
        "docs/data/permalinks.txt": "# Head\n/\n",
        "docs/index.md": [("[China]", "[x](nowhere.md) [China]")],
    }
    whole(tmp_path, changes)
    page = tmp_path / "docs/countries/china.md"
    before = page.read_text(encoding="utf-8")
    result = command(tmp_path, "--fix")
    assert result.returncode == 1, result.stdout
    assert "10 fixed" in result.stdout
    assert page.read_text(encoding="utf-8") == before.replace("../FAQ.md", "../faq.md").replace(
        "../faq.html#", "../faq.md#"
    )
    assert (tmp_path / "docs/data/permalinks.txt").read_text() == "# Head\n" + LEDGER
    after = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    again = command(tmp_path, "--fix")
    assert "fixed" not in again.stdout
    assert after == {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}


def test_fix_keeps_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    text = "\ufeff---\r\ntitle: Method\r\ndescription: What this page is about, here.\r\n---\r\n\r\n# Method\r\n\r\n[x](../FAQ.md)\r\n"
    whole(tmp_path, {"docs/about/method.md": text.encode()})
    command(tmp_path, "--fix")
    assert (tmp_path / "docs/about/method.md").read_bytes() == text.replace("FAQ", "faq").encode()


def test_a_new_ledger_is_made(tmp_path: Path) -> None:
    project(tmp_path, {}, BUILT)
    assert command(tmp_path, "--fix").returncode == 0
    lines = (tmp_path / "docs/data/permalinks.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == LEDGER.split()


def test_a_rule_that_fails_does_not_hide_the_others(tmp_path: Path) -> None:
    def fail(_: object) -> list[object]:
        raise RuntimeError("a fault")

    one = find_rule("LNK001")
    broken = Rule("LNK999", "broken", one.severity, "x", "x", Scope.WORDS, fail)  # type: ignore[arg-type]
    made = project(tmp_path, {"docs/index.md": [("[China]", "[x](nowhere.md) [China]")]})
    assert {item.rule for item in runner.run(made, [broken, one]).findings} == {"LNK001", "CFG009"}


def test_bad_input_is_a_finding(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        {
            "docs/huge.md": b"# x\n" + b"word " * 1_000_000,
            "docs/deep.md": "> " * 10_000 + "[" * 10_000 + "\n",
            "docs/bytes.md": b"\xff\xfe\x00",
            "docs/null.md": "\x00",
            "docs/empty.md": "",
        },
    )
    (tmp_path / "docs/loop").symlink_to(tmp_path / "docs")
    (tmp_path / "docs/self.md").symlink_to(tmp_path / "docs/self.md")
    (tmp_path / "docs/folder.md").mkdir()
    found = check(made).findings
    assert {"docs/huge.md", "docs/bytes.md"} <= {item.path for item in found if item.rule == "TXT011"}
    assert not [item for item in found if item.rule == "CFG009"], told(list(found))


def test_a_fault_of_the_checker_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(cli, "all_rules", fail)
    monkeypatch.setattr(sys, "argv", ["check.py", "--list-rules"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "check.py: could not run: OSError: the disk is full\n"


def test_no_configuration(tmp_path: Path) -> None:
    made = project(tmp_path, {"mkdocs.yml": "nav: [\n"})
    assert "CFG001" in {item.rule for item in check(made).findings}


class TestTerminal:
    """What only a terminal gets, and what Ctrl-C does."""

    def test_a_bar_on_a_terminal_and_none_elsewhere(self, tmp_path: Path) -> None:
        whole(tmp_path)
        shown, code = on_terminal(tmp_path)
        assert code == 0
        assert "Reading the built site" in shown
        assert shown.endswith("\x1b[2K")  # and it is gone in the end
        assert "\x1b" not in command(tmp_path).stderr
        assert command(tmp_path).stderr == ""

    @pytest.mark.parametrize("variable", [{"CI": "true"}, {"TERM": "dumb"}])
    def test_no_bar_in_ci(self, variable: dict[str, str], tmp_path: Path) -> None:
        shown, code = on_terminal(whole(tmp_path), **variable)
        assert (shown, code) == ("", 0)

    def test_a_bar_never_gets_into_a_format(self, tmp_path: Path) -> None:
        shown, code = on_terminal(whole(tmp_path), "--format", "json", out=(tmp_path / "out").open("wb"))
        assert code == 0 and "Reading the built site" in shown
        assert json.loads((tmp_path / "out").read_bytes()) == []

    def test_ctrl_c_is_one_line_and_2(self, tmp_path: Path) -> None:
        whole(tmp_path)
        # A rule that waits for ever stands for any that takes long.
        code = (
            "import time, sys; from explainer.checks import cli, rule; from dataclasses import replace\n"
            "def wait(project):\n print('ready', flush=True); time.sleep(60)\n"
            "cli.select_rules = lambda *_: [replace(rule.find_rule('LNK001'), check=wait)]\n"
            "sys.argv = ['check.py']; cli.main()"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (2, "", "check.py: stopped\n")

    def test_a_reader_that_has_seen_enough_is_no_fault(self, tmp_path: Path) -> None:
        whole(tmp_path, FAULTY)
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), "--list-rules"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in (0, 1)


def on_terminal(folder: Path, *arguments: str, out: Any = None, **environment: str) -> tuple[str, int]:
    """What the command writes to standard error when that is a terminal, and its exit."""
    master, slave = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("CI", "TERM")}
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=folder,
        stdout=out or subprocess.DEVNULL,
        stderr=slave,
        env=clean | {"TERM": "xterm", "CHECK_TODAY": TODAY.isoformat()} | environment,
    )
    os.close(slave)
    shown = b""
    # Reading ends with an error when the other side is closed.
    with contextlib.suppress(OSError):
        while part := os.read(master, 65536):
            shown += part
    os.close(master)
    return shown.decode(), process.wait()
