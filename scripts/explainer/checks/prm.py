"""PRM: addresses that last."""

import os
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from explainer.checks import order as order  # registers its rules with this family
from explainer.checks.finding import AddLine, Defect, Severity, SortLines
from explainer.checks.project import LEDGER, LedgerLine, Project
from explainer.checks.rule import Scope, rule
from explainer.checks.site import BuiltSite, HtmlPage
from explainer.problems import did_you_mean
from explainer.short_addresses import FOLDER, page_path, short_path


@lru_cache(maxsize=2)
def _published(project: Project) -> dict[str, HtmlPage]:
    """Every address and anchor that the built site publishes."""
    found: dict[str, HtmlPage] = {}
    if project.site:
        for page in project.site.pages.values():
            if page.fragment or page.error or page.path == "404.html":
                continue
            url = f"/{_plain(page.url)}"
            found[url] = page
            for id_ in page.heading_ids:
                found[f"{url}#{_plain(id_)}"] = page
    return found


def _plain(part: str) -> str:
    """A path or an id as a line of the ledger can hold it: percent-encoded where it has more than plain characters."""
    return part if part.isprintable() and not set(part) & set(" #?") else quote(os.fsencode(part))


def _alive(site: BuiltSite, address: str) -> bool:
    """Whether an address of the ledger still leads somewhere: itself, or through a page that sends readers on."""
    path, mark, fragment = address.lstrip("/").partition("#")
    seen: set[str] = set()
    if site.file_at(path) is None:
        path = os.fsdecode(unquote_to_bytes(path))
    page = site.page_at(path)
    while page and page.refresh and page.path not in seen:
        seen.add(page.path)
        target = site.resolve(page.path, page.refresh, page.base)
        if target.external:
            return True
        mark = ""  # the page that sends readers on stands in for its anchors as well
        page = site.page_at(target.path)
    if page is None:
        return site.file_at(path) is not None and not mark
    return not mark or site.has_fragment(page, fragment)


@rule(
    "PRM001",
    "address-gone",
    Severity.ERROR,
    "a published address or anchor is gone",
    """docs/data/permalinks.txt lists every address that was ever published, and every anchor of a heading. Somebody has
    linked to it. Bring it back: write the id out on the heading again, or leave a page that sends readers on. Only
    where nothing can stand in its place, remove the line from the ledger and say why in the commit. A page that is gone
    is one finding, with all its anchors.""",
    Scope.SITE,
)
def address_gone(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or project.ledger is None:
        return
    lost: dict[str, list[LedgerLine]] = defaultdict(list)
    for item in project.ledger:
        if item.address.startswith("/") and not _alive(site, item.address):
            page = item.address.partition("#")[0]
            lost[item.address if _alive(site, page) else page].append(item)
    for address, items in lost.items():
        page, mark, anchor = address.partition("#")
        near = [known.partition("#")[2] for known in _published(project) if known.startswith(f"{page}#")]
        hint = did_you_mean(anchor, near) if mark else did_you_mean(page, list(_published(project)))
        more = "" if mark else _with_anchors(sum("#" in item.address for item in items))
        yield Defect(
            LEDGER,
            items[0].line,
            1,
            f"{address} is no longer on the site{more}",
            hint or "bring it back, or leave a page that sends readers on",
            len(items[0].address),
        )


def _with_anchors(count: int) -> str:
    """What a page that is gone takes with it."""
    return f", nor are its {count} anchors" if count > 1 else ", nor is its anchor" if count else ""


@rule(
    "PRM002",
    "address-new",
    Severity.WARNING,
    "a published address or anchor is not in the ledger",
    """From now on others may link to it. --fix adds it to docs/data/permalinks.txt.""",
    Scope.SITE,
)
def address_new(project: Project) -> Iterator[Defect]:
    if project.site is None or not project.pages:
        return
    if any(problem.path == LEDGER for problem in project.problems):
        return  # it cannot be read: what is in it is not known
    known = {item.address for item in project.ledger or ()}
    for address in sorted(_published(project)):
        if address not in known and quote(os.fsencode(address), safe="/#%") not in known:
            yield Defect(
                LEDGER,
                1,
                1,
                f"{address} is not in the ledger",
                "add it: scripts/check.py --fix",
                fix=AddLine(LEDGER, address),
            )


@rule(
    "PRM004",
    "short-address",
    Severity.ERROR,
    "a short address of a country that is missing, or leads elsewhere",
    """/c/cn/ leads to the page about China: the code is that of ISO 3166-1, in small letters. Others print it, so it has
    to lead to the same page in ten years. scripts/build writes one for each record of countries.yml; a site without any
    is left alone.""",
    Scope.SITE,
)
def short_address(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or not any(path.startswith(f"{FOLDER}/") for path in site.pages):
        return
    for country in project.facts.countries.values():
        short, page = short_path(country), site.page_at(page_path(country))
        stub = site.page_at(short)
        place = project.facts.origin(country).place("iso")
        path = project.facts.origin(country).path
        if page is None:
            continue  # that the page is missing is told as such
        if stub is None:
            yield Defect(
                path, *place, f"/{short} is not on the site", "build the site again: scripts/build", 3
            )
        elif (
            not stub.refresh
            or site.page_at(site.resolve(stub.path, stub.refresh, stub.base).path) is not page
        ):
            where = f"leads to “{stub.refresh}”" if stub.refresh else "is a page of its own"
            hint = f"let it lead to /{page_path(country)}"
            yield Defect(path, *place, f"/{short} {where}, not to the page about {country.name}", hint, 3)


@rule(
    "PRM003",
    "ledger-line",
    Severity.ERROR,
    "a line of the ledger that is no address, or stands twice",
    """Each line is one address below the site, with or without an anchor: /countries/china/#treaty.""",
)
def ledger_line(project: Project) -> Iterator[Defect]:
    first: dict[str, int] = {}
    for item in project.ledger or ():
        if not item.address.startswith("/") or " " in item.address:
            yield Defect(
                LEDGER,
                item.line,
                1,
                f"“{item.address}” is not an address below the site",
                "write it from the first slash on: /countries/china/#treaty",
                len(item.address),
            )
        if item.address in first:
            yield Defect(
                LEDGER,
                item.line,
                1,
                f"{item.address} stands twice: first on line {first[item.address]}",
                "remove one of the two: --fix does",
                len(item.address),
                SortLines(LEDGER),
            )
        first.setdefault(item.address, item.line)
    for problem in project.problems:
        if problem.path == LEDGER:
            yield Defect.of(problem)
