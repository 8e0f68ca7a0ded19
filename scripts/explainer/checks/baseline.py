"""A list of the problems that are known: only new ones fail.

For adopting the checker on an old site. A problem is known again by its rule, its file, what is said of it and the
text of its line, whatever the number of the line; where several are equal in all of these, they are counted. A problem
of several pages is known again by its rule and by what it is about: which page comes first, and how its address is
written there, says nothing of it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from explainer.checks.finding import Defect, Finding
from explainer.checks.lines import SourceLines
from explainer.checks.rule import Rule, find_rule
from explainer.checks.runner import Report, place_of
from explainer.problems import Problem, ProblemsError

_LONGEST = 300
"""Characters above which a line is no line of words but a whole built page: its text says nothing of the place."""

_ELSEWHERE = re.compile(r"\b(on lines?|on|of) \d+\b|(?<=:)\d+\b")
_ABOUT = "Problems that are accepted until they are mended. Written by: check.py --write-baseline"
_FIELDS = ("path", "rule", "message", "text")


class Fingerprint(NamedTuple):
    """By what a problem is known again."""

    path: str
    rule: str
    message: str
    text: str

    @property
    def digest(self) -> str:
        """The same as a short string."""
        return sha256("\0".join(self).encode("utf-8", errors="backslashreplace")).hexdigest()[:32]


@dataclass(frozen=True)
class Baseline:
    """The known problems, each with how often it occurs and with its line in the file at ``path``."""

    path: str
    counts: dict[Fingerprint, int]
    places: dict[Fingerprint, int]


def fingerprint(finding: Finding, lines: SourceLines) -> Fingerprint:
    """What tells a problem from others. Numbers of lines and of pages in the message do not count."""
    if finding.defect.subject:
        return Fingerprint(_clean(finding.defect.subject), finding.rule, find_rule(finding.rule).summary, "")
    text = " ".join(lines.line(finding.path, finding.line).split())
    return Fingerprint(
        _clean(finding.path),
        finding.rule,
        _clean(_ELSEWHERE.sub(lambda match: f"{match[1] or ''}…", finding.message)),
        _clean(text) if len(text) <= _LONGEST else "",
    )


def _clean(text: str) -> str:
    """Names of files may have bytes that are not UTF-8."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


def write_baseline(findings: Iterable[Finding], lines: SourceLines) -> str:
    """The file that lists these problems: sorted, one key a line, the same for the same problems."""
    counts = Counter(fingerprint(finding, lines) for finding in findings)
    problems = [{**key._asdict(), "count": count} for key, count in sorted(counts.items())]
    return json.dumps({"about": _ABOUT, "problems": problems}, ensure_ascii=False, indent=1) + "\n"


def parse_baseline(text: str, shown: str) -> Baseline:
    """Read such a file. Raises ``ProblemsError`` with the line where it is broken."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _broken(shown, error.lineno, error.colno, f"not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise _broken(shown, 1, 1, "nested too deeply") from error
    problems = data.get("problems") if isinstance(data, dict) else None
    if not isinstance(problems, list):
        raise _broken(shown, 1, 1, "holds no list “problems”")
    # Each problem begins with its path, and what json writes has one key a line.
    starts = [number for number, line in enumerate(text.split("\n"), 1) if re.match(r'\s*"path": ', line)]
    counts: dict[Fingerprint, int] = {}
    places: dict[Fingerprint, int] = {}
    for index, item in enumerate(problems):
        line = starts[index] if len(starts) == len(problems) else 1
        count = item.get("count") if isinstance(item, dict) else None
        if (
            not isinstance(item, dict)
            or not all(isinstance(item.get(name), str) for name in _FIELDS)
            or not isinstance(count, int)
            or isinstance(count, bool)
            or count < 1
        ):
            raise _broken(shown, line, 1, f"problem {index + 1} lacks one of {', '.join(_FIELDS)}, count")
        key = Fingerprint(*(item[name] for name in _FIELDS))
        counts[key] = counts.get(key, 0) + count
        places.setdefault(key, line)
    return Baseline(shown, counts, places)


def _broken(shown: str, line: int, column: int, message: str) -> ProblemsError:
    hint = "write it again: check.py --write-baseline FILE"
    return ProblemsError([Problem(shown, line, column, f"this baseline {message}", hint)])


def apply_baseline(report: Report, baseline: Baseline, lines: SourceLines) -> Report:
    """Leave out what is known. What is known and no longer there is a finding, as a suppression of nothing is."""
    left = dict(baseline.counts)
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in report.findings:
        key = fingerprint(finding, lines)
        if left.get(key, 0) > 0:
            left[key] -= 1
            known.append(finding)
        else:
            new.append(finding)
    rule = find_rule("outdated-baseline")
    if rule.id in report.rules or not any(id_.startswith(rule.family) for id_ in report.rules):
        ran = set(report.rules)
        new += [
            _outdated(baseline, key, count, rule) for key, count in left.items() if count and key.rule in ran
        ]
    return replace(report, findings=tuple(sorted(new, key=place_of)), known=tuple(known))


def _outdated(baseline: Baseline, key: Fingerprint, count: int, rule: Rule) -> Finding:
    times = "" if count == 1 else f" {count} times"
    message = f"{key.path} no longer has this problem{times}: {key.rule} {key.message}"
    hint = f"take it out: check.py --write-baseline {baseline.path}"
    return Finding(rule.id, rule.severity, Defect(baseline.path, baseline.places[key], 1, message, hint))
