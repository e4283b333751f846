"""Faces as meshes: BlazeFace detection, a 468-point surface and two irises, on LiteRT.

The networks are MediaPipe's (Apache-2.0); what surrounds them (anchors, decoding, rotated crops,
tracking) is written from the published descriptions: Bazarevsky et al., "BlazeFace", 2019
(arXiv:1907.05047); Kartynnik et al., "Real-time Facial Surface Geometry", 2019 (arXiv:1907.06724);
Ablavatski et al., "Real-time Pupil Tracking", 2020 (arXiv:2006.11341).

Point indices are MediaPipe's: 10 top of the forehead, 152 chin, 1 tip of the nose, 33/133 and
362/263 outer/inner corners of the image-left and inner/outer corners of the image-right eye, 61/291
corners of the mouth, 234/454 cheeks, 468-472 and 473-477 the irises (centre first). "Left" and
"right" are the image's for a face that looks at the camera.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vivant.engines.alignment import angles
from vivant.engines.litert import Network
from vivant.types import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vivant.types import Floats, Image, Pose

SURFACE = 468
POINTS = 478
MODELS = ("face_detection_short_range", "face_landmark", "iris_landmark")

# The networks' own inputs, in pixels.
_DETECT_SIDE = 128
_MESH_SIDE = 192
_EYE_SIDE = 64

MARGINS = (0.0, 0.33, 0.66)
"""A detector trained on arm's-length selfies misses faces that fill the picture: the second and
third look show them smaller, with the picture's edge pixels repeated around it."""
_FOUND = 0.5
_OVERLAP = 0.3

# Crops around the face, in multiples of its size: the mesh network was trained on a margin of a
# quarter on every side. A detector's box does not say which convention it follows, so a box
# is tried at several scales and tilts.
_MARGIN = 1.5
_SCALES = (1.5, 1.9, 1.2)
_TILTS = tuple(math.radians(degrees) for degrees in (0, -25, 25, -55, 55))
_PRESENT = 0.5
_CERTAIN = 0.98

_EYE_MARGIN = 2.3
# An eye much narrower than the other is turned away: its crop shows no iris.
_HIDDEN = 0.4

# Eyelids, outer to inner corner below, then above, in the order of the iris network's output.
_LIDS = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398),
)
_CORNERS = ((33, 133), (362, 263))
# Points of the surface that mirror each other; their differences are parallel to the eye line.
_MIRRORED = np.array(
    [(33, 263), (133, 362), (61, 291), (234, 454), (127, 356), (93, 323), (132, 361), (58, 288),
     (172, 397), (54, 284), (103, 332), (50, 280), (205, 425), (98, 327), (70, 300)]
)  # fmt: skip
_MIDLINE = (10, 152)


@dataclass(frozen=True, eq=False)
class Detection:
    """A face found: its box, six keypoints ``(6, 2)`` in pixels, and a score from 0 to 1.

    The keypoints are image-left eye, image-right eye, nose, mouth, image-left and -right ear.
    """

    box: Box
    keypoints: Floats
    score: float

    def moved(self, x: float, y: float) -> Detection:
        """The same face, seen from a picture whose origin lies at (-x, -y)."""
        box = Box(self.box.x0 + x, self.box.y0 + y, self.box.x1 + x, self.box.y1 + y)
        return Detection(box, self.keypoints + np.array([x, y], np.float32), self.score)


@dataclass(frozen=True, eq=False)
class Mesh:
    """A face's surface and irises: ``points`` is ``(478, 3)`` float32 in pixels of the image.

    z has the scale of x and y, grows away from the camera, and is zero near the face's centre.
    ``score`` is the network's belief, 0 to 1, that it saw a face.
    """

    points: Floats
    score: float

    @property
    def box(self) -> Box:
        """The smallest upright box around the surface."""
        low, high = self.points[:SURFACE, :2].min(0), self.points[:SURFACE, :2].max(0)
        return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


