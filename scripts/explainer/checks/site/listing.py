"""The files of a built site, and which of them a server gives for a path."""

import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

_Entry: TypeAlias = tuple[str, int, str, bool, str]
"""A name in a folder: size of a file, real path of a folder and whether a link leads to it, or why it is neither."""


@dataclass(frozen=True)
class Listing:
    """Every file below a folder with its size in bytes, and what could not be looked at (path and reason)."""

    files: dict[str, int]
    unreadable: tuple[tuple[str, str], ...] = ()

    @cached_property
    def html(self) -> list[str]:
        """The pages, in the order of their paths."""
        return [name for name in self.files if name.endswith((".html", ".htm"))]

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder, without slash at the end."""
        found: set[str] = set()
        for name in self.files:
            parent = name.rpartition("/")[0]
            while parent and parent not in found:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def folded(self) -> dict[str, str]:
        """Every file, by its path in small letters."""
        return {name.casefold(): name for name in self.files}

    def file_at(self, path: str) -> str | None:
        """The file that a server gives for a path below the site, or nothing."""
        if not path or path.endswith("/"):
            path += "index.html"
        if path in self.files:
            return path
        index = f"{path}/index.html"
        return index if path in self.folders and index in self.files else None


def list_files(directory: Path) -> Listing:
    """Look through a folder. Links to folders are followed, but not in circles.

    Folders that link to each other can be gone through in more ways than there are files. Each link in a folder of the
    site itself is followed; of those in a folder that was reached by a link, only the first, in the order of names, to
    each folder.
    """
    files: dict[str, int] = {}
    unreadable: list[tuple[str, str]] = []
    by_second_link: set[str] = set()
    kept: dict[str, list[_Entry]] = {}

    def entries_of(real: str, linked: bool) -> list[_Entry]:
        if not linked:
            return _entries(real)
        if real not in kept:  # to a folder behind a link there may be many ways
            kept[real] = _entries(real)
        return kept[real]

    def walk(real: str, prefix: str, above: frozenset[str], linked: bool) -> None:
        try:
            entries = entries_of(real, linked)
        except OSError as error:
            unreadable.append((prefix.rstrip("/") or ".", error.strerror or str(error)))
            return
        for name, size, folder, is_link, fault in entries:
            if fault:
                unreadable.append((prefix + name, fault))
            elif not folder:
                files[prefix + name] = size
            elif folder not in above:  # only a link can lead back to a folder above
                if is_link and linked:
                    if folder in by_second_link:
                        continue
                    by_second_link.add(folder)
                walk(folder, f"{prefix}{name}/", above | {folder}, linked or is_link)

    root = os.path.realpath(directory)
    walk(root, "", frozenset({root}), False)
    return Listing(files, tuple(unreadable))


def _entries(folder: str) -> list[_Entry]:
    """What is in a folder, in the order of names. Raises ``OSError``."""
    found: list[_Entry] = []
    with os.scandir(folder) as scan:
        for entry in sorted(scan, key=lambda entry: entry.name):
            try:
                if entry.is_dir():
                    link = entry.is_symlink()
                    real = os.path.realpath(entry.path) if link else entry.path
                    found.append((entry.name, 0, real, link, ""))
                elif stat.S_ISREG((status := entry.stat()).st_mode):
                    found.append((entry.name, status.st_size, "", False, ""))
                else:  # reading a pipe or a device might never end
                    found.append((entry.name, 0, "", False, "is neither a file nor a folder"))
            except OSError as error:
                found.append((entry.name, 0, "", False, error.strerror or str(error)))
    return found
