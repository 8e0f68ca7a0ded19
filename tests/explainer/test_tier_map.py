"""The map of verdicts: every country is named with its tier, and nothing rests on colour alone."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.charts import NARROW, RUST, WIDE, picture
from explainer.facts import load_facts
from explainer.records import TIER_LABELS, Tier
from explainer.tier_map import _NARROW_LABELS, _WIDE_LABELS, SOURCES_LINE, _short, tier_map

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def countries():
    return list(load_facts(ROOT)[0].countries.values())


@pytest.fixture(scope="module")
def drawn(countries):
    return picture(tier_map(countries), SOURCES_LINE)


def texts(svg: str) -> list[tuple[float, float, str, str]]:
    """Every text: its place, the side it runs to, and what it says."""
    found = re.findall(
        r'<text text-anchor="(\w+)" transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*>([^<]+)</text>', svg
    )
    return [(float(x), float(y), side, words) for side, x, y, words in found]


@pytest.mark.parametrize("form", ["wide", "narrow", "file"])
def test_every_country_is_named_with_its_tier(form, drawn, countries):
    words = [text for _, _, _, text in texts(getattr(drawn, form))]
    assert words.count("North Korea") == 1
    for country in countries:
        assert words.count(country.name) == 1
    for tier in {country.tier for country in countries}:
        labelled = sum(country.tier is tier for country in countries)
        assert words.count(TIER_LABELS[tier]) == labelled + 1  # and once in the legend


@pytest.mark.parametrize(("form", "width"), [("wide", WIDE), ("narrow", NARROW)])
def test_no_label_covers_another_or_leaves_the_picture(form, width, drawn):
    boxes = []
    for x, y, side, words in texts(getattr(drawn, form)):
        # measured at 12 pixels: names, which are bold, up to 6.1 a letter; tiers up to 5.3
        long = (5.4 if words in TIER_LABELS.values() else 6.2) * len(words)
        left = {"start": x, "end": x - long, "middle": x - long / 2}[side]
        boxes.append((left, y - 9, left + long, y + 2, words))
    legend = [box for box in boxes if box[1] < 0 or (box[0] < 25 and box[1] < 20)]
    for one, two in combinations([box for box in boxes if box not in legend], 2):
        apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
        assert apart, (one, two)
    assert [box for box in boxes if box[0] < -4 or box[2] > width - 4] == []


@pytest.mark.parametrize("form", ["wide", "narrow", "file"])
def test_tiers_differ_by_more_than_their_colour(form, drawn, countries):
    svg = getattr(drawn, form)
    tiers = {country.tier for country in countries}
    assert svg.count("<pattern ") == len(tiers - {Tier.TREATY_ALLY})
    used = set(re.findall(r'fill="url\(#([^)]+)\)"', svg))
    assert used == set(re.findall(r'<pattern id="([^"]+)"', svg))


def test_every_country_has_a_place_for_its_label(countries):
    for places in (_WIDE_LABELS, _NARROW_LABELS):
        assert {country.iso for country in countries} <= set(places)


def test_a_country_without_a_place_or_an_outline_does_not_stop_the_map(countries):
    laos = countries[-1].model_copy(update={"iso": "LA", "name": "Laos"})
    nauru = countries[-1].model_copy(update={"iso": "NR", "name": "Nauru"})
    chart = tier_map([*countries, laos, nauru])
    words = [text for _, _, _, text in texts(picture(chart, "").wide)]
    assert "Laos" in words and "Nauru" not in words
    assert "Too small for the map: Nauru" in chart.alternative
    assert "seven other countries" in chart.title


def test_the_title_follows_the_verdicts(countries):
    others = [country for country in countries if country.tier is not Tier.TREATY_ALLY]
    assert tier_map(countries).title.startswith("China and Russia are North Korea’s treaty allies; of five")
    assert tier_map([*others, countries[0]]).title.startswith("China is North Korea’s treaty ally; of five")
    assert RUST in str(tier_map(countries).draw(WIDE)) and RUST not in str(tier_map(others).draw(WIDE))


numbers = st.integers(-9000, 9000).map(lambda value: value / 10)


@given(
    st.lists(
        st.lists(st.tuples(numbers, numbers), min_size=3, max_size=12, unique=True), min_size=1, max_size=4
    )
)
def test_a_short_path_leads_to_the_same_places(rings):
    path = "".join("M" + "L".join(f"{x},{y}" for x, y in ring) + "Z" for ring in rings)
    found, at = [], (0, 0)
    for ring in re.findall(r"m[^m]+", _short(path)):
        values = [round(float(value) * 10) for value in re.findall(r"-?\d*\.?\d+", ring)]
        places = []
        for x, y in zip(values[::2], values[1::2], strict=True):
            at = (at[0] + x, at[1] + y)
            places.append((at[0] / 10, at[1] / 10))
        found.append(places)
        at = tuple(round(value * 10) for value in places[0])
    assert found == rings


def test_a_path_with_curves_is_left_alone():
    assert _short("M0,0C1,1,2,2,3,3Z") == "M0,0C1,1,2,2,3,3Z"
