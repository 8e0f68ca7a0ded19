"""SIT: what links lead to, what pages load, and the files themselves."""

import errno
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from explainer.checks.entries import UnreadableEntriesError, manifest_entries
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import (
    each,
    is_error_page,
    near_group,
    on_pages,
    place,
    report,
    shown,
    whole_pages,
)
from explainer.checks.sit.survey import Group, manifests_of, survey, text_of
from explainer.checks.site import BuiltSite
from explainer.checks.site.address_syntax import address_fault
from explainer.checks.site.follow import FaultKind
from explainer.problems import did_you_mean

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_MANY_FILES = 10
"""More files of one host, or anchors from one page to another, than that are told as one finding."""


@rule(
    "SIT001",
    "dead-link",
    ERROR,
    "a link to a page or file that the site does not have",
    """Every href of a, area and link, every form action and cite attribute is followed as a browser does: relative to
    the page or to <base>, percent-decoded, below the path of the site’s address (--site-url, or the address on which
    the canonical links agree). Among them are the addresses in srcdoc frames, in structured data (JSON-LD) and in the
    manifest of an app. The same dead address on many pages is one finding, and so is a relative path that a template
    writes the same on every page.""",
    Scope.SITE,
)
def dead_link(project: Project) -> Iterator[Defect]:
    for group in survey(project)[FaultKind.DEAD_LINK].values():
        hint = near_group(project, group)
        yield place(
            project,
            group,
            f"“{group.raw.strip()}” leads to nothing{on_pages(group)}",
            hint or "mend or remove the link",
        )


@rule(
    "SIT002",
    "dead-anchor",
    ERROR,
    "a link to an anchor that its page does not have",
    """By the rules of browsers: the part after # is compared with every id and a[name] as written, then
    percent-decoded; “#” and “#top” always exist; nothing in comments, <template> or <noscript> counts. Left alone are
    anchors on files other than HTML and addresses of scripts (“#/…”, “#!…”). The same address on many pages is one
    finding, also where it leads on each to an anchor of the page itself.""",
    Scope.SITE,
)
def dead_anchor(project: Project) -> Iterator[Defect]:
    by_page: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in survey(project)[FaultKind.DEAD_ANCHOR].values():
        by_page[group.where[0], group.target.path].append(group)
    for groups in by_page.values():
        # Anchors that were all renamed, or never made: one cause.
        more = len(groups) - 1 if len(groups) > _MANY_FILES and not project.pages else 0
        for group in groups[: 1 if more else None]:
            yield _dead_anchor(project, group, f", and {more} more that lead from there" if more else "")


def _dead_anchor(project: Project, group: Group, more: str) -> Defect:
    site = project.site
    page = site.page_at(group.target.path) if site else None
    hint = did_you_mean(group.target.fragment or "", sorted(page.ids)) if page else ""
    # A template writes it the same on every page: no page has the anchor, so none is named.
    where = "the page it leads to" if group.targets > 1 else group.target.path or "the first page"
    return place(
        project,
        group,
        f"there is no anchor “#{group.target.fragment}” on {where}{on_pages(group)}{more}",
        hint or "link to an id that the page has",
    )


@rule(
    "SIT003",
    "missing-asset",
    ERROR,
    "an image, script, style sheet, font or icon that the site does not have",
    """src, srcset, imagesrcset, poster, data, background, what SVG takes over, url(), image-set() and @import in style
    sheets, style elements and attributes, icons and pictures of manifests, preloads, og:image and the images of structured data.""",
    Scope.SITE,
)
def missing_asset(project: Project) -> Iterator[Defect]:
    for group in survey(project)[FaultKind.DEAD_FILE].values():
        hint = near_group(project, group)
        yield place(
            project,
            group,
            f"the file “{group.raw.strip()}” does not exist{on_pages(group)}",
            hint or "add the file, or mend the path",
        )


@rule(
    "SIT004",
    "outside-base",
    ERROR,
    "an address that leaves the site’s own folder on its host",
    """The site is published at the path of its address. An address that begins with / but not with this path, or that
    climbs above it with ../, leads to another site on the same host. With --site-dir, neighbours to which more than half of
    all pages lead are taken as meant; without --site-url, so are all plain links to pages that this site does not have.""",
    Scope.SITE,
)
def outside_base(project: Project) -> Iterator[Defect]:
    base = project.site.place.base if project.site else "/"
    yield from report(
        project,
        survey(project)[FaultKind.OUTSIDE].values(),
        f"“{{}}” is not below {base}",
        "write the path relative to the page",
    )


