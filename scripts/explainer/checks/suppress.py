"""Findings that somebody chose to accept: each with a rule, a reason and a last day.

In Markdown ``<!-- check: ignore RULE reason until YYYY-MM-DD -->``, in YAML ``# check: ignore RULE reason until
YYYY-MM-DD``. Several rules are separated by commas. Behind something on its line, such a comment is for this line; on a
line of its own it is for what follows: in Markdown the lines up to the next empty one, in YAML the record, key or item
that begins on the next line, with everything below it. CSV files and built pages have no comments: for them, and for
whole files, pyproject.toml has under ``[tool.explainer]`` a list ``ignore`` of tables with ``rule`` (one, or a list),
``path`` (a pattern), ``reason`` and ``until``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from explainer.checks.finding import Finding
from explainer.checks.project import CONFIG, LEDGER, Project
from explainer.checks.rule import Rule, UnknownRuleError, find_rule
from explainer.dates import parse_day
from explainer.problems import ProblemsError, read_text

SETTINGS = "pyproject.toml"
_MARK = re.compile(
    r"check:\s*ignore\b\s*(?P<rules>[^\s,]*(?:\s*,\s*[A-Za-z]{3}\d{3}\b|,[^\s,]+)*)\s*(?P<rest>.*)", re.S
)
_UNTIL = re.compile(r"(?:^|\s)until\s+(\S+)\s*$")
_YAML_COMMENT = re.compile(r"(?:^|\s)#\s*(check:\s*ignore\b.*)$")


@dataclass(frozen=True)
class Suppression:
    """One of them, for one rule, as written. ``lines`` is empty where it holds for every file that ``path`` matches."""

    path: str
    place: tuple[str, int, int]
    rule: str
    reason: str
    until: str
    lines: range = range(0)

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
        if rule is None or rule.id != finding.rule:
            return False
        if self.lines:
            return finding.path == self.path and finding.line in self.lines
        return fnmatchcase(finding.path, self.path)


@lru_cache(maxsize=2)
def suppressions(project: Project) -> list[Suppression]:
    """Every suppression in words, data, configuration and pyproject.toml."""
    found: list[Suppression] = []
    for words in project.words.values():
        if "check:" not in words.page.text:
            continue
        path, lines = words.page.path, words.page.text.split("\n")
        for comment in words.comments:
            if match := _MARK.match(comment.text.strip()):
                line, column = words.lines.place(comment.start)
                last = line + comment.text.count("\n")
                around = lines[line - 1][: column - 1] + lines[last - 1].partition("-->")[2]
                covered = range(line, last + 1) if _says(around) else _paragraph(lines, line, last)
                found += _parse(match, path, (path, line, column), covered)
        front = words.lines.place(words.page.body_start)[0]
        found += _in_yaml(path, lines[: front - 1])
    for path in [*project.facts.documents, *([CONFIG] if project.config.text else []), LEDGER]:
        try:
            text = read_text(project.root / path, path)
        except ProblemsError:
            continue  # reported when the file was loaded
        if "check:" in text:
            found += _in_yaml(path, text.split("\n"))
    found += _in_settings(project)
    return found


def _says(around: str) -> bool:
    """Whether a comment shares its line with words: the marks of lists and quotations are none."""
    return bool(around.strip(" \t>*+-"))


def _paragraph(lines: list[str], first: int, last: int) -> range:
    """From the comment to the end of the paragraph, list or table that follows it."""
    end = last
    while end < len(lines) and not lines[end].strip():
        end += 1
    while end < len(lines) and lines[end].strip():
        end += 1
    return range(first, end + 1)


def _in_yaml(path: str, lines: list[str]) -> Iterator[Suppression]:
    for number, text in enumerate(lines, start=1):
        if "check:" in text and (comment := _YAML_COMMENT.search(text)):
            match = _MARK.match(comment[1])
            if match:
                alone = not text[: comment.start(1)].strip(" \t#")
                covered = _node(lines, number) if alone else range(number, number + 1)
                yield from _parse(match, path, (path, number, comment.start(1) + 1), covered)


def _node(lines: list[str], number: int) -> range:
    """From the comment to the last line of what begins below it: the lines that are indented further belong to it."""
    begin = number
    while begin < len(lines) and (not lines[begin].strip() or lines[begin].lstrip().startswith("#")):
        begin += 1
    if begin == len(lines):
        return range(number, number + 1)
    depth = _indentation(lines[begin])
    item = lines[begin].lstrip().startswith("- ")
    end = begin + 1
    while end < len(lines) and (
        not lines[end].strip()
        or _indentation(lines[end]) > depth
        or (_indentation(lines[end]) == depth and not item and lines[end].lstrip().startswith("- "))
    ):
        end += 1
    return range(number, end + 1)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _parse(
    match: re.Match[str], path: str, place: tuple[str, int, int], covered: range
) -> Iterator[Suppression]:
    rest = " ".join(match["rest"].split())
    until = _UNTIL.search(rest)
    reason = (rest[: until.start()] if until else rest).strip(" ,:;–—-")
    for rule in match["rules"].split(","):
        yield Suppression(path, place, rule.strip(), reason, until[1] if until else "", covered)


def _in_settings(project: Project) -> Iterator[Suppression]:
    entries = project.settings.get("ignore", [])
    if not isinstance(entries, list):
        return
    for index, entry in enumerate(entries):
        if isinstance(entry, dict):
            rules = entry.get("rule", "")
            for rule in rules if isinstance(rules, list) and rules else [rules]:
                yield Suppression(
                    _text(entry, "path"),
                    (SETTINGS, setting_line(project, index), 1),
                    str(rule).strip(),
                    _text(entry, "reason"),
                    _text(entry, "until"),
                )


def _text(entry: dict[str, Any], key: str) -> str:
    return str(entry.get(key, "")).strip()


def setting_line(project: Project, index: int) -> int:
    """The line of the table with this number in ``ignore``: of its “rule”, or else of the section."""
    section, lines = _section(project)
    places = [number for number, line in lines if re.search(r"(?:^|[{,\[])\s*rule\s*=", line)]
    return places[index] if index < len(places) else section


def key_line(project: Project, key: str) -> int:
    """The line of a key or table below the section, or else of the section."""
    section, lines = _section(project)
    form = re.compile(rf"\s*(?:[\"']?{re.escape(key)}[\"']?\s*=|\[+tool\.explainer\.{re.escape(key)}\b)")
    return next((number for number, line in lines if form.match(line)), section)


def _section(project: Project) -> tuple[int, list[tuple[int, str]]]:
    """The line at which [tool.explainer] begins, and every line from there on that is no comment, with its number."""
    try:
        lines = read_text(project.root / SETTINGS, SETTINGS).split("\n")
    except ProblemsError:
        return 1, []
    start = next((number for number, line in enumerate(lines, 1) if line.startswith("[tool.explainer")), 1)
    numbered = enumerate(lines[start - 1 :], start)
    return start, [(number, line) for number, line in numbered if not line.lstrip().startswith("#")]
