"""What each directive prints: picks facts for the template of the same name in overrides/views/."""

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from explainer import history
from explainer.api import ApiCountry, ApiIndex
from explainer.citations import parse_reference
from explainer.fields import describe
from explainer.markdown_text import headings
from explainer.open_data import PACKAGE, VERDICTS, DataFile, collections
from explainer.open_data import data_files as open_data_files
from explainer.problems import did_you_mean
from explainer.records import (
    CHANGE_LABELS,
    KIND_LABELS,
    TEST_LABELS,
    TIER_LABELS,
    Answer,
    Claim,
    ColumnKind,
    Country,
    EventKind,
    Kind,
    Record,
    Series,
    Statement,
    Tier,
    TreatyClause,
    TreatyStatus,
    Verdict,
)
from explainer.rendering import DirectiveError, Rendering, View
from explainer.series import Table, cell_text

if TYPE_CHECKING:  # takes a moment to load: only pages with charts pay for it
    from explainer.charts import Chart, Picture

VERDICT_LABELS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.OUTDATED: "Outdated",
    Verdict.MISLEADING: "Misleading",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.UNPROVEN: "Unproven",
}


def _country(rendering: Rendering, argument: str) -> Country:
    countries = rendering.facts.countries
    if argument not in countries:
        raise DirectiveError(
            f"no country has the id “{argument}”",
            did_you_mean(argument, list(countries)) or f"known: {', '.join(countries)}",
        )
    return countries[argument]


