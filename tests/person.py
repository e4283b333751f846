"""A person drawn from numbers, for tests of the figure that need no photo and no network.

The head is an ellipsoid of skin with two eyes and a mouth painted on; every named mesh point lies
where it belongs in proportion to the face's height, the others on the ellipsoid.
"""

from __future__ import annotations

import cv2
import numpy as np

from vivant.engines.previz.bust import Bust, Dressed, Layer
from vivant.engines.previz.person import figure, framing
from vivant.engines.previz.person import landmarks as at
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.light import Light
from vivant.engines.previz.person.portrait import Portrait
from vivant.types import Floats, Size

FACE = 120.0
SKIN = np.array([0.42, 0.27, 0.20], np.float32)
SHIRT = np.array([0.10, 0.12, 0.40], np.float32)
_EYE = (0.20, -0.14)
_MOUTH = (0.13, 0.26)


def mesh(x: float, y: float, face: float = FACE) -> Floats:
    """A frontal mesh ``(478, 3)``, mirror-symmetric about ``x``; ``y`` is the face's middle."""
    points = np.zeros((478, 3), np.float32)
    golden = np.arange(468) * 2.399963
    radius = np.sqrt((np.arange(468) + 0.5) / 468)
    points[:468, 0] = 0.36 * radius * np.cos(golden)
    points[:468, 1] = 0.5 * radius * np.sin(golden)
    points[:468, 2] = 0.35 * (1 - np.sqrt(1 - 0.98 * radius**2)) - 0.15

    def put(index: int, px: float, py: float, pz: float) -> None:
        points[index] = px, py, pz

    def mirrored(left: int, right: int, px: float, py: float, pz: float) -> None:
        put(left, -px, py, pz)
        put(right, px, py, pz)

    put(at.FOREHEAD, 0, -0.5, 0.05)
    put(at.CHIN, 0, 0.5, 0.0)
    put(at.NOSE_TIP, 0, 0.08, -0.30)
    mirrored(at.LEFT_EDGE, at.RIGHT_EDGE, 0.36, 0.0, 0.25)
    mirrored(at.LEFT_CHEEK, at.RIGHT_CHEEK, 0.2, 0.1, -0.1)
    mirrored(at.LEFT_BROW_END, at.RIGHT_BROW_END, 0.08, -0.25, -0.18)
    mirrored(at.LEFT_JAW, at.RIGHT_JAW, 0.27, 0.32, 0.15)
    for side, sign in ((0, -1.0), (1, 1.0)):
        for row, direction in ((at.UPPER_LIDS[side], -1.0), (at.LOWER_LIDS[side], 1.0)):
            for k, index in enumerate(row):
                along = (k / 8 - 0.5) * 0.2
                put(index, sign * _EYE[0] + along,
                    _EYE[1] + direction * 0.04 * np.sqrt(max(0.0, 1 - (along / 0.1) ** 2)),
                    -0.12)  # fmt: skip
        for k, index in enumerate(at.BROWS[side]):
            put(index, sign * _EYE[0] + (k / 4 - 0.5) * 0.24, -0.27, -0.14)
        put(at.IRISES[side], sign * _EYE[0], _EYE[1], -0.12)
    for lip in (at.INNER_LOWER_LIP, at.INNER_UPPER_LIP):
        for k, index in enumerate(lip):
            put(index, (k / 10 - 0.5) * 2 * _MOUTH[0], _MOUTH[1], -0.2)
    mirrored(at.LEFT_MOUTH, at.RIGHT_MOUTH, _MOUTH[0] + 0.02, _MOUTH[1], -0.16)
    points *= face
    points[:, :2] += (x, y)
    return points


def portrait(bottom: float = 0.75) -> Portrait:
    """The drawn person, whole at the top, cut by the photo ``bottom`` face heights below chin."""
    width, height = 420, int(180 + (0.5 + bottom) * FACE)
    centre = (210.0, 180.0)
    colour = np.ones((height, width, 3), np.float32) * SKIN
    alpha = np.zeros((height, width), np.float32)
    head = (round(0.42 * FACE), round(0.62 * FACE))
    cv2.ellipse(alpha, (210, 176), head, 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    cv2.rectangle(alpha, (210 - 32, 200), (210 + 32, height), 1.0, -1)
    shoulders = round(180 + 0.95 * FACE)
    if height > shoulders:
        cv2.rectangle(alpha, (110, shoulders), (310, height), 1.0, -1)
        colour[shoulders:] = SHIRT
    points = mesh(*centre)
    paint_face(colour, points)
    frame = (0.0, 0.0, float(width), float(height))
    return Portrait(colour, floats(cv2.GaussianBlur(alpha, (0, 0), 1)), points, frozenset(), frame)


def paint_face(colour: Floats, points: Floats) -> None:
    """Whites, irises and lips, in place, where the mesh has them."""
    for side in (0, 1):
        lids = np.concatenate(
            [points[list(at.UPPER_LIDS[side]), :2], points[list(at.LOWER_LIDS[side]), :2][::-1]]
        )
        cv2.fillPoly(colour, [lids.round().astype(np.int32)], (0.8, 0.8, 0.8))
        iris = points[at.IRISES[side], :2].round().astype(int)
        cv2.circle(colour, (int(iris[0]), int(iris[1])), 4, (0.02, 0.02, 0.02), -1, cv2.LINE_AA)
    mouth = points[at.LOWER_LIP, :2].round().astype(int)
    size = (round(_MOUTH[0] * FACE), round(0.04 * FACE))
    cv2.ellipse(colour, (int(mouth[0]), int(mouth[1])), size, 0, 0, 360, (0.4, 0.1, 0.1), -1)


def dress(bust: Bust) -> Dressed:
    """A bare neck and a plain shirt, facing the camera, unshaded."""
    y, x = np.mgrid[0 : bust.height, 0 : bust.width].astype(np.float32)
    neck = (np.abs(x - bust.neck_x) < bust.neck_half) & (y > bust.neck_y - bust.head_height)
    shirt = (np.abs(x - bust.neck_x) < bust.head_height) & (y > bust.neck_y)
    front = np.zeros((bust.height, bust.width, 3), np.float32)
    front[..., 2] = 1

    def layer(colour: Floats, alpha: Floats) -> Layer:
        albedo = np.broadcast_to(colour, front.shape).astype(np.float32)
        return Layer(albedo, alpha.astype(np.float32), front, np.ones(alpha.shape, np.float32))

    return Dressed(layer(bust.skin, neck), layer(SHIRT, shirt))


def build(
    who: Portrait, size: Size, light: Light, seed: int,
    frame: framing.Framing = "auto", keep: bool = True,
) -> figure.Figure:  # fmt: skip
    """The figure of a person alone in the frame, in the plain shirt unless their body is kept."""
    return figure.build(who, size, dress, light, seed, framing.alone(who, size, frame, seed, keep))


def probe(key: Floats, direction: tuple[float, float, float], ambient: float = 0.3) -> Floats:
    """A 48-pixel ball of 50 % grey under one distant light and an even sky (Lambert's law)."""
    place = (np.arange(48) + 0.5) / 24 - 1
    x, y = np.meshgrid(place, -place)
    inside = np.clip(1 - x**2 - y**2, 0, None)
    toward = np.array(direction) / np.linalg.norm(direction)
    lambert = np.clip(x * toward[0] + y * toward[1] + np.sqrt(inside) * toward[2], 0, None)
    ball = 0.5 * (ambient + lambert[..., None] * key)
    return np.where((inside > 0)[..., None], ball, 0).astype(np.float32)
