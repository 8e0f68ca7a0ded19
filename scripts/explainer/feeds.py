"""What changed, for feed readers: Atom (RFC 4287) and JSON Feed 1.1. Pure: every date comes from the log of changes.

The id of a feed or an entry may never change, not even when the site moves (RFC 4287, 4.2.6). It is therefore no
address but a UUID made from the id of the change.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from uuid import UUID, uuid5
from xml.etree import ElementTree

from explainer.citations import parse_reference
from explainer.pages import page_url
from explainer.records import CHANGE_LABELS, TIER_LABELS, Change, Source
from explainer.website import LICENSE, WebsiteFacts

ATOM, JSON_FEED = "feed.xml", "feed.json"
LOG = "about/corrections.md"

_NAMESPACE = UUID("0674e40f-1d4e-478f-9f12-06eac3f41e0c")
_ATOM_SPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """One change as both feeds tell it."""

    id: str
    address: str
    title: str
    day: date
    kind: str
    content: str
    """HTML."""
    tags: tuple[str, ...]


def entries(
    site: WebsiteFacts,
    changes: Iterable[Change],
    titles: Mapping[str, str],
    countries: Mapping[str, str],
    sources: Mapping[str, Source],
) -> list[Entry]:
    """The changes in their order; ``titles`` names the pages by path, ``countries`` the countries by slug."""
    return [
        Entry(
            id=uuid5(_NAMESPACE, change.id).urn,
            address=f"{site.address}{page_url(LOG)}#change-{change.id}",
            title=change.title,
            day=change.date,
            kind=CHANGE_LABELS[change.kind],
            content=_content(site, change, titles, countries, sources),
            tags=tuple(countries[slug] for slug in change.countries if slug in countries),
        )
        for change in changes
    ]


def to_atom(site: WebsiteFacts, found: list[Entry]) -> str:
    """The Atom feed."""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM_SPACE, "xml:lang": site.language})
    _add(feed, "id", uuid5(_NAMESPACE, "feed").urn)
    _add(feed, "title", _title(site))
    _add(feed, "updated", _moment(max((entry.day for entry in found), default=date(1970, 1, 1))))
    _add(feed, "link", rel="self", type="application/atom+xml", href=site.address + ATOM)
    _add(feed, "link", rel="alternate", type="text/html", href=site.address + page_url(LOG))
    _add(_add(feed, "author"), "name", "The maintainers")
    _add(feed, "rights", f"CC BY 4.0, {LICENSE}")
    for entry in found:
        element = _add(feed, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", _moment(entry.day))
        _add(element, "published", _moment(entry.day))
        _add(element, "link", rel="alternate", type="text/html", href=entry.address)
        for tag in (entry.kind, *entry.tags):
            _add(element, "category", term=tag)
        _add(element, "content", entry.content, type="html")
    ElementTree.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def to_json_feed(site: WebsiteFacts, found: list[Entry]) -> str:
    """The JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(site),
        "home_page_url": site.address,
        "feed_url": site.address + JSON_FEED,
        "description": "Every change of a verdict, a figure or a date, and every new page, with the reason.",
        "language": site.language,
        "authors": [{"name": "The maintainers", "url": site.address}],
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_html": entry.content,
                "date_published": _moment(entry.day),
                "date_modified": _moment(entry.day),
                "tags": [entry.kind, *entry.tags],
            }
            for entry in found
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _content(
    site: WebsiteFacts,
    change: Change,
    titles: Mapping[str, str],
    countries: Mapping[str, str],
    sources: Mapping[str, Source],
) -> str:
    parts = [f"<p>{escape(change.text)}</p>"]
    verdicts = [
        f"{countries[slug]}, {TIER_LABELS[tier].lower()}"
        for slug, tier in change.verdicts.items()
        if slug in countries
    ]
    if verdicts:
        parts.append(f"<p>Verdicts from this day on: {escape('; '.join(verdicts))}.</p>")
    parts.append(f"<p><b>Why:</b> {escape(change.reason)}</p>")
    pages = [_link(site.address + page_url(path), titles[path]) for path in change.pages if path in titles]
    if pages:
        parts.append(f"<p>Pages: {', '.join(pages)}</p>")
    named = dict.fromkeys(parse_reference(reference)[0] for reference in change.sources)
    documents = [_link(sources[id_].URL, sources[id_].title) for id_ in named if id_ in sources]
    if documents:
        parts.append(f"<p>Sources: {', '.join(documents)}</p>")
    return "".join(parts)


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _title(site: WebsiteFacts) -> str:
    return f"What changed – {site.name}"


def _moment(day: date) -> str:
    """A day as RFC 3339 writes a moment: its beginning."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text or None
    return element
