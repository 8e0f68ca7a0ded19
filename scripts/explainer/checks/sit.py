"""SIT: the built site, this project's or any other. Findings point at the words where the place is found there."""

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import CONFIG, Project
from explainer.checks.rule import Scope, rule
from explainer.checks.site import BuiltSite, Followed, HtmlPage, Reference, Target, css_addresses
from explainer.checks.site.follow import FaultKind
from explainer.problems import did_you_mean

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_MANY = 5
"""From so many pages on, a fault that more than half of all pages share is one fault of the template."""

_LOC = re.compile(r"<loc>\s*+([^<]*)</loc>")
_SITEMAP, _INDEX = "sitemap.xml", "search/search_index.json"


@dataclass
class _Group:
    """One address that is wrong, and every page that has it."""

    target: Target
    raw: str
    tag: str
    where: list[str] = field(default_factory=list)


_Groups = dict[str, _Group]


@lru_cache(maxsize=2)
def _survey(project: Project) -> dict[FaultKind, _Groups]:
    """What following every address of the site shows: the faults by kind, each once."""
    site = project.site
    survey: dict[FaultKind, _Groups] = {kind: {} for kind in FaultKind}
    if site is None:
        return survey
    for name, followed in (*site.followed.items(), *_other_files(site)):
        for kind, key, target, reference in followed.faults:
            _note(survey[FaultKind(kind)], key, target, reference, name)
    _add_dead_anchors(site, survey[FaultKind.DEAD_ANCHOR])
    return survey


def _other_files(site: BuiltSite) -> Iterator[tuple[str, Followed]]:
    """What the addresses in style sheets and manifests lead to."""
    for name, size in site.files.items():
        if name.endswith(".css") and size:
            addresses = [address for address in css_addresses(_text_of(site, name)) if address[0] != "#"]
            tag = "css"
        elif name.endswith((".webmanifest", "manifest.json")):
            addresses, tag = _manifest_icons(_text_of(site, name)), "icon"
        else:
            continue
        references = tuple(Reference(address, True, tag) for address in addresses)
        yield name, site.follower.follow(HtmlPage(name, references=references))


def _add_dead_anchors(site: BuiltSite, groups: _Groups) -> None:
    """Ask each page for the anchors that other pages lead to."""
    wanted = set().union(*(followed.anchors for followed in site.followed.values()))
    dead = set()
    for anchor in wanted:
        number, _, fragment = anchor.partition("#")
        page = site.pages[site.follower.names[int(number)]]
        if not (page.is_stub or page.error or site.has_fragment(page, fragment)):
            dead.add(anchor)
    if not dead:
        return
    for name, followed in site.followed.items():
        for anchor in dead.intersection(followed.anchors):
            number, _, fragment = anchor.partition("#")
            target = Target(site.pages[site.follower.names[int(number)]].url, fragment)
            _note_found(site, groups, anchor, target, name)


def _note_found(site: BuiltSite, groups: _Groups, key: str, target: Target, name: str) -> None:
    """Note an address of which only the target is known: what the page writes is read from the first page again."""
    if key in groups:
        _note(groups, key, target, Reference("", False, "a"), name)
        return
    wanted = site.file_at(target.path)
    for reference in site.references(name):
        found = site.resolve(name, reference.raw, site.pages[name].base)
        if reference.loads or found.external or found.outside or site.file_at(found.path) != wanted:
            continue
        if target.fragment is None or found.fragment == target.fragment:
            _note(groups, key, target, reference, name)
            return


@lru_cache(maxsize=2)
def _links_to_stubs(project: Project) -> _Groups:
    """Links to pages that only send readers on."""
    groups: _Groups = {}
    site = project.site
    if site is None:
        return groups
    numbers = [site.follower.numbers[page.path] for page in site.pages.values() if page.is_stub]
    stubs = sum(1 << number for number in numbers)
    for name, followed in site.followed.items() if stubs else ():
        for stub in site.names_of(followed.linked & stubs):
            _note_found(site, groups, stub, Target(site.pages[stub].url), name)
    return groups


def _note(groups: _Groups, key: str, target: Target, reference: Reference, name: str) -> None:
    group = groups.get(key)
    if group is None:
        group = groups[key] = _Group(target, reference.raw, reference.tag)
    if not group.where or group.where[-1] != name:
        group.where.append(name)


