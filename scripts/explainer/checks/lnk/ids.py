"""LNK: ids, images and pages that links could lead to."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import at
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.problems import ProblemsError, read_text

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|ico)$", re.I)
_READ_FOR_IMAGES = (".md", ".html", ".yml", ".yaml", ".css", ".js", ".json", ".csv", ".xml", ".webmanifest")


@rule(
    "LNK024",
    "duplicate-id",
    ERROR,
    "an id written out twice on a page",
    """A browser goes to the first of the two; the other cannot be linked to.""",
)
def duplicate_id(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        first: dict[str, int] = {}
        for item in words.written_ids:
            line = words.lines.place(item.start)[0]
            if item.id in first:
                yield at(
                    words,
                    item.start,
                    f"the id “{item.id}” is written twice: first on line {first[item.id]}",
                    "give one of the two another id",
                    len(item.id),
                    cause=f"id {item.id}",
                )
            first.setdefault(item.id, line)


@rule(
    "LNK025",
    "unused-image",
    WARNING,
    "an image below docs/ that nothing uses",
    """It is published and never shown. Words, templates, style sheets, data and mkdocs.yml were searched for its
    name.""",
)
def unused_image(project: Project) -> Iterator[Defect]:
    images = [name for name in sorted(project.files) if _IMAGE.search(name)]
    if not images:
        return
    texts = [project.config.text]
    for folder in ("docs", "overrides"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in _READ_FOR_IMAGES and path.is_file():
                try:
                    texts.append(read_text(path, path.name))
                except ProblemsError:
                    continue
    # A name may be written with escapes, which the text does not show.
    texts += [unquote(link.address) for words in project.words.values() for link in words.links]
    everything = "\n".join(texts)
    for name in images:
        if name.rpartition("/")[2] not in everything:
            yield Defect(f"docs/{name}", 1, 1, "nothing uses this image", "use it, or remove it")


@rule(
    "LNK028",
    "not-in-navigation",
    ERROR,
    "a page that the navigation in mkdocs.yml leaves out",
    """Readers find pages through the navigation; a page that it leaves out is found by chance only. Pages under
    “exclude_docs” do not count.""",
)
def not_in_navigation(project: Project) -> Iterator[Defect]:
    if not project.config.nav:
        return
    named = {entry.target.partition("#")[0] for entry in project.config.nav}
    misspelt = {name.casefold() for name in named if name not in project.files}  # CFG008 tells these
    for src, words in project.words.items():
        if src not in named and src not in project.config.excluded and src.casefold() not in misspelt:
            yield Defect(
                words.page.path,
                1,
                1,
                "the navigation leaves this page out",
                "add it to “nav” in mkdocs.yml",
                cause="navigation",
            )
