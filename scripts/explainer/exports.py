"""Sources in the formats of reference managers: CSL-JSON, BibTeX and RIS. Pure.

BibTeX is written for BibTeX and biblatex alike: the day stands in ``day``, which both read and old styles ignore.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explainer.dates import PartialDate
from explainer.records import Name, Source
from explainer.references import csl_json

_BIBTEX_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "classic": "book",
    "chapter": "incollection",
    "collection": "proceedings",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
"""Every other type of CSL is ``misc``: BibTeX has no word for it."""

_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
"""What tells the articles of newspapers from those of journals, in biblatex."""

_RIS_TYPES = {
    "article": "JOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "MULTI",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry": "ENCYC",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "SER",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "LEGAL",
    "webpage": "ELEC",
}
"""Every other type of CSL is ``GEN``."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# BibTeX counts braces even behind a backslash, so that a brace of the text is written as a command.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "|": "%7C", "^": "%5E"})


def to_csl_json(sources: Iterable[Source]) -> str:
    """The sources as a CSL-JSON file."""
    return _csl_file([_csl_item(source) for source in sources])


def _csl_item(source: Source) -> str:
    text = json.dumps(csl_json(source), ensure_ascii=False, indent=1)
    return " " + text.replace("\n", "\n ")  # as it stands in a list; JSON has no line ends inside a text


def _csl_file(items: Iterable[str]) -> str:
    text = ",\n".join(items)
    return f"[\n{text}\n]\n" if text else "[]\n"


def to_bibtex(sources: Iterable[Source]) -> str:
    """The sources as a BibTeX file in UTF-8."""
    return "\n".join(_bibtex_entry(source) for source in sources)


def to_ris(sources: Iterable[Source]) -> str:
    """The sources as a RIS file; its lines end with a carriage return and a line feed, as the format says."""
    return "\r\n".join(_ris_record(source) for source in sources)


def _ris_record(source: Source) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(source))


def latex(text: str) -> str:
    """Text as LaTeX reads it: its special characters escaped, white space made one."""
    return " ".join(text.split()).translate(_LATEX)


def _bibtex_entry(source: Source) -> str:
    type_ = _BIBTEX_TYPES.get(source.type, "misc")
    fields = {
        "title": f"{{{latex(source.title)}}}",  # a second pair of braces: no style may change its capitals
        "author": _bibtex_names(source.author),
        "editor": _bibtex_names(source.editor),
        "entrysubtype": _SUBTYPES.get(source.type, ""),
        **_bibtex_places(source, type_),
        **_bibtex_date(source.issued),
        "volume": latex(source.volume or ""),
        "number": latex(source.issue or source.number or ""),
        "pages": latex(source.page or "").replace("–", "--"),
        "edition": latex(source.edition or ""),
        "type": latex(source.genre or ""),
        "doi": (source.DOI or "").translate(_ADDRESS),
        "isbn": source.ISBN or "",
        "issn": source.ISSN or "",
        "url": source.URL.translate(_ADDRESS),
        "urldate": source.accessed.isoformat(),
        "archiveurl": (source.archive or "").translate(_ADDRESS),
        "language": source.language,
        "keywords": source.kind.value,
        "note": latex(source.custom.shows),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@{type_}{{{source.id},\n{''.join(lines)}}}\n"


def _bibtex_places(source: Source, type_: str) -> dict[str, str]:
    """Where it appeared: BibTeX calls that by another name in each type."""
    container = latex(source.container_title or "")
    publisher = latex(source.publisher or "")
    places = {"address": latex(source.publisher_place or ""), "series": latex(source.collection_title or "")}
    match type_:
        case "article":
            return {"journal": container or publisher, "publisher": publisher if container else ""} | places
        case "incollection" | "inproceedings":
            return {"booktitle": container, "publisher": publisher} | places
        case "techreport":
            return {"institution": publisher or container} | places
        case "phdthesis":
            return {"school": publisher or container} | places
        case "misc":
            return {
                "howpublished": container or publisher,
                "publisher": publisher if container else "",
            } | places
        case _:
            return {"publisher": publisher or container} | places


def _bibtex_names(names: list[Name]) -> str:
    """People as “family, given”; an organisation in braces, so that it is not taken apart."""
    return " and ".join(
        f"{{{latex(name.literal)}}}"
        if name.literal
        else ", ".join(
            # a name that contains the word “and” would be read as two
            f"{{{latex(part)}}}" if " and " in part or "," in part else latex(part)
            for part in (name.family, name.given)
            if part
        )
        for name in names
    )


def _bibtex_date(issued: PartialDate | None) -> dict[str, str]:
    if issued is None:
        return {}
    return {
        "year": f"{issued.year:04}",
        "month": _MONTHS[issued.month - 1] if issued.month else "",
        "day": str(issued.day) if issued.day else "",
    }


def _ris_lines(source: Source) -> list[tuple[str, str]]:
    first, _, last = (source.page or "").replace("–", "-").partition("-")
    lines = [
        ("TY", _RIS_TYPES.get(source.type, "GEN")),
        ("ID", source.id),
        ("TI", source.title),
        ("ST", source.title_short or ""),
        *(("AU", _ris_name(name)) for name in source.author),
        *(("A2", _ris_name(name)) for name in source.editor),
        ("T2", source.container_title or ""),
        ("T3", source.collection_title or ""),
        ("PB", source.publisher or ""),
        ("CY", source.publisher_place or ""),
        ("PY", f"{source.issued.year:04}" if source.issued else ""),
        ("DA", _ris_date(source.issued) if source.issued else ""),
        ("VL", source.volume or ""),
        ("IS", source.issue or ""),
        ("M1", source.number or ""),
        ("M3", source.genre or ""),
        ("SP", first),
        ("EP", last),
        ("ET", source.edition or ""),
        ("SE", source.section or ""),
        ("SN", source.ISBN or source.ISSN or ""),
        ("DO", source.DOI or ""),
        ("LA", source.language),
        ("UR", source.URL.replace(";", "%3B")),  # readers take a semicolon for the end of the address
        ("Y2", _ris_date(PartialDate(source.accessed.year, source.accessed.month, source.accessed.day))),
        ("KW", source.kind.value),
        ("N1", source.custom.shows),
        ("N1", f"Archived copy: {source.archive}" if source.archive else ""),
        ("ER", ""),
    ]
    # One line each: a line end inside a value would begin a new field.
    return [(tag, re.sub(r"\s+", " ", value).strip()) for tag, value in lines if value.strip() or tag == "ER"]


def _ris_name(name: Name) -> str:
    return name.literal or ", ".join(part for part in (name.family, name.given) if part)


def _ris_date(date: PartialDate) -> str:
    """``YYYY/MM/DD/``, with what is not known left empty."""
    return (
        f"{date.year:04}/{f'{date.month:02}' if date.month else ''}/{f'{date.day:02}' if date.day else ''}/"
    )


@dataclass(frozen=True)
class Format:
    """A format of references: the ending of its files, how one document is written in it, and how a list of them."""

    ending: str
    one: Callable[[Source], str]
    file: Callable[[Iterable[str]], str]


FORMATS = (
    Format("json", _csl_item, _csl_file),
    Format("bib", _bibtex_entry, "\n".join),
    Format("ris", _ris_record, "\r\n".join),
)
"""For who writes many lists of the same documents: each is written once."""
