"""Draws charts as SVG while the site is built: from a table to a Vega-Lite specification to a picture.

Every chart is drawn twice, wide and narrow, because a picture scaled down to a phone cannot be read. On a page its
colours are variables of the stylesheet, so that they follow the light or dark scheme; the file to download has fixed
colours, a title and a description. No script is needed to see either.
"""

import json
import re
from calendar import month_abbr
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from explainer.citations import parse_reference
from explainer.dates import PartialDate
from explainer.fonts import system_fonts
from explainer.history import NOT_ESTABLISHED
from explainer.records import TIER_LABELS, Tier
from explainer.result_cache import NOTHING_KEPT, ResultCache
from explainer.series import SeriesRow, Table

Spec = dict[str, Any]

INK, SOFT, LINE, TEAL, RUST, PAST, HALF, CARD = (
    "#1c2526",
    "#4b5759",
    "#d8d6cc",
    "#0b5f63",
    "#a0450f",
    "#5b4a78",
    "#7a5600",
    "#ffffff",
)
_VARIABLES = {
    INK: "--ink",
    SOFT: "--ink-soft",
    LINE: "--line",
    TEAL: "--teal",
    RUST: "--rust",
    PAST: "--past",
    HALF: "--half",
    CARD: "--card",
}
WIDE, NARROW = 640, 320
ALL_TRADE, WITH_CHINA, CUSTOMS = "All trade (KOTRA)", "With China (KOTRA)", "China’s customs"
_VEGA_LITE = "5.20"
_CONFIG: Spec = {
    "background": None,
    "view": {"stroke": None},
    "font": "sans-serif",
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "domainColor": SOFT,
        "tickColor": SOFT,
        "gridColor": LINE,
        "labelLimit": 400,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "labelLimit": 300,
        "orient": "top",
    },
    "text": {"fontSize": 12, "color": INK},
}


@dataclass(frozen=True)
class Chart:
    """What a chart says in words, and how it is drawn at a width."""

    id: str
    series: str
    title: str
    alternative: str
    draw: Callable[[int], Spec]
    finish: Callable[[str], str] = str
    """What is done to the drawn picture."""


@dataclass(frozen=True)
class Picture:
    """A drawn chart: for the page, wide and narrow, and as a file."""

    wide: str
    narrow: str
    file: str


# -- what there is ------------------------------------------------------------------------------------------------


def china_share(table: Table) -> Chart:
    """China’s share of recorded trade, by year; the main count as a line, the others as single marks."""
    rows = [row for row in table.rows if row.cells["china_share"]]
    main = [row for row in rows if row.cells["count"] == "KOTRA"]
    first, last = main[0], main[-1]
    lowest = min(main, key=lambda row: row.number("china_share") or 0)
    values: list[dict[str, Any]] = [
        {
            "year": int(row.cells["year"]),
            "share": row.number("china_share"),
            "count": row.cells["count"] if row.cells["count"] == "KOTRA" else "Other counts",
        }
        for row in rows
    ]
    others = "; ".join(
        f"{row.cells['count']} {row.cells['year']}: {row.cells['china_share']} per cent"
        for row in rows
        if row not in main
    )

    def draw(width: int) -> Spec:
        x = {
            "field": "year",
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [int(first.cells["year"]), 2025], "nice": False},
            "axis": {"format": "d", "grid": False, "values": [2005, 2010, 2015, 2020, 2025]},
        }
        y = {
            "field": "share",
            "type": "quantitative",
            "title": "per cent",
            "scale": {"domain": [0, 100]},
            "axis": {"tickCount": 5},
        }
        return _layers(
            width,
            260,
            values,
            [
                {
                    "transform": [{"filter": "datum.count == 'KOTRA'"}],
                    "mark": {"type": "line", "color": TEAL, "strokeWidth": 1, "strokeDash": [3, 3]},
                    "encoding": {"x": x, "y": y},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "color": _scale("count", {"KOTRA": TEAL, "Other counts": RUST}),
                        "shape": _scale("count", {"KOTRA": "circle", "Other counts": "diamond"}),
                    },
                },
            ],
        )

    return Chart(
        "china-share",
        table.series.id,
        f"China’s share of North Korea’s recorded trade grew from {_plain(first, 'china_share')} per cent in "
        f"{first.cells['year']} to {_plain(last, 'china_share')} per cent in {last.cells['year']} (KOTRA)",
        f"Points by year from {first.cells['year']} to {last.cells['year']}. In KOTRA’s count the share was lowest in "
        f"{lowest.cells['year']} and above 80 per cent in each counted year since 2010. Other counts: {others}.",
        draw,
    )


