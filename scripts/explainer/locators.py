"""The grammar of locators, the place in a document that a citation names: “art. 4”, “pp. 12–15”, “annex II, para. 3”. Pure.

Labels are those of CSL 1.0.2 (appendix IV) in their English forms, and what treaties and UN documents use besides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.problems import did_you_mean

_LABELS = {
    "article": "art arts article articles",
    "paragraph": "para paras par pars paragraph paragraphs ¶ ¶¶ op.para op.paras opara",
    "section": "sec secs section sections § §§",
    "page": "p pp page pages",
    "chapter": "ch chs chap chaps chapter chapters",
    "number": "no nos number numbers",
    "part": "pt pts part parts",
    "volume": "vol vols volume volumes",
    "book": "bk bks book books",
    "note": "n nn fn note notes footnote footnotes endnote endnotes",
    "column": "col cols column columns",
    "line": "l ll line lines",
    "row": "row rows",
    "figure": "fig figs figure figures",
    "table": "tab tabs table tables",
    "map": "map maps",
    "box": "box boxes",
    "chart": "chart charts",
    "clause": "cl cls clause clauses",
    "item": "item items",
    "point": "pt. point points",
    "principle": "principle principles",
    "rule": "r rr rule rules",
    "recital": "recital recitals",
    "schedule": "sched schedule schedules",
    "protocol": "protocol protocols",
    "annex": "annex annexes annexe app apps appendix appendices",
    "title": "tit title titles",
    "folio": "fol fols folio folios",
    "slide": "slide slides",
    "verse": "v vv verse verses",
    "question": "q question questions",
    "entry": "entry entries s.v sv",
    "minute": "min mins minute minutes",
    "time": "at time",
    "issue": "iss issue issues",
    "sheet": "sheet sheets",
    "day": "day days",
    "meeting": "meeting meetings",
}
_NAME_OF = {spelling: name for name, forms in _LABELS.items() for spelling in forms.split()}
_NAMED = {
    "preamble", "abstract", "summary", "executive summary", "introduction", "conclusion", "conclusions", "headline", "title",
    "caption", "cover", "foreword", "preface", "annex", "appendix", "postscript", "signatures", "contents", "chapeau",
    "epilogue", "prologue", "closing words", "footer", "sidebar", "passim", "lead", "preambular part", "operative part",
}  # fmt: skip
_VALUE = r"(?:\d+(?:\.\d+)*|[IVXLCDM]+|[ivxlcdm]+|[A-Z])(?:[a-z]\b)?(?:[ ]?\([0-9a-zA-Z]{1,4}\))*(?:[ ](?:bis|ter|quater))?(?:-[A-Z][A-Z0-9]*\b)?"
_RANGE = re.compile(
    rf"(?P<first>{_VALUE})(?:\s*(?:[-–—]|to)\s*(?P<last>{_VALUE}))?(?:\s*(?:ff?\.?|et seq\.?))?", re.S
)
_TIME = re.compile(r"\d{1,2}(?::\d\d){1,2}(?:\s*[-–]\s*\d{1,2}(?::\d\d){1,2})?")
_LABELLED = re.compile(r"(?P<label>[¶§]{1,2}|s\.v\.?|op\.? ?paras?\.?|[A-Za-z]+\.?)(?:\s*)(?P<rest>.*)", re.S)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True)
class Place:
    """One place or range: what is counted (``article``, ``page``, …) and from where to where; ``None`` where no number."""

    label: str
    first: int | None
    last: int | None
    text: str


class LocatorError(ValueError):
    """A locator that says no place; ``hint`` tells what would."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse_locator(text: str) -> list[Place]:
    """The places in a locator. Raises ``LocatorError`` for one that cannot be read."""
    places: list[Place] = []
    label = ""
    for chunk in re.split(r"\s*,\s*|\s+(?:and|&)\s+", text.strip()):
        if not chunk:
            raise LocatorError("a comma has nothing behind or before it", "write “art. 4, para. 2”")
        found = list(_chunk(chunk, label))
        label = found[-1].label
        places += found
    return places


def _chunk(chunk: str, label: str) -> Iterator[Place]:
    if chunk.lower() in _NAMED:
        yield Place(chunk.lower(), None, None, chunk)
        return
    if _TIME.fullmatch(chunk):
        yield Place("time", None, None, chunk)
        return
    if label and (value := _RANGE.fullmatch(chunk)):
        yield _place(label, value, chunk)
        return
    if _RANGE.fullmatch(chunk) and re.search(r"\d", chunk):
        raise LocatorError(
            f"“{chunk}” does not say what it counts", f"write p. {chunk}, art. {chunk} or para. {chunk}"
        )
    match = _LABELLED.match(chunk)
    spelling = re.sub(r"[\s.]+$", "", match["label"]).lower().replace(" ", "") if match else ""
    name = _NAME_OF.get(spelling) or _NAME_OF.get(spelling.replace("op.", "").replace("op", ""), "")
    if not match or not name:
        words = [*_LABELS, *sorted(_NAMED), "art", "arts", "para", "paras", "sec", "chap", "vol", "pp"]
        near = did_you_mean(spelling, words) if spelling else ""
        raise LocatorError(
            f"“{chunk}” is no place in a document", near or "write for example art. 4, p. 12 or para. 3"
        )
    rest = match["rest"].strip()
    if not rest:
        raise LocatorError(f"nothing follows “{chunk}”", f"write {chunk} 4")
    if value := _RANGE.fullmatch(rest):
        yield _place(name, value, chunk)
        return
    if _TIME.fullmatch(rest) or re.fullmatch(r"[“\"‘'].+[”\"’']", rest):
        yield Place(name, None, None, chunk)
        return
    inner = re.match(rf"{_VALUE}\s+(?=[a-z¶§]+\.?\s*\S)", rest)  # art. 4 para. 2
    if inner and (value := _RANGE.fullmatch(inner.group().strip())):
        yield _place(name, value, chunk[: len(chunk) - len(rest)] + value.group())
        yield from _chunk(rest[inner.end() :], name)
        return
    raise LocatorError(f"“{rest}” is no number behind “{match['label']}”", f"write {match['label']} 4")


def _place(label: str, value: re.Match[str], text: str) -> Place:
    first = number(value["first"])
    last = number(value["last"]) if value["last"] else first
    if first is not None and last is not None and last < first and value["last"].isdigit():
        short, whole = value["last"], str(first)
        if len(short) < len(whole):  # 1123–45 is 1123–1145
            last = int(whole[: len(whole) - len(short)] + short)
    return Place(label, first, last, text)


def number(text: str) -> int | None:
    """The number that a value begins with, Arabic or Roman; nothing for a letter."""
    if match := re.match(r"\d+", text):
        return int(match.group())
    roman = re.match(r"[IVXLCDM]+\b", text.upper())
    if not roman or (len(roman.group()) == 1 and roman.group() in "CDLM"):
        return None
    total = 0
    values = [_ROMAN[char] for char in roman.group()]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total
