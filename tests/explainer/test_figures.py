"""Marks of figures: what they parse to, and what they print in words and data."""

import re

import pytest

from explainer.extension import load_site
from explainer.facts import load_facts
from explainer.figures import Form, parse_figures, passages, without_marks
from explainer.rendering import Rendering
from tests.explainer.projects import source, write

HEAD = "---\ntitle: T\n---\n"

FIGURES = """\
- id: agency-2024-share
  value: 98
  unit: per cent
  measures: The share of one country
  as_of: 2024
  who: The Agency (TA)
  also: [trade agency]
  countries: [general]
  sources: [a-1]
- id: team-2025-troops
  bound: about
  low: 11000
  high: 12000
  unit: troops
  measures: Troops sent
  as_of: 2024-10/2025-06
  who: a team
  countries: [general]
  sources: ["b-2, p. 4"]
"""


@pytest.fixture
def render(tmp_path):
    """Renders one page of a project with two figures, of the sources a-1 and b-2."""

    def render(words: str):
        files = {
            "docs/page.md": HEAD + words,
            "docs/data/sources/all.yml": source("a-1") + source("b-2"),
            "docs/data/figures.yml": FIGURES,
        }
        write(tmp_path, files)
        site = load_site(tmp_path)
        rendering = Rendering(site, site.pages["page.md"])
        return rendering.run().removeprefix("\n"), rendering

    return render


def plain(html: str) -> str:
    """What is read: citations as [number]."""
    html = re.sub(r"<sup[^>]*>(.*?)</sup>", lambda m: f"[{re.sub('<[^>]*>', '', m[1])}]", html)
    return re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("A [=x-1] b", [("x-1", "")]),
        ("A [=x-1 value], [=y-2 number].", [("x-1", "value"), ("y-2", "number")]),
        ("[= x-1 ]", [("x-1", "")]),
        ("[=x-1\nvalue]", [("x-1", "value")]),
        ("[=x-1\n\nvalue]", []),
        ("`[=x-1]` and \\[=x-1] and [[=x=]]", []),
        ("    [=x-1]", []),
        ("[=x-1](a.md)", []),
        ("[=x-1][@a-1]", [("x-1", "")]),
        ("# A [=x-1]", []),
        ("[=x-1 big] [=] [=x-1", []),
    ],
)
def test_marks_are_parsed(text, marks):
    assert [(mark.id, mark.form) for mark in parse_figures(text).marks] == marks


@pytest.mark.parametrize(
    "text", ["[=]", "[=x-1 big]", "[=x-1 value number]", "[=x-1", "[=x-1](a.md)", "# [=x-1]"]
)
def test_what_is_written_wrongly_is_told_with_its_place(text):
    (problem,) = parse_figures(f"First.\n\n{text}").problems
    assert problem.message and problem.hint
    assert problem.start == len("First.\n\n") + text.index("[=")


def test_offsets_stay_where_marks_are_replaced():
    text = "One [=x-1]. Two [=y-2 value] three."
    marks = parse_figures(text).marks
    bare = without_marks(text, (), marks)
    assert len(bare) == len(text) and "[" not in bare
    found = [[mark.id for mark in passage.marks] for passage in passages(bare, text, 0, (), marks)]
    assert found == [["x-1"], ["y-2"]]


def test_a_figure_is_printed_with_its_author_its_year_and_its_source(render):
    html, _ = render("It was [=agency-2024-share].")
    assert plain(html) == "It was 98 per cent (The Agency, 2024)[1]."
    assert '<data class="figure" value="98"' in html
    assert 'title="The share of one country: The Agency (TA), 2024"' in html


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("In 2024 it was [=agency-2024-share].", "In 2024 it was 98 per cent (The Agency)[1]."),
        ("The agency gave [=agency-2024-share].", "The agency gave 98 per cent (2024)[1]."),
        ("By TA’s count of 2024: [=agency-2024-share].", "By TA’s count of 2024: 98 per cent[1]."),
        (
            "The trade agency gave [=agency-2024-share] for 2024.",
            "The trade agency gave 98 per cent[1] for 2024.",
        ),
        ("In 2024. It was [=agency-2024-share].", "In 2024. It was 98 per cent (The Agency, 2024)[1]."),
        (
            "It was [=agency-2024-share], not more than [=agency-2024-share].",
            "It was 98 per cent (The Agency, 2024)[1], not more than 98 per cent.",
        ),
        ("It is [=agency-2024-share value] and [=agency-2024-share number].", "It is 98 per cent[1] and 98."),
    ],
)
def test_what_the_sentence_says_is_not_said_again(render, words, read):
    assert plain(render(words)[0]) == read


def test_a_source_that_the_sentence_cites_is_not_cited_again(render):
    assert plain(render("It was [=agency-2024-share value] then [@a-1].")[0]) == "It was 98 per cent then[1]."
    assert plain(render("It was [=agency-2024-share value]. [@a-1]")[0]) == "It was 98 per cent.[1]"
    assert plain(render("It was [=agency-2024-share value] [@b-2].")[0]) == "It was 98 per cent[1][2]."


def test_the_citation_of_a_figure_keeps_its_locator_and_counts_as_a_use(render):
    html, rendering = render("They sent [=team-2025-troops].\n\n::: references\n")
    assert "1, p. 4" in plain(html)
    assert rendering.numbering.numbers == {"b-2": 1}


