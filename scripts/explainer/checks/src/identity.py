"""SRC: one document under two ids."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from explainer.addresses import keys
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.src.place import at, sources
from explainer.records import Source

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def plain(text: str) -> str:
    """The letters and digits of a text, for comparison."""
    return re.sub(r"\W+", " ", text).casefold().strip()


def nearly(one: str, other: str) -> bool:
    """Whether two texts differ in less than a tenth, and in no number."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > 0.9 and matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


def _keys(source: Source) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [*keys(source.URL, source.DOI or "", source.number or "")]
    if source.issued and not source.title.startswith("["):
        found.append(
            (
                "publisher, date and title",
                source.published_by.casefold(),
                str(source.issued),
                plain(source.title),
            )
        )
    return found


@lru_cache(maxsize=2)
def _same(project: Project) -> list[tuple[Source, Source, str]]:
    """Each source that is the same document as an earlier one, that one, and what they have in common."""
    first: dict[tuple[str, ...], Source] = {}
    found = []
    for source in sources(project):
        own = _keys(source)
        if known := next((key for key in own if key in first), None):
            found.append((source, first[known], known[0]))
        for key in own:
            first.setdefault(key, source)
    return found


def _field(source: Source, what: str) -> str:
    """The field of a source that shows what it has in common with another."""
    if what == "address" or (what == "DOI" and not source.DOI) or (what == "UN symbol" and not source.number):
        return "URL"
    return {"DOI": "DOI", "UN symbol": "number"}.get(what, "id")


@rule(
    "SRC006",
    "same-document",
    ERROR,
    "one document under two ids",
    """Two sources have the same address (apart from scheme, www., m., index.html, a slash at the end, tracking parameters
    and the part after #), the same DOI, the same UN symbol, or the same publisher, date and title. Citations of the two
    would look like two independent sources.""",
)
def same_document(project: Project) -> Iterator[Defect]:
    for source, other, what in _same(project):
        origin = project.facts.origin(other)
        yield at(
            project,
            source,
            (_field(source, what),),
            f"has the same {what} as {other.id} ({origin.path}:{origin.place('id')[0]})",
            f"cite {other.id}, and remove this one",
        )


@rule(
    "SRC030",
    "near-same-document",
    WARNING,
    "two sources with nearly the same title on the same day",
    """Two documents of one day whose titles differ in less than a tenth are mostly one text: an agency’s report and a
    newspaper that prints it, or an early and a late version. They are not two independent sources. Titles of two words,
    descriptions in [square brackets] and titles that differ in a number are not compared.""",
)
def near_same_document(project: Project) -> Iterator[Defect]:
    told = {source.id for source, _, _ in _same(project)}
    days: dict[str, list[tuple[Source, str]]] = defaultdict(list)
    for source in sources(project):
        title = plain(source.title)
        if source.issued and source.issued.day and source.title[0] != "[" and title.count(" ") > 1:
            days[str(source.issued)].append((source, title))
    for same_day in days.values():
        for (one, title), (other, other_title) in combinations(same_day, 2):
            if other.id not in told and nearly(title, other_title):
                origin = project.facts.origin(one)
                yield at(
                    project,
                    other,
                    ("title",),
                    f"has nearly the same title and date as {one.id} ({origin.path}:{origin.place('id')[0]})",
                    "cite the first publisher only; keep both where they are two texts, and say so in “shows”",
                )
