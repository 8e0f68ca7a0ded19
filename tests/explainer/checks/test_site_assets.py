"""Files that pages load: a battery of defects and of traps."""

import base64
import hashlib
from pathlib import Path

import pytest

from tests.explainer.checks.battery import A, Broken, body, found_in, head, merged, page, trials
from tests.explainer.checks.projects import SITE, Changes, html, told

SCRIPT = "console.log(1)\n"


def integrity(text: str, name: str = "sha384") -> str:
    """The value of an integrity attribute."""
    return f"{name}-{base64.b64encode(hashlib.new(name, text.encode()).digest()).decode()}"


def script(value: str, more: str = "") -> Changes:
    """A script of the site with this integrity."""
    return head(f'<script src="../x.js" integrity="{value}"{more}></script>') | {"x.js": SCRIPT}


BROKEN: dict[str, Broken] = {
    "image": Broken("SIT003", body('<img src="▸no.png" alt="x">')),
    "image-of-own-host": Broken("SIT003", body('<img src="▸https://allies.test.org/site/no.png" alt="x">')),
    "image-with-anchor": Broken("SIT003", body('<img src="▸no.png#only-light" alt="x">')),
    "image-with-query": Broken("SIT003", body('<img src="▸no.png?v=2" alt="x">')),
    "image-in-wrong-case": Broken("SIT003", body('<img src="▸../img/X.svg" alt="x">')),
    "image-in-noscript": Broken("SIT003", body('<noscript><img src="▸no.png" alt="x"></noscript>')),
    "image-in-svg": Broken("SIT003", body('<svg><image href="▸no.png"></image></svg>')),
    "image-in-svg-old-way": Broken("SIT003", body('<svg><image xlink:href="▸no.png"></image></svg>')),
    "image-of-input": Broken("SIT003", body('<input type="image" src="▸no.png" alt="x">')),
    "set-first": Broken(
        "SIT003", body('<img src="../img/x.svg" srcset="▸no.png 1x, ../img/x.svg 2x" alt="x">')
    ),
    "set-without-spaces": Broken(
        "SIT003", body('<img src="../img/x.svg" srcset="../img/x.svg 300w,▸no.png 600w" alt="x">')
    ),
    "set-without-widths": Broken("SIT003", body('<img srcset="▸no.png" alt="x">')),
    "set-with-commas-in-names": Broken(
        "SIT003", body('<img src="../img/x.svg" srcset="▸w=1,h=2/no.png 1x, ../img/x.svg 2x" alt="x">')
    ),
    "set-of-source": Broken(
        "SIT003", body('<picture><source srcset="▸no.webp 2x"><img src="../img/x.svg" alt="x"></picture>')
    ),
    "set-of-preload": Broken("SIT003", head('<link rel="preload" as="image" imagesrcset="▸no.png 2x">')),
    "preload": Broken("SIT003", head('<link rel="preload" as="font" href="▸no.woff2">')),
    "module-preload": Broken("SIT003", head('<link rel="modulepreload" href="▸no.js">')),
    "prefetch": Broken("SIT003", head('<link rel="prefetch" href="▸no.html">')),
    "icon-of-two-words": Broken("SIT003", head('<link rel="shortcut icon" href="▸no.ico">')),
    "icon-for-touch": Broken("SIT003", head('<link rel="apple-touch-icon-precomposed" href="▸no.png">')),
    "icon-mask": Broken("SIT003", head('<link rel="mask-icon" href="▸no.svg">')),
    "tile-image": Broken("SIT003", head('<meta name="msapplication-TileImage" content="▸no.png">')),
    "picture-for-twitter": Broken(
        "SIT003", head('<meta name="twitter:image" content="▸https://allies.test.org/site/no.png">')
    ),
    "picture-secure": Broken(
        "SIT003", head('<meta property="og:image:secure_url" content="▸https://allies.test.org/site/no.png">')
    ),
    "picture-in-structured-data": Broken(
        "SIT003",
        head(
            '<script type="application/ld+json">{"image": ["▸https://allies.test.org/site/no.png"]}</script>'
        ),
    ),
    "manifest": Broken("SIT003", head('<link rel="manifest" href="▸no.webmanifest">')),
    "icon-of-start": Broken("SIT003", head('<link rel="apple-touch-startup-image" href="▸no.png">')),
    "page-made-ready": Broken("SIT003", head('<link rel="prerender" href="▸no.html">')),
    "picture-for-others": Broken("SIT003", head('<link rel="image_src" href="▸no.png">')),
    "picture-of-item": Broken("SIT003", body('<link itemprop="image" href="▸no.png">')),
    "picture-of-filter": Broken("SIT003", body('<svg><filter><feImage href="▸no.png"/></filter></svg>')),
    "background": Broken("SIT003", body('<table background="▸no.png"><tr><td>x</td></tr></table>')),
    "background-of-cell": Broken("SIT003", body('<table><tr><td background="▸no.png">x</td></tr></table>')),
    "css-import-without-space": Broken("SIT003", {"css/site.css": '@import"▸no.css";'}),
    "css-import-in-element": Broken("SIT003", head("<style>@import'▸no.css';</style>")),
    "blank-icon": Broken("SIT026", head('<link rel="icon" href="">'), A),
    "script": Broken("SIT003", body('<script src="▸no.js"></script>')),
    "module": Broken("SIT003", body('<script type="module" src="▸no.mjs"></script>')),
    "frame": Broken("SIT003", body('<iframe src="▸no.html" title="x"></iframe>')),
    "image-in-srcdoc": Broken("SIT003", body('<iframe srcdoc=\'<img src="▸no.png" alt="x">\'></iframe>')),
    "embed": Broken("SIT003", body('<embed src="▸no.pdf">')),
    "object": Broken("SIT003", body('<object data="▸no.pdf"></object>')),
    "sound": Broken("SIT003", body('<audio src="▸no.mp3"></audio>')),
    "source-of-sound": Broken("SIT003", body('<audio><source src="▸no.mp3"></audio>')),
    "subtitles": Broken("SIT003", body('<video><track src="▸no.vtt"></video>')),
    "poster": Broken("SIT003", body('<video poster="▸no.png"></video>')),
    "style-sheet": Broken("SIT003", head('<link rel="stylesheet" href="▸no.css">')),
    "style-sheet-turned-off": Broken(
        "SIT003", head('<link rel="alternate stylesheet" href="▸no.css" title="x">')
    ),
    "style-attribute": Broken("SIT003", body('<i style="background: url(▸no.png)">x</i>')),
    "style-attribute-quoted": Broken("SIT003", body("<i style=\"background: url('▸no.png')\">x</i>")),
    "style-element": Broken("SIT003", head("<style>a { cursor: url(▸no.cur), auto }</style>")),
    "style-element-in-body": Broken("SIT003", body('<style>@import "▸no.css";</style>')),
    "css-font": Broken("SIT003", {"css/site.css": "@font-face { src: url(▸no.woff2) format('woff2') }"}),
    "css-second-address": Broken(
        "SIT003", {"css/site.css": "a { background: url(../img/x.svg), url(▸no.png) }"}
    ),
    "css-import-url": Broken("SIT003", {"css/site.css": "@import url('▸no.css') screen;"}),
    "css-spaces": Broken("SIT003", {"css/site.css": "a { background: url(  ▸no.png  ) }"}),
    "css-image-set": Broken("SIT003", {"css/site.css": 'a { background: image-set("▸no.png" 1x) }'}),
    "css-of-css": Broken(
        "SIT003", {"css/site.css": "@import 'b/c.css';", "css/b/c.css": "a { background: url(▸../x.png) }"}
    ),
    "css-capitals": Broken("SIT003", {"css/site.css": "a { background: URL(▸no.png) }"}),
    "empty-image": Broken("SIT023", body('<img src="▸../img/e.png" alt="x">') | {"img/e.png": ""}),
    "empty-script": Broken("SIT023", body('<script src="▸../e.js"></script>') | {"e.js": ""}),
    "empty-download": Broken("SIT023", body('<a href="▸../e.pdf">x</a>') | {"e.pdf": ""}),
    "empty-css-image": Broken("SIT023", {"css/site.css": "a { background: url(▸e.png) }", "css/e.png": ""}),
    "blank-source": Broken("SIT026", body('<img src="" alt="x">'), A),
    "blank-source-spaces": Broken("SIT026", body('<script src=" "></script>'), A),
    "blank-set": Broken("SIT026", body('<img src="../img/x.svg" srcset="" alt="x">'), A),
    "blank-style-sheet": Broken("SIT026", head('<link rel="stylesheet" href="">'), A),
    # htmltest, html-proofer: an image without any address
    "image-without-address": Broken("SIT026", body('<img alt="x">'), A),
    "blank-link": Broken("SIT026", body('<a href="">x</a>'), A),
    "integrity": Broken("SIT030", script("▸" + integrity("other"))),
    "integrity-sha256": Broken("SIT030", script("▸" + integrity("other", "sha256"))),
    "integrity-strongest-counts": Broken(
        "SIT030", script("▸" + integrity(SCRIPT, "sha256") + " " + integrity("other", "sha512"))
    ),
    "integrity-malformed": Broken("SIT030", script("▸sha384-")),
    "integrity-unknown-hash": Broken("SIT030", script("▸md5-1B2M2Y8AsgTpgAmY7PhCfg==")),
    "integrity-of-style": Broken(
        "SIT030", head(f'<link rel="stylesheet" href="../css/site.css" integrity="▸{integrity("other")}">')
    ),
    "integrity-of-preload": Broken(
        "SIT030",
        head(f'<link rel="preload" as="style" href="../css/site.css" integrity="▸{integrity("other")}">'),
    ),
    "other-host-image": Broken("SIT021", body('<img src="▸https://un.org/x.png" alt="x">')),
    "other-host-set": Broken(
        "SIT021", body('<img src="../img/x.svg" srcset="▸https://un.org/x.png 2x" alt="x">')
    ),
    "other-host-style": Broken("SIT021", body('<i style="background: url(▸https://un.org/x.png)">x</i>')),
    "other-host-import": Broken("SIT021", {"css/site.css": '@import "▸https://fonts.net.org/css";'}),
    "other-host-frame": Broken("SIT021", body('<iframe src="▸https://un.org/" title="x"></iframe>')),
    "other-host-in-noscript": Broken(
        "SIT021", body('<noscript><img src="▸https://un.org/x.gif" alt=""></noscript>')
    ),
    "other-host-dns": Broken("SIT021", head('<link rel="dns-prefetch" href="▸//fonts.net.org">')),
    "other-host-sprite": Broken("SIT021", body('<svg><use href="▸https://un.org/x.svg#a"></use></svg>')),
}

