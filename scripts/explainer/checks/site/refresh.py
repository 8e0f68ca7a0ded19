"""``<meta http-equiv="refresh">``, by the rules of the HTML standard. Pure."""

import re
from typing import NamedTuple

_REFRESH = re.compile(
    r"\s*(?P<wait>\d+|(?=\.))[\d.]*(?:\s*[;,]|\s|$)\s*(?:url\s*=\s*)?"
    r"(?:'(?P<single>[^']*)|\"(?P<double>[^\"]*)|(?P<plain>.*))",
    re.I | re.S,
)


class Refresh(NamedTuple):
    """Where a page sends readers (nothing: it loads itself again), and whether at once."""

    target: str
    at_once: bool


def read_refresh(content: str) -> Refresh | None:
    """What the ``content`` says; nothing where no browser understands it."""
    match = _REFRESH.match(content)
    if not match:
        return None
    target = match["single"] or match["double"] or match["plain"] or ""
    return Refresh(target.strip(), not match["wait"].strip("0"))
