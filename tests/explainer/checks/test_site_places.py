"""Where a fault of the built site is told: in the words, in a template, in mkdocs.yml, in the HTML; and told once."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.explainer.checks.faults import IX, MK
from tests.explainer.checks.projects import MKDOCS, Changes, check, for_each, project, told
from tests.explainer.checks.test_site import BUILT, LEDGER

LINK = "[their site](http://www.un.org/en)"
"""A link in the words with a fault of its own, told by LNK026; the faults of others are not to be seen there."""
TOLD = ("LNK026", IX, "http://www.un.org/en")
PART, OTHER = "overrides/partials/part.html", "overrides/main.html"


@dataclass(frozen=True)
class Placed:
    """``words`` are in index.md, ``printed`` on its page and ``everywhere`` on all pages: each finding, and what stands
    where it points.
    """

    found: tuple[tuple[str, str, str], ...]
    words: str = ""
    printed: str = ""
    everywhere: str = ""
    files: Changes = field(default_factory=dict)


def in_words(rule: str, words: str, at: str) -> Placed:
    """HTML in the words, below a link to another host."""
    return Placed(
        (TOLD, (rule, IX, at)), f"{LINK}\n\n{words}\n\n", f'<a href="http://www.un.org/en">UN</a>{words}'
    )


def in_template(rule: str, markup: str, at: str) -> Placed:
    """HTML that one template puts on every page, and words with a link that has nothing to do with it."""
    return Placed(
        (TOLD, (rule, PART, at)),
        f"{LINK}\n\n",
        '<a href="http://www.un.org/en">UN</a>',
        markup,
        {PART: f"{{# {markup} #}}\n<div>{markup}</div>\n", OTHER: "<div></div>\n"},
    )


def in_config(rule: str, lines: str, markup: str, at: str) -> Placed:
    """What mkdocs.yml has every page load or link to."""
    return Placed(((rule, MK, at),), everywhere=markup, files={MK: MKDOCS + lines})


def in_nav(target: str, printed: str) -> Placed:
    """An entry of the navigation that leads nowhere."""
    return Placed(
        (("CFG008", MK, target),),
        everywhere=f'<a href="{printed}">x</a>',
        files={MK: MKDOCS.replace("  - faq.md\n", f"  - faq.md\n  - Odd: {target}\n")},
    )


CDN = '<script src="https://cdn.test/x.js"></script>'

PLACED = {
    "anchor-of-the-first-page": in_words("SIT002", '<a href="./#nohome">h</a>', "./#nohome"),
    "anchor-of-the-page": in_words("SIT002", '<a href="#nohome">h</a>', "#nohome"),
    "other-host": in_words("SIT021", '<img src="https://cdn.test/x.png" alt="x">', "https://cdn.test/x.png"),
    "other-host-image-in-markdown": Placed(
        (TOLD, ("SIT021", IX, "https://cdn.test/y.png")),
        f"{LINK} ![y](https://cdn.test/y.png)\n\n",
        '<a href="http://www.un.org/en">UN</a><img src="https://cdn.test/y.png" alt="y">',
    ),
    "empty-address": in_words("SIT026", '<a href="">h</a>', '<a href="">'),
    "empty-address-in-markdown": Placed((("LNK007", IX, ")"),), "[h]()\n\n", '<a href="">h</a>'),
    "impossible-address": in_words("SIT035", '<a href="htp://foo.org/">h</a>', "htp://foo.org/"),
    "template-other-host": in_template("SIT021", CDN, "https://cdn.test/x.js"),
    "template-dead-link": in_template("SIT001", '<a href="/site/no/">h</a>', "/site/no/"),
    "template-empty": in_template("SIT026", '<a href="">h</a>', '<a href="">'),
    "template-from-the-root": Placed(
        (("SIT003", PART, "img/no.svg"),),
        everywhere='<img src="/site/img/no.svg" alt="x">',
        files={PART: '<img src="{{ \'img/no.svg\' | url }}" alt="x">\n'},
    ),
    "two-templates": Placed(
        (("SIT021", "site/about/method/index.html", "https://cdn.test/x.js"),),
        everywhere=CDN,
        files={PART: CDN, OTHER: CDN},
    ),
    "named-in-the-running-text": Placed(
        (("LNK037", IX, "https://cdn.test/x.js"), ("SIT021", PART, "https://cdn.test/x.js")),
        "Before: “https://cdn.test/x.js”.\n\n",
        everywhere=CDN,
        files={PART: CDN, MK: MKDOCS + "markdown_extensions: [attr_list]\n"},
    ),
    "style-sheet": in_config(
        "SIT003",
        "extra_css:\n  - assets/no.css\n",
        '<link rel="stylesheet" href="/site/assets/no.css">',
        "assets/no.css",
    ),
    "script": in_config(
        "SIT003",
        "extra_javascript:\n  - { path: assets/no.js, defer: true }\n",
        '<script src="/site/assets/no.js"></script>',
        "assets/no.js",
    ),
    "script-of-another-host": in_config(
        "SIT021", "extra_javascript: [https://cdn.test/x.js]\n", CDN, "https://cdn.test/x.js"
    ),
    "navigation": in_nav("no.md", "/site/no.md"),
    "navigation-in-wrong-case": in_nav("FAQ.md", "/site/FAQ.md"),
    "navigation-outside": in_nav("/sub/no/", "/sub/no/"),
    "words-and-template": Placed(
        (("LNK005", IX, "/site/no/"), ("SIT001", PART, "/site/no/")),
        "[h](/site/no/)\n\n",
        '<a href="/site/no/">h</a>',
        '<a href="/site/no/">h</a>',
        {PART: '<a href="/site/no/">h</a>'},
    ),
    "words-and-template-empty": Placed(
        (("SIT026", IX, '<a href="">'), ("SIT026", PART, '<a href="">')),
        '<a href="">h</a>\n\n',
        '<a href="">h</a>',
        '<a href="">h</a>',
        {PART: '<a href="">h</a>'},
    ),
    "nothing-wrong": Placed((), everywhere='<a href="/site/faq/">x</a>', files={PART: CDN}),
}


def _assert_placed(case: Placed, folder: Path) -> None:
    site = {
        name: str(text).replace(
            "</body>", f"{case.printed if name == 'index.html' else ''}\n{case.everywhere}</body>"
        )
        for name, text in BUILT.items()
    }
    words: Changes = {IX: [("[China]", f"{case.words}[China]")], "docs/data/permalinks.txt": LEDGER}
    findings = check(project(folder, words | case.files, dict(site))).findings
    seen = set()
    for item in findings:
        line = (folder / item.path).read_text("utf-8").split("\n")[item.line - 1]
        at = next((at for rule, path, at in case.found if (rule, path) == (item.rule, item.path)), "")
        assert line[item.column - 1 :].startswith(at), (told([item]), line[item.column - 1 :])
        seen.add((item.rule, item.path, at))
    assert seen == set(case.found), told(list(findings))
    assert len(findings) == len(case.found), told(list(findings))


test_a_fault_is_told_once_where_it_is_written = for_each(PLACED, _assert_placed)


def test_a_page_named_in_wrong_case_is_not_left_out_of_the_navigation(tmp_path: Path) -> None:
    wrong = project(tmp_path / "wrong", {MK: MKDOCS.replace("- faq.md", "- Faq.md")})
    assert [item.rule for item in check(wrong).findings] == ["CFG008"]
    none = project(tmp_path / "none", {MK: MKDOCS.replace("  - faq.md\n", "")})
    assert [item.rule for item in check(none).findings] == ["LNK028"]
