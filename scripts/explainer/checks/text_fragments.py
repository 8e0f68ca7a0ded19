"""Text fragments (``#:~:text=…``, WICG URL Fragment Text Directives): read them, and look for them in a page. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

MARK = ":~:"

_BLOCKS = ",".join(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "iframe",
        "object",
    ]
)
_UNSEEN = ("script", "style", "template", "noscript", "textarea", "svg", "math")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-"})
_BREAK = "\x1e"


@dataclass(frozen=True)
class TextDirective:
    """What a browser is to look for: ``[prefix-,]start[,end][,-suffix]``."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""


def text_directives(fragment: str) -> list[TextDirective | None]:
    """The text directives of a fragment; ``None`` stands for one that cannot be read."""
    _, mark, rest = fragment.partition(MARK)
    if not mark:
        return []
    return [_directive(part[5:]) for part in rest.split("&") if part.startswith("text=")]


def _directive(written: str) -> TextDirective | None:
    parts = written.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if len(parts) > 1 and parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if len(parts) > 1 and parts[-1].startswith("-") else ""
    if not 1 <= len(parts) <= 2 or not all(parts):
        return None
    start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) == 2 else ""
    return TextDirective(start, end, prefix, suffix) if normal_text(start) else None


def page_text(html: bytes) -> str:
    """The text of a page as a browser searches it: in ``normal_text``’s form, each block on a line of its own."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ""
    tree.strip_tags(list(_UNSEEN), recursive=True)
    for block in tree.body.css(_BLOCKS):
        block.insert_before(_BREAK)
        block.insert_after(_BREAK)
    text = tree.body.text()
    return "\n".join(filter(None, (normal_text(block) for block in text.split(_BREAK))))


def normal_text(text: str) -> str:
    """As browsers compare: without case, accents and unseen characters, white space as one space."""
    text = _INVISIBLE.sub("", text).translate(_QUOTES)
    if not text.isascii():
        text = "".join(
            char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
        )
        text = unicodedata.normalize("NFC", text)
    return re.sub(r"\s+", " ", text.casefold()).strip()


def finds(page: str, directive: TextDirective) -> bool:
    """Whether a browser finds the text; ``page`` comes from ``page_text``."""
    prefix, start, end, suffix = (
        normal_text(part) for part in (directive.prefix, directive.start, directive.end, directive.suffix)
    )
    at = -1
    while (at := page.find(start, at + 1)) >= 0:
        stop = at + len(start)
        if not (_bounded(page, at) and (end or _bounded(page, stop))):
            continue
        if prefix and not page[:at].rstrip().endswith(prefix):
            continue
        if not end:
            if not suffix or page[stop:].lstrip().startswith(suffix):
                return True
            continue
        last = stop - 1
        while (last := page.find(end, last + 1)) >= 0:
            after = last + len(end)
            if _bounded(page, after) and (not suffix or page[after:].lstrip().startswith(suffix)):
                return True
    return False


def _bounded(page: str, at: int) -> bool:
    """Whether a word ends or begins at this place. Scripts that write without spaces have no such bound."""
    if at <= 0 or at >= len(page):
        return True
    return not (_spaced(page[at - 1]) and _spaced(page[at]))


def _spaced(char: str) -> bool:
    """Whether the character belongs to a script with spaces between words."""
    return char.isalnum() and ord(char) < 0x0E00
