"""Everything in docs/data as typed records, and where each was written; ``facts`` loads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

# For the types only: the checker of built sites holds an empty store, and the records take longer to import than it has.
if TYPE_CHECKING:
    from explainer.records import (
        Change,
        Claim,
        Country,
        Event,
        Figure,
        Series,
        Source,
        Term,
        Treaty,
        VerdictPeriod,
    )
    from explainer.series import Table
    from explainer.yaml_reader import YamlDocument


@dataclass(frozen=True)
class Origin:
    """Where a record was written."""

    path: str
    document: YamlDocument
    index: int

    def place(self, *keys: str | int) -> tuple[int, int]:
        """Line and column of a field of the record, or of the record."""
        return self.document.place((self.index, *keys))

    def written(self, *keys: str | int) -> Any:
        """What stands in a field as written, before figures are printed; nothing where there is no such field."""
        value = self.document.data[self.index]
        for key in keys:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return None
        return value


@dataclass
class Facts:
    """Everything in docs/data, by id, in the order of the files."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    treaties: dict[str, Treaty] = field(default_factory=dict)
    history: dict[str, VerdictPeriod] = field(default_factory=dict)
    """How verdicts have changed."""
    series: dict[str, Series] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    """What changed on the site, newest first."""
    glossary: dict[str, Term] = field(default_factory=dict)
    """What the glossary explains."""
    tables: dict[str, Table] = field(default_factory=dict)
    """The rows of each series, by the id of the series."""
    figures: dict[str, Figure] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    """The place of each record, by the name of its type and its id."""
    documents: dict[str, YamlDocument] = field(default_factory=dict)
    """Every data file that could be read, by its path: also what fits no record."""

    def origin(
        self,
        record: Source | Country | Claim | Event | Treaty | VerdictPeriod | Series | Figure | Change | Term,
    ) -> Origin:
        """Where ``record`` was written."""
        return self.origins[(type(record).__name__, record.id)]
