"""The Content-Security-Policy of the site: what its pages may load and run, by CSP Level 3.

Everything comes from the site itself. Scripts inside a page run only when the page names their hash, so that a script
which got into a page in some other way does not run. Not every host sends headers of ours: each page carries its
policy in a ``meta`` element, and the file ``_headers``, which Netlify and Cloudflare Pages read, says the rest.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

HEADERS_FILE = "_headers"

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_DATA_BLOCK = re.compile(r"\b(json|ld\+json|plain)$")
_CHARSET = re.compile(r"<meta\b[^>]*\bcharset\b[^>]*>", re.I)
_HEAD = re.compile(r"<head\b[^>]*>", re.I)


def script_hashes(html: str) -> list[str]:
    """The hashes of the scripts written into a page, as a policy names them; blocks of data are no scripts."""
    if "<script" not in html:
        return []
    found: dict[str, None] = {}
    for script in LexborHTMLParser(html).css("script"):
        if "src" in script.attributes or _DATA_BLOCK.search(script.attributes.get("type") or ""):
            continue
        digest = hashlib.sha256(script.text(deep=True).encode("utf-8")).digest()
        found[f"'sha256-{base64.b64encode(digest).decode('ascii')}'"] = None
    return list(found)


def policy(hashes: Iterable[str]) -> str:
    """The policy of a page with scripts of these hashes."""
    scripts = " ".join([_DIRECTIVES["script-src"], *hashes])
    directives = _DIRECTIVES | {"script-src": scripts}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def protect(html: str) -> str:
    """The page with its policy, behind the element that says how its bytes are read: it binds what follows it.

    A page without a head is left as it is.
    """
    place = _CHARSET.search(html) or _HEAD.search(html)
    if place is None:
        return html
    element = f'<meta http-equiv="Content-Security-Policy" content="{policy(script_hashes(html))}">'
    return f"{html[: place.end()]}{element}{html[place.end() :]}"


def headers(pages: Iterable[str]) -> str:
    """The file ``_headers``: one policy that every page fits, and what a ``meta`` element cannot say."""
    hashes = sorted({hash_ for html in pages for hash_ in script_hashes(html)})
    lines = [
        f"Content-Security-Policy: {policy(hashes)}; frame-ancestors 'self'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    ]
    return "/*\n" + "".join(f"  {line}\n" for line in lines)
