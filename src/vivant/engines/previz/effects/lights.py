"""Light that changes: flicker, neon, lightning; and light one can see in the air: shafts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from vivant.engines.previz.effects.base import (
    add_light,
    ambience,
    effect,
    enlarge,
    flutter,
    noise_tile,
    ones,
    sample,
    shift,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.engines.previz.effects.base import Camera
    from vivant.types import Floats, Size

Points: TypeAlias = "NDArray[np.float64]"


def _smooth(x: float) -> float:
    u = min(max(x, 0.0), 1.0)
    return u * u * (3 - 2 * u)


@effect("flicker")
class Flicker:
    """A failing lamp or a candle: small unrest, now and then a short dip."""

    def __init__(self, size: Size, seed: int) -> None:  # noqa: ARG002 - the registry's shape
        self._seed = seed
        self._dips = _times(seed, 0.5, 1.7)

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:  # noqa: ARG002
        """Behind the person."""
        return image

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:  # noqa: ARG002
        """Before the person."""
        return image

    def gain(self, t: float, strength: float) -> Floats:
        """Factors on the light."""
        level = 1 + 0.07 * flutter(t, 4.0, self._seed)
        for at, deep in _near(self._dips, t):
            off = _smooth((t - at) / 0.05) - _smooth((t - at - 0.06 - 0.08 * deep) / 0.08)
            level -= (0.25 + 0.4 * deep) * off
        gains: Floats = (1 + strength * (level - 1)) * ones()
        return gains


def _times(seed: int, shortest: float, longest: float) -> list[tuple[float, float]]:
    """Moments of ten minutes with a random size each."""
    rng = np.random.default_rng(seed)
    gaps = rng.uniform(shortest, longest, 500)
    return list(zip(np.cumsum(gaps).tolist(), rng.random(500).tolist(), strict=True))


def _near(moments: list[tuple[float, float]], t: float) -> list[tuple[float, float]]:
    """Those that are not long past at ``t``."""
    return [m for m in moments if 0 <= t - m[0] < 0.6]


@effect("neon")
class Neon:
    """Coloured tubes off screen: magenta from one side, cyan from the other, each with its buzz."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size, self._seed = size, seed
        self._dips = _times(seed, 1.1, 3.0)
        across = np.linspace(0, 1, 64, dtype=np.float32)[None, :].repeat(36, 0)
        self._left, self._right = (1 - across) ** 2.2, across**2.2

    def _levels(self, t: float) -> tuple[float, float]:
        one = 1 + 0.05 * flutter(t, 9.0, self._seed)
        two = 1 + 0.12 * flutter(t, 0.6, self._seed + 1)
        for at, deep in _near(self._dips, t):
            off = _smooth((t - at) / 0.04) - _smooth((t - at - 0.05 - 0.1 * deep) / 0.05)
            one -= 0.75 * off
        return max(one, 0.1), max(two, 0.1)

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:  # noqa: ARG002
        """Behind the person."""
        one, two = self._levels(t)
        pink = self._left[..., None] * np.array([0.95, 0.10, 0.55]) * one
        cyan = self._right[..., None] * np.array([0.08, 0.62, 0.85]) * two
        wash = enlarge((strength * (pink + cyan)).astype(np.float32), self._size)
        # Half of it lights what is there, half hangs in the air.
        lit: Floats = image * (1 + 1.2 * wash) + 0.06 * wash
        return lit

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:  # noqa: ARG002
        """Before the person."""
        return image

    def gain(self, t: float, strength: float) -> Floats:
        """Factors on the light."""
        one, two = self._levels(t)
        pink, cyan = np.array([1.2, 0.5, 1.0]), np.array([0.4, 1.1, 1.3])
        tint = 0.86 + 0.16 * one * pink + 0.12 * two * cyan
        gains: Floats = (1 + strength * (tint - 1)).astype(np.float32)
        return gains


