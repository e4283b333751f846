"""Carry known values smoothly over the places where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import Floats

_ENOUGH = 12.0


def spread(values: Floats, weight: Floats, reaches: Sequence[float]) -> Floats:
    """``values`` ``(h, w, c)`` where ``weight`` ``(h, w)`` is 1, continued to everywhere else.

    Normalised convolution with Gaussians of the standard deviations ``reaches``, in pixels, from
    wide to narrow: near known places the narrow ones rule, far from them the wide ones. The weight
    must not be 0 everywhere.
    """
    known = values * weight[..., None]
    mean = known.sum(axis=(0, 1)) / max(1e-6, float(weight.sum()))
    filled = np.broadcast_to(mean, values.shape).astype(np.float32)
    for reach in reaches:
        total = cv2.GaussianBlur(weight, (0, 0), reach)[..., None]
        near = cv2.GaussianBlur(known, (0, 0), reach) / np.maximum(total, 1e-5)
        filled += np.clip(total * _ENOUGH, 0, 1) * (near - filled)
    return filled