def china_trade(table: Table) -> Chart:
    """All recorded trade and trade with China by year: KOTRA’s counts as lines, that of China’s customs as marks."""
    lines = (("total", "KOTRA", ALL_TRADE), ("china", "KOTRA", WITH_CHINA), ("china", CUSTOMS, CUSTOMS))
    values: list[dict[str, Any]] = [
        {"year": int(row.cells["year"]), "trade": row.number(column), "line": line}
        for column, count, line in lines
        for row in table.rows
        if row.cells["count"] == count and row.cells[column]
    ]
    totals = [value for value in values if value["line"] == ALL_TRADE]
    peak = max(totals, key=_trade)
    lowest = min((value for value in totals if value["year"] > peak["year"]), key=_trade)
    last = totals[-1]
    by_line = {
        line: ", ".join(f"{value['year']} {value['trade']:,.0f}" for value in values if value["line"] == line)
        for _, _, line in lines
    }

    def draw(width: int) -> Spec:
        x = {
            "field": "year",
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [1990, values[-1]["year"]], "nice": False},
            "axis": {"format": "d", "grid": False, "values": [1990, 2000, 2010, 2020]},
        }
        y = {
            "field": "trade",
            "type": "quantitative",
            "title": "million US dollars",
            "axis": {"tickCount": 4, "format": ",d"},
        }
        colours = {ALL_TRADE: PAST, WITH_CHINA: TEAL, CUSTOMS: RUST}
        shapes = {ALL_TRADE: "square", WITH_CHINA: "circle", CUSTOMS: "diamond"}
        stacked = width < WIDE
        return _layers(
            width,
            260,
            values,
            [
                {
                    "transform": [{"filter": f"datum.line != '{CUSTOMS}'"}],
                    "mark": {"type": "line", "strokeWidth": 1, "strokeDash": [3, 3]},
                    "encoding": {"x": x, "y": y, "color": _scale("line", colours, stacked)},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 40, "opacity": 1},
                    "encoding": {
                        "x": x,
                        "y": y,
                        "color": _scale("line", colours, stacked),
                        "shape": _scale("line", shapes, stacked),
                    },
                },
            ],
        )

    return Chart(
        "china-trade",
        table.series.id,
        f"North Korea’s trade peaked at {peak['trade']:,.0f} million US dollars in {peak['year']}, fell to "
        f"{lowest['trade']:,.0f} million in {lowest['year']} and was {last['trade']:,.0f} million in {last['year']} "
        "(KOTRA)",
        "Points by year, in millions of US dollars. "
        + " ".join(f"{line}: {by_line[line]}." for line in by_line),
        draw,
    )


def _trade(value: Mapping[str, Any]) -> float:
    return float(value["trade"] or 0)


def un_agreement(table: Table) -> Chart:
    """The share of roll calls with the same vote as North Korea, one small chart for each country."""
    rows = [row for row in table.rows if row.cells["same_share"] and int(row.cells["both"]) >= 20]
    names = {
        "china": "China",
        "russia": "Russia",
        "iran": "Iran",
        "syria": "Syria",
        "cuba": "Cuba",
        "uganda": "Uganda",
        "vietnam": "Vietnam",
        "south-korea": "South Korea",
        "united-states": "United States",
    }
    values: list[dict[str, Any]] = [
        {
            "year": int(row.cells["year"]),
            "share": row.number("same_share"),
            "country": names[row.cells["country"]],
        }
        for row in rows
    ]
    years = sorted({value["year"] for value in values})
    last = {value["country"]: value["share"] or 0 for value in values if value["year"] == years[-1]}
    most, least = max(last, key=lambda name: last[name]), min(last, key=lambda name: last[name])

    def draw(width: int) -> Spec:
        columns = 3 if width >= WIDE else 2
        spec: Spec = {
            "data": {"values": values},
            "columns": columns,
            "spacing": 18,
            "facet": {
                "field": "country",
                "type": "nominal",
                "sort": list(names.values()),
                "title": None,
                "header": {
                    "labelColor": INK,
                    "labelFontSize": 13,
                    "labelFontWeight": "bold",
                    "labelAnchor": "start",
                },
            },
            "spec": {
                "width": (width - 40 - 30 * columns) // columns,
                "height": 84,
                "layer": [
                    {
                        "mark": {"type": "line", "strokeWidth": 2, "color": TEAL},
                        "encoding": {
                            "x": {
                                "field": "year",
                                "type": "quantitative",
                                "title": None,
                                "scale": {"domain": [years[0], years[-1]], "nice": False},
                                "axis": {"format": "d", "grid": False, "values": [1991, 2005, 2019]},
                            },
                            "y": {
                                "field": "share",
                                "type": "quantitative",
                                "title": None,
                                "scale": {"domain": [0, 100]},
                                "axis": {"values": [0, 50, 100]},
                            },
                        },
                    }
                ],
            },
        }
        return spec

    return Chart(
        "un-agreement",
        table.series.id,
        f"In {years[-1]} {most} cast the same vote as North Korea in {last[most]:.0f} per cent of UN roll calls, the "
        f"{least} in {last[least]:.0f} per cent",
        f"Nine small line charts, {years[0]} to {years[-1]}, in per cent of the roll calls in which both took part. "
        f"In {years[-1]}: " + ", ".join(f"{name} {last[name]:.0f}" for name in names.values()) + ".",
        draw,
    )


