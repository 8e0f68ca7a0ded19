"""What a page costs to load: bytes as a host sends them with gzip, whatever the size of the connection."""

import gzip
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PHONE, PREFIX, SITE, pages

BUDGET = 120_000
"""Bytes to the first view of a country page, pictures and fonts included."""

COUNTRIES = [path for path in pages() if path.startswith("countries/")]
TEXT = {".html", ".js", ".css", ".json", ".svg", ".xml"}


def cost(url: str) -> int:
    """The bytes of what is behind an address: text compressed as hosts do, pictures and fonts as they are."""
    path = SITE / urlsplit(url).path.removeprefix(PREFIX).lstrip("/")
    if path.is_dir():
        path /= "index.html"
    if not path.is_file():
        path = SITE / "404.html"
    content = path.read_bytes()
    return len(gzip.compress(content, 6, mtime=0)) if path.suffix in TEXT else len(content)


def loaded(visit, path: str) -> dict[str, int]:
    """Everything that a page asks for until it has nothing more to do: the address, and its bytes."""
    asked: list[str] = []
    visit.page.context.on("request", lambda request: asked.append(request.url))
    page = visit.open(path)
    page.wait_for_load_state("networkidle")
    # What the browser's worker asks for, a page does not always see.
    asked += page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    return {url: cost(url) for url in asked if url.startswith("http")}


@pytest.mark.parametrize("path", COUNTRIES)
@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_country_page_is_light(visit, path):
    files = loaded(visit, path)
    assert any(url.endswith("search-worker.js") for url in files), "a worker's file is counted"
    heaviest = sorted(files.items(), key=lambda item: -item[1])
    assert sum(files.values()) <= BUDGET, heaviest
    assert not [url for url in files if PurePosixPath(urlsplit(url).path).name in ("search_index.json",)]


@pytest.mark.parametrize("path", pages())
def test_a_page_asks_only_for_what_there_is_and_asks_nobody_else(visit, path):
    missing: list[str] = []
    visit.page.on("response", lambda response: response.status >= 400 and missing.append(response.url))
    visit.open(path).wait_for_load_state("networkidle")
    assert missing == []  # that other hosts are asked nothing, every test with a visit asserts


def test_the_index_of_the_search_comes_with_the_focus_and_once(visit):
    page = visit.open("countries/russia/")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("f")
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if url.endswith("search_index.json")]) == 1


def test_the_first_keys_already_find(visit):
    page = visit.open("countries/russia/")
    page.keyboard.press("f")
    page.keyboard.type("ku")
    page.locator(".md-search-result__link").first.wait_for()


def test_a_link_with_a_question_finds_without_a_key(visit):
    page = visit.open("?q=Kursk")
    page.locator(".md-search-result__link").first.wait_for()


def test_the_words_asked_for_are_marked_on_the_page_found(visit):
    page = visit.open("countries/russia/?h=Kursk")
    page.locator("article mark").first.wait_for()
    page.keyboard.press("f")
    page.keyboard.type("Syria")
    page.locator(".md-search-result__link").first.wait_for()


def test_a_page_links_the_styles_of_evidence_exactly_when_it_has_any(visit):
    page = visit.open("treaties/")
    classes = set(
        page.evaluate(
            """() => [...document.styleSheets].filter(sheet => sheet.href.endsWith("evidence.css"))
            .flatMap(sheet => [...sheet.cssRules].flatMap(rule => (rule.selectorText ?? "").match(/[.][\\w-]+/g) ?? []))"""
        )
    )
    own = {
        name
        for name in classes
        if name.split("__")[0]
        in {".treaty", ".timeline", ".series", ".chart", ".compare", ".change", ".event"}
    }
    assert len(own) > 20
    for path in pages():
        page = visit.open(path)
        has = page.evaluate(
            "names => names.some(name => document.querySelector('article ' + name))", sorted(own)
        )
        linked = page.locator("link[href$='evidence.css']").count() == 1
        assert linked == has or path in ("about/data/",), path
