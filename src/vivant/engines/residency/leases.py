"""Models on loan: their memory comes back whatever happened."""

from __future__ import annotations

import sys
import traceback
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import torch

T = TypeVar("T")


@contextmanager
def lend(make: Callable[[], T]) -> Iterator[T]:
    """What ``make`` loads, for the length of the block; its memory is given back afterwards.

    Models and pipelines that it made, alone or in a tuple, list or dict, are emptied: a name that
    outlives the block, as the one after ``as`` does, holds a shell. What they share with others
    stays whole. When the block raises, the frames that the error came through let go of their
    variables, so that an error somebody keeps holds no weights either.
    """
    held = make()
    try:
        yield held
    finally:
        _empty(held)
        del held
        tidy()


def _empty(held: Any) -> None:
    import torch

    if isinstance(held, tuple | list | dict):
        for each in held.values() if isinstance(held, dict) else held:
            _empty(each)
    elif isinstance(held, torch.nn.Module) or hasattr(held, "components"):
        vars(held).clear()


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
    freed blocks, pinned ones too, for itself until told otherwise. At the interpreter's end there
    is nothing to hand back to.
    """
    if sys.is_finalizing():
        return
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
