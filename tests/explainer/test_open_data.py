"""Open data: every file is there in both forms, described to the letter, and other programs read it."""

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import frictionless
import jsonschema
import pytest

from explainer.facts import DATA_FILES, load_facts
from explainer.fields import describe
from explainer.open_data import VERDICTS, as_json, collections, data_files, package, rows_json, verdicts_csv
from explainer.problems import ProblemsError
from explainer.publish import publish
from explainer.records import CountryPageFrontMatter, PageFrontMatter
from explainer.website import WebsiteFacts
from tests.explainer.checks.projects import PROJECT, write

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "data"
HOME = "https://a.test/x/"


@pytest.fixture(scope="module")
def facts():
    return load_facts(ROOT)[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The published data of this project, with one page to name the address."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(DATA, folder / "data")
    link = f'<html><head><link rel="canonical" href="{HOME}"></head></html>'
    (folder / "index.html").write_text(link, encoding="utf-8")
    publish(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def described(site):
    return json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))


def test_every_file_is_a_resource(site, described):
    data = site / "data"
    there = {
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.is_file() and path.suffix in (".yml", ".csv", ".json") and "schema" not in path.parts
    }
    named = {resource["path"] for resource in described["resources"]}
    assert there - {"datapackage.json"} <= named
    assert all((data / path).is_file() for path in named)
    names = [resource["name"] for resource in described["resources"]]
    assert len(names) == len(set(names))


def test_every_fact_is_there_as_it_is_kept_and_as_json(site, facts):
    data = site / "data"
    for name in DATA_FILES:
        assert (data / name).read_bytes() == (DATA / name).read_bytes()
        assert (data / name).with_suffix(".json").is_file()
    for table in facts.tables.values():
        rows = json.loads((data / as_json(table.series.file)).read_text(encoding="utf-8"))
        with (data / table.series.file).open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(rows)


def test_size_checksum_and_licence_are_right(site, described):
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in described["resources"]:
        content = (site / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["encoding"] == "utf-8" and resource["mediatype"] and resource["format"]
        assert resource["title"] and resource["description"]


def test_the_standards_own_program_finds_it_valid(site):
    report = frictionless.validate(str(site / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "title", "message"])
    assert sum(task.type == "table" for task in report.tasks) > 10


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("series/vetoes.csv", b"2022-05-26", b"26 May 2022"),  # not of the type that is described
        ("countries.csv", b"treaty-ally", b"best-friend"),  # not one of the tiers
        ("claims.yml", b"claim:", b"Claim:"),  # not the bytes of the checksum
    ],
)
def test_a_change_to_a_file_is_found(site, tmp_path, path, old, new):
    shutil.copytree(site / "data", tmp_path / "data")
    changed = tmp_path / "data" / path
    changed.write_bytes(changed.read_bytes().replace(old, new, 1))
    assert not frictionless.validate(str(tmp_path / "data" / "datapackage.json")).valid


def test_the_json_files_fit_the_schemas_they_name(site, described):
    for resource in described["resources"]:
        if resource["format"] == "json" and "jsonSchema" in resource:
            schema = json.loads((site / "data" / resource["jsonSchema"]).read_text(encoding="utf-8"))
            jsonschema.validate(
                json.loads((site / "data" / resource["path"]).read_text(encoding="utf-8")), schema
            )


def test_every_table_names_its_columns_and_its_documents(described):
    for resource in described["resources"]:
        if resource["format"] == "csv":
            assert all(field["description"] and field["title"] for field in resource["schema"]["fields"])
            assert resource["path"] == VERDICTS or resource["sources"]


def test_the_table_of_verdicts_says_what_the_records_say(facts):
    rows = list(csv.DictReader(verdicts_csv(facts.countries.values(), HOME).splitlines()))
    assert [(row["id"], row["tier"], row["military"]) for row in rows] == [
        (country.id, country.tier, country.tests.military.answer) for country in facts.countries.values()
    ]
    assert rows[0]["page"] == f"{HOME}countries/{rows[0]['id']}/"


def test_rows_have_numbers_and_lists(facts):
    rows = json.loads(rows_json(facts.tables["troops-in-russia"]))
    assert isinstance(rows[0]["low"], int) and isinstance(rows[0]["source"], list)
    assert any(row["high"] is None for row in rows)


def test_the_same_facts_give_the_same_text(facts):
    website = WebsiteFacts("Who?", "Seven.", HOME, "en", frozenset())
    one, two = (package(website, data_files(facts, ["a.yml"]), facts.sources, str.encode) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("name", [*collections(), "country-page", "page"])
def test_every_field_of_every_record_says_what_it_holds(name):
    pages = {"country-page": CountryPageFrontMatter, "page": PageFrontMatter}
    for record in describe((collections() | pages)[name]):
        assert record.description, record.name
        for field in record.fields:
            assert field.description, f"{record.name}.{field.name}: add Field(description=…)"
            assert field.holds or field.part, f"{record.name}.{field.name}"


def test_the_page_describes_every_collection():
    words = (ROOT / "docs" / "about" / "data.md").read_text(encoding="utf-8")
    for name in collections():
        assert f"{{#fields-{name}}}\n" in words and f"::: fields {name}\n" in words, name


def test_a_country_page_without_a_day_of_review_stops_the_build(tmp_path):
    root = write(tmp_path / "project", PROJECT, {"docs/countries/china.md": [("reviewed: 2026-10-01\n", "")]})
    assert root is None
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(
        '<html><head><link rel="canonical" href="https://a.test/"></head></html>'
    )
    with pytest.raises(
        ProblemsError, match=r"docs/countries/china\.md:\d+:\d+ the field “reviewed” is missing"
    ):
        publish(tmp_path / "project", folder)


def test_another_process_writes_the_same_package(site, tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copy(site / "index.html", tmp_path / "index.html")
    code = "import sys; from pathlib import Path; from explainer.publish import publish; publish(Path(sys.argv[1]), Path(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", code, str(ROOT), str(tmp_path)], check=True)
    for name in ("data/datapackage.json", "feed.xml", "feed.json", "api/countries.json"):
        assert (tmp_path / name).read_bytes() == (site / name).read_bytes(), name
