"""Timeline, comparison, charts and tables as a reader meets them: at a desk, on a phone, on paper, without scripts."""

import pytest

from tests.browser.conftest import PHONE

PAGES = ["compare/", "treaties/", "timeline/", "trade/", "un/"]
phone = pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["phone"])
no_script = pytest.mark.parametrize(
    "visit", [{"java_script_enabled": False}], indirect=True, ids=["no script"]
)


@phone
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(visit, path):
    page = visit.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# -- timeline -----------------------------------------------------------------------------------------------------


def test_the_timeline_is_filtered_and_the_choice_is_in_the_address(visit):
    page = visit.open("timeline/")
    total = page.locator(".event:visible").count()
    page.get_by_label("Country").select_option("uganda")
    page.get_by_label("Kind").select_option("visit")
    shown = page.locator(".event:visible")
    assert 0 < shown.count() < total
    assert all("uganda" in shown.nth(n).get_attribute("data-countries") for n in range(shown.count()))
    assert page.get_by_role("status").filter(has_text="events").inner_text() == (
        f"{shown.count()} of {total} events"
    )
    assert page.url.endswith("timeline/?country=uganda&kind=visit")
    again = visit.open("timeline/?country=uganda&kind=visit")
    assert again.get_by_label("Kind").input_value() == "visit"
    assert again.locator(".event:visible").count() == shown.count()


def test_an_unknown_filter_shows_everything(visit):
    page = visit.open("timeline/?country=atlantis")
    assert page.locator(".event:visible").count() == page.locator(".event").count()


def test_an_event_can_be_linked_and_a_filter_does_not_hide_it(visit):
    page = visit.open("timeline/?country=cuba#2024-12-04-russia-treaty-in-force")
    event = page.locator("[id='2024-12-04-russia-treaty-in-force']")
    assert event.is_visible()
    assert event.locator(".event__date").get_attribute("href") == "#2024-12-04-russia-treaty-in-force"


@no_script
def test_without_scripts_the_timeline_is_a_plain_list(visit):
    page = visit.open("timeline/")
    assert page.locator(".event:visible").count() >= 120
    assert not page.locator(".timeline__filter").is_visible()


def test_a_country_page_has_its_slice_folded(visit):
    page = visit.open("countries/syria/")
    slice_ = page.locator("details.slice")
    assert slice_.locator("li").first.is_hidden()
    slice_.locator("summary").click()
    link = slice_.locator("li a:not(.cite__mark)").first
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target.removeprefix("../../"))
    assert page.locator(f"[id='{target.split('#')[1]}']").is_visible()


# -- comparison ---------------------------------------------------------------------------------------------------


def test_the_comparison_is_sorted_by_a_heading(visit):
    page = visit.open("compare/")
    names = page.locator(".compare__table:not(.history__table) tbody th")
    assert names.first.inner_text() == "China"
    page.get_by_role("button", name="Country").click()
    assert names.all_inner_texts() == sorted(names.all_inner_texts())
    page.get_by_role("button", name="Country").click()
    assert names.all_inner_texts() == sorted(names.all_inner_texts(), reverse=True)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Military").click()
    assert page.locator("tbody .answer").nth(1).inner_text() == "Yes"


def test_an_answer_opens_its_evidence_and_has_an_address(visit):
    page = visit.open("compare/#russia-military")
    evidence = page.locator("[id='russia-military']")
    assert evidence.locator("p").first.is_visible()
    assert evidence.locator(".cite__mark").count() >= 1


@no_script
def test_without_scripts_the_comparison_is_a_table(visit):
    page = visit.open("compare/")
    assert page.locator(".compare__table:not(.history__table) tbody tr").count() == 7
    assert page.locator(".compare__table:not(.history__table) button").count() == 0
    page.locator("[id='iran-political'] summary").click()
    assert page.locator("[id='iran-political'] p").first.is_visible()


# -- charts and tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "count"), [("trade/", 4), ("un/", 1)])
def test_charts_have_words_a_table_and_files(visit, path, count):
    page = visit.open(path)
    charts = page.locator("figure.chart")
    assert charts.count() == count
    for n in range(count):
        chart = charts.nth(n)
        assert chart.locator(".chart__wide svg").is_visible()
        assert not chart.locator(".chart__narrow svg").is_visible()
        assert len(chart.get_by_role("img").get_attribute("aria-label")) > 60
        for link in chart.locator(".series__files a[download]").all():
            assert page.request.get(link.evaluate("link => link.href")).ok
        table = chart.locator(".series__files a:not([download])").get_attribute("href")
        assert page.locator(f"[id='{table[1:]}'] tbody tr").count() > 5


@phone
def test_a_phone_gets_the_narrow_picture(visit):
    page = visit.open("trade/")
    for chart in page.locator("figure.chart").all():
        picture = chart.locator(".chart__narrow svg")
        assert picture.is_visible()
        assert not chart.locator(".chart__wide svg").is_visible()
        # The smallest words in the picture are at least ten pixels high.
        scale = picture.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
        assert scale * 11.5 >= 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chart_words_can_be_read_in_both_schemes(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.open("trade/")
    ratios = page.evaluate(
        """() => {
          const luminance = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(value => {
              const part = value / 255;
              return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return [...document.querySelectorAll(".chart__wide text")].map(text => {
            const ground = luminance(getComputedStyle(text.closest(".chart")).backgroundColor);
            const ink = luminance(getComputedStyle(text).fill);
            return (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
          });
        }"""
    )
    assert len(ratios) > 20
    assert min(ratios) >= 4.5


def test_on_paper_charts_are_wide_and_on_white(visit):
    page = visit.open("trade/")
    page.emulate_media(media="print")
    chart = page.locator("figure.chart").first
    assert chart.locator(".chart__wide svg").is_visible()
    assert chart.evaluate("chart => getComputedStyle(chart).backgroundColor") == "rgb(255, 255, 255)"
    assert not chart.locator(".series__files").is_visible()


@phone
def test_a_table_on_a_phone_names_each_cell(visit):
    page = visit.open("un/")
    cell = page.locator("[id='table-vetoes'] tbody td").first
    assert "Draft" in cell.evaluate("cell => getComputedStyle(cell, '::before').content")


@no_script
def test_charts_and_treaties_need_no_script(visit):
    assert visit.open("trade/").locator(".chart__wide svg").first.is_visible()
    page = visit.open("treaties/")
    assert page.locator(".treaty").count() >= 5
    assert page.locator("[id='russia-2024'] ~ .treaty__facts q").first.is_visible()
