"""Addresses in structured data (JSON-LD, schema.org) that search engines follow or show. Pure."""

import json
from collections.abc import Iterator

_PAGES = {"url", "item", "mainEntityOfPage", "embedUrl"}
_FILES = {"contentUrl", "thumbnailUrl", "image", "logo", "photo"}


def linked_data_addresses(text: str) -> Iterator[tuple[str, bool]]:
    """Every web address of a page, or of a file (then with ``True``), without its anchor.

    Names of things (``@id``, ``sameAs``) need no page. What is no JSON has no addresses.
    """
    try:
        waiting: list[tuple[str, object]] = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            # The address of an image is named “url” inside of “image”.
            waiting += [
                (key if name == "url" and key in _FILES else str(name), inner)
                for name, inner in value.items()
            ]
        elif isinstance(value, list):
            waiting += [(key, inner) for inner in value]
        elif isinstance(value, str) and value.startswith(("http://", "https://")) and key in _PAGES | _FILES:
            yield value.partition("#")[0], key in _FILES
