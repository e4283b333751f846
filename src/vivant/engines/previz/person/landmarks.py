"""Names for the points of the face mesh (MediaPipe's 468 points, then 5 of each iris).

"Left" and "right" are the image's for a face that looks at the camera. The numbering is that of
MediaPipe's canonical face model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vivant.types import Floats

FOREHEAD = 10
CHIN = 152
NOSE_TIP = 1
LEFT_EDGE = 234
RIGHT_EDGE = 454
LEFT_CORNER = 33
RIGHT_CORNER = 263
LEFT_MOUTH = 61
RIGHT_MOUTH = 291
UPPER_LIP = 13
LOWER_LIP = 14
LEFT_CHEEK = 50
RIGHT_CHEEK = 280
LEFT_BROW_END = 107
RIGHT_BROW_END = 336
LEFT_JAW = 172
RIGHT_JAW = 397

SURFACE = slice(0, 468)
"""The points of the skin, without the irises."""

UPPER_LIDS = (
    (33, 246, 161, 160, 159, 158, 157, 173, 133),
    (362, 398, 384, 385, 386, 387, 388, 466, 263),
)
LOWER_LIDS = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133),
    (362, 382, 381, 380, 374, 373, 390, 249, 263),
)
IRISES = (468, 473)
BROWS = ((70, 63, 105, 66, 107), (336, 296, 334, 293, 300))
INNER_LOWER_LIP = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
INNER_UPPER_LIP = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
CHEEKS_AND_NOSE = (117, 118, 50, 205, 36, 4, 266, 425, 280, 347, 151)
"""A hull of skin that neither beard nor hair nor glasses cover as a rule."""


def face_height(mesh: Floats) -> float:
    """Pixels from the top of the forehead to the chin, in the picture."""
    return float(np.linalg.norm(mesh[FOREHEAD, :2] - mesh[CHIN, :2]))


def turn(mesh: Floats) -> float:
    """Where the face points, -1 (image's left) to 1 (right), 0 frontal: the sine of the yaw."""
    across = mesh[RIGHT_EDGE] - mesh[LEFT_EDGE]
    return float(np.clip(across[2] / max(1e-6, float(np.hypot(across[0], across[2]))), -1, 1))
