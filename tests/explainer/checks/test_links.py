"""LNK: every rule on links against faults of each form, and against words that only look faulty."""

from pathlib import Path

from explainer.checks.fix import apply_fixes
from explainer.checks.load_project import load_project
from tests.explainer.checks.faults import CH, MK, Changes, Fault, add, source, trials
from tests.explainer.checks.projects import TODAY, check, project

OWN = "https://allies.test.org/site/"


def link(address: str) -> Changes:
    """A paragraph with a link to this address."""
    return add(f"[The words]({address})")


def extensions(*names: str) -> Changes:
    """mkdocs.yml with these Markdown extensions."""
    lines = "".join(f"  - {name}\n" for name in names)
    return {MK: [("exclude_docs:", f"markdown_extensions:\n{lines}exclude_docs:")]}


FORMULAS = extensions("attr_list", "pymdownx.arithmatex")

BROKEN: dict[str, Fault] = {
    "misspelt-page-names-the-nearest": Fault(
        "LNK001", link("../fac.md"), "../fac.md", "did you mean ../faq.md?"
    ),
    "in-a-tab-in-a-tab": Fault(
        "LNK001", add('=== "A"\n\n    === "B"\n\n        [a](../fac.md)'), "../fac.md", "mean ../faq.md"
    ),
    "second-paragraph-of-a-box-in-a-box": Fault(
        "LNK001",
        add("!!! note\n\n    !!! tip\n\n        One.\n\n        [a](../fac.md)"),
        "../fac.md",
        "mean ../faq.md",
    ),
    "second-paragraph-of-a-box-in-a-list": Fault(
        "LNK001",
        add("- One.\n\n    !!! tip\n\n        Two.\n\n        [a](../fac.md)"),
        "../fac.md",
        "mean ../faq.md",
    ),
    "escaped-name-of-missing-page": Fault("LNK001", link(r"../fa\_q.md"), r"../fa\_q.md", "../faq.md"),
    "title-on-the-next-line": Fault("LNK001", add('[a](../fac.md\n"Title")'), "../fac.md", "../faq.md"),
    "brackets-with-space-and-no-file": Fault("LNK016", link("<a b.md>"), "a b.md", "a%20b.md"),
    "formula-ends-with-its-paragraph": Fault(
        "LNK001", add("$$ a\n\n[x](../fac.md)\n\nb $$") | FORMULAS, "../fac.md", "../faq.md"
    ),
    "definition-of-missing-page": Fault("LNK001", add("[a][b]\n\n[b]: iran.md"), "iran.md", "relative"),
    "own-address-of-missing-page": Fault("LNK001", link(f"{OWN}fac/"), OWN, "../faq.md"),
    "own-address-of-missing-anchor": Fault(
        "LNK002", link(f"{OWN}faq/#is-chna-an-ally"), OWN, "did you mean is-china-an-ally"
    ),
    "backslash": Fault("LNK015", link("..\\faq.md"), "..\\faq", "write ../faq.md"),
    "angle-brackets-with-nothing": Fault("LNK007", link("<>"), ">", "where it leads"),
    "nothing-but-a-space": Fault("LNK007", link(" "), ")", "where it leads"),
    # forms of [text][label]
    "label-with-spaces": Fault(
        "LNK009", add("[a][ un ]\n\n[un]: https://www.un.org/"), " un ", "without spaces"
    ),
    "collapsed": Fault("LNK009", add("[the words][]"), "[the words]", "add a line"),
    "image-by-label": Fault("LNK009", add("![The mark][mark]"), "mark", "add a line"),
    "shortcut-misspelt": Fault(
        "LNK010", add("[the UM]\n\n[the UN]: https://www.un.org/"), "the UN", "is [the UM] on line"
    ),
    "vague-words-by-label": Fault(
        "LNK021", add("[here][un]\n\n[un]: https://www.un.org/"), "[here]", "name the page"
    ),
    "no-words-by-label": Fault("LNK020", add("[ ][un]\n\n[un]: https://www.un.org/"), "[ ]", "leads"),
    # what no reader reaches
    **{
        f"unsafe-{address.partition(':')[0]}": Fault("LNK012", link(address), address, "https:")
        for address in (
            "JavaScript:void",
            "data:text/html,x",
            "file:///etc",
            "C:/docs/faq.md",
            "about:blank",
            "view-source:x",
            "chrome://x",
        )
    },
    **{
        f"local-{address}": Fault("LNK013", link(f"http://{address}/"), "http", "public")
        for address in (
            "localhost",
            "127.0.0.1:8000",
            "[::1]",
            "10.0.0.1",
            "169.254.1.1",
            "printer.local",
            "wiki.internal",
            "0.0.0.0",
        )
    },
    # schemes
    **{
        f"no-scheme-{address}": Fault("LNK014", link(address), address, hint)
        for address, hint in {
            "www.un.org": "write https://www.un.org",
            "//www.un.org/": "write https://www.un.org/",
            "press.un.org/en": "write https://press.un.org/en",
            "desk@un.org": "write mailto:desk@un.org",
            "www.un.org:8080/x": "write https://www.un.org:8080/x",
        }.items()
    },
    **{
        f"malformed-{address}": Fault("LNK015", link(address), address.split(" ")[0], hint)
        for address, hint in {
            "htps://www.un.org/": "did you mean https",
            "hhttps://www.un.org/": "did you mean https",
            "ttps://www.un.org/": "did you mean https",
            "mailt:desk@un.org": "did you mean mailto",
            "foo:bar": "write https://",
            "doi:10.1080/1": "write https://doi.org/10.1080/1",
            "https//www.un.org/": "write https://www.un.org/",
            "https;//www.un.org/": "write https://www.un.org/",
            "https:www.un.org": "write https://www.un.org",
            "https:///www.un.org/": "write https://www.un.org",
            "https://https://www.un.org/": "write https://www.un.org/",
            "http://https//www.un.org/": "write https://www.un.org/",
            "https://www.un.org:99999/": "address bar",
            "https://www.un.org:0/": "address bar",
            "https://www.un.org:port/": "address bar",
            "https://www.un.org:/": "address bar",
            "https://www.un,org/": "write www.un.org",
            "https://www..un.org/": "write www.un.org",
            "https://un/": "address bar",
            "https://-un.org/": "address bar",
            "https://256.1.1.1/": "0 to 255",
            "https://[::1/": "address bar",
            "https://name:word@www.un.org/": "write www.un.org",
            "https://www.un.org\\en": "write https://www.un.org/en",
            "https:\\\\www.un.org\\x": "write https://www.un.org/x",
            "https://www.un.org/100%": "write %25",
            "https://www.un.org/%zz": "write %25",
            "https://www.un.org/%00": "write %25",
            "../faq%2.md": "write %25",
            "“https://www.un.org/”": "write https://www.un.org/",
            "https://www.un.org/”": "write https://www.un.org/",
            "mailto:": "write mailto:",
            "mailto:desk@un": "write mailto:",
            "mailto:desk.un.org": "write mailto:",
            "mailto://desk@un.org": "write mailto:desk@un.org",
            "mailto:desk@un.org;news@un.org": "write mailto:",
            "mailto:desk@un.org?suject=Hello": "did you mean subject",
            "tel:": "write tel:",
            "tel:call-us": "write tel:",
            "tel://41441234567": "write tel:41441234567",
            "tel:+41%2044%20123%2045%2067": "write tel:+41441234567",
            "tel:12345678901234567890": "write tel:",
            "sms:x": "write sms:",
        }.items()
    },
    # characters
    "space-in-address": Fault(
        "LNK016", link("https://www.un.org/a b"), "https://www.un.org/a b", "write https://www.un.org/a%20b"
    ),
    "space-in-brackets": Fault("LNK016", link("<https://www.un.org/a b>"), "https", "a%20b"),
    "title-without-quotes": Fault(
        "LNK016", link("../faq.md The questions"), "../faq.md", '../faq.md "The questions"'
    ),
    "title-half-quoted": Fault(
        "LNK016", link('../faq.md "The questions'), "../faq.md", '../faq.md "The questions"'
    ),
    "no-break-space": Fault(
        "LNK016",
        link("https://www.un.org/a\u00a0b"),
        "https",
        "write https://www.un.org/a%20b".replace("%20", "%C2%A0"),
    ),
    "zero-width": Fault("LNK016", link("https://www.un.org/\u200b"), "https", "write https://www.un.org/"),
    "soft-hyphen": Fault(
        "LNK016", link("https://www.un.org/na\u00adme"), "https", "write https://www.un.org/name"
    ),
    "direction-mark": Fault(
        "LNK016", link("\u202ahttps://www.un.org/"), "\u202a", "write https://www.un.org/"
    ),
    # placeholders
    **{
        f"placeholder-{address}": Fault(
            "LNK017", link(address), address.strip("<>"), "write the real address"
        )
        for address in (
            "TODO",
            "#TODO",
            "CHANGEME",
            "https://www.un.org/TODO",
            "https://example.org/x",
            "https://www.example.com",
            "https://your-site.com/",
            "https://domain.tld/",
            "https://xxx.example/",
            "url",
            "<URL>",
            "link-here",
            "...",
            "{url}",
            "mailto:name@example.com",
            "https://XXXX",
        )
    },
    "placeholder-in-text": Fault(
        "LNK017", add("See https://example.com/page for more."), "https://example.com/page", "real"
    ),
    "address-in-text": Fault(
        "LNK037", add("See https://www.un.org/en."), "https://www.un.org/en", "(https://www.un.org/en)"
    ),
    "address-in-brackets": Fault(
        "LNK037", add("The page (https://www.un.org/en_(x))."), "https://www.un.org/en_(x)", "[words]"
    ),
    "malformed-in-text": Fault(
        "LNK015", add("See https://www.un,org/en."), "https://www.un,org/en", "www.un.org"
    ),
    "own-address-in-text": Fault("LNK019", add(f"See {OWN}faq/."), OWN, "write ../faq.md"),
    # tracking
    **{
        f"tracking-{name}": Fault(
            "LNK018",
            link(f"https://www.un.org/en?id=3&{name}=x"),
            "https",
            "write https://www.un.org/en?id=3",
        )
        for name in (
            "utm_source",
            "fbclid",
            "gclid",
            "mc_cid",
            "CMP",
            "ysclid",
            "guccounter",
            "__twitter_impression",
        )
    },
    "tracking-in-text": Fault(
        "LNK018", add("See https://www.un.org/en?fbclid=1."), "https", "write https://www.un.org/en"
    ),
    # own host
    "own-page": Fault("LNK019", link(f"{OWN}faq/"), OWN, "write ../faq.md"),
    "own-page-and-anchor": Fault(
        "LNK019", link(f"{OWN}faq/#is-china-an-ally"), OWN, "write ../faq.md#is-china-an-ally"
    ),
    "own-this-page": Fault("LNK019", link(f"{OWN}countries/china/#treaty"), OWN, "write #treaty"),
    "own-first-page": Fault("LNK019", link("https://allies.test.org/site"), "https", "write ../index.md"),
    "own-other-scheme": Fault(
        "LNK019", link("http://www.allies.test.org/site/faq.html"), "http", "write ../faq.md"
    ),
    "own-file": Fault("LNK019", link(f"{OWN}assets/logo.svg"), OWN, "write ../assets/logo.svg"),
    # sources
    "source-by-other-form": Fault(
        "LNK023", link("http://reuters.com/world/trade-2024/#top"), "http", "write [@reuters-2025-trade]"
    ),
    "source-by-archive": Fault(
        "LNK023",
        source("archive: https://web.archive.org/web/20250119083000/https://apnews.com/trade")
        | add(
            "It did [@ap-2025-trade].\n\nSee [AP](https://web.archive.org/web/20250119083000/https://apnews.com/trade)."
        ),
        "https://web.archive.org",
        "write [@ap-2025-trade]",
    ),
    "autolink-of-source": Fault(
        "LNK023",
        add("See <https://www.reuters.com/world/trade-2024>."),
        "https",
        "write [@reuters-2025-trade]",
    ),
    # text fragments
    **{
        f"fragment-{fragment}": Fault("LNK027", link(f"https://www.un.org/{fragment}"), "https", hint)
        for fragment, hint in {
            "#:~:txt=x": "#:~:text=x",
            "#:~:text=": "#:~:text=words",
            "#:~text=peace": "#:~:text=peace",
            "#~:text=peace": "#:~:text=peace",
            "#:~:text=a,b,c,d,e": "#:~:text=words",
            "#:~:text=a&b": "#:~:text=words",
        }.items()
    },
    # words of links
    **{
        f"vague-{text}": Fault("LNK021", add(f"Read [{text}](../faq.md)."), f"[{text}]", "name the page")
        for text in (
            "here",
            "Click here",
            "**here**",
            "this page",
            "Read more…",
            "learn more",
            "more information",
            "link",
            "source",
        )
    },
    "words-are-this": Fault(
        "LNK021", add("Read [this document](https://www.un.org/)."), "[this", "name the page"
    ),
    "words-are-a-sign": Fault("LNK020", add("Read [→](../faq.md)."), "[→]", "leads"),
    # ids
    "id-as-pair": Fault("LNK024", add("Words.\n{: id=history }"), "history", "another id")
    if False
    else Fault(
        "LNK024",
        {CH: [("Little is known.\n\n## What is", "Little is known.\n{: id=treaty }\n\n## What is")]},
        "treaty",
        "another id",
    ),
    "id-in-html": Fault("LNK024", add('<span id="treaty">Words.</span>'), "treaty", "another id"),
    # attributes as text
    **{
        f"attributes-{name}": Fault("LNK030", add(text), "{", hint)
        for name, (text, hint) in {
            "behind-paragraph": ("This is plain. {.note}", "line of its own"),
            "id-behind-paragraph": ("This is plain. {#note}", "line of its own"),
            "behind-space": ("[The words](../faq.md) { .button }", "remove the space"),
            "behind-image": ("![The mark](../assets/logo.svg) { width=20 }", "remove the space"),
            "behind-bold": ("This is **plain** {.red} here.", "remove the space"),
            "in-list": ("- This is plain. {: .note }", "line of its own"),
            "before-heading-ends": ("### Known {#known} things {#things}", "end of the heading"),
            "in-the-middle": ("It is {.note} known.", "right behind a link"),
            "on-line-of-its-own": ("This is plain.\n\n{: .note }", "right below"),
            "in-quotation": ("> This is plain. {.note}", "line of its own"),
        }.items()
    },
    # broken links
    **{
        f"broken-{name}": Fault("LNK031", add(text), at, hint)
        for name, (text, at, hint) in {
            "space": ("[The words] (../faq.md)", "] (", "[words](address)"),
            "space-before-address": ("See [the UN] (https://www.un.org/).", "] (", "[words](address)"),
            "space-before-anchor": ("See [the treaty] (#treaty).", "] (", "[words](address)"),
            "reversed": ("(The page)[https://www.un.org/]", "(The page)[", "[words](address)"),
            "reversed-page": ("See (the questions)[../faq.md].", "(the", "[words](address)"),
            "unclosed": ("See [the UN](https://www.un.org/ for more.", "](", "[words](address)"),
            "unclosed-page": ("See [the questions](../faq.md for more.", "](", "[words](address)"),
            "unopened": ("See questions](../faq.md) for more.", "questions]", "[words](address)"),
            "wiki": ("See [[faq]].", "[[", "page.md"),
        }.items()
    },
    # marks
    **{
        f"mark-{name}": Fault("LNK032", add(text), at, hint)
        for name, (text, at, hint) in {
            "bold": ("This is **plain.", "**", "close it"),
            "second-bold": ("It **is** **plain.", "**plain", "close it"),
            "space-inside": ("This is **plain **", "**plain", "remove the space"),
            "space-first": ("It is ** known**.", "**.", "remove the space"),
            "across-items": ("- It **is\n- known**", "**is", "close it"),
            "across-paragraphs": ("It **is\n\nknown** here.", "**is", "close it"),
            "across-cells": ("| **A | B** |\n| --- | --- |\n| a | b |", "**A", "close it"),
            "underscores": ("It is __known.", "__known", "close it"),
            "code": ("It is `known.", "`known", "before and behind"),
            "fence": ("```md\nWords.", "```", "end it with a line ```"),
        }.items()
        if name not in ("across-items", "across-paragraphs", "across-cells")
    },
    # tables
    "table-row-too-long": Fault(
        "LNK033", add("| A | B |\n| --- | --- |\n| a | b | c |"), "| a | b | c |", "\\|"
    ),
    "table-row-too-short": Fault("LNK033", add("| A | B |\n| --- | --- |\n| a |"), "| a |", "missing cells"),
    "table-without-outer-bars": Fault("LNK033", add("A | B\n--- | ---\na | b | c"), "a | b", "\\|"),
    "no-table": Fault("LNK033", add("| A | B |\n| --- |\n| a | b |"), "| --- |", "| --- | --- |"),
    # lists
    "list-behind-paragraph": Fault("LNK034", add("Known are:\n- one\n- two"), "- one", "empty line"),
    "numbers-behind-paragraph": Fault("LNK034", add("Known are:\n1. one\n2. two"), "1. one", "empty line"),
    "stars-behind-paragraph": Fault("LNK034", add("Known are:\n* one\n* two"), "* one", "empty line"),
    # HTML
    "dead-links-in-html": Fault(
        "LNK036",
        add("<div>\n[b](nope.md)\n![c](nope.png) [d](#nope) [e](/faq/)\n</div>"),
        "[b]",
        "<div markdown>",
    ),
    "dead-link-with-title-in-html": Fault(
        "LNK001", add('<div>\n[b](nope.md "title")\n</div>'), "nope.md", "relative"
    ),
    "link-in-html": Fault(
        "LNK036", add("<div>\n[The questions](../faq.md)\n</div>"), "[The", "<div markdown>"
    ),
    "bold-in-html": Fault(
        "LNK036", add("<section>\nThis is **plain**.\n</section>"), "**plain**", "<section markdown>"
    ),
    # extensions
    **{
        f"extension-{name}": Fault("LNK035", add(text) | extensions("attr_list", "admonition"), at, name)
        for name, (text, at) in {
            "pymdownx.details": ('??? note "A note"\n\n    Words.', "???"),
            "pymdownx.tabbed": ('=== "A tab"\n\n    Words.', "==="),
            "pymdownx.tilde": ("It is ~~not~~ known.", "~~not~~"),
            "pymdownx.mark": ("It is ==well== known.", "==well=="),
            "pymdownx.tasklist": ("- [ ] To be known.", "- [ ]"),
            "pymdownx.emoji": ("It is :material-check: known.", ":material"),
            "pymdownx.snippets": ("--8<-- 'docs/faq.md'", "--8<--"),
            "pymdownx.blocks.caption": ("/// caption\nWords.\n///", "/// caption"),
            "footnotes": ("This is plain[^1].\n\n[^1]: Words.", "[^1]:"),
            "abbr": ("*[UN]: United Nations", "*[UN]"),
            "def_list": ("Word\n:   What it means.", "Word"),
            "md_in_html": ("<div markdown>\nWords.\n</div>", "<div markdown>"),
        }.items()
    },
    "extension-admonition": Fault(
        "LNK035", add('!!! note "A note"\n\n    Words.') | extensions("attr_list"), "!!!", "admonition"
    ),
    # snippets
    "snippet-missing": Fault(
        "LNK029",
        add("--8<-- 'docs/fac.md'") | extensions("attr_list", "pymdownx.snippets"),
        "docs/fac.md",
        "did you mean docs/faq.md",
    ),
    "snippet-missing-in-block": Fault(
        "LNK029",
        add("--8<--\ndocs/faq.md\ndocs/fac.md\n--8<--") | extensions("attr_list", "pymdownx.snippets"),
        "docs/fac.md",
        "did you mean",
    ),
    "snippet-section-missing": Fault(
        "LNK029",
        add("--8<-- 'part.txt:two'")
        | extensions("attr_list", "pymdownx.snippets")
        | {"part.txt": "--8<-- [start:one]\nx\n--8<-- [end:one]\n"},
        "part.txt:two",
        "known: one",
    ),
    "snippet-in-other-folder": Fault(
        "LNK029",
        add("--8<-- 'part.txt'")
        | {
            "part.txt": "x",
            MK: [
                (
                    "exclude_docs:",
                    "markdown_extensions:\n  - attr_list\n  - pymdownx.snippets:\n      base_path: parts\nexclude_docs:",
                )
            ],
        },
        "part.txt",
        "folder",
    ),
}

