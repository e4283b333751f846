"""The person of the photo, cut out: levelled, alone, free of the background, with a face mesh."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines import facemesh
from vivant.engines.previz.person import crown, landmarks, matte, segment
from vivant.errors import PortraitError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Box, Floats, Image, Reference

_LEVEL_FROM = 12.0
_LEVEL_TO = 4.0
"""A head that leans further than the first, in degrees, is turned back to the second."""
_REACH = 0.055
"""How far hair may mix with the background, as a fraction of the face's height."""
_DARK = 0.06
_LIT = 0.16
_MOST_GAIN = 6.0
_FACE_PIXELS = (150.0, 420.0)
_MOST_PIXELS = 1.5e6
_MARGIN = 0.55
"""Room round the photo, in face heights, for what its edge cut off."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass(frozen=True, eq=False)
class Portrait:
    """A cut-out person in pixels of its own.

    ``colour`` ``(h, w, 3)`` is linear RGB, valid wherever ``alpha`` ``(h, w)`` is above 0 and not
    premultiplied; ``mesh`` is ``(478, 3)``, z growing away from the camera. ``cut`` names the sides
    at which the photo's edge cuts through the person; ``frame`` is x0, y0, x1, y1 of the photo.
    """

    colour: Floats
    alpha: Floats
    mesh: Floats
    cut: frozenset[crown.Side]
    frame: tuple[float, float, float, float]

    @property
    def face_height(self) -> float:
        """Pixels from forehead to chin."""
        return landmarks.face_height(self.mesh)

    @property
    def turn(self) -> float:
        """Sine of the photo's own yaw, > 0 where the face points to the image's right."""
        return landmarks.turn(self.mesh)


@dataclass(frozen=True, eq=False)
class _Crop:
    """Levelled pixels round one person; ``real`` is where the photo has pixels."""

    image: Image
    mesh: Floats
    others: list[Floats]
    real: NDArray[np.bool_]
    frame: tuple[float, float, float, float]


def read(reference: Reference) -> Portrait:
    """The person whose face ``reference`` chose.

    Raises PortraitError where no face mesh fits the chosen face.
    """
    fitter = facemesh.FaceMesh()
    chosen = fitter.fit(reference.image, reference.face.box)
    if chosen is None:
        raise PortraitError(
            "The face mesh does not fit the chosen face, so it can't be animated: it is covered, "
            "or turned too far from the camera.",
            mend="Use a photo with the face uncovered and turned more to the camera.",
        )
    others = [
        mesh.points
        for found in fitter.find(reference.image)
        if not _same(found.box, reference.face.box)
        and (mesh := fitter.fit(reference.image, found)) is not None
    ]
    crop = _exposed(_level(reference.image, chosen.points, others))
    person = segment.person(crop.image, crop.mesh, crop.others)
    reach = _REACH * landmarks.face_height(crop.mesh)
    cut_out = matte.pull(crop.image, person, reach, crop.real)
    whole, cut = crown.complete(cut_out, crop.real, crop.mesh)
    return Portrait(whole.colour, whole.alpha, crop.mesh, cut, crop.frame)


def _same(one: Box, other: Box) -> bool:
    """Whether two boxes lie on one face: the centre of one is well inside the other."""
    (x, y), (u, v) = one.centre, other.centre
    return max(abs(x - u), abs(y - v)) < 0.4 * max(one.width, other.width)


def _level(image: Image, mesh: Floats, others: list[Floats]) -> _Crop:
    """Rotate a tilted head upright, cut the surroundings of the person, choose the resolution."""
    height = landmarks.face_height(mesh)
    angle = facemesh.pose(facemesh.Mesh(mesh, 1.0)).roll
    angle = angle - np.copysign(_LEVEL_TO, angle) if abs(angle) > _LEVEL_FROM else 0.0
    turned = cv2.getRotationMatrix2D((0, 0), angle, 1.0)[:, :2]
    corners = np.array([(0, 0), (1, 0), (0, 1), (1, 1)]) * image.shape[1::-1] @ turned.T
    face = mesh[landmarks.SURFACE, :2] @ turned.T
    middle, chin, top = face[:, 0].mean(), face[:, 1].max(), face[:, 1].min()
    x0 = max(corners[:, 0].min() - _MARGIN * height, middle - 2.7 * height)
    x1 = min(corners[:, 0].max() + _MARGIN * height, middle + 2.7 * height)
    y0 = max(corners[:, 1].min() - _MARGIN * height, top - 1.1 * height)
    y1 = min(corners[:, 1].max(), chin + 3.4 * height)
    scale = float(np.clip(1.0, _FACE_PIXELS[0] / height, _FACE_PIXELS[1] / height))
    scale = min(scale, float(np.sqrt(_MOST_PIXELS / ((x1 - x0) * (y1 - y0)))))
    matrix = np.hstack([turned, [[-x0], [-y0]]]) * scale
    size = (round((x1 - x0) * scale), round((y1 - y0) * scale))
    softened = cv2.GaussianBlur(image, (0, 0), 0.4 / scale) if scale < 0.8 else image
    pixels = np.asarray(
        cv2.warpAffine(
            softened, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )
    inside = cv2.warpAffine(np.ones(image.shape[:2], np.uint8), matrix, size)
    edges = corners * scale - np.array([x0, y0]) * scale
    frame = (*edges.min(axis=0), *edges.max(axis=0))
    moved = [_move(points, matrix, scale) for points in (mesh, *others)]
    return _Crop(pixels, moved[0], moved[1:], inside > 0, frame)


def _move(points: Floats, matrix: NDArray[np.float64], scale: float) -> Floats:
    flat = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    return np.column_stack([flat, points[:, 2] * scale]).astype(np.float32)


def _exposed(crop: _Crop) -> _Crop:
    """The same crop, brightened where the face is under-exposed."""
    hull = np.zeros(crop.image.shape[:2], np.uint8)
    points = crop.mesh[landmarks.SURFACE, :2].astype(np.int32)
    cv2.fillConvexPoly(hull, cv2.convexHull(points), 1)
    light = float(np.median(matte.linear(crop.image)[hull > 0] @ LUMINANCE))
    if light >= _DARK:
        return crop
    gain = min(_MOST_GAIN, _LIT / max(light, 1e-4))
    levels = matte.encoded(matte.linear(np.arange(256, dtype=np.uint8)) * np.float32(gain))
    return replace(crop, image=(levels * 255 + 0.5).astype(np.uint8)[crop.image])
