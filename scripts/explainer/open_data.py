"""The files below data/: what each holds, and what the Data Package (https://datapackage.org, version 2) says of it.

One list, from which the page “Open data” and datapackage.json are both made. Pure.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from inspect import cleandoc
from pathlib import PurePosixPath
from typing import Any

from explainer import history
from explainer.citations import parse_reference
from explainer.fact_store import Facts
from explainer.facts import DATA_FILES
from explainer.pages import page_url
from explainer.records import TEST_LABELS, Answer, Column, ColumnKind, Country, Record, Source, Tier
from explainer.series import Table
from explainer.website import LICENSE, WebsiteFacts

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PACKAGE = "datapackage.json"
VERDICTS = "countries.csv"

_TYPES = {
    ".yml": ("yaml", "application/yaml"),
    ".json": ("json", "application/json"),
    ".csv": ("csv", "text/csv"),
    ".bib": ("bib", "application/x-bibtex"),
    ".ris": ("ris", "application/x-research-info-systems"),
    ".txt": ("txt", "text/plain"),
}
"""Format and media type (RFC 9512 for YAML) by the ending of a file."""

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


@dataclass(frozen=True)
class TableField:
    """One column of a CSV file, in the words of Table Schema."""

    name: str
    label: str
    type: str
    description: str
    required: bool
    unit: str = ""
    constraints: tuple[tuple[str, Any], ...] = ()

    def as_schema(self) -> dict[str, Any]:
        """The field as Table Schema writes it; ``unit`` is ours."""
        schema: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "title": self.label,
            "description": self.description,
        }
        if self.unit:
            schema["unit"] = self.unit
        return schema | {"constraints": {"required": self.required} | dict(self.constraints)}


@dataclass(frozen=True)
class DataFile:
    """One published file, by its path below data/."""

    path: str
    title: str
    description: str
    schema: str = ""
    """The JSON Schema of its records, by its path below data/."""
    fields: tuple[TableField, ...] = ()
    """Of a CSV file: its columns."""
    group: str = ""
    """What the page heads its line with, where several files share one."""
    documents: tuple[str, ...] = field(default=(), repr=False)
    """The ids of the documents its rows rest on, where the list is short enough to be read."""

    @property
    def form(self) -> tuple[str, str]:
        """Format and media type."""
        return _TYPES[PurePosixPath(self.path).suffix]


def summary(record: type[Record]) -> str:
    """What a record is: the first paragraph of its description in the code."""
    return " ".join(cleandoc(record.__doc__ or "").partition("\n\n")[0].split())


def collections() -> dict[str, type[Record]]:
    """The record that each collection holds, by the name of the collection."""
    return {"sources": Source} | {name.removesuffix(".yml"): record for name, record in DATA_FILES.items()}


def data_files(facts: Facts, registry: Iterable[str]) -> list[DataFile]:
    """Every file of data/ in the order of the page; ``registry`` names the files of sources/."""
    files = [
        DataFile(
            "sources.json", "Sources", "Every document, in a format of reference managers", group="Sources"
        ),
        DataFile(
            "sources.bib", "Sources", "Every document, in a format of reference managers", group="Sources"
        ),
        DataFile(
            "sources.ris", "Sources", "Every document, in a format of reference managers", group="Sources"
        ),
    ]
    for name in sorted(registry):
        title = f"Sources: {PurePosixPath(name).stem.capitalize()}"
        files.append(
            DataFile(
                f"sources/{name}", title, summary(Source), "schema/sources.json", group="Sources, as kept"
            )
        )
    for name, record in DATA_FILES.items():
        stem = name.removesuffix(".yml")
        if not getattr(facts, stem):
            continue
        for ending in (".yml", ".json"):
            files.append(DataFile(stem + ending, stem.capitalize(), summary(record), f"schema/{stem}.json"))
    if facts.countries:
        files.append(
            DataFile(
                VERDICTS,
                "Verdicts",
                "One row for each country: its tier and its answers to the five tests.",
                fields=tuple(_verdict_fields()),
            )
        )
    for table in (*facts.tables.values(), *history.tables(facts)):
        series = table.series
        documents = tuple(dict.fromkeys(parse_reference(source)[0] for source in table.sources))
        columns = tuple(_field(column) for column in series.columns)
        for path in (series.file, as_json(series.file)):
            files.append(
                DataFile(
                    path,
                    series.title,
                    series.definition.text,
                    fields=columns if path == series.file else (),
                    documents=documents,
                )
            )
    files.append(
        DataFile("permalinks.txt", "Addresses", "Every address and anchor that this site has published.")
    )
    return files


def as_json(path: str) -> str:
    """Where the rows of a CSV file stand as JSON."""
    return str(PurePosixPath(path).with_suffix(".json"))


def package(
    site: WebsiteFacts, files: Iterable[DataFile], sources: dict[str, Source], read: Callable[[str], bytes]
) -> str:
    """The text of datapackage.json; ``read`` gives the bytes of a file by its path below data/."""
    described: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "north-koreas-allies",
        "title": site.name,
        "description": f"{site.description} The facts behind the site: every record names its sources.",
        "homepage": f"{site.address}{page_url('about/data.md')}",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": LICENSE}],
        "contributors": [{"title": "The maintainers", "roles": ["author"]}],
        "sources": [
            {"title": "The documents that the records name, each with its address", "path": "sources.json"}
        ],
        "resources": [_resource(file, sources, read(file.path)) for file in files],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _resource(file: DataFile, sources: dict[str, Source], content: bytes) -> dict[str, Any]:
    format_, media_type = file.form
    resource: dict[str, Any] = {
        "name": file.path.replace("/", "-"),
        "path": file.path,
        "title": file.title,
        "description": file.description,
        "format": format_,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if file.fields:
        resource["type"] = "table"
        resource["schema"] = {"fields": [one.as_schema() for one in file.fields], "missingValues": [""]}
    if file.schema:
        # Table Schema describes tables only; for the others the standard leaves room for properties of one's own.
        resource["jsonSchema"] = file.schema
    if file.documents:
        resource["sources"] = [
            {"title": sources[id_].title, "path": sources[id_].URL}
            for id_ in file.documents
            if id_ in sources
        ]
    return resource


# -- tables -------------------------------------------------------------------------------------------------------


def _field(column: Column) -> TableField:
    type_, constraints = {
        ColumnKind.YEAR: ("year", ()),
        ColumnKind.DATE: ("string", (("pattern", _DATE),)),
        ColumnKind.WHOLE: ("integer", ()),
        ColumnKind.DECIMAL: ("number", ()),
        ColumnKind.TEXT: ("string", ()),
        ColumnKind.SOURCE: ("string", ()),
    }[column.kind]
    return TableField(
        column.name,
        column.label,
        type_,
        column.description,
        column.optional == "no",
        column.unit or "",
        constraints,
    )


def _verdict_fields() -> Iterable[TableField]:
    def described(record: type[Record], name: str) -> str:
        return record.model_fields[name].description or ""

    for name, label in (("id", "Id"), ("iso", "ISO code"), ("name", "Name")):
        yield TableField(name, label, "string", described(Country, name), True)
    tiers = (("enum", [tier.value for tier in Tier]),)
    yield TableField("tier", "Verdict", "string", described(Country, "tier"), True, constraints=tiers)
    answers = (("enum", [answer.value for answer in Answer]),)
    for name, (label, question) in TEST_LABELS.items():
        yield TableField(name, label, "string", question, True, constraints=answers)
    yield TableField("page", "Page", "string", "Address of the page of the country", True)


def verdicts_csv(countries: Iterable[Country], address: str) -> str:
    """The table of verdicts; ``address`` is that of the site."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([one.name for one in _verdict_fields()])
    for country in countries:
        answers = [getattr(country.tests, name).answer.value for name in TEST_LABELS]
        page = address + page_url(f"countries/{country.id}.md")
        writer.writerow([country.id, country.iso, country.name, country.tier.value, *answers, page])
    return text.getvalue()


def rows_json(table: Table) -> str:
    """The rows of a table as JSON: numbers as numbers, empty cells as null, sources as a list."""
    rows = [
        {column.name: _value(column, row.cells[column.name]) for column in table.series.columns}
        for row in table.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _value(column: Column, cell: str) -> str | int | float | list[str] | None:
    match column.kind:
        case ColumnKind.SOURCE:
            return [part.strip() for part in cell.split(";") if part.strip()]
        case _ if not cell:
            return None
        case ColumnKind.YEAR | ColumnKind.WHOLE:
            return int(cell)
        case ColumnKind.DECIMAL:
            return float(cell) if "." in cell else int(cell)
    return cell
