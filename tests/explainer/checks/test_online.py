"""Links to other hosts, asked of a server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from explainer.checks import ext, online
from explainer.checks.online import Answer, Verdict, ask, ask_all
from explainer.checks.rule import select_rules
from explainer.checks.runner import run
from tests.explainer.checks.projects import project

asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked.append(self.path)
        name, _, rest = self.path.strip("/").partition("/")
        busy = name == "busy" and asked.count(self.path) < 2
        self.send_response(429 if busy else int(name) if name.isdigit() else 200)
        if busy:
            self.send_header("Retry-After", rest or "7")
        if name.isdigit() and name.startswith("3"):
            self.send_header("Location", f"/{rest}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    asked.clear()
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    http.server_close()


def verdict(address: str, waits: list[float] | None = None) -> Answer:
    noted = waits if waits is not None else []
    return ask_all([address], pause=0, wait=noted.append, timeout=2)[address]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/page", Verdict.OK),
        ("/404/x", Verdict.GONE),
        ("/410/x", Verdict.GONE),
        ("/401/x", Verdict.UNCLEAR),
        ("/403/x", Verdict.UNCLEAR),
        ("/429/x", Verdict.UNCLEAR),
        ("/500/x", Verdict.UNCLEAR),
        ("/503/x", Verdict.UNCLEAR),
        ("/301/page", Verdict.MOVED),
        ("/308/page", Verdict.MOVED),
        ("/302/page", Verdict.OK),
        ("/307/page", Verdict.OK),
        ("/301/404/x", Verdict.GONE),
        ("/301/", Verdict.FRONT_PAGE),
    ],
)
def test_answers_are_told_apart(path: str, wanted: Verdict, server: str) -> None:
    assert verdict(server + path).verdict is wanted


def test_a_busy_host_is_asked_again_when_it_says(server: str) -> None:
    waits: list[float] = []
    assert verdict(f"{server}/busy/7", waits).verdict is Verdict.OK
    assert waits == [7.0]


def test_a_host_that_asks_for_too_long_is_left_alone(server: str) -> None:
    waits: list[float] = []
    assert verdict(f"{server}/busy/3600", waits).verdict is Verdict.UNCLEAR
    assert waits == []


def test_nobody_answers() -> None:
    assert verdict("http://127.0.0.1:9/").verdict is Verdict.UNREACHABLE


def test_certificate_faults_are_told_apart() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired")

    with httpx.Client(transport=httpx.MockTransport(refuse)) as client:
        assert ask(client, "https://x.test.org/", lambda _: None).verdict is Verdict.CERTIFICATE


def test_pauses_between_requests_to_one_host(server: str) -> None:
    waits: list[float] = []
    ask_all([f"{server}/a", f"{server}/b", f"{server}/a"], pause=3, wait=waits.append)
    assert waits == [3]
    assert sorted(asked) == ["/a", "/b"]


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("EXT001", Verdict.GONE),
        ("EXT002", Verdict.UNCLEAR),
        ("EXT003", Verdict.MOVED),
        ("EXT004", Verdict.CERTIFICATE),
        ("EXT005", Verdict.UNREACHABLE),
        ("EXT006", Verdict.FRONT_PAGE),
    ],
)
def test_exactly_the_rule_speaks(
    rule: str, answer: Verdict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(addresses: Iterator[str]) -> dict[str, Answer]:
        return {address: Answer(answer if "reuters" in address else Verdict.OK, "x") for address in addresses}

    monkeypatch.setattr(ext, "ask_all", answers)
    made = project(tmp_path)
    found = run(made, select_rules([], []), online=True).findings
    assert [(item.rule, item.path, item.line) for item in found] == [(rule, "docs/data/sources/all.yml", 19)]
    assert not run(made, select_rules([], []), online=False).findings


@pytest.mark.parametrize(
    ("header", "seconds"), [(None, 5.0), ("12", 12.0), ("soon", 5.0), ("Mon, 01 Jan 2024 00:00:00 GMT", 0.0)]
)
def test_retry_after(header: str | None, seconds: float) -> None:
    assert online._delay(header) == seconds
