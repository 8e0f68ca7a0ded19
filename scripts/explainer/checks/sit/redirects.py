"""SIT: pages that only send readers on, and the address that a page gives to search engines."""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import each, find, is_error_page, report, shown, whole_pages
from explainer.checks.sit.survey import MANY, links_to_stubs, text_of
from explainer.checks.site import BuiltSite, HtmlPage

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_REFRESH = re.compile(
    r"<meta\b(?=[^>]*\bhttp-equiv\s*=\s*[\"']?refresh)(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>", re.I
)
_NO_BREAK = re.compile(r"[^\n]")


@rule(
    "SIT010",
    "link-to-redirect",
    WARNING,
    "a link to a page that only sends readers on",
    """Link to where the page leads in the end.""",
    Scope.SITE,
)
def link_to_redirect(project: Project) -> Iterator[Defect]:
    yield from report(
        project,
        links_to_stubs(project).values(),
        "“{}” only sends readers on",
        "link to the page it leads to",
    )


@rule(
    "SIT011",
    "dead-redirect",
    ERROR,
    "a page that sends readers to a place that does not exist, or in a circle",
    """The address in <meta http-equiv="refresh"> has to be a page or file that exists, with the anchor it names; following
    it from page to page has to come to an end; and a browser has to understand it. A page that loads itself again after
    some seconds is left alone.""",
    Scope.SITE,
)
def dead_redirect(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    told: set[str] = set()
    for page in site.pages.values():
        problem, address, hint = "", page.refresh, "mend the address"
        if page.refresh_fault:
            problem, address = (
                f"no browser understands the refresh “{page.refresh_fault}”",
                page.refresh_fault,
            )
            hint = "write 0; url=…"
        elif page.refresh and page.path not in told:
            problem = _fault_of(site, page, told)
        if problem:
            line, column = _refresh_place(site, page, address)
            yield Defect(shown(site, page.path), line, column, problem, hint, len(address))


def _refresh_place(site: BuiltSite, page: HtmlPage, address: str) -> tuple[int, int]:
    """Where a refresh has its address: a link on the same page may have it as well."""
    text = text_of(site, page.path)
    if match := _REFRESH.search(text):
        before = _NO_BREAK.sub(" ", text[: match.start()])
        place = find(before + match[0], address)
        if place != (1, 1):
            return place
    return find(text, address)


def _fault_of(site: BuiltSite, page: HtmlPage, told: set[str]) -> str:
    """What is wrong with where a page sends readers; the pages of a circle are told of once."""
    target = site.resolve(page.path, page.refresh, page.base)
    if target.external:
        return ""
    found = None if target.outside else site.file_at(target.path)
    following = site.pages.get(found or "")
    if found is None:
        return f"this page sends readers to “{page.refresh}”, which does not exist"
    if found == page.path:
        return "this page sends readers to itself" if page.refresh_at_once else ""
    if (
        following
        and not following.is_stub
        and target.fragment
        and not site.has_fragment(following, target.fragment)
    ):
        return f"this page sends readers to the anchor “#{target.fragment}”, which does not exist"
    passed = [page.path]
    while following and following.is_stub and following.path not in passed:
        passed.append(following.path)
        following = _next(site, following)
    if following and following.path == page.path:
        told.update(passed)
        return f"this page sends readers in a circle of {len(passed)} pages"
    return ""


def _next(site: BuiltSite, page: HtmlPage) -> HtmlPage | None:
    """The page to which a page sends readers."""
    target = site.resolve(page.path, page.refresh, page.base)
    return None if target.external or target.outside else site.page_at(target.path)


@rule(
    "SIT031",
    "redirect-chain",
    WARNING,
    "a page that sends readers to a page that sends them on",
    """Every step is a page more to load; some programs give up after a few. Send readers to where the way ends.""",
    Scope.SITE,
)
def redirect_chain(project: Project) -> Iterator[Defect]:
    site = project.site
    for page in site.pages.values() if site else ():
        following = _next(site, page) if site and page.is_stub else None
        passed = {page.path}
        end = following
        while end and end.is_stub and end.path not in passed and site:
            passed.add(end.path)
            end = _next(site, end)
        if not (site and following and following.is_stub) or (end and end.path in passed):
            continue
        line, column = _refresh_place(site, page, page.refresh)
        yield Defect(
            shown(site, page.path),
            line,
            column,
            f"“{page.refresh}” only sends readers on",
            f"send them to {end.url or 'the first page'}" if end else "send them to where the way ends",
            len(page.refresh),
        )


def _canonical(site: BuiltSite, page: HtmlPage, raw: str, fault: str, right: str, more: str) -> Defect:
    """A wrong canonical address on a page, or of so many ``more`` pages the first."""
    message, hint = f"the canonical address is “{raw}”, which is another page", f"write {right}"
    if fault == "second":
        message, hint = f"there are two canonical addresses, the second is “{raw}”", "remove one of them"
    elif fault == "dead":
        message = f"the canonical address is “{raw}”, which does not exist"
    elif fault == "anchor":
        message = "the canonical address has an anchor"
    line, column = find(text_of(site, page.path), raw)
    return Defect(shown(site, page.path), line, column, message + more, hint, len(raw))


@rule(
    "SIT012",
    "wrong-canonical",
    ERROR,
    "a canonical link that names another page, or none",
    """<link rel="canonical"> tells search engines the one address of a page. Where it names another page, this one
    disappears from them. Pages marked noindex are left alone. The same wrong address on many pages is one finding.""",
    Scope.SITE,
)
def wrong_canonical(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    foreign = []
    wrong: dict[tuple[str, str], list[HtmlPage]] = defaultdict(list)
    for page in whole_pages(site):
        if not page.canonical or is_error_page(page) or page.noindex:
            continue
        if page.second_canonical:
            wrong[page.second_canonical, "second"].append(page)
            continue
        target = site.resolve(page.path, page.canonical)
        if target.external:
            if site.place.origin:
                foreign.append(page)
            continue
        found = None if target.outside else site.file_at(target.path)
        if found == page.path and "#" not in page.canonical:
            continue
        fault = "anchor" if found == page.path else "dead" if found is None else "other"
        wrong[page.canonical, fault].append(page)
    for (raw, fault), pages in wrong.items():
        if len(pages) < MANY:
            for page in pages:
                yield _canonical(site, page, raw, fault, f"the address of {page.url or 'the first page'}", "")
        else:
            more = f" (on {len(pages)} pages)"
            yield _canonical(site, pages[0], raw, fault, "on each page its own address", more)
    yield from each(
        project,
        foreign,
        "the canonical address names another site",
        f"it should begin with {site.place.origin}",
    )
