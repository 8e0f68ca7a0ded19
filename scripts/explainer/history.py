"""How verdicts have changed: the periods of history.yml, each with the tier that the rule gives for it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explainer.dates import PartialDate
from explainer.fact_store import Facts
from explainer.records import (
    TEST_LABELS,
    TIER_LABELS,
    Country,
    PastTests,
    Series,
    Test,
    Tests,
    Tier,
    VerdictPeriod,
)
from explainer.series import SeriesRow, Table
from explainer.tiers import TESTS, possible_tiers

NOT_ESTABLISHED = "Not established"

_COLUMNS = (
    ("country", "Country", "text", "The slug of the country", "no"),
    ("begins", "From", "date", "When the period began", "no"),
    ("ends", "Until", "date", "When the next period began; empty where it has not ended", "yes"),
    ("tier", "Verdict", "text", "What the rule gives; empty where the answers leave it open", "yes"),
    (
        "possible",
        "What the rule could give",
        "text",
        "Every tier that the missing answers leave possible, separated by semicolons",
        "no",
    ),
    *(
        (
            name,
            TEST_LABELS[name][0],
            "text",
            "yes, partly, no or lapsed; empty where it is not established",
            "yes",
        )
        for name in TESTS
    ),
    ("change", "What began it", "text", "What began the period, or what is not established of it", "no"),
    ("source", "Source", "source", "Ids of registered sources, separated by semicolons", "no"),
)
SERIES = Series.model_validate(
    {
        "id": "tier-history",
        "file": "tier-history.csv",
        "title": "Verdicts since 1991",
        "unit": "Periods",
        "definition": {
            "text": "The tier that the rule gives for each period, from the answers that the sources carry.",
            "sources": [],
        },
        "columns": [
            dict(zip(("name", "label", "kind", "description", "optional"), column, strict=True))
            for column in _COLUMNS
        ],
    }
)
"""What the published CSV holds, column by column."""


@dataclass(frozen=True)
class Span:
    """A period with what follows from it."""

    period: VerdictPeriod
    country: Country
    tests: PastTests | Tests
    tiers: tuple[Tier, ...]
    present: bool
    """Whether its answers are those of countries.yml."""

    @property
    def tier(self) -> Tier | None:
        """The tier that the rule gives, or nothing where the missing answers leave it open."""
        return self.tiers[0] if len(self.tiers) == 1 else None

    @property
    def label(self) -> str:
        """The tier in words: one, two that are possible, or none."""
        if len(self.tiers) > 2:
            return NOT_ESTABLISHED
        return " or ".join(
            TIER_LABELS[tier] if index == 0 else TIER_LABELS[tier].lower()
            for index, tier in enumerate(self.tiers)
        )

    def answers(self) -> list[tuple[str, Test | None]]:
        """The five tests by name, each with its answer where one is established."""
        return [(name, getattr(self.tests, name)) for name in TESTS]

    @property
    def sources(self) -> tuple[str, ...]:
        """Every document the period rests on."""
        named = [*self.period.change.sources]
        for _, test in self.answers():
            named += test.sources if test else []
        return tuple(dict.fromkeys(named))


def spans(countries: Mapping[str, Country], periods: Iterable[VerdictPeriod]) -> list[Span]:
    """Every period of a country that there is, by country and in the order of the file."""
    found = []
    order = list(countries)
    for period in sorted(
        (item for item in periods if item.country in countries), key=lambda p: order.index(p.country)
    ):
        country = countries[period.country]
        present = period.tests is None and period.ends is None
        tests: PastTests | Tests = country.tests if present else period.tests or PastTests.model_validate({})
        found.append(Span(period, country, tests, possible_tiers(tests), present))
    return found


def newest(countries: Iterable[Country]) -> PartialDate:
    """The newest date in the answers: where a period that has not ended is drawn to end."""
    dates: list[PartialDate] = [getattr(country.tests, name).date for country in countries for name in TESTS]
    return max(dates, key=lambda date: date.first_day())


def tables(facts: Facts) -> list[Table]:
    """The table of the periods, where there are any: nothing, or one."""
    return [table(facts.countries, facts.history.values())] if facts.history else []


def table(countries: Mapping[str, Country], periods: Iterable[VerdictPeriod]) -> Table:
    """The periods as a table, for the picture and for the CSV file.

    Its rows also have ``drawn_until``, which is not in the file: where the picture ends a period.
    """
    found = spans(countries, periods)
    now = str(newest(span.country for span in found)) if found else ""
    rows = tuple(
        SeriesRow(
            {
                "country": span.country.id,
                "begins": str(span.period.begins),
                "ends": str(span.period.ends or ""),
                "drawn_until": str(span.period.ends or now),
                "tier": span.tier or "",
                "possible": "; ".join(span.tiers),
                **{name: test.answer if test else "" for name, test in span.answers()},
                "change": span.period.change.text,
                "source": "; ".join(span.sources),
            },
            span.sources,
        )
        for span in found
    )
    return Table(SERIES, rows)