def troops(table: Table) -> Chart:
    """Estimates of troops as ranges, one line for each statement."""
    values: list[dict[str, Any]] = []
    for row in table.rows:
        day = PartialDate.parse(row.cells["date"])
        low, high = row.number("low"), row.number("high")
        values.append(
            {
                "label": f"{_short(day)}, {row.cells['label']}",
                "low": low,
                "high": high,
                "end": high if high is not None else (low or 0) * 1.18,
                "open": high is None,
                "figure": _range(low or 0, high),
                "sent": row.cells["measure"].startswith("Sent in all"),
            }
        )
    largest = max((value for value in values if value["sent"]), key=lambda value: value["low"])

    def draw(width: int) -> Spec:
        narrow = width < WIDE
        y = {
            "field": "label",
            "type": "ordinal",
            "sort": [value["label"] for value in values],
            "title": None,
            "axis": None
            if narrow
            else {"ticks": False, "domain": False, "labelColor": INK, "labelPadding": 8, "labelLimit": 320},
        }
        x = {
            "type": "quantitative",
            "title": "people",
            "scale": {"domain": [0, 44000]},
            "axis": {"tickCount": 4},
        }
        layers: list[Spec] = [
            {
                "mark": {"type": "rule", "strokeWidth": 3, "color": TEAL},
                "encoding": {"y": y, "x": x | {"field": "low"}, "x2": {"field": "end"}},
                "transform": [{"filter": "datum.open || datum.high > datum.low"}],
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "color": TEAL, "opacity": 1},
                "encoding": {"y": y, "x": x | {"field": "high"}},
                "transform": [{"filter": "datum.high > datum.low"}],
            },
            {
                "mark": {
                    "type": "point",
                    "shape": "triangle-right",
                    "filled": True,
                    "size": 70,
                    "color": TEAL,
                    "opacity": 1,
                },
                "encoding": {"y": y, "x": x | {"field": "end"}},
                "transform": [{"filter": "datum.open"}],
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "color": TEAL, "opacity": 1},
                "encoding": {"y": y, "x": x | {"field": "low"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 9, "color": INK},
                "encoding": {"y": y, "x": x | {"field": "end"}, "text": {"field": "figure"}},
            },
        ]
        if narrow:
            layers.append(
                {
                    "mark": {"type": "text", "align": "left", "dy": -15, "color": SOFT, "fontSize": 12},
                    "encoding": {"y": y, "x": {"datum": 0}, "text": {"field": "label"}},
                }
            )
        return _layers(width, len(values) * (40 if narrow else 27), values, layers)

    return Chart(
        "troops-in-russia",
        table.series.id,
        f"Estimates of North Korean troops sent to Russia in all reach {int(largest['low']):,}; forecasts of more differ",
        "One line for each statement. "
        + "; ".join(f"{value['label']}: {value['figure']}" for value in values)
        + ". A triangle means “more than”.",
        draw,
    )


