"""What a built page says of itself: its addresses, ids, title and the like, from its bytes alone."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ASSET_RELS = {
    "stylesheet",
    "icon",
    "shortcut",
    "apple-touch-icon",
    "mask-icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
}
_LINK_RELS = {"alternate", "next", "prev", "author", "license", "help", "search", "start", "up"}
_META_IMAGES = {"og:image", "og:image:url", "twitter:image", "og:video", "og:audio"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRUCTURE = _HEADINGS | {"title", "style", "main", "article"}
_IDREFS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
_TELLING = ":not(span, li, p, div, pre, code)"
"""Every element but those that are most in number: they say nothing but with the attributes that are asked for alone."""
_NAMING = ", ".join(f"[{name}]" for name in _IDREFS)

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_CSS_URL = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]+))\s*\)|@import\s+[\"']([^\"']+)[\"']", re.I
)
_REFRESH = re.compile(r"^\s*\d*(?:\.\d*)?\s*[;,]?\s*(?:url\s*=)?\s*[\"']?(.*?)[\"']?\s*$", re.I)
_LEFTOVER = re.compile(
    r"(?P<citation>\[@[\w][^\]\n]{0,200}\]?)|(?P<footnote>\[\^[^\]\s]{1,80}\])|(?P<template>\{\{.{0,80}|\{%.{0,80})"
    r"|(?P<directive>(?:^|(?<=\n))[ \t]*:::[ \t]+\S.{0,80})"
)
_BETWEEN = "\0"
"""Stands between ids that are kept as one text: the HTML parser lets no NUL through."""


class Reference(NamedTuple):
    """An address as a page writes it. ``loads`` tells a file that the browser fetches from a place to go to."""

    raw: str
    loads: bool
    tag: str


class Leftover(NamedTuple):
    """Markdown that the build left in the text: its sort and the text."""

    sort: str
    text: str


@dataclass(slots=True)
class HtmlPage:
    """What the rules need of one page. ``error`` says why a page could not be read.

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
    refresh: str = ""
    base: str = ""
    noindex: bool = False
    no_alt: tuple[str, ...] = ()
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
        self.no_alt: list[str] = []
        self.idrefs: list[str] = []
        self.heading_ids: list[str] = []
        self.within = ""
        self.readers = {
            "area": self._area,
            "label": self._label,
            "link": self._head_link,
            "meta": self._meta,
            "html": self._html,
            "base": self._base,
            "blockquote": self._cite,
            "q": self._cite,
            "ins": self._cite,
            "del": self._cite,
            "form": self._form,
            "object": self._object,
            "use": self._use,
            "image": self._use,
            "body": self._body,
            "img": self._image,
            "input": self._input,
        } | dict.fromkeys(
            ("script", "iframe", "video", "audio", "source", "track", "embed", "frame"), self._media
        )

    def read(self, raw: bytes) -> HtmlPage:
        page = self.page
        # A page without <html> is a part that a script loads: it needs no title of its own.
        page.fragment = b"<html" not in raw[:4096].lower() and b"<!doctype" not in raw[:1024].lower()
        tree = LexborHTMLParser(raw)
        readers, links = self.readers, self.links
        for node in tree.css(_TELLING):
            attributes = node.attributes
            tag = node.tag
            if tag == "a":
                if "href" in attributes:
                    links[attributes["href"] or ""] = None
                if "name" in attributes:
                    self.anchors.append(attributes["name"] or "")
            elif tag in readers:
                readers[tag](tag, attributes)
            elif tag in _STRUCTURE:
                self._structure(node, tag, attributes)
        self.ids += (id_ for node in tree.css("[id]") if (id_ := node.attributes["id"]))
        for node in tree.css("[style]"):
            if "url(" in (style := node.attributes["style"] or ""):
                self._css(style)
        if b"aria-" in raw:
            for node in tree.css(_NAMING):
                self._names(node.attributes)
        self._ids(tree)
        page.links, page.references = tuple(self.links), tuple(self.references)
        page.no_alt = tuple(self.no_alt)
        if _may_have_markup(raw):
            page.leftovers = _leftovers(tree)
        return page

    def _ids(self, tree: LexborHTMLParser) -> None:
        page = self.page
        known = dict.fromkeys(self.ids)
        if len(known) < len(self.ids):
            page.duplicate_ids = tuple(_twice(tree))
        known |= dict.fromkeys(self.anchors)
        page.id_text = _BETWEEN.join(known)
        page.dead_labels = tuple(dict.fromkeys(id_ for id_ in self.idrefs if id_ not in known))
        page.heading_ids = tuple(dict.fromkeys(self.heading_ids))

    def _structure(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._css(node.text())
        elif tag == "title":
            # The first of all: a drawing has one as well.
            self.page.title = self.page.title or " ".join(node.text().split())
        elif tag in _HEADINGS:
            if id_ := attributes.get("id"):
                self.heading_ids.append(id_)
        elif tag != self.within and self.within != "article":
            # What stands before the words of a page is not its own.
            self.within = tag
            self.heading_ids.clear()

    def _names(self, attributes: Attributes) -> None:
        for name in _IDREFS:
            self.idrefs += (attributes.get(name) or "").split()

    def _label(self, _tag: str, attributes: Attributes) -> None:
        self.idrefs += (attributes.get("for") or "").split()

    def _area(self, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("href"), False, tag)

    def _head_link(self, tag: str, attributes: Attributes) -> None:
        rels = set((attributes.get("rel") or "").lower().split())
        href = attributes.get("href")
        if "canonical" in rels:
            self.page.canonical = (href or "").strip()
        elif rels & _ASSET_RELS:
            used_at_once = rels & {"stylesheet", "preload", "modulepreload"}
            self._add(href, True, tag if used_at_once else "link-other")
        elif rels & _LINK_RELS:
            self._add(href, False, tag)
        self._srcset(attributes.get("imagesrcset"), tag)

    def _meta(self, tag: str, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = attributes.get("content") or ""
        if name == "description":
            self.page.description = content.strip()
        elif name == "robots":
            self.page.noindex = "noindex" in content.lower()
        elif name in _META_IMAGES:
            self._add(content, True, tag)
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.match(content)
            self.page.refresh = match[1] if match else ""

    def _html(self, _tag: str, attributes: Attributes) -> None:
        self.page.lang = (attributes.get("lang") or "").strip()

    def _base(self, _tag: str, attributes: Attributes) -> None:
        self.page.base = self.page.base or attributes.get("href") or ""

    def _cite(self, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("cite"), False, tag)

    def _form(self, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("action"), False, tag)

    def _object(self, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("data"), True, tag)

    def _use(self, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("href") or attributes.get("xlink:href"), True, tag)

    def _body(self, tag: str, attributes: Attributes) -> None:
        self._add(attributes.get("background"), True, tag)

    def _input(self, tag: str, attributes: Attributes) -> None:
        if (attributes.get("type") or "").lower() == "image":
            self._media(tag, attributes)

    def _image(self, tag: str, attributes: Attributes) -> None:
        self._media(tag, attributes)
        hidden = attributes.get("role") in ("presentation", "none") or attributes.get("aria-hidden") == "true"
        if not hidden and "alt" not in attributes and not attributes.get("aria-label"):
            self.no_alt.append(attributes.get("src") or "")

    def _media(self, tag: str, attributes: Attributes) -> None:
        if "src" in attributes:
            self._add(attributes["src"] or "", True, tag)
        self._srcset(attributes.get("srcset"), tag)
        self._add(attributes.get("poster"), True, tag)

    def _css(self, css: str) -> None:
        for address in css_addresses(css):
            if not address.startswith("#"):
                self._add(address, True, "style")

    def _srcset(self, srcset: str | None, tag: str) -> None:
        if srcset and not srcset.lstrip().startswith("data:"):
            for address in re.findall(r"(?:^|,)\s*([^\s,](?:\S*[^\s,])?)", srcset):
                self._add(address, True, tag)

    def _add(self, raw: str | None, loads: bool, tag: str) -> None:
        if raw is not None and not raw.startswith("data:"):
            self.references[Reference(raw, loads, tag)] = None


def css_addresses(css: str) -> Iterator[str]:
    """Every address in a style sheet but ``data:``."""
    for match in _CSS_URL.finditer(_CSS_COMMENT.sub("", css)):
        address = next((group for group in match.groups() if group), "")
        if address and not address.startswith("data:"):
            yield address


def _twice(tree: LexborHTMLParser) -> Iterator[str]:
    """The ids that stand twice, but for those inside SVG: drawings are copied with theirs."""
    count: Counter[str] = Counter()
    for node in tree.css("[id]"):
        id_ = node.attributes.get("id")
        if id_ and node.tag not in ("svg", "g", "path", "use", "symbol") and not _inside_svg(node):
            count[id_] += 1
    return (id_ for id_, times in count.items() if times > 1)


def _inside_svg(node: LexborNode) -> bool:
    parent = node.parent
    depth = 0
    while parent is not None and depth < 40:
        if parent.tag == "svg":
            return True
        parent = parent.parent
        depth += 1
    return False


def _may_have_markup(raw: bytes) -> bool:
    """Whether [@, [^, {{, {% or ::: stands anywhere. Splitting takes half the time of a regular expression."""
    return (
        any(part[:1] in (b"", b"%") for part in raw.split(b"{")[1:])
        or any(part[:1] in (b"@", b"^") for part in raw.split(b"[")[1:])
        or b":::" in raw
    )


def _leftovers(tree: LexborHTMLParser) -> tuple[Leftover, ...]:
    """Markdown in the text outside of code. Takes the code out of ``tree``: nothing can be read from it afterwards."""
    tree.strip_tags(["code", "pre", "script", "style", "textarea", "template", "svg", "kbd", "samp"])
    text = tree.body.text(separator="") if tree.body else ""
    found = (Leftover(match.lastgroup or "", match.group().strip()) for match in _LEFTOVER.finditer(text))
    return tuple(dict.fromkeys(found))
