"""Loads docs/data into typed records. What does not fit its schema is reported with file, line and field."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from explainer.fact_store import Facts, Origin
from explainer.figures import around, plain_text, unknown_figure
from explainer.problems import Problem, ProblemsError, did_you_mean, read_text, relative_to
from explainer.records import (
    Change,
    Claim,
    Country,
    Event,
    Figure,
    Record,
    Series,
    Source,
    Term,
    Treaty,
    VerdictPeriod,
)
from explainer.series import figure_from_cell, load_table
from explainer.yaml_reader import KeyPath, YamlDocument, parse_yaml

R = TypeVar("R", bound=Record)

DATA_FILES: dict[str, type[Record]] = {
    "countries.yml": Country,
    "history.yml": VerdictPeriod,
    "claims.yml": Claim,
    "events.yml": Event,
    "treaties.yml": Treaty,
    "figures.yml": Figure,
    "series.yml": Series,
    "changes.yml": Change,
    "glossary.yml": Term,
}
"""Each file below docs/data and the record it holds a list of; every file in sources/ holds ``Source``."""

_READ_FIRST: tuple[type[Record], ...] = (Source, Series, Figure)
"""Figures stand in series, and the texts of the other records name figures."""


def data_files(root: Path) -> list[tuple[Path, type[Record]]]:
    """Every data file of the project at ``root``, with the record it holds, in a fixed order."""
    data = root / "docs" / "data"
    files: list[tuple[Path, type[Record]]] = [
        (path, Source) for path in sorted((data / "sources").glob("*.yml"))
    ]
    files += [(data / name, record) for name, record in DATA_FILES.items() if (data / name).exists()]
    return files


def table_files(root: Path) -> list[Path]:
    """Every CSV file of the project at ``root``, in a fixed order."""
    return sorted((root / "docs" / "data").rglob("*.csv"))


def load_facts(root: Path) -> tuple[Facts, list[Problem]]:
    """Read every record; those that do not fit are left out and described in the list of problems."""
    facts = Facts(root)
    problems: list[Problem] = []
    collections: dict[type[Record], dict[str, Any]] = {
        Source: facts.sources,
        Country: facts.countries,
        Claim: facts.claims,
        Event: facts.events,
        Treaty: facts.treaties,
        VerdictPeriod: facts.history,
        Series: facts.series,
        Change: facts.changes,
        Figure: facts.figures,
        Term: facts.glossary,
    }
    for path, record_type in sorted(data_files(root), key=_reading_order):
        shown = relative_to(path, root)
        try:
            document = parse_yaml(read_text(path, shown), shown)
        except ProblemsError as error:
            problems += error.problems
            continue
        facts.documents[shown] = document
        if document.data in (None, ""):
            continue
        if not isinstance(document.data, list):
            problems.append(
                Problem(
                    shown,
                    1,
                    1,
                    f"holds no list of {record_type.__name__} records",
                    "begin every record with “- id: …”",
                )
            )
            continue
        collection = collections[record_type]
        for index, raw in enumerate(document.data):
            raw, faults = _completed(record_type, raw, facts, document, (index,), shown)
            problems += faults
            if record_type is Figure and faults:
                continue  # what else is missing follows from that
            record, faults = validate(record_type, raw, document, (index,), shown)
            problems += faults
            if record is None:
                continue
            id_ = record.id  # type: ignore[attr-defined]
            if id_ in collection:
                first = facts.origins[(record_type.__name__, id_)]
                problems.append(
                    Problem(
                        shown,
                        *document.place((index, "id")),
                        f"the id {id_} stands twice: first at {first.path}:{first.place('id')[0]}",
                        "give one of the two another id, or remove it",
                        "twice",
                    )
                )
                continue
            collection[id_] = record
            facts.origins[(record_type.__name__, id_)] = Origin(shown, document, index)
            if isinstance(record, Series):
                facts.tables[record.id], faults = load_table(record, root, facts.sources)
                problems += faults
    for series in list(facts.series.values()):
        problems += _complete_series(series, facts)
    return facts, problems


def _complete_series(series: Series, facts: Facts) -> list[Problem]:
    """Print the figures in the texts of a series, which is read before there are any."""
    origin = facts.origin(series)
    raw = origin.document.data[origin.index]
    done, problems = _with_figures(raw, facts, origin.document, (origin.index,), origin.path)
    if done != raw and not problems:
        completed, problems = validate(Series, done, origin.document, (origin.index,), origin.path)
        if completed is not None:
            facts.series[series.id] = completed
            facts.tables[series.id] = replace(facts.tables[series.id], series=completed)
    return problems


def _reading_order(file: tuple[Path, type[Record]]) -> int:
    return _READ_FIRST.index(file[1]) if file[1] in _READ_FIRST else len(_READ_FIRST)


def _completed(
    record_type: type[Record], raw: Any, facts: Facts, document: YamlDocument, path: KeyPath, shown: str
) -> tuple[Any, list[Problem]]:
    """A raw record with what stands elsewhere: the cell of a series in a figure, figures in the texts of the others."""
    if record_type in (Source, Series, Change):  # a log keeps the number that was true on its day
        return raw, []
    if record_type is Figure:
        if not isinstance(raw, dict) or not isinstance(raw.get("cell"), dict):
            return raw, []
        try:
            return figure_from_cell(raw, facts.tables), []
        except ValueError as error:
            return raw, [
                Problem(
                    shown,
                    *document.place((*path, "cell")),
                    f"{raw.get('id', '')}: {error}",
                    "name a series, a row and a column that exist",
                    "value",
                )
            ]
    return _with_figures(raw, facts, document, path, shown)


def _with_figures(
    raw: Any, facts: Facts, document: YamlDocument, path: KeyPath, shown: str, beside: str = ""
) -> tuple[Any, list[Problem]]:
    """The same lists, keys and texts, with every mark of a figure printed."""
    problems: list[Problem] = []
    if isinstance(raw, str):
        if "[=" not in raw:
            return raw, []
        text, parsed = plain_text(raw, facts.figures, beside)
        faults = [(fault.message, fault.hint) for fault in parsed.problems]
        faults += [
            unknown_figure(mark.id, facts.figures) for mark in parsed.marks if mark.id not in facts.figures
        ]
        place = document.place(path)
        return text, [Problem(shown, *place, message, hint, "figure") for message, hint in faults]
    if isinstance(raw, dict):
        parts: Any = raw.items()
        beside = around(raw)
    elif isinstance(raw, list):
        parts = enumerate(raw)
    else:
        return raw, []
    done = {}
    for key, value in parts:
        done[key], faults_inside = _with_figures(value, facts, document, (*path, key), shown, beside)
        problems += faults_inside
    return (done if isinstance(raw, dict) else list(done.values())), problems


def validate(
    record_type: type[R], raw: Any, document: YamlDocument, path: KeyPath, shown: str
) -> tuple[R | None, list[Problem]]:
    """Turn raw YAML into a record, or say what does not fit, field by field."""
    if not isinstance(raw, dict):
        return None, [
            Problem(
                shown,
                *document.place(path),
                f"is not a {record_type.__name__} record",
                "write keys and values: “id: …”",
            )
        ]
    try:
        return record_type.model_validate(raw), []
    except ValidationError as error:
        faults = error.errors()
        problems = [_describe(fault, record_type, raw, document, path, shown) for fault in faults]
        # A misspelt field is one defect: that the right one is missing follows from it.
        misspelt = " ".join(problem.hint for problem in problems if problem.code == "unknown-field")
        return None, [
            problem
            for problem, fault in zip(problems, faults, strict=True)
            if not (
                problem.code == "missing"
                and re.search(rf"\b{re.escape(str(fault['loc'][-1]))}\b", misspelt)
                and "did you mean" in misspelt
            )
        ]


def _describe(
    fault: Any,
    record_type: type[BaseModel],
    raw: dict[str, Any],
    document: YamlDocument,
    path: KeyPath,
    shown: str,
) -> Problem:
    location = tuple(part for part in fault["loc"] if isinstance(part, str | int))
    line, column = document.place((*path, *location))
    name = ".".join(str(part) for part in location)
    who = f"{raw['id']}: " if isinstance(raw.get("id"), str) else ""
    holder, info = _field(record_type, location)
    if fault["type"] == "extra_forbidden":
        known = [info.alias or key for key, info in holder.model_fields.items()] if holder else []
        return Problem(
            shown,
            line,
            column,
            f"{who}unknown field “{name}”",
            did_you_mean(str(location[-1]), known) or f"known fields: {', '.join(known)}",
            "unknown-field",
        )
    if fault["type"] == "missing":
        return Problem(
            shown,
            line,
            column,
            f"{who}the field “{name}” is missing",
            info.description if info and info.description else "add it",
            "missing",
        )
    if fault["type"] == "figure":
        return Problem(shown, line, column, f"{who}{fault['msg']}", "", "figure-range")
    message, hint = _plain(fault, info)
    return Problem(shown, line, column, f"{who}field “{name}”: {message}", hint, "value")


def _plain(fault: Any, info: FieldInfo | None) -> tuple[str, str]:
    """What pydantic says of a value, in plain words, and what would be right."""
    value, context = fault["input"], fault.get("ctx", {})
    description = info.description or "" if info else ""
    match fault["type"]:
        case "string_pattern_mismatch":
            return f"“{value}” has the wrong form", description or f"the form is {context['pattern']}"
        case "literal_error" | "enum":
            expected = re.findall(r"'([^']*)'", context["expected"])
            return f"“{value}” is not one of the known values", (
                did_you_mean(str(value), expected) or f"known: {', '.join(expected)}"
            )
        case "string_too_short":
            least = context["min_length"]
            return ("is empty" if least == 1 else f"is shorter than {least} characters"), description
        case "string_too_long":
            return f"is {len(str(value))} characters long; {context['max_length']} is the limit", "shorten it"
        case "string_type" | "list_type" | "model_type" | "dict_type" | "model_attributes_type":
            wanted = {"string_type": "text", "list_type": "a list"}.get(fault["type"], "keys and values")
            return f"is not {wanted}", description
        case _:
            return fault["msg"].removeprefix("Value error, "), description


def _field(
    record_type: type[BaseModel], location: KeyPath
) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The model that holds the field at ``location``, and the field where it is known."""
    holder: type[BaseModel] | None = record_type
    info: FieldInfo | None = None
    for index, part in enumerate(location):
        if holder is None or isinstance(part, int):
            continue
        info = next((field for key, field in holder.model_fields.items() if part in (key, field.alias)), None)
        if index < len(location) - 1:
            holder = _model_in(info.annotation) if info else None
    return holder, info


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The record type in an annotation such as ``Statement`` or ``list[Name]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
