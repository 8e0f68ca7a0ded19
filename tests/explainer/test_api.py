"""The API: every answer fits its schema, says what the pages say, and brings the documents it names."""

import json
from pathlib import Path

import jsonschema
import pytest

from explainer.api import INDEX, answers, country_path
from explainer.citations import parse_reference
from explainer.facts import load_facts
from explainer.pages import load_pages
from explainer.schemas import schemas
from explainer.website import WebsiteFacts

ROOT = Path(__file__).parents[2]
HOME = "https://a.test/x/"


@pytest.fixture(scope="module")
def facts():
    return load_facts(ROOT)[0]


@pytest.fixture(scope="module")
def found(facts):
    site = WebsiteFacts("Who are the allies?", "Seven countries.", HOME, "en", frozenset())
    records = answers(facts, load_pages(ROOT)[0], site)
    return {path: json.loads(record.model_dump_json(by_alias=True)) for path, record in records.items()}


def test_there_is_one_for_each_country_and_an_index(facts, found):
    assert set(found) == {INDEX, *(country_path(id_) for id_ in facts.countries)}
    assert [entry["id"] for entry in found[INDEX]["countries"]] == list(facts.countries)
    for entry in found[INDEX]["countries"]:
        answer = found[entry["api"].removeprefix(HOME)]
        assert {name: answer[name] for name in entry} == entry


def test_each_fits_the_schema_it_names(found):
    for path, answer in found.items():
        name = answer["$schema"].removeprefix(f"{HOME}data/schema/")
        schema = json.loads(schemas()[name])
        jsonschema.validate(answer, schema, format_checker=jsonschema.FormatChecker())
        broken = answer | {"licence": None}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)
        assert (ROOT / "docs" / "data" / "schema" / name).read_text(encoding="utf-8") == schemas()[name], path


def test_it_says_what_the_records_say(facts, found):
    for country in facts.countries.values():
        answer = found[country_path(country.id)]
        assert answer["tier"] == country.tier and answer["verdict"]["text"] == country.verdict.text
        assert answer["tests"]["military"]["answer"] == country.tests.military.answer
        assert answer["page"] == f"{HOME}countries/{country.id}/"
        assert answer["review_due"] > answer["reviewed"]
        assert all(country.id in event["countries"] for event in answer["events"])
        assert [event["date"] for event in answer["events"]] == sorted(
            event["date"] for event in answer["events"]
        )


def _named(value: object) -> set[str]:
    """Every id of a document under “sources” at any depth."""
    if isinstance(value, list):
        return set().union(*map(_named, value))
    if not isinstance(value, dict):
        return set()
    own = {parse_reference(text)[0] for text in value.get("sources", []) if isinstance(text, str)}
    return own.union(*(_named(part) for part in value.values()))


def test_every_document_that_is_named_is_in_it_and_no_other(found):
    for path, answer in found.items():
        if path != INDEX:
            assert {item["id"] for item in answer["sources"]} == _named({**answer, "sources": []}), path
            assert all(item["title"] and item["URL"] for item in answer["sources"])


def test_a_country_without_a_page_has_no_answer(facts):
    site = WebsiteFacts("Who?", "", HOME, "en", frozenset())
    assert list(answers(facts, {}, site)) == [INDEX]
