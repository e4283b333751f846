"""From a noisy render to a plate: denoise, air, glow, exposure. Pure NumPy and OpenCV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from tools.bake.render import FOCAL
from tools.bake.scene import EYE
from vivant.engines.previz.lens import PERSON
from vivant.engines.previz.sets.backdrop import APERTURE
from vivant.engines.previz.sets.plate import KEY_LEVEL, Plate, probe_ball, probe_harmonics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.bake.mesh import Array
    from tools.bake.render import Rendered
    from tools.bake.scene import Look, Scene

HEIGHT = 600
DISPARITY_HEIGHT = 240
PEAK = 24.0
_LUMA = np.array([0.2126, 0.7152, 0.0722])


def finished(scene: Scene, rendered: Rendered, name: str, light: str) -> Plate:
    """The plate of a rendered scene."""
    look = scene.look
    radiance = denoised(rendered)
    bulbs = projected(scene.bulbs, rendered.depth)
    reference = float(np.percentile(radiance @ _LUMA, 80))
    radiance = hazed(radiance, rendered.depth, look, reference)
    gain = look.level / float(np.exp(np.log(radiance @ _LUMA + 1e-4).mean()))
    radiance = rolled(radiance * gain)
    radiance = glowing(radiance, bulbs, look.glow)
    width = round(HEIGHT * radiance.shape[1] / radiance.shape[0])
    radiance = cv2.resize(radiance, (width, HEIGHT), interpolation=cv2.INTER_CUBIC)
    near = 1 / np.maximum(rendered.depth, 0.5) * (rendered.depth > 0)
    small = (round(DISPARITY_HEIGHT * width / HEIGHT), DISPARITY_HEIGHT)
    sharp = cv2.resize(near.astype(np.float32), small, interpolation=cv2.INTER_NEAREST)
    ball = probe_ball(probe_harmonics(rendered.probe.astype(np.float32)))
    probe = ball * (KEY_LEVEL / float(np.percentile(ball @ _LUMA, 85)))
    return Plate(
        name=name,
        light=light,
        radiance=np.clip(radiance, 0, PEAK).astype(np.float32),
        disparity=cv2.medianBlur(sharp, 3).astype(np.float32),
        probe=probe.astype(np.float32),
        focal=FOCAL,
        bulbs=bulbs.astype(np.float32),
        grade=look.grade,
    )


def rolled(radiance: Array, knee: float = 0.7, room: float = 0.55) -> Array:
    """Hold bright areas back as film does, by their strongest channel, so that they keep colour."""
    top = radiance.max(-1, keepdims=True)
    held = knee + room * np.log1p(np.maximum(top - knee, 0) / room)
    return radiance * np.where(top > knee, held / np.maximum(top, 1e-6), 1.0)


def denoised(rendered: Rendered, rounds: int = 4) -> Array:
    """Edge-avoiding à-trous wavelets (Dammertz et al. 2010) guided by albedo, normals, depth."""
    light = _calm(rendered.radiance.astype(np.float32))
    code = np.log1p(light * 8)
    guides = (
        (rendered.albedo.astype(np.float32), 0.10),
        (rendered.normals.astype(np.float32), 0.35),
        (np.log1p(rendered.depth.astype(np.float32))[..., None], 0.05),
    )
    taps = (1 / 16, 1 / 4, 3 / 8, 1 / 4, 1 / 16)
    for turn in range(rounds):
        step, tolerance = 2**turn, 0.9 * 0.6**turn
        total, weights = np.zeros_like(code), np.zeros((*code.shape[:2], 1), np.float32)
        for j, a in enumerate(taps):
            for i, b in enumerate(taps):
                by = ((i - 2) * step, (j - 2) * step)
                other = _shifted(code, by)
                apart = _distance(code, other, tolerance)
                for guide, sigma in guides:
                    apart += _distance(guide, _shifted(guide, by), sigma)
                weight = a * b * np.exp(-apart)[..., None]
                total += weight * other
                weights += weight
        code = total / weights
    return np.asarray(np.expm1(code) / 8, np.float64)


def projected(bulbs: Sequence[tuple[float, ...]], depth: Array) -> Array:
    """Bulbs as the camera sees them, ``(n, 7)`` as in a plate; hidden ones are left out."""
    height, width = depth.shape
    seen = []
    for x, y, d, radius, *colour in bulbs:
        u, v = x / d * FOCAL, -(y - EYE) / d * FOCAL
        column, row = int(width / 2 + u * height), int(height / 2 + v * height)
        if not (0 <= column < width and 0 <= row < height):
            continue
        if 0 < depth[row, column] < d * 0.97:
            continue
        size = radius / d * FOCAL
        spread = APERTURE * FOCAL * abs(1 / PERSON - 1 / d) / 2
        seen.append((u, v, 1 / d, size, *(c * (spread / size) ** 2 for c in colour)))
    return np.array(seen, np.float64).reshape(-1, 7)


def hazed(radiance: Array, depth: Array, look: Look, reference: float) -> Array:
    """Air between the camera and what it sees; the sky already has its own."""
    if look.haze == 0:
        return radiance
    through = np.where(depth > 0, np.exp(-look.haze * depth), 1.0)[..., None]
    return np.asarray(radiance * through + np.asarray(look.air) * reference * (1 - through))


def glowing(radiance: Array, bulbs: Array, share: float) -> Array:
    """Light scattered round bright things, near and wide; the bulbs scatter too."""
    source = radiance.astype(np.float32).copy()
    height, width = source.shape[:2]
    for u, v, _, radius, *colour in bulbs.tolist():
        row, column = int(height / 2 + v * height), int(width / 2 + u * height)
        area = np.pi * (radius * height) ** 2
        source[min(max(row, 0), height - 1), min(max(column, 0), width - 1)] += np.asarray(
            colour, np.float32
        ) * np.float32(area)
    spread = sum(
        weight * cv2.GaussianBlur(source, (0, 0), size * height)
        for size, weight in ((0.015, 0.5), (0.06, 0.3), (0.2, 0.2))
    )
    return np.asarray(radiance * (1 - share) + share * np.asarray(spread), np.float64)


def _calm(light: Any) -> Any:
    """Take down fireflies: pixels far above all that surrounds them."""
    luma = light @ _LUMA.astype(np.float32)
    around = cv2.medianBlur(luma, 5)
    limit = 2.0 * cv2.dilate(around, np.ones((3, 3))) + 0.01
    return light * np.minimum(1.0, limit / np.maximum(luma, 1e-6))[..., None]


def _shifted(image: Any, by: tuple[int, int]) -> Any:
    x, y = by
    height, width = image.shape[:2]
    rows = np.clip(np.arange(height) + y, 0, height - 1)
    columns = np.clip(np.arange(width) + x, 0, width - 1)
    return image[rows][:, columns]


def _distance(a: Any, b: Any, sigma: float) -> Any:
    return ((a - b) ** 2).sum(-1) / np.float32(2 * sigma * sigma)
