"""Follows every address of a page to the files of its site. What it finds depends on that page and the listing alone."""

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote

from explainer.checks.site.address_syntax import address_fault
from explainer.checks.site.listing import Listing
from explainer.checks.site.page import MANIFEST, HtmlPage, Reference
from explainer.checks.site.resolve import TEXT_MARK, Place, Target, names_fragment

_PLAIN = re.compile(r"((?:\.\./)*)((?![./])[^%?\\:\s]*)")
"""A relative address without anything that has to be decoded: nearly all that builders write."""


class FaultKind(StrEnum):
    """What can be wrong with an address, seen from its page."""

    DEAD_LINK = "dead-link"
    DEAD_FILE = "dead-file"
    DEAD_ANCHOR = "dead-anchor"
    OUTSIDE = "outside"
    OTHER_HOST = "other-host"
    NO_INDEX = "no-index"
    NO_SLASH = "no-slash"
    DOUBLE_SLASH = "double-slash"
    EMPTY_FILE = "empty-file"
    EMPTY_ADDRESS = "empty-address"
    IMPOSSIBLE = "impossible"
    DEAD_SYMBOL = "dead-symbol"


_ELSEWHERE = re.compile(r"https?://((?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,63})(?:[/?#]|$)")
"""An address on a host that it names, without a port: of a link to another host, nothing more has to be known."""

_FRAMES = {"iframe", "frame", "object", "embed"}
_SHOWN_ELSEWHERE = {"meta", "ld+json"}
"""What other programs load, not the reader's browser."""

_OF_THE_PAGE = {
    FaultKind.DEAD_ANCHOR,
    FaultKind.OTHER_HOST,
    FaultKind.EMPTY_ADDRESS,
    FaultKind.IMPOSSIBLE,
    FaultKind.DEAD_SYMBOL,
}
"""Faults that no other listing of the files would mend."""


class Fault(NamedTuple):
    """One address that is wrong. Equal ``kind`` and ``key`` on two pages are one fault of both."""

    kind: str
    key: str
    target: Target
    reference: Reference


class Followed(NamedTuple):
    """What the addresses of one page lead to. The numbers of files (``Follower.numbers``) are bits of ``linked`` and
    ``reached``.

    ``anchors`` are places on other pages, written “number#fragment”: whether they exist, that page knows. Among them are
    texts to look for, on the page itself as well. ``symbols`` are parts of drawings in other files, written the same;
    ``manifests`` are the numbers of files that are the manifest of an app. ``own_fragments`` are ids of the page to which
    the page itself leads and that stand on it twice. ``unsure`` says that another listing of the same site may change what
    was found, though every file that was reached is still there.
    """

    faults: tuple[Fault, ...] = ()
    anchors: tuple[str, ...] = ()
    linked: int = 0
    reached: int = 0
    own_fragments: tuple[str, ...] = ()
    unsure: bool = False
    symbols: tuple[str, ...] = ()
    manifests: tuple[int, ...] = ()


class Follower:
    """Knows the files of a site by number, and follows the addresses of its pages.

    ``names`` gives the numbers; an empty name is a number that nothing has any more.
    """

    def __init__(self, listing: Listing, place: Place, names: Iterable[str] | None = None) -> None:
        self.listing = listing
        self.place = place
        self.names = list(listing.files if names is None else names)
        self.numbers = {name: number for number, name in enumerate(self.names) if name}
        # Path as a server sees it to number; what is missing here is looked at more closely.
        self.served = dict(self.numbers)
        for name, number in self.numbers.items():
            if name.rpartition("/")[2] == "index.html":
                self.served[name[: -len("index.html")]] = number
        self.pages = {number for name, number in self.numbers.items() if name.endswith((".html", ".htm"))}
        self.empty = {number for name, number in self.numbers.items() if not listing.files[name]}
        # For pages so many folders deep: addresses that climb to the root are the same on all of them.
        self.from_root: defaultdict[int, dict[str, int]] = defaultdict(dict)

    def follow(self, page: HtmlPage) -> Followed:
        """Follow every address of ``page``, which may also be a style sheet or a manifest with addresses."""
        return _Walk(self, page).run()


