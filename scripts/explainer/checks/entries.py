"""Addresses in files that no page shows: feeds, sitemaps, manifests of apps. Pure; each with its place in the file."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True)
class Entry:
    """An address and where it stands: an offset in characters of the file’s text. ``loads``: it names a file to show."""

    raw: str
    offset: int
    loads: bool = False


class UnreadableEntriesError(Exception):
    """The file breaks off, or is not what its name says; with line and column, from 1."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


_AddressOf = Callable[[list[str], dict[str, str]], str | None]

_SHOWN_IN_FEEDS = ("enclosure", "icon", "logo", "media:content", "media:thumbnail", "itunes:image")
_JSON_FEED = re.compile(r"\"https://jsonfeed\.org/version/")
_XML_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_SITEMAP = re.compile(r"<(?:urlset|sitemapindex)[\s>]")


def is_feed(head: str) -> bool:
    """Whether a file that begins so is an RSS, Atom or JSON feed."""
    return bool(_XML_FEED.search(head) or _JSON_FEED.search(head))


def is_sitemap(head: str) -> bool:
    """Whether a file that begins so is a sitemap or an index of sitemaps."""
    return bool(_SITEMAP.search(head))


def feed_entries(text: str) -> list[Entry]:
    """Every address of a feed that a reader can follow or load. Raises ``UnreadableEntriesError``."""
    if not _JSON_FEED.search(text[:4096]) or text.lstrip().startswith("<"):
        return _xml_entries(text, _feed_address)
    found: list[Entry] = []
    for path, value in _strings(_parsed(text)):
        name = path[-1] if isinstance(path[-1], str) else path[-2]
        top = len(path) == 1
        if (
            (name in ("home_page_url", "feed_url", "next_url") and top)
            or (name == "url" and path[0] in ("items", "authors", "author"))
            or (name in ("icon", "favicon", "image", "banner_image", "avatar"))
        ):
            found.append(_placed(text, value, name in ("icon", "favicon", "image", "banner_image", "avatar")))
    return found


def sitemap_entries(text: str) -> list[Entry]:
    """Every address of a sitemap or of an index of sitemaps. Raises ``UnreadableEntriesError``."""
    return _xml_entries(text, _sitemap_address)


def manifest_entries(text: str) -> list[Entry]:
    """Every address of an app’s manifest (W3C). Nothing for another JSON file. Raises ``UnreadableEntriesError``."""
    data = _parsed(text)
    if (
        not isinstance(data, dict)
        or not {"name", "short_name", "start_url", "icons", "display"} & data.keys()
    ):
        return []
    found: list[Entry] = []
    for path, value in _strings(data):
        keys = [part for part in path if isinstance(part, str)]
        if keys[-1] == "src" and keys[-2:-1] in (["icons"], ["screenshots"]):
            found.append(_placed(text, value, True))
        elif keys == ["start_url"] or keys == ["shortcuts", "url"]:
            found.append(_placed(text, value, False))
    return found


def _parsed(text: str) -> object:
    try:
        data: object = json.loads(text)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise UnreadableEntriesError(str(error), line, column) from error
    except RecursionError as error:
        raise UnreadableEntriesError("nested too deeply") from error
    return data


def _strings(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], str]]:
    """Every string with the keys that lead to it."""
    if isinstance(data, str):
        return [(path, data)] if path else []
    items: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        items = [(str(key), value) for key, value in data.items()]
    elif isinstance(data, list):
        items = list(enumerate(data))
    return [found for key, value in items for found in _strings(value, (*path, key))]


def _placed(text: str, value: str, loads: bool) -> Entry:
    at = -1
    for form in (
        json.dumps(value, ensure_ascii=False),
        json.dumps(value),
        json.dumps(value).replace("/", "\\/"),
    ):
        if (at := text.find(form)) >= 0:
            return Entry(value, at + 1, loads)
    return Entry(value, 0, loads)


def _feed_address(tags: list[str], attributes: dict[str, str]) -> str | None:
    """The attribute that holds an address of a feed; ``""`` where the text of the element does; else nothing."""
    tag = tags[-1].rpartition(":")[2]
    if tag == "link" or (tag == "image" and ":" in tags[-1]):
        return "href" if "href" in attributes else ""
    if tags[-1] in ("media:content", "media:thumbnail"):
        return "url"
    if tag == "guid":
        return None if attributes.get("isPermaLink", "true").lower() == "false" else ""
    if tag == "enclosure":
        return "url"
    if tag == "url" and tags[-2:-1] == ["image"]:
        return ""
    if tag in ("icon", "logo", "comments"):
        return ""
    return None


def _sitemap_address(tags: list[str], attributes: dict[str, str]) -> str | None:
    if tags[-1] in ("loc", "image:loc", "video:content_loc", "video:thumbnail_loc"):
        return ""
    return "href" if tags[-1] == "xhtml:link" else None


def _xml_entries(text: str, address_of: _AddressOf) -> list[Entry]:
    data = text.encode("utf-8", errors="replace")
    parser = expat.ParserCreate(encoding="utf-8")
    found: list[Entry] = []
    tags: list[str] = []
    reading: list[str] | None = None
    began = bytes_passed = offset = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal reading, began
        tags.append(tag)
        name = address_of(tags, attributes)
        if name == "":
            reading, began = [], parser.CurrentByteIndex
        elif name and name in attributes:
            found.append(_at(attributes[name], parser.CurrentByteIndex, tags))

    def end(tag: str) -> None:
        nonlocal reading
        tags.pop()
        if reading is not None:
            if address := "".join(reading).strip():
                found.append(_at(address, began, [*tags, tag]))
            reading = None

    def characters(piece: str) -> None:
        if reading is not None:
            reading.append(piece)

    def entity(*_: object) -> None:
        raise UnreadableEntriesError("it declares entities")

    def _at(address: str, byte: int, where: list[str]) -> Entry:
        nonlocal bytes_passed, offset
        if byte > bytes_passed:
            offset += len(data[bytes_passed:byte].decode("utf-8", errors="replace"))
            bytes_passed = byte
        at = text.find(address, offset)
        if at < 0:
            at = text.find(address.replace("&", "&amp;"), offset)
        return Entry(address, max(at, 0), where[-1] in _SHOWN_IN_FEEDS or where[-2:] == ["image", "url"])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = characters, entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableEntriesError(
            f"it is not well-formed: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1
        ) from error
    return found
