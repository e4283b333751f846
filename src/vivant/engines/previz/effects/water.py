"""Water: the shimmer of its surface low in the picture, and bubbles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.effects.base import (
    add_light,
    ambience,
    effect,
    enlarge,
    noise_tile,
    ones,
    sample,
    shift,
)
from vivant.types import Size

if TYPE_CHECKING:
    from vivant.engines.previz.effects.base import Camera
    from vivant.types import Floats


@effect("shimmer")
class Shimmer:
    """Glints that wander over the lower part of the set: two waves of noise meeting."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        self._one, self._two = noise_tile(seed, 10.0), noise_tile(seed + 1, 12.0)
        self._top = size.height // 2
        high, wide = -(-(size.height - self._top) // 2), -(-size.width // 2)
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32) * (2 / size.height)
        y += 0.5
        near = np.clip((y - 0.5) / 0.5, 0.02, 1)
        # Perspective: far glints lie closer together and are flatter.
        self._x = (x - 0.5 * size.width / size.height) / (0.25 + near)
        self._y = np.log(near + 0.08) * 1.4
        self._where = np.clip((y - 0.55) * 6, 0, 1)

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        if strength <= 0:
            return image
        right, _ = shift(camera, self._size, 6.0)
        x = 150 * (self._x - right / self._size.height)
        one = sample(self._one, x + 8 * t, 260 * self._y + 16 * t)
        two = sample(self._two, x * 1.2 - 10 * t, 290 * self._y - 9 * t)
        glints = np.clip((one * two - 0.27) * 4.5, 0, 1) ** 2 * self._where
        low = Size(self._size.width, self._size.height - self._top)
        amount = enlarge(np.asarray(0.75 * strength * glints, np.float32), low)
        lit = image.copy()
        lit[self._top :] = add_light(image[self._top :], amount, 0.10 + 1.5 * ambience(image))
        return lit

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:  # noqa: ARG002
        """Before the person."""
        return image

    def gain(self, t: float, strength: float) -> Floats:  # noqa: ARG002 - the Protocol's shape
        """Factors on the light."""
        return ones()


_LAYERS = ((4.0, 46, 2.2, 0.10), (2.2, 22, 4.2, 0.15), (0.9, 5, 13.0, 0.21))
"""Metres, count, radius in pixels at 480 high, frame heights a second upwards."""


@effect("bubbles")
class Bubbles:
    """Rising bubbles: a bright rim, a window glint, nothing inside."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        rng = np.random.default_rng(seed)
        # Columns: x, y, speed, size, phase; all 0 to 1.
        self._bodies = [rng.random((count, 5)) for _, count, _, _ in _LAYERS]

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        return self._rise(image, t, strength, camera, (0, 1))

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        return self._rise(image, t, strength, camera, (2,))

    def gain(self, t: float, strength: float) -> Floats:  # noqa: ARG002 - the Protocol's shape
        """Factors on the light."""
        return ones()

    def _rise(
        self, image: Floats, t: float, strength: float, camera: Camera, layers: tuple[int, ...]
    ) -> Floats:
        if strength <= 0:
            return image
        mask = np.zeros(image.shape[:2], np.uint8)
        for number in layers:
            self._draw(mask, number, t, strength, camera)
        if layers == (2,):
            blur = 1.6 * self._size.height / 480
            mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), blur), np.uint8)
        amount = mask.astype(np.float32) * np.float32(1 / 255)
        return add_light(image, amount, 0.14 + 1.25 * ambience(image))

    def _draw(
        self,
        mask: np.typing.NDArray[np.uint8],
        number: int,
        t: float,
        strength: float,
        camera: Camera,
    ) -> None:
        metres, count, radius, speed = _LAYERS[number]
        width, height, scale = self._size.width, self._size.height, self._size.height / 480
        right, down = shift(camera, self._size, metres)
        bodies = self._bodies[number]
        there = np.clip(strength * count - np.arange(count), 0, 1)
        turn = 2 * np.pi * (0.35 * t * (0.7 + 0.6 * bodies[:, 2]) + bodies[:, 4])
        x = ((bodies[:, 0] * 1.2 + 0.012 * np.sin(turn) + right / width) % 1.2 - 0.1) * width
        rise = speed * (0.7 + 0.6 * bodies[:, 2]) * t
        y = ((bodies[:, 1] * 1.2 - rise + down / height) % 1.2 - 0.1) * height
        for k in np.flatnonzero(there):
            long = radius * scale * (0.6 + 0.8 * float(bodies[k, 3]))
            at = (round(float(x[k]) * 16), round(float(y[k]) * 16))
            rim, glint = round(120 * float(there[k])), round(235 * float(there[k]))
            cv2.circle(mask, at, round(long * 16), (rim // 5,), -1, cv2.LINE_AA, 4)
            cv2.circle(mask, at, round(long * 16), (rim,), 1, cv2.LINE_AA, 4)
            spot = (at[0] - round(long * 6.5), at[1] - round(long * 6.5))
            cv2.circle(mask, spot, max(8, round(long * 3.2)), (glint,), -1, cv2.LINE_AA, 4)
