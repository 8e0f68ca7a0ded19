"""The command: ``python scripts/check.py``."""

import os
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from explainer.checks.fix import apply_fixes
from explainer.checks.project import CONFIG, Project, load_project, site_only
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
from explainer.checks.runner import run
from explainer.checks.site import BuiltSite, load_site
from explainer.dates import parse_day

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2

_CHECKOUT = Path(__file__).resolve().parents[3]


class _CannotRunError(Exception):
    """Why the checker cannot run, for the reader."""


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
    jobs: Annotated[int, typer.Option(min=0, help="Processes that read the site; 0 chooses.")] = 0,
) -> None:
    """Check words, facts, citations and links. Ends with 0: clean, 1: problems found, 2: could not run."""
    try:
        if list_rules:
            _print_rules()
        elif explain:
            _print_explanation(find_rule(explain))
        else:
            rules = select_rules(select or [], ignore or [])
            raise typer.Exit(_check(site_dir, site_url, output, rules, online, fix, jobs))
    except (UnknownRuleError, _CannotRunError) as error:
        typer.echo(f"check.py: {error}", err=True)
        raise typer.Exit(COULD_NOT_RUN) from error


def _check(
    site_dir: Path | None,
    site_url: str,
    output: Format,
    rules: list[Rule],
    online: bool,
    fix: bool,
    jobs: int,
) -> int:
    project = _load(site_dir, site_url, rules, jobs)
    report = run(project, rules, online)
    fixed = 0
    if fix:
        # A mend can bring another to light; what is mended never comes back.
        while mended := apply_fixes(project.root, report.findings):
            fixed += len(mended)
            project = _load(site_dir, site_url, rules, jobs)
            report = run(project, rules, online)
            if fixed > 10_000:
                break
    if output is Format.TEXT:
        show(report, project.root, Console(highlight=False, markup=False, emoji=False), fixed)
    else:
        sys.stdout.write(WRITERS[output](report) + "\n")
        if sys.stderr.isatty():
            typer.echo(closing_line(report, fixed), err=True)
    return PROBLEMS if report.findings else CLEAN


def _load(site_dir: Path | None, site_url: str, rules: list[Rule], jobs: int) -> Project:
    today = _today()
    if site_dir is not None:
        if not site_dir.is_dir():
            raise _CannotRunError(f"{site_dir}: there is no such folder")
        site = load_site(site_dir, "", site_url, jobs)
        if not site.pages:
            raise _CannotRunError(f"{site_dir}: there is no HTML page in this folder")
        return site_only(site_dir, today, site)
    root = next((folder for folder in (Path.cwd(), _CHECKOUT) if (folder / CONFIG).is_file()), None)
    if root is None:
        raise _CannotRunError(
            f"there is no {CONFIG} here; run it from the project, or name a site with --site-dir"
        )
    built: BuiltSite | None = None
    if any(rule.scope is Scope.SITE for rule in rules):
        if not (root / "site").is_dir():
            raise _CannotRunError(
                "there is no built site/ to check: run scripts/build, or name another with --site-dir"
            )
        built = load_site(root / "site", "site", site_url, jobs)
    return load_project(root, today, built)


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
        typer.echo(f"  {rule.id}  {rule.name:<26} {rule.severity.value:<8} {rule.summary}")


def _print_explanation(rule: Rule) -> None:
    typer.echo(f"{rule.id} {rule.name} ({rule.severity.value}): {rule.summary}\n")
    typer.echo(textwrap.fill(rule.explanation, 90))
    typer.echo(f"\nTo accept a finding: <!-- check: ignore {rule.id} reason until YYYY-MM-DD -->")


def main() -> None:
    """Run the command. Whatever goes wrong is one line, never a traceback."""
    try:
        typer.run(check)
    except Exception as error:
        typer.echo(f"check.py: could not run: {type(error).__name__}: {error}", err=True)
        raise SystemExit(COULD_NOT_RUN) from error
