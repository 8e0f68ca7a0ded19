"""For people: each finding with its line, the place underlined, and a hint."""

import unicodedata
from pathlib import Path

from rich.console import Console
from rich.text import Text

from explainer.checks.finding import Finding, Severity
from explainer.checks.runner import Report

_WINDOW = 100
_LARGEST = 10_000_000


def show(report: Report, root: Path, console: Console, fixed: int = 0) -> None:
    """Print the findings and a closing line; ``root`` is the folder that paths are relative to."""
    sources: dict[str, list[str]] = {}
    for finding in report.findings:
        colour = "red" if finding.severity is Severity.ERROR else "yellow"
        head = Text(f"{finding.path}:{finding.line}:{finding.column} ", style="bold")
        head.append(finding.rule, style=f"bold {colour}").append(
            f" {_printable(finding.message)}", style="default"
        )
        console.print(head, soft_wrap=True)
        for line in _excerpt(finding, sources, root):
            console.print(Text(line, style=colour if line.strip(" ^") == "" else ""), soft_wrap=True)
        if finding.hint:
            console.print(Text(f"    hint: {_printable(finding.hint)}", style="cyan"), soft_wrap=True)
    console.print(Text(closing_line(report, fixed), style="bold"), soft_wrap=True)


def closing_line(report: Report, fixed: int = 0) -> str:
    """How many of what."""
    errors = sum(finding.severity is Severity.ERROR for finding in report.findings)
    warnings = len(report.findings) - errors
    parts = []
    if report.findings:
        files = len({finding.path for finding in report.findings})
        parts.append(f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {_count(files, 'file')}")
    else:
        parts.append("No problems found")
    if fixed:
        parts.append(f"{fixed} fixed")
    if report.suppressed:
        parts.append(f"{len(report.suppressed)} suppressed")
    return f"{'; '.join(parts)} ({_count(len(report.rules), 'rule')})."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _excerpt(finding: Finding, sources: dict[str, list[str]], root: Path) -> list[str]:
    lines = sources.get(finding.path)
    if lines is None:
        lines = sources[finding.path] = _lines(root / finding.path)
    if finding.line > len(lines):
        return []
    line = lines[finding.line - 1]
    column = finding.column - 1
    if not line.strip() or column > len(line):
        return []
    start = max(0, column - _WINDOW // 2) if len(line) > _WINDOW else 0
    shown = line[start : start + _WINDOW]
    width = max(1, min(finding.defect.width, len(shown) - (column - start)))
    before, marked = shown[: column - start], shown[column - start : column - start + width]
    lead = "…" if start else ""
    tail = "…" if start + _WINDOW < len(line) else ""
    indent = " " * (4 + len(lead) + _cells(before))
    return [f"    {lead}{_printable(shown)}{tail}", f"{indent}{'^' * max(1, _cells(marked))}"]


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > _LARGEST:
            return []
        return path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff").split("\n")
    except OSError:
        return []


def _printable(text: str) -> str:
    """Control and format characters would move the underline, or the terminal."""
    return "".join(
        " " if char == "\t" else "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
        for char in text
    )


def _cells(text: str) -> int:
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
