"""Where a fault of a source is."""

from collections.abc import Iterator

from explainer.checks.finding import Defect
from explainer.checks.project import Project
from explainer.records import Source


def sources(project: Project) -> Iterator[Source]:
    """Every source that fits the schema."""
    yield from project.facts.sources.values()


def at(project: Project, source: Source, keys: tuple[str | int, ...], message: str, hint: str) -> Defect:
    """A defect at a field of a source; at its id, where the field is not written."""
    origin = project.facts.origin(source)
    line, column = origin.place(*keys)
    return Defect(
        origin.path, line, column, f"{source.id}: {message}", hint, max(1, len(str(keys[-1]))) if keys else 1
    )
