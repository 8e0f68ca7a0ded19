"""LNK: Markdown that readers would see as it is written, because of how or where it is written."""

import re
from collections.abc import Iterator
from functools import lru_cache

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.html_blocks import unread_blocks
from explainer.checks.lnk.place import at
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.words import Words

_ATTRIBUTES = re.compile(
    r"(?<![\\{$%])\{:?[ \t]*(?:[#.][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[\w#%.-]+))"
    r"(?:[ \t]+(?:[#.][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[\w#%.-]+)))*[ \t]*\}"
)
_BLOCK = re.compile(r"^(?=[^\S\n]*\S)[^\n]*(?:\n(?=[^\S\n]*\S)[^\n]*)*", re.M)
"""Lines up to an empty one."""
_MARKER = re.compile(r"[ \t>]*(?:[-*+]|\d+\.)[ \t]")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$")


@rule(
    "LNK030",
    "attributes-as-text",
    Severity.ERROR,
    "{#id} or {.class} in a place where it is printed as text",
    """A list of attributes belongs at the end of a heading or of a table cell, on a line of its own right below a
    paragraph or list item, or without a space behind a link, an image, bold or code. Elsewhere readers see the
    braces, and the id does not exist.""",
)
def attributes_as_text(project: Project) -> Iterator[Defect]:
    if not project.config.enabled("attr_list"):
        return
    for words in project.words.values():
        text = words.readable
        for match in _ATTRIBUTES.finditer(text) if "{" in text else ():
            if not (hint := _misplaced(words, match)):
                continue
            yield at(words, match.start(), f"“{match.group()}” is printed as text", hint, len(match.group()))


def _misplaced(words: Words, match: re.Match[str]) -> str:
    """What would be right where a list of attributes has no effect; nothing where it has one."""
    text, raw = words.readable, words.page.text
    first = text.rfind("\n", 0, match.start()) + 1
    last = text.find("\n", match.end())
    last = len(text) if last < 0 else last
    before, after = text[first : match.start()], text[match.end() : last]
    above = text[text.rfind("\n", 0, max(first - 1, 0)) + 1 : max(first - 1, 0)]
    below = text[last + 1 :].partition("\n")[0]
    if before.lstrip().startswith(("<", ":::")):
        return ""
    if not before.strip(" \t>") and not raw[first : match.start()].strip(" \t>"):
        if (
            not after.strip()
            and above.strip()
            and (not below.strip() or _MARKER.match(below) or below[:1] in "<#")
        ):
            return ""
        return "put it right below the paragraph, as its last line"
    if re.match(r"[ ]{0,3}#{1,6}", before):
        return "" if not after.strip() else "put it at the end of the heading"
    if not after.strip() and _UNDERLINE.match(below):
        return ""
    if "|" in before + after and re.match(r"[ \t]*(?:\||$)", after):
        return "" if before[-1:].isspace() else "put a space before it"
    if raw[match.start() - 1] in ")]*_`>}:":
        return ""
    if raw[: match.start()].rstrip(" ")[-1:] in ")]*`" and before.strip():
        return "remove the space before it"
    return (
        "put it on a line of its own below the paragraph"
        if not after.strip()
        else "put it right behind a link or a word in bold"
    )


_BROKEN_LINKS = (
    (
        re.compile(r"\][ \t]+\((?=(?:https?://|mailto:|\.{0,2}/|#\w)[^()\s]*\)|[\w./-]+\.md(?:#[\w-]+)?\))"),
        "there is a space between the words of this link and its address",
        "write [words](address)",
    ),
    (
        re.compile(r"(?<![\]\w])\([^()\[\]\n]+\)\[(?=https?://|[\w./-]+\.md(?:#[\w-]+)?\])"),
        "the brackets of this link are the wrong way round",
        "write [words](address)",
    ),
    (
        re.compile(
            r"\]\((?=(?:https?://|mailto:|\.{1,2}/|#\w|[\w/-]+\.md\b)[^()\n]*(?:\([^()\n]*\)[^()\n]*)*$)",
            re.M,
        ),
        "the address of this link has no closing bracket",
        "write [words](address)",
    ),
    (
        re.compile(r"(?<![\[\w(\]])\b[\w’'-]+\]\((?=(?:https?://|\.{1,2}/|[\w/-]+\.md\b)[^()\s]*\))"),
        "the words of this link have no opening bracket",
        "write [words](address)",
    ),
    (
        re.compile(r"\[\[(?![=:.@^])(?=[^\[\]\n|]+(?:\|[^\[\]\n]+)?\]\])"),
        "[[…]] is a link in a wiki, not in Markdown",
        "write [words](page.md)",
    ),
)


