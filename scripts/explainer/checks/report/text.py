"""For people: each finding with its line, the place underlined, and a hint."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from explainer.checks.finding import Severity
from explainer.checks.lines import SourceLines
from explainer.checks.mends import FIXABLE
from explainer.checks.rule import Rule, find_rule
from explainer.checks.runner import Report

_WIDEST, _NARROWEST = 100, 24
"""Cells of a line that are shown around a place."""
_INDENT = 4
_TAB = 4
_FEW = 3
"""Up to so many findings, a summary by rule would say nothing new."""


def show(report: Report, lines: SourceLines, console: Console, fixed: int = 0) -> None:
    """Print the findings, how many each rule has, and a closing line."""
    for finding in report.findings:
        colour = "red" if finding.severity is Severity.ERROR else "yellow"
        head = Text(f"{printable(finding.path)}:{finding.line}:{finding.column} ", style="bold")
        head.append(finding.rule, style=f"bold {colour}")
        head.append(f" {printable(finding.message)}", style="not bold")
        _print(console, head)
        source = lines.line(finding.path, finding.line)
        excerpt = cut_out(source, finding.column, finding.defect.width, _room(console))
        if excerpt:
            _print(console, Text(f"{' ' * _INDENT}{excerpt[0]}"))
            _print(console, Text(f"{' ' * _INDENT}{excerpt[1]}", style=colour))
        if finding.hint:
            _print(console, Text(f"{' ' * _INDENT}hint: {printable(finding.hint)}", style="cyan"))
    if report.findings:
        for line in summary(report):
            _print(console, Text(line))
    _print(console, Text(closing_line(report, fixed), style="bold"))


def _print(console: Console, text: Text) -> None:
    """Lines are not broken here: a terminal breaks them itself, and a program that reads them wants them whole."""
    console.print(text, soft_wrap=True)


def _room(console: Console) -> int:
    return max(_NARROWEST, min(_WIDEST, console.width - _INDENT - 2)) if console.is_terminal else _WIDEST


def summary(report: Report) -> Iterable[str]:
    """How many findings each rule has, where there are many, and how to read more about one."""
    counts = Counter(finding.rule for finding in report.findings)
    yield ""
    if len(report.findings) > _FEW:
        rules: dict[str, Rule] = {id_: find_rule(id_) for id_ in counts}
        digits = len(str(max(counts.values())))
        name = max(len(rule.name) for rule in rules.values())
        for id_, count in counts.most_common():
            rule = rules[id_]
            fixable = " [--fix]" if id_ in FIXABLE else ""
            yield f"  {count:>{digits}}  {id_}  {rule.name:<{name}}  {rule.summary}{fixable}"
        yield ""
    first = counts.most_common(1)[0][0]
    yield f"What a rule is about: scripts/check.py --explain {first}"


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
    if report.accepted:
        parts.append(f"{len(report.accepted)} suppressed")
    if report.known:
        parts.append(f"{len(report.known)} in the baseline")
    return f"{'; '.join(parts)} ({_count(len(report.rules), 'rule')})."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def cut_out(line: str, column: int, width: int, room: int) -> tuple[str, str] | None:
    """The part of a line around a place, and the line below it that underlines the place.

    ``column`` counts characters from 1, ``room`` is in cells of the terminal: a Korean character takes two, a
    combining one none. ``None`` where there is nothing to show.
    """
    at = column - 1
    if not line.strip() or not 0 <= at <= len(line):
        return None
    # Only what can be shown is looked at: a line may be a whole page.
    first, last = max(0, at - room), at + room
    cells = [_cell(char) for char in line[first:last]]
    marked = at - first
    start, end = _window(cells, marked, min(width, room), room)
    lead = "…" if first + start > 0 else ""
    tail = "…" if first + end < len(line) else ""
    place_end = max(marked, min(marked + max(1, width), end))
    before = _width(cells[start:marked])
    under = max(1, _width(cells[marked:place_end]))
    shown = "".join(text for text, _ in cells[start:end])
    return f"{lead}{shown}{tail}".rstrip(), f"{' ' * (len(lead) + before)}{'^' * under}"


def _window(cells: list[tuple[str, int]], at: int, width: int, room: int) -> tuple[int, int]:
    """From where to where to show: the place a third of the way in, and as much on both sides as there is room for."""
    if _width(cells) <= room and at < len(cells):
        return 0, len(cells)
    start, used = at, 0
    end = at
    while end < len(cells) and end < at + width and used + cells[end][1] <= room:
        used += cells[end][1]
        end += 1
    third = used + max(0, (room - used) // 3)
    while start > 0 and used + cells[start - 1][1] <= third:
        start -= 1
        used += cells[start][1]
    while end < len(cells) and used + cells[end][1] <= room:
        used += cells[end][1]
        end += 1
    while start > 0 and used + cells[start - 1][1] <= room:
        start -= 1
        used += cells[start][1]
    # A combining character without the one that it stands on would stand on the dots.
    while start < at and cells[start][1] == 0:
        start += 1
    return start, end


def _width(cells: Iterable[tuple[str, int]]) -> int:
    return sum(width for _, width in cells)


def _cell(char: str) -> tuple[str, int]:
    """How a character is shown, and how many cells that takes."""
    if char == "\t":
        return " " * _TAB, _TAB
    if char in "\ufe0e\ufe0f":  # they choose between two forms of a sign, which differ in width
        return "", 0
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return "\ufffd", 1
    return char, cell_len(char)


def printable(text: str) -> str:
    """The text without control and format characters, which would move the underline, or the terminal."""
    return "".join(_cell(char)[0] for char in text)
