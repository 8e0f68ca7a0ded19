"""A defect at a place, told the way a compiler tells it."""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

LARGEST = 32_000_000
"""Bytes above which no file is read: no file of words or facts is that long."""


@dataclass(frozen=True)
class Problem:
    """One defect: where it is, what is wrong, and what would be right.

    ``path`` is relative to the project, ``line`` and ``column`` count from 1. ``code`` is one word for the sort
    of defect, for those who sort problems.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    code: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column} {self.message}"
        return f"{text}\n    hint: {self.hint}" if self.hint else text


class ProblemsError(Exception):
    """Input that cannot be used; carries every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def did_you_mean(wrong: str, known: list[str], written: Callable[[str], str] = str) -> str:
    """Name the nearest known names as ``written`` gives them, or say nothing where none is near."""
    near = [name for name in known if name.casefold() == wrong.casefold()]
    near = near or get_close_matches(wrong, known, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(map(written, near))}?" if near else ""


def relative_to(path: Path, root: Path) -> str:
    """``path`` as messages show it: below the project, with forward slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def read_text(path: Path, shown: str) -> str:
    """Read a UTF-8 file.

    Raises ``ProblemsError`` with the place of the first byte that is not UTF-8, or with the reason
    why the file cannot be opened. A pipe or a device is not read, which could take for ever, and neither is a file
    above ``LARGEST`` bytes.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise ProblemsError([Problem(shown, 1, 1, "cannot be read: is not a file", "remove it")])
        if found.st_size > LARGEST:
            message = f"is larger than {LARGEST // 1_000_000} MB and was not read"
            raise ProblemsError([Problem(shown, 1, 1, message, "split it")])
        raw = path.read_bytes()
    except OSError as error:
        raise ProblemsError([Problem(shown, 1, 1, f"cannot be read: {error.strerror}")]) from error
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise ProblemsError(
            [
                Problem(
                    shown,
                    line,
                    column,
                    f"byte 0x{raw[error.start]:02x} is not UTF-8",
                    "save the file as UTF-8",
                )
            ]
        ) from error
