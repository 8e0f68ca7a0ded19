"""Formats sources by CSL (https://citationstyles.org), each once."""

import html
import json
import warnings
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from explainer.dates import PartialDate
from explainer.records import Source
from explainer.result_cache import NOTHING_KEPT, ResultCache

_STYLE = Path(__file__).with_name("explainer.csl")

# The title is marked with private-use characters before formatting, so that a link can be put around exactly it.
_TITLE_START, _TITLE_END = "\ue000", "\ue001"


def csl_json(source: Source) -> dict[str, Any]:
    """The source as a CSL-JSON item (https://docs.citationstyles.org)."""
    item = source.model_dump(
        by_alias=True, exclude_none=True, exclude={"custom", "issued", "accessed", "archive"}
    )
    item = {key: value for key, value in item.items() if value != []}
    for role in ("author", "editor"):
        if role in item:
            item[role] = [{key: part for key, part in name.items() if part} for name in item[role]]
    if source.issued:
        item["issued"] = _date(source.issued)
    day = source.accessed
    item["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    if source.archive:
        item["archive"] = source.archive
    item["custom"] = {"kind": source.kind.value, "shows": source.custom.shows}
    return item


def _date(value: PartialDate) -> dict[str, list[list[int]]]:
    return {"date-parts": [[part for part in (value.year, value.month, value.day) if part]]}


def format_references(sources: Iterable[Source], cache: ResultCache = NOTHING_KEPT) -> dict[str, str]:
    """HTML of each source's reference, by id, with a link around the title that leads to the document."""
    items = {source.id: source for source in sources}
    if not items:
        return {}
    marked = []
    for source in items.values():
        item = csl_json(source)
        del item["custom"]
        item["title"] = f"{_TITLE_START}{html.escape(source.title, quote=False)}{_TITLE_END}"
        for key in ("publisher", "container-title", "number"):
            if key in item:
                item[key] = html.escape(item[key], quote=False)
        for name in item.get("author", []):
            for part in name:
                name[part] = html.escape(name[part], quote=False)
        marked.append(item)
    inputs: list[str | bytes] = [
        version("citeproc-py"),
        version("lxml"),
        _STYLE.read_bytes(),
        json.dumps(marked),
    ]
    texts = json.loads(cache.result("references", inputs, lambda: json.dumps(_bibliography(marked)).encode()))
    formatted = {}
    for key, text in texts:
        source = items[key]
        language = f' lang="{source.language}"' if not source.language.startswith("en") else ""
        link = f'<a class="reference__link" href="{html.escape(source.URL)}"{language} rel="external">'
        text = text.removesuffix(".") if text.endswith("..") else text
        if source.title.startswith("["):  # a description, not a title: no quotation marks
            text = text.replace(f"‘{_TITLE_START}", _TITLE_START).replace(f"{_TITLE_END}’", _TITLE_END)
        formatted[key] = text.replace(_TITLE_START, link).replace(_TITLE_END, "</a>")
    return formatted


def _bibliography(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The id and the reference of each CSL-JSON item."""
    # Only here: takes a moment to load.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py names CSL fields that it does not use
        style = CitationStylesStyle(str(_STYLE), validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.html)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        texts = [str(text) for text in bibliography.bibliography()]
    return list(zip(bibliography.keys, texts, strict=True))
