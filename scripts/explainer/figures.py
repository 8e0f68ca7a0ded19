"""The marks in the words that name a figure: parse, print. Pure; used by the site build and by the checker.

The syntax is that of citations with an equals sign::

    [=nis-2025-troops]          about 15,000 troops, with author and year unless the sentence says them
    [=nis-2025-troops value]    about 15,000 troops
    [=nis-2025-troops number]   about 15,000

Text inside code, comments and escapes is no mark. What each form prints, and what each error means, is documented
for editors in docs/about/editing.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from explainer.citations import Cluster
from explainer.markdown_text import blank_code
from explainer.problems import did_you_mean
from explainer.records import Figure
from explainer.sentences import ITEM, Unit, sentences, units_in


class Form(StrEnum):
    """How much of a figure a mark prints."""

    FULL = ""
    VALUE = "value"
    NUMBER = "number"


@dataclass(frozen=True)
class FigureMark:
    """One mark: ``text[start:end]``."""

    id: str
    form: Form
    start: int
    end: int

    def moved(self, distance: int) -> "FigureMark":
        """The same mark, counted from another place."""
        return replace(self, start=self.start + distance, end=self.end + distance)


@dataclass(frozen=True)
class MarkProblem:
    """A mark that is written wrongly, at ``start`` in the text."""

    start: int
    message: str
    hint: str

    def moved(self, distance: int) -> "MarkProblem":
        """The same problem, counted from another place."""
        return replace(self, start=self.start + distance)


@dataclass(frozen=True)
class ParsedMarks:
    """Every mark in a text, in order, and every fault."""

    marks: tuple[FigureMark, ...]
    problems: tuple[MarkProblem, ...]


_MARK = re.compile(
    r"(?<![\\\[])\[=(?=[\s\w\]])(?P<inner>(?:[^\[\]\n]|\n(?![ \t]*\n))*)(?P<close>\])?(?P<link>\(|\[(?![@^=]))?"
)
_HEADING = re.compile(r"#{1,6}[ \t]")


def parse_figures(text: str) -> ParsedMarks:
    """Find the marks of figures in Markdown ``text``. Never raises."""
    if "[=" not in text:
        return ParsedMarks((), ())
    readable = blank_code(text)
    marks: list[FigureMark] = []
    problems: list[MarkProblem] = []
    for match in _MARK.finditer(readable):
        start = match.start()
        id_, *forms = match["inner"].split() or [""]
        line = readable[readable.rfind("\n", 0, start) + 1 : start]
        if not match["close"]:
            problems.append(
                MarkProblem(
                    start, "this mark of a figure has no closing bracket", "write [=id] or [=id value]"
                )
            )
        elif not id_:
            problems.append(
                MarkProblem(start, "a mark of a figure without an id", "write [=id] or [=id value]")
            )
        elif len(forms) > 1 or (forms and forms[0] not in (Form.VALUE, Form.NUMBER)):
            problems.append(
                MarkProblem(
                    start,
                    f"“{' '.join(forms)}” is no form of a figure",
                    f"write [={id_}], [={id_} value] or [={id_} number]",
                )
            )
        elif match["link"]:
            problems.append(
                MarkProblem(
                    start, "a figure stands in the words of a link", "put it before or behind the link"
                )
            )
        elif _HEADING.match(line):
            problems.append(
                MarkProblem(start, "a figure stands in a heading", "move it to the sentence that states it")
            )
        else:
            marks.append(FigureMark(id_, Form(forms[0] if forms else ""), start, match.end("close")))
    return ParsedMarks(tuple(marks), tuple(problems))


def without_marks(text: str, clusters: Sequence[Cluster], marks: Sequence[FigureMark]) -> str:
    """The text with citations blanked out and zeros in place of figures; every offset stays."""
    parts: list[str] = []
    position = 0
    pieces = [(item.start, item.end, " ") for item in clusters] + [
        (item.start, item.end, "0") for item in marks
    ]
    for start, end, filling in sorted(pieces):
        parts += [text[position:start], filling * (end - start)]
        position = end
    return "".join([*parts, text[position:]])


@dataclass(frozen=True)
class Passage:
    """A sentence, or a row of a table: its words, the sources it cites itself, and the figures it names.

    ``text[i]`` stands at ``start + i``; citations are blank in it, and figures are zeros.
    """

    text: str
    start: int
    unit: Unit
    sources: frozenset[str]
    marks: tuple[FigureMark, ...]

    def begins_with(self, mark: FigureMark) -> bool:
        """Whether ``mark`` is the first that is read of a sentence."""
        before = self.text[: mark.start - self.start]
        return self.unit.sort != "row" and not ITEM.sub("", before, count=1).strip()


def passages(
    text: str, written: str, start: int, clusters: Sequence[Cluster], marks: Sequence[FigureMark]
) -> Iterator[Passage]:
    """The sentences and rows of a page, with what they cite and name.

    ``text`` and ``written`` are as ``units_in`` takes them: ``text`` comes from ``without_marks``.
    """
    for unit in units_in(text, written, start, ()):
        unit_end = unit.start + len(unit.text)
        spans = [sentence.span for sentence in sentences(unit)]
        if unit.sort == "row" and spans:
            spans = [(unit.start, unit_end)]
        for first, last in spans:
            # A citation right behind the full stop belongs to the sentence before it.
            sources = frozenset(
                item.id
                for cluster in clusters
                if unit.start <= cluster.start < unit_end
                and (
                    (first <= cluster.start < last and text[first : cluster.start].strip())
                    or (last <= cluster.start and not text[last : cluster.start].strip())
                )
                for item in cluster.citations
            )
            named = tuple(mark for mark in marks if first <= mark.start < last)
            yield Passage(text[first:last], first, unit, sources, named)


def unknown_figure(id_: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say of a mark whose figure does not exist: message and hint."""
    return (
        f"no figure has the id “{id_}”",
        did_you_mean(id_, list(known)) or "add it to docs/data/figures.yml",
    )


