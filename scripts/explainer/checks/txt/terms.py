"""Rules on the glossary: what is not explained where a page first uses it, and the records of the terms."""

import re
from collections.abc import Iterator
from functools import lru_cache

from explainer.checks import settings
from explainer.checks.finding import Defect, Severity
from explainer.checks.printed import printed_pages
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import texts_in
from explainer.checks.statements import sentences, units
from explainer.checks.txt.language import own_words
from explainer.checks.txt.places import at, in_record
from explainer.checks.words import Words
from explainer.glossary import PAGE, Glossary, markable

FILE = "docs/data/glossary.yml"

ERROR, WARNING = Severity.ERROR, Severity.WARNING

KNOWN = frozenset(
    # states and international bodies
    {"UN", "US", "USA", "UK", "EU", "USSR", "NATO"}
    # everyday words
    | {"AD", "AI", "AM", "BC", "GDP", "HIV", "ID", "IT", "OK", "PM", "TV"}
    # news organisations and services
    | {"AP", "BBC", "CIA", "CNN", "FBI"}
    # told by the rule on what was left to do
    | {"FIXME", "TBA", "TBC", "TBD", "TODO", "XXX"}
    # files and identifiers
    | {"API", "CSS", "CSV", "DOI", "HTML", "ISBN", "ISSN", "JSON", "PDF", "PNG", "SVG", "URL", "YAML"}
)
"""Abbreviations that a reader of news, or an editor of this site, knows."""

