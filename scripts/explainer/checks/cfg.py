"""CFG: mkdocs.yml, pyproject.toml and the suppressions."""

from collections.abc import Iterator

from explainer.checks.finding import Defect, Replace, Severity
from explainer.checks.project import CONFIG, Project
from explainer.checks.rule import UnknownRuleError, find_rule, rule
from explainer.checks.settings import TABLES, faults
from explainer.checks.suppress import SETTINGS, Suppression, key_line, setting_line, suppressions
from explainer.problems import did_you_mean

_FORM = "write: check: ignore RULE reason until YYYY-MM-DD"


def _at(item: Suppression, message: str, hint: str) -> Defect:
    path, line, column = item.place
    return Defect(path, line, column, message, hint)


@rule(
    "CFG001",
    "unreadable-settings",
    Severity.ERROR,
    "mkdocs.yml or pyproject.toml cannot be read",
    """Without mkdocs.yml the checker knows neither the navigation nor the address of the site. The file is missing,
    not UTF-8, or not valid YAML or TOML.""",
)
def unreadable_settings(project: Project) -> Iterator[Defect]:
    for problem in project.problems:
        if problem.path in (CONFIG, "pyproject.toml"):
            yield Defect.of(problem)


@rule(
    "CFG002",
    "suppression-rule",
    Severity.ERROR,
    "a suppression names no rule that exists",
    """A suppression has to name one rule by its id or name, so that it hides nothing else.""",
)
def suppression_rule(project: Project) -> Iterator[Defect]:
    for item in suppressions(project):
        if item.known_rule is None:
            try:
                find_rule(item.rule)
            except UnknownRuleError as error:
                message = str(error) if item.rule else "this suppression names no rule"
                yield _at(item, message, _FORM)


@rule(
    "CFG003",
    "suppression-reason",
    Severity.ERROR,
    "a suppression gives no reason",
    """Whoever reads the words later has to know why a finding was accepted. A suppression without a reason does not
    count.""",
)
def suppression_reason(project: Project) -> Iterator[Defect]:
    for item in suppressions(project):
        if not item.reason:
            yield _at(item, "this suppression gives no reason", _FORM)


@rule(
    "CFG004",
    "suppression-date",
    Severity.ERROR,
    "a suppression has no end date, or none that is in the calendar",
    """Every suppression ends, so that accepted findings are looked at again: “until 2027-06-30”.""",
)
def suppression_date(project: Project) -> Iterator[Defect]:
    for item in suppressions(project):
        if item.last_day is None:
            what = f"“{item.until}” is not a day" if item.until else "this suppression has no end date"
            yield _at(item, what, _FORM)


@rule(
    "CFG005",
    "suppression-expired",
    Severity.ERROR,
    "a suppression has ended",
    """The last day of the suppression is over, so the finding shows again. Mend it, or give a new day and reason.""",
)
def suppression_expired(project: Project) -> Iterator[Defect]:
    for item in suppressions(project):
        if item.last_day and item.last_day < project.today:
            yield _at(
                item,
                f"this suppression of {item.rule} ended on {item.until}",
                "mend what it suppresses, or set a later day",
            )


@rule(
    "CFG006",
    "unused-suppression",
    Severity.ERROR,
    "a suppression suppresses nothing",
    """The finding it was written for is gone. A suppression that stays behind would hide the next one.""",
)
def unused_suppression(project: Project) -> Iterator[Defect]:
    """The runner reports it, when it knows what every other rule found."""
    yield from ()


@rule(
    "CFG007",
    "unknown-setting",
    Severity.ERROR,
    "[tool.explainer] holds something the checker does not know",
    """The section knows “ignore”, a list of tables with rule, path, reason and until, and the tables “reading”, “online”
    and “terms” (scripts/explainer/checks/settings.py). Anything else is probably a slip, and would have no effect.""",
)
def unknown_setting(project: Project) -> Iterator[Defect]:
    for key, value in project.settings.items():
        line = key_line(project, key)
        if key in TABLES:
            for message, hint in faults(key, value):
                yield Defect(SETTINGS, line, 1, message, hint)
        elif key != "ignore":
            yield Defect(
                SETTINGS,
                line,
                1,
                f"[tool.explainer] has an unknown key “{key}”",
                did_you_mean(key, ["ignore", *TABLES]) or f"known: {', '.join(['ignore', *TABLES])}",
            )
        elif not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            yield Defect(
                SETTINGS,
                line,
                1,
                "“ignore” is not a list of tables",
                "write { rule = “…”, path = “…”, reason = “…”, until = “YYYY-MM-DD” }",
            )
        else:
            for index, entry in enumerate(value):
                for name in sorted(set(entry) - {"rule", "path", "reason", "until"}):
                    yield Defect(
                        SETTINGS,
                        setting_line(project, index),
                        1,
                        f"a suppression has an unknown key “{name}”",
                        did_you_mean(name, ["rule", "path", "reason", "until"])
                        or "known: rule, path, reason, until",
                    )


@rule(
    "CFG008",
    "navigation-target",
    Severity.ERROR,
    "the navigation in mkdocs.yml names a page that does not exist",
    """Every entry of “nav” is a page below docs/, another address, or a heading over further entries.""",
)
def navigation_target(project: Project) -> Iterator[Defect]:
    lines = project.config.text.split("\n")
    for entry in project.config.nav:
        target = entry.target.partition("#")[0]
        if "://" in target or target in project.files or not target:
            continue
        near = project.folded_files.get(target.casefold())
        hint = f"did you mean {near}?" if near else did_you_mean(target, list(project.pages))
        line, column = entry.line, entry.column
        start = sum(len(above) + 1 for above in lines[: line - 1]) + column - 1 if entry.exact else 0
        yield Defect(
            CONFIG,
            line,
            column,
            f"the navigation leads to “{target}”, which does not exist",
            hint or "add the page below docs/, or remove the entry",
            len(target) if start else 1,
            Replace(CONFIG, start, target, near, line, column) if near and start else None,
            address=entry.target,
        )


@rule(
    "CFG009",
    "rule-failed",
    Severity.ERROR,
    "a rule could not run",
    """A fault of the checker itself. The other rules ran; this one’s findings are not known.""",
)
def rule_failed(project: Project) -> Iterator[Defect]:
    """The runner reports it."""
    yield from ()


@rule(
    "CFG010",
    "outdated-baseline",
    Severity.ERROR,
    "a baseline lists a problem that is no longer there",
    """The problem was mended. An entry that stays behind in the file given with --baseline would hide the next one of
    its kind, as an unused suppression would. --write-baseline FILE writes the file again.""",
)
def outdated_baseline(project: Project) -> Iterator[Defect]:
    """Reported where the baseline is compared (``baseline.py``)."""
    yield from ()
