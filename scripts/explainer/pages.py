"""The words: every Markdown page below docs/, with its front matter."""

import os
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from explainer.markdown_text import LineIndex, split_front_matter
from explainer.problems import Problem, ProblemsError, read_text, relative_to
from explainer.yaml_reader import YamlDocument, parse_yaml


@dataclass(frozen=True)
class Page:
    """One page: ``src`` is its path below docs/ (``countries/china.md``), ``text`` the whole file."""

    src: str
    path: str
    text: str
    body_start: int
    front_matter: YamlDocument

    @property
    def body(self) -> str:
        """The words without the front matter."""
        return self.text[self.body_start :]

    @property
    def title(self) -> str:
        """The title in the front matter, or the name of the file."""
        data = self.front_matter.data
        title = data.get("title") if isinstance(data, dict) else None
        return title if isinstance(title, str) and title else PurePosixPath(self.src).stem

    @property
    def slug(self) -> str:
        """The name of the file without its ending."""
        return PurePosixPath(self.src).stem

    @property
    def is_country(self) -> bool:
        """Whether this is a country page."""
        return self.src.startswith("countries/")

    def lines(self) -> LineIndex:
        """For turning offsets of ``text`` into lines."""
        return LineIndex(self.text)


def load_page(path: Path, root: Path) -> tuple[Page, list[Problem]]:
    """Read one page. Raises ``ProblemsError`` where it is not text; broken front matter is a listed problem."""
    shown = relative_to(path, root)
    text = read_text(path, shown)
    yaml_text, body_start = split_front_matter(text)
    problems: list[Problem] = []
    front_matter = YamlDocument({}, {})
    if yaml_text:
        try:
            front_matter = parse_yaml(yaml_text, shown, first_line=2)
        except ProblemsError as error:
            problems = error.problems
    return Page(relative_to(path, root / "docs"), shown, text, body_start, front_matter), problems


def page_files(root: Path) -> list[Path]:
    """Every Markdown file below docs/, in a fixed order. Links to folders are not followed."""
    docs = root / "docs"
    return sorted(path for path in docs.rglob("*.md") if path.is_file())


def page_faults(root: Path) -> Iterator[Problem]:
    """What below docs/ has the name of a page and is none, and links that lead in a circle.

    Hidden names are left out: MkDocs does not read them, and editors write their locks there as links to nowhere.
    """
    docs = root / "docs"
    for parent, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            path = Path(parent, name)
            if path.is_symlink() and Path(os.path.realpath(parent)).is_relative_to(os.path.realpath(path)):
                message = "is a link to a folder above it, which leads in a circle"
                yield Problem(relative_to(path, root), 1, 1, message, "remove the link")
            elif name.endswith(".md"):
                message = "is a folder with the name of a page"
                yield Problem(relative_to(path, root), 1, 1, message, "name it without .md")
        for name in sorted(names):
            path = Path(parent, name)
            if name.endswith(".md") and not name.startswith("."):
                yield from _no_file(path, relative_to(path, root))


def _no_file(path: Path, shown: str) -> Iterator[Problem]:
    hint = "let it lead to a page, or remove it" if path.is_symlink() else "remove it"
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Problem(shown, 1, 1, "cannot be read: is not a file", hint)
    except FileNotFoundError:
        if path.is_symlink():
            yield Problem(shown, 1, 1, f"is a link to {path.readlink()}, which does not exist", hint)
    except OSError as error:
        yield Problem(shown, 1, 1, f"cannot be read: {error.strerror or error}", hint)


def load_pages(root: Path) -> tuple[dict[str, Page], list[Problem]]:
    """Read every page; those that cannot be read are described in the list of problems."""
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    for path in page_files(root):
        try:
            page, faults = load_page(path, root)
        except ProblemsError as error:
            problems += error.problems
            continue
        problems += faults
        pages[page.src] = page
    return pages, problems


def page_url(src: str) -> str:
    """Where MkDocs puts a page (``use_directory_urls``): ``countries/china.md`` → ``countries/china/``."""
    path = PurePosixPath(src)
    if path.stem in ("index", "README"):
        return "" if str(path.parent) == "." else f"{path.parent}/"
    return f"{path.with_suffix('')}/"


def relative_url(from_src: str, target: str) -> str:
    """The link from one page to another page (``faq.md#x``) or file, as the browser needs it."""
    path, mark, anchor = target.partition("#")
    if path == from_src or not path:
        return f"{mark}{anchor}" or "."
    own = page_url(from_src)
    to = page_url(path) if path.endswith(".md") else path
    if own and to.startswith(own):  # beside or below this page
        return f"{to.removeprefix(own)}{mark}{anchor}"
    return f"{'../' * own.count('/')}{to}{mark}{anchor}" or "."


def words_url(from_src: str, target: str) -> str:
    """The same link as an editor writes it in the words: from file to file below docs/, pages as ``.md``."""
    path, mark, anchor = target.partition("#")
    if mark and path in ("", from_src):
        return f"{mark}{anchor}"
    folder = posixpath.dirname(from_src) or "."
    return posixpath.relpath(path or from_src, folder) + mark + anchor
