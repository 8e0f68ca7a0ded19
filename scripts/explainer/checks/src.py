"""SRC: the registry of sources, docs/data/sources/."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher, get_close_matches
from urllib.parse import parse_qsl, urlencode, urlsplit

from babel import Locale, UnknownLocaleError

from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.sourced import cited_in
from explainer.checks.targets import INVISIBLE
from explainer.records import Kind, Source

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_FOLDER = "docs/data/sources/"
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|ref_src)$", re.I
)
_GENERIC_TITLES = re.compile(
    r"(?:just a moment|attention required|access denied|forbidden|page not found|not found|error|404|403|500|"
    r"untitled|no title|home|homepage|home page|index|login|log in|sign in|subscribe|redirecting|loading|"
    r"are you a robot|please wait|checking your browser|one moment,? please|service unavailable|bad gateway|"
    r"cloudflare|captcha|security check|document|article|news|pdf|example domain|archive|wayback machine|"
    r"microsoft word - .*|.*\.(?:pdf|docx?|html?))"
    r"(?: (?:error|page|not found|forbidden))?(?:\W*\|.*)?",
    re.I,
)
_ADDRESS_TITLE = re.compile(
    r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:com|org|net|gov|int|io|ru|kp|kr|cn|de)(?:/\S*)?", re.I
)
_GENERIC_AUTHORS = {
    "admin",
    "administrator",
    "staff",
    "staff writer",
    "staff reporter",
    "editor",
    "author",
    "user",
    "guest",
    "newsroom",
    "news desk",
    "webmaster",
    "unknown",
    "anonymous",
    "n/a",
    "none",
    "et al",
    "et al.",
    "others",
    "and others",
}
_PLACEHOLDER_HOSTS = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net)|localhost|test|invalid|local)$|^\d+\.\d+\.\d+\.\d+$"
)

MIRRORS = {
    "msn.com": "reposts agencies and newspapers",
    "yahoo.com": "reposts agencies and newspapers",
    "aol.com": "reposts agencies and newspapers",
    "newsbreak.com": "reposts newspapers",
    "dnyuz.com": "reposts newspapers",
    "headtopics.com": "reposts newspapers",
    "bignewsnetwork.com": "reposts agencies",
    "newsnow.co.uk": "lists what others publish",
    "news.google.com": "lists what others publish",
    "flipboard.com": "lists what others publish",
    "scribd.com": "shows copies that anybody may upload",
    "coursehero.com": "shows copies that anybody may upload",
    "studocu.com": "shows copies that anybody may upload",
    "quora.com": "anybody may write there",
    "reddit.com": "anybody may write there",
    "answers.com": "anybody may write there",
    "fandom.com": "anybody may write there",
    "wikiwand.com": "is a copy of Wikipedia",
    "alchetron.com": "is a copy of Wikipedia",
    "everybodywiki.com": "is a copy of deleted articles",
    "web.archive.org": "is an archived copy: give the original as URL and the copy as archive",
    "archive.ph": "is an archived copy: give the original as URL and the copy as archive",
    "archive.today": "is an archived copy: give the original as URL and the copy as archive",
    "archive.is": "is an archived copy: give the original as URL and the copy as archive",
    "webcache.googleusercontent.com": "is a search engine’s copy",
    "translate.goog": "is a machine translation: give the original",
    "translate.google.com": "is a machine translation: give the original",
    "bit.ly": "only sends readers on",
    "t.co": "only sends readers on",
    "tinyurl.com": "only sends readers on",
}
"""Hosts that do not publish what they show, and what they do instead."""

_STATE_MEDIA = re.compile(
    r"\b(?:KCNA|Korean Central News Agency|Rodong Sinmun|Pyongyang Times|Uriminzokkiri|Naenara|"
    r"TASS|ITAR-TASS|ТАСС|RIA Novosti|РИА Новости|Rossiya Segodnya|Sputnik|Russia Today|Rossiyskaya Gazeta|"
    r"Xinhua(?: News Agency)?|People['’]s Daily|Global Times|CGTN|China Daily|CCTV|China Central Television|"
    r"IRNA|Islamic Republic News Agency|Press TV|PressTV|IRIB|Al-Alam|Mehr News(?: Agency)?|"
    r"SANA|Syrian Arab News Agency|Prensa Latina|Granma|Agencia Cubana de Noticias|Cubadebate|Juventud Rebelde|"
    r"VNA|Vietnam News Agency|VietnamPlus|Viet ?[Nn]am (?:News|Pictorial)|Nhan Dan|Nhân Dân|Voice of Vietnam|VOV5?)\b"
)
_OTHERS = re.compile(
    r"\b(?:Reuters|Associated Press|AP News|Agence France-Presse|AFP|Kyodo|Bloomberg|The New York Times|"
    r"The Washington Post|The Guardian|BBC|NK News|The Wall Street Journal|Financial Times|The Economist)\b"
)

_UN_SYMBOL = re.compile(
    r"(?:[A-Z]{1,5})(?:/[A-Z0-9][A-Z0-9.\-]*(?:\([A-Z0-9.-]+\))?)+(?:/[A-Z0-9.-]+)*(?: ?\([A-Z0-9]+\))?(?:, .+)?"
)
_UN_LIKE = re.compile(r"(?:S|A|E|SC|GA|ST|T|CCPR|CERD)(?:[ /.-]?(?:RES|PV|SHC|DIS|SPD|C\.|HRC|INF|\d))", re.I)

_OPENING = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "「": "」", "『": "』", "《": "》"}


def _at(project: Project, source: Source, keys: tuple[str | int, ...], message: str, hint: str) -> Defect:
    origin = project.facts.origin(source)
    line, column = origin.place(*keys)
    return Defect(
        origin.path, line, column, f"{source.id}: {message}", hint, max(1, len(str(keys[-1]))) if keys else 1
    )


def _sources(project: Project) -> Iterator[Source]:
    yield from project.facts.sources.values()


def _loaded(project: Project, accept: Callable[[str], bool]) -> Iterator[Defect]:
    for problem in project.problems:
        if problem.path.startswith(_FOLDER) and accept(problem.code):
            yield Defect(problem.path, problem.line, problem.column, problem.message, problem.hint)


@rule(
    "SRC001",
    "unused-source",
    WARNING,
    "a source that nothing cites",
    """No page and no record cites it. Cite it, or remove it: the list of sources says that every document in it was used.""",
)
def unused_source(project: Project) -> Iterator[Defect]:
    if project.page_problems or any(not problem.code for problem in project.problems):
        return  # what cannot be read may cite it
    used = {
        item.id
        for words in project.words.values()
        for cluster in words.clusters
        for item in cluster.citations
    }
    used |= cited_in(project)
    # A misspelt citation is told as such: the source that was meant is in use.
    for id_ in used - project.source_ids:
        used = used | {id_.lower(), *get_close_matches(id_, project.source_ids, n=1, cutoff=0.8)}
    for source in _sources(project):
        if source.id not in used:
            yield _at(project, source, ("id",), "nothing cites this source", "cite it, or remove it")


@rule(
    "SRC002",
    "duplicate-source-id",
    ERROR,
    "two sources with one id",
    """Citations could mean either of the two; the second is not used.""",
)
def duplicate_source_id(project: Project) -> Iterator[Defect]:
    return _loaded(project, lambda code: code == "twice")


@rule(
    "SRC003",
    "missing-field",
    ERROR,
    "a source without a field that every source has",
    """id, type, title, accessed, URL, language, and under custom kind and shows.""",
)
def missing_field(project: Project) -> Iterator[Defect]:
    return _loaded(project, lambda code: code == "missing")


@rule(
    "SRC004",
    "unknown-field",
    ERROR,
    "a source with a field that CSL does not know",
    """The names are those of CSL-YAML, as Zotero and pandoc write it. Upper and lower case matter: URL, DOI, ISBN.""",
)
def unknown_field(project: Project) -> Iterator[Defect]:
    return _loaded(project, lambda code: code == "unknown-field")


@rule(
    "SRC005",
    "malformed-field",
    ERROR,
    "a field of a source that has the wrong form",
    """A date that is not in the calendar or not YYYY, YYYY-MM or YYYY-MM-DD, an address without https://, a type or kind
    that does not exist, an id with capital letters, a “shows” of a few letters.""",
)
def malformed_field(project: Project) -> Iterator[Defect]:
    return _loaded(project, lambda code: code == "value")


def normal_address(url: str) -> str:
    """The address without what does not tell documents apart: scheme, www., m., last slash, tracking, fragment."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return url
    host = re.sub(r"^(?:www\d?|m|mobile|amp)\.", "", host)
    query = urlencode(
        sorted(
            pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])
        )
    )
    path = re.sub(r"/(?:index\.html?)?$", "", parts.path)
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


