"""Where a fault of the built site stands: in the words if they have it, else in the HTML."""

import html
import re
from collections.abc import Iterable, Iterator

from explainer.checks.finding import Defect
from explainer.checks.project import CONFIG, Project
from explainer.checks.sit.survey import MANY, Group, text_of
from explainer.checks.site import BuiltSite, HtmlPage
from explainer.problems import did_you_mean

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
    """At the words where they have the address; else in the navigation; else in the first HTML file."""
    site = project.site
    if site is None:
        raise ValueError("there is no built site")
    if project.pages:
        for name in group.where[:50]:
            if found := _in_words(project, site, name, group):
                return Defect(*found, message, hint, max(1, len(group.raw)))
        for entry in project.config.nav:
            if group.raw.strip() in (entry.target, project.config.page_url(entry.target)):
                return Defect(CONFIG, entry.line, entry.column, message, hint, len(entry.target))
    name = group.where[0]
    line, column = find(text_of(site, name), group.raw)
    return Defect(shown(site, name), line, column, message, hint, max(1, len(group.raw)))


def _in_words(project: Project, site: BuiltSite, name: str, group: Group) -> tuple[str, int, int] | None:
    page = site.pages.get(name)
    src = project.page_of_url.get(page.url) if page else None
    if src is None:
        return None
    target = group.target
    # Imported late: of no use where there is a built site alone, and it takes longer to import than a site to check.
    from explainer.checks.targets import resolved_links

    wanted = {group.raw.strip(), target.path, f"{target.path}#{target.fragment}"}
    for resolved in resolved_links(project):
        link = resolved.link
        if resolved.words.page.src == src and ({resolved.site_path, link.destination} & wanted):
            line, column = resolved.words.lines.place(link.destination_start)
            return resolved.words.page.path, line, column
    return in_text(project, src, group.raw.strip())


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


def near(site: BuiltSite, path: str) -> str:
    """What may be meant by a path that leads nowhere."""
    index = path + "index.html" if not path or path.endswith("/") else path
    if found := site.listing.folded.get(index.casefold()) or site.listing.folded.get(
        f"{path}.html".casefold()
    ):
        return f"did you mean {address(found)}?"
    name = path.rstrip("/").rpartition("/")[2]
    same = [file for file in site.files if name and address(file).rstrip("/").rpartition("/")[2] == name]
    if len(same) == 1:
        return f"did you mean {address(same[0])}?"
    return did_you_mean(path, [address(file) for file in site.files][:5000])


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
        yield Defect(shown(project.site, pages[0].path), 1, 1, f"{message} (on {len(pages)} pages)", hint)
        return
    for page in pages:
        yield Defect(page_place(project, page), 1, 1, message, hint, cause=cause)