@rule(
    "SIT006",
    "orphan-page",
    WARNING,
    "a page that readers cannot come to by links",
    """No other page links to it, or only pages that cannot be reached themselves. Links are followed from the first page
    and from pages that are found by search engines only (the error page). Frames and image maps count; the first page,
    error pages and pages marked noindex need no link.""",
    Scope.SITE,
)
def orphan_page(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or len(site.pages) < 2:
        return
    linked, reached = _linked(site), _reached(site)
    lost = [
        page
        for page in whole_pages(site)
        if page.path not in (reached if "index.html" in site.pages else linked)
        and page.path != "index.html"
        and not is_error_page(page)
        and not page.noindex
    ]
    hint = "link to it, or remove it"
    yield from each(
        project,
        [page for page in lost if page.path not in linked],
        "no other page links to this page",
        hint,
        "navigation",
    )
    yield from each(
        project,
        [page for page in lost if page.path in linked],
        "only pages that readers cannot come to link to this page",
        hint,
        "navigation",
    )


def _linked(site: BuiltSite) -> set[str]:
    """Every page to which another one leads, also by a page that sends readers on."""
    linked = set(site.linked)
    for page in site.pages.values():
        if page.is_stub and page.path in linked:
            linked.add(site.file_at(site.resolve(page.path, page.refresh, page.base).path) or "")
    return linked


def _reached(site: BuiltSite) -> set[str]:
    """Every page to which links lead from the first page, step by step."""
    waiting = ["index.html", *(page.path for page in site.pages.values() if is_error_page(page))]
    reached = set(waiting)
    seen = 0
    while waiting:
        name = waiting.pop()
        page = site.pages.get(name)
        if page is None:
            continue
        new = site.followed[name].linked & ~seen
        seen |= new
        found = list(site.names_of(new))
        if page.is_stub:
            found.append(site.file_at(site.resolve(name, page.refresh, page.base).path) or "")
        for file in found:
            if file not in reached:
                reached.add(file)
                waiting.append(file)
    return reached


@rule(
    "SIT007",
    "folder-without-index",
    ERROR,
    "a link to a folder that has no page",
    """Most servers answer such an address with an error or with a list of files.""",
    Scope.SITE,
)
def folder_without_index(project: Project) -> Iterator[Defect]:
    yield from report(
        project,
        survey(project)[FaultKind.NO_INDEX].values(),
        "“{}” is a folder without index.html",
        "link to a page in it",
    )


@rule(
    "SIT008",
    "missing-slash",
    WARNING,
    "a link to a folder without the slash at its end",
    """The server sends the reader on to the address with the slash: a request more on every click.""",
    Scope.SITE,
)
def missing_slash(project: Project) -> Iterator[Defect]:
    yield from report(
        project, survey(project)[FaultKind.NO_SLASH].values(), "“{}” is a folder", "end the address with /"
    )


@rule(
    "SIT009",
    "double-slash",
    ERROR,
    "an address with two slashes in its path",
    """Some servers take // for /, others answer “not found”; programs that follow links run in circles.""",
    Scope.SITE,
)
def double_slash(project: Project) -> Iterator[Defect]:
    yield from report(
        project,
        survey(project)[FaultKind.DOUBLE_SLASH].values(),
        "“{}” has two slashes in a row",
        "remove one of them",
    )


@rule(
    "SIT021",
    "other-host",
    WARNING,
    "a file that is loaded from another host",
    """Scripts, styles, fonts, images and frames from other hosts tell them who reads what, break when they change, and
    are blocked by a strict security policy. Plain links do not count. The same address on many pages is one finding, and
    so are more than ten files of one host.""",
    Scope.SITE,
)
def other_host(project: Project) -> Iterator[Defect]:
    by_host: dict[str, list[Group]] = defaultdict(list)
    for group in survey(project)[FaultKind.OTHER_HOST].values():
        by_host[urlsplit(group.raw.strip()).netloc.lower()].append(group)
    hint = "keep a copy on the site, or remove it"
    for host, groups in by_host.items():
        if len(groups) <= _MANY_FILES:
            yield from report(project, groups, "“{}” is loaded from another host", hint)
            continue
        where = len({name for group in groups for name in group.where})
        more = f"and {len(groups) - 1} more of {host}" + (f" (on {where} pages)" if where > 1 else "")
        message = f"“{groups[0].raw.strip()}” is loaded from another host, {more}"
        yield place(project, groups[0], message, hint)


@rule(
    "SIT023",
    "empty-file",
    ERROR,
    "a page of no bytes, or a file of no bytes that a page loads or links to",
    """The file was cut off while it was written, or never filled.""",
    Scope.SITE,
)
def empty_file(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    yield from report(
        project,
        survey(project)[FaultKind.EMPTY_FILE].values(),
        "the file “{}” is empty",
        "build the site again",
    )
    for page in site.pages.values():
        if not site.files[page.path] and not page.error:
            yield Defect(shown(site, page.path), 1, 1, "this page is empty", "build the site again")


@rule(
    "SIT024",
    "unreadable-file",
    ERROR,
    "a page, a folder, or a file that rules read, that cannot be read",
    """No permission, a link in a circle, a file that vanished meanwhile, or bytes that are not UTF-8. Besides pages, this
    is told of style sheets, manifests, sitemaps, feeds, drawings with symbols and files with an integrity attribute.
    Everything else was checked.""",
    Scope.SITE,
)
def unreadable_file(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    for page in site.pages.values():
        if page.error:
            hint = _MENDS.get(page.error) or _hint_by_words(page.error)
            yield Defect(shown(site, page.path), 1, 1, f"cannot be read: {page.error}", hint)
    for name, reason in site.listing.unreadable:
        hint = _MENDS_OF_LINKS.get(reason) or _MENDS.get(reason, "mend or remove it")
        yield Defect(shown(site, name), 1, 1, f"cannot be read: {reason}", hint)
    named = manifests_of(site)
    for name in _read_by_rules(site, named):
        if reason := site.unreadable(name):
            hint = _MENDS.get(reason, "mend or remove it")
            yield Defect(shown(site, name), 1, 1, f"cannot be read: {reason}", hint)
        elif name in named or name.endswith(".webmanifest"):
            try:
                manifest_entries(text_of(site, name))
            except UnreadableEntriesError as error:
                yield Defect(
                    shown(site, name),
                    error.line,
                    error.column,
                    f"cannot be read: {error}",
                    "write it as JSON",
                )


_MENDS = {
    os.strerror(errno.EACCES): "give everyone the permission to read it",
    os.strerror(errno.EPERM): "give everyone the permission to read it",
    os.strerror(errno.ENOENT): "it vanished while the site was read: build the site again",
    os.strerror(errno.EIO): "the disk does not give it: build the site again on another",
}
_MENDS_OF_LINKS = {
    os.strerror(errno.ENOENT): "let the link lead to a file, or remove it",
    os.strerror(errno.ELOOP): "remove the link: it leads to itself",
}


def _hint_by_words(reason: str) -> str:
    if reason.endswith("is not UTF-8"):
        return "write it as UTF-8"
    return "split it" if reason.startswith("larger than") else "mend or remove it"


def _read_by_rules(site: BuiltSite, manifests: set[str]) -> list[str]:
    """The files besides pages whose content a rule looks at; of the search index, SIT015 says that it is unreadable."""
    symbols = set().union(*(followed.symbols for followed in site.followed.values()))
    wanted = manifests | {site.follower.names[int(symbol.partition("#")[0])] for symbol in symbols}
    for page in site.pages.values():
        for raw, _ in page.integrity:
            target = site.resolve(page.path, raw, page.base)
            if not (target.external or target.outside) and (found := site.file_at(target.path)):
                wanted.add(found)
    return [
        name
        for name in site.files
        if name not in site.pages
        and name != "search/search_index.json"
        and (name in wanted or name.endswith((".css", ".webmanifest", ".xml", ".rss", ".atom", ".json")))
    ]


@rule(
    "SIT026",
    "empty-address",
    ERROR,
    "an image, script, style sheet or link with an empty address",
    """src="" makes some browsers load the page itself a second time, href="" leads to the page on which it stands, and an
    image without any address shows nothing.""",
    Scope.SITE,
)
def empty_address(project: Project) -> Iterator[Defect]:
    for group in survey(project)[FaultKind.EMPTY_ADDRESS].values():
        tag = group.tag.partition("-")[0]  # “link-manifest”
        what = {"a": "link"}.get(tag, tag)
        message = f"the address of this {what} is empty{on_pages(group)}"
        yield place(project, group, message, "write it, or remove the element")


@rule(
    "SIT027",
    "names-differ-in-case",
    WARNING,
    "files that differ in upper and lower case only",
    """On a computer that does not tell the two apart, one overwrites the other. A page that only sends readers from one
    spelling to the other is meant so.""",
    Scope.SITE,
)
def repeated_name(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    count = Counter(name.casefold() for name in site.files)
    for name in site.files:
        other = site.listing.folded[name.casefold()]
        if (
            count[name.casefold()] > 1
            and name != other
            and not (_sends_on(site, name) or _sends_on(site, other))
        ):
            yield Defect(
                shown(site, name),
                1,
                1,
                f"differs from {other} in upper and lower case only",
                "rename one of the two",
            )


def _sends_on(site: BuiltSite, name: str) -> bool:
    page = site.pages.get(name)
    return page is not None and page.is_stub


@rule(
    "SIT035",
    "impossible-address",
    ERROR,
    "a link or address that no browser can follow",
    """A scheme that is misspelt, written twice or without its colon or slashes; a host, port or IP address that cannot be;
    a mail address without @, a telephone link without number; a file: address or a drive letter, which is a file on one
    computer. The other side is not asked.""",
    Scope.SITE,
)
def malformed_address(project: Project) -> Iterator[Defect]:
    for group in survey(project)[FaultKind.IMPOSSIBLE].values():
        message, hint = address_fault(group.raw) or ("this address is malformed", "write it again")
        yield place(project, group, message + on_pages(group), hint)