CLEAN: dict[str, Changes] = {
    "rels": head(
        '<link rel="apple-touch-startup-image" href="../img/x.svg"><link rel="prerender" href="../">'
        '<link rel="image_src" href="https://cdn.net.org/x.png"><link rel="amphtml" href="https://x.org/a">'
        '<link itemprop="image" href="https://cdn.net.org/x.png"><link rel="index" href="../">'
        '<link rel="pingback" href="https://x.org/">'
    ),
    "background": body(
        '<table background="../img/x.svg"><tr><td background="../img/x.svg">x</td></tr></table>'
    ),
    "css-import-without-space": {"css/site.css": '@import"b.css";', "css/b.css": "a { color: red }"},
    "line-breaks-in-source": body('<img src="\n../img/x.svg\n" alt="x">'),
    "semicolons-between-attributes": body('<img src="../img/x.svg" alt="x" ; width="3" ;>'),
    "set-with-data": body(
        '<img src="../img/x.svg" srcset="data:image/png;base64,AA,BB= 1x, ../img/x.svg 2x" alt="x">'
    ),
    "set-of-widths": body(
        '<img src="../img/x.svg" srcset=" ../img/x.svg 320w , ../img/x.svg 1.5x," alt="x">'
    ),
    "set-with-commas-in-names": body(
        '<img src="../img/x.svg" srcset="../w=1,h=2/y.svg 1x, ../img/x.svg 2x" alt="x">'
    )
    | {"w=1,h=2/y.svg": "<svg/>"},
    "picture-without-source": body(
        '<picture><source srcset="../img/x.svg"><img src="../img/x.svg" alt=""></picture>'
    ),
    "image-with-set-only": body('<img srcset="../img/x.svg 1x" alt="x">'),
    "image-loaded-by-script": body('<img data-src="../img/x.svg" alt="x" class="lazy">'),
    "data-source": body(
        '<img src="data:image/svg+xml;utf8,<svg/>" alt="x"><img src="DATA:image/gif;base64,R0" alt="x">'
    ),
    "blob": body('<video src="blob:x"></video>'),
    "media-without-address": body(
        '<audio></audio><video></video><script>1</script><iframe title="x"></iframe>'
    ),
    "input-of-text": body('<input type="text" src="no.png"> <input src="no.png">'),
    "frame-about-blank": body('<iframe src="about:blank" title="x"></iframe>'),
    "css-data": {
        "css/site.css": "a{background:url(\"data:image/svg+xml;utf8,<svg xmlns='x' fill='url(no.png)'/>\")}"
    },
    "css-anchors": {
        "css/site.css": "a { filter: url(#f); clip-path: url('#c') } @namespace url(http://www.w3.org/2000/svg);"
    },
    "css-comment": {"css/site.css": "/* url(no.png) */ a { content: 'url(no.png)' } /* @import 'no.css' */"},
    "css-anchor-in-file": {"css/site.css": "a { mask: url(../img/x.svg#m) }"},
    "css-font-iefix": {
        "css/site.css": "@font-face { src: url(f.eot?#iefix), url('f.woff?v=1#x') }",
        "css/f.eot": "x",
        "css/f.woff": "x",
    },
    "css-empty": {"css/site.css": "a { background: url() } b { background: url('') }"},
    "css-escapes": {"css/site.css": "a { background: url(a\\ b.png) }", "css/a b.png": "x"},
    "css-variables": {"css/site.css": "a { --x: url(../img/x.svg); background: var(--x) }"},
    "css-unused": {"css/old.css": "a { background: url(../img/x.svg) }"},
    "style-of-other-type": head('<style type="text/x-template">a { background: url(no.png) }</style>'),
    "preconnect-to-itself": head('<link rel="preconnect" href="https://allies.test.org">'),
    "other-host-canonical-pictures": head('<meta property="og:image" content="https://cdn.net.org/x.png">'),
    "other-host-linked": body('<a href="https://un.org/x.png">x</a> <form action="https://un.org/"></form>'),
    "other-host-me": head(
        '<link rel="me" href="https://social.net.org/@x"><link rel="license" href="https://x.org/l">'
    ),
    "neighbour-on-the-host": head('<link rel="icon" href="https://allies.test.org/static/x.png">'),
    "empty-data-file": {"data/e.csv": "", "py.typed": ""},
    "integrity": script(integrity(SCRIPT)),
    "integrity-with-spaces": script(f"  {integrity(SCRIPT)}\n"),
    "integrity-strongest-counts": script(f"{integrity('other', 'sha256')} {integrity(SCRIPT, 'sha512')}"),
    "integrity-one-of-two": script(f"{integrity('other')} {integrity(SCRIPT)}"),
    "integrity-with-options": script(f"{integrity(SCRIPT)}?ct=text/javascript"),
    "integrity-empty": script(""),
    "integrity-of-link": body('<a href="../css/site.css" integrity="sha384-x">x</a>'),
}

