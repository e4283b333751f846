"""The person's own skin and hair, told apart by colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.person import landmarks
from vivant.engines.previz.person.light import luminance
from vivant.engines.previz.person.matte import encoded
from vivant.engines.previz.person.rig import smooth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Floats

    Mask = NDArray[np.bool_]

_BLACK = (0.03, 0.08)
"""Of the skin's luminance: what is darker than the first is no skin in shadow, whatever its hue,
which dark and grey photos do not tell; above the second the hue alone decides."""


@dataclass(frozen=True, eq=False)
class Tones:
    """``skin`` is the median linear colour; the maps ``(h, w)`` are 0 to 1, soft.

    ``skinlike`` says how well a pixel's colour fits the face's skin; ``hairlike`` is 1 on what is
    neither skin nor face, of the colours seen on top of the head.
    """

    skin: Floats
    skinlike: Floats
    hairlike: Floats


def read(colour: Floats, alpha: Floats, mesh: Floats) -> Tones:
    """Tones of a cut-out person: linear ``colour`` ``(h, w, 3)``, ``alpha``, face mesh."""
    lab: Floats = np.asarray(cv2.cvtColor(encoded(colour), cv2.COLOR_RGB2LAB), np.float32)
    cheeks = _hull(mesh[list(landmarks.CHEEKS_AND_NOSE)], alpha.shape) & (alpha > 0.9)
    face = _hull(mesh[landmarks.SURFACE], alpha.shape)
    if not cheeks.any():
        cheeks = face
    samples = lab[cheeks]
    spread = samples.std(axis=0) + np.array([9, 3, 3], np.float32)
    away = (lab - np.median(samples, axis=0)) / spread
    skinlike = np.exp(-0.5 * (0.12 * away[..., 0] ** 2 + (0.5 * away[..., 1:] ** 2).sum(axis=-1)))
    bright = luminance(colour) / max(1e-4, float(np.median(luminance(colour[cheeks]))))
    skinlike *= smooth(*_BLACK, bright)
    other = ((away**2).sum(axis=-1) > 4.0) & (alpha > 0.7) & ~face
    hairlike = other & _crown_coloured(lab, alpha, mesh, other)
    return Tones(
        np.median(colour[cheeks], axis=0).astype(np.float32),
        skinlike.astype(np.float32),
        np.asarray(cv2.GaussianBlur(hairlike.astype(np.float32), (0, 0), 1.5), np.float32),
    )


def _crown_coloured(lab: Floats, alpha: Floats, mesh: Floats, other: Mask) -> Mask:
    """Where the colour is one of those above the forehead; everywhere for a bald head."""
    height = landmarks.face_height(mesh)
    brow = mesh[landmarks.FOREHEAD, 1]
    top = np.zeros(alpha.shape, bool)
    top[max(0, int(brow - 0.4 * height)) : max(0, int(brow + 0.1 * height))] = True
    sample = lab[top & other & (alpha > 0.95)]
    if len(sample) < 30:
        return np.ones(alpha.shape, bool)
    spread = np.clip(1.3 * sample.std(axis=0), (8, 4, 4), (18, 9, 9))
    return np.asarray((((lab - np.median(sample, axis=0)) / spread) ** 2).sum(axis=-1) < 6.0)


def _hull(points: Floats, shape: tuple[int, ...]) -> Mask:
    area = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(area, cv2.convexHull(points[:, :2].astype(np.int32)), 1)
    return np.asarray(area > 0)
