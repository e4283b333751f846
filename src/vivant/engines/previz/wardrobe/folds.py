"""How cloth wrinkles: noise, and noise combed along the lines of pull.

Folds run where the cloth is pulled: they fan out of the armpits over the chest, hang from the
shoulders, and break across the elbow. The field of pull is combed into noise by line integral
convolution (Cabral and Leedom 1993), which gives ridges that start, run and die as folds do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vivant.types import Floats

COMB_STEPS = 14
FOLD_UNIT = 96
"""Pixels of a head height at which folds are combed: enough for the finest of them."""


def noise(shape: tuple[int, ...], cell: float, seed: int, octaves: int = 3) -> Floats:
    """Smooth noise of ``shape`` (height, width), mean 0, deviation about 1; ``cell`` in pixels."""
    rng = np.random.default_rng(seed)
    height, width = shape
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        size = max(cell / 2**octave, 1.0)
        rows, cols = int(height / size) + 3, int(width / size) + 3
        grid = rng.standard_normal((rows, cols)).astype(np.float32)
        scale = np.array([[1 / size, 0, 0.5], [0, 1 / size, 0.5]], np.float32)
        # Between nodes this close nobody sees how it was interpolated.
        smooth = cv2.INTER_CUBIC if size > 3 else cv2.INTER_LINEAR
        flags = smooth | cv2.WARP_INVERSE_MAP
        total += cv2.warpAffine(grid, scale, (width, height), flags=flags) * 0.5**octave
    return np.asarray(total / (np.sqrt((4 - 4.0 ** (1 - octaves)) / 3) * 0.68), np.float32)


def pull(x: Floats, y: Floats) -> Floats:
    """Direction of pull ``(h, w, 2)`` at body ``x``, ``y``, as a *doubled* angle.

    A line of pull has no sign; the cosine and sine of twice its angle have none either, so that
    they can be blended and interpolated. Their length is 1, but less near the armpit, where all
    lines meet, and where two pulls cancel: there is no direction to follow.
    """
    ax = np.abs(x)
    sleeve = 1 / (1 + np.exp(-(ax - 0.80) / 0.06))
    ox, oy = ax - 0.76, y + 0.62
    fan = np.exp(-(ox * ox + oy * oy) / 0.20) * (1 - 0.7 * sleeve)
    elbow = sleeve * np.exp(-(((y + 1.36) / 0.22) ** 2))
    total = np.zeros((*x.shape, 2), np.float32)
    for angle, weight in (
        (np.arctan2(oy, ox), 1.6 * fan),
        (np.arctan2(-1.0, 0.45 * ax * (1 - sleeve)), 1 - fan),
        (np.full_like(ax, 0.35), 2.0 * elbow),
    ):
        total += np.stack([np.cos(2 * angle), np.sin(2 * angle)], -1) * weight[..., None]
    size = np.hypot(total[..., 0], total[..., 1])
    length = np.tanh(np.hypot(ox, oy) / 0.30) * np.clip(size / 0.5, 0, 1)
    total *= (length / np.maximum(size, 1e-4))[..., None]
    total[..., 1] *= np.sign(x)
    return total


def _halve(doubled: Floats) -> Floats:
    """Vectors ``(h, w, 2)`` of doubled angle to their plain direction, of the same length."""
    size = np.hypot(doubled[..., 0], doubled[..., 1])
    across = np.sqrt(np.maximum(size + doubled[..., 0], 0) * size / 2)
    down = np.sqrt(np.maximum(size - doubled[..., 0], 0) * size / 2)
    return np.stack([across, np.copysign(down, doubled[..., 1])], -1)


def comb(x: Floats, y: Floats, unit: float, scale: float, seed: int) -> Floats:
    """Noise smeared along the pull; mean 0, deviation about 1.

    ``x``, ``y`` are body coordinates of each pixel, ``unit`` the pixels of a head height, ``scale``
    the width of a fold in head heights.
    """
    height, width = x.shape
    grain = noise(x.shape, max(scale * unit, 1.5), seed, 2)
    sway = 0.7 * noise(x.shape, max(0.5 * unit, 4), seed + 1, 2)
    c, s, lines = np.cos(sway), np.sin(sway), pull(x, y)
    a, b = lines[..., 0], lines[..., 1]
    # Image rows run down, body y up.
    lines = np.stack([c * a - s * b, -(s * a + c * b)], -1)
    step = np.float32(scale * unit * 0.45)
    gy, gx = np.mgrid[0:height, 0:width].astype(np.float32)
    total = grain.copy()
    for way in (1, -1):
        px, py, last = gx, gy, way * _halve(lines)
        for _ in range(COMB_STEPS // 2):
            here = cv2.remap(lines, px, py, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            move = _halve(np.asarray(here, np.float32))
            # Without a sign each step must be told to go on the way it came.
            back = move[..., 0] * last[..., 0] + move[..., 1] * last[..., 1] < 0
            move[back] *= -1
            last = move
            px, py = px + step * last[..., 0], py + step * last[..., 1]
            total += cv2.remap(grain, px, py, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(total / max(float(total.std()), 1e-6), np.float32)


def folds(x: Floats, y: Floats, unit: float, scale: float, seed: int) -> Floats:
    """Fold heights, about -1 (valley) to 1 (ridge), stronger where cloth bunches."""
    shrink = max(1, round(unit / FOLD_UNIT))
    if shrink == 1:
        return folds_at(x, y, unit, scale, seed)
    size = x.shape[1] // shrink + 1, x.shape[0] // shrink + 1
    coarse = [
        np.asarray(cv2.resize(a, size, interpolation=cv2.INTER_AREA), np.float32) for a in (x, y)
    ]
    found = folds_at(coarse[0], coarse[1], unit / shrink, scale, seed)
    out = cv2.resize(found, (x.shape[1], x.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(out, np.float32)


def folds_at(x: Floats, y: Floats, unit: float, scale: float, seed: int) -> Floats:
    """``folds`` at this very resolution."""
    broad = comb(x, y, unit, scale * 1.8, seed)
    fine = comb(x, y, unit, scale * 0.8, seed + 10)
    # Cloth bends sharply at a ridge and hangs slack between: round the valleys, keep the crests.
    crest = 1.1 - np.sqrt(np.tanh(0.9 * broad) ** 2 + 0.02)
    ax = np.abs(x)
    core = np.exp(-(((ax - 0.76) / 0.15) ** 2) - ((y + 0.62) / 0.17) ** 2)
    bunch = 0.65 + 0.5 * np.exp(-(((ax - 0.72) / 0.28) ** 2) - ((y + 0.5) / 0.40) ** 2)
    # Where all lines of pull meet the ridges would make a star; there the cloth is tucked away.
    bunch *= 1 - 0.85 * core
    bunch += 0.7 * np.exp(-(((ax - 0.9) / 0.2) ** 2) - ((y + 1.36) / 0.3) ** 2)
    bunch += 0.25 * np.clip(-y - 0.7, 0, 1)
    lull = 0.55 + 0.45 * np.tanh(1.2 * noise(x.shape, max(0.35 * unit, 2), seed + 20, 1))
    slack = crest * 0.9 - 0.45 + 0.28 * np.tanh(fine)
    return np.asarray(1.5 * slack * bunch * (0.4 + 0.6 * lull), np.float32)