def verdict(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The answer in one sentence, with the tier."""
    country = _country(rendering, argument)
    return {"country": country, "tier": TIER_LABELS[country.tier]}


def at_a_glance(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The card of a country page."""
    country = _country(rendering, argument)
    front_matter = rendering.page.front_matter.data
    tests = [(name, *TEST_LABELS[name], getattr(country.tests, name)) for name in TEST_LABELS]
    return {
        "country": country,
        "tier": TIER_LABELS[country.tier],
        "tests": tests,
        "reviewed": front_matter.get("reviewed", ""),
        "aliases": front_matter.get("aliases") or [],
        "section_of": {
            "treaty": "treaty",
            "military": "military",
            "economic": "trade",
            "diplomatic": "diplomacy",
            "political": "diplomacy",
        },
    }


def claims(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The checked claims about one country, in short."""
    if argument != "general":
        _country(rendering, argument)
    found = [claim for claim in rendering.facts.claims.values() if claim.country == argument]
    return {"claims": found, "labels": VERDICT_LABELS}


def claims_in_full(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The checked claims about one country, each with its finding and sources."""
    return claims(rendering, argument)


def claims_count(rendering: Rendering, argument: str) -> dict[str, Any]:
    """How many claims got which verdict."""
    all_claims: list[Claim] = list(rendering.facts.claims.values())
    counts = [
        (label, verdict_, sum(claim.verdict is verdict_ for claim in all_claims))
        for verdict_, label in VERDICT_LABELS.items()
    ]
    return {"total": len(all_claims), "counts": counts}


def questions(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The entries of the FAQ that link to this country's page."""
    country = _country(rendering, argument)
    faq = rendering.site.pages.get("faq.md")
    if faq is None:
        raise DirectiveError("there is no page docs/faq.md", "add it, or remove this directive")
    entries = [heading for heading in headings(faq.body)]
    found = []
    for heading, following in zip(entries, [*entries[1:], None], strict=True):
        section = faq.body[heading.start : following.start if following else None]
        if heading.level == 3 and f"(countries/{country.id}.md" in section:
            found.append(heading)
    return {"questions": found}


def references(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The documents that this page cites above this place, by number."""
    return {"ids": list(rendering.numbering.numbers)}


def countries_by_tier(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every country with its one line, grouped by tier."""
    countries = rendering.facts.countries.values()
    groups = [
        (tier, TIER_LABELS[tier], [country for country in countries if country.tier is tier]) for tier in Tier
    ]
    return {"groups": [group for group in groups if group[2]]}


_NO_VALUE = "none"
"""What a filter calls documents without a date or a publisher, or that no country's page cites."""


def bibliography(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every document in the registry, by kind, with the pages that cite it, the claims it bears on, and filters."""
    facts, usage = rendering.facts, rendering.usage
    if usage is None:  # while it is being found out which page cites what
        return {"groups": [], "total": 0}
    claims_of: dict[str, list[Claim]] = {id_: [] for id_ in facts.sources}
    for claim in facts.claims.values():
        for id_ in dict.fromkeys(parse_reference(reference)[0] for reference in claim.sources):
            if id_ in claims_of:  # one that is not is reported by the checks of the facts
                claims_of[id_].append(claim)
    names = {country.id: country.name for country in facts.countries.values()}
    entries: list[dict[str, Any]] = []
    for source in facts.sources.values():
        pages = usage.pages[source.id]
        cited_on = [id_ for id_ in names if any(page.src == f"countries/{id_}.md" for page in pages)]
        entries.append(
            {
                "source": source,
                "pages": pages,
                "claims": claims_of[source.id],
                "country": cited_on or [_NO_VALUE],
                "year": [str(source.issued.year) if source.issued else _NO_VALUE],
                "publisher": [source.published_by or _NO_VALUE],
            }
        )
    entries.sort(key=_bibliographic_order)
    groups = [
        (kind, *KIND_LABELS[kind], [entry for entry in entries if entry["source"].kind is kind])
        for kind in Kind
    ]
    groups = [group for group in groups if group[3]]

    def values(name: str) -> set[str]:
        return {value for entry in entries for value in entry[name]} - {_NO_VALUE}

    def without(name: str, label: str) -> list[tuple[str, str]]:
        return [(_NO_VALUE, label)] if any(_NO_VALUE in entry[name] for entry in entries) else []

    countries = [(id_, name) for id_, name in names.items() if id_ in values("country")]
    years = [(year, year) for year in sorted(values("year"), reverse=True)]
    publishers = [(name, name) for name in sorted(values("publisher"), key=str.casefold)]
    return {
        "groups": groups,
        "total": len(entries),
        "labels": VERDICT_LABELS,
        "filters": [
            ("kind", "Kind", "All kinds", [(kind, label) for kind, label, _, _ in groups]),
            ("country", "Country", "All countries", countries + without("country", "No country’s page")),
            ("year", "Year", "All years", years + without("year", "No date")),
            ("publisher", "Publisher", "All publishers", publishers + without("publisher", "Not named")),
        ],
    }


def _bibliographic_order(entry: dict[str, Any]) -> tuple[str, str, str]:
    """By publisher, then by date."""
    source = entry["source"]
    issued = source.issued.first_day().isoformat() if source.issued else ""
    return source.published_by.casefold(), issued, source.id


TREATY_STATUS_LABELS = {
    TreatyStatus.IN_FORCE: "In force",
    TreatyStatus.ENDED: "Ended",
    TreatyStatus.UNKNOWN: "Not known whether in force",
}

TREATY_CLAUSE_LABELS = {
    TreatyClause.DEFENCE: "Mutual-assistance clause",
    TreatyClause.CONSULTATION: "No assistance clause",
}


def treaties(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every treaty with a mutual-assistance or consultation clause."""
    facts = rendering.facts
    return {
        "treaties": list(facts.treaties.values()),
        "labels": TREATY_STATUS_LABELS,
        "clauses": TREATY_CLAUSE_LABELS,
        "names": {country.id: country.name for country in facts.countries.values()},
    }


def timeline(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every dated event by decade; with a country, the events about it."""
    facts = rendering.facts
    country = _country(rendering, argument) if argument else None
    events = sorted(
        (event for event in facts.events.values() if country is None or country.id in event.countries),
        key=lambda event: (event.date.first_day(), event.date.last_day()),
    )
    return {
        "country": country,
        "events": events,
        "decades": [
            (decade, list(found))
            for decade, found in groupby(events, lambda event: event.date.year // 10 * 10)
        ],
        "names": {country.id: country.name for country in facts.countries.values()}
        | {"general": "Other states"},
        "kinds": {kind: kind.value.capitalize() for kind in EventKind},
    }


_NO_SERIES = Series(
    id="none",
    file="none.csv",
    title="None",
    unit="none",
    definition=Statement(text="None", sources=[]),
    columns=[],
)


def _series(rendering: Rendering, argument: str) -> Table:
    tables = rendering.facts.tables
    if argument not in tables:
        if not tables and argument:  # while it is being found out which ids a page prints, there are no facts
            return Table(_NO_SERIES, ())
        raise DirectiveError(
            f"no series has the id “{argument}”",
            did_you_mean(argument, list(tables)) or f"known: {', '.join(tables)}",
        )
    return tables[argument]


def _printed_table(rendering: Rendering, table: Table) -> dict[str, Any]:
    """A series as rows of cells, wide where the record says so."""
    series = table.series
    names = {country.id: country.name for country in rendering.facts.countries.values()}
    if series.pivot is None:
        columns = [
            column
            for column in series.columns
            if column.shown == "yes" and column.kind is not ColumnKind.SOURCE
        ]
        rows = [
            (
                [
                    (column, cell_text(column, row.cells[column.name]), row.cells[column.name])
                    for column in columns
                ],
                row.sources,
            )
            for row in table.rows
        ]
        return {"series": series, "columns": columns, "rows": rows, "wide": False, "sources": []}
    pivot, cells = series.pivot, {}
    for row in table.rows:
        cells[row.cells[pivot.rows], row.cells[pivot.columns]] = row.cells[pivot.cells]
    heads = list(dict.fromkeys(row.cells[pivot.columns] for row in table.rows))
    value = next(column for column in series.columns if column.name == pivot.cells)
    wide_rows = [
        (key, [cell_text(value, cells.get((key, head), "")) for head in heads])
        for key in dict.fromkeys(row.cells[pivot.rows] for row in table.rows)
    ]
    labels = [names.get(head, head.replace("-", " ").title()) for head in heads]
    corner = next(column.label for column in series.columns if column.name == pivot.rows)
    return {
        "series": series,
        "columns": [corner, *labels],
        "rows": wide_rows,
        "wide": True,
        "sources": table.sources,
    }


def table(rendering: Rendering, argument: str) -> dict[str, Any]:
    """A series as a table: what is counted, the rows with their sources, and what to keep in mind."""
    return {"table": _printed_table(rendering, _series(rendering, argument))}


def _picture(rendering: Rendering, chart: "Chart", sources: str) -> "Picture":
    """The chart, drawn where somebody will see it: that takes most of the time of a page."""
    from explainer import charts  # takes a moment to load: only pages with charts pay for it

    return (
        charts.picture(chart, sources, rendering.site.cache)
        if rendering.site.draws
        else charts.Picture("", "", "")
    )


def chart(rendering: Rendering, argument: str) -> dict[str, Any]:
    """A series as a picture, with its words, the table behind it where the page has none, and the files."""
    from explainer import charts  # takes a moment to load: only pages with charts pay for it

    if argument not in charts.CHARTS:
        raise DirectiveError(
            f"there is no chart “{argument}”",
            did_you_mean(argument, list(charts.CHARTS)) or f"known: {', '.join(charts.CHARTS)}",
        )
    series = charts.CHARTS[argument][0]
    rows = _series(rendering, series)
    if not rows.rows:
        return {"chart": None, "id": argument}
    drawn = charts.chart_of(argument, rendering.facts.tables)
    publishers = {id_: source.published_by for id_, source in rendering.facts.sources.items()}
    on_page = re.search(rf"^::: table {re.escape(series)}[ \t]*$", rendering.page.body, re.M)
    return {
        "id": argument,
        "chart": drawn,
        "picture": _picture(rendering, drawn, charts.sources_line(rows, publishers)),
        "table": None if on_page else _printed_table(rendering, rows),
        "series": rows.series,
        "sources": rows.sources,
    }


def compare(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every country against the five tests, each answer with its evidence."""
    tiers = list(Tier)
    answers = list(Answer)
    countries = _by_tier(rendering)
    return {
        "countries": [
            (
                country,
                TIER_LABELS[country.tier],
                tiers.index(country.tier),
                [
                    (name, TEST_LABELS[name][0], test, answers.index(test.answer))
                    for name in TEST_LABELS
                    if (test := getattr(country.tests, name))
                ],
            )
            for country in countries
        ],
        "tests": [(name, *TEST_LABELS[name]) for name in TEST_LABELS],
    }


def changes(rendering: Rendering, argument: str) -> dict[str, Any]:
    """What changed on the site, newest first, each with its reason."""
    pages, countries = rendering.site.pages, rendering.facts.countries
    return {
        "labels": CHANGE_LABELS,
        "changes": [
            (
                change,
                [(path, pages[path].title) for path in change.pages if path in pages],
                [
                    (countries[id_].name, TIER_LABELS[tier])
                    for id_, tier in change.verdicts.items()
                    if id_ in countries
                ],
            )
            for change in rendering.facts.changes.values()
        ],
    }


_DESCRIBED: dict[str, type[Record]] = collections() | {
    "api-country": ApiCountry,
    "api-countries": ApiIndex,
}
"""What ``::: fields`` describes, by the name of its schema."""


def tier_map(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The map of verdicts, with the table behind it."""
    from explainer import tier_map as maps

    countries = _by_tier(rendering)
    drawn = maps.tier_map(countries)
    return {
        "chart": drawn,
        "picture": _picture(rendering, drawn, maps.SOURCES_LINE),
        "countries": [(country, TIER_LABELS[country.tier]) for country in countries],
        "csv": VERDICTS,
    }


def _by_tier(rendering: Rendering) -> list[Country]:
    """Every country: treaty allies first, then by name."""
    tiers = list(Tier)
    countries = rendering.facts.countries.values()
    return sorted(countries, key=lambda country: (tiers.index(country.tier), country.name))


def fields(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The fields of a record, and of the records in it, as its schema has them."""
    if argument not in _DESCRIBED:
        raise DirectiveError(
            f"no data file has records “{argument}”",
            did_you_mean(argument, list(_DESCRIBED)) or f"known: {', '.join(_DESCRIBED)}",
        )
    record, *parts = describe(_DESCRIBED[argument])
    # What a record of the API has in common with the record of the country is described there.
    inherited = describe(Country) if argument == "api-country" else ()
    known = {name for words in inherited for name in (words.name, *(field.name for field in words.fields))}
    own = [field for field in record.fields if field.name not in known or not inherited]
    return {
        "name": argument,
        "fields": own,
        "parts": [part for part in parts if part.name not in known],
        "anchor": {part.name: f"{argument}-{part.name.lower()}" for part in parts},
    }


def columns(rendering: Rendering, argument: str) -> dict[str, Any]:
    """The columns of every CSV file."""
    return {"files": [file for file in _files(rendering) if file.fields]}


def data_files(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every file of data/, with what it holds; what belongs together on one line."""
    lines: dict[str, list[DataFile]] = {}
    for file in _files(rendering):
        lines.setdefault(file.group or file.title, []).append(file)
    return {"lines": list(lines.items()), "package": PACKAGE}


def _files(rendering: Rendering) -> list[DataFile]:
    folder = rendering.facts.root / "docs" / "data" / "sources"
    return open_data_files(rendering.facts, [path.name for path in folder.glob("*.yml")])


def glossary(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every term with its explanation, from A to Z."""
    terms = sorted(rendering.facts.glossary.values(), key=lambda term: term.term.casefold())
    titles = {src: page.title for src, page in rendering.site.pages.items()}
    return {
        "terms": [
            (
                term,
                # its other names; that “vetoes” is a form of “veto” a reader knows
                [
                    name
                    for name in term.aliases
                    if name != term.stands_for and name[:4].casefold() != term.term[:4].casefold()
                ],
                titles.get((term.page or "").partition("#")[0], ""),
            )
            for term in terms
        ]
    }


def tier_history(rendering: Rendering, argument: str) -> dict[str, Any]:
    """How verdicts have changed: a picture, and a table of periods whose answers open to their evidence."""
    from explainer import charts  # takes a moment to load: only pages with charts pay for it

    facts = rendering.facts
    found = history.spans(facts.countries, facts.history.values())
    if not found:
        return {"spans": []}
    verdicts = history.table(facts.countries, facts.history.values())
    drawn = charts.chart_of("tier-history", {"tier-history": verdicts})
    publishers = {id_: source.published_by for id_, source in facts.sources.items()}
    return {
        "spans": found,
        "chart": drawn,
        "picture": _picture(rendering, drawn, charts.sources_line(verdicts, publishers)),
        "file": verdicts.series.file,
        "newest": history.newest(facts.countries.values()),
        "labels": {name: TEST_LABELS[name][0] for name in TEST_LABELS},
    }


VIEWS: dict[str, View] = {
    "verdict": verdict,
    "at-a-glance": at_a_glance,
    "claims": claims,
    "claims-in-full": claims_in_full,
    "claims-count": claims_count,
    "questions": questions,
    "references": references,
    "countries-by-tier": countries_by_tier,
    "bibliography": bibliography,
    "treaties": treaties,
    "timeline": timeline,
    "table": table,
    "chart": chart,
    "compare": compare,
    "changes": changes,
    "tier-map": tier_map,
    "glossary": glossary,
    "fields": fields,
    "columns": columns,
    "data-files": data_files,
    "tier-history": tier_history,
}
