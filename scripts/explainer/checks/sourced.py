"""Every part of the facts that rests on documents, and every text in them that readers see."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from explainer.checks.passages import cited_sentences
from explainer.checks.project import Project
from explainer.citations import parse_reference
from explainer.dates import PartialDate, Period
from explainer.records import (
    Change,
    Claim,
    Country,
    Event,
    Figure,
    Quotation,
    Series,
    Sourced,
    Term,
    Treaty,
    VerdictPeriod,
)

Keys = tuple[str | int, ...]
FactRecord = Country | Claim | Event | Treaty | VerdictPeriod | Series | Figure | Change | Term


def records(project: Project) -> Iterator[FactRecord]:
    """Every record but the sources."""
    facts = project.facts
    yield from facts.countries.values()
    yield from facts.claims.values()
    yield from facts.events.values()
    yield from facts.treaties.values()
    yield from facts.history.values()
    yield from facts.series.values()
    yield from facts.figures.values()
    yield from facts.changes.values()
    yield from facts.glossary.values()


@lru_cache(maxsize=2)
def sourced_in(project: Project) -> list[tuple[FactRecord, Keys, Sourced]]:
    """Each statement with a list of sources: the record it is in, and the keys that lead to it."""
    return [
        (record, keys, part)
        for record in records(project)
        for keys, part in _parts(record, ())
        if isinstance(part, Sourced)
    ]


def cited_in(project: Project) -> set[str]:
    """The id of every source that the facts name."""
    found = {parse_reference(text)[0] for _, _, part in sourced_in(project) for text in part.sources}
    for table in project.facts.tables.values():
        found |= {parse_reference(text)[0] for text in table.sources}
    # Records that do not fit their schema cite as well.
    for path, document in project.facts.documents.items():
        if not path.startswith("docs/data/sources/"):
            found |= {parse_reference(text)[0] for text in _written_sources(document.data)}
    return found


def _written_sources(data: object) -> Iterator[str]:
    """What stands under any key “sources” in the data as written."""
    if isinstance(data, list):
        for item in data:
            yield from _written_sources(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "sources" and isinstance(value, list):
                yield from (text for text in value if isinstance(text, str))
            else:
                yield from _written_sources(value)


def texts_in(project: Project) -> Iterator[tuple[FactRecord, Keys, str]]:
    """Each sentence of our own in the facts, with the keys that lead to it: no quotations, no claims of others."""
    for record in records(project):
        for keys, part in _parts(record, ()):
            if isinstance(part, Quotation):
                continue
            for name in ("text", "title", "finding", "reason"):
                text = getattr(part, name, None)
                if isinstance(text, str):
                    yield record, (*keys, name), text


def dates_in(record: FactRecord) -> Iterator[tuple[Keys, PartialDate]]:
    """Each date in a record, with the keys that lead to it."""
    for keys, part in _parts(record, ()):
        for name in ("date", "as_of", "begins", "ends"):
            value = getattr(part, name, None)
            if isinstance(value, PartialDate):
                yield (*keys, name), value
            elif isinstance(value, Period):
                yield (*keys, name), value.end
    if isinstance(record, Claim):
        yield ("checked",), PartialDate(record.checked.year, record.checked.month, record.checked.day)
    if isinstance(record, Change):
        yield ("date",), PartialDate(record.date.year, record.date.month, record.date.day)


def _parts(model: BaseModel, keys: Keys) -> Iterator[tuple[Keys, BaseModel]]:
    """The record and every record inside it."""
    yield keys, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from _parts(value, (*keys, name))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _parts(item, (*keys, name, index))


@dataclass(frozen=True)
class Use:
    """One place that cites a source: where, and the text that rests on it.

    ``sign`` is 1 where an @ stands before the id, in the words; ``locator`` is the place in the document.
    """

    id: str
    locator: str
    path: str
    line: int
    column: int
    text: str
    sign: int


@lru_cache(maxsize=2)
def uses(project: Project) -> list[Use]:
    """Every citation in words and facts; those in the rows of a table stand at the row."""
    found = []
    for words in project.words.values():
        for cluster, text in cited_sentences(words):
            for item in cluster.citations:
                line, column = words.lines.place(item.start)
                found.append(Use(item.id, item.locator, words.page.path, line, column, text, 1))
    for record, keys, part in sourced_in(project):
        origin = project.facts.origin(record)
        text = " ".join(str(getattr(part, name, "")) for name in ("title", "text", "finding", "reason"))
        for index, reference in enumerate(part.sources):
            line, column = origin.place(*keys, "sources", index)
            found.append(Use(*parse_reference(reference), origin.path, line, column, text, 0))
    for id_, table in project.facts.tables.items():
        path = f"docs/data/{project.facts.series[id_].file}"
        for row in table.rows:
            for reference in row.sources:
                found.append(Use(*parse_reference(reference), path, row.line, 1, "", 0))
    return found
