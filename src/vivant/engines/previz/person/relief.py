"""Surface normals of the person in the photo, good enough to light them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.person.arrays import floats

if TYPE_CHECKING:
    from vivant.types import Floats

_ROUNDED = 0.16
"""Width of the rounding along the outline, in face heights."""


def normals(depth: Floats, alpha: Floats, step: int, face_height: float) -> Floats:
    """Unit normals ``(h, w, 3)``: x right, y up, z to the camera.

    ``depth`` is the rig's, on its grid of ``step`` pixels; ``alpha`` ``(h, w)`` gives the outline,
    along which every body turns away from the camera.
    """
    rise = np.gradient(cv2.GaussianBlur(depth, (0, 0), max(1.0, 0.05 * face_height / step)))
    down, right = (part / step for part in rise)
    cells = (depth.shape[1] - 1, depth.shape[0] - 1)
    small = floats(cv2.resize(alpha, cells, interpolation=cv2.INTER_AREA))
    small = floats(cv2.copyMakeBorder(small, 0, 1, 0, 1, cv2.BORDER_REPLICATE))
    reach = _ROUNDED * face_height / step
    inside = cv2.distanceTransform((small > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    near = np.clip(1 - inside / reach, 0, 1)
    soft = cv2.GaussianBlur(small, (0, 0), 0.4 * reach)
    out_y, out_x = np.gradient(-soft)
    length = np.hypot(out_x, out_y) + 1e-4
    x = right + 1.1 * near**2 * out_x / length
    y = -down - 1.1 * near**2 * out_y / length
    coarse = np.stack([x, y, np.full_like(x, 0.9)], axis=-1).astype(np.float32)
    coarse = floats(cv2.GaussianBlur(coarse, (0, 0), max(0.8, 0.03 * face_height / step)))
    height, width = alpha.shape
    grid = (coarse.shape[1] * step, coarse.shape[0] * step)
    full = cv2.resize(coarse, grid, interpolation=cv2.INTER_LINEAR)[:height, :width]
    full = full / np.linalg.norm(full, axis=-1, keepdims=True)
    return np.ascontiguousarray(full, np.float32)
