"""axe-core (WCAG 2.2 AA) on every page, in light and dark."""

import json
from importlib.resources import files

import pytest

from tests.browser.conftest import PHONE, pages

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"""

# One template prints every item of these lists: the first thirty stand for hundreds, which would take minutes.
SHORTEN = """() => document.querySelectorAll('.references > li:nth-child(n+31), .timeline__events > li:nth-child(n+31)')
  .forEach((item) => item.remove())"""


def violations(page) -> list[str]:
    page.evaluate(SHORTEN)
    page.evaluate(AXE)
    result = page.evaluate(RUN)
    return [
        f"{violation['id']}: {node['target']} {json.dumps(node['any'][0]['message']) if node['any'] else ''}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]


ONE_OF_EACH_KIND = [
    "",
    "countries/china/",
    "faq/",
    "compare/",
    "trade/",
    "treaties/",
    "about/editing/",
    "about/method/",
]


@pytest.mark.parametrize(
    "visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
@pytest.mark.parametrize("path", pages(), ids=lambda path: path or "index")
def test_axe_finds_nothing(visit, path):
    assert violations(visit.open(path)) == []


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
@pytest.mark.parametrize("path", ONE_OF_EACH_KIND, ids=lambda path: path or "index")
def test_axe_finds_nothing_on_a_phone(visit, path):
    assert violations(visit.open(path)) == []
