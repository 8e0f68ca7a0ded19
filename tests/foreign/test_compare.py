"""The comparison itself: which differences it sees, and the cause it gives each."""

import json
from pathlib import Path

import pytest

from tests.foreign.compare import main

PAGE = (
    '<!doctype html><title>x</title><a href="b.html">fine</a><a href="no.html">dead for both</a>'
    '<a href="#/route">route</a><a href="/news/">neighbour</a><template><a href="(none)">x</a></template>'
    '<a href="#gone">dead for ours only</a><p>file:///tmp/x</p>'
)


def report(site: Path, dead: list[str], fine: list[str]) -> str:
    """What lychee writes of these addresses on the first page."""
    page = str(site / "index.html")
    return json.dumps(
        {
            "success_map": {page: [{"url": url, "status": {"text": "200 OK"}} for url in fine]},
            "error_map": {page: [{"url": url, "status": {"details": "File not found"}} for url in dead]},
        }
    )


def test_differences_are_told_with_their_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "en"
    site.mkdir()
    (site / "index.html").write_text(PAGE)
    (site / "b.html").write_text("<title>b</title>")
    url = site.as_uri()
    dead = [
        f"{url}/no.html",
        f"{url}/index.html#/route",
        f"{tmp_path.as_uri()}/news",
        f"{url}/(none)",
        "file:///tmp/x",
    ]
    (tmp_path / "lychee.json").write_text(report(site, dead, [f"{url}/b.html", f"{url}/index.html#gone"]))
    assert main([str(site), str(tmp_path / "lychee.json"), "--site-url", "https://x.test/en/"]) == 0
    told = capsys.readouterr().out
    assert "dead for both                    1" in told
    assert "only ours: lychee says “ok”: 1" in told
    for cause in ("that a script reads", "another on the same host", "in <template>", "no link in the page"):
        assert told.count(cause) == 1, told


def test_a_report_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(tmp_path / "no.json")]) == 2
    assert "no.json" in capsys.readouterr().err
