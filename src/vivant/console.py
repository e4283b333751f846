"""How the command line shows progress: a bar on a terminal, plain lines elsewhere, or nothing;
and records, as JSON.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from vivant.types import Silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress

    from vivant.types import Observer


def print_json(record: Any) -> None:
    """Print the record on standard output."""
    print(json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False))


@contextmanager
def observer(quiet: bool) -> Iterator[Observer]:
    """The observer that suits standard error."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield Bar(progress)
    else:
        yield Lines()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


class Bar:
    """A terminal's progress bars, one for each stage, with the time that is left."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("start", total=None)
        self._progress.update(self._task, visible=False)

    def begin(self, stage: str, steps: int) -> None:
        """Finish the stage before and start a bar for this one."""
        self._finish()
        self._task = self._progress.add_task(stage, total=steps or None)

    def step(self) -> None:
        """Move the bar."""
        self._progress.advance(self._task)

    def note(self, message: str) -> None:
        """Print above the bars."""
        self._progress.console.print(message, markup=False, highlight=False)

    def _finish(self) -> None:
        done = self._progress.tasks[-1].completed
        self._progress.update(self._task, total=done, completed=done)


class Lines:
    """Plain lines for logs: each stage, then every tenth of it with the time that is left."""

    def __init__(self) -> None:
        self._stage, self._steps, self._done, self._start = "", 0, 0, 0.0

    def begin(self, stage: str, steps: int) -> None:
        """Say that a stage starts."""
        self._stage, self._steps, self._done, self._start = stage, steps, 0, perf_counter()
        _say(f"{stage} …")

    def step(self) -> None:
        """Say every tenth of a long stage."""
        self._done += 1
        if (
            self._steps < 10
            or self._done * 10 // self._steps == (self._done - 1) * 10 // self._steps
        ):
            return
        left = (perf_counter() - self._start) / self._done * (self._steps - self._done)
        _say(f"{self._stage} {self._done}/{self._steps}, {left:.0f} s left")

    def note(self, message: str) -> None:
        """Say it."""
        _say(message)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
