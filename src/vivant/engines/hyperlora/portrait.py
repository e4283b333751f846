"""The two views of a photo that HyperLoRA is shown: a face for CLIP, its surroundings for ArcFace.

Both are squares round the box of the face's landmarks. CLIP's has half the side
l = 0.75 x the box's longer side, its centre raised by l/8, and nothing but the face: outside a
blurred outline it is grey. ArcFace's has half the side 2l and is left as it was taken: its network
knows faces among backgrounds.

What the facts leave open, and what was chosen: the landmarks are those from the brows down, as in
the usual sets of 68 or 106 points (a mesh's box would reach to the hairline, and the crop with it);
the outline is the mesh's oval, forehead included. Only real weights can tell whether it matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vivant.engines.facemesh import Mesh
    from vivant.types import Floats, Image

GREY = 0x7F
# MediaPipe's points: the face's oval from the top of the forehead round by the image's right...
_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
# ... of which these, from ear to ear, are the jaw; and the upper rims of the brows.
_JAW = _OVAL[8:29]
_BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)

_CLIP, _RAISED, _ARCFACE = 0.75, 1 / 8, 2.0
_SOFT = 1 / 16
"""Standard deviation of the outline's blur, in l."""


@dataclass(frozen=True, eq=False)
class Views:
    """Squares ``(side, side, 3)`` of the photo; beyond its edges they are grey."""

    clip: Image
    arcface: Image


def views(image: Image, mesh: Mesh) -> Views:
    """What the network sees of the face of ``mesh`` in ``image``."""
    points = mesh.points[:, :2]
    known = points[[*_JAW, *_BROWS]]
    low, high = known.min(0), known.max(0)
    half = _CLIP * float((high - low).max())
    x, y = ((low + high) / 2).tolist()
    y -= _RAISED * half
    return Views(
        clip=square(_alone(image, points[list(_OVAL)], _SOFT * half), x, y, half),
        arcface=square(image, x, y, _ARCFACE * half),
    )


def square(image: Image, x: float, y: float, half: float) -> Image:
    """The square of side ``2 * half`` round (x, y), in whole pixels, grey beyond the image."""
    side = max(1, round(2 * half))
    left, top = round(x - half), round(y - half)
    made = np.full((side, side, 3), GREY, np.uint8)
    height, width = image.shape[:2]
    rows = slice(max(0, top), max(0, min(height, top + side)))
    columns = slice(max(0, left), max(0, min(width, left + side)))
    part = image[rows, columns]
    if part.size:
        at = rows.start - top, columns.start - left
        made[at[0] : at[0] + part.shape[0], at[1] : at[1] + part.shape[1]] = part
    return made


def _alone(image: Image, outline: Floats, blur: float) -> Image:
    """``image``, grey outside the polygon ``outline`` with a soft rim."""
    inside = np.zeros(image.shape[:2], np.float32)
    cv2.fillPoly(inside, [outline.round().astype(np.int32)], (1.0,))
    inside = np.asarray(cv2.GaussianBlur(inside, (0, 0), max(blur, 0.3)), np.float32)[..., None]
    return np.asarray((GREY + inside * (image - np.float32(GREY))).round(), np.uint8)
