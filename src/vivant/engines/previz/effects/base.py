"""What an effect is, the registry, and the few operations on pictures that effects share.

Images are ``(height, width, 3)`` float32, linear light,
about 1.0 = display white. ``t`` is seconds,
``strength`` 0 to 1, ``camera`` the values of the camera channels at ``t``. No operation changes the
picture it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import cv2
import numpy as np

from vivant.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike

    from vivant.types import Floats, Size

Camera: TypeAlias = "Mapping[str, float]"
Rgb: TypeAlias = tuple[float, float, float]

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Rec. 709 weights of linear light."""
FOCAL = 1.15
"""Focal length as a fraction of the frame's width: a field of view of 47 degrees."""


class Effect(Protocol):
    """Something in the air or in the light, made once for a size and a seed."""

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """The picture of the set with what is behind the person."""

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """The whole picture with what is before the person."""

    def gain(self, t: float, strength: float) -> Floats:
        """``(3,)`` factors on the light that falls on person and set."""


EFFECTS: dict[str, Callable[[Size, int], Effect]] = {}
"""All effects by name."""


def effect(name: str) -> Callable[[Callable[[Size, int], Effect]], Callable[[Size, int], Effect]]:
    """Register the decorated class or function, called with size and seed, under ``name``."""

    def enter(make_one: Callable[[Size, int], Effect]) -> Callable[[Size, int], Effect]:
        if name in EFFECTS:
            raise ValueError(f"Two effects are called {name!r}; a name must be one effect.")
        EFFECTS[name] = make_one
        return make_one

    return enter


def make(name: str, size: Size, seed: int) -> Effect:
    """The effect ``name`` for frames of ``size``. Raises EngineError for a name not registered."""
    if name not in EFFECTS:
        known = ", ".join(sorted(EFFECTS))
        raise EngineError(f"There is no effect called {name!r}; the known ones are {known}.")
    return EFFECTS[name](size, seed)


def ones() -> Floats:
    """The gain of an effect that leaves the light alone."""
    return np.ones(3, np.float32)


def ambience(image: Floats) -> Floats:
    """The mean light of a picture, ``(3,)``, never darker than a night."""
    mean: Floats = np.clip(image[::16, ::16].mean((0, 1)), 0.03, 0.8).astype(np.float32)
    return mean


def shift(camera: Camera, size: Size, depth: float) -> tuple[float, float]:
    """How far in pixels a thing ``depth`` metres away moves in the picture with the camera."""
    focal = FOCAL * size.width
    right = camera.get("x", 0.0) / depth + np.radians(camera.get("pan", 0.0))
    up = camera.get("y", 0.0) / depth + np.radians(camera.get("tilt", 0.0))
    return float(-focal * right), float(focal * up)


def add_light(image: Floats, amount: Floats, colour: ArrayLike) -> Floats:
    """Add light of one colour: ``amount`` is ``(h, w)``."""
    layer = cv2.merge([amount * c for c in np.asarray(colour, np.float32)])
    return np.asarray(cv2.add(image, layer), np.float32)


def veil(image: Floats, alpha: Floats, colour: ArrayLike) -> Floats:
    """Cover the picture with a colour; ``alpha`` is ``(h, w)``, 0 to 1."""
    left = 1.0 - alpha
    thinned = cv2.multiply(image, cv2.merge([left, left, left]))
    return add_light(np.asarray(thinned, np.float32), alpha, colour)


def enlarge(small: Floats, size: Size) -> Floats:
    """A small map at full size."""
    large = cv2.resize(small, (size.width, size.height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.float32)


def noise_tile(seed: int, coarse: float, side: int = 256) -> Floats:
    """``(side, side)`` cloudy noise, 0 to 1 about 0.5, that repeats without a seam.

    ``coarse`` is the number of large shapes across; detail falls off as in real clouds.
    """
    rng = np.random.default_rng(seed)
    cycles = np.fft.fftfreq(side) * side
    radius = np.hypot(cycles[:, None], cycles[None, :])
    spectrum = 1.0 / (1.0 + (radius / coarse) ** 2) ** 0.8
    spectrum[0, 0] = 0.0
    plain = np.fft.ifft2(np.fft.fft2(rng.standard_normal((side, side))) * spectrum).real
    tile: Floats = np.clip(0.5 + 0.17 * plain / plain.std(), 0, 1).astype(np.float32)
    return tile


def sample(tile: Floats, x: Floats, y: Floats) -> Floats:
    """A repeating 256 by 256 tile at these places, in its own pixels."""
    # remap takes coordinates of limited size, so they are wrapped first.
    across, along = (x % 256).astype(np.float32), (y % 256).astype(np.float32)
    got = cv2.remap(tile, across, along, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(got, np.float32)


def flutter(t: float, hertz: float, seed: int) -> float:
    """A restless value within -1 and 1 at one time: four sines that do not repeat together."""
    rng = np.random.default_rng(seed)
    rates = hertz * np.array([1.0, 1.71, 2.93, 4.37])
    weights = np.array([1.0, 0.7, 0.5, 0.35])
    phases = rng.random(4)
    return float(np.sum(weights * np.sin(2 * np.pi * (rates * t + phases))) / weights.sum())
