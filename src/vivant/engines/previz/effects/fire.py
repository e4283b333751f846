"""Flames: tongues of rising noise behind the person, a glow before, and light that flickers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.effects.base import effect, enlarge, flutter, noise_tile, sample, shift

if TYPE_CHECKING:
    from vivant.engines.previz.effects.base import Camera
    from vivant.types import Floats, Size

_SMALL = 3
"""Flames have no detail finer than this many pixels."""
_RAMP_STEPS = 256


def _ramp() -> Floats:
    """Heat, 0 to 1 → linear rgb of glowing soot: dark red, orange, yellow, near white."""
    heat = np.linspace(0, 1, _RAMP_STEPS)
    red, green, blue = 3.4 * heat**1.5, 1.9 * heat**2.7, 0.75 * heat**5.0
    colours: Floats = np.stack([red, green, blue], -1).astype(np.float32)
    return colours


@effect("flames")
class Flames:
    """A fire behind the person, higher at the sides than in the middle."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size, self._seed = size, seed
        self._coarse = noise_tile(seed, 4.0)
        self._fine = noise_tile(seed + 1, 9.0)
        high, wide = -(-size.height // _SMALL), -(-size.width // _SMALL)
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32) * (_SMALL / size.height)
        self._x, self._y = x, y
        side = np.abs(x / (size.width / size.height) - 0.5) * 2
        self._reach = np.float32(0.20) + np.float32(0.55) * side**1.4
        self._ramp = _ramp()

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        if strength <= 0:
            return image
        heat = self._heat(t, camera, 4.0) * np.float32(min(1.0, 0.35 + 0.65 * strength))
        colours = self._ramp[np.round(heat * (_RAMP_STEPS - 1)).astype(np.intp)]
        glow = np.asarray(cv2.GaussianBlur(colours, (0, 0), 9.0), np.float32)
        light = enlarge(colours + 0.35 * glow, self._size)
        hidden = enlarge(0.7 * np.clip(heat * 2.2, 0, 1), self._size)
        left = 1 - hidden
        behind = cv2.multiply(image, cv2.merge([left, left, left]))
        return np.asarray(cv2.add(behind, light * np.float32(strength)), np.float32)

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        if strength <= 0:
            return image
        # Before the person there is no flame, only its glow low at both sides.
        across = np.linspace(-1, 1, 32, dtype=np.float32)[None, :] ** 2
        down = np.linspace(0, 1, 18, dtype=np.float32)[:, None] ** 3
        pulse = 1 + 0.18 * flutter(t, 2.1, self._seed)
        warm = (0.20 * pulse * strength * across * down)[..., None] * [1.0, 0.36, 0.07]
        right, _ = shift(camera, self._size, 1.0)
        moved = np.roll(warm, round(right / self._size.width * 32), 1)
        glow = enlarge(moved.astype(np.float32), self._size)
        return np.asarray(cv2.add(image, glow), np.float32)

    def gain(self, t: float, strength: float) -> Floats:
        """Factors on the light."""
        level = 0.11 * flutter(t, 2.6, self._seed + 5) + 0.05 * flutter(t, 7.0, self._seed + 6)
        warm = np.array([1.06, 0.99, 0.90], np.float32)
        gains: Floats = (1 + strength * (warm * (1 + level) - 1)).astype(np.float32)
        return gains

    def _heat(self, t: float, camera: Camera, metres: float) -> Floats:
        """0 to 1; tongues rise, thin out and tear off."""
        right, down = shift(camera, self._size, metres)
        x, y = self._x - right / self._size.height, self._y - down / self._size.height
        sway = 0.035 * np.sin(6.0 * y + 2.6 * t) + 0.02 * np.sin(15 * y + 4.3 * t + 9 * x)
        tall = sample(self._coarse, 230 * (x + sway), 95 * y + 118 * t)
        torn = sample(self._fine, 260 * (x + 1.6 * sway) + 9 * t, 120 * y + 190 * t)
        body = 1.5 * tall + 0.9 * torn - 0.95
        height = (y - (1 - self._reach)) / self._reach
        heat = np.clip(0.78 * height + 0.75 * body - 0.12, 0, 1)
        faded: Floats = heat * np.clip(height * 3 + 1.3, 0, 1)
        return faded