class FaceMesh:
    """Finds faces and fits meshes to them. Same image, same points; one thread at a time.

    Raises MissingModelError where the networks are not pulled.
    """

    def __init__(self, threads: int = 2) -> None:
        self._detect, self._mesh, self._iris = (Network(name, threads) for name in MODELS)

    def find(self, image: Image, margins: Sequence[float] = MARGINS) -> list[Detection]:
        """The faces of ``image``, the surest first, from the first of ``margins`` that shows any.

        A margin is a share of the picture's longer side, added all round.
        """
        for margin in margins:
            if found := self._find_with_margin(image, margin):
                return found
        return []

    def fit(self, image: Image, where: Box | Detection) -> Mesh | None:
        """The mesh of the face at ``where``; None where the network sees no face there.

        The picture's edge pixels are repeated outside it, so a face that is cut still gets a whole
        mesh; the points outside are a guess.
        """
        best: Mesh | None = None
        for region in _regions(where):
            mesh = self._settle(image, region)
            if mesh and (best is None or mesh.score > best.score):
                best = mesh
            if best and best.score >= _CERTAIN:
                break
        return best and self._with_irises(image, best)

    def follow(self, image: Image, previous: Mesh) -> Mesh | None:
        """The mesh of the face that was at ``previous`` a frame ago; None where it is lost.

        The irises, which would take three fifths of the time, rest between the lids.
        """
        mesh = self._surface(image, upright(previous.points))
        return mesh and _gazing_ahead(mesh)

    def _find_with_margin(self, image: Image, margin: float) -> list[Detection]:
        height, width = image.shape[:2]
        side = max(height, width) * (1 + 2 * margin)
        whole = Region(width / 2, height / 2, side, 0.0)
        border = cv2.BORDER_REPLICATE if margin else cv2.BORDER_CONSTANT
        view = whole.crop(image, _DETECT_SIDE, border)
        boxes, logits = self._detect(view.astype(np.float32) / 127.5 - 1.0)
        scores = _sigmoid(logits.ravel())
        keep = scores >= _FOUND
        corners, keypoints = _decode(boxes.reshape(-1, 16)[keep], _anchors()[keep])
        return _merge(whole.to_image(corners), whole.to_image(keypoints), scores[keep])

    def _settle(self, image: Image, region: Region) -> Mesh | None:
        """Fit, then fit once more in the crop that the first mesh asks for."""
        first = self._surface(image, region)
        if first is None:
            return None
        second = self._surface(image, upright(first.points))
        return second if second and second.score >= 0.9 * first.score else first

    def _surface(self, image: Image, region: Region) -> Mesh | None:
        view = region.crop(image, _MESH_SIDE, cv2.BORDER_REPLICATE)
        raw, flag = self._mesh(view.astype(np.float32) / 255.0)
        score = float(_sigmoid(flag.ravel())[0])
        if score < _PRESENT:
            return None
        local = raw.reshape(SURFACE, 3) / _MESH_SIDE
        points = np.zeros((POINTS, 3), np.float32)
        points[:SURFACE, :2] = region.to_image(local[:, :2])
        points[:SURFACE, 2] = local[:, 2] * region.size
        return Mesh(points, score)

    def _with_irises(self, image: Image, mesh: Mesh) -> Mesh:
        points = mesh.points.copy()
        widths = [float(np.linalg.norm(points[a, :2] - points[b, :2])) for a, b in _CORNERS]
        for eye, (one, other) in enumerate(_CORNERS):
            iris = slice(SURFACE + 5 * eye, SURFACE + 5 * eye + 5)
            lids = list(_LIDS[eye])
            if widths[eye] < _HIDDEN * max(widths):
                points[iris] = points[lids].mean(0)
                continue
            x, y = (points[one, :2] + points[other, :2]) / 2
            region = Region(x, y, _EYE_MARGIN * widths[eye], _tilt(points))
            view = region.crop(image, _EYE_SIDE, cv2.BORDER_REPLICATE)
            # The network knows one eye; the other is shown to it in a mirror.
            view = view[:, ::-1] if eye else view
            contour, pupil = (
                out.reshape(-1, 3)[:, :2] / _EYE_SIDE
                for out in self._iris(np.ascontiguousarray(view, np.float32) / 255.0)
            )
            if eye:
                contour, pupil = ([1, 0] - v * [1, -1] for v in (contour, pupil))
            points[lids, :2] = region.to_image(contour[: len(lids)])
            points[iris, :2] = region.to_image(pupil)
            points[iris, 2] = points[lids, 2].mean()
        return Mesh(points, mesh.score)


def _gazing_ahead(mesh: Mesh) -> Mesh:
    points = mesh.points.copy()
    for eye, lids in enumerate(_LIDS):
        points[SURFACE + 5 * eye : SURFACE + 5 * eye + 5] = points[list(lids)].mean(0)
    return Mesh(points, mesh.score)


def pose(mesh: Mesh) -> Pose:
    """Where the head points, from the rigid frame of the mesh.

    Across the head runs the mean direction between mirrored points, along it the midline from
    forehead to chin made square to that, forward their product.
    """
    points = mesh.points.astype(np.float64)
    across = _unit((points[_MIRRORED[:, 1]] - points[_MIRRORED[:, 0]]).sum(0))
    down = points[_MIDLINE[1]] - points[_MIDLINE[0]]
    down = _unit(down - across * (down @ across))
    forward = np.cross(down, across)
    return angles(across, forward)


