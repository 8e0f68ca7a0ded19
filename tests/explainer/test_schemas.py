"""The committed schemas are the ones that the records give, and the data fit them."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from explainer.schemas import schemas

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "data"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_committed_schema_is_the_generated_one(name):
    committed = (DATA / "schema" / name).read_text(encoding="utf-8")
    assert committed == schemas()[name], "run: python -m explainer.schemas"


@pytest.mark.parametrize(
    "path", sorted(DATA.glob("*.yml")) + sorted((DATA / "sources").glob("*.yml")), ids=lambda path: path.stem
)
def test_every_data_file_names_its_schema_and_fits_it(path):
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / first.split("=", 1)[1]).read_text(encoding="utf-8"))
    # Editors read YAML's own dates and numbers; the site reads text. Compare as text.
    jsonschema.validate(yaml.load(text, yaml.BaseLoader), schema)
