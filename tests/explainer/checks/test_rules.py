"""The registry of rules: every rule has a fixture, an explanation and a name of its own."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

from explainer.checks.rule import FAMILIES, UnknownRuleError, all_rules, find_rule, select_rules
from tests.explainer import checks

ELSEWHERE = {
    "CFG001": "test_words",
    "CFG005": "test_suppress",
    "CFG009": "test_cli",
    "CFG010": "test_baseline",
    "PRM010": "test_fix",
    "SRC060": "test_fix",
    "PRM001": "test_site",
    "PRM002": "test_site",
    "PRM004": "test_site",
    **{f"EXT{number:03}": "test_online" for number in range(1, 14)},
}
"""Rules whose fixture is not in a table."""


def _in_tables() -> Iterator[str]:
    """The rules of every table ``BROKEN`` of the tests beside this one."""
    for module in pkgutil.iter_modules(checks.__path__):
        table = getattr(import_module(f"{checks.__name__}.{module.name}"), "BROKEN", {})
        yield from (fault[0] if isinstance(fault, tuple) else fault.rule for fault in table.values())


def test_every_rule_has_a_failing_fixture() -> None:
    assert {rule.id for rule in all_rules()} == set(_in_tables()) | set(ELSEWHERE)


def test_every_rule_explains_itself() -> None:
    for rule in all_rules():
        assert rule.family in FAMILIES
        assert len(rule.explanation) > 30
        assert rule.summary and not rule.summary.endswith(".")


def test_rules_are_found_by_id_name_and_family() -> None:
    assert find_rule("lnk001") is find_rule("missing-page")
    assert {rule.family for rule in select_rules(["LNK,cit"], ["LNK001"])} == {"LNK", "CIT"}
    assert "LNK001" not in {rule.id for rule in select_rules([], ["missing-page"])}


def test_a_family_is_no_rule() -> None:
    with pytest.raises(
        UnknownRuleError, match="“LNK” is a family of rules: name one of them, such as LNK001"
    ):
        find_rule("LNK")


@pytest.mark.parametrize("name", ["LNK999", "missing-pge", "XYZ"])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(UnknownRuleError, match=name):
        select_rules([name], [])
