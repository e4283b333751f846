"""The eye finds every face once, follows it, and knows a person again: the astronaut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from tools.demo_portrait import portrait
from vivant.engines import dlib
from vivant.engines.dlib import DlibEye
from vivant.errors import EngineError
from vivant.image import open_image
from vivant.types import Box, Face, Image

models = pytest.mark.models

PHOTO = open_image(portrait())
HEAD = np.ascontiguousarray(PHOTO[10:266, 98:354])
SUIT = np.ascontiguousarray(PHOTO[230:])


@pytest.fixture(scope="module")
def eye() -> DlibEye:
    return dlib.eye({})


@pytest.fixture(scope="module")
def known(eye: DlibEye) -> Face:
    return seen(eye, PHOTO)


def seen(eye: DlibEye, image: Image) -> Face:
    (face,) = eye.look(image)
    return eye.embed(image, face)


def scaled(image: Image, factor: float) -> Image:
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=method), np.uint8)


def turned(image: Image, degrees: float) -> Image:
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    view = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(view, np.uint8)


# -- looking --------------------------------------------------------------------------------------


@models
def test_a_face_has_box_landmarks_and_pose(known: Face) -> None:
    assert known.landmarks.shape == (478, 2) and known.landmarks.dtype == np.float32
    assert known.box.width == pytest.approx(94, abs=6)
    assert known.box.height == pytest.approx(108, abs=6)
    assert known.pose is not None and abs(known.pose.yaw) < 8
    assert 0.98 < known.confidence <= 1.0


@models
def test_looking_computes_no_embedding_and_is_repeatable(eye: DlibEye) -> None:
    (one,), (other,) = eye.look(PHOTO), dlib.eye({}).look(PHOTO)
    assert one.embedding is None
    assert (one.landmarks == other.landmarks).all() and one.box == other.box
    first, second = eye.embed(PHOTO, one).embedding, eye.embed(PHOTO, other).embedding
    assert first is not None and second is not None and (first == second).all()


@models
def test_several_faces_come_left_to_right(eye: DlibEye) -> None:
    small = scaled(HEAD, 0.5)
    group = np.full((256, 900, 3), 90, np.uint8)
    group[:, 600:856] = HEAD
    group[64:192, 40:168] = small
    group[:, 250:506] = HEAD[:, ::-1]
    faces = eye.look(group)
    assert [round(face.box.centre[0], -1) for face in faces] == pytest.approx(
        [100, 380, 730], abs=12
    )
    assert faces[0].box.height == pytest.approx(faces[1].box.height / 2, rel=0.1)


@models
def test_a_picture_without_a_face_has_none(eye: DlibEye) -> None:
    assert eye.look(SUIT) == ()


@models
@pytest.mark.parametrize(
    ("left", "top", "right", "bottom"),
    [(182, 0, 512, 512), (0, 82, 512, 512), (0, 0, 512, 170), (180, 70, 274, 182)],
    ids=["left", "top", "bottom", "all round"],
)
def test_a_face_at_the_edge_is_found(
    eye: DlibEye, known: Face, left: int, top: int, right: int, bottom: int
) -> None:
    part = np.ascontiguousarray(PHOTO[top:bottom, left:right])
    face = seen(eye, part)
    assert face.box.height == pytest.approx(known.box.height, rel=0.15)
    assert eye.distance(face, known) < 0.4


@models
def test_a_small_face_in_a_large_picture_is_found(eye: DlibEye, known: Face) -> None:
    large = np.full((900, 1200, 3), 120, np.uint8)
    large[300:556, 700:956] = HEAD
    face = seen(eye, large)
    assert face.box.centre == pytest.approx((828, 428 - 10), abs=12)
    assert eye.distance(face, known) < 0.2


@models
def test_dlibs_detector_finds_what_blazeface_misses(
    eye: DlibEye, known: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DlibEye, "_glance", lambda _eye, _image: [])
    face = seen(eye, PHOTO)
    assert np.abs(face.landmarks - known.landmarks).mean() < 0.03 * known.box.height


# -- recognising ----------------------------------------------------------------------------------

CHANGES: dict[str, Callable[[Image], Image]] = {
    "half the size": lambda image: scaled(image, 0.5),
    "twice the size": lambda image: scaled(image, 2.0),
    "tilted": lambda image: turned(image, 20),
    "darker": lambda image: (image * 0.6).astype(np.uint8),
    "brighter": lambda image: np.clip(image * 1.25, 0, 255).astype(np.uint8),
    "soft": lambda image: np.asarray(cv2.GaussianBlur(image, (0, 0), 1.0), np.uint8),
    "mirrored": lambda image: np.ascontiguousarray(image[:, ::-1]),
    "grey": lambda image: np.repeat(image.mean(-1, keepdims=True).astype(np.uint8), 3, axis=-1),
}


@models
@pytest.mark.parametrize("change", CHANGES)
def test_a_person_is_known_again(eye: DlibEye, known: Face, change: str) -> None:
    changed = seen(eye, CHANGES[change](HEAD))
    assert eye.distance(changed, known) < 0.6 * eye.same_person


@models
def test_another_face_is_another_person(eye: DlibEye, known: Face) -> None:
    """The cameraman, in profile: the only other face among scikit-image's pictures."""
    other = seen(eye, open_image(portrait().with_name("camera.png")))
    assert eye.distance(other, known) > eye.same_person


