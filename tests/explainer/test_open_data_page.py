"""What the directives of “Open data” and the log of changes print."""

import re
from pathlib import Path

import pytest

from explainer.extension import load_site
from explainer.open_data import collections
from explainer.rendering import Rendering

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site():
    return load_site(ROOT)


def render(site, src: str) -> str:
    rendering = Rendering(site, site.pages[src])
    html = rendering.run()
    assert rendering.problems == []
    return html


def test_every_field_of_every_collection_is_on_the_page(site):
    html = render(site, "about/data.md")
    for name, record in collections().items():
        table = html[html.index(f"Fields of <code>{name}</code>") :]
        table = table[: table.index("</table>")]
        named = re.findall(r'<th scope="row"><code>([^<]+)</code></th>', table)
        assert set(named) == {info.alias or key for key, info in record.model_fields.items()}
        for info in record.model_fields.values():
            assert (info.description or "?").split("“")[0].split("<")[0] in table.replace("&#39;", "'")


def test_a_record_inside_a_record_is_described_once_and_can_be_linked_to(site):
    html = render(site, "about/data.md")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    targets = re.findall(r'<td data-label="Holds">[^<]*<a href="#([^"]+)"', html)
    assert len(targets) > 20 and set(targets) <= set(ids)


def test_every_data_file_and_every_column_is_on_the_page(site):
    html = render(site, "about/data.md")
    for table in site.facts.tables.values():
        assert f'href="../../data/{table.series.file}"' in html
        for column in table.series.columns:
            assert f"<code>{column.name}</code>" in html
    for path in sorted((ROOT / "docs" / "data").glob("**/*.yml")):
        assert f'href="../../data/{path.relative_to(ROOT / "docs" / "data").as_posix()}"' in html


@pytest.mark.parametrize(
    ("name", "hint"), [("contries", "did you mean countries"), ("x", "known: sources, countries")]
)
def test_fields_of_nothing_are_a_problem_with_a_hint(site, name, hint):
    page = site.pages["about/data.md"]
    words = page.text.replace("::: fields countries", f"::: fields {name}")
    rendering = Rendering(site, type(page)(page.src, page.path, words, page.body_start, page.front_matter))
    rendering.run()
    (problem,) = rendering.problems
    assert f"“{name}”" in problem.message and hint in problem.hint
    assert words.split("\n")[problem.line - 1] == f"::: fields {name}"


def test_every_change_has_an_anchor_its_reason_and_its_pages(site):
    html = render(site, "about/corrections.md")
    for change in site.facts.changes.values():
        part = html[html.index(f'id="change-{change.id}"') :]
        part = part[: part.index("</article>")]
        assert change.reason in part.replace("&#39;", "'")
        assert part.count("<a href=") == len(change.pages) + 1  # and its own
        assert part.count("cite__mark ") == len(change.sources)
