"""The hook for pre-commit: its manifest, its pins, and its command. (Tried with pre-commit 4.7 itself by hand.)"""

import re
import shlex
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.explainer.checks.projects import SITE, html, project, write

ROOT = Path(__file__).parents[3]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BY_ID = {hook["id"]: hook for hook in HOOKS}


def run(id_: str, folder: Path) -> subprocess.CompletedProcess[str]:
    hook = BY_ID[id_]
    command = [sys.executable, *shlex.split(hook["entry"])[1:], *hook["args"]]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_field_that_pre_commit_asks_for(hook: dict[str, Any]) -> None:
    assert hook["language"] == "python" and hook["always_run"] and not hook["pass_filenames"]
    assert hook["name"] and hook["description"] and hook["entry"].startswith("python -m explainer.checks")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_pins_are_those_of_the_project(hook: dict[str, Any]) -> None:
    pins = set(re.findall(r"^\S+==\S+$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M))
    assert set(hook["additional_dependencies"]) <= pins


def test_the_pins_are_all_that_is_imported() -> None:
    code = (
        "import sys\nfrom explainer.checks import cli, load_project, printed, rule\nrule.all_rules()\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    packages = packages_distributions()
    used = {packages[name][0].lower().replace("_", "-") for name in done.stdout.split() if name in packages}
    named = {pin.partition("==")[0].lower() for pin in HOOKS[0]["additional_dependencies"]}
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("# What those need")[0]
    chosen = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", direct, re.M)}
    assert used & chosen <= named


def test_it_fails_where_a_site_has_faults_and_passes_where_not(tmp_path: Path) -> None:
    write(tmp_path / "site", SITE, {})
    assert run("check-built-site", tmp_path).returncode == 0
    write(tmp_path / "site", {}, {"a/index.html": html("A", '<a href="../no/">x</a>')})
    result = run("check-built-site", tmp_path)
    assert result.returncode == 1 and "a/index.html" in result.stdout


def test_it_checks_words_without_a_site(tmp_path: Path) -> None:
    project(tmp_path)
    assert run("check-words", tmp_path).returncode == 0
    project(tmp_path, {"docs/index.md": [("[China]", "[x](nowhere.md) [China]")]})
    assert run("check-words", tmp_path).returncode == 1
