"""Other programs read our exports: what they read is what the registry says."""

import json
from datetime import date
from typing import get_args

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from explainer.exports import _BIBTEX_TYPES, _RIS_TYPES, latex, to_bibtex, to_csl_json, to_ris
from explainer.facts import load_facts
from explainer.publish import canonical_address, cited, publish
from explainer.records import Source, SourceType
from tests.explainer.projects import source as yaml_source
from tests.explainer.projects import write
from tests.explainer.test_build import ROOT
from tests.explainer.test_references import BASE


def source(**changes) -> Source:
    return Source.model_validate(BASE | changes)


def bibtex(*sources: Source) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(to_bibtex(sources))
    assert library.failed_blocks == []
    return [
        {"type": entry.entry_type, "key": entry.key} | {field.key: field.value for field in entry.fields}
        for entry in library.entries
    ]


def plain(value: str) -> str:
    # the parser does not know the names of the two braces
    value = value.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return LatexNodes2Text(keep_comments=True).latex_to_text(value).replace("ˆ", "^")


# Text as documents bear it: what no keyboard writes (controls, half characters) is not in it.
words = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(words.filter(bool))
def test_every_title_survives_bibtex(title):
    (entry,) = bibtex(source(title=title))
    inner = entry["title"]
    assert inner.startswith("{") and inner.endswith("}")
    # pylatexenc writes some sequences of signs otherwise (-- as a dash, `` as a quotation mark)
    ligatures = ("--", "``", "''", "<<", ">>", "?`", "!`", "~", "ˆ")
    if not any(sign in title for sign in ligatures):
        assert plain(inner[1:-1]) == title


@given(words.filter(bool))
def test_every_title_survives_ris(title):
    text = to_ris([source(title=title), source(id="b", title="B")])
    first, second = rispy.loads(text)
    assert first["title"] == title.strip()
    assert second["title"] == "B"


