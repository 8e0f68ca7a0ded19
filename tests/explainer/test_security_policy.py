"""The policy of a page, and the file of headers."""

from base64 import b64encode
from hashlib import sha256

import pytest

from explainer.security_policy import headers, policy, protect, script_hashes


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_scripts_in_a_page_are_named_by_their_hash_once_each():
    html = "<head><script>a()</script><script>b('é & <i>')\n</script></head><script type=module>a()</script>"
    assert script_hashes(html) == [hash_of("a()"), hash_of("b('é & <i>')\n")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>no script</p>",
        '<script src="a.js"></script>',
        '<script type="application/json">{}</script>',
        '<script type="application/ld+json">{}</script>',
        "<!-- <script>a()</script> -->",
    ],
)
def test_files_data_and_comments_have_no_hash(html):
    assert script_hashes(html) == []


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ('<head>\n<meta charset="utf-8">\n<title>x</title></head>', '<head>\n<meta charset="utf-8">'),
        ("<head><meta charset=utf-8><title>x</title></head>", "<head><meta charset=utf-8>"),
        ("<html><head class=a><title>x</title></head>", "<html><head class=a>"),
    ],
)
def test_the_policy_stands_before_everything_that_it_binds(html, before):
    element = f'<meta http-equiv="Content-Security-Policy" content="{policy([])}">'
    assert protect(html) == html.replace(before, before + element)


def test_a_page_without_a_head_is_left_alone():
    assert protect("<p>x</p>") == "<p>x</p>"


def test_nothing_in_a_policy_is_loose():
    text = policy(["'sha256-x'"])
    assert text.startswith("default-src 'none'; script-src 'self' 'sha256-x'; style-src 'self'; ")
    assert "unsafe" not in text and "*" not in text and "http" not in text


def test_the_headers_fit_every_page():
    text = headers(["<script>b()</script>", "<script>a()</script>", "<script>b()</script>"])
    path, csp, *others = text.splitlines()
    assert path == "/*"
    assert csp.startswith("  Content-Security-Policy: ") and csp.endswith("frame-ancestors 'self'")
    assert csp.count(hash_of("b()")) == csp.count(hash_of("a()")) == 1
    assert all(line.startswith("  ") and ": " in line for line in others)
