"""The settings of the checker: ``[tool.explainer]`` in pyproject.toml, with what holds where nothing is set."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from explainer.checks.project import Project


class _Table(BaseModel):
    """A table of settings. What is not known, or is no such value, is told by CFG007."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reading(_Table):
    """``[tool.explainer.reading]``: how easy the words have to be."""

    floor: float = Field(
        40.0, description="Lowest Flesch reading ease of a section; 100 is easy, 30 very difficult"
    )
    fewest_words: int = Field(60, ge=1, description="Sections with fewer words are too short to be measured")
    longest_sentence: int = Field(35, ge=5, description="Most words in one sentence")


class Online(_Table):
    """``[tool.explainer.online]``: how other hosts are asked."""

    keep_days: float = Field(7.0, ge=0, description="Days for which an answer is kept in .cache/")
    pause: float = Field(1.0, ge=0, description="Seconds between two requests to one host")


class Terms(_Table):
    """``[tool.explainer.terms]``: abbreviations that every reader knows."""

    known: tuple[str, ...] = Field(
        (), description="Abbreviations that need no explanation, besides the usual ones"
    )


class Registry(_Table):
    """``[tool.explainer.registry]``: the upkeep of the sources."""

    reread_months: int = Field(
        24, ge=1, description="Months after which a document is due to be read again; counted from “accessed”"
    )


T = TypeVar("T", bound=_Table)

TABLES: dict[str, type[_Table]] = {"reading": Reading, "online": Online, "terms": Terms, "registry": Registry}
"""Each table below [tool.explainer]."""


def reading(project: Project) -> Reading:
    """How easy the words have to be; the usual values where the table is missing or wrong."""
    return _read(Reading, project.settings.get("reading"))


def online(project: Project) -> Online:
    """How other hosts are asked; the usual values where the table is missing or wrong."""
    return _read(Online, project.settings.get("online"))


def terms(project: Project) -> Terms:
    """Abbreviations that every reader knows; the usual values where the table is missing or wrong."""
    return _read(Terms, project.settings.get("terms"))


def registry(project: Project) -> Registry:
    """How the sources are kept up; the usual values where the table is missing or wrong."""
    return _read(Registry, project.settings.get("registry"))


def _read(table: type[T], given: Any) -> T:
    try:
        return table.model_validate(given or {})
    except ValidationError:
        return table()


def faults(name: str, given: Any) -> list[tuple[str, str]]:
    """What is wrong in one table: each fault with what would be right."""
    table = TABLES[name]
    known = ", ".join(f"{key} ({field.description})" for key, field in table.model_fields.items())
    try:
        table.model_validate(given)
    except ValidationError as error:
        return [
            (
                f"[tool.explainer.{name}] {'.'.join(map(str, fault['loc']))}: {fault['msg'].lower()}",
                f"known: {known}",
            )
            for fault in error.errors()
        ]
    return []
