"""Models on loan: their memory comes back whatever happened."""

from __future__ import annotations

import sys
import traceback
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import torch

T = TypeVar("T")


@contextmanager
def lend(make: Callable[[], T]) -> Iterator[T]:
    """What ``make`` loads, for the length of the block; its memory is given back afterwards.

    When the block raises, the frames that the error came through let go of their variables, so
    that an error somebody keeps holds no model. The frame of the ``with`` itself is still running
    and keeps the name it gave the model until it returns.
    """
    held = make()
    try:
        yield held
    finally:
        del held
        tidy()


class Lease(Generic[T]):
    """A model that is loaded at its first use and lives until ``end``; then it may begin anew."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._stack = ExitStack()
        self._held: list[T] = []

    def take(self) -> T:
        """The model, loaded if it isn't."""
        if not self._held:
            self._held.append(self._stack.enter_context(lend(self._make)))
        return self._held[0]

    def end(self) -> None:
        """Give the memory back; without a model, nothing."""
        self._held.clear()
        self._stack.close()


def tidy() -> None:
    """Hand memory that nothing holds any more back to the device and to the system.

    Hooks and modules hold each other in rings, which only the collector frees; and torch keeps
    freed blocks, pinned ones too, for itself until told otherwise.
    """
    import gc

    import torch

    error = sys.exception()
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.accelerator.empty_host_cache()


def generator(seed: int) -> torch.Generator:
    """The one source of chance of a run: on the CPU, so that devices draw the same noise."""
    import torch

    return torch.Generator("cpu").manual_seed(seed)
