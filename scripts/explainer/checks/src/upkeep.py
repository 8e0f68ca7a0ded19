"""SRC: archived copies, and what became of a document since it was read."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from explainer.addresses import normal_address
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.settings import registry
from explainer.checks.sourced import uses
from explainer.checks.src.dates import FIRST_WEB_PAGE
from explainer.checks.src.place import at, sources
from explainer.dates import PartialDate
from explainer.records import Source, SourceStatus

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_WAYBACK = re.compile(
    r"https?://web\.archive\.org/(?:web/)?(?P<stamp>\d*)\*?(?:[a-z]{2}_)?/?(?P<url>.*)", re.S
)
_DATED_COPY = re.compile(r"/(?P<stamp>(?:19|20)\d{6}(?:\d{6})?)(?:mp_|[a-z]{2}_)?/(?P<url>https?:.+)", re.S)
_ARCHIVES = re.compile(
    r"(?:^|\.)(?:archive\.(?:org|today|ph|is|md|li|vn|fo)|archive-it\.org|perma\.cc|webcitation\.org|arquivo\.pt|"
    r"ghostarchive\.org|webarchive\.[\w.-]+|megalodon\.jp|freezepage\.com|webarchive\.loc\.gov|vefsafn\.is|"
    r"conifer\.rhizome\.org|preservetube\.com|swap\.stanford\.edu|timetravel\.mementoweb\.org|padi\.cn)$"
)


@rule(
    "SRC023",
    "archive-at-odds",
    ERROR,
    "an archived copy at odds with the source",
    """“archive” is the address of a copy of this document in an archive: of this document, made on a day that its address
    tells (web.archive.org/web/20250119083000/https://…), not before the document was issued and not in the future.
    Archives that number their copies (archive.ph, perma.cc) have no day in the address.""",
)
def archive_at_odds(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.archive and (fault := _fault_of_copy(source, source.archive, project.today)):
            yield at(project, source, ("archive",), *fault)


def _fault_of_copy(source: Source, archive: str, today: date) -> tuple[str, str] | None:
    """What is wrong with the address of an archived copy, and what would be right."""
    again = "open the copy, and take the address from the address bar"
    if normal_address(archive) == normal_address(source.URL):
        return (
            "the archived copy has the address of the original",
            "give the address in the archive, or leave the field out",
        )
    try:
        host = urlsplit(archive).hostname or ""
    except ValueError:
        host = ""
    copy = _WAYBACK.fullmatch(archive) or _DATED_COPY.search(archive)
    if not copy:
        if not _ARCHIVES.search(host):
            return (
                f"{host} is not an archive",
                "give the address of a copy at web.archive.org, archive.ph or perma.cc",
            )
        return None
    stamp = copy["stamp"]
    if len(stamp) not in (8, 14):
        return "the address of the archived copy tells no day", again
    try:
        made = PartialDate.parse(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}")
    except ValueError:
        return f"the copy is of {stamp[:8]}, which is not in the calendar", again
    if made.first_day() > today:
        return f"the copy is of {made.words()}, which is in the future", again
    if source.issued and made.first_day() < source.issued.first_day():
        return (
            f"the copy is of {made.words()}, before the document was issued ({source.issued})",
            "correct one of the two",
        )
    if normal_address(copy["url"]) != normal_address(source.URL) and normal_address(
        unquote(copy["url"])
    ) != normal_address(source.URL):
        return f"the archived copy is of another address: {copy['url']}", "give a copy of this document"
    return None


@rule(
    "SRC032",
    "retracted-source",
    ERROR,
    "a document that was retracted is still cited",
    """“status: retracted” says that the publisher took the document back. What it said is no longer said by anybody: cite
    another source, or say in the same sentence that it was retracted or withdrawn.""",
)
def retracted_source(project: Project) -> Iterator[Defect]:
    gone = {source.id for source in sources(project) if source.custom.status is SourceStatus.RETRACTED}
    if not gone:
        return
    for use in uses(project):
        if use.id in gone and not re.search(r"\b(?:retract|withdr[ae]w)", use.text, re.I):
            source = project.facts.sources[use.id]
            yield Defect(
                use.path,
                use.line,
                use.column,
                f"{use.id} was retracted{_on(source)}",
                "cite another source, or say in the sentence that it was retracted",
                len(use.id) + use.sign,
            )


@rule(
    "SRC033",
    "dead-without-copy",
    ERROR,
    "a document that is gone from its address, and has no archived copy",
    """“status: dead” says that the address no longer shows the document. Readers can check it in an archive only: give the
    address of a copy as “archive”, or cite another source.""",
)
def dead_without_copy(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.custom.status is SourceStatus.DEAD and not source.archive:
            yield at(
                project,
                source,
                ("custom", "status"),
                f"is gone from its address{_on(source)}, and has no archived copy",
                "give an archived copy as “archive”, or cite another source",
            )


def _on(source: Source) -> str:
    day = source.custom.status_date
    return f" ({PartialDate(day.year, day.month, day.day).words()})" if day else ""


@rule(
    "SRC034",
    "not-read-again",
    WARNING,
    "a document that nobody has read for a long time, or since it was corrected",
    """Documents change and vanish. One is due to be read again 24 months after “accessed” (“reread_months”
    under [tool.explainer.registry] in pyproject.toml sets another number), and at once when its publisher corrected it after it was read. A document
    that is dead or retracted is not read again.""",
)
def not_read_again(project: Project) -> Iterator[Defect]:
    months = registry(project).reread_months
    oldest = _months_before(project.today, months)
    for source in sources(project):
        status, since = source.custom.status, source.custom.status_date
        if status in (SourceStatus.DEAD, SourceStatus.RETRACTED):
            continue
        if status is SourceStatus.CORRECTED and since and source.accessed < since <= project.today:
            yield at(
                project,
                source,
                ("accessed",),
                f"was corrected on {since}, after it was read ({source.accessed})",
                "read it again, and set “accessed”",
            )
        elif FIRST_WEB_PAGE <= source.accessed < oldest:
            yield at(
                project,
                source,
                ("accessed",),
                f"was last read on {source.accessed}, more than {months} months ago",
                "read it again, and set “accessed”",
            )


def _months_before(day: date, months: int) -> date:
    """The day ``months`` before, or the last of its month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = PartialDate(year, month + 1).last_day()
    return last.replace(day=min(day.day, last.day))


@rule(
    "SRC035",
    "status-without-date",
    ERROR,
    "a status without its date, or at odds with it",
    """“status” (dead, corrected, retracted) and “status_date”, the day on which it was found out, go together. The day is
    not in the future and not before the document was issued.""",
)
def status_without_date(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        status, since = source.custom.status, source.custom.status_date
        if status and not since:
            yield at(
                project,
                source,
                ("custom", "status"),
                f"is “{status}” since no day",
                "add status_date: YYYY-MM-DD",
            )
        elif since and not status:
            yield at(
                project,
                source,
                ("custom", "status_date"),
                "has a status_date and no status",
                "add status: dead, corrected or retracted",
            )
        elif since and since > project.today:
            yield at(
                project,
                source,
                ("custom", "status_date"),
                f"is “{status}” since {since}, which is in the future",
                f"today is {project.today}",
            )
        elif since and source.issued and since < source.issued.first_day():
            yield at(
                project,
                source,
                ("custom", "status_date"),
                f"is “{status}” since {since}, before it was issued ({source.issued})",
                "correct one of the two dates",
            )
