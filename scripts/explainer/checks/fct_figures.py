"""FCT: the figures in docs/data/figures.yml, and the numbers in words and data that repeat or contradict them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from explainer.checks.figure_numbers import KnownFigures, ReadPassage
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import FactRecord, Keys, sourced_in
from explainer.checks.statements import EXEMPT_SECTIONS
from explainer.checks.words import Words
from explainer.citations import parse_reference
from explainer.fact_store import Origin
from explainer.figures import (
    Form,
    ParsedMarks,
    Passage,
    around,
    author,
    parse_figures,
    passages,
    printed,
    says_author,
    says_year,
    unknown_figure,
    without_marks,
)
from explainer.quantities import Amount
from explainer.records import Change, Figure, Quotation

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True)
class _DataText:
    """A text of the data as written, with the record that holds it and the sources of its statement."""

    record: FactRecord
    keys: Keys
    text: str
    beside: str
    origin: Origin
    sources: frozenset[str]

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of its field."""
        return self.origin.place(*self.keys)

    @property
    def marks(self) -> ParsedMarks:
        """The figures it names."""
        return parse_figures(self.text)

    def passages(self) -> Iterator[Passage]:
        """Its sentences."""
        marks = self.marks.marks
        for passage in passages(without_marks(self.text, (), marks), self.text, 0, (), marks):
            yield Passage(passage.text, passage.start, passage.unit, self.sources, passage.marks)


@lru_cache(maxsize=2)
def _data_texts(project: Project) -> list[_DataText]:
    """Each text of our own in the data that may name figures: not the figures themselves, the log, nor quotations."""
    found = []
    for record, keys, part in sourced_in(project):
        if isinstance(record, Change | Figure) or isinstance(part, Quotation):
            continue
        origin = project.facts.origin(record)
        sources = frozenset(parse_reference(text)[0] for text in part.sources)
        written = origin.written(*keys)
        beside = around(written) if isinstance(written, dict) else ""
        for name in ("text", "title", "finding", "reason"):
            raw = origin.written(*keys, name)
            if isinstance(raw, str):
                found.append(_DataText(record, (*keys, name), raw, beside, origin, sources))
    return found


def _in_words(words: Words, start: int, message: str, hint: str, width: int = 1) -> Defect:
    line, column = words.lines.place(start)
    return Defect(words.page.path, line, column, message, hint, width)


def _in_data(text: _DataText, message: str, hint: str) -> Defect:
    line, column = text.place
    return Defect(text.origin.path, line, column, f"{text.record.id}: {message}", hint)


def _of_figure(project: Project, figure: Figure, keys: Keys, message: str, hint: str) -> Defect:
    origin = project.facts.origin(figure)
    line, column = origin.place(*keys)
    return Defect(origin.path, line, column, f"{figure.id}: {message}", hint, len(str(keys[-1])))


def _loaded(project: Project, code: str) -> Iterator[Defect]:
    for problem in project.problems:
        if problem.code == code:
            yield Defect.of(problem)


@dataclass(frozen=True)
class _Part:
    """A passage of words or data, and what its numbers are."""

    place: Words | _DataText
    passage: Passage
    read: ReadPassage

    @property
    def states_facts(self) -> bool:
        """Whether it is on a page, and in a section, that states facts."""
        if isinstance(self.place, _DataText):
            return True
        above = self.place.section_at(self.passage.start)
        in_about = self.place.page.src.startswith("about/")
        return not in_about and not any(heading.id in EXEMPT_SECTIONS for heading in above)

    def at(self, amount: Amount, message: str, hint: str) -> Defect:
        """A defect at a number; in the data, at its field."""
        if isinstance(self.place, _DataText):
            return _in_data(self.place, message, hint)
        return _in_words(
            self.place, self.passage.start + amount.start, message, hint, amount.end - amount.start
        )


@lru_cache(maxsize=2)
def _parts(project: Project) -> list[_Part]:
    """Every passage with numbers, read once for the rules that ask."""
    names = [country.name for country in project.facts.countries.values()]
    known = KnownFigures(project.facts.figures.values(), names)
    places: list[Words | _DataText] = [*project.words.values(), *_data_texts(project)]
    found = []
    for place in places:
        for passage in place.passages if isinstance(place, Words) else place.passages():
            read = known.read(passage)
            if read != ReadPassage():
                found.append(_Part(place, passage, read))
    return found


