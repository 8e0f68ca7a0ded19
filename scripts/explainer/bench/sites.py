"""Built sites made up to be measured: the same bytes each time, in the shape that Material for MkDocs gives pages."""

import random
from pathlib import Path

from explainer.bench.words import sentence

PAGE_BYTES = 125_000
"""Bytes of each page: about what a page of a large documentation site weighs."""

_SECTION = 72
"""Pages in a section of the navigation."""

_HEADINGS = 24
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M20 11v2H8l5.5 5.5-1.42 1.42L4.16 12l7.92-7.92'
    'L13.5 5.5 8 11z"/></svg>'
)


def make_site(folder: Path, pages: int, site_url: str = "https://bench.test/docs/") -> None:
    """Write ``pages`` pages of ``PAGE_BYTES`` bytes each, with style sheet, script, images and sitemap.

    Every link resolves, to anchors too; about one in six leads to another host.
    """
    names = [f"part-{number // _SECTION}/page-{number}" for number in range(pages)]
    sections = [names[start : start + _SECTION] for start in range(0, pages, _SECTION)]
    assets = folder / "assets"
    (assets / "images").mkdir(parents=True)
    (assets / "site.css").write_text("body{background:url(images/picture-0.png)}\n" * 20, encoding="utf-8")
    (assets / "site.js").write_text("document.title;\n", encoding="utf-8")
    for number in range(40):
        (assets / "images" / f"picture-{number}.png").write_bytes(b"\x89PNG\r\n" + bytes([number]))
    for number, name in enumerate(names):
        path = folder / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(_page(number, name, names, sections, site_url), encoding="utf-8")
    first = _page(pages, "", names, sections, site_url)
    (folder / "index.html").write_text(first, encoding="utf-8")
    locations = "".join(f"<url><loc>{site_url}{name}/</loc></url>\n" for name in names)
    (folder / "sitemap.xml").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset>\n<url><loc>{site_url}</loc></url>\n{locations}</urlset>\n',
        encoding="utf-8",
    )


def _page(number: int, name: str, names: list[str], sections: list[list[str]], site_url: str) -> str:
    chance = random.Random(number)
    up = "../../" if name else ""
    title = f"Page {number}"
    own = sections[min(number // _SECTION, len(sections) - 1)]
    navigation = "".join(_entry(up, section[0], f"Part {place}") for place, section in enumerate(sections))
    navigation += "".join(_entry(up, page, page.rpartition("/")[2]) for page in own)
    contents = "".join(
        f'<li class="md-nav__item"><a href="#heading-{place}" class="md-nav__link"><span class="md-ellipsis">'
        f"Heading {place}</span></a></li>\n"
        for place in range(_HEADINGS)
    )
    head = (
        f'<!doctype html>\n<html lang="en" class="no-js">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="description" content="{sentence(chance, 12)}.">\n'
        f'<link rel="canonical" href="{site_url}{name}{"/" if name else ""}">\n'
        f'<link rel="icon" href="{up}assets/images/picture-1.png">\n'
        f'<link rel="stylesheet" href="{up}assets/site.css">\n</head>\n<body>\n'
        f'<a href="#heading-0" class="md-skip">Skip to content</a>\n<header class="md-header">'
        f'<a href="{up or "."}" title="Home" class="md-logo">{_ICON}</a></header>\n'
        f'<nav class="md-nav"><ul class="md-nav__list">\n{navigation}</ul></nav>\n'
        f'<nav class="md-nav md-nav--secondary"><ul>\n{contents}</ul></nav>\n<main><article class="md-content">\n<h1>{title}</h1>\n'
    )
    foot = f'</article></main>\n<script src="{up}assets/site.js"></script>\n</body>\n</html>\n'
    room = PAGE_BYTES - len(head) - len(foot)
    parts = [_section(chance, place, up, names) for place in range(_HEADINGS)]
    size = sum(map(len, parts))
    while size < room:
        part = _paragraph(chance, up, names) if chance.random() < 0.5 else _code(chance)
        parts.insert(chance.randrange(1, len(parts)), part)
        size += len(part)
    return head + "".join(parts) + foot


def _entry(up: str, page: str, words: str) -> str:
    return (
        f'<li class="md-nav__item"><a href="{up}{page}/" class="md-nav__link">'
        f'<span class="md-ellipsis">{words}</span></a></li>\n'
    )


def _section(chance: random.Random, place: int, up: str, names: list[str]) -> str:
    permalink = f'<a class="headerlink" href="#heading-{place}" title="Permanent link">&para;</a>'
    return f'<h2 id="heading-{place}">Heading {place}{permalink}</h2>\n{_paragraph(chance, up, names)}'


def _paragraph(chance: random.Random, up: str, names: list[str]) -> str:
    page, heading = chance.choice(names), chance.randrange(_HEADINGS)
    other = f"https://host-{chance.randrange(200)}.test/{chance.randrange(10_000)}"
    picture = f'<img src="{up}assets/images/picture-{chance.randrange(40)}.png" alt="{sentence(chance, 3)}">'
    return (
        f'<p>{sentence(chance, 30)} <a href="{up}{page}/#heading-{heading}">{sentence(chance, 3)}</a>. '
        f'{sentence(chance, 25)} <a href="{other}">{sentence(chance, 2)}</a>. {sentence(chance, 30)}. {picture}</p>\n'
    )


def _code(chance: random.Random) -> str:
    lines = "".join(
        f'<span class="k">{chance.choice(("let", "def", "use"))}</span> <span class="n">{sentence(chance, 1)}</span> '
        f'<span class="o">=</span> <span class="s2">"{sentence(chance, 5)}"</span>\n'
        for _ in range(12)
    )
    return f'<div class="highlight"><pre><code>{lines}</code></pre></div>\n'