@rule(
    "SRC006",
    "same-document",
    ERROR,
    "one document under two ids",
    """Two sources have the same address (apart from scheme, www., m., a slash at the end, tracking parameters and the
    part after #), the same DOI, the same UN symbol and title, or the same publisher, date and title. Citations of the
    two would look like two independent sources.""",
)
def same_document(project: Project) -> Iterator[Defect]:
    first: dict[tuple[str, ...], Source] = {}
    for source in _sources(project):
        keys: list[tuple[str, ...]] = [("address", normal_address(source.URL))]
        if source.DOI:
            keys.append(("DOI", re.sub(r"^https?://(?:dx\.)?doi\.org/", "", source.DOI).lower()))
        if source.number:
            keys.append(("number and title", source.number.upper().replace(" ", ""), _plain(source.title)))
        if source.issued and not source.title.startswith("["):
            keys.append(
                (
                    "publisher, date and title",
                    source.published_by.casefold(),
                    str(source.issued),
                    _plain(source.title),
                )
            )
        for key in keys:
            if key in first:
                other = first[key]
                origin = project.facts.origin(other)
                yield _at(
                    project,
                    source,
                    ("URL",) if key[0] == "address" else ("id",),
                    f"has the same {key[0]} as {other.id} ({origin.path}:{origin.place('id')[0]})",
                    f"cite {other.id}, and remove this one",
                )
                break
        for key in keys:
            first.setdefault(key, source)


