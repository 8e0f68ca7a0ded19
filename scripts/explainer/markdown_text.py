"""Plain readings of Markdown text that need no renderer: code, comments, front matter, headings, links. Pure."""

import re
from bisect import bisect_right
from dataclasses import dataclass

FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.S)
"""The form MkDocs reads (mkdocs.utils.meta)."""

_FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[^`\n]*$")
_MARK = re.compile(r"(?<![\\`])`+|<!--|<(?:pre|code|script|style|textarea)\b[^<>]*>", re.I)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_HOLDER = re.compile(
    r"(?!(?:[-*][ ]*){3,}$)(?P<item>(?:[-*+]|\d+[.)])[ ])|(?:!!!|\?\?\?\+?|===[+!]*)[ ]|:[ ]{1,3}(?=\S)|\[\^[^\]]+\]:"
)
"""Begins a list item, box, tab, definition or note; what belongs to it is indented by four."""


def _blank(text: str) -> str:
    """Spaces instead of every character but line ends, so that offsets stay."""
    return re.sub(r"[^\n]", " ", text)


def blank_code(text: str) -> str:
    """The same text with code (fenced, indented, inline, raw HTML) and comments blanked out.

    Every other character keeps its offset, line and column. Never raises.
    """
    text = _blank_indented(_blank_fences(text))
    parts: list[str] = []
    position = 0
    for start, end, _ in _hidden(text):
        parts += [text[position:start], _blank(text[start:end])]
        position = end
    return "".join([*parts, text[position:]])


@dataclass(frozen=True)
class Comment:
    """What stands in ``<!-- … -->``, its offset, and whether it ends."""

    text: str
    start: int
    closed: bool


def comments(text: str) -> list[Comment]:
    """The comments of Markdown ``text``, code left out."""
    text = _blank_indented(_blank_fences(text))
    found = []
    for start, end, is_comment in _hidden(text):
        if is_comment:
            closed = text.endswith("-->", start + 4, end)
            found.append(Comment(text[start + 4 : end - 3 if closed else end], start, closed))
    return found


def _hidden(text: str) -> list[tuple[int, int, bool]]:
    """Start and end of inline code, raw HTML code and comments, whichever begins first; is it a comment?"""
    found: list[tuple[int, int, bool]] = []
    never: set[str] = set()  # closing marks that do not stand in the rest of the text
    runs: dict[int, list[int]] = {}  # where runs of each number of backticks begin
    for run in re.finditer(r"`+", text):
        runs.setdefault(len(run.group()), []).append(run.start())
    ends = [line.start() for line in _EMPTY_LINE.finditer(text)] if runs else []
    position = 0
    while match := _MARK.search(text, position):
        start, mark = match.start(), match.group().lower()
        position = match.end()
        if mark[0] == "`":
            starts = runs[len(mark)]
            following = bisect_right(starts, position - 1)
            paragraph = bisect_right(ends, start)
            limit = ends[paragraph] if paragraph < len(ends) else len(text)
            if following < len(starts) and position < starts[following] < limit:
                position = starts[following] + len(mark)
                found.append((start, position, False))
        elif mark == "<!--":
            close = text.find("-->", position)
            position = close + 3 if close >= 0 else len(text)
            found.append((start, position, True))
        else:
            name = re.sub(r"\W.*", "", mark[1:], flags=re.S)
            if name in never:
                continue
            closing = re.compile(rf"</{name}\s*>", re.I).search(text, position)
            if closing is None:
                never.add(name)
            else:
                position = closing.end()
                found.append((start, position, False))
    return found


def _blank_fences(text: str) -> str:
    if "```" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    # From the last line to the first: how long a fence of each kind still closes further down.
    closing: list[dict[str, int]] = [{}] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        stripped = lines[index].strip(" \t>")
        closing[index] = closing[index + 1]
        if len(stripped) >= 3 and stripped[0] in "`~" and stripped == stripped[0] * len(stripped):
            longest = max(len(stripped), closing[index].get(stripped[0], 0))
            closing[index] = closing[index] | {stripped[0]: longest}
    fence = ""
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if not fence:
            if match and closing[index + 1].get(match["fence"][0], 0) >= len(match["fence"]):
                fence = match["fence"]
                lines[index] = _blank(line)
        else:
            lines[index] = _blank(line)
            if _closes(line, fence):
                fence = ""
    return "\n".join(lines)


