"""The rule that turns the answers to the five tests into a tier. The same for every country, and for every time."""

from collections.abc import Mapping
from itertools import product

from explainer.records import Answer, PastTests, Tests, Tier

TESTS = tuple(Tests.model_fields)
"""The names of the five tests, in their order."""

_POINTS = {Answer.YES: 2, Answer.PARTLY: 1, Answer.NO: 0, Answer.LAPSED: 0}
FRIENDLY_POINTS = 3


def tier_of(tests: Tests) -> Tier:
    """The tier that follows from five answers; see ``tier_of_answers``."""
    return tier_of_answers({name: getattr(tests, name).answer for name in TESTS})


def tier_of_answers(answers: Mapping[str, Answer]) -> Tier:
    """The first line that fits decides.

    1. A mutual-defence clause in force: treaty ally.
    2. Military support, and at least two of economic, diplomatic and political support: strategic partner.
    3. At least ``FRIENDLY_POINTS`` points over the four tests other than the treaty (yes 2, partly 1): friendly state.
    4. Anything that lapsed: former or lapsed ally.
    5. Otherwise: not an ally.
    """
    others = [answers[name] for name in ("economic", "diplomatic", "political")]
    if answers["treaty"] is Answer.YES:
        return Tier.TREATY_ALLY
    if answers["military"] is Answer.YES and others.count(Answer.YES) >= 2:
        return Tier.STRATEGIC_PARTNER
    if sum(_POINTS[answer] for answer in (answers["military"], *others)) >= FRIENDLY_POINTS:
        return Tier.FRIENDLY_STATE
    if Answer.LAPSED in answers.values():
        return Tier.FORMER_ALLY
    return Tier.NOT_AN_ALLY


def possible_tiers(tests: PastTests | Tests) -> tuple[Tier, ...]:
    """Every tier that the rule could give, whatever the answers that are not established.

    One tier means that the missing answers make no difference: a defence clause in force settles it alone.
    """
    known = {name: getattr(tests, name) for name in TESTS}
    choices = [[test.answer] if test else list(Answer) for test in known.values()]
    found = {tier_of_answers(dict(zip(TESTS, answers, strict=True))) for answers in product(*choices)}
    return tuple(tier for tier in Tier if tier in found)
