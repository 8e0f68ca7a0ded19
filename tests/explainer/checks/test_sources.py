"""SRC: every rule on the registry against faults of each form, and against records that only look faulty."""

from pathlib import Path

import pytest

from explainer.addresses import address_symbol, normal_address, without_tracking
from tests.explainer.checks.faults import CH, Fault, add, assert_silent, source, src, trials
from tests.explainer.checks.projects import check_words, told

FULL = "  language: en\n"
REUTERS = "https://www.reuters.com/world/trade-2024"

BROKEN: dict[str, Fault] = {
    # one document under two ids
    **{
        f"same-address-{name}": Fault("SRC006", source("", URL=url), "URL", "cite reuters-2025-trade")
        for name, url in {
            "http": "http://www.reuters.com/world/trade-2024",
            "no-www": "https://reuters.com/world/trade-2024",
            "mobile": "https://m.reuters.com/world/trade-2024",
            "amp": "https://amp.reuters.com/world/trade-2024",
            "amp-path": "https://www.reuters.com/world/trade-2024/amp/",
            "slash": "https://www.reuters.com/world/trade-2024/",
            "index": "https://www.reuters.com/world/trade-2024/index.html",
            "fragment": "https://www.reuters.com/world/trade-2024#top",
            "port": "https://www.reuters.com:443/world/trade-2024",
            "case-of-host": "https://WWW.Reuters.com/world/trade-2024",
            "encoded": "https://www.reuters.com/world/trade%2D2024",
            "double-slash": "https://www.reuters.com//world/trade-2024",
        }.items()
    },
    "same-doi": Fault(
        "SRC006",
        source("DOI: 10.1080/0970X")
        | src((f"{REUTERS}\n{FULL}", f"{REUTERS}\n{FULL}  DOI: 10.1080/0970x\n")),
        "DOI",
        "cite reuters-2025-trade",
    ),
    "doi-in-address": Fault(
        "SRC006",
        source("", URL="https://doi.org/10.1080/0970x")
        | src((f"{REUTERS}\n{FULL}", f"{REUTERS}\n{FULL}  DOI: 10.1080/0970x\n")),
        "URL",
        "cite reuters-2025-trade",
    ),
    "same-symbol": Fault("SRC006", source("number: SC/14911"), "number", "cite un-2022-sc14911"),
    "same-publisher-date-title": Fault(
        "SRC006",
        source(
            "",
            id="reuters-2025-again",
            title="China’s Trade with North Korea in 2024",
            container_title="Reuters",
            issued="2025-01-18",
        ),
        "id: reuters-2025-again",
        "cite reuters-2025-trade",
    ),
    "near-title-and-date": Fault(
        "SRC030",
        source("", title="China's trade with N Korea in 2024", issued="2025-01-18"),
        "title",
        "first publisher",
    ),
    # fields
    "type-unknown": Fault("SRC005", src(("type: report", "type: reports")), "type", "did you mean report?"),
    "field-wrong-case": Fault(
        "SRC004", src(("  URL: https://www.reu", "  url: https://www.reu")), "url", "did you mean URL"
    ),
    "address-missing": Fault("SRC003", src((f"  URL: {REUTERS}\n", "")), "id", ""),
    "language-missing": Fault("SRC003", src((f"{REUTERS}\n{FULL}", f"{REUTERS}\n")), "id", "BCP 47"),
    "shows-missing": Fault(
        "SRC003",
        src(("    shows: Chinese customs put two-way trade in 2024 at about 2.2 billion dollars.\n", "")),
        "custom",
        "what this document establishes",
    ),
    "shows-of-another": Fault(
        "SRC010",
        source("")
        | src(
            (
                "shows: Chinese customs put two-way trade in 2024 at about 2.2 billion dollars.",
                "shows: Says how goods came across the river in that year.",
            )
        ),
        "shows",
        "this document",
    ),
    "article-without-newspaper": Fault(
        "SRC029", src(("container-title: Reuters", "publisher: Reuters")), "type", "add container-title"
    ),
    "report-without-publisher": Fault(
        "SRC029",
        src(("publisher: United Nations", "container-title: United Nations")),
        "type",
        "add publisher",
    ),
    "treaty-without-date": Fault(
        "SRC029", src(("  issued: 1961-07-11\n", "")), "type", "add issued: when it was signed"
    ),
    # dates
    "read-before-the-web": Fault(
        "SRC037",
        source("", accessed="1986-10-01", id="ap-1985-trade", issued="1985"),
        "accessed",
        "somebody read it",
    ),
    "issued-before-print": Fault(
        "SRC037", source("", id="ap-2025-trade", issued="0204"), "issued", "on the document"
    ),
    "day-out-of-calendar": Fault(
        "SRC005", src(("issued: 2025-01-18", "issued: 2025-13-01")), "issued", "bears"
    ),
    # archived copies
    **{
        f"archive-{name}": Fault("SRC023", source(f"archive: {url}"), "archive", hint)
        for name, (url, hint) in {
            "without-date": ("https://web.archive.org/web/https://apnews.com/trade", "open the copy"),
            "of-any-date": ("https://web.archive.org/web/2026*/https://apnews.com/trade", "open the copy"),
            "before-issue": (
                "https://web.archive.org/web/20250118000000/https://apnews.com/trade",
                "correct one",
            ),
            "in-future": (
                "https://web.archive.org/web/20270118000000/https://apnews.com/trade",
                "open the copy",
            ),
            "not-in-calendar": (
                "https://web.archive.org/web/20251318000000/https://apnews.com/trade",
                "open the copy",
            ),
            "of-another-page": (
                "https://web.archive.org/web/20260118000000/https://apnews.com/trades",
                "copy of this",
            ),
            "no-archive": ("https://www.reuters.com/trade", "web.archive.org"),
        }.items()
    },
    # numbers
    "doi-at-odds": Fault(
        "SRC013", source("DOI: 10.1080/2", URL="https://doi.org/10.1080/1"), "DOI", "correct one"
    ),
    "symbol-at-odds-docs": Fault(
        "SRC016",
        source(
            "number: S/RES/2397 (2017)",
            URL="https://docs.un.org/en/S/RES/2375(2017)",
            kind="primary",
            container_title="United Nations",
        ),
        "number",
        "correct one",
    ),
    "pages-reversed-second": Fault("SRC024", source('page: "12–14, 38–12"'), "page", ""),
    # titles
    **{
        f"title-{name}": Fault("SRC011", source("", title=title), "title", "copy its title")
        for name, title in {
            "404": "404",
            "404-of-site": "'404 Not Found | AP News'",
            "403": "'Error 403: Forbidden'",
            "moment": "Just a moment...",
            "attention": "Attention Required! | Cloudflare",
            "denied": "Access to this page has been denied",
            "not-available": "Page not available",
            "robot": "Are you a robot?",
            "human": "Verify you are human",
            "subscribe": "Subscribe to read | AP News",
            "interruption": "Pardon Our Interruption",
            "oops": "Oops!",
            "file": "SC14911_final.pdf",
            "word": "Microsoft Word - trade.docx",
            "home": "Home - AP News",
            "browser": "Checking your browser before accessing apnews.com",
        }.items()
    },
    **{
        f"title-garbled-{name}": Fault("SRC031", source("", title=title), "title", hint)
        for name, (title, hint) in {
            "entity": ("Trade &amp; aid across the Yalu", "write &"),
            "number": ("Trade &#8211; aid across the Yalu", "write –"),
            "tag": ("Trade <i>across</i> the Yalu", "copy it again"),
            "latex": ("Trade across the {YALU} river", "copy it again"),
            "mojibake": ("Chinaâ€™s trade across the Yalu", "copy it again"),
            "cyrillic": ("Ð¢Ð°ÑÑ about the Yalu", "copy it again"),
            "quotation-mark": ("Chinaâ€œs trade across the Yalu", "copy it again"),
            "lost": ("Trade across the Yalu\ufffds bridge", "copy it again"),
        }.items()
    },
    "title-with-site": Fault(
        "SRC038", source("", title="Trade across the Yalu | AP News"), "title", "write Trade across the Yalu"
    ),
    "title-with-site-dash": Fault(
        "SRC038", source("", title="Trade across the Yalu - AP News"), "title", "write Trade across"
    ),
    "hangul-title-in-english": Fault("SRC036", source("", title="북한과 러시아의 조약"), "language", "ko"),
    "cyrillic-title-in-chinese": Fault(
        "SRC036", source("", title="Договор с КНДР", language="zh"), "language", "ru"
    ),
    # people and publishers
    **{
        f"author-{name}": Fault(
            "SRC022", source(f"author:\n    - {person}"), "literal" if "literal" in person else "family", hint
        )
        for name, (person, hint) in {
            "staff": ("literal: Staff Writer", "leave the field out"),
            "desk": ("literal: Web Desk", "leave the field out"),
            "by": ("literal: By Jane Roe", "write Jane Roe"),
            "mail": ("literal: jane@apnews.com", "the name only"),
            "number": ("family: Roe2", "the name only"),
            "two": ("literal: Jane Roe and John Doe", "each author"),
            "et-al": ("family: Roe et. al", "every author"),
        }.items()
    },
    "editor-generic": Fault(
        "SRC022", source("editor:\n    - literal: Admin"), "literal", "leave the field out"
    ),
    "publisher-short": Fault(
        "SRC025",
        source("", container_title="Reuters News Agency", URL="https://www.reuters.com/other"),
        "container-title",
        "write Reuters",
    ),
    "state-host": Fault(
        "SRC018",
        source("", container_title="The Agency", URL="https://english.news.cn/x"),
        "kind",
        "state-media",
    ),
    "own-copy-of-wikipedia": Fault(
        "SRC017", source("", URL="https://en.wikipedia.org/wiki/Yalu"), "URL", "what it cites"
    ),
    "short-address": Fault("SRC017", source("", URL="https://bit.ly/3abc"), "URL", "publisher"),
    "tracking": Fault(
        "SRC028",
        source("", URL="https://apnews.com/trade?id=3&fbclid=x"),
        "URL",
        "write https://apnews.com/trade?id=3",
    ),
    # what became of it
    "retracted": Fault(
        "SRC032",
        source("", "status: retracted\nstatus_date: 2026-02-01"),
        "@ap-2025-trade",
        "cite another source",
    ),
    "retracted-in-facts": Fault(
        "SRC032",
        source("", "status: retracted\nstatus_date: 2026-02-01")
        | {
            CH: [],
            "docs/data/events.yml": [("    - un-2022-sc14911", "    - un-2022-sc14911\n    - ap-2025-trade")],
        },
        "ap-2025-trade",
        "cite another source",
    ),
    "dead": Fault("SRC033", source("", "status: dead\nstatus_date: 2026-02-01"), "status", "archive"),
    "corrected": Fault(
        "SRC034", source("", "status: corrected\nstatus_date: 2026-11-01"), "accessed", "read it again"
    ),
    "not-read-again": Fault(
        "SRC034", source("", accessed="2024-11-22", issued=""), "accessed", "read it again"
    ),
    "not-read-again-by-setting": Fault(
        "SRC034",
        source("", accessed="2026-08-01")
        | {"pyproject.toml": "[tool.explainer.registry]\nreread_months = 3\n"},
        "accessed",
        "read it again",
    ),
    "status-unknown": Fault("SRC005", source("", "status: gone"), "status", "dead"),
    "status-undated": Fault(
        "SRC035",
        source("archive: https://archive.ph/aBc1", "status: dead"),
        "status",
        "status_date",
    ),
    "date-without-status": Fault(
        "SRC035", source("", "status_date: 2026-02-01"), "status_date", "add status"
    ),
    "status-in-future": Fault(
        "SRC035", source("", "status: corrected\nstatus_date: 2027-02-01"), "status_date", "today"
    ),
    "status-before-issue": Fault(
        "SRC035",
        source("archive: https://archive.ph/aBc1", "status: dead\nstatus_date: 2024-02-01"),
        "status_date",
        "correct one",
    ),
    "extent-misspelt": Fault(
        "SRC004", source("", "extent:\n  article: 4"), "article", "did you mean articles"
    ),
    "extent-no-number": Fault("SRC005", source("", "extent:\n  articles: many"), "articles", "last article"),
}

