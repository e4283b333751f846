"""Where models may live, and the choice for one machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from vivant.engines.residency.room import Room
from vivant.errors import RecipeError, RoomError

if TYPE_CHECKING:
    import torch

    from vivant.types import Footprint

Offload = Literal["none", "model", "group"]

LEGAL: dict[str, tuple[str, ...]] = {
    "device": ("auto", "cuda", "cpu"),
    "dtype": ("auto", "bfloat16", "float16", "float32"),
    "offload": ("auto", "none", "model", "group"),
    "vae": ("whole", "sliced", "tiled"),
}


@dataclass(frozen=True)
class Placement:
    """What a recipe may say of where models live; part of a diffusers engine's settings.

    Raises RecipeError for a value that is none of the legal ones.
    """

    device: str = "auto"
    """``auto`` (cuda where there is one), ``cuda`` or ``cpu``."""
    dtype: str = "auto"
    """``auto`` (bfloat16 on cuda, float32 on cpu), ``bfloat16``, ``float16`` or ``float32``."""
    offload: str = "auto"
    """``auto`` takes the first of the engine's footprints that fits the free memory; ``none`` keeps
    all on the device, ``model`` one component at a time, ``group`` streams layers."""
    fp8: bool = False
    """Keep the transformer's weights in float8_e4m3fn and compute in ``dtype``."""
    vae: str = "whole"
    """Decode ``whole``, ``sliced`` (one of a batch at a time) or ``tiled`` (in blended pieces)."""
    attention: str = "auto"
    """A diffusers attention backend; ``auto`` leaves the library's choice."""
    may_shrink: bool = False
    """Whether running out of memory may end in a smaller picture."""

    def __post_init__(self) -> None:
        for name, legal in LEGAL.items():
            value = getattr(self, name)
            if value not in legal:
                listed = f"{', '.join(legal[:-1])} or {legal[-1]}"
                raise RecipeError(f"The setting {name} is {value!r}; it must be {listed}.")


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


def settle(
    placement: Placement, footprints: tuple[Footprint, ...], room: Room | None = None
) -> Home:
    """Choose device, number type and offloading for this machine.

    ``footprints`` are the engine's ways to hold its models on a GPU, the fastest first; on the CPU
    they say nothing. ``room`` is what the machine has, asked for where it isn't given.

    Raises RecipeError for a placement that this machine can't have, RoomError where no footprint
    fits its free memory.
    """
    import torch

    room = room or Room.here()
    device = _device(placement.device, room)
    if placement.fp8:
        _check_fp8(device, room)
    if placement.attention != "auto":
        from vivant.engines.residency.attention import check_backend

        check_backend(placement.attention, device)
    return Home(
        device,
        getattr(torch, _dtype(placement.dtype, device, room)),
        _offload(placement.offload, device, footprints, room),
        placement.fp8,
        placement.vae,
        placement.attention,
    )


def choose(footprints: tuple[Footprint, ...], room: Room) -> Footprint:
    """The first footprint whose needs fit. Raises RoomError, naming the needs, where none does."""
    for way in footprints:
        if way.gpu <= (room.gpu or 0.0) and way.ram <= room.ram:
            return way
    needs = "; ".join(
        f"offload {way.mode}: {way.gpu:.1f} GB of GPU memory and {way.ram:.1f} GB of RAM"
        for way in footprints
    )
    raise RoomError(
        f"The models fit this machine in no way. Free are {room}. They need, {needs}.",
        mend='Free memory, set vae = "tiled" for the engine, or choose a thriftier recipe: vivant'
        " recipes says what each needs.",
    )


def _device(wanted: str, room: Room) -> str:
    if wanted == "auto":
        return "cpu" if room.gpu is None else "cuda"
    if wanted == "cuda" and room.gpu is None:
        raise RecipeError(
            "The setting device is 'cuda', but torch finds no CUDA card on this machine."
        )
    return wanted


def _dtype(wanted: str, device: str, room: Room) -> str:
    if device == "cpu":
        return "float32" if wanted == "auto" else wanted
    if wanted in ("auto", "bfloat16") and not room.bfloat16:
        raise RecipeError(
            f"The setting dtype is {wanted!r}, which means bfloat16 on a GPU, but this card has no"
            " bfloat16 arithmetic; it must be float16 or float32 here."
        )
    return "bfloat16" if wanted == "auto" else wanted


def _check_fp8(device: str, room: Room) -> None:
    if device == "cpu":
        raise RecipeError(
            "The setting fp8 is on, but the device is the CPU: float8 weights spare GPU memory, and"
            " here they would only cost time and precision."
        )
    if not room.fp8:
        raise RecipeError(
            "The setting fp8 is on, but torch can't keep float8_e4m3fn on this card; it must be"
            " off here."
        )


def _offload(wanted: str, device: str, footprints: tuple[Footprint, ...], room: Room) -> Offload:
    if device == "cpu":
        if wanted not in ("auto", "none"):
            raise RecipeError(
                f"The setting offload is {wanted!r}, but the device is the CPU: there is no GPU"
                " memory to offload from; it must be auto or none here."
            )
        return "none"
    if wanted != "auto":
        return cast("Offload", wanted)
    return cast("Offload", choose(footprints, room).mode) if footprints else "none"
