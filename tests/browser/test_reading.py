"""What a reader of a page does: follows a citation and back, uses the keyboard, a phone, the dark."""

import pytest

from explainer.checks.txt.pages import SECTIONS
from tests.browser.conftest import PHONE, pages

COUNTRIES = ["china", "russia", "iran", "syria", "cuba", "uganda", "vietnam"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_country_page_has_its_anatomy_in_order(visit, country):
    page = visit.open(f"countries/{country}/")
    ids = page.eval_on_selector_all("article h2", "hs => hs.map(h => h.id)")
    assert ids == list(SECTIONS)
    assert page.locator(".verdict .tier").count() == 1
    assert page.locator(".glance__tests tbody tr").count() == 5


def test_a_citation_leads_to_its_document_and_back(visit):
    page = visit.open("countries/russia/")
    mark = page.locator("h2#treaty ~ p .cite__mark").first
    mark_id, target = mark.get_attribute("id"), mark.get_attribute("href")
    mark.click()
    assert page.url.endswith(target)
    entry = page.locator(target)
    assert entry.is_visible()
    assert entry.locator(".kind").is_visible()
    assert entry.locator("a.reference__link").get_attribute("href").startswith("http")
    entry.locator(f'.reference__back a[href="#{mark_id}"]').click()
    assert page.url.endswith(f"#{mark_id}")
    assert page.locator(f"#{mark_id}").evaluate("e => e === document.querySelector(':target')")


def test_one_document_has_one_number_however_often_it_is_cited(visit):
    page = visit.open("countries/russia/")
    pairs = page.eval_on_selector_all(
        ".cite__mark", "as => as.map(a => [a.getAttribute('href'), a.id.split('-')[1]])"
    )
    numbers = {}
    for href, number in pairs:
        assert numbers.setdefault(href, number) == number
    order = list(dict.fromkeys(number for _, number in pairs))
    assert order == [str(n) for n in range(1, len(order) + 1)]
    assert page.locator("ol.references > li").count() == len(order)


def test_a_treaty_and_a_state_media_report_do_not_look_alike(visit):
    page = visit.open("sources/")
    looks = [
        page.locator(f".kind--{kind}").first.evaluate("e => [getComputedStyle(e).color, e.textContent]")
        for kind in ("primary", "state-media")
    ]
    assert looks[0][0] != looks[1][0]
    assert looks[0][1] != looks[1][1]


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_no_page_scrolls_sideways_on_a_phone(visit):
    for path in pages():
        page = visit.open(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{path or 'index'} is {width} px wide"


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True)
def test_a_reader_who_prefers_the_dark_gets_it(visit):
    page = visit.open("countries/china/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    background = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert max(int(part) for part in background[4:-1].split(",")[:3]) < 60


def test_the_colours_can_be_switched_and_stay(visit):
    page = visit.open("")
    page.locator("label[for='__palette_1']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    visit.open("faq/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_a_citation_can_be_reached_and_followed_by_keyboard(visit):
    page = visit.open("countries/cuba/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('md-skip')")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('cite__mark')"):
            break
    else:
        pytest.fail("no citation among the first twenty stops of the Tab key")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    assert "#source-" in page.url


def test_the_start_page_answers_first_and_leads_to_every_country(visit):
    page = visit.open("")
    first = page.locator("article h1 ~ p").first.inner_text()
    assert "China" in first and "Russia" in first
    links = page.eval_on_selector_all("article .card__link", "as => as.map(a => a.href)")
    assert sorted(link.rstrip("/").rsplit("/", 1)[1] for link in links) == sorted(COUNTRIES)


def test_a_page_that_does_not_exist_says_what_to_do(visit):
    page = visit.open("404.html")
    assert "does not exist" in page.locator("h1").inner_text()
    assert page.locator("article a").count() >= 2


def test_printed_sources_show_their_addresses(visit):
    page = visit.open("countries/iran/")
    link = page.locator(".reference__link").first
    behind = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(behind) == "none"
    page.emulate_media(media="print")
    assert link.get_attribute("href") in link.evaluate(behind)


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_the_words_and_the_sources_are_there(visit):
    page = visit.open("countries/vietnam/")
    assert page.locator(".verdict__text").is_visible()
    page.locator(".cite__mark").first.click()
    assert "#source-" in page.url
