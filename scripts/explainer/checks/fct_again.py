"""Events that stand twice under two dates, and claims whose finding finds nothing."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from difflib import SequenceMatcher

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.citations import parse_reference
from explainer.records import Claim, Event

_PLACEHOLDER = re.compile(
    r"\W*(?:to ?do|tbd|tba|tbc|fixme|xxx|n/?a|none|unknown|unclear|pending|later|not (?:yet )?(?:checked|done|known)|"
    r"to be (?:checked|done|written|added|determined)|see (?:above|below)|\?+|…|\.{3})\W*",
    re.I,
)


@rule(
    "FCT028",
    "event-again",
    Severity.ERROR,
    "one event under two dates",
    """Two events have nearly the same title and rest on the same document, and their dates say the same with more or less
    precision (June 2024; 19 June 2024), or lie a day apart. Merge them under the date that the documents give. What took
    two days has one date in events.yml: the first.""",
)
def event_again(project: Project) -> Iterator[Defect]:
    for one, other in _neighbours(project.facts.events.values()):
        if str(one.date) != str(other.date) and _is_again(one, other):
            origin, first = project.facts.origin(other), project.facts.origin(one)
            yield Defect(
                origin.path,
                *origin.place("title"),
                f"{other.id}: is the same event as {one.id} ({first.path}:{first.place('id')[0]}), dated {one.date}",
                "merge the two",
                5,
            )


def _neighbours(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Each pair of events whose dates touch, the one that begins first before the other."""
    ordered = sorted(events, key=lambda event: event.date.first_day())
    for number, one in enumerate(ordered, start=1):
        last = one.date.last_day() + timedelta(days=1)
        for other in ordered[number:]:
            if other.date.first_day() > last:
                break
            yield one, other


def _is_again(one: Event, other: Event) -> bool:
    gap = max(one.date.first_day(), other.date.first_day()) - min(one.date.last_day(), other.date.last_day())
    if gap > timedelta(days=1) or one.kind != other.kind or not set(one.countries) & set(other.countries):
        return False
    ours, theirs = _ids(one), _ids(other)
    if not ours & theirs:
        return False
    apart = gap == timedelta(days=1)
    alike = SequenceMatcher(None, _ordered(one.title), _ordered(other.title), autojunk=False).ratio()
    return alike >= (0.95 if apart else 0.85) and (ours == theirs or not apart)


def _ids(event: Event) -> set[str]:
    return {parse_reference(text)[0] for text in event.sources}


def _ordered(title: str) -> list[str]:
    """The words of a title in a fixed order: “A met B” and “B met A” tell of one meeting."""
    return sorted(re.findall(r"[\w’'-]+", title.casefold()))


@rule(
    "FCT029",
    "empty-finding",
    Severity.ERROR,
    "a claim whose finding finds nothing",
    """“finding” says what the documents show. “Unknown”, “to be checked” and the claim said again are no findings. Where no
    document was found, say what was looked for: “No published agreement was found.”""",
)
def empty_finding(project: Project) -> Iterator[Defect]:
    for claim in project.facts.claims.values():
        problem = _problem(claim)
        if problem:
            origin = project.facts.origin(claim)
            yield Defect(
                origin.path,
                *origin.place("finding"),
                f"{claim.id}: the finding {problem}",
                "say what the documents show, or what was looked for and not found",
                7,
            )


def _problem(claim: Claim) -> str:
    if _PLACEHOLDER.fullmatch(claim.finding):
        return f"“{claim.finding}” is not a finding"
    said, found = _ordered(claim.claim), _ordered(claim.finding)
    if said == found:
        return "only says the claim again"
    if len(found) < 3:
        return f"“{claim.finding}” is too short to be one"
    return ""
