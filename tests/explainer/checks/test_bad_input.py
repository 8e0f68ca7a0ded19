"""Bad input: a message, the rest still checked, 1 or 2 at the end, never a traceback, never waiting for ever."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from explainer.checks import load_project as project_module
from explainer.checks.integrity import integrity_of
from explainer.checks.lines import SourceLines
from explainer.checks.load_project import load_project
from explainer.checks.project import site_only
from explainer.checks.site import load_site
from explainer.checks.site.listing import list_files
from explainer.yaml_reader import parse_yaml
from tests.explainer.checks.battery import body
from tests.explainer.checks.projects import COUNTRIES, SITE, TODAY, Content, check, html, project, told, write
from tests.explainer.checks.test_cli import SCRIPT, command, whole
from tests.explainer.checks.test_site import BUILT, LEDGER
from tests.explainer.checks.test_words import SERIES

PLANTED: dict[str, Content] = {"docs/faq.md": [("More: ", "[x](nowhere.md) More: ")]}
"""A dead link that has to be found whatever else is wrong."""
URL = "https://allies.test.org/site/"
DEEP = 10_000


def run(folder: Path, *arguments: str) -> list[dict[str, object]]:
    """What the command finds. It ends with 1, in time, and says nothing else."""
    result = subprocess.run(
        [sys.executable, str(SCRIPT), "--format", "json", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | {"CHECK_TODAY": TODAY.isoformat(), "NO_SUCH_VARIABLE": ""},
    )
    assert result.returncode == 1, result.stderr
    assert result.stderr == b""
    found: list[dict[str, object]] = json.loads(result.stdout)
    assert "CFG009" not in {item["rule"] for item in found}, found
    return found


def places(found: list[dict[str, object]], rule: str) -> list[object]:
    return [item["path"] for item in found if item["rule"] == rule]


def test_broken_utf_8_in_words_data_and_settings(tmp_path: Path) -> None:
    bad = b"\xff\xfe\x00 \xc3("
    whole(
        tmp_path,
        PLANTED
        | {
            "docs/bytes.md": bad,
            "docs/data/sources/bytes.yml": bad,
            "docs/data/claims.yml": b"- id: a\n  claim: \xe9\n",
            "docs/data/series.yml": SERIES,
            "docs/data/trade.csv": b"year,value,source\n2024,\xff,reuters-2025-trade\n",
            "docs/data/permalinks.txt": LEDGER.encode() + b"/\xe9/\n",
            "docs/assets/site.css": bad,
            "overrides/main.html": bad,
            "pyproject.toml": b"[tool.explainer]\nx = '\xff'\n",
        },
    )
    found = run(tmp_path)
    assert "docs/faq.md" in places(found, "LNK001")
    messages = {
        (item["path"], item["line"]): item["message"] for item in found if "UTF-8" in str(item["message"])
    }
    assert {path for path, _ in messages} == {
        "docs/bytes.md",
        "docs/data/sources/bytes.yml",
        "docs/data/claims.yml",
        "docs/data/trade.csv",
        "docs/data/permalinks.txt",
        "pyproject.toml",
    }
    assert ("docs/data/claims.yml", 2) in messages


def test_broken_utf_8_in_the_configuration(tmp_path: Path) -> None:
    whole(tmp_path, PLANTED | {"mkdocs.yml": b"site_name: \xff\n"})
    found = run(tmp_path)
    assert places(found, "CFG001") == ["mkdocs.yml"]
    assert "docs/faq.md" in places(found, "LNK001")


def test_broken_utf_8_in_a_built_site(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        "a/index.html": html("A", '<a href="../no/">x</a>').encode() + b"\xff",
        "b/index.html": b"\xff\xfe\x00" * 50,
        "css/site.css": b"\xff { background: url(no.png) }",
        "sitemap.xml": b"<urlset>\xff<url><loc>https://allies.test.org/site/no/</loc></url></urlset>",
        "search/search_index.json": b'{"docs": [{"location": "\xff/"}]}',
        "app.webmanifest": b'{"icons": [{"src": "\xff.png"}]}',
    }
    write(tmp_path, SITE, files)
    found = run(tmp_path, "--site-dir", ".", "--site-url", URL)
    assert {"a/index.html", "b/index.html"} <= set(places(found, "SIT024"))
    assert "a/index.html" in places(found, "SIT001")
    assert "css/site.css" in places(found, "SIT003")
    assert "sitemap.xml" in places(found, "SIT013")


@pytest.mark.parametrize(
    "text",
    [
        "> " * DEEP + "[x](no.md)",
        "".join(f"{'  ' * (level % 500)}- level\n" for level in range(DEEP)),
        "[" * DEEP + "x" + "](y)" * DEEP,
        "![" * DEEP,
        "*" * DEEP + "x" + "*" * DEEP,
        "`" * DEEP + " " + "`" * (DEEP - 1),
        "<div>" * DEEP + "x",
        "<!--" * DEEP,
        "{" * DEEP + "#x}",
        "[@" * DEEP,
        "| " * DEEP + "\n" + "|---" * DEEP + "\n" + "| x" * DEEP,
        "[^" * DEEP + "]:" * DEEP,
        "(" * DEEP + "https://x.org/" + ")" * DEEP,
        "::: " * DEEP,
        "“" * DEEP + "”" * DEEP,
    ],
    ids=lambda text: text[:6],
)
def test_deep_words(text: str, tmp_path: Path) -> None:
    made = project(tmp_path, PLANTED | {"docs/deep.md": f"---\ntitle: Deep\n---\n\n# Deep\n\n{text}\n"})
    found = check(made).findings
    assert "CFG009" not in {item.rule for item in found}, told(list(found))[:5]
    assert ("LNK001", "docs/faq.md") in {(item.rule, item.path) for item in found}


@pytest.mark.parametrize(
    "name", ["mkdocs.yml", "docs/data/events.yml", "docs/data/sources/more.yml", "docs/faq.md"]
)
@pytest.mark.parametrize(
    "text",
    [
        "[" * DEEP,
        "{a: " * DEEP + "}" * DEEP,
        "- " * DEEP + "x",
        "".join(" " * level + "a:\n" for level in range(2_000)),
        "a: &a [*a]\n",
        "a: &a\n  <<: *a\n",
        "!!python/object/apply:os.system [ls]\n",
    ],
    ids=lambda text: text[:6],
)
def test_deep_and_looping_yaml(name: str, text: str, tmp_path: Path) -> None:
    content = f"---\n{text}\n---\n\n# Deep\n" if name.endswith(".md") else text
    found = check(
        project(tmp_path, {"docs/index.md": [("[China]", "[x](no.md) [China]")], name: content})
    ).findings
    assert "CFG009" not in {item.rule for item in found}, told(list(found))[:5]
    assert ("LNK001", "docs/index.md") in {(item.rule, item.path) for item in found}
    if not (name == "mkdocs.yml" and text.startswith("!!")):  # a list with a tag, which MkDocs allows there
        assert name in {item.path for item in found}


def bomb(wide: int, high: int) -> str:
    """Lines of aliases that stand for ``wide`` to the power of ``high`` values."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, high):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * wide)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "name", ["mkdocs.yml", "docs/data/events.yml", "docs/data/sources/more.yml", "docs/faq.md"]
)
@pytest.mark.parametrize(("wide", "high"), [(9, 8), (2, 90), (1, 3_000)])
def test_aliases_that_stand_for_too_much(wide: int, high: int, name: str, tmp_path: Path) -> None:
    text = bomb(wide, high)
    content = f"---\n{text}---\n\n# Deep\n" if name.endswith(".md") else text
    changes: dict[str, Content] = {"docs/index.md": [("[China]", "[x](no.md) [China]")], name: content}
    found = check(project(tmp_path, changes)).findings
    assert "CFG009" not in {item.rule for item in found}, told(list(found))[:5]
    assert ("LNK001", "docs/index.md") in {(item.rule, item.path) for item in found}
    told_of = [item for item in found if item.path == name and "aliases" in item.message]
    assert [(item.line > 1, bool(item.hint)) for item in told_of] == [(True, True)], told(list(found))[:5]


