"""The rule that turns five answers into a tier."""

from itertools import product

import pytest

from explainer.records import Answer, Tests, Tier
from explainer.tiers import tier_of

ORDER = [Answer.NO, Answer.PARTLY, Answer.YES]
RANK = {
    Tier.TREATY_ALLY: 3,
    Tier.STRATEGIC_PARTNER: 2,
    Tier.FRIENDLY_STATE: 1,
    Tier.FORMER_ALLY: 0,
    Tier.NOT_AN_ALLY: 0,
}


def answered(*answers: Answer) -> Tests:
    names = ("treaty", "military", "economic", "diplomatic", "political")
    return Tests.model_validate(
        {
            name: {"answer": answer, "date": "2026", "reason": "x", "sources": []}
            for name, answer in zip(names, answers, strict=True)
        }
    )


@pytest.mark.parametrize(
    ("answers", "tier"),
    [
        ("yes no no no no", Tier.TREATY_ALLY),
        ("no yes yes yes no", Tier.STRATEGIC_PARTNER),
        ("no yes yes partly no", Tier.FRIENDLY_STATE),
        ("no no yes partly no", Tier.FRIENDLY_STATE),
        ("lapsed no partly partly no", Tier.FORMER_ALLY),
        ("no lapsed no no no", Tier.FORMER_ALLY),
        ("no no partly partly no", Tier.NOT_AN_ALLY),
        ("no no no no no", Tier.NOT_AN_ALLY),
    ],
)
def test_examples(answers: str, tier: Tier) -> None:
    assert tier_of(answered(*map(Answer, answers.split()))) is tier


def test_a_better_answer_never_gives_a_lower_tier() -> None:
    for answers in product(ORDER, repeat=5):
        rank = RANK[tier_of(answered(*answers))]
        for place, answer in enumerate(answers):
            if answer is not Answer.YES:
                better = [*answers]
                better[place] = ORDER[ORDER.index(answer) + 1]
                assert RANK[tier_of(answered(*better))] >= rank
