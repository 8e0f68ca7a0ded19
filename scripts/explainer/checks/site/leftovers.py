"""Marks of Markdown and of templates that a build left in the text of a page."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

_ON_PURPOSE = r"['\"“‘`^_{}\\$]"
"""Before a mark of a template: quoted, or part of a formula, and so shown on purpose."""

# Every branch begins with a plain character: that makes the search four times as fast.
_LEFTOVER = re.compile(
    r"(?P<citation>\[-?@[\w][^\]\n]{0,200}\]?)|(?P<footnote>\[\^[^\]\s]{1,80}\](?!\w))"
    rf"|(?P<template>\{{\{{(?<!{_ON_PURPOSE}\{{\{{)(?<!\\n\{{\{{)(?![.{{}}<]).{{0,80}}"
    rf"|\{{%(?<!{_ON_PURPOSE}\{{%).{{0,80}}|\{{#(?<!{_ON_PURPOSE}\{{#)\s.{{0,80}})"
    r"|(?P<directive>:::[ \t]+\S.{0,80})"
    r"|(?P<attributes>\{#[A-Za-z][\w-]*\}|\{:\s?[.#A-Za-z][^{}\n]{0,80}\})"
)
_AFTER_BRACE = frozenset((b"{", b"", b"%", b"#", b":"))
_AFTER_BRACKET = frozenset((b"@", b"^", b"-"))
_CODE = [
    "code",
    "pre",
    "script",
    "style",
    "textarea",
    "template",
    "svg",
    "math",
    "kbd",
    "samp",
    "var",
    "noscript",
]
_FORMULAS = ".arithmatex, .math, .katex, .MathJax, [hidden]"


class Leftover(NamedTuple):
    """Markdown that the build left in the text: its sort and the text."""

    sort: str
    text: str


def may_have_leftovers(raw: bytes) -> bool:
    """Whether one of the marks may stand anywhere in the HTML. Splitting takes half the time of a search, or less."""
    return (
        (b"{" in raw and any(part[:1] in _AFTER_BRACE for part in raw.split(b"{")[1:]))
        or (b"[" in raw and any(part[:1] in _AFTER_BRACKET for part in raw.split(b"[")[1:]))
        or (b"" in raw.split(b":") and b":::" in raw)
    )


def leftovers_of(tree: LexborHTMLParser) -> dict[Leftover, None]:
    """The marks in the text outside of code. Takes the code out of ``tree``: nothing can be read from it afterwards."""
    tree.strip_tags(_CODE)
    for formula in tree.css(_FORMULAS):
        formula.decompose()
    text = tree.body.text(separator="") if tree.body else ""
    found = (
        match
        for match in _LEFTOVER.finditer(text)
        if not match["directive"] or _begins_line(text, match.start())
    )
    return dict.fromkeys(Leftover(match.lastgroup or "", match[0].strip()) for match in found)


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t")


def template_marks(text: str) -> dict[Leftover, None]:
    """The marks of templates in a text that is no Markdown: a title, say."""
    if "{{" not in text and "{%" not in text:
        return {}
    found = (match for match in _LEFTOVER.finditer(text) if match["template"])
    return dict.fromkeys(Leftover("template", match[0].strip()) for match in found)