CLEAN = {
    "another-query": source("", URL="https://www.reuters.com/world/trade-2024?page=2"),
    "another-port": source("", URL="https://www.reuters.com:8443/world/trade-2024"),
    "another-number-in-title": source(
        "", title="China's trade with North Korea in 2025", issued="2025-01-18"
    ),
    "same-title-another-day": source("", title="China's trade with N Korea in 2024"),
    "description-same-day": source(
        "", title="'[China’s trade with North Korea in 2024]'", issued="2025-01-18"
    ),
    "reused-host": source("", container_title="The Herald", URL="https://www.reuters.com/other"),
    "archived": source("archive: https://web.archive.org/web/20250119083000/https://apnews.com/trade"),
    "archived-as-image": source(
        "archive: https://web.archive.org/web/20250119083000if_/http://www.apnews.com/trade/"
    ),
    "archived-elsewhere": source("archive: https://archive.ph/aBc1"),
    "archived-nationally": source(
        "archive: https://webarchive.nationalarchives.gov.uk/ukgwa/20250120000000/https://apnews.com/trade"
    ),
    "dead-with-copy": source(
        "archive: https://web.archive.org/web/20250119083000/https://apnews.com/trade",
        "status: dead\nstatus_date: 2026-02-01",
        accessed="2025-02-01",
    ),
    "corrected-then-read": source("", "status: corrected\nstatus_date: 2026-09-01"),
    "retracted-and-said": source("", "status: retracted\nstatus_date: 2026-02-01")
    | add("A report of trade was later withdrawn [@ap-2025-trade]."),
    "read-24-months-ago": source("", accessed="2024-11-23", id="ap-2024-trade", issued="2024-11"),
    "extent": source("number-of-pages: 40", "extent:\n  articles: 23\n  paragraphs: 130"),
    "book-in-something": source("publisher: AP News", type="webpage", container_title=""),
    "treaty-in-a-newspaper": source("", type="article-newspaper", title="Text of the treaty of 1961"),
    "thesis": source("publisher: A University", type="thesis", container_title=""),
    "title-about-404": source("", title="The 404 days of the embassy"),
    "title-with-a-smile": source("", title="'Smile :) title fine'"),
    "title-home": source("", title="'Home at last: workers return'"),
    "title-with-other-name": source("", title="Trade across the Yalu | 38 North"),
    "title-with-dash": source("", title="Trade - and aid"),
    "title-with-ampersand": source("", title="Trade & aid, AT&T; and others"),
    "title-french": source("", title="L’Âge d’or, Corée et « Ñandú » à Þórshöfn", language="fr"),
    "title-korean": source("", title="북한과 러시아의 조약", language="ko"),
    "title-serbian": source("", title="Споразум са Корејом", language="sr-Cyrl"),
    "title-hanja": source("", title="南北關係 基本合意書", language="ko"),
    "title-japanese": source("", title="北朝鮮の貿易について", language="ja"),
    "title-mixed": source("", title="Rodong Sinmun (로동신문) on trade"),
    "author-organisation": source("author:\n    - literal: Ministry of Trade and Industry"),
    "author-number": source("author:\n    - literal: 38 North"),
    "author-byron": source("author:\n    - family: Byrne\n      given: By"),
    "author-and": source("author:\n    - literal: Bulletin of Peace and Security Studies"),
    "wikimedia-in-path": source("", URL="https://apnews.com/wikipedia.org/trade"),
    "symbol-fits": source(
        "number: GA/SHC/4122",
        URL="https://press.un.org/en/2014/gashc4122.doc.htm",
        kind="primary",
        container_title="United Nations",
    ),
}

