"""An editor adds a source: in its place, once, valid, and nothing else in the file changes."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from explainer.addresses import find_same, keys, normal_doi, un_symbol
from explainer.exports import to_bibtex, to_csl_json, to_ris
from explainer.facts import load_facts
from explainer.imports import ImportProblem, date_of, guess_format, language_tag, read_items
from explainer.new_source import add, names
from explainer.records import Source
from explainer.source_files import HEAD, insert_record, propose_file, propose_id, slug, to_yaml
from explainer.yaml_reader import parse_yaml
from tests.explainer.projects import source as yaml_source
from tests.explainer.projects import write
from tests.explainer.test_build import ROOT
from tests.explainer.test_references import BASE

RUNNER = CliRunner()
APP = typer.Typer()
APP.command()(add)

FILE = f"""{HEAD.format(name="Russia")}
# About the treaty
{yaml_source("paper-2024-b").replace("https://news.test/paper-2024-b", "https://www.news.test/a/?id=1")}
# The last one
{yaml_source("paper-2025-z")}"""

OPTIONS = {
    "--url": "https://news.test/new",
    "--title": "Leaders meet in Moscow",
    "--in": "The Paper",
    "--issued": "2025-05-06",
    "--accessed": "2026-11-23",
    "--language": "en",
    "--kind": "press",
    "--shows": "It establishes that they met in Moscow on 6 May 2025.",
    "--file": "russia",
}


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    write(tmp_path, {"docs/data/sources/russia.yml": FILE, "docs/index.md": "# T\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(answers: str = "", ask: bool = False, **changes: str):
    options = OPTIONS | {f"--{key.strip('_')}": value for key, value in changes.items()}
    arguments = [part for key, value in options.items() if value for part in (key, value)]
    return RUNNER.invoke(APP, [*arguments, "--ask" if ask else "--no-ask"], input=answers)


def text_of(project: Path, name: str = "russia") -> str:
    return (project / "docs" / "data" / "sources" / f"{name}.yml").read_text(encoding="utf-8")


# -- writing -------------------------------------------------------------------------------------------------------


def test_it_is_added_in_its_place_and_nothing_else_changes(project):
    result = run()
    assert result.exit_code == 0, result.output
    assert "[@paper-2025-leaders-meet-moscow]" in result.output
    text = text_of(project)
    start = text.index("- id: paper-2025-leaders")
    end = text.index("# The last one")
    assert text[:start] + text[end:] == FILE
    facts, problems = load_facts(project)
    assert problems == []
    assert list(facts.sources) == ["paper-2024-b", "paper-2025-leaders-meet-moscow", "paper-2025-z"]
    assert facts.sources["paper-2025-leaders-meet-moscow"].custom.shows == OPTIONS["--shows"]


def test_a_new_file_begins_as_the_others_do(project):
    assert run(file="laos").exit_code == 0
    assert text_of(project, "laos").startswith("# yaml-language-server: $schema=../schema/sources.json\n")


def test_lines_keep_the_ends_they_have(project):
    path = project / "docs" / "data" / "sources" / "russia.yml"
    path.write_bytes(FILE.replace("\n", "\r\n").encode())
    assert run().exit_code == 0
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_every_record_of_the_registry_can_be_taken_out_and_put_back():
    for path in sorted((ROOT / "docs" / "data" / "sources").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        for record in parse_yaml(text, path.name).data[::10]:
            block = to_yaml(record)
            if f"{block}\n" in text:  # written as this program writes
                assert insert_record(text.replace(f"{block}\n", "", 1), record, path.name) == text


printed = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=300).map(
    str.strip
)


@given(printed.filter(bool), printed.filter(bool))
def test_every_text_is_read_as_it_was_written(title, shows):
    record = {
        "id": "m-2024-x",
        "title": " ".join(title.split()),
        "custom": {"shows": " ".join(shows.split())},
    }
    for text in ("", HEAD, FILE):
        assert record in parse_yaml(insert_record(text, record, "x.yml"), "x.yml").data


# -- refusing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://www.news.test/a/?id=1",
        "http://news.test/a?id=1",
        "https://m.news.test/a/?id=1&utm_source=x&fbclid=y",
        "https://NEWS.test/a/?id=1#top",
    ],
)
def test_the_same_address_in_another_spelling_is_refused(project, url):
    result = run(url=url)
    assert result.exit_code == 1
    assert "paper-2024-b" in result.output and "russia.yml:5" in result.output
    assert text_of(project) == FILE


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ({"DOI": "10.1000/X1"}, {"doi": "https://doi.org/10.1000/x1"}, "DOI"),
        ({"URL": "https://doi.org/10.1000/x1"}, {"doi": "10.1000/X1"}, "DOI"),
        ({"number": "S/RES/2397 (2017)"}, {"number": "s/res/2397"}, "UN symbol"),
        ({"number": "No. 3"}, {"number": "No. 3"}, None),
        ({}, {}, None),
    ],
)
def test_the_same_document_elsewhere_is_known_by_doi_and_symbol(one, other, by):
    found = find_same([Source.model_validate(BASE | one)], "https://other.test/", **other)
    assert (found[1] if found else None) == by


def test_symbols_and_dois_are_told_from_other_numbers():
    assert un_symbol("SC/15648") == "SC/15648"
    assert un_symbol("A/79/277") == "A/79/277"
    assert un_symbol("Announcement No. 81 of 2016") == un_symbol("R43480") == ""
    assert normal_doi("doi: 10.1/AB") == "10.1/ab"
    assert keys("") == []


def test_an_id_that_is_taken_is_refused(project):
    result = run(id="paper-2024-b")
    assert result.exit_code == 1 and "another document" in result.output


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"shows": ""}, 2, "--shows"),
        ({"title": "", "kind": ""}, 2, "--title, --kind"),
        ({"in": ""}, 2, "--in or --publisher"),
        ({"kind": "blog"}, 1, "not one of the known values"),
        ({"type": "newspaper"}, 1, "article-newspaper"),
        ({"issued": "6 May"}, 1, "not a date"),
        ({"issued": "2025-02-30"}, 1, "not in the calendar"),
        ({"accessed": "2025"}, 1, "day"),
        ({"url": "news.test/new"}, 1, "URL"),
        ({"language": "English"}, 1, "language"),
        ({"shows": "Short."}, 1, "shorter"),
        ({"id": "Paper 2025"}, 1, "id"),
        ({"file": "../x"}, 2, "--file"),
        ({"title": "한국어"}, 2, "--id"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(project, changes, status, words):
    result = run(**changes)
    assert result.exit_code == status, result.output
    assert words in result.output and "Traceback" not in result.output
    assert text_of(project) == FILE


def test_a_registry_with_faults_is_mended_first(project):
    (project / "docs/data/sources/other.yml").write_text("- id: [\n")
    result = run()
    assert result.exit_code == 2 and "docs/data/sources/other.yml" in result.output


def test_outside_the_project_it_says_where_to_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "run scripts/new from the project" in run().output


# -- asking --------------------------------------------------------------------------------------------------------


def test_it_asks_for_what_is_missing_and_again_after_a_wrong_answer(project):
    answers = "no address\nhttps://news.test/new\nLeaders meet\nThe Paper\n\nA. Agency\n6 May\n2025\n\n\n\npres\npress\n"
    answers += "It establishes that they met.\n\n\n"
    result = RUNNER.invoke(APP, ["--ask", "--file", "russia"], input=answers)
    assert result.exit_code == 0, result.output
    assert "is not an address" in result.output
    assert "did you mean press" in result.output
    facts, _ = load_facts(project)
    added = facts.sources["paper-2025-leaders-meet"]
    assert added.type == "article-newspaper" and added.accessed == date.today()
    assert added.author[0].literal == "A. Agency" and str(added.issued) == "2025"


def test_a_known_address_is_refused_before_anything_else_is_asked(project):
    result = RUNNER.invoke(APP, ["--ask"], input="https://news.test/a?id=1\n")
    assert result.exit_code == 1 and "paper-2024-b" in result.output
    assert "Title" not in result.output


def test_no_answer_adds_nothing(project):
    result = RUNNER.invoke(APP, ["--ask"], input="https://news.test/new\n")
    assert result.exit_code == 2 and "nothing was added" in result.output
    assert text_of(project) == FILE


# -- proposing -----------------------------------------------------------------------------------------------------


def test_the_id_uses_the_name_that_the_registry_uses():
    known = [Source.model_validate(BASE | {"id": "nyt-2020-x", "container-title": "The New York Times"})]
    item = {
        "title": "“Étude” of the North Korean army",
        "container-title": "The New York Times",
        "issued": "2024-05",
    }
    assert propose_id(item, known) == "nyt-2024-etude-army"
    assert propose_id(item | {"container-title": "The Times"}, known) == "times-2024-etude-army"
    assert propose_id({"title": "Army", "publisher": "UN"}, []) == "un-nd-army"
    assert propose_id({"title": "Армия", "publisher": "UN"}, []) == ""


def test_an_id_is_proposed_once():
    known = [Source.model_validate(BASE | {"id": "un-nd-army", "publisher": "UN", "container-title": None})]
    assert propose_id({"title": "Army", "publisher": "UN"}, known) == "un-nd-army-2"
    assert (
        propose_id({"title": "Army and fleet of old times", "publisher": "UN"}, known)
        == "un-nd-army-fleet-old"
    )


def test_the_file_is_that_of_the_one_country_that_is_named():
    files = {"russia": ["Russia", "USSR"], "china": ["China"]}
    assert propose_file({"title": "Russian troops"}, files) == "russia"
    assert propose_file({"title": "Russia and China"}, files) == "general"
    assert propose_file({"title": "Trade", "custom": {"shows": "With the USSR."}}, files) == "russia"
    assert propose_file({}, files) == "general"


@given(st.text())
def test_a_slug_is_a_slug(text):
    assert slug(text) == slug(slug(text))


def test_names_are_split():
    assert names("Hibbs, Mark; Associated Press;") == [
        {"family": "Hibbs", "given": "Mark"},
        {"literal": "Associated Press"},
    ]


# -- importing -----------------------------------------------------------------------------------------------------

BIBTEX = r"""@comment{from Zotero}
@article{key1,
  title = {{Caf{\'e} \& Co}: {A} study},
  author = {van der Berg, Anna and {Team of X and Y} and Lee, Min},
  journal = {Journal of {Things}}, volume = 3, number = {2}, pages = {10--20},
  date = {2024-05}, month = may, urldate = {2024-06-01}, doi = {10.1/a_b}, langid = {english},
  url = {https://news.test/a\_b?x=1\&y=2}
}
@report{key2, title = {Report}, institution = {UN}, year = 2023, month = nov, day = 6, number = {S/2023/1},
  url = {https://un.test/r}}
"""

RIS = """TY  - NEWS\r
TI  - A title\r
AU  - Lee, Min\r
AU  - Reuters\r
T2  - The Paper\r
PY  - 2024/05/06/\r
Y2  - 2024/06/01\r
UR  - https://paper.test/1\r
LA  - ko-KR\r
ER  - \r
"""

ZOTERO = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "article-newspaper",
        "title": "A <i>title</i>",
        "container-title": "The Paper",
        "abstract": "Left out.",
        "URL": "https://paper.test/1",
        "language": "en-US",
        "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"}],
        "issued": {"date-parts": [["2024", 5, 6]]},
        "accessed": {"date-parts": [["2024", 6, 1]]},
    }
]


def test_bibtex_is_read():
    first, second = read_items(BIBTEX)
    assert first == {
        "type": "article-journal",
        "title": "Café & Co: A study",
        "author": [
            {"family": "van der Berg", "given": "Anna"},
            {"literal": "Team of X and Y"},
            names("Lee, Min")[0],
        ],
        "container-title": "Journal of Things",
        "issued": "2024-05",
        "accessed": "2024-06-01",
        "URL": "https://news.test/a_b?x=1&y=2",
        "language": "en",
        "issue": "2",
        "DOI": "10.1/a_b",
        "volume": "3",
        "page": "10-20",
    }
    assert (second["type"], second["publisher"], second["issued"], second["number"]) == (
        "report",
        "UN",
        "2023-11-06",
        "S/2023/1",
    )


def test_ris_is_read():
    (item,) = read_items(RIS)
    assert item == {
        "type": "article-newspaper",
        "title": "A title",
        "author": [{"family": "Lee", "given": "Min"}, {"literal": "Reuters"}],
        "container-title": "The Paper",
        "issued": "2024-05-06",
        "accessed": "2024-06-01",
        "URL": "https://paper.test/1",
        "language": "ko-KR",
    }


def test_csl_json_is_read_without_what_a_source_does_not_have():
    (item,) = read_items(json.dumps(ZOTERO))
    assert item["title"] == "A title" and item["issued"] == "2024-05-06"
    assert item["author"] == [{"family": "van der Berg", "given": "Anna"}]
    assert "abstract" not in item and "id" not in item


@pytest.mark.parametrize("write_", [to_bibtex, to_ris, to_csl_json])
def test_what_this_site_exports_it_reads_again(write_):
    facts, _ = load_facts(ROOT)
    sources = list(facts.sources.values())[::7]
    for source, item in zip(sources, read_items(write_(sources)), strict=True):
        assert item["title"] == source.title
        assert item.get("issued") == (str(source.issued) if source.issued else None)
        assert item["accessed"] == source.accessed.isoformat()
        assert item["language"] == source.language


@pytest.mark.parametrize(
    ("name", "text"),
    [("z.bib", BIBTEX.split("@report")[0]), ("z.ris", RIS), ("z.json", json.dumps(ZOTERO))],
)
def test_an_imported_source_is_added_with_what_the_format_cannot_know(project, name, text):
    (project / name).write_text(text, encoding="utf-8")
    arguments = ["--import", name, "--no-ask", "--file", "russia"]
    result = RUNNER.invoke(APP, arguments)
    assert result.exit_code == 2 and "--kind, --shows" in result.output
    result = RUNNER.invoke(
        APP,
        [
            *arguments,
            "--kind",
            "press",
            "--shows",
            "It establishes that they met.",
            "--accessed",
            "2026-11-23",
        ],
    )
    assert result.exit_code == 0, result.output
    facts, problems = load_facts(project)
    (added,) = set(facts.sources) - {"paper-2024-b", "paper-2025-z"}
    assert problems == [] and facts.sources[added].accessed == date(2026, 11, 23)


def test_of_several_records_the_known_one_is_refused_and_the_others_are_added(project):
    text = RIS.replace("https://paper.test/1", "http://news.test/a?id=1") + RIS
    (project / "z.ris").write_text(text)
    result = RUNNER.invoke(
        APP, ["--import", "z.ris", "--no-ask", "--kind", "press", "--shows", "It establishes that they met."]
    )
    assert result.exit_code == 1
    assert "record 1: the registry has this document already" in result.output
    assert "https://paper.test/1" in text_of(project, "general")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("Some words.", "neither BibTeX nor RIS nor CSL-JSON"),
        ("[1, 2]", "no list of items"),
        ("{", "not JSON"),
        ("[]", "no record"),
        ("@article{x, title = {never closed", "not BibTeX"),
        ("TY  - JOUR\nTI  - x\n", "no record"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(project, text, words):
    (project / "z").write_text(text)
    result = RUNNER.invoke(APP, ["--import", "z", "--no-ask"])
    assert result.exit_code == 2, result.output
    assert words in result.output and "Traceback" not in result.output


def test_a_file_that_is_missing_or_not_utf8_is_named(project):
    assert "cannot be read" in RUNNER.invoke(APP, ["--import", "none.bib", "--no-ask"]).output
    (project / "z.ris").write_bytes(b"TY  - JOUR\nTI  - caf\xe9\nER  - \n")
    assert RUNNER.invoke(APP, ["--import", "z.ris", "--no-ask"]).exit_code == 2


@given(st.text(), st.sampled_from(["", "TY  - JOUR\n", "@article{a,\n", "[", '[{"title":']))
def test_no_file_crashes_the_readers(text, start):
    with suppress(ImportProblem):
        read_items(start + text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["issued", "author", "date-parts", "title", "URL", "raw", "family"]), inner
            )
        ),
        max_leaves=20,
    )
)
def test_no_json_crashes_the_reader(value):
    with suppress(ImportProblem):
        read_items(json.dumps(value), "csl-json")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-06", "2024-11-06"),
        ("2024/11/06/", "2024-11-06"),
        ("2024///", "2024"),
        ("2024-11-06T10:00:00Z", "2024-11-06"),
        ("6 Nov 2024", "2024-11-06"),
        ("November 6, 2024", "2024-11-06"),
        ("November 2024", "2024-11"),
        ("2024-13-01", "2024"),
        ("n.d.", ""),
        ("", ""),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(text, expected):
    assert date_of(text) == expected


@pytest.mark.parametrize(
    ("words", "tag"),
    [("English", "en"), ("korean", "ko"), ("zh_Hans", "zh-Hans"), ("EN-us", "en-us"), ("?", "")],
)
def test_languages_are_read(words, tag):
    assert language_tag(words) == tag


def test_formats_are_told_by_their_text():
    assert guess_format("\ufeff" + RIS) == "ris"
    assert guess_format(BIBTEX) == "bibtex"
    assert guess_format(" [") == "csl-json"
