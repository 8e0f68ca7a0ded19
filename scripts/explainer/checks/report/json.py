"""A JSON list of findings."""

import json

from explainer.checks.lines import SourceLines
from explainer.checks.runner import Report


def write(report: Report, lines: SourceLines) -> str:
    """``[{rule, severity, path, line, column, message, hint}]``."""
    return json.dumps([finding.as_json() for finding in report.findings], ensure_ascii=False, indent=1) + "\n"
