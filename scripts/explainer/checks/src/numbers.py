"""SRC: DOI, ISBN, ISSN, UN symbols and pages."""

import re
from collections.abc import Iterator

from explainer.addresses import address_symbol, doi_of_address, normal_doi, un_symbol
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.src.place import at, sources

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_UN_SYMBOL = re.compile(
    r"(?:[A-Z]{1,5})(?:/[A-Z0-9][A-Z0-9.\-]*(?:\([A-Z0-9.-]+\))?)+(?:/[A-Z0-9.-]+)*(?: ?\([A-Z0-9]+\))?(?:, .+)?"
)
_UN_LIKE = re.compile(r"(?:S|A|E|SC|GA|ST|T|CCPR|CERD)(?:[ /.-]?(?:RES|PV|SHC|DIS|SPD|C\.|HRC|INF|\d))", re.I)


@rule(
    "SRC013",
    "malformed-doi",
    ERROR,
    "a DOI that is none, or not that of the address",
    """A DOI begins with 10., four to nine digits and a slash. It is written without https://doi.org/. An address at
    doi.org names the same one.""",
)
def malformed_doi(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.DOI and not re.fullmatch(r"10\.\d{4,9}/\S+", source.DOI):
            bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", source.DOI, flags=re.I)
            hint = f"write {bare}" if re.fullmatch(r"10\.\d{4,9}/\S+", bare) else "the form is 10.1234/abc"
            yield at(project, source, ("DOI",), f"“{source.DOI}” is not a DOI", hint)
        elif source.DOI and (other := doi_of_address(source.URL)) and normal_doi(source.DOI) != other:
            yield at(
                project,
                source,
                ("DOI",),
                f"the DOI {source.DOI} differs from that in the address ({other})",
                "open the document, and correct one of the two",
            )


def isbn_is_valid(text: str) -> bool:
    """Whether the last digit of an ISBN-10 or ISBN-13 fits the others."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return (
            sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
            % 11
            == 0
        )
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits)) % 10 == 0
    return False


def issn_is_valid(text: str) -> bool:
    """Whether the last digit of an ISSN fits the others."""
    if not re.fullmatch(r"\d{4}-?\d{3}[\dXx]", text.strip()):
        return False
    digits = text.strip().replace("-", "").upper()
    return (
        sum((8 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)) % 11
        == 0
    )


@rule(
    "SRC014",
    "malformed-isbn",
    ERROR,
    "an ISBN whose digits do not fit",
    """The last digit of an ISBN follows from the others, so a slip shows.""",
)
def malformed_isbn(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.ISBN and not isbn_is_valid(source.ISBN):
            yield at(
                project, source, ("ISBN",), f"“{source.ISBN}” is not an ISBN", "copy it from the book again"
            )


@rule(
    "SRC015",
    "malformed-issn",
    ERROR,
    "an ISSN whose digits do not fit",
    """The last digit of an ISSN follows from the others, so a slip shows.""",
)
def malformed_issn(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.ISSN and not issn_is_valid(source.ISSN):
            yield at(project, source, ("ISSN",), f"“{source.ISSN}” is not an ISSN", "the form is 1234-5679")


@rule(
    "SRC016",
    "un-symbol",
    ERROR,
    "a UN document symbol that is malformed or at odds with the address",
    """Symbols are written with slashes: S/RES/2397 (2017), A/RES/79/181, S/2024/215, S/PV.9591, SC/15648. Where the
    address names one (press.un.org/…/sc15648.doc.htm, docs.un.org/S/RES/2397(2017)), it has to be the same.""",
)
def symbol_of_un_document(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        number = (source.number or "").strip()
        united = "United Nations" in source.published_by or ".un.org" in source.URL
        if united and _UN_LIKE.match(number) and not _UN_SYMBOL.fullmatch(number):
            yield at(
                project,
                source,
                ("number",),
                f"“{number}” is not the symbol of a UN document",
                "write it with slashes: S/RES/2397 (2017)",
            )
            continue
        address, symbol = address_symbol(source.URL), un_symbol(number)
        if address and symbol and _last_part(address) != _last_part(symbol):
            yield at(
                project,
                source,
                ("number",),
                f"the symbol {number} differs from that in the address ({address})",
                "open the document, and correct one of the two",
            )


def _last_part(symbol: str) -> str:
    """The number that tells symbols of one series apart: press.un.org writes GA/SHC/4122 as gashc4122."""
    return symbol.rpartition("/")[2].partition("(")[0]


@rule(
    "SRC024",
    "reversed-pages",
    ERROR,
    "a range of pages that ends before it begins",
    """38–12 is a slip. 1123–45 is read as 1123–1145.""",
)
def reversed_pages(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        for first, last in re.findall(r"(\d+)\s*[-–—]+\s*(\d+)", source.page or ""):
            full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
            if int(full) < int(first):
                yield at(
                    project,
                    source,
                    ("page",),
                    f"the pages {source.page} end before they begin",
                    "correct them",
                )
                break