@rule(
    "SRC007",
    "no-publisher",
    ERROR,
    "a source without publisher",
    """Either “publisher” (reports, treaties, documents) or “container-title” (the newspaper, agency, journal or site).""",
)
def no_publisher(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if not source.published_by.strip():
            yield _at(project, source, ("id",), "names no publisher", "add “publisher” or “container-title”")


@rule(
    "SRC008",
    "future-date",
    ERROR,
    "a source issued or read in the future",
    """“accessed” or “issued” is after today, so the date is misspelt. Of a date without day, the first day counts.""",
)
def future_date(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if source.accessed > project.today:
            yield _at(
                project,
                source,
                ("accessed",),
                f"was read on {source.accessed}, which is in the future",
                f"today is {project.today}",
            )
        if source.issued and source.issued.first_day() > project.today:
            yield _at(
                project,
                source,
                ("issued",),
                f"was issued on {source.issued}, which is in the future",
                f"today is {project.today}",
            )


@rule(
    "SRC009",
    "issued-after-accessed",
    ERROR,
    "a source issued after it was read",
    """Nobody can read a document before it is issued: one of the two dates is wrong, or the document was replaced.""",
)
def issued_after_accessed(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if source.issued and source.accessed < source.issued.first_day() <= project.today:
            yield _at(
                project,
                source,
                ("issued",),
                f"was issued on {source.issued}, after it was read ({source.accessed})",
                "correct one of the two dates",
            )


@rule(
    "SRC010",
    "shows-too-short",
    ERROR,
    "“shows” says next to nothing, or repeats the title",
    """“shows” says in one or two sentences of our own what the document establishes: at least six words, and not those of
    the title.""",
)
def shows_too_short(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        shows, title = _plain(source.custom.shows), _plain(source.title)
        spaced = len(shows.split())
        if spaced < 6 and len(shows) < 40:
            yield _at(
                project,
                source,
                ("custom", "shows"),
                f"“shows” has {spaced} words",
                "say in a sentence what the document establishes",
            )
        elif shows == title or _nearly(shows, title):
            yield _at(
                project,
                source,
                ("custom", "shows"),
                "“shows” repeats the title",
                "say in a sentence what the document establishes",
            )


def _nearly(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > 0.9 and matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


@rule(
    "SRC011",
    "generic-title",
    ERROR,
    "a title that no document has",
    """“Just a moment…”, “404”, “Access denied” and the like are what a server said instead of the document. A document
    without title gets a description in [square brackets].""",
)
def generic_title(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if _GENERIC_TITLES.fullmatch(source.title.strip(" .…!")):
            yield _at(
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
    for source in _sources(project):
        if _ADDRESS_TITLE.fullmatch(source.title.strip()):
            yield _at(
                project, source, ("title",), "the title is an address", "copy the title of the document"
            )


@rule(
    "SRC013",
    "malformed-doi",
    ERROR,
    "a DOI that is none",
    """A DOI begins with 10., four to nine digits and a slash. It is written without https://doi.org/.""",
)
def malformed_doi(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if source.DOI and not re.fullmatch(r"10\.\d{4,9}/\S+", source.DOI):
            bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", source.DOI, flags=re.I)
            hint = f"write {bare}" if re.fullmatch(r"10\.\d{4,9}/\S+", bare) else "the form is 10.1234/abc"
            yield _at(project, source, ("DOI",), f"“{source.DOI}” is not a DOI", hint)


def isbn_is_valid(text: str) -> bool:
    """Whether the last digit of an ISBN-10 or ISBN-13 fits the others."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return (
            sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
            % 11
            == 0
        )
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits)) % 10 == 0
    return False


def issn_is_valid(text: str) -> bool:
    """Whether the last digit of an ISSN fits the others."""
    if not re.fullmatch(r"\d{4}-?\d{3}[\dXx]", text.strip()):
        return False
    digits = text.strip().replace("-", "").upper()
    return (
        sum((8 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)) % 11
        == 0
    )


@rule(
    "SRC014",
    "malformed-isbn",
    ERROR,
    "an ISBN whose digits do not fit",
    """The last digit of an ISBN follows from the others, so a slip shows.""",
)
def malformed_isbn(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if source.ISBN and not isbn_is_valid(source.ISBN):
            yield _at(
                project, source, ("ISBN",), f"“{source.ISBN}” is not an ISBN", "copy it from the book again"
            )


@rule(
    "SRC015",
    "malformed-issn",
    ERROR,
    "an ISSN whose digits do not fit",
    """The last digit of an ISSN follows from the others, so a slip shows.""",
)
def malformed_issn(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if source.ISSN and not issn_is_valid(source.ISSN):
            yield _at(project, source, ("ISSN",), f"“{source.ISSN}” is not an ISSN", "the form is 1234-5679")


@rule(
    "SRC016",
    "un-symbol",
    ERROR,
    "a UN document symbol that is malformed or at odds with the address",
    """Symbols are written with slashes: S/RES/2397 (2017), A/RES/79/181, S/2024/215, S/PV.9591, SC/15648. Where the
    address on press.un.org names one (…/sc15648.doc.htm), it has to be the same.""",
)
def un_symbol(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        number = (source.number or "").strip()
        united = "United Nations" in source.published_by or ".un.org" in source.URL
        if united and _UN_LIKE.match(number) and not _UN_SYMBOL.fullmatch(number):
            yield _at(
                project,
                source,
                ("number",),
                f"“{number}” is not the symbol of a UN document",
                "write it with slashes: S/RES/2397 (2017)",
            )
            continue
        address = re.search(r"press\.un\.org/\S*/(sc|ga|shc|gashc)(\d{4,6})\b", source.URL, re.I)
        symbol = re.fullmatch(r"(SC|GA|GA/SHC)/(\d+)", number)
        if address and symbol and address[2] != symbol[2]:
            yield _at(
                project,
                source,
                ("number",),
                f"the symbol {number} differs from that in the address ({address[0]})",
                "open the document, and correct one of the two",
            )


@rule(
    "SRC017",
    "mirror",
    ERROR,
    "a mirror, an aggregator or a copy in place of the publisher",
    """Such a site does not answer for what it shows, and may change it. Find the document at its publisher, or another
    source.""",
)
def mirror(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        host = (urlsplit(source.URL).hostname or "").lower()
        for name, what in MIRRORS.items():
            if host == name or host.endswith(f".{name}"):
                yield _at(
                    project,
                    source,
                    ("URL",),
                    f"{host} {what.partition(':')[0]}",
                    what.partition(": ")[2] or "cite the publisher of the document",
                )
                break


@rule(
    "SRC018",
    "kind-at-odds",
    ERROR,
    "a kind that does not fit the publisher",
    """What KCNA, TASS, Xinhua, RIA Novosti, Sputnik, IRNA, SANA, Prensa Latina, VNA and other media of a state publish
    is state-media (or primary, where it is the text of a treaty or law); what Reuters, AP, the BBC and the like publish
    is not; what the United Nations publish is primary or official.""",
)
def kind_at_odds(project: Project) -> Iterator[Defect]:
    reported = {Kind.WIRE, Kind.PRESS, Kind.RESEARCH, Kind.REFERENCE}
    for source in _sources(project):
        name = source.published_by
        if source.kind in reported and _STATE_MEDIA.search(name) and not _OTHERS.search(name):
            yield _at(
                project,
                source,
                ("custom", "kind"),
                f"{name} is state media, not “{source.kind}”",
                "write kind: state-media",
            )
        elif source.kind is Kind.STATE_MEDIA and _OTHERS.search(name) and not _STATE_MEDIA.search(name):
            yield _at(
                project, source, ("custom", "kind"), f"{name} is not state media", "write kind: wire or press"
            )
        elif source.kind in {Kind.WIRE, Kind.PRESS} and re.match(r"United Nations\b", name):
            yield _at(
                project,
                source,
                ("custom", "kind"),
                f"what the {name} publishes is not “{source.kind}”",
                "write kind: primary or official",
            )


@rule(
    "SRC019",
    "unknown-language",
    ERROR,
    "a language that does not exist",
    """The language of the document as a BCP 47 tag: en, ko, ru, zh-Hans.""",
)
def unknown_language(project: Project) -> Iterator[Defect]:
    known = Locale("en").languages
    for source in _sources(project):
        try:
            name = Locale.parse(source.language, sep="-").language
        except (UnknownLocaleError, ValueError):
            name = source.language.partition("-")[0]
        if name not in known:
            yield _at(
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
    for source in _sources(project):
        stack: list[str] = []
        balanced = True
        for char in source.title:
            if char in _OPENING:
                stack.append(_OPENING[char])
            elif char in _OPENING.values():
                balanced = balanced and bool(stack) and stack.pop() == char
        if stack or not balanced:
            yield _at(
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
    for source in _sources(project):
        fields = [
            (("title",), source.title),
            (("URL",), source.URL),
            (("custom", "shows"), source.custom.shows),
            (("publisher",), source.publisher or ""),
            (("container-title",), source.container_title or ""),
        ]
        for keys, text in fields:
            # Persian, Indian and other scripts need joiners between their letters.
            text = re.sub(r"(?<=[^\W\d_a-zA-Z])[\u200c\u200d](?=[^\W\d_a-zA-Z])", "", text)
            if found := INVISIBLE.search(text):
                yield _at(
                    project,
                    source,
                    keys,
                    f"“{keys[-1]}” contains the invisible character U+{ord(found[0]):04X}",
                    "remove it",
                )


@rule(
    "SRC022",
    "generic-author",
    ERROR,
    "an author such as “Admin”, “Staff” or “et al.”",
    """Only who is named on the document is an author; every one is listed. Where none is named, the field is left out.""",
)
def generic_author(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        for index, name in enumerate(source.author):
            whole = " ".join(part for part in (name.given, name.family, name.literal) if part).strip()
            if whole.casefold() in _GENERIC_AUTHORS or re.search(r"\bet al\b", whole, re.I) or not whole:
                yield _at(
                    project,
                    source,
                    ("author", index),
                    f"“{whole}” is not the name of an author",
                    "leave the field out, or list every author",
                )


@rule(
    "SRC023",
    "archive-at-odds",
    ERROR,
    "an archived copy at odds with the source",
    """“archive” is the address of a copy of this document in an archive: another address than URL, and where the archive
    writes the original’s address and the day into its own, these have to fit.""",
)
def archive_at_odds(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if not source.archive:
            continue
        if normal_address(source.archive) == normal_address(source.URL):
            yield _at(
                project,
                source,
                ("archive",),
                "the archived copy has the address of the original",
                "give the address in the archive, or leave the field out",
            )
        match = re.match(r"https?://web\.archive\.org/web/(\d{4})\d*[a-z_]*/(.+)", source.archive)
        if match and source.issued and int(match[1]) < source.issued.year:
            yield _at(
                project,
                source,
                ("archive",),
                f"the copy is of {match[1]}, before the document was issued",
                "correct one of the two",
            )
        elif (
            match
            and urlsplit(source.URL).hostname
            and (normal_address(match[2]).partition("/")[0] != normal_address(source.URL).partition("/")[0])
        ):
            yield _at(
                project,
                source,
                ("archive",),
                "the archived copy is of another site",
                "give a copy of this document",
            )


@rule(
    "SRC024",
    "reversed-pages",
    ERROR,
    "a range of pages that ends before it begins",
    """38–12 is a slip. 1123–45 is read as 1123–1145.""",
)
def reversed_pages(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        match = re.fullmatch(r"(\d+)\s*[-–—]+\s*(\d+)", (source.page or "").strip())
        if match:
            first, last = match.groups()
            full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
            if int(full) < int(first):
                yield _at(
                    project,
                    source,
                    ("page",),
                    f"the pages {source.page} end before they begin",
                    "correct them",
                )


@rule(
    "SRC025",
    "publisher-spelling",
    WARNING,
    "one publisher spelt in two ways",
    """Lists by publisher show it twice. The spelling that more sources use is taken for the right one. Compared are
    letters and digits only, without “The”.""",
)
def publisher_spelling(project: Project) -> Iterator[Defect]:
    spellings: dict[str, dict[str, list[Source]]] = defaultdict(lambda: defaultdict(list))
    for source in _sources(project):
        if name := source.published_by:
            key = re.sub(r"^the|\W+", "", name.casefold())
            spellings[key][name].append(source)
    for names in spellings.values():
        common = max(names, key=lambda name: len(names[name]))
        for name, found in names.items():
            if name != common:
                for source in found:
                    field = "publisher" if source.publisher else "container-title"
                    yield _at(
                        project,
                        source,
                        (field,),
                        f"“{name}” is spelt “{common}” elsewhere",
                        f"write {common}",
                    )


@rule(
    "SRC026",
    "id-at-odds",
    WARNING,
    "the year in an id differs from the date of the document",
    """An id reads publisher-year-slug; the year is that of “issued”; “nd” stands for a document without date. A year in
    the id of a document that bears no date is left alone. Ids do not change once they are published, so mend this
    before.""",
)
def id_at_odds(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        match = re.search(r"-((?:1[6-9]|20)\d\d|nd)(?:-|$)", source.id)
        year = match[1] if match else ""
        if not match:
            yield _at(
                project,
                source,
                ("id",),
                "the id names no year",
                "write publisher-year-slug, with nd for a document without date",
            )
        elif year == "nd" and source.issued:
            yield _at(
                project,
                source,
                ("id",),
                f"the id says “nd”, the document is of {source.issued}",
                f"write {source.issued.year}",
            )
        elif source.issued and year != str(source.issued.year):
            yield _at(
                project,
                source,
                ("id",),
                f"the id says {year}, the document is of {source.issued}",
                "correct one of the two",
            )


@rule(
    "SRC027",
    "impossible-host",
    ERROR,
    "an address that cannot be a document’s",
    """A placeholder (example.com), a number in place of a host, or an address of a private network.""",
)
def impossible_host(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        try:
            host = urlsplit(source.URL).hostname or ""
        except ValueError:
            host = ""
        if "." not in host or _PLACEHOLDER_HOSTS.search(host):
            yield _at(
                project,
                source,
                ("URL",),
                f"“{source.URL}” is not the address of a document",
                "open the document, and copy its address",
            )


@rule(
    "SRC028",
    "tracking-in-source",
    WARNING,
    "a source whose address has tracking parameters",
    """utm_…, fbclid and the like are not part of the address of a document.""",
)
def tracking_in_source(project: Project) -> Iterator[Defect]:
    for source in _sources(project):
        if any(_TRACKING.match(name) for name, _ in parse_qsl(urlsplit(source.URL).query)):
            yield _at(project, source, ("URL",), "the address has tracking parameters", "remove them")
