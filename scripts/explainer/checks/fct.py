"""FCT: the facts in docs/data/ other than sources."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from explainer.checks import fct_again as fct_again  # each registers its rules with this family
from explainer.checks import fct_dates as fct_dates
from explainer.checks import fct_figures as fct_figures
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import CONFIG, LEDGER, Project
from explainer.checks.rule import rule
from explainer.checks.sourced import FactRecord, Keys, dates_in, records, sourced_in, texts_in
from explainer.checks.statements import marker_in
from explainer.citations import parse_reference
from explainer.history import spans
from explainer.problems import did_you_mean
from explainer.records import Change, Claim, Event, Figure, Series, Term, Tier, Treaty, VerdictPeriod
from explainer.tiers import tier_of

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_SETTINGS = {CONFIG, "pyproject.toml", LEDGER}
_SOURCES = "docs/data/sources/"
_CHANGES = "docs/data/changes.yml"


def _at(project: Project, record: FactRecord, keys: Keys, message: str, hint: str) -> Defect:
    origin = project.facts.origin(record)
    line, column = origin.place(*keys)
    width = len(str(keys[-1])) if keys and isinstance(keys[-1], str) else 1
    return Defect(origin.path, line, column, f"{record.id}: {message}", hint, width)


def _loaded(project: Project, codes: set[str], sources: bool = False) -> Iterator[Defect]:
    for problem in project.problems:
        if problem.path in _SETTINGS or (problem.path.startswith(_SOURCES) and not sources):
            continue
        if problem.code in codes and not problem.path.endswith(".csv"):
            yield Defect.of(problem)


@rule(
    "FCT001",
    "unreadable-data",
    ERROR,
    "a data file that cannot be read",
    """Not UTF-8, not valid YAML, no list of records, or a key written twice. The other files were checked.""",
)
def unreadable_data(project: Project) -> Iterator[Defect]:
    return _loaded(project, {""}, sources=True)


@rule(
    "FCT002",
    "schema",
    ERROR,
    "a record that does not fit its schema",
    """A field is missing, unknown, or has the wrong form. The schemas are in docs/data/schema/; editors that read the
    first line of the file check them while you type.""",
)
def schema(project: Project) -> Iterator[Defect]:
    return _loaded(project, {"missing", "unknown-field", "value"})


@rule(
    "FCT003",
    "duplicate-record",
    ERROR,
    "two records with one id",
    """Links and pages could mean either.""",
)
def duplicate_record(project: Project) -> Iterator[Defect]:
    return _loaded(project, {"twice"})


@rule(
    "FCT004",
    "tier",
    ERROR,
    "a tier that does not follow from the five tests",
    """The rule is the same for all countries: scripts/explainer/tiers.py, in words in docs/about/method.md. Correct the
    tier, or the answer that is wrong.""",
)
def tier(project: Project) -> Iterator[Defect]:
    for country in project.facts.countries.values():
        right = tier_of(country.tests)
        if right is not country.tier:
            yield _at(
                project,
                country,
                ("tier",),
                f"the tests give “{right}”, not “{country.tier}”",
                f"write tier: {right}, or correct a test",
            )


@rule(
    "FCT036",
    "period-order",
    ERROR,
    "periods of a country that overlap, or are not in order",
    """history.yml has the periods of a country from the oldest to the newest: each begins when the one before it ends,
    and the last one alone has no end, because the answers in countries.yml hold there. A time for which nothing is
    established is a period without answers, not a gap.""",
)
def period_order(project: Project) -> Iterator[Defect]:
    by_country: dict[str, list[VerdictPeriod]] = {}
    for period in project.facts.history.values():
        by_country.setdefault(period.country, []).append(period)
        if period.ends and period.ends.last_day() < period.begins.first_day():
            yield _at(
                project, period, ("ends",), f"ends {period.ends}, before it begins", "exchange the two dates"
            )
    for periods in by_country.values():
        for earlier, later in pairwise(periods):
            if earlier.ends is None:
                yield _at(
                    project,
                    earlier,
                    ("begins",),
                    f"has no end, and {later.id} follows it",
                    f"write ends: {later.begins}",
                )
            elif earlier.ends != later.begins:
                yield _at(
                    project,
                    later,
                    ("begins",),
                    f"begins {later.begins}, and {earlier.id} ends {earlier.ends}",
                    f"write begins: {earlier.ends}, or enter the period between the two",
                )
        if periods[-1].ends is not None:
            yield _at(
                project,
                periods[-1],
                ("ends",),
                "is the last period of its country, and has an end",
                "enter the period that follows, without an end",
            )


@rule(
    "FCT037",
    "period-tier",
    ERROR,
    "a period that has not ended, and whose answers cannot give the tier of the country",
    """The answers of a period without an end stand in countries.yml. Where it names answers of its own, the rule of
    scripts/explainer/tiers.py must be able to give the tier of countries.yml from them.""",
)
def period_tier(project: Project) -> Iterator[Defect]:
    for span in spans(project.facts.countries, project.facts.history.values()):
        if span.period.ends is None and span.country.tier not in span.tiers:
            yield _at(
                project,
                span.period,
                ("tests",),
                f"gives “{span.label}”, countries.yml says {span.country.tier}",
                "leave the answers out, or correct them",
            )


@rule(
    "FCT005",
    "unknown-source",
    ERROR,
    "a record that names a source the registry does not have",
    """Every entry under “sources” is the id of a record in docs/data/sources/, alone or with a locator.""",
)
def unknown_source(project: Project) -> Iterator[Defect]:
    known = sorted(project.source_ids)
    for record, keys, part in sourced_in(project):
        for index, text in enumerate(part.sources):
            id_, _ = parse_reference(text)
            if id_ not in project.source_ids:
                yield _at(
                    project,
                    record,
                    (*keys, "sources", index),
                    f"no source has the id “{id_}”",
                    did_you_mean(id_, known) or "add it under docs/data/sources/",
                )


@rule(
    "FCT006",
    "unknown-country",
    ERROR,
    "a record that names a country without a record",
    """The slug of a country in countries.yml; “general” stands for none of them.""",
)
def unknown_country(project: Project) -> Iterator[Defect]:
    known = sorted(project.country_ids)
    for claim in project.facts.claims.values():
        if claim.country not in {*known, "general"}:
            yield _at(
                project,
                claim,
                ("country",),
                f"there is no country “{claim.country}”",
                did_you_mean(claim.country, [*known, "general"]) or f"known: {', '.join(known)}, general",
            )
    for period in project.facts.history.values():
        if period.country not in known:
            yield _at(
                project,
                period,
                ("country",),
                f"there is no country “{period.country}”",
                did_you_mean(period.country, known) or f"known: {', '.join(known)}",
            )
    several: list[Event | Treaty | Figure] = [
        *project.facts.events.values(),
        *project.facts.treaties.values(),
        *project.facts.figures.values(),
    ]
    for event in several:
        for index, slug in enumerate(event.countries):
            if slug not in {*known, "general"}:
                yield _at(
                    project,
                    event,
                    ("countries", index),
                    f"there is no country “{slug}”",
                    did_you_mean(slug, [*known, "general"]) or f"known: {', '.join(known)}, general",
                )


@rule(
    "FCT007",
    "no-sources",
    ERROR,
    "a statement in the data without a source",
    """Every statement in the facts rests on at least one document. A claim whose verdict is “unproven”, an answer
    that says that nothing was found, the definition of a table, whose rows name theirs, and an entry of the log of
    changes may have none.""",
)
def no_sources(project: Project) -> Iterator[Defect]:
    for record, keys, part in sourced_in(project):
        text = " ".join(str(getattr(part, name, "")) for name in ("text", "reason", "finding"))
        silent = (
            (isinstance(part, Claim) and part.verdict == "unproven")
            # the rows of a table name theirs; a change says what was done here
            or isinstance(record, Series | Change)
            or (isinstance(part, Term) and not marker_in(text))  # it says what a word means
            or re.search(r"\b(?:found|none|not known|not read|was not in)\b", text, re.I)
        )
        if not part.sources and not silent:
            yield _at(
                project, record, (*keys, "sources"), "rests on no source", "name the document that says so"
            )


@rule(
    "FCT008",
    "same-event",
    ERROR,
    "an event that stands twice",
    """Two events of one date have nearly the same title. Merge them, and keep every source. The same act of two
    countries (two votes on one resolution) is two events.""",
)
def same_event(project: Project) -> Iterator[Defect]:
    by_date: dict[str, list[Event]] = {}
    names = {country.name for country in project.facts.countries.values()}
    for event in project.facts.events.values():
        for other in by_date.get(str(event.date), []):
            alike = SequenceMatcher(
                None, event.title.casefold(), other.title.casefold(), autojunk=False
            ).ratio()
            if alike >= 0.8 and not _of_two_countries(event, other, names):
                origin = project.facts.origin(other)
                yield _at(
                    project,
                    event,
                    ("title",),
                    f"is the same event as {other.id} ({origin.path}:{origin.place('id')[0]})",
                    "merge the two",
                )
                break
        by_date.setdefault(str(event.date), []).append(event)


def _of_two_countries(event: Event, other: Event, names: set[str]) -> bool:
    """Whether each is about a country of its own, and says so in its title."""
    first, second = ({name for name in names if name in item.title} for item in (event, other))
    return not set(event.countries) & set(other.countries) and first != second


@rule(
    "FCT009",
    "event-id",
    ERROR,
    "the date in the id of an event differs from its date",
    """An event’s id begins with its date: 2024-06-19-…, 2024-06-… or 2024-….""",
)
def event_id(project: Project) -> Iterator[Defect]:
    for event in project.facts.events.values():
        date = str(event.date)
        match = re.match(r"\d{4}(?:-\d{2}(?!\d)(?:-\d{2}(?!\d))?)?(?!\d)", event.id)
        written = match.group() if match else event.id.partition("-")[0]
        if not date.startswith(written) and not written.startswith(date):
            yield _at(
                project,
                event,
                ("id",),
                f"the id begins with “{written}”, the date is {date}",
                f"begin the id with {date}",
            )


@rule(
    "FCT010",
    "future-record",
    ERROR,
    "a record of the future",
    """“checked”, “as_of”, the date of a test, of a visit, of an event or of a change is after today.""",
)
def future_record(project: Project) -> Iterator[Defect]:
    for record in records(project):
        for keys, value in dates_in(record):
            if value.first_day() > project.today:
                yield _at(
                    project,
                    record,
                    keys,
                    f"{keys[-1]} is {value}, which is in the future",
                    f"today is {project.today}",
                )


@rule(
    "FCT011",
    "country-page",
    ERROR,
    "a country without a page, or a page without a country",
    """docs/countries/<id>.md and the record <id> in countries.yml belong together, with the same ISO code.""",
)
def country_page(project: Project) -> Iterator[Defect]:
    for country in project.facts.countries.values():
        page = project.pages.get(f"countries/{country.id}.md")
        if page is None:
            yield _at(
                project, country, ("id",), f"there is no page docs/countries/{country.id}.md", "write it"
            )
            continue
        data = page.front_matter.data
        code = data.get("country") if isinstance(data, dict) else None
        if code and code != country.iso:
            line, column = page.front_matter.place(("country",))
            yield Defect(
                page.path,
                line,
                column,
                f"the page says “{code}”, countries.yml says {country.iso}",
                "correct one of the two",
                7,
            )
    for page in project.pages.values():
        if page.is_country and page.slug not in project.country_ids:
            yield Defect(
                page.path,
                1,
                1,
                f"countries.yml has no record “{page.slug}”",
                did_you_mean(page.slug, list(project.facts.countries)) or "add it",
            )


@rule(
    "FCT012",
    "event-order",
    WARNING,
    "an event that is not in the order of dates",
    """events.yml is read from the oldest to the newest. An event of which only the month or the year is known may stand
    anywhere among those of that month or year.""",
)
def event_order(project: Project) -> Iterator[Defect]:
    latest: Event | None = None
    for event in project.facts.events.values():
        if latest and event.date.last_day() < latest.date.first_day():
            yield _at(
                project,
                event,
                ("date",),
                f"{event.date} stands below {latest.date} ({latest.id})",
                "move it up",
            )
        elif latest is None or latest.date.first_day() < event.date.first_day():
            latest = event


@rule(
    "FCT013",
    "markup-in-data",
    ERROR,
    "Markdown or a citation in a text of the data",
    """Texts in the facts are plain: their documents are listed under “sources”, and links, emphasis and notes would be
    printed as written.""",
)
def markup_in_data(project: Project) -> Iterator[Defect]:
    for record, keys, text in texts_in(project):
        for mark in ("[@", "[^", "](", "**", "`", "{{"):
            if mark in text:
                yield _at(project, record, keys, f"“{mark}” would be printed as written", "write plain text")
                break


@rule(
    "FCT014",
    "source-twice",
    WARNING,
    "one source named twice for one statement",
    """The same document with the same locator.""",
)
def source_twice(project: Project) -> Iterator[Defect]:
    for record, keys, part in sourced_in(project):
        for index, text in enumerate(part.sources):
            if parse_reference(text) in [parse_reference(other) for other in part.sources[:index]]:
                yield _at(
                    project,
                    record,
                    (*keys, "sources", index),
                    f"{text} stands twice",
                    "remove one of the two",
                )


@rule(
    "FCT015",
    "table",
    ERROR,
    "a CSV table that does not fit its description in series.yml",
    """Columns as described, cells of the kind described, and a source in every row that the registry has. A CSV file
    that cannot be read is told here as well.""",
)
def table(project: Project) -> Iterator[Defect]:
    for problem in project.problems:
        if problem.path.endswith(".csv"):
            named = re.fullmatch(r"no source has the id “([^”]*)”", problem.message)
            if not (named and named[1] in project.source_ids):  # it has, though it does not fit its schema
                yield Defect.of(problem)


@rule(
    "FCT030",
    "change-target",
    ERROR,
    "a change of a page or a country that does not exist",
    """The log of changes and the feeds link to what changed. A page is named by its path below docs/
    (countries/china.md), a country by its slug. Where a page was removed, name the page that stands in for it.""",
)
def change_target(project: Project) -> Iterator[Defect]:
    pages, countries = list(project.pages), sorted(project.country_ids)
    for change in project.facts.changes.values():
        named: list[tuple[Keys, str, str, list[str]]] = [
            *((("pages", index), "page", path, pages) for index, path in enumerate(change.pages)),
            *(
                (("countries", index), "country", slug, countries)
                for index, slug in enumerate(change.countries)
            ),
            *((("verdicts", slug), "country", slug, countries) for slug in change.verdicts),
        ]
        for keys, what, name, known in named:
            if name not in known:
                yield _at(
                    project,
                    change,
                    keys,
                    f"there is no {what} “{name}”",
                    did_you_mean(name, known) or f"known: {', '.join(known)}",
                )


@rule(
    "FCT031",
    "change-order",
    ERROR,
    "a change that is not above the older ones",
    """changes.yml is read from the newest to the oldest, and the feeds keep its order. The id of an entry begins with
    its date.""",
)
def change_order(project: Project) -> Iterator[Defect]:
    above: Change | None = None
    for change in project.facts.changes.values():
        if above and change.date > above.date:
            yield _at(
                project,
                change,
                ("date",),
                f"{change.date} stands below {above.date} ({above.id})",
                "put new entries at the top",
            )
        if not change.id.startswith(f"{change.date}-"):
            yield _at(
                project,
                change,
                ("id",),
                f"does not begin with its date, {change.date}",
                f"begin the id with {change.date}-",
            )
        above = change


@rule(
    "FCT032",
    "verdict-not-logged",
    ERROR,
    "a verdict that the log of changes does not know",
    """Readers follow the log and the feeds to learn when a verdict changes. The newest entry of changes.yml that names
    a country under “verdicts” says what countries.yml says. Add an entry at the top with the new tier and the reason.""",
)
def verdict_not_logged(project: Project) -> Iterator[Defect]:
    unread = any(problem.path == _CHANGES for problem in project.problems)
    if unread or not project.facts.changes:
        return  # an entry is told of already, or no log is kept
    logged: dict[str, Tier] = {}
    for change in project.facts.changes.values():
        logged = change.verdicts | logged
    for country in project.facts.countries.values():
        # a tier that does not follow from the tests is told of already
        if logged.get(country.id) is not country.tier is tier_of(country.tests):
            last = logged.get(country.id)
            yield _at(
                project,
                country,
                ("tier",),
                f"the log of changes has “{last}”, not “{country.tier}”"
                if last
                else "the log of changes has no verdict",
                f"add an entry to docs/data/changes.yml with verdicts: {{{country.id}: {country.tier}}}, and the reason",
            )
