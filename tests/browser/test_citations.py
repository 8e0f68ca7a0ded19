"""The preview of a source beside its number, and “Cite this page”."""

import pytest

from tests.browser.conftest import PHONE, until
from tests.browser.test_accessibility import violations

PAGE = "countries/russia/"
CARD = ".cite-card"


def first_mark(page):
    return page.locator("h2#treaty ~ p .cite__mark").first


def test_hovering_shows_what_the_document_is(visit):
    page = visit.open(PAGE)
    mark = first_mark(page)
    entry = page.locator(mark.get_attribute("href"))
    mark.hover()
    card = page.locator(CARD)
    card.wait_for()
    for part in (".reference__shows", ".reference__read", ".kind"):
        assert entry.locator(part).inner_text() in card.inner_text()
    assert card.locator("a.reference__link").get_attribute("href") == entry.locator(
        "a.reference__link"
    ).get_attribute("href")
    assert mark.get_attribute("aria-describedby") == card.get_attribute("id")
    card.hover()  # WCAG 1.4.13: the pointer may go into it
    page.wait_for_timeout(500)
    assert card.is_visible()
    page.mouse.move(5, 5)
    card.wait_for(state="hidden")


def test_a_locator_stands_in_the_card(visit):
    page = visit.open(PAGE)
    page.locator(".cite__mark", has_text="art. 4").first.hover()
    page.locator(CARD).wait_for()
    assert "art. 4" in page.locator(".cite-card__locator").inner_text()


def test_the_keyboard_opens_it_and_escape_closes_it_without_losing_the_place(visit):
    page = visit.open(PAGE)
    page.keyboard.press("Tab")  # from here on the reader uses the keyboard
    first_mark(page).focus()
    page.locator(CARD).wait_for()
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="hidden")
    assert first_mark(page).evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    assert not first_mark(page).evaluate("e => e === document.activeElement"), "the focus is trapped"


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_a_tap_opens_a_sheet_and_a_link_leads_to_the_list(visit):
    page = visit.open(PAGE)
    mark = first_mark(page)
    target = mark.get_attribute("href")
    mark.tap()
    card = page.locator(CARD)
    card.wait_for()
    page.wait_for_timeout(300)
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert "#source-" not in page.url
    page.get_by_role("link", name="In the list of sources").tap()
    page.wait_for_url(f"**{target}")
    assert page.locator(target).is_visible()


@pytest.mark.parametrize(
    "visit",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE],
    indirect=True,
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing_with_a_card_open(visit):
    page = visit.open(PAGE)
    first_mark(page).evaluate("e => e.scrollIntoView({block: 'center'})")
    page.keyboard.press("Tab")
    first_mark(page).focus()
    page.locator(CARD).wait_for()
    page.wait_for_timeout(300)
    assert violations(page) == []


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_for_a_reader_who_asks_for_that(visit):
    page = visit.open(PAGE)
    first_mark(page).hover()
    page.locator(CARD).wait_for()
    assert page.locator(CARD).evaluate("e => getComputedStyle(e).animationName") == "none"


@pytest.mark.parametrize("style", ["apa", "chicago", "mla", "bibtex", "ris"])
def test_every_page_can_be_cited(visit, style):
    page = visit.open("countries/cuba/")
    page.locator("details.cite-page summary").click()
    text = page.locator(f"#cite-page-{style}").inner_text()
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert address in text and "2026" in text and "North Korea’s allies" in text


def test_a_citation_can_be_copied(visit):
    page = visit.open("countries/cuba/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("details.cite-page summary").click()
    page.locator("[data-copy-of='cite-page-bibtex']").click()
    until(page, "[...document.querySelectorAll('[role=status]')].some(e => e.textContent === 'Copied')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{")


@pytest.mark.parametrize("name", ["countries/russia/", "faq/"])
def test_a_document_bears_the_number_of_the_marks_that_lead_to_it(visit, name):
    page = visit.open(name)
    browser = page.context.new_cdp_session(page)
    for mark in (page.locator(".cite__mark").nth(place) for place in (0, 7, -1)):
        number, target = mark.get_attribute("id").split("-")[1], mark.get_attribute("href")
        page.locator(target).scroll_into_view_if_needed()
        page.evaluate("() => new Promise(laid => requestAnimationFrame(() => requestAnimationFrame(laid)))")
        entry = browser.send("Runtime.evaluate", {"expression": f"document.querySelector('{target}')"})
        texts = browser.send(
            "Accessibility.queryAXTree", {"objectId": entry["result"]["objectId"], "role": "StaticText"}
        )
        assert [text["name"]["value"] for text in texts["nodes"][:2]] == [number, "."]


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_documents_that_are_not_laid_out_yet_lie_under_nothing(visit):
    page = visit.open("faq/")
    last = page.locator("ol.references > li a").last.bounding_box()
    assert last["y"] + last["height"] <= page.locator(".md-footer").bounding_box()["y"]
