"""One face beside the photo: who is it, how well is it seen, and is it the photo over again?

Every measure is a function of its own, so that a stage pays for no more than it asks: only
``Look.distance`` and ``Look.margin`` need an embedding, all others take a few milliseconds.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
import PIL.Image

from vivant.types import Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vivant.engines.base import Eye
    from vivant.types import Box, Face, Floats, Image, Pose, Reference

DENSE = 68
"""Landmarks from which on a set has lids, brows and lips: that of iBUG, the smallest such."""

DEPTH = 0.16
"""Spread of a face's depth beyond a plane, in face heights. Heads of four people, turned and nodded
by known angles, gave 0.09 to 0.17, in profile 0.2; more hides a smile seen from another side."""

_BLUR_HEIGHT = 128
_BLUR_WINDOW = 9

# The view in which two faces are laid over each other: its height; how wide the mean is that is
# taken off; how far landmarks stray; all in pixels. Of means of 6 to 30, those from 18 on tell a
# paste from a face in another light best.
_SIDE = 96
_FINE = 24.0
_STRAY = 1
_LEAST_DETAIL = 0.5
"""Root mean square, in grey levels of 255: what rounding to whole levels leaves of none at all."""


def measure(
    image: Image, face: Face, reference: Reference, others: Sequence[Reference], eye: Eye
) -> Look:
    """``face`` of ``image`` beside ``reference``; ``others`` are the other people of the film.

    ``face`` and all references are of ``eye``; where ``face`` has no embedding, it gets one.
    """
    known = face if face.embedding is not None else eye.embed(image, face)
    distance = eye.distance(reference.face, known)
    nearest = min((eye.distance(other.face, known) for other in others), default=None)
    return Look(
        distance=distance,
        margin=None if nearest is None else nearest - distance,
        visible=visible(image, face),
        height=face.box.height / image.shape[0],
        blur=blur(image, face.box),
        pose=pose_between(face, reference.face),
        expression=expression_between(face, reference.face),
        copied=likeness_of_pixels(image, face, reference.image, reference.face),
    )


# -- how well it is seen -----------------------------------------------------------------------


def visible(image: Image, face: Face) -> float:
    """Share of the face inside the picture, 0 to 1: of its box or of its landmarks, the smaller.

    In profile the landmarks crowd where the features are, and a narrow cut can take the nose.
    """
    height, width = image.shape[:2]
    inside = ((face.landmarks >= 0) & (face.landmarks <= [width, height])).all(axis=1)
    return min(inside_share(image, face.box), float(inside.mean()))


def inside_share(image: Image, box: Box) -> float:
    """Share of ``box`` that lies inside ``image``, 0 to 1."""
    height, width = image.shape[:2]
    wide = min(box.x1, width) - max(box.x0, 0)
    high = min(box.y1, height) - max(box.y0, 0)
    return float(max(wide, 0.0) * max(high, 0.0) / box.area)


def blur(image: Image, box: Box) -> float:
    """The blur effect of the face, 0 (sharp) to 1, at a common height.

    How much of the variation between neighbouring pixels survives one more blur, in the blurrier
    direction: Crété et al., "The Blur Effect", Proc. SPIE 6492 (2007). At a common height it asks
    for the detail that recognition sees, however many pixels the picture has. 1 where nothing of
    the face is in it.
    """
    height, width = image.shape[:2]
    x0, y0 = max(0, int(box.x0)), max(0, int(box.y0))
    x1, y1 = min(width, round(box.x1)), min(height, round(box.y1))
    if x1 <= x0 or y1 <= y0:
        return 1.0
    scale = _BLUR_HEIGHT / box.height
    least = 2 * _BLUR_WINDOW
    size = max(least, round((x1 - x0) * scale)), max(least, round((y1 - y0) * scale))
    crop = PIL.Image.fromarray(image[y0:y1, x0:x1]).convert("L").convert("F")
    grey = np.asarray(crop.resize(size, PIL.Image.Resampling.LANCZOS), np.float64)
    return max(_blur_along(grey), _blur_along(grey.T))


def _blur_along(grey: NDArray[np.float64]) -> float:
    """The blur effect down the columns."""
    total = np.cumsum(np.pad(grey, ((1, 0), (0, 0))), axis=0)
    blurred = (total[_BLUR_WINDOW:] - total[:-_BLUR_WINDOW]) / _BLUR_WINDOW
    edge = _BLUR_WINDOW // 2
    before = np.abs(np.diff(grey[edge:-edge], axis=0))
    after = np.abs(np.diff(blurred, axis=0))
    if before.sum() == 0:
        return 1.0
    return float(np.minimum(before, after).sum() / before.sum())


# -- is it the photo over again? ---------------------------------------------------------------


def pose_between(one: Face, other: Face) -> float | None:
    """The angle in degrees, 0 to 180, between the directions from which two heads are seen.

    Turning the picture itself changes nothing: a tilted copy is a copy. None where a pose is
    unknown.
    """
    if one.pose is None or other.pose is None:
        return None
    cosine = float(_seen_from(one.pose) @ _seen_from(other.pose))
    return math.degrees(math.acos(min(1.0, max(-1.0, cosine))))


def _seen_from(pose: Pose) -> NDArray[np.float64]:
    """Where the camera is, as a unit vector of the head's own axes: across, down, out of the back.

    The third coordinates of those axes in the camera's, see ``types.Pose``; the camera looks along
    the third.
    """
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll])
    across = np.sin(yaw) * np.cos(roll) + np.cos(yaw) * np.sin(pitch) * np.sin(roll)
    down = np.cos(yaw) * np.sin(pitch) * np.cos(roll) - np.sin(yaw) * np.sin(roll)
    return -np.array([across, down, np.cos(yaw) * np.cos(pitch)])


def expression_between(one: Face, other: Face) -> float | None:
    """How far the landmarks of two faces differ beyond a turn of the head, in face heights.

    Two distant views of one rigid body, side by side, have rank three whatever its shape (Tomasi
    and Kanade, IJCV 1992): two singular values for the plane, a third for its depth as the turn
    shows it. The fourth is change, and so is what is larger in the third than ``DEPTH`` and the
    angle between the poses explain; all of it where a pose is unknown. Root mean square over the
    landmarks. None with fewer than ``DENSE`` landmarks, or where they are not the same ones.
    """
    count = len(one.landmarks)
    if count != len(other.landmarks) or count < DENSE:
        return None
    views = np.hstack([_in_face_heights(one), _in_face_heights(other)])
    # Each view holds half of a difference between them: hence the 2.
    third, fourth = np.linalg.svd(views, compute_uv=False)[2:] ** 2 * 2 / count
    angle = math.radians(pose_between(one, other) or 0.0)
    explained = (2 * DEPTH * math.sin(angle / 2)) ** 2
    return math.sqrt(max(0.0, float(third) - explained) + float(fourth))


def _in_face_heights(face: Face) -> NDArray[np.float64]:
    points = face.landmarks.astype(np.float64)
    return np.asarray((points - points.mean(axis=0)) / face.box.height)


def likeness_of_pixels(image: Image, face: Face, other_image: Image, other: Face) -> float:
    """Correlation of two faces' grey levels, -1 to 1, laid over each other as well as can be.

    Within the outline of ``other``'s face, less the local mean, so that neither brightness nor
    soft light counts. ``face`` is laid on by its landmarks, then by the linear map that brings the
    levels together (Evangelidis and Psarakis, "Parametric Image Alignment Using Enhanced
    Correlation Coefficient Maximization", PAMI 2008): a photo pasted into another picture is found
    to be itself where landmarks stray by some pixels, as in profile. 0 where one has no detail.
    """
    size = max(2, round(_SIDE * other.box.width / other.box.height)), _SIDE
    corner = np.array([other.box.x0, other.box.y0])
    place = (other.landmarks - corner) * (_SIDE / other.box.height)
    within = _inside(place, size)
    own = _detail(image, face, place, within)
    theirs = _detail(other_image, other, place, within)
    levels = theirs[within > 0]
    return max(
        _correlation(laid[within > 0], levels) for laid in (own, _settled(own, theirs, within))
    )


def _inside(place: NDArray[np.float64], size: tuple[int, int]) -> Image:
    """1 within the face, else 0: the outline of its landmarks at ``place``, less what they stray.

    A few landmarks leave out brow and chin: with them it is the ellipse in the face's box.
    """
    within = np.zeros(size[::-1], np.uint8)
    if len(place) < DENSE:
        width, height = size
        cv2.ellipse(within, ((width / 2, height / 2), (width, height), 0), 1, -1)
    else:
        cv2.fillConvexPoly(within, cv2.convexHull(place.round().astype(np.int32)), 1)
    stray = np.ones((2 * _STRAY + 1, 2 * _STRAY + 1), np.uint8)
    worn = cv2.erode(within, stray, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(worn, np.uint8)


def _settled(moving: Floats, still: Floats, within: Image) -> Floats:
    """``moving`` mapped linearly on ``still``; as it was where nothing brings them together."""
    stop = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 30, 1e-4)
    start = np.eye(2, 3, dtype=np.float32)
    try:
        _, found = cv2.findTransformECC(still, moving, start, cv2.MOTION_AFFINE, stop, within, 5)
    except cv2.error:
        # OpenCV's word for iterations that move apart: two faces without common detail.
        return moving
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    mapped = cv2.warpAffine(
        moving, found, still.shape[::-1], flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(mapped, np.float32)


def _correlation(one: Floats, other: Floats) -> float:
    sizes = [float(np.linalg.norm(levels)) for levels in (one, other)]
    if min(sizes) <= _LEAST_DETAIL * math.sqrt(one.size):
        return 0.0
    return max(-1.0, min(1.0, float(one @ other) / (sizes[0] * sizes[1])))


def _detail(image: Image, face: Face, place: NDArray[np.float64], within: Image) -> Floats:
    """The face's grey levels, its landmarks brought to ``place``, less their local mean.

    The mean is that of the levels ``within``: the face's background has no say.
    """
    crop, corner = _around(image, face.box)
    matrix = _similarity(face.landmarks - corner, place)
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    scale = math.hypot(matrix[0, 0], matrix[1, 0])
    if scale < 1:
        # What the view is too small to hold must not alias into it: half a pixel of it.
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.5 / scale), np.float32)
    view = cv2.warpAffine(grey, matrix, within.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    inside = within.astype(np.float32)
    total, weight = (cv2.GaussianBlur(x, (0, 0), _FINE) for x in (view * inside, inside))
    return np.asarray(view - total / np.maximum(weight, 1e-6), np.float32)


def _around(image: Image, box: Box) -> tuple[Image, NDArray[np.float64]]:
    """The pixels of ``box`` with a margin, as far as the picture goes; and their corner, (x, y)."""
    height, width = image.shape[:2]
    margin = 0.2 * max(box.width, box.height)
    x0, y0 = (
        max(0, min(int(low - margin), most - 1))
        for low, most in ((box.x0, width), (box.y0, height))
    )
    x1, y1 = (max(low + 1, math.ceil(high + margin)) for low, high in ((x0, box.x1), (y0, box.y1)))
    return image[y0:y1, x0:x1], np.array([x0, y0], np.float64)


def _similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """The turn, scale and shift, (2, 3), that bring ``source`` nearest to ``target``.

    Least squares, with the plane's points as complex numbers.
    """
    one, two = source @ [1, 1j], target @ [1, 1j]
    spread = one - one.mean()
    turn = np.vdot(spread, two - two.mean()) / np.vdot(spread, spread).real
    shift = two.mean() - turn * one.mean()
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])
