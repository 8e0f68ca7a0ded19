"""Cases for the rules on a built site: a tiny clean site, one change, and the place where exactly one rule speaks.

The cases are our own. What other checkers’ tests taught us (htmltest, html-proofer, lychee, hyperlink, linkinator) is
named beside the cases that come from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from explainer.checks.finding import Finding
from explainer.checks.project import site_only
from explainer.checks.site import load_site
from tests.explainer.checks.projects import SITE, TODAY, Changes, Test, check, for_each, html, told, write

URL = "https://allies.test.org/site/"
A, FIRST = "a/index.html", "index.html"
MARK = "▸"
"""Stands before the character at which the finding has to point; it is taken out before the check."""


@dataclass(frozen=True)
class Broken:
    """A site in which exactly this rule speaks, ``count`` times, at the mark or at the top of ``path``."""

    rule: str
    changes: Changes
    path: str = ""
    count: int = 1


def body(text: str, page: str = A) -> Changes:
    """More in the body of a page."""
    return {page: [("<p>words</p>", f"<p>words</p>\n{text}")]}


def head(text: str, page: str = A) -> Changes:
    """More in the head of a page."""
    return {page: [("</head>", f"{text}</head>")]}


def page(name: str, content: str = "words", more: str = "", title: str = "", linked: bool = True) -> Changes:
    """A further page: in the sitemap and in the search index, and linked from the first page."""
    url = quote(name.removesuffix("index.html"))
    changes: Changes = {
        name: html(title or f"Page {name}", f"<p>{content}</p>", more),
        "sitemap.xml": [("</urlset>", f"<url><loc>{URL}{url}</loc></url></urlset>")],
        "search/search_index.json": [('{"location": ""}', f'{{"location": ""}}, {{"location": "{url}"}}')],
    }
    return changes | (body(f'<a href="{url}">more</a>', FIRST) if linked else {})


def stub(target: str) -> str:
    """A page that only sends readers on."""
    return f'<!doctype html>\n<html lang="en"><head><meta http-equiv="refresh" content="0; url={target}"></head></html>'


def merged(*parts: Changes) -> Changes:
    """Several changes, those to one file one after the other."""
    result: Changes = {}
    for part in parts:
        for name, content in part.items():
            before = result.get(name)
            result[name] = (
                before + content if isinstance(before, list) and isinstance(content, list) else content
            )
    return result


def found_in(folder: Path, changes: Changes, url: str = URL) -> list[Finding]:
    """What is found in the built site with these changes, the marks taken out."""
    write(folder, SITE, changes)
    for path in folder.rglob("*"):
        if path.is_file() and MARK.encode() in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(MARK.encode(), b""))
    return list(check(site_only(folder, TODAY, load_site(folder, "", url))).findings)


def marked_place(folder: Path, changes: Changes) -> tuple[str, int, int] | None:
    """File, line and column of the mark."""
    write(folder, SITE, changes)
    for path in folder.rglob("*"):
        if path.is_file() and MARK.encode() in path.read_bytes():
            before = path.read_bytes().decode("utf-8").partition(MARK)[0]
            return (
                path.relative_to(folder).as_posix(),
                before.count("\n") + 1,
                len(before) - before.rfind("\n"),
            )
    return None


def assert_broken(case: Broken, folder: Path) -> None:
    """Exactly the rule speaks, at its place, once."""
    place = marked_place(folder, case.changes)
    findings = found_in(folder, case.changes)
    assert {item.rule for item in findings} == {case.rule}, told(findings)
    assert len(findings) == case.count, told(findings)
    if place:
        assert place in [(item.path, item.line, item.column) for item in findings], (place, told(findings))
    if case.path:
        assert {item.path for item in findings} == {case.path}, told(findings)
    assert all(item.message and item.hint for item in findings)


def assert_clean(changes: Changes, folder: Path) -> None:
    """Nothing speaks."""
    findings = found_in(folder, changes)
    assert not findings, told(findings)


def trials(broken: Mapping[str, Broken], clean: Mapping[str, Changes]) -> tuple[Test, Test]:
    """The two tests of a file of cases: every defect is found at its place, and every trap is left alone."""
    return for_each(broken, assert_broken), for_each(clean, assert_clean)
