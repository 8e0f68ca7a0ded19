"""The picture of a shared link: its size, its words, the same bytes every time."""

import re
from io import BytesIO

import pytest
from PIL import Image

from explainer.cards import _TIER_LOOKS, COLOURS, Card, _font, card, card_name, draw, wrap
from explainer.facts import load_facts
from explainer.pages import Page, load_pages
from explainer.records import Tier
from explainer.yaml_reader import YamlDocument
from tests.explainer.test_build import ROOT

CARD = Card(
    "Is Russia an ally of North Korea?", "Since 2024.", Tier.TREATY_ALLY, "Reviewed 2 May 2026", "The site"
)


def pixels(shown: Card) -> Image.Image:
    return Image.open(BytesIO(draw(shown))).convert("RGB")


def test_every_card_of_the_site_is_small_and_has_the_size_that_is_announced():
    facts, _ = load_facts(ROOT)
    pages, _ = load_pages(ROOT)
    names = []
    for src, page in pages.items():
        if name := card_name(src):
            png = draw(card(page, facts.countries.get(page.slug) if page.is_country else None, "Allies?"))
            assert Image.open(BytesIO(png)).size == (1200, 630)
            assert len(png) < 60_000
            names.append(name)
    assert {"site", "faq", "claims", *facts.countries} <= set(names)


def test_the_same_facts_give_the_same_bytes():
    assert draw(CARD) == draw(CARD)


def test_the_card_of_a_country_says_question_verdict_and_day():
    facts, _ = load_facts(ROOT)
    pages, _ = load_pages(ROOT)
    shown = card(pages["countries/russia.md"], facts.countries["russia"], "S")
    assert shown.title == "Is Russia an ally of North Korea?"
    assert shown.tier is facts.countries["russia"].tier
    assert re.fullmatch(r"Reviewed \d+ \w+ \d{4}", shown.reviewed)


def test_a_page_without_heading_and_day_still_gets_a_card():
    shown = card(Page("index.md", "docs/index.md", "words", 0, YamlDocument(None, {})), None, "S")
    assert (shown.title, shown.text, shown.reviewed) == ("index", "", "")
    assert draw(shown)


@pytest.mark.parametrize("tier", Tier)
def test_every_verdict_has_its_colour(tier):
    shown = pixels(Card("T", "", tier, "", "S"))
    expected = tuple(bytes.fromhex(COLOURS[_TIER_LOOKS[tier][0]][1:]))
    assert all(
        abs(ours - theirs) <= 8 for ours, theirs in zip(shown.getpixel((5, 300)), expected, strict=True)
    )


@pytest.mark.parametrize("text", ["", "x" * 400, "word " * 200, "Слова 한국어"])
def test_no_text_leaves_its_place(text):
    """Below the line stands only the day: long words and long texts do not reach it."""
    plain = pixels(Card("T", "", Tier.TREATY_ALLY, "", "S")).crop((20, 556, 1200, 630))
    assert (
        pixels(Card(text, text, Tier.TREATY_ALLY, "", "S")).crop((20, 556, 1200, 630)).tobytes()
        == plain.tobytes()
    )


def test_what_does_not_fit_ends_with_an_ellipsis():
    font = _font(35, 400)
    lines = wrap("word " * 50, font, 500, 2)
    assert len(lines) == 2 and lines[-1].endswith(" …")
    assert all(font.getlength(line) <= 500 for line in lines)
    assert wrap("One line.", font, 500, 2) == ["One line."]


def test_the_colours_are_those_of_the_site():
    css = (ROOT / "docs" / "assets" / "stylesheets" / "site.css").read_text(encoding="utf-8")
    light = css.split('[data-md-color-scheme="default"] {', 1)[1].split("}", 1)[0]
    for name, colour in COLOURS.items():
        assert f"--{name}: {colour};" in light, f"scripts/explainer/cards.py has another --{name}"


@pytest.mark.parametrize(
    ("src", "name"),
    [
        ("index.md", "site"),
        ("faq.md", "faq"),
        ("countries/china.md", "china"),
        ("countries/index.md", ""),
        ("about/method.md", ""),
    ],
)
def test_which_page_has_its_own_card(src, name):
    assert card_name(src) == name