test_exactly_the_rule_speaks_at_the_place, test_nothing_speaks = trials(BROKEN, CLEAN)


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("https://en.m.wikipedia.org/wiki/X", "en.wikipedia.org/wiki/X"),
        ("https://x.org/a?b=2&a=1&utm_source=y", "x.org/a?a=1&b=2"),
        ("https://x.org/app#/page", "x.org/app#/page"),
        ("https://m.org/x", "m.org/x"),
        ("https://x.org/%7Ename/%e4", "x.org/~name/%EF%BF%BD"),
        ("https://[::1", "https://[::1"),
    ],
)
def test_addresses_are_compared_in_one_form(address: str, normal: str) -> None:
    assert normal_address(address) == normal


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://x.org/a?utm_source=y&b=%20+c#d", "https://x.org/a?b=%20+c#d"),
        ("https://x.org/a?fbclid=y", "https://x.org/a"),
        ("https://x.org/a#xtor=RSS-1", "https://x.org/a"),
        ("https://x.org/a?b&c=", "https://x.org/a?b&c="),
    ],
)
def test_tracking_is_taken_out_and_nothing_else(address: str, clean: str) -> None:
    assert without_tracking(address) == clean


@pytest.mark.parametrize(
    ("address", "symbol"),
    [
        ("https://press.un.org/en/2022/sc14911.doc.htm", "SC/14911"),
        ("https://press.un.org/en/2014/gashc4122.doc.htm", "GA/SHC/4122"),
        ("https://docs.un.org/en/S/RES/2397(2017)", "S/RES/2397"),
        ("https://undocs.org/S/2024/215", "S/2024/215"),
        ("https://press.un.org/en/content/security-council", ""),
    ],
)
def test_symbols_are_read_from_addresses(address: str, symbol: str) -> None:
    assert address_symbol(address) == symbol


