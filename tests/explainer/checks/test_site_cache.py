"""What is kept of a site from run to run: never wrong, whatever changed in between."""

import random
from pathlib import Path

import pytest

from explainer.checks.project import site_only
from explainer.checks.rule import select_rules
from explainer.checks.runner import run
from explainer.checks.site import load, load_site
from explainer.checks.site.cache import read_kept
from tests.explainer.checks.projects import TODAY, html

NAMES = [f"{folder}/{name}.html" for folder in ("a", "b", "b/c") for name in ["index", "one", "two", "three"]]
PIECES = [
    '<a href="one.html">x</a>',
    '<a href="../b/two.html#x">x</a>',
    '<a href="../b/">x</a>',
    '<a href="../../a/three.html#y">x</a>',
    '<a href="../b">x</a>',
    '<a href="c/one.html">x</a>',
    '<a href="b/c//one.html">x</a>',
    '<img src="../picture.png" alt="x">',
    '<img src="../../picture.png" alt="x">',
    '<h2 id="x">x</h2>',
    '<h2 id="y">y</h2>',
    '<p id="y">y</p>',
    '<a href="#y">y</a>',
    '<a href="/one.html">x</a>',
    '<a href="https://site.test/docs/a/">x</a>',
    '<label for="z">x</label>',
    '<base href="../a/">',
    '<meta http-equiv="refresh" content="0; url=../a/">',
]


def findings(folder: Path, cache: Path | None) -> list[tuple[str, str, int, int, str, str]]:
    """All that a run says of a site."""
    project = site_only(folder, TODAY, load_site(folder, cache=cache))
    found = run(project, select_rules([], [])).findings
    return [(item.rule, item.path, item.line, item.column, item.message, item.hint) for item in found]


def page(chance: random.Random, name: str) -> str:
    return html(name, "\n".join(chance.sample(PIECES, chance.randrange(6))))


def change(chance: random.Random, folder: Path) -> None:
    """One thing that may happen to a site between two runs."""
    path = folder / chance.choice(NAMES)
    kind = chance.choice(["write", "write", "delete", "rename", "empty", "picture", "touch"])
    if kind == "write":
        path.write_text(page(chance, path.name))
    elif kind == "delete":
        path.unlink(missing_ok=True)
    elif kind == "rename" and path.exists():
        path.rename(folder / chance.choice(NAMES))
    elif kind == "empty" and path.exists():
        path.write_bytes(b"")
    elif kind == "picture":
        (folder / "picture.png").write_bytes(chance.choice([b"", b"PNG"]))
    elif kind == "touch" and path.exists():
        path.touch()


@pytest.mark.parametrize("seed", range(30))
def test_with_and_without_what_was_kept_the_same_is_found(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    folder, cache = tmp_path / "site", tmp_path / "kept"
    (folder / "b" / "c").mkdir(parents=True)
    (folder / "a").mkdir()
    for name in NAMES:
        (folder / name).write_text(page(chance, name))
    seen = []
    for _ in range(12):
        found = findings(folder, cache)
        assert found == findings(folder, None)
        seen.append(found)
        for _ in range(chance.randrange(3)):
            change(chance, folder)
    assert any(seen), "a site without faults would prove nothing"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(html("Start", '<a href="one.html#there">one</a>'))
    (folder / "one.html").write_text(html("One", '<h2 id="there">x</h2><a href="index.html">s</a>'))
    return folder


def rules(folder: Path, cache: Path) -> list[str]:
    return [item[0] for item in findings(folder, cache)]


def test_one_byte_flipped(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "kept"
    assert rules(site, cache) == []
    path = site / "one.html"
    before = path.stat()
    path.write_text(path.read_text().replace('"there"', '"where"'))
    load.os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert rules(site, cache) == ["SIT002"]


def test_a_target_renamed(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "kept"
    assert rules(site, cache) == []
    (site / "one.html").rename(site / "two.html")
    assert rules(site, cache) == ["SIT001", "SIT006"]
    (site / "two.html").rename(site / "one.html")
    assert rules(site, cache) == []


def test_what_did_not_change_is_not_read_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "kept"
    load_site(site, cache=cache)
    read: list[str] = []
    whole = load.read_page
    monkeypatch.setattr(load, "read_page", lambda name, raw: (read.append(name), whole(name, raw))[1])
    load_site(site, cache=cache)
    assert read == []
    (site / "index.html").write_text(html("Start", '<a href="one.html">one</a>'))
    load_site(site, cache=cache)
    assert set(read) == {"index.html"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[:40] + bytes([raw[40] ^ 1]) + raw[41:],
        lambda raw: b"",
        lambda raw: b"something else",
    ],
)
def test_a_spoilt_file_is_as_good_as_none(site: Path, tmp_path: Path, spoil) -> None:
    cache = tmp_path / "kept"
    load_site(site, cache=cache)
    cache.write_bytes(spoil(cache.read_bytes()))
    assert read_kept(cache) is None
    assert rules(site, cache) == []
    assert read_kept(cache) is not None


def test_another_version_of_the_checker_starts_anew(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "kept"
    load_site(site, cache=cache)
    monkeypatch.setattr("explainer.checks.site.cache._version", lambda: "another")
    assert read_kept(cache) is None


def test_where_nothing_can_be_kept_the_site_is_checked_all_the_same(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert rules(site, tmp_path / "file" / "kept") == []


def test_another_address_of_the_site_is_followed_anew(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "kept"
    (site / "index.html").write_text(html("Start", '<a href="/docs/one.html">one</a>'))
    for address, outside in (
        ("https://site.test/docs/", 0),
        ("https://site.test/", 1),
        ("https://site.test/docs/", 0),
    ):
        project = site_only(site, TODAY, load_site(site, "", address, cache=cache))
        assert len(run(project, select_rules(["SIT001"], [])).findings) == outside
