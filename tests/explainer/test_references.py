"""References are formatted by CSL, safely and completely."""

import pytest

from explainer.records import Source
from explainer.references import csl_json, format_references

BASE = {
    "id": "paper-2024-x",
    "type": "article-newspaper",
    "title": "A title",
    "container-title": "The Paper",
    "issued": "2024-11-06",
    "accessed": "2026-11-23",
    "URL": "https://news.test/?a=1&b=2",
    "language": "en",
    "custom": {"kind": "press", "shows": "It establishes something."},
}


def formatted(**changes) -> str:
    item = Source.model_validate(BASE | changes)
    return format_references([item])[item.id]


def test_title_place_and_date():
    assert formatted() == (
        '‘<a class="reference__link" href="https://news.test/?a=1&amp;b=2" rel="external">A title</a>’, '
        "<i>The Paper</i>, 6 November 2024."
    )


@pytest.mark.parametrize(
    ("issued", "words"), [("2024", ", 2024."), ("2024-11", ", November 2024."), (None, ", n.d.")]
)
def test_a_date_is_printed_as_far_as_it_is_known(issued, words):
    changes = {"issued": issued} if issued else {}
    item = {key: value for key, value in BASE.items() if key != "issued"} | changes
    assert format_references([Source.model_validate(item)])["paper-2024-x"].endswith(words)


def test_authors_are_named_and_escaped():
    html = formatted(author=[{"family": "O'Neil", "given": "A. <b>"}, {"literal": "Team & Co"}])
    assert html.startswith("A. &lt;b&gt; O’Neil and Team &amp; Co,") or html.startswith(
        "A. &lt;b&gt; O'Neil and Team &amp; Co,"
    )


def test_a_title_cannot_break_the_page():
    html = formatted(title="<script>alert(1)</script> & more")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_description_in_brackets_gets_no_quotation_marks():
    html = formatted(title="[A photograph]")
    assert "‘" not in html and ">[A photograph]</a>," in html


def test_a_title_in_another_language_is_tagged():
    assert 'lang="ru"' in formatted(title="Договор", language="ru")
    assert "lang=" not in formatted()


def test_a_treaty_is_set_in_italics_with_its_symbol():
    html = formatted(
        type="treaty", number="UNTS 6045", publisher="United Nations", **{"container-title": None}
    )
    assert html.startswith("<i><a ") and "UNTS 6045" in html


def test_csl_json_keeps_what_other_programs_need():
    item = csl_json(Source.model_validate(BASE))
    assert item["issued"] == {"date-parts": [[2024, 11, 6]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 23]]}
    assert item["container-title"] == "The Paper"
    assert item["custom"]["kind"] == "press"
