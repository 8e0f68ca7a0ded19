"""SRC: the title of a source, its language, and what it shows."""

import html
import re
import unicodedata
from collections.abc import Iterator

from babel import Locale, UnknownLocaleError

from explainer.checks.finding import Defect, Severity
from explainer.checks.forms import INVISIBLE
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.src.identity import nearly, plain
from explainer.checks.src.place import at, sources
from explainer.records import Source

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_GENERIC_TITLES = re.compile(
    r"(?:(?:http |error )?(?:4\d\d|5\d\d)(?:[ :–—-]+[\w ’']+)?|just a moment|one moment,? please|please wait|attention required"
    r"|(?:access|permission|request) (?:to this page )?(?:has been )?(?:denied|blocked)|forbidden|unauthorized"
    r"|(?:the )?(?:page|file|document|article|content) (?:you (?:requested|are looking for) )?(?:was |could |is |can )?"
    r"(?:not |no longer )(?:be )?(?:found|available|exists?)|page (?:does not|doesn[’']t) exist|not found|oops\W*"
    r"|(?:an )?error(?: (?:occurred|page))?|something went wrong|untitled(?: document)?|no title|title|home|homepage"
    r"|home page|welcome|main page|index(?: of /?.*)?|new tab|blank page|test(?: page)?|log ?in|sign in|sign up"
    r"|subscribe(?: to (?:read|continue).*)?|register(?: to (?:read|continue).*)?|subscription required"
    r"|redirecting|loading|are you (?:a robot|human)|(?:verify(?:ing)?|confirm) (?:that )?you are (?:a )?human"
    r"|checking (?:your|the) (?:browser|site connection).*|ddos.guard|cloudflare|captcha|re?captcha|security check"
    r"|human verification|bot verification|pardon our interruption|robot check|validating.*browser|enable javascript.*"
    r"|javascript (?:is )?(?:required|disabled).*|cookies? (?:policy|consent|required)|privacy policy|terms of (?:use|service)"
    r"|service unavailable|bad gateway|gateway time-?out|internal server error|too many requests|server error"
    r"|site (?:under )?maintenance|under construction|coming soon|account suspended|domain (?:for sale|parking|parked)"
    r"|this (?:domain|site) (?:is|may be) for sale|example domain|document|article|news|press release|report|pdf|image"
    r"|archive|wayback machine|internet archive.*wayback machine|archived copy|google (?:search|translate|drive)"
    r"|(?:search )?results|microsoft word - .*|powerpoint presentation|slide 1|\S*\.(?:pdf|docx?|html?|aspx?|php))"
    r"(?: (?:error|page|forbidden))?",
    re.I,
)
_SITE_NAME = re.compile(r"\s(?:[|·•»]|::|[-–—])\s")
_ADDRESS_TITLE = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:com|org|net|gov|int|io|ru|kp|kr|cn|de)(?:/\S*)?", re.I
)
_SMILE = re.compile(r"(?<!\S)[:;]-?[()](?!\S)")
_OPENING = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "「": "」", "『": "』", "《": "》"}


@rule(
    "SRC010",
    "shows-too-short",
    ERROR,
    "“shows” says next to nothing, or repeats the title",
    """“shows” says in one or two sentences of our own what the document establishes: at least six words, not those of the
    title, and not those of another source.""",
)
def shows_too_short(project: Project) -> Iterator[Defect]:
    first: dict[str, Source] = {}
    for source in sources(project):
        shows, title = plain(source.custom.shows), plain(source.title)
        spaced = len(shows.split())
        if spaced < 6 and len(shows) < 40:
            yield at(
                project,
                source,
                ("custom", "shows"),
                f"“shows” has {spaced} words",
                "say in a sentence what the document establishes",
            )
        elif shows == title or nearly(shows, title):
            yield at(
                project,
                source,
                ("custom", "shows"),
                "“shows” repeats the title",
                "say in a sentence what the document establishes",
            )
        elif shows in first:
            yield at(
                project,
                source,
                ("custom", "shows"),
                f"“shows” is that of {first[shows].id}",
                "say what this document establishes",
            )
        first.setdefault(shows, source)


