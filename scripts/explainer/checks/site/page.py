"""What a built page says of itself: its addresses, ids, title and the like, from its bytes alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from explainer.checks.site.css import css_addresses, srcset_addresses
from explainer.checks.site.leftovers import Leftover, leftovers_of, may_have_leftovers, template_marks
from explainer.checks.site.linked_data import linked_data_addresses
from explainer.checks.site.refresh import Refresh, read_refresh

_ASSET_RELS = {
    "stylesheet",
    "icon",
    "shortcut",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "apple-touch-startup-image",
    "mask-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "prerender",
    "preconnect",
    "dns-prefetch",
}
_LINK_RELS = {
    "alternate",
    "amphtml",
    "next",
    "prev",
    "author",
    "index",
    "license",
    "help",
    "pingback",
    "search",
    "start",
    "up",
}
_META_IMAGES = {
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "og:video",
    "og:audio",
    "twitter:image",
    "twitter:image:src",
    "msapplication-tileimage",
}
_IDREFS = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-flowto",
    "aria-errormessage",
    "aria-activedescendant",
)
_OF_WHAT_OPENS = ("aria-controls", "aria-activedescendant")
_TELLING = ":is(:not(span, li, p, div, pre, code), [id], [style])"
"""Every element but those that are most in number: they say nothing without one of these attributes. Going through
the elements once more, for the attributes alone, would take as long as a third of the parser's work."""
_NAMING = ", ".join(f"[{name}]" for name in _IDREFS)
MANIFEST = "link-manifest"
"""The tag of the address of an app’s manifest, whatever its file is named."""

_PAINTED = ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan")
_PAINTS = ("fill", "stroke", "clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end")
"""Attributes of what is drawn that may name a part of a drawing with url()."""

_USING = ("use", "feImage", "textPath", "mpath", "linearGradient", "radialGradient", "pattern")
"""Elements of drawings that take over an element by its id, or a file."""

_DRAWN = frozenset(("svg", "g", "path", "use", "symbol"))

_BETWEEN = "\0"
"""Stands between ids that are kept as one text: the HTML parser lets no NUL through."""


class Reference(NamedTuple):
    """An address as a page writes it. ``loads`` tells a file that the browser fetches from a place to go to."""

    raw: str
    loads: bool
    tag: str


