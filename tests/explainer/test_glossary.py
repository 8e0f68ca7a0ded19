"""Terms are found in the words, marked where a page first uses them, and explained once."""

import re

import pytest

from explainer.extension import load_site
from explainer.glossary import Glossary, markable
from explainer.records import Term
from explainer.rendering import Rendering
from tests.explainer.projects import source, write


def term(id_: str, name: str, *aliases: str) -> Term:
    return Term(id=id_, term=name, aliases=list(aliases), text="What it means, in plain English.", sources=[])


GLOSSARY = Glossary(
    [
        term("veto", "veto", "vetoes", "vetoed"),
        term("roll-call", "roll call"),
        term("sanctions", "sanctions"),
        term("committee", "sanctions committee"),
        term("kcna", "KCNA"),
        term("council", "Security Council"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A veto, and vetoes.", ["veto", "veto"]),
        ("Veto!", ["veto"]),
        ("Two roll calls", ["roll-call"]),
        ("The sanctions committee met", ["committee"]),
        ("KCNA said; the kcna file", ["kcna"]),
        ("KCNA’s report", ["kcna"]),
        ("the Security Council", ["council"]),
        ("a security council of the party", []),
        ("a veto-proof majority, anti-veto", []),
        ("vetoers", []),
        ("", []),
    ],
)
def test_terms_are_found(text: str, found: list[str]) -> None:
    assert [use.term.id for use in GLOSSARY.uses(text)] == found


def test_a_glossary_without_terms_finds_nothing() -> None:
    assert not list(Glossary([]).uses("A veto."))


@pytest.mark.parametrize(
    "text",
    [
        "## The veto {#veto}",
        "[the veto](un.md#veto)",
        "![a veto](veto.svg)",
        "[veto][x]",
        "[x]: veto.md",
        "`veto`",
        "```\nveto\n```",
        "<!-- veto -->",
        '<span title="veto">',
        "::: table veto",
        "| Veto |\n| --- |",
        "[@veto-2024]",
        '!!! note "A veto"',
    ],
)
def test_where_no_mark_can_stand(text: str) -> None:
    blanked = markable(f"{text}\n\nA veto.")
    assert len(blanked) == len(f"{text}\n\nA veto.")
    assert blanked.lower().count("veto") == 1


RECORDS = """\
- id: veto
  term: veto
  aliases: [vetoes]
  text: A vote of no that stops a <resolution>.
  sources: [a-1]
- id: kcna
  term: KCNA
  stands_for: Korean Central News Agency
  text: North Korea’s agency, and what it says.
  sources: [a-1]
"""


def rendered(tmp_path, words: str, src: str = "page.md", extra: dict[str, str] | None = None) -> str:
    files = {
        f"docs/{src}": f"---\ntitle: T\n---\n{words}",
        "docs/data/sources/all.yml": source("a-1"),
        "docs/data/glossary.yml": RECORDS,
    }
    site = load_site(write(tmp_path, files | (extra or {})))
    return Rendering(site, site.pages[src]).run()


def test_the_first_use_is_a_link_and_the_next_is_not(tmp_path):
    html = rendered(tmp_path, "A veto [@a-1]. **Vetoes** and a veto.")
    assert html.count('class="term"') == 1
    assert 'A <a class="term" href="../glossary/#veto" aria-describedby="term-veto">veto</a><sup' in html
    assert html.count('id="term-veto"') == 1
    assert "stops a &lt;resolution&gt;" in html
    assert "term-kcna" not in html


def test_the_first_use_in_a_sentence_counts_not_that_in_a_heading(tmp_path):
    html = rendered(tmp_path, "## The veto {#v}\n\n[A veto](page.md) and a veto.")
    assert html.index("## The veto {#v}") < html.index('class="term"')
    assert "[A veto](page.md) and a <a" in html


def test_what_an_abbreviation_stands_for_is_told(tmp_path):
    assert "Korean Central News Agency. North" in rendered(tmp_path, "KCNA said so.")


def test_terms_in_texts_of_the_facts_are_marked_in_their_order(tmp_path):
    event = (
        "- id: 2024-x\n  date: '2024'\n  countries: [general]\n  kind: vote\n  title: A veto & more\n"
        "  text: KCNA told of the veto.\n  sources: [a-1]\n"
    )
    html = rendered(tmp_path, "::: timeline\n\nA veto.", extra={"docs/data/events.yml": event})
    assert re.findall(r'class="term" href="[^"]*#(\w+)"', html) == ["kcna", "veto"]
    assert "&amp; more" in html


def test_a_page_without_terms_has_no_list(tmp_path):
    assert "terms" not in rendered(tmp_path, "Words.")


def test_the_glossary_prints_each_term_with_its_sources_and_marks_none(tmp_path):
    html = rendered(tmp_path, "::: glossary\n\n::: references", "glossary.md")
    assert re.findall(r'<h3 id="([^"]+)"', html) == ["kcna", "veto"]
    assert 'class="term"' not in html
    assert html.count('class="cite__mark') == 2