def test_aliases_in_measure_are_read() -> None:
    data = parse_yaml("a: &a {b: [1, 2]}\nc: [*a, *a]\nd: *a\n", "x.yml").data
    assert data == {"a": {"b": ["1", "2"]}, "c": [{"b": ["1", "2"]}] * 2, "d": {"b": ["1", "2"]}}


def test_deep_settings(tmp_path: Path) -> None:
    found = check(project(tmp_path, PLANTED | {"pyproject.toml": "x = " + "[" * DEEP})).findings
    assert {"CFG001", "LNK001"} <= {item.rule for item in found}


def test_deep_html_and_json(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        "a/index.html": html("A", "<div>" * DEEP + '<a href="../no/">x</a>'),
        "b/index.html": "<b>" * DEEP + "<svg>" * DEEP + '<g id="x">' * DEEP,
        "c/index.html": "<template>" * DEEP + "<table><tr><td>" * DEEP,
        "search/search_index.json": '{"docs": ' + "[" * 100_000,
        "app.webmanifest": "[" * 100_000,
        "css/site.css": "a{" * DEEP + "/*" * DEEP + "url(" * DEEP,
        "sitemap.xml": "<urlset>" * DEEP + "<loc>" * DEEP,
    }
    write(tmp_path, SITE, files)
    found = run(tmp_path, "--site-dir", ".", "--site-url", URL)
    assert "a/index.html" in places(found, "SIT001")
    assert "search/search_index.json" in places(found, "SIT015")