@dataclass(slots=True)
class HtmlPage:
    """What the rules need of one page. ``error`` says why a page could not be read.

    ``refresh`` is where it sends readers, ``refresh_fault`` a refresh that no browser understands. ``no_alt`` has element
    and address of images, ``integrity`` the address of a file and what it has to be.
    ``links`` (what each <a> leads to) and ``references`` (all other addresses) are there after ``read_page`` only: of a
    site of many pages, what they lead to is kept (``Followed``).
    """

    path: str
    error: str = ""
    id_text: str = ""
    duplicate_ids: tuple[str, ...] = ()
    heading_ids: tuple[str, ...] = ()
    dead_labels: tuple[str, ...] = ()
    lang: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    second_canonical: str = ""
    refresh: str = ""
    refresh_at_once: bool = False
    refresh_fault: str = ""
    base: str = ""
    noindex: bool = False
    no_alt: tuple[tuple[str, str], ...] = ()
    integrity: tuple[tuple[str, str], ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    fragment: bool = False
    links: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    def addresses(self) -> Iterator[Reference]:
        """Every address on the page: that of each <a>, then the others."""
        yield from (Reference(raw, False, "a") for raw in self.links)
        yield from self.references

    @property
    def ids(self) -> frozenset[str]:
        """Every id and a[name], to which # can lead."""
        return frozenset(self.id_text.split(_BETWEEN)) if self.id_text else frozenset()

    @property
    def url(self) -> str:
        """The address below the site: ``countries/china/`` for ``countries/china/index.html``."""
        return self.path[: -len("index.html")] if self.path.rpartition("/")[2] == "index.html" else self.path

    @property
    def is_stub(self) -> bool:
        """Whether it only sends readers on."""
        return bool(self.refresh)


def read_page(path: str, raw: bytes) -> HtmlPage:
    """What the page at ``path`` below the site says, whatever its bytes are."""
    if not raw:
        return HtmlPage(path, fragment=True)
    page = _Reader(path).read(raw)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"charset" not in raw[:1024].lower() or b"utf-8" in raw[:1024].lower():
            line = raw.count(b"\n", 0, error.start) + 1
            page.error = f"byte 0x{raw[error.start]:02x} on line {line} is not UTF-8"
    return page


Attributes = dict[str, str | None]


class _Reader:
    """Collects what the rules need in one walk over a page. Most elements have nothing to say but their class."""

    def __init__(self, path: str) -> None:
        self.page = HtmlPage(path)
        self.links: dict[str, None] = {}
        self.references: dict[Reference, None] = {}
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.refreshes: list[Refresh] = []
        self.has_no_script = False
        self.maps: set[str] = set()
        self.used_maps: list[str] = []
        self.no_alt: dict[tuple[str, str], None] = {}
        self.integrity: dict[tuple[str, str], None] = {}
        self.leftovers: dict[Leftover, None] = {}
        self.idrefs: list[str] = []
        self.heading_ids: list[str] = []
        self.within = ""

    def read(self, raw: bytes) -> HtmlPage:
        page = self.page
        # A page without <html> is a part that a script loads: it needs no title of its own.
        page.fragment = b"<html" not in raw[:4096].lower() and b"<!doctype" not in raw[:1024].lower()
        tree = LexborHTMLParser(raw, options=LexborDocumentOptions.WO_EVENTS)  # scripts see events, not links
        links, ids = self.links, self.ids
        for node in tree.css(_TELLING):
            attributes = node.attributes
            if "id" in attributes and (id_ := attributes["id"]):
                ids.append(id_)
            if "style" in attributes:
                self._css(attributes["style"] or "")
            tag = node.tag or ""
            if tag == "a":
                if "href" in attributes:
                    links[attributes["href"] or ""] = None
                elif "xlink:href" in attributes:
                    links[attributes["xlink:href"] or ""] = None
                if "name" in attributes:
                    self.anchors.append(attributes["name"] or "")
            elif tag in _READERS:
                _READERS[tag](self, node, tag, attributes)
        if b"aria-" in raw.lower():  # costs less than looking for every place
            for node in tree.css(_NAMING):
                self._names(node.attributes)
        self._ids(tree)
        page.no_alt = tuple(self.no_alt)
        page.integrity = tuple(self.integrity)
        self._sends_on(tree, raw)
        page.links, page.references = tuple(self.links), tuple(self.references)
        if may_have_leftovers(raw):
            self.leftovers |= leftovers_of(tree)
        page.leftovers = tuple(self.leftovers)
        return page

    def _ids(self, tree: LexborHTMLParser) -> None:
        page = self.page
        if self.has_no_script:
            # Where scripts run, which is nearly everywhere, no element in it exists.
            hidden = Counter(node.attributes["id"] or "" for node in tree.css("noscript [id]"))
            if hidden:
                self.ids = list((Counter(self.ids) - hidden).elements())
        known = dict.fromkeys(self.ids)
        if len(known) < len(self.ids):
            page.duplicate_ids = tuple(_twice(tree))
        known |= dict.fromkeys(self.anchors)
        page.id_text = _BETWEEN.join(known)
        dead = [id_ for id_ in self.idrefs if id_ not in known]
        dead += [name for name in self.used_maps if name not in self.maps]
        page.dead_labels = tuple(dict.fromkeys(dead))
        page.heading_ids = tuple(dict.fromkeys(self.heading_ids))

    def _style(self, node: LexborNode, _tag: str, attributes: Attributes) -> None:
        if (attributes.get("type") or "text/css").lower() == "text/css":
            self._css(node.text())

    def _title(self, node: LexborNode, _tag: str, _attributes: Attributes) -> None:
        # Drawings have titles as well.
        if not self.page.title and not _inside(node, "svg"):
            self.page.title = " ".join(node.text().split())
            self.leftovers |= template_marks(self.page.title)

    def _no_script(self, _node: LexborNode, _tag: str, _attributes: Attributes) -> None:
        self.has_no_script = True

    def _heading(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        if id_ := attributes.get("id"):
            self.heading_ids.append(id_)

    def _words(self, _node: LexborNode, tag: str, _attributes: Attributes) -> None:
        """Where the words of the page begin: what stands before them is not its own."""
        if tag != self.within and self.within != "article":
            self.within = tag
            self.heading_ids.clear()

    def _sends_on(self, tree: LexborHTMLParser, raw: bytes) -> None:
        """Find out where the page sends readers; those without scripts, where a <noscript> says so."""
        hidden = []
        for node in tree.css("noscript meta[http-equiv]") if self.has_no_script else ():
            refresh = read_refresh(node.attributes.get("content") or "")
            if refresh and refresh.target:
                hidden.append(refresh)
                self._add(refresh.target, False, "meta")
        shown = [refresh for refresh in self.refreshes if refresh.target and refresh not in hidden]
        if hidden and not shown and not self.page.id_text and b"location" in raw:
            shown = hidden  # a script sends on who has scripts
        if shown:
            self.page.refresh, self.page.refresh_at_once = shown[0]

    def _script(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if "src" in attributes:
            self._media(node, tag, attributes)
            self._integrity(attributes["src"], attributes)
        elif (attributes.get("type") or "").lower() == "application/ld+json":
            for address, loads in linked_data_addresses(node.text()):
                self._add(address, loads, "ld+json")

    def _integrity(self, address: str | None, attributes: Attributes) -> None:
        if address and (value := attributes.get("integrity")):
            self.integrity[address, value] = None

    def _names(self, attributes: Attributes) -> None:
        for name in _IDREFS:
            if name in _OF_WHAT_OPENS and _closed(attributes):
                continue
            self.idrefs += (attributes.get(name) or "").split()

    def _label(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        self.idrefs += (attributes.get("for") or "").split()

    def _area(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        if "href" in attributes:
            self._add(attributes["href"] or "", False, tag)
            if not attributes.get("alt") and not _named(attributes):
                self.no_alt[tag, attributes["href"] or ""] = None

    def _head_link(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        rels = set((attributes.get("rel") or "").lower().split())
        href = attributes.get("href")
        if "canonical" in rels:
            address = (href or "").strip()
            if self.page.canonical and address != self.page.canonical:
                self.page.second_canonical = address
            self.page.canonical = self.page.canonical or address
        elif rels & _ASSET_RELS:
            used_at_once = rels & {"stylesheet", "preload", "modulepreload"}
            other = MANIFEST if "manifest" in rels else "link-other"
            self._add(href, True, tag if used_at_once else other)
        elif "image_src" in rels or (attributes.get("itemprop") or "").lower() == "image":
            self._add(href, True, "meta")  # other programs show it
        elif rels & _LINK_RELS:
            self._add(href, False, tag)
        self._srcset(attributes.get("imagesrcset"), tag)
        self._integrity(href, attributes)

    def _meta(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = attributes.get("content") or ""
        if name == "description":
            self.page.description = content.strip()
            self.leftovers |= template_marks(content)
        elif name == "robots":
            self.page.noindex = "noindex" in content.lower()
        elif name in _META_IMAGES:
            self._add(content, True, tag)
        elif name in ("og:url", "twitter:url"):
            self._add(content or None, False, tag)
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            if refresh := read_refresh(content):
                self.refreshes.append(refresh)
            else:
                self.page.refresh_fault = content.strip()

    def _html(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        self.page.lang = (attributes.get("lang") or "").strip()

    def _base(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        self.page.base = self.page.base or attributes.get("href") or ""

    def _cite(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("cite"), False, tag)

    def _form(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("action"), False, tag)

    def _object(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("data"), True, tag)

    def _use(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("href") or attributes.get("xlink:href"), True, "use")

    def _painted(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        for name in _PAINTS:
            if "url(" in (value := attributes.get(name) or ""):
                for address in css_addresses(value, places=True):
                    self._add(address, True, "use")

    def _drawing(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("href") or attributes.get("xlink:href"), True, tag)

    def _background(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("background"), True, tag)

    def _input(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if (attributes.get("type") or "").lower() == "image":
            self._media(node, tag, attributes)
            if not attributes.get("alt") and not _named(attributes):
                self.no_alt[tag, attributes.get("src") or ""] = None
        self.idrefs += (attributes.get("list") or "").split()
        self._button(node, tag, attributes)

    def _button(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("formaction"), False, tag)
        for name in ("form", "popovertarget", "commandfor"):
            if name in attributes:
                self.idrefs += (attributes[name] or "").split()

    def _cell(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if "headers" in attributes:
            self.idrefs += (attributes["headers"] or "").split()
        if "background" in attributes:
            self._background(node, tag, attributes)

    def _map(self, _node: LexborNode, _tag: str, attributes: Attributes) -> None:
        self.maps.add(attributes.get("name") or "")

    def _frame(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if inner := attributes.get("srcdoc"):
            within = _Reader(self.page.path)
            within.read(inner.encode("utf-8"))
            self.links |= within.links
            self.references |= within.references
            self.no_alt |= within.no_alt
        else:
            self._media(node, tag, attributes)

    def _image(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        self._media(node, tag, attributes)
        if "alt" in attributes:
            if "{" in (alt := attributes["alt"] or ""):
                self.leftovers |= template_marks(alt)
        elif not (
            attributes.get("role") in ("presentation", "none")
            or attributes.get("aria-hidden") == "true"
            or _named(attributes)
        ):
            self.no_alt[tag, attributes.get("src") or attributes.get("srcset") or ""] = None
        if used := attributes.get("usemap"):
            self.used_maps.append(used.lstrip("#"))
        if "src" not in attributes and not any("src" in name for name in attributes):
            # A script may write the address of an image with data-src.
            self._add("", True, tag)

    def _media(self, _node: LexborNode, tag: str, attributes: Attributes) -> None:
        if "src" in attributes:
            self._add(attributes["src"] or "", True, tag)
        if "srcset" in attributes:
            self._srcset(attributes["srcset"], tag)
        if "poster" in attributes:
            self._add(attributes["poster"], True, tag)

    def _css(self, css: str) -> None:
        for address in css_addresses(css):
            self._add(address, True, "style")

    def _srcset(self, srcset: str | None, tag: str) -> None:
        if srcset is None:
            return
        if not srcset.strip():
            self._add("", True, tag)
        for address in srcset_addresses(srcset):
            self._add(address, True, tag)

    def _add(self, raw: str | None, loads: bool, tag: str) -> None:
        if raw is not None and raw[:5].lower() != "data:":
            self.references[Reference(raw, loads, tag)] = None


_READERS: Mapping[str, Callable[[_Reader, LexborNode, str, Attributes], None]] = {
    "area": _Reader._area,
    "label": _Reader._label,
    "output": _Reader._label,
    "link": _Reader._head_link,
    "meta": _Reader._meta,
    "html": _Reader._html,
    "base": _Reader._base,
    "blockquote": _Reader._cite,
    "q": _Reader._cite,
    "ins": _Reader._cite,
    "del": _Reader._cite,
    "form": _Reader._form,
    "object": _Reader._object,
    **dict.fromkeys(_USING, _Reader._use),
    **dict.fromkeys(_PAINTED, _Reader._painted),
    "image": _Reader._drawing,
    "body": _Reader._background,
    "img": _Reader._image,
    "input": _Reader._input,
    "button": _Reader._button,
    "table": _Reader._background,
    "td": _Reader._cell,
    "th": _Reader._cell,
    "map": _Reader._map,
    "iframe": _Reader._frame,
    "script": _Reader._script,
    "style": _Reader._style,
    "title": _Reader._title,
    "noscript": _Reader._no_script,
    "main": _Reader._words,
    "article": _Reader._words,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Reader._heading),
    **dict.fromkeys(("video", "audio", "source", "track", "embed", "frame"), _Reader._media),
}
"""What each element tells; a table of the class, so that a reader is gone as soon as its page is read."""


def _closed(attributes: Attributes) -> bool:
    """Whether what an element controls may not be there yet: a script makes it when it is opened."""
    return "false" in (attributes.get("aria-expanded"), attributes.get("aria-selected")) or (
        "aria-haspopup" in attributes
    )


def _named(attributes: Attributes) -> bool:
    """Whether screen readers have a name for an element without ``alt``."""
    return bool(attributes.get("aria-label") or attributes.get("aria-labelledby"))


def _twice(tree: LexborHTMLParser) -> Iterator[str]:
    """The ids that stand twice, but for those inside SVG: drawings are copied with theirs."""
    count: Counter[str] = Counter()
    for node in tree.css("[id]"):
        id_ = node.attributes.get("id")
        if id_ and node.tag not in _DRAWN and not _inside(node, "svg", "noscript"):
            count[id_] += 1
    return (id_ for id_, times in count.items() if times > 1)


def _inside(node: LexborNode, *tags: str) -> bool:
    parent = node.parent
    depth = 0
    while parent is not None and depth < 40:
        if parent.tag in tags:
            return True
        parent = parent.parent
        depth += 1
    return False
