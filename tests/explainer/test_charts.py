"""Charts: every one is drawn, says in words what it shows, and comes out the same each time."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explainer import history, tier_map
from explainer.charts import CHARTS, chart_of, picture, sources_line, write_charts
from explainer.facts import load_facts

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def facts():
    loaded = load_facts(ROOT)[0]
    verdicts = history.table(loaded.countries, loaded.history.values())
    loaded.tables[verdicts.series.id] = verdicts
    return loaded


@pytest.fixture(scope="module", params=[*CHARTS, tier_map.ID])
def drawn(request, facts):
    if request.param == tier_map.ID:
        chart = tier_map.tier_map(facts.countries.values())
    else:
        chart = chart_of(request.param, facts.tables)
    return chart, picture(chart, "Figures: somebody.")


def test_it_says_in_words_what_it_shows(drawn):
    chart, _ = drawn
    assert 30 < len(chart.title) < 150
    assert len(chart.alternative) > len(chart.title) / 2
    assert not chart.title.endswith(".")


def test_it_is_well_formed_and_holds_no_script(drawn):
    _, pictures = drawn
    for svg in (pictures.wide, pictures.narrow, pictures.file):
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert "href" not in svg
        assert "style=" not in svg


def test_on_the_page_every_colour_follows_the_scheme(drawn):
    _, pictures = drawn
    for svg in (pictures.wide, pictures.narrow):
        assert re.findall(r'(?:fill|stroke)="#[0-9a-fA-F]+"', svg) == []


def test_the_file_stands_alone(drawn):
    chart, pictures = drawn
    root = ElementTree.fromstring(pictures.file)
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == chart.title
    assert root.findtext(f"{space}desc") == chart.alternative
    assert "var(" not in pictures.file
    assert "Figures: somebody." in pictures.file


def test_ids_are_the_charts_own(drawn):
    chart, pictures = drawn
    ids = re.findall(r'id="([^"]+)"', pictures.wide + pictures.narrow)
    assert len(ids) == len(set(ids))
    assert all(id_.startswith(chart.id) for id_ in ids)


def test_it_fits_a_phone(drawn):
    _, pictures = drawn
    width = float(re.search(r'width="([\d.]+)"', pictures.narrow)[1])
    assert width <= 340


def test_another_process_draws_the_same(facts, tmp_path):
    write_charts(facts.tables, {}, tmp_path / "here")
    code = (
        "import sys; from pathlib import Path; from explainer import history; "
        "from explainer.charts import write_charts; from explainer.facts import load_facts; "
        "facts = load_facts(Path(sys.argv[1]))[0]; "
        "verdicts = history.table(facts.countries, facts.history.values()); "
        "write_charts(facts.tables | {verdicts.series.id: verdicts}, {}, Path(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", code, str(ROOT), str(tmp_path / "there")], check=True)
    for path in sorted((tmp_path / "here").iterdir()):
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes()
    assert len(list((tmp_path / "here").iterdir())) == len(CHARTS)


def test_the_file_names_who_published_the_figures(facts):
    publishers = {id_: source.published_by for id_, source in facts.sources.items()}
    line = sources_line(facts.tables["un-votes"], publishers)
    assert line.startswith("Figures: Harvard Dataverse")
    assert "CC BY 4.0" in line