def test_links_in_circles(tmp_path: Path) -> None:
    whole(tmp_path, PLANTED)
    for folder in (tmp_path / "docs", tmp_path / "site"):
        (folder / "loop").symlink_to(folder)
        (folder / "self.md").symlink_to("self.md")
        (folder / "self.html").symlink_to("self.html")
        (folder / "gone.html").symlink_to("nowhere.html")
        (folder / "one").symlink_to("two")
        (folder / "two").symlink_to("one")
    (tmp_path / "docs/data/events.yml").unlink()
    (tmp_path / "docs/data/events.yml").symlink_to("events.yml")
    assert "docs/faq.md" in places(run(tmp_path), "LNK001")


def test_folders_that_link_to_each_other(tmp_path: Path) -> None:
    """Thirty of them can be gone through in more ways than there are grains of sand."""
    folders = [f"f{number}" for number in range(30)]
    write(tmp_path, {}, {f"{folder}/index.html": folder for folder in folders})
    for folder in folders:
        for other in folders:
            if other != folder:
                (tmp_path / folder / other).symlink_to(f"../{other}")
    files = list_files(tmp_path).files
    assert {f"{one}/index.html" for one in folders} <= files.keys()
    assert {f"{one}/{two}/index.html" for one in folders for two in folders if one != two} <= files.keys()
    assert len(files) < 2 * len(folders) ** 2


def test_two_links_to_one_folder(tmp_path: Path) -> None:
    """Versions of a handbook: “latest” and “stable” are both served."""
    write(tmp_path, {}, {"2.0/a/index.html": "x"})
    (tmp_path / "latest").symlink_to("2.0")
    (tmp_path / "stable").symlink_to("2.0")
    assert list(list_files(tmp_path).files) == [
        f"{name}/a/index.html" for name in ("2.0", "latest", "stable")
    ]


def test_what_has_the_name_of_a_page_and_is_none(tmp_path: Path) -> None:
    docs = project(tmp_path).root / "docs"
    (docs / "self.md").symlink_to("self.md")
    (docs / "gone.md").symlink_to("nowhere.md")
    os.mkfifo(docs / "pipe.md")
    (docs / "folder.md").mkdir()
    (docs / "about/loop").symlink_to(docs)
    found = check(load_project(tmp_path, TODAY)).findings
    assert {(item.path, item.rule) for item in found} == {
        (f"docs/{name}", "TXT011") for name in ("self.md", "gone.md", "pipe.md", "folder.md", "about/loop")
    }, told(list(found))
    assert len(found) == 5 and all(item.hint for item in found)


