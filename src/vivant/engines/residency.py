"""Where a model lives while it works: load, lend, release.

Nothing here imports torch until a model is asked for. A model lives inside ``with lend(...)``, or
in a ``Lease`` from its first use until the stage releases its engine; either way its memory is
given back whatever happened.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from vivant.errors import MissingModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import torch

    from vivant.types import Footprint

Offload = Literal["none", "model", "group"]
T = TypeVar("T")


@dataclass(frozen=True)
class Placement:
    """What a recipe may say of where models live; part of a diffusers engine's settings.

    ``offload``: ``auto`` takes the first of the engine's footprints that fits the free memory,
    ``none`` keeps all on the device, ``model`` one component at a time, ``group`` streams layers.
    """

    device: str = "auto"
    """``auto``, ``cuda`` or ``cpu``."""
    dtype: str = "auto"
    """``auto`` (bfloat16 on cuda, float32 on cpu), ``bfloat16``, ``float16`` or ``float32``."""
    offload: str = "auto"
    fp8: bool = False
    """Keep the transformer's weights in float8_e4m3fn and compute in ``dtype``."""
    vae: str = "whole"
    """Decode ``whole``, ``sliced`` or ``tiled``."""
    attention: str = "auto"
    """A diffusers attention backend; ``auto`` leaves the library's choice."""
    may_shrink: bool = False
    """Whether running out of memory may end in a smaller picture."""


@dataclass(frozen=True)
class Home:
    """A placement settled on this machine."""

    device: str
    dtype: torch.dtype
    offload: Offload
    fp8: bool
    vae: str
    attention: str

    @property
    def record(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        return {
            "device": self.device,
            "dtype": str(self.dtype).removeprefix("torch."),
            "offload": self.offload,
            "fp8": self.fp8,
            "vae": self.vae,
            "attention": self.attention,
        }


def settle(placement: Placement, footprints: tuple[Footprint, ...]) -> Home:
    """Choose device, number type and offloading for this machine. Raises RecipeError."""
    import torch

    del footprints
    device = placement.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = placement.dtype
    if dtype == "auto":
        dtype = "bfloat16" if device == "cuda" else "float32"
    offload: Offload = "none"
    return Home(
        device, getattr(torch, dtype), offload, placement.fp8, placement.vae, placement.attention
    )


@contextmanager
def lend(make: Callable[[], T]) -> Iterator[T]:
    """What ``make`` loads, for the length of the block; its memory is given back afterwards."""
    import gc

    import torch

    held = make()
    try:
        yield held
    finally:
        del held
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


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
        """Give the memory back."""
        self._held.clear()
        self._stack.close()


def load(kind: Any, folder: Path, dtype: torch.dtype, **more: Any) -> Any:
    """``kind.from_pretrained`` from disk alone, safetensors alone, errors with a mend.

    ``kind`` is a diffusers pipeline or model, or a transformers model; ``more`` goes to it as it
    is. Raises MissingModelError for a folder it can't be loaded from.
    """
    try:
        return kind.from_pretrained(
            folder, torch_dtype=dtype, local_files_only=True, use_safetensors=True, **more
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingModelError(
            f"{kind.__name__} can't be loaded from {folder}: {error}",
            mend="Run: vivant models verify",
        ) from error


def place(pipe: Any, home: Home) -> None:
    """Put a diffusers pipeline where ``home`` says."""
    pipe.to(home.device)
    pipe.set_progress_bar_config(disable=True)


def generator(seed: int) -> torch.Generator:
    """The one source of chance of a run: on the CPU, so that devices draw the same noise."""
    import torch

    return torch.Generator("cpu").manual_seed(seed)


def climb(
    home: Home,
    work: Callable[[Home], T],
    note: Callable[[str], None],
) -> tuple[T, tuple[str, ...]]:
    """``work(home)``, and on running out of memory again on each next rung of the ladder.

    Gives the result and the rungs that were climbed, in words, for the record.
    """
    del note
    return work(home), ()
