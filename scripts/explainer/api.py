"""What /api/ answers: one JSON file for each country, and an index. The typed records here are its schema."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import Field

from explainer.citations import parse_reference
from explainer.date_fields import DayField
from explainer.dates import PartialDate
from explainer.fact_store import Facts
from explainer.facts import validate
from explainer.pages import Page, page_url
from explainer.problems import ProblemsError
from explainer.records import (
    TIER_LABELS,
    Country,
    CountryInShort,
    CountryPageFrontMatter,
    Event,
    Figure,
    Record,
    Sourced,
    Text,
    Url,
    review_due,
)
from explainer.references import csl_json
from explainer.website import LICENSE, WebsiteFacts

INDEX = "api/countries.json"


def country_path(id_: str) -> str:
    """Where the file of a country is, below the site."""
    return f"api/countries/{id_}.json"


class Licence(Record):
    """What may be done with the words and data."""

    id: Text = Field(description="SPDX identifier")
    name: Text = Field(description="Name of the licence")
    url: Url = Field(description="Address of its text")


class Published(Record):
    """Where a country is published, and as of when."""

    tier_label: Text = Field(description="The tier in words")
    page: Url = Field(description="The page of the country: link to this")
    api: Url = Field(description="The file with everything about the country")
    reviewed: DayField = Field(description="The day on which the page was last read against its sources")
    review_due: DayField = Field(description="The day by which it is due to be read again")


class ApiEntry(Published, CountryInShort):
    """A country in the index."""


class ApiIndex(Record):
    """The answer of /api/countries.json."""

    schema_: Url = Field(alias="$schema", description="The JSON Schema of this file")
    name: Text = Field(description="The name of the site")
    page: Url = Field(description="The address of the site")
    licence: Licence = Field(description="What may be done with this file")
    countries: list[ApiEntry] = Field(description="Every country, in the order of countries.yml")


class ApiCountry(Published, Country):
    """The answer of /api/countries/<id>.json: the record of the country, and what else the site knows of it."""

    schema_: Url = Field(alias="$schema", description="The JSON Schema of this file")
    aliases: list[Text] = Field(description="Other names readers use")
    figures: list[Figure] = Field(description="The numbers about it, each with its date and whose it is")
    events: list[Event] = Field(description="The dated events that concern it, oldest first")
    licence: Licence = Field(description="What may be done with this file")
    citation: Text = Field(description="How to name the page")
    sources: list[dict[str, Any]] = Field(
        description="Every document that something in this file names, as CSL-JSON items, in the order of first use"
    )


_LICENCE = Licence(id="CC-BY-4.0", name="Creative Commons Attribution 4.0 International", url=LICENSE)


def answers(facts: Facts, pages: Mapping[str, Page], site: WebsiteFacts) -> dict[str, Record]:
    """Every file of the API, by its path below the site; only countries with a page have one.

    Raises ``ProblemsError`` where the front matter of a page does not say when it was reviewed.
    """
    found: dict[str, Record] = {}
    entries: list[ApiEntry] = []
    for country in facts.countries.values():
        page = pages.get(f"countries/{country.id}.md")
        if page is None:
            continue
        front_matter, problems = validate(
            CountryPageFrontMatter, page.front_matter.data, page.front_matter, (), page.path
        )
        if front_matter is None:
            raise ProblemsError(problems)
        common: dict[str, Any] = {
            "tier_label": TIER_LABELS[country.tier],
            "page": site.address + page_url(page.src),
            "api": site.address + country_path(country.id),
            "reviewed": front_matter.reviewed,
            "review_due": review_due(front_matter.reviewed, front_matter.review_in),
        }
        short = {name: getattr(country, name) for name in CountryInShort.model_fields}
        entries.append(ApiEntry.model_validate(short | common))
        found[country_path(country.id)] = _country(facts, country, front_matter, common, site)
    index = {
        "$schema": f"{site.address}data/schema/api-countries.json",
        "name": site.name,
        "page": site.address,
        "licence": _LICENCE,
        "countries": entries,
    }
    return {INDEX: ApiIndex.model_validate(index)} | found


def _country(
    facts: Facts,
    country: Country,
    front_matter: CountryPageFrontMatter,
    common: dict[str, Any],
    site: WebsiteFacts,
) -> ApiCountry:
    events = sorted(
        (event for event in facts.events.values() if country.id in event.countries),
        key=lambda event: (event.date.first_day(), event.date.last_day()),
    )
    figures = [figure for figure in facts.figures.values() if country.id in figure.countries]
    cited = dict.fromkeys(
        id_ for part in (country, *figures, *events) for id_ in _cited(part) if id_ in facts.sources
    )
    record = {name: getattr(country, name) for name in Country.model_fields}
    return ApiCountry.model_validate(
        record
        | common
        | {
            "$schema": f"{site.address}data/schema/api-country.json",
            "aliases": front_matter.aliases,
            "figures": figures,
            "events": events,
            "licence": _LICENCE,
            "citation": f"“{front_matter.title}”, {site.name}, reviewed {_words(front_matter.reviewed)}, {common['page']}",
            "sources": [csl_json(facts.sources[id_]) for id_ in cited],
        }
    )


def _words(day: date) -> str:
    return PartialDate(day.year, day.month, day.day).words()


def _cited(record: Record) -> Iterable[str]:
    """The ids of the documents that a record and the records in it name, in their order."""
    if isinstance(record, Sourced):
        yield from (parse_reference(reference)[0] for reference in record.sources)
    for name in type(record).model_fields:
        value = getattr(record, name)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Record):
                yield from _cited(part)
