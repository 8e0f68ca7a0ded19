"""SIT: whether a file is the one that a page means."""

from collections.abc import Iterator

from explainer.checks.finding import Defect, Severity
from explainer.checks.integrity import integrity_fault, integrity_of
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import on_pages, place
from explainer.checks.sit.survey import Groups, note
from explainer.checks.site import Reference

ERROR = Severity.ERROR


@rule(
    "SIT030",
    "wrong-integrity",
    ERROR,
    "an integrity attribute that does not fit its file",
    """A browser does not run a script, and does not use a style sheet, whose content has another hash than “integrity”
    says (Subresource Integrity). Files of this site are hashed: of several hashes the strongest kind counts. A value that
    no browser understands protects nothing.""",
    Scope.SITE,
)
def wrong_integrity(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    faults: dict[tuple[str, str], str] = {}
    groups: Groups = {}
    for page in site.pages.values():
        for raw, value in page.integrity:
            target = site.resolve(page.path, raw, page.base)
            name = None if target.external or target.outside else site.file_at(target.path)
            if name is None:
                continue
            if (name, value) not in faults:
                # That a file cannot be read, SIT024 says.
                faults[name, value] = "" if site.unreadable(name) else integrity_fault(value, site.read(name))
            if faults[name, value]:
                note(groups, f"{name}\n{value}", target, Reference(value, True, "integrity"), page.path)
    for key, group in groups.items():
        name, _, value = key.partition("\n")
        yield place(
            project,
            group,
            f"{name}: {faults[name, value]}{on_pages(group)}",
            f'write integrity="{integrity_of(site.read(name))}", or build the site again',
        )
