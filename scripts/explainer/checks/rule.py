"""The registry of rules."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.problems import did_you_mean

FAMILIES = {
    "LNK": "links in the words",
    "CIT": "citations",
    "SRC": "the registry of sources",
    "FCT": "the facts",
    "TXT": "the words",
    "SIT": "the built site",
    "PRM": "addresses that last",
    "EXT": "links to other hosts (only with --online)",
    "CFG": "the settings of site and checker",
}
"""In the order in which they run: of two families that see one fault, the earlier reports it."""


class Scope(StrEnum):
    """What a rule needs to look at."""

    WORDS = "words"
    SITE = "site"
    NETWORK = "network"


Check = Callable[[Project], Iterable[Defect]]


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong, and the pure function that finds it."""

    id: str
    name: str
    severity: Severity
    summary: str
    explanation: str
    scope: Scope
    check: Check

    @property
    def family(self) -> str:
        """The three letters of its family."""
        return self.id[:3]


class UnknownRuleError(Exception):
    """A name that is neither a rule nor a family."""


_RULES: dict[str, Rule] = {}


def rule(
    id_: str, name: str, severity: Severity, summary: str, explanation: str, scope: Scope = Scope.WORDS
) -> Callable[[Check], Check]:
    """Register the decorated function as the check of a rule."""
    if id_ in _RULES or any(name == other.name for other in _RULES.values()):
        raise ValueError(f"the rule {id_} ({name}) is registered twice")

    def register(check: Check) -> Check:
        text = re.sub(r"\s+", " ", explanation).strip()
        _RULES[id_] = Rule(id_, name, severity, summary, text, scope, check)
        return check

    return register


def all_rules() -> list[Rule]:
    """Every rule, by family in the order of ``FAMILIES`` and by number."""
    _register(FAMILIES)
    return _registered()


def find_rule(name: str) -> Rule:
    """The rule with this id or name. Raises ``UnknownRuleError`` with the nearest names."""
    # Most often it is one that is there already, or of the family that its id begins with.
    _register({name[:3].upper()} & FAMILIES.keys())
    for known in (_registered, all_rules):
        for rule in known():
            if name.upper() == rule.id or name.lower() == rule.name:
                return rule
    raise UnknownRuleError(_unknown(name))


def select_rules(
    select: Iterable[str], ignore: Iterable[str], families: Iterable[str] = tuple(FAMILIES)
) -> list[Rule]:
    """The rules named by ``select`` (all of ``families`` where it names none) without those named by ``ignore``.

    A name is the id or the name of a rule, or a family. Raises ``UnknownRuleError``.
    """
    chosen = set(_expand(select)) or set(_expand(families))
    chosen -= set(_expand(ignore))
    return [rule for rule in _registered() if rule.id in chosen]


def _register(families: Iterable[str]) -> None:
    """Import what registers the rules of these families. Those of one family are often all that is needed."""
    for family in families:
        import_module(f"explainer.checks.{family.lower()}")


def _registered() -> list[Rule]:
    order = list(FAMILIES)
    return sorted(_RULES.values(), key=lambda rule: (order.index(rule.family), rule.id))


def _expand(names: Iterable[str]) -> Iterator[str]:
    for part in (part.strip() for name in names for part in name.split(",")):
        if not part:
            continue
        if (family := part.upper()) in FAMILIES:
            _register([family])
            yield from (rule.id for rule in _registered() if rule.family == family)
        else:
            yield find_rule(part).id


def _unknown(name: str) -> str:
    if name.upper() in FAMILIES:
        first = next(rule.id for rule in all_rules() if rule.family == name.upper())
        return f"“{name}” is a family of rules: name one of them, such as {first}"
    known = [*FAMILIES, *(rule.id for rule in all_rules()), *(rule.name for rule in all_rules())]
    near = did_you_mean(name.upper(), known) or did_you_mean(name.lower(), known)
    return f"there is no rule or family “{name}”" + (f": {near}" if near else "; see --list-rules")
