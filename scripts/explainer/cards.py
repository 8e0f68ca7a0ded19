"""The picture that a link to a page shows where it is shared: 1200 × 630 pixels, drawn from the facts.

The same facts give the same bytes: the font is a file of a pinned package (Source Serif 4, SIL Open Font License 1.1;
its licence comes with it), and letters are set by Pillow alone, without what the machine may have installed.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import fontpkg_source_serif_4  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont, features
from PIL import __version__ as pillow_version

from explainer.dates import PartialDate
from explainer.markdown_text import headings
from explainer.pages import Page
from explainer.records import TIER_LABELS, Country, Tier
from explainer.result_cache import NOTHING_KEPT, ResultCache

WIDTH, HEIGHT = 1200, 630

# The light colours of docs/assets/stylesheets/site.css, by their names there; a test compares them.
COLOURS = {
    "paper": "#fbfaf6",
    "ink": "#1c2526",
    "ink-soft": "#4b5759",
    "line": "#d8d6cc",
    "teal": "#0b5f63",
    "rust": "#a0450f",
    "half": "#7a5600",
    "past": "#5b4a78",
}

# Colour, and how many of three dots are filled, as beside the verdict on the page.
_TIER_LOOKS = {
    Tier.TREATY_ALLY: ("rust", 3),
    Tier.STRATEGIC_PARTNER: ("half", 2),
    Tier.FRIENDLY_STATE: ("teal", 1),
    Tier.FORMER_ALLY: ("past", 0),
    Tier.NOT_AN_ALLY: ("ink-soft", None),
}

_FONT = Path(fontpkg_source_serif_4.ROOT) / "files" / "SourceSerif4[opsz,wght].ttf"
_REGULAR, _BOLD = 400, 700
_MARGIN = 84
_SMOOTH = 4  # shapes are drawn this many times larger, then made small
_TOP_OF_TITLE, _FOOT = 172, 552


@dataclass(frozen=True)
class Card:
    """What a card says."""

    title: str
    text: str
    tier: Tier | None
    reviewed: str
    site_name: str


def card_name(src: str) -> str:
    """The name of a page's own card (``countries/china.md`` → ``china``); nothing where the site's card serves."""
    if src.startswith("countries/") and src != "countries/index.md":
        return src.removeprefix("countries/").removesuffix(".md").replace("/", "")
    return {"index.md": "site", "faq.md": "faq", "claims.md": "claims"}.get(src, "")


def card(page: Page, country: Country | None, site_name: str) -> Card:
    """The card of a page: its heading, its verdict or its description, and the day it was reviewed."""
    front_matter = page.front_matter.data if isinstance(page.front_matter.data, dict) else {}
    reviewed = front_matter.get("reviewed", "")
    title = next((heading.text for heading in headings(page.body) if heading.level == 1), page.title)
    return Card(
        title=title,
        text=country.summary.text if country else front_matter.get("description", ""),
        tier=country.tier if country else None,
        reviewed=f"Reviewed {PartialDate.parse(reviewed).words()}" if reviewed else "",
        site_name=site_name,
    )


def draw(shown: Card, cache: ResultCache = NOTHING_KEPT) -> bytes:
    """The card as a PNG file."""
    image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["paper"])
    pen = ImageDraw.Draw(image)
    colour = _TIER_LOOKS[shown.tier][0] if shown.tier else "teal"
    pen.rectangle((0, 0, 17, HEIGHT), fill=COLOURS[colour])
    _logo(image, (_MARGIN, 66), 58)
    pen.text(
        (_MARGIN + 80, 95), shown.site_name, font=_font(34, _BOLD), fill=COLOURS["ink-soft"], anchor="lm"
    )
    # On one line where letters of 64 allow it, else on two or three.
    one_line = _font(64, _BOLD).getlength(shown.title) <= WIDTH - 2 * _MARGIN
    most = 1 if one_line else 2 if shown.tier else 3
    bottom = _lines(pen, shown.title, _TOP_OF_TITLE, size=78, weight=_BOLD, colour="ink", most=most)
    if shown.tier:
        bottom = _pill(image, shown.tier, bottom + 20)
    room = (_FOOT - 12 - bottom - 22) // 43
    _lines(pen, shown.text, bottom + 22, size=35, weight=_REGULAR, colour="ink", most=max(room, 1))
    pen.line((_MARGIN, _FOOT, WIDTH - _MARGIN, _FOOT), fill=COLOURS["line"], width=2)
    pen.text(
        (_MARGIN, _FOOT + 35), shown.reviewed, font=_font(29, _REGULAR), fill=COLOURS["ink-soft"], anchor="lm"
    )
    inputs: list[str | bytes] = [pillow_version, features.version("zlib") or "", image.tobytes()]
    return cache.result("cards", inputs, lambda: _png(image))


def _png(image: Image.Image) -> bytes:
    # Few colours: a small file, and none of them is lost.
    small = image.quantize(64, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


@lru_cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    # The plain layout: the other one uses a library of the machine where there is one.
    font = ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, min(60, size)])
    return font


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Break a text into at most so many lines of a width; what does not fit gives way to an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        while " " in lines[-1] and font.getlength(f"{lines[-1]} …") > width:
            lines[-1] = lines[-1].rpartition(" ")[0]
        lines[-1] += " …"
    return lines


def _lines(
    pen: ImageDraw.ImageDraw, text: str, top: int, *, size: int, weight: int, colour: str, most: int
) -> int:
    """Write a text in lines; the height at which it ends. Smaller letters where it would not fit."""
    width = WIDTH - 2 * _MARGIN
    font = _font(size, weight)
    while size > 30 and len(wrap(text, font, width, 99)) > most:
        size -= 2
        font = _font(size, weight)
    for line in wrap(text, font, width, most):
        pen.text((_MARGIN, top), line, font=font, fill=COLOURS[colour], anchor="la")
        top += round(size * 1.22)
    return top


def _pill(image: Image.Image, tier: Tier, top: int) -> int:
    """The verdict in a frame, with its dots."""
    pen = ImageDraw.Draw(image)
    colour, filled = _TIER_LOOKS[tier]
    font, height, dot = _font(38, _BOLD), 68, 18
    marks = 3 * (dot + 8) + 14 if filled is not None else 0
    width = 30 + marks + round(font.getlength(TIER_LABELS[tier])) + 30
    _ellipses(image, COLOURS[colour], (_MARGIN, top, width, height), radius=height // 2, line=3)
    for index in range(3 if filled is not None else 0):
        left = _MARGIN + 30 + index * (dot + 8)
        line = 0 if filled and index < filled else 3
        box = (left, top + (height - dot) // 2, dot, dot)
        _ellipses(image, COLOURS[colour], box, radius=dot // 2, line=line)
    pen.text(
        (_MARGIN + 30 + marks, top + height // 2),
        TIER_LABELS[tier],
        font=font,
        fill=COLOURS[colour],
        anchor="lm",
    )
    return top + height


def _logo(image: Image.Image, place: tuple[int, int], size: int) -> None:
    """The two rings of docs/assets/images/logo.svg (24 units wide)."""
    unit = size / 24
    side, line = round(13.8 * unit), round(2.2 * unit)
    top = place[1] + round(5.1 * unit)
    _ellipses(image, "#0b5f63", (place[0] + round(1.6 * unit), top, side, side), radius=side // 2, line=line)
    _ellipses(image, "#b5541c", (place[0] + round(8.6 * unit), top, side, side), radius=side // 2, line=line)


def _ellipses(
    image: Image.Image, colour: str, box: tuple[int, int, int, int], *, radius: int, line: int
) -> None:
    """A rounded frame (or, with ``line`` 0, a filled shape) with smooth edges; ``box`` is left, top, width, height."""
    left, top, width, height = box
    mask = Image.new("L", (width * _SMOOTH, height * _SMOOTH), 0)
    pen = ImageDraw.Draw(mask)
    whole = (0, 0, width * _SMOOTH - 1, height * _SMOOTH - 1)
    pen.rounded_rectangle(whole, radius * _SMOOTH, fill=255)
    if line:
        thick = line * _SMOOTH
        inner = (thick, thick, whole[2] - thick, whole[3] - thick)
        pen.rounded_rectangle(inner, max(radius * _SMOOTH - thick, 0), fill=0)
    image.paste(colour, (left, top), mask.resize((width, height), Image.Resampling.LANCZOS))