@rule(
    "LNK031",
    "broken-link-syntax",
    Severity.ERROR,
    "a link that Markdown does not take for one",
    """[words] (address), (words)[address], [words](address without its bracket and [[page]] are printed as they are
    written.""",
)
def broken_link_syntax(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        text = words.without_citations
        if "](" not in text and "] (" not in text and ")[" not in text and "[[" not in text:
            continue
        links = [
            (link.start, link.destination_start)
            for link in words.links
            if link.start != link.destination_start
        ]
        for pattern, message, hint in _BROKEN_LINKS:
            for match in pattern.finditer(text):
                if text[match.start() - 1 : match.start()] == "\\" or any(
                    start < match.start() < end for start, end in links
                ):
                    continue
                yield at(words, match.start(), message, hint, len(match.group()))


def _passages(words: Words) -> Iterator[tuple[int, str]]:
    """Paragraphs, list items, headings and cells of tables, each with its offset: what a mark cannot reach across."""
    text = words.without_citations
    for block in re.finditer(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*", text[words.page.body_start :]):
        start = words.page.body_start + block.start()
        cuts = [
            0,
            *(
                cut.start()
                for cut in re.finditer(
                    r"^[ \t>]*(?:[-*+]|\d+\.)[ \t]|^#{1,6} |(?<!\\)\|", block.group(), re.M
                )
            ),
        ]
        for first, last in zip(cuts, [*cuts[1:], len(block.group())], strict=True):
            if last > first:
                yield start + first, block.group()[first:last]


@lru_cache(maxsize=512)
def _marked_passages(words: Words) -> list[tuple[int, str]]:
    """The passages with marks in them; addresses, HTML and escapes filled with letters."""
    text = words.without_citations
    if "**" not in text and "__" not in text and "`" not in text:
        return []
    found = []
    for start, passage in _passages(words):
        if "**" in passage or "__" in passage or "`" in passage:
            raw = words.page.text[start : start + len(passage)]
            # Code and citations are something, not nothing: a mark next to one stands next to a word.
            filled = "".join(
                "x" if one == " " and not other.isspace() else one
                for one, other in zip(passage, raw, strict=True)
            )
            found.append((start, _NOT_TYPE.sub(lambda match: "x" * len(match.group()), filled)))
    return found


_NOT_TYPE = re.compile(r"\]\([^\n]*?\)|<[^<>]*>|\\.|https?://\S+")


@rule(
    "LNK032",
    "unclosed-mark",
    Severity.ERROR,
    "** or ` that opens and does not close",
    """Bold, and code, begin and end in one paragraph, list item or cell, with no space between the mark and the word it
    stands at. A mark without its partner is printed as it is.""",
)
def unclosed_mark(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for start, passage in _marked_passages(words):
            yield from _unclosed(words, start, passage)


def _unclosed(words: Words, start: int, passage: str) -> Iterator[Defect]:
    fence = re.search(r"^[ \t>]*(`{3,}|~{3,})", passage, re.M)
    if fence:
        yield at(
            words,
            start + fence.start(1),
            "this block of code has no end",
            f"end it with a line {fence[1]}",
            3,
        )
        return
    if code := re.search(r"`+", passage):
        yield at(
            words,
            start + code.start(),
            "this code has no end",
            "write ` before and behind it",
            len(code.group()),
        )
    for mark, pattern in (
        ("**", r"(?<!\*)\*{2,3}(?!\*)"),
        ("__", r"(?<![_\w])__(?![_\s])|(?<![_\s])__(?![_\w])"),
    ):
        found = list(re.finditer(pattern, passage))
        open_marks = [match for match in found if not _alone(passage, match)]
        if len(open_marks) % 2:
            alone = len(open_marks) < len(found)
            yield at(
                words,
                start + open_marks[-1].start(),
                f"“{mark}” opens bold type that does not close",
                f"remove the space next to the other {mark}" if alone else f"close it with {mark}",
                2,
            )


def _alone(passage: str, match: re.Match[str]) -> bool:
    """Whether a mark has a space or the end on both sides, so that Python-Markdown takes it for text."""
    before, after = passage[: match.start()][-1:], passage[match.end() :][:1]
    return (not before or before.isspace()) and (not after or after.isspace())


@rule(
    "LNK034",
    "list-in-paragraph",
    Severity.ERROR,
    "a list without an empty line before it",
    """Python-Markdown begins a list only behind an empty line. Without one, the items run on in the paragraph, with their
    hyphens. It also knows no “1)”: write “1.”.""",
)
def list_in_paragraph(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        text = words.readable[words.page.body_start :]
        for block in _BLOCK.finditer(text):
            if "\n" not in block.group():
                continue
            lines = block.group().split("\n")
            indent = len(lines[0]) - len(lines[0].lstrip())
            if (
                indent
                or not re.match(r"[\w“\"(*\[‘’…]", lines[0])
                or _MARKER.match(lines[0])
                or lines[0].startswith(("[^", "***"))
            ):
                continue
            offset = words.page.body_start + block.start()
            for line in lines:
                item = re.match(r"(?:[-*+]|1[.)])[ \t]+(?=\S)", line)
                if item and line is not lines[0]:
                    yield at(
                        words,
                        offset,
                        "this list is printed as part of the paragraph",
                        "put an empty line before it",
                        len(item.group()),
                    )
                    break
                offset += len(line) + 1


_EXTENSIONS = (
    (re.compile(r"^[ \t]*\?\?\?\+?[ \t]+\S", re.M), ("pymdownx.details",), "a block that folds"),
    (re.compile(r"^[ \t]*===[!+]?[ \t]+\"", re.M), ("pymdownx.tabbed",), "a tab"),
    (re.compile(r"^[ \t]*!!![ \t]+\w", re.M), ("admonition", "pymdownx.blocks.admonition"), "a box"),
    (re.compile(r"^[ \t]*///[ \t]+\w+", re.M), ("pymdownx.blocks.",), "a block"),
    (
        re.compile(r"(?<![~\\])~~(?=[^\s~])[^~\n]+(?<=\S)~~(?!~)"),
        ("pymdownx.tilde", "pymdownx.betterem_del"),
        "struck-out text",
    ),
    (re.compile(r"(?<![=\\])==(?=[^\s=])[^=\n]+(?<=\S)==(?!=)"), ("pymdownx.mark",), "marked text"),
    (re.compile(r"(?<![\^\\])\^\^(?=[^\s^])[^^\n]+(?<=\S)\^\^(?!\^)"), ("pymdownx.caret",), "inserted text"),
    (re.compile(r"\+\+[a-z][\w+-]*[a-z]\+\+"), ("pymdownx.keys",), "a key"),
    (re.compile(r"^[ ]{0,3}\[\^[^\]\n]+\]:", re.M), ("footnotes",), "a footnote"),
    (re.compile(r"^[ ]{0,3}\*\[[^\]\n]+\]:", re.M), ("abbr",), "an abbreviation"),
    (re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\][ \t]", re.M), ("pymdownx.tasklist",), "a task"),
    (
        re.compile(r"(?<![\w:]):(?:material|fontawesome|octicons|simple)-[\w-]+:"),
        ("pymdownx.emoji",),
        "an icon",
    ),
    (re.compile(r"^[ \t]*\$\$|\\\([^\n]+?\\\)", re.M), ("pymdownx.arithmatex", "mdx_math"), "a formula"),
    (re.compile(r"^[^\s#>|:*+-][^\n]*\n(?:\n)?:[ \t]{2,}\S", re.M), ("def_list",), "a list of definitions"),
    (re.compile(r"^[ \t]*-{1,}8<-{1,}(?=[ \t]+[\"']|[ \t]*$)", re.M), ("pymdownx.snippets",), "another file"),
    (re.compile(r"<\w+[^<>]*\smarkdown(?:=[\"']?\w+[\"']?)?[^<>]*>"), ("md_in_html",), "Markdown in HTML"),
    (_ATTRIBUTES, ("attr_list",), "a list of attributes"),
)


@rule(
    "LNK035",
    "extension-missing",
    Severity.ERROR,
    "Markdown that needs an extension which mkdocs.yml does not name",
    """Footnotes, boxes, tabs, struck-out text, icons, task lists, snippets and more are extensions of Markdown. One that is
    not under “markdown_extensions” leaves the marks in the text. Told once for each page and extension.""",
)
def extension_missing(project: Project) -> Iterator[Defect]:
    missing = [item for item in _EXTENSIONS if not _enabled(project, item[1])]
    for words in project.words.values() if missing else ():
        text = words.readable
        for pattern, names, what in missing:
            if match := pattern.search(text):
                lead = len(match.group()) - len(match.group().lstrip())
                name = names[0] + ("caption" if names[0].endswith(".") else "")
                yield at(
                    words,
                    match.start() + lead,
                    f"{what} needs the extension {name}, which mkdocs.yml does not name",
                    f"add {name} to markdown_extensions, or write it otherwise",
                    len(match.group().strip().split("\n")[0]),
                )


def _enabled(project: Project, names: tuple[str, ...]) -> bool:
    known = project.config.extensions
    return known is None or any(
        name == one or (one.endswith(".") and name.startswith(one)) for name in known for one in names
    )


@rule(
    "LNK036",
    "markdown-in-html",
    Severity.ERROR,
    "links or bold type inside HTML, where Markdown is not read",
    """What stands between <div> and </div> is printed as it is. With the extension md_in_html, <div markdown> lets Markdown
    be read in it.""",
)
def markdown_in_html(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for block in unread_blocks(words):
            yield at(
                words,
                block.mark_start,
                f"“{block.mark}” is printed as text",
                f"write <{block.tag} markdown>, or HTML inside it",
                len(block.mark),
            )
