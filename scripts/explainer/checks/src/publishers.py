"""SRC: who wrote and published a source."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from urllib.parse import urlsplit

from explainer.addresses import normal_address
from explainer.checks.finding import Defect, Severity
from explainer.checks.project import Project
from explainer.checks.rule import rule
from explainer.checks.src.place import at, sources
from explainer.records import Kind, Name

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_GENERIC_AUTHORS = {
    "admin",
    "administrator",
    "staff",
    "staff writer",
    "staff reporter",
    "editor",
    "editors",
    "editorial",
    "editorial board",
    "editorial staff",
    "editorial team",
    "desk",
    "web desk",
    "digital desk",
    "online desk",
    "correspondent",
    "our correspondent",
    "special correspondent",
    "reporter",
    "staff reporters",
    "staff writers",
    "agencies",
    "news agencies",
    "wire reports",
    "wire services",
    "author",
    "authors",
    "by",
    "user",
    "root",
    "super user",
    "superuser",
    "contributor",
    "contributors",
    "various",
    "various authors",
    "anon",
    "no author",
    "not known",
    "posted by",
    "test",
    "tba",
    "-",
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

_STATE_HOSTS = {
    "kcna.kp", "kcna.co.jp", "rodong.rep.kp", "uriminzokkiri.com", "naenara.com.kp", "tass.com", "tass.ru", "ria.ru",
    "rg.ru", "sputniknews.com", "sputnikglobe.com", "rt.com", "xinhuanet.com", "news.cn", "people.cn", "people.com.cn",
    "globaltimes.cn", "chinadaily.com.cn", "cgtn.com", "cctv.com", "irna.ir", "presstv.ir", "presstv.com", "mehrnews.com",
    "sana.sy", "prensa-latina.cu", "plenglish.com", "granma.cu", "cubadebate.cu", "vnanet.vn", "vietnamplus.vn",
    "vietnamnews.vn", "nhandan.vn", "vov.vn", "vovworld.vn",
}  # fmt: skip
"""Hosts on which media of a state publish."""


def _state_host(url: str) -> str:
    """The host among those of state media that an address is on, or nothing."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    labels = host.split(".")
    return next(
        (name for at in range(len(labels) - 1) if (name := ".".join(labels[at:])) in _STATE_HOSTS), ""
    )


