"""The back layer: bare neck, throat and chest, and the rear of the collar behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.bust import Layer
from vivant.engines.previz.wardrobe.folds import noise
from vivant.engines.previz.wardrobe.sheet import Mark
from vivant.engines.previz.wardrobe.torso import trace

if TYPE_CHECKING:
    from vivant.engines.previz.bust import Bust
    from vivant.engines.previz.wardrobe.sheet import Colour, Sheet
    from vivant.types import Floats

MARGIN = 0.06
"""How far the skin reaches under the cloth, in head heights."""
TOP = 0.46
"""Body y where the neck ends, hidden by the jaw."""
SOFT, SCATTER = 0.022, 0.5
"""Light scatters in skin: no relief finer than this (head heights), hollows half as dark."""


def tone(bust: Bust, shape: tuple[int, int], seed: int) -> Floats:
    """Skin albedo ``(h, w, 3)``: the photo's, with the blotches and pores that living skin has."""
    unit = bust.head_height
    broad = noise(shape, max(0.16 * unit, 2), seed + 50, 3)[..., None]
    pores = noise(shape, max(0.008 * unit, 1), seed + 51, 2)[..., None]
    flush = np.array([0.025, -0.02, -0.02], np.float32) * broad
    return np.asarray(bust.skin * (1 + flush + 0.02 * broad + 0.012 * pores), np.float32)


def back(bust: Bust, sheet: Sheet, seed: int) -> Layer:
    """Bare skin with the garment's rear pieces behind it."""
    # What cloth hides is not traced, but for a margin: cloth and skin may move apart a little.
    margin = 2 * round(MARGIN * bust.head_height) + 1
    hidden = cv2.erode(sheet.alpha, np.ones((margin, margin), np.uint8))
    wanted = np.asarray(1 - hidden, np.float32)
    seen = trace(sheet.view, sheet.body.bare, wanted)
    albedo = tone(bust, seen.alpha.shape, seed)
    y = seen.point[..., 1]
    fade = np.clip((TOP - y) / 0.06, 0, 1)
    # Skin never stands out of the clothes but at the neck.
    allowed = np.maximum(sheet.outline, np.clip((y - 0.08) / 0.06, 0, 1))
    alpha = seen.alpha * fade * allowed
    blurred = cv2.GaussianBlur(seen.normal, (0, 0), max(0.5, SOFT * bust.head_height))
    normal = np.asarray(blurred, np.float32)
    shade = np.asarray(1 - SCATTER * (1 - seen.occlusion), np.float32)
    for scrap, colour in sheet.rear:
        mark = Mark(scrap.rows, scrap.cols, scrap.cover)
        _behind(Layer(albedo, alpha, normal, shade), mark, colour, scrap.normal, 0.5)
    # Through the neck hole one looks at the inside of the garment's back.
    inside = sheet.everywhere(sheet.outline * sheet.hole)
    lining = np.broadcast_to(np.array([0, 0, 1], np.float32), normal.shape)
    _behind(Layer(albedo, alpha, normal, shade), inside, sheet.main, lining, 0.3)
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    return Layer(
        np.clip(albedo, 0, 1), np.clip(alpha, 0, 1).astype(np.float32),
        (normal / np.maximum(length, 1e-6)).astype(np.float32), np.clip(shade, 0, 1),
    )  # fmt: skip


def _behind(layer: Layer, mark: Mark, colour: Colour, normal: Floats, shade: float) -> None:
    """Show ``mark`` where ``layer`` has nothing yet, in the half dark behind the neck."""
    at = mark.at
    under = mark.cover * (1 - layer.alpha[at])
    total = np.maximum(layer.alpha[at] + under, 1e-4)
    share = (under / total)[..., None]
    layer.albedo[at] += share * (np.asarray(colour, np.float32) - layer.albedo[at])
    layer.normal[at] += share * (normal - layer.normal[at])
    layer.occlusion[at] += share[..., 0] * (shade - layer.occlusion[at])
    layer.alpha[at] += under
