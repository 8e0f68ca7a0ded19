"""The report of the last run is told again while nothing has changed, and never afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from explainer.checks import cli, replay
from tests.explainer.checks.projects import TODAY
from tests.explainer.checks.test_cli import FAULTY, whole

Edit = Callable[[Path], object]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """One entry for each time that the rules really ran."""
    found: list[Path] = []
    true_run = cli._run

    def counted(task, root, *others):
        found.append(root)
        return true_run(task, root, *others)

    monkeypatch.setattr(cli, "_run", counted)
    monkeypatch.setenv("CHECK_TODAY", TODAY.isoformat())
    return found


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.chdir(folder)
    app = cli.typer.Typer()
    app.command()(cli.check)
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("arguments", [(), ("--format", "json"), ("--format", "sarif"), ("--select", "LNK")])
@pytest.mark.parametrize("changes", [{}, FAULTY], ids=["clean", "faulty"])
def test_what_is_told_again_is_the_same(arguments, changes, tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path, changes)
    first = check(tmp_path, monkeypatch, *arguments)
    again = check(tmp_path, monkeypatch, *arguments)
    assert len(runs) == 1
    assert (again.output, again.exit_code) == (first.output, first.exit_code)
    assert first.exit_code == bool(changes)


def flip(path: str) -> Edit:
    def edit(folder: Path) -> None:
        file = folder / path
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 1
        file.write_bytes(raw)

    return edit


EDITS: dict[str, Edit] = {
    "a byte of a page": flip("docs/faq.md"),
    "a byte of the data": flip("docs/data/claims.yml"),
    "a byte of the built site": flip("site/faq/index.html"),
    "a byte of the settings": flip("mkdocs.yml"),
    "a page renamed": lambda folder: (folder / "docs/faq.md").rename(folder / "docs/questions.md"),
    "a page removed": lambda folder: (folder / "docs/faq.md").unlink(),
    "an image added": lambda folder: (folder / "docs/picture.png").write_bytes(b"x"),
    "a file emptied": lambda folder: (folder / "site/faq/index.html").write_bytes(b""),
    "a page in a hidden folder of the site": lambda folder: (
        (folder / "site/.well-known").mkdir(),
        (folder / "site/.well-known/x.html").write_text('<a href="/nope/">No</a>'),
    ),
    "an accepted problem": lambda folder: (folder / "pyproject.toml").write_text(
        '[tool.explainer]\nignore = [{rule = "LNK001", path = "*", reason = "x", until = "2027-01-01"}]\n'
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_any_change_the_rules_run(edit, tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path)
    check(tmp_path, monkeypatch)
    EDITS[edit](tmp_path)
    found = check(tmp_path, monkeypatch)
    assert len(runs) == 2
    assert found.output == check(tmp_path, monkeypatch, "--no-cache").output


def test_another_checker_runs_the_rules(tmp_path, monkeypatch, runs) -> None:
    package = tmp_path / "package"
    package.mkdir()
    monkeypatch.setattr(replay, "_PACKAGE", package)
    project = tmp_path / "project"
    whole(project)
    for text, times in (("1", 1), ("1", 1), ("2", 2)):
        (package / "rule.py").write_text(text)
        check(project, monkeypatch)
        assert len(runs) == times


@pytest.mark.parametrize(
    "other",
    [
        ("--select", "LNK"),
        ("--ignore", "LNK"),
        ("--site-url", "https://other.test/"),
        ("--no-cache",),
        ("--fix",),
    ],
)
def test_asked_for_something_else_the_rules_run(other, tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path)
    check(tmp_path, monkeypatch)
    check(tmp_path, monkeypatch, *other)
    assert len(runs) == 2


@pytest.mark.parametrize(
    ("variable", "value"), [("CHECK_TODAY", "2027-10-01"), ("ADDRESS", "https://new.test/")]
)
def test_another_day_or_address_is_another_state(variable, value, tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path)
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text() + "extra:\n  address: !ENV [ADDRESS, '']\n")
    check(tmp_path, monkeypatch)
    monkeypatch.setenv(variable, value)
    check(tmp_path, monkeypatch)
    assert len(runs) == 2


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[]", b'{"state": "x"}', b"\xff"])
def test_a_spoilt_report_is_as_good_as_none(spoilt, tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path)
    first = check(tmp_path, monkeypatch)
    (tmp_path / ".cache/check/report.json").write_bytes(spoilt)
    assert check(tmp_path, monkeypatch).output == first.output
    assert len(runs) == 2


def test_what_changes_while_the_rules_run_is_not_remembered(tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path)
    true_run = cli._run

    def edited(*arguments):
        outcome = true_run(*arguments)
        (tmp_path / "docs/faq.md").write_text("changed")
        return outcome

    monkeypatch.setattr(cli, "_run", edited)
    check(tmp_path, monkeypatch)
    assert not (tmp_path / ".cache/check/report.json").exists()


def test_a_linked_folder_is_never_told_again(tmp_path, monkeypatch, runs) -> None:
    whole(tmp_path)
    (tmp_path / "elsewhere").symlink_to(tmp_path / "docs")
    check(tmp_path, monkeypatch)
    check(tmp_path, monkeypatch)
    assert len(runs) == 2
