"""Where a fault of the built site stands: in the words, a template or mkdocs.yml if they have it, else in the HTML."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from explainer.checks.finding import Defect
from explainer.checks.project import CONFIG, Project
from explainer.checks.sit.survey import MANY, Group, empty_offset, text_of
from explainer.checks.site import BuiltSite, HtmlPage, Target
from explainer.problems import did_you_mean

if TYPE_CHECKING:
    from explainer.checks.targets import Resolved

_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def shown(site: BuiltSite, name: str) -> str:
    """The path of a file of the site as findings name it."""
    return f"{site.shown}/{name}" if site.shown else name


def on_pages(group: Group) -> str:
    """How many pages have the fault, where there are several."""
    count = len(group.where)
    return f" (on {count} pages)" if count > 1 else ""


def report(project: Project, groups: Iterable[Group], message: str, hint: str) -> Iterator[Defect]:
    """One defect for each group. ``{}`` in the message is the address as written."""
    for group in groups:
        yield place(project, group, message.replace("{}", group.raw.strip()) + on_pages(group), hint)


def place(project: Project, group: Group, message: str, hint: str) -> Defect:
    """Where the address is written: in the words, else in the only template that has it, else in mkdocs.yml.

    In the first HTML file where none of them has it. What stands in the words of a page is not what the others have.
    """
    site = project.site
    if site is None:
        raise ValueError("there is no built site")
    in_words = [_in_words(project, site, name, group) for name in group.where[:50]] if project.pages else []
    found = next(filter(None, in_words), None)
    if (found is None or None in in_words) and any(name in site.pages for name in group.where):
        found = _in_template(project, group) or _in_config(project, group) or found
    if found is None:
        name = group.where[0]
        text = text_of(site, name)
        at = max(0, empty_offset(text, group.tag)) if _is_empty(group) else _offset(text, group.raw)
        found = (shown(site, name), *line_and_column(text, at), group.raw)
    path, line, column, written = found
    return Defect(
        path,
        line,
        column,
        message,
        hint,
        max(1, len(written)),
        address=written.strip(),
        subject=_subject(group),
    )


_Found = tuple[str, int, int, str]
"""File, line and column, and the address as it is written there."""


def _subject(group: Group) -> str:
    """What the fault is about, the same from whichever page it is seen."""
    target = group.target
    if target.external or group.targets > 1:
        return group.raw.strip() or f"<{group.tag}>"
    return _full(target) or "/"


def _full(target: Target) -> str:
    return target.path if target.fragment is None else f"{target.path}#{target.fragment}"


def _is_empty(group: Group) -> bool:
    return not group.raw.strip()


@lru_cache(maxsize=2)
def _links(project: Project) -> dict[str, list[Resolved]]:
    """The links in the words of each page. Addresses in the running text are some only where an extension makes them."""
    # Imported late: of no use where there is a built site alone, and it takes longer to import than a site to check.
    from explainer.checks.targets import resolved_links

    found: dict[str, list[Resolved]] = defaultdict(list)
    magic = project.config.enabled("pymdownx.magiclink", "magiclink")
    for resolved in resolved_links(project):
        if magic or not resolved.bare:
            found[resolved.words.page.src].append(resolved)
    return found


def _in_words(project: Project, site: BuiltSite, name: str, group: Group) -> _Found | None:
    page = site.pages.get(name)
    src = project.page_of_url.get(page.url) if page else None
    if src is None:
        return None
    for resolved in _links(project).get(src, ()):
        if _is_same(resolved, group):
            line, column = resolved.words.lines.place(resolved.link.destination_start)
            return resolved.words.page.path, line, column, resolved.link.destination
    words = project.words[src]
    at = _markup_offset(words.readable, group)
    return (words.page.path, *words.lines.place(at), group.raw) if at >= 0 else None


def _is_same(resolved: Resolved, group: Group) -> bool:
    """Whether a link in the words is printed as this address."""
    written = resolved.link.destination.strip()
    if _is_empty(group):
        return not written and resolved.link.image == (group.tag == "img")
    if group.raw.strip() in (written, html.unescape(written)):
        return True
    # MkDocs writes the addresses anew that lead to a file it knows.
    rewritten = resolved.outcome in ("ok", "no-anchor")
    inside = not (group.target.external or group.target.outside) and group.tag not in _NO_ADDRESS
    return rewritten and inside and resolved.site_path == _full(group.target)


_NO_ADDRESS = ("label", "integrity")
"""Groups of values that are no addresses."""


_NOT_PRINTED = re.compile(r"\{#.*?#\}|<!--.*?-->", re.S)


@lru_cache(maxsize=2)
def _templates(project: Project) -> dict[str, str]:
    """The text of each template, its comments blanked out."""
    return {
        name: _NOT_PRINTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for name, text in project.templates.items()
    }


def _in_template(project: Project, group: Group) -> _Found | None:
    """The place in the only template that has the address, relative to the page or to the site."""
    inside = not (group.target.external or group.target.outside or _is_empty(group))
    path = _full(group.target) if inside and group.tag not in _NO_ADDRESS else ""
    for written in dict.fromkeys((group.raw, path or group.raw)):
        having = [
            (name, text, at)
            for name, text in _templates(project).items()
            if (at := _markup_offset(text, replace(group, raw=written), written_out=True)) >= 0
        ]
        if len(having) == 1:
            name, text, at = having[0]
            return name, *line_and_column(text, at), written
    return None


def _in_config(project: Project, group: Group) -> _Found | None:
    if _is_empty(group) or group.tag in _NO_ADDRESS:
        return None
    known = "" if group.target.external or group.target.outside else _full(group.target)
    for entry in (*project.config.nav, *project.config.assets):
        path, mark, fragment = entry.target.partition("#")
        page = project.config.page_url(path) + mark + fragment if path.endswith(".md") else entry.target
        if entry.target == group.raw.strip() or (known and known in (entry.target, page)):
            return CONFIG, entry.line, entry.column, entry.target
    return None


_IN_MARKUP = re.compile(
    r"<(?:style|script)\b.*?</|<[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^\"'<>])*>|\{[%{].*?[%}]\}|\{[^{}\n]*\}",
    re.S | re.I,
)
"""Where addresses stand that are no Markdown: tags, styles, scripts, marks of templates and lists of attributes."""


def _markup_offset(text: str, group: Group, written_out: bool = False) -> int:
    """Where HTML has the address of a group; less than 0 where it does not.

    ``written_out``: an element without any address does not count, since a template may add it.
    """
    if _is_empty(group):
        return empty_offset(text, group.tag, written_out)
    raw = group.raw.strip()
    forms = dict.fromkeys((raw, html.escape(raw, quote=False), html.escape(raw)))
    if not any(form in text for form in forms):
        return -1
    for form in forms:
        whole = re.compile(rf"(?<=[\"'=(\s,]){re.escape(form)}(?=[\"'>)\s,])")
        for markup in _IN_MARKUP.finditer(text):
            if match := whole.search(text, markup.start(), markup.end()):
                return match.start()
    return -1


def in_text(project: Project, src: str, text: str) -> tuple[str, int, int] | None:
    """The place in the words of a page at which they have this text."""
    words = project.words[src]
    for form, shift in ((f'"{text}"', 1), (f"'{text}'", 1), (text, 0)):
        at = words.readable.find(form) if len(form) > 4 else -1
        if at >= 0:
            return (words.page.path, *words.lines.place(at + shift))
    return None


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    at = max(at, 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def find(text: str, raw: str) -> tuple[int, int]:
    """Line and column of an attribute with this value; of the text where no attribute has it."""
    return line_and_column(text, _offset(text, raw))


def _offset(text: str, raw: str) -> int:
    escaped = dict.fromkeys((raw, html.escape(raw, quote=False), html.escape(raw)))
    for value in escaped:
        for form in (f'"{value}"', f"'{value}'", f"={value}"):
            if (at := text.find(form)) >= 0:
                return at + 1
    if raw.strip():
        for value in escaped:
            # A part of a longer value: in a set of images, a style, a script.
            if match := re.search(rf"(?<![\w./-]){re.escape(value)}(?![\w/-])", text):
                return match.start()
        for match in _VALUE.finditer(text):
            if html.unescape(match[match.lastindex or 0]).strip() == raw.strip():
                return match.start(match.lastindex or 0)
        return text.find(raw)
    return -1


def near(site: BuiltSite, path: str, written: Callable[[str], str] | None = None) -> str:
    """What may be meant by a path that leads nowhere. ``written`` gives the address of a file as it is to be written."""
    written = written or address
    index = path + "index.html" if not path or path.endswith("/") else path
    if found := site.listing.folded.get(index.casefold()) or site.listing.folded.get(
        f"{path}.html".casefold()
    ):
        return f"did you mean {written(found)}?"
    name = path.rstrip("/").rpartition("/")[2]
    same = [file for file in site.files if name and address(file).rstrip("/").rpartition("/")[2] == name]
    if len(same) == 1:
        return f"did you mean {written(same[0])}?"
    known = {address(file): file for file in list(site.files)[:5000]}
    return did_you_mean(path, list(known), lambda found: written(known[found]))


def near_group(project: Project, group: Group) -> str:
    """What may be meant by an address that leads nowhere, written as the page writes it: relative, with / or in full."""
    site = project.site
    if site is None:
        return ""
    raw, folder, place = group.raw.strip(), group.where[0].rpartition("/")[0], site.place

    def written(file: str) -> str:
        below = address(file).lstrip("/")
        if "://" in raw:
            return f"{place.origin}{place.base}{below}"
        if raw.startswith("/"):
            return f"{place.base}{below}"
        relative = posixpath.relpath(f"/{below}", f"/{folder}")
        return f"{relative}/" if below.endswith("/") or not below else relative

    return near(site, group.target.path, written)


def address(file: str) -> str:
    """The path at which a server gives a file."""
    return file[: -len("index.html")] or "/" if file.rpartition("/")[2] == "index.html" else file


def whole_pages(site: BuiltSite) -> list[HtmlPage]:
    """Pages that readers see: no parts, no pages that only send on, none that could not be read."""
    return [page for page in site.pages.values() if not (page.fragment or page.is_stub or page.error)]


def is_error_page(page: HtmlPage) -> bool:
    """Whether a server shows it in place of a page that is not there."""
    return bool(re.fullmatch(r"(?:.*/)?[45]\d\d(?:/index)?\.html?", page.path))


def page_place(project: Project, page: HtmlPage) -> str:
    """The Markdown file of a page, or its HTML file."""
    src = project.page_of_url.get(page.url)
    return project.pages[src].path if src else shown(project.site, page.path) if project.site else page.path


def each(
    project: Project, pages: list[HtmlPage], message: str, hint: str, cause: str = ""
) -> Iterator[Defect]:
    """One defect for each page; one in all where most pages share it."""
    if project.site is None or not pages:
        return
    if len(pages) >= MANY and len(pages) * 2 > len(whole_pages(project.site)):
        first = shown(project.site, pages[0].path)
        yield Defect(
            first, 1, 1, f"{message} (on {len(pages)} pages)", hint, subject=f"most pages: {message}"
        )
        return
    for page in pages:
        yield Defect(page_place(project, page), 1, 1, message, hint, cause=cause)
