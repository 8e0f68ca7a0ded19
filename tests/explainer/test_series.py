"""CSV files against the records that describe them, and the tables of this site."""

from pathlib import Path

import pytest

from explainer.citations import parse_reference
from explainer.csv_reader import parse_csv
from explainer.facts import load_facts
from explainer.problems import ProblemsError
from explainer.records import Column, Record, Series, Sourced, Statement
from explainer.series import cell_text, load_table
from explainer.views import VIEWS
from tests.explainer.projects import source, write

ROOT = Path(__file__).parents[2]

SERIES = """\
- id: apples
  file: series/apples.csv
  title: Apples
  unit: Apples
  definition: {text: Apples that were counted., sources: [paper-2024-apples]}
  columns:
    - {name: year, label: Year, kind: year, description: The year}
    - {name: number, label: Apples, kind: whole, description: How many, optional: "yes"}
    - {name: source, label: Source, kind: source, description: Who says so}
"""


def loaded(tmp_path: Path, csv_text: str):
    root = write(
        tmp_path,
        {
            "docs/data/sources/general.yml": source("paper-2024-apples"),
            "docs/data/series.yml": SERIES,
            "docs/data/series/apples.csv": csv_text,
        },
    )
    return load_facts(root)


def test_rows_keep_their_sources(tmp_path):
    facts, problems = loaded(
        tmp_path, 'year,number,source\n2020,1200,"paper-2024-apples, p. 2"\n2021,,paper-2024-apples\n'
    )
    assert problems == []
    rows = facts.tables["apples"].rows
    assert [row.sources for row in rows] == [("paper-2024-apples, p. 2",), ("paper-2024-apples",)]
    assert [row.number("number") for row in rows] == [1200, None]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("year,number,source\n2020,1,paper-2024-apples\n20,1,paper-2024-apples\n", 3, "not a year"),
        ('year,number,source\n2020,"1,200",paper-2024-apples\n', 2, "not a whole number"),
        ("year,number,source\n2020,1,\n", 2, "is empty"),
        ("year,number,source\n2020,1,paper-2024-aples\n", 2, "no source has the id"),
        ("year,number,source\n2020,1\n", 2, "2 cells, but 3 columns"),
        ("year,amount,source\n2020,1,paper-2024-apples\n", 1, "series.yml describes"),
        ('year,number,source\n2020,1,"a\nb\n', 2, "not valid CSV"),
        ("", 1, "no header line"),
    ],
)
def test_what_does_not_fit_is_named_with_file_and_line(tmp_path, text, line, message):
    _, problems = loaded(tmp_path, text)
    (problem, *_) = problems
    assert (problem.path, problem.line) == ("docs/data/series/apples.csv", line)
    assert message in problem.message


def test_a_missing_file_is_a_problem(tmp_path):
    root = write(
        tmp_path,
        {"docs/data/sources/general.yml": source("paper-2024-apples"), "docs/data/series.yml": SERIES},
    )
    _, problems = load_facts(root)
    assert [problem.path for problem in problems] == ["docs/data/series/apples.csv"]


def test_a_table_without_sources_is_refused(tmp_path):
    (tmp_path / "docs/data").mkdir(parents=True)
    (tmp_path / "docs/data/a.csv").write_text("year\n2020\n")
    series = Series(
        id="a",
        file="a.csv",
        title="A",
        unit="A",
        definition=Statement(text="A", sources=[]),
        columns=[Column(name="year", label="Year", kind="year", description="The year")],
    )
    _, problems = load_table(series, tmp_path, [])
    assert "every row has a source" in problems[0].hint


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(ProblemsError, match="stands twice"):
        parse_csv("a,a\n1,2\n", "a.csv")


@pytest.mark.parametrize(
    ("kind", "cell", "printed"),
    [
        ("whole", "15000", "15,000"),
        ("decimal", "2696.11", "2,696.11"),
        ("decimal", "0.040569", "0.040569"),
        ("date", "2024-06", "June 2024"),
        ("year", "2024", "2024"),
        ("whole", "", ""),
    ],
)
def test_cells_are_printed_for_readers(kind, cell, printed):
    column = Column(name="a", label="A", kind=kind, description="A")
    assert cell_text(column, cell) == printed


@pytest.fixture(scope="module")
def facts():
    found, problems = load_facts(ROOT)
    assert problems == []
    return found


def sourced(record: Record):
    if isinstance(record, Sourced):
        yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Record):
                yield from sourced(part)


def test_every_source_of_treaties_and_series_is_registered(facts):
    for record in [*facts.treaties.values(), *facts.series.values()]:
        for part in sourced(record):
            for reference in part.sources:
                assert parse_reference(reference)[0] in facts.sources, (record.id, reference)


def test_every_csv_file_is_described(facts):
    described = {series.file for series in facts.series.values()}
    files = {path.relative_to(ROOT / "docs/data").as_posix() for path in (ROOT / "docs/data").rglob("*.csv")}
    assert files == described


def test_every_row_has_a_source(facts):
    assert all(row.sources for table in facts.tables.values() for row in table.rows)


def test_each_country_has_its_slice_of_the_timeline(facts):
    assert len(facts.events) >= 120
    pages = {
        f"countries/{id_}.md": (ROOT / f"docs/countries/{id_}.md").read_text(encoding="utf-8")
        for id_ in facts.countries
    }
    for src, text in pages.items():
        slug = Path(src).stem
        history = text.split("{#history}")[1].split("\n## ")[0]
        assert history.rstrip().endswith(f"::: timeline {slug}"), src


def test_events_have_at_most_three_sources(facts):
    assert [event.id for event in facts.events.values() if len(event.sources) > 3] == []


def test_every_view_has_a_template():
    for name in VIEWS:
        assert (ROOT / "overrides" / "views" / f"{name}.html").is_file()