_PART = "{{text: Words., sources: [{}]}}"
_DATED = "{{text: Words., date: 1999-05-04, sources: [{}]}}"


def treaty_record(id_: str, part: str) -> str:
    """treaties.yml with one treaty, of which one part rests on this source."""
    usual = "prc-1961-treaty"
    parts = {
        name: (_DATED if name in ("signed", "in_force", "ended") else _PART).format(
            id_ if name == part else usual
        )
        for name in ("signed", "in_force", "ended", "article", "trigger", "ending")
    }
    quotation = f"{{text: by all means, article: article 2, sources: ['{id_ if part == 'quotations' else usual}, art. 2']}}"
    position = f"{{who: China, text: Words., sources: [{id_ if part == 'positions' else usual}]}}"
    lines = [
        "- id: china-1961",
        "title: Treaty",
        "countries: [china]",
        "parties: [China]",
        "status: in-force",
        "clause: defence",
        *(f"{name}: {text}" for name, text in parts.items()),
        f"quotations: [{quotation}]",
        f"positions: [{position}]",
    ]
    return "\n  ".join(lines) + "\n"


def series_record(definition: str) -> str:
    """series.yml with one series whose definition rests on this source."""
    return (
        "- id: trade\n  file: trade.csv\n  title: Trade\n  unit: dollars\n"
        f"  definition: {{text: Words., sources: [{definition}]}}\n"
        "  columns:\n    - {name: year, label: Year, kind: year, description: The year}\n"
        "    - {name: source, label: Source, kind: source, description: Who says so}\n"
    )


