"""Applies the mends that are certain, and touches nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from explainer.checks.finding import AddLine, Finding, Replace

_HEAD = (
    "# Every published address, and every anchor of a heading. A line that is gone from the site fails the check.\n"
    "# New ones are added by: python scripts/check.py --fix\n"
)


def apply_fixes(root: Path, findings: Iterable[Finding]) -> list[Finding]:
    """Mend what can be mended; returns the findings that were. A file that has changed meanwhile is left alone."""
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.defect.fix is not None:
            by_path[finding.defect.fix.path].append(finding)
    mended: list[Finding] = []
    for path, found in by_path.items():
        try:
            mended += _mend(root / path, found)
        except OSError:
            continue
    return mended


def _mend(path: Path, findings: list[Finding]) -> list[Finding]:
    raw = path.read_bytes().decode("utf-8") if path.exists() else _HEAD
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    ends = "\r\n" if "\r\n" in raw else "\n"
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    done: list[Finding] = []
    replaced = [item for item in findings if isinstance(item.defect.fix, Replace)]
    for finding in sorted(replaced, key=_start, reverse=True):
        fix = finding.defect.fix
        if isinstance(fix, Replace) and text.startswith(fix.old, fix.start):
            text = text[: fix.start] + fix.new + text[fix.start + len(fix.old) :]
            done.append(finding)
    added = {item.defect.fix.line: item for item in findings if isinstance(item.defect.fix, AddLine)}
    if added:
        text = _with_lines(text, set(added))
        done += added.values()
    if done:
        _write(path, (mark + text.replace("\n", ends)).encode("utf-8"))
    return done


def _start(finding: Finding) -> int:
    fix = finding.defect.fix
    return fix.start if isinstance(fix, Replace) else 0


def _with_lines(text: str, added: set[str]) -> str:
    """The lines of a sorted list with some more; comments stay at its head."""
    lines = text.split("\n")
    head = [line for line in lines if line.startswith("#")]
    items = {line.strip() for line in lines if line.strip() and not line.startswith("#")} | added
    return "\n".join([*head, *sorted(items), ""])


def _write(path: Path, content: bytes) -> None:
    """Put the new content in place of the old in one step."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(content)
    if path.exists():
        temporary.chmod(path.stat().st_mode)
    temporary.replace(path)
