"""The set behind the person, through a lens: depth of field once, then a camera move a frame.

A thin lens focused at distance s images a point at distance d as a disc of diameter
``aperture * focal * |1/s - 1/d|`` (all in metres and film heights). Radiance is blurred while it is
still linear and scene-referred, so a small bright lamp becomes a bright disc, as in a camera.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vivant.engines.previz.lens import PERSON, PIVOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vivant.engines.previz.sets.plate import Plate
    from vivant.types import Floats, Size

APERTURE = 0.024
"""Diameter of the lens opening in metres: about f/2.6 on the sets' 62 mm lens."""
OVERSCAN = 1.4
"""Plate over film, along the side that fits tightest: the room that camera moves have."""

_LAYERS = 7
_SHARPEST_CANVAS = 1.5
_RIM = 0.22


class Backdrop:
    """A plate made ready for one film size.

    Within the limits of the score (x ±0.35 m, y ±0.25, z ±0.6, pan ±6°, tilt ±4°, roll ±4°, zoom
    -0.25 to 0.35) single moves stay on the plate or just about; past it the picture is mirrored at
    its border, which out of focus is not seen.
    """

    def __init__(self, plate: Plate, size: Size, aperture: float = APERTURE) -> None:
        height, width = plate.disparity.shape
        view = min(height, width * size.height / size.width) / OVERSCAN
        scale = float(np.clip(size.height / view, 1.0, _SHARPEST_CANVAS))
        canvas = (round(width * scale), round(height * scale))
        radiance = cv2.resize(plate.radiance, canvas, interpolation=cv2.INTER_CUBIC)
        disparity = np.asarray(
            cv2.resize(plate.disparity, canvas, interpolation=cv2.INTER_LINEAR), np.float32
        )
        # Disc radius in canvas pixels for each 1/m of distance from the plane in focus.
        self._spread = aperture * plate.focal * canvas[1] / 2
        self._picture, blurred = self._focus(np.maximum(radiance, 0), disparity)
        self._splat(plate.bulbs)
        self._disparity = np.ascontiguousarray(
            cv2.GaussianBlur(blurred, (0, 0), 3 * scale)[::4, ::4]
        )
        self._unit = view * scale
        self._focal = float(plate.focal * height / view)
        self._x = (np.arange(size.width, dtype=np.float32) + 0.5 - size.width / 2) / size.height
        self._y = (np.arange(size.height, dtype=np.float32) + 0.5) / size.height - np.float32(0.5)

    @property
    def focal(self) -> float:
        """Focal length in film heights, at zoom 0."""
        return self._focal

    def frame(self, camera: Mapping[str, float]) -> Floats:
        """The set seen by the camera (``CAMERA_CHANNELS``): ``(height, width, 3)``, linear."""
        at = {**dict.fromkeys(("x", "y", "z", "pan", "tilt", "roll", "zoom"), 0.0), **camera}
        x, y = self._aimed(at)
        height, width = self._picture.shape[:2]
        if at["x"] or at["y"] or at["z"]:
            near = self._near(x, y)
            dolly = 1 - np.float32(at["z"]) * near
            apart = near - np.float32(PIVOT)
            x = x * dolly + np.float32(self._focal * at["x"]) * apart
            y = y * dolly - np.float32(self._focal * at["y"]) * apart
        x = x * np.float32(self._unit) + np.float32(width / 2 - 0.5)
        y = y * np.float32(self._unit) + np.float32(height / 2 - 0.5)
        seen = cv2.remap(self._picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        return np.asarray(seen, np.float32)

    def _near(self, x: Floats, y: Floats) -> Floats:
        """Disparity where each film pixel looks."""
        height, width = self._picture.shape[:2]
        quarter = np.float32(0.25)
        near = cv2.remap(
            self._disparity,
            (x * np.float32(self._unit) + np.float32(width / 2)) * quarter,
            (y * np.float32(self._unit) + np.float32(height / 2)) * quarter,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(near, np.float32)

    def _aimed(self, at: Mapping[str, float]) -> tuple[Floats, Floats]:
        """Where each film pixel looks, in film heights from the middle, before parallax."""
        shrink = float(np.exp(-at["zoom"]))
        turn = np.deg2rad(at["roll"])
        c, s = np.float32(np.cos(turn) * shrink), np.float32(np.sin(turn) * shrink)
        right = np.float32(self._focal * np.tan(np.deg2rad(at["pan"])))
        down = np.float32(-self._focal * np.tan(np.deg2rad(at["tilt"])))
        across, along = self._x[None, :], self._y[:, None]
        x, y = across * c - along * s + right, across * s + along * c + down
        return np.asarray(x, np.float32), np.asarray(y, np.float32)

    def _focus(self, radiance: Floats, disparity: Floats) -> tuple[Floats, Floats]:
        """Blur by depth, far layers first; gives the picture and the disparity it now has."""
        stack = np.dstack([radiance, disparity]).astype(np.float32)
        total = np.zeros_like(stack)
        cover = np.zeros_like(disparity)
        for member, middle, part in _layers(disparity):
            radius = self._spread * abs(1 / PERSON - middle)
            pad = int(np.ceil(radius)) + 1
            rows, columns = _grown(part, pad, disparity.shape)
            weight = member[rows, columns]
            kernel = disc(radius)
            ink = cv2.filter2D(
                stack[rows, columns] * weight[..., None], -1, kernel, borderType=cv2.BORDER_REFLECT
            )
            alpha = np.clip(cv2.filter2D(weight, -1, kernel, borderType=cv2.BORDER_REFLECT), 0, 1)
            total[rows, columns] = ink + total[rows, columns] * (1 - alpha[..., None])
            cover[rows, columns] = alpha + cover[rows, columns] * (1 - alpha)
        total /= np.maximum(cover, 1e-4)[..., None]
        # Large kernels go through a Fourier transform, which leaves tiny negative values.
        light: Floats = np.maximum(total[..., :3], 0).astype(np.float32)
        near: Floats = total[..., 3].astype(np.float32)
        return light, near

    def _splat(self, bulbs: Floats) -> None:
        """Add each point lamp as the disc the lens makes of it; its energy is kept."""
        height, width = self._picture.shape[:2]
        for x, y, near, size, *colour in bulbs.tolist():
            lamp = size * height
            radius = max(self._spread * abs(1 / PERSON - near), lamp, 0.7)
            kernel = disc(radius)
            half = kernel.shape[0] // 2
            column = round(width / 2 + x * height - 0.5)
            row = round(height / 2 + y * height - 0.5)
            top, left = row - half, column - half
            r0, r1 = max(top, 0), min(row + half + 1, height)
            c0, c1 = max(left, 0), min(column + half + 1, width)
            if r0 >= r1 or c0 >= c1:
                continue
            light = np.asarray(colour, np.float32) * np.float32(np.pi * lamp * lamp)
            patch = kernel[r0 - top : r1 - top, c0 - left : c1 - left]
            self._picture[r0:r1, c0:c1] += patch[..., None] * light


def disc(radius: float) -> Floats:
    """The lens's disc as a kernel of sum 1: soft at the edge, a little brighter towards the rim."""
    half = int(np.ceil(radius + 0.5))
    side = np.arange(-half, half + 1, dtype=np.float32)
    r = np.hypot(side[:, None], side[None, :])
    inside = np.clip(radius + 0.5 - r, 0, 1)
    kernel = inside * (1 + _RIM * np.minimum(r / max(radius, 1e-3), 1) ** 4)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _layers(disparity: Floats) -> Iterator[tuple[Floats, float, tuple[slice, slice]]]:
    """Overlapping slices of depth, far to near: membership 0 to 1, disparity, bounding box."""
    low, high = float(disparity.min()), float(disparity.max())
    count = _LAYERS if high - low > 0.02 else 1
    middles = np.linspace(low, high, count)
    step = (high - low) / max(count - 1, 1)
    for middle in middles:
        if count == 1:
            member = np.ones_like(disparity)
        else:
            member = np.clip(1 - np.abs(disparity - np.float32(middle)) / np.float32(step), 0, 1)
        box = _extent(member > 0)
        if box is not None:
            yield np.asarray(member, np.float32), float(middle), box


def _extent(mask: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[slice, slice] | None:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _grown(part: tuple[slice, slice], by: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    (top, bottom), (left, right) = ((s.start, s.stop) for s in part)
    return (
        slice(max(top - by, 0), min(bottom + by, shape[0])),
        slice(max(left - by, 0), min(right + by, shape[1])),
    )
