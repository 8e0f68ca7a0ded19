"""Links to other hosts, asked of a server on this machine."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from explainer.checks import ext
from explainer.checks.finding import Finding
from explainer.checks.online import Answer, AnswerCache, Manners, Question, Verdict, ask_all
from explainer.checks.online.asking import _Host
from explainer.checks.online.content import Document, asks_for_login, is_error_path
from explainer.checks.online.retry import TRIES, backoff, retry_after
from explainer.checks.project import site_only
from explainer.checks.rule import select_rules
from explainer.checks.runner import run
from explainer.checks.site import load_site
from tests.explainer.checks.projects import TODAY, html, project, told, write

PAGES = {
    "/page": "<title>A page</title><h1 id='top-1'>A page</h1><p>Words of  some <b>length</b>.</p>",
    "/soft": "<title>Page not found | The Paper</title>",
    "/challenge": "<title>Just a moment...</title>",
    "/login": "<title>Sign in</title>",
    "/error/404.html": "<title>The Paper</title>",
    "/news": "<title>All news</title>",
    "/": "<title>The Paper</title>",
}
SENT_ON = {"/members": "/login?to=x", "/old": "/error/404.html"}
TO_NEWS = ("/news/old-article", "/news/")


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []  # noqa: RUF012 - one server, one list, emptied before each test
    headers_seen: list[str] = []  # noqa: RUF012

    def do_HEAD(self) -> None:
        self._answer(405 if "nohead" in self.path else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, forced: int | None) -> None:
        self.asked.append((self.command, self.path))
        self.headers_seen.append(self.headers.get("User-Agent", ""))
        name, _, rest = self.path.strip("/").partition("/")
        times = sum(path == self.path for _, path in self.asked)
        status, place, header = forced or 200, "", ""
        if forced:
            pass
        elif name.isdigit():
            status = int(name)
            place = f"/{rest}" if 300 <= status < 400 else ""
        elif name == "busy":
            status, header = (429, rest) if times < 2 else (200, "")
        elif self.path in SENT_ON:
            status, place = 302, SENT_ON[self.path]
        elif name == "loop":
            status, place = 302, "/loop"
        elif name == "endless":
            status, place = 302, f"/endless/{len(rest) + 1}" + "x" * len(rest)
        elif self.path.startswith(TO_NEWS) and name == "news":
            status, place = 302, "/news"
        elif name == "archive" and rest.startswith("kept"):
            status, place = 302, "/archive"
        elif name == "archive" and rest:
            status = 404
        body = PAGES.get(self.path, "<title>Words</title><p>words</p>").encode()
        kind = "application/pdf" if self.path.endswith(".pdf") else "text/html; charset=utf-8"
        self.send_response(status)
        if header:
            self.send_header("Retry-After", header)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked.clear()
    Handler.headers_seen.clear()
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()


QUICK = Manners(pause=0, timeout=2)


def verdict(address: str, waits: list[float] | None = None, fragments: Iterable[str] = ()) -> Answer:
    noted = waits if waits is not None else []
    return ask_all([Question(address, frozenset(fragments))], QUICK, wait=noted.append)[address]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/page", Verdict.OK),
        ("/paper.pdf", Verdict.OK),
        ("/nohead.pdf", Verdict.OK),
        ("/404/x", Verdict.GONE),
        ("/404/x.pdf", Verdict.GONE),
        ("/410/x", Verdict.GONE),
        ("/401/x", Verdict.FORBIDDEN),
        ("/403/x", Verdict.FORBIDDEN),
        ("/451/x", Verdict.FORBIDDEN),
        ("/members", Verdict.FORBIDDEN),
        ("/login", Verdict.OK),
        ("/challenge", Verdict.FORBIDDEN),
        ("/429/x", Verdict.THROTTLED),
        ("/503/x", Verdict.THROTTLED),
        ("/500/x", Verdict.UNCLEAR),
        ("/418/x", Verdict.UNCLEAR),
        ("/301/page", Verdict.MOVED),
        ("/308/page", Verdict.MOVED),
        ("/302/page", Verdict.OK),
        ("/303/page", Verdict.OK),
        ("/307/page", Verdict.OK),
        ("/302/301/page", Verdict.OK),
        ("/301/404/x", Verdict.GONE),
        ("/301/", Verdict.FRONT_PAGE),
        ("/302/", Verdict.FRONT_PAGE),
        ("/", Verdict.OK),
        ("/soft", Verdict.SOFT_404),
        ("/302/soft", Verdict.SOFT_404),
        ("/old", Verdict.SOFT_404),
        ("/news/old-article", Verdict.SOFT_404),  # so does an address that never was
        ("/archive/kept", Verdict.OK),  # an address that never was answers 404
        ("/loop", Verdict.LOOP),
        ("/endless", Verdict.LOOP),
    ],
)
def test_answers_are_told_apart(path: str, wanted: Verdict, server: str) -> None:
    assert verdict(server + path).verdict is wanted


def test_the_new_address_is_the_one_before_a_temporary_redirect(server: str) -> None:
    assert verdict(f"{server}/301/302/page") == Answer(Verdict.MOVED, f"{server}/302/page")


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("top-1", True),
        ("top", True),
        ("nothing", False),
        (":~:text=words%20of%20some%20LENGTH", True),
        (":~:text=Words,length", True),
        (":~:text=other%20words", False),
        ("L10", True),
        ("!/route", True),
    ],
)
def test_fragments(fragment: str, found: bool, server: str) -> None:
    assert verdict(f"{server}/page", fragments=[fragment]).missing == (() if found else (fragment,))


def test_fragments_of_files_are_left_alone(server: str) -> None:
    assert verdict(f"{server}/paper.pdf", fragments=["page=4", "x"]) == Answer(Verdict.OK)


def test_a_file_is_asked_for_its_head_only(server: str) -> None:
    verdict(f"{server}/paper.pdf")
    verdict(f"{server}/nohead.pdf")
    assert Handler.asked == [("HEAD", "/paper.pdf"), ("HEAD", "/nohead.pdf"), ("GET", "/nohead.pdf")]


def test_a_busy_host_is_asked_again_when_it_says(server: str) -> None:
    waits: list[float] = []
    assert verdict(f"{server}/busy/7", waits).verdict is Verdict.OK
    assert waits == [7.0]


def test_a_host_that_asks_for_too_long_is_left_alone_with_all_its_addresses(server: str) -> None:
    waits: list[float] = []
    asked = [Question(f"{server}/busy/3600"), Question(f"{server}/page")]
    answers = ask_all(asked, QUICK, wait=waits.append)
    assert {answer.verdict for answer in answers.values()} == {Verdict.THROTTLED}
    assert waits == []
    assert len(Handler.asked) == 1


def test_tries_lie_further_and_further_apart() -> None:
    waits: list[float] = []
    assert verdict("http://127.0.0.1:9/", waits).verdict is Verdict.UNREACHABLE
    assert waits == [backoff(number) for number in range(1, TRIES)] == [1.0, 2.0]


def test_a_host_that_cannot_be_reached_is_not_asked_for_every_address() -> None:
    waits: list[float] = []
    answers = ask_all([Question(f"http://127.0.0.1:9/{name}") for name in "abc"], QUICK, wait=waits.append)
    assert [answer.of_host for answer in answers.values()] == [True] * 3
    assert len(waits) == TRIES - 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("certificate has expired", "it has expired"),
        ("Hostname mismatch, certificate is not valid for 'x'", "it is for another host"),
        ("self-signed certificate", "the host signed it itself"),
        ("unable to get local issuer certificate", "browsers do not know who signed it"),
    ],
)
def test_certificate_faults_are_told_apart(fault: str, words: str) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        error = ssl.SSLCertVerificationError(1, f"[SSL: CERTIFICATE_VERIFY_FAILED] {fault}")
        raise httpx.ConnectError(str(error)) from error

    assert _with_transport(refuse) == Answer(Verdict.CERTIFICATE, words, of_host=True)


def test_other_faults_of_encryption_are_no_faults_of_a_certificate() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[SSL: WRONG_VERSION_NUMBER] wrong version number")

    assert _with_transport(refuse).verdict is Verdict.UNREACHABLE


def test_an_address_that_cannot_be_asked_for() -> None:
    assert verdict("https://[::1/").verdict is Verdict.UNCLEAR


def _with_transport(handler: Callable[[httpx.Request], httpx.Response]) -> Answer:
    with httpx.Client(transport=httpx.MockTransport(handler)) as client:
        return _Host(client, 0, lambda _: None).ask([Question("https://x.test.org/")], lambda _: None)[0][1]


def test_long_pages_are_not_read_to_their_end() -> None:
    read = 0

    def endless(request: httpx.Request) -> httpx.Response:
        def parts() -> Iterator[bytes]:
            nonlocal read
            while read < 50_000_000:
                read += 10_000
                yield b"x" * 10_000

        return httpx.Response(200, headers={"Content-Type": "text/html"}, content=parts())

    assert _with_transport(endless).verdict is Verdict.OK
    assert read < 1_000_000


def test_pauses_between_requests_to_one_host(server: str) -> None:
    waits: list[float] = []
    asked = [Question(f"{server}/{name}") for name in ("a", "b", "a")]
    ask_all(asked, Manners(pause=3), wait=waits.append)
    assert waits == [3]
    assert sorted(path for _, path in Handler.asked) == ["/a", "/b"]


def test_the_checker_says_who_asks(server: str) -> None:
    ask_all([Question(f"{server}/page")], Manners.of_site("https://allies.test.org/site/"))
    assert Handler.headers_seen == [
        "Mozilla/5.0 (compatible; explainer-link-check/1.0; +https://allies.test.org/site/)"
    ]
    assert "127" not in Manners.of_site("http://127.0.0.1:8000/").agent


def test_progress_is_told(server: str) -> None:
    said: list[str] = []
    ask_all([Question(f"{server}/page"), Question(f"{server}/404/x")], QUICK, told=said.append)
    assert sorted(said) == [f"{server}/404/x", f"{server}/page"]


# -- the cache ---------------------------------------------------------------------------------------------------


def test_answers_are_kept_and_age(server: str, tmp_path: Path) -> None:
    now = [datetime(2026, 11, 23, tzinfo=UTC)]
    path = tmp_path / "deep" / "online.json"
    asked = [Question(f"{server}/page"), Question(f"{server}/404/x"), Question(f"{server}/500/x")]

    def ask() -> int:
        Handler.asked.clear()
        cache = AnswerCache(path, days=7, now=lambda: now[0]).load()
        ask_all(asked, QUICK, cache=cache, wait=lambda _: None)
        return len({path for _, path in Handler.asked})

    assert ask() == 3
    assert ask() == 1  # what could not be told is asked again at once
    now[0] += timedelta(days=2)
    assert ask() == 2  # what was gone, after a day
    now[0] += timedelta(days=6)
    assert ask() == 3


def test_a_kept_answer_knows_the_fragments_it_is_about(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "x.json")
    cache.put(Question("https://a.org/", frozenset({"x", "y"})), Answer(Verdict.OK, missing=("y",)))
    assert cache.get(Question("https://a.org/", frozenset({"x"}))) == Answer(Verdict.OK)
    assert cache.get(Question("https://a.org/", frozenset({"y"}))) == Answer(Verdict.OK, missing=("y",))
    assert cache.get(Question("https://a.org/", frozenset({"z"}))) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": 0}', '{"format": 1, "answers": {"https://a.org/": {}}}']
)
def test_a_broken_cache_is_an_empty_one(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    assert AnswerCache(tmp_path / "x.json").load().get(Question("https://a.org/")) is None


def test_a_cache_that_cannot_be_written_hurts_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    cache = AnswerCache(tmp_path / "file" / "x.json")
    cache.put(Question("https://a.org/"), Answer(Verdict.OK))
    cache.save()


# -- what a page says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Error 404",
        "HTTP Error 404: Page not found",
        "Page Not Found",
        "404 | The Paper",
        "Page not found - The Paper",
        "The page you requested could not be found.",
        "Sorry, this page isn’t available",
        "This article has been removed",
        "This page no longer exists",
        "Page introuvable — Le Journal",
        "Страница не найдена",
        "页面不存在",
        "페이지를 찾을 수 없습니다",
    ],
)
def test_pages_that_say_they_are_not_there(title: str) -> None:
    assert Document(f"<title>{title}</title>").says_not_found()
    assert Document(f"<title>The Paper</title><h1>{title}</h1>").says_not_found()


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Not found: the search for flight 370",
        "404 – how the web forgets",
        "410 soldiers left for home",
        "The page that was removed from history",
        "This page is available",
        "Resource found",
        "Missing",
        "Five deleted scenes",
        "Document A/RES/404",
        "Page",
        "Article 404",
        "North Korea: missing persons not found | The Paper",
    ],
)
def test_pages_that_only_hold_such_words(title: str) -> None:
    assert not Document(f"<title>{title}</title><h1>{title}</h1>").says_not_found()


@pytest.mark.parametrize(
    ("title", "kept_out"), [("Just a moment...", True), ("Just a moment of peace", False)]
)
def test_pages_that_keep_programs_out(title: str, kept_out: bool) -> None:
    assert bool(Document(f"<title>{title}</title>").keeps_programs_out()) is kept_out


def test_anchors_that_cannot_be_told_count_as_found() -> None:
    assert Document("<p>x</p>", whole=False).has("nothing")
    assert Document('<a name="x">y</a><p id="user-content-z">').has("x")
    assert Document('<p id="user-content-z">').has("z")
    assert not Document("<script>hidden words</script>").has(":~:text=hidden")


@pytest.mark.parametrize(
    ("path", "error"), [("/404", True), ("/error.html", True), ("/terror", False), ("/b-404", False)]
)
def test_paths_about_errors(path: str, error: bool) -> None:
    assert is_error_path(path) is error


@pytest.mark.parametrize(("path", "login"), [("/login", True), ("/sso/x", True), ("/authors/kim", False)])
def test_paths_that_ask_to_log_in(path: str, login: bool) -> None:
    assert asks_for_login(path) is login


# -- the rules ---------------------------------------------------------------------------------------------------

REUTERS = "https://www.reuters.com/world/trade-2024"
ARCHIVE = "https://web.archive.org/web/20250120000000/https://www.reuters.com/world/trade-2024"
WITH_ARCHIVE = {
    "docs/data/sources/all.yml": [
        (f"  URL: {REUTERS}\n", f"  URL: {REUTERS}\n  archive: {ARCHIVE}\n"),
    ]
}


def findings(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[str], Answer],
    changes: dict[str, object] | None = None,
) -> list[Finding]:
    def answers(questions: Iterable[Question], *_: object, **__: object) -> dict[str, Answer]:
        return {question.address: answer(question.address) for question in questions}

    monkeypatch.setattr(ext, "ask_all", answers)
    made = project(tmp_path, changes)  # type: ignore[arg-type]
    assert not run(made, select_rules([], []), online=False).findings
    return list(run(made, select_rules([], []), online=True).findings)


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("EXT001", Answer(Verdict.GONE, "answered 404")),
        ("EXT002", Answer(Verdict.UNCLEAR, "answered 500")),
        ("EXT003", Answer(Verdict.MOVED, "https://www.reuters.com/new")),
        ("EXT004", Answer(Verdict.CERTIFICATE, "it has expired", of_host=True)),
        ("EXT005", Answer(Verdict.UNREACHABLE, "no answer", of_host=True)),
        ("EXT006", Answer(Verdict.FRONT_PAGE, "https://www.reuters.com/")),
        ("EXT007", Answer(Verdict.FORBIDDEN, "answered 403")),
        ("EXT008", Answer(Verdict.THROTTLED, "answered 429")),
        ("EXT009", Answer(Verdict.SOFT_404, "“Page not found”")),
        ("EXT010", Answer(Verdict.LOOP, "sent on 11 times")),
    ],
)
def test_exactly_the_rule_speaks(
    rule: str, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = findings(tmp_path, monkeypatch, lambda url: answer if "reuters" in url else Answer(Verdict.OK))
    assert [(item.rule, item.path, item.line) for item in found] == [(rule, "docs/data/sources/all.yml", 19)]
    assert REUTERS in found[0].message
    assert answer.detail in found[0].message + found[0].hint


def test_an_anchor_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Answer(Verdict.OK, missing=("nothing",))
    changes = {"docs/about/method.md": [("Five of them.", "[Five](https://www.un.org/x#nothing) of them.")]}
    found = findings(
        tmp_path, monkeypatch, lambda url: missing if "un.org/x" in url else Answer(Verdict.OK), changes
    )
    assert [(item.rule, item.path, item.line, item.column) for item in found] == [
        ("EXT011", "docs/about/method.md", 10, 8)
    ]


def test_an_archived_copy_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Answer(Verdict.GONE, "answered 404")
    found = findings(
        tmp_path, monkeypatch, lambda url: gone if url == ARCHIVE else Answer(Verdict.OK), dict(WITH_ARCHIVE)
    )
    assert [(item.rule, item.line) for item in found] == [("EXT012", 20)]


def test_the_archived_copy_is_proposed_and_none_is_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(url: str) -> Answer:
        return (
            Answer(Verdict.GONE, "answered 404")
            if url == REUTERS or "marxists" in url
            else Answer(Verdict.OK)
        )

    without, with_copy = findings(tmp_path, monkeypatch, answer, dict(WITH_ARCHIVE))
    assert "archive.org" not in without.hint
    assert with_copy.hint.endswith(f"an archived copy is at {ARCHIVE}")


def test_one_finding_for_an_address_that_is_written_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {
        "docs/about/method.md": [
            ("Five of them.", "[Five](https://a.org/) of [them](https://a.org/#x).\n\n[b](https://a.org/)")
        ]
    }
    gone = Answer(Verdict.GONE, "answered 404")
    (found,) = findings(
        tmp_path, monkeypatch, lambda url: gone if "a.org" in url else Answer(Verdict.OK), changes
    )
    assert "it is also written at 1 other place" in found.message


def test_one_finding_for_a_host_whose_certificate_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {
        "docs/about/method.md": [("Five of them.", "[Five](https://a.org/1) of [them](https://a.org/2).")]
    }
    fault = Answer(Verdict.CERTIFICATE, "it has expired", of_host=True)
    (found,) = findings(
        tmp_path, monkeypatch, lambda url: fault if "a.org" in url else Answer(Verdict.OK), changes
    )
    assert "1 more addresses" in found.message


def test_no_network_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = findings(tmp_path, monkeypatch, lambda _: Answer(Verdict.UNREACHABLE, "no route", of_host=True))
    assert [item.rule for item in found] == ["EXT013"]


def test_links_of_a_built_site_are_asked_for(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    body = f'<p>\n<a href="{server}/404/x">a</a> <a href="{server}/page">b</a> <a href="mailto:a@b.org">c</a>'
    body += f' <img src="{server}/404/x" alt=""></p>'
    write(
        site, {}, {"index.html": html("First", body), "a.html": html("A", f'<a href="{server}/404/x">a</a>')}
    )
    monkeypatch.chdir(tmp_path)
    made = site_only(site, TODAY, load_site(site, "", "https://allies.test.org/"))
    found = list(run(made, select_rules(["EXT"], []), online=True).findings)
    assert len(found) == 1, told(found)
    assert (found[0].rule, found[0].path) == ("EXT001", "a.html")
    assert "1 other place" in found[0].message
    assert (tmp_path / ".cache" / "online.json").is_file()
    assert not (site / ".cache").exists()


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("12", 12.0),
        ("soon", None),
        ("-3", None),
        ("Mon, 01 Jan 2024 00:00:00 GMT", 0.0),
        ("Mon, 23 Nov 2026 00:00:30 GMT", 30.0),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, datetime(2026, 11, 23, tzinfo=UTC)) == seconds
