"""Citations and directives become numbered notes and lists of sources."""

import re

import pytest

from explainer.extension import load_site
from explainer.rendering import Rendering, place_letter
from tests.explainer.projects import source, write

HEAD = "---\ntitle: T\n---\n"


@pytest.fixture
def render(tmp_path):
    """Renders one page of a project with the sources a-1, b-2 (state media) and c-3."""

    def render(words: str):
        write(
            tmp_path,
            {
                "docs/page.md": HEAD + words,
                "docs/data/sources/all.yml": source("a-1") + source("b-2", "state-media") + source("c-3"),
            },
        )
        site = load_site(tmp_path)
        rendering = Rendering(site, site.pages["page.md"])
        return rendering.run().removeprefix("\n"), rendering

    return render


def numbers(html: str) -> list[str]:
    return re.findall(r'class="cite__mark[^>]*>([^<]*)<', html)


def test_documents_are_numbered_by_first_use_and_keep_their_number(render):
    html, _ = render("B [@b-2]. A [@a-1]. B again [@b-2, p. 3; @c-3].")
    assert numbers(html) == ["1", "2", "1, p. 3", "3"]


def test_the_number_follows_the_word_without_a_space(render):
    html, _ = render("Word [@a-1].")
    assert html.startswith("Word<sup")
    assert html.endswith("</sup>.")


def test_the_kind_of_source_is_told_to_every_reader(render):
    html, _ = render("Word [@b-2, art. 4].")
    assert 'aria-label="Source 1: The Paper, art. 4 (State media)"' in html
    assert "cite__mark--state-media" in html


def test_the_list_of_sources_links_back_to_every_place(render):
    html, _ = render("One [@a-1]. Two [@a-1].\n\n::: references\n")
    assert 'id="source-a-1"' in html
    assert re.findall(r'href="#(cite-1-\d)"[^>]*>(\w)<', html) == [("cite-1-1", "a"), ("cite-1-2", "b")]
    assert 'id="cite-1-1"' in html and 'id="cite-1-2"' in html


@pytest.mark.parametrize(
    "words",
    [
        "`[@x-9]`",
        "```\n[@x-9]\n```",
        "\\[@x-9]",
        "me@x-9.org",
        "[@x-9](https://a.test)",
        "<!-- [@x-9] -->",
        "    [@x-9]",
    ],
)
def test_what_is_no_citation_is_left_alone(render, words):
    html, rendering = render(words)
    assert html == words
    assert rendering.problems == []


def test_an_unknown_id_is_named_with_line_column_and_the_nearest_ids(render):
    _, rendering = render("First line.\n\nWord [@a-2].\n")
    (problem,) = rendering.problems
    assert (problem.path, problem.line, problem.column) == ("docs/page.md", 6, 7)
    assert "a-2" in problem.message and "a-1" in problem.hint


def test_an_unknown_directive_is_named_with_the_nearest_name(render):
    _, rendering = render("::: referenes\n")
    (problem,) = rendering.problems
    assert problem.line == 4 and "references" in problem.hint


def test_an_unknown_country_is_named(render):
    _, rendering = render("::: verdict atlantis\n")
    assert "atlantis" in rendering.problems[0].message


def test_a_directive_in_code_is_left_alone(render):
    html, _ = render("```\n::: references\n```")
    assert html == "```\n::: references\n```"


def test_a_page_without_citations_says_so(render):
    html, _ = render("::: references\n")
    assert "cites no documents" in html


@pytest.mark.parametrize(("use", "letter"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba")])
def test_places_are_lettered(use, letter):
    assert place_letter(use) == letter


def test_it_is_known_which_page_cites_what(render):
    _, rendering = render("A [@a-1].")
    cited = {id_: [page.src for page in pages] for id_, pages in rendering.site.usage.pages.items()}
    assert cited == {"a-1": ["page.md"], "b-2": [], "c-3": []}
