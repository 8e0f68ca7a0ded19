"""Reads a built site: every page once, in several processes where that pays, or not at all where nothing changed."""

import errno
import marshal
import os
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from explainer.checks.progress import Progress
from explainer.checks.site.cache import Kept, Packed, digest_of, pack, read_kept, unpack, write_kept
from explainer.checks.site.follow import Followed, Follower
from explainer.checks.site.listing import Listing, list_files
from explainer.checks.site.page import HtmlPage, Reference, read_page
from explainer.checks.site.resolve import Place, Target, names_fragment

_LARGEST = 32_000_000
"""Bytes above which a page is not read: it would take longer than everything else."""

_SMALL_SITE = 100
"""Up to so many pages, starting further processes takes longer than they save."""

_SAMPLE = 20
"""So many pages, spread over the site, are asked for its address."""

_FREED_AT_ONCE = 30_000_000
"""Bytes, a little below the 32 MiB above which the C library (glibc) learns nothing from what is freed."""


@dataclass
class BuiltSite:
    """A folder of HTML and what it needs. ``shown`` stands before paths in findings."""

    directory: Path
    shown: str
    listing: Listing
    place: Place
    pages: dict[str, HtmlPage]
    followed: dict[str, Followed]
    follower: Follower
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, int]:
        """Every file with its size in bytes."""
        return self.listing.files

    def page_at(self, url: str) -> HtmlPage | None:
        """The page that a server gives for an address below the site."""
        return self.pages.get(self.file_at(url) or "")

    def file_at(self, path: str) -> str | None:
        """The file that a server gives for a path below the site, or nothing."""
        return self.listing.file_at(path)

    def resolve(self, page: str, raw: str, base: str = "") -> Target:
        """Where the address ``raw`` on the page (or in the file) at ``page`` leads."""
        return self.place.resolve(page, raw, base)

    def ids_of(self, page: HtmlPage) -> frozenset[str]:
        """Every id of a page."""
        if page.path not in self._ids:
            self._ids[page.path] = page.ids
        return self._ids[page.path]

    def has_fragment(self, page: HtmlPage, fragment: str) -> bool:
        """Whether a browser finds the fragment on the page."""
        return names_fragment(self.ids_of(page), fragment)

    def read(self, name: str) -> bytes:
        """The bytes of a file; none where it cannot be read any more."""
        try:
            return (self.directory / name).read_bytes()
        except OSError:
            return b""

    def unreadable(self, name: str) -> str:
        """Why a file cannot be read; nothing where it can."""
        try:
            with (self.directory / name).open("rb") as file:
                file.read(1)
        except OSError as error:
            return error.strerror or str(error)
        return ""

    def references(self, name: str) -> tuple[Reference, ...]:
        """The addresses on a page, read from its file again: only pages with faults need that."""
        return tuple(read_page(name, self.read(name)).addresses())

    @cached_property
    def linked(self) -> frozenset[str]:
        """Every file to which a link on another page leads."""
        field_ = 0
        for followed in self.followed.values():
            field_ |= followed.linked
        return frozenset(self.names_of(field_))

    def names_of(self, field_: int) -> Iterator[str]:
        """The files whose numbers are the bits of ``field_``."""
        while field_:
            lowest = field_ & -field_
            yield self.follower.names[lowest.bit_length() - 1]
            field_ ^= lowest


