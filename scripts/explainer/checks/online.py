"""Asks other hosts whether an address still leads to a document: politely, one request at a time for each host."""

import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

import httpx

HOSTS_AT_ONCE = 8
TRIES = 2
LONGEST_WAIT = 60.0
"""Seconds that a host may ask to wait (Retry-After); longer waits are not waited for."""

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; check.py link checker)",
    "Accept": "text/html,application/pdf,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
}


class Verdict(StrEnum):
    """What became of an address."""

    OK = "ok"
    GONE = "gone"
    MOVED = "moved"
    FRONT_PAGE = "front-page"
    UNCLEAR = "unclear"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Answer:
    """The verdict, with the reason or the new address."""

    verdict: Verdict
    detail: str = ""


def ask_all(
    addresses: Iterable[str],
    hosts_at_once: int = HOSTS_AT_ONCE,
    pause: float = 1.0,
    wait: Callable[[float], None] = time.sleep,
    timeout: float = 20.0,
) -> dict[str, Answer]:
    """Ask for each address once. ``pause`` seconds lie between two requests to one host."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        by_host[urlsplit(address).netloc.lower()].append(address)

    def ask_host(urls: Sequence[str]) -> dict[str, Answer]:
        answers = {}
        with httpx.Client(headers=_HEADERS, timeout=timeout) as client:
            for number, url in enumerate(urls):
                if number:
                    wait(pause)
                answers[url] = ask(client, url, wait)
        return answers

    found: dict[str, Answer] = {}
    with ThreadPoolExecutor(hosts_at_once) as pool:
        for answers in pool.map(ask_host, by_host.values()):
            found |= answers
    return found


def ask(client: httpx.Client, url: str, wait: Callable[[float], None]) -> Answer:
    """Ask for one address, and again where the host is busy or did not answer."""
    answer = Answer(Verdict.UNREACHABLE, "no answer")
    for number in range(TRIES):
        last = number == TRIES - 1
        try:
            answer, delay = _once(client, url)
        except httpx.ConnectError as error:
            if _is_certificate_fault(error):
                return Answer(Verdict.CERTIFICATE, str(error))
            answer, delay = Answer(Verdict.UNREACHABLE, str(error) or "no connection"), 1.0
        except httpx.TimeoutException:
            answer, delay = Answer(Verdict.UNREACHABLE, "no answer in time"), 1.0
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Answer(Verdict.UNREACHABLE, str(error) or type(error).__name__)
        if delay is None or last or delay > LONGEST_WAIT:
            return answer
        wait(delay)
    return answer


def _once(client: httpx.Client, url: str) -> tuple[Answer, float | None]:
    """The answer, and after how many seconds it is worth asking again (never: ``None``)."""
    current, permanent = httpx.URL(url), True
    for _ in range(10):
        with client.stream("GET", current) as response:
            status = response.status_code
            following = response.next_request
        if following is not None and 300 <= status < 400:
            permanent = permanent and status in (301, 308)
            current = following.url
            continue
        if status in (404, 410):
            return Answer(Verdict.GONE, f"answered {status}"), None
        if status in (429, 503):
            return Answer(Verdict.UNCLEAR, f"answered {status}"), _delay(response.headers.get("retry-after"))
        if status >= 400:
            return Answer(Verdict.UNCLEAR, f"answered {status}"), (1.0 if status >= 500 else None)
        return _where(url, current, permanent), None
    return Answer(Verdict.UNCLEAR, "sent on more than ten times"), None


def _where(url: str, current: httpx.URL, permanent: bool) -> Answer:
    asked = httpx.URL(url)
    if current.copy_with(fragment=None) == asked.copy_with(fragment=None):
        return Answer(Verdict.OK)
    if current.path in ("", "/") and not current.query and asked.path not in ("", "/"):
        return Answer(Verdict.FRONT_PAGE, str(current))
    return Answer(Verdict.MOVED, str(current)) if permanent else Answer(Verdict.OK)


def _delay(header: str | None) -> float:
    """Seconds in a ``Retry-After`` header, a number or a date."""
    if header is None:
        return 5.0
    if header.strip().isdigit():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return 5.0
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _is_certificate_fault(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(cause):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
