"""CIT: every rule on citations against faults of each form, and against words that only look faulty."""

from tests.explainer.checks.faults import CH, CL, EV, FQ, Changes, Fault, add, source, src, trials

EXTENT = "extent:\n  articles: 7\n  paragraphs: 20"
XINHUA = {
    "id": "xinhua-2025-trade",
    "container_title": "Xinhua",
    "kind": "state-media",
    "URL": "https://english.news.cn/x",
}


def treaty(custom: str = "", fields: str = "") -> Changes:
    """A further treaty in the registry, with these lines added; cited once."""
    return source(
        f"publisher: Ministry of Trade\n{fields}".strip(),
        custom,
        kind="primary",
        id="mot-1999-treaty",
        type="treaty",
        title="Treaty on trade",
        container_title="",
        issued="1999-05-04",
        URL="https://www.mot.gov/treaty",
    )


def cited(text: str, changes: Changes) -> Changes:
    """These changes, with a paragraph added to the words in front of the one that they add."""
    ((mark, words),) = changes[CH]  # type: ignore[misc]
    return changes | {CH: [(mark, f"{text}\n\n{words}")]}


BROKEN: dict[str, Fault] = {
    # the id
    "near-miss": Fault(
        "CIT001", add("It did [@prc-1961-treety]."), "@prc-1961-treety", "did you mean prc-1961-treaty?"
    ),
    "near-miss-in-second-place": Fault(
        "CIT001",
        add("It did [@prc-1961-treaty; @reuters-2025-trad]."),
        "@reuters-2025-trad",
        "did you mean reuters-2025-trade?",
    ),
    "unknown": Fault(
        "CIT001", add("It did [@nobody-knows-this]."), "@nobody", "add it under docs/data/sources/"
    ),
    "wrong-case": Fault("CIT002", add("It did [@Prc-1961-Treaty]."), "@Prc", "write @prc-1961-treaty"),
    "in-list": Fault("CIT001", add("- It did [@prc-1961-treety]."), "@prc", "did you mean"),
    "in-table": Fault(
        "CIT001", add("| A | B |\n| --- | --- |\n| It | did [@prc-1961-treety] |"), "@prc", "did you mean"
    ),
    "in-quotation": Fault("CIT001", add("> It did [@prc-1961-treety]."), "@prc", "did you mean"),
    "over-line-end": Fault(
        "CIT001", add("It did [@prc-1961-treaty;\n@prc-1961-treety]."), "@prc-1961-treety", "did you mean"
    ),
    # the form
    "empty-brackets": Fault("CIT003", add("It did [@]."), "@", "remove the sign"),
    "stray-semicolon": Fault("CIT003", add("It did [@prc-1961-treaty; ]."), " ]"[1:], "id of a source"),
    "unclosed-before-paragraph-ends": Fault(
        "CIT004", add("It did [@prc-1961-treaty.\n\nIt was so."), "[@prc", "[@id]"
    ),
    "unclosed-before-another": Fault(
        "CIT004", add("It did [@prc-1961-treaty. So [@reuters-2025-trade]."), "[@prc", "[@id]"
    ),
    "without-comma": Fault(
        "CIT005", add("It did [@prc-1961-treaty art. 2]."), "@prc", "[@prc-1961-treaty, art. 2]"
    ),
    "invisible-behind-id": Fault(
        "CIT005", add("It did [@prc-1961-treaty\u200b]."), "@prc", "write [@prc-1961-treaty]"
    ),
    "invisible-before-comma": Fault(
        "CIT005", add("It did [@prc-1961-treaty\u200b, art. 2]."), "@prc", "write [@prc-1961-treaty, art. 2]"
    ),
    "words-first": Fault("CIT005", add("It did [@prc-1961-treaty; see reuters]."), "see", "[@a; @b]"),
    "comma-and-nothing": Fault("CIT006", add("It did [@prc-1961-treaty,]."), "@prc", "remove the comma"),
    "twice-in-cluster": Fault(
        "CIT007", add("It did [@prc-1961-treaty, art. 2; @prc-1961-treaty, art. 2]."), "@prc", "remove one"
    ),
    # the place
    "in-heading": Fault(
        "CIT008", {CH: [("### Training {", "### Training [@prc-1961-treaty] {")]}, "[@prc", "sentence"
    ),
    "in-link-by-label": Fault(
        "CIT009", add("[it [@prc-1961-treaty]][un]\n\n[un]: https://www.un.org/"), "[@", "behind the link"
    ),
    "in-image": Fault(
        "CIT009", add("![The mark [@prc-1961-treaty]](../assets/logo.svg)"), "[@", "behind the link"
    ),
    # locators
    **{
        f"locator-{locator}": Fault("CIT018", add(f"It did [@prc-1961-treaty, {locator}]."), locator, hint)
        for locator, hint in {
            "2": "write p. 2, art. 2 or para. 2",
            "atr. 2": "did you mean art",
            "articel 2": "did you mean article",
            "art.": "write art. 4",
            "art. two": "write art. 4",
            "on helping each other": "art. 4, p. 12",
        }.items()
    },
    "locator-in-facts": Fault(
        "CIT018",
        {CL: [("prc-1961-treaty, art. 2", "prc-1961-treaty, atr. 2")]},
        "prc-1961",
        "did you mean art",
    ),
    "locator-reversed": Fault(
        "CIT019", add("It did [@prc-1961-treaty, arts. 7–2]."), "arts. 7–2", "write 2–7"
    ),
    "article-out-of-range": Fault(
        "CIT019", cited("It did [@mot-1999-treaty, art. 8].", treaty(EXTENT)), "art. 8", "correct the locator"
    ),
    "range-out-of-range": Fault(
        "CIT019", cited("It did [@mot-1999-treaty, paras. 18–21].", treaty(EXTENT)), "paras. 18–21", "correct"
    ),
    "second-out-of-range": Fault(
        "CIT019",
        cited("It did [@mot-1999-treaty, arts. 2 and 9].", treaty(EXTENT)),
        "arts. 2 and 9",
        "correct",
    ),
    "roman-out-of-range": Fault(
        "CIT019", cited("It did [@mot-1999-treaty, art. VIII].", treaty(EXTENT)), "art. VIII", "correct"
    ),
    "page-out-of-number": Fault(
        "CIT019",
        cited("It did [@mot-1999-treaty, p. 41].", treaty(fields="number-of-pages: 40")),
        "p. 41",
        "correct",
    ),
    "page-before-range": Fault(
        "CIT019",
        cited("It did [@mot-1999-treaty, p. 19].", treaty(fields='page: "20–24"')),
        "p. 19",
        "correct",
    ),
    "article-0": Fault("CIT019", add("It did [@prc-1961-treaty, art. 0]."), "art. 0", "look"),
    "out-of-range-in-facts": Fault(
        "CIT019",
        {CL: [("prc-1961-treaty, art. 2", "prc-1961-treaty, art. 8")]}
        | src(
            (
                "    kind: primary\n    shows: Article 2",
                "    kind: primary\n    extent: {articles: 7}\n    shows: Article 2",
            )
        ),
        "prc-1961-treaty, art. 8",
        "correct",
    ),
    # quotations
    "quotation-of-treaty": Fault(
        "CIT020", add("It says “by all means at once” [@prc-1961-treaty]."), "@prc-1961", "art. 2"
    ),
    "quotation-then-words": Fault(
        "CIT020", add("It says “by all means at once”, in that text [@prc-1961-treaty]."), "@prc", "art. 2"
    ),
    **{
        f"quotation-{name}": Fault(
            "CIT020", add(f"It says {quote} [@prc-1961-treaty]."), "@prc-1961", "art. 2"
        )
        for name, quote in {
            "straight": '"by all means at once"',
            "single": "‘by all the states’ means at once’",
            "straight-single": "'by all the state's means at once'",
            "straight-single-of-plural": "'by all the means'",
            "angled": "«by all means at once»",
            "with-a-link": '"by [all](https://www.un.org/) means at once"',
        }.items()
    },
    "quotation-in-block": Fault(
        "CIT020", add("> By all means.\n> At once [@prc-1961-treaty]."), "@prc-1961", "art. 2"
    ),
    "quotation-in-block-with-author": Fault(
        "CIT020", add("> By all means.\n>\n> — The treaty [@prc-1961-treaty]"), "@prc-1961", "art. 2"
    ),
    "quotation-in-block-after-colon": Fault(
        "CIT020", add("The treaty says [@prc-1961-treaty]:\n\n> By all means."), "@prc-1961", "art. 2"
    ),
    "quotation-in-facts-straight": Fault(
        "CIT020",
        {EV: [("text: It was signed in Beijing.", "text: It says 'by all means at once'.")]},
        "prc-1961-treaty",
        "prc-1961-treaty, art. 2",
    ),
    "quotation-of-report-with-pages": Fault(
        "CIT020",
        cited("It says “by all means at once” [@mot-1999-treaty].", treaty(EXTENT)),
        "@mot",
        "art. 2",
    ),
    "quotation-in-facts": Fault(
        "CIT020",
        {EV: [("text: It was signed in Beijing.", "text: It says “by all means at once”.")]},
        "prc-1961-treaty",
        "prc-1961-treaty, art. 2",
    ),
    # footnotes
    "footnote-misspelt": Fault(
        "CIT010", add("It did[^nots]. So[^note].\n\n[^note]: Words."), "[^nots]", "did you mean note"
    ),
    "footnote-in-table": Fault(
        "CIT010", add("| A | B |\n| --- | --- |\n| It | did[^n] |"), "[^n]", "add a line"
    ),
    # statements
    **{
        f"statement-{name}": Fault("CIT013", add(text), at, "cite the document")
        for name, (text, at) in {
            "figure": ("Some 300 came.", "300"),
            "date": ("It was signed in 1972.", "1972"),
            "vote": ("China abstained.", "abstained"),
            "document": ("The Treaty of Friendship binds both.", "The Treaty"),
            "item": ("- It was signed in 1972.", "1972"),
            "second-item": ("- It was so.\n- It had 300 members.", "300"),
            "row": ("| A | B |\n| --- | --- |\n| May | 300 |", "300"),
            "admonition": ("!!! note\n\n    It had 300 members.", "300"),
            "tab-in-a-tab": ('=== "A"\n\n    === "B"\n\n        It had 300 members.', "300"),
            "box-in-a-list": ("- One.\n\n    !!! note\n\n        Two.\n\n        It had 300 members.", "300"),
            "quotation-block": ("> It had 300 members.", "300"),
            "figcaption": ("<figure>\n<figcaption>Trade in 1972</figcaption>\n</figure>", "1972"),
            "markdown-figcaption": (
                '<figure markdown="span">\n  <figcaption>Trade in 1972</figcaption>\n</figure>',
                "1972",
            ),
            "block-caption": ("/// caption\nTrade in 1972\n///", "1972"),
            "alternative-text": ("![Trade of 300 tons](../assets/logo.svg)", "300"),
            "cell-in-html": ("<table>\n<tr><td>300 came</td></tr>\n</table>", "300"),
            # words that a pointer begins with as well
            "more-than": ("More than 10,000 troops were sent in 2024.", "10,000"),
            "further": ("Further sanctions followed in 2017.", "2017"),
            "further-with-link": ("Further sanctions followed in [2017](../faq.md).", "2017"),
            "details-of": ("Details of 300 shipments emerged in 2023.", "300"),
            "see-how": ("See how 12,000 troops arrived in 2024.", "12,000"),
            "sources-in": ("Sources in Seoul said that 600 soldiers were killed in 2025.", "600"),
            "pointer-and-more": ("See [the answers](../faq.md), for 300 came.", "300"),
            "pointer-behind": ("It began in 1972: see [the answers](../faq.md).", "1972"),
            # words that stand for the page as well
            "test": ("North Korea carried out the test on 9 September 2016.", "9"),
            "tests": ("The tests of 2016 and 2017 were the largest.", "2016"),
            "list": ("The list of 2024 names 40 firms.", "2024"),
            "site": ("In 2019 Russia said the site of the launch was closed.", "2019"),
            "page-with-number-of-people": ("This list names 300 soldiers.", "300"),
            "page-with-date": ("This list was drawn up on 4 May.", "4"),
            "page-in-first-clause": ("This page is short, but 300 came.", "300"),
            # what was not found is one clause of several
            "not-found-then": ("No count was found, but 300 came.", "300"),
            "not-found-behind": ("In 2024 Russia sent 300, and no later count was found.", "2024"),
            "not-found-although": ("Although no count was found, 300 came.", "300"),
            "not-found-which": ("No copy was found of the letter, which names 300 firms.", "300"),
            "no-fewer": ("No fewer than 300 are known to have come.", "300"),
            # figures in words
            "tons-in-words": ("It sent five hundred tons of rice.", "five hundred tons"),
            "killed-in-words": ("Three thousand were killed.", "Three thousand were killed"),
            "troops-in-words": ("Some twelve thousand\nNorth Korean soldiers came.", "twelve thousand"),
        }.items()
    },
    "statement-on-another-page": Fault(
        "CIT013",
        {"docs/claims.md": [("::: claims-in-full", "It was signed in 1972.\n\n::: claims-in-full")]},
        "1972",
        "cite",
    ),
    # notes left
    **{
        f"left-{note}": Fault("CIT014", add(f"It is an ally {note}."), note, "remove the note")
        for note in (
            "[citation needed]",
            "(citation needed)",
            "{{citation needed}}",
            "[cn]",
            "[who?]",
            "[when?]",
            "[source?]",
            "[verify]",
            "[clarification needed]",
            "[according to whom?]",
            "TODO",
            "FIXME",
            "TBD",
            "XXX",
            "???",
            "lorem ipsum",
        )
    },
    "left-beside-another-label": Fault(
        "CIT014", add("It is [so][ref] [cn].\n\n[ref]: ../faq.md"), "[cn]", "remove the note"
    ),
    "left-in-comment": Fault("CIT014", add("<!-- TODO say more -->"), "TODO", "do it"),
    **{
        f"pasted-{note}": Fault("CIT022", add(f"It is an ally.{note}"), note, "[@id]")
        for note in (
            "[12]",
            "[a]",
            "[note 2]",
            "【3†source】",
            ":contentReference[oaicite:0]{index=0}",
            "[cite: 3]",
        )
    },
    "pasted-search": Fault("CIT022", add("It is an ally turn0search12 of it."), "turn0search12", "[@id]"),
    # what they rest on
    "page-on-one-publisher": Fault(
        "CIT017",
        {
            FQ: [
                ("[@prc-1961-treaty]", "[@reuters-2025-trade]"),
                ("## Sources", " ".join(["It did [@reuters-2025-trade]."] * 4) + "\n\n## Sources"),
            ]
        },
        "\n"[1:],
        "independent",
    ),
    **{
        f"state-media-{name}": Fault(
            "CIT021", cited(text, source("", **XINHUA)), "[@xinhua", "name who says so"
        )
        for name, text in {
            "casualties": "Of them 300 were killed [@xinhua-2025-trade].",
            "violation": "The flight violated the law [@xinhua-2025-trade].",
            "attack": "It was attacked by night [@xinhua-2025-trade].",
            "in-list": "- Of them 300 were wounded [@xinhua-2025-trade].",
            "in-table": "| Date | Dead |\n| --- | --- |\n| May | 300 killed [@xinhua-2025-trade] |",
        }.items()
    },
}

