"""Small projects for tests, made from a dict of files."""

from pathlib import Path

SOURCE = """\
- id: {id}
  type: article-newspaper
  title: A title for {id}
  container-title: The Paper
  issued: 2024-11-06
  accessed: 2026-11-23
  URL: https://news.test/{id}
  language: en
  custom:
    kind: {kind}
    shows: It establishes something that can be read there.
"""

MKDOCS = """\
site_name: Test
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false, custom_dir: overrides}
markdown_extensions: [explainer.extension, attr_list, toc]
"""


def source(id_: str, kind: str = "press") -> str:
    """One source as YAML."""
    return SOURCE.format(id=id_, kind=kind)


def write(root: Path, files: dict[str, str]) -> Path:
    """Write the files of a project below ``root``, with the real views and a configuration unless given."""
    views = Path(__file__).parents[2] / "overrides" / "views"
    defaults = {"mkdocs.yml": MKDOCS} | {
        f"overrides/views/{view.name}": view.read_text(encoding="utf-8") for view in views.glob("*.html")
    }
    for name, text in (defaults | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
