"""Rain: streaks at three depths, drawn once onto tiles that scroll along their own slant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from vivant.engines.previz.effects.base import (
    add_light,
    ambience,
    effect,
    enlarge,
    noise_tile,
    ones,
    shift,
    veil,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.engines.previz.effects.base import Camera
    from vivant.types import Floats, Size

SLANT = 0.07
"""Pixels to the right for each pixel down."""


class _Sheet(NamedTuple):
    """Drops of one depth; lengths in pixels at 480 high, speed in frame heights a second."""

    metres: float
    drops: int
    length: float
    width: int
    speed: float
    alpha: float
    blur: float
    front: bool


_SHEETS = (
    _Sheet(9.0, 620, 16, 1, 1.5, 0.24, 0.5, front=False),
    _Sheet(4.0, 260, 30, 1, 2.2, 0.34, 0.55, front=False),
    _Sheet(1.6, 70, 52, 1, 3.1, 0.26, 0.7, front=True),
    _Sheet(0.7, 14, 95, 4, 4.2, 0.10, 2.2, front=True),
)


@effect("rain")
class Rain:
    """Falling rain with the thin mist that hangs in it."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        rng = np.random.default_rng(seed)
        self._tiles = [self._draw(sheet, rng) for sheet in _SHEETS]
        self._mist = noise_tile(seed + 1, 3.0)

    def _draw(self, sheet: _Sheet, rng: np.random.Generator) -> NDArray[np.uint8]:
        """A tile one and a half frames high and wide that repeats without a seam."""
        scale = self._size.height / 480
        high, wide = round(1.5 * self._size.height), round(1.5 * self._size.width)
        tile = np.zeros((high, wide), np.uint8)
        for _ in range(round(sheet.drops * 2.25)):
            x, y = rng.random() * wide, rng.random() * high
            long = sheet.length * scale * rng.uniform(0.6, 1.3)
            level = (int(rng.uniform(90, 255)),)
            thick = max(1, round(sheet.width * scale))
            for dx in (0, -wide):
                for dy in (0, -high):
                    head = (round((x + dx) * 16), round((y + dy) * 16))
                    tail = (round((x + dx + SLANT * long) * 16), round((y + dy + long) * 16))
                    cv2.line(tile, head, tail, level, thick, cv2.LINE_AA, 4)
        soft = cv2.GaussianBlur(tile, (0, 0), sheet.blur * scale, borderType=cv2.BORDER_REFLECT)
        # Padded by a frame, so that every window is one slice.
        padding = ((0, self._size.height), (0, self._size.width))
        return np.pad(np.asarray(soft, np.uint8), padding, mode="wrap")

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        if strength <= 0:
            return image
        light = ambience(image)
        rows = (np.arange(30) * 2 + 5 * t) % 256
        cols = (np.arange(52) * 1.5 + 11 * t) % 256
        haze = self._mist[np.ix_(rows.astype(int), cols.astype(int))]
        haze = cv2.GaussianBlur(haze, (0, 0), 2.0)
        grey = enlarge(np.asarray(0.22 * strength * haze, np.float32), self._size)
        misty = veil(image, grey, 0.9 * light + 0.05)
        return self._fall(misty, t, strength, camera, light, front=False)

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        if strength <= 0:
            return image
        return self._fall(image, t, strength, camera, ambience(image), front=True)

    def gain(self, t: float, strength: float) -> Floats:  # noqa: ARG002 - the Protocol's shape
        """Factors on the light."""
        return ones()

    def _fall(
        self,
        image: Floats,
        t: float,
        strength: float,
        camera: Camera,
        light: Floats,
        *,
        front: bool,
    ) -> Floats:
        total = np.zeros(image.shape[:2], np.float32)
        for sheet, tile in zip(_SHEETS, self._tiles, strict=True):
            if sheet.front == front:
                level = np.float32(strength * sheet.alpha / 255)
                total += self._window(tile, sheet, t, camera) * level
        # A drop shows the sky behind it: brighter than the mean of the set, and cooler.
        colour = (0.25 + 1.1 * light) * np.array([0.88, 0.96, 1.05], np.float32)
        return add_light(image, total, colour)

    def _window(
        self, tile: NDArray[np.uint8], sheet: _Sheet, t: float, camera: Camera
    ) -> NDArray[np.uint8]:
        """The part of the tile that is before the camera now."""
        height, width = self._size.height, self._size.width
        right, down = shift(camera, self._size, sheet.metres)
        fallen = sheet.speed * height * t
        top = round(-fallen - down) % (tile.shape[0] - height)
        left = round(-SLANT * fallen - right) % (tile.shape[1] - width)
        return tile[top : top + height, left : left + width]
