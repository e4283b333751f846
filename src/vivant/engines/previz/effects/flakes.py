"""Small bodies in the air: snow, dust, embers, fireflies. Each is a row of depths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from vivant.engines.previz.effects.base import add_light, ambience, effect, ones, shift

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.engines.previz.effects.base import Camera, Rgb
    from vivant.types import Floats, Size

Bodies: TypeAlias = "NDArray[np.float64]"


@dataclass(frozen=True)
class Depth:
    """One layer of bodies. Lengths are pixels in a frame 480 high; speeds are frames a second."""

    metres: float
    count: int
    radius: tuple[float, float]
    fall: float
    """Frame heights a second, > 0 down."""
    alpha: float
    blur: float = 0.0
    front: bool = False
    clear: float = 0.0
    """How empty the middle of the frame is kept, 0 to 1: the face is there."""


@dataclass(frozen=True)
class Kind:
    """What the bodies are like."""

    depths: tuple[Depth, ...]
    colour: Rgb
    glow: float
    """0: lit by the set; 1: shines by itself."""
    swing: float = 0.02
    """Sideways wander, fraction of the frame's width."""
    drift: float = 0.02
    """Frame widths a second."""
    twinkle: float = 0.0
    streak: float = 0.0
    """Seconds of motion that one picture shows as a line."""


class Flakes:
    """Bodies on their paths; where a path leaves the frame it comes in again at the other side."""

    def __init__(self, kind: Kind, size: Size, seed: int) -> None:
        self._kind, self._size = kind, size
        self._scale = size.height / 480
        rng = np.random.default_rng(seed)
        # Columns: x, y, speed, size, phase, rate, brightness; all 0 to 1.
        self._bodies = [rng.random((depth.count, 7)) for depth in kind.depths]

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        return self._paint(image, t, strength, camera, front=False)

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        return self._paint(image, t, strength, camera, front=True)

    def gain(self, t: float, strength: float) -> Floats:  # noqa: ARG002 - the Protocol's shape
        """Factors on the light."""
        return ones()

    def _paint(
        self, image: Floats, t: float, strength: float, camera: Camera, *, front: bool
    ) -> Floats:
        layers = []
        for depth, bodies in zip(self._kind.depths, self._bodies, strict=True):
            if depth.front == front and strength > 0:
                layers.append(self._layer(depth, bodies, t, strength, camera))
        if not layers:
            return image
        total = np.asarray(sum(layers), np.float32)
        lit = 0.10 + 1.15 * ambience(image)
        shine = self._kind.glow + (1 - self._kind.glow) * lit
        return add_light(image, total, np.asarray(self._kind.colour, np.float32) * shine)

    def _layer(
        self, depth: Depth, bodies: Bodies, t: float, strength: float, camera: Camera
    ) -> Floats:
        width, height = self._size.width, self._size.height
        x, y = self._places(depth, bodies, t, camera)
        earlier = t - max(self._kind.streak, 1e-3)
        x0, y0 = self._places(depth, bodies, earlier, camera)
        there = np.clip(strength * depth.count - np.arange(depth.count), 0, 1)
        wink = 0.5 + 0.5 * np.sin(2 * np.pi * (t * (0.3 + 1.2 * bodies[:, 5]) + bodies[:, 4]))
        bright = (0.55 + 0.45 * bodies[:, 6]) * (1 - self._kind.twinkle * (1 - wink**2))
        far = np.hypot((x / width - 0.5) / 0.2, (y / height - 0.42) / 0.36)
        bright *= 1 - depth.clear * np.clip(1.4 - far, 0, 1)
        levels = np.round(255 * there * bright).astype(int)
        low, high = depth.radius
        radii = self._scale * (low + (high - low) * bodies[:, 3] ** 1.6)
        mask = np.zeros((height, width), np.uint8)
        for k in np.flatnonzero(levels):
            level = (int(levels[k]),)
            here = (round(float(x[k]) * 16), round(float(y[k]) * 16))
            jump = abs(x[k] - x0[k]) + abs(y[k] - y0[k])
            if self._kind.streak and jump < 0.2 * height:
                there_ = (round(float(x0[k]) * 16), round(float(y0[k]) * 16))
                thick = max(1, round(float(radii[k]) * 1.6))
                cv2.line(mask, there_, here, level, thick, cv2.LINE_AA, 4)
            else:
                cv2.circle(mask, here, round(float(radii[k]) * 16), level, -1, cv2.LINE_AA, 4)
        # Circles of a pixel are drawn as diamonds; a little blur makes them round again.
        soft = cv2.GaussianBlur(mask, (0, 0), max(depth.blur * self._scale, 0.65))
        return np.multiply(soft, np.float32(depth.alpha / 255), dtype=np.float32)

    def _places(
        self, depth: Depth, bodies: Bodies, t: float, camera: Camera
    ) -> tuple[Bodies, Bodies]:
        width, height = self._size.width, self._size.height
        right, down = shift(camera, self._size, depth.metres)
        near = 1.5 / depth.metres
        sway = np.sin(2 * np.pi * ((0.10 + 0.25 * bodies[:, 5]) * t + bodies[:, 4]))
        x = bodies[:, 0] * 1.2 + self._kind.swing * near * sway
        x = x + self._kind.drift * near * (0.4 + 0.6 * bodies[:, 2]) * t + right / width
        bob = 0.4 * self._kind.swing * np.cos(2 * np.pi * (0.17 * t + bodies[:, 6]))
        y = bodies[:, 1] * 1.2 + depth.fall * (0.65 + 0.7 * bodies[:, 2]) * t + bob + down / height
        return ((x % 1.2) - 0.1) * width, ((y % 1.2) - 0.1) * height


