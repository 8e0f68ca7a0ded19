"""What tells that two records are of one document: its address, its DOI, its UN symbol. Pure."""

import re
from collections.abc import Iterable

from explainer.checks.src import normal_address
from explainer.records import Source

_SYMBOL = re.compile(r"(?:[ASE]|SC|GA|ST|HRC|CEDAW|CERD|CCPR|CRC|ECOSOC|SG|GA/SHC)/[A-Z0-9./-]*\d", re.I)


def normal_doi(doi: str) -> str:
    """A DOI without the address or the word before it, in small letters: DOIs do not tell them apart."""
    return re.sub(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", "", doi.strip(), flags=re.I).lower()


def un_symbol(number: str) -> str:
    """The symbol of a UN document (``S/RES/2397 (2017)`` → ``S/RES/2397``), or nothing for another number."""
    match = _SYMBOL.match(re.sub(r"\s*/\s*", "/", number.strip()))
    return match[0].upper() if match else ""


def keys(url: str, doi: str = "", number: str = "") -> list[tuple[str, str]]:
    """What is the same for every record of one document, each with its name in messages."""
    found = [("address", normal_address(url))] if url else []
    resolved = re.match(r"https?://(?:dx\.|www\.)?doi\.org/(10\..+)", url, re.I)
    for one in (doi, resolved[1] if resolved else ""):
        if one and ("DOI", normal_doi(one)) not in found:
            found.append(("DOI", normal_doi(one)))
    if symbol := un_symbol(number):
        found.append(("UN symbol", symbol))
    return found


def find_same(
    sources: Iterable[Source], url: str, doi: str = "", number: str = ""
) -> tuple[Source, str] | None:
    """The source that is the same document, and by what it was known; nothing where there is none."""
    wanted = set(keys(url, doi, number))
    for source in sources:
        for name, key in keys(source.URL, source.DOI or "", source.number or ""):
            if (name, key) in wanted:
                return source, name
    return None
