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
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        total += cv2.warpAffine(grid, scale, (width, height), flags=flags) * 0.5**octave
    return np.asarray(total / (np.sqrt((4 - 4.0 ** (1 - octaves)) / 3) * 0.68), np.float32)


def pull(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Direction of pull at body ``x``, ``y`` (both ``(h, w)``); its sign means nothing.

    Its length is 1 but near the armpit, where all lines meet, so that none is followed through.
    """
    ax = np.abs(x)
    sleeve = 1 / (1 + np.exp(-(ax - 0.80) / 0.06))
    ox, oy = ax - 0.76, y + 0.62
    fan = np.exp(-(ox * ox + oy * oy) / 0.20) * (1 - 0.7 * sleeve)
    elbow = sleeve * np.exp(-(((y + 1.36) / 0.22) ** 2))
    # Lines have no sign, so they are blended as doubled angles: opposite ways then agree.
    total = np.zeros((2, *x.shape), np.float32)
    for angle, weight in (
        (np.arctan2(oy, ox), 1.6 * fan),
        (np.arctan2(-1.0, 0.45 * ax * (1 - sleeve)), 1 - fan),
        (np.full_like(ax, 0.35), 2.0 * elbow),
    ):
        total += np.stack([np.cos(2 * angle), np.sin(2 * angle)]) * weight
    half = np.arctan2(total[1], total[0]) / 2
    # Nor where two pulls cancel and there is no direction to follow.
    length = np.tanh(np.hypot(ox, oy) / 0.30) * np.clip(np.hypot(*total) / 0.5, 0, 1)
    dx, dy = np.sign(x) * length * np.cos(half), length * np.sin(half)
    return np.asarray(dx, np.float32), np.asarray(dy, np.float32)


def comb(x: Floats, y: Floats, unit: float, scale: float, seed: int) -> Floats:
    """Noise smeared along the pull; mean 0, deviation about 1.

    ``x``, ``y`` are body coordinates of each pixel, ``unit`` the pixels of a head height, ``scale``
    the width of a fold in head heights.
    """
    height, width = x.shape
    grain = noise(x.shape, max(scale * unit, 1.5), seed, 2)
    sway = noise(x.shape, max(0.5 * unit, 4), seed + 1, 2) * 0.35
    dx, dy = pull(x, y)
    c, s = np.cos(sway), np.sin(sway)
    dx, dy = c * dx - s * dy, s * dx + c * dy
    step = np.float32(scale * unit * 0.45)
    flow = np.stack([dx * step, -dy * step], -1).astype(np.float32)
    gy, gx = np.mgrid[0:height, 0:width].astype(np.float32)
    total = grain.copy()
    for way in (1, -1):
        px, py, last = gx, gy, way * flow
        for _ in range(COMB_STEPS // 2):
            move = cv2.remap(flow, px, py, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
            # Without a sign each step must be told to go on the way it came.
            same = np.where((move * last).sum(-1, keepdims=True) < 0, -1, 1).astype(np.float32)
            last = move * same
            px, py = px + last[..., 0], py + last[..., 1]
            total += cv2.remap(grain, px, py, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(total / max(float(total.std()), 1e-6), np.float32)


def folds(x: Floats, y: Floats, unit: float, scale: float, seed: int) -> Floats:
    """Fold heights, about -1 (valley) to 1 (ridge), stronger where cloth bunches."""
    small = 1 if min(x.shape) < 160 else 2
    if small == 2:
        size = x.shape[1] // 2 + 1, x.shape[0] // 2 + 1
        coarse = [
            np.asarray(cv2.resize(a, size, interpolation=cv2.INTER_LINEAR), np.float32)
            for a in (x, y)
        ]
        half = folds_at(coarse[0], coarse[1], unit / 2, scale, seed)
        out = cv2.resize(half, (x.shape[1], x.shape[0]), interpolation=cv2.INTER_CUBIC)
        return np.asarray(out, np.float32)
    return folds_at(x, y, unit, scale, seed)


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
