"""What the last run found, told again while nothing at all has changed since.

“Nothing” is meant by content: every file of the project that a rule could read, the built site and the checker itself
among them, the installed packages, the day, the rules that were asked for and the variables that mkdocs.yml names.
"""

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from xxhash import xxh3_128

from explainer.checks.finding import (
    Accepted,
    AddLine,
    Defect,
    Finding,
    Fix,
    Replace,
    Severity,
    SortLines,
    SortRecords,
)
from explainer.checks.project import CONFIG
from explainer.checks.runner import Report
from explainer.checks.writing import write_whole

_PACKAGE = Path(__file__).resolve().parents[1]

_FIXES: dict[str, type[Replace | AddLine | SortLines | SortRecords]] = {
    kind.__name__: kind for kind in (Replace, AddLine, SortLines, SortRecords)
}


def state_of(root: Path, today: date, *asked: str) -> str | None:
    """What stands for everything that a run depends on; nothing where a link leads to a folder elsewhere.

    ``asked`` is what the run was asked for: rules, the address of the site.
    """
    state = xxh3_128()

    def add(*parts: str | bytes) -> None:
        for part in parts:
            raw = os.fsencode(part) if isinstance(part, str) else part
            state.update(len(raw).to_bytes(8, "big") + raw)

    add(sys.version, str(today), *asked)
    add(*sorted(f"{found.name} {found.version}" for found in distributions()))
    with suppress(OSError):
        config = (root / CONFIG).read_text(encoding="utf-8", errors="replace")
        add(*(f"{name}={value}" for name, value in sorted(os.environ.items()) if name in config))
    try:
        for name, content in _of_project(root):
            add(name, content)
    except _LinkedFolderError:
        return None
    return state.hexdigest()


class _LinkedFolderError(Exception):
    """A link leads to a folder: what is there may be read without being seen here."""


def _of_project(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the project, and of this package where it checks a project that it is no part of.

    Hidden names right below the root (the repository, the environment, caches) say nothing of words or pages.
    """
    yield from _contents(str(root), lambda name: not name.startswith("."))
    if not _PACKAGE.is_relative_to(root.resolve()):
        yield from _contents(str(_PACKAGE))


def _contents(folder: str, wanted: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, in a fixed order; what cannot be read, with the reason.

    ``wanted`` chooses among the names in the folder itself.
    """
    with os.scandir(folder) as scan:
        entries = sorted((entry for entry in scan if wanted(entry.name)), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            try:
                yield from _contents(entry.path)
            except OSError as error:
                yield entry.path, str(error).encode()
            continue
        try:
            mode = entry.stat().st_mode
            if stat.S_ISDIR(mode):
                raise _LinkedFolderError
            yield entry.path, Path(entry.path).read_bytes() if stat.S_ISREG(mode) else b"no file"
        except OSError as error:
            yield entry.path, str(error).encode()


def recall(path: Path, state: str) -> Report | None:
    """The report of the last run, if it was of this state."""
    try:
        kept = json.loads(path.read_bytes())
        if kept["state"] != state:
            return None
        findings = tuple(_finding(item) for item in kept["findings"])
        accepted = tuple(
            Accepted(_finding(item["finding"]), item["reason"], item["in_source"])
            for item in kept["accepted"]
        )
        rules = tuple(map(str, kept["rules"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Report(findings, accepted, rules)


def remember(path: Path, state: str, report: Report) -> None:
    """Keep the report for the next run. A folder that cannot be written is left alone: it only saves time."""
    kept = {
        "state": state,
        "rules": report.rules,
        "findings": [_plain(finding) for finding in report.findings],
        "accepted": [asdict(item) | {"finding": _plain(item.finding)} for item in report.accepted],
    }
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(kept).encode("utf-8"))


def _plain(finding: Finding) -> dict[str, Any]:
    plain = asdict(finding)
    if finding.defect.fix is not None:
        plain["defect"]["fix"]["kind"] = type(finding.defect.fix).__name__
    return plain


def _finding(plain: dict[str, Any]) -> Finding:
    defect = dict(plain["defect"])
    fix: Fix | None = None
    if defect["fix"] is not None:
        fields = dict(defect["fix"])
        fix = _FIXES[fields.pop("kind")](**fields)
    return Finding(plain["rule"], Severity(plain["severity"]), Defect(**(defect | {"fix": fix})))
