"""One module per format; each turns a report into text."""

from collections.abc import Callable
from enum import StrEnum

from explainer.checks.lines import SourceLines
from explainer.checks.report import github, json, junit, sarif
from explainer.checks.runner import Report


class Format(StrEnum):
    """What ``--format`` takes."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


WRITERS: dict[Format, Callable[[Report, SourceLines], str]] = {
    Format.JSON: json.write,
    Format.SARIF: sarif.write,
    Format.JUNIT: junit.write,
    Format.GITHUB: github.write,
}
"""The formats for programs; ``text`` is for people, prints to a terminal, and shows the lines themselves."""
