"""The lines that findings point at, each file read once."""

from pathlib import Path

_LARGEST = 10_000_000
"""Bytes above which a file is not read again to show a line of it."""


class SourceLines:
    """The lines of the files below ``root``; a file that cannot be read has none."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str:
        """Line ``number`` (from 1) of a file, without its end, or nothing."""
        lines = self._lines.get(path)
        if lines is None:
            lines = self._lines[path] = _read(self._root / path)
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _read(path: Path) -> list[str]:
    try:
        # Anything but a file, a pipe for example, could make us wait for ever.
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        raw = path.read_bytes()
    except (OSError, ValueError):
        return []
    return raw.decode("utf-8", errors="replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
