"""An eye on InsightFace's packs: SCRFD finds faces, ArcFace knows them. Not for commercial use.

The networks run on ONNX Runtime and what is around them is written here, since the package
``insightface`` would bring a second OpenCV. Packs:

- ``antelopev2``: SCRFD-10G, ResNet-100 trained on Glint360K; the space HyperLoRA paints from.
- ``buffalo_l``: SCRFD-10G, ResNet-50 trained on WebFace600K; the space FaceSim-Arc is measured in.

Their embeddings have 512 numbers and nothing else in common: distances of one pack say nothing
about the other's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

import vivant
from vivant.engines import alignment, following, scrfd, settings, weights
from vivant.engines.ort import DEVICES, Network
from vivant.errors import EngineError, MissingModelError, RecipeError
from vivant.types import EngineInfo, Pose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vivant.recipe import Scalar
    from vivant.types import Box, Face, Floats, Gender, Image

NAME = "insightface"
DIMENSIONS = 512
SURFACE = 68
SAME_PERSON = 0.60

SIDES = (640, 512, 384, 256)
"""Squares to look for a face in, one after the other: SCRFD misses a face that fills the picture,
and finds it when it is shown smaller."""

# What the two small networks are shown: a square so much larger than the face's box.
_MARGIN = 1.5
_GENDER_SIDE, _SURFACE_SIDE = 96, 192

# iBUG's 68 points: the root and the tip of the nose, the chin, and the points that mirror each
# other, the one on the image's left first.
_ROOT, _NOSE, _CHIN = 27, 30, 8
# The line from root to chin leans back from the plane of a face that looks straight ahead, by so
# many degrees: 4.6 in the mean shape that InsightFace fits, 4 to 5 in six people's meshes.
_LEAN = 4.5
_MIRRORED = np.array(
    [(left, 16 - left) for left in range(8)]
    + [(left, 43 - left) for left in range(17, 22)]
    + [(31, 35), (32, 34), (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46)]
    + [(48, 54), (49, 53), (50, 52), (59, 55), (58, 56), (60, 64), (61, 63), (67, 65)]
)


@dataclass(frozen=True)
class Pack:
    """File names of a pack; mirrors that sort networks into folders have ``ROLE/model.onnx``."""

    detection: str
    recognition: str
    gender: str = "genderage.onnx"
    landmarks: str = "1k3d68.onnx"

    def find(self, folder: Path, role: str) -> Path | None:
        """This role's network in the pack's folder, at any depth; None where there is none."""
        for pattern in (getattr(self, role), f"{role}/model.onnx"):
            if found := sorted(folder.rglob(pattern)):
                return found[0]
        return None


PACKS: Mapping[str, Pack] = {
    "antelopev2": Pack("scrfd_10g_bnkps.onnx", "glintr100.onnx"),
    "buffalo_l": Pack("det_10g.onnx", "w600k_r50.onnx"),
}


@dataclass(frozen=True)
class Settings:
    """What a recipe may say. Raises RecipeError for a value outside its range."""

    model: str = "antelopev2"
    """``antelopev2`` or ``buffalo_l``."""
    det_size: int = 640
    """The square that a picture is shown to the detector in, in pixels: a multiple of 32 from 64 to
    2048. Where it shows no face, squares of 512, 384 and 256 are tried, if smaller."""
    threshold: float = 0.5
    """The least score of a face, 0 to 1."""
    device: str = "auto"
    """``auto``, ``cpu`` or ``cuda``; auto takes cuda where ONNX Runtime has it."""
    threads: int = 2
    """Threads on the processor, 1 to 64. The count may change the last digit of a distance."""

    def __post_init__(self) -> None:
        rules = (
            ("model", self.model in PACKS, f"one of {', '.join(PACKS)}"),
            (
                "det_size",
                64 <= self.det_size <= 2048 and self.det_size % 32 == 0,
                "a multiple of 32 from 64 to 2048, since the detector's coarsest cell has 32",
            ),
            ("threshold", 0 < self.threshold < 1, "between 0 and 1"),
            ("device", self.device in DEVICES, f"one of {', '.join(DEVICES)}"),
            ("threads", 1 <= self.threads <= 64, "from 1 to 64"),
        )
        for name, kept, rule in rules:
            if not kept:
                value = getattr(self, name)
                raise RecipeError(f"The setting {name} of {NAME} is {value!r}; it must be {rule}.")


class Networks:
    """The networks of one pack, each loaded when it is first needed.

    ``device`` and ``threads`` are as in ``Settings``. Methods raise MissingExtraError without ONNX
    Runtime, MissingModelError where the pack is not on this machine, EngineError for a network that
    is not what its name says.
    """

    def __init__(self, pack: str, device: str = "auto", threads: int = 2) -> None:
        self._name, self._pack = pack, PACKS[pack]
        self._device, self._threads = device, threads
        self._folder: Path | None = None
        self._loaded: dict[str, Network | None] = {}

    def detect(self, image: Image, side: int = 640, threshold: float = 0.5) -> tuple[Face, ...]:
        """The faces of ``image``, left to right, with the five landmarks of ``alignment``, no pose.

        The picture is shown once, in a square of ``side`` pixels, a multiple of 32.
        """
        network = self._need("detection")
        if network.outputs != scrfd.OUTPUTS:
            raise EngineError(
                f"The detector of {self._name} has {network.outputs} outputs; SCRFD with landmarks"
                f" has {scrfd.OUTPUTS}.",
                mend=weights.mend(self._name),
            )
        shown, scale = scrfd.letterbox(image, side)
        blob = cv2.dnn.blobFromImage(shown, 1 / 128, mean=(127.5, 127.5, 127.5))
        return scrfd.faces(network(np.asarray(blob, np.float32)), side, scale, threshold)

    def find(
        self, image: Image, sides: Sequence[int] = SIDES, threshold: float = 0.5
    ) -> tuple[Face, ...]:
        """What ``detect`` sees in the first of ``sides`` that shows any face."""
        for side in sides:
            if found := self.detect(image, side, threshold):
                return found
        return ()

    def embedding(self, image: Image, landmarks: Floats) -> Floats:
        """ArcFace's (512,) of unit length, of the face with these landmarks, the five first."""
        return self.embedding_of_crop(alignment.aligned(image, landmarks))

    def embedding_of_crop(self, crop: Image) -> Floats:
        """ArcFace's (512,) of unit length, of a crop (112, 112, 3) as ``alignment.aligned`` makes.

        The package insightface calls it ``normed_embedding``.
        """
        blob = cv2.dnn.blobFromImage(crop, 1 / 127.5, mean=(127.5, 127.5, 127.5))
        numbers = self._need("recognition")(np.asarray(blob, np.float32))[0].reshape(-1)
        length = float(np.linalg.norm(numbers))
        if numbers.shape != (DIMENSIONS,) or not length > 0:
            raise EngineError(
                f"The recogniser of {self._name} gave {numbers.size} numbers of length {length:g};"
                f" ArcFace gives {DIMENSIONS} of a length above 0.",
                mend=weights.mend(self._name),
            )
        return np.asarray(numbers / length, np.float32)

    def gender(self, image: Image, box: Box) -> Gender | None:
        """What the pack's smallest network believes; None where the pack has none."""
        network = self._get("gender")
        if network is None:
            return None
        crop, _, _ = _around(image, box, _GENDER_SIDE)
        woman, man = network(_plain(crop))[0].reshape(-1)[:2]
        return "man" if man > woman else "woman"

    def surface(self, image: Image, box: Box) -> Floats | None:
        """The 68 points (iBUG's order) of a face, (68, 3) in pixels; None where the pack has none.

        Depth is in pixels, too; which way it grows is the network's matter, see ``surface_pose``.
        """
        network = self._get("landmarks")
        if network is None:
            return None
        crop, scale, corner = _around(image, box, _SURFACE_SIDE)
        # The network was trained on a whole head's points, of which the last ones are these.
        points = network(_plain(crop))[0].reshape(-1, 3)[-SURFACE:] * np.float32(_SURFACE_SIDE / 2)
        points[:, :2] += _SURFACE_SIDE / 2
        points /= scale
        points[:, :2] += corner
        return np.asarray(points, np.float32)

    def release(self) -> None:
        """Let go of the networks; the next call loads them again."""
        self._loaded.clear()
        self._folder = None

    def _need(self, role: str) -> Network:
        network = self._get(role)
        if network is None:
            wanted = f"{getattr(self._pack, role)} or {role}/model.onnx"
            raise MissingModelError(
                f"The pack {self._name} holds no {wanted}.", mend=weights.mend(self._name)
            )
        return network

    def _get(self, role: str) -> Network | None:
        if role not in self._loaded:
            self._folder = self._folder or weights.folder(self._name)
            path = self._pack.find(self._folder, role)
            self._loaded[role] = Network(path, self._device, self._threads) if path else None
        return self._loaded[role]


