"""When a host that is busy, or did not answer, is asked again. Pure."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

TRIES = 3
"""How often an address is asked for at most."""

LONGEST_WAIT = 60.0
"""Seconds that a host may ask to wait; longer waits are not waited for."""

_FIRST_DELAY = 1.0


def backoff(tries: int) -> float:
    """Seconds before the next try after ``tries`` without an answer: 1, 2, 4 …"""
    return _FIRST_DELAY * float(2 ** (tries - 1))


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds in a ``Retry-After`` header (RFC 9110, section 10.2.3: seconds or a date); ``None`` without one.

    A header that is neither counts as none. A date that has passed is 0.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
