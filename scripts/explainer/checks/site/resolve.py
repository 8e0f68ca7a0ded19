"""Where an address on a page leads, by the rules of browsers (WHATWG URL), within one site."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_HOST = re.compile(r"\s*(?:(https?):)?//(?:[^/?#@]*@)?([^/?#]*)", re.I)
_PORTS = {"http": ":80", "https": ":443"}

TEXT_MARK = ":~:"
"""What follows in a fragment is text to look for, not an anchor."""


_PLAIN = re.compile(r"[^%?\\\s]*")
"""What stands for itself in the path of an address."""


class Target(NamedTuple):
    """Where an address leads: a path below the site, or out of it (``outside``), or to another host (``external``).

    ``fragment`` is what stands behind #; ``None`` where there is no #.
    """

    path: str = ""
    fragment: str | None = None
    external: bool = False
    outside: bool = False


@dataclass(frozen=True)
class Place:
    """Where a site is published: ``origin`` (scheme and host) and ``base`` (its path, with slashes around it).

    ``given`` says that the address was told to the checker, not guessed from the pages.
    """

    origin: str = ""
    base: str = "/"
    given: bool = False

    @classmethod
    def at(cls, url: str, given: bool) -> "Place":
        """The place that an address names; ``/`` of an unknown host where it is empty."""
        parts = urlsplit(url)
        base = f"/{unquote(parts.path).strip('/')}/" if parts.path.strip("/") else "/"
        return cls(f"{parts.scheme}://{parts.netloc}" if parts.netloc else "", base, given)

    def resolve(self, page: str, raw: str, base: str = "") -> Target:
        """Where ``raw`` leads on the page (or in the file) at ``page``; ``base`` is the page's <base href>."""
        path, mark, fragment = raw.strip(" \t\n\r\f").partition("#")
        if (not path or path.startswith("?")) and not base:
            return Target(page, fragment if mark else None)
        found = self._resolve(page.rpartition("/")[0], path, base)
        return found._replace(fragment=fragment) if mark else found

    @property
    def host(self) -> str:
        """The host, in small letters, without a port."""
        return _host_of(self.origin).partition(":")[0]

    def is_other_host(self, raw: str) -> bool:
        """Whether an address that does not lead to this site makes a browser ask another host."""
        host = _host_of(raw)
        return bool(host) and host != _host_of(self.origin)

    @cached_property
    def _start(self) -> str:
        """What the addresses of this site begin with when written out in full, as in canonical links and sitemaps."""
        return f"{self.origin}{self.base}" if self.origin else "\0"

    def _resolve(self, folder: str, raw: str, base: str) -> Target:
        if raw.startswith(self._start) and _PLAIN.fullmatch(raw, len(self._start)) and "/." not in raw:
            return Target(raw[len(self._start) :])
        raw = re.sub(r"[\t\n\r]", "", raw).partition("?")[0]
        if not _SCHEME.match(raw):
            raw = raw.replace("\\", "/")
        if base and not _SCHEME.match(raw) and not raw.startswith("/"):
            start = self._resolve(folder, base, "")
            if start.external or start.outside:
                return start
            folder = start.path.rpartition("/")[0]
        if raw.startswith("//") or _SCHEME.match(raw):
            scheme = raw.partition(":")[0].lower() if _SCHEME.match(raw) else "https"
            if scheme not in ("http", "https") or not self.origin:
                return Target(external=True)
            if _host_of(raw) != _host_of(self.origin):
                return Target(external=True)
            rest = raw.partition("//")[2].partition("/")[2]
            absolute = f"/{rest}"
            if not absolute.startswith(self.base) and f"{absolute}/" != self.base:
                return Target(external=True)  # the same host, another site
        elif raw.startswith("/"):
            absolute = raw
        else:
            absolute = f"{self.base}{folder}/{raw}" if folder else f"{self.base}{raw}"
        absolute = _without_dots(unquote(absolute))
        if f"{absolute}/" == self.base:
            absolute = self.base
        if not absolute.startswith(self.base):
            return Target(absolute, outside=True)
        return Target(absolute[len(self.base) :])


@lru_cache(maxsize=8192)
def _host_of(address: str) -> str:
    """Host and port of a web address, in small letters and without the usual port; nothing for another address."""
    match = _HOST.match(address)
    if not match:
        return ""
    host = match[2].lower()
    return host.removesuffix(_PORTS[(match[1] or "https").lower()])


def _without_dots(path: str) -> str:
    """Takes ``.`` and ``..`` out of an absolute path; ``..`` above the root stays at the root, as in browsers."""
    if "/." not in path:
        return path
    parts: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(parts) > 1:
                parts.pop()
        elif segment != ".":
            parts.append(segment)
    if segments[-1] in (".", ".."):
        parts.append("")
    return "/".join(parts) or "/"


def names_fragment(ids: frozenset[str] | set[str], fragment: str) -> bool:
    """Whether a browser finds the fragment among the ids: as written first, then percent-decoded.

    What a script reads as an address of its own (“#/…”, “#!…”) is no anchor.
    """
    fragment = fragment.partition(TEXT_MARK)[0]
    if fragment[:1] in ("", "/", "!") or fragment in ids or fragment.lower() == "top":
        return True
    decoded = unquote(fragment)
    return decoded in ids or decoded.lower() == "top"
