"""Where a link in the words leads, by the rules of MkDocs: relative to the file, to a ``.md`` below docs/."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

from explainer.checks.forms import (
    BAD_PERCENT,
    INVISIBLE,
    MAIL,
    PLACEHOLDER,
    SCHEMES,
    UNSAFE,
    fault_of_host,
    fault_of_mail,
    fault_of_number,
    is_local,
)
from explainer.checks.printed import ids_of
from explainer.checks.project import Project
from explainer.checks.words import Words
from explainer.markdown_text import Link
from explainer.problems import did_you_mean

_BARE = re.compile(r"(?<![\w/<\[\"'=@.-])(?<!\]\()(?<!\] \()https?://[^\s<>\[\]|\"“”]+")
_HTML_TAG = re.compile(r"<[^<>]*>")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.S)
_DOMAIN = re.compile(
    r"(?:www\.[\w-]+\.\w|(?:[a-z0-9-]+\.)+(?:com|org|net|info|edu|gov|int|io|eu|uk|kp|kr|cn|ru|jp|de|fr|vn|ug|cu|sy|ir)"
    r"(?:[:/?#]|$))",
    re.I,
)


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
    PLACEHOLDER = "placeholder"
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
    bare: bool = False
    """Whether it is an address in the running text, which is no link."""


@lru_cache(maxsize=2)
def resolved_links(project: Project) -> list[Resolved]:
    """Every link, image and definition in the words, and every address that stands in the running text."""
    found = []
    for words in project.words.values():
        found += [resolve(project, words, link) for link in words.links]
        found += [replace(resolve(project, words, link), bare=True) for link in _bare(words)]
    return found


def _bare(words: Words) -> Iterator[Link]:
    """The addresses that stand in the running text: outside of links, code, HTML and citations."""
    text = words.without_citations
    if "://" not in text:
        return
    text = _HTML_TAG.sub(lambda match: " " * len(match.group()), text)
    inside = [(link.start, link.destination_start + len(link.destination)) for link in words.links]
    for match in _BARE.finditer(text):
        if any(start <= match.start() <= end for start, end in inside):
            continue
        address = match.group().rstrip(".,;:!?’'*_")
        if address.endswith(")") and address.count("(") < address.count(")"):
            address = address.rstrip(").,;:")
        if _has_rest(address) and not re.search(r"[{}$<>*]", address):
            yield Link(address, address, False, match.start(), match.start())


def _has_rest(address: str) -> bool:
    """Whether an address has something behind its scheme."""
    return len(address.partition("://")[2]) > 1


def resolve(project: Project, words: Words, link: Link) -> Resolved:
    """Find out where one link leads."""
    raw = link.address

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
    if match := re.fullmatch(r"[“”„\"'‘’«]+(.+?)[“”\"'‘’»]*|(.+?)[“”„»]+", raw):
        return end(
            Outcome.MALFORMED, "quotation marks are part of this address", f"write {match[1] or match[2]}"
        )
    if PLACEHOLDER.search(raw):
        return end(Outcome.PLACEHOLDER, f"“{raw}” is a placeholder", "write the real address")
    if re.search(r"\s", raw) and not _is_file_in_brackets(project, words, link):
        return end(Outcome.INVISIBLE, "there is a space in this address", _without_space(project, words, raw))
    if match := re.match(r"https?://(https?):?/+(.*)", raw, re.I):
        return end(Outcome.MALFORMED, "this address has two schemes", f"write {match[1]}://{match[2]}")
    if match := re.match(r"(?:https?|htp|htps)[;,.]?//+(\w.*)", raw, re.I):
        return end(Outcome.MALFORMED, "the scheme of this address is misspelt", f"write https://{match[1]}")
    if MAIL.fullmatch(raw):
        return end(
            Outcome.NO_SCHEME, f"“{raw}” has no scheme, so it is taken for a file", f"write mailto:{raw}"
        )
    if match := _SCHEME.fullmatch(raw):
        return _with_scheme(project, words, match[1].lower(), match[2], raw, end)
    if raw.startswith("//"):
        return end(Outcome.NO_SCHEME, f"“{raw}” has no scheme", f"write https:{raw}")
    if "\\" in raw and not raw.startswith("\\"):
        return end(
            Outcome.MALFORMED, "a backslash is no part of an address", f"write {raw.replace(chr(92), '/')}"
        )
    path, _, fragment = raw.partition("#")
    path, _, query = path.partition("?")
    if BAD_PERCENT.search(raw):
        return end(
            Outcome.MALFORMED,
            "a % in this address is not followed by two hexadecimal digits",
            "write %25 for the sign itself",
        )
    if raw.startswith(("/", "\\")):
        return _absolute(project, words, path, query, fragment, end)
    return _relative(project, words, link, path, query, fragment, end)


def _with_scheme(project: Project, words: Words, scheme: str, rest: str, raw: str, end: _End) -> Resolved:
    if scheme in UNSAFE or len(scheme) == 1:
        return end(
            Outcome.UNSAFE,
            f"a link with “{scheme}:” does not work for readers",
            "link to a page or to an https: address",
        )
    if scheme in ("mailto", "tel", "sms"):
        if fault := fault_of_mail(rest) if scheme == "mailto" else fault_of_number(scheme, rest):
            return end(Outcome.MALFORMED, f"“{raw}” {fault[0]}", fault[1])
        return end(Outcome.OTHER_SCHEME)
    if scheme == "doi":
        return end(Outcome.MALFORMED, "browsers do not know “doi:”", f"write https://doi.org/{rest}")
    if scheme not in ("http", "https"):
        if scheme in SCHEMES or scheme.startswith(("web+", "x-")):
            return end(Outcome.OTHER_SCHEME)
        if "." in scheme and re.match(r"\d+(?:/|$)", rest):  # a host and a port
            return end(Outcome.NO_SCHEME, f"“{raw}” has no scheme", f"write https://{raw}")
        near = did_you_mean(scheme, ["https", "http", "mailto", "tel", "ftp"])
        return end(
            Outcome.MALFORMED, f"“{scheme}:” is not a known scheme", near or "write https://, mailto: or tel:"
        )
    if not rest.startswith("//") or rest.startswith("///"):
        return end(
            Outcome.MALFORMED,
            f"“{scheme}:” is followed by two slashes and a host",
            f"write {scheme}://{rest.replace(chr(92), '/').strip('/')}",
        )
    if "\\" in raw:
        return end(
            Outcome.MALFORMED, "a backslash is no part of an address", f"write {raw.replace(chr(92), '/')}"
        )
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return end(
            Outcome.MALFORMED, f"this address is malformed: {error}", "copy it again from the address bar"
        )
    if fault := fault_of_host(host, parts.netloc, port):
        return end(Outcome.MALFORMED, *fault)
    if BAD_PERCENT.search(raw) or re.search(r"%(?:0[0-9A-F]|1[0-9A-F]|7F)", raw, re.I):
        return end(
            Outcome.MALFORMED,
            "a % in this address is not followed by the two hexadecimal digits of a character",
            "write %25 for the sign itself",
        )
    own = urlsplit(project.config.site_url)
    if own.hostname and _bare_host(own.hostname) == _bare_host(host) and not is_local(host):
        base = (own.path or "/").rstrip("/") + "/"
        if f"{parts.path}/".startswith(base) or not parts.path:
            return _own(project, words, unquote(parts.path)[len(base) :], parts.query, parts.fragment, end)
    if is_local(host):
        return end(
            Outcome.LOCAL,
            f"“{host}” is reached from this machine or network only",
            "link to the public address",
        )
    return end(Outcome.EXTERNAL)


def _bare_host(host: str) -> str:
    return host.removeprefix("www.")


def _own(project: Project, words: Words, path: str, query: str, fragment: str, end: _End) -> Resolved:
    """An address of this site written out in full: checked like any other, and told what to write instead."""
    mark = _tail(query, fragment)
    page = _page_for(project, path) or (path if path in project.pages else None)
    if page:
        ids = ids_of(project, page)
        if fragment and not _has(ids, fragment):
            return end(
                Outcome.NO_ANCHOR,
                f"there is no anchor “#{fragment}” on {page}",
                did_you_mean(unquote(fragment), sorted(ids)) or "write the id of a heading",
            )
        better = _relative_path(words.page.src, page) + mark if page != words.page.src or not mark else mark
    elif path in project.files:
        better = _relative_path(words.page.src, path) + mark
    elif posixpath.splitext(path)[1] not in ("", ".html", ".htm", ".md"):
        return end(Outcome.EXTERNAL)  # what the build adds: the checks of the built site know it
    elif project.site is not None and project.site.page_at(path):
        return end(Outcome.EXTERNAL)  # a short or former address
    else:
        names = {project.config.page_url(src).rstrip("/"): src for src in project.pages}
        near = did_you_mean(path.rstrip("/"), list(names))
        right = names.get(near.removeprefix("did you mean ").removesuffix("?").split(" or ")[0])
        return end(
            Outcome.NO_PAGE,
            f"this site has no page /{path}",
            f"did you mean {_relative_path(words.page.src, right)}?" if right else "link to the .md file",
        )
    return end(
        Outcome.OWN_ADDRESS,
        "this is an address of this site, written out in full",
        f"write {better}",
        better,
    )


def _without_space(project: Project, words: Words, raw: str) -> str:
    """What would be right for an address with a space in it."""
    address, rest = raw.split(maxsplit=1) if len(raw.split(maxsplit=1)) == 2 else (raw.strip(), "")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(words.page.src), unquote(raw)))
    if whole in project.files or not rest:
        return f"write {raw.strip().replace(' ', '%20')}"
    if rest[0] in "\"'“‘(" or address.endswith((".md", "/")) or "#" in address:
        title = rest.strip("\"'“”‘’()")
        return f'for a title write [words]({address} "{title}")'
    return f"write {re.sub(r'[^!-~]+', lambda match: quote(match.group()), raw)}"


def _is_file_in_brackets(project: Project, words: Words, link: Link) -> bool:
    """Whether an address in <…> is the path of a file, which may have a space in its name."""
    path = unquote(link.address.partition("#")[0].partition("?")[0])
    target = posixpath.normpath(posixpath.join(posixpath.dirname(words.page.src), path))
    return words.page.text[link.destination_start - 1] == "<" and target in project.files


def _tail(query: str, fragment: str) -> str:
    """What stands behind a path."""
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _absolute(project: Project, words: Words, path: str, query: str, fragment: str, end: _End) -> Resolved:
    name = unquote(path).strip("/\\")
    src = _page_for(project, name)
    mark = _tail(query, fragment)
    better = _relative_path(words.page.src, src or name) + mark if src or name in project.files else ""
    return end(
        Outcome.ABSOLUTE,
        "an address that begins with / breaks where the site is in a folder",
        f"write {better}" if better else "write the path relative to this page",
        better,
    )


def _relative(
    project: Project, words: Words, link: Link, path: str, query: str, fragment: str, end: _End
) -> Resolved:
    source = words.page.src
    mark = f"#{fragment}" if fragment else ""
    tail = _tail(query, fragment)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path))) if path else source
    if target == ".." or target.startswith("../"):
        if page := _page_at_built(project, source, path):
            return _built_address(source, page, path, tail, end)
        return end(Outcome.OUTSIDE, f"“{path}” leads out of docs/", "only what is below docs/ is published")
    if target in project.pages and not (path.endswith("/")):
        ids = ids_of(project, target)
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
            f"write {better}{tail}",
            better + tail,
        )
    page = _page_for(project, target) or _page_at_built(project, source, path)
    if page and not path.endswith(".md"):
        return _built_address(source, page, path, tail, end)
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
