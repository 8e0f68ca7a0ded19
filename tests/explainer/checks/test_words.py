"""Every rule on words and facts: a project that breaks it, exactly it speaks; and clean twins that look alike."""

from pathlib import Path

from tests.explainer.checks.faults import CH, CL, CO, EV, FG, FQ, HI, IX, MK, SRC, add, assert_silent, source
from tests.explainer.checks.projects import Changes, check_words, for_each, told


def src(old: str, new: str) -> Changes:
    """A change to the registry."""
    return {SRC: [(old, new)]}


PERIODS = """\
- id: china-1991
  country: china
  begins: 1991
  ends: 2021
  change:
    text: The treaty was in force.
    sources: [prc-1961-treaty]
  tests:
    treaty: {answer: 'yes', date: 2021, reason: It was in force., sources: [prc-1961-treaty]}

- id: china-2021
  country: china
  begins: 2021
  change:
    text: The treaty is in force.
    sources: [prc-1961-treaty]
"""
LAPSED = "  tests:\n    treaty: {answer: lapsed, date: 2022, reason: It ended., sources: [prc-1961-treaty]}\n"

SERIES = """\
- id: trade
  file: trade.csv
  title: Trade between China and North Korea
  unit: billion dollars
  definition:
    text: Goods as China's customs count them.
    sources: [reuters-2025-trade]
  columns:
    - {name: year, label: Year, kind: year, description: The year}
    - {name: value, label: Value, kind: decimal, description: The figure}
    - {name: source, label: Source, kind: source, description: Who says so}
"""

CHANGES = """\
- id: 2026-11-02-trade
  date: 2026-11-02
  kind: correction
  title: The trade of 2024 was too high
  text: It said 2.3 billion dollars and says 2.2 billion.
  reason: A reader sent the figures of the customs.
  pages: [countries/china.md]
  countries: [china]
  sources: [reuters-2025-trade]

- id: 2026-11-01-first
  date: 2026-11-01
  kind: new
  title: First edition
  text: One country.
  reason: Nobody had one.
  pages: [index.md, countries/china.md]
  countries: [china]
  verdicts: {china: treaty-ally}
"""


def log(old: str, new: str) -> Changes:
    """The log of changes, with one change to it."""
    assert old in CHANGES
    return {"docs/data/changes.yml": CHANGES.replace(old, new, 1)}


FIGURES = """\
- id: trade-2024
  value: 2.2 billion
  unit: US dollars
  measures: Trade between China and North Korea
  as_of: 2024
  who: China’s customs (GAC)
  also: [Chinese customs]
  countries: [china]
  sources: [reuters-2025-trade]
"""


def figure(*changes: tuple[str, str], words: str = "Trade came to [=trade-2024].") -> Changes:
    """The project with one figure, which the words name unless others are given."""
    text = FIGURES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    clean = ("| 2024 | 2.2 billion dollars [@reuters-2025-trade] |", "| 2024 | [=trade-2024] |")
    page = add(words)[CH]
    assert isinstance(page, list)
    return {FG: text, CH: [clean, *page]}


NAMED = ("Words of our own.\n", "Trade was [=trade-2024].\n")
"""A text of the data that names the figure (the first is the verdict on China)."""

TREATIES = """\
- id: china-1961
  title: Treaty of Friendship
  countries: [china]
  parties: [China]
  status: in-force
  clause: defence
  signed: {text: Signed in Beijing on 11 July 1961., date: 1961-07-11, sources: [prc-1961-treaty]}
  in_force: {text: In force since 10 September 1961., date: 1961-09-10, sources: [prc-1961-treaty]}
  ended: {text: No end of it was found., sources: []}
  article: {text: Each side helps the other., sources: [prc-1961-treaty]}
  positions: []
  trigger: {text: An attack., sources: [prc-1961-treaty]}
  ending: {text: Only by agreement., sources: [prc-1961-treaty]}
"""


def treaties(*changes: tuple[str, str]) -> Changes:
    """The project with one treaty."""
    text = TREATIES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {"docs/data/treaties.yml": text}


def again(**changes: str) -> Changes:
    """The events with the signing told once more, with these fields changed."""
    fields = {
        "id": "1961-07-11-pact",
        "date": "1961-07-11",
        "countries": "[china]",
        "kind": "treaty",
        "title": "China and North Korea signed a treaty",
        "text": "In Beijing.",
        "sources": "[prc-1961-treaty]",
    } | changes
    text = "- " + "\n  ".join(f"{key}: {value}" for key, value in fields.items()) + "\n\n"
    return {EV: [("- id: 2022-05-26-veto", f"{text}- id: 2022-05-26-veto")]}


GLOSSARY = """\
- id: moot
  term: moot
  aliases: [moots]
  text: A meeting at which all speak in turn.
  sources: []
- id: xqa
  term: XQA
  text: An agency that counts the moots.
  sources: []
"""


def explained(text: str, records: str = GLOSSARY, page: str = "A moot, said XQA.") -> Changes:
    """A page with this text, another that uses every term, and a glossary."""
    return {
        **add(text),
        "docs/data/glossary.yml": records,
        "docs/about/method.md": [("Five of them.", f"Five of them. {page}")],
    }


