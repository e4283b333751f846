"""The jaw, painted into the person's picture before it is warped: speech and open mouths.

The picture is parted along the inner edge of the lower lip. What lies above (upper lip, upper
teeth) belongs to the skull and stays; lower lip, chin and jaw slide as one piece. Where they open
a gap, the inside of a mouth is painted; where they close, the lower lip covers what it should.
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
    from vivant.types import Floats

_DROP = 0.085
"""How far the lower lip falls with the jaw fully open, in face heights."""
_INSIDE = np.array([0.055, 0.014, 0.013], np.float32)
_TONGUE = np.array([0.20, 0.055, 0.055], np.float32)
_TEETH = np.array([0.50, 0.46, 0.40], np.float32)


@dataclass(frozen=True, eq=False)
class Mouth:
    """The patch of mouth and jaw; a runs along the mouth, b down, both in face heights.

    ``lip`` and ``upper`` are b of the lips' inner edges at each place, ``inner`` the share, 0 to 1,
    by which the lower lip's edge follows the jaw there, ``gap`` how far the photo's mouth is open.
    """

    rows: slice
    columns: slice
    origin: Floats
    right: Floats
    down: Floats
    face: float
    along: Floats
    below: Floats
    lip: Floats
    upper: Floats
    inner: Floats
    half: float
    gap: float
    chin: float
    skin: float


def find(mesh: Floats, shape: tuple[int, ...], skin: float) -> Mouth:
    """The mouth of ``mesh`` on a canvas of ``shape``; ``skin`` is the seen skin's luminance."""
    face = landmarks.face_height(mesh)
    down = (mesh[landmarks.CHIN, :2] - mesh[landmarks.NOSE_TIP, :2]).astype(np.float32)
    eyes = mesh[landmarks.RIGHT_CORNER, :2] - mesh[landmarks.LEFT_CORNER, :2]
    across = np.array([-eyes[1], eyes[0]], np.float32)
    across = across / max(1e-6, float(np.linalg.norm(across)))
    down = down / float(np.linalg.norm(down)) + 1.5 * across
    down = down / float(np.linalg.norm(down))
    right = np.array([down[1], -down[0]], np.float32)
    lower = mesh[list(landmarks.INNER_LOWER_LIP), :2]
    upper = mesh[list(landmarks.INNER_UPPER_LIP), :2]
    origin = (lower[0] + lower[-1]) / 2
    a, b = _line((lower - origin) / face, right, down)
    high = _line((upper - origin) / face, right, down)
    half = max(0.03, float(a[-1] - a[0]) / 2)
    chin = float((mesh[landmarks.CHIN, :2] - origin) @ down / face)
    x0, y0 = np.floor(origin - (0.6 * face, 0.25 * face)).astype(int)
    x1, y1 = np.ceil(origin + np.array([0.6, chin + 0.45]) * face).astype(int)
    x0, y0 = max(0, x0), max(0, y0)
    x1, y1 = min(shape[1], x1), min(shape[0], y1)
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    along = ((x - origin[0]) * right[0] + (y - origin[1]) * right[1]) / face
    below = ((x - origin[0]) * down[0] + (y - origin[1]) * down[1]) / face
    middle = (a[0] + a[-1]) / 2
    inner = np.sqrt(np.clip(1 - ((along - middle) / half) ** 2, 0, 1)) ** 0.8
    gap = float(((lower - upper) @ down).max()) / face
    return Mouth(
        slice(y0, y1), slice(x0, x1), origin, right, down, face, along, below,
        floats(np.interp(along, a, b)), floats(np.interp(along, *high)), floats(inner), half,
        max(0.0, gap), chin, skin,
    )  # fmt: skip


def _line(points: Floats, right: Floats, down: Floats) -> tuple[Floats, Floats]:
    """A lip's edge as b over a rising a."""
    order = np.argsort(points @ right, kind="stable")
    return (points @ right)[order], (points @ down)[order]


def pose(texture: Floats, mouth: Mouth, jaw: float) -> None:
    """Paint the jaw, -1 closed to 1 open, into ``texture`` ``(h, w, 4)`` premultiplied, in place.

    A full closing brings the lips together; it has nothing to do where they already meet.
    """
    drop = _DROP * jaw * min(1.0, mouth.half / 0.10) if jaw > 0 else mouth.gap * 0.9 * jaw
    if abs(drop) * mouth.face < 0.15:
        return
    edge = np.maximum(mouth.lip + drop * mouth.inner, np.minimum(mouth.upper, mouth.lip))
    source = mouth.below
    for _ in range(3):
        source = mouth.below - drop * _follow(mouth, source)
    lower = mouth.below >= edge
    b = np.where(lower, np.maximum(source, mouth.lip), np.minimum(mouth.below, mouth.lip))
    x = mouth.origin[0] + mouth.face * (mouth.along * mouth.right[0] + b * mouth.down[0])
    y = mouth.origin[1] + mouth.face * (mouth.along * mouth.right[1] + b * mouth.down[1])
    patch = floats(
        cv2.remap(texture, floats(x), floats(y), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )
    if drop > 0:
        _fill(patch, mouth, edge, drop)
    texture[mouth.rows, mouth.columns] = patch


def _follow(mouth: Mouth, b: Floats) -> Floats:
    """The share of the jaw's fall, 0 to 1, with which the skin at ``b`` moves."""
    under = np.maximum(b - mouth.lip, 0)
    jaw = floats(np.exp(-((mouth.along / 0.34) ** 4)))
    throat = 1 - smooth(mouth.chin, mouth.chin + 0.38, b)
    return floats(jaw * throat * (mouth.inner + (1 - mouth.inner) * smooth(0, 0.2, under)))


def _fill(patch: Floats, mouth: Mouth, edge: Floats, drop: float) -> None:
    """The inside of the mouth between the parted lips: dark, a tongue below, teeth above."""
    soft = mouth.face * 0.8
    gap = np.clip((mouth.below - mouth.lip) * soft + 0.5, 0, 1)
    gap = gap * np.clip((edge - mouth.below) * soft + 0.5, 0, 1) * (mouth.inner > 0.02)
    depth = floats(np.clip((mouth.below - mouth.lip) / max(drop, 1e-3), 0, 1))[..., None]
    tongue = smooth(0.45, 1.1, depth) * min(1, drop / 0.05)
    inside = _INSIDE + (_TONGUE - _INSIDE) * tongue
    centre = floats(np.clip(1.15 - np.abs(mouth.along) / mouth.half, 0, 1))[..., None]
    if mouth.gap < 0.02:
        teeth = (1 - smooth(0.25, 0.42, depth)) * smooth(0.15, 0.45, centre)
        inside = inside + (_TEETH - inside) * teeth * 0.8 * np.clip((drop - 0.012) / 0.03, 0, 1)
    inside = inside * (0.45 + 0.55 * centre) * np.float32(mouth.skin / 0.30)
    patch[..., :3] += gap[..., None] * (inside * patch[..., 3:] - patch[..., :3])
