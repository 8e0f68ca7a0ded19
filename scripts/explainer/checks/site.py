"""A built static site, each page parsed once. Works for any site, not only for this project's."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SMALL_SITE = 200
"""Up to so many pages, starting further processes takes longer than they save."""

# What each attribute is: a place to go to, or a file that the browser loads.
LINK, ASSET = "link", "asset"
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
_SRC_TAGS = {"img", "script", "iframe", "video", "audio", "source", "track", "embed", "input", "frame"}
_URL_TAGS = {"a", "area", "link"} | _SRC_TAGS
_META_IMAGES = {"og:image", "og:image:url", "twitter:image", "og:video", "og:audio"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_IDREFS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_CSS_URL = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]+))\s*\)|@import\s+[\"']([^\"']+)[\"']", re.I
)
_REFRESH = re.compile(r"^\s*\d*(?:\.\d*)?\s*[;,]?\s*(?:url\s*=)?\s*[\"']?(.*?)[\"']?\s*$", re.I)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_LEFTOVER = re.compile(
    r"(?P<citation>\[@[\w][^\]\n]{0,200}\]?)|(?P<footnote>\[\^[^\]\s]{1,80}\])|(?P<template>\{\{.{0,80}|\{%.{0,80})"
    r"|(?P<directive>(?:^|(?<=\n))[ \t]*:::[ \t]+\S.{0,80})"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address as a page writes it. ``loads`` tells a file that the browser fetches from a place to go to."""

    raw: str
    loads: bool
    tag: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """Markdown that the build left in the text: its sort and the text."""

    sort: str
    text: str


@dataclass(slots=True)
class HtmlPage:
    """What the rules need of one page."""

    path: str
    error: str = ""
    references: tuple[Reference, ...] = ()
    ids: frozenset[str] = frozenset()
    duplicate_ids: tuple[str, ...] = ()
    heading_ids: tuple[str, ...] = ()
    idrefs: tuple[str, ...] = ()
    lang: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    refresh: str = ""
    base: str = ""
    noindex: bool = False
    no_alt: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    fragment: bool = False

    @property
    def url(self) -> str:
        """The address below the site: ``countries/china/`` for ``countries/china/index.html``."""
        return self.path[: -len("index.html")] if self.path.rpartition("/")[2] == "index.html" else self.path

    @property
    def is_stub(self) -> bool:
        """Whether it only sends readers on."""
        return bool(self.refresh)


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: a path below the site, or out of it (``outside``), or to another host."""

    path: str = ""
    fragment: str | None = None
    external: bool = False
    outside: bool = False


@dataclass
class BuiltSite:
    """A folder of HTML and what it needs.

    ``base`` is the path of the site on its host, with slashes around it; ``strict`` says that it was given, not guessed.
    """

    directory: Path
    shown: str
    files: dict[str, int]
    pages: dict[str, HtmlPage]
    origin: str = ""
    base: str = "/"
    unreadable: tuple[tuple[str, str], ...] = ()
    strict: bool = False
    _resolved: dict[tuple[str, str], Target] = field(default_factory=dict)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder, without slash at the end."""
        found: set[str] = set()
        for name in self.files:
            parent = name.rpartition("/")[0]
            while parent and parent not in found:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def folded_files(self) -> dict[str, str]:
        """Every file, by its path in small letters."""
        return {name.casefold(): name for name in self.files}

    def page_at(self, url: str) -> HtmlPage | None:
        """The page that a server gives for an address below the site."""
        return self.pages.get(self.file_at(url) or "")

    def file_at(self, path: str) -> str | None:
        """The file that a server gives for a path below the site, or nothing."""
        if not path or path.endswith("/"):
            path += "index.html"
        if path in self.files:
            return path
        index = f"{path}/index.html"
        return index if path in self.folders and index in self.files else None

    def resolve(self, page: str, raw: str, base: str = "") -> Target:
        """Where the address ``raw`` on the page (or in the file) at ``page`` leads, by the rules of browsers."""
        folder = page.rpartition("/")[0]
        path, mark, fragment = raw.strip(" \t\n\r\f").partition("#")
        if not path and not base:
            return Target(page, fragment if mark else None)
        key = (f"{folder}\n{base}", path)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(folder, path, base)
        return Target(found.path, fragment if mark else None, found.external, found.outside)

    def _resolve(self, folder: str, raw: str, base: str) -> Target:
        raw = re.sub(r"[\t\n\r]", "", raw).partition("?")[0]
        if not _SCHEME.match(raw):
            raw = raw.replace("\\", "/")
        if base and not _SCHEME.match(raw) and not raw.startswith("/"):
            start = self._resolve(folder, base, "")
            if start.external or start.outside:
                return start
            folder = start.path.rpartition("/")[0]
        if raw.startswith("//") or _SCHEME.match(raw):
            scheme = urlsplit(raw).scheme if _SCHEME.match(raw) else "https"
            if scheme not in ("http", "https") or not self.origin:
                return Target(external=True)
            host = re.sub(r"^[a-zA-Z+.-]*:?//", "", raw)
            own = re.sub(r"^[a-zA-Z+.-]*:?//", "", self.origin)
            name, _, rest = host.partition("/")
            if name.lower() != own.lower():
                return Target(external=True)
            absolute = f"/{rest}"
            if not absolute.startswith(self.base) and f"{absolute}/" != self.base:
                return Target(external=True)  # the same host, another site
        elif raw.startswith("/"):
            absolute = raw
        else:
            absolute = f"{self.base}{folder}/{raw}" if folder else f"{self.base}{raw}"
        absolute = _normalise(unquote(absolute))
        if f"{absolute}/" == self.base:
            absolute = self.base
        if not absolute.startswith(self.base):
            return Target(path=absolute, outside=True)
        return Target(absolute[len(self.base) :])

    def has_fragment(self, page: HtmlPage, fragment: str) -> bool:
        """Whether a browser finds the fragment: as written first, then percent-decoded."""
        fragment = fragment.partition(":~:")[0]
        if fragment == "" or fragment.lower() == "top" or fragment in page.ids:
            return True
        decoded = unquote(fragment)
        return decoded in page.ids or decoded.lower() == "top"


