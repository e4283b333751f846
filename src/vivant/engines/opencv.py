"""An eye on OpenCV's own networks, free for commercial use: YuNet finds faces, SFace knows them.

YuNet (Wu et al., Machine Intelligence Research 2023; MIT) and SFace (Zhong et al., TIP 2021;
Apache-2.0), both run by OpenCV, so nothing else is installed.

Measured with YuNet's published weights on six portraits and their mirror images, two of them in
half profile, with faces of 60 to 1400 pixels in frames of 1280 x 704: the default settings find
every one and nothing else; in eighteen pictures without a face nothing scores above 0.58. Against a
mesh of 478 points, yaw is right to 4°, roll to 2° and pitch to 9° on average, to 19° at worst.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

import vivant
from vivant.engines import alignment, following, settings, weights
from vivant.errors import EngineError, MissingModelError, RecipeError
from vivant.types import Box, EngineInfo, Face

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vivant.recipe import Scalar
    from vivant.types import Floats, Image

NAME = "opencv"
DETECTOR, RECOGNISER = "yunet", "sface"
FILES = {
    DETECTOR: "face_detection_yunet_2023mar.onnx",
    RECOGNISER: "face_recognition_sface_2021dec.onnx",
}
SAME_PERSON = 1.0 - 0.363

_OVERLAP = 0.3
_MOST = 5000


@dataclass(frozen=True)
class Settings:
    """What a recipe may say. Raises RecipeError for a value outside its range."""

    side: int = 640
    """The picture's longer side as the detector sees it, in pixels, 64 to 4096; smaller pictures
    are not enlarged. YuNet was trained on faces of 10 to 300 pixels: where it finds none, it is
    shown the picture at a half, a quarter and at last twice that size."""
    threshold: float = 0.65
    """The least score of a face, 0 to 1."""

    def __post_init__(self) -> None:
        if not 64 <= self.side <= 4096:
            raise RecipeError(
                f"The setting side of {NAME} is {self.side}; it must be from 64 to 4096."
            )
        if not 0 < self.threshold < 1:
            raise RecipeError(
                f"The setting threshold of {NAME} is {self.threshold:g}; it must be between 0 and"
                " 1."
            )


class OpenCvEye:
    """Finds faces with YuNet, tells people apart with SFace. Same picture, same numbers.

    ``Face.landmarks`` are the five points of ``alignment``; ``Face.confidence`` is YuNet's score, 0
    to 1; the distance of two faces is 1 - cosine, 0 to 2. Weights are loaded when first needed;
    methods raise MissingModelError where they are not on this machine, EngineError where OpenCV
    can't use them. Not to be shared between threads.
    """

    def __init__(self, given: Settings) -> None:
        self._given = given
        self._loaded: dict[str, Any] = {}

    @property
    def info(self) -> EngineInfo:
        """Name, licences and files for the manifest."""
        return EngineInfo(
            name=NAME,
            version=vivant.__version__,
            licence="Apache-2.0; weights MIT, Apache-2.0",
            models=tuple(weights.model_file(name) for name in (DETECTOR, RECOGNISER)),
            packages=("opencv-python-headless",),
            verified=(
                "YuNet with its published weights finds every face of 60 to 1400 pixels in six"
                " portraits and none in eighteen pictures without any; crop and embedding are those"
                " of OpenCV's own classes, on networks made for the test."
            ),
            unverified="How well SFace knows people; its weights were not at hand.",
        )

    @property
    def same_person(self) -> float:
        """0.637, a cosine of 0.363: 99.60 % right on Labeled Faces in the Wild, says OpenCV.

        Its tutorial "DNN-based Face Detection And Recognition" has others for harder sets: 0.340
        for people aged (CALFW), 0.212 for profiles (CFP-FP).
        """
        return SAME_PERSON

    def look(self, image: Image) -> tuple[Face, ...]:
        """All faces, left to right; shown in other sizes where none is found in the first."""
        most, side = max(image.shape[:2]), self._given.side
        for shown in dict.fromkeys(min(most, s) for s in (side, side // 2, side // 4, 2 * side)):
            if found := self._detect(image, shown):
                return found
        return ()

    def embed(self, image: Image, face: Face) -> Face:
        """``face`` with its 128 numbers; ``face`` must come from this eye and from ``image``."""
        if face.landmarks.shape != (alignment.POINTS, 2):
            raise EngineError(
                f"A face of this eye has {alignment.POINTS} landmarks, not {len(face.landmarks)}."
            )
        recogniser = self._network(RECOGNISER, _recogniser)
        box = face.box
        row = [box.x0, box.y0, box.width, box.height, *face.landmarks.ravel(), face.confidence]
        with _explained(RECOGNISER):
            crop = recogniser.alignCrop(_bgr(image), np.array([row], np.float32))
            numbers = np.array(recogniser.feature(crop), np.float32).ravel()
        return replace(face, embedding=numbers)

    def distance(self, one: Face, other: Face) -> float:
        """1 - cosine of two embedded faces; EngineError for one without an embedding."""
        return alignment.cosine_distance(one, other)

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        """``start``, or the largest face of the first frame that shows any, followed by place."""
        return following.follow(frames, self.look, start)

    def release(self) -> None:
        """Let go of the networks."""
        self._loaded.clear()

    def _detect(self, image: Image, side: int) -> tuple[Face, ...]:
        """The faces of ``image``, shown with ``side`` pixels on its longer side."""
        height, width = image.shape[:2]
        scale = side / max(height, width)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        shown = cv2.resize(_bgr(image), size, interpolation=cv2.INTER_AREA)
        detector = self._network(DETECTOR, self._make_detector)
        with _explained(DETECTOR):
            detector.setInputSize(size)
            rows = detector.detect(shown)[1]
        if rows is None:
            return ()
        stretch = np.array([width / size[0], height / size[1]], np.float32)
        found = (_face(np.asarray(row, np.float32), stretch) for row in rows)
        return tuple(sorted(found, key=lambda face: face.box.centre[0]))

    def _make_detector(self, path: str) -> Any:
        size = (self._given.side, self._given.side)
        return cv2.FaceDetectorYN.create(path, "", size, self._given.threshold, _OVERLAP, _MOST)

    def _network(self, name: str, make: Callable[[str], Any]) -> Any:
        if name not in self._loaded:
            path = weights.folder(name) / FILES[name]
            if not path.is_file():
                raise MissingModelError(
                    f"The folder of {name} holds no {FILES[name]}.", mend=weights.mend(name)
                )
            with _hushed(), _explained(name):
                self._loaded[name] = make(str(path))
        return self._loaded[name]


def eye(given: Mapping[str, Scalar]) -> OpenCvEye:
    """The eye of the engine table; it loads no weight. Raises RecipeError for a wrong setting."""
    return OpenCvEye(settings.read(Settings, given, NAME))


def _recogniser(path: str) -> Any:
    return cv2.FaceRecognizerSF.create(path, "")


def _face(row: Floats, stretch: Floats) -> Face:
    """One row of YuNet: left, top, width, height, five points, score."""
    left, top, width, height = (float(value) for value in row[:4] * np.tile(stretch, 2))
    landmarks = np.asarray(row[4:14].reshape(alignment.POINTS, 2) * stretch, np.float32)
    box = Box(left, top, left + width, top + height)
    return Face(box, landmarks, alignment.pose(landmarks), float(row[14]))


def _bgr(image: Image) -> Image:
    return np.ascontiguousarray(image[..., ::-1])


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """What OpenCV says of a network that it can't use, as an EngineError."""
    try:
        yield
    except cv2.error as error:
        raise EngineError(
            f"OpenCV {cv2.__version__} can't use {FILES[name]}: {error}", mend=weights.mend(name)
        ) from error


@contextmanager
def _hushed() -> Iterator[None]:
    """OpenCV 5 warns at each load that its new engine takes no target, which nobody has set."""
    voice = getattr(cv2.utils, "logging", None)
    if voice is None:  # OpenCV 4 says nothing
        yield
        return
    level = voice.getLogLevel()
    voice.setLogLevel(voice.LOG_LEVEL_ERROR)
    try:
        yield
    finally:
        voice.setLogLevel(level)