@rule(
    "SRC007",
    "no-publisher",
    ERROR,
    "a source without publisher",
    """Either “publisher” (reports, treaties, documents) or “container-title” (the newspaper, agency, journal or site).""",
)
def no_publisher(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        if not source.published_by.strip():
            yield at(project, source, ("id",), "names no publisher", "add “publisher” or “container-title”")


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
    for source in sources(project):
        name = source.published_by
        if source.kind in reported and _STATE_MEDIA.search(name) and not _OTHERS.search(name):
            yield at(
                project,
                source,
                ("custom", "kind"),
                f"{name} is state media, not “{source.kind}”",
                "write kind: state-media",
            )
        elif source.kind is Kind.STATE_MEDIA and _OTHERS.search(name) and not _STATE_MEDIA.search(name):
            yield at(
                project, source, ("custom", "kind"), f"{name} is not state media", "write kind: wire or press"
            )
        elif source.kind in reported and (state := _state_host(source.URL)) and not _OTHERS.search(name):
            yield at(
                project,
                source,
                ("custom", "kind"),
                f"{state} is state media, not “{source.kind}”",
                "write kind: state-media",
            )
        elif source.kind in {Kind.WIRE, Kind.PRESS} and re.match(r"United Nations\b", name):
            yield at(
                project,
                source,
                ("custom", "kind"),
                f"what the {name} publishes is not “{source.kind}”",
                "write kind: primary or official",
            )


def _whole(name: Name) -> str:
    return " ".join(part for part in (name.given, name.family, name.literal) if part).strip()


def _fault_of_name(name: Name, whole: str) -> tuple[str, str] | None:
    """What is wrong with an author, and what would be right."""
    bare = whole.casefold().strip(" .,;:")
    if bare in _GENERIC_AUTHORS or re.search(r"\bet\.? al\b", whole, re.I) or not bare:
        return "is not the name of an author", "leave the field out, or list every author"
    if re.match(r"by\s+\w", name.literal or name.family, re.I):
        return "begins with “By”", f"write {whole.split(maxsplit=1)[1]}"
    if re.search(r"https?:|www\.|\w@\w", whole):
        return "holds an address", "write the name only"
    person = bool(name.family or name.given)
    if person and re.search(r"\d", whole):
        return "holds a number", "write the name only; an organisation is “literal”"
    if (person or len(re.findall(r"[A-Z]\w+ [A-Z]\w+", whole)) > 1) and re.search(
        r";|\w\s+(?:and|&)\s+[A-Z]\w+ [A-Z]", whole
    ):
        return "is more than one name", "list each author for himself"
    return None


@rule(
    "SRC022",
    "generic-author",
    ERROR,
    "an author such as “Admin”, “Staff” or “et al.”, or a name that is none",
    """Only who is named on the document is an author; every one is listed, each for himself. Where none is named, the
    field is left out. “By”, dates, mail addresses and addresses are no part of a name, and a person is not the newspaper
    that prints him.""",
)
def generic_author(project: Project) -> Iterator[Defect]:
    for source in sources(project):
        people = [("author", *item) for item in enumerate(source.author)]
        people += [("editor", *item) for item in enumerate(source.editor)]
        for field, index, name in people:
            whole = _whole(name)
            if fault := _fault_of_name(name, whole):
                yield at(project, source, (field, index), f"“{whole}” {fault[0]}", fault[1])


def _plain(name: str) -> str:
    return re.sub(r"^the|\W+", "", name.casefold())


def _is_short_for(short: str, name: str) -> bool:
    """Whether ``short`` is part of ``name``, or its first letters (KCNA, Korean Central News Agency)."""
    words = re.findall(r"[A-Za-z]+", name)
    initials = "".join(word[0] for word in words if word[0].isupper())
    return len(words) > 1 and (
        bool(re.match(rf"(?:The )?{re.escape(short.removeprefix('The '))}\b", name)) or short == initials
    )


def _one_name(one: str, other: str) -> bool:
    """Whether two names on one host are one publisher’s."""
    return (
        _is_short_for(one, other)
        or _is_short_for(other, one)
        or SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio() > 0.82
    )


@rule(
    "SRC025",
    "publisher-spelling",
    WARNING,
    "one publisher spelt in two ways",
    """Lists by publisher show it twice, and two of its documents pass for independent sources. The spelling that more
    sources use is taken for the right one. Compared are letters and digits only, without “The”; for documents on one
    host also short and full names (UPI, United Press International) and slips of a letter.""",
)
def publisher_spelling(project: Project) -> Iterator[Defect]:
    counts = Counter(source.published_by for source in sources(project) if source.published_by)
    by_letters: dict[str, set[str]] = defaultdict(set)
    by_host: dict[str, set[str]] = defaultdict(set)
    for source in sources(project):
        if name := source.published_by:
            by_letters[_plain(name)].add(name)
            host = normal_address(source.URL).partition("/")[0]
            if "un.org" not in host:  # the United Nations publish under the names of their organs
                by_host[host].add(name)
    better: dict[str, str] = {}
    for names in (*by_letters.values(), *by_host.values()):
        for one, other in combinations(sorted(names), 2):
            if _plain(one) == _plain(other) or _one_name(one, other):
                rare, common = sorted((one, other), key=lambda name: (counts[name], -len(name)))
                if common not in better:
                    better[rare] = common
    for source in sources(project):
        if right := better.get(source.published_by):
            yield at(
                project,
                source,
                ("publisher" if source.publisher else "container-title",),
                f"“{source.published_by}” is spelt “{right}” elsewhere",
                f"write {right}",
            )
