"""Does the asking, politely: one request at a time for each host, with a pause between two."""

import hashlib
import re
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx

from explainer.checks.online.answers import Answer, Question, Verdict
from explainer.checks.online.cache import AnswerCache
from explainer.checks.online.content import Document, asks_for_login, is_error_path
from explainer.checks.online.retry import LONGEST_WAIT, TRIES, backoff, retry_after

PAGE_BYTES = 128_000
"""So much of a page is read: its title stands there. A page whose anchors are asked for is read up to ``WHOLE_BYTES``."""

WHOLE_BYTES = 4_000_000

_HOPS = 10
_FILE_NAME = re.compile(
    r"\.(?:pdf|zip|gz|xz|7z|csv|tsv|xlsx?|docx?|pptx?|od[ts]|epub|rds|rdata|tab|json|xml|"
    r"jpe?g|png|gif|webp|svg|mp[34]|webm|mov|avi)$",
    re.I,
)
"""Names of files that are no pages: for these the head of the answer is enough."""


@dataclass(frozen=True)
class Manners:
    """How hosts are asked. ``pause`` (seconds) lies between two requests to one host; ``timeout`` is in seconds."""

    agent: str = "Mozilla/5.0 (compatible; explainer-link-check/1.0)"
    hosts_at_once: int = 8
    pause: float = 1.0
    timeout: float = 20.0

    @classmethod
    def of_site(cls, address: str, pause: float = 1.0) -> "Manners":
        """The manners of a checker that names the site it checks, so that a host can see who asks and why."""
        host = urlsplit(address).hostname or ""
        public = "." in host and not host.replace(".", "").isdigit()
        name = f"explainer-link-check/1.0; +{address}" if public else "explainer-link-check/1.0"
        return cls(agent=f"Mozilla/5.0 (compatible; {name})", pause=pause)


def ask_all(
    questions: Iterable[Question],
    manners: Manners | None = None,
    cache: AnswerCache | None = None,
    wait: Callable[[float], None] = time.sleep,
    told: Callable[[str], None] = lambda _: None,
) -> dict[str, Answer]:
    """Ask for each address once, hosts side by side; ``told`` is called with each address that has its answer.

    Answers that ``cache`` holds are not asked for again; new ones are put into it and saved.
    """
    manners = manners or Manners()
    found: dict[str, Answer] = {}
    by_host: dict[str, list[Question]] = defaultdict(list)
    for question in _joined(questions):
        if cache is not None and (kept := cache.get(question)):
            found[question.address] = kept
            told(question.address)
        else:
            by_host[_host(question.address)].append(question)

    def ask_host(asked: Sequence[Question]) -> list[tuple[Question, Answer]]:
        with httpx.Client(headers=_headers(manners), timeout=manners.timeout) as client:
            return _Host(client, manners.pause, wait).ask(asked, told)

    with ThreadPoolExecutor(max(1, manners.hosts_at_once)) as pool:
        for done in as_completed([pool.submit(ask_host, asked) for asked in by_host.values()]):
            for question, answer in done.result():
                found[question.address] = answer
                if cache is not None:
                    cache.put(question, answer)
    if cache is not None and by_host:
        cache.save()
    return found


def _joined(questions: Iterable[Question]) -> list[Question]:
    """One question for each address, with the fragments of all."""
    fragments: dict[str, frozenset[str]] = {}
    for question in questions:
        fragments[question.address] = fragments.get(question.address, frozenset()) | question.fragments
    return [Question(address, wanted) for address, wanted in fragments.items()]


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _headers(manners: Manners) -> dict[str, str]:
    return {
        "User-Agent": manners.agent,
        "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
        "Accept-Language": "en,*;q=0.5",
    }