@models
def test_an_embedding_is_a_unit_like_vector_of_128(eye: DlibEye, known: Face) -> None:
    assert known.embedding is not None
    assert known.embedding.shape == (dlib.DIMENSIONS,) and known.embedding.dtype == np.float32
    assert eye.distance(known, known) == 0.0


def test_distance_is_euclidean_and_needs_embeddings(eye: DlibEye) -> None:
    bare = Face(Box(0, 0, 1, 1), np.zeros((478, 2), np.float32), None, 1.0)
    one = replace(bare, embedding=np.array([0, 3], np.float32))
    other = replace(bare, embedding=np.array([4, 0], np.float32))
    assert eye.distance(one, other) == pytest.approx(5.0)
    with pytest.raises(EngineError, match="embed it first"):
        eye.distance(bare, one)


def test_a_face_of_another_eye_is_refused(eye: DlibEye) -> None:
    foreign = Face(Box(0, 0, 1, 1), np.zeros((5, 2), np.float32), None, 1.0)
    with pytest.raises(EngineError, match="478 landmarks, not 5"):
        eye.embed(PHOTO, foreign)


def test_who_it_is_needs_no_weight(eye: DlibEye) -> None:
    assert eye.same_person == 0.60
    assert {model.licence for model in eye.info.models} == {"Apache-2.0", "CC0-1.0"}
    assert not any("68" in model.source for model in eye.info.models)


# -- tracking -------------------------------------------------------------------------------------


def moving(count: int) -> list[Image]:
    """The head drifts and tilts over a grey frame."""
    frames = []
    for step in range(count):
        frame = np.full((300, 480, 3), 110, np.uint8)
        frame[20:276, 20 + 6 * step : 276 + 6 * step] = turned(HEAD, 2 * step)
        frames.append(frame)
    return frames


@models
def test_a_moving_face_is_followed(eye: DlibEye) -> None:
    frames = moving(8)
    track = eye.track(np.stack(frames))
    assert len(track) == 8
    for frame, face in zip(frames, track, strict=True):
        assert face is not None and face.embedding is None
        (looked,) = eye.look(frame)
        apart = np.linalg.norm(face.landmarks - looked.landmarks, axis=1)
        assert apart.mean() < 0.03 * looked.box.height


@models
def test_a_face_that_leaves_and_returns_is_lost_and_found(eye: DlibEye) -> None:
    frames = moving(6)
    frames[2] = np.full_like(frames[2], 110)
    track = eye.track(frames)
    assert [face is None for face in track] == [False, False, True, False, False, False]


@models
def test_the_main_face_is_the_largest_and_stays_itself(eye: DlibEye) -> None:
    frames = []
    for step in range(4):
        frame = np.full((300, 640, 3), 110, np.uint8)
        frame[20:276, 20 + 5 * step : 276 + 5 * step] = HEAD
        frame[60:252, 420:612] = scaled(HEAD, 0.75)[:, ::-1]
        frames.append(frame)
    frames[2][:] = 110
    track = eye.track(frames)
    assert track[2] is None
    for step in (0, 1, 3):
        face = track[step]
        assert face is not None and face.box.centre[0] == pytest.approx(147 + 5 * step, abs=8)


@models
def test_a_film_without_frames_has_no_track(eye: DlibEye) -> None:
    assert eye.track([]) == ()
