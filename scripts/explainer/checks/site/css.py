"""Addresses in style sheets and in ``srcset``, by the rules of browsers. Pure."""

import re
from collections.abc import Iterator

_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
_TOKEN = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    rf"|@namespace\b[^;{{}}]*"
    rf"|@import\s*(?P<import>{_STRING})"
    rf"|\burl\(\s*(?P<url>{_STRING}|(?:[^\s\"'()\\]|\\.)*)\s*\)"
    rf"|\bimage-set\((?P<set>(?:{_STRING}|[^\"'()]|\([^()]*\))*)\)"
    rf"|{_STRING}",
    re.S | re.I,
)
_STRINGS = re.compile(_STRING, re.S)
_TYPE = re.compile(r"type\([^()]*\)", re.I)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.S)


def css_addresses(css: str, places: bool = False) -> Iterator[str]:
    """Every address that a style sheet loads, unescaped; not ``data:``, empty, or a place in the page (``#…``).

    With ``places``, those in the page as well: parts of drawings, where a drawing names them.
    Comments, strings that are no address and ``@namespace`` are passed over (CSS Syntax, CSS Values: ``url()``).
    """
    for match in _TOKEN.finditer(css):
        if match["set"] is not None:
            inside = _TYPE.sub("", match["set"])
            yield from css_addresses(inside, places)
            found = [string[0] for string in _STRINGS.finditer(re.sub(r"url\([^)]*\)", "", inside))]
        else:
            found = [match["import"] or match["url"] or ""]
        for written in found:
            address = _unescaped(written[1:-1] if written[:1] in ("'", '"') else written).strip()
            if address and (places or not address.startswith("#")) and address[:5].lower() != "data:":
                yield address


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16) % 0x110000) if match[1] else match[2], text)


def srcset_addresses(srcset: str) -> Iterator[str]:
    """Every address of a ``srcset``, by the algorithm of the HTML standard: commas may stand inside an address."""
    at, end = 0, len(srcset)
    while at < end:
        while at < end and (srcset[at].isspace() or srcset[at] == ","):
            at += 1
        start = at
        while at < end and not srcset[at].isspace():
            at += 1
        address = srcset[start:at]
        if address.endswith(","):
            address = address.rstrip(",")
        else:
            depth = 0
            while at < end and (depth or srcset[at] != ","):
                depth += (srcset[at] == "(") - (srcset[at] == ")" and depth > 0)
                at += 1
        if address:
            yield address