_ABBREVIATION = re.compile(
    r"(?<![\w&/.-])[A-Z](?:[A-Z&]*[A-Z])(?:s\b)?(?![\w&/-])(?!\.[A-Za-z])(?! (?-i:[A-Z][a-z]))"
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_KINDS = (
    r"(?:agenc(?:y|ies)|broadcasters?|channel|station|radio|television|network|newspaper|daily|magazine|outlet|service|"
    r"ministry|institute|institution|centre|center|university|think tank|group|movement|party|union|bank|company|firm|"
    r"dealer|maker|association|organi[sz]ation|body|council|committee|team|project|programme|fund|forum|treaty|pact|ship|"
    r"vessel|system|code|formats?|style|standard)"
)


def _is_explained(abbreviation: str, sentence: str) -> bool:
    """Whether the sentence says what it is: in brackets, or with the kind of thing beside it."""
    name = re.escape(abbreviation)
    return bool(
        re.search(
            rf"\((?:[^()]*\b)?{name}\b[^()]*\)|\b{name}s? \(|\b{name}, (?:the|a|an|which|(?:[A-Z]\w+ )*[A-Z]\w+[’']s) "
            rf"|\b{_KINDS}(?:,? (?:called|named|of|for|in|the|\w+[’']s)){{0,3}} {name}\b"
            rf"|\b{name}(?:[’']s)?(?: \w+)? {_KINDS}\b",
            sentence,
        )
    )


def _abbreviations(words: Words) -> Iterator[tuple[str, int, str]]:
    """The first use of each abbreviation in the sentences of a page: it, its place, and its sentence."""
    # What a link says, the page it leads to explains.
    text = re.sub(r"\[[^\]\n]*\]", lambda match: " " * len(match.group()), own_words(words))
    first: set[str] = set()
    for unit in units(words):
        for sentence in sentences(unit):
            end = sentence.start + len(sentence.text)
            for match in _ABBREVIATION.finditer(text, sentence.start, end):
                name = match.group().removesuffix("s")
                if name not in first and not _ROMAN.fullmatch(name):
                    first.add(name)
                    yield name, match.start(), text[sentence.start : end]


@lru_cache(maxsize=2)
def _glossary(project: Project) -> Glossary:
    return Glossary(project.facts.glossary.values())


@rule(
    "TXT017",
    "unexplained-abbreviation",
    WARNING,
    "an abbreviation that nothing explains where a page first uses it",
    """Write it out once (“the International Trade Centre (ITC)”), say what kind of thing it is (“the Swiss broadcaster
    RTS”), or add it to docs/data/glossary.yml. Names that go on (“RIA Novosti”), quotations, code and abbreviations that
    every reader knows are left alone; “known” in [tool.explainer.terms] of pyproject.toml adds to these.""",
)
def unexplained_abbreviation(project: Project) -> Iterator[Defect]:
    if any(problem.path == FILE for problem in project.problems):
        return  # what is wrong there is told; its terms are not known
    known = KNOWN | set(settings.terms(project).known)
    for words in project.words.values():
        for name, start, sentence in _abbreviations(words):
            if name in known or _glossary(project).term(name) or _is_explained(name, sentence):
                continue
            yield at(
                words,
                start,
                f"nothing explains “{name}” here, where the page first uses it",
                f"write it out, say what it is (“the agency {name}”), or add it to docs/data/glossary.yml",
                len(name),
            )


@rule(
    "TXT018",
    "unmarked-term",
    WARNING,
    "a term of the glossary that a page uses, and never explains",
    """A page links the first use of each term in a sentence to its meaning. In a heading, or in the words of a link, no
    such link can stand: where a page uses the term only there, no reader learns what it means. Use it once in a
    sentence, or link to it: [veto](glossary.md#veto).""",
)
def unmarked_term(project: Project) -> Iterator[Defect]:
    glossary = _glossary(project)
    for src, words in project.words.items():
        if src == PAGE:
            continue
        printed = printed_pages(project).get(src)
        explained = set(printed.explained) if printed else set()
        explained |= {use.term.id for use in glossary.uses(markable(words.page.body))}
        explained |= set(re.findall(rf"{re.escape(PAGE)}#([\w-]+)", words.readable))
        text = re.sub(
            r"\]\([^)\n]*\)|\{:?[^{}\n]*\}|^:::.*$|<[^<>\n]*>",
            lambda match: " " * len(match.group()),
            words.without_citations,
            flags=re.M,
        )
        for use in glossary.uses(text[words.page.body_start :]):
            if use.term.id not in explained:
                explained.add(use.term.id)
                yield at(
                    words,
                    words.page.body_start + use.start,
                    f"this page uses “{use.name}” where it cannot be explained, and nowhere else",
                    f"use it in a sentence, or link to {PAGE}#{use.term.id}",
                    len(use.name),
                )


@rule(
    "TXT019",
    "unused-term",
    WARNING,
    "a term of the glossary that no page uses",
    """It was left behind when words were changed, or it is written otherwise there: add that form to “aliases”.""",
)
def unused_term(project: Project) -> Iterator[Defect]:
    glossary = _glossary(project)
    texts = [words.readable for src, words in project.words.items() if src != PAGE]
    texts += [text for record, _, text in texts_in(project) if record.id not in project.facts.glossary]
    used = {use.term.id for text in texts for use in glossary.uses(text)}
    for term in glossary.terms:
        if term.id not in used:
            yield in_record(
                project, term, ("term",), f"no page uses “{term.term}”", "remove it, or add the form in use"
            )


@rule(
    "TXT020",
    "term-names",
    ERROR,
    "two terms of the glossary with one name, or terms out of order",
    """A page could link to either of two terms with one name. The file is sorted by id, so that an editor finds a
    term.""",
)
def term_names(project: Project) -> Iterator[Defect]:
    first: dict[str, str] = {}
    before = ""
    for term in project.facts.glossary.values():
        for name in term.names:
            key = name if any(letter.isupper() for letter in name[1:]) else name.casefold()
            if key in first:
                keys: tuple[str | int, ...] = (
                    ("term",) if name == term.term else ("aliases", term.aliases.index(name))
                )
                yield in_record(
                    project,
                    term,
                    keys,
                    f"“{name}” is a name of {first[key]} as well",
                    "remove one of the two",
                )
            first.setdefault(key, term.id)
        if term.id < before:
            yield in_record(project, term, ("id",), f"stands below {before}", "sort the terms by their ids")
        before = max(before, term.id)
