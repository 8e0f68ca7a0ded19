"""Sitemap, search index, feeds, manifest and navigation: a battery of defects and of traps."""

import json
from pathlib import Path

from tests.explainer.checks.battery import (
    FIRST,
    URL,
    Broken,
    body,
    found_in,
    head,
    merged,
    page,
    stub,
    trials,
)
from tests.explainer.checks.projects import SITE, Changes, html


def rss(link: str = URL, guid: str = "x", permalink: str = "false", enclosure: str = "") -> str:
    """A feed with one item."""
    return (
        '<?xml version="1.0"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f'<title>x</title><link>{URL}</link><atom:link href="{URL}feed.xml" rel="self"/>\n'
        f"<item><title>x</title><link>{link}</link>"
        f'<guid isPermaLink="{permalink}">{guid}</guid>{enclosure}<description>&lt;a href="no/"></description></item>'
        "</channel></rss>"
    )


def atom(link: str) -> str:
    """A feed with one entry."""
    return (
        f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>{URL}</id><title>x</title>'
        f'<link href="{URL}"/><link rel="self" href="{URL}feed.xml"/>\n'
        f'<entry><id>tag:allies.test.org,2026:1</id><title>x</title>{link}<content type="html">&lt;a href="no/"></content></entry></feed>'
    )


