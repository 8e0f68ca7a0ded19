"""Reads BibTeX, RIS and CSL-JSON (as Zotero and its like write them) into the fields of a ``Source``. Pure.

What such a file cannot know is left out: what a document is evidence of, what it shows, and, unless the file has a
day of access, when somebody read it for this site.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, get_args

import rispy  # type: ignore[import-untyped]
from babel import Locale
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from explainer.dates import PartialDate
from explainer.records import Source, SourceType

Item: TypeAlias = dict[str, Any]

FORMATS = ("bibtex", "ris", "csl-json")

_FIELDS = {field.alias or name for name, field in Source.model_fields.items()} - {"id", "custom"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "dataset": "dataset",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "legislation": "legislation",
    "manual": "book",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "proceedings": "collection",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
_RIS_TYPES = {
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "EJOUR": "article-journal",
    "ENCYC": "entry-encyclopedia",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "JFULL": "article-journal",
    "JOUR": "article-journal",
    "LEGAL": "legislation",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MULTI": "broadcast",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "manuscript",
}


class ImportProblem(Exception):
    """A file that cannot be read as what it is said to be; the message says why."""


def read_items(text: str, format_: str = "") -> list[Item]:
    """The records of a file. Raises ``ImportProblem``."""
    if not text.strip():
        raise ImportProblem("the file is empty")
    readers: dict[str, Callable[[str], list[Item]]] = {
        "bibtex": from_bibtex,
        "ris": from_ris,
        "csl-json": from_csl_json,
    }
    items = readers[format_ or guess_format(text)](text)
    if not items:
        raise ImportProblem("the file holds no record")
    return items


def guess_format(text: str) -> str:
    """The format of a file, from how it begins. Raises ``ImportProblem``."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(("[", "{")):
        return "csl-json"
    if re.search(r"^TY  ?-", start, re.M):
        return "ris"
    if re.search(r"^\s*@\w+\s*[{(]", start, re.M):
        return "bibtex"
    raise ImportProblem(
        "neither BibTeX nor RIS nor CSL-JSON: export one of these from your reference manager"
    )


def from_csl_json(text: str) -> list[Item]:
    """Read CSL-JSON: a list of items, or one item."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ImportProblem(f"not JSON: {error}") from error
    if isinstance(data, dict):
        data = data.get("items", [data])
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise ImportProblem("not CSL-JSON: it holds no list of items")
    items = []
    for raw in data:
        item: Item = {key: _text(value) for key, value in raw.items() if key in _FIELDS and _text(value)}
        for role in ("author", "editor"):
            given = raw.get(role)
            names = (
                [_csl_name(name) for name in given if isinstance(name, dict)]
                if isinstance(given, list)
                else []
            )
            item[role] = [name for name in names if name]
        for key in ("issued", "accessed"):
            item[key] = _csl_date(raw.get(key))
        items.append(_finished(item))
    return items


def from_bibtex(text: str) -> list[Item]:
    """Read BibTeX and biblatex."""
    library = parse_string(text)
    if library.failed_blocks:
        block = library.failed_blocks[0]
        raise ImportProblem(f"not BibTeX: line {(block.start_line or 0) + 1}: {block.error}")
    return [
        _finished(
            _bibtex_item(
                entry.entry_type.lower(), {field.key.lower(): str(field.value) for field in entry.fields}
            )
        )
        for entry in library.entries
    ]


def from_ris(text: str) -> list[Item]:
    """Read RIS."""
    try:
        records = rispy.loads(text.lstrip("\ufeff"), skip_unknown_tags=True)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ImportProblem(f"not RIS: {error}") from error
    return [_finished(_ris_item(record)) for record in records]


def _finished(item: Item) -> Item:
    """Only what is known, of a form that a ``Source`` takes."""
    if not item.get("URL") and item.get("DOI"):
        item["URL"] = f"https://doi.org/{item['DOI']}"
    if item.get("DOI"):
        item["DOI"] = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", item["DOI"], flags=re.I)
    if item.get("type") not in get_args(SourceType):
        item["type"] = "webpage"
    if item.get("language"):
        item["language"] = language_tag(item["language"])
    return {key: value for key, value in item.items() if value}


def language_tag(words: str) -> str:
    """The BCP 47 tag of a language given as a tag or by its English name; empty where it is neither."""
    words = words.strip().replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", words):
        first, *rest = words.split("-")
        return "-".join([first.lower(), *rest])
    names = {name.casefold(): tag for tag, name in Locale("en").languages.items()}
    return str(names.get(words.casefold(), "")).replace("_", "-")


def _text(value: Any) -> str:
    """A value that is text or a number, in one line; nothing for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(re.sub(r"</?(?:i|b|sub|sup|span)\b[^>]*>", "", str(value)).split())


def _csl_name(name: Mapping[str, Any]) -> dict[str, str]:
    parts = {key: _text(name.get(key)) for key in ("family", "given", "literal")}
    if particle := _text(name.get("non-dropping-particle")):
        parts["family"] = f"{particle} {parts['family']}"
    return {key: value for key, value in parts.items() if value}


def _csl_date(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return _date(*[_text(part) for part in parts[0]])
    return date_of(_text(value.get("raw") or value.get("literal")))


def _date(year: str = "", month: str = "", day: str = "", *_: str) -> str:
    """``YYYY-MM-DD`` as far as it is known; nothing where it is no date."""
    found = re.sub(r"\D", "", year)
    number = str(_MONTHS.index(month[:3].lower()) + 1) if month[:3].lower() in _MONTHS else month
    for parts in ((found, number, day), (found, number), (found,)):
        text = "-".join(part.zfill(4 if index == 0 else 2) for index, part in enumerate(parts))
        if all(part.isdigit() and int(part) for part in parts):
            try:
                return str(PartialDate.parse(text))
            except ValueError:
                continue
    return ""


def date_of(text: str) -> str:
    """The date that a text begins with: ``2024-11-06``, ``2024/11/06/``, ``6 Nov 2024``; nothing where there is none."""
    if match := re.match(r"(\d{4})(?:[-/.](\d{1,2})?(?:[-/.](\d{1,2})?)?)?", text.strip()):
        return _date(*(part or "" for part in match.groups()))
    if match := re.fullmatch(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,})\.? (?:(\d{1,2}), )?(\d{4})", text.strip()):
        return _date(match[4], match[2], match[1] or match[3] or "")
    return ""


# -- BibTeX --------------------------------------------------------------------------------------------------------


def _bibtex_item(type_: str, fields: Mapping[str, str]) -> Item:
    def get(*names: str) -> str:
        return next((_latex(fields[name]) for name in names if fields.get(name, "").strip()), "")

    def verbatim(*names: str) -> str:
        raw = next((fields[name] for name in names if fields.get(name, "").strip()), "")
        raw = re.sub(r"^\\url\{(.*)\}$", r"\1", raw.strip())
        return re.sub(r"\\([&%$#_{}~])", r"\1", raw)

    csl = _BIBTEX_TYPES.get(type_, "webpage")
    if type_ == "article" and fields.get("entrysubtype", "").lower() in ("newspaper", "magazine"):
        csl = f"article-{fields['entrysubtype'].lower()}"
    container = get("journaltitle", "journal", "booktitle") or (
        get("howpublished") if csl == "webpage" else ""
    )
    return {
        "type": csl,
        "title": ": ".join(part for part in (get("title"), get("subtitle")) if part),
        "title-short": get("shorttitle"),
        "author": _bibtex_names(fields.get("author", "")),
        "editor": _bibtex_names(fields.get("editor", "")),
        "publisher": get("publisher", "institution", "school", "organization"),
        "publisher-place": get("location", "address"),
        "container-title": "" if container.startswith("http") else container,
        "collection-title": get("series"),
        "issued": date_of(get("date")) or _date(get("year"), get("month"), get("day")),
        "accessed": date_of(get("urldate")),
        "URL": verbatim("url") or (container if container.startswith("http") else ""),
        "language": get("langid", "language"),
        "number": get("number") if csl not in ("article-journal", "article-magazine") else "",
        "issue": get("number", "issue") if csl in ("article-journal", "article-magazine") else get("issue"),
        "DOI": verbatim("doi"),
        "ISBN": get("isbn"),
        "ISSN": get("issn"),
        "volume": get("volume"),
        "page": re.sub(r"-{2,}|–", "-", get("pages")),
        "genre": get("type"),
        "edition": get("edition"),
    }


def _latex(text: str) -> str:
    # A brace by its name is written so by this site, and unknown to the parser.
    text = text.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return " ".join(str(LatexNodes2Text(keep_comments=True).latex_to_text(text)).split())


def _bibtex_names(text: str) -> list[dict[str, str]]:
    names: list[dict[str, str]] = []
    for name in split_multiple_persons_names(" ".join(text.split())) if text.strip() else []:
        if name.startswith("{") and name.endswith("}"):
            names.append({"literal": _latex(name)})
            continue
        try:
            parts = parse_single_name_into_parts(name, strict=False)
        except ValueError:
            names.append({"literal": _latex(name)})
            continue
        family = _latex(" ".join([*parts.von, *parts.last]))
        given = _latex(" ".join([*parts.first, *parts.jr]))
        names.append({"family": family, "given": given} if given else {"family": family})
    return [name for name in names if any(name.values()) and name.get("family") != "others"]


# -- RIS -----------------------------------------------------------------------------------------------------------


def _ris_item(record: Mapping[str, Any]) -> Item:
    def get(*names: str) -> str:
        return next((_text(record[name]) for name in names if _text(record.get(name))), "")

    def names(*keys: str) -> list[dict[str, str]]:
        return [_ris_name(name) for key in keys for name in _strings(record.get(key))]

    csl = _RIS_TYPES.get(get("type_of_reference"), "webpage")
    pages = [part for part in (get("start_page"), get("end_page")) if part]
    number = get("issn")
    return {
        "type": csl,
        "title": get("title", "primary_title"),
        "title-short": get("short_title"),
        "author": names("authors", "first_authors"),
        "editor": names("secondary_authors"),
        "publisher": get("publisher"),
        "publisher-place": get("place_published"),
        "container-title": get("secondary_title", "journal_name", "alternate_title3", "alternate_title2"),
        "collection-title": get("tertiary_title"),
        "issued": date_of(get("date")) or date_of(get("year", "publication_year")),
        "accessed": date_of(get("access_date")),
        "URL": next(iter(_strings(record.get("urls"))), ""),
        "language": get("language"),
        "number": get("note"),  # tag M1, which rispy calls so
        "issue": get("number"),
        "DOI": get("doi"),
        "ISBN": number if csl in ("book", "chapter", "report", "thesis") else "",
        "ISSN": number if csl.startswith("article") else "",
        "volume": get("volume"),
        "page": "-".join(pages),
        "genre": get("type_of_work"),
        "edition": get("edition"),
        "section": get("section"),
    }


def _strings(value: Any) -> Iterable[str]:
    return [_text(part) for part in value if _text(part)] if isinstance(value, list) else []


def _ris_name(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    # Without a comma it is one name: of an organisation, or of a person who has no other.
    return {"family": family, "given": given} if comma and given else {"literal": family}
