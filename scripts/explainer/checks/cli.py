"""The command: ``python scripts/check.py``."""

import os
import sys
import textwrap
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_cache_path
from rich.console import Console

from explainer.checks.baseline import Baseline, apply_baseline, parse_baseline, write_baseline
from explainer.checks.fix import apply_fixes
from explainer.checks.lines import SourceLines
from explainer.checks.mends import FIXABLE
from explainer.checks.progress import Progress, on_terminal
from explainer.checks.project import CONFIG, Project, site_only
from explainer.checks.replay import recall, remember, state_of
from explainer.checks.report import WRITERS, Format
from explainer.checks.report.text import closing_line, show
from explainer.checks.rule import (
    FAMILIES,
    Rule,
    Scope,
    UnknownRuleError,
    all_rules,
    find_rule,
    select_rules,
)
from explainer.checks.runner import Report, run
from explainer.checks.site import BuiltSite, load_site
from explainer.checks.site.cache import digest_of
from explainer.checks.writing import write_whole
from explainer.dates import parse_day
from explainer.problems import ProblemsError, read_text

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2

_CHECKOUT = Path(__file__).resolve().parents[3]
_ROUNDS = 10
"""Times that mends are looked for again: one mend can bring another to light, what is mended never comes back."""


class _CannotRunError(Exception):
    """Why the checker cannot run, for the reader."""


@dataclass(frozen=True)
class _Task:
    """What a run is asked to do."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    site_dir: Path | None
    site_url: str
    online: bool
    jobs: int
    no_cache: bool
    today: date

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules to run. Raises ``UnknownRuleError``."""
        families = ["SIT", "EXT"][: 1 + self.online] if self.site_dir is not None else FAMILIES
        return select_rules(self.select, self.ignore, families)


def check(
    site_dir: Annotated[
        Path | None, typer.Option(help="Check only the links of this built site, this project’s or not.")
    ] = None,
    site_url: Annotated[str, typer.Option(help="The address at which the site is published.")] = "",
    output: Annotated[Format, typer.Option("--format", help="How to print what was found.")] = Format.TEXT,
    select: Annotated[
        list[str] | None, typer.Option(help="Rules or families to run; repeat, or separate by commas.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Rules or families not to run.")] = None,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="Print every rule, and end.")] = False,
    explain: Annotated[str, typer.Option(metavar="RULE", help="Print what a rule is about, and end.")] = "",
    online: Annotated[bool, typer.Option("--online", help="Ask other hosts as well (family EXT).")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended with certainty.")] = False,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Known problems: only others fail.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what is found to a baseline, and end.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes that read the site; 0 chooses.")] = 0,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read every page again, also where nothing changed.")
    ] = False,
) -> None:
    """Check words, facts, citations and links. Ends with 0: clean, 1: problems found, 2: could not run."""
    try:
        if list_rules:
            _print_rules()
        elif explain:
            _print_explanation(find_rule(explain))
        else:
            if baseline and write_baseline:
                raise _CannotRunError("give either --baseline or --write-baseline")
            known = _read_baseline(baseline) if baseline else None
            task = _Task(
                tuple(select or ()), tuple(ignore or ()), site_dir, site_url, online, jobs, no_cache, _today()
            )
            raise typer.Exit(_check(task, output, fix, known, write_baseline))
    except (UnknownRuleError, _CannotRunError) as error:
        typer.echo(f"check.py: {error}", err=True)
        raise typer.Exit(COULD_NOT_RUN) from error
    except KeyboardInterrupt as error:
        typer.echo("check.py: stopped", err=True)
        raise typer.Exit(COULD_NOT_RUN) from error


def _check(
    task: _Task, output: Format, fix: bool, baseline: Baseline | None, new_baseline: Path | None
) -> int:
    with on_terminal() as progress:
        root = _root(task)
        report, fixed, refused = _replayed(task, root, progress, fix)
        lines = SourceLines(root)
        if baseline is not None:
            report = apply_baseline(report, baseline, lines)
    for reason in refused:
        typer.echo(f"check.py: {reason}", err=True)
    if new_baseline is not None:
        return _write_baseline(new_baseline, report, lines)
    if output is Format.TEXT:
        show(report, lines, Console(highlight=False, markup=False, emoji=False), fixed)
    else:
        _write_out(WRITERS[output](report, lines))
        if sys.stderr.isatty():
            typer.echo(closing_line(report, fixed), err=True)
    return PROBLEMS if report.findings else CLEAN


Outcome = tuple[Report, int, list[str]]
"""What is left, how many findings were mended, and why others could not be."""


def _replayed(task: _Task, root: Path, progress: Progress, fix: bool) -> Outcome:
    """The report of the last run where nothing has changed since; else a new run."""

    def state() -> str | None:
        return state_of(root, task.today, task.site_url, *task.select, "--ignore", *task.ignore)

    # Other people's sites have a cache by page, and other hosts change without notice.
    before = None if fix or task.no_cache or task.online or task.site_dir is not None else state()
    path = root / ".cache" / "check" / "report.json"
    if before and (report := recall(path, before)):
        return report, 0, []
    outcome = _run(task, root, _site(task, root, progress), progress, fix)
    # What changed while the rules were running belongs to neither state.
    if before and before == state():
        remember(path, before, outcome[0])
    return outcome