def visits(table: Table) -> Chart:
    """Leader-level visits by country and date; the direction is a shape."""
    values: list[dict[str, Any]] = [
        {
            "date": PartialDate.parse(row.cells["date"]).first_day().isoformat(),
            "partner": row.cells["partner"],
            "direction": _direction(row.cells["direction"]),
        }
        for row in table.rows
    ]
    counts: dict[str, int] = {}
    for value in values:
        counts[value["partner"]] = counts.get(value["partner"], 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    months = sorted({value["date"][:7] for value in values})
    before, after = max(pairwise(months), key=lambda pair: _months(pair[1]) - _months(pair[0]))
    directions = list(dict.fromkeys(value["direction"] for value in values))

    def draw(width: int) -> Spec:
        colours = {"Leader from North Korea": RUST, "Leader to North Korea": TEAL, "In a third country": PAST}
        shapes = {
            "Leader from North Korea": "circle",
            "Leader to North Korea": "triangle-up",
            "In a third country": "square",
        }
        return _layers(
            width,
            len(order) * 38,
            values,
            [
                {
                    "mark": {"type": "point", "filled": False, "size": 80, "strokeWidth": 2, "opacity": 1},
                    "encoding": {
                        "x": {
                            "field": "date",
                            "type": "temporal",
                            "title": None,
                            "scale": {"domain": ["2018-01-01", "2026-12-31"]},
                            "axis": {"format": "%Y", "tickCount": {"interval": "year", "step": 2}},
                        },
                        "y": {
                            "field": "partner",
                            "type": "ordinal",
                            "sort": order,
                            "title": None,
                            "axis": {"grid": True, "ticks": False, "domain": False, "labelColor": INK},
                        },
                        "color": _scale(
                            "direction", {name: colours[name] for name in directions}, width < WIDE
                        ),
                        "shape": _scale(
                            "direction", {name: shapes[name] for name in directions}, width < WIDE
                        ),
                    },
                }
            ],
        )

    return Chart(
        "leader-visits",
        table.series.id,
        f"China and Russia account for {counts.get('China', 0) + counts.get('Russia', 0)} of {len(values)} leader-level "
        f"visits and meetings since 2018; none is known between {PartialDate.parse(before).words()} and "
        f"{PartialDate.parse(after).words()}",
        "Marks by country and date. " + ", ".join(f"{name}: {counts[name]}" for name in order) + ".",
        draw,
    )


_TIERS = {
    Tier.TREATY_ALLY: (RUST, 20),
    Tier.STRATEGIC_PARTNER: (HALF, 14),
    Tier.FRIENDLY_STATE: (TEAL, 8),
    Tier.FORMER_ALLY: (PAST, 4),
    Tier.NOT_AN_ALLY: (SOFT, 2),
}
"""The colour and the height of the bar of each tier: the closer the tie, the higher the bar."""


def tier_history(table: Table) -> Chart:
    """The tier of each country over time; how high a bar is says the same as its colour."""
    values: list[dict[str, Any]] = [
        {
            "country": row.cells["country"].replace("-", " ").title(),
            "begins": PartialDate.parse(row.cells["begins"]).first_day().isoformat(),
            "ends": PartialDate.parse(row.cells["drawn_until"]).first_day().isoformat(),
            "tier": TIER_LABELS[Tier(row.cells["tier"])] if row.cells["tier"] else NOT_ESTABLISHED,
            "words": f"{PartialDate.parse(row.cells['begins']).words()} to "
            + (PartialDate.parse(row.cells["ends"]).words() if row.cells["ends"] else "the newest answers"),
        }
        for row in table.rows
    ]
    first = min(value["begins"] for value in values)
    last = max(value["ends"] for value in values)
    order = list(dict.fromkeys(value["country"] for value in values))
    drawn = [tier for tier in Tier if any(value["tier"] == TIER_LABELS[tier] for value in values)]
    told = [
        f"{name}: "
        + "; ".join(
            f"{value['words']}, {value['tier'].lower()}" for value in values if value["country"] == name
        )
        + "."
        for name in order
    ]

    joined: list[dict[str, Any]] = []  # periods with one verdict, so that no seam shows between their bars
    for value in values:
        before = joined[-1] if joined else {}
        if (
            all(before.get(key) == value[key] for key in ("country", "tier"))
            and before["ends"] == value["begins"]
        ):
            before["ends"] = value["ends"]
        else:
            joined.append(dict(value))
    bars = {name: [value for value in joined if value["country"] == name] for name in order}

    def draw(width: int) -> Spec:
        x = {
            "field": "begins",
            "type": "temporal",
            "title": None,
            "scale": {"domain": [first, last]},
            "axis": {
                "format": "%Y",
                "grid": False,
                "values": [f"{year}-01-01" for year in (1991, 2000, 2010, 2020)],
            },
        }
        y = {
            "field": "country",
            "type": "ordinal",
            "sort": order,
            "title": None,
            "axis": {"ticks": False, "domain": False, "grid": True, "labelColor": INK, "labelPadding": 6},
        }
        colours = {TIER_LABELS[tier]: _TIERS[tier][0] for tier in drawn}
        layers: list[Spec] = [
            {
                "transform": [{"filter": f"datum.tier == '{NOT_ESTABLISHED}'"}],
                "mark": {"type": "rule", "strokeDash": [2, 4], "strokeWidth": 1.5, "color": SOFT},
                "encoding": {"x": x, "x2": {"field": "ends"}, "y": y},
            }
        ] + [
            {
                "transform": [{"filter": f"datum.tier == '{TIER_LABELS[tier]}'"}],
                "mark": {"type": "bar", "size": _TIERS[tier][1]},
                "encoding": {
                    "x": x,
                    "x2": {"field": "ends"},
                    "y": y,
                    "color": _scale("tier", colours, width < WIDE),
                },
            }
            for tier in drawn
        ]
        return _layers(width, len(order) * 34, joined, layers)

    return Chart(
        "tier-history",
        table.series.id,
        _changes(bars),
        "Bars by country and time; the higher the bar, the closer the tie, and a dashed line where the sources do not "
        "establish it. " + " ".join(told),
        draw,
    )


def _changes(bars: Mapping[str, list[dict[str, Any]]]) -> str:
    """What the picture of verdicts shows: who was a treaty ally throughout, and who became one again."""
    ally = TIER_LABELS[Tier.TREATY_ALLY]
    throughout = [name for name, found in bars.items() if [bar["tier"] for bar in found] == [ally]]
    again = [
        f"{name} until {found[0]['ends'][:4]} and again from {found[-1]['begins'][:4]}"
        for name, found in bars.items()
        if len(found) > 2 and found[0]["tier"] == found[-1]["tier"] == ally
    ]
    if not throughout or not again:
        return "Verdicts on each country since 1991, as far as the sources carry them"
    return f"Since 1991 {' and '.join(throughout)} was a treaty ally throughout, {', '.join(again)}"


CHARTS: dict[str, tuple[str, Callable[[Table], Chart]]] = {
    "china-share": ("north-korea-trade", china_share),
    "china-trade": ("north-korea-trade", china_trade),
    "un-agreement": ("un-votes", un_agreement),
    "troops-in-russia": ("troops-in-russia", troops),
    "leader-visits": ("leader-visits", visits),
    "tier-history": ("tier-history", tier_history),
}
"""For each chart, the series it is drawn from."""


def chart_of(id_: str, tables: Mapping[str, Table]) -> Chart:
    """The chart with this id. Raises ``KeyError`` where the chart or its series does not exist."""
    series, make = CHARTS[id_]
    return make(tables[series])


# -- words in pictures --------------------------------------------------------------------------------------------


def _plain(row: SeriesRow, name: str) -> str:
    return row.cells[name].removesuffix(".0")


def _short(day: PartialDate) -> str:
    return f"{month_abbr[day.month]} {day.year}" if day.month else str(day.year)


def _range(low: float, high: float | None) -> str:
    """A number, a range, or a number with what is open above it."""
    if high is None:
        return f"over {low:,.0f}"
    return f"{low:,.0f}" if high == low else f"{low:,.0f}–{high:,.0f}"


def _months(month: str) -> int:
    """Months since the year 0 of a date as YYYY-MM."""
    return int(month[:4]) * 12 + int(month[5:7])


def _direction(text: str) -> str:
    return {
        "from North Korea": "Leader from North Korea",
        "to North Korea": "Leader to North Korea",
    }.get(text, "In a third country")


# -- drawing ------------------------------------------------------------------------------------------------------


def _scale(field: str, marks: Mapping[str, str], stacked: bool = False) -> Spec:
    return {
        "field": field,
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(marks), "range": list(marks.values())},
        "legend": {"direction": "vertical" if stacked else "horizontal"},
    }


