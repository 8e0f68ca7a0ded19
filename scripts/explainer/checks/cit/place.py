"""Where a fault of a citation is, and which pages state facts."""

from collections.abc import Iterator

from explainer.checks.finding import Defect, Replace
from explainer.checks.words import Words
from explainer.citations import Citation


def at(
    words: Words, start: int, message: str, hint: str, width: int = 1, fix: Replace | None = None
) -> Defect:
    """A defect at an offset of a page."""
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width, fix)


def citations_of(words: Words) -> Iterator[Citation]:
    """Every citation of a page."""
    for cluster in words.clusters:
        yield from cluster.citations


def states_facts(src: str) -> bool:
    """Whether a page is about the world: every one but those about this site."""
    return not src.startswith("about/")