BROKEN: dict[str, tuple[str, Changes]] = {
    # LNK
    "link-to-missing-page": ("LNK001", add("[x](iran.md)")),
    "link-to-missing-anchor": ("LNK002", add("[x](../faq.md#nothing)")),
    "link-to-missing-anchor-here": ("LNK002", add("[x](#nothing)")),
    "link-in-wrong-case": ("LNK003", add("[x](../FAQ.md)")),
    "link-to-html": ("LNK004", add("[x](../faq.html)")),
    "link-to-built-address": ("LNK004", add("[x](../../faq/)")),
    "link-to-built-address-from-docs": ("LNK004", add("[x](../faq/)")),
    "link-with-absolute-path": ("LNK005", add("[x](/faq/)")),
    "link-out-of-docs": ("LNK006", add("[x](../../README.md)")),
    "link-empty": ("LNK007", add("[x]()")),
    "link-to-hash": ("LNK007", add("[x](#)")),
    "image-missing": ("LNK008", add("![A map](../assets/map.png)")),
    "reference-undefined": ("LNK009", add("[text][nowhere]")),
    "definition-unused": ("LNK010", add("[left]: https://www.un.org/")),
    "definition-twice": ("LNK011", add("[a][un]\n\n[un]: https://www.un.org/\n[un]: https://www.un.org/en/")),
    "link-to-javascript": ("LNK012", add("[x](javascript:alert)")),
    "link-to-file": ("LNK012", add("[x](file:///etc/passwd)")),
    "link-to-localhost": ("LNK013", add("[x](http://localhost:8000/)")),
    "link-to-private-network": ("LNK013", add("[x](https://192.168.1.4/)")),
    "link-without-scheme": ("LNK014", add("[x](www.un.org/en)")),
    "link-with-misspelt-scheme": ("LNK015", add("[x](htps://www.un.org/)")),
    "link-with-one-slash": ("LNK015", add("[x](https:/www.un.org/)")),
    "link-with-bad-port": ("LNK015", add("[x](https://www.un.org:99999/)")),
    "link-with-bad-percent": ("LNK015", add("[x](https://www.un.org/100%)")),
    "mailto-without-address": ("LNK015", add("[x](mailto:nobody)")),
    "link-with-invisible-character": ("LNK016", add("[x](../faq\u200b.md)")),
    "link-to-placeholder": ("LNK017", add("[x](https://example.com/page)")),
    "link-with-tracking": ("LNK018", add("[x](https://www.un.org/?utm_source=x)")),
    "link-to-own-address": ("LNK019", add("[x](https://allies.test.org/site/faq/)")),
    "link-without-words": ("LNK020", add("[](../faq.md)")),
    "link-here": ("LNK021", add("Read it [here](../faq.md)")),
    "image-without-description": ("LNK022", add("![](../assets/logo.svg)")),
    "link-to-a-source": ("LNK023", add("[Reuters](https://www.reuters.com/world/trade-2024)")),
    "id-twice": ("LNK024", {CH: [("{#military-training}", "{#military}")]}),
    "image-unused": ("LNK025", {"docs/assets/old.png": b"x"}),
    "link-without-encryption": ("LNK026", add("[x](http://www.un.org/)")),
    "text-fragment-malformed": ("LNK027", add("[x](https://www.un.org/#:~:txt=x)")),
    "page-not-in-navigation": ("LNK028", {MK: [("  - sources.md\n", "")]}),
    # CIT
    "citation-undefined": ("CIT001", add("It did [@prc-1961-treatty].")),
    "citation-in-wrong-case": ("CIT002", add("It did [@PRC-1961-treaty].")),
    "citation-empty": ("CIT003", add("It did [@].")),
    "citation-unclosed": ("CIT004", add("It did [@prc-1961-treaty.")),
    "citation-malformed": ("CIT005", add("It did [@prc-1961-treaty art. 2].")),
    "locator-empty": ("CIT006", add("It did [@prc-1961-treaty, ].")),
    "citation-twice-in-cluster": ("CIT007", add("It did [@prc-1961-treaty; @prc-1961-treaty].")),
    "citation-twice-in-place": ("CIT007", add("It did [@prc-1961-treaty] [@prc-1961-treaty].")),
    "citation-in-heading": ("CIT008", {CH: [("## History {", "## History [@prc-1961-treaty] {")]}),
    "citation-in-link": ("CIT009", add("[the treaty [@prc-1961-treaty]](../faq.md)")),
    "footnote-undefined": ("CIT010", add("It did[^1].")),
    "footnote-undefined-behind-citation": ("CIT010", add("It did [@prc-1961-treaty][^1].")),
    "footnote-unused": ("CIT011", add("[^1]: A note.")),
    "footnote-twice": ("CIT012", add("It did[^1].\n\n[^1]: A note.\n[^1]: Another.")),
    "paragraph-without-citation": ("CIT013", add("The two signed another paper in 1972.")),
    "list-item-without-citation": ("CIT013", add("- Trade was 2.5 billion dollars.")),
    "table-row-without-citation": ("CIT013", add("| A | B |\n| --- | --- |\n| May | 17 |")),
    "admonition-without-citation": ("CIT013", add('!!! note "A note"\n\n    It had 300 members.')),
    "vote-without-citation": ("CIT013", add("China vetoed the draft.")),
    "quotation-without-citation": ("CIT013", add("He called it “an unbreakable bond of blood”.")),
    "organisation-without-citation": ("CIT013", add("The matter came before the Security Council again.")),
    "sentence-without-citation": (
        "CIT013",
        add("He came in 1972. They talked for a while. They signed a paper [@prc-1961-treaty]."),
    ),
    "faq-without-citation": ("CIT013", add("### Was there a vote? {#vote}\n\nYes, in 1991.", FQ)),
    "citation-needed": ("CIT014", add("It is an ally [citation needed].")),
    "todo-left": ("CIT014", add("TODO: say more.")),
    "no-list-of-sources": ("CIT015", {FQ: [("::: references", "None.")]}),
    "citation-without-brackets": ("CIT016", add("It did (@prc-1961-treaty).")),
    "one-publisher": ("CIT017", add(" ".join("It did [@reuters-2025-trade]." for _ in range(12)))),
    # SRC
    "source-misspelt-in-its-only-use": (
        "CIT001",
        {
            CH: [("[@un-2022-sc14911]", "[@un-2022-sc14912]")],
            EV: [("    - un-2022-sc14911", "    - reuters-2025-trade")],
        },
    ),
    "sources-not-yaml": ("FCT001", {SRC: [("title: Treaty of", 'title: "Treaty of')]}),
    "countries-not-yaml": ("FCT001", {CO: [("tier: treaty-ally", 'tier: "treaty-ally')]}),
    "source-unused": (
        "SRC001",
        {
            CH: [(" [@un-2022-sc14911]", " [@reuters-2025-trade]")],
            EV: [("un-2022-sc14911", "reuters-2025-trade")],
        },
    ),
    "source-id-twice": (
        "SRC002",
        {
            "docs/data/sources/more.yml": "- id: reuters-2025-trade\n  type: article\n  title: Another\n"
            "  publisher: AP News\n  accessed: 2026-10-01\n  URL: https://apnews.com/x\n  language: en\n"
            "  custom:\n    kind: wire\n    shows: Says how goods came across the river in that year.\n"
        },
    ),
    "field-missing": ("SRC003", src("  language: en\n", "")),
    "field-unknown": ("SRC004", src("  language: en\n", "  language: en\n  colour: red\n")),
    "field-misspelt": ("SRC004", src("  URL: https://www.reuters", "  Url: https://www.reuters")),
    "date-impossible": ("SRC005", src("issued: 2025-01-18", "issued: 2025-02-30")),
    "kind-unknown": ("SRC005", src("kind: wire", "kind: wires")),
    "same-address": ("SRC006", source("", URL="http://m.reuters.com/world/trade-2024/#top")),
    "same-title-and-date": (
        "SRC006",
        source(
            "", title="China's trade with North Korea in 2024", container_title="Reuters", issued="2025-01-18"
        ),
    ),
    "no-publisher": ("SRC007", src("  container-title: Reuters\n", "")),
    "read-in-the-future": ("SRC008", src("accessed: 2026-10-01", "accessed: 2027-10-01")),
    "issued-in-the-future": (
        "SRC008",
        {
            SRC: [("issued: 2025-01-18", "issued: 2027-01-18"), ("reuters-2025", "reuters-2027")],
            CH: [("reuters-2025", "reuters-2027"), ("reuters-2025", "reuters-2027")],
            CO: [("reuters-2025", "reuters-2027")] * 5,
        },
    ),
    "issued-after-read": (
        "SRC009",
        {SRC: [("issued: 2025-01-18\n  accessed: 2026-10-01", "issued: 2025-01-18\n  accessed: 2025-01-17")]},
    ),
    "shows-too-short": (
        "SRC010",
        src(
            "Chinese customs put two-way trade in 2024 at about 2.2 billion dollars.",
            "Trade between both in 2024.",
        ),
    ),
    "shows-is-title": (
        "SRC010",
        src(
            "Chinese customs put two-way trade in 2024 at about 2.2 billion dollars.",
            "China's trade with North Korea in 2024.",
        ),
    ),
    "title-generic": (
        "SRC011",
        src("title: China's trade with North Korea in 2024", "title: Just a moment..."),
    ),
    "title-404": ("SRC011", src("title: China's trade with North Korea in 2024", "title: 404 Not Found")),
    "title-is-address": (
        "SRC012",
        src("title: China's trade with North Korea in 2024", "title: https://www.reuters.com/x"),
    ),
    "doi-malformed": (
        "SRC013",
        src("  language: en\n", "  language: en\n  DOI: https://doi.org/10.1080/1\n"),
    ),
    "isbn-malformed": ("SRC014", src("  language: en\n", "  language: en\n  ISBN: 978-0-306-40615-8\n")),
    "issn-malformed": ("SRC015", src("  language: en\n", "  language: en\n  ISSN: 0378-5954\n")),
    "un-symbol-malformed": ("SRC016", src("number: SC/14911", "number: SC 14911")),
    "un-symbol-at-odds": ("SRC016", src("number: SC/14911", "number: SC/14912")),
    "mirror": ("SRC017", src("https://www.reuters.com/world/trade-2024", "https://www.msn.com/en/trade")),
    "state-media-as-wire": ("SRC018", src("container-title: Reuters", "container-title: Xinhua")),
    "wire-as-state-media": ("SRC018", src("kind: wire", "kind: state-media")),
    "language-unknown": ("SRC019", src("  language: en\n", "  language: qq\n")),
    "title-unbalanced": (
        "SRC020",
        src("title: Security Council fails", "title: Security Council (8995th fails"),
    ),
    "title-invisible": ("SRC021", src("title: Security Council", "title: Security\u200b Council")),
    "author-generic": (
        "SRC022",
        src("  language: en\n", "  language: en\n  author:\n    - literal: Admin\n"),
    ),
    "author-et-al": (
        "SRC022",
        src("  language: en\n", "  language: en\n  author:\n    - family: Kim et al.\n"),
    ),
    "archive-is-original": (
        "SRC023",
        src(
            "  language: en\n",
            "  language: en\n  archive: https://www.marxists.org/subject/china/documents/china_dprk.htm\n",
        ),
    ),
    "archive-of-another": (
        "SRC023",
        src(
            "  language: en\n",
            "  language: en\n  archive: https://web.archive.org/web/20200101000000/https://www.un.org/\n",
        ),
    ),
    "pages-reversed": ("SRC024", src("  language: en\n", '  language: en\n  page: "38-12"\n')),
    "publisher-spelt-otherwise": ("SRC025", source("", container_title="The Reuters")),
    "id-at-odds-with-issued": ("SRC026", src("issued: 2025-01-18", "issued: 2024-01-18")),
    "address-impossible": ("SRC027", src("https://www.reuters.com/world", "https://example.com/world")),
    "address-with-tracking": ("SRC028", src("trade-2024\n", "trade-2024?utm_source=x\n")),
    # FCT
    # FCT: figures
    "figure-unknown": ("FCT016", figure(words="Trade came to [=trade-2042] in that year.")),
    "figure-unknown-in-data": ("FCT016", {**figure(), CL: [("is in force.", "is [=trade-2042].")]}),
    "figure-of-unknown-form": ("FCT016", figure(words="Trade came to [=trade-2024 short].")),
    "figure-unclosed": ("FCT016", figure(words="Trade came to [=trade-2024 that year.")),
    "figure-without-id": ("FCT016", figure(words="Trade came to [=].")),
    "figure-in-link": ("FCT016", figure(words="Trade came to [=trade-2024](../faq.md).")),
    "figure-in-heading": ("FCT016", figure(words="### Trade [=trade-2024] {#trade-again}\n\nIt grew.")),
    "figure-unused": (
        "FCT017",
        figure() | {FG: FIGURES + FIGURES.replace("2024", "2023").replace("reuters-2023", "reuters-2025")},
    ),
    "figure-written-out": (
        "FCT018",
        figure(words="Trade was 2.2 billion dollars in 2024 [@reuters-2025-trade]."),
    ),
    "figure-written-out-rounded": (
        "FCT018",
        figure(("2.2 billion", "2.21 billion"), words="Trade was $2.2 billion [@reuters-2025-trade]."),
    ),
    "figure-written-out-with-author": (
        "FCT018",
        figure(words="Chinese customs counted 2.2 billion US dollars in 2024 [@un-2022-sc14911]."),
    ),
    "figure-written-out-in-data": (
        "FCT018",
        {
            **figure(),
            CL: [
                (
                    "The treaty of 1961 is in force.\n  sources:\n",
                    "Trade is 2.2 billion dollars.\n  sources:\n    - reuters-2025-trade\n",
                )
            ],
        },
    ),
    "count-written-out-without-unit": (
        "FCT018",
        figure(
            ("2.2 billion", "620"),
            ("US dollars", "troops"),
            words="Of troops, Chinese customs gave 620 for 2024 [@reuters-2025-trade].",
        ),
    ),
    "figure-range-written-out": (
        "FCT018",
        figure(
            ("value: 2.2 billion", "low: 300\n  high: 400"),
            ("US dollars", "troops"),
            words="It sent 300 to 400 North Korean troops [@reuters-2025-trade].",
        ),
    ),
    "figure-contradicted": (
        "FCT019",
        figure(
            words="The trade between China and North Korea was 2.6 billion dollars in 2024 [@reuters-2025-trade]."
        ),
    ),
    "figure-with-reversed-range": (
        "FCT020",
        figure(("value: 2.2 billion", "low: 2.2 billion\n  high: 1.7 billion")),
    ),
    "figure-with-value-and-range": (
        "FCT020",
        figure(("value: 2.2 billion", "value: 2.2 billion\n  low: 2 billion\n  high: 3 billion")),
    ),
    "figure-without-number": ("FCT020", figure(("  value: 2.2 billion\n", ""))),
    "figure-with-sign-for-unit": ("FCT020", figure(("unit: US dollars", 'unit: "%"'))),
    "figure-with-scale-in-unit": ("FCT020", figure(("2.2 billion\n  unit: US", "2.2\n  unit: billion US"))),
    "figure-of-no-number": ("FCT002", figure(("2.2 billion", "a lot"))),
    "figure-of-no-period": ("FCT002", figure(("as_of: 2024", "as_of: 2024/2023"))),
    "figure-of-the-future": ("FCT010", figure(("as_of: 2024", "as_of: 2024/2031"))),
    "figure-of-unknown-country": ("FCT006", figure(("countries: [china]", "countries: [chna]"))),
    "figure-without-source": ("FCT007", figure(("sources: [reuters-2025-trade]", "sources: []"))),
    "figure-bare-without-year": ("FCT021", figure(words="Chinese customs counted [=trade-2024 value].")),
    "figure-bare-without-author": ("FCT021", figure(words="In 2024 it was [=trade-2024 number] dollars.")),
    "figure-bare-in-data": (
        "FCT021",
        {**figure(), CO: [("Words of our own.\n", "It was [=trade-2024 value].\n")]},
    ),
    "figure-twice": (
        "FCT022",
        figure(words="It was [=trade-2024-again].")
        | {FG: FIGURES + FIGURES.replace("id: trade-2024", "id: trade-2024-again").replace("2.2", "2.4")},
    ),
    "amount-without-record": (
        "FCT023",
        figure(words="It sent 500 tonnes of rice in 2019 [@reuters-2025-trade]."),
    ),
    "amount-without-record-in-data": ("FCT023", {**figure(), CL: [("is in force.", "is worth 500 tonnes.")]}),
    "share-without-record": ("FCT023", figure(words="The share was 40% in 2019 [@reuters-2025-trade].")),
    "data-not-yaml": ("FCT001", {EV: "- id: [\n"}),
    "data-not-utf8": ("FCT001", {EV: b"- id: \xff\n"}),
    "data-no-list": ("FCT001", {EV: "id: x\n"}),
    "data-nested-too-deeply": ("FCT001", {EV: "[" * 10_000 + "]" * 10_000}),
    "record-without-field": ("FCT002", {CL: [("  where: General article\n", "")]}),
    "record-with-unknown-verdict": ("FCT002", {CL: [("verdict: supported", "verdict: supportd")]}),
    "claim-without-finding": ("FCT002", {CL: [("  finding: The treaty of 1961 is in force.\n", "")]}),
    "record-without-field-keeps-its-sources": (
        "FCT002",
        {CH: [(" [@un-2022-sc14911]", " [@reuters-2025-trade]")], EV: [("  kind: vote\n", "")]},
    ),
    "record-id-twice": ("FCT003", {EV: [("2022-05-26-veto", "1961-07-11-treaty")]}),
    "tier-at-odds": ("FCT004", {CO: [("tier: treaty-ally", "tier: friendly-state")]}),
    "period-before-the-last-without-end": ("FCT036", {HI: PERIODS.replace("  ends: 2021\n", "")}),
    "periods-with-a-gap": ("FCT036", {HI: PERIODS.replace("begins: 2021", "begins: 2023")}),
    "last-period-with-an-end": (
        "FCT036",
        {HI: PERIODS.replace("begins: 2021", "begins: 2021\n  ends: 2022")},
    ),
    "period-that-ends-before-it-begins": ("FCT036", {HI: PERIODS.replace("begins: 1991", "begins: 2022")}),
    "answers-at-odds-with-the-tier": ("FCT037", {HI: PERIODS + LAPSED}),
    "period-of-unknown-country": ("FCT006", {HI: PERIODS.replace("country: china", "country: chna")}),
    "period-with-unknown-source": (
        "FCT005",
        {HI: PERIODS.replace("[prc-1961-treaty]", "[prc-1962-treaty]", 1)},
    ),
    "data-with-unknown-source": ("FCT005", {CL: [("prc-1961-treaty, art. 2", "prc-1962-treaty, art. 2")]}),
    "claim-of-unknown-country": ("FCT006", {CL: [("country: china", "country: chna")]}),
    "event-of-unknown-country": ("FCT006", {EV: [("countries: [china]", "countries: [chna]")]}),
    "claim-without-source": (
        "FCT007",
        {CL: [("  sources:\n    - prc-1961-treaty, art. 2\n", "  sources: []\n")]},
    ),
    "event-twice": (
        "FCT008",
        {
            EV: [
                (
                    "- id: 2022-05-26-veto",
                    "- id: 1961-07-11-pact\n  date: 1961-07-11\n  countries: [china]\n"
                    "  kind: treaty\n  title: China and North Korea sign a treaty\n  text: In Beijing.\n  sources: [prc-1961-treaty]\n\n- id: 2022-05-26-veto",
                )
            ]
        },
    ),
    "event-id-at-odds": ("FCT009", {EV: [("id: 2022-05-26-veto", "id: 2022-05-27-veto")]}),
    "checked-in-the-future": ("FCT010", {CL: [("checked: 2026-10-01", "checked: 2027-10-01")]}),
    "event-in-the-future": (
        "FCT010",
        {EV: [("2022-05-26-veto\n  date: 2022-05-26", "2032-05-26-veto\n  date: 2032-05-26")]},
    ),
    "country-code-at-odds": ("FCT011", {CH: [("country: CN", "country: RU")]}),
    "events-out-of-order": (
        "FCT012",
        {EV: [("1961-07-11-treaty\n  date: 1961-07-11", "2023-07-11-treaty\n  date: 2023-07-11")]},
    ),
    "markup-in-data": ("FCT013", {CL: [("in force.", "in force [@x].")]}),
    "source-twice-in-data": (
        "FCT014",
        {EV: [("    - prc-1961-treaty\n", "    - prc-1961-treaty\n    - prc-1961-treaty\n")]},
    ),
    "table-with-other-columns": (
        "FCT015",
        {"docs/data/series.yml": SERIES, "docs/data/trade.csv": "year,source\n2024,reuters-2025-trade\n"},
    ),
    "table-with-unknown-source": (
        "FCT015",
        {
            "docs/data/series.yml": SERIES,
            "docs/data/trade.csv": "year,value,source\n2024,2,reuters-2026-trade\n",
        },
    ),
    "change-of-unknown-page": ("FCT030", log("[countries/china.md]", "[countries/chna.md]")),
    "change-of-unknown-country": ("FCT030", log("countries: [china]", "countries: [chna]")),
    "verdict-of-unknown-country": (
        "FCT030",
        log("{china: treaty-ally}", "{china: treaty-ally, chna: treaty-ally}"),
    ),
    "changes-out-of-order": (
        "FCT031",
        log("2026-11-01-first\n  date: 2026-11-01", "2026-11-03-first\n  date: 2026-11-03"),
    ),
    "change-id-at-odds": ("FCT031", log("id: 2026-11-02-trade", "id: trade-2024")),
    "change-in-the-future": (
        "FCT010",
        log("2026-11-02-trade\n  date: 2026-11-02", "2026-12-02-trade\n  date: 2026-12-02"),
    ),
    "verdict-changed-without-entry": ("FCT032", log("china: treaty-ally", "china: friendly-state")),
    "verdict-never-logged": ("FCT032", log("  verdicts: {china: treaty-ally}\n", "")),
    "change-without-reason": ("FCT002", log("  reason: Nobody had one.\n", "")),
    "day-in-words-differs-from-event": ("FCT025", {CH: [("11 July 1961", "12 July 1961")]}),
    "month-in-words-differs-from-event": ("FCT025", {CH: [("11 July 1961", "11 June 1961")]}),
    "day-in-list-differs-from-event": (
        "FCT025",
        add("- **25 May 2022.** China vetoed a draft on sanctions [@un-2022-sc14911]."),
    ),
    "day-in-words-differs-from-treaty": (
        "FCT025",
        {
            **treaties(),
            **add("It was in Beijing that both signed the treaty, on 1 July 1961 [@prc-1961-treaty]."),
        },
    ),
    "text-of-treaty-differs-from-its-date": ("FCT026", treaties(("on 11 July 1961.", "on 12 July 1961."))),
    "entry-into-force-differs-from-its-date": (
        "FCT026",
        treaties(("since 10 September", "since 11 September")),
    ),
    "event-differs-from-treaty": (
        "FCT026",
        {
            **treaties(),
            EV: [("1961-07-11-treaty\n  date: 1961-07-11", "1961-07-12-treaty\n  date: 1961-07-12")],
        }
        | {CH: [("on 11 July 1961", "in July 1961")]},
    ),
    "reviewed-before-a-claim-was-checked": ("FCT027", {CL: [("checked: 2026-10-01", "checked: 2026-10-02")]}),
    "reviewed-before-a-visit": ("FCT027", {CO: [("date: 2025-10\n", "date: 2026-11\n")]}),
    "event-again-with-less-precision": ("FCT028", again(id="1961-07-pact", date="1961-07")),
    "event-again-in-other-words": (
        "FCT028",
        again(id="1961-07-12-pact", date="1961-07-12", title="North Korea and China signed a treaty"),
    ),
    "finding-to-be-done": ("FCT029", {CL: [("The treaty of 1961 is in force.", "To be checked.")]}),
    "finding-unknown": ("FCT029", {CL: [("The treaty of 1961 is in force.", "Unknown")]}),
    "finding-that-says-the-claim-again": (
        "FCT029",
        {
            CL: [
                ("China is an ally of the hermit kingdom now.", "China is an ally of North Korea."),
                ("The treaty of 1961 is in force.", "Of North Korea China is an ally."),
            ]
        },
    ),
    "finding-too-short": ("FCT029", {CL: [("The treaty of 1961 is in force.", "Yes, so.")]}),
    "event-with-less-precision-out-of-order": (
        "FCT012",
        {EV: [("id: 1961-07-11-treaty\n  date: 1961-07-11", "id: 2022-06-treaty\n  date: 2022-06")]},
    ),
    "event-out-of-order-behind-a-month": (
        "FCT012",
        {
            EV: [
                ("id: 1961-07-11-treaty\n  date: 1961-07-11", "id: 2022-05-27-treaty\n  date: 2022-05-27"),
                (
                    "- id: 2022-05-26-veto\n",
                    "- id: 2022-05-talks\n  date: 2022-05\n  countries: [china]\n  kind: visit\n"
                    "  title: China and North Korea talked\n  text: They met in Beijing.\n"
                    "  sources:\n    - prc-1961-treaty\n\n- id: 2022-05-26-veto\n",
                ),
            ]
        },
    ),
    # TXT
    "front-matter-missing": ("TXT001", {IX: "# Allies\n\n[China](countries/china.md)\n"}),
    "front-matter-misspelt": ("TXT001", {CH: [("review_in:", "reviewin:")]}),
    "front-matter-without-description": (
        "TXT001",
        {IX: [("description: Two countries have a defence treaty with North Korea.\n", "")]},
    ),
    "description-too-long": ("TXT001", {IX: [("description: Two", "description: " + "Long " * 40 + "two")]}),
    "section-missing": ("TXT002", {CH: [("## Limits {#limits}\n\nLittle is known.\n\n", "")]}),
    "section-id-misspelt": ("TXT002", {CH: [("{#limits}", "{#limit}")]}),
    "section-order": (
        "TXT003",
        {CH: [("{#limits}", "{#x}"), ("{#disputed}", "{#limits}"), ("{#x}", "{#disputed}")]},
    ),
    "directive-missing": ("TXT004", {CH: [("::: claims china", "None.")]}),
    "directive-of-another": ("TXT004", {CH: [("::: verdict china", "::: verdict russia")]}),
    "heading-skips": ("TXT005", {CH: [("### Training", "#### Training")]}),
    "heading-without-id": ("TXT006", {CH: [("### Training {#military-training}", "### Training")]}),
    "recently": ("TXT007", add("It recently said so.")),
    "last-year": ("TXT007", add("It said so last year.")),
    "now-in-data": ("TXT007", {CL: [("is in force.", "is now in force.")]}),
    "regime": ("TXT008", add("The regime said so.")),
    "staunch-in-data": ("TXT008", {CL: [("The treaty", "The staunch treaty")]}),
    "review-overdue": ("TXT009", {CH: [("reviewed: 2026-10-01", "reviewed: 2025-10-01")]}),
    "no-title": ("TXT010", {IX: [("# Who are the allies?\n", "")]}),
    "page-not-utf8": ("TXT011", {"docs/notes.md": b"# \xff\n"}),
    "page-that-may-use-what-nothing-else-uses": (
        "TXT011",
        figure()
        | {FG: FIGURES + FIGURES.replace("2024", "2023").replace("reuters-2023", "reuters-2025")}
        | {"docs/data/sources/more.yml": source("")["docs/data/sources/more.yml"]}
        | {"docs/notes.md": b"# \xff\n"},
    ),
    "front-matter-not-yaml": ("TXT011", {"docs/notes.md": "---\ntitle: [\n---\n\n# Notes\n\nWords.\n"}),
    "directive-unknown": ("TXT012", {"docs/claims.md": [("::: claims-in-full", "::: claims-in-ful")]}),
    **{
        f"directive-written-{lead}": (
            "TXT012",
            {"docs/claims.md": [("::: claims-in-full", f"{lead}claims-in-full")]},
        )
        for lead in (":::", "::::", ":::: ", ":: ", "  ::: ")
    },
    "directive-of-no-country": (
        "TXT012",
        {"docs/claims.md": [("claims-in-full china", "claims-in-full chna")]},
    ),
    "comment-unclosed": (
        "TXT013",
        {"docs/about/method.md": [("Five of them.", "Five of them.\n\n<!-- more")]},
    ),
    "weasel-words": ("TXT014", add("It is believed to be so.")),
    "section-empty": ("TXT015", {CH: [("None was reported.\n", "")]}),
    "paragraph-twice": (
        "TXT016",
        add(
            "\n\n".join(
                ["These are the very same words, and more than twelve of them, written once and again."] * 2
            )
        ),
    ),
    "today-after-a-name": ("TXT007", add("It was so in Korea. Today it is not.")),
    "todays": ("TXT007", add("It is so in today’s Korea.")),
    "two-years-ago": ("TXT007", add("It was so two years ago.")),
    "to-date": ("TXT007", add("No reply came to date.")),
    "so-far": ("TXT007", add("So far, no reply came.")),
    "last-decade-in-data": ("TXT007", {CL: [("is in force.", "was kept over the last decade.")]}),
    "evil": ("TXT008", add("It did evil things.")),
    "evil-at-the-start": ("TXT008", add("- Evil deeds were done.")),
    "loaded-word-in-heading": ("TXT008", {CH: [("## Military ties", "## Brutal military ties")]}),
    "reviewed-in-the-future": ("TXT009", {CH: [("reviewed: 2026-10-01", "reviewed: 2026-12-01")]}),
    "two-titles": (
        "TXT010",
        {"docs/about/method.md": [("Five of them.", "Five of them.\n\n# Another title\n\nMore.")]},
    ),
    "experts-say": ("TXT014", add("Experts say that it is so.")),
    "known-to-all": ("TXT014", add("It is widely known that it is so.")),
    "obviously-in-data": ("TXT014", {CL: [("The treaty", "Of course, the treaty")]}),
    "abbreviation-unexplained": ("TXT017", add("QRX said so.")),
    "abbreviation-in-a-list": ("TXT017", add("- So said QRX.")),
    "abbreviation-explained-too-late": ("TXT017", add("QRX said so. The agency QRX has members.")),
    "term-in-a-heading-only": (
        "TXT018",
        explained("None.") | {CH: [("## Limits {", "## Limits of the moot {")]},
    ),
    "term-in-the-words-of-a-link-only": ("TXT018", explained("[A moot](../faq.md)")),
    "term-unused": ("TXT019", explained("None.", page="XQA did.")),
    "term-with-the-name-of-another": (
        "TXT020",
        explained("None.", GLOSSARY.replace("term: XQA\n", "term: XQA\n  aliases: [Moots]\n")),
    ),
    "terms-out-of-order": ("TXT020", explained("None.", GLOSSARY.replace("id: moot", "id: zoot"))),
    "term-without-text": (
        "FCT002",
        explained("None.", GLOSSARY.replace("  text: A meeting at", "  txt: A meeting at")),
    ),
    "term-with-a-fact-and-no-source": (
        "FCT007",
        explained("None.", GLOSSARY.replace("all speak in turn", "all speak since 1961")),
    ),
    "section-hard-to-read": (
        "TXT021",
        add(
            "Multilateral institutional considerations necessitate comprehensive intergovernmental consultation. Administrative responsibilities presuppose extraordinary organisational capabilities. Constitutional interpretation occasionally generates considerable controversy. International organisations systematically disseminate informational documentation. Parliamentary representatives habitually overestimate administrative accountability. Environmental sustainability necessitates interdisciplinary collaboration. Philosophical deliberations characteristically incorporate epistemological argumentation. Professional communication infrastructure facilitates organisational transformation. Educational administrators periodically reconsider developmental methodologies. Pharmaceutical manufacturers deliberately investigate alternative formulations and administrative irregularities."
        ),
    ),
    "section-below-the-floor-that-is-set": (
        "TXT021",
        {
            **add(
                "It rained on the first day and on the next day, and on the day after that it rained again, and when the rain had gone the sun came out, and all who had been in the house went to the field. "
                * 2
            ),
            "pyproject.toml": "[tool.explainer.reading]\nfloor = 99\nlongest_sentence = 99\n",
        },
    ),
    "sentence-too-long": (
        "TXT022",
        add(
            "It rained on the first day and on the next day, and on the day after that it rained again, and when the rain had gone the sun came out, and all who had been in the house went to the field."
        ),
    ),
    "sentence-too-long-in-list": (
        "TXT022",
        add(
            "- One.\n- It rained on the first day and on the next day, and on the day after that it rained again, and when the rain had gone the sun came out, and all who had been in the house went to the field."
        ),
    ),
    "sentence-longer-than-is-set": (
        "TXT022",
        {
            **add("It has one word more than is set here."),
            "pyproject.toml": "[tool.explainer.reading]\nlongest_sentence = 8\n",
        },
    ),
    # CFG
    "settings-not-toml": ("CFG001", {"pyproject.toml": "[tool.explainer\n"}),
    "suppression-of-no-rule": ("CFG002", add("<!-- check: ignore XYZ001 a reason until 2027-01-01 -->")),
    "suppression-of-a-family": ("CFG002", add("<!-- check: ignore LNK a reason until 2027-01-01 -->")),
    "suppression-without-reason": ("CFG003", add("<!-- check: ignore TXT007 until 2027-01-01 -->")),
    "suppression-without-date": ("CFG004", add("<!-- check: ignore TXT007 a reason -->")),
    "suppression-unused": ("CFG006", add("<!-- check: ignore TXT007 a reason until 2027-01-01 -->")),
    "setting-unknown": ("CFG007", {"pyproject.toml": "[tool.explainer]\nignored = []\n"}),
    "setting-of-reading-unknown": ("CFG007", {"pyproject.toml": "[tool.explainer.reading]\nflor = 30\n"}),
    "setting-of-no-number": ("CFG007", {"pyproject.toml": '[tool.explainer.online]\npause = "long"\n'}),
    "navigation-to-nothing": ("CFG008", {MK: [("  - sources.md\n", "  - sources.md\n  - iran.md\n")]}),
    # PRM
    "ledger-line-malformed": ("PRM003", {"docs/data/permalinks.txt": "/\ncountries/china/\n"}),
    "ledger-line-twice": ("PRM003", {"docs/data/permalinks.txt": "/\n/\n"}),
}