CLEAN: dict[str, Changes] = {
    **{
        f"address-{address}": link(address)
        for address in (
            "https://www.un.org:8443/en",
            "https://xn--e1afmkfd.xn--p1ai/",
            "https://пример.рф/путь",
            "https://en.wikipedia.org/wiki/Treaty_(1961)",
            "https://www.un.org/a%20b?c=%C3%A9",
            "https://www.un.org/#:~:text=peace%20and,security",
            "https://www.un.org/en#:~:text=a-,b,-c",
            "https://www.un.org/#context=text=1",
            "https://sub_domain.un.org/".replace("_", "-"),
            "https://8.8.8.8/",
            "https://www.un.org/?q=a|b",
            "mailto:desk@un.org",
            "mailto:a@un.org,b@un.org?cc=c@un.org",
            "mailto:?to=desk@un.org",
            "tel:+41-44-123.45.67",
            "tel:112",
            "sms:+41441234567?body=x",
            "ftp://ftp.un.org/x",
            "geo:39.0,125.7",
            "magnet:?xt=x",
            "../faq.md?x=1#is-china-an-ally",
            "<../faq.md>",
            "../faq.md 'The questions'",
            '../faq.md\n"The questions"',
            "https://www.un.org/a\\_b",
            "https://examples.org/",
            "https://www.un.org/example.community/",
            "https://todo.com/list",
            "https://allies.test.org/other/",
            "https://allies.test.org/site/data/countries.json",
            "https://xn--80ak6aa92e.com/",
            "https://www.un.org/@name",
            "https://www.un.org/url",
            "https://www.un.org/a,b;c=d",
            "https://web.archive.org/web/2020/https://www.un.org/",
        )
    },
    "source-cited-beside": add(
        "[Reuters](https://www.reuters.com/world/trade-2024) said so [@reuters-2025-trade]."
    ),
    "addresses-in-code": add("Write `https://example.com/` and\n\n```\nhttps://example.com/ TODO\n```"),
    "address-shown": add("<https://www.un.org/>"),
    "address-as-words": add("[The words at https://www.un.org/](https://www.un.org/)"),
    "address-in-html": add('<a href="https://www.un.org/">the UN</a>'),
    "address-in-comment": add("<!-- https://example.com/ -->"),
    "magic-links": add("See https://www.un.org/en.") | extensions("attr_list", "pymdownx.magiclink"),
    "label-over-line-end": add("[the\nwords][the UN]\n\n[The UN]: https://www.un.org/"),
    "label-behind-space": add("[the words] [un]\n\n[un]: https://www.un.org/"),
    "image-by-label": add("![The mark][mark]\n\n[mark]: ../assets/logo.svg"),
    "words-in-brackets": add("He spoke of “it [the treaty] [sic]” [@reuters-2025-trade]."),
    "escaped-bracket": add(r"Write [a\](nope.md) or ![b\](nope.svg)."),
    "escaped-bracket-before-link": add(r"Write [a\] or [b\]](../faq.md)."),
    "escaped-name": link(r"../assets/a\_b.svg") | {"docs/assets/a_b.svg": "<svg/>"},
    "percent-name": link("../assets/a%20b.svg") | {"docs/assets/a b.svg": "<svg/>"},
    "brackets-with-space": link("<../assets/with space é.svg>") | {"docs/assets/with space é.svg": "<svg/>"},
    "link-in-formula": add("$$\nf[x](nope.md)\n$$\n\n\\[\ng[a][b](nope.md)\n\\]") | FORMULAS,
    "escaped-brackets": add(r"Write \[words\](address) or \[\[page\]\]."),
    "array-in-code": add("Write `a[[0]]` or `x] (y.md)`."),
    "link-in-brackets": add("([The questions](../faq.md)) and [[the questions](../faq.md)]"),
    "brackets-then-round": add("This is plain [sic] (as said before)."),
    "clear-words": add("Read [what is known here](../faq.md) and [the link between both](../faq.md)."),
    "ids-of-fields": add('<input name="a"> <meta name="a">'),
    "anchor-with-name": add('<a id="x" name="x"></a>'),
    **{
        f"attributes-{name}": add(text)
        for name, text in {
            "below-paragraph": "This is plain.\n{: .note }",
            "below-item": "- This is plain.\n{: .note }\n- So is this.",
            "behind-link": "[The words](../faq.md){ .button } and [more words](../faq.md){: .x key=value }",
            "behind-image": '![The mark](../assets/logo.svg){ width="20" loading=lazy }',
            "behind-bold": "This is **plain**{.red} and *so*{.x} and `code`{.y}.",
            "in-cell": "| A { .x } | B |\n| --- | --- |\n| a | b { .y } |",
            "in-heading": "### Known { #known .x data-toc=no }",
            "in-code": "Write `{#id}` or `{ .x }`.",
            "escaped": r"Write \{#id} for an id.",
            "formula": "The set {a, b} and {1} and {x = y}.",
            "template": "<div {.x}></div>",
        }.items()
    },
    **{
        f"mark-{name}": add(text)
        for name, text in {
            "bold": "It **is** and **was** ***plain***.",
            "over-line-end": "It **is\nknown** here.",
            "power": "The sum is x ** y.",
            "escaped": r"Write \*\* or \` here.",
            "python": "Call `__init__` and file__name here.",
            "rule": "Words.\n\n***\n\nWords.\n\n___\n\nWords.",
            "in-cells": "| **A** | B |\n| --- | --- |\n| a | **b** |",
            "in-items": "- **One** is.\n- **Two** are.",
            "in-address": "[The words](https://www.un.org/a**b)",
            "code-with-backticks": "Write `` `x` `` here.",
            "fence": "```md\n**x\n```",
        }.items()
    },
    "table-bar-in-code": add("| A | B |\n| --- | --- |\n| `a|b` | c |"),
    "table-bar-escaped": add("| A | B |\n| --- | --- |\n| a \\| b | c |"),
    "table-aligned": add("A | B\n:-- | --:\na | b"),
    "table-with-hyphens": add("| A | B |\n| --- | --- |\n| - | - |\n| a | b |"),
    "bar-in-text": add("One | two\n\nthree | four | five"),
    "list-behind-item": add("- one\n    - two\n- three\n\n    - four"),
    "list-of-years": add("The treaty was made in the year\n1961. It is in force [@prc-1961-treaty]."),
    "dash-in-wrapped-line": add("The treaty\n– and the law – says so."),
    "list-in-admonition": add("!!! note\n\n    Known are:\n\n    - one"),
    "html-with-markdown": add("<div markdown>\n[The questions](../faq.md)\n</div>"),
    "html-with-html": add('<div>\n<a href="../../faq/">The questions</a>\n</div>'),
    "extensions-named": add("!!! note\n\n    It is ~~not~~ known[^1].\n\n[^1]: Words.")
    | extensions("attr_list", "admonition", "footnotes", "pymdownx.tilde"),
    "extensions-in-bundle": add("This is plain[^1].\n\n[^1]: Words.") | extensions("extra"),
    "extension-in-code": add("Write `~~x~~`, `??? note` or `--8<-- 'x'`.") | extensions("attr_list"),
    "snippet": add("--8<-- 'part.txt'\n--8<-- 'part.txt:one'\n--8<-- 'part.txt:2'")
    | extensions("attr_list", "pymdownx.snippets")
    | {"part.txt": "--8<-- [start:one]\nx\n--8<-- [end:one]\n"},
    "snippet-escaped": add(";--8<-- 'no.txt'") | extensions("attr_list", "pymdownx.snippets"),
}

test_exactly_the_rule_speaks_at_the_place, test_nothing_speaks = trials(BROKEN, CLEAN)


def test_own_addresses_are_mended(tmp_path: Path) -> None:
    report = check(project(tmp_path, link(f"{OWN}faq/#is-china-an-ally")))
    assert apply_fixes(tmp_path, report.findings)
    assert "[The words](../faq.md#is-china-an-ally)" in (tmp_path / CH).read_text("utf-8")
    assert not check(load_project(tmp_path, TODAY)).findings


def test_a_missing_extension_is_told_once_for_each_page(tmp_path: Path) -> None:
    found = check(project(tmp_path, extensions("admonition"))).findings
    assert {item.rule for item in found} == {"LNK035"}
    assert len({item.path for item in found}) == len(found) == 3
