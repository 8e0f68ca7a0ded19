"""Every rule on the built site: a site that breaks it, exactly it speaks; and clean twins that look alike."""

from pathlib import Path

import pytest

from explainer.checks.site import Listing, load_site
from tests.explainer.checks.battery import FIRST, A, Broken, body, found_in, head, page, trials
from tests.explainer.checks.projects import SITE, Changes, Content, check, html, project, told

BIG = "<p>" + "<b>" * 10_000 + "deep"

BROKEN: dict[str, Broken] = {
    "link-dead": Broken("SIT001", body('<a href="../b/">b</a>')),
    "link-dead-after-decoding": Broken("SIT001", body('<a href="../b%20c/">b</a>')),
    "link-in-wrong-case": Broken("SIT001", body('<a href="../A/">b</a>')),
    "link-full-dead": Broken("SIT001", body('<a href="https://allies.test.org/site/b/">b</a>')),
    "area-dead": Broken("SIT001", body('<map><area href="../b/" alt="b"></map>')),
    "form-dead": Broken("SIT001", body('<form action="../send"></form>')),
    "cite-dead": Broken("SIT001", body('<blockquote cite="../b/">b</blockquote>')),
    "alternate-dead": Broken("SIT001", head('<link rel="alternate" hreflang="ko" href="../ko/">')),
    "index-dead": Broken("SIT001", head('<link rel="index" href="../no/">')),
    "page-for-phones-dead": Broken("SIT001", head('<link rel="amphtml" href="amp.html">')),
    "pingback-dead": Broken("SIT001", head('<link rel="pingback" href="../xmlrpc">')),
    "anchor-dead": Broken("SIT002", body('<a href="../#nothing">b</a>')),
    "anchor-dead-here": Broken("SIT002", body('<a href="#nothing">b</a>')),
    "anchor-in-comment": Broken("SIT002", body('<!-- <i id="x"></i> --><a href="#x">b</a>')),
    "anchor-in-template": Broken("SIT002", body('<template><i id="x"></i></template><a href="#x">b</a>')),
    "image-missing": Broken("SIT003", body('<img src="../img/no.png" alt="x">')),
    "srcset-missing": Broken(
        "SIT003",
        body('<img src="../img/x.svg" srcset="../img/x.svg 1x, ../img/no.png 2x" alt="x">'),
    ),
    "source-missing": Broken("SIT003", body('<picture><source srcset="../img/no.webp"></picture>')),
    "poster-missing": Broken("SIT003", body('<video poster="../img/no.png"></video>')),
    "track-missing": Broken("SIT003", body('<video><track src="no.vtt"></video>')),
    "object-missing": Broken("SIT003", body('<object data="no.pdf"></object>')),
    "script-missing": Broken("SIT003", body('<script src="../no.js"></script>')),
    "style-sheet-missing": Broken("SIT003", head('<link rel="stylesheet" href="../no.css">')),
    "icon-missing": Broken("SIT003", head('<link rel="icon" href="../no.ico">')),
    "css-url-missing": Broken("SIT003", {"css/site.css": "a { background: url('../img/no.png') }"}),
    "css-import-missing": Broken("SIT003", {"css/site.css": '@import "no.css";'}),
    "style-element-missing": Broken("SIT003", head("<style>a { background: url(no.png) }</style>")),
    "style-attribute-missing": Broken("SIT003", body('<i style="background: url(no.png)">x</i>')),
    "og-image-missing": Broken(
        "SIT003",
        head('<meta property="og:image" content="https://allies.test.org/site/no.png">'),
    ),
    "symbol-file-missing": Broken("SIT003", body('<svg><use href="../img/no.svg#x"></use></svg>')),
    "manifest-icon-missing": Broken("SIT003", {"app.webmanifest": '{"icons": [{"src": "no.png"}]}'}),
    "link-outside-base": Broken("SIT004", body('<a href="/a/">a</a>')),
    "link-climbs-out": Broken("SIT004", body('<a href="../../x/">a</a>')),
    "id-twice": Broken("SIT005", body('<p id="x">1</p><p id="x">2</p>')),
    "page-orphan": Broken("SIT006", page("b/index.html", linked=False)),
    "folder-without-index": Broken("SIT007", body('<a href="../img/">b</a>')),
    "slash-missing": Broken("SIT008", {FIRST: [('href="a/"', 'href="a"')]}),
    "slash-double": Broken("SIT009", body('<a href="..//a/">b</a>')),
    "link-to-redirect": Broken(
        "SIT010",
        body('<a href="../old/">b</a>')
        | {"old/index.html": '<html><meta http-equiv="refresh" content="0; url=../a/"></html>'},
    ),
    "redirect-dead": Broken(
        "SIT011",
        {"old/index.html": '<html><meta http-equiv="refresh" content="0; url=../b/"></html>'},
    ),
    "redirect-to-dead-anchor": Broken(
        "SIT011",
        {"old.html": '<html><meta http-equiv="refresh" content="0; url=a/#x"></html>'},
    ),
    "redirect-in-circle": Broken(
        "SIT011",
        {
            "o.html": '<html><meta http-equiv="refresh" content="0; url=p.html"></html>',
            "p.html": '<html><meta http-equiv="refresh" content="0; url=o.html"></html>',
        },
    ),
    "canonical-of-another": Broken("SIT012", {A: [("/site/a/", "/site/")]}),
    "canonical-dead": Broken("SIT012", {A: [("/site/a/", "/site/b/")]}),
    "sitemap-dead": Broken(
        "SIT013",
        {"sitemap.xml": [("</urlset>", "<url><loc>https://allies.test.org/site/b/</loc></url></urlset>")]},
    ),
    "sitemap-lacks-page": Broken(
        "SIT014",
        {"sitemap.xml": [("<url><loc>https://allies.test.org/site/a/</loc></url>", "")]},
    ),
    "search-dead": Broken(
        "SIT015",
        {"search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/"}, {"location": "b/"}]}'},
    ),
    "search-anchor-dead": Broken(
        "SIT015",
        {"search/search_index.json": '{"docs": [{"location": ""}, {"location": "a/#x"}]}'},
    ),
    "search-unreadable": Broken("SIT015", {"search/search_index.json": "{"}),
    "alt-missing": Broken("SIT016", body('<img src="../img/x.svg">')),
    "language-missing": Broken("SIT017", {A: [(' lang="en"', "")]}),
    "title-missing": Broken("SIT018", {A: [("<title>A</title>", "")]}),
    "description-missing": Broken("SIT019", {A: [('content="About A."', 'content=""')]}),
    "title-twice": Broken("SIT020", {A: [("<title>A<", "<title>First<")]}),
    "script-of-another-host": Broken("SIT021", body('<script src="https://cdn.jsdelivr.net/x.js"></script>')),
    "font-of-another-host": Broken(
        "SIT021", head('<link rel="preconnect" href="https://fonts.gstatic.com">')
    ),
    "frame-of-another-host": Broken("SIT021", body('<iframe src="//www.youtube.com/embed/x"></iframe>')),
    "css-of-another-host": Broken(
        "SIT021", {"css/site.css": "a { background: url(https://cdn.net.org/x.png) }"}
    ),
    "citation-left": Broken("SIT022", body("<p>It did [@prc-1961-treaty].</p>")),
    "footnote-left": Broken("SIT022", body("<p>It did[^1].</p>")),
    "template-left": Broken("SIT022", body("<p>{{ page.title }}</p>")),
    "directive-left": Broken("SIT022", body("<p>\n::: verdict china\n</p>")),
    "asset-empty": Broken("SIT023", {"css/site.css": ""}),
    "page-empty": Broken(
        "SIT023",
        {
            "b.html": "",
            "sitemap.xml": [
                ("</urlset>", "<url><loc>https://allies.test.org/site/b.html</loc></url></urlset>")
            ],
        },
    ),
    "page-not-utf8": Broken("SIT024", {"b.html": b"<html><meta charset=utf-8>\xff</html>"}),
    "label-dead": Broken("SIT025", body('<label for="nothing">x</label>')),
    "address-empty": Broken("SIT026", body('<img src="" alt="x">')),
    "names-differ-in-case": Broken("SIT027", {"img/X.svg": "<svg/>"}),
}

