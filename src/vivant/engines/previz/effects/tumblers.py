"""Flat shapes that tumble as they fall: leaves, petals, confetti."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from vivant.engines.previz.effects.base import ambience, effect, ones, shift

if TYPE_CHECKING:
    from vivant.engines.previz.effects.base import Camera, Rgb
    from vivant.types import Floats, Size

Table: TypeAlias = NDArray[np.float64]

_ANGLES = np.linspace(0, 2 * np.pi, 14, endpoint=False)
LEAF = np.stack([np.cos(_ANGLES), 0.55 * np.sin(_ANGLES) * (1 - 0.35 * np.cos(_ANGLES))], -1)
LEAF[0] = (1.5, 0.0)
PETAL = np.stack([np.cos(_ANGLES), 0.72 * np.sin(_ANGLES) * (1 - 0.4 * np.cos(_ANGLES))], -1)
PAPER = np.array([[-1.0, -0.55], [1.0, -0.55], [1.0, 0.55], [-1.0, 0.55]])
"""Outlines, about one unit across, ``(n, 2)``."""


@dataclass(frozen=True)
class Shape:
    """What falls; ``colours`` are linear reflectances, ``fall`` frame heights a second."""

    outline: Table
    colours: tuple[Rgb, ...]
    size: float
    fall: float
    drift: float
    swing: float
    spin: float
    counts: tuple[int, int, int]
    """How many far, middle and near."""


_METRES = (5.0, 2.6, 0.9)
_SIZES = (0.5, 0.8, 1.8)
_COARSE = (1, 1, 2)
"""Near bodies are out of focus, so they are drawn at half size."""


class Tumblers:
    """Bodies that turn about two axes; the near ones are out of focus and shun the face."""

    def __init__(self, shape: Shape, size: Size, seed: int) -> None:
        self._shape, self._size = shape, size
        rng = np.random.default_rng(seed)
        # Columns: x, y, speed, phase, rate, spin, tilt, colour; all 0 to 1.
        self._bodies = [rng.random((count, 8)) for count in shape.counts]

    def back(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Behind the person."""
        return self._fall(image, t, strength, camera, (0, 1))

    def front(self, image: Floats, t: float, strength: float, camera: Camera) -> Floats:
        """Before the person."""
        return self._fall(image, t, strength, camera, (2,))

    def gain(self, t: float, strength: float) -> Floats:  # noqa: ARG002 - the Protocol's shape
        """Factors on the light."""
        return ones()

    def _fall(
        self, image: Floats, t: float, strength: float, camera: Camera, layers: tuple[int, ...]
    ) -> Floats:
        """Draw the bodies of some layers: colour in eight bits is enough for flat shapes."""
        coarse = max(_COARSE[layer] for layer in layers)
        high, wide = -(-self._size.height // coarse), -(-self._size.width // coarse)
        paint = np.zeros((high, wide, 3), np.uint8)
        cover = np.zeros((high, wide), np.uint8)
        for layer in layers:
            self._draw(paint, cover, t, strength, camera, layer)
        if not cover.any():
            return image
        if coarse > 1:
            paint, cover = self._defocused(paint, cover)
        return self._lay(image, paint, cover)

    def _draw(
        self,
        paint: NDArray[np.uint8],
        cover: NDArray[np.uint8],
        t: float,
        strength: float,
        camera: Camera,
        layer: int,
    ) -> None:
        bodies = self._bodies[layer]
        there = np.clip(strength * len(bodies) - np.arange(len(bodies)), 0, 1)
        x, y = self._places(bodies, t, camera, layer)
        for k in np.flatnonzero(there):
            outline, light = self._outline(bodies[k], t, layer, float(x[k]), float(y[k]))
            rgb = np.array(self._shape.colours[int(bodies[k, 7] * len(self._shape.colours))])
            level = tuple(int(v) for v in np.clip(255 * np.sqrt(rgb * light), 0, 255))
            # The colour reaches a little further than the cover, so that soft edges have it too.
            cv2.polylines(paint, [outline], True, level, 3, cv2.LINE_8, 4)
            cv2.fillConvexPoly(paint, outline, level, cv2.LINE_8, 4)
            alpha = 255 * there[k] * self._clear(layer, float(x[k]), float(y[k]))
            cv2.fillConvexPoly(cover, outline, (round(float(alpha)),), cv2.LINE_AA, 4)

    def _defocused(
        self, paint: NDArray[np.uint8], cover: NDArray[np.uint8]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Blurred and brought to full size; the colour is spread without growing darker."""
        blur = 1.3 * self._size.height / 480
        solid = np.where(paint.any(2), np.uint8(255), np.uint8(0))
        weight = np.asarray(cv2.GaussianBlur(solid, (0, 0), blur), np.float32)[..., None]
        spread = np.asarray(cv2.GaussianBlur(paint, (0, 0), blur), np.float32)
        colour = np.clip(255 * spread / np.maximum(weight, 1), 0, 255).astype(np.uint8)
        full = self._size.width, self._size.height
        soft = cv2.resize(cv2.GaussianBlur(cover, (0, 0), blur), full)
        return np.asarray(cv2.resize(colour, full), np.uint8), np.asarray(soft, np.uint8)

    def _lay(self, image: Floats, paint: NDArray[np.uint8], cover: NDArray[np.uint8]) -> Floats:
        """Mix in only the pixels that the bodies touch: they are few."""
        touched = np.flatnonzero(cover)
        alpha = cover.ravel()[touched].astype(np.float32)[:, None] * np.float32(1 / 255)
        colour = paint.reshape(-1, 3)[touched].astype(np.float32) * np.float32(1 / 255)
        done = image.copy()
        flat = done.reshape(-1, 3)
        lit = 0.10 + 1.9 * ambience(image)
        flat[touched] += alpha * (colour**2 * lit - flat[touched])
        return done

    def _clear(self, layer: int, x: float, y: float) -> float:
        """Near bodies fade where the face is likely to be: the middle of the upper half."""
        if layer < 2:
            return 1.0
        far = np.hypot((x / self._size.width - 0.5) / 0.22, (y / self._size.height - 0.42) / 0.4)
        return float(0.85 * np.clip(far - 0.4, 0.05, 1.0))

    def _places(self, bodies: Table, t: float, camera: Camera, layer: int) -> tuple[Table, Table]:
        width, height = self._size.width, self._size.height
        right, down = shift(camera, self._size, _METRES[layer])
        near = _SIZES[layer] / 0.8
        turn = 2 * np.pi * ((0.18 + 0.22 * bodies[:, 4]) * t + bodies[:, 3])
        x = bodies[:, 0] * 1.3 + self._shape.swing * near * np.sin(turn) + right / width
        x = x + self._shape.drift * near * (0.5 + bodies[:, 2]) * t
        y = bodies[:, 1] * 1.3 + self._shape.fall * near**0.6 * (0.7 + 0.6 * bodies[:, 2]) * t
        y = y + 0.25 * self._shape.swing * np.sin(2 * turn) + down / height
        return ((x % 1.3) - 0.15) * width, ((y % 1.3) - 0.15) * height

    def _outline(
        self, body: Table, t: float, layer: int, x: float, y: float
    ) -> tuple[NDArray[np.int32], float]:
        """The outline in sixteenths of a pixel, turned and foreshortened, and its light."""
        spin = 2 * np.pi * (self._shape.spin * (body[5] - 0.5) * 2 * t + body[3])
        flip = 2 * np.pi * (self._shape.spin * (0.4 + 0.6 * body[6]) * t + body[4])
        long = self._shape.size * _SIZES[layer] * (0.75 + 0.5 * body[6])
        points = self._shape.outline * long * self._size.height / 480
        thin = np.cos(flip)
        points = points * [1.0, np.sign(thin) * max(abs(thin), 0.12)]
        turned = points @ [[np.cos(spin), np.sin(spin)], [-np.sin(spin), np.cos(spin)]]
        corners = np.round((turned + np.array((x, y))) * (16 / _COARSE[layer])).astype(np.int32)
        return corners, float(0.6 + 0.4 * abs(thin))


def _enter(name: str, shape: Shape) -> None:
    effect(name)(lambda size, seed: Tumblers(shape, size, seed))


_enter(
    "leaves",
    Shape(
        LEAF,
        ((0.55, 0.16, 0.02), (0.62, 0.30, 0.03), (0.38, 0.09, 0.02), (0.30, 0.26, 0.04)),
        size=11.0,
        fall=0.16,
        drift=0.06,
        swing=0.06,
        spin=0.45,
        counts=(26, 20, 5),
    ),
)
_enter(
    "petals",
    Shape(
        PETAL,
        ((0.92, 0.55, 0.62), (0.95, 0.70, 0.74), (0.88, 0.42, 0.52)),
        size=7.5,
        fall=0.12,
        drift=0.05,
        swing=0.07,
        spin=0.35,
        counts=(50, 34, 6),
    ),
)
_enter(
    "confetti",
    Shape(
        PAPER,
        (
            (0.8, 0.05, 0.06),
            (0.9, 0.62, 0.04),
            (0.05, 0.35, 0.75),
            (0.08, 0.55, 0.20),
            (0.85, 0.2, 0.5),
            (0.8, 0.8, 0.82),
        ),
        size=6.0,
        fall=0.24,
        drift=0.02,
        swing=0.05,
        spin=1.1,
        counts=(80, 60, 7),
    ),
)
