"""What following every address of a site shows: every fault once, with all the pages that have it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from explainer.checks.entries import UnreadableEntriesError, manifest_entries
from explainer.checks.project import Project
from explainer.checks.site import BuiltSite, Followed, HtmlPage, Reference, Target
from explainer.checks.site.css import css_addresses
from explainer.checks.site.follow import FaultKind
from explainer.checks.site.resolve import TEXT_MARK, names_fragment

MANY = 5
"""From so many pages on, a fault that more than half of all pages share is one fault of the template."""


_OF_TEMPLATE = (
    FaultKind.DEAD_LINK,
    FaultKind.DEAD_FILE,
    FaultKind.NO_INDEX,
    FaultKind.DEAD_ANCHOR,
    FaultKind.EMPTY_ADDRESS,
)
"""Faults of an address that can lead from each page elsewhere, though it is written the same on all."""

_OF_REDIRECT = {
    FaultKind.DEAD_LINK,
    FaultKind.DEAD_ANCHOR,
    FaultKind.OUTSIDE,
    FaultKind.NO_INDEX,
    FaultKind.DOUBLE_SLASH,
}
"""Faults that SIT011 tells of the page that sends readers on: its link to the same place would repeat them."""


@dataclass
class Group:
    """One address that is wrong, and every page that has it."""

    target: Target
    raw: str
    tag: str
    where: list[str] = field(default_factory=list)
    targets: int = 1
    """To how many places the address leads from the pages that have it: several where a template writes it."""


Groups = dict[str, Group]


@lru_cache(maxsize=2)
def survey(project: Project) -> dict[FaultKind, Groups]:
    """The faults of all addresses by kind."""
    site = project.site
    found: dict[FaultKind, Groups] = {kind: {} for kind in FaultKind}
    if site is None:
        return found
    for name, followed in (*site.followed.items(), *_other_files(site)):
        sent_to = _sends_to(site, name) if followed.faults else None
        for kind, key, target, reference in followed.faults:
            if not (sent_to and kind in _OF_REDIRECT and _same(sent_to, target, kind)):
                note(found[FaultKind(kind)], key, target, reference, name)
    _add_dead_anchors(site, found[FaultKind.DEAD_ANCHOR])
    _one_for_link_and_image(found[FaultKind.DEAD_LINK], found[FaultKind.DEAD_FILE])
    for kind in _OF_TEMPLATE:
        found[kind] = one_for_template(project, found[kind])
    if not site.shown:
        found[FaultKind.OUTSIDE] = _without_neighbours(site, found[FaultKind.OUTSIDE])
    return found


def note(groups: Groups, key: str, target: Target, reference: Reference, name: str) -> None:
    """Add a page to the group of its fault."""
    group = groups.get(key)
    if group is None:
        group = groups[key] = Group(target, reference.raw, reference.tag)
    if not group.where or group.where[-1] != name:
        group.where.append(name)


def text_of(site: BuiltSite, name: str) -> str:
    """The text of a file; nothing where it cannot be read any more."""
    return site.read(name).decode("utf-8", errors="replace")


def manifests_of(site: BuiltSite) -> set[str]:
    """The files that pages name as the manifest of an app (<link rel="manifest">)."""
    numbers: set[int] = set().union(*(followed.manifests for followed in site.followed.values()))
    return {site.follower.names[number] for number in numbers}


def _other_files(site: BuiltSite) -> Iterator[tuple[str, Followed]]:
    """What the addresses in style sheets and manifests lead to."""
    named = manifests_of(site)
    for name, size in site.files.items():
        if name.endswith(".css") and size:
            addresses = css_addresses(text_of(site, name))
            references = tuple(Reference(address, True, "css") for address in addresses)
        elif name in named or name.endswith((".webmanifest", "manifest.json")):
            try:
                entries = manifest_entries(text_of(site, name))
            except UnreadableEntriesError:
                continue
            references = tuple(Reference(entry.raw, entry.loads, "manifest") for entry in entries)
        else:
            continue
        yield name, site.follower.follow(HtmlPage(name, references=references))


def _add_dead_anchors(site: BuiltSite, groups: Groups) -> None:
    """Ask each page for the anchors that other pages lead to."""
    wanted = set().union(*(followed.anchors for followed in site.followed.values()))
    dead = set()
    ids: dict[str, frozenset[str] | None] = {}
    for anchor in wanted:
        number, _, fragment = anchor.partition("#")
        if number not in ids:
            page = site.pages[site.follower.names[int(number)]]
            ids[number] = None if page.is_stub or page.error else site.ids_of(page)
        known = ids[number]
        if known is not None and fragment not in known and not names_fragment(known, fragment):
            dead.add(anchor)
    add_places(site, groups, dead, "anchors", redirects=False)


def _sends_to(site: BuiltSite, name: str) -> Target | None:
    """The place to which a page sends readers; nothing for other pages and files."""
    page = site.pages.get(name)
    return site.resolve(name, page.refresh, page.base) if page and page.is_stub else None


def _same(one: Target, other: Target, kind: str) -> bool:
    """Whether two addresses with a fault of this kind lead to the same place: what is no page has no anchors."""
    return one == other if kind == FaultKind.DEAD_ANCHOR else one._replace(fragment=other.fragment) == other


def add_places(site: BuiltSite, groups: Groups, dead: set[str], of: str, redirects: bool = True) -> None:
    """Note every page that leads to one of the places, which are written as in ``Followed``.

    Without ``redirects``, pages that send readers to the place are left out.
    """
    for name, followed in site.followed.items() if dead else ():
        places: tuple[str, ...] = followed.symbols if of == "symbols" else followed.anchors
        for place in dict.fromkeys(places):
            if place in dead:
                number, _, fragment = place.partition("#")
                file = site.follower.names[int(number)]
                page = site.pages.get(file)
                if redirects or not _is_sent(site, name, file, fragment):
                    _note_found(site, groups, place, Target(page.url if page else file, fragment), name)


def _is_sent(site: BuiltSite, name: str, file: str, fragment: str | None = None) -> bool:
    """Whether a page sends readers to this file, and to this anchor where one is asked for."""
    target = _sends_to(site, name)
    if target is None or target.external or target.outside or site.file_at(target.path) != file:
        return False
    return fragment is None or target.fragment == fragment


def _note_found(site: BuiltSite, groups: Groups, key: str, target: Target, name: str) -> None:
    """Note an address of which only the target is known: what the page writes is read from the first page again."""
    if key in groups:
        note(groups, key, target, Reference("", False, "a"), name)
        return
    wanted = site.file_at(target.path)
    for reference in site.references(name):
        found = site.resolve(name, reference.raw, site.pages[name].base)
        if found.external or found.outside or site.file_at(found.path) != wanted:
            continue
        if target.fragment is None and reference.loads:
            continue
        if target.fragment is None or found.fragment == target.fragment:
            note(groups, key, target, reference, name)
            return


@lru_cache(maxsize=2)
def links_to_stubs(project: Project) -> Groups:
    """Links to pages that only send readers on.

    Where such a page links to the one to which it sends readers, SIT011 or SIT031 speaks of the way.
    """
    groups: Groups = {}
    site = project.site
    if site is None:
        return groups
    numbers = [site.follower.numbers[page.path] for page in site.pages.values() if page.is_stub]
    stubs = sum(1 << number for number in numbers)
    for name, followed in site.followed.items() if stubs else ():
        for stub in site.names_of(followed.linked & stubs):
            if not _is_sent(site, name, stub):
                _note_found(site, groups, stub, Target(site.pages[stub].url), name)
    return groups


def text_places(site: BuiltSite) -> set[str]:
    """Every text that a link looks for on a page of the site, written “number#fragment”."""
    return {
        place
        for followed in site.followed.values()
        for place in followed.anchors
        if TEXT_MARK in place and not place.startswith("-")
    }


