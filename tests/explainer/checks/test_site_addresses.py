"""Where links of a built site lead: a battery of defects and of traps."""

from pathlib import Path

import pytest

from tests.explainer.checks.battery import Broken, body, found_in, head, merged, page, stub, trials
from tests.explainer.checks.projects import Changes, html

BROKEN: dict[str, Broken] = {
    # htmltest, html-proofer, lychee, hyperlink: the plain cases
    "relative": Broken("SIT001", body('<a href="▸no.html">x</a>')),
    "relative-up": Broken("SIT001", body('<a href="▸../../site/no/">x</a>')),
    "root-relative": Broken("SIT001", body('<a href="▸/site/no.html">x</a>')),
    "own-host": Broken("SIT001", body('<a href="▸https://allies.test.org/site/no.html">x</a>')),
    "own-host-without-scheme": Broken("SIT001", body('<a href="▸//allies.test.org/site/no.html">x</a>')),
    "own-host-in-capitals": Broken("SIT001", body('<a href="▸HTTPS://ALLIES.test.org/site/no.html">x</a>')),
    "own-host-over-http": Broken("SIT001", body('<a href="▸http://allies.test.org/site/no.html">x</a>')),
    "own-host-with-default-port": Broken(
        "SIT001", body('<a href="▸https://allies.test.org:443/site/no.html">x</a>')
    ),
    "unquoted": Broken("SIT001", body("<a href=▸no.html>x</a>")),
    "single-quotes": Broken("SIT001", body("<a href='▸no.html'>x</a>")),
    "capitals": Broken("SIT001", body('<A HREF="▸no.html">x</A>')),
    "spaces-around": Broken("SIT001", body('<a href="▸  no.html  ">x</a>')),
    "over-lines": Broken("SIT001", body('<a\n  class="x"\n  href="▸no.html"\n>x</a>')),
    "with-query": Broken("SIT001", body('<a href="▸no.html?a=b">x</a>')),
    "encoded": Broken("SIT001", body('<a href="▸n%6F.html">x</a>')),
    "character-reference": Broken("SIT001", body('<a href="▸&#110;o.html">x</a>')),
    "case-of-file": Broken("SIT001", merged(page("Big.html"), body('<a href="▸../big.html">x</a>'))),
    "extension-left-out": Broken("SIT001", merged(page("b.html"), body('<a href="▸../b.htm">x</a>'))),
    "in-pre": Broken("SIT001", body('<pre><a href="▸no.html">x</a></pre>')),
    "in-noscript": Broken("SIT001", body('<noscript><a href="▸no.html">x</a></noscript>')),
    "nested-markup": Broken("SIT001", body('<a href="▸no.html"><b><i>x</i></b></a>')),
    "unclosed": Broken("SIT001", body('<p><a href="▸no.html">x')),
    "after-script": Broken("SIT001", body('<script>var a = "<a href=x>"</script><a href="▸no.html">x</a>')),
    "link-with-download": Broken("SIT001", body('<a href="▸no.pdf" download>x</a>')),
    "svg-link": Broken("SIT001", body('<svg><a xlink:href="▸no.html"><text>x</text></a></svg>')),
    "svg-link-href": Broken("SIT001", body('<svg><a href="▸no.html"><text>x</text></a></svg>')),
    "area": Broken("SIT001", body('<map name="m"><area href="▸no.html" alt="x"></map>')),
    "form": Broken("SIT001", body('<form action="▸no/"></form>')),
    "button-formaction": Broken("SIT001", body('<form><button formaction="▸no/">x</button></form>')),
    "quotation": Broken("SIT001", body('<q cite="▸no.html">x</q>')),
    "insertion": Broken("SIT001", body('<ins cite="▸no.html">x</ins>')),
    "next-page": Broken("SIT001", head('<link rel="next" href="▸../no/">')),
    "language-version": Broken("SIT001", head('<link rel="alternate" hreflang="ko" href="▸/site/ko/">')),
    "feed-link": Broken(
        "SIT001", head('<link rel="alternate" type="application/rss+xml" href="▸../feed.xml">')
    ),
    "srcdoc": Broken("SIT001", body('<iframe title="x" srcdoc="<a href=\'▸no.html\'>x</a>"></iframe>')),
    "address-when-shared": Broken(
        "SIT001", head('<meta property="og:url" content="▸https://allies.test.org/site/no/">')
    ),
    "structured-data": Broken(
        "SIT001",
        head('<script type="application/ld+json">{"url": "▸https://allies.test.org/site/no/"}</script>'),
    ),
    "two-bases": Broken(
        "SIT001",
        merged(
            page(
                "b/index.html", '<a href="a/">x</a> <a href="▸c/">x</a>', '<base href="../"><base href="x/">'
            )
        ),
    ),
    "base-of-the-root": Broken(
        "SIT001",
        merged(page("b/index.html", '<a href="▸c/">x</a> <a href="a/">x</a>', '<base href="/site/">')),
    ),
    # linkinator: a file name with a plus sign is not one with a space
    "plus-is-no-space": Broken("SIT001", merged(page("b c.html"), body('<a href="▸../b+c.html">x</a>'))),
    "twice-on-a-page-once-told": Broken("SIT001", body('<a href="▸no.html">x</a> <a href="no.html">y</a>')),
    "outside-but-here": Broken("SIT004", body('<a href="▸/a/">x</a>')),
    "outside-once": Broken("SIT004", body('<a href="▸/nowhere/x.html">x</a>')),
    "climbs-too-far": Broken("SIT004", body('<a href="▸../../../b/">x</a>')),
    "folder-without-page": Broken("SIT007", body('<a href="▸../css/">x</a>')),
    "folder-without-page-or-slash": Broken("SIT007", body('<a href="▸../css">x</a>')),
    "no-slash": Broken("SIT008", body('<a href="▸../a">x</a>')),
    "no-slash-with-anchor": Broken("SIT008", body('<a href="▸../a#a">x</a>')),
    "no-slash-with-query": Broken("SIT008", body('<a href="▸../a?x=1">x</a>')),
    "double-slash-inside": Broken("SIT009", merged(page("b/c.html"), body('<a href="▸../b//c.html">x</a>'))),
    "double-slash-at-the-end": Broken("SIT009", body('<a href="▸../a//">x</a>')),
    "double-slash-after-host": Broken("SIT009", body('<a href="▸https://allies.test.org/site//a/">x</a>')),
    "to-a-stub": Broken("SIT010", {**body('<a href="▸../old/">x</a>'), "old/index.html": stub("../a/")}),
    # html-proofer, htmltest, lychee: addresses that are none
    "mail-to-nobody": Broken("SIT035", body('<a href="▸mailto:">x</a>')),
    "mail-without-host": Broken("SIT035", body('<a href="▸mailto:octocat">x</a>')),
    "mail-badly-encoded": Broken("SIT035", body('<a href="▸mailto:x%ZZ@un.org">x</a>')),
    "telephone-without-number": Broken("SIT035", body('<a href="▸tel:">x</a>')),
    "scheme-with-semicolon": Broken("SIT035", body('<a href="▸https;//un.org/a">x</a>')),
    "scheme-misspelt": Broken("SIT035", body('<a href="▸htps://un.org/a">x</a>')),
    "scheme-twice": Broken("SIT035", body('<a href="▸https://https://un.org/a">x</a>')),
    "scheme-with-one-slash": Broken("SIT035", body('<a href="▸https:/un.org/a">x</a>')),
    "no-host": Broken("SIT035", body('<a href="▸https://">x</a>')),
    "bracket-in-host": Broken("SIT035", body('<a href="▸https://un]org/a">x</a>')),
    "space-in-host": Broken("SIT035", body('<a href="▸https://un org/a">x</a>')),
    "port-of-letters": Broken("SIT035", body('<a href="▸https://un.org:port/a">x</a>')),
    "port-too-large": Broken("SIT035", body('<a href="▸https://un.org:99999/a">x</a>')),
    "link-to-a-file": Broken("SIT035", body('<a href="▸file:///home/x/a.html">x</a>')),
    "drive-letter": Broken("SIT035", body('<a href="▸C:\\docs\\a.html">x</a>')),
}

