"""Says on a terminal what is done at the moment. Nothing where the output is kept, as in CI."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Is told what is done."""

    def step(self, what: str, done: int = 0, total: int = 0) -> None:
        """``what`` begins, the step after ``done`` of ``total``; 0 where their number is not known."""

    def pause(self) -> None:
        """Something else writes to the terminal now; the next step shows the bar again."""


class Silent:
    """Says nothing."""

    def step(self, what: str, done: int = 0, total: int = 0) -> None:
        """Nothing."""

    def pause(self) -> None:
        """Nothing."""


def is_wanted() -> bool:
    """Whether somebody looks: standard error is a terminal that can move its cursor, and this is not CI."""
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


@contextmanager
def on_terminal() -> Iterator[Progress]:
    """A bar on standard error, which is gone when the work is done; or silence."""
    if not is_wanted():
        yield Silent()
        return
    # Imported late: it takes a while, and is needed where somebody looks on only.
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=None)

    class OnTerminal:
        def step(self, what: str, done: int = 0, total: int = 0) -> None:
            bar.update(task, description=what, completed=done, total=total or None)
            bar.start()

        def pause(self) -> None:
            bar.stop()

    try:
        yield OnTerminal()
    finally:
        bar.stop()
