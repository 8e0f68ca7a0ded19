"""Pages that only send readers on, and the canonical address: a battery of defects and of traps."""

from pathlib import Path

import pytest

from tests.explainer.checks.battery import (
    MARK,
    URL,
    A,
    Broken,
    body,
    found_in,
    head,
    merged,
    page,
    stub,
    trials,
)
from tests.explainer.checks.projects import Changes, told


def refresh(content: str) -> str:
    """A page with this refresh."""
    return (
        f'<!doctype html><html lang="en"><head><meta http-equiv="refresh" content="{content}"></head></html>'
    )


def linking(target: str, link: str = "") -> str:
    """A page that sends readers on, with a link to the same place or to another one."""
    link = link or target.replace(MARK, "")
    return stub(target).replace("</html>", f'<body><a href="{link}">Go on</a></body></html>')


BROKEN: dict[str, Broken] = {
    "dead": Broken("SIT011", {"old.html": stub("▸no/")}),
    "dead-in-capitals": Broken("SIT011", {"old.html": refresh("0;URL=▸no/")}),
    "dead-in-quotes": Broken("SIT011", {"old.html": refresh("0; url='▸no/'")}),
    "dead-without-url-mark": Broken("SIT011", {"old.html": refresh("0; ▸no/")}),
    "dead-after-a-while": Broken("SIT011", {"old.html": refresh("3.5, url = ▸no/")}),
    "dead-own-host": Broken("SIT011", {"old.html": stub("▸https://allies.test.org/site/no/")}),
    "dead-anchor": Broken("SIT011", {"old.html": stub("▸a/#no")}),
    "dead-anchor-by-case": Broken("SIT011", {"old.html": stub("▸a/#A")}),
    "circle-of-one": Broken("SIT011", {"old.html": stub("▸old.html")}),
    "circle-of-three": Broken(
        "SIT011", {"o.html": stub("▸p.html"), "p.html": stub("q.html"), "q.html": stub("o.html")}
    ),
    "outside": Broken("SIT011", {"old.html": stub("▸/elsewhere/")}),
    # htmltest: content that no browser understands
    "no-seconds": Broken("SIT011", page("b.html", more='<meta http-equiv="refresh" content="▸url=a/">')),
    "letters-for-seconds": Broken(
        "SIT011", page("b.html", more='<meta http-equiv="refresh" content="▸3x;url=a/">')
    ),
    "chain": Broken("SIT031", {"old.html": stub("▸older.html"), "older.html": stub("a/")}),
    "chain-of-three": Broken(
        "SIT031",
        {"o.html": stub("p.html"), "p.html": stub("▸q.html"), "q.html": stub("a/")},
        count=2,
    ),
    "linked": Broken("SIT010", {**body('<a href="▸../old.html">x</a>'), "old.html": stub("a/")}),
    "linked-with-anchor": Broken(
        "SIT010", {**body('<a href="▸../old.html#a">x</a>'), "old.html": stub("a/")}
    ),
    "linked-leads-elsewhere": Broken(
        "SIT010", {**body('<a href="▸../old.html">x</a>'), "old.html": stub("https://un.org/")}
    ),
    "in-sitemap": Broken(
        "SIT036",
        {
            "old.html": stub("a/"),
            "sitemap.xml": [
                ("</urlset>", "<url><loc>▸https://allies.test.org/site/old.html</loc></url></urlset>")
            ],
        },
    ),
    "canonical-of-another": Broken(
        "SIT012", {A: [('href="https://allies.test.org/site/a/"', 'href="▸https://allies.test.org/site/"')]}
    ),
    "canonical-dead": Broken(
        "SIT012",
        {A: [('href="https://allies.test.org/site/a/"', 'href="▸https://allies.test.org/site/no/"')]},
    ),
    "canonical-with-anchor": Broken(
        "SIT012",
        {A: [('href="https://allies.test.org/site/a/"', 'href="▸https://allies.test.org/site/a/#a"')]},
    ),
    "canonical-of-another-host": Broken(
        "SIT012", {A: [('href="https://allies.test.org/site/a/"', 'href="https://x.org/a/"')]}, A
    ),
    "canonical-twice": Broken(
        "SIT012", head('<link rel="canonical" href="https://allies.test.org/site/">'), A
    ),
    "canonical-to-a-stub": Broken(
        "SIT012",
        {
            A: [('href="https://allies.test.org/site/a/"', 'href="▸https://allies.test.org/site/old.html"')],
            "old.html": stub("a/"),
        },
    ),
}

