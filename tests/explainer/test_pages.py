"""Links between pages and files: as the browser needs them, and as an editor writes them."""

from urllib.parse import urljoin

import pytest

from explainer.pages import page_url, relative_url, words_url


@pytest.mark.parametrize(
    ("page", "target", "for_the_browser", "in_the_words"),
    [
        ("index.md", "glossary.md#veto", "glossary/#veto", "glossary.md#veto"),
        ("faq.md", "glossary.md#veto", "../glossary/#veto", "glossary.md#veto"),
        ("countries/china.md", "glossary.md#veto", "../../glossary/#veto", "../glossary.md#veto"),
        ("countries/china.md", "countries/cuba.md", "../../countries/cuba/", "cuba.md"),
        ("countries/china.md", "index.md", "../../", "../index.md"),
        ("countries/china.md", "data/a.csv", "../../data/a.csv", "../data/a.csv"),
        ("countries/china.md", "countries/china/sources.json", "sources.json", "china/sources.json"),
        ("index.md", "sources.json", "sources.json", "sources.json"),
        ("faq.md", "faq.md#why", "#why", "#why"),
        ("faq.md", "#why", "#why", "#why"),
        ("faq.md", "faq.md", ".", "faq.md"),
        ("index.md", "index.md", ".", "index.md"),
    ],
)
def test_a_link_has_two_forms(page, target, for_the_browser, in_the_words):
    assert relative_url(page, target) == for_the_browser
    assert words_url(page, target) == in_the_words
    if ".md" not in in_the_words and not in_the_words.startswith("#"):
        # a file: both lead to one address, from where the page is published and from where it is written
        assert urljoin(f"https://site.test/{page_url(page)}", for_the_browser) == urljoin(
            f"https://site.test/{page}", in_the_words
        )