def json_feed(**entry: object) -> str:
    """A feed with one entry."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "x",
            "home_page_url": URL,
            "feed_url": f"{URL}feed.json",
            "items": [{"id": "no", "url": URL, "content_text": f"{URL}no/"} | entry],
        },
        indent=1,
        ensure_ascii=False,
    )


def manifest(**more: object) -> Changes:
    """A manifest of an app."""
    data = {"name": "x", "start_url": ".", "icons": [{"src": "img/x.svg"}]} | more
    return {"app.webmanifest": json.dumps(data, ensure_ascii=False)}


def navigation(*urls: str) -> str:
    """A navigation."""
    return "<nav>" + "".join(f'<a href="/site/{url}">x</a>' for url in urls) + "</nav>"


def book(named: int, inside: int) -> Changes:
    """A site of pages, ``named`` of ``inside`` in the navigation, each page linked from the one before."""
    names = [f"b/p{number}/" for number in range(inside)]
    parts = [page(f"{name}index.html") for name in names]
    nav = navigation("", "a/", *names[:named])
    pages: Changes = {
        f"{name}index.html": html(
            f"Page {name}", nav + f'<p><a href="/site/{names[(place + 1) % inside]}">x</a></p>'
        )
        for place, name in enumerate(names)
    }
    return merged(*parts) | pages


BROKEN: dict[str, Broken] = {
    "sitemap-dead": Broken(
        "SIT013", {"sitemap.xml": [("</urlset>", f"<url><loc>▸{URL}no/</loc></url></urlset>")]}
    ),
    "sitemap-of-another-host": Broken(
        "SIT013",
        {"sitemap.xml": [("</urlset>", "<url><loc>https://x.org/</loc></url></urlset>")]},
        "sitemap.xml",
    ),
    "sitemap-lacks-page": Broken(
        "SIT014", {"sitemap.xml": [(f"<url><loc>{URL}a/</loc></url>", "")]}, "a/index.html"
    ),
    "sitemap-names-noindex": Broken(
        "SIT036",
        {
            "sitemap.xml": [(f"{URL}a/", f"▸{URL}a/")],
            "a/index.html": [("</head>", '<meta name="robots" content="noindex"></head>')],
        },
    ),
    "sitemap-unreadable": Broken("SIT013", {"sitemap.xml": "<urlset><url>"}, "sitemap.xml"),
    "sitemap-language-dead": Broken(
        "SIT013",
        {
            "sitemap.xml": [
                (
                    "</urlset>",
                    f'<url><loc>{URL}</loc><xhtml:link rel="alternate" hreflang="ko" href="▸{URL}ko/"/></url></urlset>',
                )
            ]
        },
    ),
    "sitemap-of-sitemaps-dead": Broken(
        "SIT013",
        {"sitemap_index.xml": f"<sitemapindex><sitemap><loc>▸{URL}no.xml</loc></sitemap></sitemapindex>"},
    ),
    "search-dead": Broken(
        "SIT015",
        {"search/search_index.json": '{"docs": [{"location": ""}, {"location": "no/"}, {"location": "a/"}]}'},
        "search/search_index.json",
    ),
    "search-dead-anchor": Broken(
        "SIT015",
        {"search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/#no"}]}'},
        "search/search_index.json",
    ),
    "search-dead-anchors-of-one-page": Broken(
        "SIT015",
        {
            "search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/#1"}, {"location": "a/#2"}, {"location": "a/#3"}]}'
        },
        "search/search_index.json",
    ),
    "search-lacks-page": Broken(
        "SIT033", {"search/search_index.json": '{"docs": [{"location": ""}]}'}, "a/index.html"
    ),
    "rss-link": Broken("SIT032", {"feed.xml": rss(link=f"▸{URL}no/")}),
    "rss-link-anchor": Broken("SIT032", {"feed.xml": rss(link=f"▸{URL}a/#no")}),
    "rss-permanent-id": Broken("SIT032", {"feed.xml": rss(guid=f"▸{URL}no/", permalink="true")}),
    "rss-enclosure": Broken("SIT032", {"feed.xml": rss(enclosure=f'<enclosure url="▸{URL}no.mp3"/>')}),
    "rss-self": Broken("SIT032", {"rss.xml": rss().replace(f"{URL}feed.xml", f"▸{URL}feed.xml")}),
    "atom-link": Broken("SIT032", {"feed.xml": atom(f'<link href="▸{URL}no/"/>')}),
    "atom-alternate": Broken("SIT032", {"feed.xml": atom(f'<link rel="alternate" href="▸{URL}no/"/>')}),
    "atom-enclosure": Broken(
        "SIT032", {"feed.xml": atom(f'<link href="{URL}"/><link rel="enclosure" href="▸{URL}no.pdf"/>')}
    ),
    "json-url": Broken("SIT032", {"feed.json": json_feed(url=f"▸{URL}no/")}),
    "json-image": Broken("SIT032", {"feed.json": json_feed(image=f"▸{URL}no.png")}),
    "json-attachment": Broken("SIT032", {"feed.json": json_feed(attachments=[{"url": f"▸{URL}no.mp3"}])}),
    "feed-broken": Broken(
        "SIT032",
        {"feed.xml": '<?xml version="1.0"?><rss version="2.0"><channel><title>a & b</title>'},
        "feed.xml",
    ),
    "manifest-icon": Broken("SIT003", manifest(icons=[{"src": "▸no.png"}])),
    "manifest-of-any-name": Broken(
        "SIT003",
        head('<link rel="manifest" href="../site.json">')
        | {"site.json": '{"name": "x", "icons": [{"src": "▸no.png"}]}'},
    ),
    "manifest-of-any-name-unreadable": Broken(
        "SIT024", head('<link rel="manifest" href="../site.json">') | {"site.json": "{"}, "site.json"
    ),
    "manifest-screenshot": Broken("SIT003", manifest(screenshots=[{"src": "▸no.png"}])),
    "manifest-shortcut-icon": Broken(
        "SIT003", manifest(shortcuts=[{"url": "a/", "icons": [{"src": "▸no.png"}]}])
    ),
    "manifest-shortcut": Broken("SIT001", manifest(shortcuts=[{"name": "x", "url": "▸no/"}])),
    "manifest-start": Broken("SIT001", manifest(start_url="▸no/")),
    "manifest-unreadable": Broken("SIT024", {"app.webmanifest": "{"}, "app.webmanifest"),
    "orphan": Broken(
        "SIT006", merged(page("b/index.html"), {FIRST: [('<a href="b/">more</a>', "")]}), "b/index.html"
    ),
    "orphan-linked-by-itself": Broken(
        "SIT006",
        merged(page("b/index.html", '<a href="./">x</a>'), {FIRST: [('<a href="b/">more</a>', "")]}),
        "b/index.html",
    ),
    "orphans-that-link-to-each-other": Broken(
        "SIT006",
        merged(
            page("b.html", '<a href="c.html">x</a>'),
            page("c.html", '<a href="b.html">x</a>'),
            {FIRST: [('<a href="b.html">more</a>', ""), ('<a href="c.html">more</a>', "")]},
        ),
        count=2,
    ),
    "not-in-navigation": Broken("SIT034", book(11, 12), "b/p11/index.html"),
}

CLEAN: dict[str, Changes] = {
    "sitemap-spaces": {"sitemap.xml": [(f"{URL}a/", f"\n  {URL}a/\n")]},
    "sitemap-cdata": {"sitemap.xml": [(f"{URL}a/", f"<![CDATA[{URL}a/]]>")]},
    "sitemap-missing": {"sitemap.xml": None, FIRST: []},
    "sitemap-empty-as-by-a-build-without-address": {"sitemap.xml": "<urlset></urlset>"},
    "sitemap-of-sitemaps": {
        "sitemap_index.xml": f"<sitemapindex><sitemap><loc>{URL}sitemap.xml</loc></sitemap></sitemapindex>"
    },
    "search-decoded": {"search/search_index.json": [('"a/#a"', '"a/#%61"')]},
    "search-excluded": merged(
        page("b.html", "<p data-search-exclude>x</p>"),
        {"search/search_index.json": [('{"location": "b.html"}, ', "")]},
    ),
    "search-of-another-engine": {"search/search_index.json": '{"docs": []}'},
    "stub-is-in-no-index": {"old.html": stub("a/")},
    "rss": {"feed.xml": rss()},
    "rss-id-that-is-no-address": {"feed.xml": rss(guid="no/")},
    "rss-other-host": {"feed.xml": rss(link="https://un.org/no/")},
    "rss-in-cdata": {"feed.xml": rss(link=f"<![CDATA[{URL}]]>")},
    "atom": {"feed.xml": atom(f'<link href="{URL}a/#a"/>')},
    "json": {"feed.json": json_feed(attachments=[{"url": f"{URL}img/x.svg"}])},
    "json-that-is-no-feed": {"data.json": '{"items": [{"url": "no/"}]}', "broken.json": "{"},
    "xml-that-is-no-feed": {
        "opensearch.xml": "<OpenSearchDescription><Url template='no'/></OpenSearchDescription>",
        "broken.xml": "<a>",
    },
    "manifest": manifest(
        shortcuts=[{"url": "a/", "icons": [{"src": "img/x.svg"}]}], start_url="./?from=app", id="/no"
    ),
    "manifest-of-any-name": head('<link rel="manifest" href="../site.json">')
    | {"site.json": '{"name": "x", "icons": [{"src": "img/x.svg"}]}'},
    "json-that-no-page-names": {"site.json": '{"name": "x", "icons": [{"src": "no.png"}]}'},
    "manifest-of-a-build-tool": {
        "manifest.json": '{"a.js": {"file": "no.js", "src": "no.ts"}}',
        "assets/manifest.json": "[]",
    },
    "orphan-to-be-left-out": {"b.html": html("B", "x", '<meta name="robots" content="noindex, follow">')},
    "page-by-frame": merged(
        page("b.html"), {FIRST: [('<a href="b.html">more</a>', '<iframe src="b.html" title="x"></iframe>')]}
    ),
    "page-by-area": merged(
        page("b.html"),
        {FIRST: [('<a href="b.html">more</a>', '<map name="m"><area href="b.html" alt="b"></map>')]},
    ),
    "navigation-of-a-part": book(4, 12),
    "navigation-whole": book(12, 12),
    "no-navigation": body("<nav></nav>"),
}

BROKEN |= {
    "search-page-gone-with-anchors": Broken(
        "SIT015",
        {
            "search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/"}, {"location": "b/"},'
            ' {"location": "b/#x"}, {"location": "b/#y"}]}'
        },
    ),
    "search-two-pages-gone": Broken(
        "SIT015",
        {
            "search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/"}, {"location": "b/#x"},'
            ' {"location": "c/"}]}'
        },
        count=2,
    ),
}

test_a_defect_is_found_at_its_place, test_a_trap_is_left_alone = trials(BROKEN, CLEAN)


def test_sitemap_is_in_the_clean_site(tmp_path: Path) -> None:
    assert "sitemap.xml" in SITE
    assert not found_in(tmp_path, {})
