"""Short addresses send readers on to the page of a country."""

from pathlib import Path

from explainer.facts import load_facts
from explainer.short_addresses import short_addresses

ROOT = Path(__file__).parents[2]


def test_each_country_has_one() -> None:
    facts, _ = load_facts(ROOT)
    stubs = short_addresses(facts.countries.values(), "https://allies.test.org/site/")
    assert len(stubs) == len(facts.countries)
    china = stubs["c/cn/index.html"]
    assert 'content="0; url=../../countries/china/"' in china
    assert '<link rel="canonical" href="https://allies.test.org/site/countries/china/">' in china
    assert '<a href="../../countries/china/">the page about China</a>' in china


def test_without_an_address_there_is_no_canonical_one() -> None:
    facts, _ = load_facts(ROOT)
    assert all("canonical" not in stub for stub in short_addresses(facts.countries.values(), "").values())
