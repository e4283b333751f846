"""SCRFD (Guo et al., ICLR 2022): what its network is shown, and what its nine outputs mean.

Three levels with strides of 8, 16 and 32 pixels, two anchors a cell. An anchor tells a score, how
far the sides of a box are from it, and where five points lie, in strides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.types import Box, Face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import Floats, Image

STRIDES = (8, 16, 32)
ANCHORS = 2
OUTPUTS = 3 * len(STRIDES)
OVERLAP = 0.4
"""Of two boxes that share more than this of their union, the surer one stays; as published."""


def letterbox(image: Image, side: int) -> tuple[Image, float]:
    """The picture at the top left of a black square of ``side`` pixels, and its scale there."""
    height, width = image.shape[:2]
    ratio = height / width
    wide, high = (side / ratio, side) if ratio > 1 else (side, side * ratio)
    columns, rows = max(1, int(wide)), max(1, int(high))
    square = np.zeros((side, side, 3), np.uint8)
    square[:rows, :columns] = cv2.resize(image, (columns, rows))
    return square, rows / height


def decode(outputs: Sequence[Floats], side: int, threshold: float) -> tuple[Floats, Floats, Floats]:
    """Scores (n,), boxes (n, 4) and points (n, 5, 2), in pixels of the square of ``side``.

    ``outputs`` are the network's: three levels of scores, then of boxes, then of points. Those with
    a score below ``threshold`` are left out.
    """
    levels = len(STRIDES)
    kept: list[tuple[Floats, Floats, Floats]] = []
    for level, stride in enumerate(STRIDES):
        scores = outputs[level].reshape(-1)
        keep = scores >= threshold
        centres = _centres(side, stride)[keep]
        sides = outputs[level + levels].reshape(-1, 2, 2)[keep] * stride
        offsets = outputs[level + 2 * levels].reshape(-1, 5, 2)[keep] * stride
        boxes = np.concatenate([centres - sides[:, 0], centres + sides[:, 1]], axis=1)
        kept.append((scores[keep], boxes, centres[:, None] + offsets))
    scores, boxes, points = (np.concatenate(parts) for parts in zip(*kept, strict=True))
    return scores, boxes, points


def suppress(scores: Floats, boxes: Floats, overlap: float = OVERLAP) -> list[int]:
    """The indices of boxes that no surer one covers, the surest first.

    Greedy non-maximum suppression; a box includes its last pixels, as in the published code.
    """
    left = np.argsort(-scores, kind="stable")
    chosen: list[int] = []
    while left.size:
        best, left = int(left[0]), left[1:]
        chosen.append(best)
        low = np.maximum(boxes[best, :2], boxes[left, :2])
        high = np.minimum(boxes[best, 2:], boxes[left, 2:])
        shared = np.maximum(high - low + 1, 0).prod(axis=1)
        areas = (boxes[left, 2:] - boxes[left, :2] + 1).prod(axis=1)
        union = float((boxes[best, 2:] - boxes[best, :2] + 1).prod()) + areas - shared
        left = left[shared <= overlap * union]
    return chosen


def faces(outputs: Sequence[Floats], side: int, scale: float, threshold: float) -> tuple[Face, ...]:
    """The faces of a picture that was shown at ``scale``, left to right, with five landmarks."""
    scores, boxes, points = decode(outputs, side, threshold)
    found = []
    for index in suppress(scores, boxes):
        x0, y0, x1, y1 = (float(value) for value in boxes[index] / scale)
        landmarks = np.asarray(points[index] / scale, np.float32)
        found.append(Face(Box(x0, y0, x1, y1), landmarks, None, float(scores[index])))
    return tuple(sorted(found, key=lambda face: face.box.centre[0]))


@lru_cache
def _centres(side: int, stride: int) -> Floats:
    """Where a level's anchors lie, (n, 2): at the top left of their cells, row by row."""
    cells = np.arange(side // stride, dtype=np.float32) * stride
    grid = np.stack(np.meshgrid(cells, cells), axis=-1).reshape(-1, 2)
    centres = np.repeat(grid, ANCHORS, axis=0)
    centres.setflags(write=False)
    return centres