class InsightFaceEye:
    """Finds faces with SCRFD, tells people apart with ArcFace. Same picture, same numbers.

    ``Face.landmarks`` are the five points of ``alignment`` and behind them the 68 of iBUG where the
    pack has their network; ``Face.confidence`` is SCRFD's score, 0 to 1; the distance of two faces
    is 1 - cosine, 0 to 2. Methods raise as those of ``Networks`` do. Not to be shared between
    threads.
    """

    def __init__(self, given: Settings) -> None:
        self._given = given
        self._networks = Networks(given.model, given.device, given.threads)

    @property
    def info(self) -> EngineInfo:
        """Name, licences and files for the manifest."""
        return EngineInfo(
            name=NAME,
            version=vivant.__version__,
            licence="Apache-2.0; weights for non-commercial research only",
            models=(weights.model_file(self._given.model),),
            packages=("onnxruntime", "opencv-python-headless"),
            verified=(
                "Boxes, landmarks, embeddings and gender agree with the package insightface 2.1 on"
                " networks made for the test, which have the packs' inputs and outputs."
            ),
            unverified=(
                "How well the packs find and know faces, and the pose from 1k3d68; the weights were"
                " not at hand."
            ),
        )

    @property
    def same_person(self) -> float:
        """0.60, a cosine of 0.40: what InsightFace 2.1 ships as its own programs' threshold.

        There is no one published figure: the packs' benchmarks (IJB-C 97.25 % for buffalo_l at a
        false match in 10,000) name none, and each use is told to measure its own. The paper's gate,
        a cosine of 0.50, is stricter and belongs to the recipe.
        """
        return SAME_PERSON

    def look(self, image: Image) -> tuple[Face, ...]:
        """All faces, left to right; shown smaller where the picture's square shows none."""
        return tuple(self._complete(image, face) for face in self._find(image))

    def embed(self, image: Image, face: Face) -> Face:
        """``face`` with its 512 numbers; ``face`` must come from this eye and from ``image``."""
        if len(face.landmarks) not in (alignment.POINTS, alignment.POINTS + SURFACE):
            raise EngineError(
                f"A face of this eye has {alignment.POINTS} landmarks, or {SURFACE} more, not"
                f" {len(face.landmarks)}."
            )
        return replace(face, embedding=self._networks.embedding(image, face.landmarks))

    def distance(self, one: Face, other: Face) -> float:
        """1 - cosine of two embedded faces; EngineError for one without an embedding."""
        return alignment.cosine_distance(one, other)

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        """``start``, or the largest face of the first frame that shows any, followed by place."""
        found = following.follow(frames, self._find, start)
        return tuple(
            face and self._complete(frame, face) for frame, face in zip(frames, found, strict=True)
        )

    def release(self) -> None:
        """Let go of the networks."""
        self._networks.release()

    def _find(self, image: Image) -> tuple[Face, ...]:
        first = self._given.det_size
        smaller = (side for side in SIDES if side < first)
        return self._networks.find(image, (first, *smaller), self._given.threshold)

    def _complete(self, image: Image, face: Face) -> Face:
        """The face with its pose, its gender and, where the pack has them, its other landmarks."""
        gender = self._networks.gender(image, face.box)
        surface = self._networks.surface(image, face.box)
        if surface is None:
            return replace(face, pose=alignment.pose(face.landmarks), gender=gender)
        landmarks = np.concatenate([face.landmarks, surface[:, :2]])
        return replace(face, landmarks=landmarks, pose=surface_pose(surface), gender=gender)


