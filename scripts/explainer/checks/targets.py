"""Where a link in the words leads, by the rules of MkDocs: relative to the file, to a ``.md`` below docs/."""

import posixpath
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import unquote, urlsplit

from explainer.checks.project import Project
from explainer.checks.words import Words
from explainer.markdown_text import Link
from explainer.problems import did_you_mean

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
"""Characters that nobody sees: soft hyphens, joiners, direction marks, controls."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.S)
_DOMAIN = re.compile(
    r"(?:www\.[\w-]+\.\w|(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|int|io|eu|uk|kp|kr|cn|ru|jp|de|fr|vn|ug|cu|sy|ir)"
    r"(?:[:/?#]|$))",
    re.I,
)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class _End(Protocol):
    """Ends the search with an outcome."""

    def __call__(
        self, outcome: "Outcome", message: str = "", hint: str = "", better: str = "", site_path: str = ""
    ) -> "Resolved": ...


class Outcome(StrEnum):
    """What became of a link."""

    OK = "ok"
    EXTERNAL = "external"
    OTHER_SCHEME = "other-scheme"
    EMPTY = "empty"
    INVISIBLE = "invisible"
    UNSAFE = "unsafe"
    LOCAL = "local"
    NO_SCHEME = "no-scheme"
    MALFORMED = "malformed"
    ABSOLUTE = "absolute"
    OUTSIDE = "outside"
    WRONG_CASE = "wrong-case"
    BUILT_ADDRESS = "built-address"
    NO_PAGE = "no-page"
    NO_FILE = "no-file"
    NO_ANCHOR = "no-anchor"
    OWN_ADDRESS = "own-address"


@dataclass(frozen=True)
class Resolved:
    """A link with what became of it. ``site_path`` is what the built page has in its place, for comparison."""

    words: Words
    link: Link
    outcome: Outcome
    message: str = ""
    hint: str = ""
    better: str = ""
    site_path: str = ""


@lru_cache(maxsize=2)
def resolved_links(project: Project) -> list[Resolved]:
    """Every link, image and definition in the words."""
    return [resolve(project, words, link) for words in project.words.values() for link in words.links]


def resolve(project: Project, words: Words, link: Link) -> Resolved:
    """Find out where one link leads."""
    raw = link.destination

    def end(
        outcome: Outcome, message: str = "", hint: str = "", better: str = "", site_path: str = ""
    ) -> Resolved:
        return Resolved(words, link, outcome, message, hint, better, site_path)

    if INVISIBLE.search(raw):
        return end(
            Outcome.INVISIBLE,
            "this address contains a character that nobody sees",
            f"write {INVISIBLE.sub('', raw)}",
        )
    if raw.strip() in ("", "#"):
        return end(Outcome.EMPTY, "this link leads nowhere", "write where it leads, or remove it")
    if match := _SCHEME.fullmatch(raw):
        return _with_scheme(project, match[1].lower(), match[2], raw, end)
    if raw.startswith("//"):
        return end(Outcome.NO_SCHEME, f"“{raw}” has no scheme", f"write https:{raw}")
    path, _, fragment = raw.partition("#")
    path = path.partition("?")[0]
    if _BAD_PERCENT.search(raw):
        return end(
            Outcome.MALFORMED,
            "a % in this address is not followed by two hexadecimal digits",
            "write %25 for the sign itself",
        )
    if raw.startswith(("/", "\\")):
        return _absolute(project, words, path, fragment, end)
    return _relative(project, words, link, path, fragment, end)


def _with_scheme(project: Project, scheme: str, rest: str, raw: str, end: _End) -> Resolved:
    if scheme in ("javascript", "vbscript", "data", "file", "blob") or len(scheme) == 1:
        return end(
            Outcome.UNSAFE,
            f"a link with “{scheme}:” does not work for readers",
            "link to a page or to an https: address",
        )
    if scheme in ("mailto", "tel"):
        good = r"[^@\s]+@[^@\s]+\.[^@\s.]+" if scheme == "mailto" else r"\+?[\d().\s-]{3,}"
        if not re.fullmatch(good, unquote(rest.partition("?")[0])):
            return end(
                Outcome.MALFORMED,
                f"“{raw}” is not a {'mail address' if scheme == 'mailto' else 'number'}",
                "write mailto:name@example.org" if scheme == "mailto" else "write tel:+41441234567",
            )
        return end(Outcome.OTHER_SCHEME)
    if scheme not in ("http", "https"):
        near = did_you_mean(scheme, ["https", "http", "mailto"])
        if near and scheme not in ("ftp", "sftp"):
            return end(Outcome.MALFORMED, f"“{scheme}:” is not a known scheme", near)
        return end(Outcome.OTHER_SCHEME)
    if not rest.startswith("//") or rest.startswith("///"):
        return end(
            Outcome.MALFORMED,
            f"“{scheme}:” is followed by two slashes and a host",
            f"write {scheme}://{rest.strip('/')}",
        )
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return end(
            Outcome.MALFORMED, f"this address is malformed: {error}", "copy it again from the address bar"
        )
    if not host or re.search(r"[\s_<>\"{}|\\^`]|\.\.", host) or port == 0:
        return end(Outcome.MALFORMED, "this address has no proper host", "copy it again from the address bar")
    if _BAD_PERCENT.search(raw):
        return end(
            Outcome.MALFORMED,
            "a % in this address is not followed by two hexadecimal digits",
            "write %25 for the sign itself",
        )
    own = urlsplit(project.config.site_url)
    if own.hostname == host and not _is_local(host) and parts.path.startswith(own.path or "/"):
        return end(
            Outcome.OWN_ADDRESS,
            "this is an address of this site, written out in full",
            "link to the page: countries/china.md#treaty",
        )
    if _is_local(host):
        return end(
            Outcome.LOCAL,
            f"“{host}” is reached from this machine or network only",
            "link to the public address",
        )
    return end(Outcome.EXTERNAL)


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".lan")):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False


def _absolute(project: Project, words: Words, path: str, fragment: str, end: _End) -> Resolved:
    name = unquote(path).strip("/\\")
    src = _page_for(project, name)
    mark = f"#{fragment}" if fragment else ""
    better = _relative_path(words.page.src, src or name) + mark if src or name in project.files else ""
    return end(
        Outcome.ABSOLUTE,
        "an address that begins with / breaks where the site is in a folder",
        f"write {better}" if better else "write the path relative to this page",
        better,
    )


def _relative(project: Project, words: Words, link: Link, path: str, fragment: str, end: _End) -> Resolved:
    source = words.page.src
    mark = f"#{fragment}" if fragment else ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path))) if path else source
    if target == ".." or target.startswith("../"):
        if page := _page_at_built(project, source, path):
            return _built_address(source, page, path, mark, end)
        return end(Outcome.OUTSIDE, f"“{path}” leads out of docs/", "only what is below docs/ is published")
    if target in project.pages and not (path.endswith("/")):
        ids = project.ids_of(target)
        url = project.config.page_url(target)
        if fragment and not _has(ids, fragment):
            where = "this page" if target == source else target
            near = did_you_mean(unquote(fragment), sorted(ids))
            return end(
                Outcome.NO_ANCHOR,
                f"there is no anchor “#{fragment}” on {where}",
                near or "write the id of a heading",
                site_path=f"{url}{mark}",
            )
        return end(Outcome.OK, site_path=f"{url}{mark}")
    if target in project.files:
        return end(Outcome.OK, site_path=target)
    if _DOMAIN.match(path):
        return end(
            Outcome.NO_SCHEME,
            f"“{link.destination}” has no scheme, so it is taken for a file",
            f"write https://{link.destination}",
        )
    if same := project.folded_files.get(target.casefold()):
        better = _relative_path(source, same)
        return end(
            Outcome.WRONG_CASE,
            f"“{path}” differs from the file in upper and lower case",
            f"write {better}{mark}",
            better + mark,
        )
    page = _page_for(project, target) or _page_at_built(project, source, path)
    if page and not path.endswith(".md"):
        return _built_address(source, page, path, mark, end)
    looks_like_page = path.endswith((".md", ".html", ".htm", "/")) or not posixpath.splitext(path)[1]
    if looks_like_page and not link.image:
        return end(
            Outcome.NO_PAGE,
            f"there is no page {target}",
            _near(project, source, target, list(project.pages)),
            site_path=path,
        )
    what = "image" if link.image else "file"
    return end(
        Outcome.NO_FILE,
        f"there is no {what} {target} below docs/",
        _near(project, source, target, sorted(project.files)),
        site_path=path,
    )


def _page_at_built(project: Project, source: str, path: str) -> str | None:
    """The page at a path as the browser sees it: relative to the address of this page, not to its file."""
    address = posixpath.normpath(posixpath.join(project.config.page_url(source), unquote(path)))
    return None if address.startswith("..") or path.endswith(".md") else _page_for(project, address)


def _built_address(source: str, page: str, path: str, mark: str, end: _End) -> Resolved:
    better = _relative_path(source, page) + mark
    message = f"“{path}” is the address of the built page"
    return end(Outcome.BUILT_ADDRESS, message, f"write {better}", better, site_path=path)


def _near(project: Project, source: str, target: str, known: list[str]) -> str:
    """The nearest existing path, written as this page would write it."""
    names = {name: posixpath.basename(name) for name in known}
    same_name = [name for name, base in names.items() if base == posixpath.basename(target)]
    if len(same_name) == 1:
        return f"did you mean {_relative_path(source, same_name[0])}?"
    # The folder is the same for many files: what counts is the name in it.
    alike = get_close_matches(posixpath.basename(target), sorted(set(names.values())), n=3, cutoff=0.75)
    found = get_close_matches(target, [name for name, base in names.items() if base in alike], n=3)
    if found:
        return f"did you mean {' or '.join(_relative_path(source, name) for name in found)}?"
    return "write the path relative to this page"


def _has(ids: frozenset[str], fragment: str) -> bool:
    fragment = fragment.partition(":~:")[0]
    return not fragment or fragment in ids or unquote(fragment) in ids or fragment.lower() == "top"


def _page_for(project: Project, built: str) -> str | None:
    """The page that is published at ``countries/china``, ``countries/china/``, ``….html`` or ``…/index.html``."""
    name = built.strip("/")
    name = re.sub(r"(?:(?:^|/)index)?\.html?$", "", name)
    if name in (".", ""):
        return "index.md" if "index.md" in project.pages else None
    return next((src for src in (f"{name}.md", f"{name}/index.md") if src in project.pages), None)


def _relative_path(source: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(source) or ".")
