"""The meaning of a term beside its first use: for the pointer, the keyboard, a finger, paper, and without scripts."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import violations

PAGE = "countries/china/"
CARD = ".cite-card"


def first_term(page):
    return page.locator("h2#treaty ~ p a.term, h2#military ~ p a.term, h2#diplomacy ~ p a.term").first


def meaning(page, term):
    return page.locator(f"#{term.get_attribute('aria-describedby')}").text_content()


def test_hovering_shows_the_meaning(visit):
    page = visit.open(PAGE)
    term = first_term(page)
    term.hover()
    page.locator(CARD).wait_for()
    assert meaning(page, term) in page.locator(CARD).inner_text()
    page.mouse.move(5, 5)
    page.locator(CARD).wait_for(state="hidden")
    assert term.get_attribute("aria-describedby").startswith("term-")
    assert not violations(page)


def test_the_keyboard_shows_it_and_enter_leads_to_the_glossary(visit):
    page = visit.open(PAGE)
    page.keyboard.press("Tab")
    term = first_term(page)
    term.focus()
    page.locator(CARD).wait_for()
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="hidden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#*")
    assert page.locator(f"#{page.url.partition('#')[2]}").is_visible()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_a_tap_opens_a_sheet(visit):
    page = visit.open(PAGE)
    term = first_term(page)
    term.tap()
    card = page.locator(CARD)
    card.wait_for()
    assert "/glossary/" not in page.url
    page.get_by_role("link", name="In the glossary").tap()
    page.wait_for_url("**/glossary/#*")


def test_on_paper_the_meanings_stand_at_the_end(visit):
    page = visit.open(PAGE)
    terms = page.locator(".terms")
    assert not terms.is_visible()
    page.emulate_media(media="print")
    assert terms.is_visible()
    assert meaning(page, first_term(page)) in terms.inner_text()


def test_without_scripts_it_is_a_link_that_a_screen_reader_explains(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    term = first_term(page)
    assert meaning(page, term)
    term.click()
    assert "/glossary/#" in page.url
    context.close()
