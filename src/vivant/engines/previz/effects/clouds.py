"""Fog, smoke and steam: layers of noise that drift past one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.effects.base import (
    ambience,
    effect,
    enlarge,
    noise_tile,
    ones,
    sample,
    shift,
    veil,
)

if TYPE_CHECKING:
    from vivant.engines.previz.effects.base import Camera, Rgb
    from vivant.types import Floats, Size

_SMALL = 4
"""Clouds have no detail finer than this many pixels."""


@dataclass(frozen=True)
class Cloud:
    """Speeds are frame heights a second, > 0 right and down; ``scale`` noise tiles per frame."""

    drift: tuple[float, float]
    scale: float
    stretch: float
    """How much longer the shapes are sideways."""
    threshold: float
    """0: everywhere; 0.5: only in billows."""
    soft: float
    tint: Rgb
    """Colour as a factor on the light of the set."""
    lift: float
    """Light added to the colour, so that it is seen at night."""
    back: float
    front: float
    """How dense behind and before the person."""
    rises_from: float
    """Where it is densest: 0 top, 1 bottom; -1: alike everywhere."""


class Drifting:
    """A cloud in the air of the set, thinner before the person than behind."""

    def __init__(self, cloud: Cloud, size: Size, seed: int) -> None:
        self._cloud, self._size = cloud, size
        self._coarse = noise_tile(seed, 3.0)
        self._fine = noise_tile(seed + 1, 6.0)
        high, wide = -(-size.height // _SMALL), -(-size.width // _SMALL)
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32) * (_SMALL / size.height)
        self._x, self._y = x, y
        across = np.abs(x / x.max() - 0.5) * 2
        # Before the person the cloud keeps to the sides and the lower edge.
        self._open = np.clip(0.25 + 0.75 * np.maximum(across, 1.3 * y - 0.35), 0, 1)
        if cloud.rises_from < 0:
            self._where: Floats = np.ones_like(x)
        else:
            self._where = np.clip(1.1 - 1.15 * np.abs(y - cloud.rises_from), 0, 1) ** 1.5

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        return self._cover(image, t, strength * self._cloud.back, camera, 4.0, self._where)

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        where = self._where * self._open
        return self._cover(image, t + 37.0, strength * self._cloud.front, camera, 1.1, where)

    def gain(self, t: float, strength: float) -> Floats:  # noqa: ARG002 - the Protocol's shape
        """Factors on the light."""
        return ones()

    def _cover(
        self, image: Floats, t: float, density: float, camera: Camera, metres: float, where: Floats
    ) -> Floats:
        if density <= 0:
            return image
        alpha = enlarge(
            np.clip(density * where * self._billows(t, camera, metres), 0, 0.97), self._size
        )
        colour = ambience(image) * np.asarray(self._cloud.tint, np.float32) + self._cloud.lift
        return veil(image, alpha, colour)

    def _billows(self, t: float, camera: Camera, metres: float) -> Floats:
        """Density, 0 to 1: coarse shapes whose edges the fine ones bend."""
        cloud, side = self._cloud, 256
        right, down = shift(camera, self._size, metres)
        unit = side * cloud.scale / (1.0 if metres > 2 else 1.7)
        x = (self._x - right / self._size.height) * unit / cloud.stretch
        y = (self._y - down / self._size.height) * unit
        across, along = cloud.drift[0] * unit * t, cloud.drift[1] * unit * t
        bend = sample(self._fine, 0.7 * x - 0.6 * across, 0.7 * y - 1.4 * along) - 0.5
        coarse = sample(self._coarse, x - across + 26 * bend, y - along + 34 * bend)
        fine = sample(self._fine, 1.9 * x - 1.5 * across, 1.9 * y - 2.2 * along)
        mixed = 0.68 * coarse + 0.32 * fine
        billows: Floats = np.clip((mixed - cloud.threshold) / cloud.soft, 0, 1)
        return billows * billows * (3 - 2 * billows)


def _enter(name: str, cloud: Cloud) -> None:
    effect(name)(lambda size, seed: Drifting(cloud, size, seed))


_enter(
    "fog", Cloud((0.035, 0.004), 0.42, 1.9, 0.14, 0.80, (1.15, 1.18, 1.2), 0.06, 0.85, 0.42, 0.85)
)
_enter(
    "smoke", Cloud((0.03, -0.07), 0.30, 1.0, 0.36, 0.44, (0.95, 0.92, 0.9), 0.06, 0.80, 0.30, 0.8)
)
_enter(
    "steam", Cloud((0.010, -0.13), 0.30, 0.7, 0.30, 0.62, (1.5, 1.5, 1.5), 0.12, 0.60, 0.16, 1.0)
)