@effect("lightning")
class Lightning:
    """Flashes in a dark sky, each of two or three strokes."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        self._flashes = _times(seed, 1.3, 3.4)
        rng = np.random.default_rng(seed + 1)
        self._bolts = [self._bolt(rng) for _ in range(4)]

    def _bolt(self, rng: np.random.Generator) -> Floats:
        """One forked bolt by midpoint displacement, with its glow, ``(h, w)``."""
        width, height = self._size.width, self._size.height
        sky = np.zeros((height, width), np.uint8)
        side = rng.choice((0.08, 0.72))
        top = np.array([width * (side + 0.2 * rng.random()), -5.0])
        foot = np.array([top[0] + width * rng.uniform(-0.12, 0.12), height * rng.uniform(0.5, 0.7)])
        stem = _jagged(top, foot, rng)
        _stroke(sky, stem, 255, max(1, height // 240))
        for _ in range(3):
            start = stem[rng.integers(4, len(stem) - 6)]
            reach = width * rng.uniform(-0.12, 0.12), height * rng.uniform(0.1, 0.25)
            end = start + np.array(reach)
            _stroke(sky, _jagged(start, end, rng), 130, 1)
        core = cv2.GaussianBlur(sky, (0, 0), 0.8 * height / 480).astype(np.float32)
        glow = cv2.GaussianBlur(sky.astype(np.float32), (0, 0), 14 * height / 480)
        return np.asarray((core * 4.0 + glow * 8.0) / 255, np.float32)

    def _level(self, t: float) -> tuple[float, int]:
        """How bright at ``t``, and which bolt: strokes fall off within a fifth of a second."""
        for number, (at, size) in enumerate(self._flashes):
            if at <= t < at + 0.7:
                strokes = ((0.0, 1.0), (0.11, 0.55), (0.26 + 0.1 * size, 0.85))
                ages = ((t - at - late, height) for late, height in strokes if t >= at + late)
                level = sum(h * _smooth(age / 0.025) * math.exp(-age / 0.07) for age, h in ages)
                return level * (0.6 + 0.4 * size), number % len(self._bolts)
        return 0.0, 0

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        level, number = self._level(t)
        if level < 0.01 or strength <= 0:
            return image
        right, down = shift(camera, self._size, 60.0)
        moved = np.array([[1, 0, right], [0, 1, down]], np.float32)
        bolt = cv2.warpAffine(self._bolts[number], moved, (self._size.width, self._size.height))
        light = np.asarray(bolt, np.float32) * np.float32(0.9 * strength * level)
        return add_light(image, light, (0.82, 0.86, 1.0))

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:  # noqa: ARG002
        """Before the person."""
        return image

    def gain(self, t: float, strength: float) -> Floats:
        """Factors on the light."""
        level, _ = self._level(t)
        flash = np.array([0.95, 1.05, 1.30], np.float32) * np.float32(2.6 * level)
        gains: Floats = (1 + strength * flash).astype(np.float32)
        return gains


def _jagged(start: Points, end: Points, rng: np.random.Generator) -> Points:
    """33 points from ``start`` to ``end``, displaced at every halving."""
    points = np.array([start, end])
    spread = 0.16 * float(np.hypot(*(end - start)))
    for _ in range(5):
        middle = (points[:-1] + points[1:]) / 2 + rng.normal(0, spread / 2, (len(points) - 1, 2))
        both = np.empty((2 * len(points) - 1, 2))
        both[0::2], both[1::2] = points, middle
        points, spread = both, spread * 0.52
    return points


def _stroke(sky: NDArray[np.uint8], points: Points, level: int, thick: int) -> None:
    path = np.round(points * 16).astype(np.int32)
    cv2.polylines(sky, [path], False, (level,), thick, cv2.LINE_AA, 4)


@effect("shafts")
class Shafts:
    """Beams of light that fan out from a high corner and breathe slowly."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        self._seed = seed
        self._tile = np.asarray(cv2.GaussianBlur(noise_tile(seed, 14.0), (0, 0), 2.2), np.float32)
        high, wide = -(-size.height // 4), -(-size.width // 4)
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32) * (4 / size.height)
        self._corner = 0.18 if np.random.default_rng(seed).random() < 0.5 else 1.0
        source = self._corner * size.width / size.height - 0.1, -0.35
        self._angle = np.arctan2(x - source[0], y - source[1])
        far = np.hypot(x - source[0], y - source[1])
        self._fade = np.clip(1.5 - far * 0.75, 0, 1) * np.clip(far * 2.2 - 0.2, 0, 1)

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        return self._shine(image, t, 0.62 * strength, camera)

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        return self._shine(image, t + 20, 0.10 * strength, camera)

    def gain(self, t: float, strength: float) -> Floats:
        """Factors on the light."""
        slow = 1 + 0.03 * flutter(t, 0.15, self._seed)
        gains: Floats = (1 + strength * (slow - 1)) * ones()
        return gains

    def _shine(self, image: Floats, t: float, level: float, camera: Camera) -> Floats:
        if level <= 0:
            return image
        right, _ = shift(camera, self._size, 8.0)
        along = self._angle * 95 + 1.6 * t - 30 * right / self._size.width
        slow = np.full_like(along, 3.1 * t)
        beams = sample(self._tile, along, slow)
        beams = np.clip((beams - 0.44) * 4.0, 0, 1) * self._fade
        amount = enlarge(np.asarray(level * beams, np.float32), self._size)
        strong = float(ambience(image).mean()) * 0.8 + 0.18
        return add_light(image, amount, np.array([1.0, 0.88, 0.62]) * strong)
