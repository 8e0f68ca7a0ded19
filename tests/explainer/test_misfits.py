"""A record that does not fit its schema is told with file, line and field: every data file of this site, CSV included."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.facts import data_files, load_facts
from explainer.records import ColumnKind

ROOT = Path(__file__).parents[2]
YAML = [path.relative_to(ROOT) for path, _ in data_files(ROOT)]
TABLES = [
    (Path("docs/data") / series.file, column.name)
    for series in load_facts(ROOT)[0].series.values()
    for column in series.columns
    if column.kind is not ColumnKind.TEXT
]


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(ROOT / "docs" / "data", tmp_path / "docs" / "data")
    yield tmp_path


def told(folder: Path, path: Path) -> list[str]:
    """What is said about one file, as a build prints it."""
    return [str(problem) for problem in load_facts(folder)[1] if problem.path == path.as_posix()]


@pytest.mark.parametrize("path", YAML, ids=str)
def test_an_unknown_field_is_told_with_its_line_and_the_known_ones(path: Path, copy: Path) -> None:
    lines = (copy / path).read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("- id: "))
    lines.insert(first + 1, "  not_a_field: 1")
    (copy / path).write_text("\n".join(lines), encoding="utf-8")
    found = [text for text in told(copy, path) if "not_a_field" in text]
    assert len(found) == 1
    assert found[0].startswith(f"{path}:{first + 2}:")
    assert "unknown field" in found[0]
    assert "hint: " in found[0]


@pytest.mark.parametrize("path", YAML, ids=str)
def test_an_id_of_the_wrong_form_is_told_with_its_line_and_the_form(path: Path, copy: Path) -> None:
    lines = (copy / path).read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("- id: "))
    lines[first] = "- id: Not An Id"
    (copy / path).write_text("\n".join(lines), encoding="utf-8")
    found = [text for text in told(copy, path) if "“Not An Id” has the wrong form" in text]
    assert len(found) == 1
    assert found[0].startswith(f"{path}:{first + 1}:")
    assert "“id”" in found[0]


@pytest.mark.parametrize(("path", "column"), TABLES, ids=str)
def test_a_cell_of_the_wrong_kind_is_told_with_its_line_and_column(
    path: Path, column: str, copy: Path
) -> None:
    with (copy / path).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rows[0][header.index(column)] = "no such thing"
    with (copy / path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    found = told(copy, path)
    assert found, path
    assert found[0].startswith(f"{path}:2:")
    assert re.search(rf"column “{column}”|no source has the id “no such thing”", found[0])
    assert "no such thing" in found[0]
