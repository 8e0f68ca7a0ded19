"""TXT: the words themselves."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import texts_in
from explainer.checks.statements import units
from explainer.checks.words import Words
from explainer.dates import parse_day
from explainer.facts import validate
from explainer.problems import did_you_mean
from explainer.records import CountryPageFrontMatter, PageFrontMatter, review_due
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

_RELATIVE = re.compile(
    r"\b(?:recently|currently|now|nowadays|today|tonight|yesterday|tomorrow|lately|presently|ongoing|"
    r"so far|to date|at present|at the moment|these days|until recently|just days ago|"
    r"(?:last|this|next) (?:year|month|week|decade|century|spring|summer|autumn|fall|winter)|"
    r"in recent (?:years|months|weeks|decades|days|times)|recent (?:years|months|weeks|decades)|"
    r"(?:in|over|during) the (?:past|last) (?:few |several )?(?:year|years|month|months|week|weeks|decade|decades)|"
    r"(?:\w+ )?(?:years|months|weeks|days) ago|a (?:year|month|week|decade) ago)\b",
    re.I,
)
_NOT_RELATIVE = re.compile(
    r"\bup[- ]to[- ]date\b|\b(?:the|that|this) (?:very )?(?:here and now)\b|\bUSA Today\b"
    r"|(?-i:\b[A-Z][\w.]* (?:Today|Now)\b)|\bnow-\w+",
    re.I,
)
_QUOTED = re.compile(r"“[^”]{0,1000}”|\"[^\"\n]{0,500}\"|‘[^’\n]{0,300}’(?!\w)")

LOADED = {
    r"regimes?": "say government, or name it",
    r"hermit (?:kingdom|state|nation)": "say North Korea",
    r"rogue (?:states?|nations?|regimes?|countr(?:y|ies))": "say what it did, and who objects",
    r"rogue": "say what it did, and who objects",
    r"pariah(?: states?)?": "say who broke off or limits relations",
    r"staunch(?:ly|est)?": "say what it did, with date",
    r"steadfast(?:ly)?": "say what it did, with date",
    r"notorious(?:ly)?": "say what is known, and who says so",
    r"infamous(?:ly)?": "say what is known, and who says so",
    r"puppets?(?: states?| governments?)?": "say who appointed or supported it",
    r"lackeys?|stooges?|henchm[ae]n|cron(?:y|ies)|thugs?": "name the person and the office",
    r"dictators?|dictatorships?|despots?|despotic|tyrants?|tyrann(?:y|ical)|strongm[ae]n": "name the person and the office",
    r"brutal(?:ly|ity)?|barbaric|heinous|evil|vile|sinister|shameful|disgraceful": "say what happened",
    r"madm[ae]n|crazy|insane|lunatic|paranoid": "say what was done or said",
    r"reclusive|secretive": "say what is not published",
    r"bellicose|belligeren(?:t|ce)|warmonger(?:s|ing)?|sabre-rattling|saber-rattling": "say what was said or done",
    r"so-called": "use the name, and say who uses it",
    r"heroic(?:ally)?|glorious|legendary|illustrious": "say what was done",
    r"outrageous(?:ly)?|shocking(?:ly)?|appalling(?:ly)?|horrific": "say what happened",
    r"blatant(?:ly)?|brazen(?:ly)?": "say what happened",
    r"axis of evil|axis of upheaval|evil empire": "quote it, and say whose phrase it is",
    r"bromance|cosy|cozy(?:ing)?|cosying": "say what they did together",
}
"""Words of praise or blame, and what to do instead."""

_LOADED = [(re.compile(rf"\b(?:{pattern})\b", re.I), reason) for pattern, reason in LOADED.items()]
_TECHNICAL = re.compile(
    r"\b(?:sanctions?|non-?proliferation|visa|inspections?|monitoring|control|export[- ]control|safeguards|treaty|legal|"
    r"tax|arms[- ]control|verification|trade|reporting|licensing|disarmament|1718|UN)\s+regimes?\b"
    r"|\bregime change\b",
    re.I,
)

_WEASEL = re.compile(
    r"\b(?:it is (?:widely |generally )?(?:believed|thought|said|known|understood|assumed|claimed|rumou?red)|"
    r"(?:some|many|several|most) (?:(?:experts?|analysts?|observers?|critics|people|scholars) )?"
    r"(?:say|believe|argue|claim|think|agree)|"
    r"experts (?:say|believe|agree|think)|analysts (?:say|believe|agree|think)|observers (?:say|believe|note)|"
    r"critics (?:say|argue|claim)|of course|obviously|clearly|undoubtedly|needless to say|arguably|"
    r"(?:widely|generally) (?:regarded|seen|believed|considered|known))\b",
    re.I,
)


def _at(words: Words, start: int, message: str, hint: str, width: int = 1, cause: str = "") -> Defect:
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width, cause=cause)


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
                    yield _at(
                        words,
                        elsewhere[0].start,
                        f"the section “{section}” is a heading of level {elsewhere[0].level}",
                        "write it with ##",
                        elsewhere[0].level,
                    )
                    continue
                near = did_you_mean(section, [id_ for id_ in ids if id_ not in SECTIONS])
                hint = near.replace("did you mean", "is it the section") or f"add “## … {{#{section}}}”"
                yield _at(words, words.page.body_start, f"the section “{section}” is missing", hint)


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
                yield _at(
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
                yield _at(
                    words,
                    words.page.body_start,
                    f"the directive “{wanted}” is missing",
                    f"add it to the section “{section}”" if section else "add it below the title",
                )
            for directive in found:
                if name != "references" and directive.argument != slug:
                    yield _at(
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
                yield _at(
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
                yield _at(
                    words,
                    heading.start,
                    f"the heading “{heading.text}” has no id",
                    f"write “{'#' * heading.level} {heading.text} {{#…}}”",
                    heading.level,
                )


def _own_words(words: Words) -> str:
    """The text without citations, quotations, addresses, directives, attribute lists and questions of readers."""
    text = words.without_citations
    text = _QUOTED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    text = re.sub(
        r"\]\([^)\n]*\)|\{:?[^{}\n]*\}|^:::.*$|<[^<>\n]*>|^#+ .*\?.*$|https?://\S+",
        lambda match: " " * len(match.group()),
        text,
        flags=re.M,
    )
    return _NOT_RELATIVE.sub(lambda match: " " * len(match.group()), text)


def _own_text(text: str) -> str:
    return _NOT_RELATIVE.sub("", _QUOTED.sub("", text))


@rule(
    "TXT007",
    "relative-time",
    ERROR,
    "a word such as “recently”, “currently”, “now” or “last year”",
    """The page is read years later. Write the date. Quotations, code, the titles of sources and headings that are a
    reader’s question are left alone.""",
)
def relative_time(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for match in _RELATIVE.finditer(_own_words(words)):
            yield _at(
                words,
                match.start(),
                f"“{match.group()}” means another time when this is read",
                "write the date",
                len(match.group()),
            )
    for record, keys, text in texts_in(project):
        for match in _RELATIVE.finditer(_own_text(text)):
            origin = project.facts.origin(record)
            line, column = origin.place(*keys)
            yield Defect(
                origin.path,
                line,
                column,
                f"{record.id}: “{match.group()}” means another time when this is read",
                "write the date",
                len(str(keys[-1])),
            )


@rule(
    "TXT008",
    "loaded-word",
    ERROR,
    "a word of praise or blame",
    """The site says what happened and who says so. The hint names what to write instead. Quotations are left alone, and
    so are terms such as “sanctions regime”.""",
)
def loaded_word(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        text = _TECHNICAL.sub(lambda match: " " * len(match.group()), _own_words(words))
        for start, word, reason in _loaded(text):
            yield _at(words, start, f"“{word}” praises or blames", reason, len(word))
    for record, keys, text in texts_in(project):
        for _, word, reason in _loaded(_TECHNICAL.sub("", _own_text(text))):
            origin = project.facts.origin(record)
            line, column = origin.place(*keys)
            yield Defect(
                origin.path,
                line,
                column,
                f"{record.id}: “{word}” praises or blames",
                reason,
                len(str(keys[-1])),
            )


def _loaded(text: str) -> list[tuple[int, str, str]]:
    found: dict[int, tuple[int, str, str]] = {}
    for pattern, reason in _LOADED:
        for match in pattern.finditer(text):
            if not any(start <= match.start() < start + len(word) for start, word, _ in found.values()):
                found[match.start()] = (match.start(), match.group(), reason)
    return list(found.values())


@rule(
    "TXT009",
    "overdue-review",
    WARNING,
    "a page that is due to be read again",
    """“reviewed” plus “review_in” in the front matter is before today. Read the page against its sources, and set
    “reviewed”. Months count 30 days.""",
)
def overdue_review(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        data = words.page.front_matter.data
        if not isinstance(data, dict) or not data.get("reviewed") or not data.get("review_in"):
            continue
        line, column = words.page.front_matter.place(("reviewed",))
        try:
            reviewed = parse_day(data["reviewed"])
            due = review_due(reviewed, str(data["review_in"]))
        except (ValueError, OverflowError):
            continue  # the schema says what is wrong
        if reviewed > project.today:
            yield Defect(
                words.page.path,
                line,
                column,
                f"reviewed on {reviewed}, which is in the future",
                f"today is {project.today}",
                8,
            )
        elif due < project.today:
            days = (project.today - due) // timedelta(days=1)
            yield Defect(
                words.page.path,
                line,
                column,
                f"this page was due to be read again on {due}, {days} days ago",
                "read it against its sources, and set “reviewed”",
                8,
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
            yield _at(
                words, words.page.body_start, "this page has no heading of level 1", "begin it with “# …”"
            )
        for heading in top[1:]:
            yield _at(
                words, heading.start, "this page has a second heading of level 1", "write it with ##", 1
            )


@rule(
    "TXT011",
    "unreadable-page",
    ERROR,
    "a page that cannot be read",
    """Not UTF-8, no permission, larger than any page of words, or front matter that is not YAML. The other pages were
    checked.""",
)
def unreadable_page(project: Project) -> Iterator[Defect]:
    for problem in project.page_problems:
        yield Defect(problem.path, problem.line, problem.column, problem.message, problem.hint)


@rule(
    "TXT012",
    "unknown-directive",
    ERROR,
    "a directive that does not exist, or that names nothing",
    """A line “::: name argument” prints facts. The name is one of those in scripts/explainer/views.py; the argument is
    what that one takes: the slug of a country, the id of a table.""",
)
def unknown_directive(project: Project) -> Iterator[Defect]:
    for src, words in project.words.items():
        printed = project.printed.get(src)
        wrong = {problem.line: problem for problem in printed.problems} if printed else {}
        for directive in words.directives:
            problem = wrong.get(words.lines.place(directive.start)[0])
            width = 4 + len(directive.name)
            if directive.name not in VIEWS:
                near = did_you_mean(directive.name, list(VIEWS)) or f"known: {', '.join(VIEWS)}"
                yield _at(words, directive.start, f"there is no directive “{directive.name}”", near, width)
            elif (
                problem
                and directive.argument not in project.country_ids  # it is there, and does not fit its schema
                and not (words.page.is_country and directive.name in DIRECTIVES)
            ):
                yield _at(words, directive.start, problem.message, problem.hint, width)


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
                yield _at(words, comment.start, "this comment does not end", "write --> at its end", 4)


@rule(
    "TXT014",
    "weasel-words",
    WARNING,
    "“it is believed”, “experts say”, “obviously”",
    """Say who believes or says it, and cite them; or leave the words out. Quotations are left alone.""",
)
def weasel_words(project: Project) -> Iterator[Defect]:
    for words in project.words.values():
        for match in _WEASEL.finditer(_own_words(words)):
            yield _at(
                words,
                match.start(),
                f"“{match.group()}” does not say who",
                "name who says so, and cite them",
                len(match.group()),
            )


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
                yield _at(
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
                yield _at(
                    words, unit.start, f"these words also stand at {first[text]}", "remove one of the two", 10
                )
            first.setdefault(text, f"{words.page.path}:{line}")