def load_site(
    directory: Path,
    shown: str = "",
    site_url: str = "",
    jobs: int = 0,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> BuiltSite:
    """Read a built site. ``jobs`` 0 chooses the number of processes; ``cache`` is a file that may not exist yet.

    Without ``site_url``, the address is taken from the canonical links on which most of some pages agree.
    """
    listing = list_files(directory)
    names = listing.html
    old = (read_kept(cache) if cache else None) or Kept()
    digests = _digests(directory, names) if old.pages else {}
    same = {name: packed for name, packed in old.pages.items() if digests.get(name) == packed[0]}
    place = Place.at(site_url or _guess_url(_sample(directory, names, same)), bool(site_url or shown))
    follower, usable = _take_over(old, same, listing, place)
    new = _read_all(directory, [name for name in names if name not in usable], follower, jobs, progress)
    packed_pages = {name: usable.get(name) or new[name] for name in names}
    if cache and (new or len(old.pages) != len(packed_pages) or old.names != follower.names):
        kept = {name: packed for name, packed in packed_pages.items() if packed[0]}
        write_kept(cache, Kept(place, follower.names, _empty(listing), kept))
    both = {name: unpack(packed) for name, packed in packed_pages.items()}
    return BuiltSite(
        directory,
        shown,
        listing,
        place,
        {name: page for name, (page, _) in both.items()},
        {name: followed for name, (_, followed) in both.items()},
        follower,
    )


def _take_over(
    old: Kept, same: dict[str, Packed], listing: Listing, place: Place
) -> tuple[Follower, dict[str, Packed]]:
    """Give every file its old number, and choose the pages of which everything that was found still holds.

    Besides its own bytes, a page depends on the files that it reached; if any was added, on those that were missing.
    """
    empty = _empty(listing)
    gone = {
        name
        for name in old.names
        if name and (name not in listing.files or (name in empty) != (name in old.empty))
    }
    staying = set(old.names) - gone
    added = [name for name in listing.files if name not in staying]
    if old.place != place or len(gone) > len(old.names) // 4:
        return Follower(listing, place), {}
    names = ["" if name in gone else name for name in old.names] + added
    follower = Follower(listing, place, names)
    field_ = sum(1 << number for number, name in enumerate(old.names) if name in gone)
    usable = {}
    for name, packed in same.items():
        followed = packed[2]
        reached, unsure = followed[3], followed[5]
        if not (reached & field_) and not (unsure and (gone or added)):
            usable[name] = packed
    return follower, usable


def _empty(listing: Listing) -> frozenset[str]:
    return frozenset(name for name, size in listing.files.items() if not size)


def _digests(directory: Path, names: Sequence[str]) -> dict[str, bytes]:
    """What stands for the content of each file that can be read. Reading and hashing run beside each other."""

    def digests(some: Sequence[str]) -> list[bytes]:
        return [digest(name) for name in some]

    def digest(name: str) -> bytes:
        try:
            return digest_of(_content(folder, name))
        except OSError:
            return b""

    folder = str(directory)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        # Handing over each file by itself would take as long as hashing it.
        batches = [names[start : start + 100] for start in range(0, len(names), 100)]
        return dict(zip(names, chain.from_iterable(pool.map(digests, batches)), strict=True))


def _read_all(
    directory: Path, names: Sequence[str], follower: Follower, jobs: int, progress: Progress | None
) -> dict[str, Packed]:
    jobs = jobs or (min(os.cpu_count() or 1, 4) if len(names) > _SMALL_SITE else 1)
    found: dict[str, Packed] = {}
    for batch in _batches(directory, names, follower, jobs):
        found |= batch
        if progress:
            progress.step("Reading the built site", len(found), len(names))
    return found


def _batches(
    directory: Path, names: Sequence[str], follower: Follower, jobs: int
) -> Iterator[dict[str, Packed]]:
    folder = str(directory)
    if jobs <= 1 or len(names) < 2:
        _keep_freed_memory()
        for name in names:
            yield {name: _read_and_follow(folder, name, follower)}
        return
    size = max(1, min(50, len(names) // (jobs * 2)))
    batches = [names[start : start + size] for start in range(0, len(names), size)]
    with ProcessPoolExecutor(jobs, initializer=_Worker.start, initargs=(folder, follower)) as pool:
        try:
            for raw in pool.map(_Worker.read, batches):
                yield marshal.loads(raw)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # do not read the rest only to stop
            raise


def _keep_freed_memory() -> None:
    """Let the tree of the next page use the memory of the last one, instead of asking the system for it each time.

    The system clears what it gives: a tenth of the whole time. By mallopt(3), M_MMAP_THRESHOLD, freeing a large block
    makes the C library keep freed blocks up to that size; elsewhere this does nothing.
    """
    bytes(_FREED_AT_ONCE)


class _Worker:
    """What a process that reads pages knows from its start: one follower for all of its pages."""

    folder: str
    follower: Follower

    @classmethod
    def start(cls, folder: str, follower: Follower) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
        _keep_freed_memory()
        cls.folder, cls.follower = folder, follower

    @classmethod
    def read(cls, names: Sequence[str]) -> bytes:
        """As bytes that ``marshal`` reads: the fastest way back."""
        return marshal.dumps({name: _read_and_follow(cls.folder, name, cls.follower) for name in names})


def _read_and_follow(folder: str, name: str, follower: Follower) -> Packed:
    """Read one page; what cannot be read becomes its ``error`` and is not kept."""
    try:
        raw = _content(folder, name)
    except OSError as error:
        return pack(b"", HtmlPage(name, error=error.strerror or str(error)), Followed())
    page = read_page(name, raw)
    return pack(digest_of(raw), page, follower.follow(page))


def _content(folder: str, name: str) -> bytes:
    """The bytes of a page. Raises ``OSError`` where it cannot be read, or would take too long."""
    with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  half the time of Path
        if os.fstat(file.fileno()).st_size > _LARGEST:
            raise OSError(errno.EFBIG, f"larger than {_LARGEST // 1_000_000} MB")
        return file.read()


def _sample(directory: Path, names: Sequence[str], same: dict[str, Packed]) -> Iterator[HtmlPage]:
    """Some pages spread over the site, the first among them."""
    for name in names[:: max(1, len(names) // _SAMPLE)]:
        if name in same:
            yield unpack(same[name])[0]
        else:
            try:
                yield read_page(name, _content(str(directory), name))
            except OSError:
                continue


def _guess_url(pages: Iterable[HtmlPage]) -> str:
    """The address under which most canonical links place their pages."""
    votes: Counter[str] = Counter()
    for page in pages:
        if page.canonical.startswith(("http://", "https://")):
            address = unquote(page.canonical)
            if not page.url:
                votes[address if address.endswith("/") else f"{address}/"] += 1
            elif address.endswith(page.url):
                votes[address[: -len(page.url)]] += 1
            elif address.endswith(page.url.rstrip("/")):
                votes[address[: -len(page.url.rstrip("/"))]] += 1
    return votes.most_common(1)[0][0] if votes else ""
