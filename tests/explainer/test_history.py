"""How verdicts have changed: what the rule gives where some answers are missing, and the table of periods."""

from itertools import product
from pathlib import Path

import pytest

from explainer.facts import load_facts
from explainer.history import NOT_ESTABLISHED, newest, spans, table
from explainer.records import Answer, PastTests, Tests, Tier
from explainer.series import table_csv
from explainer.tiers import TESTS, possible_tiers, tier_of

ROOT = Path(__file__).parents[2]


def answered(**answers: str) -> PastTests:
    return PastTests.model_validate(
        {
            name: {"answer": answer, "date": "2026", "reason": "x", "sources": []}
            for name, answer in answers.items()
        }
    )


@pytest.mark.parametrize(
    ("answers", "tiers"),
    [
        ({"treaty": "yes"}, {Tier.TREATY_ALLY}),
        ({}, set(Tier)),
        ({"treaty": "lapsed"}, {Tier.STRATEGIC_PARTNER, Tier.FRIENDLY_STATE, Tier.FORMER_ALLY}),
        ({"treaty": "no", "military": "yes", "economic": "no", "political": "partly"}, {Tier.FRIENDLY_STATE}),
        (
            {"treaty": "lapsed", "economic": "no", "diplomatic": "yes", "political": "yes"},
            {Tier.STRATEGIC_PARTNER, Tier.FRIENDLY_STATE},
        ),
    ],
)
def test_the_tiers_that_missing_answers_leave(answers: dict[str, str], tiers: set[Tier]) -> None:
    assert set(possible_tiers(answered(**answers))) == tiers


def test_five_answers_leave_one_tier() -> None:
    for answers in product(Answer, repeat=5):
        tests = answered(**dict(zip(TESTS, answers, strict=True)))
        assert possible_tiers(tests) == (tier_of(Tests.model_validate(tests.model_dump())),)


def test_the_periods_of_this_site() -> None:
    facts, _ = load_facts(ROOT)
    found = spans(facts.countries, facts.history.values())
    assert {span.country.id for span in found} == set(facts.countries)
    for country in facts.countries.values():
        own = [span for span in found if span.country is country]
        assert own[0].period.begins.year == 1991
        assert own[-1].present
        assert own[-1].tier is country.tier
        assert own[-1].answers()[0][1] is country.tests.treaty
    assert any(span.label == NOT_ESTABLISHED for span in found)
    assert any(span.label == "Strategic partner or friendly state" for span in found)


def test_the_table_has_a_row_for_each_period_and_its_sources() -> None:
    facts, _ = load_facts(ROOT)
    made = table(facts.countries, facts.history.values())
    lines = table_csv(made).splitlines()
    assert lines[0].startswith("country,begins,ends,tier,possible,treaty,")
    assert "drawn_until" not in lines[0]
    assert len(lines) == len(facts.history) + 1
    assert all(row.sources for row in made.rows)
    assert {row.cells["drawn_until"] for row in made.rows if not row.cells["ends"]} == {
        str(newest(facts.countries.values()))
    }
