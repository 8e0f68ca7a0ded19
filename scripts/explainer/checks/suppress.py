"""Findings that somebody chose to accept: each with a rule, a reason and a last day.

In Markdown ``<!-- check: ignore RULE reason until YYYY-MM-DD -->``, in YAML ``# check: ignore RULE reason until
YYYY-MM-DD``, each for its own line and the next line that is not empty; and in pyproject.toml under
``[tool.explainer]`` a list ``ignore`` of tables with ``rule``, ``path`` (a pattern), ``reason`` and ``until``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from functools import lru_cache
from typing import Any

from explainer.checks.finding import Finding
from explainer.checks.project import CONFIG, Project
from explainer.checks.rule import Rule, UnknownRuleError, find_rule
from explainer.dates import parse_day
from explainer.problems import ProblemsError, read_text

_MARK = re.compile(r"check:\s*ignore\b\s*(?P<rule>\S*)\s*(?P<rest>.*)", re.S)
_UNTIL = re.compile(r"(?:^|\s)until\s+(\S+)\s*$")
_YAML_COMMENT = re.compile(r"(?:^|\s)#\s*(check:\s*ignore\b.*)$")


@dataclass(frozen=True)
class Suppression:
    """One of them, as written. ``lines`` is empty where it holds for the whole of ``path``."""

    path: str
    place: tuple[str, int, int]
    rule: str
    reason: str
    until: str
    lines: tuple[int, ...] = ()

    @property
    def known_rule(self) -> Rule | None:
        """The rule it names."""
        try:
            return find_rule(self.rule)
        except UnknownRuleError:
            return None

    @property
    def last_day(self) -> date | None:
        """The day on which it ends."""
        try:
            return parse_day(self.until)
        except ValueError:
            return None

    def valid(self, today: date) -> bool:
        """Whether it says everything that it has to, and has not ended."""
        last = self.last_day
        return bool(self.known_rule and self.reason and last and last >= today)

    def covers(self, finding: Finding) -> bool:
        """Whether it was written for this finding."""
        rule = self.known_rule
        return (
            rule is not None
            and rule.id == finding.rule
            and fnmatch(finding.path, self.path)
            and (not self.lines or finding.line in self.lines)
        )


@lru_cache(maxsize=2)
def suppressions(project: Project) -> list[Suppression]:
    """Every suppression in words, data, configuration and pyproject.toml."""
    found: list[Suppression] = []
    for words in project.words.values():
        lines = words.page.text.split("\n")
        for comment in words.comments:
            if match := _MARK.match(comment.text.strip()):
                line, column = words.lines.place(comment.start)
                last = line + comment.text.count("\n")
                found.append(_parse(match, words.page.path, lines, line, column, last))
        front = words.lines.place(words.page.body_start)[0]
        found += _in_yaml(words.page.path, lines[: front - 1], lines)
    for path in [*project.facts.documents, *([CONFIG] if project.config.text else [])]:
        try:
            lines = read_text(project.root / path, path).split("\n")
        except ProblemsError:
            continue  # reported when the file was loaded
        found += _in_yaml(path, lines, lines)
    found += _in_settings(project)
    return found


def _in_yaml(path: str, searched: list[str], lines: list[str]) -> Iterator[Suppression]:
    for number, text in enumerate(searched, start=1):
        if "check:" in text and (comment := _YAML_COMMENT.search(text)):
            match = _MARK.match(comment[1])
            if match:
                yield _parse(match, path, lines, number, comment.start(1) + 1, number)


def _parse(
    match: re.Match[str], path: str, lines: list[str], line: int, column: int, last: int
) -> Suppression:
    rest = " ".join(match["rest"].split())
    until = _UNTIL.search(rest)
    reason = rest[: until.start()] if until else rest
    following = next(
        (number for number in range(last + 1, len(lines) + 1) if lines[number - 1].strip()), last
    )
    return Suppression(
        path,
        (path, line, column),
        match["rule"],
        reason.strip(),
        until[1] if until else "",
        (line, following),
    )


def _in_settings(project: Project) -> Iterator[Suppression]:
    entries = project.settings.get("ignore", [])
    if not isinstance(entries, list):
        return
    places = _places(project)
    for index, entry in enumerate(entries):
        if isinstance(entry, dict):
            line = places[index] if index < len(places) else 1
            yield Suppression(
                _text(entry, "path"),
                ("pyproject.toml", line, 1),
                _text(entry, "rule"),
                _text(entry, "reason"),
                _text(entry, "until"),
            )


def _text(entry: dict[str, Any], key: str) -> str:
    return str(entry.get(key, "")).strip()


def _places(project: Project) -> list[int]:
    """The line of each table, by its ``rule`` key below the section."""
    try:
        lines = read_text(project.root / "pyproject.toml", "pyproject.toml").split("\n")
    except ProblemsError:
        return []
    start = next((number for number, line in enumerate(lines) if line.startswith("[tool.explainer")), 0)
    return [
        number + 1
        for number, line in enumerate(lines)
        if number >= start and re.search(r"(?:^|[{,])\s*rule\s*=", line)
    ]
