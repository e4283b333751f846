"""Cloth that stands off the body (collars, hoods, rings): grids of points in space, rasterised.

A shell is a loop around the neck times a profile, as a sweep: the grid's rows go around, its
columns go over the profile. It is drawn from far to near at twice the canvas's resolution, only
inside its own bounds, and tested against the depth of what it stands on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.wardrobe.torso import NECK_AXIS, Field, View, crest, f32

if TYPE_CHECKING:
    from vivant.types import Floats

FINE = 2
"""Subpixels per pixel along each side."""


@dataclass(frozen=True, eq=False)
class Scrap:
    """A shell as the camera sees it, inside ``rows`` and ``cols`` of the canvas, float32.

    ``cover`` 0 to 1; ``normal`` unit; ``around`` and ``over`` are the sweep's parameters (radians
    from the front, > 0 to the image's right; 0 to 1 along the profile); ``depth`` in head heights.
    """

    rows: slice
    cols: slice
    cover: Floats
    normal: Floats
    around: Floats
    over: Floats
    depth: Floats


def loop(
    field: Field,
    radius: tuple[float, float],
    lowest: float,
    spread: tuple[float, float],
    count: int = 97,
) -> tuple[Floats, Floats]:
    """A line on the cloth around the neck.

    ``radius`` is how far to the side and to the front it runs from the neck's axis, ``lowest`` how
    deep it may sink in front, ``spread`` the angles in radians from the front it starts and ends
    at. Returns angles ``(m,)`` and body points ``(m, 3)``.
    """  # fmt: skip
    angle = np.linspace(spread[0], spread[1], count).astype(np.float32)
    x = radius[0] * np.sin(angle)
    z = NECK_AXIS + radius[1] * np.cos(angle)
    y = crest(field, x.astype(np.float32), z.astype(np.float32), lowest)
    # The trace drops where cloth turns steep; a sewn edge never does.
    pad = np.pad(y, 8, mode="edge")
    y = np.convolve(pad, np.hanning(19)[1:-1] / np.hanning(19).sum(), mode="valid")[: len(angle)]
    return angle, np.stack([x, y, z], -1).astype(np.float32)


def sweep(
    angle: Floats,
    base: Floats,
    radius: tuple[float, float],
    profile: Callable[[Floats], tuple[Floats, Floats]],
    twist: Callable[[Floats], Floats] | None = None,
) -> Floats:
    """Grid ``(m, n, 3)``: at each angle, ``profile(angle)`` gives how far out and how far up.

    ``profile`` takes angles ``(m, 1)`` and returns two arrays ``(m, n)`` in head heights; ``twist``
    gives ``(m, n)`` radians by which the profile leaves its own angle.
    """  # fmt: skip
    out, up = profile(angle[:, None])
    turned = angle[:, None] + (twist(angle[:, None]) if twist else np.zeros_like(out))
    x = (radius[0] + out) * np.sin(turned)
    z = NECK_AXIS + (radius[1] + out) * np.cos(turned)
    return np.stack([x, base[:, 1:2] + up, z], -1).astype(np.float32)


def rasterise(view: View, angle: Floats, grid: Floats, rear: bool | None = None) -> Scrap | None:
    """Draw ``grid``; None where it lies off the canvas. ``rear`` keeps one half by its depth."""
    seen = view.face(grid)
    pixel = view.pixels(grid)
    quads = _quads(seen)
    normal = np.cross(quads[:, 2] - quads[:, 0], quads[:, 3] - quads[:, 1])
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
    normal *= np.where(normal[:, 2:] < 0, -1, 1)
    corner = _quads(pixel)
    middle = quads.mean(1)
    keep = np.ones(len(quads), bool)
    if rear is not None:
        keep = (middle[:, 2] < 0) == rear
    if not keep.any():
        return None
    low = np.floor(corner[keep].min((0, 1))).astype(int) - 2
    high = np.ceil(corner[keep].max((0, 1))).astype(int) + 3
    low, high = np.maximum(low, 0), np.minimum(high, (view.width, view.height))
    if (high <= low).any():
        return None
    rows, n = grid.shape[0] - 1, grid.shape[1] - 1
    around = np.repeat((angle[1:] + angle[:-1]) / 2, n)
    over = np.tile((np.arange(n) + 0.5) / n, rows)
    order = np.argsort(middle[:, 2], kind="stable")
    order = order[keep[order]]
    size = ((high[1] - low[1]) * FINE, (high[0] - low[0]) * FINE, 4)
    bent, where = np.zeros(size, np.float32), np.zeros(size, np.float32)
    ink = np.concatenate([normal, np.ones((len(quads), 1))], -1)
    place = np.stack([around, over, middle[:, 2], np.ones(len(quads))], -1)
    shape = np.round((corner - low + 0.5) * FINE * 16 - 8).astype(np.int32)
    for i in order:
        cv2.fillConvexPoly(bent, shape[i], ink[i].tolist(), cv2.LINE_8, 4)
        cv2.fillConvexPoly(where, shape[i], place[i].tolist(), cv2.LINE_8, 4)
    return _scrap(bent, where, low, high)


def _quads(grid: Floats) -> Floats:
    """Corners ``(k, 4, c)`` of the cells of a grid ``(m, n, c)``, in turning order."""
    cells = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], 2)
    return cells.reshape(-1, 4, grid.shape[-1])


def _scrap(bent: Floats, where: Floats, low: Floats, high: Floats) -> Scrap:
    """Average the subpixels and smooth the facets."""
    size = int(high[0] - low[0]), int(high[1] - low[1])

    def shrink(a: Floats, blur: float) -> Floats:
        soft = cv2.GaussianBlur(a, (0, 0), blur) if blur else a
        return f32(cv2.resize(soft, size, interpolation=cv2.INTER_AREA))

    normal, place = shrink(bent, 1.2)[..., :3], shrink(where, 3.0)
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    normal = f32(np.where(length > 1e-3, normal / np.maximum(length, 1e-3), (0, 0, 1)))
    mean = f32(place[..., :3] / np.maximum(place[..., 3:], 1e-3))
    rows, cols = slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))
    cover = shrink(where[..., 3], 0)
    return Scrap(rows, cols, cover, normal, mean[..., 0], mean[..., 1], mean[..., 2])
