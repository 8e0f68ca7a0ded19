"""Runs rules over a project: one finding per cause, suppressions applied, sorted."""

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.checks.finding import Accepted, Defect, Finding
from explainer.checks.mends import with_mend
from explainer.checks.progress import Progress, Silent
from explainer.checks.project import Project
from explainer.checks.rule import Rule, Scope, find_rule
from explainer.checks.suppress import SETTINGS, Suppression, suppressions

_SEEN_TWICE = {"LNK", "CIT", "TXT", "FCT", "SRC", "CFG"}
"""Families whose defects the built site shows again."""


_UNUSED = "CFG006"
"""The rule on suppressions that suppress nothing: only when all others have run, it can be told."""


@dataclass(frozen=True)
class Report:
    """What a run found, what was accepted, and the ids of the rules that ran.

    ``known`` is what a baseline lists, and ``None`` where none was used.
    """

    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    rules: tuple[str, ...]
    known: tuple[Finding, ...] | None = None

    @property
    def ran(self) -> list[Rule]:
        """The rules that ran."""
        return [find_rule(id_) for id_ in self.rules]

    @property
    def suppressed(self) -> list[Finding]:
        """What was accepted, without the reasons."""
        return [item.finding for item in self.accepted]


def run(
    project: Project,
    rules: Iterable[Rule],
    online: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Run ``rules`` as far as they apply: those on the built site need one, those on the network ``online``."""
    chosen = [rule for rule in rules if _applies(rule, project, online)]
    found: list[Finding] = []
    progress = progress or Silent()
    for number, rule in enumerate(chosen):
        if rule.scope is Scope.NETWORK:
            progress.pause()  # it has a bar of its own
        else:
            progress.step(f"{rule.id} {rule.summary}", number, len(chosen))
        try:
            findings = [Finding(rule.id, rule.severity, defect) for defect in rule.check(project)]
            found += [with_mend(project, finding) for finding in findings]
        except Exception as error:  # one faulty rule must not hide what the others find
            broken = find_rule("CFG009")
            defect = Defect(
                "scripts/explainer/checks",
                1,
                1,
                f"the rule {rule.id} could not run: {type(error).__name__}: {error}",
                "this is a fault of the checker: please report it",
            )
            found.append(Finding(broken.id, broken.severity, defect))
    unique = _once(found)
    valid = [item for item in _suppressions(project) if item.valid(project.today)]
    kept: list[Finding] = []
    accepted: list[Accepted] = []
    used: set[Suppression] = set()
    for finding in unique:
        covering = [item for item in valid if item.covers(finding)]
        used.update(covering)
        if covering:
            first = covering[0]
            accepted.append(Accepted(finding, first.reason, first.place[0] != SETTINGS))
        else:
            kept.append(finding)
    ids = {rule.id for rule in chosen}
    if _UNUSED in ids:
        unused = find_rule(_UNUSED)
        kept += [
            Finding(unused.id, unused.severity, _unused(item))
            for item in valid
            if item.known_rule and item.known_rule.id in ids and item not in used
        ]
    return Report(tuple(sorted(kept, key=place_of)), tuple(accepted), tuple(rule.id for rule in chosen))


def place_of(finding: Finding) -> tuple[str, int, int, str]:
    """By what findings are sorted."""
    return finding.path, finding.line, finding.column, finding.rule


def _suppressions(project: Project) -> list[Suppression]:
    return suppressions(project) if _has_words(project) else []


def _applies(rule: Rule, project: Project, online: bool) -> bool:
    if rule.scope is Scope.SITE:
        return project.site is not None
    if rule.scope is Scope.NETWORK:
        return online
    return _has_words(project)


def _has_words(project: Project) -> bool:
    return bool(project.pages or project.config.text or project.problems or project.page_problems)


def _once(found: list[Finding]) -> list[Finding]:
    """Leave out what is the same, and what the built site shows of a defect already found in the words.

    Of an address that is a defect of the same address at the same place; of a page as a whole, one of the same cause.
    """
    in_words = {
        (finding.path, finding.line, finding.column, address)
        for finding in found
        if finding.rule[:3] in _SEEN_TWICE
        for address in (finding.defect.address, None)
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
            ((*place, finding.defect.address) in in_words and place[1:] != (1, 1))
            or (finding.defect.cause and (finding.path, finding.defect.cause) in causes)
        ):
            continue
        kept.setdefault((finding.rule, *place, finding.message), finding)
    return list(kept.values())


def _unused(item: Suppression) -> Defect:
    path, line, column = item.place
    return Defect(path, line, column, f"this suppression of {item.rule} suppresses nothing", "remove it")
