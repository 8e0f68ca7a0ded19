"""Runs rules over a project: one finding per cause, suppressions applied, sorted."""

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.checks.finding import Defect, Finding
from explainer.checks.project import Project
from explainer.checks.rule import Rule, Scope, all_rules
from explainer.checks.suppress import Suppression, suppressions

_SEEN_TWICE = {"LNK", "CIT", "TXT", "FCT", "SRC", "CFG"}
"""Families whose defects the built site shows again."""


@dataclass(frozen=True)
class Report:
    """What a run found, what was suppressed, and which rules ran."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    rules: tuple[Rule, ...]


def run(project: Project, rules: Iterable[Rule], online: bool = False) -> Report:
    """Run ``rules`` as far as they apply: those on the built site need one, those on the network ``online``."""
    chosen = [rule for rule in rules if _applies(rule, project, online)]
    by_name = {rule.name: rule for rule in all_rules()}
    found: list[Finding] = []
    for rule in chosen:
        try:
            found += [Finding(rule.id, rule.severity, defect) for defect in rule.check(project)]
        except Exception as error:  # one faulty rule must not hide what the others find
            broken = by_name["rule-failed"]
            defect = Defect(
                "scripts/explainer/checks",
                1,
                1,
                f"the rule {rule.id} could not run: {type(error).__name__}: {error}",
                "this is a fault of the checker: please report it",
            )
            found.append(Finding(broken.id, broken.severity, defect))
    findings = _once(found)
    accepted = [item for item in suppressions(project) if item.valid(project.today)] if project.pages else []
    kept = [finding for finding in findings if not any(item.covers(finding) for item in accepted)]
    dropped = [finding for finding in findings if finding not in kept]
    unused = by_name["unused-suppression"]
    if unused in chosen:
        ids = {rule.id for rule in chosen}
        kept += [
            Finding(unused.id, unused.severity, _unused(item))
            for item in accepted
            if item.known_rule
            and item.known_rule.id in ids
            and not any(item.covers(finding) for finding in dropped)
        ]
    kept.sort(key=lambda item: (item.path, item.line, item.column, item.rule))
    return Report(tuple(kept), tuple(dropped), tuple(chosen))


def _applies(rule: Rule, project: Project, online: bool) -> bool:
    if rule.scope is Scope.SITE:
        return project.site is not None
    if rule.scope is Scope.NETWORK:
        return online
    return bool(project.pages or project.config.text or project.problems or project.page_problems)


def _once(found: list[Finding]) -> list[Finding]:
    """Leave out what is the same, and what the built site shows of a defect already found in the words."""
    in_words = {
        (finding.path, finding.line, finding.column) for finding in found if finding.rule[:3] in _SEEN_TWICE
    }
    causes = {
        (finding.path, finding.defect.cause)
        for finding in found
        if finding.rule[:3] in _SEEN_TWICE and finding.defect.cause
    }
    kept: dict[tuple[str, str, int, int, str], Finding] = {}
    for finding in found:
        place = (finding.path, finding.line, finding.column)
        if finding.rule.startswith("SIT") and (
            place in in_words or (finding.defect.cause and (finding.path, finding.defect.cause) in causes)
        ):
            continue
        kept.setdefault((finding.rule, *place, finding.message), finding)
    return list(kept.values())


def _unused(item: Suppression) -> Defect:
    path, line, column = item.place
    return Defect(path, line, column, f"this suppression of {item.rule} suppresses nothing", "remove it")
