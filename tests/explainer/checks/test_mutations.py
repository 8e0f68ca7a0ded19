"""Defects planted at random places of this very site: exactly the right rules speak, at those lines, and no other does.

Every example plants one defect of each kind, each at a place of its own. What is found without them is left out, so
that a page that has become due for review does not fail these tests.
"""

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from explainer.checks.finding import Finding
from explainer.checks.load_project import load_project
from explainer.checks.rule import Scope, all_rules
from explainer.checks.runner import run
from explainer.checks.site import BuiltSite, load_site

ROOT = Path(__file__).parents[3]
SEEDS = st.integers(0, 2**32)
QUICK = settings(
    max_examples=4,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # looking for a smaller example would take longer than reading this one
    suppress_health_check=list(HealthCheck),
)
# A paragraph more changes how easy its section is to read.
WORDS = [rule for rule in all_rules() if rule.scope is Scope.WORDS and rule.id != "TXT021"]
SITE = [rule for rule in all_rules() if rule.scope is Scope.SITE]


@dataclass(frozen=True)
class Edit:
    """At ``start``, ``old`` becomes ``new``; ``at`` counts from there to the place of the defect."""

    start: int
    old: str
    new: str
    at: int = 0


Kind = Callable[[str, random.Random], Edit | None]


# -- words ---------------------------------------------------------------------------------------------------------

_BODY = re.compile(r"\A---\n.*?\n---\n", re.S)
_CITED = re.compile(r"\[@([a-z0-9-]+)((?:, [^\];]+)?)\](?=\.)")
_LINK = re.compile(r"(?<!!)\]\(([\w/.-]+\.md)(#[\w-]+)?\)")
_PARAGRAPH = re.compile(r"(?<=\n\n)(?=[A-Z][^\n]{60,}\n(?:[^\n]+\n)*\n)")


def body_start(text: str) -> int:
    match = _BODY.match(text)
    return match.end() if match else 0


