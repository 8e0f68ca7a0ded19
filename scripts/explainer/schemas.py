"""Writes the JSON Schemas of the data files, generated from the records: ``python -m explainer.schemas``."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from explainer.facts import DATA_FILES
from explainer.records import CountryPageFrontMatter, PageFrontMatter, Record, Source


def schemas() -> dict[str, str]:
    """The text of each file of docs/data/schema, by name."""
    kinds: dict[str, type[Record]] = {"sources": Source}
    kinds |= {name.removesuffix(".yml"): record for name, record in DATA_FILES.items()}
    texts = {
        f"{name}.json": _text(TypeAdapter(list[record]).json_schema(by_alias=True), name)  # type: ignore[valid-type]
        for name, record in kinds.items()
    }
    texts["country-page.json"] = _text(
        CountryPageFrontMatter.model_json_schema(), "front matter of a country page"
    )
    texts["page.json"] = _text(PageFrontMatter.model_json_schema(), "front matter of a page")
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
