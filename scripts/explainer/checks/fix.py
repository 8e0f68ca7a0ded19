"""Applies the mends that are certain, and touches nothing else: every other byte stays as it was."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from explainer.checks.finding import AddLine, Finding, Replace, SortLines, SortRecords
from explainer.checks.writing import write_whole
from explainer.dates import PartialDate
from explainer.problems import ProblemsError
from explainer.yaml_reader import parse_yaml

_HEAD = (
    "# Every published address, and every anchor of a heading. A line that is gone from the site fails the check.\n"
    "# New ones are added by: python scripts/check.py --fix\n"
)
_RECORD = re.compile(r"^- ", re.M)


@dataclass
class Outcome:
    """What was mended, and what could not be: one sentence for each file."""

    mended: list[Finding] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def apply_fixes(root: Path, findings: Iterable[Finding]) -> Outcome:
    """Mend what can be mended in the files below ``root``.

    A place that is no longer as it was when it was read is left alone, and so is the second of two mends that overlap.
    """
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.defect.fix is not None:
            by_path[finding.defect.fix.path].append(finding)
    outcome = Outcome()
    for path, found in by_path.items():
        try:
            outcome.mended += _mend(root / path, found)
        except OSError as error:
            outcome.refused.append(f"{path}: could not be mended: {error.strerror or error}")
        except UnicodeError:
            outcome.refused.append(f"{path}: could not be mended: it is not UTF-8")
    return outcome


def _mend(path: Path, findings: list[Finding]) -> list[Finding]:
    raw = path.read_bytes().decode("utf-8") if path.exists() else _HEAD
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    before = raw.removeprefix("\ufeff")
    text, done = before, list[Finding]()
    for mend in (_replace, _add_lines, _sort):
        text, mended = mend(text, findings)
        done += mended
    if text == before:
        return []
    write_whole(path, (mark + text).encode("utf-8"))
    return done


def _replace(raw: str, findings: list[Finding]) -> tuple[str, list[Finding]]:
    """Put the new words in place of the old."""
    fixes: dict[Replace, list[Finding]] = {}  # two findings may ask for one and the same mend
    for finding in findings:
        if isinstance(finding.defect.fix, Replace):
            fixes.setdefault(finding.defect.fix, []).append(finding)
    # Rules count a line end as one character, whatever the file has.
    ends = [match.start() - count for count, match in enumerate(re.finditer("\r\n", raw))]
    parts: list[str] = []
    done: list[Finding] = []
    position = 0
    for fix in sorted(fixes, key=lambda fix: fix.start):
        start = fix.start + bisect_left(ends, fix.start)
        if start >= position and raw.startswith(fix.old, start):
            parts += [raw[position:start], fix.new]
            position = start + len(fix.old)
            done += fixes[fix]
    return "".join([*parts, raw[position:]]), done


def _add_lines(raw: str, findings: list[Finding]) -> tuple[str, list[Finding]]:
    """Put new lines where they belong in a sorted list; every other line stays where it is."""
    added = {item.defect.fix.line: item for item in findings if isinstance(item.defect.fix, AddLine)}
    if not added:
        return raw, []
    end = "\r\n" if "\r\n" in raw else "\n"
    lines = raw.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    known = {line.strip() for line in lines}
    for new in sorted(added):
        if new not in known:
            lines.insert(_place_of(new, lines), new + end)
    return "".join(lines), list(added.values())


def _place_of(new: str, lines: list[str]) -> int:
    """Before the first line that comes later, and before the comments that stand above it."""
    index = next(
        (
            number
            for number, line in enumerate(lines)
            if line.strip() and line[0] != "#" and line.strip() > new
        ),
        len(lines),
    )
    has_items = any(line.strip() and line[0] != "#" for line in lines[:index])
    while has_items and index < len(lines) and index > 0 and lines[index - 1].startswith("#"):
        index -= 1
    return index


def _sort(raw: str, findings: list[Finding]) -> tuple[str, list[Finding]]:
    """Bring lines or records in order."""
    done: list[Finding] = []
    for finding in findings:
        fix = finding.defect.fix
        if isinstance(fix, SortLines):
            raw = sort_lines(raw)
            done.append(finding)
        elif isinstance(fix, SortRecords):
            raw = sort_records(raw, fix.by)
            done.append(finding)
    return raw, done


def sort_lines(text: str) -> str:
    """The lines in order, each once. Comments at the top stay there; others stay above the line they stand above."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    head = next((number for number, line in enumerate(lines) if line.strip() and line[0] != "#"), len(lines))
    if head == len(lines):
        return text
    blocks: dict[str, list[str]] = {}
    above: list[str] = []
    for line in lines[head:]:
        if line.startswith("#"):
            above.append(line)
        elif line.strip():
            known = blocks.setdefault(line.strip(), [])
            known += above
            above = []
    ordered = [part for item in sorted(blocks) for part in (*blocks[item], item)]
    return end.join([*lines[:head], *ordered, *above, ""])