def test_what_latex_reads_as_a_command_is_escaped():
    assert latex("50 % & {a}_b #1 $x ~ ^ \\") == (
        r"50 \% \& \textbraceleft{}a\textbraceright{}\_b \#1 \$x \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )


@pytest.mark.parametrize(
    ("issued", "expected", "ris"),
    [
        ("2024-11-06", {"year": "2024", "month": "nov", "day": "6"}, "2024/11/06/"),
        ("2024-11", {"year": "2024", "month": "nov"}, "2024/11//"),
        ("2024", {"year": "2024"}, "2024///"),
        (None, {}, None),
    ],
)
def test_a_date_is_given_as_far_as_it_is_known(issued, expected, ris):
    item = source(issued=issued)
    (entry,) = bibtex(item)
    assert {key: entry[key] for key in ("year", "month", "day") if key in entry} == expected
    (record,) = rispy.loads(to_ris([item]))
    assert record.get("date") == ris
    assert record.get("year") == expected.get("year")


def test_every_field_arrives():
    item = source(
        type="report",
        author=[{"family": "O’Neil", "given": "A."}, {"literal": "Team of Smith and Jones"}],
        publisher="UN & others",
        number="S/2024/215",
        DOI="10.1/x_y",
        ISBN="9780306406157",
        page="3-9",
        language="ru",
        archive="https://archive.test/1",
    )
    (entry,) = bibtex(item)
    assert entry["type"] == "techreport" and entry["key"] == "paper-2024-x"
    assert entry["author"] == "O’Neil, A. and {Team of Smith and Jones}"
    assert entry["institution"] == r"UN \& others"
    assert entry["number"] == "S/2024/215"
    assert entry["doi"] == "10.1/x_y"  # an address is not text: nothing is escaped in it
    assert entry["url"] == "https://news.test/?a=1&b=2"
    assert entry["urldate"] == "2026-11-23"
    assert entry["note"] == "It establishes something."
    (record,) = rispy.loads(to_ris([item]))
    assert record["type_of_reference"] == "RPRT"
    assert record["authors"] == ["O’Neil, A.", "Team of Smith and Jones"]
    assert record["urls"] == ["https://news.test/?a=1&b=2"]
    assert record["access_date"] == "2026/11/23/"
    assert (record["start_page"], record["end_page"], record["language"]) == ("3", "9", "ru")
    assert record["notes"] == ["It establishes something.", "Archived copy: https://archive.test/1"]


def test_a_line_end_in_a_value_begins_no_field():
    item = source(title="One\nTY  - BOOK\r\nER  - ")
    assert rispy.loads(to_ris([item]))[0]["title"] == "One TY - BOOK ER -"


def test_a_ris_file_has_the_line_ends_of_its_format():
    text = to_ris([source(), source(id="b")])
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith("TY  - NEWS\r\n") and text.endswith("ER  - \r\n")


def test_only_types_of_csl_are_mapped_and_only_to_types_of_ris():
    types = set(get_args(SourceType))
    assert set(_BIBTEX_TYPES) <= types and set(_RIS_TYPES) <= types
    assert set(_RIS_TYPES.values()) <= set(rispy.TYPE_OF_REFERENCE_MAPPING)


def test_the_whole_registry_survives():
    facts, _ = load_facts(ROOT)
    sources = list(facts.sources.values())
    entries = bibtex(*sources)
    assert [entry["key"] for entry in entries] == [item.id for item in sources]
    assert all(
        plain(entry["title"][1:-1]) == item.title for entry, item in zip(entries, sources, strict=True)
    )
    records = rispy.loads(to_ris(sources))
    assert [record["urls"][0] for record in records] == [item.URL.replace(";", "%3B") for item in sources]
    assert [record["notes"][0] for record in records] == [
        " ".join(item.custom.shows.split()) for item in sources
    ]
    assert [item["id"] for item in json.loads(to_csl_json(sources))] == list(facts.sources)


# -- the step after the build --------------------------------------------------------------------------------------

PAGE = """<html><head><link rel="canonical" href="{address}"></head><body>
<a href="#source-b-2">1</a> <a href="#source-a-1">2</a> <a href="#source-b-2">1</a> <a href="#source-x-9">?</a>
</body></html>"""


def test_each_page_gets_its_own_sources_in_order_of_first_use(tmp_path):
    root = write(
        tmp_path / "project",
        {
            "docs/countries/china.md": "---\ntitle: China\nreviewed: 2026-11-23\n---\n# C\n",
            "docs/index.md": "# T\n",
            "docs/data/sources/all.yml": yaml_source("a-1") + yaml_source("b-2") + yaml_source("c-3"),
        },
    )
    site = tmp_path / "site"
    for folder, html in (
        ("countries/china/", PAGE.format(address="https://a.test/x/countries/china/")),
        ("", '<html><head><link rel="canonical" href="https://a.test/x/"></head></html>'),
    ):
        (site / folder).mkdir(parents=True, exist_ok=True)
        (site / folder / "index.html").write_text(html, encoding="utf-8")
    publish(root, site)
    folder = site / "countries" / "china"
    assert [item["id"] for item in json.loads((folder / "sources.json").read_text())] == ["b-2", "a-1"]
    assert [
        entry.key for entry in bibtexparser.parse_string((folder / "sources.bib").read_text()).entries
    ] == [
        "b-2",
        "a-1",
    ]
    assert [item["id"] for item in rispy.loads((folder / "sources.ris").read_text())] == ["b-2", "a-1"]
    assert len(json.loads((site / "data" / "sources.json").read_text())) == 3
    assert not (site / "sources.json").exists()  # the first page cites nothing
    html = (folder / "index.html").read_text()
    assert html.count("application/ld+json") == 1 and '"https://a.test/x/countries/china/"' in html
    assert (site / "assets" / "cards" / "china.png").exists()


def test_a_site_without_address_gets_no_structured_data(tmp_path):
    root = write(tmp_path / "project", {"docs/index.md": "# T\n"})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<html><head></head></html>")
    publish(root, tmp_path / "site")
    assert "ld+json" not in (tmp_path / "site" / "index.html").read_text()


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<link rel="canonical" href="https://a.test/?a=1&amp;b=2">', "https://a.test/?a=1&b=2"),
        ("<link href=https://a.test/ rel=canonical>", "https://a.test/"),
        ('<link rel="icon" href="x">', ""),
        ("", ""),
    ],
)
def test_a_page_names_its_address(html, address):
    assert canonical_address(html) == address


def test_what_is_not_in_the_registry_is_not_cited():
    item = source(id="a-1")
    assert cited(PAGE, {"a-1": item}) == [item]
    assert item.accessed == date(2026, 11, 23)