def _closes(line: str, fence: str) -> bool:
    stripped = line.strip(" \t>")
    return len(stripped) >= len(fence) and set(stripped) == {fence[0]}


def _blank_indented(text: str) -> str:
    """Blank what is indented by four more than the blocks that hold it, after an empty line: it is code."""
    if "\n    " not in text and "\n\t" not in text and not text.startswith(("    ", "\t")):
        return text
    lines = text.split("\n")
    holders: list[bool] = []  # what holds the line, each indenting it by four: is it a list item?
    after_blank = True
    in_code = False
    for index, line in enumerate(lines):
        words = line.strip()
        if not words:
            after_blank = True
            continue
        indent = 0
        if line[0] in " \t":
            line = line.expandtabs(4)
            indent = len(line) - len(line.lstrip())
        level = min(indent // 4, len(holders))
        if (after_blank or in_code) and indent >= level * 4 + 4:
            in_code = True
            lines[index] = _blank(lines[index])
        else:
            in_code = False
            if holder := _HOLDER.match(words.expandtabs(4)):
                holders[level:] = [holder["item"] is not None]
            elif after_blank:
                del holders[level:]
            elif False in holders[level:]:  # without indentation, words run on in a list item, not in a box
                del holders[holders.index(False, level) :]
        after_blank = False
    return "\n".join(lines)


def split_front_matter(text: str) -> tuple[str, int]:
    """Return the YAML between the dashes and the offset at which the words begin (0 without front matter)."""
    match = FRONT_MATTER.match(text)
    return (match.group(1), match.end()) if match else ("", 0)


class LineIndex:
    """Turns an offset into line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True)
class Heading:
    """An ATX heading: its level, its words without the attribute list, and its written-out id."""

    level: int
    text: str
    id: str
    start: int


_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^{}\n]*)\}[ \t]*$")
_ATTRIBUTE_ID = re.compile(r"#([^\s}]+)")


def headings(text: str) -> list[Heading]:
    """The headings of Markdown ``text``, code left out."""
    found = []
    for match in _HEADING.finditer(blank_code(text)):
        # from the text itself, so that a heading keeps its inline code
        words, id_ = text[match.start(2) : match.end(2)], ""
        if attributes := _ATTRIBUTES.search(words):
            words = words[: attributes.start()]
            if id_match := _ATTRIBUTE_ID.search(attributes.group(1)):
                id_ = id_match.group(1)
        found.append(Heading(len(match.group(1)), words.strip(), id_, match.start()))
    return found


@dataclass(frozen=True)
class Link:
    """A link or image: its destination as written, its text, and the offset of each.

    ``escapes`` tells that a backslash before a sign is no part of the destination.
    """

    destination: str
    text: str
    image: bool
    start: int
    destination_start: int
    escapes: bool = False

    @property
    def address(self) -> str:
        """The destination as Markdown reads it."""
        return _ESCAPE.sub(r"\1", self.destination) if self.escapes else self.destination


# Python-Markdown takes spaces in an address as part of it.
_INLINE_LINK = re.compile(
    r"(?<!\\)(!?)\[((?:\\[\s\S]|[^\[\]\\]|\[(?:\\[\s\S]|[^\[\]\\])*\])*)\]\([ \t]*(<[^<>\n]*>|[^()\n]*?(?:\([^()\n]*\)[^()\n]*?)*)"
    r"(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*(<[^<>\n]*>|\S+)", re.M)
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]+)>")


def _link(match: re.Match[str], base: int) -> Link:
    address = match[3].strip("<>")
    start = base + match.start(3) + match[3].startswith("<")
    return Link(address, match[2], bool(match[1]), base + match.start(), start, escapes=True)


def links(text: str) -> list[Link]:
    """Links, images, reference definitions and autolinks of Markdown ``text``, code left out."""
    readable = blank_code(text)
    found = []
    for match in _INLINE_LINK.finditer(readable):
        found.append(_link(match, 0))
        # an image inside a link's text: [![alt](src)](href)
        for inner in _INLINE_LINK.finditer(match[2]):
            found.append(_link(inner, match.start(2)))
    for match in _DEFINITION.finditer(readable):
        found.append(Link(match[2].strip("<>"), match[1], False, match.start(), match.start(2)))
    for match in _AUTOLINK.finditer(readable):
        found.append(Link(match[1], match[1], False, match.start(), match.start(1)))
    return sorted(found, key=lambda link: link.start)
