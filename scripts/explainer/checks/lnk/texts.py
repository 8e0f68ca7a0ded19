"""LNK: the words of links and images."""

import re
from collections.abc import Iterator

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import at
from explainer.checks.lnk.references import known_references
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.targets import Resolved, resolved_links
from explainer.checks.words import Words

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_VAGUE = re.compile(
    r"(?:(?:click|tap|press|see|read|look|go|more|available|found)? ?(?:right )?(?:here|there)|click (?:this|on this)(?: link)?"
    r"|(?:this|that|the|see|following|above|below) ?(?:page|link|article|document|site|website|post|text|source|report|section|one)?"
    r"|(?:read|see|learn|find out|show|view|know) (?:more|on|further|this|it|full|also|details|the (?:article|page|rest))"
    r"|(?:for )?(?:more|further) ?(?:information|info|details|here|on this)?|link|links|url|page|article|website|site|info"
    r"|information|source|continue|continue reading|next|previous|download|open|go|visit|check it out)",
    re.I,
)
_LETTERS = re.compile(r"\w")


@rule(
    "LNK020",
    "empty-link-text",
    ERROR,
    "a link without words",
    """A link needs words that say where it leads: nobody sees an empty one, and a screen reader spells its address.""",
)
def empty_link_text(project: Project) -> Iterator[Defect]:
    for words, text, start in _texts(project):
        if not _LETTERS.search(text):
            yield at(words, start, "this link has no words", "write what it leads to", len(text) + 2)


def _texts(project: Project) -> Iterator[tuple[Words, str, int]]:
    """The words of every link but images, and the offset of the bracket before them."""
    for resolved in resolved_links(project):
        link, page = resolved.link, resolved.words.page
        if link.image or page.text[link.start] != "[" or _is_definition(resolved):
            continue
        yield resolved.words, page.text[link.start + 1 : link.start + 1 + len(link.text)], link.start
    for words in project.words.values():
        for item in known_references(words):
            if words.page.text[item.start] == "[":
                text = words.page.text[item.start + 1 : item.start + 1 + len(item.text)]  # with its code
                yield words, text, item.start


@rule(
    "LNK021",
    "vague-link-text",
    WARNING,
    "a link whose words say nothing, such as “here”",
    """People who jump from link to link hear the words of the link only. “here” or “read more” tells them nothing.""",
)
def vague_link_text(project: Project) -> Iterator[Defect]:
    for words, text, start in _texts(project):
        plain = " ".join(re.sub(r"^(?:\*\*?|_)|(?:\*\*?|_)$", "", text.strip()).split()).strip(" .…→»>!:")
        if _LETTERS.search(plain) and _VAGUE.fullmatch(plain):
            yield at(
                words,
                start,
                f"“{text}” does not say where the link leads",
                "name the page or document",
                len(text) + 2,
            )


def _is_definition(resolved: Resolved) -> bool:
    link = resolved.link
    return resolved.words.page.text.startswith("]:", link.start + 1 + len(link.text)) or bool(
        re.match(r"[ ]{0,3}\[[^\]\n]+\]:", resolved.words.page.text[link.start :])
    )


@rule(
    "LNK022",
    "missing-alt-text",
    ERROR,
    "an image without a description",
    """![…](…) needs words for those who do not see the image.""",
)
def missing_alt_text(project: Project) -> Iterator[Defect]:
    for resolved in resolved_links(project):
        if resolved.link.image and not resolved.link.text.strip():
            yield at(
                resolved.words,
                resolved.link.start,
                "this image has no description",
                "write what it shows: ![A map of …](…)",
                cause="alt",
            )
