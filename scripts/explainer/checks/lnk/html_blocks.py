"""Blocks of HTML in which Markdown is not read, though it is written there."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from explainer.checks.words import Words

_HTML_BLOCK = re.compile(
    r"^<(?P<tag>div|section|details|figure|aside|article|center|table|header|footer|nav|dl|ul|ol|p|blockquote)\b(?P<head>[^<>]*)>"
    r"(?P<body>.*?)</(?P=tag)>",
    re.M | re.S | re.I,
)
_MARKDOWN = re.compile(r"(?<!\\)\[[^\[\]\n]+\]\([^()\s]+\)|\*\*[^*\n]+\*\*|^#{1,6} \w|^- \w", re.M)


class Unread(NamedTuple):
    """Markdown that is printed as text: the HTML it stands in, from ``start`` to ``end``, and the first ``mark``."""

    tag: str
    start: int
    end: int
    mark: str
    mark_start: int


@lru_cache(maxsize=512)
def unread_blocks(words: Words) -> tuple[Unread, ...]:
    """Every block of a page whose Markdown is not read."""
    return tuple(_unread_blocks(words))


def _unread_blocks(words: Words) -> Iterator[Unread]:
    text = words.without_citations
    for block in _HTML_BLOCK.finditer(text) if "</" in text else ():
        if re.search(r"\bmarkdown\b", block["head"]):
            continue
        inner = re.sub(r"<\w+[^<>]*\smarkdown\b.*", "", block["body"], flags=re.S)
        if match := _MARKDOWN.search(inner):
            start = block.start("body")
            yield Unread(block["tag"], start, start + len(inner), match.group(), start + match.start())