def _is_generic(title: str) -> bool:
    """Whether the title, or what stands before the name of the site in it, is no title of a document."""
    title = title.strip(" .…!?")
    first = _SITE_NAME.split(title)[0].strip(" .…!?")
    return bool(_GENERIC_TITLES.fullmatch(title) or _GENERIC_TITLES.fullmatch(first))


@rule(
    "SRC011",
    "generic-title",
    ERROR,
    "a title that no document has",
    """“Just a moment…”, “404”, “Access denied” and the like are what a server said instead of the document. A document
    without title gets a description in [square brackets].""",
)
def generic_title(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if _is_generic(source.title):
            yield at(
                project,
                source,
                ("title",),
                f"“{source.title}” is not the title of a document",
                "open the document, and copy its title",
            )


@rule(
    "SRC012",
    "address-as-title",
    ERROR,
    "an address in place of a title",
    """Write the title on the document, or a description in [square brackets].""",
)
def address_as_title(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if _ADDRESS_TITLE.fullmatch(source.title.strip()):
            yield at(project, source, ("title",), "the title is an address", "copy the title of the document")


@rule(
    "SRC019",
    "unknown-language",
    ERROR,
    "a language that does not exist",
    """The language of the document as a BCP 47 tag: en, ko, ru, zh-Hans.""",
)
def unknown_language(project: Project) -> Iterator[Defect]:
    known = Locale("en").languages
    for source in sources(project):
        try:
            name = Locale.parse(source.language, sep="-").language
        except (UnknownLocaleError, ValueError):
            name = source.language.partition("-")[0]
        if name not in known:
            yield at(
                project,
                source,
                ("language",),
                f"there is no language “{source.language}”",
                "write a BCP 47 tag: en, ko, ru, zh-Hans",
            )


@rule(
    "SRC020",
    "unbalanced-brackets",
    WARNING,
    "a title with a bracket or quotation mark that does not close",
    """Part of the title is missing, or the wrong sign was copied.""",
)
def unbalanced_brackets(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        stack: list[str] = []
        balanced = True
        title = _MOJIBAKE.sub("", source.title)  # of a bad copy, SRC031 speaks
        for char in _SMILE.sub("", title):
            if char in _OPENING:
                stack.append(_OPENING[char])
            elif char in _OPENING.values():
                balanced = balanced and bool(stack) and stack.pop() == char
        if stack or not balanced:
            yield at(
                project,
                source,
                ("title",),
                "a bracket or quotation mark in the title has no partner",
                "copy the whole title",
            )


@rule(
    "SRC021",
    "invisible-in-source",
    ERROR,
    "a field with a character that nobody sees",
    """Zero-width spaces, soft hyphens and direction marks come along when text is copied; they break searches and
    comparisons.""",
)
def invisible_in_source(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        fields: list[tuple[tuple[str | int, ...], str]] = [
            (("title",), source.title),
            (("URL",), source.URL),
            (("custom", "shows"), source.custom.shows),
            (("publisher",), source.publisher or ""),
            (("container-title",), source.container_title or ""),
            (("number",), source.number or ""),
            (("DOI",), source.DOI or ""),
        ]
        fields += [
            (("author", index), f"{name.given} {name.family} {name.literal}")
            for index, name in enumerate(source.author)
        ]
        for keys, text in fields:
            # Persian, Indian and other scripts need joiners between their letters.
            text = re.sub(r"(?<=[^\W\d_a-zA-Z])[\u200c\u200d](?=[^\W\d_a-zA-Z])", "", text)
            if found := INVISIBLE.search(text):
                yield at(
                    project,
                    source,
                    keys,
                    f"“{next(key for key in reversed(keys) if isinstance(key, str))}” contains the invisible character U+{ord(found[0]):04X}",
                    "remove it",
                )


# UTF-8 read as Latin-1 or Windows-1252 shows a lead byte (Ã, â€, Ð…) before a byte of 0x80 to 0xBF.
_MOJIBAKE = re.compile(r"â€[™œ\x9d˜“”¦]|Ã[\x80-\xbf©¨¡³¼¶¤±]|[ÐÑ][\x80-\xbf°±µ¾ÐÑ]{1,}|ï¿½|Â[\xa0-\xbf]")
_MARKUP = re.compile(
    r"</?(?:i|b|em|strong|sup|sub|span|br|p|a|u|small)\b[^<>]*>|\\[a-zA-Z]+\{|\{\\|\{[A-Z]\w*\}|\*\*"
)


@rule(
    "SRC031",
    "garbled-text",
    ERROR,
    "a title or name with the signs of a bad copy in it",
    """&amp; and <i> are HTML, {NATO} and \\'e are LaTeX, â€™ is a quotation mark read in the wrong encoding, and � is a
    character that was lost. They are printed as they stand.""",
)
def garbled_text(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        fields: list[tuple[tuple[str | int, ...], str]] = [
            (("title",), source.title),
            (("publisher",), source.publisher or ""),
            (("container-title",), source.container_title or ""),
            (("custom", "shows"), source.custom.shows),
        ]
        fields += [
            (("author", index), f"{name.given} {name.family} {name.literal}")
            for index, name in enumerate(source.author)
        ]
        for keys, text in fields:
            if fault := _garbled(text):
                right = html.unescape(fault)
                yield at(
                    project,
                    source,
                    keys,
                    f"“{fault}” is left of a bad copy",
                    f"write {right}" if right != fault else "copy it again from the document",
                )


def _garbled(text: str) -> str:
    """The first sign of a bad copy, or nothing."""
    entity = re.search(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", text, re.I)
    if entity and html.unescape(entity.group()) != entity.group():
        return entity.group()
    if "\ufffd" in text:
        return "\ufffd"
    found = _MOJIBAKE.search(text) or _MARKUP.search(text)
    return found.group() if found else ""


_SCRIPTS = {
    "HANGUL": ("ko",),
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "tt"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ckb", "ug", "sd"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh", "ja", "ko", "yue", "lzh"),
    "THAI": ("th",),
    "HEBREW": ("he", "yi"),
    "GREEK": ("el", "grc"),
}
_LATIN_ONLY = {
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "nl",
    "vi",
    "cs",
    "pl",
    "hu",
    "sv",
    "da",
    "fi",
    "id",
    "tr",
    "sw",
}


@rule(
    "SRC036",
    "language-at-odds",
    ERROR,
    "a language that is not written in the letters of the title",
    """A title in Hangul is not of an English document, and a title in Latin letters is not one that a Russian document
    bears: the language is wrong, or the title was translated. A description in [square brackets] is in our own language
    and is not compared.""",
)
def language_at_odds(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if source.title.startswith("["):
            continue
        language = source.language.partition("-")[0]
        letters = [char for char in source.title if char.isalpha()]
        foreign = [char for char in letters if ord(char) > 0x24F]
        if len(letters) < 8 or not foreign or len(foreign) * 2 < len(letters):
            continue
        script = unicodedata.name(foreign[0], "").partition(" ")[0]
        fits = _SCRIPTS.get(script)
        if (
            fits
            and language not in fits
            and (language in _LATIN_ONLY or any(language in other for other in _SCRIPTS.values()))
        ):
            if language == "ja" or "-Cyrl" in source.language:
                continue
            yield at(
                project,
                source,
                ("language",),
                f"the title is not written in the letters of “{source.language}”",
                f"write the language of the document: {fits[0]}, for example",
            )


@rule(
    "SRC038",
    "site-in-title",
    WARNING,
    "a title that ends with the name of its publisher",
    """A browser shows “Title | Reuters”; the title of the document is what stands before the bar. The publisher is printed
    behind it in any case.""",
)
def site_in_title(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if (
            "|" not in source.title
            and " - " not in source.title
            and " – " not in source.title
            and " — " not in source.title
        ):
            continue
        start, name = 0, ""
        for match in _SITE_NAME.finditer(source.title):
            start, name = match.start(), plain(source.title[match.end() :])
        if _is_generic(source.title):
            continue  # SRC011
        if name and name in {plain(source.publisher or ""), plain(source.container_title or "")}:
            yield at(
                project,
                source,
                ("title",),
                "the title ends with the name of its publisher",
                f"write {source.title[:start].strip()}",
            )
