"""Rules on how easy the words are to read."""

import re
from collections.abc import Iterator

from explainer.checks import settings
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.statements import Sentence, sentences, units
from explainer.checks.txt.places import at
from explainer.checks.words import Words
from explainer.markdown_text import Heading
from explainer.reading_ease import reading_ease, words_of

_MARKUP = re.compile(r"\]\([^)\n]*\)|\{:?[^{}\n]*\}|<[^<>\n]*>|https?://\S+|[*_\[\]]")
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+")


def _spoken(sentence: Sentence) -> str:
    """The words of a sentence, without marks of Markdown and addresses."""
    return _MARKUP.sub(" ", _BULLET.sub("", sentence.text))


def _sentences(words: Words) -> Iterator[Sentence]:
    """The sentences of paragraphs and lists; rows of tables are no sentences."""
    for unit in units(words):
        if unit.sort != "row":
            yield from sentences(unit)


@rule(
    "TXT021",
    "hard-section",
    Severity.WARNING,
    "a section that is hard to read",
    """The Flesch reading ease of a section counts words in a sentence and syllables in a word: 60 and more is plain
    English, below 30 is very difficult. The floor is 40, or “floor” in [tool.explainer.reading] of pyproject.toml;
    sections of fewer than 60 words (“fewest_words”) are too short to be measured. Split long sentences, and use
    shorter words where there are some.""",
)
def hard_section(project: Project) -> Iterator[Defect]:
    limits = settings.reading(project)
    for words in project.words.values():
        by_section: dict[int, tuple[Heading | None, list[str]]] = {}
        for sentence in _sentences(words):
            section = words.section_at(sentence.start)
            heading = section[-1] if section else None
            start = heading.start if heading else words.page.body_start
            by_section.setdefault(start, (heading, []))[1].append(_spoken(sentence))
        for start, (heading, texts) in by_section.items():
            count = sum(len(words_of(text)) for text in texts)
            ease = reading_ease(texts)
            if count >= limits.fewest_words and ease < limits.floor:
                hardest = min(
                    texts, key=lambda text: reading_ease([text]) if len(words_of(text)) > 8 else 100
                )
                yield at(
                    words,
                    start,
                    f"this section has a reading ease of {ease:.0f}; the floor is {limits.floor:g}",
                    f"shorten its sentences and words; the hardest begins “{' '.join(hardest.split()[:8])} …”",
                    heading.level if heading else 1,
                )


@rule(
    "TXT022",
    "long-sentence",
    Severity.WARNING,
    "a sentence that is too long",
    """More than 35 words, or than “longest_sentence” in [tool.explainer.reading] of pyproject.toml. Who hears it has
    forgotten its beginning. Make it two, each with its citation. Parts of a list after a semicolon count as one
    sentence; a sentence around code is left alone.""",
)
def long_sentence(project: Project) -> Iterator[Defect]:
    longest = settings.reading(project).longest_sentence
    for words in project.words.values():
        for sentence in _sentences(words):
            count = len(words_of(_spoken(sentence)))
            if count > longest and not _around_code(words, sentence):
                yield at(
                    words,
                    sentence.start,
                    f"this sentence has {count} words; {longest} are the most",
                    "make it two, each with its citation",
                    min(len(sentence.text.split("\n")[0]), 60),
                )


def _around_code(words: Words, sentence: Sentence) -> bool:
    """Whether code, which is blanked out, stands in the sentence or right before its first word."""
    begin = len(words.without_citations[: sentence.start].rstrip())
    return "`" in words.page.text[begin : sentence.start + len(sentence.text)]
