"""Rules on what every page is made of: front matter, sections, headings, directives."""

import re
from collections.abc import Iterator
from itertools import pairwise

from explainer.checks.finding import Defect, Severity
from explainer.checks.printed import printed_pages
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.statements import units
from explainer.checks.txt.places import at
from explainer.facts import validate
from explainer.problems import did_you_mean
from explainer.records import CountryPageFrontMatter, PageFrontMatter
from explainer.views import VIEWS

ERROR, WARNING = Severity.ERROR, Severity.WARNING

SECTIONS = (
    "at-a-glance",
    "treaty",
    "military",
    "trade",
    "diplomacy",
    "history",
    "limits",
    "disputed",
    "what-would-change",
    "claims",
    "questions",
    "sources",
)
"""The sections of a country page, in order. Their ids are the same on every country page."""

DIRECTIVES = {
    "verdict": "",
    "at-a-glance": "at-a-glance",
    "claims": "claims",
    "questions": "questions",
    "references": "sources",
}
"""What every country page prints from the facts, and the section it stands in."""


@rule(
    "TXT001",
    "front-matter",
    ERROR,
    "front matter that is missing or does not fit its schema",
    """The lines between the two --- at the top of a page: title and description on every page; country, reviewed and
    review_in on country pages as well. The schemas are docs/data/schema/page.json and country-page.json.""",
)
def front_matter(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        page = words.page
        data = page.front_matter.data
        if page.body_start == 0:
            yield Defect(
                page.path,
                1,
                1,
                "this page has no front matter",
                "begin it with ---, title and description",
                cause="meta description",
            )
            continue
        if any(problem.path == page.path for problem in project.page_problems):
            continue
        record = CountryPageFrontMatter if page.is_country else PageFrontMatter
        _, problems = validate(record, data if data is not None else {}, page.front_matter, (), page.path)
        for problem in problems:
            missing = "meta description" if "description" in problem.message else ""
            yield Defect(
                problem.path,
                max(problem.line, 2),
                problem.column,
                f"front matter: {problem.message}",
                problem.hint,
                cause=missing,
            )


@rule(
    "TXT002",
    "missing-section",
    ERROR,
    "a country page without a section that every country page has",
    """Every country page has the sections at-a-glance, treaty, military, trade, diplomacy, history, limits, disputed,
    what-would-change, claims, questions and sources, each a heading of level 2 with this id. Where there is nothing to
    say, the section says that.""",
)
def missing_section(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        if not words.page.is_country:
            continue
        ids = [heading.id for heading in words.headings if heading.level == 2]
        for section in SECTIONS:
            if section not in ids:
                elsewhere = [heading for heading in words.headings if heading.id == section]
                if elsewhere:
                    yield at(
                        words,
                        elsewhere[0].start,
                        f"the section “{section}” is a heading of level {elsewhere[0].level}",
                        "write it with ##",
                        elsewhere[0].level,
                    )
                    continue
                near = did_you_mean(section, [id_ for id_ in ids if id_ not in SECTIONS])
                hint = near.replace("did you mean", "is it the section") or f"add “## … {{#{section}}}”"
                yield at(words, words.page.body_start, f"the section “{section}” is missing", hint)


@rule(
    "TXT003",
    "section-order",
    ERROR,
    "sections of a country page in another order",
    """The order is the same on every country page, so that a reader who knows one finds his way on all.""",
)
def section_order(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        if not words.page.is_country:
            continue
        known = [heading for heading in words.headings if heading.level == 2 and heading.id in SECTIONS]
        for before, heading in pairwise(known):
            if SECTIONS.index(heading.id) < SECTIONS.index(before.id):
                yield at(
                    words,
                    heading.start,
                    f"the section “{heading.id}” stands below “{before.id}”",
                    f"the order is {', '.join(SECTIONS)}",
                    2,
                )


@rule(
    "TXT004",
    "missing-directive",
    ERROR,
    "a country page that does not print what every country page prints",
    """Verdict, at-a-glance card, claims, questions and references are printed from the facts by directives such as
    “::: verdict china”, each with the slug of the page.""",
)
def missing_directive(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        if not words.page.is_country:
            continue
        slug = words.page.slug
        for name, section in DIRECTIVES.items():
            found = [directive for directive in words.directives if directive.name == name]
            wanted = f"::: {name}" if name == "references" else f"::: {name} {slug}"
            if not found:
                yield at(
                    words,
                    words.page.body_start,
                    f"the directive “{wanted}” is missing",
                    f"add it to the section “{section}”" if section else "add it below the title",
                )
            for directive in found:
                if name != "references" and directive.argument != slug:
                    yield at(
                        words,
                        directive.start,
                        f"“::: {name} {directive.argument}” stands on the page of {slug}",
                        f"write {wanted}",
                        4 + len(name),
                    )


@rule(
    "TXT005",
    "heading-skip",
    ERROR,
    "a heading that skips a level",
    """Below ## comes ###, not ####: people who hear the page go from heading to heading by their level.""",
)
def heading_skip(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        level = 0
        for heading in words.headings:
            if heading.level > level + 1 and level:
                yield at(
                    words,
                    heading.start,
                    f"a heading of level {heading.level} follows one of level {level}",
                    f"write it with {'#' * (level + 1)}",
                    heading.level,
                )
            level = heading.level


@rule(
    "TXT006",
    "heading-without-id",
    ERROR,
    "a heading of level 2 or 3 without a written-out id",
    """Others link to headings. An id that is derived from the words changes when the words do, so it is written out:
    “## Military ties {#military}”.""",
)
def heading_without_id(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for heading in words.headings:
            if heading.level in (2, 3) and not heading.id:
                yield at(
                    words,
                    heading.start,
                    f"the heading “{heading.text}” has no id",
                    f"write “{'#' * heading.level} {heading.text} {{#…}}”",
                    heading.level,
                )


@rule(
    "TXT010",
    "page-title",
    ERROR,
    "a page with no heading of level 1, or with more than one",
    """Each page begins with one “# Title”.""",
)
def page_title(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        top = [heading for heading in words.headings if heading.level == 1]
        if not top:
            yield at(
                words, words.page.body_start, "this page has no heading of level 1", "begin it with “# …”"
            )
        for heading in top[1:]:
            yield at(words, heading.start, "this page has a second heading of level 1", "write it with ##", 1)


@rule(
    "TXT011",
    "unreadable-page",
    ERROR,
    "a page that cannot be read",
    """Not UTF-8, no permission, larger than any page of words, or front matter that is not YAML. A name that ends in .md
    below docs/ and is a folder, a pipe, or a link to nothing; a link that leads back to a folder above. The other pages
    were checked.""",
)
def unreadable_page(project: Project) -> Iterator[Defect]:
    for problem in project.page_problems:
        yield Defect.of(problem)


@rule(
    "TXT012",
    "unknown-directive",
    ERROR,
    "a directive that does not exist, or that names nothing",
    """A line “::: name argument” prints facts. The name is one of those in scripts/explainer/views.py; the argument is
    what that one takes: the slug of a country, the id of a table. It begins with three colons and a space at the
    beginning of the line; otherwise it is printed as it is written.""",
)
def unknown_directive(project: Project) -> Iterator[Defect]:
    for src, words in project.words.items():
        printed = printed_pages(project).get(src)
        wrong = {problem.line: problem for problem in printed.problems} if printed else {}
        for directive in words.directives:
            problem = wrong.get(words.lines.place(directive.start)[0])
            width = 4 + len(directive.name)
            if directive.name not in VIEWS:
                near = did_you_mean(directive.name, list(VIEWS)) or f"known: {', '.join(VIEWS)}"
                yield at(words, directive.start, f"there is no directive “{directive.name}”", near, width)
            elif (
                problem
                and directive.argument not in project.country_ids  # it is there, and does not fit its schema
                and not (words.page.is_country and directive.name in DIRECTIVES)
            ):
                yield at(words, directive.start, problem.message, problem.hint, width)
        for directive in words.nearly_directives:
            if directive.name in VIEWS:
                right = f"::: {directive.name} {directive.argument}".strip()
                yield at(
                    words,
                    directive.start,
                    "this line is printed as it is written",
                    f"write {right} at the beginning of the line",
                    len(right),
                )


@rule(
    "TXT013",
    "unclosed-comment",
    ERROR,
    "<!-- without -->",
    """Everything below it disappears from the page.""",
)
def unclosed_comment(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for comment in words.comments:
            if not comment.closed:
                yield at(words, comment.start, "this comment does not end", "write --> at its end", 4)


@rule(
    "TXT015",
    "empty-section",
    ERROR,
    "a heading with nothing below it",
    """Write what is known, or “No public figure was found.”""",
)
def empty_section(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        items = words.headings
        for index, heading in enumerate(items):
            after = items[index + 1] if index + 1 < len(items) else None
            start = words.page.text.find("\n", heading.start)
            between = words.page.text[start : after.start if after else None] if start >= 0 else ""
            between = re.sub(r"<!--.*?-->", "", between, flags=re.S)
            if not between.strip() and not (after and after.level > heading.level):
                yield at(
                    words,
                    heading.start,
                    f"nothing stands below the heading “{heading.text}”",
                    "write what is known, or remove the heading",
                    heading.level,
                )


@rule(
    "TXT016",
    "repeated-paragraph",
    WARNING,
    "a paragraph that stands twice",
    """The same words on one page or on two, of more than twelve words: one of the two was left behind when text was
    moved, or it is a fact that belongs into the data.""",
)
def repeated_paragraph(project: Project) -> Iterator[Defect]:
    first: dict[str, str] = {}
    for words in project.words.values():
        for unit in units(words):
            text = " ".join(unit.text.split()).strip("-*| ")
            if len(text.split()) <= 12:
                continue
            line = words.lines.place(unit.start)[0]
            if text in first:
                yield at(
                    words, unit.start, f"these words also stand at {first[text]}", "remove one of the two", 10
                )
            first.setdefault(text, f"{words.page.path}:{line}")
