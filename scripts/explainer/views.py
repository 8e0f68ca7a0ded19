"""What each directive prints: picks facts for the template of the same name in overrides/views/."""

from typing import Any

from explainer.markdown_text import headings
from explainer.problems import did_you_mean
from explainer.records import KIND_LABELS, TEST_LABELS, TIER_LABELS, Claim, Country, Kind, Tier, Verdict
from explainer.rendering import DirectiveError, Rendering, View

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


def bibliography(rendering: Rendering, argument: str) -> dict[str, Any]:
    """Every document in the registry, by kind, with the pages that cite it."""
    usage = rendering.site.usage
    if usage is None:  # while it is being found out which page cites what
        return {"groups": [], "total": 0, "pages": {}}
    sources = sorted(
        rendering.facts.sources.values(),
        key=lambda source: (
            source.published_by.casefold(),
            source.issued.first_day().isoformat() if source.issued else "",
            source.id,
        ),
    )
    groups = [
        (kind, *KIND_LABELS[kind], [source for source in sources if source.kind is kind]) for kind in Kind
    ]
    return {"groups": [group for group in groups if group[3]], "total": len(sources), "pages": usage.pages}


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
}
