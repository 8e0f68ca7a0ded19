"""Keeps the results of slow steps by everything that they depend on, so that they are not taken again."""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_KEPT_DAYS = 60
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class ResultCache:
    """A folder of results; without a folder, nothing is kept.

    Only for steps that are pure: what they are given, and the versions of the programs that take them, stand in
    ``inputs``. A result has no name but the digest of these, so that one of other inputs is never found.
    """

    folder: Path | None = None

    @classmethod
    def of(cls, root: Path) -> "ResultCache":
        """The cache of the project at ``root``; it may be deleted at any time."""
        return cls(root / ".cache" / "build")

    def result(self, step: str, inputs: Iterable[str | bytes], make: Callable[[], bytes]) -> bytes:
        """The result of a step, made where it is not kept. A folder that cannot be read or written is no fault."""
        if self.folder is None:
            return make()
        digest = hashlib.sha256()
        for part in inputs:
            data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            digest.update(len(data).to_bytes(8, "big") + data)
        path = self.folder / step / digest.hexdigest()
        with contextlib.suppress(OSError):
            stored = path.read_bytes()
            # What was cut off or damaged does not count.
            if hashlib.sha256(stored[_DIGEST:]).digest() == stored[:_DIGEST]:
                return stored[_DIGEST:]
        made = make()
        with contextlib.suppress(OSError):
            _write(path, hashlib.sha256(made).digest() + made)
        return made


NOTHING_KEPT = ResultCache()


def _write(path: Path, data: bytes) -> None:
    """Write a file at once, so that nobody reads half of it, and drop its neighbours that are old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    oldest = time.time() - _KEPT_DAYS * 24 * 3600
    for other in path.parent.iterdir():
        if other.stat().st_mtime < oldest:
            other.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
