"""Annotations of GitHub Actions (workflow commands)."""

from explainer.checks.lines import SourceLines
from explainer.checks.runner import Report


def write(report: Report, lines: SourceLines) -> str:
    """One ``::error`` or ``::warning`` line for each finding."""
    return "".join(
        f"::{item.severity.value} file={_property(item.path)},line={item.line},col={item.column},"
        f"endColumn={item.column + item.defect.width},title={_property(item.rule)}"
        f"::{_data(f'{item.message}. {item.hint}' if item.hint else item.message)}\n"
        for item in report.findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