def test_a_range_is_printed_with_its_bound_and_both_years(render):
    html, _ = render("[=team-2025-troops] came.")
    assert plain(html).startswith("About 11,000 to 12,000 troops (a team, 2024 to 2025)[1")
    assert 'value="11000/12000"' in html


def test_figures_stand_in_tables_and_lists(render):
    html, _ = render(
        "| Year | TA |\n| --- | --- |\n| 2024 | [=agency-2024-share value] |\n\n- [=team-2025-troops value]\n"
    )
    assert "| 98 per cent[1] |" in plain(html)
    assert "- About 11,000" in plain(html)


@pytest.mark.parametrize(
    "words", ["`[=x-9]`", "```\n[=x-9]\n```", "\\[=x-9]", "<!-- [=x-9] -->", "    [=x-9]"]
)
def test_what_is_no_mark_is_left_alone(render, words):
    html, rendering = render(words)
    assert html == words and rendering.problems == []


def test_an_unknown_figure_is_named_with_line_column_and_the_nearest_ids(render):
    _, rendering = render("First line.\n\nIt was [=agency-2024-shares].\n")
    (problem,) = rendering.problems
    assert (problem.path, problem.line, problem.column) == ("docs/page.md", 6, 8)
    assert "agency-2024-share" in problem.hint


EVENT = """\
- id: 2024-05-share
  date: 2024-05
  countries: [general]
  kind: trade
  title: {title}
  text: {text}
  sources: [a-1]
"""


def loaded(tmp_path, **texts: str):
    texts = {"title": "A title", "text": "A text."} | texts
    files = {
        "docs/data/sources/all.yml": source("a-1") + source("b-2"),
        "docs/data/figures.yml": FIGURES,
        "docs/data/events.yml": EVENT.format(**texts),
    }
    return load_facts(write(tmp_path, files))


def test_texts_of_the_data_print_their_figures(tmp_path):
    facts, problems = loaded(
        tmp_path, title="It was [=agency-2024-share]", text='"[=team-2025-troops] came."'
    )
    assert problems == []
    event = facts.events["2024-05-share"]
    # the date of the event is printed beside both
    assert event.title == "It was 98 per cent (The Agency)"
    assert event.text == "About 11,000 to 12,000 troops (a team) came."


def test_an_unknown_figure_in_the_data_stops_the_build(tmp_path):
    _, problems = loaded(tmp_path, text="It was [=agency-2024-shares].")
    (problem,) = problems
    assert (problem.path, problem.line) == ("docs/data/events.yml", 6)
    assert "agency-2024-share" in problem.hint and problem.code == "figure"


SERIES = """\
- id: apples
  file: series/apples.csv
  title: Apples
  unit: Apples
  definition: {text: Apples that were counted., sources: [a-1]}
  columns:
    - {name: year, label: Year, kind: year, description: The year}
    - {name: worth, label: Worth, kind: decimal, description: How much, unit: million US dollars, optional: "yes"}
    - {name: who, label: Who, kind: text, description: Who counted}
    - {name: bound, label: Bound, kind: text, description: How exact, optional: "yes"}
    - {name: source, label: Source, kind: source, description: Who says so}
"""

CELL = """\
- id: apples-2020
  cell: {series: apples, row: {year: 2020}, column: worth}
  measures: What the apples were worth
  countries: [general]
"""


def pointing(tmp_path, figures: str, series: str = SERIES):
    files = {
        "docs/data/sources/all.yml": source("a-1"),
        "docs/data/series.yml": series,
        "docs/data/series/apples.csv": "year,worth,who,bound,source\n2020,2735.4,The Farm,about,a-1\n2021,,The Farm,,a-1\n",
        "docs/data/figures.yml": figures,
    }
    return load_facts(write(tmp_path, files))


def test_a_figure_that_stands_in_a_series_is_read_from_there(tmp_path):
    facts, problems = pointing(tmp_path, CELL)
    assert problems == []
    figure = facts.figures["apples-2020"]
    assert figure.value is not None and figure.value.as_number() == 2_735_400_000
    assert (figure.bound, figure.unit, figure.who, str(figure.as_of)) == (
        "about",
        "US dollars",
        "The Farm",
        "2020",
    )
    assert figure.sources == ["a-1"]


def test_the_texts_of_a_series_print_figures_of_that_series(tmp_path):
    described = SERIES.replace("Apples that were counted.", "'They were [=apples-2020].'")
    facts, problems = pointing(tmp_path, CELL, described)
    assert problems == []
    printed = "They were about 2.735 billion US dollars (The Farm, 2020)."
    assert facts.series["apples"].definition.text == printed
    assert facts.tables["apples"].series.definition.text == printed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("series: apples", "series: pears", "no series “pears”"),
        ("column: worth", "column: weight", "no column “weight”"),
        ("year: 2020", "year: 2019", "no rows"),
        ("year: 2020", "who: The Farm", "2 rows"),
        ("year: 2020", "year: 2021", "is empty"),
        ("  measures", "  value: 3\n  measures", "not written again"),
    ],
)
def test_a_cell_that_does_not_exist_is_told_once(tmp_path, old, new, message):
    _, problems = pointing(tmp_path, CELL.replace(old, new))
    (problem,) = problems
    assert message in problem.message and problem.path == "docs/data/figures.yml"


def test_the_forms_are_those_that_the_editors_page_names():
    assert set(Form) == {"", "value", "number"}
