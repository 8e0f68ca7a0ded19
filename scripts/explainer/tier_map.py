"""The map of verdicts: every country with a page, by its tier, drawn like the charts.

Outlines are Natural Earth's (``world/README.md``). A tier is a colour, a pattern and a word beside the country, so that
colour is never the only signal. On a phone the world is seen from above Eurasia: it fills a square, where a map of the
whole world would be a strip.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from explainer.charts import CARD, HALF, INK, LINE, PAST, RUST, SOFT, TEAL, WIDE, Chart, Spec
from explainer.records import TIER_LABELS, Country, Tier

ID = "tiers"
SOURCES_LINE = "Boundaries: Natural Earth (public domain), Crimea left with Ukraine. Map: Who are North Korea’s allies?, CC BY 4.0."
_NORTH_KOREA = "KP"
_COLOURS = {
    Tier.TREATY_ALLY: RUST,
    Tier.STRATEGIC_PARTNER: HALF,
    Tier.FRIENDLY_STATE: TEAL,
    Tier.FORMER_ALLY: PAST,
    Tier.NOT_AN_ALLY: SOFT,
}
_PATTERNS = {
    HALF: '<path d="M0 0L5 5M5 0L0 5" stroke="{0}" stroke-width="1.4"/>',
    TEAL: '<path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="{0}" stroke-width="1.8"/>',
    PAST: '<path d="M1.5 .3v2.4M4 2.8v2.4" stroke="{0}" stroke-width="1.8"/>',
    SOFT: '<path d="M0 2.5H5" stroke="{0}" stroke-width="1.2"/>',
}
"""What fills an area instead of its colour alone; treaty allies and North Korea are solid."""


@dataclass(frozen=True)
class _Label:
    """Where a label stands, in degrees: to the left or right of the place, or above it (“center”)."""

    longitude: float
    latitude: float
    align: str = "left"


_WIDE_LABELS = {
    "CN": _Label(150, 22),
    "RU": _Label(95, 80, "center"),
    "IR": _Label(62, 12),
    "SY": _Label(27, 21, "right"),
    "CU": _Label(-62, 30),
    "UG": _Label(50, -12),
    "VN": _Label(122, 3),
    _NORTH_KOREA: _Label(150, 42),
}
_NARROW_LABELS = {
    "CN": _Label(70.4, -2.8),
    "RU": _Label(-155.6, 44.2),
    "IR": _Label(56.4, -20.9),
    "SY": _Label(19.4, 20.1, "right"),
    "CU": _Label(-58.2, 25.7),
    "UG": _Label(25.8, -16.3, "right"),
    "VN": _Label(84.4, 12.2),
    _NORTH_KOREA: _Label(171.7, 45.2),
}
"""A country that is not here is named where it is."""


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    """The outlines, as TopoJSON."""
    world: dict[str, Any] = json.loads(
        (Path(__file__).parent / "world" / "world.json").read_text(encoding="utf-8")
    )
    return world


def tier_map(countries: Iterable[Country]) -> Chart:
    """The map of these countries."""
    found = list(countries)
    middles = {
        outline["id"]: outline["properties"]["middle"]
        for outline in _world()["objects"]["countries"]["geometries"]
        if "id" in outline
    }
    tiers = {country.iso: TIER_LABELS[country.tier] for country in found if country.iso in middles}
    names = {country.iso: country.name for country in found} | {_NORTH_KOREA: "North Korea"}
    groups = {
        TIER_LABELS[tier]: [country.name for country in found if country.tier is tier]
        for tier in Tier
        if any(country.tier is tier for country in found)
    }
    colours = {TIER_LABELS[tier]: colour for tier, colour in _COLOURS.items() if TIER_LABELS[tier] in groups}
    allies = groups.get(TIER_LABELS[Tier.TREATY_ALLY], [])
    missing = [country.name for country in found if country.iso not in middles]

    def draw(width: int) -> Spec:
        places = _WIDE_LABELS if width >= WIDE else _NARROW_LABELS
        labels = []
        for iso in [*tiers, _NORTH_KOREA]:
            longitude, latitude = middles[iso]
            place = places.get(iso, _Label(longitude, latitude, "center"))
            labels.append(
                {
                    "longitude": longitude,
                    "latitude": latitude,
                    "x": place.longitude,
                    "y": place.latitude,
                    "align": place.align,
                    "name": names[iso],
                    "tier": tiers.get(iso, ""),
                }
            )
        return _spec(width, tiers, colours, labels)

    return Chart(
        ID,
        "countries",
        f"{_and(allies)} {'is North Korea’s treaty ally' if len(allies) == 1 else 'are North Korea’s treaty allies'}; "
        f"of {_word(len(found) - len(allies))} other countries, none is",
        "World map. "
        + ". ".join(f"{tier}: {', '.join(members)}" for tier, members in groups.items())
        + "."
        + (f" Too small for the map: {', '.join(missing)}." if missing else ""),
        draw,
        finish,
    )


def _word(number: int) -> str:
    words = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ]
    return words[number] if number < len(words) else str(number)


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "No country"


def _spec(width: int, tiers: dict[str, str], colours: dict[str, str], labels: list[dict[str, Any]]) -> Spec:
    wide = width >= WIDE
    outlines = {"values": _world(), "format": {"type": "topojson", "feature": "countries"}}
    land = {"values": _world(), "format": {"type": "topojson", "feature": "land"}}
    borders = {"values": _world(), "format": {"type": "topojson", "mesh": "countries", "filter": "interior"}}
    # Where two solid areas meet, the border has to be seen; a patterned one needs its colour as an edge.
    edges = {tier: colour if colour in _PATTERNS else CARD for tier, colour in colours.items()}
    layers: list[Spec] = [
        {"data": land, "mark": {"type": "geoshape", "fill": LINE, "stroke": None}},
        {"data": borders, "mark": {"type": "geoshape", "filled": False, "stroke": CARD, "strokeWidth": 0.6}},
        {
            "data": outlines,
            "transform": [{"filter": f"datum.id == '{_NORTH_KOREA}'"}],
            "mark": {"type": "geoshape", "fill": INK, "stroke": INK},
        },
        {
            "data": outlines,
            "transform": [
                {"calculate": f"{json.dumps(tiers)}[datum.id]", "as": "tier"},
                {"filter": "isValid(datum.tier)"},
            ],
            "mark": {"type": "geoshape", "strokeWidth": 1},
            "encoding": {
                "fill": _by_tier(colours)
                | {
                    "legend": {
                        "direction": "horizontal",
                        "columns": len(colours) if wide else 2,
                        "symbolType": "square",
                        "symbolSize": 180,
                    }
                },
                "stroke": _by_tier(edges) | {"legend": None},
            },
        },
    ]
    position = {"longitude": {"field": "x"}, "latitude": {"field": "y"}}
    for align, across, down in (("left", 4, 0), ("right", -4, 0), ("center", 0, -20)):
        values = [label for label in labels if label["align"] == align]
        if not values:
            continue
        text = {"type": "text", "align": align, "dx": across, "color": INK}
        layers += [
            {
                "data": {"values": values},
                "mark": {"type": "rule", "color": SOFT, "strokeWidth": 1},
                "encoding": {
                    "longitude": {"field": "longitude"},
                    "latitude": {"field": "latitude"},
                    "longitude2": {"field": "x"},
                    "latitude2": {"field": "y"},
                },
            },
            {
                "data": {"values": values},
                "mark": text | {"fontWeight": "bold", "dy": down},
                "encoding": position | {"text": {"field": "name"}},
            },
            {
                "data": {"values": [label for label in values if label["tier"]]},
                "mark": text | {"dy": down + 13},
                "encoding": position | {"text": {"field": "tier"}},
            },
        ]
    return {
        "width": width - 8,
        "height": 300,
        "projection": {"type": "equalEarth", "rotate": [-45, 0], "scale": 130, "translate": [width / 2, 195]}
        if wide
        else {
            "type": "azimuthalEqualArea",
            "rotate": [-38, -40],
            "scale": 104,
            "translate": [150, 165],
            "clipAngle": 105,
        },
        "layer": layers,
    }


def _by_tier(colours: dict[str, str]) -> Spec:
    return {
        "field": "tier",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(colours), "range": list(colours.values())},
    }


# -- the drawn picture --------------------------------------------------------------------------------------------


def finish(svg: str) -> str:
    """Short paths, and patterns for the tiers."""
    svg = re.sub(r' d="([^"]+)"', lambda match: f' d="{_short(match[1])}"', svg)
    defined = ""
    for colour, marks in _PATTERNS.items():
        name = f"pattern-{colour[1:]}"
        filled = re.sub(rf'(<path[^>]*) fill="{colour}"', rf'\1 fill="url(#{name})"', svg)
        if filled != svg:
            svg = filled
            defined += (
                f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse">'
                f'<rect width="5" height="5" fill="{CARD}"/>{marks.format(colour)}</pattern>'
            )
    start = svg.index(">") + 1
    return f"{svg[:start]}<defs>{defined}</defs>{svg[start:]}" if defined else svg


def _short(path: str) -> str:
    """A path of straight lines with steps instead of places, in tenths of a pixel; any other path as it is."""
    if re.search(r"[^MLZ\d.,\s-]", path):
        return path
    parts: list[str] = []
    at = (0, 0)
    for ring in re.findall(r"M[^M]+", path):
        points = [
            (round(float(x) * 10), round(float(y) * 10))
            for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", ring)
        ]
        steps: list[tuple[int, int]] = []
        for point in points:
            step = (point[0] - at[0], point[1] - at[1])
            if step != (0, 0) or not steps:
                steps.append(step)
            at = point
        if len(steps) < 2:
            continue
        closed = "Z" in ring
        if closed:
            at = points[0]
        parts.append(
            "m"
            + "".join(map(_pair, steps[:1]))
            + "l"
            + "".join(map(_pair, steps[1:])).lstrip()
            + ("z" if closed else "")
        )
    return "".join(parts)


def _pair(step: tuple[int, int]) -> str:
    x, y = (_tenth(value) for value in step)
    return f" {x}{y if y.startswith('-') else ' ' + y}"


def _tenth(value: int) -> str:
    text = f"{value / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