def _text_of(site: BuiltSite, name: str) -> str:
    try:
        return (site.directory / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _manifest_icons(text: str) -> list[str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    icons = data.get("icons", []) if isinstance(data, dict) else []
    return [icon["src"] for icon in icons if isinstance(icon, dict) and isinstance(icon.get("src"), str)]


# -- places --------------------------------------------------------------------------------------------------------


def _shown(site: BuiltSite, name: str) -> str:
    return f"{site.shown}/{name}" if site.shown else name


def _on(group: _Group) -> str:
    count = len(group.where)
    return f" (on {count} pages)" if count > 1 else ""


def _report(project: Project, groups: Iterable[_Group], message: str, hint: str) -> Iterator[Defect]:
    """One defect for each group. ``{}`` in the message is the address as written."""
    for group in groups:
        yield _place(project, group, message.format(group.raw.strip()) + _on(group), hint)


def _place(project: Project, group: _Group, message: str, hint: str) -> Defect:
    """At the words where they have the address; else in the navigation; else in the first HTML file."""
    site = project.site
    if site is None:
        raise ValueError("there is no built site")
    if project.pages:
        for name in group.where[:50]:
            if found := _in_words(project, site, name, group):
                return Defect(*found, message, hint, max(1, len(group.raw)))
        for entry in project.config.nav:
            if group.raw.strip() in (entry.target, project.config.page_url(entry.target)):
                return Defect(CONFIG, entry.line, entry.column, message, hint, len(entry.target))
    name = group.where[0]
    line, column = _find(_text_of(site, name), group.raw)
    return Defect(_shown(site, name), line, column, message, hint, max(1, len(group.raw)))


def _in_words(project: Project, site: BuiltSite, name: str, group: _Group) -> tuple[str, int, int] | None:
    page = site.pages.get(name)
    src = project.page_of_url.get(page.url) if page else None
    if src is None:
        return None
    target = group.target
    # Imported late: of no use where there is a built site alone, and it takes longer to import than a site to check.
    from explainer.checks.targets import resolved_links

    wanted = {group.raw.strip(), target.path, f"{target.path}#{target.fragment}"}
    for resolved in resolved_links(project):
        link = resolved.link
        if resolved.words.page.src == src and ({resolved.site_path, link.destination} & wanted):
            line, column = resolved.words.lines.place(link.destination_start)
            return resolved.words.page.path, line, column
    return _in_text(project, src, group.raw.strip())


def _in_text(project: Project, src: str, text: str) -> tuple[str, int, int] | None:
    words = project.words[src]
    for form, shift in ((f'"{text}"', 1), (f"'{text}'", 1), (text, 0)):
        at = words.readable.find(form) if len(form) > 4 else -1
        if at >= 0:
            return (words.page.path, *words.lines.place(at + shift))
    return None


def _find(text: str, raw: str) -> tuple[int, int]:
    """Line and column of an attribute with this value."""
    for value in dict.fromkeys((raw, html.escape(raw, quote=False), html.escape(raw))):
        for form in (f'"{value}"', f"'{value}'", f"={value}"):
            at = text.find(form)
            if at >= 0:
                at += 1
                return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    at = text.find(raw) if raw else -1
    return (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) if at >= 0 else (1, 1)


def _near(site: BuiltSite, path: str) -> str:
    """What may be meant by a path that leads nowhere."""
    index = path + "index.html" if not path or path.endswith("/") else path
    if found := site.listing.folded.get(index.casefold()) or site.listing.folded.get(
        f"{path}.html".casefold()
    ):
        return f"did you mean {_address(found)}?"
    name = path.rstrip("/").rpartition("/")[2]
    same = [file for file in site.files if name and _address(file).rstrip("/").rpartition("/")[2] == name]
    if len(same) == 1:
        return f"did you mean {_address(same[0])}?"
    return did_you_mean(path, [_address(file) for file in site.files][:5000])


def _address(file: str) -> str:
    return file[: -len("index.html")] or "/" if file.rpartition("/")[2] == "index.html" else file


def _whole_pages(site: BuiltSite) -> list[HtmlPage]:
    """Pages that readers see: no parts, no pages that only send on, none that could not be read."""
    return [page for page in site.pages.values() if not (page.fragment or page.is_stub or page.error)]


def _page_place(project: Project, page: HtmlPage) -> str:
    """The Markdown file of a page, or its HTML file."""
    src = project.page_of_url.get(page.url)
    return project.pages[src].path if src else _shown(project.site, page.path) if project.site else page.path


def _each(
    project: Project,
    pages: list[HtmlPage],
    message: str,
    hint: str,
    cause: str = "",
    every: int | None = None,
) -> Iterator[Defect]:
    """One defect for each page; one in all where most pages share it."""
    if project.site is None or not pages:
        return
    total = every or len(_whole_pages(project.site))
    if len(pages) >= _MANY and len(pages) * 2 > total:
        yield Defect(_shown(project.site, pages[0].path), 1, 1, f"{message} (on {len(pages)} pages)", hint)
        return
    for page in pages:
        yield Defect(_page_place(project, page), 1, 1, message, hint, cause=cause)


# -- rules ---------------------------------------------------------------------------------------------------------


@rule(
    "SIT001",
    "dead-link",
    ERROR,
    "a link to a page or file that the site does not have",
    """Every href of a, area and link, every form action and cite attribute is followed as a browser does: relative to
    the page or to <base>, percent-decoded, below the path of the site’s address (--site-url, or the address on which
    the canonical links agree). The same dead address on many pages is one finding.""",
    Scope.SITE,
)
def dead_link(project: Project) -> Iterator[Defect]:
    for group in _survey(project)[FaultKind.DEAD_LINK].values():
        hint = _near(project.site, group.target.path) if project.site else ""
        yield _place(
            project,
            group,
            f"“{group.raw.strip()}” leads to nothing{_on(group)}",
            hint or "mend or remove the link",
        )


@rule(
    "SIT002",
    "dead-anchor",
    ERROR,
    "a link to an anchor that its page does not have",
    """By the rules of browsers: the part after # is compared with every id and a[name] as written, then
    percent-decoded; “#” and “#top” always exist; text fragments and anchors on files other than HTML are left alone.""",
    Scope.SITE,
)
def dead_anchor(project: Project) -> Iterator[Defect]:
    site = project.site
    for group in _survey(project)[FaultKind.DEAD_ANCHOR].values():
        page = site.page_at(group.target.path) if site else None
        hint = did_you_mean(group.target.fragment or "", sorted(page.ids)) if page else ""
        where = group.target.path or "the first page"
        yield _place(
            project,
            group,
            f"there is no anchor “#{group.target.fragment}” on {where}{_on(group)}",
            hint or "link to an id that the page has",
        )


@rule(
    "SIT003",
    "missing-asset",
    ERROR,
    "an image, script, style sheet, font or icon that the site does not have",
    """src, srcset, poster, data, SVG use, url() and @import in style sheets, style elements and attributes, icons,
    manifest icons, preloads and og:image.""",
    Scope.SITE,
)
def missing_asset(project: Project) -> Iterator[Defect]:
    for group in _survey(project)[FaultKind.DEAD_FILE].values():
        hint = _near(project.site, group.target.path) if project.site else ""
        yield _place(
            project,
            group,
            f"the file “{group.raw.strip()}” does not exist{_on(group)}",
            hint or "add the file, or mend the path",
        )


@rule(
    "SIT004",
    "outside-base",
    ERROR,
    "an address that leaves the site’s own folder on its host",
    """The site is published at the path of its address. An address that begins with / but not with this path, or that
    climbs above it with ../, leads to another site on the same host. Where the address was not given with --site-url but
    taken from the canonical links, plain links to pages that this site does not have are left alone.""",
    Scope.SITE,
)
def outside_base(project: Project) -> Iterator[Defect]:
    base = project.site.place.base if project.site else "/"
    yield from _report(
        project,
        _survey(project)[FaultKind.OUTSIDE].values(),
        f"“{{}}” is not below {base}",
        "write the path relative to the page",
    )


@rule(
    "SIT005",
    "duplicate-html-id",
    ERROR,
    "an id twice on a page",
    """A browser goes to the first of the two. Left alone are ids inside SVG, those that a theme makes for itself (they
    begin with two underscores), and those that more than half of all pages repeat and no link leads to.""",
    Scope.SITE,
)
def duplicate_html_id(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    where: dict[str, list[HtmlPage]] = defaultdict(list)
    for page in site.pages.values():
        for id_ in page.duplicate_ids:
            if not id_.startswith("__"):
                where[id_].append(page)
    fragments = _fragments(site) if where else set()
    for id_, pages in where.items():
        if len(pages) >= _MANY and len(pages) * 2 > len(site.pages) and id_ not in fragments:
            continue
        count = f" (on {len(pages)} pages)" if len(pages) > 1 else ""
        message, hint = f"the id “{id_}” stands twice on the page{count}", "give one of the two another id"
        src = project.page_of_url.get(pages[0].url)
        found = _in_text(project, src, f"#{id_}") if src else None
        if found:
            yield Defect(found[0], found[1], found[2] + 1, message, hint, len(id_), cause=f"id {id_}")
            continue
        text = _text_of(site, pages[0].path)
        second = [match.start() for match in re.finditer(rf"id\s*=\s*[\"']?{re.escape(id_)}[\"'\s>]", text)][
            1:2
        ]
        at = second[0] if second else 0
        yield Defect(
            _shown(site, pages[0].path),
            text.count("\n", 0, at) + 1,
            at - text.rfind("\n", 0, at),
            message,
            hint,
            len(id_) + 5,
        )


def _fragments(site: BuiltSite) -> set[str]:
    """Every fragment to which a link on another page leads, and on the same page where its id stands twice."""
    found: set[str] = set()
    for followed in site.followed.values():
        found.update(followed.own_fragments)
        found.update(anchor.partition("#")[2] for anchor in followed.anchors)
    return found


@rule(
    "SIT006",
    "orphan-page",
    WARNING,
    "a page that no other page links to",
    """Readers cannot come to it from anywhere on the site. The first page, the error page and pages that search engines
    are told to leave out do not count.""",
    Scope.SITE,
)
def orphan_page(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or len(site.pages) < 2:
        return
    linked = set(site.linked)
    for page in site.pages.values():
        if page.is_stub and page.path in linked:
            linked.add(site.file_at(site.resolve(page.path, page.refresh, page.base).path) or "")
    lost = [
        page
        for page in _whole_pages(site)
        if page.path not in linked
        and page.path != "index.html"
        and not _is_error_page(page)
        and not page.noindex
    ]
    yield from _each(project, lost, "no other page links to this page", "link to it, or remove it")


def _is_error_page(page: HtmlPage) -> bool:
    return bool(re.fullmatch(r"(?:.*/)?[45]\d\d(?:/index)?\.html?", page.path))


@rule(
    "SIT007",
    "folder-without-index",
    ERROR,
    "a link to a folder that has no page",
    """Most servers answer such an address with an error or with a list of files.""",
    Scope.SITE,
)
def folder_without_index(project: Project) -> Iterator[Defect]:
    yield from _report(
        project,
        _survey(project)[FaultKind.NO_INDEX].values(),
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
    yield from _report(
        project, _survey(project)[FaultKind.NO_SLASH].values(), "“{}” is a folder", "end the address with /"
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
    yield from _report(
        project,
        _survey(project)[FaultKind.DOUBLE_SLASH].values(),
        "“{}” has two slashes in a row",
        "remove one of them",
    )


@rule(
    "SIT010",
    "link-to-redirect",
    WARNING,
    "a link to a page that only sends readers on",
    """Link to where the page leads in the end.""",
    Scope.SITE,
)
def link_to_redirect(project: Project) -> Iterator[Defect]:
    yield from _report(
        project,
        _links_to_stubs(project).values(),
        "“{}” only sends readers on",
        "link to the page it leads to",
    )


@rule(
    "SIT011",
    "dead-redirect",
    ERROR,
    "a page that sends readers to a place that does not exist, or in a circle",
    """The address in <meta http-equiv="refresh"> is followed to its end: it has to be a page that exists, with the
    anchor it names, and not one that was passed before.""",
    Scope.SITE,
)
def dead_redirect(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    for page in site.pages.values():
        if not page.refresh:
            continue
        line, column = _find(_text_of(site, page.path), page.refresh)
        seen, current = {page.path}, page
        while current.refresh:
            target = site.resolve(current.path, current.refresh, current.base)
            if target.external:
                break
            found = None if target.outside else site.file_at(target.path)
            following = site.pages.get(found or "")
            problem = ""
            if found is None:
                problem = f"this page sends readers to “{current.refresh}”, which does not exist"
            elif found in seen:
                problem = "this page sends readers in a circle" if found != page.path or len(seen) > 1 else ""
            elif following and target.fragment and not site.has_fragment(following, target.fragment):
                problem = f"this page sends readers to the anchor “#{target.fragment}”, which does not exist"
            if problem:
                yield Defect(
                    _shown(site, page.path), line, column, problem, "mend the address", len(page.refresh)
                )
            if problem or following is None or found in seen:
                break
            seen.add(following.path)
            current = following


@rule(
    "SIT012",
    "wrong-canonical",
    ERROR,
    "a canonical link that names another page, or none",
    """<link rel="canonical"> tells search engines the one address of a page. Where it names another page, this one
    disappears from them.""",
    Scope.SITE,
)
def wrong_canonical(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    foreign = []
    for page in _whole_pages(site):
        if not page.canonical or _is_error_page(page):
            continue
        target = site.resolve(page.path, page.canonical)
        if target.external:
            if site.place.origin:
                foreign.append(page)
            continue
        found = None if target.outside else site.file_at(target.path)
        if found == page.path and "#" not in page.canonical:
            continue
        line, column = _find(_text_of(site, page.path), page.canonical)
        what = "which does not exist" if found is None else "which is another page"
        message = (
            f"the canonical address is “{page.canonical}”, {what}"
            if found != page.path
            else ("the canonical address has an anchor")
        )
        yield Defect(
            _shown(site, page.path),
            line,
            column,
            message,
            f"write the address of {page.url or 'the first page'}",
            len(page.canonical),
        )
    yield from _each(
        project,
        foreign,
        "the canonical address names another site",
        f"it should begin with {site.place.origin}",
    )


@rule(
    "SIT013",
    "dead-sitemap-entry",
    ERROR,
    "sitemap.xml names a page that does not exist",
    """Search engines follow every address in it.""",
    Scope.SITE,
)
def dead_sitemap_entry(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or _SITEMAP not in site.files:
        return
    text = _text_of(site, _SITEMAP)
    foreign = 0
    for match in _LOC.finditer(text):
        address = html.unescape(match[1]).strip()
        target = site.resolve(_SITEMAP, address)
        if target.external:
            foreign += 1
        elif target.outside or site.file_at(target.path) is None:
            line = text.count("\n", 0, match.start(1)) + 1
            yield Defect(
                _shown(site, _SITEMAP),
                line,
                match.start(1) - text.rfind("\n", 0, match.start(1)),
                f"“{address}” does not exist",
                _near(site, target.path) or "remove it",
                len(match[1]),
            )
    if foreign and site.place.origin:
        yield Defect(
            _shown(site, _SITEMAP),
            1,
            1,
            f"{foreign} addresses name another site",
            f"they should begin with {site.place.origin}{site.place.base}",
        )


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
        for match in _LOC.finditer(_text_of(site, _SITEMAP))
        if not (target := site.resolve(_SITEMAP, html.unescape(match[1]).strip())).external
    }
    if named:
        lost = [
            page
            for page in _whole_pages(site)
            if page.path not in named and not _is_error_page(page) and not page.noindex
        ]
        yield from _each(
            project, lost, "sitemap.xml leaves this page out", "build the site again, or mark it noindex"
        )


@rule(
    "SIT015",
    "dead-search-result",
    ERROR,
    "the search index leads to a place that does not exist",
    """Every “location” in search/search_index.json has to be a page, and its anchor an id on this page.""",
    Scope.SITE,
)
def dead_search_result(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None or _INDEX not in site.files:
        return
    shown = _shown(site, _INDEX)
    try:
        entries = json.loads(_text_of(site, _INDEX)).get("docs", [])
        locations = [str(entry["location"]) for entry in entries]
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        yield Defect(shown, 1, 1, "the search index cannot be read", "build the site again")
        return
    for location in dict.fromkeys(locations):
        target = site.resolve("index.html", location)
        page = None if target.outside or target.external else site.page_at(target.path)
        if page is None:
            yield Defect(
                shown,
                1,
                1,
                f"a search result leads to “{location}”, which does not exist",
                "build the site again",
            )
        elif target.fragment and not site.has_fragment(page, target.fragment):
            yield Defect(
                shown,
                1,
                1,
                f"a search result leads to “{location}”, an anchor that does not exist",
                "build the site again",
            )


@rule(
    "SIT016",
    "no-alt-text",
    ERROR,
    "an image without alternative text",
    """Every img has an alt attribute; it is empty only where the image says nothing that the words do not say.""",
    Scope.SITE,
)
def no_alt_text(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    groups: _Groups = {}
    for page in site.pages.values():
        for raw in page.no_alt:
            target = site.resolve(page.path, raw, page.base)
            _note(groups, target.path or raw, target, Reference(raw, True, "img"), page.path)
    for group in groups.values():
        yield _place(
            project,
            group,
            f"the image “{group.raw}” has no alternative text{_on(group)}",
            'say in alt what it shows, or write alt="" for decoration',
        )


@rule(
    "SIT017",
    "no-language",
    ERROR,
    "a page that does not say its language",
    """<html lang="en"> tells a screen reader how to pronounce the words.""",
    Scope.SITE,
)
def no_language(project: Project) -> Iterator[Defect]:
    site = project.site
    if site:
        yield from _each(
            project,
            [page for page in _whole_pages(site) if not page.lang],
            "this page names no language",
            'write <html lang="en">',
        )


@rule(
    "SIT018",
    "no-title",
    ERROR,
    "a page without title",
    """The title stands in the tab, in bookmarks and in search results.""",
    Scope.SITE,
)
def no_title(project: Project) -> Iterator[Defect]:
    site = project.site
    if site:
        yield from _each(
            project,
            [page for page in _whole_pages(site) if not page.title],
            "this page has no title",
            "write <title>…</title>",
            "meta title",
        )


@rule(
    "SIT019",
    "no-description",
    WARNING,
    "a page without description",
    """<meta name="description"> is what search engines and shared links show under the title.""",
    Scope.SITE,
)
def no_description(project: Project) -> Iterator[Defect]:
    site = project.site
    if site:
        lacking = [
            page
            for page in _whole_pages(site)
            if not page.description and not _is_error_page(page) and not page.noindex
        ]
        yield from _each(
            project,
            lacking,
            "this page has no description",
            "write “description” in its front matter",
            "meta description",
        )


@rule(
    "SIT020",
    "duplicate-title",
    WARNING,
    "two pages with the same title",
    """In tabs, bookmarks and search results the two cannot be told apart. Further pages of one list (…/page/2/) are left
    alone.""",
    Scope.SITE,
)
def duplicate_title(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    first: dict[str, HtmlPage] = {}
    for page in _whole_pages(site):
        if (
            not page.title
            or page.noindex
            or _is_error_page(page)
            or re.search(r"(?:^|/)page/\d+/", page.path)
        ):
            continue
        if page.title in first:
            yield Defect(
                _page_place(project, page),
                1,
                1,
                f"the title “{page.title}” is also that of {first[page.title].url or 'the first page'}",
                "give each page a title of its own",
            )
        first.setdefault(page.title, page)


@rule(
    "SIT021",
    "other-host",
    WARNING,
    "a file that is loaded from another host",
    """Scripts, styles, fonts, images and frames from other hosts tell them who reads what, break when they change, and
    are blocked by a strict security policy. Plain links do not count. The same address on many pages is one finding.""",
    Scope.SITE,
)
def other_host(project: Project) -> Iterator[Defect]:
    yield from _report(
        project,
        _survey(project)[FaultKind.OTHER_HOST].values(),
        "“{}” is loaded from another host",
        "keep a copy on the site, or remove it",
    )


@rule(
    "SIT022",
    "markup-left",
    ERROR,
    "a citation, footnote, directive or template mark printed as text",
    """[@id], [^x], “::: name” or {{ in the text of a built page, outside of code, is Markdown or a template that the
    build did not understand.""",
    Scope.SITE,
)
def markup_left(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    where: dict[tuple[str, str], list[HtmlPage]] = defaultdict(list)
    for page in site.pages.values():
        for leftover in page.leftovers:
            where[(leftover.sort, leftover.text)].append(page)
    names = {
        "citation": "citation",
        "footnote": "footnote",
        "template": "template mark",
        "directive": "directive",
    }
    for (sort, text), pages in where.items():
        count = f" (on {len(pages)} pages)" if len(pages) > 1 else ""
        message = f"the {names[sort]} “{text[:60]}” is printed as text{count}"
        hint = "mend it, or put it between backticks if it is meant as code"
        src = project.page_of_url.get(pages[0].url)
        found = _in_text(project, src, text.split("\n")[0]) if src else None
        if found:
            yield Defect(*found, message, hint, len(text))
            continue
        raw = _text_of(site, pages[0].path)
        at = max(0, raw.find(html.escape(text.split("\n")[0], quote=False)))
        yield Defect(
            _shown(site, pages[0].path),
            raw.count("\n", 0, at) + 1,
            at - raw.rfind("\n", 0, at),
            message,
            hint,
            len(text),
        )


@rule(
    "SIT023",
    "empty-file",
    ERROR,
    "a page of no bytes, or a file of no bytes that a page loads",
    """The file was cut off while it was written, or never filled.""",
    Scope.SITE,
)
def empty_file(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    yield from _report(
        project,
        _survey(project)[FaultKind.EMPTY_FILE].values(),
        "the file “{}” is empty",
        "build the site again",
    )
    for page in site.pages.values():
        if not site.files[page.path] and not page.error:
            yield Defect(_shown(site, page.path), 1, 1, "this page is empty", "build the site again")


@rule(
    "SIT024",
    "unreadable-file",
    ERROR,
    "a page or folder that cannot be read",
    """No permission, a link in a circle, a file that vanished meanwhile, or bytes that are not UTF-8. Everything else
    was checked.""",
    Scope.SITE,
)
def unreadable_file(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    for page in site.pages.values():
        if page.error:
            yield Defect(_shown(site, page.path), 1, 1, f"cannot be read: {page.error}", "write it as UTF-8")
    for name, reason in site.listing.unreadable:
        yield Defect(_shown(site, name), 1, 1, f"cannot be read: {reason}", "mend or remove it")


@rule(
    "SIT025",
    "dead-label",
    WARNING,
    "for= or aria-…= naming an id that the page does not have",
    """A label for nothing and an aria-labelledby without the element it names leave screen readers without words. Ids that a theme makes for itself
    (they begin with two underscores) are left alone.""",
    Scope.SITE,
)
def dead_label(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    groups: _Groups = {}
    for page in site.pages.values():
        for id_ in page.dead_labels:
            if not id_.startswith("__"):
                _note(groups, id_, Target(page.path, id_), Reference(id_, False, "label"), page.path)
    yield from _report(
        project,
        groups.values(),
        "no element has the id “{}” that a label or aria attribute names",
        "name an id on the same page",
    )


@rule(
    "SIT026",
    "empty-address",
    ERROR,
    "an image, script or style sheet with an empty address",
    """src="" makes some browsers load the page itself a second time.""",
    Scope.SITE,
)
def empty_address(project: Project) -> Iterator[Defect]:
    for group in _survey(project)[FaultKind.EMPTY_ADDRESS].values():
        yield _place(
            project,
            group,
            f"the address of this {group.tag} is empty{_on(group)}",
            "write it, or remove the element",
        )


@rule(
    "SIT027",
    "names-differ-in-case",
    WARNING,
    "files that differ in upper and lower case only",
    """On a computer that does not tell the two apart, one overwrites the other.""",
    Scope.SITE,
)
def repeated_name(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    count = Counter(name.casefold() for name in site.files)
    for name in site.files:
        if count[name.casefold()] > 1 and name != site.listing.folded[name.casefold()]:
            yield Defect(
                _shown(site, name),
                1,
                1,
                f"differs from {site.listing.folded[name.casefold()]} in upper and lower case only",
                "rename one of the two",
            )
