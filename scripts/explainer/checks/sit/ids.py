"""SIT: ids, and what names them: labels, links to text, symbols of drawings."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import Scope, rule
from explainer.checks.sit.places import line_and_column, on_pages, place, report, shown
from explainer.checks.sit.survey import (
    MANY,
    Groups,
    add_places,
    note,
    one_for_template,
    survey,
    text_of,
    text_places,
)
from explainer.checks.site import BuiltSite, HtmlPage, Reference, Target
from explainer.checks.site.follow import FaultKind
from explainer.checks.text_fragments import finds, page_text, text_directives

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_GENERATED = re.compile(r"(?:.*--)?__")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_ID = re.compile(r"\sid\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAMING = (
    "for",
    "headers",
    "list",
    "form",
    "popovertarget",
    "commandfor",
    "usemap",
    "aria-[a-z]+",
)
"""Attributes that name ids."""


@rule(
    "SIT005",
    "duplicate-html-id",
    ERROR,
    "an id twice on a page",
    """A browser goes to the first of the two. Left alone are ids inside SVG, those that a theme makes for itself (they
    begin with two underscores, or have them after “--”), and those that more than half of all pages repeat and no link leads to.""",
    Scope.SITE,
)
def duplicate_html_id(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    where: dict[str, list[HtmlPage]] = defaultdict(list)
    for page in site.pages.values():
        for id_ in page.duplicate_ids:
            if not _GENERATED.match(id_):
                where[id_].append(page)
    fragments = _fragments(site) if where else set()
    for id_, pages in where.items():
        if len(pages) >= MANY and len(pages) * 2 > len(site.pages) and id_ not in fragments:
            continue
        count = f" (on {len(pages)} pages)" if len(pages) > 1 else ""
        message, hint = f"the id “{id_}” stands twice on the page{count}", "give one of the two another id"
        src = project.page_of_url.get(pages[0].url)
        words = project.words[src] if src else None
        if words and (written := [item.start for item in words.written_ids if item.id == id_]):
            line, column = words.lines.place(written[:2][-1])
            yield Defect(
                words.page.path, line, column, message, hint, len(id_), cause=f"id {id_}", subject=f"#{id_}"
            )
            continue
        text = text_of(site, pages[0].path)
        same = re.finditer(
            rf"(?<=\s)id\s*=\s*[\"']?{re.escape(html.escape(id_, quote=False))}[\"'\s>]", text, re.I
        )
        second = [match.start() for match in same][1:2]
        yield Defect(
            shown(site, pages[0].path),
            *line_and_column(text, second[0] if second else 0),
            message,
            hint,
            len(id_) + 5,
            subject=f"#{id_}",
        )


def _fragments(site: BuiltSite) -> set[str]:
    """Every fragment to which a link on another page leads, and on the same page where its id stands twice."""
    found: set[str] = set()
    for followed in site.followed.values():
        found.update(followed.own_fragments)
        found.update(anchor.partition("#")[2] for anchor in followed.anchors)
    return found


@rule(
    "SIT025",
    "dead-label",
    WARNING,
    "an attribute that names an id which the page does not have",
    """A label for nothing and an aria-labelledby without the element it names leave screen readers without words; headers,
    list, form and usemap without theirs do nothing. Ids that a theme makes for itself (they begin with two underscores)
    are left alone.""",
    Scope.SITE,
)
def dead_label(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    groups: Groups = {}
    for page in site.pages.values():
        for id_ in page.dead_labels:
            if not id_.startswith("__"):
                note(groups, id_, Target(page.path, id_), Reference(id_, False, "label"), page.path)
    for group in groups.values():
        message = f"no element has the id “{group.raw}” that a label or aria attribute names{on_pages(group)}"
        text = text_of(site, group.where[0])
        names = "|".join(_NAMING)
        match = re.search(
            rf"\s(?i:{names})\s*=\s*[\"']?[^\"'>]*?(?<![\w-])({re.escape(group.raw)})(?![\w-])", text
        )
        found = place(project, group, message, "name an id on the same page")
        if match and not project.pages:
            line, column = line_and_column(text, match.start(1))
            found = replace(found, line=line, column=column)
        yield found


@rule(
    "SIT028",
    "dead-symbol",
    ERROR,
    "an SVG symbol that its file does not have",
    """<use href="icons.svg#flag"> draws nothing where the file, or the page itself, has no element with this id. So do
    a gradient, a pattern, a <textPath> and a <feImage> that take over an element.""",
    Scope.SITE,
)
def dead_symbol(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    groups: Groups = dict(survey(project)[FaultKind.DEAD_SYMBOL])
    wanted = set().union(*(followed.symbols for followed in site.followed.values()))
    dead = {symbol for symbol in wanted if not _has_symbol(site, *symbol.split("#", 1))}
    add_places(site, groups, dead, "symbols")
    yield from report(
        project,
        one_for_template(project, groups).values(),
        "there is no symbol for “{}”",
        "name an id that the drawing has",
    )


def _has_symbol(site: BuiltSite, number: str, fragment: str) -> bool:
    name = site.follower.names[int(number)]
    if name in site.pages:
        return site.has_fragment(site.pages[name], fragment)
    if site.unreadable(name):
        return True  # SIT024 speaks
    text = _COMMENT.sub("", text_of(site, name))
    ids = {html.unescape(match[1] or match[2]) for match in _ID.finditer(text)}
    return bool({fragment, unquote(fragment)} & ids)


@rule(
    "SIT029",
    "dead-text-fragment",
    ERROR,
    "a link to a text that its page does not have",
    """The text after “#:~:text=” is looked for as browsers do: whole words, without regard to case and accents, within
    one paragraph, with what has to stand before and after it. A text that cannot be read is a fault as well.""",
    Scope.SITE,
)
def dead_text_fragment(project: Project) -> Iterator[Defect]:
    site = project.site
    if site is None:
        return
    groups: Groups = {}
    dead = {place_ for place_ in text_places(site) if not _has_text(site, place_)}
    add_places(site, groups, dead, "anchors")
    for group in one_for_template(project, groups).values():
        where = "the page it leads to" if group.targets > 1 else group.target.path or "the first page"
        yield place(
            project,
            group,
            f"the text that “{group.raw.strip()}” looks for is not on {where}{on_pages(group)}",
            "copy the text again from the page",
        )


def _has_text(site: BuiltSite, written: str) -> bool:
    number, _, fragment = written.partition("#")
    page = site.pages.get(site.follower.names[int(number)])
    if page is None or page.is_stub or page.error or not site.has_fragment(page, fragment):
        return True  # another rule speaks, or nothing can be said
    text = _text(site.directory, page.path)
    return all(directive is not None and finds(text, directive) for directive in text_directives(fragment))


@lru_cache(maxsize=64)
def _text(directory: Path, name: str) -> str:
    try:
        return page_text((directory / name).read_bytes())
    except OSError:
        return ""