def _layers(width: int, height: int, values: list[dict[str, Any]], layers: list[Spec]) -> Spec:
    return {
        "width": width,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "layer": layers,
    }


@lru_cache(maxsize=64)
def _svg(spec: str, cache: ResultCache) -> str:
    """The picture of a specification, without what differs from one drawing to the next."""

    def made() -> bytes:
        import vl_convert  # only here: it takes a moment to load, and longer to start

        return str(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE)).encode()

    inputs = [version("vl-convert-python"), _VEGA_LITE, system_fonts(), spec]
    svg = cache.result("charts", inputs, made).decode()
    svg = re.sub(r' (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"', "", svg)
    svg = re.sub(r'<path(?=[^<>]* d="(?:M0,0h0v0h0Z)?")[^<>]*/>', "", svg)
    svg = re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)
    return re.sub(r' (?:opacity="1"|font-family="[^"]*"|xmlns:xlink="[^"]*"|version="1.1")', "", svg)


def picture(chart: Chart, sources: str, cache: ResultCache = NOTHING_KEPT) -> Picture:
    """Draw a chart; ``sources`` is the line on the file that says whose figures these are."""

    def drawn(width: int) -> str:
        return chart.finish(
            _svg(json.dumps({"config": _CONFIG, "padding": 4} | chart.draw(width), sort_keys=True), cache)
        )

    wide = _unique(drawn(WIDE), f"{chart.id}-wide")
    narrow = _unique(drawn(NARROW), f"{chart.id}-narrow")
    return Picture(_for_page(wide), _for_page(narrow), _for_file(wide, chart, sources))


