"""Tables of figures: a record in series.yml describes a CSV file, and every row names its sources."""

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.citations import parse_reference
from explainer.csv_reader import CsvRow, parse_csv
from explainer.dates import PartialDate
from explainer.problems import Problem, ProblemsError, did_you_mean, read_text, relative_to
from explainer.records import Bound, Column, ColumnKind, Series

_WHOLE = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class SeriesRow:
    """One row: its cells as written, by the name of the column, the documents it rests on, and its line in the file."""

    cells: dict[str, str]
    sources: tuple[str, ...]
    line: int = 1

    def number(self, name: str) -> float | None:
        """The number in a cell, or none."""
        return float(self.cells[name]) if self.cells[name] else None


@dataclass(frozen=True)
class Table:
    """A series with its rows."""

    series: Series
    rows: tuple[SeriesRow, ...]

    @property
    def sources(self) -> list[str]:
        """Every document the rows rest on, in the order of the rows."""
        return list(dict.fromkeys(source for row in self.rows for source in row.sources))


def table_csv(table: Table) -> str:
    """The text of the CSV file of a table."""
    text = io.StringIO()
    names = [column.name for column in table.series.columns]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.cells[name] for name in names] for row in table.rows)
    return text.getvalue()


def load_table(series: Series, root: Path, known_sources: Collection[str]) -> tuple[Table, list[Problem]]:
    """Read the CSV file of a series below docs/data; what does not fit is a problem with file and line."""
    path = root / "docs" / "data" / series.file
    shown = relative_to(path, root)
    try:
        document = parse_csv(read_text(path, shown), shown)
    except ProblemsError as error:
        return Table(series, ()), error.problems
    names = tuple(column.name for column in series.columns)
    if document.header != names:
        return Table(series, ()), [
            Problem(
                shown,
                1,
                1,
                f"the columns are {', '.join(document.header)}; series.yml describes {', '.join(names)}",
                "correct the one that is wrong",
            )
        ]
    problems: list[Problem] = []
    rows = []
    for row in document.rows:
        sources: tuple[str, ...] = ()
        for column in series.columns:
            fault = _fault(column, row)
            if fault:
                problems.append(Problem(shown, row.line, 1, f"column “{column.name}”: {fault[0]}", fault[1]))
            if column.kind is ColumnKind.SOURCE:
                sources += tuple(part.strip() for part in row.cells[column.name].split(";") if part.strip())
        for source in sources:
            id_ = parse_reference(source)[0]
            if id_ not in known_sources:
                problems.append(
                    Problem(
                        shown,
                        row.line,
                        1,
                        f"no source has the id “{id_}”",
                        did_you_mean(id_, list(known_sources)) or "add it under docs/data/sources/",
                    )
                )
        rows.append(SeriesRow(row.cells, sources, row.line))
    if not any(column.kind is ColumnKind.SOURCE for column in series.columns):
        problems.append(Problem(shown, 1, 1, "has no column of the kind “source”", "every row has a source"))
    return Table(series, tuple(rows)), problems


def _fault(column: Column, row: CsvRow) -> tuple[str, str] | None:
    """What is wrong with a cell, and what would be right."""
    cell = row.cells[column.name]
    if not cell:
        if column.optional == "yes":
            return None
        return "is empty", "give a value, or say in series.yml that the column is optional"
    match column.kind:
        case ColumnKind.YEAR if not re.fullmatch(r"\d{4}", cell):
            return f"“{cell}” is not a year", "write for example 2024"
        case ColumnKind.WHOLE if not _WHOLE.fullmatch(cell):
            return f"“{cell}” is not a whole number", "digits only, without thousands separators"
        case ColumnKind.DECIMAL if not _DECIMAL.fullmatch(cell):
            return f"“{cell}” is not a number", "digits and a decimal point, without thousands separators"
        case ColumnKind.DATE:
            try:
                PartialDate.parse(cell)
            except ValueError as error:
                return str(error), ""
    return None


def cell_text(column: Column, cell: str) -> str:
    """A cell as the site prints it: dates in words, numbers with thousands separators."""
    if not cell:
        return ""
    match column.kind:
        case ColumnKind.DATE:
            return PartialDate.parse(cell).words()
        case ColumnKind.WHOLE | ColumnKind.DECIMAL:
            whole, point, rest = cell.partition(".")
            return f"{int(whole):,}{point}{rest}" if whole.lstrip("-") else cell
    return cell


_DATES = (ColumnKind.YEAR, ColumnKind.DATE)
_AUTHOR_COLUMNS = ("who", "count")
_SCALED_UNIT = re.compile(r"(thousand|million|billion) (.+)")


def figure_from_cell(raw: Mapping[str, Any], tables: Mapping[str, Table]) -> dict[str, Any]:
    """A raw figure with what its cell and the row around it say: value, unit, date, author, bound and sources.

    What the figure says itself stays, but for the value, which is not written twice. Raises ``ValueError`` naming
    what does not exist.
    """
    cell = raw["cell"]
    series, name, wanted = (cell.get(key) for key in ("series", "column", "row"))
    table = tables.get(str(series))
    if table is None:
        raise ValueError(f"there is no series “{series}”")
    columns = {column.name: column for column in table.series.columns}
    if not isinstance(wanted, dict) or not wanted:
        raise ValueError("“row” has to give the cells that tell the row: {year: 2024}")
    for key in (name, *wanted):
        if key not in columns:
            raise ValueError(f"the series {series} has no column “{key}”")
    if "value" in raw:
        raise ValueError("the value stands in the series and is not written again")
    rows = [row for row in table.rows if all(row.cells[key] == value for key, value in wanted.items())]
    shown = ", ".join(f"{key} {value}" for key, value in wanted.items())
    if len(rows) != 1:
        raise ValueError(f"{len(rows) or 'no'} rows of the series {series} have {shown}")
    (row,) = rows
    if not row.cells[name]:
        raise ValueError(f"the column “{name}” is empty in the row {shown}")
    scaled = _SCALED_UNIT.match(columns[name].unit or "")
    found: dict[str, Any] = {
        "value": f"{row.cells[name]} {scaled[1]}" if scaled else row.cells[name],
        "unit": scaled[2] if scaled else columns[name].unit,
        "sources": list(row.sources),
        "as_of": next(
            (row.cells[key] for key, column in columns.items() if column.kind in _DATES and row.cells[key]),
            None,
        ),
        "who": next((row.cells[key] for key in _AUTHOR_COLUMNS if key in columns), None),
        "bound": row.cells.get("bound") if row.cells.get("bound") in set(Bound) else None,
    }
    return {key: value for key, value in found.items() if value} | dict(raw)
