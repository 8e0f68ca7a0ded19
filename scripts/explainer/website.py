"""The site as a whole: what it is called, where it is, and what may be done with it."""

from dataclasses import dataclass

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of words and data."""


@dataclass(frozen=True)
class WebsiteFacts:
    """The site: its address ends with a slash; ``pages`` are the paths of its pages below docs/."""

    name: str
    description: str
    address: str
    language: str
    pages: frozenset[str]
