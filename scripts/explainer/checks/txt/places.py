"""Where in a page or a record something stands, for the rules on words."""

from explainer.checks.finding import Defect
from explainer.checks.project import Project
from explainer.checks.sourced import FactRecord, Keys
from explainer.checks.words import Words


def at(words: Words, start: int, message: str, hint: str, width: int = 1, cause: str = "") -> Defect:
    """A defect at an offset of a page."""
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width, cause=cause)


def in_record(project: Project, record: FactRecord, keys: Keys, message: str, hint: str) -> Defect:
    """A defect in a field of a record, with the id of the record before the message."""
    origin = project.facts.origin(record)
    line, column = origin.place(*keys)
    return Defect(origin.path, line, column, f"{record.id}: {message}", hint, len(str(keys[-1])))
