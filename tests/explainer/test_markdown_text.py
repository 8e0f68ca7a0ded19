"""Plain readings of Markdown: code, comments, headings, links."""

import re
from itertools import count

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.markdown_text import LineIndex, blank_code, comments, headings, links, split_front_matter

MARKUP = st.lists(
    st.sampled_from(
        [
            "`",
            "``",
            "```",
            "~~~",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "<!--",
            "-->",
            "<code>",
            "</code>",
            "<PRE>",
            "</pre>",
            "[",
            "]",
            "(",
            ")",
            "@",
            "@a-1",
            "^1",
            ":",
            ";",
            ", ",
            "#",
            "## ",
            "{#x}",
            "{",
            "}",
            "\\",
            "> ",
            "- ",
            "1. ",
            "!!! ",
            "a",
            "word ",
            "É",
            "İ",
            "\u200b",
            "\x00",
            "\r",
            "🇰🇵",
            "|",
            "---",
            "!",
            "<",
            ">",
            "https://x.y/z",
            '"',
            "'",
        ]
    ),
    max_size=60,
).map("".join)
ANY = st.one_of(st.text(), MARKUP)


@given(ANY)
def test_blanking_keeps_every_place(text: str) -> None:
    blanked = blank_code(text)
    assert len(blanked) == len(text)
    assert [index for index, char in enumerate(text) if char == "\n"] == [
        index for index, char in enumerate(blanked) if char == "\n"
    ]
    assert all(after in (before, " ") for before, after in zip(text, blanked, strict=True))


@given(ANY)
def test_no_text_is_too_much(text: str) -> None:
    for heading in headings(text):
        assert text[heading.start] == "#"
    for link in links(text):
        assert 0 <= link.start <= link.destination_start <= len(text)
        assert (
            text.startswith(link.destination, link.destination_start) or text[link.destination_start] == "<"
        )
    for comment in comments(text):
        assert text.startswith("<!--", comment.start)


@given(ANY)
def test_lines_are_counted_as_editors_count(text: str) -> None:
    lines = LineIndex(text)
    for offset in range(len(text)):
        line, column = lines.place(offset)
        assert text.split("\n")[line - 1][column - 1 : column] == (
            text[offset] if text[offset] != "\n" else ""
        )


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        (r"a \`b\` c", r"a \`b\` c"),
        ("a `b\n\nc` d", "a `b\n\nc` d"),
        ("a `b\nc` d", "a   \n   d"),
        ("a <!-- b --> c", "a            c"),
        ("`<!--` a <!-- b -->", "       a           "),
        ("<!-- `a --> b` c", "            b` c"),
        ("`<code>` a `</code>`", "         a          "),
        ("<CODE>a</code> b", " " * 15 + "b"),
        ("```\na\n```\nb", "   \n \n   \nb"),
        ("```\na", "```\na"),
        ("~~~~\n```\n~~~~\nb", "    \n   \n    \nb"),
        ("a\n\n    b\nc", "a\n\n     \nc"),
        ("- a\n\n    b", "- a\n\n    b"),
        ("- a\n\n        b", "- a\n\n         "),
        ("- - -\n\n    b", "- - -\n\n     "),
        ("- a\nb\n\n    c", "- a\nb\n\n    c"),
        ("!!! note\n    a\nb\n\n    c", "!!! note\n    a\nb\n\n     "),
        ("- a\n    - b\n\n        c", "- a\n    - b\n\n        c"),
        ("- a\n\nb\n\n    c", "- a\n\nb\n\n     "),
        ("İ <code>a</code> b", "İ                b"),
        ("a <!-- b", "a       "),
    ],
)
def test_code_and_comments(text: str, blanked: str) -> None:
    assert blank_code(text) == blanked


_BLOCKS = st.recursive(
    st.sampled_from(["word", "code"]).map(lambda sort: (sort, ())),
    lambda inner: st.tuples(
        st.sampled_from(["- ", "1. ", "!!! note", '??? tip "Title"', '=== "Tab"']),
        st.lists(inner, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=8,
)
_READER = markdown.Markdown(
    extensions=["admonition", "pymdownx.details", "pymdownx.tabbed", "pymdownx.superfences"],
    extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
)


def _written(block: tuple[str, tuple[object, ...]], names: "count[int]", indent: int = 0) -> list[str]:
    """The lines of a block: a paragraph, code, or a list item, box or tab with blocks in it."""
    sort, inner = block
    if sort in ("word", "code"):
        return [" " * (indent + 4 * (sort == "code")) + f"word{next(names)}.", ""]
    title = f"word{next(names)}." if sort in ("- ", "1. ") else ""
    lines = [" " * indent + sort + title, ""]
    for item in inner:
        lines += _written(item, names, indent + 4)  # type: ignore[arg-type]
    return lines


@given(st.lists(_BLOCKS, min_size=1, max_size=4))
def test_code_in_nested_blocks_is_what_markdown_takes_for_code(
    blocks: list[tuple[str, tuple[object, ...]]],
) -> None:
    names = count(1)
    text = "\n".join(line for block in blocks for line in _written(block, names))
    _READER.reset()
    printed = re.sub(r"<code>.*?</code>", "", _READER.convert(text), flags=re.S)
    word = re.compile(r"word\d+\.")
    assert word.findall(blank_code(text)) == word.findall(printed), text


def test_many_marks_take_no_time() -> None:
    for mark in ("`a ", "```\n", "<code>", "<!--", "[", "[a](", "``` x\n", "~~~\n~~~~\n", "# "):
        blank_code(mark * 50_000)


def test_headings_have_words_and_ids() -> None:
    found = headings("# One\n\n## The `x` file {#file .wide}\n\n```\n# no\n```\n### Three ###\n")
    assert [(item.level, item.text, item.id) for item in found] == [
        (1, "One", ""),
        (2, "The `x` file", "file"),
        (3, "Three", ""),
    ]


def test_links_of_every_form() -> None:
    text = '[a](b.md "t") ![c](d.png) [e](<f g.md>) <https://h.i/> [j](k_(l).md) [![m](n.png)](o.md)\n\n[p]: q.md\n`[r](s.md)`'
    assert [(link.destination, link.image) for link in links(text)] == [
        ("b.md", False),
        ("d.png", True),
        ("f g.md", False),
        ("https://h.i/", False),
        ("k_(l).md", False),
        ("o.md", False),
        ("n.png", True),
        ("q.md", False),
    ]


def test_front_matter() -> None:
    assert split_front_matter("---\na: b\n---\nc") == ("a: b\n", 13)
    assert split_front_matter("a\n---\nb\n---\n") == ("", 0)


def test_comments_know_whether_they_end() -> None:
    assert [(item.text, item.closed) for item in comments("<!-- a --> `<!-- b -->` <!-- c")] == [
        (" a ", True),
        (" c", False),
    ]