CLEAN: dict[str, Changes] = {
    "as-it-is": {},
    "other-hosts-linked": body('<a href="https://www.un.org/nothing">UN</a> <a href="mailto:x@un.org">x</a>'),
    "top": body('<a href="#">x</a> <a href="#top">x</a> <a href="../#TOP">x</a>'),
    "anchor-by-name": body('<a name="x"></a><a href="#x">x</a>'),
    "anchor-encoded": body('<i id="á b"></i><a href="#%C3%A1%20b">x</a> <a href="#á b">x</a>'),
    "anchor-raw-percent": body('<i id="a%20b"></i><a href="#a%20b">x</a>'),
    "text-fragment": body('<a href="#:~:text=words">x</a> <a href="../#first:~:text=words">x</a>'),
    "anchor-on-image": body(
        '<a href="../img/x.svg#only-light">x</a> <img src="../img/x.svg#only-dark" alt="x">'
    ),
    "spaces-around": body('<a href=" ../ ">x</a>'),
    "query": body('<a href="../?q=x#first">x</a> <script src="../css/site.css?v=3"></script>'),
    "dots": body('<a href="./../a/./">x</a>'),
    "backslash": body('<a href="..\\a/">x</a>'),
    "entity": page("b&c/index.html", linked=False)
    | body('<a href="b&amp;c/">x</a>', FIRST)
    | {
        "sitemap.xml": [("</urlset>", "<url><loc>https://allies.test.org/site/b&amp;c/</loc></url></urlset>")]
    },
    "base-element": body('<a href="a/#a">x</a>')
    | head('<base href="../">')
    | {
        A: [
            ("</head>", '<base href="../"></head>'),
            ('href="../#first"', 'href="#first"'),
            ('href="#a"', 'href="a/#a"'),
            ("../img/x.svg", "img/x.svg"),
        ]
    },
    "in-comment": body('<!-- <a href="no/">x</a> <img src="no.png"> -->'),
    "in-code": body("<pre><code>[@x] {{ y }} [^1]\n::: z</code></pre>"),
    "in-script": body("<script>var x = \"<a href='no/'>[@x]</a>\"</script>"),
    "data-address": body('<img src="data:image/png;base64,AAAA" alt="x">'),
    "decoration": body('<img src="../img/x.svg" alt=""> <img src="../img/x.svg" role="presentation">'),
    "ids-in-svg": body('<svg><g id="x"/></svg><svg><g id="x"/></svg>'),
    "ids-of-theme": body('<input id="__tabbed_1_1"><input id="__tabbed_1_1"><label for="__toc">x</label>'),
    "redirect": {"old/index.html": '<html><meta http-equiv="refresh" content="0; url=../a/#a"></html>'},
    "download-link": body('<a href="../css/site.css" download>x</a>'),
    "tel-and-javascript": body('<a href="tel:+41">x</a> <a href="javascript:void(0)">x</a>'),
    "no-href": body("<a>x</a>"),
    "part-of-page": {"part.html": "<p>a part</p>"},
    "noindex-page": {"b.html": html("B", "words", '<meta name="robots" content="noindex">')},
    "braces-in-text": body("<p>{a} and {} and [1] and [x]</p>"),
    "css-comment": {"css/site.css": "/* url(no.png) @import 'no.css' */ a { filter: url(#x) }"},
}