def sources_line(table: Table, publishers: Mapping[str, str]) -> str:
    """Who published the figures of a table, as the file of a chart names it."""
    ids = dict.fromkeys(parse_reference(source)[0] for source in table.sources)
    names = dict.fromkeys(publishers[id_] for id_ in ids if publishers.get(id_))
    return f"Figures: {', '.join(names)}. Chart: Who are North Korea’s allies?, CC BY 4.0."


def write_charts(
    tables: Mapping[str, Table],
    publishers: Mapping[str, str],
    folder: Path,
    cache: ResultCache = NOTHING_KEPT,
) -> None:
    """Write every chart as an SVG file into ``folder``; ``publishers`` says who published a source."""
    for id_, (series, _) in CHARTS.items():
        if series in tables and tables[series].rows:
            write_picture(chart_of(id_, tables), sources_line(tables[series], publishers), folder, cache)


def write_picture(chart: Chart, sources: str, folder: Path, cache: ResultCache = NOTHING_KEPT) -> None:
    """Write one chart as an SVG file into ``folder``; ``sources`` is the line below it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{chart.id}.svg").write_text(picture(chart, sources, cache).file, encoding="utf-8")


def _unique(svg: str, prefix: str) -> str:
    """Ids of clips that are the same in every drawing, and in no other picture of the page."""
    names = list(dict.fromkeys(re.findall(r'id="([^"]+)"', svg)))
    for number, name in enumerate(names):
        svg = svg.replace(f'id="{name}"', f'id="{prefix}-{number}"').replace(
            f"url(#{name})", f"url(#{prefix}-{number})"
        )
    return svg


def _for_page(svg: str) -> str:
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(f'"{colour}"', f'"var({variable})"')
    return re.sub(r"<svg ([^>]*)>", r'<svg \1 aria-hidden="true" focusable="false">', svg, count=1)


def _for_file(svg: str, chart: Chart, sources: str) -> str:
    """The same picture with a title above, its sources below, and a white ground."""
    match = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    width, height = (float(match[1]), float(match[2])) if match else (WIDE, 300)
    title, foot = _wrap(chart.title, 84), _wrap(sources, 108)
    top, bottom = 16 + 20 * len(title), 14 + 15 * len(foot)
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    lines = [
        f'<text x="8" y="{20 + 20 * n}" font-size="15" font-weight="bold" fill="{INK}">{escape(line)}</text>'
        for n, line in enumerate(title)
    ] + [
        f'<text x="8" y="{top + height + 14 + 15 * n:g}" font-size="11" fill="{SOFT}">{escape(line)}</text>'
        for n, line in enumerate(foot)
    ]
    whole = top + height + bottom
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{whole:g}" '
        f'viewBox="0 0 {width:g} {whole:g}" font-family="sans-serif" role="img" aria-labelledby="title description">'
        f'<title id="title">{escape(chart.title)}</title><desc id="description">{escape(chart.alternative)}</desc>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(lines)}'
        f'<g transform="translate(0,{top})">{inner}</g></svg>\n'
    )


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
