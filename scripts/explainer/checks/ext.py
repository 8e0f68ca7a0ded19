"""EXT: links to other hosts, asked for with --online only."""

import html
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from explainer.checks import settings
from explainer.checks.finding import Defect, Severity
from explainer.checks.online import Answer, AnswerCache, Manners, Question, Verdict, ask_all
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.targets import Outcome, resolved_links
from explainer.markdown_text import LineIndex
from explainer.problems import ProblemsError, read_text

ERROR, WARNING = Severity.ERROR, Severity.WARNING

CACHE = Path(".cache") / "online.json"
"""Where answers are kept, below the project; below the current folder where only a built site is checked."""


@dataclass(frozen=True)
class _Place:
    """Where an address is written, and as what: ``is_archive`` for the archived copy of a source."""

    path: str
    line: int
    column: int
    is_archive: bool = False


@dataclass
class _Written:
    """An address without its fragment, where it is written, with which fragments, and its archived copy."""

    address: str
    places: list[_Place] = field(default_factory=list)
    fragments: dict[str, _Place] = field(default_factory=dict)
    archive: str = ""

    def add(self, place: _Place, fragment: str) -> None:
        """One more place."""
        self.places.append(place)
        if fragment:
            self.fragments.setdefault(fragment, place)


def written(project: Project) -> dict[str, _Written]:
    """Every address of another host: in the registry, in the words, or, where only a site is checked, on its pages."""
    found: dict[str, _Written] = {}

    def note(address: str, place: _Place) -> _Written:
        plain, _, fragment = address.partition("#")
        item = found.setdefault(plain, _Written(plain))
        item.add(place, fragment)
        return item

    for source in project.facts.sources.values():
        origin = project.facts.origin(source)
        item = note(source.URL, _Place(origin.path, *origin.place("URL")))
        if source.archive:
            item.archive = item.archive or source.archive
            note(source.archive, _Place(origin.path, *origin.place("archive"), is_archive=True))
    for resolved in resolved_links(project):
        if resolved.outcome is Outcome.EXTERNAL:
            place = resolved.words.lines.place(resolved.link.destination_start)
            note(resolved.link.address, _Place(resolved.words.page.path, *place))
    if not project.pages:
        for address, shown in _on_the_site(project):
            note(address, shown)
    return found


def _on_the_site(project: Project) -> Iterator[tuple[str, _Place]]:
    """Each address of another host on the pages of a built site; the first place of each on a page."""
    site = project.site
    for page in site.pages.values() if site else ():
        raws = {
            reference.raw: None
            for reference in (site.references(page.path) if site else ())
            if _is_web_address(reference.raw)
            and site
            and site.resolve(page.path, reference.raw, page.base).external
        }
        if not raws or site is None:
            continue
        try:
            text = read_text(site.directory / page.path, page.path)
        except ProblemsError:
            continue
        lines = LineIndex(text)
        shown = f"{site.shown}/{page.path}" if site.shown else page.path
        for raw in raws:
            offset = max(text.find(raw), text.find(html.escape(raw)), 0)
            address = f"https:{raw}" if raw.startswith("//") else raw.strip()
            yield address, _Place(shown, *lines.place(offset))