def _normalise(path: str) -> str:
    """Takes ``.`` and ``..`` out of an absolute path; ``..`` above the root stays at the root, as in browsers."""
    if "/." not in path:
        return path
    parts: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(parts) > 1:
                parts.pop()
        elif segment != ".":
            parts.append(segment)
    if segments[-1] in (".", ".."):
        parts.append("")
    return "/".join(parts) or "/"


def load_site(directory: Path, shown: str = "", site_url: str = "", jobs: int = 0) -> BuiltSite:
    """Read a built site. ``shown`` stands before paths in findings; ``jobs`` 0 chooses by the number of pages.

    Without ``site_url``, the address is taken from the canonical links on which most pages agree.
    """
    files, unreadable = _files(directory)
    names = [name for name in files if name.endswith((".html", ".htm"))]
    jobs = jobs or (min(os.cpu_count() or 1, 4) if len(names) > _SMALL_SITE else 1)
    pages: dict[str, HtmlPage] = {}
    for page in _parse_all(directory, names, jobs):
        pages[page.path] = page
    url = site_url or _guess_url(pages.values())
    parts = urlsplit(url)
    base = f"/{unquote(parts.path).strip('/')}/" if parts.path.strip("/") else "/"
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return BuiltSite(
        directory, shown, files, pages, origin, base, tuple(unreadable), strict=bool(site_url or shown)
    )