@dataclass(frozen=True)
class _Reply:
    """What came back in the end: after ``hops``, each a status and the address it sent on to."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    document: Document | None
    hops: tuple[tuple[int, httpx.URL], ...]
    looped: bool = False


class _Host:
    """One host that is asked, one request after the other."""

    def __init__(self, client: httpx.Client, pause: float, wait: Callable[[float], None]) -> None:
        self._client, self._pause, self._wait = client, pause, wait
        self._asked = False
        self._probes: dict[str, str] = {}

    def ask(
        self, questions: Sequence[Question], told: Callable[[str], None]
    ) -> list[tuple[Question, Answer]]:
        """The answers of this host. Where the fault is its own, it is not asked again and again."""
        answers: list[tuple[Question, Answer]] = []
        fault: Answer | None = None
        for question in questions:
            answer = fault or self._answer(question)
            if answer.of_host:
                fault = answer
            answers.append((question, answer))
            told(question.address)
        return answers

    def _answer(self, question: Question) -> Answer:
        answer = Answer(Verdict.UNREACHABLE, "no answer")
        for tries in range(1, TRIES + 1):
            delay: float | None = backoff(tries)
            try:
                reply = self._reply(question)
                answer, delay = self._judge(question, reply)
            except httpx.ConnectError as error:
                if fault := _certificate_fault(error):
                    return Answer(Verdict.CERTIFICATE, fault, of_host=True)
                answer = Answer(Verdict.UNREACHABLE, str(error) or "no connection", of_host=True)
            except httpx.TimeoutException:
                answer = Answer(Verdict.UNREACHABLE, "no answer in time")
            except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError, ValueError) as error:
                return Answer(Verdict.UNCLEAR, f"cannot be asked for: {error}")
            except httpx.HTTPError as error:
                answer = Answer(Verdict.UNREACHABLE, str(error) or type(error).__name__)
            if delay is None or tries == TRIES:
                return answer
            if delay > LONGEST_WAIT:
                # Who asks for an hour of rest gets it: its other addresses are left for another day.
                return replace(
                    answer, detail=f"{answer.detail}, and asks to wait {delay:.0f} seconds", of_host=True
                )
            self._wait(delay)
            self._asked = False
        return answer

    def _reply(self, question: Question) -> _Reply:
        """What the host says: the head for a file, and the page where that is not enough or is refused."""
        limit = WHOLE_BYTES if question.fragments else PAGE_BYTES
        if _FILE_NAME.search(urlsplit(question.address).path):
            reply = self._follow("HEAD", question.address, limit)
            if (
                reply.status < 300
                and not reply.looped
                and "html" not in reply.headers.get("content-type", "")
            ):
                return reply
        return self._follow("GET", question.address, limit)

    def _follow(self, method: str, address: str, limit: int) -> _Reply:
        current = httpx.URL(address)
        hops: list[tuple[int, httpx.URL]] = []
        seen = {current}
        while True:
            if self._asked and self._pause:
                self._wait(self._pause)
            self._asked = True
            with self._client.stream(method, current) as response:
                following = response.next_request
                if following is None or response.status_code not in (301, 302, 303, 307, 308):
                    document = _document(response, limit) if method == "GET" else None
                    return _Reply(current, response.status_code, response.headers, document, tuple(hops))
            hops.append((response.status_code, following.url))
            if following.url in seen and not response.headers.get("set-cookie"):
                return _Reply(current, response.status_code, response.headers, None, tuple(hops), looped=True)
            if len(hops) > _HOPS:
                return _Reply(current, response.status_code, response.headers, None, tuple(hops), looped=True)
            current = following.url
            seen.add(current)

    def _judge(self, question: Question, reply: _Reply) -> tuple[Answer, float | None]:
        """The answer, and after how many seconds it is worth asking again (never: ``None``)."""
        status, said = reply.status, f"answered {reply.status}"
        if reply.looped:
            return Answer(Verdict.LOOP, f"sent on {len(reply.hops)} times"), None
        if status in (404, 410):
            return Answer(Verdict.GONE, said), None
        if status in (429, 503):
            asked_for = retry_after(reply.headers.get("retry-after"), datetime.now(UTC))
            return Answer(Verdict.THROTTLED, said), 5.0 if asked_for is None else asked_for
        if status in (401, 402, 403, 407, 451):
            return Answer(Verdict.FORBIDDEN, said), None
        if status >= 500:
            return Answer(Verdict.UNCLEAR, said), 1.0
        if status >= 300:
            return Answer(Verdict.UNCLEAR, said), None
        return self._judge_page(question, reply), None

    def _judge_page(self, question: Question, reply: _Reply) -> Answer:
        """What an answer of the kind “all is well” is worth."""
        asked, document = httpx.URL(question.address), reply.document
        moved = _plain(reply.url) != _plain(asked)
        if document and (words := document.keeps_programs_out()):
            return Answer(Verdict.FORBIDDEN, f"asks who reads (“{words}”)")
        if moved and asks_for_login(reply.url.path) and not asks_for_login(asked.path):
            return Answer(Verdict.FORBIDDEN, f"asks to log in at {reply.url}")
        if document and (words := document.says_not_found()):
            return Answer(Verdict.SOFT_404, f"“{words}”")
        if moved and is_error_path(reply.url.path) and not is_error_path(asked.path):
            return Answer(Verdict.SOFT_404, f"it leads to {reply.url}")
        if moved and _is_front(reply.url) and not _is_front(asked):
            return Answer(Verdict.FRONT_PAGE, str(reply.url))
        if moved and _shortened(asked, reply.url) and self._probe(asked) == _plain(reply.url):
            return Answer(Verdict.SOFT_404, f"it leads to {reply.url}, and so does an address that never was")
        missing = tuple(sorted(name for name in question.fragments if document and not document.has(name)))
        if new := _moved_for_good(asked, reply.hops):
            return Answer(Verdict.MOVED, new, missing)
        return Answer(Verdict.OK, "", missing)

    def _probe(self, asked: httpx.URL) -> str:
        """Where this host leads those who ask for something that never was in the same folder."""
        folder = asked.path.rstrip("/").rpartition("/")[0]
        if folder not in self._probes:
            name = hashlib.sha256(folder.encode()).hexdigest()[:16]
            probe = asked.copy_with(path=f"{folder}/{name}", query=None, fragment=None)
            try:
                reply = self._follow("GET", str(probe), PAGE_BYTES)
                self._probes[folder] = _plain(reply.url) if reply.status < 300 and not reply.looped else ""
            except (httpx.HTTPError, httpx.InvalidURL, ValueError):
                self._probes[folder] = ""
        return self._probes[folder]


def _document(response: httpx.Response, limit: int) -> Document | None:
    """Up to ``limit`` bytes of a page; nothing of any other file."""
    if "html" not in response.headers.get("content-type", "text/html"):
        return None
    parts: list[bytes] = []
    size = 0
    whole = True
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size >= limit:
            whole = False
            break
    text = b"".join(parts)[:limit].decode(response.charset_encoding or "utf-8", errors="replace")
    return Document(text, whole)


def _plain(url: httpx.URL) -> str:
    return str(url.copy_with(fragment=None))


def _is_front(url: httpx.URL) -> bool:
    """Whether it is the first page of a host: ``/``, or that of a language, ``/en/``."""
    path = url.path.strip("/").lower()
    language = len(path) == 2 or (len(path) == 5 and path[2] in "-_")
    return (not path or language or path in ("home", "index.html", "index.php")) and not url.query


def _shortened(asked: httpx.URL, got: httpx.URL) -> bool:
    """Whether the way led up to a folder of the address that was asked for, or to a search."""
    folder = got.path.rstrip("/")
    above = asked.path.startswith(f"{folder}/") and asked.path.rstrip("/") != folder
    return above or "/search" in got.path


def _moved_for_good(asked: httpx.URL, hops: Sequence[tuple[int, httpx.URL]]) -> str:
    """The new address: as far as the host sent on with 301 or 308 before it did so for the time being."""
    new = ""
    for status, url in hops:
        if status not in (301, 308):
            break
        new = _plain(url)
    return new if new != _plain(asked) else ""


_CERTIFICATE_WORDS = (
    ("has expired", "it has expired"),
    ("not yet valid", "it is not valid yet"),
    ("hostname mismatch", "it is for another host"),
    ("certificate is not valid for", "it is for another host"),
    ("ip address mismatch", "it is for another host"),
    ("self-signed", "the host signed it itself"),
    ("self signed", "the host signed it itself"),
    ("unable to get local issuer", "browsers do not know who signed it"),
)


def _certificate_fault(error: BaseException) -> str:
    """What is wrong with a certificate, in plain words; nothing where the fault is another."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError) or "CERTIFICATE_VERIFY_FAILED" in str(cause):
            text = str(cause).lower()
            if isinstance(cause, ssl.SSLCertVerificationError) or "certificate" in text:
                return next((words for mark, words in _CERTIFICATE_WORDS if mark in text), str(cause))
        cause = cause.__cause__ or cause.__context__
    return ""
