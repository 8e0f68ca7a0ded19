"""Readers' own questions typed into the search box."""

from pathlib import Path

import pytest
import yaml

from tests.browser.conftest import until

# One browser asks every question once: these tests stay with one worker.
pytestmark = pytest.mark.xdist_group("search")

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text(encoding="utf-8"))


def results(page, query: str) -> list[str]:
    """The addresses of the results, in the order shown, relative to the site."""
    box = page.locator("input[data-md-component='search-query']")
    # Material reads the box when a key is released.
    box.fill("")
    box.press("End")
    until(page, "document.querySelector('.md-search-result__meta').textContent.includes('Type to')")
    box.fill(query)
    box.press("End")
    until(page, "!document.querySelector('.md-search-result__meta').textContent.includes('Type to')")
    links = page.eval_on_selector_all(".md-search-result__link", "as => as.map(a => a.href)")
    root = page.evaluate(
        "new URL(JSON.parse(document.querySelector('#__config').textContent).base, location).href"
    )
    root = root.rstrip("/") + "/"
    return [
        link.removeprefix(root).split("?")[0] + ("#" + link.split("#")[1] if "#" in link else "")
        for link in links
    ]


@pytest.fixture(scope="module")
def found(browser, address):
    """The results of every question, asked once."""
    page = browser.new_page()
    page.goto(address)
    page.locator("label[for='__search']").first.click() if page.viewport_size["width"] < 960 else None
    page.locator("input[data-md-component='search-query']").focus()
    until(page, "document.querySelector('.md-search-result__meta').textContent.includes('Type')")
    answers = {entry["ask"]: results(page, entry["ask"]) for entry in QUESTIONS}
    page.close()
    return answers


def is_right(result: str, wanted: list[str]) -> bool:
    return any(result == want or ("#" not in want and result.split("#")[0] == want) for want in wanted)


def test_no_question_finds_nothing(found):
    assert [ask for ask, links in found.items() if not links] == []


def test_nine_of_ten_questions_find_a_right_answer_first(found):
    wrong = [
        (e["ask"], found[e["ask"]][:3])
        for e in QUESTIONS
        if not any(is_right(link, e["want"]) for link in found[e["ask"]][:1])
    ]
    assert len(wrong) <= len(QUESTIONS) / 10, wrong


def test_nearly_every_question_finds_a_right_answer_among_the_first_three(found):
    wrong = [
        (e["ask"], found[e["ask"]][:3])
        for e in QUESTIONS
        if not any(is_right(link, e["want"]) for link in found[e["ask"]][:3])
    ]
    assert len(wrong) <= len(QUESTIONS) * 0.03, wrong


def test_lists_of_sources_are_no_results(found):
    shown = [link for links in found.values() for link in links]
    lists = ("faq/#sources", "claims/#sources", "sources/#")
    assert [
        link
        for link in shown
        if "#source-" in link or (link.startswith(("countries/", *lists)) and "sources" in link)
    ] == []


def test_a_question_lands_on_its_anchor(visit):
    page = visit.open("")
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.matches('[data-md-component=search-query]')")
    first = results(page, "Did North Korea fight in the Vietnam War")[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/faq/**")
    path, anchor = first.split("#")
    assert path == "faq/" and page.url.endswith(f"#{anchor}")
    assert page.locator(f"#{anchor}").is_visible()


def test_both_spellings_of_a_name_find_the_same(found, browser, address):
    page = browser.new_page()
    page.goto(address)
    page.locator("input[data-md-component='search-query']").focus()
    page.wait_for_timeout(1000)
    assert results(page, "Kim Jong-un") == results(page, "Kim Jong Un") != []
    assert results(page, "DPRK") == results(page, "NK") == results(page, "north korea")
    page.close()