def _files(directory: Path) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Every file with its size, and what could not be looked at. Links to folders are not followed in circles."""
    files: dict[str, int] = {}
    unreadable: list[tuple[str, str]] = []
    root = os.path.realpath(directory)

    def walk(folder: str, prefix: str, above: frozenset[str]) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            unreadable.append((prefix.rstrip("/") or ".", error.strerror or str(error)))
            return
        for entry in entries:
            name = prefix + entry.name
            try:
                if entry.is_dir():
                    real = os.path.realpath(entry.path)
                    if real not in above:
                        walk(entry.path, f"{name}/", above | {real})
                else:
                    files[name] = entry.stat().st_size
            except OSError as error:
                unreadable.append((name, error.strerror or str(error)))

    walk(str(directory), "", frozenset({root}))
    return files, unreadable


def _parse_all(directory: Path, names: Sequence[str], jobs: int) -> Iterator[HtmlPage]:
    if jobs <= 1 or len(names) < 2:
        yield from (parse_page(directory, name) for name in names)
        return
    size = max(1, min(100, len(names) // (jobs * 2)))
    batches = [(str(directory), names[start : start + size]) for start in range(0, len(names), size)]
    with ProcessPoolExecutor(jobs) as pool:
        for batch in pool.map(_parse_batch, batches):
            yield from batch


def _parse_batch(batch: tuple[str, Sequence[str]]) -> list[HtmlPage]:
    return [parse_page(Path(batch[0]), name) for name in batch[1]]


def parse_page(directory: Path, name: str) -> HtmlPage:
    """Read one page; what cannot be read becomes its ``error``."""
    try:
        raw = (directory / name).read_bytes()
    except OSError as error:
        return HtmlPage(name, error=error.strerror or str(error))
    if not raw:
        return HtmlPage(name, fragment=True)
    page = _Reader(name).read(raw)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"charset" not in raw[:1024].lower() or b"utf-8" in raw[:1024].lower():
            line = raw.count(b"\n", 0, error.start) + 1
            page.error = f"byte 0x{raw[error.start]:02x} on line {line} is not UTF-8"
    return page


class _Reader:
    """Collects what the rules need in one walk over a page."""

    def __init__(self, name: str) -> None:
        self.page = HtmlPage(name)
        self.references: dict[Reference, None] = {}
        self.ids: Counter[str] = Counter()
        self.anchors: set[str] = set()
        self.heading_ids: list[str] = []
        self.no_alt: list[str] = []
        self.idrefs: list[str] = []
        self.images: list[str] = []

    def read(self, raw: bytes) -> HtmlPage:
        page = self.page
        # A page without <html> is a part that a script loads: it needs no title of its own.
        page.fragment = b"<html" not in raw[:4096].lower() and b"<!doctype" not in raw[:1024].lower()
        tree = LexborHTMLParser(raw)
        article = False
        for node in tree.root.traverse() if tree.root else ():
            tag = node.tag
            if tag == "article":
                article = True
            attributes = node.attributes if tag else {}
            if attributes:
                self._element(node, tag or "", attributes)
            elif tag == "img":
                self.no_alt.append("")
        if title := tree.css_first("title"):
            page.title = " ".join(title.text().split())
        for style in tree.css("style"):
            self._css(style.text(), "style")
        self._heading_ids(tree, article)
        if re.search(rb"\[@|\[\^|\{\{|\{%|:::", raw):
            page.leftovers = _leftovers(raw)
        page.references = tuple(self.references)
        page.ids = frozenset(self.ids) | self.anchors
        page.duplicate_ids = tuple(id_ for id_, count in self.ids.items() if count > 1)
        page.heading_ids = tuple(dict.fromkeys(self.heading_ids))
        page.no_alt = tuple(self.no_alt)
        page.idrefs = tuple(dict.fromkeys(self.idrefs))
        page.images = tuple(self.images)
        return page

    def _element(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        if id_ := attributes.get("id"):
            if tag in ("svg", "g", "path", "use", "symbol") or _inside_svg(node):
                self.anchors.add(id_)
            else:
                self.ids[id_] += 1
        for name in _IDREFS:
            if name in attributes and not (name == "for" and tag == "output"):
                self.idrefs += (attributes[name] or "").split()
        if (style := attributes.get("style")) and "url(" in style:
            self._css(style, "style")
        if tag in _URL_TAGS:
            self._addresses(tag, attributes)
        elif tag == "html":
            self.page.lang = (attributes.get("lang") or "").strip()
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "base":
            self.page.base = self.page.base or attributes.get("href") or ""
        elif tag in ("blockquote", "q", "ins", "del"):
            self._add(attributes.get("cite"), False, tag)
        elif tag == "form":
            self._add(attributes.get("action"), False, tag)
        elif tag == "object":
            self._add(attributes.get("data"), True, tag)
        elif tag == "use" or tag == "image":
            self._add(attributes.get("href") or attributes.get("xlink:href"), True, tag)
        elif tag == "body":
            self._add(attributes.get("background"), True, tag)

    def _addresses(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in ("a", "area"):
            if "href" in attributes:
                self._add(attributes["href"] or "", False, tag)
            if tag == "a" and (name := attributes.get("name")):
                self.anchors.add(name)
        elif tag == "link":
            rels = set((attributes.get("rel") or "").lower().split())
            href = attributes.get("href")
            if "canonical" in rels:
                self.page.canonical = (href or "").strip()
            elif rels & _ASSET_RELS:
                self._add(
                    href, True, tag if rels & {"stylesheet", "preload", "modulepreload"} else "link-other"
                )
            elif rels & _LINK_RELS:
                self._add(href, False, tag)
            if srcset := attributes.get("imagesrcset"):
                self._srcset(srcset, tag)
        else:
            if tag == "input" and (attributes.get("type") or "").lower() != "image":
                return
            if "src" in attributes:
                self._add(attributes["src"] or "", True, tag)
            if srcset := attributes.get("srcset"):
                self._srcset(srcset, tag)
            self._add(attributes.get("poster"), True, tag)
            if tag == "img":
                self.images.append(attributes.get("src") or "")
                hidden = (
                    attributes.get("role") in ("presentation", "none")
                    or attributes.get("aria-hidden") == "true"
                )
                if not hidden and "alt" not in attributes and not attributes.get("aria-label"):
                    self.no_alt.append(attributes.get("src") or "")

    def _meta(self, attributes: dict[str, str | None]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        content = attributes.get("content") or ""
        if name == "description":
            self.page.description = content.strip()
        elif name == "robots":
            self.page.noindex = "noindex" in content.lower()
        elif name in _META_IMAGES:
            self._add(content, True, "meta")
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.match(content)
            self.page.refresh = match[1] if match else ""

    def _heading_ids(self, tree: LexborHTMLParser, article: bool) -> None:
        root = tree.css_first("article") if article else tree.css_first("main") or tree.body
        if root is None:
            return
        for node in root.css("h1[id], h2[id], h3[id], h4[id], h5[id], h6[id]"):
            if id_ := node.attributes.get("id"):
                self.heading_ids.append(id_)

    def _css(self, css: str, tag: str) -> None:
        for address in css_addresses(css):
            if not address.startswith("#"):
                self._add(address, True, tag)

    def _srcset(self, srcset: str, tag: str) -> None:
        for address in re.findall(r"(?:^|,)\s*([^\s,](?:\S*[^\s,])?)", srcset):
            if not srcset.lstrip().startswith("data:"):
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


def _inside_svg(node: LexborNode) -> bool:
    parent = node.parent
    depth = 0
    while parent is not None and depth < 40:
        if parent.tag == "svg":
            return True
        parent = parent.parent
        depth += 1
    return False


def _leftovers(raw: bytes) -> tuple[Leftover, ...]:
    tree = LexborHTMLParser(raw)
    tree.strip_tags(["code", "pre", "script", "style", "textarea", "template", "svg", "kbd", "samp"])
    text = tree.body.text(separator="") if tree.body else ""
    found = []
    for match in _LEFTOVER.finditer(text):
        found.append(Leftover(match.lastgroup or "", match.group().strip()))
    return tuple(dict.fromkeys(found))


def _guess_url(pages: Iterable[HtmlPage]) -> str:
    """The address under which most canonical links place their pages."""
    votes: Counter[str] = Counter()
    for page in pages:
        if page.canonical.startswith(("http://", "https://")):
            address = unquote(page.canonical)
            if not page.url:
                votes[address if address.endswith("/") else f"{address}/"] += 1
            elif address.endswith(page.url):
                votes[address[: -len(page.url)]] += 1
            elif address.endswith(page.url.rstrip("/")):
                votes[address[: -len(page.url.rstrip("/"))]] += 1
    return votes.most_common(1)[0][0] if votes else ""
