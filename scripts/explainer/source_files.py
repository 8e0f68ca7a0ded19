"""The files docs/data/sources/*.yml as text: a new record is put in its place, and no other byte changes. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from explainer.records import Kind, Source
from explainer.yaml_reader import parse_yaml

WIDTH = 110
HEAD = "# yaml-language-server: $schema=../schema/sources.json\n# Documents used for {name}, by id.\n"

_YEAR = re.compile(r"-(?:\d{4}|nd)-")
_SMALL_WORDS = re.compile(
    r"(?:.|about|after|an|and|are|as|at|be|but|by|can|did|do|does|for|from|had|has|have|he|her|his|how|if|"
    r"in|into|is|it|its|more|new|no|not|of|off|on|or|our|out|over|say|says|she|so|than|that|the|"
    r"their|they|this|to|under|up|us|was|we|were|what|when|where|which|who|why|will|with|you|north|"
    r"korea|koreas|korean|koreans|dprk)"
)


class _Dumper(yaml.SafeDumper):
    """As the files are written by hand: lists indented, dates and years without quotation marks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":int", ":float"))]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


class _Folded(str):
    """A text that is broken into lines."""


_Dumper.add_representer(
    _Folded, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=">")
)


def to_yaml(item: Mapping[str, Any]) -> str:
    """One record as an item of a list, in the order of the fields of ``Source``."""
    order = [field.alias or name for name, field in Source.model_fields.items()]
    ordered = {key: item[key] for key in [*order, *item] if key in item}
    text = yaml.dump(
        _folded(ordered), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH - 2, indent=2
    )
    lines = text.rstrip("\n").split("\n")
    return "\n".join(f"{'  ' if index else '- '}{line}".rstrip() for index, line in enumerate(lines)) + "\n"


def _folded(value: Any, key: str = "", depth: int = 1) -> Any:
    match value:
        case dict():
            return {name: _folded(part, name, depth + 1) for name, part in value.items()}
        case list():
            return [_folded(part, key, depth + 1) for part in value]
        case str() if 2 * depth + len(key) + 2 + len(value) > WIDTH:
            return _Folded(value)
        case _:
            return value


def insert_record(text: str, item: Mapping[str, Any], shown: str) -> str:
    """The text of a file with one more record, before the first whose id comes later.

    Raises ``ProblemsError`` where the text is not YAML, ``ValueError`` where the outcome would not be the same list
    with one record more.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    block = to_yaml(item).replace("\n", line_end)
    document = parse_yaml(text, shown)
    records = document.data or []
    lines = text.splitlines(keepends=True)
    later = [index for index, record in enumerate(records) if record.get("id", "") > item["id"]]
    if later:
        at = document.place((later[0],))[0] - 1
        while at and lines[at - 1].startswith("#") and records and at > _first_line(document, 0):
            at -= 1  # a comment right above a record is its own
        position = later[0]
        before, after = "".join(lines[:at]), "".join(lines[at:])
        new = f"{before}{block}{line_end}{after}"
    else:
        position = len(records)
        gap = "" if text.endswith(("\n\n", "\r\n\r\n")) or not text else line_end
        ended = text if text.endswith("\n") or not text else text + line_end
        new = f"{ended}{gap}{block}"
    expected = [*records[:position], item, *records[position:]]
    if parse_yaml(new, shown).data != expected:
        raise ValueError(
            f"{shown}: the record of {item['id']} cannot be written so that it is read as it was meant"
        )
    return new


def _first_line(document: Any, index: int) -> int:
    return int(document.place((index,))[0])


def slug(text: str) -> str:
    """Small Latin letters and figures with hyphens; empty where there are none in the text."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[’'`]", "", text))
    ascii_ = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")


def title_words(title: str, most: int = 3) -> list[str]:
    """The first telling words of a title."""
    words = [word for word in slug(title).split("-") if word and not _SMALL_WORDS.fullmatch(word)]
    return words[:most]


def propose_id(item: Mapping[str, Any], sources: Iterable[Source]) -> str:
    """``publisher-year-slug``, with the short name that the registry uses for the publisher; empty where a part of it
    cannot be told.
    """
    known = list(sources)
    publisher, words = _publisher_slug(item, known), title_words(str(item.get("title", "")))
    if not publisher or not words:
        return ""
    year = str(item.get("issued") or "nd")[:4]
    taken = {source.id for source in known}
    longer = title_words(str(item.get("title", "")), 8)
    for count in range(len(words), len(longer) + 1):
        if (proposal := "-".join([publisher, year, *longer[:count]])) not in taken:
            return proposal
    number = 2
    while (proposal := "-".join([publisher, year, *words, str(number)])) in taken:
        number += 1
    return proposal


def _publisher_slug(item: Mapping[str, Any], sources: list[Source]) -> str:
    names = [name.get("literal", "") for name in item.get("author", [])]
    published_by = str(item.get("publisher") or item.get("container-title") or "")
    if item.get("custom", {}).get("kind") == Kind.WIRE and names and names[0]:
        same = [s for s in sources if s.author and s.author[0].literal == names[0]]
        name = names[0]
    else:
        same = [source for source in sources if source.published_by.casefold() == published_by.casefold()]
        name = published_by
    prefixes = Counter(_YEAR.split(f"{source.id}-", maxsplit=1)[0] for source in same)
    if prefixes:
        return sorted(prefixes, key=lambda prefix: (-prefixes[prefix], prefix))[0]
    return re.sub(r"^the-", "", slug(name))


def propose_file(item: Mapping[str, Any], names: Mapping[str, Iterable[str]]) -> str:
    """The file of the one country that title and ``shows`` name, else “general”; ``names`` are those of each file."""
    text = f"{item.get('title', '')} {item.get('custom', {}).get('shows', '')}".casefold()
    named = [
        file
        for file, words in names.items()
        if any(re.search(rf"(?<!\w){re.escape(word.casefold())}", text) for word in words if word)
    ]
    return named[0] if len(named) == 1 else "general"