def eye(given: Mapping[str, Scalar]) -> InsightFaceEye:
    """The eye of the engine table; it loads no weight. Raises RecipeError for a wrong setting."""
    return InsightFaceEye(settings.read(Settings, given, NAME))


def surface_pose(points: Floats) -> Pose:
    """Where a head with these 68 points, (68, 3), points.

    Across the head runs the mean direction between mirrored points, along it the line from the
    nose's root to the chin made square to that. The tip of the nose lies before the jaw's ends:
    that tells whether depth grows away from the camera or towards it.
    """
    toward = points.astype(np.float64)
    across, forward = _axes(toward)
    if forward @ (toward[_NOSE] - toward[[0, 16]].mean(0)) < 0:
        across, forward = _axes(toward * [1, 1, -1])
    return alignment.angles(across, forward)


def _axes(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unit vectors across the head and out of the face."""
    across = (points[_MIRRORED[:, 1]] - points[_MIRRORED[:, 0]]).sum(0)
    across /= np.linalg.norm(across)
    down = points[_CHIN] - points[_ROOT]
    down -= across * (down @ across)
    down /= np.linalg.norm(down)
    lean = np.radians(_LEAN)
    return across, np.cos(lean) * np.cross(down, across) - np.sin(lean) * down


def _around(image: Image, box: Box, side: int) -> tuple[Image, float, NDArray[np.float64]]:
    """The square round a box, a half wider than it: pixels, scale, and its corner in the image."""
    scale = side / (max(box.width, box.height, 1.0) * _MARGIN)
    corner = np.array(box.centre) - side / 2 / scale
    matrix = np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]])
    return np.asarray(cv2.warpAffine(image, matrix, (side, side)), np.uint8), scale, corner


def _plain(crop: Image) -> Floats:
    """A crop for the networks that bring their own scaling: 0 to 255, channels first."""
    return np.asarray(crop.transpose(2, 0, 1)[None], np.float32)