def sort_records(text: str, by: str) -> str:
    """The records of a YAML list in the order of the field ``by``; each moves up only as far as it must.

    Comments right above a record go with it; empty lines stay where they are. Text whose records cannot be told apart
    with certainty is returned as it is.
    """
    before = _list_in(text)
    head, *records, tail = _blocks(text)
    keys = [item.get(by) if isinstance(item, dict) else None for item in before or []]
    if before is None or len(records) != len(before) or not all(isinstance(key, str) for key in keys):
        return text
    order = _order([str(key) for key in keys], _EARLIER.get(by, str.__lt__))
    parts = [_BODY.fullmatch(record) for record in records]
    end = "\r\n" if "\r\n" in text else "\n"
    after = head
    for place, number in enumerate(order):
        body, gap = parts[number], parts[place]
        if body is None or gap is None:
            return text
        after += body["body"] + (gap["gap"] or ("" if place == len(order) - 1 else end))
    after += tail
    return after if _list_in(after) == [before[number] for number in order] else text


_TAIL = re.compile(r"(?<=\n)(?:\r?\n)+(?:#[^\n]*(?:\n|\Z)|\r?\n)+\Z")
"""Comments at the end of the file, below an empty line."""
_BODY = re.compile(r"(?P<body>.*?)(?P<gap>(?:\r?\n[ \t]*)*)", re.S)


def _list_in(text: str) -> list[Any] | None:
    try:
        data = parse_yaml(text.replace("\r\n", "\n"), "").data
    except ProblemsError:
        return None
    return data if isinstance(data, list) else None


def _earlier_date(one: str, other: str) -> bool:
    """Whether a date is certainly before another; the day or the month of either may be unknown."""
    try:
        return PartialDate.parse(one).last_day() < PartialDate.parse(other).first_day()
    except ValueError:
        return False


_EARLIER: dict[str, Callable[[str, str], bool]] = {"date": _earlier_date}


def _order(keys: list[str], earlier: Callable[[str, str], bool]) -> list[int]:
    """Each key above the first that is certainly later. What lies between may be neither: a month among its days."""
    order: list[int] = []
    for number, key in enumerate(keys):
        place = next((place for place, other in enumerate(order) if earlier(key, keys[other])), len(order))
        order.insert(place, number)
    return order


def _blocks(text: str) -> list[str]:
    """What stands before the first record, each record with the comments right above it, what stands below the last."""
    starts = []
    for match in _RECORD.finditer(text):
        start = match.start()
        while start and text.startswith("#", above := text.rfind("\n", 0, start - 1) + 1):
            start = above
        # Comments from the first line on are about the file, not about its first record.
        starts.append(start or match.start())
    tail = _TAIL.search(text, starts[-1] if starts else len(text))
    edges = [0, *starts, tail.start() if tail else len(text), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]
