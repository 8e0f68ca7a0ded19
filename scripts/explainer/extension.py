"""The Python-Markdown extension: ``markdown_extensions: [explainer.extension]``.

Works under MkDocs and under Zensical, which both run Python-Markdown; neither needs a hook.
"""

import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from mkdocs.exceptions import BuildError

from explainer.facts import data_files, load_facts, table_files
from explainer.pages import load_page, load_pages, page_files, relative_url, words_url
from explainer.problems import Problem
from explainer.rendering import Address, Piece, Rendering, Site
from explainer.result_cache import ResultCache
from explainer.views import VIEWS

# After Python-Markdown's normalize_whitespace (30), which removes the marks of stored HTML; before everything that
# reads code or HTML (fenced code has 25, MkDocs' search for anchors 21, html_block 20).
_PRIORITY = 29

_BLOCK_TAG = re.compile(r"<([a-z][a-z0-9]*)[\s>]", re.I)
_ID = re.compile(r'<[^<>]*?\sid="([^"]*)"')


def load_site(root: Path, address: Address = relative_url) -> Site:
    """Load facts, words and templates of the project at ``root``; read again when a file of them changes.

    ``address`` writes links in the form in which the engine wants them in HTML.

    Raises ``BuildError`` with every problem found in the data.
    """
    templates = sorted((root / "overrides" / "views").glob("*.html"))
    files = [path for path, _ in data_files(root)] + table_files(root) + page_files(root) + templates
    stamp = tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.exists()
    )
    return _load_site(root, stamp, address)


# MkDocs makes a new instance of the extension for every page; without this, every page would read all the data
# (measured: 0.3 s a page).
@lru_cache(maxsize=1)
def _load_site(root: Path, stamp: tuple[tuple[str, int, int], ...], address: Address) -> Site:
    facts, problems = load_facts(root)
    pages, page_problems = load_pages(root)
    if problems or page_problems:
        raise _build_error([*problems, *page_problems])
    return Site.create(facts, pages, VIEWS, root, address, ResultCache.of(root))


def _build_error(problems: list[Problem]) -> BuildError:
    lines = "\n".join(f"  {problem}" for problem in problems)
    return BuildError(f"{len(problems)} problem(s) in words or data:\n{lines}")


class FactsPreprocessor(Preprocessor):
    """Replaces directives and citations by HTML, before anything else reads the text."""

    md: Markdown

    def run(self, lines: list[str]) -> list[str]:
        """Render the page that is being built. Raises ``BuildError`` naming file and line of each problem."""
        docs, src, address = _current_page(self.md)
        root = docs.parent
        site = load_site(root, address)
        pieces = site.rendered.get(src)
        if pieces is None:
            page, _ = load_page(docs / src, root)
            rendering = Rendering(site, page, address)
            pieces = rendering.pieces()
            if rendering.problems:
                raise _build_error(rendering.problems)
        return "".join(map(self._placed, pieces)).split("\n")

    def _placed(self, piece: Piece) -> str:
        """What stands for a part of the page until Markdown has been rendered."""
        if isinstance(piece, str):
            return piece
        if not piece.block:
            return self.md.htmlStash.store(piece.text)
        tag = _BLOCK_TAG.match(piece.text)
        if tag is None or not self.md.is_block_level(tag[1]):
            return str(piece)
        # Put away here, so that neither Python-Markdown nor MkDocs reads it tag by tag, which takes as long as printing
        # it. MkDocs is told of the anchors in it, to which links in the words may lead.
        if "mkdocs_extract_anchors" in self.md.treeprocessors:
            anchors: Any = self.md.treeprocessors["mkdocs_extract_anchors"]
            anchors.present_anchor_ids.update(unescape(id_) for id_ in _ID.findall(piece.text))
        return "\n\n" + self.md.htmlStash.store(f"{piece.text}\n") + "\n\n"


def _current_page(md: Markdown) -> tuple[Path, str, Address]:
    """The folder docs/, the path below it of the page being rendered, and how links stand in its HTML.

    MkDocs leaves links in HTML as they are. Zensical reads every one of them, in whatever form it is written, as if
    it stood in the words: from file to file.
    """
    if "relpath" in md.treeprocessors:  # MkDocs
        file: Any = md.treeprocessors["relpath"].file  # type: ignore[attr-defined]
        return Path(file.src_dir), str(file.src_uri), relative_url
    if "rendering_context" in md.preprocessors:  # Zensical
        context: Any = md.preprocessors["rendering_context"]
        return Path(context.config["docs_dir"]).resolve(), str(context.page.path), words_url
    raise BuildError(
        "explainer.extension runs only under MkDocs or Zensical: it has to know which page it renders"
    )


class FactsExtension(Extension):
    """Citations and directives."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the preprocessor."""
        md.preprocessors.register(FactsPreprocessor(md), "explainer", _PRIORITY)


def makeExtension(**kwargs: Any) -> FactsExtension:
    """Called by Python-Markdown."""
    return FactsExtension(**kwargs)
