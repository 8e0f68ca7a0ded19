"""What a rule yields, and what a report prints."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is. Either ends the checker with 1."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Replace:
    """A mend that is certain: ``old`` at ``start`` of the file becomes ``new``."""

    path: str
    start: int
    old: str
    new: str


@dataclass(frozen=True)
class AddLine:
    """A mend that is certain: ``line`` belongs into the sorted list in the file."""

    path: str
    line: str


@dataclass(frozen=True)
class Defect:
    """One fault at one place, as a rule sees it.

    ``path`` is relative to the project (or to the checked site), ``line`` and ``column`` count from 1, ``width``
    is the number of characters to underline. ``cause`` is equal for two defects that are one fault seen twice.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    width: int = 1
    fix: Replace | AddLine | None = None
    cause: str = ""


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