def _run(task: _Task, root: Path, site: BuiltSite | None, progress: Progress, fix: bool) -> Outcome:
    """Check, and mend where that is asked for."""
    project = _project(task, root, site, progress)
    report = run(project, task.rules, task.online, progress)
    fixed, refused = 0, list[str]()
    for _ in range(_ROUNDS if fix and task.site_dir is None else 0):
        outcome = apply_fixes(root, report.findings)
        refused = outcome.refused
        if not outcome.mended:
            break
        fixed += len(outcome.mended)
        project = _project(task, root, site, progress)
        report = run(project, task.rules, task.online, progress)
    return report, fixed, refused


def _root(task: _Task) -> Path:
    """The folder that paths are relative to."""
    if task.site_dir is not None:
        if not task.site_dir.is_dir():
            raise _CannotRunError(f"{task.site_dir}: there is no such folder")
        return task.site_dir
    root = next((folder for folder in (Path.cwd(), _CHECKOUT) if (folder / CONFIG).is_file()), None)
    if root is None:
        raise _CannotRunError(
            f"there is no {CONFIG} here; run it from the project, or name a site with --site-dir"
        )
    return root


def _site(task: _Task, root: Path, progress: Progress) -> BuiltSite | None:
    """The built site, where a rule needs it."""
    if task.site_dir is None:
        if not any(rule.scope is Scope.SITE for rule in task.rules):
            return None
        if not (root / "site").is_dir():
            raise _CannotRunError(
                "there is no built site/ to check: run scripts/build, or name another with --site-dir"
            )
    folder, shown = (root, "") if task.site_dir is not None else (root / "site", "site")
    progress.step("Reading the built site")
    cache = None if task.no_cache else _cache(task, root)
    site = load_site(folder, shown, task.site_url, task.jobs, cache, progress)
    if task.site_dir is not None and not site.pages:
        raise _CannotRunError(f"{task.site_dir}: there is no HTML page in this folder")
    return site


def _cache(task: _Task, root: Path) -> Path:
    """Where what was found in pages is kept: in the project, but never in a site that is somebody else's."""
    if task.site_dir is None:
        return root / ".cache" / "check" / "site"
    name = digest_of(os.fsencode(root.resolve())).hex()
    return user_cache_path("explainer-check") / name


def _project(task: _Task, root: Path, site: BuiltSite | None, progress: Progress) -> Project:
    if task.site_dir is not None and site is not None:
        return site_only(root, task.today, site)
    progress.step("Reading words and facts")
    # Imported late: a built site alone needs neither the facts nor the words.
    from explainer.checks.load_project import load_project

    return load_project(root, task.today, site)


def _read_baseline(path: Path) -> Baseline:
    try:
        return parse_baseline(read_text(path, str(path)), str(path))
    except ProblemsError as error:
        raise _CannotRunError(str(error)) from error


def _write_baseline(path: Path, report: Report, lines: SourceLines) -> int:
    try:
        write_whole(path, write_baseline(report.findings, lines).encode("utf-8"))
    except OSError as error:
        raise _CannotRunError(f"{path}: cannot be written: {error.strerror or error}") from error
    count = len(report.findings)
    typer.echo(f"{count} {'problem' if count == 1 else 'problems'} written to {path}.")
    return CLEAN


def _write_out(text: str) -> None:
    """For programs: UTF-8 whatever the terminal has, and whole or not at all."""
    raw = text.encode("utf-8", errors="backslashreplace")
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(raw.decode("utf-8"))


def _today() -> date:
    """The day to compare dates with; tests set it."""
    text = os.environ.get("CHECK_TODAY", "")
    try:
        return parse_day(text) if text else date.today()
    except ValueError as error:
        raise _CannotRunError(f"CHECK_TODAY: {error}") from error


def _print_rules() -> None:
    family = ""
    for rule in all_rules():
        if rule.family != family:
            family = rule.family
            typer.echo(f"{family}  {FAMILIES[family]}")
        fixable = "[--fix]" if rule.id in FIXABLE else ""
        typer.echo(f"  {rule.id}  {rule.name:<26} {rule.severity.value:<8} {fixable:<8} {rule.summary}")


def _print_explanation(rule: Rule) -> None:
    typer.echo(f"{rule.id} {rule.name} ({rule.severity.value}): {rule.summary}\n")
    typer.echo(textwrap.fill(rule.explanation, 90))
    if rule.id in FIXABLE:
        typer.echo("\n--fix mends it where the mend is certain.")
    typer.echo(f"\nTo accept a finding: <!-- check: ignore {rule.id} reason until YYYY-MM-DD -->")


def main() -> None:
    """Run the command. Whatever goes wrong is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name of a file may be no text
    try:
        typer.run(check)
    except BrokenPipeError as error:
        # Whoever read the output has seen enough; nothing is written any more, also not while Python ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(PROBLEMS) from error
    except KeyboardInterrupt as error:
        typer.echo("check.py: stopped", err=True)
        raise SystemExit(COULD_NOT_RUN) from error
    except Exception as error:
        typer.echo(f"check.py: could not run: {type(error).__name__}: {error}", err=True)
        raise SystemExit(COULD_NOT_RUN) from error
