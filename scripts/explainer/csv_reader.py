"""The one module that reads CSV. Cells are text; the record that describes the file decides what they mean."""

import csv
from dataclasses import dataclass

from explainer.problems import Problem, ProblemsError


@dataclass(frozen=True)
class CsvRow:
    """The cells of one row by the name of their column, and the line it begins on."""

    cells: dict[str, str]
    line: int


@dataclass(frozen=True)
class CsvDocument:
    """The names in the first line, and every row below it."""

    header: tuple[str, ...]
    rows: tuple[CsvRow, ...]


def parse_csv(text: str, shown: str) -> CsvDocument:
    """Parse a CSV file with a header line; ``shown`` names it in messages.

    Raises ``ProblemsError`` for a file without header, for a name that stands twice in it, and for rows with more or
    fewer cells than names.
    """
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    problems: list[Problem] = []
    rows: list[CsvRow] = []
    header: tuple[str, ...] = ()
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if not cells:
                problems.append(Problem(shown, first, 1, "an empty line", "remove it"))
            elif not header:
                header = tuple(cell.strip() for cell in cells)
            elif len(cells) != len(header):
                problems.append(
                    Problem(
                        shown,
                        first,
                        1,
                        f"{len(cells)} cells, but {len(header)} columns",
                        'put " around a text that holds a comma; nothing between two commas means no value',
                    )
                )
            else:
                rows.append(
                    CsvRow(
                        {name: cell.strip() for name, cell in zip(header, cells, strict=True)},
                        first,
                    )
                )
    except csv.Error as error:
        problems.append(Problem(shown, line, 1, f"not valid CSV: {error}", "check the quotation marks"))
    if not header:
        problems.append(Problem(shown, 1, 1, "has no header line", "begin with the names of the columns"))
    twice = sorted({name for name in header if header.count(name) > 1})
    problems += [Problem(shown, 1, 1, f"the column “{name}” stands twice", "rename one") for name in twice]
    if problems:
        raise ProblemsError(problems)
    return CsvDocument(header, tuple(rows))
