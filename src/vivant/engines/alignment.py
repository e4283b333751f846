"""Five points of a face: to the crop that recognition networks were trained on, and to a pose.

The points are the two eyes, the tip of the nose and the corners of the mouth, each pair with the
one on the image's left first: the order of SCRFD, YuNet and ArcFace alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.errors import EngineError
from vivant.types import Pose

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Face, Floats, Image

POINTS = 5
SIDE = 112

TEMPLATE: NDArray[np.float64] = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655],
     [70.7299, 92.2041]]
)  # fmt: skip
"""Where the five points lie in an upright crop of 112 x 112 pixels: the one that ArcFace (Deng et
al., CVPR 2019) published with its code and that SphereFace, CosFace and SFace share."""

# The same points of MediaPipe's canonical face (Apache-2.0) in centimetres: x to the image's right,
# y down, z away from the camera, as a camera sees a face that looks into it. An eye is the middle
# between its corners (vertices 33 and 133), the nose is vertex 1, the mouth's corner 61.
_EYE = (3.151146, -2.624618, -3.465663)
_NOSE = (0.0, 1.126865, -7.475604)
_MOUTH = (2.456206, 4.342621, -4.283884)
_HEAD = np.array(
    [(-_EYE[0], *_EYE[1:]), _EYE, _NOSE, (-_MOUTH[0], *_MOUTH[1:]), _MOUTH], np.float64
)

# From so far, in centimetres, a head is thought to be seen: portraits are taken from 0.6 to 3 m,
# and five points are too few to tell.
_AWAY = 120.0


def similarity(source: NDArray[np.floating], target: NDArray[np.floating]) -> NDArray[np.float64]:
    """The turn, scale and shift, (2, 3), that bring points ``(n, 2)`` nearest to ``target``.

    Least squares without reflection, Umeyama (PAMI 1991); in the plane, with points as complex
    numbers, it is linear. Raises EngineError where all of ``source`` lie on one spot.
    """
    one, other = (points.astype(np.float64) @ [1, 1j] for points in (source, target))
    spread = one - one.mean()
    size = float(np.vdot(spread, spread).real)
    if size <= 1e-12 * max(1.0, float(np.abs(one).max()) ** 2):
        raise EngineError(
            f"{len(source)} landmarks lie on one spot; a crop needs two that are apart."
        )
    turn = np.vdot(spread, other - other.mean()) / size
    shift = other.mean() - turn * one.mean()
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def aligned(image: Image, landmarks: Floats, side: int = SIDE) -> Image:
    """The upright crop of a face, (side, side, 3), its first five ``landmarks`` on ``TEMPLATE``.

    What lies outside the picture is black, as it was when the networks were trained.
    """
    matrix = similarity(landmarks[:POINTS], TEMPLATE * (side / SIDE))
    return np.asarray(cv2.warpAffine(image, matrix, (side, side)), np.uint8)


def pose(landmarks: Floats) -> Pose | None:
    """Where a head with these five ``landmarks`` points, (n, 2) in pixels; None: no head does.

    The canonical face is turned until its points fall on them, seen from so far that the place in
    the picture does not matter. The nose alone stands out of the plane, so a person's own nose
    shifts the pitch by some degrees.
    """
    points = landmarks[:POINTS].astype(np.float64)
    points -= points.mean(0)
    size = math.sqrt(float((points**2).sum()))
    if size == 0:
        return None
    flat = _HEAD[:, :2] - _HEAD[:, :2].mean(0)
    points *= math.sqrt(float((flat**2).sum())) / size
    camera = np.diag([_AWAY, _AWAY, 1.0])
    found, turn, _ = cv2.solvePnP(_HEAD, points, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    if not found:
        return None
    matrix = np.asarray(cv2.Rodrigues(turn)[0], np.float64)
    return angles(matrix[:, 0], -matrix[:, 2])


def cosine_distance(one: Face, other: Face) -> float:
    """1 - cosine of two embedded faces, 0 to 2; EngineError for one without an embedding."""
    if one.embedding is None or other.embedding is None:
        raise EngineError("A face without embedding has no distance; embed it first.")
    first, second = one.embedding.astype(np.float64), other.embedding.astype(np.float64)
    cosine = first @ second / math.sqrt((first @ first) * (second @ second))
    return float(np.clip(1.0 - cosine, 0.0, 2.0))


def angles(across: NDArray[np.floating], forward: NDArray[np.floating]) -> Pose:
    """The pose of a head by two unit vectors at right angles, x right, y down, z away.

    ``across`` runs from the ear on the image's left to the other one, ``forward`` out of the face.
    """
    yaw = math.atan2(forward[0], -forward[2])
    pitch = math.atan2(forward[1], math.hypot(forward[0], forward[2]))
    # The head without roll has its across-axis level: measure the turn from there, about forward.
    level = np.array([math.cos(yaw), 0.0, math.sin(yaw)])
    roll = math.atan2(float(across @ np.cross(level, forward)), float(across @ level))
    return Pose(math.degrees(yaw), math.degrees(pitch), math.degrees(roll))
