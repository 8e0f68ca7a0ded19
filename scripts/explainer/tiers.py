"""The rule that turns the answers to the five tests into a tier. The same for every country."""

from explainer.records import Answer, Tests, Tier

_POINTS = {Answer.YES: 2, Answer.PARTLY: 1, Answer.NO: 0, Answer.LAPSED: 0}
FRIENDLY_POINTS = 3


def tier_of(tests: Tests) -> Tier:
    """The first line that fits decides.

    1. A mutual-defence clause in force: treaty ally.
    2. Military support, and at least two of economic, diplomatic and political support: strategic partner.
    3. At least ``FRIENDLY_POINTS`` points over the four tests other than the treaty (yes 2, partly 1): friendly state.
    4. Anything that lapsed: former or lapsed ally.
    5. Otherwise: not an ally.
    """
    others = (tests.economic, tests.diplomatic, tests.political)
    if tests.treaty.answer is Answer.YES:
        return Tier.TREATY_ALLY
    if tests.military.answer is Answer.YES and sum(test.answer is Answer.YES for test in others) >= 2:
        return Tier.STRATEGIC_PARTNER
    if sum(_POINTS[test.answer] for test in (tests.military, *others)) >= FRIENDLY_POINTS:
        return Tier.FRIENDLY_STATE
    if any(test.answer is Answer.LAPSED for test in (tests.treaty, tests.military, *others)):
        return Tier.FORMER_ALLY
    return Tier.NOT_AN_ALLY
