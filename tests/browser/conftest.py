"""The built site, served on this machine, and a browser that is allowed to ask nobody else."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.install import find_browser

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
PREFIX = "/explainer"
"""The site is served below a folder, as GitHub Pages does: a link that assumes the root of a host fails."""


class Handler(SimpleHTTPRequestHandler):
    """Serves the site below PREFIX, without a log, and with the site's own page for what does not exist."""

    def log_message(self, *args):
        pass

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(PREFIX) or "/")

    def do_GET(self):
        if self.path.startswith(f"{PREFIX}/"):
            super().do_GET()
        else:
            self.send_error(404)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    assert (SITE / "index.html").is_file(), "build the site first: scripts/build"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


class Visit:
    """Opens pages in one browser context and remembers what they asked of other hosts, and every script error."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._note)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)

    def _note(self, request):
        if not request.url.startswith((self.address.split(PREFIX)[0], "data:", "blob:")):
            self.foreign.append(request.url)

    def _hear(self, message):
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(browser, address, request) -> Iterator[Visit]:
    """A reader at a desk; ``@pytest.mark.parametrize("visit", [{…}], indirect=True)`` changes the device."""
    options = {"viewport": {"width": 1280, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**options)
    visit = Visit(context, address)
    yield visit
    context.close()
    assert visit.foreign == [], "the page asked other hosts"
    assert visit.errors == [], "a script failed"


def until(page: Page, condition: str) -> None:
    """Wait until a script's expression is true. Playwright's own way evaluates text inside the page, which the pages'
    Content-Security-Policy forbids.
    """
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {condition}")


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def pages() -> list[str]:
    """The address of every page of the built site, relative to it; short addresses, which lead to a page, are none."""
    found = sorted(
        path for path in SITE.rglob("index.html") if 'http-equiv="refresh"' not in path.read_text("utf-8")
    )
    folders = [path.parent.relative_to(SITE).as_posix() for path in found]
    return ["" if folder == "." else f"{folder}/" for folder in folders]
