"""Where a fault of a link is."""

from collections.abc import Iterator

from explainer.checks.finding import Defect, Replace
from explainer.checks.lnk.html_blocks import unread_blocks
from explainer.checks.project import Project
from explainer.checks.targets import Outcome, Resolved, resolved_links
from explainer.checks.words import Words


def with_outcome(project: Project, *outcomes: Outcome) -> Iterator[Defect]:
    """Every link that one of these became of."""
    for resolved in resolved_links(project):
        if resolved.outcome in outcomes and not _is_printed(resolved):
            yield defect(resolved, resolved.message, resolved.hint)


def _is_printed(resolved: Resolved) -> bool:
    """Whether a link is printed as it is written, since it stands inside HTML: of that LNK036 speaks."""
    start = resolved.link.start
    return resolved.words.page.text[start : start + 1] in ("[", "!") and any(
        block.start <= start < block.end for block in unread_blocks(resolved.words)
    )


def defect(resolved: Resolved, message: str, hint: str, fix: Replace | None = None) -> Defect:
    """A defect at the address of a link."""
    link = resolved.link
    line, column = resolved.words.lines.place(link.destination_start)
    return Defect(
        resolved.words.page.path,
        line,
        column,
        message,
        hint,
        max(1, len(link.destination)),
        fix,
        cause=f"link {resolved.site_path}" if resolved.site_path else "",
        address=link.destination,
    )


def fixed(project: Project, outcome: Outcome) -> Iterator[Defect]:
    """Every link that this became of, with the mend where it is certain."""
    for resolved in resolved_links(project):
        if resolved.outcome is outcome and not _is_printed(resolved):
            link, fix = resolved.link, None
            if resolved.better:
                fix = Replace(
                    resolved.words.page.path, link.destination_start, link.destination, resolved.better
                )
            yield defect(resolved, resolved.message, resolved.hint, fix)


def at(words: Words, start: int, message: str, hint: str, width: int = 1, cause: str = "") -> Defect:
    """A defect at an offset of a page."""
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width, cause=cause)
