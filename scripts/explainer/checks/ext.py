"""EXT: links to other hosts, asked for with --online only."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from explainer.checks.finding import Defect, Severity
from explainer.checks.online import Answer, Verdict, ask_all
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.targets import Outcome, resolved_links

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True)
class _Written:
    """An address and the first place where it is written."""

    address: str
    path: str
    line: int
    column: int
    archive: str = ""


def _written(project: Project) -> list[_Written]:
    found: dict[str, _Written] = {}
    for source in project.facts.sources.values():
        origin = project.facts.origin(source)
        found.setdefault(
            source.URL, _Written(source.URL, origin.path, *origin.place("URL"), source.archive or "")
        )
        if source.archive:
            found.setdefault(source.archive, _Written(source.archive, origin.path, *origin.place("archive")))
    for resolved in resolved_links(project):
        if resolved.outcome is Outcome.EXTERNAL:
            address = resolved.link.destination
            place = resolved.words.lines.place(resolved.link.destination_start)
            found.setdefault(address, _Written(address, resolved.words.page.path, *place))
    return list(found.values())


@lru_cache(maxsize=2)
def _answers(project: Project) -> list[tuple[_Written, Answer]]:
    written = _written(project)
    answers = ask_all(item.address.partition("#")[0] for item in written)
    return [(item, answers[item.address.partition("#")[0]]) for item in written]


def _with(project: Project, verdict: Verdict, message: str, hint: str) -> Iterator[Defect]:
    for item, answer in _answers(project):
        if answer.verdict is verdict:
            rescue = f"; an archived copy is at {item.archive}" if item.archive else ""
            yield Defect(
                item.path,
                item.line,
                item.column,
                message.format(item.address, answer.detail),
                hint.format(answer.detail) + rescue,
                len(item.address),
            )


@rule(
    "EXT001",
    "gone",
    ERROR,
    "a document that its host no longer has",
    """The host answered 404 or 410. Find the new address, or name an archived copy under “archive”.""",
    Scope.NETWORK,
)
def gone(project: Project) -> Iterator[Defect]:
    return _with(project, Verdict.GONE, "{0} {1}", "find the new address, or give an archived copy")


@rule(
    "EXT002",
    "could-not-be-told",
    WARNING,
    "a host that does not tell a program whether it has the document",
    """The host answered 401, 403, 429 or with a fault of its own: it may well answer a reader. Open the address in a
    browser.""",
    Scope.NETWORK,
)
def could_not_be_told(project: Project) -> Iterator[Defect]:
    return _with(project, Verdict.UNCLEAR, "{0} {1}", "open it in a browser")


@rule(
    "EXT003",
    "moved",
    WARNING,
    "a document that has another address for good",
    """The host sends on with 301 or 308. Temporary redirects (302, 307) are left alone.""",
    Scope.NETWORK,
)
def moved(project: Project) -> Iterator[Defect]:
    return _with(project, Verdict.MOVED, "{0} has moved", "write {0}")


@rule(
    "EXT004",
    "certificate",
    ERROR,
    "a host whose certificate is not valid",
    """Expired, for another name, or signed by nobody that browsers know. Readers see a warning.""",
    Scope.NETWORK,
)
def certificate(project: Project) -> Iterator[Defect]:
    return _with(
        project, Verdict.CERTIFICATE, "the certificate of {0} is not valid: {1}", "open it in a browser"
    )


@rule(
    "EXT005",
    "unreachable",
    WARNING,
    "a host that cannot be reached",
    """The name is not known, the connection is refused, or no answer comes in time. Asked twice. It may be a matter of
    today, or of this network.""",
    Scope.NETWORK,
)
def unreachable(project: Project) -> Iterator[Defect]:
    return _with(project, Verdict.UNREACHABLE, "{0} cannot be reached: {1}", "ask again tomorrow")


@rule(
    "EXT006",
    "front-page",
    WARNING,
    "an address that leads to the front page of its host",
    """Many sites send readers of a document that is gone to their first page, and say that all is well.""",
    Scope.NETWORK,
)
def front_page(project: Project) -> Iterator[Defect]:
    return _with(
        project,
        Verdict.FRONT_PAGE,
        "{0} leads to {1}: the document is probably gone",
        "find the new address, or give an archived copy",
    )
