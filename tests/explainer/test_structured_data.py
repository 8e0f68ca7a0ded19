"""What is said for programs is valid by the vocabulary of schema.org itself, and true of the page."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schema_org import registry

from explainer.facts import load_facts
from explainer.pages import Page, load_pages, page_url
from explainer.records import Claim, Source
from explainer.structured_data import BuiltPage, graph, insert, script
from explainer.website import WebsiteFacts
from explainer.yaml_reader import YamlDocument
from tests.explainer.test_build import ROOT
from tests.explainer.test_references import BASE

ADDRESS = "https://allies.test/"
PAGES = (
    "index.md",
    "faq.md",
    "claims.md",
    "sources.md",
    "about/method.md",
    "about/corrections.md",
    "countries/china.md",
)
SITE = WebsiteFacts("Who are the allies?", "Seven countries.", ADDRESS, "en", frozenset(PAGES))
FRONT_MATTER = {"title": "A title", "description": "What the page says in short.", "reviewed": "2026-11-23"}
CLAIM = Claim(
    id="general-first",
    country="general",
    claim="They have </script> no allies.",
    where="General article",
    verdict="contradicted",
    finding="Two treaties are in force.",
    sources=["paper-2024-x"],
    checked=date(2026, 11, 23),
)
FAQ = """<article>
<h2 id="general">In general</h2>
<h3 id="who">Who are <em>they</em>?<a class="headerlink" href="#who">¶</a></h3>
<p>China<sup class="cite"><a href="#source-paper-2024-x">1</a></sup>. And
Russia.</p>
<ul><li>One</li></ul>
<h3 id="why">Why?</h3>
<p>For reasons.</p>
<h2 id="sources">Sources</h2>
<h3 id="empty">No answer?</h3>
</article>"""


def page(src: str) -> Page:
    return Page(src, f"docs/{src}", "", 0, YamlDocument(FRONT_MATTER, {}))


def source(**changes) -> Source:
    return Source.model_validate(BASE | changes)


def nodes_of(src: str, html: str = "", cited=()) -> list[dict]:
    built = BuiltPage(page(src), html, cited, ADDRESS + "assets/cards/site.png")
    return graph(SITE, built, [CLAIM], ["sources.json", "sources.bib"])["@graph"]


def one(nodes: list[dict], type_: str) -> dict:
    (found,) = [node for node in nodes if node["@type"] == type_]
    return found


# -- the vocabulary ------------------------------------------------------------------------------------------------


def ancestry(type_: str) -> set[str]:
    return {type_, *registry.ancestry(type_)}


def faults(node: dict, known: dict[str, str], where: str = "") -> list[str]:
    """What the vocabulary does not allow: unknown types, properties of other types, values of other types."""
    type_ = node["@type"]
    here = f"{where}/{type_}"
    if type_ not in registry.MODEL_BY_SCHEMA:
        return [f"{here}: no such type"]
    model = registry.MODEL_BY_SCHEMA[type_]  # its pydantic schema is never built: that takes gigabytes
    properties = {item.schema_name: item for item in model.SCHEMA_PROPERTIES}
    found = []
    for name, value in node.items():
        if name in ("@type", "@id"):
            continue
        if name not in properties:
            found.append(f"{here}: {name} is no property of it")
            continue
        item = properties[name]
        if item.superseded_by:
            found.append(f"{here}: {name} gave way to {item.superseded_by}")
        for part in value if isinstance(value, list) else [value]:
            place = f"{here}.{name}"
            if isinstance(part, dict) and set(part) == {"@id"}:
                elsewhere = part["@id"].startswith(ADDRESS + "sources/#")
                if part["@id"] not in known and not elsewhere:
                    found.append(f"{place}: nothing has the id {part['@id']}")
                elif part["@id"] in known and not ancestry(known[part["@id"]]) & set(item.ranges):
                    found.append(f"{place}: is a {known[part['@id']]}, not one of {item.ranges}")
            elif isinstance(part, dict):
                if not ancestry(part["@type"]) & set(item.ranges):
                    found.append(f"{place}: is a {part['@type']}, not one of {item.ranges}")
                found += faults(part, known, place)
            elif not any(fits(part, range_) for range_ in item.ranges):
                found.append(f"{place}: {part!r} is not one of {item.ranges}")
    return found


def fits(value: object, range_: str) -> bool:
    match range_:
        case "Boolean":
            return isinstance(value, bool)
        case "Integer" | "Number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "URL":
            return isinstance(value, str) and re.match(r"https?://\S+$", value) is not None
        case "Date":
            return isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) is not None
        case _:
            return isinstance(value, str) and (range_ == "Text" or "Text" in ancestry(range_))


def all_faults(nodes: list[dict]) -> list[str]:
    known = {node["@id"]: node["@type"] for node in nodes if "@id" in node}
    for node in nodes:
        known |= {part["@id"]: part["@type"] for part in node.get("mainEntity", []) if "@type" in part}
    return [fault for node in nodes for fault in faults(node, known)]


@pytest.mark.parametrize("src", PAGES)
def test_every_page_is_valid_by_the_vocabulary(src):
    html = FAQ if src == "faq.md" else '<h3 id="general-first">…</h3>'
    types = ["article-newspaper", "dataset", "treaty", "broadcast", "webpage", "report", "review", "software"]
    cited = [source(type=type_, archive="https://archive.test/x") for type_ in types]
    assert all_faults(nodes_of(src, html, cited)) == []


def test_the_check_itself_finds_faults():
    nodes = nodes_of("index.md")
    one(nodes, "Article")["correctionsPolicy"] = ADDRESS
    one(nodes, "Organization")["logo"] = {"@type": "Person", "name": "x"}
    found = all_faults([*nodes, {"@type": "Artikel"}])
    assert len(found) == 3, found


def test_every_type_of_document_is_a_creative_work():
    from explainer.structured_data import _TYPES

    assert all("CreativeWork" in ancestry(type_) for type_ in _TYPES.values())


# -- what is said --------------------------------------------------------------------------------------------------


def test_an_article_names_its_documents_in_order_its_day_and_its_makers():
    cited = [source(id="b", title="B"), source(id="a", title="A", issued="2024")]
    nodes = nodes_of("countries/china.md", cited=cited)
    article, makers = one(nodes, "Article"), one(nodes, "Organization")
    assert article["citation"] == [{"@id": ADDRESS + "sources/#b"}, {"@id": ADDRESS + "sources/#a"}]
    assert article["dateModified"] == "2026-11-23"
    assert article["isBasedOn"] == {"@id": ADDRESS + "sources/#dataset"}
    assert article["author"] == article["publisher"] == {"@id": makers["@id"]}
    assert makers["correctionsPolicy"] == ADDRESS + "about/corrections/"
    assert makers["publishingPrinciples"] == ADDRESS + "about/method/"
    assert [step["name"] for step in one(nodes, "BreadcrumbList")["itemListElement"]] == [
        SITE.name,
        "A title",
    ]


def test_every_question_has_its_answer_as_text_without_notes():
    questions = one(nodes_of("faq.md", FAQ), "FAQPage")["mainEntity"]
    assert [(item["name"], item["acceptedAnswer"]["text"]) for item in questions] == [
        ("Who are they?", "China. And Russia.\nOne"),
        ("Why?", "For reasons."),
    ]
    assert questions[0]["url"] == ADDRESS + "faq/#who"


def test_a_claim_is_reviewed_on_the_page_of_claims_alone_and_has_no_author():
    shown = '<h3 id="general-first">…</h3>'
    review = one(nodes_of("claims.md", shown), "ClaimReview")
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Contradicted"}
    assert "author" not in review["itemReviewed"]
    assert review["claimReviewed"] == CLAIM.claim
    for src, html in (("index.md", shown), ("countries/china.md", shown), ("claims.md", "")):
        assert not [node for node in nodes_of(src, html) if node["@type"] == "ClaimReview"]


def test_the_page_of_sources_offers_the_files_that_exist():
    dataset = one(nodes_of("sources.md"), "Dataset")
    assert [part["contentUrl"] for part in dataset["distribution"]] == [
        ADDRESS + "data/sources.json",
        ADDRESS + "data/sources.bib",
    ]


@given(st.text())
def test_no_text_can_leave_the_element(text):
    element = script({"name": text})
    inner = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inner
    assert json.loads(inner) == {"name": text}


def test_it_stands_at_the_end_of_the_head_and_a_page_without_head_is_left_alone():
    assert insert("<head><title>x</title></head></head>", "<s>") == "<head><title>x</title><s></head></head>"
    assert insert("<p>x", "<s>") == "<p>x"


def test_the_real_words_make_valid_data():
    facts, _ = load_facts(ROOT)
    pages, _ = load_pages(ROOT)
    site = WebsiteFacts("S", "D", ADDRESS, "en", frozenset(pages))
    for src, real in pages.items():
        shown = "".join(f'<h3 id="{id_}">x</h3>' for id_ in facts.claims)
        nodes = graph(site, BuiltPage(real, shown, list(facts.sources.values())), facts.claims.values())[
            "@graph"
        ]
        assert all_faults(nodes) == [], page_url(src)
