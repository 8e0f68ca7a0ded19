"""The list of all sources: filters, counts, downloads."""

import pytest

from tests.browser.conftest import SITE, until


def shown(page) -> int:
    return page.locator(".bibliography .reference:visible").count()


def test_a_filter_shows_what_fits_counts_it_and_can_be_linked(visit):
    page = visit.open("sources/")
    total = shown(page)
    page.get_by_label("Country").select_option("cuba")
    some = shown(page)
    assert 0 < some < total
    assert page.locator(".filters__count").inner_text() == f"{some} of {total} documents"
    assert "country=cuba" in page.url
    page.reload()
    assert shown(page) == some
    page.get_by_role("button", name="Clear filters").click()
    assert shown(page) == total


def test_where_nothing_fits_the_page_says_so(visit):
    page = visit.open("sources/?country=uganda&year=1961")
    assert shown(page) == 0
    assert page.locator(".filters__empty").is_visible()


def test_a_link_to_a_document_wins_over_a_filter_that_hides_it(visit):
    page = visit.open("sources/")
    hidden = page.locator(".bibliography .reference[data-country='china']").first.get_attribute("id")
    visit.open(f"sources/?country=cuba#{hidden}")
    until(page, "!location.search")
    assert page.locator(f"[id='{hidden}']").is_visible()


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_the_whole_list_shows(visit):
    page = visit.open("sources/")
    assert shown(page) > 400
    assert not page.locator(".filters").is_visible()


def test_a_document_names_the_pages_and_claims_it_supports(visit):
    page = visit.open("sources/")
    entry = page.locator(".bibliography .reference", has=page.locator(".reference__claims")).first
    assert entry.locator(".reference__back a").count() >= 1
    assert "claims/#" in entry.locator(".reference__claims a").first.get_attribute("href")


@pytest.mark.parametrize("path", ["sources/", "countries/china/", "faq/"])
def test_the_downloads_are_there(visit, path):
    page = visit.open(path)
    links = page.eval_on_selector_all("article a[download]", "as => as.map(a => a.href)")
    assert len(links) >= 3
    for link in links:
        file = SITE / link.removeprefix(visit.address)
        assert file.is_file() and file.stat().st_size > 100, link
