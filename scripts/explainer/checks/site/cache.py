"""What an earlier run found of a site, kept by content: used again only for pages whose bytes are the same.

Nothing is taken for unchanged because of its date or size. A file that was cut off or written by another version of
the checker is as good as none.
"""

import hashlib
import marshal
import sys
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from xxhash import xxh3_128_digest

from explainer.checks.site.follow import Fault, Followed
from explainer.checks.site.leftovers import Leftover
from explainer.checks.site.page import HtmlPage, Reference
from explainer.checks.site.resolve import Place, Target
from explainer.checks.writing import write_whole

_HEAD = b"checked site\n"
_DIGEST = 16
_PAGE_FIELDS = tuple(item.name for item in fields(HtmlPage) if item.name not in ("links", "references"))

Packed = tuple[bytes, tuple[Any, ...], tuple[Any, ...]]
"""The digest of a page's bytes, the page, and what its addresses lead to, in plain types."""


@dataclass
class Kept:
    """A site as it was. ``names`` are its files by number (see ``Follower``); ``empty`` those without bytes."""

    place: Place = field(default_factory=Place)
    names: list[str] = field(default_factory=list)
    empty: frozenset[str] = frozenset()
    pages: dict[str, Packed] = field(default_factory=dict)


def digest_of(raw: bytes) -> bytes:
    """What stands for the content of a file: 128 bits of XXH3, as good as any against chance, and the fastest."""
    return xxh3_128_digest(raw)


def pack(digest: bytes, page: HtmlPage, followed: Followed) -> Packed:
    """A page and what it leads to in types that ``marshal`` writes."""
    plain = [getattr(page, name) for name in _PAGE_FIELDS]
    plain[_PAGE_FIELDS.index("leftovers")] = tuple(map(tuple, page.leftovers))
    faults = tuple(
        (fault.kind, fault.key, tuple(fault.target), tuple(fault.reference)) for fault in followed.faults
    )
    return digest, tuple(plain), (faults, *followed[1:])


def unpack(packed: Packed) -> tuple[HtmlPage, Followed]:
    """The opposite of ``pack``."""
    _, plain, (faults, *rest) = packed
    page = HtmlPage(*plain)
    page.leftovers = tuple(Leftover(*item) for item in page.leftovers)
    found = tuple(Fault(kind, key, Target(*target), Reference(*raw)) for kind, key, target, raw in faults)
    return page, Followed(found, *rest)


def read_kept(path: Path) -> Kept | None:
    """What is kept in a file, or nothing where it is not there, not whole, or of another version."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    head, digest, payload = (
        raw[: len(_HEAD)],
        raw[len(_HEAD) : len(_HEAD) + _DIGEST],
        raw[len(_HEAD) + _DIGEST :],
    )
    if head != _HEAD or digest != digest_of(payload):
        return None
    key, place, names, empty, pages = marshal.loads(payload)
    return Kept(Place(*place), names, empty, pages) if key == _version() else None


def write_kept(path: Path, kept: Kept) -> bool:
    """Keep a site for the next run. Says whether that was possible: a cache is no reason to fail."""
    place = (kept.place.origin, kept.place.base, kept.place.given)
    payload = marshal.dumps((_version(), place, kept.names, kept.empty, kept.pages))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _HEAD + digest_of(payload) + payload)
    except OSError:
        return False
    return True


@cache
def _version() -> str:
    """Changes with everything that decides what is found in the bytes of a page."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    return f"{sys.version} {version('selectolax')} {code.hexdigest()}"