def printed(figure: Figure, form: Form) -> str:
    """The number as the page prints it, with its bound, and with its unit unless the form is the number alone."""
    if figure.value:
        number = figure.value.words()
    else:
        assert figure.low and figure.high  # the record has one or the other
        number = _range(figure.low.words(), figure.high.words())
    bound = f"{figure.bound} " if figure.bound else ""
    unit = "" if form is Form.NUMBER else f" {figure.unit}"
    return f"{bound}{number}{unit}"


def _range(low: str, high: str) -> str:
    """“1.7 to 5.5 billion”: a scale that both have is said once."""
    scale = low.partition(" ")[2]
    if scale and high.endswith(f" {scale}"):
        low = low.partition(" ")[0]
    return f"{low} to {high}"


def machine_value(figure: Figure) -> str:
    """The number for machines; the two ends of a range with a slash between."""
    ends = [figure.value] if figure.value else [figure.low, figure.high]
    return "/".join(end.plain() for end in ends if end)


def author(figure: Figure) -> str:
    """Whose figure it is, as the page prints it: without the short form in brackets."""
    return re.sub(r"\s*\([^()]*\)$", "", figure.who)


def says_year(figure: Figure, text: str) -> bool:
    """Whether a text has the year, or one of the years, that the figure is about."""
    years = {figure.as_of.start.year, figure.as_of.end.year}
    return any(re.search(rf"(?<!\d){year}(?!\d)", text) for year in years)


def says_author(figure: Figure, text: str) -> bool:
    """Whether a text names the author of the figure, by any of the names in the record."""
    short = re.search(r"\(([^()]*)\)$", figure.who)
    names = [author(figure), *figure.also, *([short[1]] if short else [])]
    said = _folded(text)
    return any(re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", said) for name in names)


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def attribution(figure: Figure, sentence: str) -> str:
    """What the sentence does not say of author and year, or nothing."""
    missing = [
        "" if says_author(figure, sentence) else author(figure),
        "" if says_year(figure, sentence) else figure.as_of.years,
    ]
    return ", ".join(part for part in missing if part)


def at_start(text: str) -> str:
    """With a capital, as a sentence begins."""
    return text[:1].upper() + text[1:]


def around(record: Mapping[str, object]) -> str:
    """What readers see beside each text of a record or a part of one, without figures: its date, title and text."""
    texts = [text for name in ("date", "title", "text") if isinstance(text := record.get(name), str)]
    return " ".join(without_marks(text, (), parse_figures(text).marks) for text in texts)


def plain_text(text: str, figures: Mapping[str, Figure], beside: str = "") -> tuple[str, ParsedMarks]:
    """A text of the data with its marks printed, as plain words without citations; marks that name no figure stay.

    ``beside`` is what else readers see with it: what that says of year and author is not said again.
    """
    parsed = parse_figures(text)
    bare = without_marks(text, (), parsed.marks)
    output: list[str] = []
    position = 0
    for sentence in sentences(Unit("paragraph", 0, bare, ())):
        start, end = sentence.span
        said = f"{bare[start:end]} {beside}"
        for mark in parsed.marks:
            figure = figures.get(mark.id)
            if not start <= mark.start < end or figure is None:
                continue
            words = printed(figure, mark.form)
            if mark.form is Form.FULL and (missing := attribution(figure, said)):
                words += f" ({missing})"
                said += f" {missing}"
            if not text[start : mark.start].strip():
                words = at_start(words)
            output += [text[position : mark.start], words]
            position = mark.end
    return "".join([*output, text[position:]]), parsed
