"""The forms of addresses: schemes, hosts, mail addresses, numbers, placeholders. Pure."""

import re
from ipaddress import ip_address
from urllib.parse import unquote

from explainer.problems import did_you_mean

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
"""Characters that nobody sees: soft hyphens, joiners, direction marks, controls."""

PLACEHOLDER = re.compile(
    r"(?:^|[/.@])example\.(?:com|org|net|edu)(?:[/:?#]|$)|\.(?:example|invalid)(?:[/:?#]|$)"
    r"|\b(?:TODO|CHANGEME|FIXME|TBD|XXX+|PLACEHOLDER|REPLACE[-_]?ME|INSERT[-_]?\w*)\b"
    r"|//(?:www\.)?(?:your|my)-?(?:site|domain|company|server|host|name)\.|//(?:host|domain|site|server)\.tld\b"
    r"|^(?i:url|link|address|href|your[-_ ]?(?:link|url)|(?:link|url)[-_ ]?(?:here|goes[-_ ]here)|\.{3}|…|\?+)$"
    r"|^[<{\[$%][^/#]*[>}\]%]$"
)
"""Addresses that stand for one that was to be filled in later."""

SCHEMES = {
    "ftp", "sftp", "sms", "geo", "irc", "ircs", "xmpp", "sip", "sips", "news", "nntp", "urn", "magnet", "bitcoin",
    "git", "ssh", "webcal", "ws", "wss", "acct", "feed", "matrix", "signal", "tg", "whatsapp", "maps", "im", "cid",
}  # fmt: skip
"""Schemes besides http, https, mailto and tel that programs of readers know."""

UNSAFE = {
    "javascript", "vbscript", "data", "file", "blob", "about", "view-source", "chrome", "edge", "resource",
    "moz-extension", "chrome-extension", "ms-browser-extension",
}  # fmt: skip
"""Schemes that lead nowhere for a reader, or run what somebody else wrote."""

MAIL = re.compile(r"[^@\s,;:/?<>()\"“”]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_FIELDS = ["subject", "body", "cc", "bcc", "to", "in-reply-to", "keywords", "comments", "reply-to"]
_HOST = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)*[^\W_](?:[\w-]{0,61}[^\W_])?\.?")

BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""A % that begins no character."""


def fault_of_mail(rest: str) -> tuple[str, str] | None:
    """What is wrong behind ``mailto:``, and what would be right (RFC 6068)."""
    address, _, query = rest.partition("?")
    form = "write mailto:name@un.org"
    people = [unquote(part) for part in address.split(",")]
    if not (people == [""] and "to=" in query) and not all(MAIL.fullmatch(one) for one in people):
        bare = address.strip("/ ")
        return "is not a mail address", f"write mailto:{bare}" if MAIL.fullmatch(bare) else form
    for part in query.split("&") if query else []:
        name = part.partition("=")[0]
        if name.lower() not in _FIELDS:
            return f"has a field “{name}” that no mail has", did_you_mean(name, _FIELDS) or form
    if BAD_PERCENT.search(rest):
        return "has a % without two hexadecimal digits", "write %25 for the sign itself"
    return None


def fault_of_number(scheme: str, rest: str) -> tuple[str, str] | None:
    """What is wrong behind ``tel:`` or ``sms:``, and what would be right (RFC 3966: digits, dots, hyphens, brackets)."""
    number = unquote(rest.partition("?")[0].partition(";")[0])
    if re.fullmatch(r"\+?[\d().*#-]{3,}", number) and len(re.findall(r"\d", number)) in range(3, 16):
        return None
    digits = re.sub(r"(?!^\+)[^\d]", "", number.strip().lstrip("/"))
    good = 3 <= len(digits.lstrip("+")) <= 15
    return "is not a number", f"write {scheme}:{digits if good else '+41441234567'}"


def fault_of_host(host: str, netloc: str, port: int | None) -> tuple[str, str] | None:
    """What is wrong with the host and port of an address, and what would be right (RFC 3986, RFC 1123)."""
    again = "copy it again from the address bar"
    if "@" in netloc:
        return "a name or password stands before the host", f"write {netloc.rpartition('@')[2]}"
    if not host or port == 0 or netloc.endswith(":"):
        return "this address has no proper host or port", again
    if ":" in host:
        return None  # an IPv6 address, which urlsplit has read
    labels = host.rstrip(".").split(".")
    if labels[-1].isdigit() or (len(labels) == 4 and all(re.fullmatch(r"\d+", label) for label in labels)):
        try:
            ip_address(host)
        except ValueError:
            return f"“{host}” is not an IP address", "four numbers from 0 to 255"
        return None
    if not _HOST.fullmatch(host) or len(host) > 253:
        right = host.replace(",", ".").replace("..", ".")
        return (
            f"“{host}” is not the name of a host",
            f"write {right}" if right != host and _HOST.fullmatch(right) else again,
        )
    if len(labels) == 1 and not is_local(host):
        return f"“{host}” is no host that readers reach: a dot is missing", again
    return None


def is_local(host: str) -> bool:
    """Whether a host is reached from one machine or network only."""
    if host in ("localhost", "localdomain") or host.endswith(
        (
            ".localhost",
            ".local",
            ".internal",
            ".lan",
            ".home",
            ".intranet",
            ".corp",
            ".home.arpa",
            ".localdomain",
        )
    ):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False