@rule(
    "FCT016",
    "unknown-figure",
    ERROR,
    "the mark of a figure that does not exist or cannot be read",
    """[=id], [=id value] and [=id number] name a record in docs/data/figures.yml. No record has this id, or the mark is
    written wrongly, or stands in a heading or in the words of a link. The build stops here too.""",
)
def unknown(project: Project) -> Iterator[Defect]:
    known = sorted(project.figure_ids)
    for words in project.words.values():
        for problem in words.figure_problems:
            yield _in_words(words, problem.start, problem.message, problem.hint, 2)
        for mark in words.figures:
            if mark.id not in project.figure_ids:
                yield _in_words(words, mark.start, *unknown_figure(mark.id, known), mark.end - mark.start)
    for defect in _loaded(project, "figure"):
        named = re.fullmatch(r"no figure has the id “([^”]*)”", defect.message)
        if not (named and named[1] in project.figure_ids):  # it is there, and does not fit its schema
            yield defect


@rule(
    "FCT017",
    "unused-figure",
    WARNING,
    "a figure that nothing names",
    """A figure is for the words and the data that name it. Name it, or remove the record.""",
)
def unused(project: Project) -> Iterator[Defect]:
    if not project.could_be_read:
        return  # what cannot be read may name it
    named = {mark.id for words in project.words.values() for mark in words.figures}
    named |= {mark.id for text in _data_texts(project) for mark in text.marks.marks}
    for figure in project.facts.figures.values():
        if figure.id not in named:
            yield _of_figure(
                project,
                figure,
                ("id",),
                "no page and no record names it",
                f"write [={figure.id}], or remove it",
            )


@rule(
    "FCT018",
    "repeated-figure",
    ERROR,
    "a number that repeats a figure without naming it",
    """The number and the unit behind it are those of a record in figures.yml, and the sentence is about the same thing
    for certain: it cites a source of the figure and has its year or no year at all, or it says both the year and whose
    figure it is. A count without its unit behind it (“gave 600 in April 2025”) has to have all three: source, year and
    author. A number of one or two digits, which two things may share, counts only where the sentence also has a
    word of what the figure measures, other than the name of a state. “2.7 billion” repeats 2.735 billion; “3 billion”
    does not. In claims, countries, events and treaties a text counts as citing the sources of its record. Put the mark
    [=id] in place of the number: what is corrected in the record is then right everywhere.""",
)
def repeated(project: Project) -> Iterator[Defect]:
    for part in _parts(project):
        for amount, figures in part.read.repeats:
            yield part.at(amount, *_repeat_told(figures))


def _repeat_told(figures: Sequence[Figure]) -> tuple[str, str]:
    figure = figures[0]
    return (
        f"“{printed(figure, Form.VALUE)}” is a figure of {author(figure)} and is written out here",
        f"write {' or '.join(f'[={item.id}]' for item in figures)}",
    )


@rule(
    "FCT019",
    "contradicted-figure",
    ERROR,
    "a number that contradicts a figure",
    """Told only where it is certain. The sentence cites a source of the figure, has the figure’s year and no other
    year, has every word of what the figure measures (four letters or more), and names no figure. It has one number
    with the figure’s unit, between half and twice the value, that is no change (“by 5 per cent”, “up 2 tonnes”); and no
    word narrows it to a part or a month (“exports”, “first quarter”, “without”, “in May”) that the figure does not
    name too. Neither this figure nor another of that source and unit has this value. Correct the one that is wrong, or
    enter the number as a figure of its own.""",
)
def contradicted(project: Project) -> Iterator[Defect]:
    for part in _parts(project):
        for amount, figure in part.read.contradictions:
            yield part.at(amount, *_contradiction_told(project, figure))


def _contradiction_told(project: Project, figure: Figure) -> tuple[str, str]:
    origin = project.facts.origin(figure)
    return (
        f"{figure.id} ({origin.path}:{origin.place('id')[0]}) says {printed(figure, Form.VALUE)}",
        f"write [={figure.id}], or correct the record",
    )


