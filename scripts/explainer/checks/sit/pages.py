"""SIT: what a page says of itself and of its images."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import (
    each,
    is_error_page,
    line_and_column,
    on_pages,
    page_place,
    place,
    whole_pages,
)
from explainer.checks.sit.survey import Group, Groups, note, text_of
from explainer.checks.site import BuiltSite, HtmlPage, Reference

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_MANY_IMAGES = 10
"""More images without text on one page than that are told as one finding."""

_LANGUAGE = re.compile(r"(?:[a-z]{2,3}|[xi](?=-))(?:-[a-z0-9]{1,8})*", re.I)
_FURTHER = re.compile(r"(?:^|/)page/\d+/")


@rule(
    "SIT016",
    "no-alt-text",
    ERROR,
    "an image without alternative text",
    """Every img has an alt attribute, which is empty only where the image says nothing that the words do not say. Areas of
    image maps that are links, and images as buttons, have one that is not empty.""",
    Scope.SITE,
)
def no_alt_text(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    groups: Groups = {}
    for page in site.pages.values():
        for tag, raw in page.no_alt if len(page.no_alt) <= _MANY_IMAGES else ():
            target = site.resolve(page.path, raw, page.base)
            note(groups, f"{tag} {target.path or raw}", target, Reference(raw, True, tag), page.path)
    for group in groups.values():
        yield _image_place(project, site, group, on_pages(group))
    for page in site.pages.values():
        if len(page.no_alt) > _MANY_IMAGES:
            tag, raw = page.no_alt[0]
            group = Group(site.resolve(page.path, raw, page.base), raw, tag, [page.path])
            yield _image_place(project, site, group, f", nor have {len(page.no_alt) - 1} more on this page")


def _image_place(project: Project, site: BuiltSite, group: Group, more: str) -> Defect:
    what = {"img": "image", "area": "link in the image map", "input": "button"}[group.tag]
    message = f"the {what} “{group.raw}” has no alternative text{more}"
    found = place(project, group, message, 'say in alt what it shows, or write alt="" for decoration')
    if not project.pages:
        text = text_of(site, group.where[0])
        line, column = line_and_column(text, _without_alt(text, group.tag, group.raw))
        found = replace(found, line=line, column=column)
    return found


def _without_alt(text: str, tag: str, raw: str) -> int:
    """Where the address of the element without alternative text stands, or the element."""
    for match in re.finditer(rf"<{tag}\b(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>", text, re.I):
        if re.search(r"\salt\b\s*(?:=\s*(?:[^\s\"'>]|\"[^\"]|'[^']))?", match[0], re.I) and tag == "img":
            continue
        at = html.unescape(match[0]).find(raw) if raw else 0
        if at >= 0:
            found = match[0].find(raw) if raw else 0
            return match.start() + max(found, 0)
    return 0


@rule(
    "SIT017",
    "no-language",
    ERROR,
    "a page that does not say its language",
    """<html lang="en"> tells a screen reader how to pronounce the words. The name of the language follows BCP 47: two or
    three letters, then perhaps script or region with hyphens.""",
    Scope.SITE,
)
def no_language(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    pages = whole_pages(site)
    yield from each(
        project,
        [page for page in pages if not page.lang],
        "this page names no language",
        'write <html lang="en">',
    )
    unknown: dict[str, list[HtmlPage]] = defaultdict(list)
    for page in pages:
        if page.lang and not _LANGUAGE.fullmatch(page.lang):
            unknown[page.lang].append(page)
    for name, having in unknown.items():
        yield from each(project, having, f"“{name}” is not the name of a language", 'write <html lang="en">')


@rule(
    "SIT018",
    "no-title",
    ERROR,
    "a page without title",
    """The title stands in the tab, in bookmarks and in search results.""",
    Scope.SITE,
)
def no_title(project: Project) -> Iterator[Defect]:
    site = project.site
    if site:
        yield from each(
            project,
            [page for page in whole_pages(site) if not page.title],
            "this page has no title",
            "write <title>…</title>",
            "meta title",
        )


@rule(
    "SIT019",
    "no-description",
    WARNING,
    "a page without description",
    """<meta name="description"> is what search engines and shared links show under the title.""",
    Scope.SITE,
)
def no_description(project: Project) -> Iterator[Defect]:
    site = project.site
    if site:
        lacking = [
            page
            for page in whole_pages(site)
            if not page.description and not is_error_page(page) and not page.noindex
        ]
        yield from each(
            project,
            lacking,
            "this page has no description",
            "write “description” in its front matter",
            "meta description",
        )


@rule(
    "SIT020",
    "duplicate-title",
    WARNING,
    "two pages with the same title",
    """In tabs, bookmarks and search results the two cannot be told apart. Further pages of one list (…/page/2/) are left
    alone. One finding for each title.""",
    Scope.SITE,
)
def duplicate_title(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    by_title: dict[str, list[HtmlPage]] = defaultdict(list)
    for page in whole_pages(site):
        if page.title and not (page.noindex or is_error_page(page) or _FURTHER.search(page.path)):
            by_title[page.title].append(page)
    for title, pages in by_title.items():
        if len(pages) == 1:
            continue
        first = pages[0].url or "the first page"
        if len(pages) == 2:
            message = f"the title “{title}” is also that of {first}"
        else:
            message = f"{len(pages)} pages have the title “{title}”, the first is {first}"
        yield Defect(page_place(project, pages[1]), 1, 1, message, "give each page a title of its own")