test_a_defect_is_found_at_its_place, test_a_trap_is_left_alone = trials(BROKEN, CLEAN)


def test_many_files_of_one_host_are_one_finding(tmp_path: Path) -> None:
    images = " ".join(f'<img src="https://avatars.net.org/{number}" alt="x">' for number in range(30))
    findings = found_in(tmp_path, body(images))
    assert [item.rule for item in findings] == ["SIT021"]
    assert "29 more" in findings[0].message


def test_a_picture_that_is_shown_and_linked_is_one_finding(tmp_path: Path) -> None:
    findings = found_in(tmp_path, body('<a href="no.png"><img src="no.png" alt="x"></a>'))
    assert [item.rule for item in findings] == ["SIT003"]


def test_one_relative_path_in_a_template_is_one_finding(tmp_path: Path) -> None:
    pages: Changes = {
        f"p{number}/{'q/' * (number % 3)}index.html": html(
            f"P{number}",
            f'<a href="/site/">x</a><a href="/site/p{(number + 1) % 12}/{"q/" * ((number + 1) % 12 % 3)}">n</a>'
            '<a href="imprint.html">imprint</a>',
        )
        for number in range(12)
    }
    findings = [item for item in found_in(tmp_path, merged(pages)) if item.rule == "SIT001"]
    assert len(findings) == 1
    assert "on 12 pages" in findings[0].message


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("SIT002", '<a href="#nope">x</a>'),
        ("SIT026", '<a href="">x</a>'),
        ("SIT026", '<img src="" alt="x">'),
        ("SIT028", '<svg><use href="#nope"></use></svg>'),
        ("SIT029", '<a href="#:~:text=nowhere%20said">x</a>'),
    ],
)
def test_a_fault_of_the_own_page_in_a_template_is_one_finding(
    rule: str, written: str, tmp_path: Path
) -> None:
    findings = found_in(tmp_path / "all", merged(*(page(f"p{n}.html", written) for n in range(8))))
    assert [item.rule for item in findings] == [rule], told(findings)
    assert "(on 8 pages)" in findings[0].message
    few = found_in(tmp_path / "few", merged(*(page(f"p{n}.html", written) for n in range(2))))
    assert [item.rule for item in few] == [rule] * 2, told(few)
    two = merged(*(page(f"p{n}.html", written + written.replace("nope", "none")) for n in range(8)))
    if "nope" in written:
        assert len(found_in(tmp_path / "two", two)) == 2


def test_an_own_anchor_that_the_pages_have_is_left_alone(tmp_path: Path) -> None:
    written = '<i id="yes"></i><a href="#yes">x</a><svg><use href="#yes"></use></svg>'
    assert not found_in(tmp_path, merged(*(page(f"p{n}.html", written) for n in range(8))))


def test_the_clean_site_has_a_style_sheet() -> None:
    assert "css/site.css" in SITE
