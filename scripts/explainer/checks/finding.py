"""What a rule yields, and what a report prints."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from explainer.problems import Problem


class Severity(StrEnum):
    """How bad it is. Either ends the checker with 1."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Replace:
    """A mend that is certain: ``old`` at ``start`` of the file becomes ``new``.

    ``start`` counts characters of the text as ``read_text`` gives it; ``line`` and ``column`` are the same place, and
    0 where it is the place of the defect.
    """

    path: str
    start: int
    old: str
    new: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class AddLine:
    """A mend that is certain: ``line`` belongs into the sorted list in the file."""

    path: str
    line: str


@dataclass(frozen=True)
class SortLines:
    """A mend that is certain: the lines of the file belong in order, each of them once."""

    path: str


@dataclass(frozen=True)
class SortRecords:
    """A mend that is certain: the records of the YAML file belong in the order of the field ``by``."""

    path: str
    by: str


Fix: TypeAlias = Replace | AddLine | SortLines | SortRecords


@dataclass(frozen=True)
class Defect:
    """One fault at one place, as a rule sees it.

    ``path`` is relative to the project (or to the checked site), ``line`` and ``column`` count from 1, ``width``
    is the number of characters to underline. ``cause`` is equal for two defects that are one fault seen twice.
    ``address`` is the address at fault as it is written at this place, ``None`` where none is. ``subject`` says what a
    fault of several pages is about, the same whichever of the pages is named; empty where the place says it.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    width: int = 1
    fix: Fix | None = None
    cause: str = ""
    address: str | None = None
    subject: str = ""

    @classmethod
    def of(cls, problem: Problem) -> "Defect":
        """What was found while reading the project."""
        return cls(problem.path, problem.line, problem.column, problem.message, problem.hint)


@dataclass(frozen=True)
class Finding:
    """A defect with the rule that found it."""

    rule: str
    severity: Severity
    defect: Defect

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return self.defect.path

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.defect.line

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.defect.column

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.defect.message

    @property
    def hint(self) -> str:
        """What would be right."""
        return self.defect.hint

    def as_json(self) -> dict[str, str | int]:
        """The form that ``--format json`` prints."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


@dataclass(frozen=True)
class Accepted:
    """A finding that somebody chose to accept, and why. ``in_source``: next to the place, not in pyproject.toml."""

    finding: Finding
    reason: str
    in_source: bool