CLEAN: dict[str, Changes] = {
    "other-schemes": body(
        '<a href="irc://irc.libera.chat/x">x</a> <a href="ftp://un.org/x">x</a> <a href="sms:+1">x</a> '
        '<a href="data:text/plain,x">x</a> <a href="matrix:u/x:y">x</a> <a href="magnet:?xt=x">x</a> '
        '<a href="vscode:extension/x">x</a> <a href="git+ssh://x/y">x</a> <a href="urn:isbn:1">x</a> '
        '<a href="about:blank">x</a> <a href="blob:x">x</a> <a href="web+x:y">x</a> <a href="chrome://flags">x</a>'
    ),
    "mail": body(
        '<a href="mailto:x@un.org?subject=%5BHello%5D">x</a> <a href="mailto:x@un.org,y@un.org">x</a> '
        '<a href="mailto:?subject=x&amp;body=y">share</a> <a href="MAILTO:x%40un.org">x</a> '
        '<a href="mailto:Jo%20Do%20%3Cx@un.org%3E">x</a>'
    ),
    "telephone": body(
        '<a href="tel:+41-22-917">x</a> <a href="tel:117;ext=3">x</a> <a href="tel:*100%23">x</a>'
    ),
    "odd-hosts": body(
        '<a href="https://пример.рф/">x</a> <a href="https://xn--e1afmkfd.xn--p1ai/">x</a> '
        '<a href="https://[2001:db8::1]:80/">x</a> <a href="https://x_y.un.org/">x</a> '
        '<a href="https://user:pass@un.org:8443/a">x</a> <a href="https://un.org.">x</a>'
    ),
    "odd-paths-elsewhere": body(
        '<a href="https://un.org/a|b?c=d|e">x</a> <a href="https://un.org/1:17:15">x</a> '
        '<a href="https://un.org/a?q=foo%2Bbar">x</a> <a href="https://un.org/ä b">x</a> '
        '<a href="https://web.archive.org/web/2020/https://un.org/">x</a> <a href="https://un.org//a//b">x</a> '
        '<a href="https://un.org/login?next=https://un.org/">x</a>'
    ),
    "neighbour-on-the-host": body('<a href="https://allies.test.org/other/">x</a>'),
    "other-port-of-the-host": body('<a href="https://allies.test.org:8443/site/no/">x</a>'),
    "host-with-more-in-front": body('<a href="https://www.allies.test.org/site/no/">x</a>'),
    "attribute-twice": body('<a href="../" href="no/">x</a>'),
    "query-only-in-a-folder": body('<a href="?x=1">x</a> <a href="?x=1#a">x</a>'),
    "query-only-on-a-file": merged(page("b.html", '<i id="here"></i><a href="?x=1#here">x</a>')),
    "default-port": body('<a href="https://allies.test.org:443/site/#first">x</a>'),
    "own-host-in-capitals": body('<a href="HTTPS://Allies.Test.ORG/site/#first">x</a>'),
    "own-address-without-slash": body('<a href="https://allies.test.org/site">x</a>'),
    "empty-query": body('<a href="../?">x</a> <a href="../?#first">x</a>'),
    "folder-named-like-a-page": merged(page("b.html/index.html"), body('<a href="../b.html/">x</a>')),
    "encoded-slash-of-unicode": merged(page("été/index.html"), body('<a href="../%C3%A9t%C3%A9/">x</a>')),
    "unicode-as-written": merged(page("조선/index.html"), body('<a href="../조선/">x</a>')),
    "space-in-name": merged(
        page("b c.html"), body('<a href="../b%20c.html">x</a> <a href="../b c.html">y</a>')
    ),
    "plus-in-name": merged(
        page("b+c.html"), body('<a href="../b%2Bc.html">x</a> <a href="../b+c.html">y</a>')
    ),
    "percent-in-name": merged(page("b%c.html"), body('<a href="../b%25c.html">x</a>')),
    "question-mark-in-name": merged(page("b?c.html"), body('<a href="../b%3Fc.html">x</a>')),
    "colon-in-name": merged(page("b:c.html"), body('<a href="../b:c.html">x</a>')),
    "pipe-encoded": merged(
        page("Kernel.html", '<i id="|>/2"></i>'), body('<a href="../Kernel.html#%7C%3E/2">x</a>')
    ),
    "line-break-inside": body('<a href="../\n#first">x</a>'),
    "up-and-down": body('<a href="../a/../a/./../#first">x</a>'),
    "above-the-root-stays": body('<a href="../../../site/a/">x</a>'),
    "placeholder-anchors": body('<a name="x"></a> <a id="y"></a> <a>z</a> <a class="w" role="button">w</a>'),
    "link-in-comment": body('<!-- <a href="no.html">x</a> -->'),
    "link-in-template": body('<template><a href="(none)">x</a><img src="no.png"></template>'),
    "link-in-textarea": body('<textarea><a href="no.html">x</a></textarea>'),
    "link-in-script": body("<script>/* <a href=wut> */ var a = '<img src=no.png>'</script>"),
    "address-in-code": body("<code>https://username:password:no</code> <pre>protocol://address:port</pre>"),
    "address-as-text": body("<p>Go to https://allies.test.org/site/no/ or no.html</p>"),
    "data-attributes": body('<i data-href="no.html" data-src="no.png">x</i>'),
    "custom-element": body('<x-card href="no.html" src="no.png"></x-card>'),
    "javascript": body('<a href="javascript:void(0)">x</a> <a href="JavaScript:;">x</a>'),
    "canonical-of-a-stub": {
        "old.html": stub("a/").replace("</head>", '<link rel="canonical" href="a/"></head>')
    },
    "language-version-of-a-neighbour": head(
        '<link rel="alternate" hreflang="ko" href="https://allies.test.org/ko/"><link rel="alternate" '
        'hreflang="ja" href="/ja/site/">'
    ),
    "the-own-computer": body(
        '<a href="http://localhost:8000/a/">x</a> <a href="http://127.0.0.1:8000/docs">x</a>'
    ),
    "structured-data-ids": head(
        '<script type="application/ld+json">{"@context": "https://schema.org", "@id": '
        '"https://allies.test.org/site/#organisation", "url": "https://allies.test.org/site/", '
        '"sameAs": ["https://un.org/x"], "name": "https://allies.test.org/site/"}</script>'
    ),
}

test_a_defect_is_found_at_its_place, test_a_trap_is_left_alone = trials(BROKEN, CLEAN)


def test_what_every_page_leads_to_outside_is_a_neighbour(tmp_path: Path) -> None:
    """Several sites on one host link to each other from their templates; a single such link is a slip."""
    pages: Changes = {
        f"p{number}/index.html": html(
            f"P{number}", f'<a href="../">x</a><a href="/news/">news</a><a href="/ko/p{number}/">ko</a>'
        )
        for number in range(12)
    }
    findings = found_in(tmp_path, merged(pages, body('<a href="/oops/">x</a>')))
    assert [item.message for item in findings if item.rule == "SIT004"] == ["“/oops/” is not below /site/"]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("../img/y.svg", "../img/x.svg"),
        ("A/", "./"),
        ("/site/img/X.svg", "/site/img/x.svg"),
        ("https://allies.test.org/site/img/X.svg", "https://allies.test.org/site/img/x.svg"),
    ],
)
def test_a_hint_is_written_as_the_page_has_to_write_it(address: str, meant: str, tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, body(f'<a href="{address}">x</a>'))
    assert finding.hint == f"did you mean {meant}?"
