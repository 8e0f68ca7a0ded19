"""Which rules can be mended by ``--fix``, and the mends of rules that do not say them themselves."""

import re
from dataclasses import replace

from explainer.checks.finding import Finding, Replace, SortRecords
from explainer.checks.project import Project
from explainer.dates import PartialDate
from explainer.problems import ProblemsError, read_text

FIXABLE = frozenset(
    {
        "LNK003",  # upper and lower case
        "LNK004",  # .html to .md
        "LNK005",  # absolute to relative
        "CIT002",  # upper and lower case
        "CFG008",  # upper and lower case
        "SRC005",  # dates
        "FCT002",  # dates
        "FCT015",  # dates
        "TXT001",  # dates
        "FCT012",  # order
        "SRC060",  # order
        "PRM002",  # the ledger
        "PRM003",  # the ledger
        "PRM010",  # the ledger
    }
)
"""Rules of which some findings can be mended with certainty."""

_DATE = re.compile(r"“(?P<date>(\d{4})(?P<sep>[-/.])(\d{1,2})(?:(?P=sep)(\d{1,2}))?)” is not a date")


def with_mend(project: Project, finding: Finding) -> Finding:
    """The finding with its mend, where the place and the words of it leave no doubt."""
    if finding.defect.fix is not None or finding.rule not in FIXABLE:
        return finding
    fix: Replace | SortRecords | None = None
    if finding.rule == "FCT012":
        fix = SortRecords(finding.path, "date")
    elif match := _DATE.search(finding.message):
        fix = _date(project, finding, match)
    return replace(finding, defect=replace(finding.defect, fix=fix)) if fix else finding


def _date(project: Project, finding: Finding, match: re.Match[str]) -> Replace | None:
    """Year first, then month and day, as in ``2024-6-9``: nothing else it can mean."""
    written, (_, year, _, month, day) = match["date"], match.groups()
    right = "-".join([year, f"{int(month):02}", *([f"{int(day):02}"] if day else [])])
    try:
        PartialDate.parse(right)
        text = read_text(project.root / finding.path, finding.path)
    except (ValueError, ProblemsError):
        return None
    lines = text.split("\n")
    if finding.line > len(lines):
        return None
    line = lines[finding.line - 1]
    places = [item.start() for item in re.finditer(rf"(?<![\w./-]){re.escape(written)}(?![\w./-])", line)]
    if len(places) != 1:
        return None
    start = sum(len(above) + 1 for above in lines[: finding.line - 1]) + places[0]
    return Replace(finding.path, start, written, right, finding.line, places[0] + 1)