# -- crops -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Region:
    """A square of the image: centre and size in pixels, turned clockwise by ``angle`` radians."""

    x: float
    y: float
    size: float
    angle: float

    def crop(self, image: Image, side: int, border: int) -> Image:
        """The square's pixels as ``(side, side, 3)``; ``border`` is an OpenCV border type."""
        # Where the square is larger than the view, sample finely and average: no aliasing.
        finer = side * min(8, max(1, int(self.size / side)))
        c, s = (f(self.angle) * self.size / finer for f in (math.cos, math.sin))
        half = (finer - 1) / 2
        to_image = np.array(
            [
                [c, -s, self.x - 0.5 - (c - s) * half],
                [s, c, self.y - 0.5 - (s + c) * half],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        view = cv2.warpAffine(image, to_image, (finer, finer), flags=flags, borderMode=border)
        if finer != side:
            view = cv2.resize(view, (side, side), interpolation=cv2.INTER_AREA)
        return np.asarray(view, np.uint8)

    def to_image(self, local: NDArray[np.floating[Any]]) -> Floats:
        """Points ``(..., 2)`` of the square, 0 to 1, as pixels of the image."""
        c, s = math.cos(self.angle) * self.size, math.sin(self.angle) * self.size
        turn = np.array([[c, s], [-s, c]])
        return np.asarray((local - 0.5) @ turn + [self.x, self.y], np.float32)


def _regions(where: Box | Detection) -> Iterator[Region]:
    """Crops to try, the likeliest first: keypoints tell the tilt, a box leaves it open."""
    if isinstance(where, Detection):
        box = where.box
        tilts: Sequence[float] = [_tilt_of_keypoints(where.keypoints)]
    else:
        box, tilts = where, _TILTS
    x, y = box.centre
    size = max(box.width, box.height)
    for tilt in tilts:
        for scale in _SCALES:
            yield Region(x, y, scale * size, tilt)


def upright(points: Floats, margin: float = _MARGIN) -> Region:
    """The square round a mesh's surface that has the face upright, ``margin`` times its size.

    ``points`` is ``(478, 2)`` or ``(478, 3)`` in pixels.
    """
    angle = _tilt(points)
    c, s = math.cos(angle), math.sin(angle)
    turn = np.array([[c, -s], [s, c]])
    level = points[:SURFACE, :2] @ turn
    low, high = level.min(0), level.max(0)
    x, y = turn @ ((low + high) / 2)
    return Region(float(x), float(y), margin * float((high - low).max()), angle)


def _tilt(points: Floats) -> float:
    return _angle(points[263, :2] - points[33, :2], points[152, :2] - points[10, :2])


def _tilt_of_keypoints(keypoints: Floats) -> float:
    return _angle(keypoints[1] - keypoints[0], keypoints[3] - keypoints[:2].mean(0))


def _angle(across: Floats, down: Floats) -> float:
    """The turn of a face, in radians, from its eye line and its midline.

    Each shrinks to nothing in one view (profile, looking down) and then tells nothing: as vectors
    they weigh themselves.
    """
    return math.atan2(across[1] - down[0], across[0] + down[1])


# -- detection ---------------------------------------------------------------------------------


@cache
def _anchors() -> Floats:
    """Anchor centres ``(896, 2)``, 0 to 1: two per cell of a 16-grid, six per cell of an 8-grid."""
    grids = []
    for cells, count in ((16, 2), (8, 6)):
        centres = (np.arange(cells, dtype=np.float32) + 0.5) / cells
        grid = np.stack(np.meshgrid(centres, centres), axis=-1).reshape(-1, 2)
        grids.append(np.repeat(grid, count, axis=0))
    return np.concatenate(grids)


def _decode(raw: Floats, anchors: Floats) -> tuple[Floats, Floats]:
    """Boxes as corners ``(n, 2, 2)`` and keypoints ``(n, 6, 2)``, 0 to 1 in the view."""
    values = raw.reshape(-1, 8, 2) / np.float32(_DETECT_SIDE)
    centre, half = anchors + values[:, 0], values[:, 1] / 2
    corners = np.stack([centre - half, centre + half], axis=1, dtype=np.float32)
    return corners, values[:, 2:] + anchors[:, None]


def _merge(corners: Floats, keypoints: Floats, scores: Floats) -> list[Detection]:
    """Non-maximum suppression that averages what overlaps, weighted by score (BlazeFace, 3.3)."""
    left = list(np.argsort(-scores, kind="stable"))
    merged = []
    while left:
        group = [i for i in left if _overlap(corners[left[0]], corners[i]) > _OVERLAP]
        group = group or left[:1]
        weight = scores[group] / scores[group].sum()
        (x0, y0), (x1, y1) = np.tensordot(weight, corners[group], 1).tolist()
        points = np.tensordot(weight, keypoints[group], 1).astype(np.float32)
        merged.append(Detection(Box(x0, y0, x1, y1), points, float(scores[left[0]])))
        left = [i for i in left if i not in group]
    return merged


def _overlap(one: Floats, other: Floats) -> float:
    """Intersection over union of two boxes given as corners ``(2, 2)``."""
    low, high = np.maximum(one[0], other[0]), np.minimum(one[1], other[1])
    shared = float(np.prod(np.maximum(high - low, 0)))
    union = float(np.prod(one[1] - one[0]) + np.prod(other[1] - other[0])) - shared
    return shared / union if union > 0 else 0.0


# -- small things ------------------------------------------------------------------------------


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -80.0, 80.0))), np.float32)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / np.linalg.norm(vector), np.float64)