CLEAN: dict[str, Changes] = {
    "labels-like-notes": add(
        "It is [so][ref], [said][cn] and [ref].\n\n[ref]: ../faq.md\n[cn]: ../faq.md#about-china"
    ),
    # what is no citation
    **{
        f"trap-{name}": add(text)
        for name, text in {
            "code": "Write `[@nobody]` or ``[@a; @]``.",
            "fence": "```md\nIt did [@nobody, 12.\n```",
            "tilde-fence": "~~~\n[@nobody]\n~~~",
            "indented-code": "Write:\n\n    [@nobody] in 1972",
            "code-in-list": "1. Write\n\n        [@nobody] in a list",
            "code-in-a-tab-in-a-tab": '=== "A"\n\n    === "B"\n\n            [@nobody] in 1972',
            "code-in-a-box-in-a-list": "- Write\n\n    !!! note\n\n            [@nobody] in 1972",
            "code-behind-a-list": "- Write\n\nIt is:\n\n    [@nobody] in 1972",
            "escape": r"Write \[@nobody] or \[@nobody\].",
            "mail": "Write to desk@un.org, or to [desk@un.org](mailto:desk@un.org).",
            "mail-in-brackets": "Write to the desk [desk@un.org] or <desk@un.org>.",
            "handle": "He is @nknews and (@38north) there.",
            "handle-link": "See [@nknews](https://nknews.org/) and [@nknews][nk].\n\n[nk]: https://nknews.org/",
            "handle-as-label": "See [@nknews on X].\n\n[@nknews on X]: https://nknews.org/",
            "decorator": "Use @rule, @pytest.fixture or @functools.lru_cache.",
            "comment": "<!-- [@nobody] [citation] 1972 -->",
            "comment-over-lines": "<!--\nIt did [@nobody\nin 1972.\n-->",
            "attribute": '<span title="[@nobody]" data-x="[@">Words</span>',
            "attribute-of-image": '<img src="../../assets/logo.svg" alt="[@nobody]">',
            "formula": "Let $a[@i]$ be.\n\n$$\nx[@nobody]\n$$",
            "template": "Version v@1 and package@2.0 are plain.",
            "time": "It is open @ noon.",
        }.items()
    },
    "trap-front-matter": {CH: [("aliases: [PRC]", 'aliases: ["@prc", "x [y]"]')]},
    "money-is-no-formula": add("It cost $5 million [@reuters-2025-trade] and $6 million [@prc-1961-treaty]."),
    # locators
    **{
        f"locator-{locator}": add(f"It did [@prc-1961-treaty, {locator}].")
        for locator in (
            "art. 2",
            "arts. 2–4",
            "art. II",
            "preamble",
            "paras. 2, 4 and 6",
            "annex II, para. 3",
            "p. xiv",
            "12:34",
        )
    },
    "in-range": cited(
        "It did [@mot-1999-treaty, art. 7] and [@mot-1999-treaty, paras. 18–20].", treaty(EXTENT)
    ),
    "in-pages": cited("It did [@mot-1999-treaty, p. 22].", treaty(fields='page: "20–4"')),
    "one-page-number": cited("It did [@mot-1999-treaty, p. 3].", treaty(fields='page: "120"')),
    "place-not-counted": cited("It did [@mot-1999-treaty, annex 3].", treaty(EXTENT)),
    "same-document-two-places": add("It did [@prc-1961-treaty, art. 2; @prc-1961-treaty, art. 4]."),
    # quotations
    "quotation-with-locator": add("It says “by all means at once” [@prc-1961-treaty, art. 2]."),
    "quotation-of-newspaper": add("It says “by all means at once” [@reuters-2025-trade]."),
    "quotation-with-newspaper-beside": add(
        "It says “by all means at once” [@prc-1961-treaty; @reuters-2025-trade]."
    ),
    "term-in-marks": add("The “mutual aid” clause is clear [@prc-1961-treaty]."),
    **{
        f"quotation-no-{name}": add(f"{text} [@prc-1961-treaty].")
        for name, text in {
            "decades": "In the '90s both of the states' friends and their sons' friends came",
            "plural": "It is the states' own aim and their leaders' joint aim",
            "apostrophe": "It isn't the state's aim, nor is it Kim’s, nor the states’ aim",
            "inches": 'It is 5" by 7" in all, and 9" by 8" too',
            "attribute": 'It is <span title="one of the two">so</span> and [so](../faq.md "one of the two")',
            "term": "It is 'mutual aid', \"mutual aid\", ‘mutual aid’ and «mutual aid»",
        }.items()
    },
    "quotation-in-block-with-locator": add("> By all means.\n>\n> — The treaty [@prc-1961-treaty, art. 2]"),
    "quotation-in-block-of-newspaper": add("> By all means [@reuters-2025-trade]."),
    "quotation-in-block-after-colon": add("The treaty says [@prc-1961-treaty, art. 2]:\n\n> By all means."),
    "quotation-in-block-of-other-sentence": add(
        "It is so [@prc-1961-treaty]. Others say:\n\n> By all means."
    ),
    "callout-is-no-quotation": add("> [!NOTE]\n> It binds both sides [@prc-1961-treaty]."),
    "quotation-of-other-sentence": add(
        "It says “by all means at once” [@reuters-2025-trade]. So it was [@prc-1961-treaty]."
    ),
    "quotation-in-facts": {
        EV: [
            (
                "text: It was signed in Beijing.\n  sources:\n    - prc-1961-treaty",
                "text: It says “by all means at once”.\n  sources:\n    - prc-1961-treaty, art. 2",
            )
        ]
    },
    # statements
    **{
        f"statement-{name}": add(text)
        for name, text in {
            "caption": "<figure>\n<figcaption>Trade in 1972 [@prc-1961-treaty]</figcaption>\n</figure>",
            "block-caption": "/// caption\nTrade in 1972 [@prc-1961-treaty]\n///",
            "admonition": "!!! note\n\n    It had 300 members [@prc-1961-treaty].",
            "row": "| A | B |\n| --- | --- |\n| May | 300 [@prc-1961-treaty] |",
            "rank-in-list": "1. It was so.\n2. It is so.",
            "html-without-figures": "<p>Words.</p>",
            **{
                f"pointer-{number}": text
                for number, text in enumerate(
                    (
                        "More: [the trade of 2024](../faq.md).",
                        "**Details:** [the trade of 2024](../faq.md).",
                        "More on [the trade of 2024](../faq.md).",
                        "See [the trade of 2024](../faq.md) and [that of 2023](../faq.md).",
                        "See also [the trade of 2024][un].\n\n[un]: https://www.un.org/",
                        "Sources: Reuters, 2024; Xinhua, 2025.",
                        "See [China: imports, and exports, of 2024](../faq.md).",
                        "It goes on: see [the trade of 2024](../faq.md).",
                    )
                )
            },
            **{
                f"about-the-page-{number}": text
                for number, text in enumerate(
                    (
                        "This list has 12 rows.",
                        "The table below has 12 rows.",
                        "It is one of two, and this page says what “ally” means.",
                    )
                )
            },
            **{
                f"not-found-{number}": text
                for number, text in enumerate(
                    (
                        "No visit in 2024, and none in 2025, was found.",
                        "No report, and no text, was found of a treaty of 2026.",
                        "As of March 2026, no total for the 300 was found.",
                        "How it voted in 2025 could not be\nestablished.",
                        "Whether 300 came has not yet been confirmed, and whether 40 left is not known.",
                        "It is so, although no report of the 300 was found.",
                    )
                )
            },
            "words-with-numbers": "It is one of the two. Hundreds of pages, and three of its aims, are so.",
        }.items()
    },
    "about-page-states-nothing": {
        "docs/about/method.md": [("Five of them.", "It began in 1972, with 300 pages.")]
    },
    # notes
    "todo-in-spanish": add("Todo el mundo, ¿qué? Was it so?"),
    "who-as-word": add("They [the two] and [sic] are plain."),
    "label-with-number": add("It is in [the law][1] and [1].\n\n[1]: https://www.un.org/"),
    "footnote": add("It did[^12].\n\n[^12]: Words."),
    "number-in-brackets-of-code": add("Take `a[12]` or `list[0]`."),
    # what they rest on
    **{
        f"state-media-{name}": cited(text, source("", **XINHUA))
        for name, text in {
            "named": "Xinhua said that 300 were killed [@xinhua-2025-trade].",
            "reported": "According to the ministry, 300 were killed [@xinhua-2025-trade].",
            "with-another": "Of them 300 were killed [@xinhua-2025-trade; @reuters-2025-trade].",
            "not-contested": "The two met in May 1972 [@xinhua-2025-trade].",
            "named-in-row": "| Who says so | Dead |\n| --- | --- |\n| Xinhua | 300 killed [@xinhua-2025-trade] |",
        }.items()
    },
    "four-primary": {
        FQ: [
            (
                "[@prc-1961-treaty]",
                "[@prc-1961-treaty]. It did [@prc-1961-treaty, art. 3]. It did [@prc-1961-treaty, art. 4]. It did [@prc-1961-treaty, art. 5]",
            )
        ]
    },
}

test_exactly_the_rule_speaks_at_the_place, test_nothing_speaks = trials(BROKEN, CLEAN)