def test_locks_of_editors_are_no_pages(tmp_path: Path) -> None:
    docs = project(tmp_path).root / "docs"
    (docs / ".#faq.md").symlink_to("someone@computer.4711")
    (docs / ".old.md").mkdir()
    found = check(load_project(tmp_path, TODAY)).findings
    assert not found, told(list(found))


def test_pipes_sockets_and_folders_in_place_of_files(tmp_path: Path) -> None:
    """Reading a pipe that nobody writes to would wait for ever."""
    whole(tmp_path, PLANTED | {"docs/data/events.yml": None, "docs/data/series.yml": SERIES})
    for name in (
        "docs/pipe.md",
        "docs/pipe.png",
        "docs/data/events.yml",
        "docs/data/trade.csv",
        "docs/data/sources/pipe.yml",
        "docs/assets/pipe.css",
        "overrides/pipe.html",
        "site/pipe.html",
        "site/pipe/index.html",
        "site/pipe.css",
        "pyproject.toml",
    ):
        path = tmp_path / name
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
    (tmp_path / "docs/folder.md").mkdir()
    (tmp_path / "docs/data/claims.yml").unlink()
    (tmp_path / "docs/data/claims.yml").mkdir()
    (tmp_path / "site/folder.html").mkdir()
    (tmp_path / "site/null.html").symlink_to("/dev/zero")
    here = Path.cwd()
    os.chdir(tmp_path / "site")  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.html")
    os.chdir(here)
    found = run(tmp_path)
    assert "docs/faq.md" in places(found, "LNK001")
    assert {"docs/data/events.yml", "docs/data/claims.yml"} <= set(places(found, "FCT001"))


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs/data/permalinks.txt"])
def test_a_pipe_as_configuration_or_ledger(name: str, tmp_path: Path) -> None:
    whole(tmp_path, PLANTED)
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    if name == "mkdocs.yml":
        result = subprocess.run(
            [sys.executable, str(SCRIPT), "--site-dir", "site"],
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert result.returncode in (0, 1)
    else:
        assert "docs/faq.md" in places(run(tmp_path), "LNK001")


def test_a_pipe_as_baseline_is_2(tmp_path: Path) -> None:
    whole(tmp_path)
    os.mkfifo(tmp_path / "b.json")
    result = command(tmp_path, "--baseline", "b.json")
    assert (result.returncode, "is not a file" in result.stderr) == (2, True)


ODD = ["a\nb", 'a"b', "a'b", "a%2fb", "a%", "a&b<c>", "a b", "a#b", "a?b", "a:b", "a\\b", "{{a}}", "\u202ea", "é", "e\u0301"]  # fmt: skip


def test_names_that_nobody_expects(tmp_path: Path) -> None:
    whole(tmp_path, PLANTED)
    for name in ODD:
        write(tmp_path, {}, {f"docs/{name}.md": f"# {name}\n\n[x](no.md)\n"})
        write(
            tmp_path / "site", {}, {f"{name}/index.html": html(name, '<a href="no.html">x</a><img src="">')}
        )
    for raw in (
        b"docs/\xff\xfe.md",
        b"docs/\xff.png",
        b"docs/data/sources/\xff.yml",
        b"site/\xff.html",
        b"site/\xff/x.html",
    ):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"[x](no.md) [y](\xff.md)" if raw.endswith(b".md") else b'<html><a href="no">x</a>')
    found = run(tmp_path)
    assert "docs/faq.md" in places(found, "LNK001")
    for format_ in ("text", "sarif", "junit", "github"):
        result = subprocess.run(
            [sys.executable, str(SCRIPT), "--format", format_],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=60,
            env=os.environ | {"CHECK_TODAY": TODAY.isoformat(), "LC_ALL": "C"},
        )
        assert (result.returncode, result.stderr) == (1, b""), format_
    assert command(tmp_path, "--write-baseline", "b.json").returncode == 0
    assert command(tmp_path, "--baseline", "b.json").returncode == 0
    assert command(tmp_path, "--fix").returncode == 1
    ledger = (tmp_path / "docs/data/permalinks.txt").read_text(encoding="utf-8").splitlines()
    assert {"/a%0Ab/", "/a%20b/", "/%FF/x.html"} <= set(ledger)
    assert not [item for item in run(tmp_path) if item["rule"] in ("PRM001", "PRM002", "PRM003")]


