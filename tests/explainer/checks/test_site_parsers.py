"""The small parsers of the checks on built sites: no input makes them fail, and what they say of it holds."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.checks.entries import (
    UnreadableEntriesError,
    feed_entries,
    manifest_entries,
    sitemap_entries,
)
from explainer.checks.integrity import integrity_fault, integrity_of
from explainer.checks.site.address_syntax import address_fault
from explainer.checks.site.css import css_addresses, srcset_addresses
from explainer.checks.site.linked_data import linked_data_addresses
from explainer.checks.site.refresh import read_refresh
from explainer.checks.text_fragments import TextDirective, finds, page_text, text_directives

TOKENS = [
    "url(",
    ")",
    "'",
    '"',
    "\\",
    "/*",
    "*/",
    "@import",
    "image-set(",
    ",",
    "a.png",
    "data:",
    "<",
    ">",
    "{",
    ":",
    "<rss>",
    "<link>",
    "</link>",
    "&",
    "&amp;",
    "https://",
    "//",
    "mailto:",
    "%",
    "[",
    "]",
    "0;url=",
    "-,",
    "text=",
]
pieces = st.lists(st.sampled_from(TOKENS) | st.text(max_size=4), max_size=25).map("".join)


@given(pieces)
def test_no_text_makes_a_parser_fail(text: str) -> None:
    assert all(address and not address.startswith("#") for address in css_addresses(text))
    assert all(address and " " not in address for address in srcset_addresses(text))
    fault = address_fault(text)
    assert fault is None or all(fault)
    list(linked_data_addresses(text))
    read_refresh(text)
    text_directives(f"#:~:{text}")
    integrity_fault(text, b"x")
    for read in (feed_entries, sitemap_entries, manifest_entries):
        try:
            entries = read(text)
        except UnreadableEntriesError as error:
            assert error.line >= 1 and error.column >= 1
        else:
            assert all(0 <= entry.offset <= len(text) for entry in entries)


@pytest.mark.parametrize("opening", ["url(", "/*", "'", "image-set(" * 3, "@import '", "url('", "\\"])
def test_what_is_never_closed_takes_no_long_time(opening: str) -> None:
    """Searching on from every place would take hours."""
    assert list(css_addresses(opening * 20_000)) is not None


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_integrity_fits_its_own_file_only(content: bytes, other: bytes) -> None:
    assert integrity_fault(integrity_of(content), content) == ""
    assert bool(integrity_fault(integrity_of(content), other)) == (content != other)


def test_integrity_may_be_written_for_addresses() -> None:
    """Some write - and _ for + and /."""
    digest = base64.urlsafe_b64encode(hashlib.sha512(b"x1").digest()).decode()
    assert integrity_fault(f"sha512-{digest}", b"x1") == ""


@given(st.lists(st.text("abcd éß", min_size=1, max_size=12), min_size=1, max_size=6))
def test_every_whole_block_of_a_page_is_found(blocks: list[str]) -> None:
    page = page_text(f"<body>{''.join(f'<p>{block}</p>' for block in blocks)}</body>".encode())
    for block in blocks:
        if block.strip():
            assert finds(page, TextDirective(block))
    assert not finds(page, TextDirective("xyz"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#:~:text=a", [TextDirective("a")]),
        ("#x:~:text=a,b", [TextDirective("a", "b")]),
        ("#:~:text=p-,a,b,-s&text=c", [TextDirective("a", "b", "p", "s"), TextDirective("c")]),
        ("#:~:text=a%2Cb%2D", [TextDirective("a,b-")]),
        ("#:~:text=a,b,c", [None]),
        ("#:~:text=,", [None]),
        ("#:~:other=a", []),
        ("#x", []),
    ],
)
def test_text_directives(written: str, expected: list[TextDirective | None]) -> None:
    assert text_directives(written) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0; url=a", ("a", True)),
        ("5", ("", False)),
        (" 0 ;URL = 'a b' x", ("a b", True)),
        (".5,a", ("a", True)),
        ("3 a", ("a", False)),
        ("url=a", None),
        ("-1;url=a", None),
        ("", None),
    ],
)
def test_refresh(content: str, expected: tuple[str, bool] | None) -> None:
    assert read_refresh(content) == expected


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("", []),
        (" a.png ", ["a.png"]),
        ("a.png 1x,b.png 2x", ["a.png", "b.png"]),
        ("a,b.png 1x, c.png", ["a,b.png", "c.png"]),
        ("a.png, b.png,", ["a.png", "b.png"]),
        ("a.png calc(1px, 2px) , b.png", ["a.png", "b.png"]),
        ("data:image/png;base64,AA= 1x, b.png", ["data:image/png;base64,AA=", "b.png"]),
    ],
)
def test_srcset(srcset: str, expected: list[str]) -> None:
    assert list(srcset_addresses(srcset)) == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{b:url(x.png)}", ["x.png"]),
        ("a{b:url( 'x y.png' )}", ["x y.png"]),
        ("@import url(x.css); @import 'y.css' print;", ["x.css", "y.css"]),
        ("@import\"x.css\";@import'y.css';", ["x.css", "y.css"]),
        ("a{b:image-set(url(x.png) 1x, 'y.png' type('image/png') 2x)}", ["x.png", "y.png"]),
        ("a{b:cross-fade(url(x.png), url(y.png))}", ["x.png", "y.png"]),
        ("a{b:url(x\\20y.png)}", ["x y.png"]),
        ("/* url(x) */ a{content:'url(x)'} b{c:url(#d)} @namespace url(x);", []),
        ("a{b:url()} c{d:url(data:x)}", []),
    ],
)
def test_css(css: str, expected: list[str]) -> None:
    assert list(css_addresses(css)) == expected