CLEAN: dict[str, Changes] = {
    "as-it-is": {},
    "log-of-changes": log("", ""),
    "verdict-changed-with-entry": {
        "docs/data/changes.yml": CHANGES.replace(
            "verdicts: {china: treaty-ally}", "verdicts: {china: not-an-ally}"
        ).replace(
            "  countries: [china]\n  sources",
            "  countries: [china]\n  verdicts: {china: treaty-ally}\n  sources",
        )
    },
    "two-changes-of-one-day": log(
        "2026-11-01-first\n  date: 2026-11-01", "2026-11-02-first\n  date: 2026-11-02"
    ),
    "periods-in-order": {HI: PERIODS},
    "period-without-answers": {
        HI: PERIODS.replace("  tests:\n", "").replace(
            "    treaty: {answer: 'yes', date: 2021, reason: It was in force., sources: [prc-1961-treaty]}\n",
            "",
        )
    },
    "answers-that-give-the-tier": {HI: PERIODS + LAPSED.replace("lapsed", "'yes'")},
    "link-with-title": add('[x](../faq.md "The questions")'),
    "link-to-derived-anchor": add("[x](#is-china-an-ally-of-north-korea)"),
    "link-to-encoded-anchor": add("[x](../faq.md#is%2Dchina-an-ally)"),
    "link-to-top": add("[x](../faq.md#top)"),
    "link-with-brackets": add("[x](https://en.wikipedia.org/wiki/Treaty_(1961))"),
    "link-to-mail": add("[x](mailto:name@un.org?subject=Hello)"),
    "image-with-description": add("![The mark](../assets/logo.svg#only-light)"),
    "reference-defined": add("[text][UN]\n\n[un]: https://www.un.org/"),
    "reference-short": add("[texts]\n\n[Texts]: https://www.un.org/"),
    "links-in-code": add("`[x](nowhere.md)` and `[@nobody]`, `[text][nowhere]`, `[^1]`, `{{ x }}`"),
    "links-in-fence": add("```md\n[x](nowhere.md) [@nobody] TODO recently regime 1972\n```"),
    "links-in-comment": add("<!-- [x](nowhere.md) [@nobody] recently -->"),
    "comment-sign-in-code": add("The sign `<!--` begins one [@prc-1961-treaty]."),
    "escaped-citation": add(r"\[@nobody] is an example."),
    "mail-and-handle": add("Write to desk@un.org or to @nknews, or to [@nknews](https://nknews.org/)."),
    "task-list": add("- [ ] open\n- [x] done"),
    "cited-by-next-sentence": add("It was signed in 1972. A second paper followed [@prc-1961-treaty]."),
    "cited-behind-full-stop": add("It was signed in 1972. [@prc-1961-treaty]"),
    "lead-in-with-citation": add(
        "The paper of 1972 says [@prc-1961-treaty]:\n\n- It has 7 articles.\n- It has no end."
    ),
    "lead-in-without-citation": add(
        "Three dates stand out in 1972:\n\n- 4 May [@prc-1961-treaty]\n- 5 May [@prc-1961-treaty]"
    ),
    "nothing-found": add("No figure for 2024 was found."),
    "question": add("Was it signed in 1972?"),
    "pointer": add("More: [the events of 1972](../faq.md#is-china-an-ally)."),
    "number-in-name": add("A report by 38 North named the MiG-15 as its type."),
    "about-this-page": add("This page names 12 documents."),
    "number-on-other-page": {"docs/about/method.md": [("Five of them.", "There are 5 of them, since 2026.")]},
    "relative-time-in-quotation": add("He said “now and today, currently” [@reuters-2025-trade]."),
    "relative-time-in-names": add("Arms Control Today and USA Today are up to date."),
    "treaty-as-in-words-and-events": treaties(),
    "date-of-a-report": add(
        "China and North Korea signed a treaty, Xinhua reported on 12 July 1961 [@prc-1961-treaty]."
    ),
    "day-after": add(
        "The day after China and North Korea signed a treaty was 12 July 1961 [@prc-1961-treaty]."
    ),
    "span-of-days": add("China and North Korea signed a treaty on 10 and 12 July 1961 [@prc-1961-treaty]."),
    "two-dates": add(
        "China and North Korea signed a treaty on 11 July 1961, not on 12 July 1961 [@prc-1961-treaty]."
    ),
    "date-of-another-year": add("China and North Korea signed a treaty on 11 July 1981 [@prc-1961-treaty]."),
    "date-of-another-document": add(
        "China and North Korea signed a treaty on 12 July 1961 [@reuters-2025-trade]."
    ),
    "date-of-another-thing": add("A delegation flew home on 12 July 1961 [@prc-1961-treaty]."),
    "date-in-a-quotation": add(
        "“China and North Korea signed a treaty on 12 July 1961” [@prc-1961-treaty, art. 2]."
    ),
    "date-of-another-event": again(
        id="1961-07-12-dinner", date="1961-07-12", kind="visit", title="A dinner in Beijing"
    )
    | add("China and North Korea signed a treaty on 12 July 1961 [@prc-1961-treaty]."),
    "treaty-whose-text-has-a-span": treaties(("on 11 July 1961.", "on 10 to 11 July 1961.")),
    "treaty-whose-text-has-two-dates": treaties(
        ("on 11 July 1961.", "on 11 July 1961 and again on 12 July 1961.")
    ),
    "reviewed-on-the-day-of-its-newest-fact": {CL: [("checked: 2026-10-01", "checked: 2026-09-30")]},
    "like-events-of-two-years": again(id="1981-07-11-pact", date="1981-07-11"),
    "like-events-from-two-documents": again(
        id="1961-07-12-pact", date="1961-07-12", sources="[reuters-2025-trade]"
    ),
    "like-events-of-two-kinds": again(id="1961-07-12-visit", date="1961-07-12", kind="visit"),
    "events-with-less-precision-in-order": again(
        id="1961-visit", date="1961", kind="visit", title="A delegation went to Beijing"
    )
    | {},
    "finding-that-nothing-was-found": {
        CL: [("The treaty of 1961 is in force.", "No published agreement was found.")]
    },
    "finding-with-a-placeholder-in-it": {
        CL: [("The treaty of 1961 is in force.", "The number is unknown; the treaty is in force.")]
    },
    "words-that-hold-a-relative-one": add("It went nowhere; the now-defunct Daily Nowruz knew it."),
    "told-from-the-past": add("He resigned the next month, in the last year of the war, so far as is known."),
    "far-and-to-date-as-other-words": add(
        "It lay so far north that none could go. They tried to date the letter."
    ),
    "relative-time-in-title-of-a-source": src(
        "title: Security Council fails", "title: Today Security Council fails"
    ),
    "relative-time-in-code": add("Write `currently` or `last year`."),
    "loaded-words-in-names": add("He wore the Order of Glorious Labour, and read of the Brutal Museum."),
    "loaded-word-in-code": add("The tag `evil` is one."),
    "loaded-word-in-a-word": add("The villages and the devilish civilians were revile-proof."),
    "weasel-words-that-say-who": add("It is known as the North, and the name is clearly legible."),
    "weasel-words-in-quotation": add("He said “experts say” [@prc-1961-treaty]."),
    "review-due-today": {
        CH: [("reviewed: 2026-10-01\nreview_in: 6 months", "reviewed: 2026-11-16\nreview_in: 1 week")]
    },
    "abbreviation-in-brackets": add("The Queue Research Exchange (QRX) said so. QRX is old."),
    "abbreviation-with-brackets": add("QRX (a club of sailors) said so."),
    "abbreviation-with-its-kind": add(
        "The Swiss broadcaster QRX said so, and the ABXD research project too."
    ),
    "abbreviation-with-apposition": add("So said QRX, North Korea’s dealer in boats, and ZRX, a club."),
    "abbreviation-in-quotation": add("He said “QRX” [@prc-1961-treaty]."),
    "abbreviation-in-code": add("Write `QRX`."),
    "abbreviation-that-all-know": add("The UN met on TV in part II, by the US [@prc-1961-treaty]."),
    "abbreviation-in-a-name": add("QRX Novosti said so, on board the MV Hope and with an SA-22."),
    "abbreviation-that-is-set": {
        **add("QRX said so."),
        "pyproject.toml": '[tool.explainer.terms]\nknown = ["QRX"]\n',
    },
    "abbreviation-in-the-glossary": explained("XQA said so."),
    "term-in-a-sentence": explained("A moot was held."),
    "term-in-heading-and-sentence": explained("A moot was held.")
    | {
        CH: [
            (
                "Little is known.\n\n## What is",
                "Little is known.\n\n### The moot {#m}\n\nA moot was held.\n\n## What is",
            )
        ]
    },
    "term-in-a-link-and-linked": explained("[A moot](../faq.md), see [what that is](../glossary.md#moot).")
    | {
        "docs/glossary.md": "---\ntitle: Glossary\ndescription: What the words on this site mean.\n---\n\n# Glossary\n\n"
        "## Moot {#moot}\n\nA meeting.\n",
        MK: [("  - sources.md\n", "  - sources.md\n  - glossary.md\n")],
    },
    "term-that-only-data-use": explained("None.", page="XQA did.")
    | {CL: [("The treaty of", "The moot treaty of")]},
    "hard-words-in-few": add(
        "Multilateral institutional considerations necessitate intergovernmental consultation."
    ),
    "hard-words-in-a-table": add(
        "| A |\n| --- |\n" + "| Multilateral institutional considerations necessitate consultation |\n" * 30
    ),
    "sentence-just-short-enough": add(" ".join(["word"] * 35) + "."),
    "long-line-of-sentences": add("It rained. " * 40),
    "sentence-around-code": add("`x` does this and " + "that and " * 40 + "no more."),
    "sentence-with-long-citation": add(
        "It did so "
        + "[@prc-1961-treaty, art. 2; @reuters-2025-trade, pp. 1, 2, 3, 4, 5, 6, 7, 8 and 9] " * 1
        + "."
    ),
    "relative-time-in-question": {FQ: [("Is China an ally now?", "Is China currently an ally today?")]},
    "sanctions-regime": add("The sanctions regime has exceptions."),
    "loaded-word-in-quotation": add("He spoke of “rogue states” [@prc-1961-treaty]."),
    "figure": figure(),
    "figure-at-start": figure(words="[=trade-2024 value] was the trade of 2024, China’s customs said."),
    "figure-in-list": figure(words="Chinese customs counted in 2024:\n\n- trade: [=trade-2024 value]"),
    "figure-in-table": figure(words="| Year | GAC |\n| --- | --- |\n| 2024 | [=trade-2024 value] |"),
    "figure-in-code": figure(words="Write `[=trade-2042]` or \\[=trade-2042]."),
    "character-class": figure(words="Write [[=a=]] for every form of the letter."),
    "figure-in-data": {**figure(), CO: [NAMED]},
    "figure-only-in-data": {
        FG: FIGURES,
        CO: [NAMED],
        CH: [("2.2 billion dollars [@reuters", "Some [@reuters")],
    },
    "figure-of-a-period": figure(("as_of: 2024", "as_of: 2024-03/2024-10")),
    "same-number-of-other-thing": figure(words="It sent 2.2 billion shells in 2024 [@reuters-2025-trade]."),
    "same-number-of-other-year": figure(
        ("US dollars", "troops"), words="It had 2.2 billion troops in 2021 [@reuters-2025-trade]."
    ),
    "same-number-of-other-source": figure(
        ("US dollars", "troops"), words="It had 2.2 billion troops [@un-2022-sc14911]."
    ),
    "other-number-of-other-measure": figure(
        ("US dollars", "troops"), words="Its rival had 1.4 billion troops in 2024 [@reuters-2025-trade]."
    ),
    "day-of-the-number-of-a-count": figure(
        ("2.2 billion", "18"),
        ("US dollars", "troops"),
        words="Chinese customs said so on 18 January 2024, and again on May 18 of 2024 [@reuters-2025-trade].",
    ),
    "year-of-the-number-of-a-count": figure(
        ("2.2 billion", "2024"),
        ("US dollars", "troops"),
        words="Chinese customs said so in 2024 [@reuters-2025-trade].",
    ),
    "two-digits-of-another-thing": figure(
        ("2.2 billion", "20"),
        ("US dollars", "ships"),
        words="It took 20 ships to sail there [@reuters-2025-trade].",
    ),
    "change-of-a-figure": figure(
        ("US dollars", "troops"),
        words="The trade between China and North Korea rose by 1.5 billion troops in 2024 [@reuters-2025-trade].",
    ),
    "part-of-a-figure": figure(
        ("US dollars", "troops"),
        words="Trade between China and North Korea in its first half was 1.5 billion troops in 2024 "
        "[@reuters-2025-trade].",
    ),
    "two-numbers-beside-a-figure": figure(
        ("US dollars", "troops"),
        words="Trade between China and North Korea was 1.5 billion troops or 1.6 billion troops in 2024 "
        "[@reuters-2025-trade].",
    ),
    "amount-without-figures": add("It sent 500 tonnes of rice in 2019 [@reuters-2025-trade]."),
    "amount-in-quotation": figure(words="He spoke of “500 tonnes of rice” in 2019 [@reuters-2025-trade]."),
    "how-many-people": add("It is unknown how many people came."),
    "page-excluded": {
        "docs/notes.md": "---\ntitle: Notes\ndescription: Words that are not published.\n---\n\n# Notes\n\nWords.\n"
    },
    "suppressed-in-words": add(
        "<!-- check: ignore TXT007 a quotation without marks until 2027-01-01 -->\nIt recently said so."
    ),
    "suppressed-by-name": add(
        "It recently said so. <!-- check: ignore relative-time a reason until 2026-11-23 -->"
    ),
    "suppressed-in-data": src(
        "  language: en\n", "  # check: ignore SRC019 no tag yet until 2027-01-01\n  language: qq\n"
    ),
    "suppressed-in-pyproject": {
        **add("It recently said so."),
        "pyproject.toml": '[tool.explainer]\nignore = [\n  { rule = "TXT007", path = "docs/countries/*", reason = "a trial", '
        'until = "2027-01-01" },\n]\n',
    },
    "settings-known": {
        "pyproject.toml": "[tool.explainer.reading]\nfloor = 30\n[tool.explainer.online]\npause = 2\n"
    },
    "suppression-in-code": add("Write `<!-- check: ignore XYZ -->`."),
    "persian-title": src("title: Security Council", "title: می\u200cخواهم Security Council"),
    "isbn-and-issn": src(
        "  language: en\n", "  language: en\n  ISBN: 978-0-306-40615-7\n  ISSN: 0378-5955\n"
    ),
    "doi": src("  language: en\n", "  language: en\n  DOI: 10.1080/09700161\n"),
    "pages-short": src("  language: en\n", '  language: en\n  page: "1123-45"\n'),
    "treaty-text-by-state-media": src("publisher: People's Republic of China", "publisher: Xinhua"),
    "table": {
        "docs/data/series.yml": SERIES,
        "docs/data/trade.csv": "year,value,source\n2024,2,reuters-2025-trade\n",
    },
    "two-votes": {
        EV: [
            (
                "- id: 2022-05-26-veto",
                "- id: 1961-07-11-general\n  date: 1961-07-11\n  countries: [general]\n"
                "  kind: treaty\n  title: Cuba and North Korea signed a treaty\n  text: In Havana.\n  sources: [prc-1961-treaty]\n\n- id: 2022-05-26-veto",
            )
        ]
    },
    "carriage-returns": {
        "docs/about/method.md": b"---\r\ntitle: Method\r\ndescription: What this page is about, here.\r\n---\r\n\r\n# Method\r\n\r\n## Tests {#tests}\r\n\r\nFive.\r\n"
    },
    "byte-order-mark": {
        "docs/about/method.md": b"\xef\xbb\xbf---\ntitle: Method\ndescription: What this page is about, here.\n---\n\n# Method\n\n## Tests {#tests}\n\nFive.\n"
    },
}


def assert_spoken(case: tuple[str, Changes], folder: Path) -> None:
    """This rule speaks, and no other."""
    rule, changes = case
    found = check_words(folder, changes)
    assert {item.rule for item in found} == {rule}, told(found)
    assert all(item.message and item.line >= 1 and item.column >= 1 for item in found)


test_exactly_the_rule_speaks = for_each(BROKEN, assert_spoken)
test_nothing_speaks = for_each(CLEAN, assert_silent)
