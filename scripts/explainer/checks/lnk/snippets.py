"""LNK: files that words take in (pymdownx.snippets)."""

import re
from collections.abc import Iterator
from pathlib import Path

from explainer.checks.finding import Defect, Severity
from explainer.checks.lnk.place import at
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.problems import ProblemsError, did_you_mean, read_text

_INLINE = re.compile(r"^[ \t]*-{1,}8<-{1,}[ \t]+([\"'])(?P<name>[^\"'\n]+)\1", re.M)
_BLOCK = re.compile(
    r"^[ \t]*-{1,}8<-{1,}[ \t]*\n(?P<names>(?:(?![ \t]*-{1,}8<-).*\n)*?)[ \t]*-{1,}8<-{1,}[ \t]*$", re.M
)
_PART = re.compile(r"(?P<file>.*?)(?P<part>(?::\d*){1,2}|:[a-zA-Z][\w-]*)?")


@rule(
    "LNK029",
    "missing-snippet",
    Severity.ERROR,
    "a file that the words take in does not exist",
    """--8<-- "file" prints another file in this place. Where the file, or the section named behind a colon, does not exist,
    nothing is printed and the build says nothing. Paths start from “base_path” of pymdownx.snippets, or else from the
    folder of mkdocs.yml.""",
)
def missing_snippet(project: Project) -> Iterator[Defect]:
    extensions = project.config.extensions or {}
    if "pymdownx.snippets" not in extensions:
        return
    base = extensions["pymdownx.snippets"].get("base_path", ".")
    folders = [project.root / str(folder) for folder in (base if isinstance(base, list) else [base])]
    for words in project.words.values():
        for name, start in _snippets(words.page.text):
            if fault := _fault(project, folders, name):
                yield at(words, start, *fault, len(name))


def _snippets(text: str) -> Iterator[tuple[str, int]]:
    """The name of each file with its offset; code is read too, as the extension does."""
    if "8<-" not in text:
        return
    for match in _INLINE.finditer(text):
        yield match["name"], match.start("name")
    for match in _BLOCK.finditer(text):
        offset = match.start("names")
        for line in match["names"].split("\n"):
            name = line.strip()
            if name and not name.startswith((";", "#")):
                yield name, offset + line.index(name)
            offset += len(line) + 1


def _fault(project: Project, folders: list[Path], name: str) -> tuple[str, str] | None:
    match = _PART.fullmatch(name)
    file, part = (match["file"], (match["part"] or "").strip(":")) if match else (name, "")
    if "://" in name:
        return None
    path = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if path is None:
        known = [
            found.relative_to(folder).as_posix()
            for folder in folders
            for found in (folder / file).parent.glob("*")
            if found.is_file()
        ]
        return f"there is no file {file}", did_you_mean(
            file, known
        ) or "write the path from the folder of mkdocs.yml"
    if part and not re.fullmatch(r"[\d:]*", part):
        try:
            sections = re.findall(r"-{1,}8<-{1,}[ \t]+\[start:([\w-]+)\]", read_text(path, file))
        except ProblemsError:
            return None
        if part not in sections:
            hint = (
                did_you_mean(part, sections) or f"known: {', '.join(sections)}"
                if sections
                else "name no section"
            )
            return f"{file} has no section “{part}”", hint
    return None
