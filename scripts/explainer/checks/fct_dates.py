"""Dates that differ between words and data, or between two places in the data. Only what is certain is told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from explainer.checks.finding import Defect, Severity
from explainer.checks.passages import read_units
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import dates_in
from explainer.checks.words import Words
from explainer.citations import parse_reference
from explainer.dates import MONTHS, PartialDate, parse_day
from explainer.records import DatedStatement, Event, Treaty, review_due

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
# “8 and 9 June 2026”, “30 April to 2 May 2026”: a span has more than one day.
_SPAN = re.compile(
    rf"\b\d{{1,2}}(?: (?:{'|'.join(MONTHS)}))?(?: \d{{4}})?(?: ?[–-] ?| (?:and|to|or|until) )$"
)
# The day on which somebody told of it is another than that of the event, and so is a day counted from it.
_TOLD = re.compile(
    r"\b(?:report|repeat|recall|confirm|announc|publish|said|says|say|told|tells|wrote|writes|carried|dated|relay|quot|"
    r"releas|print|state[ds]?\b|reveal|according|note[ds]?\b|describ|claim|put\b|puts\b|by|from)",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?:after|before|later|earlier|since|until|anniversar\w*|(?:next|following|previous) \w+)\b", re.I
)
_SIGNED = re.compile(r"\bsigned\b", re.I)
_TREATY = re.compile(r"\b(?:treaty|pact)\b", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = re.compile(r"the|and|for|with|its|that|from|was|were|had|has|have|his|her|their|north|korean?")


@dataclass(frozen=True)
class _Passage:
    """A sentence, or a list item that begins with a date, with the documents that it cites and its only full date."""

    words: Words
    text: str
    sources: frozenset[str]
    day: date
    start: int
    width: int


def only_day(text: str) -> tuple[date, int, int] | None:
    """The only full date in a text, with its place; nothing where there are two, a span, or none in the calendar."""
    found = list(_DAY.finditer(text))
    if len(found) != 1 or _SPAN.search(text[: found[0].start()]):
        return None
    match = found[0]
    try:
        day = date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None
    return day, match.start(), match.end()


def is_slip(one: date, other: date) -> bool:
    """Whether two dates differ in one part only: the day or the month, as a slip of the hand would."""
    return one.year == other.year and (one.month == other.month) != (one.day == other.day)


def _full(day: PartialDate | None) -> date | None:
    return day.first_day() if day and day.first_day() == day.last_day() else None


def _passages(project: Project) -> Iterator[_Passage]:
    for words in project.words.values():
        cited = [(cluster.start, citation.id) for cluster in words.clusters for citation in cluster.citations]
        for unit, sentences in read_units(words):
            spans = [(unit.start, unit.start + len(unit.text))]
            if unit.sort == "paragraph":
                spans = [(sentence.start, sentence.start + len(sentence.text)) for sentence in sentences]
            for start, end in spans:
                text = words.without_citations[start:end]
                if "“" in text and _DAY.search(re.sub(r"[^“]*(“[^”]*”)?", r"\1", text)):
                    continue  # what others wrote
                day = only_day(text)
                # A citation stands right behind the full stop as well.
                sources = frozenset(id_ for place, id_ in cited if start <= place < end + 2)
                if day and sources:
                    yield _Passage(words, text, sources, day[0], start + day[1], day[2] - day[1])


def _keywords(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if not _COMMON.fullmatch(word)}


def _ids(sources: Iterable[str]) -> set[str]:
    return {parse_reference(text)[0] for text in sources}


@lru_cache(maxsize=2)
def _known_days(project: Project) -> frozenset[date]:
    """Every full date of an event or a treaty: a date that one of them has is no slip of another."""
    found = {_full(event.date) for event in project.facts.events.values()}
    for treaty in project.facts.treaties.values():
        found |= {_full(part.date) for part in (treaty.signed, treaty.in_force, treaty.ended)}
    return frozenset(day for day in found if day)


def _told_of(passage: _Passage) -> bool:
    """Whether the date may be that of a report, or be counted from that of the event."""
    begin = passage.start
    text = passage.words.without_citations
    near = text[max(0, begin - 40) : begin], text[begin : begin + 60]
    return any(_TOLD.search(part) for part in near) or bool(_COUNTED.search(passage.text))


def _same_event(passage: _Passage, event: Event) -> bool:
    """Whether a passage is about an event beyond doubt: it cites all its documents, and names nearly all in its title."""
    title = _keywords(event.title)
    common = title & _keywords(passage.text)
    return passage.sources >= _ids(event.sources) and len(title) >= 3 and len(common) >= 0.75 * len(title)


@rule(
    "FCT025",
    "date-differs",
    ERROR,
    "a date in the words that differs from the data",
    """A sentence that cites the documents of an event or a treaty, and says what its record says, gives another day or
    another month. Only what is certain is told: the sentence has one full date, it differs in one part, no other event
    has that date, and nobody’s report is dated with it. Correct whichever is wrong.""",
)
def date_differs(project: Project) -> Iterator[Defect]:
    known = _known_days(project)
    for passage in _passages(project):
        if passage.day in known or _told_of(passage):
            continue
        for record, right, what in _records_of(project, passage):
            line, column = passage.words.lines.place(passage.start)
            origin = project.facts.origin(record)
            yield Defect(
                passage.words.page.path,
                line,
                column,
                f"{_words(passage.day)} differs from {_words(right)}, the date {what} ({origin.path}:{origin.place('id')[0]})",
                "correct whichever is wrong",
                passage.width,
            )
            break


def _records_of(project: Project, passage: _Passage) -> Iterator[tuple[Event | Treaty, date, str]]:
    for treaty in project.facts.treaties.values():
        right = _full(treaty.signed.date)
        about = bool(_SIGNED.search(passage.text) and _TREATY.search(passage.text))
        if right and about and passage.sources & _ids(treaty.signed.sources) and is_slip(passage.day, right):
            yield treaty, right, f"on which {treaty.id} was signed"
    for event in project.facts.events.values():
        right = _full(event.date)
        if right and is_slip(passage.day, right) and _same_event(passage, event):
            yield event, right, f"of {event.id}"


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@rule(
    "FCT026",
    "date-in-text",
    ERROR,
    "a text in the data that gives another day than its own date",
    """“signed” and “in_force” of a treaty each have a date and a text. Where the text has one full date, it is that date.
    The day on which a treaty was signed is the same in treaties.yml and in the event of events.yml that tells of it.""",
)
def date_in_text(project: Project) -> Iterator[Defect]:
    for treaty in project.facts.treaties.values():
        origin = project.facts.origin(treaty)
        for name in ("signed", "in_force"):
            part: DatedStatement = getattr(treaty, name)
            right, found = _full(part.date), only_day(part.text)
            if right and found and found[0] != right:
                yield Defect(
                    origin.path,
                    *origin.place(name, "text"),
                    f"{treaty.id}: the text of “{name}” says {_words(found[0])}, its date is {right}",
                    "correct whichever is wrong",
                    4,
                )
        yield from _signed_otherwise(project, treaty)


def _signed_otherwise(project: Project, treaty: Treaty) -> Iterator[Defect]:
    """An event of the same year and country that tells of the signing, from the same document, with another day."""
    right = _full(treaty.signed.date)
    for event in project.facts.events.values():
        day = _full(event.date)
        same = (
            event.kind == "treaty"
            and set(event.countries) & set(treaty.countries)
            and _ids(event.sources) & _ids(treaty.signed.sources)
            and _SIGNED.search(event.title)
            and _TREATY.search(event.title)
        )
        if right and day and same and is_slip(day, right):
            origin = project.facts.origin(event)
            yield Defect(
                origin.path,
                *origin.place("date"),
                f"{event.id}: {treaty.id} was signed on {_words(right)} by treaties.yml",
                "correct whichever is wrong",
                4,
            )


@rule(
    "FCT027",
    "reviewed-before-facts",
    WARNING,
    "a country page that was read over before its newest fact",
    """“reviewed” in the front matter tells readers on which day the page was read against its sources. An answer, a visit
    or a checked claim of the country that bears a later date was added since: read the page again, and set “reviewed”.""",
)
def reviewed_before_facts(project: Project) -> Iterator[Defect]:
    for country in project.facts.countries.values():
        page = project.pages.get(f"countries/{country.id}.md")
        data = page.front_matter.data if page else None
        if page is None or not isinstance(data, dict):
            continue
        try:
            reviewed = parse_day(data.get("reviewed", ""))
            overdue = review_due(reviewed, str(data.get("review_in", ""))) < project.today
        except (ValueError, OverflowError):
            continue  # the schema says what is wrong
        if overdue:
            continue  # that it has to be read again is told as such
        dated = [(".".join(map(str, keys)), value.first_day()) for keys, value in dates_in(country)]
        dated += [
            (f"claim {claim.id}", claim.checked)
            for claim in project.facts.claims.values()
            if claim.country == country.id
        ]
        what, newest = max(dated, key=lambda item: item[1], default=("", reviewed))
        if reviewed < newest <= project.today:
            line, column = page.front_matter.place(("reviewed",))
            yield Defect(
                page.path,
                line,
                column,
                f"reviewed on {_words(reviewed)}, but its facts are newer: {what} is of {_words(newest)}",
                "read the page against its sources, and set “reviewed”",
                8,
            )
