"""Subresource Integrity (W3C): whether a file is the one that an ``integrity`` attribute names. Pure."""

import base64
import binascii
import hashlib
import re

_STRENGTH = ("sha256", "sha384", "sha512")
_TOKEN = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?[\x21-\x7e]*)?", re.I)


def integrity_fault(value: str, content: bytes) -> str:
    """What is wrong with an ``integrity`` attribute for a file with this content; nothing where it is right.

    Only the hashes of the strongest kind count, and one of them has to fit. A value that no browser understands
    protects nothing, and is a fault as well.
    """
    hashes: list[tuple[int, bytes]] = []
    for token in value.split():
        match = _TOKEN.fullmatch(token)
        if match and (digest := _decoded(match[2])) is not None:
            strength = _STRENGTH.index(match[1].lower())
            if len(digest) == hashlib.new(_STRENGTH[strength]).digest_size:
                hashes.append((strength, digest))
    if not value.strip():
        return ""
    if not hashes:
        return "no browser understands this integrity attribute"
    strongest = max(strength for strength, _ in hashes)
    actual = hashlib.new(_STRENGTH[strongest], content).digest()
    if any(digest == actual for strength, digest in hashes if strength == strongest):
        return ""
    return f"the integrity attribute names another file ({_STRENGTH[strongest]})"


def integrity_of(content: bytes, name: str = "sha384") -> str:
    """The value that an ``integrity`` attribute for this content has to have."""
    return f"{name}-{base64.b64encode(hashlib.new(name, content).digest()).decode('ascii')}"


def _decoded(text: str) -> bytes | None:
    text = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return None