@rule(
    "FCT020",
    "malformed-figure",
    ERROR,
    "a figure without a number, with a range that is reversed, or with a unit that is none",
    """A figure has a value, or a low and a high end of which the low is lower. Its unit is words that can follow the
    number: “per cent”, “US dollars”, “tonnes”, “troops”; no sign, and no “million”, which belongs to the number.""",
)
def malformed(project: Project) -> Iterator[Defect]:
    return _loaded(project, "figure-range")


@rule(
    "FCT021",
    "figure-without-author",
    ERROR,
    "a figure printed bare where the words around it do not say the year or whose it is",
    """[=id] prints what its sentence does not say of year and author. [=id value] and [=id number] print neither: the
    paragraph, the list item with the sentence that leads to the list, or the row of a table with its heads, the
    sentence above it or the heading above it has to say both. The record’s “who” and “also” are the names by which the author counts
    as named.""",
)
def without_author(project: Project) -> Iterator[Defect]:
    figures = project.facts.figures
    for words in project.words.values():
        for passage in words.passages:
            for mark in passage.marks:
                figure = figures.get(mark.id)
                if figure is None or mark.form is Form.FULL:
                    continue
                unit = passage.unit
                around = [unit.text, unit.lead.text if unit.lead else "", unit.head]
                around += [heading.text for heading in words.section_at(mark.start)[-1:]]
                if missing := _missing(figure, "\n".join(around)):
                    width = mark.end - mark.start
                    yield _in_words(words, mark.start, *_bare_told(figure, missing), width)
    for text in _data_texts(project):
        for mark in text.marks.marks:
            figure = figures.get(mark.id)
            if (
                figure is not None
                and mark.form is not Form.FULL
                and (
                    missing := _missing(
                        figure, f"{without_marks(text.text, (), text.marks.marks)} {text.beside}"
                    )
                )
            ):
                yield _in_data(text, *_bare_told(figure, missing))


def _missing(figure: Figure, text: str) -> list[str]:
    return [
        part
        for part, there in (
            (f"the year {figure.as_of.years}", says_year(figure, text)),
            (f"whose figure it is ({figure.who})", says_author(figure, text)),
        )
        if not there
    ]


def _bare_told(figure: Figure, missing: Iterable[str]) -> tuple[str, str]:
    return (
        f"the words around [={figure.id}] do not say {' or '.join(missing)}",
        f"say so, or write [={figure.id}]",
    )


@rule(
    "FCT022",
    "same-figure",
    ERROR,
    "a figure that stands twice in figures.yml",
    """Two records measure the same thing, by the same author, as of the same date, in the same unit; or two point at
    one cell of a series. If the numbers are equal, keep one; if they differ, one is wrong.""",
)
def same_figure(project: Project) -> Iterator[Defect]:
    first: dict[object, Figure] = {}
    for figure in project.facts.figures.values():
        keys: list[object] = [
            (figure.measures.casefold(), figure.who.casefold(), str(figure.as_of), figure.unit)
        ]
        if figure.cell:
            keys.append((figure.cell.series, tuple(sorted(figure.cell.row.items())), figure.cell.column))
        for key in keys:
            other = first.setdefault(key, figure)
            if other is not figure:
                line = project.facts.origin(other).place("id")[0]
                yield _of_figure(
                    project,
                    figure,
                    ("id",),
                    f"is the same figure as {other.id} (line {line})",
                    "merge the two, or say in “measures” how they differ",
                )
                break


@rule(
    "FCT023",
    "figure-without-record",
    ERROR,
    "an amount in words or data that is no record",
    """In a project with a figures.yml, every amount of money, percentage, weight, volume or area in the words and in the
    texts of the data is a record of that file: somebody counted or estimated it as of a date. Enter it, and name it
    with [=id]. Left out are pages in about/, the sections that state nothing (“What would change this verdict”), the
    log of changes, and quotations, since they are the words of others.""",
)
def without_record(project: Project) -> Iterator[Defect]:
    if not project.figure_ids:
        return
    for part in _parts(project):
        if part.states_facts:
            for amount in part.read.unrecorded:
                words = " ".join(part.passage.text[amount.start : amount.end + 12].split())
                yield part.at(
                    amount,
                    f"“{words}…” is an amount without a record",
                    "enter it in docs/data/figures.yml, and write its mark here",
                )
