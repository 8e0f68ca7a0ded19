"""“Link to this”: every heading, question and claim."""

import pytest

from tests.browser.conftest import pages, until


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        ("countries/china/", "treaty"),
        ("faq/", "who-are-north-koreas-allies"),
        ("claims/", "china-vetoed-often"),
    ],
)
def test_the_sign_copies_the_permanent_address_as_markdown_and_as_html(visit, path, anchor):
    page = visit.open(path)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = page.locator("link[rel=canonical]").get_attribute("href") + f"#{anchor}"
    sign = page.locator(f"[id='{anchor}'] .headerlink")
    for label, expected in (
        ("address", address),
        ("Markdown", f"]({address})"),
        ("HTML", f'<a href="{address}">'),
    ):
        sign.focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name=f"Copy {label}").click()
        until(page, "[...document.querySelectorAll('[role=status]')].some(e => e.textContent === 'Copied')")
        assert expected in page.evaluate("navigator.clipboard.readText()")
        page.keyboard.press("Escape")
        page.locator(".permalink").wait_for(state="hidden")


def test_the_sign_can_be_seen_without_a_pointer_over_it(visit):
    page = visit.open("countries/china/")
    assert page.locator("#treaty .headerlink").evaluate("e => getComputedStyle(e).opacity") == "1"


def test_every_heading_of_every_page_has_an_anchor(visit):
    for path in pages():
        page = visit.open(path)
        bare = page.eval_on_selector_all("article :is(h2, h3):not([id])", "hs => hs.map(h => h.textContent)")
        assert bare == [], path


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_the_sign_is_a_plain_link(visit):
    page = visit.open("countries/china/")
    page.locator("#treaty .headerlink").click()
    assert page.url.endswith("#treaty")
