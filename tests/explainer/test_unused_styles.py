"""What leaves a stylesheet, and what must not."""

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from explainer.unused_styles import names, prune


def pruned(css: str, *used: str) -> str:
    return prune({"a.css": css}, set(used))["a.css"]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".a{x:1}.b{x:2}", ".a{x:1}"),
        (".a,.b{x:1}", ".a{x:1}"),
        (".a .b{x:1}", ""),
        (".a>p{x:1}", ".a>p{x:1}"),
        ("#a{x:1}#b{x:2}", "#a{x:1}"),
        ("p{x:1}[hidden]{x:2}", "p{x:1}[hidden]{x:2}"),
        ("p:not(.b){x:1}", "p:not(.b){x:1}"),
        ("p:is(.a,.b){x:1}", "p:is(.a,.b){x:1}"),
        (".a::after{content:'.b{'}", '.a::after{content:".b{"}'),
        ("@media print{.a{x:1}.b{x:2}}", "@media print{.a{x:1}}"),
        ("@media print{.b{x:2}}", ""),
        ("@font-face{src:url(x.woff2)}", "@font-face{src:url(x.woff2)}"),
        ("@keyframes k{0%{x:1}}", "@keyframes k{0%{x:1}}"),
        ("/* words */.a{x:1}", ".a{x:1}"),
        (":root{--i:url('x;}')}.a{x:var(--i)}", ':root{--i:url("x;}")}.a{x:var(--i)}'),
        (":root{--i:url('x;}');--j:2}.a{x:var( --j )}", ":root{--j:2}.a{x:var( --j )}"),
        (":root{--i:var(--j);--j:1}.b{x:var(--i)}", ":root{}"),
        (".a{--last:1}", ".a{}"),
    ],
)
def test_only_what_cannot_apply_goes(css, expected):
    assert pruned(css, "a") == expected


def test_a_property_that_another_sheet_or_a_script_reads_stays():
    sheets = {"theme.css": ":root{--x:1;--y:2;--z:3}", "ours.css": ".a{x:var(--x)}"}
    used = names([], ["e.getPropertyValue('--y')"]) | {"a"}
    assert prune(sheets, used)["theme.css"] == ":root{--x:1;--y:2;}"


def test_names_are_those_of_attributes_and_every_word_of_scripts():
    found = names(
        ['<p class="a b--c" id=d style="--e: 1">word</p>'], ['classList.add("md-f__g"); `h ${"i"}`']
    )
    assert {"a", "b--c", "d", "--e", "md-f__g", "h", "i"} <= found
    assert "word" not in found


@given(st.text(alphabet=".#{}:;,()[]'\"ab-@ \\/*"))
def test_no_text_stops_it(css):
    tinycss2.parse_stylesheet(pruned(css, "a"))