def test_paths_that_trap_crawlers(tmp_path: Path) -> None:
    """“page//page//…” resolves to ever longer addresses where // is taken for /."""
    trap = "".join(f'<a href="{"x//" * count}">x</a><a href="//{count}//">y</a>' for count in range(1, 200))
    dots = f'<a href="{"../" * 5000}x/">z</a><a href="{"./" * 5000}">w</a><a href="{"a/../" * 5000}">w</a>'
    write(tmp_path, SITE, {"a/index.html": html("A", f'{trap}{dots}<a href="../no/">x</a>')})
    assert "a/index.html" in places(run(tmp_path, "--site-dir", ".", "--site-url", URL), "SIT001")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root there is always permission, so opening is made to fail."""
    read = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self.name in ("method.md", "claims.yml", "index.html", "pyproject.toml"):
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    made = project(
        tmp_path, PLANTED | {"pyproject.toml": "[tool]\n", "docs/data/permalinks.txt": LEDGER}, BUILT
    )
    found = check(made).findings
    assert "CFG009" not in {item.rule for item in found}, told(list(found))
    denied = {item.path for item in found if "Permission denied" in item.message}
    assert {"docs/about/method.md", "docs/data/claims.yml", "pyproject.toml"} <= denied
    assert ("LNK001", "docs/faq.md") in {(item.rule, item.path) for item in found}


DENIED = ("site.css", "icons.svg", "sitemap.xml", "x.js", "app.webmanifest")


@pytest.mark.parametrize("denied", [True, False])
def test_no_permission_for_files_that_rules_read(
    denied: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told once, and nothing is taken for empty: no wrong hash, no missing symbol."""
    script = "console.log(1)\n"
    changes = {
        "x.js": script,
        "icons.svg": '<svg><symbol id="flag"/></svg>',
        "app.webmanifest": '{"name": "x", "icons": []}',
    }
    value = integrity_of(script.encode())
    text = (
        f'<script src="../x.js" integrity="{value}"></script><svg><use href="../icons.svg#flag"></use></svg>'
    )
    open_ = Path.open

    def refused(self: Path, *arguments: Any, **more: Any) -> Any:
        if denied and self.name in DENIED:
            raise PermissionError(13, "Permission denied")
        return open_(self, *arguments, **more)

    write(tmp_path, SITE, body(text) | changes)
    site = load_site(tmp_path, "", URL)
    monkeypatch.setattr(Path, "open", refused)
    found = check(site_only(tmp_path, TODAY, site)).findings
    assert {item.rule for item in found} <= {"SIT024"}, told(list(found))
    assert sorted(item.path.rpartition("/")[2] for item in found) == (sorted(DENIED) if denied else [])
    assert all("Permission denied" in item.message and "permission" in item.hint for item in found)