def _is_web_address(address: str) -> bool:
    """Whether it is an address of the web that can be asked for."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "") and bool(host)


@lru_cache(maxsize=2)
def _answers(project: Project) -> list[tuple[_Written, Answer]]:
    items = written(project)
    manners = settings.online(project)
    folder = project.root if project.pages else Path.cwd()
    cache = AnswerCache(folder / CACHE, days=manners.keep_days).load()
    questions = [Question(item.address, frozenset(item.fragments)) for item in items.values()]
    with _progress(len(questions)) as told:
        answers = ask_all(
            questions, Manners.of_site(project.config.site_url, manners.pause), cache=cache, told=told
        )
    return [(item, answers[address]) for address, item in items.items()]


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal; nothing where the output is kept, as in CI."""
    hidden = not sys.stderr.isatty() or bool(os.environ.get("CI"))
    columns = (
        TextColumn("Asking other hosts"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=total)

        def told(address: str) -> None:
            bar.update(task, advance=1, description=urlsplit(address).netloc)

        yield told


def _no_network(project: Project) -> bool:
    """Whether not one of several hosts could be reached: then this machine has no way out."""
    answers = _answers(project)
    hosts = {urlsplit(item.address).netloc for item, _ in answers}
    return len(hosts) > 1 and all(answer.verdict is Verdict.UNREACHABLE for _, answer in answers)


def _with(project: Project, verdict: Verdict, message: str, hint: str) -> Iterator[Defect]:
    """One finding for each address with this verdict, and one for all addresses of a host whose own fault it is."""
    if verdict is Verdict.UNREACHABLE and _no_network(project):
        return
    alive = {
        item.address: answer.verdict in (Verdict.OK, Verdict.MOVED) for item, answer in _answers(project)
    }
    told: dict[str, _Written] = {}
    others: dict[str, int] = {}
    for item, answer in _answers(project):
        if answer.verdict is not verdict or all(place.is_archive for place in item.places):
            continue
        if answer.of_host:
            host = urlsplit(item.address).netloc
            others[host] = others.get(host, -1) + 1
            told.setdefault(host, item)
        else:
            told[item.address] = item
    by_address = {item.address: answer for item, answer in _answers(project)}
    for key, item in told.items():
        more = f" (and {others[key]} more addresses of this host)" if others.get(key) else ""
        detail = by_address[item.address].detail
        yield _defect(
            item.places,
            item.address,
            message.format(item.address, detail) + more,
            hint.format(_as_written(item, detail)) + _rescue(item, alive),
        )


def _as_written(item: _Written, detail: str) -> str:
    """A new address, with the fragment with which the old one is written where that is only one."""
    return f"{detail}#{next(iter(item.fragments))}" if len(item.fragments) == 1 else detail


def _rescue(item: _Written, alive: Mapping[str, bool]) -> str:
    """Where the archived copy is that the registry names. None is made up."""
    if not item.archive:
        return ""
    doubt = "" if alive.get(item.archive.partition("#")[0], True) else " (it did not answer either)"
    return f"; an archived copy is at {item.archive}{doubt}"


def _defect(places: list[_Place], address: str, message: str, hint: str) -> Defect:
    """One finding, at the first place, that counts the others."""
    first = places[0]
    elsewhere = len({(place.path, place.line) for place in places}) - 1
    also = (
        f"; it is also written at {elsewhere} other place{'s' if elsewhere > 1 else ''}" if elsewhere else ""
    )
    return Defect(first.path, first.line, first.column, message + also, hint, len(address))


def _rule_on_answers(
    id_: str,
    name: str,
    severity: Severity,
    summary: str,
    explanation: str,
    verdict: Verdict,
    message: str,
    hint: str,
) -> None:
    """Register a rule that tells of every address with this verdict.

    In the message, ``{0}`` is the address and ``{1}`` what was learned of it; in the hint, ``{0}`` is what was learned.
    """
    register = rule(id_, name, severity, summary, explanation, Scope.NETWORK)
    register(lambda project: _with(project, verdict, message, hint))


_rule_on_answers(
    "EXT001",
    "gone",
    ERROR,
    "a document that its host no longer has",
    """The host answered 404 or 410. Find the new address, or name an archived copy under “archive”.""",
    Verdict.GONE,
    message="{0} {1}",
    hint="find the new address, or give an archived copy",
)

_rule_on_answers(
    "EXT002",
    "could-not-be-told",
    WARNING,
    "a host that does not tell whether it has the document",
    """The host answered with a fault of its own (5xx), or with something no browser expects. It may be a matter of
    today. Open the address in a browser.""",
    Verdict.UNCLEAR,
    message="{0} {1}",
    hint="open it in a browser",
)

_rule_on_answers(
    "EXT003",
    "moved",
    WARNING,
    "a document that has another address for good",
    """The host sends on with 301 or 308. Temporary redirects (302, 303, 307) are left alone; where one follows, the
    address before it is the new one.""",
    Verdict.MOVED,
    message="{0} has moved",
    hint="write {0}",
)

_rule_on_answers(
    "EXT004",
    "certificate",
    ERROR,
    "a host whose certificate is not valid",
    """Expired, for another name, or signed by nobody that browsers know. Readers see a warning. One finding stands for
    all addresses of the host.""",
    Verdict.CERTIFICATE,
    message="the certificate of {0} is not valid: {1}",
    hint="open it in a browser",
)

_rule_on_answers(
    "EXT005",
    "unreachable",
    WARNING,
    "a host that cannot be reached",
    """The name is not known, the connection is refused, or no answer comes in time. Asked three times. It may be a
    matter of today. One finding stands for all addresses of a host without a connection.""",
    Verdict.UNREACHABLE,
    message="{0} cannot be reached: {1}",
    hint="ask again tomorrow",
)

_rule_on_answers(
    "EXT006",
    "front-page",
    WARNING,
    "an address that leads to the front page of its host",
    """Many sites send readers of a document that is gone to their first page, and say that all is well.""",
    Verdict.FRONT_PAGE,
    message="{0} leads to {1}: the document is probably gone",
    hint="find the new address, or give an archived copy",
)

_rule_on_answers(
    "EXT007",
    "forbidden",
    WARNING,
    "a document that its host does not show to a program",
    """The host answered 401, 403 or 451, asked to log in, or wants to know whether a person reads. It may well answer a
    reader. Open the address in a browser; where readers need an account, say so beside the link.""",
    Verdict.FORBIDDEN,
    message="{0} {1}",
    hint="open it in a browser",
)

_rule_on_answers(
    "EXT008",
    "throttled",
    WARNING,
    "a host that asks to be asked later",
    """The host answered 429 or 503, also after the time that it asked to wait (Retry-After). Whether it has the document
    is not known. Where it asks to wait for more than a minute, its other addresses are left alone as well.""",
    Verdict.THROTTLED,
    message="{0} {1}",
    hint="ask again later",
)

_rule_on_answers(
    "EXT009",
    "soft-404",
    ERROR,
    "a page that says it is not there, in an answer that says all is well",
    """The host answered 200, but the title or the heading of the page is “Page not found”, or the way leads to a page
    about an error, or to where every address that never was leads as well.""",
    Verdict.SOFT_404,
    message="{0} says that all is well, but the document is gone: {1}",
    hint="find the new address, or give an archived copy",
)

_rule_on_answers(
    "EXT010",
    "redirect-loop",
    ERROR,
    "an address that leads on and on",
    """The host sends on to an address that was asked for before, or more than ten times.""",
    Verdict.LOOP,
    message="{0} leads on and on: {1}",
    hint="find the address at the end of the chain",
)


@rule(
    "EXT011",
    "external-anchor",
    WARNING,
    "a fragment that the document of another host does not have",
    """The page has no such id, or no such text (“#:~:text=…”), so the reader lands at its top. Pages that are not
    HTML, fragments that a script reads (“#L10”, “#!/…”), and pages that were too long to read are left alone.""",
    Scope.NETWORK,
)
def external_anchor(project: Project) -> Iterator[Defect]:
    for item, answer in _answers(project):
        for fragment in answer.missing:
            place = item.fragments.get(fragment)
            if place:
                yield _defect(
                    [place],
                    f"{item.address}#{fragment}",
                    f"{item.address} has nothing that answers to “#{fragment}”",
                    "open it in a browser, and write the anchor that the page has",
                )


@rule(
    "EXT012",
    "archive-gone",
    ERROR,
    "an archived copy that is not there",
    """The address under “archive” answers 404, or leads to a page that says so. An archived copy has to open, because it
    is for the day on which the document itself does not.""",
    Scope.NETWORK,
)
def archive_gone(project: Project) -> Iterator[Defect]:
    dead = (Verdict.GONE, Verdict.SOFT_404, Verdict.FRONT_PAGE, Verdict.LOOP)
    for item, answer in _answers(project):
        if answer.verdict in dead and all(place.is_archive for place in item.places):
            yield _defect(
                item.places,
                item.address,
                f"the archived copy {item.address} is not there: {answer.detail}",
                "find another copy, or remove “archive”",
            )


@rule(
    "EXT013",
    "no-network",
    ERROR,
    "not one host could be reached",
    """No address of any host answered, so the fault is most likely on this machine: no network, or a proxy. Nothing is
    known about the links.""",
    Scope.NETWORK,
)
def no_network(project: Project) -> Iterator[Defect]:
    if _no_network(project):
        item, answer = _answers(project)[0]
        place = item.places[0]
        yield Defect(
            place.path,
            place.line,
            place.column,
            f"none of {len(_answers(project))} addresses could be reached: {answer.detail}",
            "check the network of this machine, and run it again",
            len(item.address),
        )
