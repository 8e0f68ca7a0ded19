"""Takes out of a theme's stylesheet what no page and no script of the site can use.

A theme styles everything its users might write. Only what is certain goes: rules all of whose selectors need a class or
an id that stands nowhere in the site, and custom properties that nothing reads. CSS is parsed by tinycss2.
"""

import re
from collections.abc import Iterable, Mapping, Set
from typing import Any

import tinycss2

_ATTRIBUTE = re.compile(r'\b(?:class|id|style)=(?:"([^"]*)"|([^\s">]+))')
_NAME = re.compile(r"-{0,2}[A-Za-z_][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
# A value may hold brackets, and quoted addresses of pictures with any sign in them.
_PROPERTY = re.compile(
    r"""(?<=[{;])(--[\w-]+):((?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^;{}"'])*)(?:;|(?=\}))"""
)
_WITH_RULES = {"media", "supports", "layer", "container"}


def names(pages: Iterable[str], scripts: Iterable[str]) -> set[str]:
    """What may be the name of a class, an id or a custom property: in pages the values of the attributes that hold
    them, in scripts every word.
    """
    found = {
        name for html in pages for values in _ATTRIBUTE.findall(html) for name in _split("".join(values))
    }
    return found | {name for script in scripts for name in _NAME.findall(script)}


def prune(sheets: Mapping[str, str], used: Set[str]) -> dict[str, str]:
    """The stylesheets, by their names, without what needs a name that is not in ``used``.

    All sheets that a page links belong here: what one of them sets, another may read. What cannot be parsed, browsers
    leave out, and so does this.
    """
    pruned = {
        name: "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), used))
        for name, css in sheets.items()
    }
    while True:
        fewer = _without_unread(pruned, used)
        if fewer == pruned:
            return pruned
        pruned = fewer


def _without_unread(sheets: Mapping[str, str], used: Set[str]) -> dict[str, str]:
    """Without the custom properties that neither a stylesheet nor a page or script reads."""
    read = used | {name for css in sheets.values() for name in _READ.findall(css)}

    def keep(found: re.Match[str]) -> str:
        return found[0] if found[1] in read else ""

    return {name: _PROPERTY.sub(keep, css) for name, css in sheets.items()}


def _split(value: str) -> list[str]:
    return [*value.split(), *_NAME.findall(value)]


def _rules(rules: Iterable[Any], used: Set[str]) -> list[str]:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in _selectors(rule.prelude) if _possible(part, used)]
            if selectors:
                text = ",".join(tinycss2.serialize(part).strip() for part in selectors)
                kept.append(f"{text}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in _WITH_RULES and rule.content is not None:
            inner = "".join(
                _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), used)
            )
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        elif rule.type != "error":
            kept.append(rule.serialize())
    return kept


def _selectors(prelude: Iterable[Any]) -> list[list[Any]]:
    """A list of selectors, taken apart at its commas; commas in brackets belong to one selector."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _possible(selector: list[Any], used: Set[str]) -> bool:
    """Whether every class and id that the selector needs is in use. What stands in brackets, as in “:not(.a)” and
    “:is(.a, .b)”, may not be needed, and is not looked at.
    """
    previous = None
    for token in selector:
        if token.type == "hash" and token.value not in used:
            return False
        if token.type == "ident" and previous == "." and token.value not in used:
            return False
        previous = token.value if token.type == "literal" else None
    return True