def one_of(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = [match for match in pattern.finditer(text) if match.start() >= body_start(text)]
    return rng.choice(found) if found else None


def swap(pattern: re.Pattern[str], group: int, change: Callable[[str], str]) -> Kind:
    """Change a group of one match."""

    def kind(text: str, rng: random.Random) -> Edit | None:
        match = one_of(pattern, text, rng)
        if match is None or not match[group]:
            return None
        return Edit(match.start(group), match[group], change(match[group]))

    return kind


def paragraph(words: str, mark: str) -> Kind:
    """A paragraph more, before another; ``mark`` is what the rule points at."""

    def kind(text: str, rng: random.Random) -> Edit | None:
        match = one_of(_PARAGRAPH, text, rng)
        return Edit(match.start(), "", f"{words}\n\n", words.index(mark)) if match else None

    return kind


IN_WORDS: dict[str, tuple[str, Kind]] = {
    "page broken": ("LNK001", swap(_LINK, 1, lambda path: path.replace(".md", "-x.md"))),
    "anchor broken": ("LNK002", swap(_LINK, 2, lambda anchor: f"{anchor}-x")),
    "case of a link": ("LNK003", swap(_LINK, 1, lambda path: path.replace(".md", ".MD"))),
    "built address": ("LNK004", swap(_LINK, 1, lambda path: path.replace(".md", ".html"))),
    "absolute path": ("LNK005", paragraph("It is [explained on the page about method](/about/method.md).", "/about")),
    "out of docs": ("LNK006", paragraph("It is [explained in the files of the site](../../../README.md).", "../..")),
    "empty link": ("LNK007", paragraph("It is [explained on the page about method]().", ")")),
    "label undefined": ("LNK009", paragraph("It is [explained elsewhere][no-such-label].", "no-such")),
    "scheme missing": ("LNK014", paragraph("It is [explained by the United Nations](www.un.org/en/).", "www")),
    "vague words": ("LNK021", paragraph("It is explained [here](https://www.un.org/en/).", "[here")),
    "citation broken": ("CIT001", swap(_CITED, 1, lambda id_: f"{id_}-x")),
    "case of a citation": ("CIT002", swap(_CITED, 1, lambda id_: id_[0].upper() + id_[1:] if id_[0].isalpha() else f"{id_[:-1]}{id_[-1].upper()}")),
    "citation empty": ("CIT003", paragraph("It is explained by others [@].", "[@]")),
    "footnote undefined": ("CIT010", paragraph("It is explained in a note.[^no-such-note]", "[^no")),
    "statement uncited": ("CIT013", paragraph("The two states signed an agreement on trade on 4 May 1977.", "The two")),
    "to do": ("CIT014", paragraph("It is explained elsewhere. TODO", "TODO")),
    "relative time": ("TXT007", paragraph("It was explained recently on another page.", "recently")),
    "loaded word": ("TXT008", paragraph("It was explained by the hermit kingdom.", "hermit")),
    "heading without id": ("TXT006", paragraph("It is shown below.\n\n## One more thing\n\nIt is explained elsewhere.", "## One")),
    "directive unknown": ("TXT012", paragraph("::: no-such-directive", ":::")),
    "unclosed citation": ("CIT004", swap(re.compile(r"\[@[a-z0-9-]+(\])(?=\.\n\n)"), 1, lambda _: "")),
}  # fmt: skip


# -- facts ---------------------------------------------------------------------------------------------------------


def field(name: str, new: str | Callable[[str], str], value: str = r"[^\n>|'\"][^\n]*") -> Kind:
    """The value of one field becomes another; the rule points at the line of the field."""
    return swap(re.compile(rf"(?m)^ *(?:- )?{name}: ({value})$"), 1, new if callable(new) else lambda _: new)


def key(name: str, new: str) -> Kind:
    return swap(re.compile(rf"(?m)^ *({name}): "), 1, lambda _: new)


def item(new: str, under: str = "sources") -> Kind:
    """The first item of one list becomes another."""
    return swap(re.compile(rf"(?m)^ *{under}:\n +- ([a-z0-9-]+)$"), 1, lambda old: new.format(old))


IN_FACTS: dict[str, tuple[str, str, Kind]] = {
    "field of a source misspelt": ("SRC004", "sources/*.yml", key("language", "langauge")),
    "date of a source": ("SRC005", "sources/*.yml", field("issued", "2024-02-31", r"\d{4}-\d{2}-\d{2}")),
    "source of the future": ("SRC008", "sources/*.yml", field("accessed", "2126-01-01")),
    "language unknown": ("SRC019", "sources/*.yml", field("language", "xx")),
    "title that is none": ("SRC011", "sources/*.yml", field("title", "Just a moment...")),
    "source unknown": ("FCT005", "events.yml", item("{}-x")),
    "country unknown": ("FCT006", "events.yml", item("{}x", "countries")),
    "field of an event misspelt": ("FCT002", "events.yml", key("kind", "kidn")),
    "date of a claim": ("FCT002", "claims.yml", field("checked", "soon")),
    "markup in data": ("FCT013", "events.yml", field("title", lambda old: f"{old} **in full**", r"[^\n>|'\"]+")),
    "cell of a table": ("FCT015", "un-votes.csv", swap(re.compile(r"(?m)^[^\n]*,([a-z]+-[a-z0-9-]+)$"), 1, lambda old: f"{old}-x")),
}  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the checker reads, where it may be changed."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "docs", folder / "docs")
    for name in ("overrides", "scripts"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def found_in(folder: Path) -> list[Finding]:
    return list(run(load_project(folder, today()), WORDS).findings)


def today() -> date:
    """The last day on which a source was read: nothing in the data is of the future then."""
    days = re.findall(
        r"accessed: (\d{4}-\d{2}-\d{2})", "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    )
    return date.fromisoformat(max(days))


SOURCES = sorted((ROOT / "docs/data/sources").glob("*.yml"))


@pytest.fixture(scope="module")
def before(copy: Path) -> set[tuple[str, str, str]]:
    return {(item.rule, item.path, item.message) for item in found_in(copy)}


class Planting:
    """Edits of several files, none near another."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self.rng = folder, rng
        self.texts: dict[str, str] = {}
        self.edits: dict[str, list[tuple[str, Edit]]] = {}

    def plant(self, rule: str, paths: list[Path], kind: Kind) -> None:
        for _ in range(200):
            path = self.rng.choice(paths).relative_to(self.folder).as_posix()
            text = self.texts.setdefault(path, (self.folder / path).read_text(encoding="utf-8"))
            edit = kind(text, self.rng)
            if edit and all(_apart(text, edit, other) for _, other in self.edits.get(path, [])):
                self.edits.setdefault(path, []).append((rule, edit))
                return
        raise AssertionError(f"{rule}: there is no place for it")

    def write(self) -> set[tuple[str, str, int]]:
        """Write the changed files; which rule has to speak, in which file, on which line."""
        expected = set()
        for path, edits in self.edits.items():
            text, shift = self.texts[path], 0
            places = []
            for rule, edit in sorted(edits, key=lambda pair: pair[1].start):
                start = edit.start + shift
                assert text.startswith(edit.old, start)
                text = text[:start] + edit.new + text[start + len(edit.old) :]
                places.append((rule, start + edit.at))
                shift += len(edit.new) - len(edit.old)
            (self.folder / path).write_text(text, encoding="utf-8")
            expected |= {(rule, path, text.count("\n", 0, place) + 1) for rule, place in places}
        return expected

    def undo(self) -> None:
        for path in self.edits:
            (self.folder / path).write_text(self.texts[path], encoding="utf-8")


def _apart(text: str, edit: Edit, other: Edit) -> bool:
    """Whether two edits are in two records or paragraphs."""
    low, high = sorted((edit.start, other.start))
    return text.count("\n\n", low, high) >= 3 or (high - low > 300 and "\n\n" not in text[:2000])


def compare(
    folder: Path,
    planting: Planting,
    before: set[tuple[str, str, str]],
    findings: list[Finding],
    expected: set[tuple[str, str, int]],
) -> None:
    told = {
        (item.rule, item.path, item.line): item.message
        for item in findings
        if (item.rule, item.path, item.message) not in before
    }
    silent = sorted(expected - set(told))
    too_much = sorted((*place, told[place]) for place in set(told) - expected)
    shown = [
        f"{path}:{line} {rule}: {(folder / path).read_text(encoding='utf-8').splitlines()[line - 1]}"
        for rule, path, line in silent
    ]
    assert not silent and not too_much, f"silent: {shown}; too much: {too_much}"


@QUICK
@given(seed=SEEDS)
def test_words(seed: int, copy: Path, before: set[tuple[str, str, str]]) -> None:
    planting = Planting(copy, random.Random(seed))
    pages = [
        path
        for path in sorted((copy / "docs").rglob("*.md"))
        if path.name not in ("corrections.md", "editing.md")
    ]
    countries = [path for path in pages if path.parent.name == "countries"]
    for rule, kind in IN_WORDS.values():
        # How the site is made needs no documents: only what it says of the world does.
        planting.plant(rule, countries if rule == "CIT013" else pages, kind)
    try:
        expected = planting.write()
        compare(copy, planting, before, found_in(copy), expected)
    finally:
        planting.undo()


@QUICK
@given(seed=SEEDS)
def test_facts(seed: int, copy: Path, before: set[tuple[str, str, str]]) -> None:
    planting = Planting(copy, random.Random(seed))
    for rule, pattern, kind in IN_FACTS.values():
        planting.plant(rule, sorted((copy / "docs/data").glob(pattern)), kind)
    try:
        expected = planting.write()
        compare(copy, planting, before, found_in(copy), expected)
    finally:
        planting.undo()


# -- the built site ------------------------------------------------------------------------------------------------

_HREF = r'<a [^>]*?href="?((?:\.\./)*[\w/-]*[\w-]/)["# >]'
_ID = r'<(?:h2|h3|tr|li|p|dt)[^>]* id="?([\w-]+)["\s>]'


def at_last(text: str) -> Kind:
    """More at the end of the body."""
    return lambda page, rng: Edit(page.rindex("</body>"), "", text)


def id_dropped(text: str, rng: random.Random) -> Edit | None:
    """An id to which the page itself leads becomes another."""
    led_to = set(re.findall(r'<a [^>]*?href="?#([\w-]+)["\s>]', text))
    found = [match for match in re.finditer(_ID, text) if match[1] in led_to]
    return Edit((match := rng.choice(found)).start(1), match[1], f"{match[1]}-x") if found else None


ON_SITE: dict[str, tuple[set[str], Kind]] = {
    "link broken": ({"SIT001"}, swap(re.compile(_HREF), 1, lambda href: f"{href[:-1]}-x/")),
    "link without slash": ({"SIT008"}, swap(re.compile(_HREF), 1, lambda href: href[:-1])),
    "anchor broken": ({"SIT002"}, swap(re.compile(r'<a [^>]*?href="?(#[\w-]+)["\s>]'), 1, lambda href: f"{href}-x")),
    "id dropped": ({"SIT002", "SIT015", "SIT025", "PRM001"}, id_dropped),
    "id twice": ({"SIT005"}, at_last('<p id="no-such">1</p><p id="no-such">2</p>')),
    "asset broken": ({"SIT003"}, swap(re.compile(r'(?:src|href)="?((?:\.\./)*assets/[\w./-]+)'), 1, lambda href: f"{href}x")),
    "empty address": ({"SIT026"}, at_last('<img src="" alt="x">')),
    "image without words": ({"SIT003", "SIT016"}, at_last('<img src="no-such.png">')),
    "canonical wrong": ({"SIT012"}, swap(re.compile(r'rel="?canonical"? href="?([^" >]+)|href="?([^" >]+)"? rel="?canonical'), 1, lambda href: f"{href}x/")),
    "language dropped": ({"SIT017"}, swap(re.compile(r'<html( lang="?en"?)'), 1, lambda _: "")),
    "title dropped": ({"SIT018"}, swap(re.compile(r"<title>([^<]+)</title>"), 1, lambda _: "")),
    "two slashes": ({"SIT009"}, swap(re.compile(_HREF.replace("[\\w/-]*[\\w-]/", "\\w[\\w-]*/[\\w-]+/")), 1, lambda href: "//".join(href[:-1].rsplit("/", 1)) + "/")),
    "citation left": ({"SIT022"}, at_last("<p>It is said [@no-such-id].</p>")),
    "other host": ({"SIT021"}, at_last('<script src="https://cdn.test/x.js"></script>')),
    "label for nothing": ({"SIT025"}, at_last('<label for="no-such">x</label>')),
}  # fmt: skip
"""What is done to a page, and the rules that may speak of it: at least one has to, and no other."""
ELSEWHERE = {"id dropped", "language dropped", "title dropped"}
"""What is missing is told at the links to it, or at the head of the page: all others at the line of the defect."""


class Ground:
    """A copy of the built site. No dataclass: hypothesis would print all of it when a test fails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "site", folder / "site")
        # Without words: reading them anew for each change would take most of the time.
        self.whole = replace(load_project(ROOT, today()), pages={}, site=self.read())
        self.clean = {(item.rule, item.path, item.message) for item in run(self.whole, SITE).findings}
        # What readers see: no error page, no page that only sends them on.
        pages = sorted(folder.rglob("*.html"))
        self.pages = [page for page in pages if page.stat().st_size > 5000 and page.name != "404.html"]

    def read(self) -> BuiltSite:
        return load_site(self.folder / "site", "site", cache=self.folder / "kept")

    def told(self, rules: set[str], what: str, place: tuple[str, int] | None = None) -> None:
        """One of the rules speaks, and no other; where ``place`` is given, of this file and line."""
        findings = run(replace(self.whole, site=self.read()), SITE).findings
        new = [item for item in findings if (item.rule, item.path, item.message) not in self.clean]
        assert new, f"nobody speaks: {what}"
        assert {item.rule for item in new} <= rules, (
            f"{what}: {[(i.rule, i.path, i.line, i.message) for i in new]}"
        )
        if place:
            assert {(item.path, item.line) for item in new} == {place}, what


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    if not (ROOT / "site").is_dir():
        pytest.skip("the site is not built: scripts/build")
    return Ground(tmp_path_factory.mktemp("built"))


@pytest.mark.parametrize("kind", ON_SITE)
@QUICK
@given(seed=SEEDS)
def test_site(kind: str, seed: int, ground: Ground) -> None:
    rules, change = ON_SITE[kind]
    rng = random.Random(seed)
    for _ in range(200):
        path = rng.choice(ground.pages)
        text = path.read_text(encoding="utf-8")
        if edit := change(text, rng):
            break
    else:
        raise AssertionError(f"{kind}: there is no place for it")
    place = (path.relative_to(ground.folder).as_posix(), text.count("\n", 0, edit.start) + 1)
    path.write_text(text[: edit.start] + edit.new + text[edit.start + len(edit.old) :], encoding="utf-8")
    try:
        what = f"{path.relative_to(ground.folder)}: “{edit.old}” → “{edit.new}”"
        ground.told(rules, what, None if kind in ELSEWHERE else place)
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("way", ["deleted", "empty"])
@QUICK
@given(seed=SEEDS)
def test_files(way: str, seed: int, ground: Ground) -> None:
    """A file that something loads is gone, or has no bytes."""
    folder = ground.folder / "site/assets"
    users = [*ground.pages, *folder.rglob("*.css")]
    used = b"".join(path.read_bytes() for path in users)
    loaded = [
        path
        for path in sorted(folder.rglob("*.*"))
        if re.search(rb"(?:src=|href=|url\()[\"']?[^\"'\s>)]*/" + re.escape(path.name.encode()), used)
    ]
    path = random.Random(seed).choice(
        [path for path in loaded if path.suffix in (".svg", ".css", ".woff2", ".js")]
    )
    raw = path.read_bytes()
    path.unlink()
    if way == "empty":
        path.touch()
    try:
        ground.told({"SIT003" if way == "deleted" else "SIT023"}, f"{way}: {path.relative_to(ground.folder)}")
    finally:
        path.write_bytes(raw)
