"""The files of a built site, and which of them a server gives for a path."""

import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


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
    """Look through a folder. Links to folders are followed, but not in circles."""
    files: dict[str, int] = {}
    unreadable: list[tuple[str, str]] = []

    def walk(folder: str, prefix: str, above: frozenset[str]) -> None:
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            unreadable.append((prefix.rstrip("/") or ".", error.strerror or str(error)))
            return
        for entry in entries:
            name = prefix + entry.name
            try:
                if entry.is_dir():
                    # Only a link can lead back to a folder above.
                    real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                    if real not in above:
                        walk(entry.path, f"{name}/", above | {real})
                elif stat.S_ISREG((found := entry.stat()).st_mode):
                    files[name] = found.st_size
                else:  # reading a pipe or a device might never end
                    unreadable.append((name, "is neither a file nor a folder"))
            except OSError as error:
                unreadable.append((name, error.strerror or str(error)))

    root = os.path.realpath(directory)
    walk(root, "", frozenset({root}))
    return Listing(files, tuple(unreadable))
