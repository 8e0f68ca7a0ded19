"""Rules on when a page is due to be read again."""

from collections.abc import Iterator
from datetime import timedelta

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.dates import parse_day
from explainer.records import review_due


@rule(
    "TXT009",
    "overdue-review",
    Severity.WARNING,
    "a page that is due to be read again",
    """“reviewed” plus “review_in” in the front matter is before today. Read the page against its sources, and set
    “reviewed”. Months count 30 days.""",
)
def overdue_review(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        data = words.page.front_matter.data
        if not isinstance(data, dict) or not data.get("reviewed") or not data.get("review_in"):
            continue
        line, column = words.page.front_matter.place(("reviewed",))
        try:
            reviewed = parse_day(data["reviewed"])
            due = review_due(reviewed, str(data["review_in"]))
        except (ValueError, OverflowError):
            continue  # the schema says what is wrong
        if reviewed > project.today:
            yield Defect(
                words.page.path,
                line,
                column,
                f"reviewed on {reviewed}, which is in the future",
                f"today is {project.today}",
                8,
            )
        elif due < project.today:
            days = (project.today - due) // timedelta(days=1)
            yield Defect(
                words.page.path,
                line,
                column,
                f"this page was due to be read again on {due}, {days} days ago",
                "read it against its sources, and set “reviewed”",
                8,
            )
