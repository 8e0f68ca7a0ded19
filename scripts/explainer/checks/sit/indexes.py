"""SIT: what lists the pages of a site: sitemap, search index, feeds, navigation."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from explainer.checks.entries import (
    Entry,
    UnreadableEntriesError,
    feed_entries,
    is_feed,
    is_sitemap,
    sitemap_entries,
)
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import each, is_error_page, line_and_column, near, shown, whole_pages
from explainer.checks.sit.survey import text_of
from explainer.checks.site import BuiltSite, HtmlPage, Target

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_SITEMAP, _INDEX = "sitemap.xml", "search/search_index.json"
_HEAD = 1024
"""So many bytes of a file tell whether it is a feed or a sitemap."""

_MOST = 0.8
"""An index or a navigation that has this share of all pages is meant to have every page."""

_FEW = 15
"""A page to which more pages lead is in their navigation, or as good as in it."""


@lru_cache(maxsize=2)
def _sitemaps(project: Project) -> dict[str, list[Entry] | UnreadableEntriesError]:
    """Every sitemap and index of sitemaps of the site, with what it names."""
    site = project.site
    found: dict[str, list[Entry] | UnreadableEntriesError] = {}
    for name in site.files if site else ():
        if site and name.endswith(".xml") and is_sitemap(_head(site, name)):
            try:
                found[name] = sitemap_entries(text_of(site, name))
            except UnreadableEntriesError as error:
                found[name] = error
    return found


def _head(site: BuiltSite, name: str) -> str:
    try:
        with (site.directory / name).open("rb") as file:
            return file.read(_HEAD).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _entry_place(site: BuiltSite, name: str, entry: Entry, message: str, hint: str) -> Defect:
    line, column = line_and_column(text_of(site, name), entry.offset)
    return Defect(shown(site, name), line, column, message, hint, len(entry.raw))


def _unreadable(site: BuiltSite, name: str, error: UnreadableEntriesError) -> Defect:
    return Defect(
        shown(site, name), error.line, error.column, f"cannot be read: {error}", "build the site again"
    )


def _file_of(site: BuiltSite, target: Target) -> str | None:
    return None if target.outside or target.external else site.file_at(target.path)


@rule(
    "SIT013",
    "dead-sitemap-entry",
    ERROR,
    "a sitemap names a page that does not exist",
    """Search engines follow every address in sitemap.xml: pages, language versions, images, further sitemaps.""",
    Scope.SITE,
)
def dead_sitemap_entry(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    for name, entries in _sitemaps(project).items():
        if isinstance(entries, UnreadableEntriesError):
            yield _unreadable(site, name, entries)
            continue
        foreign = 0
        for entry in entries:
            target = site.resolve(name, entry.raw)
            if target.external:
                foreign += site.place.is_other_host(entry.raw)
            elif _file_of(site, target) is None:
                hint = near(site, target.path) or "remove it"
                yield _entry_place(site, name, entry, f"“{entry.raw}” does not exist", hint)
        if foreign and site.place.origin:
            hint = f"they should begin with {site.place.origin}{site.place.base}"
            yield Defect(shown(site, name), 1, 1, f"{foreign} addresses name another site", hint)


@rule(
    "SIT014",
    "not-in-sitemap",
    WARNING,
    "a page that sitemap.xml leaves out",
    """Search engines may not find it. The error page and pages marked noindex belong outside.""",
    Scope.SITE,
)
def not_in_sitemap(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or _SITEMAP not in site.files:
        return
    named = {
        site.file_at(target.path)
        for name, entries in _sitemaps(project).items()
        if not isinstance(entries, UnreadableEntriesError)
        for entry in entries
        if not (target := site.resolve(name, entry.raw)).external
    }
    if not named & site.pages.keys():
        return
    lost = [page for page in _listed_pages(site) if page.path not in named]
    yield from each(
        project, lost, "sitemap.xml leaves this page out", "build the site again, or mark it noindex"
    )


def _listed_pages(site: BuiltSite) -> list[HtmlPage]:
    """The pages that search engines are to find.

    Where nearly every page has a canonical link, one without was not built with them: a report, say, that was put
    there as it is.
    """
    pages = [page for page in whole_pages(site) if not is_error_page(page) and not page.noindex]
    built = [page for page in pages if page.canonical]
    return built if len(built) >= len(pages) * _MOST else pages


@rule(
    "SIT036",
    "sitemap-names-hidden-page",
    WARNING,
    "a sitemap names a page that is not for search engines",
    """A page marked noindex, or one that only sends readers on, has no place in the sitemap: the two contradict each
    other.""",
    Scope.SITE,
)
def sitemap_names_hidden_page(project: Project) -> Iterator[Defect]:
    site = project.site
    for name, entries in _sitemaps(project).items():
        for entry in entries if site and not isinstance(entries, UnreadableEntriesError) else ():
            page = site.pages.get(_file_of(site, site.resolve(name, entry.raw)) or "") if site else None
            if site and page and (page.is_stub or page.noindex):
                why = "only sends readers on" if page.is_stub else "is marked noindex"
                yield _entry_place(site, name, entry, f"“{entry.raw}” {why}", "take it out of the sitemap")


@lru_cache(maxsize=2)
def _search_locations(project: Project) -> list[str] | None:
    """Where the results of the search lead; nothing where there is no index; a ``ValueError`` where it is broken."""
    site = project.site
    if site is None or _INDEX not in site.files:
        return None
    try:
        entries = json.loads(text_of(site, _INDEX)).get("docs", [])
        return [str(entry["location"]) for entry in entries]
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        return None


@rule(
    "SIT015",
    "dead-search-result",
    ERROR,
    "the search index leads to a place that does not exist",
    """Every “location” in search/search_index.json has to be a page, and its anchor an id on this page. A page
    that is gone is one finding. So are the anchors that one page lacks: mostly two pages were built to the same address,
    or the page only sends readers on.""",
    Scope.SITE,
)
def dead_search_result(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or _INDEX not in site.files:
        return
    path, hint = shown(site, _INDEX), "build the site again"
    locations = _search_locations(project)
    if locations is None:
        yield Defect(path, 1, 1, "the search index cannot be read", hint)
        return
    dead: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for location in dict.fromkeys(locations):
        target = site.resolve("index.html", location)
        page = site.pages.get(_file_of(site, target) or "")
        if page is None:
            gone[target.path].append(location)
        elif target.fragment and not site.has_fragment(page, target.fragment):
            dead[page.path].append(location)
    for places in gone.values():
        more = f", as do {len(places) - 1} more to its anchors" if len(places) > 1 else ""
        message = f"a search result leads to “{places[0]}”, which does not exist{more}"
        yield Defect(path, 1, 1, message, hint)
    for places in dead.values():
        if len(places) == 1:
            message = f"a search result leads to “{places[0]}”, an anchor that does not exist"
        else:
            message = (
                f"{len(places)} search results lead to anchors that do not exist, the first to “{places[0]}”"
            )
        yield Defect(path, 1, 1, message, hint)


@rule(
    "SIT033",
    "not-in-search",
    WARNING,
    "a page that the search does not find",
    """Where the search index has nearly every page, the others were forgotten. A page can be left out on purpose: in
    its front matter (search: exclude: true), with data-search-exclude in the HTML, or by noindex. Of a site without
    its words, only pages to which at least half of the others lead are told: it cannot be seen whether others were
    left out on purpose.""",
    Scope.SITE,
)
def not_in_search(project: Project) -> Iterator[Defect]:
    site, locations = project.site, _search_locations(project)
    if site is None or not locations:
        return
    named = {_file_of(site, site.resolve("index.html", location)) for location in locations}
    pages = _listed_pages(site)
    lost = [page for page in pages if page.path not in named and not _left_out(project, site, page)]
    if len(lost) > max(1, len(pages) * (1 - _MOST)):
        return
    if not project.pages:
        links = _links_to(site, lost)
        lost = [page for page in lost if links[page.path] * 2 >= len(pages) - 1]
    if lost:
        yield from each(project, lost, "the search does not find this page", "build the site again")


def _links_to(site: BuiltSite, pages: list[HtmlPage]) -> Counter[str]:
    """How many pages lead to each of these."""
    wanted = sum(1 << site.follower.numbers[page.path] for page in pages)
    return Counter(
        name for followed in site.followed.values() for name in site.names_of(followed.linked & wanted)
    )


def _left_out(project: Project, site: BuiltSite, page: HtmlPage) -> bool:
    src = project.page_of_url.get(page.url)
    meta = project.pages[src].front_matter.data if src else {}
    search = meta.get("search") if isinstance(meta, dict) else None
    if isinstance(search, dict) and search.get("exclude"):
        return True
    return b"data-search-exclude" in site.read(page.path)


@rule(
    "SIT032",
    "dead-feed-entry",
    ERROR,
    "a feed leads to a place that does not exist",
    """Every link, permanent guid, enclosure, image and attachment of an RSS, Atom or JSON feed that names this site is
    followed, with its anchor. A feed that is not well-formed is read by nobody.""",
    Scope.SITE,
)
def dead_feed_entry(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    for name in site.files:
        if not name.endswith((".xml", ".rss", ".atom", ".json")) or not is_feed(_head(site, name)):
            continue
        try:
            entries = feed_entries(text_of(site, name))
        except UnreadableEntriesError as error:
            yield _unreadable(site, name, error)
            continue
        for raw, entry in {entry.raw: entry for entry in reversed(entries)}.items():
            target = site.resolve(name, raw)
            if target.external or target.outside:
                continue
            file = site.file_at(target.path)
            page = site.pages.get(file or "")
            if file is None:
                hint = near(site, target.path) or "mend it, or remove the entry"
                yield _entry_place(site, name, entry, f"“{raw}” does not exist", hint)
            elif (
                page and not page.is_stub and target.fragment and not site.has_fragment(page, target.fragment)
            ):
                message = f"there is no anchor “#{target.fragment}” on {page.url or 'the first page'}"
                yield _entry_place(site, name, entry, message, "name an id that the page has")


@rule(
    "SIT034",
    "not-in-site-navigation",
    WARNING,
    "a page that the navigation leaves out, though it has nearly all others",
    """Where the <nav> elements of a site lead to four pages in five, the others were forgotten. Left alone are pages
    whose neighbours in the same folder are mostly not in the navigation either (the posts of a blog, say). For this
    project the rule LNK028 asks mkdocs.yml itself.""",
    Scope.SITE,
)
def not_in_site_navigation(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or project.pages:
        return
    pages = [page for page in _listed_pages(site) if page.path != "index.html" and page.path in site.linked]
    rare = _rarely_linked(site, min(_FEW, len(pages) // 2))
    odd = [page for page in pages if page.path in rare]
    if not odd or len(odd) > len(pages) * (1 - _MOST):
        return
    if not (_navigation_of(site, "index.html") or _navigation_of(site, odd[0].path)):
        return  # a site without navigation
    named = _in_navigation(site, {page.path for page in odd})
    lost = [page for page in odd if page.path not in named]
    in_folder = Counter(_folder(page) for page in pages)
    lost_in_folder = Counter(_folder(page) for page in lost)
    yield from each(
        project,
        [page for page in lost if lost_in_folder[_folder(page)] * 2 < in_folder[_folder(page)]],
        "the navigation leaves this page out",
        "add it to the navigation, or mark it noindex",
        "navigation",
    )


def _rarely_linked(site: BuiltSite, most: int) -> set[str]:
    """The files to which no more than ``most`` pages lead.

    Counted for all files at once: bit n of each number is a binary digit of the count of file n.
    """
    digits = [0] * most.bit_length()
    many = 0
    for followed in site.followed.values():
        carry = followed.linked
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        many |= carry
    counts = Counter({name: 0 for name in site.names_of(~many & (1 << len(site.follower.names)) - 1)})
    for place, digit in enumerate(digits):
        for name in site.names_of(digit & ~many):
            counts[name] += 1 << place
    return {name for name, count in counts.items() if count <= most}


def _folder(page: HtmlPage) -> str:
    """The folder of a page; that around its own for a page named index.html."""
    return page.url.rstrip("/").rpartition("/")[0]


def _in_navigation(site: BuiltSite, wanted: set[str]) -> set[str]:
    """Those of the wanted pages to which a <nav> leads. Only pages that lead to one of them are read."""
    field = sum(1 << site.follower.numbers[name] for name in wanted)
    found: set[str] = set()
    for name, followed in site.followed.items():
        if followed.linked & field and not set(site.names_of(followed.linked & field)) <= found:
            found |= _navigation_of(site, name) & wanted
    return found


def _navigation_of(site: BuiltSite, name: str) -> set[str]:
    if name not in site.pages:
        return set()
    tree = LexborHTMLParser(site.read(name))
    found: set[str] = set()
    for link in tree.css("nav a[href]"):
        file = _file_of(site, site.resolve(name, link.attributes.get("href") or "", site.pages[name].base))
        if file and file != name:
            found.add(file)
    return found