test_exactly_the_rule_speaks, test_nothing_speaks = trials(BROKEN, CLEAN)


def test_one_report_for_one_cause(tmp_path: Path) -> None:
    pages: Changes = {
        f"p{number}/index.html": html(f"P{number}", '<a href="../">x</a><a href="../no/">no</a>')
        for number in range(44)
    }
    found = [item for item in found_in(tmp_path, pages) if item.rule == "SIT001"]
    assert len(found) == 1
    assert "on 44 pages" in found[0].message


def test_the_place_is_that_in_the_html(tmp_path: Path) -> None:
    found = found_in(tmp_path, body(' <a href="../b&amp;c/">b</a>'))
    assert [(item.path, item.line, item.column) for item in found] == [("a/index.html", 12, 11)]


def test_without_an_address_the_canonical_links_decide(tmp_path: Path) -> None:
    assert not found_in(tmp_path, {}, url="")
    found = found_in(tmp_path, body('<a href="/other-site/">x</a>'), url="")
    assert not found, told(found)


def test_many_processes_see_the_same(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    for number in range(300):
        (tmp_path / "s" / f"{number}.html").write_text(
            html(str(number), f'<a href="{number + 1}.html">x</a>')
        )
    one, two = (load_site(tmp_path / "s", jobs=jobs).pages for jobs in (1, 2))
    assert one == two


def test_bad_input_is_a_finding_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.html").symlink_to(tmp_path / "self.html")
    changes = body('<a href="../b/">b</a>') | {
        "deep.html": html("Deep", BIG, '<meta name="robots" content="noindex">'),
        "bytes.html": b"<html><body>\xff\xfe\x00</body></html>",
        "null.html": html("Null", "\x00", '<meta name="robots" content="noindex">'),
    }
    found = found_in(tmp_path, changes)
    assert {item.rule for item in found} == {"SIT001", "SIT024"}, told(found)
    assert {item.path for item in found} == {"a/index.html", "bytes.html", "self.html"}


def test_elements_without_end_are_read(tmp_path: Path) -> None:
    nested = "<noscript><i id=q></i>" * 2000 + "<a href='#:~:text=" + "a," * 2000 + "'>x</a>"
    found = found_in(tmp_path, body(nested) | {"sitemap.xml": "<urlset>" + "<url>" * 2000})
    assert {item.rule for item in found} == {"SIT013", "SIT029"}, told(found)


def test_a_page_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Listing({"gone.html": 10, "index.html": 10})
    monkeypatch.setattr("explainer.checks.site.load.list_files", lambda _: listing)
    site = load_site(tmp_path)
    assert all(page.error for page in site.pages.values())


# -- together with the words ----------------------------------------------------------------------------------------

BUILT: Changes = {
    "index.html": html(
        "Allies",
        '<a href="countries/china/">c</a><a href="faq/">q</a><a href="claims/">c</a>'
        '<a href="sources/">s</a><a href="about/method/">m</a>',
    ),
    "countries/china/index.html": html("China", '<article><h2 id="treaty">T</h2><p>words</p></article>'),
    "faq/index.html": html("FAQ", '<article><h3 id="is-china-an-ally">x</h3></article>'),
    "claims/index.html": html("Claims", "x"),
    "sources/index.html": html("Sources", "x"),
    "about/method/index.html": html("Method", '<h2 id="tests">x</h2>'),
}
LEDGER = (
    "/\n/about/method/\n/about/method/#tests\n/claims/\n/countries/china/\n/countries/china/#treaty\n/faq/\n"
    "/faq/#is-china-an-ally\n/sources/\n"
)


def test_the_ledger_of_addresses(tmp_path: Path) -> None:
    clean = project(tmp_path / "clean", {"docs/data/permalinks.txt": LEDGER}, BUILT)
    assert not check(clean).findings, told(list(check(clean).findings))
    gone = project(
        tmp_path / "gone", {"docs/data/permalinks.txt": LEDGER + "/countries/china/#pact\n/old/\n"}, BUILT
    )
    assert [(item.rule, item.line) for item in check(gone, ["PRM001"]).findings] == [
        ("PRM001", 10),
        ("PRM001", 11),
    ]
    page = project(
        tmp_path / "page",
        {"docs/data/permalinks.txt": LEDGER + "/old/\n/old/#a\n/old/#b\n/older/#c\n/older/#d\n"},
        BUILT,
    )
    told_of = {item.line: item.message for item in check(page, ["PRM001"]).findings}
    assert told_of == {
        10: "/old/ is no longer on the site, nor are its 2 anchors",
        13: "/older/ is no longer on the site, nor are its 2 anchors",
    }
    new = project(tmp_path / "new", {"docs/data/permalinks.txt": LEDGER.replace("/claims/\n", "")}, BUILT)
    assert [item.rule for item in check(new).findings] == ["PRM002"]
    stub = BUILT | {"old/index.html": '<html><meta http-equiv="refresh" content="0; url=../faq/"></html>'}
    kept = project(tmp_path / "kept", {"docs/data/permalinks.txt": LEDGER + "/old/\n/old/#x\n"}, stub)
    assert "PRM001" not in {item.rule for item in check(kept).findings}


def test_a_ledger_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    broken = project(tmp_path, {"docs/data/permalinks.txt": LEDGER.encode() + b"/caf\xe9/\n"}, BUILT)
    found = [item for item in check(broken).findings if item.path == "docs/data/permalinks.txt"]
    assert [item.rule for item in found] == ["PRM003"], told(found)


def test_an_id_twice_in_the_words_is_told_once(tmp_path: Path) -> None:
    name, twice = "docs/faq.md", '<p id="dupp">One.</p>\n\n<p id="dupp">Two.</p>\n\n## Sources'
    site = BUILT | {
        "faq/index.html": html(
            "FAQ",
            '<article><h3 id="is-china-an-ally">x</h3><p id="dupp">One.</p><p id="dupp">Two.</p></article>',
        )
    }
    changes: Changes = {"docs/data/permalinks.txt": LEDGER, name: [("## Sources", twice)]}
    found = list(check(project(tmp_path / "twice", changes, site)).findings)
    assert [item.rule for item in found] == ["LNK024"], told(found)
    # Once in the words, once in a template: only the built site shows it.
    once: Changes = {
        "docs/data/permalinks.txt": LEDGER,
        name: [("## Sources", '<p id="dupp">One.</p>\n\n## Sources')],
    }
    found = list(check(project(tmp_path / "once", once, site)).findings)
    assert [(item.rule, item.path) for item in found] == [("SIT005", name)], told(found)


def test_an_address_in_the_words_is_no_fault_of_the_template(tmp_path: Path) -> None:
    """The two are mended in two places: neither hides the other."""
    site: dict[str, Content] = {
        name: text.replace("</body>", '<a href="#nope">x</a></body>') if isinstance(text, str) else text
        for name, text in BUILT.items()
    }
    changes: Changes = {
        "docs/data/permalinks.txt": LEDGER,
        "docs/faq.md": [("## Sources", "More [words](#nope).\n\n## Sources")],
        "docs/sources.md": [("::: bib", "[Words](https://un.org/#nope-2).\n\n::: bib")],
    }
    found = list(check(project(tmp_path, changes, site)).findings)
    assert [item.rule for item in found] == ["LNK002", "SIT002"], told(found)
    assert "(on 5 pages)" in found[1].message


def stub_to(target: str) -> str:
    return html(
        "China", f'<a href="{target}">on</a>', f'<meta http-equiv="refresh" content="0; url={target}">'
    )


@pytest.mark.parametrize(
    ("short", "rules"),
    [
        ({"c/cn/index.html": stub_to("../../countries/china/")}, []),
        ({"c/ru/index.html": stub_to("../../countries/china/")}, ["PRM004"]),
        ({"c/cn/index.html": stub_to("../../faq/")}, ["PRM004"]),
        ({"c/cn/index.html": html("China", "Words.")}, ["PRM004"]),
    ],
)
def test_short_addresses_lead_to_the_page_of_the_country(
    short: Changes, rules: list[str], tmp_path: Path
) -> None:
    addresses = sorted(LEDGER.split() + [f"/{name.removesuffix('index.html')}" for name in short])
    made = project(tmp_path, {"docs/data/permalinks.txt": "\n".join(addresses) + "\n"}, BUILT | short)
    found = list(check(made, ["PRM"]).findings)
    assert [item.rule for item in found] == rules, told(found)
    assert all(item.path == "docs/data/countries.yml" for item in found)


@pytest.mark.parametrize("target", ["../nowhere/", "../faq/#nothing", "../old/"])
def test_a_redirect_that_leads_nowhere_is_told_once(target: str, tmp_path: Path) -> None:
    old = stub_to(target).replace(f'<a href="{target}">on</a>', "")
    built = BUILT | {"old/index.html": old, "older/index.html": old}
    addresses = sorted([*LEDGER.split(), "/old/", "/old/#x", "/older/"])
    made = project(tmp_path, {"docs/data/permalinks.txt": "\n".join(addresses) + "\n"}, built)
    found = list(check(made, ["PRM", "SIT"]).findings)
    assert {item.rule for item in found} <= {"SIT011"}, told(found)
    assert any(item.path.startswith("site/old") for item in found), told(found)


def test_a_defect_in_the_words_is_told_once_at_the_words(tmp_path: Path) -> None:
    words: Changes = {
        "docs/index.md": [("[China]", "[Iran](countries/iran.md) [x](faq.md#no) [China]")],
        "docs/data/permalinks.txt": LEDGER,
    }
    site = BUILT | {
        "index.html": html(
            "Allies",
            '<a href="countries/iran.md">i</a><a href="faq/#no">n</a>'
            + str(BUILT["index.html"]).partition("<body>")[2].partition("</body>")[0],
        )
    }
    found = check(project(tmp_path, words, site)).findings
    assert [(item.rule, item.path) for item in found] == [
        ("LNK001", "docs/index.md"),
        ("LNK002", "docs/index.md"),
    ], told(list(found))


def test_a_defect_in_html_points_at_the_words(tmp_path: Path) -> None:
    words: Changes = {
        "docs/index.md": [("[China]", '<a href="no/">no</a> [China]')],
        "docs/data/permalinks.txt": LEDGER,
    }
    site = BUILT | {"index.html": str(BUILT["index.html"]).replace("<body>", '<body><a href="no/">no</a>')}
    found = check(project(tmp_path, words, site)).findings
    assert [(item.rule, item.path, item.line) for item in found] == [("SIT001", "docs/index.md", 8)]


def test_the_clean_site_is_whole() -> None:
    assert set(SITE) >= {"index.html", "a/index.html", "404.html"}
