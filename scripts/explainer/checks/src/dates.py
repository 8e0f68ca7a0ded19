"""SRC: dates of a source."""

import re
from collections.abc import Iterator
from datetime import date

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.src.place import at, sources

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@rule(
    "SRC008",
    "future-date",
    ERROR,
    "a source issued or read in the future",
    """“accessed” or “issued” is after today, so the date is misspelt. Of a date without day, the first day counts.""",
)
def future_date(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.accessed > project.today:
            yield at(
                project,
                source,
                ("accessed",),
                f"was read on {source.accessed}, which is in the future",
                f"today is {project.today}",
            )
        if source.issued and source.issued.first_day() > project.today:
            yield at(
                project,
                source,
                ("issued",),
                f"was issued on {source.issued}, which is in the future",
                f"today is {project.today}",
            )


@rule(
    "SRC009",
    "issued-after-accessed",
    ERROR,
    "a source issued after it was read",
    """Nobody can read a document before it is issued: one of the two dates is wrong, or the document was replaced.""",
)
def issued_after_accessed(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.issued and source.accessed < source.issued.first_day() <= project.today:
            yield at(
                project,
                source,
                ("issued",),
                f"was issued on {source.issued}, after it was read ({source.accessed})",
                "correct one of the two dates",
            )


@rule(
    "SRC026",
    "id-at-odds",
    WARNING,
    "the year in an id differs from the date of the document",
    """An id reads publisher-year-slug; the year is that of “issued”; “nd” stands for a document without date. A year in
    the id of a document that bears no date is left alone. Ids do not change once they are published, so mend this
    before.""",
)
def id_at_odds(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        match = re.search(r"-((?:1[6-9]|20)\d\d|nd)(?:-|$)", source.id)
        year = match[1] if match else ""
        if not match:
            yield at(
                project,
                source,
                ("id",),
                "the id names no year",
                "write publisher-year-slug, with nd for a document without date",
            )
        elif year == "nd" and source.issued:
            yield at(
                project,
                source,
                ("id",),
                f"the id says “nd”, the document is of {source.issued}",
                f"write {source.issued.year}",
            )
        elif source.issued and source.issued.year >= _FIRST_PRINT and year != str(source.issued.year):
            yield at(
                project,
                source,
                ("id",),
                f"the id says {year}, the document is of {source.issued}",
                "correct one of the two",
            )


FIRST_WEB_PAGE = date(1991, 8, 6)
"""Nobody read a web page before."""
_FIRST_PRINT = 1450


@rule(
    "SRC037",
    "implausible-date",
    ERROR,
    "a date that no source can bear",
    """A document read before there was a World Wide Web (6 August 1991), or issued before there was print (1450), has a
    slip in its date: 0204 for 2024, 1924 for 2024.""",
)
def implausible_date(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.accessed < FIRST_WEB_PAGE:
            yield at(
                project,
                source,
                ("accessed",),
                f"was read on {source.accessed}, when there was no Web",
                "write the day somebody read it",
            )
        elif source.issued and source.issued.year < _FIRST_PRINT:
            yield at(
                project,
                source,
                ("issued",),
                f"was issued in {source.issued.year}, when nothing was printed",
                "write the date on the document",
            )
