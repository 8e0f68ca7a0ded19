"""Reads what a host sent: does the page say that it is not there, does it keep programs out, has it the anchor? Pure."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

# What a whole title, or a whole part of one, says on a page that is not there. A title that only holds such words
# (“Not found: the search for flight 370”) is that of a document.
_NUMBER = r"(?:(?:http|error|status|fehler|erreur|ошибка)[ :]*)*(?:404|410)(?: error| page)?"
_THING = (
    r"(?:(?:the|this|that|your|our|requested) )*(?:web ?)?"
    r"(?:page|site|article|document|content|story|file|resource|url|link)"
    r"(?: (?:that )?you (?:requested|were looking for|are looking for)| requested)?"
)
_ABSENT = (
    r"(?:(?:was|is|could|can|has|does)(?: ?not|n[’']t)? )?(?:be )?(?:not )?"
    r"(?:found|exist|available|unavailable|missing|no longer (?:exists?|available|here)|(?:been )?(?:removed|deleted))"
)
_PHRASE = (
    rf"(?:(?:oops|sorry|whoops)[!,.… ]+)?(?:(?:but )?{_THING} {_ABSENT}|not found|"
    r"(?:we|you)?(?:[’']re)? ?(?:ca(?:nno|n[’'])t|could(?: not|n[’']t)) (?:find|locate) (?:the|that|this|your) (?:page|article|document)"
    r"(?: you(?:[’']re| are| were) looking for)?|"
    r"(?:die )?seite (?:wurde )?nicht gefunden|page (?:non trouvée|introuvable)|página no encontrada|страница не найдена|"
    r"ページが見つかりません|(?:您访问的)?页面不存在|页面未找到|找不到(?:页面|网页)|페이지를 찾을 수 없습니다|"
    r"không tìm thấy(?: trang)?|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد)"
)
_NOT_FOUND = re.compile(
    rf"{_NUMBER}(?:[\s:!.,–-]*(?:{_PHRASE}))?|(?:{_PHRASE})(?:[\s:!.,–-]*\(?{_NUMBER}\)?)?", re.I
)
_BARE_NUMBER = re.compile(r"[\d\W]*")
_SAYS_SO = re.compile(
    r"404|410|not (?:be )?found|n[’']t (?:be found|exist|available)|(?:not|n[’']t|cannot) (?:be )?(?:exist|find|locate|available)|"
    r"no longer|unavailable|removed|deleted|missing|introuvable|gefunden|non trouv|no encontrada|[^\x00-\x7f’]",
    re.I,
)
_CHALLENGE = re.compile(
    r"just a moment\W*|attention required!?.*|access (?:to this page )?(?:has been )?denied|"
    r"(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human.*|are you (?:a robot|human)\W*|robot check|"
    r"security check(?:point)?|ddos-guard|checking your browser.*|pardon our interruption\W*|captcha|"
    r"bot verification|please wait\W*|one moment,? please\W*",
    re.I,
)
_PARTS = re.compile(r"\s+[|–—·•»«:-]+\s+|\s*[|»«•·]\s*")
_ERROR_PATH = re.compile(
    r"/(?:(?:http|error|err|page)?[-_]?(?:404|410)|error(?:s|page)?|not[-_]?found|page[-_]?not[-_]?found|"
    r"file[-_]?not[-_]?found)(?:\.\w{2,5})?/?$",
    re.I,
)
_LOGIN_PATH = re.compile(
    r"/(?:log[-_]?in|sign[-_]?in|sso|auth|authorize|subscribe|registration)(?:[./?]|$)", re.I
)
_DYNAMIC_FRAGMENT = re.compile(r"^(?:[!/]|L\d+|page=|xywh=|t=|:~:$|issuecomment|discussion_r)")
"""Fragments that a script or a viewer reads, not the page."""


@dataclass(frozen=True)
class Document:
    """An HTML page as it was sent; ``whole`` says that nothing of it was left out."""

    html: str
    whole: bool = True

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @cached_property
    def heads(self) -> list[tuple[str, bool]]:
        """The title and the first heading, whole and in their parts: “Not found | The paper” → “Not found”.

        With each: does it stand alone, so that a bare number in it is no part of a sentence?
        """
        found: dict[str, bool] = {}
        for tag in ("title", "h1"):
            node = self._tree.css_first(tag)
            text = " ".join(node.text().split()) if node else ""
            found[text.strip(" .!…")] = True
            for part in _PARTS.split(text):
                found.setdefault(part.strip(" .!…"), "|" in text)
        return [(text, alone) for text, alone in found.items() if text]

    def says_not_found(self) -> str:
        """The words with which the page says that it is not there, or nothing."""
        for text, alone in self.heads:
            if (
                _NOT_FOUND.fullmatch(text)
                and _SAYS_SO.search(text)
                and (alone or not _BARE_NUMBER.fullmatch(text))
            ):
                return text
        return ""

    def keeps_programs_out(self) -> str:
        """The words with which the host asks whether a person is reading, or nothing."""
        return next((text for text, _ in self.heads if _CHALLENGE.fullmatch(text)), "")

    def has(self, fragment: str) -> bool:
        """Whether a browser finds the fragment: an id, a name, or a text (``:~:text=``).

        Counts as found where it cannot be told: a part of the page was not read, or a script makes the anchor.
        """
        anchor, mark, directive = fragment.partition(":~:")
        anchor = unquote(anchor)
        if (
            anchor
            and anchor.lower() != "top"
            and not _DYNAMIC_FRAGMENT.match(anchor)
            and not self._anchor(anchor)
        ):
            return not self.whole
        if mark and not all(self._text(part) for part in directive.split("&") if part.startswith("text=")):
            return not self.whole
        return True

    @cached_property
    def _anchors(self) -> frozenset[str]:
        found = {node.attributes.get("id") or "" for node in self._tree.css("[id]")}
        found |= {node.attributes.get("name") or "" for node in self._tree.css("a[name]")}
        return frozenset(found)

    def _anchor(self, name: str) -> bool:
        # GitHub and others put a prefix before what a writer named.
        return name in self._anchors or f"user-content-{name}" in self._anchors

    @cached_property
    def _words(self) -> str:
        for node in self._tree.css("script, style, template, noscript"):
            node.decompose()
        body = self._tree.body
        return _folded(body.text(separator=" ")) if body else ""

    def _text(self, directive: str) -> bool:
        """Whether the text of a fragment stands on the page (https://wicg.github.io/scroll-to-text-fragment/)."""
        parts = [unquote(part) for part in directive.removeprefix("text=").split(",")]
        wanted = [
            part.removesuffix("-") if number == 0 else part.removeprefix("-")
            for number, part in enumerate(parts)
        ]
        return all(_folded(part) in self._words for part in wanted)


def _folded(text: str) -> str:
    """Without what browsers do not compare: case, and how words are spaced."""
    return "".join(text.casefold().split())


def is_error_path(path: str) -> bool:
    """Whether a path by its name is that of a page about an error: ``/404``, ``/error.html``."""
    return bool(_ERROR_PATH.search(path))


def asks_for_login(path: str) -> bool:
    """Whether a path by its name is that of a form to log in."""
    return bool(_LOGIN_PATH.search(path))