def change_record(id_: str) -> str:
    """changes.yml with one change that rests on this source."""
    return (
        "- id: 2026-10-01-first\n  date: 2026-10-01\n  kind: update\n  title: A change\n  text: Words of our own.\n"
        f"  reason: Words of our own.\n  pages: [faq.md]\n  verdicts: {{china: treaty-ally}}\n  sources: [{id_}]\n"
    )


def facts_citing(id_: str) -> dict[str, dict[str, str]]:
    """Every kind of record that can rest on a source, each with this one."""
    known = "reuters-2025-trade"
    places = {
        part: {"docs/data/treaties.yml": treaty_record(id_, part)}
        for part in ("signed", "in_force", "ended", "article", "trigger", "ending", "quotations", "positions")
    }
    places["series"] = {
        "docs/data/series.yml": series_record(id_),
        "docs/data/trade.csv": f"year,source\n2024,{known}\n",
    }
    places["row"] = {
        "docs/data/series.yml": series_record(known),
        "docs/data/trade.csv": f"year,source\n2024,{known}\n2025,{known}; {id_}\n",
    }
    places["change"] = {"docs/data/changes.yml": change_record(id_)}
    return places


@pytest.mark.parametrize("place", facts_citing(""))
def test_a_source_that_only_a_record_cites_is_used(place: str, tmp_path: Path) -> None:
    registry = {path: text for path, text in source("").items() if path != CH}
    assert_silent({**registry, **facts_citing("ap-2025-trade")[place]}, tmp_path)


@pytest.mark.parametrize("place", facts_citing(""))
def test_a_source_that_no_record_has_is_told_at_its_line(place: str, tmp_path: Path) -> None:
    changes = facts_citing("ap-2025-trade")[place]
    found = check_words(tmp_path, dict(changes))
    assert [item.rule for item in found] == ["FCT015" if place == "row" else "FCT005"], told(found)
    line = (tmp_path / found[0].path).read_text("utf-8").split("\n")[found[0].line - 1]
    assert "ap-2025-trade" in line
    assert "ap-2025-trade" in found[0].message


@pytest.mark.parametrize("place", facts_citing(""))
def test_a_retracted_source_is_told_wherever_it_is_cited(place: str, tmp_path: Path) -> None:
    registry = {
        path: text
        for path, text in source("", "status: retracted\nstatus_date: 2026-02-01").items()
        if path != CH
    }
    found = check_words(tmp_path, {**registry, **facts_citing("ap-2025-trade")[place]})
    assert [item.rule for item in found] == ["SRC032"], told(found)
    line = (tmp_path / found[0].path).read_text("utf-8").split("\n")[found[0].line - 1]
    assert "ap-2025-trade" in line
