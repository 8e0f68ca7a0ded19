"""The commands build: the same bytes twice, the same words with both engines, clear words for bad input."""

import hashlib
import html as html_module
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.explainer.projects import source, write

ROOT = Path(__file__).parents[2]


def build(site: Path, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explainer.build", "--site-dir", str(site), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def words(path: Path) -> str:
    """The words of a page's article, without tags and white space."""
    html = path.read_text(encoding="utf-8")
    article = re.search(r"<article.*?>(.*)</article>", html, re.S)
    text = html_module.unescape(re.sub(r"<[^>]+>", "", article.group(1))) if article else ""
    return re.sub(r"[\s¶]+", "", text)


def alternates(path: Path) -> list[str]:
    """What the head of a page names as other forms of it: feeds, and data."""
    return re.findall(
        r'<link rel="alternate[^"]*"[^>]* href="(?:\./)?([^"]+)"', path.read_text(encoding="utf-8")
    )


def elements(path: Path, site: Path) -> list[tuple[str, dict[str, str | None]]]:
    """Every element of a page's article with its attributes, in order; addresses as the browser resolves them."""
    base = f"https://site.test/{path.relative_to(site)}"
    found = []
    for article in LexborHTMLParser(path.read_text(encoding="utf-8")).css("article"):
        for node in article.traverse():
            attributes = dict(node.attributes)
            # Zensical's theme puts the target of its link “Skip to content” into the article.
            if attributes.get("id") == "__skip":
                continue
            for name in ("href", "src"):
                if value := attributes.get(name):
                    attributes[name] = urljoin(base, value)
            found.append((node.tag or "", attributes))
    return found


def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path):
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    assert first.returncode == second.returncode == 0, first.stdout + first.stderr
    assert fingerprint(tmp_path / "a") == fingerprint(tmp_path / "b")


def test_zensical_builds_the_same_words_and_links(tmp_path):
    assert build(tmp_path / "mkdocs").returncode == 0
    result = build(tmp_path / "zensical", "--engine", "zensical")
    assert result.returncode == 0, result.stdout + result.stderr
    ours = {path.relative_to(tmp_path / "mkdocs") for path in (tmp_path / "mkdocs").rglob("*.html")}
    theirs = {path.relative_to(tmp_path / "zensical") for path in (tmp_path / "zensical").rglob("*.html")}
    assert ours == theirs
    assert any(
        node
        == (
            "a",
            {"class": "term", "href": "https://site.test/glossary/#kotra", "aria-describedby": "term-kotra"},
        )
        for node in elements(tmp_path / "mkdocs/countries/china/index.html", tmp_path / "mkdocs")
    )
    for path in sorted(ours):
        mine = elements(tmp_path / "mkdocs" / path, tmp_path / "mkdocs")
        assert bool(mine) is (path.parts[0] != "c"), path  # what a short address prints has no article
        assert mine == elements(tmp_path / "zensical" / path, tmp_path / "zensical"), path
        assert words(tmp_path / "mkdocs" / path) == words(tmp_path / "zensical" / path), path
        assert alternates(tmp_path / "mkdocs" / path) == alternates(tmp_path / "zensical" / path), path
    assert alternates(tmp_path / "mkdocs" / "countries" / "china" / "index.html") == [
        "../../feed.xml",
        "../../feed.json",
        "../../api/countries/china.json",
    ]
    for path in (
        "feed.xml",
        "feed.json",
        "data/datapackage.json",
        "api/countries.json",
        "data/charts/tiers.svg",
    ):
        assert (tmp_path / "mkdocs" / path).read_bytes() == (tmp_path / "zensical" / path).read_bytes(), path


@pytest.mark.parametrize(
    ("fault", "files", "expected"),
    [
        (
            "citation-of-a-missing-source",
            {"docs/index.md": "# T\n\nA fact [@paper-2042-x].\n"},
            ["docs/index.md:3:9", "paper-2042-x", "did you mean paper-2024-x"],
        ),
        (
            "data-that-is-not-yaml",
            {"docs/index.md": "# T\n", "docs/data/claims.yml": "- id: [\n"},
            ["docs/data/claims.yml:2", "not valid YAML"],
        ),
        (
            "source-without-a-title",
            {
                "docs/index.md": "# T\n",
                "docs/data/sources/b.yml": source("b-1")
                .replace("title: A title for b-1", "")
                .replace("  container-", "  container-title: P\n  container-")
                .replace("  container-title: P\n", "", 1),
            },
            ["docs/data/sources/b.yml", "title"],
        ),
        (
            "data-with-a-misspelt-key",
            {
                "docs/index.md": "# T\n",
                "docs/data/sources/b.yml": source("b-1").replace("language:", "langauge:"),
            },
            ["docs/data/sources/b.yml:8:3", "langauge", "did you mean language"],
        ),
    ],
)
def test_bad_input_is_named_with_file_and_line_and_nothing_is_written(tmp_path, fault, files, expected):
    write(tmp_path, {"docs/data/sources/all.yml": source("paper-2024-x")} | files)
    result = build(tmp_path / "site", cwd=tmp_path)
    output = result.stdout + result.stderr
    assert result.returncode == 1, output
    for words_ in expected:
        assert words_ in output
    assert "Traceback" not in output
    assert not (tmp_path / "site").exists()


def test_text_that_is_not_utf8_is_named_with_its_place(tmp_path):
    write(tmp_path, {"docs/index.md": "# T\n", "docs/data/sources/all.yml": source("paper-2024-x")})
    (tmp_path / "docs" / "data" / "claims.yml").write_bytes(b"- id: a\n  claim: caf\xe9\n")
    result = build(tmp_path / "site", cwd=tmp_path)
    assert result.returncode == 1
    assert "docs/data/claims.yml:2:13 byte 0xe9 is not UTF-8" in result.stdout + result.stderr


@pytest.mark.parametrize("folder", [".", "docs", ".."])
def test_the_words_cannot_be_overwritten_by_a_build(tmp_path, folder):
    write(tmp_path, {"docs/index.md": "# T\n"})
    result = build(Path(folder), cwd=tmp_path)
    assert result.returncode == 2
    assert (tmp_path / "docs" / "index.md").exists()


def test_the_bare_mkdocs_command_builds(tmp_path):
    command = Path(sys.executable).with_name("mkdocs")
    result = subprocess.run(
        [command, "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