class _Walk:
    """Follows one page."""

    def __init__(self, follower: Follower, page: HtmlPage) -> None:
        self.follower = follower
        self.page = page
        self.number = follower.numbers.get(page.path, -1)
        self.ids = page.ids
        # parents[n] is the folder that n times ../ leads to.
        segments = page.path.split("/")[:-1]
        self.depth = len(segments)
        self.parents = ["/".join((*segments[: self.depth - up], "")) for up in range(self.depth + 1)]
        self.known = {} if page.base else follower.from_root[self.depth]
        self.faults: dict[tuple[str, str], Fault] = {}
        self.anchors: dict[str, None] = {}
        self.symbols: dict[str, None] = {}
        self.manifests: dict[int, None] = {}
        self.linked: set[int] = set()
        self.reached: set[int] = set()
        self.own_fragments: dict[str, None] = {}
        self.unsure = False

    def run(self) -> Followed:
        known, linked, host = self.known, self.linked, self.follower.place.host
        for raw in self.page.links:
            path, _, fragment = raw.partition("#")
            number = known.get(path)
            if number is None:
                if raw[:4] == "http" and (match := _ELSEWHERE.match(raw)) and match[1].lower() != host:
                    continue
                number = self._quickly(path, fragment)
            if number is None:
                self._closely(Reference(raw, False, "a"))
            elif number == self.number:
                if fragment:
                    self._own_fragment(fragment, Reference(raw, False, "a"))
            else:
                linked.add(number)
                if number in self.follower.empty:
                    self._empty(number, Reference(raw, False, "a"))
                if fragment and number in self.follower.pages:
                    self.anchors[f"{number}#{fragment}"] = None
        linked.discard(self.number)
        for reference in self.page.references:
            path, _, fragment = reference.raw.partition("#")
            number = self._quickly(path, fragment)
            if number is None or not reference.loads:
                self._closely(reference)
            else:
                self._load(number, fragment, reference)
        return Followed(
            tuple(self.faults.values()),
            tuple(self.anchors),
            _bits(linked),
            _bits(self.reached | linked),
            tuple(self.own_fragments),
            self.unsure or any(kind not in _OF_THE_PAGE for kind, _ in self.faults),
            tuple(self.symbols),
            tuple(self.manifests),
        )

    def _quickly(self, path: str, fragment: str) -> int | None:
        """The number of the file, for addresses as builders write them; else nothing."""
        if not path:
            return self.number if fragment and not self.page.base else None
        number = self.known.get(path)
        if number is None and not self.page.base and (match := _PLAIN.fullmatch(path)):
            up, rest = match.groups()
            ups = len(up) // 3
            if ups <= self.depth and "/." not in rest and "//" not in rest:
                number = self.follower.served.get(self.parents[ups] + rest)
                if number is not None and ups == self.depth and number not in self.follower.empty:
                    self.known[path] = number
        return number

    def _own_fragment(self, fragment: str, reference: Reference) -> None:
        if fragment not in self.ids and not names_fragment(self.ids, fragment):
            target = Target(self.page.path, fragment)
            self._fault(FaultKind.DEAD_ANCHOR, f"{self.page.path}#{fragment}", target, reference)
        elif TEXT_MARK in fragment:
            self.anchors[f"{self.number}#{fragment}"] = None
        elif self.page.duplicate_ids:
            name = fragment if fragment in self.ids else unquote(fragment)
            if name in self.page.duplicate_ids:
                self.own_fragments[name] = None

    def _load(self, number: int, fragment: str, reference: Reference) -> None:
        self.reached.add(number)
        if number in self.follower.empty:
            name = self.follower.names[number]
            self._fault(FaultKind.EMPTY_FILE, name, Target(name), reference)
        if reference.tag in _FRAMES and number in self.follower.pages and number != self.number:
            self.linked.add(number)
        if reference.tag == "use" and fragment:
            if number != self.number:
                self.symbols[f"{number}#{fragment}"] = None
            elif fragment not in self.ids and unquote(fragment) not in self.ids:
                target = Target(self.page.path, fragment)
                self._fault(FaultKind.DEAD_SYMBOL, f"{self.page.path}#{fragment}", target, reference)
        elif reference.tag == MANIFEST:
            self.manifests[number] = None

    def _empty(self, number: int, reference: Reference) -> None:
        """A link to a file of no bytes. Of a page of no bytes is told once, at the page."""
        if number not in self.follower.pages:
            name = self.follower.names[number]
            self._fault(FaultKind.EMPTY_FILE, name, Target(name), reference)

    def _closely(self, reference: Reference) -> None:
        listing, place, page = self.follower.listing, self.follower.place, self.page
        raw, loads, tag = reference
        if not raw.strip():
            if loads or tag in ("a", "area"):
                target = Target(page.path)
                self._fault(FaultKind.EMPTY_ADDRESS, f"{tag} {page.path}", target, reference)
            return
        target = place.resolve(page.path, raw, page.base)
        if target.external:
            if address_fault(raw):
                self._fault(FaultKind.IMPOSSIBLE, raw.strip(), target, reference)
            elif loads and tag not in _SHOWN_ELSEWHERE and place.is_other_host(raw):
                self._fault(FaultKind.OTHER_HOST, raw.strip(), target, reference)
            return
        if target.outside:
            # Another site on the same host, unless the site says where it is, or has the page itself.
            inside = listing.file_at(target.path.lstrip("/")) is not None and target.path != "/"
            self.unsure = True
            if tag not in ("link", "meta", "ld+json") and (place.given or loads or inside):
                self._fault(FaultKind.OUTSIDE, target.path, target, reference)
            return
        found = listing.file_at(target.path)
        if found is None and address_fault(raw):
            self._fault(FaultKind.IMPOSSIBLE, raw.strip(), target, reference)
            return
        if found is None:
            self._fault(self._why_missing(target, loads), target.path, target, reference)
            return
        number = self.follower.numbers[found]
        if loads:
            self._load(number, target.fragment or "", reference)
            return
        self.reached.add(number)
        if number in self.follower.empty:
            self._empty(number, reference)
        if target.path and not target.path.endswith("/") and found != target.path:
            self._fault(FaultKind.NO_SLASH, target.path, target, reference)
        if number != self.number and tag in ("a", "area"):
            self.linked.add(number)
        if target.fragment and number in self.follower.pages:
            if number == self.number:
                self._own_fragment(target.fragment, reference)
            else:
                self.anchors[f"{number}#{target.fragment}"] = None

    def _why_missing(self, target: Target, loads: bool) -> FaultKind:
        listing = self.follower.listing
        if "//" in f"/{target.path}" and listing.file_at(re.sub("/{2,}", "/", target.path).lstrip("/")):
            return FaultKind.DOUBLE_SLASH
        if loads:
            return FaultKind.DEAD_FILE
        return FaultKind.NO_INDEX if target.path.strip("/") in listing.folders else FaultKind.DEAD_LINK

    def _fault(self, kind: FaultKind, key: str, target: Target, reference: Reference) -> None:
        self.faults.setdefault((kind.value, key), Fault(kind.value, key, target, reference))


def _bits(numbers: set[int]) -> int:
    if not numbers:
        return 0
    field = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        field[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(field, "little")