def _enter(name: str, kind: Kind) -> None:
    effect(name)(lambda size, seed: Flakes(kind, size, seed))


_enter(
    "snow",
    Kind(
        (
            Depth(7.0, 420, (0.8, 1.8), 0.11, 1.1, 0.5),
            Depth(3.5, 190, (1.5, 3.2), 0.19, 1.1, 0.8),
            Depth(1.2, 70, (2.2, 4.4), 0.30, 0.9, 1.3, front=True, clear=0.6),
            Depth(0.6, 16, (7.0, 12.0), 0.45, 0.30, 3.5, front=True, clear=0.95),
        ),
        colour=(0.97, 0.98, 1.0),
        glow=0.1,
        swing=0.03,
        drift=0.03,
    ),
)
_enter(
    "dust",
    Kind(
        (
            Depth(3.0, 150, (0.6, 1.7), -0.008, 0.85, 0.5),
            Depth(0.9, 26, (3.0, 6.5), -0.012, 0.16, 1.8, front=True, clear=0.8),
        ),
        colour=(1.0, 0.93, 0.78),
        glow=0.15,
        swing=0.03,
        drift=0.008,
        twinkle=0.8,
    ),
)
_enter(
    "embers",
    Kind(
        (
            Depth(3.5, 90, (0.6, 1.3), -0.22, 1.5, 0.5),
            Depth(2.0, 40, (0.8, 1.9), -0.33, 1.6, 0.7),
            Depth(1.0, 16, (1.4, 2.6), -0.42, 1.3, 1.1, front=True, clear=0.85),
        ),
        colour=(1.25, 0.36, 0.06),
        glow=1.0,
        swing=0.035,
        drift=0.03,
        twinkle=0.6,
        streak=0.03,
    ),
)
_enter(
    "fireflies",
    Kind(
        (
            Depth(5.0, 60, (1.6, 2.6), 0.004, 2.2, 1.4),
            Depth(2.5, 26, (2.6, 4.2), -0.006, 2.4, 2.4),
            Depth(0.9, 8, (7.0, 11.0), 0.008, 0.35, 4.0, front=True, clear=1.0),
        ),
        colour=(0.85, 1.0, 0.30),
        glow=1.0,
        swing=0.09,
        drift=0.004,
        twinkle=0.95,
    ),
)
