"""Eyelids and gaze, painted into the person's picture before it is warped.

In each eye's own frame (a along the corners, b down, both in eye widths) the upper lid's skin is
stretched down over the eye and the lower lid is drawn up to meet it; the iris is shifted between
the lids, which stay. A rim of glasses above or below the eye is outside of what moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.person import landmarks
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.rig import smooth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.types import Floats

_SMALLEST = 0.085
"""An eye narrower than this part of the face's height is turned away and left alone."""
_UPPER_SHARE = 0.82
"""The part of a closing that the upper lid makes."""
_RIM = 0.04
"""A moving lid is copied from this far outside its edge, where no white shines through."""
_GAZE = (0.16, 0.09)
_SQUINT = 0.38


@dataclass(frozen=True, eq=False)
class Eye:
    """One eye's patch of the picture: rows and columns, and the lids in the eye's frame."""

    rows: slice
    columns: slice
    corner: Floats
    right: Floats
    down: Floats
    width: float
    along: Floats
    below: Floats
    upper: Floats
    lower: Floats
    skin: float
    iris: tuple[float, float]

    @property
    def opening(self) -> Floats:
        """How far the lids are apart, in eye widths, over the patch."""
        return floats(np.maximum(self.lower - self.upper, 0))


def find(mesh: Floats, shape: tuple[int, ...]) -> tuple[Eye, ...]:
    """The eyes of ``mesh`` that can be moved on a canvas of ``shape``; none in a strict profile."""
    found = (_eye(mesh, side, shape) for side in (0, 1))
    return tuple(eye for eye in found if eye is not None)


def _eye(mesh: Floats, side: int, shape: tuple[int, ...]) -> Eye | None:
    upper = mesh[list(landmarks.UPPER_LIDS[side]), :2]
    lower = mesh[list(landmarks.LOWER_LIDS[side]), :2]
    corner, axis = upper[0], upper[-1] - upper[0]
    width = float(np.linalg.norm(axis))
    if width < _SMALLEST * landmarks.face_height(mesh):
        return None
    right = axis / width
    down = np.array([-right[1], right[0]], np.float32)
    both = np.concatenate([upper, lower])
    x0, y0 = np.floor(both.min(axis=0) - np.array([0.3, 0.8]) * width).astype(int)
    x1, y1 = np.ceil(both.max(axis=0) + np.array([0.3, 0.5]) * width).astype(int)
    if x0 < 1 or y0 < 1 or x1 >= shape[1] - 1 or y1 >= shape[0] - 1:
        return None
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    along = ((x - corner[0]) * right[0] + (y - corner[1]) * right[1]) / width
    below = ((x - corner[0]) * down[0] + (y - corner[1]) * down[1]) / width

    def line(points: Floats) -> tuple[Floats, Floats]:
        return (points - corner) @ right / width, (points - corner) @ down / width

    high = np.interp(along, *line(upper), left=0, right=0).astype(np.float32)
    low = np.interp(along, *line(lower), left=0, right=0).astype(np.float32)
    brow = float(line(mesh[list(landmarks.BROWS[side]), :2])[1].mean())
    skin = float(np.clip(0.5 * (high.min() - brow), 0.06, 0.3))
    iris = (mesh[landmarks.IRISES[side], :2] - corner) / width
    place = (float(iris @ right), float(iris @ down))
    return Eye(
        slice(y0, y1), slice(x0, x1), corner, right, down, width, along, below, high,
        np.maximum(low, high), skin, place,
    )  # fmt: skip


def pose(texture: Floats, eyes: tuple[Eye, ...], channels: Mapping[str, float]) -> None:
    """Paint the eyes' channels into ``texture`` ``(h, w, 4)``, premultiplied, in place."""
    blink = channels.get("blink", 0.0)
    squint = _SQUINT * channels.get("squint", 0.0)
    closing = blink + (1 - blink) * squint
    gaze = (channels.get("gaze_x", 0.0), channels.get("gaze_y", 0.0))
    if closing < 0.01 and max(abs(gaze[0]), abs(gaze[1])) < 0.01:
        return
    for eye in eyes:
        _paint(texture, eye, closing, gaze)


def _paint(texture: Floats, eye: Eye, closing: float, gaze: tuple[float, float]) -> None:
    fade = smooth(-0.10, 0.08, eye.along) * (1 - smooth(0.92, 1.10, eye.along))
    amount = closing * fade
    lid = eye.upper + amount * eye.opening * _UPPER_SHARE
    floor = eye.lower - amount * eye.opening * (1 - _UPPER_SHARE)
    top = eye.upper - eye.skin
    upper_lid = (eye.below > top) & (eye.below <= lid)
    rim = _RIM * np.minimum(1, 4 * amount)
    stretch = (eye.skin - rim) / np.maximum(lid - top, 1e-3)
    source = np.where(upper_lid, top + (eye.below - top) * stretch, eye.below)
    under = eye.lower + 0.35
    lower_lid = (eye.below >= floor) & (eye.below < under) & ~upper_lid
    squeeze = (under - eye.lower - rim) / np.maximum(under - floor, 1e-3)
    source = np.where(lower_lid, under - (under - eye.below) * squeeze, source)
    along = eye.along.copy()
    if any(gaze):
        globe = _globe(eye) * ~(upper_lid | lower_lid)
        along -= gaze[0] * _GAZE[0] * globe
        source = source - gaze[1] * _GAZE[1] * globe
    x = eye.corner[0] + eye.width * (along * eye.right[0] + source * eye.down[0])
    y = eye.corner[1] + eye.width * (along * eye.right[1] + source * eye.down[1])
    patch = floats(
        cv2.remap(texture, floats(x), floats(y), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )
    patch[..., :3] *= _lashes(eye, lid, top, amount)[..., None]
    texture[eye.rows, eye.columns] = patch


def _globe(eye: Eye) -> Floats:
    """1 at the iris, falling towards the lids and corners, which do not follow the gaze."""
    tall = max(0.12, float(eye.opening.max()))
    away = np.hypot(eye.along - eye.iris[0], (eye.below - eye.iris[1]) * 1.0)
    near = 1 - smooth(0.55 * tall, 1.25 * tall + 0.1, away)
    inside = smooth(-0.02, 0.06, eye.below - eye.upper) * smooth(-0.02, 0.05, eye.lower - eye.below)
    return near * inside


def _lashes(eye: Eye, lid: Floats, top: Floats, amount: Floats) -> Floats:
    """The dark line where the closed lids meet, and the lid's own soft shade."""
    thick = 0.035 + 0.5 / eye.width
    line = np.exp(-(((eye.below - lid) / thick) ** 2))
    shown = np.clip(1.6 * amount, 0, 1) * (eye.opening > 0.02)
    curve = np.clip((eye.below - top) / np.maximum(lid - top, 1e-3), 0, 1)
    lid_shade = 0.10 * amount * curve * (eye.below <= lid) * (eye.below > top)
    return np.asarray((1 - 0.5 * line * shown) * (1 - lid_shade), np.float32)
