"""What the fields of a record are, in words: read from its JSON Schema, so that schema and page cannot differ. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from explainer.date_fields import PartialDateField, PeriodField
from explainer.records import Record, Slug, Url

Schema: TypeAlias = dict[str, Any]

_LISTED = 12
"""Values of a list that are printed; a longer list is counted."""


@dataclass(frozen=True)
class FieldWords:
    """One field: its name, what it holds, whether it has to be there, and what it says."""

    name: str
    holds: str
    part: str
    """The name of the record in it, where it holds one or a list of them."""
    required: bool
    description: str


@dataclass(frozen=True)
class RecordWords:
    """A record with its fields."""

    name: str
    description: str
    fields: tuple[FieldWords, ...]


@lru_cache(maxsize=64)
def describe(record: type[Record]) -> tuple[RecordWords, ...]:
    """The record, and after it every record in it, each once; ids come first and sources last."""
    schema = record.model_json_schema(by_alias=True)
    parts = schema.get("$defs", {})
    records = [schema] + [part for part in parts.values() if "properties" in part]
    return tuple(
        RecordWords(
            found["title"],
            " ".join(found.get("description", "").split()),
            tuple(
                _field(name, found["properties"][name], name in found.get("required", []), parts)
                for name in sorted(found["properties"], key=lambda name: (name == "sources") - (name == "id"))
            ),
        )
        for found in records
    )


def _field(name: str, schema: Schema, required: bool, parts: dict[str, Schema]) -> FieldWords:
    holds, part = _holds(schema, parts)
    return FieldWords(name, holds, part, required, schema.get("description", ""))


def _holds(schema: Schema, parts: dict[str, Schema], plural: bool = False) -> tuple[str, str]:
    """What a value is, in words, and the name of the record in it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if "properties" in parts[name]:
            return "", name
        return _holds(parts[name], parts, plural)
    if "anyOf" in schema:
        kinds = [_holds(kind, parts, plural) for kind in schema["anyOf"] if kind.get("type") != "null"]
        return " or ".join(dict.fromkeys(words for words, _ in kinds)), next(
            (part for _, part in kinds if part), ""
        )
    if "enum" in schema:
        values = schema["enum"]
        return (
            "one of " + ", ".join(values) if len(values) <= _LISTED else f"one of {len(values)} words"
        ), ""
    if "const" in schema:
        return str(schema["const"]), ""
    match schema.get("type"):
        case "array":
            words, part = _holds(schema["items"], parts, plural=True)
            return f"list of {words}".strip(), part
        case "object":
            words, part = (
                _holds(extra, parts)
                if isinstance(extra := schema.get("additionalProperties"), dict)
                else ("values", "")
            )
            return f"names, each with {words}", part
        case "string":
            return _text(schema, plural), ""
        case other:
            return str(other or "any value"), ""


def _text(schema: Schema, plural: bool) -> str:
    singular, more = "text", "texts"
    if schema.get("format") == "date":
        singular, more = "day, YYYY-MM-DD", "days, YYYY-MM-DD"
    elif pattern := schema.get("pattern"):
        singular, more = _known_forms().get(pattern, ("text", "texts"))
    longest = schema.get("maxLength")
    return (more if plural else singular) + (f" of at most {longest} characters" if longest else "")


@lru_cache(maxsize=1)
def _known_forms() -> dict[str, tuple[str, str]]:
    """Words for the patterns of fields that occur everywhere."""
    words = {
        Slug: ("id", "ids"),
        Url: ("address", "addresses"),
        PartialDateField: ("date, as far as known", "dates, as far as known"),
        PeriodField: ("date or period, as far as known", "dates or periods, as far as known"),
    }
    return {TypeAdapter(kind).json_schema()["pattern"]: names for kind, names in words.items()}
