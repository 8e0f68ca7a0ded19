"""After the build: writes what a page build cannot. Each file is derived from the facts alone."""

import json
from pathlib import Path

from explainer.facts import load_facts
from explainer.problems import ProblemsError
from explainer.references import csl_json


def publish(root: Path, site: Path) -> None:
    """Write the data exports into the built ``site``. Raises ``ProblemsError`` where the data do not fit."""
    facts, problems = load_facts(root)
    if problems:
        raise ProblemsError(problems)
    data = site / "data"
    data.mkdir(parents=True, exist_ok=True)
    _write(data / "sources.json", [csl_json(source) for source in facts.sources.values()])
    for name, records in (("countries", facts.countries), ("claims", facts.claims), ("events", facts.events)):
        _write(
            data / f"{name}.json",
            [record.model_dump(mode="json", by_alias=True) for record in records.values()],
        )
    # A host that runs Jekyll over published files (GitHub Pages) is told not to.
    (site / ".nojekyll").write_text("", encoding="utf-8")


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
