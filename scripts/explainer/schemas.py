"""Writes the JSON Schemas of the data files, generated from the records: ``python -m explainer.schemas``."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from explainer.api import ApiCountry, ApiIndex
from explainer.open_data import collections
from explainer.records import CountryPageFrontMatter, PageFrontMatter


def schemas() -> dict[str, str]:
    """The text of each file of docs/data/schema, by name."""
    texts = {
        f"{name}.json": _text(TypeAdapter(list[record]).json_schema(by_alias=True), name)  # type: ignore[valid-type]
        for name, record in collections().items()
    }
    texts["country-page.json"] = _text(
        CountryPageFrontMatter.model_json_schema(), "front matter of a country page"
    )
    texts["page.json"] = _text(PageFrontMatter.model_json_schema(), "front matter of a page")
    texts["api-country.json"] = _text(ApiCountry.model_json_schema(), "a country in the API")
    texts["api-countries.json"] = _text(ApiIndex.model_json_schema(), "the index of the API")
    return texts


def _text(schema: dict[str, object], title: str) -> str:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return (
        json.dumps(head | {k: v for k, v in schema.items() if k != "title"}, indent=2, ensure_ascii=False)
        + "\n"
    )


def main() -> None:
    """Write the schemas of the project in the current folder."""
    folder = Path("docs/data/schema")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