CLEAN: dict[str, Changes] = {
    "to-a-page": {"old.html": stub("a/")},
    "to-an-anchor": {"old.html": stub("a/#a")},
    "to-the-first-page": {"old/index.html": stub("../")},
    "to-a-file": {"old.html": stub("img/x.svg")},
    "to-another-host": {"old.html": stub("https://un.org/")},
    "to-a-neighbour-by-full-address": {"old.html": stub("https://allies.test.org/other/")},
    "to-top": {"old.html": stub("a/#top")},
    "reload": merged(page("b.html", more='<meta http-equiv="refresh" content="30">')),
    "refresh-of-no-content": merged(page("b.html", more='<meta http-equiv="refresh" content="">')),
    "in-noscript": merged(
        page("b.html", more='<noscript><meta http-equiv="refresh" content="0; url=a/"></noscript>')
    ),
    "header-of-policy": head(
        '<meta http-equiv="content-security-policy" content="default-src \'self\'; img-src data:">'
    ),
    "canonical-by-path": {A: [('href="https://allies.test.org/site/a/"', 'href="/site/a/"')]},
    "canonical-with-index": {
        A: [('href="https://allies.test.org/site/a/"', 'href="https://allies.test.org/site/a/index.html"')]
    },
    "canonical-in-capitals": {A: [('<link rel="canonical"', '<LINK REL="Canonical"')]},
    "canonical-missing": {A: [('<link rel="canonical" href="https://allies.test.org/site/a/">', "")]},
    "canonical-of-a-noindex-page": {
        "b.html": '<!doctype html><html lang="en"><head><title>B</title><meta name="robots" content="noindex">'
        '<link rel="canonical" href="https://allies.test.org/site/a/"></head><body>B</body></html>'
    },
}

# A page that sends readers on has a link for browsers that do not follow: the way is told of once.
BROKEN |= {
    "dead-with-link": Broken("SIT011", {"old.html": linking("▸no/")}),
    "dead-with-link-to-an-anchor-of-it": Broken("SIT011", {"old.html": linking("▸no/", "no/#x")}),
    "dead-outside-with-link": Broken("SIT011", {"old.html": linking("▸/elsewhere/")}),
    "dead-folder-with-link": Broken("SIT011", {"old.html": linking("▸img/")}),
    "dead-anchor-with-link": Broken("SIT011", {"old.html": linking("▸a/#no")}),
    "circle-with-links": Broken(
        "SIT011", {"o.html": linking("▸p.html"), "p.html": linking("q.html"), "q.html": linking("o.html")}
    ),
    "chain-with-links": Broken("SIT031", {"old.html": linking("▸older.html"), "older.html": linking("a/")}),
    # A link to another place than that of the refresh is a fault of its own.
    "other-link-dead": Broken("SIT001", {"old.html": linking("a/", "▸no/")}),
    "other-link-to-dead-anchor": Broken("SIT002", {"old.html": linking("a/#a", "▸a/#no")}),
    "other-link-to-redirect": Broken(
        "SIT010", {"old.html": linking("a/", "▸older.html"), "older.html": linking("a/")}
    ),
}
CLEAN |= {"with-link": {"old.html": linking("a/#a")}}

test_a_defect_is_found_at_its_place, test_a_trap_is_left_alone = trials(BROKEN, CLEAN)


def canonicals(*addresses: str) -> Changes:
    """A page for each of these canonical addresses."""
    return merged(
        *(
            page(f"p{number}.html", more=f'<link rel="canonical" href="{address}">')
            for number, address in enumerate(addresses)
        )
    )


@pytest.mark.parametrize("address", [URL, f"{URL}no/"])
def test_one_wrong_canonical_on_many_pages_is_one_finding(address: str, tmp_path: Path) -> None:
    findings = found_in(tmp_path / "many", canonicals(*[address] * 6))
    assert [item.rule for item in findings] == ["SIT012"], told(findings)
    assert "(on 6 pages)" in findings[0].message
    few = found_in(tmp_path / "few", canonicals(*[address] * 2))
    assert [item.rule for item in few] == ["SIT012"] * 2, told(few)


def test_one_second_canonical_on_many_pages_is_one_finding(tmp_path: Path) -> None:
    second = f'"><link rel="canonical" href="{URL}'
    findings = found_in(tmp_path / "two", canonicals(*[f"{URL}p{n}.html{second}" for n in range(6)]))
    assert [item.rule for item in findings] == ["SIT012"], told(findings)
    assert "(on 6 pages)" in findings[0].message
    assert not found_in(tmp_path / "own", canonicals(*[f"{URL}p{n}.html" for n in range(6)]))


def test_a_long_chain_ends(tmp_path: Path) -> None:
    stubs: Changes = {f"s{number}.html": stub(f"s{number + 1}.html") for number in range(60)}
    findings = found_in(tmp_path, stubs)
    assert {item.rule for item in findings} <= {"SIT011", "SIT031"}
    assert any("s60.html" in item.message for item in findings if item.rule == "SIT011")
