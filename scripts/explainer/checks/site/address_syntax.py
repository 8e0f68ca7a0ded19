"""Addresses that no browser can follow, whatever the other side does (WHATWG URL, RFC 6068, RFC 3966). Pure."""

import re
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.S)
_PLAIN = re.compile(r"https?://(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,63}(?:[/?#]|$)")
"""Nearly every web address: nothing can be wrong with its form."""

_NO_COLON = re.compile(r"\s*(https?)(?:[;,.]|:;)?//", re.I)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_IN_HOST = re.compile(r"[\s<>\"{}|\\^`]|\.\.")
_MISSPELT = re.compile(
    r"h+t+p+s*|h?tt?ps?|ht+ps?|http?s?s|htp?ps?|hptts?|httos?|hhtps?|mai?l?to?|maitlo|malito", re.I
)
_KNOWN = {"http", "https", "mailto"}


def address_fault(raw: str) -> tuple[str, str] | None:
    """What is wrong with an address, and what would be right; nothing for one that can be followed.

    Speaks of addresses with a scheme only, and of those that were meant to have one.
    """
    if _PLAIN.match(raw):
        return None
    if match := _NO_COLON.match(raw):
        return (
            f"“{raw.strip()}” has no colon after {match[1]}",
            f"write {match[1].lower()}://{raw[match.end() :].strip()}",
        )
    match = _SCHEME.match(raw)
    if not match:
        return None
    scheme, rest = match[1].lower(), match[2].strip()
    if len(scheme) == 1 or scheme == "file":
        return (
            f"“{raw.strip()}” is a file on one computer only",
            "put the file on the site, and link to it there",
        )
    if scheme == "mailto":
        return _mail_fault(raw, rest)
    if scheme == "tel":
        return None if re.search(r"\d", rest) else ("tel: without a number", "write tel:+41441234567")
    if scheme not in _KNOWN and _MISSPELT.fullmatch(scheme):
        near = "mailto" if scheme.startswith("m") else "https" if "s" in scheme else "http"
        return f"“{scheme}:” is not a known scheme", f"did you mean {near}:?"
    return _web_fault(raw.strip(), scheme, rest) if scheme in ("http", "https") else None


def _mail_fault(raw: str, rest: str) -> tuple[str, str] | None:
    to, mark, _ = rest.partition("?")
    hint = "write mailto:name@example.org"
    if not to:
        return None if mark else ("mailto: without a mail address", hint)
    if _BAD_PERCENT.search(to):
        return (
            f"a % in “{raw.strip()}” is not followed by two hexadecimal digits",
            "write %25 for the sign itself",
        )
    if not all("@" in unquote(one).strip("@") for one in to.split(",")):
        return f"“{raw.strip()}” is not a mail address", hint
    return None


def _web_fault(raw: str, scheme: str, rest: str) -> tuple[str, str] | None:
    copy = "copy it again from the address bar"
    if not rest.replace("\\", "/").startswith("//") or rest.startswith("///"):
        right = f"{scheme}://{rest.lstrip('/')}"
        return f"“{raw}” lacks the two slashes before the host", f"write {right}"
    authority = re.split(r"[/?#\\]", re.sub(r"[\t\r\n]", "", rest.replace("\\", "/"))[2:], maxsplit=1)[0]
    if authority.lower().rstrip(":") in ("http", "https"):
        return f"“{raw}” has its scheme twice", f"write {rest[2:]}"
    try:
        parts = urlsplit(f"{scheme}://{authority}/")
        host, _ = unquote(parts.hostname or ""), parts.port
    except ValueError as error:
        return f"“{raw}” is no address: {error}", copy
    if not host or _NOT_IN_HOST.search(host):
        return f"“{raw}” has no proper host", copy
    last = host.rstrip(".").rpartition(".")[2]
    if last.isdigit() and not host.startswith("[") and ":" not in host and not _is_ipv4(host.rstrip(".")):
        return f"“{host}” is no IP address", copy
    return None


def _is_ipv4(host: str) -> bool:
    numbers = host.split(".")
    return len(numbers) <= 4 and all(part.isdigit() and int(part) < 256 for part in numbers)
