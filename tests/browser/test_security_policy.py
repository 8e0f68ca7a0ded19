"""The Content-Security-Policy: strict, and nothing that a reader does breaks on it."""

import re
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from tests.browser.conftest import PREFIX, SITE, Handler, until

KINDS = [
    "",
    "countries/russia/",
    "faq/",
    "claims/",
    "sources/",
    "timeline/",
    "compare/",
    "treaties/",
    "un/",
    "trade/",
    "glossary/",
    "about/data/",
    "about/corrections/",
    "404.html",
    "c/ru/",
]


def header() -> str:
    """The policy in the file _headers."""
    text = (SITE / "_headers").read_text(encoding="utf-8")
    return re.search(r"^  Content-Security-Policy: (.+)$", text, re.M)[1]


class WithHeaders(Handler):
    """A host that reads _headers."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", header())
        super().end_headers()


@pytest.fixture
def strict(visit):
    """The site on a host that sends the headers; every test with a visit fails when a policy is violated."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(WithHeaders, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visit.address = f"http://127.0.0.1:{server.server_port}{PREFIX}/"
    yield visit
    server.shutdown()


def test_every_page_carries_a_strict_policy():
    for path in SITE.rglob("*.html"):
        policy = re.search(
            r'http-equiv="Content-Security-Policy" content="([^"]+)"', path.read_text(encoding="utf-8")
        )
        assert policy, path
        for text in (policy[1], header()):
            assert (
                "default-src 'none'" in text
                and "'unsafe" not in text
                and "http" not in text
                and "*" not in text
            )


@pytest.mark.parametrize("path", KINDS)
def test_no_kind_of_page_breaks_its_policy(strict, path):
    page = strict.open(path)
    page.wait_for_load_state("networkidle")
    # The page for what does not exist names its files from the root of the host, which is elsewhere here.
    assert path == "404.html" or page.evaluate("document.documentElement.classList.contains('js')")


def test_the_policy_is_in_force(visit):
    """Without this, the other tests would also pass on pages that have none."""
    page = visit.open("")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert len([error for error in visit.errors if "Content Security Policy" in error]) == 2
    visit.errors.clear()


def test_search_colours_copying_and_previews_work(strict):
    page = strict.open("countries/cuba/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    before = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator("form[data-md-component=palette] label:visible").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before, "the choice is kept"
    page.locator(".cite__mark").first.hover()
    page.locator(".cite-card").wait_for()
    page.locator("details.cite-page summary").click()
    page.locator("[data-copy-of='cite-page-bibtex']").click()
    until(page, "[...document.querySelectorAll('[role=status]')].some(e => e.textContent === 'Copied')")
    page.locator(".md-tabs__link", has_text="Questions").click()
    page.wait_for_url("**/faq/")
    page.keyboard.press("f")
    page.keyboard.type("Kursk")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("Escape")


def test_filters_and_sorting_work(strict):
    page = strict.open("timeline/")
    page.locator(".timeline__filter select").first.select_option(index=1)
    assert "?" in page.url
    page = strict.open("compare/")
    page.locator(".compare__sort").first.click()
    assert page.locator("[aria-sort=ascending], [aria-sort=descending]").count() == 1
    page = strict.open("sources/")
    page.locator(".filters select").first.select_option(index=1)
    assert "?" in page.url
