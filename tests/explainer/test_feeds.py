"""Feeds: other programs read them, their dates and ids come from the log, and they say why."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from explainer.facts import load_facts
from explainer.feeds import entries, to_atom, to_json_feed
from explainer.pages import load_pages
from explainer.records import Change
from explainer.website import WebsiteFacts

ROOT = Path(__file__).parents[2]
SPACE = "{http://www.w3.org/2005/Atom}"
HOME = "https://a.test/x/"
SITE = WebsiteFacts("Who?", "Seven countries.", HOME, "en", frozenset())

CHANGE = Change.model_validate(
    {
        "id": "2026-12-01-trade",
        "date": "2026-12-01",
        "kind": "correction",
        "title": "Trade & aid: <10 per cent",
        "text": "It said 12 < 13 & says 10.",
        "reason": "A reader’s hint.",
        "pages": ["countries/china.md"],
        "countries": ["china"],
        "verdicts": {"china": "treaty-ally"},
    }
)
FIRST = CHANGE.model_copy(update={"id": "2026-11-23-first", "date": CHANGE.date.replace(month=11, day=23)})
FOUND = entries(SITE, [CHANGE, FIRST], {"countries/china.md": "China"}, {"china": "China"}, {})

# The rules of https://www.jsonfeed.org/version/1.1/ for what is in use here; nothing else may stand in it.
TEXT, MOMENT = {"type": "string", "minLength": 1}, {"type": "string", "format": "date-time"}
ADDRESS = {"type": "string", "format": "uri", "pattern": "^https?://"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": TEXT,
        "language": TEXT,
        "authors": {"type": "array", "items": {"type": "object", "minProperties": 1}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "additionalProperties": False,
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "title": TEXT,
                    "content_html": TEXT,
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "tags": {"type": "array", "items": TEXT},
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def real():
    facts, _ = load_facts(ROOT)
    pages, _ = load_pages(ROOT)
    titles = {src: page.title for src, page in pages.items()}
    names = {country.id: country.name for country in facts.countries.values()}
    return facts, entries(SITE, facts.changes.values(), titles, names, facts.sources)


def check_atom(text: str) -> ElementTree.Element:
    """What RFC 4287, section 4, asks of a feed and of each entry."""
    feed = ElementTree.fromstring(text.encode("utf-8"))
    assert feed.tag == f"{SPACE}feed"
    once = ("id", "title", "updated")
    for element in (feed, *feed.findall(f"{SPACE}entry")):
        for name in once:
            assert len(element.findall(f"{SPACE}{name}")) == 1, name
        for moment in element.findall(f"{SPACE}updated") + element.findall(f"{SPACE}published"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment.text)
        alternates = [link for link in element.findall(f"{SPACE}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1  # without content there must be one; two of one type are forbidden
        assert all(link.get("href", "").startswith(HOME) for link in element.findall(f"{SPACE}link"))
        assert all(category.get("term") for category in element.findall(f"{SPACE}category"))
    assert feed.findtext(f"{SPACE}author/{SPACE}name")
    assert [link.get("href") for link in feed.findall(f"{SPACE}link[@rel='self']")] == [f"{HOME}feed.xml"]
    ids = [element.text for element in feed.iter(f"{SPACE}id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id_) for id_ in ids)
    return feed


def test_atom_follows_its_standard():
    feed = check_atom(to_atom(SITE, FOUND))
    assert feed.findtext(f"{SPACE}updated") == "2026-12-01T00:00:00Z"  # the newest entry, not the clock


def test_a_log_without_entries_is_a_feed_without_entries():
    assert check_atom(to_atom(SITE, [])).findall(f"{SPACE}entry") == []
    assert json.loads(to_json_feed(SITE, []))["items"] == []


def test_a_reader_of_feeds_understands_it():
    parsed = feedparser.parse(to_atom(SITE, FOUND), sanitize_html=False)
    assert not parsed.bozo and parsed.version == "atom10"
    entry = parsed.entries[0]
    assert entry.title == "Trade & aid: <10 per cent"
    assert entry.link == f"{HOME}about/corrections/#change-2026-12-01-trade"
    assert entry.published_parsed[:3] == (2026, 12, 1)
    assert [tag.term for tag in entry.tags] == ["Correction", "China"]
    html = entry.content[0].value
    assert "12 &lt; 13 &amp; says 10" in html
    assert "A reader’s hint." in html and "China, treaty ally" in html
    assert f'href="{HOME}countries/china/"' in html


def test_the_json_feed_says_the_same():
    feed = json.loads(to_json_feed(SITE, FOUND))
    jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
    atom = check_atom(to_atom(SITE, FOUND))
    assert [(item["id"], item["title"], item["content_html"]) for item in feed["items"]] == [
        tuple(entry.findtext(f"{SPACE}{name}") for name in ("id", "title", "content"))
        for entry in atom.findall(f"{SPACE}entry")
    ]


def test_an_id_outlives_a_move_and_a_new_title():
    moved = WebsiteFacts("Other", "", "https://b.test/", "en", frozenset())
    renamed = CHANGE.model_copy(update={"title": "Another title"})
    (entry,) = entries(moved, [renamed], {}, {}, {})
    assert entry.id == FOUND[0].id


def test_the_real_log_is_a_feed(real):
    facts, found = real
    assert [entry.title for entry in found] == [change.title for change in facts.changes.values()]
    check_atom(to_atom(SITE, found))
    jsonschema.validate(json.loads(to_json_feed(SITE, found)), JSON_FEED)


def test_every_change_says_why_and_names_its_verdicts(real):
    facts, found = real
    for change, entry in zip(facts.changes.values(), found, strict=True):
        assert change.reason in entry.content
        assert entry.content.count("treaty ally") == sum(
            tier == "treaty-ally" for tier in change.verdicts.values()
        )