def _one_for_link_and_image(links: Groups, files: Groups) -> None:
    """An image that is shown and linked is missing once."""
    for key in links.keys() & files.keys():
        link = links.pop(key)
        files[key].where = list(dict.fromkeys([*files[key].where, *link.where]))


def one_for_template(project: Project, groups: Groups) -> Groups:
    """An address that a template writes the same on every page is one fault, wherever it leads.

    Where the words of a page have it, it is a fault of this page, as it has to be mended there.
    """
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, group in groups.items():
        # Where nothing is written, what remains is the element.
        same[group.raw, "" if group.raw.strip() else group.tag].append(key)
    result = dict(groups)
    for (raw, _), sharing in same.items():
        keys = (
            sharing if len(sharing) < MANY else [k for k in sharing if not _in_words(project, groups[k], raw)]
        )
        if len(keys) >= MANY:
            where = sorted({name for key in keys for name in groups[key].where})
            result[keys[0]] = replace(groups[keys[0]], where=where, targets=len(keys))
            for key in keys[1:]:
                del result[key]
    return result


def _in_words(project: Project, group: Group, raw: str) -> bool:
    """Whether the words of one of the pages have this address."""
    site = project.site
    if site is None or not project.pages:
        return False
    # A whole address: #n is not in (#north).
    written = re.compile(rf"(?<![^\s\"'(<=]){re.escape(raw.strip())}(?![^\s\"')>])")
    for name in group.where:
        page = site.pages.get(name)
        src = project.page_of_url.get(page.url) if page else None
        text = project.words[src].readable if src else ""
        if written.search(text) if raw.strip() else empty_offset(text, group.tag, written_out=True) >= 0:
            return True
    return False


def empty_offset(text: str, tag: str, written_out: bool = False) -> int:
    """Where the first element of this kind stands whose address is empty or missing; -1 where none does."""
    name = tag.partition("-")[0]  # “link-manifest”
    for match in re.finditer(rf"<{re.escape(name)}\b[^>]*>", text, re.I):
        empty = re.search(
            r"\s(?:href|src|srcset|poster|data)\s*(?:=\s*(?:\"\s*\"|'\s*'|(?=>))|(?=[\s>]))", match[0], re.I
        )
        missing = not re.search(r"\s(?:href|src|srcset)\s*=", match[0], re.I)
        if empty or (missing and not written_out):
            return match.start()
    return -1


def _without_neighbours(site: BuiltSite, groups: Groups) -> Groups:
    """Leave out sites on the same host to which most pages lead: their templates know them, the checker does not.

    A single address that leaves the folder is a slip, and so is one whose page stands in this site.
    """
    by_neighbour: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        by_neighbour[group.target.path.lstrip("/").partition("/")[0]].update(group.where)
    pages = sum(1 for page in site.pages.values() if not page.fragment)
    known = {name for name, where in by_neighbour.items() if len(where) >= 3 and len(where) * 2 > pages}
    return {
        key: group
        for key, group in groups.items()
        if group.target.path.lstrip("/").partition("/")[0] not in known
        or (group.target.path != "/" and site.file_at(group.target.path.lstrip("/")) is not None)
    }
