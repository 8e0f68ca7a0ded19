"""How easy English words are to read: the Flesch reading ease. Pure.

The formula is Flesch’s: 206.835 − 1.015 × (words ÷ sentences) − 84.6 × (syllables ÷ words).
R. Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948), 221–233, doi:10.1037/h0057532.
90 and more is very easy, 60 to 70 is plain English, 30 to 50 is difficult, below 30 is very difficult.
"""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d[\d.,:/–-]*")
"""A word with what holds its parts together (“co-operation”, “Korea’s”, “U.S”), or a number."""

_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are spoken as two syllables: “Korea”, “diet”, “radio”, “usual”, “reactor”, “February”.
_APART = re.compile(
    r"(?<![cstg])i[ao](?!n?s\b|u)(?<!llio)(?<!unio)(?<!liam)|(?<=[^s])cia(?=te|ti)|sociali|sci[ae]|iet|(?<!t)ien(?=ce)(?<=[pr]ien)|"
    r"(?:kor|ar|cr|id)ea|rea(?=ct)|preamb|nucle|eo(?!us|pl|rg)|(?<![qg])ua(?!r[dt])|uou|iu|ayo|oye[er]|muse|quir(?=y)|bya"
)
_SILENT_END = re.compile(
    r"(?:[^aeiouyl]e|[aeiouy]le|[^aeioutdly]ed|[aeiouy](?:ll?|w|y)ed|[^aeioucsxzghl]es|[aeiouy]les|[aeiou]thes)$"
)
_SILENT_WITHIN = re.compile(
    r"[^aeioul]e(?=(?:ments?|ly|lines?|less|ness|sm[ae]n|thing|where)$)|[aeiou]le(?=ly$)"
)


def syllables(word: str) -> int:
    """About how many syllables an English word has; a number counts as one, a word of capitals one for each letter.

    Right for about nine words in ten; the errors even out over a paragraph.
    """
    plain = re.sub(r"['’]s$|s['’]$", "", word)
    if not any(letter.isalpha() for letter in plain):
        return 1
    if plain.isupper() and len(plain) > 1:
        return sum(letter.isalpha() for letter in plain)
    return sum(_of_part(part) for part in re.split(r"[-'’.]", plain.lower()) if part)


def _of_part(part: str) -> int:
    count = len(_VOWELS.findall(part)) + len(_APART.findall(part))
    count -= bool(_SILENT_END.search(part)) + bool(_SILENT_WITHIN.search(part))
    return max(1, count)


def words_of(text: str) -> list[str]:
    """The words and numbers of a text."""
    return WORD.findall(text)


def reading_ease(sentences: Iterable[str]) -> float:
    """The Flesch reading ease of a text, given as its sentences; 100 for a text without words."""
    counted = [words for sentence in sentences if (words := words_of(sentence))]
    total = sum(len(words) for words in counted)
    if not total:
        return 100.0
    spoken = sum(syllables(word) for words in counted for word in words)
    return 206.835 - 1.015 * total / len(counted) - 84.6 * spoken / total