def test_what_would_mend_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, SITE, {"bytes.html": html("B", "x").encode() + b"\xff"})
    (tmp_path / "gone.html").symlink_to("nowhere.html")
    (tmp_path / "self.html").symlink_to("self.html")
    os.mkfifo(tmp_path / "pipe.html")
    site = load_site(tmp_path, "", URL)
    for name, reason in (("a/index.html", "Permission denied"), ("index.html", "larger than 32 MB")):
        site.pages[name].error = reason
    found = check(site_only(tmp_path, TODAY, site), ["SIT024"]).findings
    assert {item.path: item.hint for item in found} == {
        "a/index.html": "give everyone the permission to read it",
        "bytes.html": "write it as UTF-8",
        "gone.html": "let the link lead to a file, or remove it",
        "index.html": "split it",
        "pipe.html": "mend or remove it",
        "self.html": "remove the link: it leads to itself",
    }


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was listed, and is gone when it is read."""
    listed = project_module.page_files
    real_files = project_module.files_below

    def pages(root: Path) -> list[Path]:
        found = listed(root)
        (root / "docs/about/method.md").unlink()
        (root / "docs/data/claims.yml").unlink()
        return found

    monkeypatch.setattr(project_module, "page_files", pages)
    monkeypatch.setattr(
        project_module, "files_below", lambda folder: [*real_files(folder), "gone.png", "gone.css"]
    )
    found = check(project(tmp_path, PLANTED | {"docs/data/permalinks.txt": LEDGER}, BUILT)).findings
    assert "CFG009" not in {item.rule for item in found}, told(list(found))
    assert ("TXT011", "docs/about/method.md") in {(item.rule, item.path) for item in found}
    assert ("LNK001", "docs/faq.md") in {(item.rule, item.path) for item in found}


def test_a_built_page_that_vanishes_after_it_was_read(tmp_path: Path) -> None:
    made = project(tmp_path, PLANTED | {"docs/data/permalinks.txt": LEDGER}, BUILT)
    for path in sorted((tmp_path / "site").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    found = check(made).findings
    assert "CFG009" not in {item.rule for item in found}, told(list(found))


def test_large_pages(tmp_path: Path) -> None:
    """Fifty million bytes: named, and everything else is read."""
    page = html("A", '<p>words <a href="../no/">x</a> and more of them</p>\n' * 1_000_000)
    assert len(page) > 50_000_000
    write(tmp_path, SITE, {"big/index.html": page, "a/index.html": html("A", '<a href="../none/">x</a>')})
    found = run(tmp_path, "--site-dir", ".", "--site-url", URL)
    assert places(found, "SIT001") == ["a/index.html"]
    assert [item["message"] for item in found if item["rule"] == "SIT024"] == [
        "cannot be read: larger than 32 MB"
    ]


def test_large_words_and_data(tmp_path: Path) -> None:
    text = "Words [x](no.md) of a page that never ends.\n\n" * 1_100_000
    made = project(tmp_path, PLANTED | {"docs/big.md": text, "docs/data/events.yml": "- id: a\n" * 6_000_000})
    found = check(made).findings
    large = {item.path for item in found if "larger than" in item.message}
    assert large == {"docs/big.md", "docs/data/events.yml"}
    assert ("LNK001", "docs/faq.md") in {(item.rule, item.path) for item in found}


def test_an_empty_site_and_an_empty_project(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert command(tmp_path, "--site-dir", "site").returncode == 2
    (tmp_path / "mkdocs.yml").touch()
    result = command(tmp_path)
    assert result.returncode in (0, 1) and "Traceback" not in result.stderr
    project(tmp_path / "words")
    (tmp_path / "words/site").mkdir()
    assert command(tmp_path / "words").returncode in (0, 1)


def test_a_folder_for_a_cache_that_is_none(tmp_path: Path) -> None:
    whole(tmp_path)
    (tmp_path / ".cache").write_text("not a folder")
    result = command(tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [("--format", "json"), (), ("--list-rules",)])
def test_a_full_disk_is_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    whole(tmp_path, PLANTED)
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, str(SCRIPT), *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr and b"No space left" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_lines_of_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    lines = SourceLines(tmp_path)
    assert lines.line("pipe", 1) == lines.line("gone", 1) == lines.line("a\0b", 1) == lines.line(".", 1) == ""


def test_records_of_the_wrong_kind(tmp_path: Path) -> None:
    for number, text in enumerate(
        [
            "x",
            "- x",
            "- [a]",
            "a: b",
            "- {id: [a]}",
            "- id:\n",
            "- 1: 2",
            COUNTRIES.replace("tests:", "tests: x\n  t:"),
        ]
    ):
        for name in (
            "countries.yml",
            "events.yml",
            "claims.yml",
            "treaties.yml",
            "series.yml",
            "sources/x.yml",
        ):
            found = check(
                project(tmp_path / f"{number}{name[:2]}", PLANTED | {f"docs/data/{name}": text})
            ).findings
            assert "CFG009" not in {item.rule for item in found}, told(list(found))
            assert ("LNK001", "docs/faq.md") in {(item.rule, item.path) for item in found}
