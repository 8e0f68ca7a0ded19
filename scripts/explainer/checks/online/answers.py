"""What can become of an address of another host."""

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What became of an address."""

    OK = "ok"
    GONE = "gone"
    MOVED = "moved"
    FRONT_PAGE = "front-page"
    SOFT_404 = "soft-404"
    FORBIDDEN = "forbidden"
    THROTTLED = "throttled"
    LOOP = "loop"
    UNCLEAR = "unclear"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Question:
    """An address without its fragment, and the fragments with which it is linked to."""

    address: str
    fragments: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Answer:
    """The verdict, with the reason or the new address, and the fragments that the document does not have.

    ``of_host`` says that the fault is the host’s: every address of it shares the answer.
    """

    verdict: Verdict
    detail: str = ""
    missing: tuple[str, ...] = ()
    of_host: bool = False
