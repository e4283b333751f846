"""The eye on OpenCV's YuNet and SFace: real cv2 classes on networks with their inputs and outputs.

A face is a square; where YuNet's own weights are on this machine, the astronaut is looked at, too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests import tiny_onnx
from tests.test_engine_insightface import ONE, OTHER, scene
from tests.tiny import GREEN, HalfWriter, SquareAnimator, SquarePainter, picture
from tools.demo_portrait import portrait
from vivant import Request, Size, generate
from vivant.engines import Engines, alignment, engine, opencv, weights
from vivant.engines.opencv import FILES, OpenCvEye
from vivant.errors import EngineError, MissingModelError, RecipeError
from vivant.image import open_image
from vivant.recipe import PREVIZ, KeyframePolicy, VerifyPolicy
from vivant.stages.admit import admit
from vivant.types import Box, Face, Image

REAL = weights.status("yunet").condition == "ready"


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both networks, adopted in a model folder of this module's own."""
    root = tmp_path_factory.mktemp("networks")
    tiny_onnx.yunet(root / "yunet" / FILES["yunet"])
    tiny_onnx.sface(root / "sface" / FILES["sface"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(root / "home"))
        for name in FILES:
            weights.adopt(name, root / name)
        yield root


@pytest.fixture(scope="module")
def eye(networks: Path) -> OpenCvEye:
    del networks
    return opencv.eye({})


@pytest.fixture
def mine(networks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of YuNet to be spoilt, in a model folder of the test's own; not yet adopted."""
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    return Path(shutil.copytree(networks / "yunet", tmp_path / "yunet"))


def seen(eye: OpenCvEye, image: Image) -> Face:
    (face,) = eye.look(image)
    return eye.embed(image, face)


# -- looking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [64, 128])
def test_a_face_is_found_where_it_is(eye: OpenCvEye, side: int) -> None:
    (face,) = eye.look(scene((96, 64, side, ONE)))
    box = face.box
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((96, 64, 96 + side, 64 + side))
    assert face.landmarks == pytest.approx([96, 64] + alignment.TEMPLATE * side / 112, abs=1e-3)
    assert face.landmarks.dtype == np.float32 and face.embedding is None
    assert face.confidence == pytest.approx(1.0, abs=1e-5)
    assert face.pose == alignment.pose(face.landmarks)


def test_what_is_seen_is_what_opencv_sees(eye: OpenCvEye, networks: Path) -> None:
    image = scene((100, 60, 64, 130), (30, 180, 64, OTHER), size=(320, 256))
    plain = cv2.FaceDetectorYN.create(
        str(networks / "yunet" / FILES["yunet"]), "", (256, 320), 0.65
    )
    rows = plain.detect(np.ascontiguousarray(image[..., ::-1]))[1]
    rows = rows[np.argsort(rows[:, 0])]
    faces = eye.look(image)
    assert len(faces) == len(rows) == 2
    for face, row in zip(faces, rows, strict=True):
        assert (face.box.x0, face.box.y0, face.box.width, face.box.height) == pytest.approx(row[:4])
        assert (face.landmarks.ravel() == row[4:14]).all() and face.confidence == row[14]


def test_a_large_picture_is_shown_smaller(eye: OpenCvEye) -> None:
    """1920 pixels are shown as 640: a face of 192 becomes one of 64, where the network sees it."""
    (face,) = eye.look(scene((960, 240, 192, ONE), size=(1080, 1920)))
    assert face.box.centre == pytest.approx((1056, 336), abs=2)
    assert face.box.width == pytest.approx(192, abs=3)


@pytest.mark.parametrize(("face", "side"), [(512, 640), (64, 320)], ids=["smaller", "larger"])
def test_another_size_is_tried_where_the_first_shows_no_face(face: int, side: int) -> None:
    """The network's windows are 64, 128 and 256 pixels high; shown at ``side``, neither fits."""
    image = scene((64, 64, face, ONE), size=(640, 640))
    (found,) = opencv.eye({"side": side}).look(image)
    assert (found.box.x0, found.box.x1) == pytest.approx((64, 64 + face), abs=1)


def test_a_picture_without_a_face_has_none(eye: OpenCvEye) -> None:
    assert eye.look(scene()) == ()


# -- recognising ----------------------------------------------------------------------------------


def test_the_embedding_is_opencvs_own(eye: OpenCvEye, networks: Path) -> None:
    image = scene((100, 60, 64, 130))
    face = seen(eye, image)
    plain = cv2.FaceRecognizerSF.create(str(networks / "sface" / FILES["sface"]), "")
    bgr = np.ascontiguousarray(image[..., ::-1])
    row = np.array([[100, 60, 64, 64, *face.landmarks.ravel(), 1]], np.float32)
    wanted = plain.feature(plain.alignCrop(bgr, row))
    assert face.embedding is not None and face.embedding.dtype == np.float32
    assert (face.embedding == wanted.ravel()).all()
    cosine = plain.match(wanted, wanted, cv2.FaceRecognizerSF_FR_COSINE)
    assert eye.distance(face, face) == pytest.approx(1 - cosine, abs=1e-6)


def test_the_embedding_is_the_networks_answer_to_red_green_and_blue(eye: OpenCvEye) -> None:
    face = seen(eye, scene((96, 64, 64, 100)))
    wanted = tiny_onnx.SFACE_MIXTURE @ [100, GREEN, 0]
    assert face.embedding is not None
    cosine = face.embedding @ wanted / np.linalg.norm(face.embedding) / np.linalg.norm(wanted)
    assert cosine > 0.999


def test_people_are_told_apart_by_the_cosine_that_opencv_publishes(eye: OpenCvEye) -> None:
    one, again, other = (
        seen(eye, scene((left, 64, side, red)))
        for left, side, red in ((96, 64, ONE), (32, 128, ONE), (96, 64, OTHER))
    )
    assert eye.same_person == pytest.approx(1 - 0.363)
    assert eye.distance(one, again) < 0.05 < 0.2 < eye.distance(one, other)


def test_a_face_of_another_eye_is_refused(eye: OpenCvEye) -> None:
    foreign = Face(Box(0, 0, 1, 1), np.zeros((478, 2), np.float32), None, 1.0)
    with pytest.raises(EngineError, match="5 landmarks, not 478"):
        eye.embed(scene(), foreign)
    with pytest.raises(EngineError, match="embed it first"):
        eye.distance(foreign, foreign)


def test_the_same_picture_gives_the_same_numbers_also_after_a_release(eye: OpenCvEye) -> None:
    image = scene((100, 60, 64, 130))
    first = seen(eye, image)
    eye.release()
    for again in (seen(eye, image), seen(opencv.eye({}), image)):
        assert again.box == first.box and again.pose == first.pose
        assert again.embedding is not None and (again.embedding == first.embedding).all()


# -- tracking -------------------------------------------------------------------------------------


def test_the_main_face_is_followed_through_a_gap(eye: OpenCvEye) -> None:
    frames = [scene((16 + 4 * n, 32, 128, ONE), (176, 96, 64, OTHER)) for n in range(5)]
    frames[2] = scene((176, 96, 64, OTHER))
    track = eye.track(np.stack(frames))
    assert [face is None for face in track] == [False, False, True, False, False]
    for number in (0, 1, 3, 4):
        face = track[number]
        assert face is not None and face.box.x0 == pytest.approx(16 + 4 * number, abs=9)
    assert eye.track([]) == ()


# -- settings, refusals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"side": 63}, "from 64 to 4096"),
        ({"threshold": 1.0}, "between 0 and 1"),
        ({"model": "yunet"}, "no setting 'model'"),
    ],
)
def test_a_wrong_setting_is_refused(given: dict[str, str | float], told: str) -> None:
    with pytest.raises(RecipeError, match=told):
        engine("eye", "opencv", given)


def test_who_it_is_needs_no_weight_and_forbids_no_trade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))
    info = engine("eye", "opencv").info
    assert {model.licence for model in info.models} == {"MIT", "Apache-2.0"}
    assert all(model.commercial for model in info.models)
    with pytest.raises(MissingModelError) as caught:
        opencv.eye({}).look(scene())
    assert caught.value.mend == "Run: vivant models pull yunet"


def test_a_network_with_other_bytes_is_not_used(mine: Path) -> None:
    weights.adopt("yunet", mine)
    path = mine / FILES["yunet"]
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for spoilt in (bytes(flipped), whole[:-1]):
        path.write_bytes(spoilt)
        weights.verify(["yunet"])
        with pytest.raises(MissingModelError, match="yunet"):
            opencv.eye({}).look(scene())


def test_a_folder_with_another_file_is_refused(mine: Path) -> None:
    (mine / FILES["yunet"]).rename(mine / "face_detection_yunet_2022mar.onnx")
    weights.adopt("yunet", mine)
    with pytest.raises(MissingModelError, match=r"holds no face_detection_yunet_2023mar\.onnx"):
        opencv.eye({}).look(scene())


@pytest.mark.parametrize("spoilt", ["no network", "another network"])
def test_a_file_that_opencv_cant_use_is_named(networks: Path, mine: Path, spoilt: str) -> None:
    path = mine / FILES["yunet"]
    if spoilt == "no network":
        path.write_bytes(b"no network")
    else:
        shutil.copy(networks / "sface" / FILES["sface"], path)
    weights.adopt("yunet", mine)
    with pytest.raises(EngineError, match=r"face_detection_yunet_2023mar\.onnx"):
        opencv.eye({}).look(scene())


def test_loading_says_nothing_and_leaves_opencvs_own_voice_alone(
    networks: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    del networks
    voice = getattr(cv2.utils, "logging", cv2)  # OpenCV 5, OpenCV 4
    level = voice.getLogLevel()
    seen(opencv.eye({}), scene((96, 64, 64, ONE)))
    assert capfd.readouterr() == ("", "")
    assert voice.getLogLevel() == level


# -- the whole way --------------------------------------------------------------------------------


def test_a_film_is_made_and_judged_with_this_eye(eye: OpenCvEye) -> None:
    """The first painting shows somebody else, the second the person; the last frame nobody."""
    photo = picture(Size(256, 256), ONE)
    random = np.random.default_rng(1)
    photo[64:192, 64:192, 1] = random.integers(GREEN, 256, (128, 128))  # a face with detail
    painter = SquarePainter([OTHER, ONE])
    engines = Engines(HalfWriter(), painter, SquareAnimator(lost=(3,)), eye)
    recipe = replace(
        PREVIZ, size=Size(128, 128), keyframe=KeyframePolicy(2, 0.1),
        verify=VerifyPolicy(1, 0.1, 0.7),
    )  # fmt: skip
    take = generate(Request(photo, "beach walks", recipe, seed=3, frames=4, fps=6), engines)

    first, second = (attempt.distance for attempt in take.keyframe.attempts)
    assert first is not None and first > 0.2 > 0.1 > take.keyframe.distance == second
    assert take.verdict.passed and take.verdict.eye == "opencv"
    assert take.verdict.face_share == pytest.approx(3 / 4)


@pytest.mark.skipif(not REAL, reason="run `vivant models pull yunet`")
def test_yunet_sees_the_astronaut() -> None:
    photo = open_image(portrait())
    (face,) = opencv.eye({}).look(photo)
    assert face.box.centre == pytest.approx((223, 120), abs=4)
    assert face.box.height == pytest.approx(112, abs=6)
    wanted = [[202, 104], [246, 105], [221, 125], [204, 145], [240, 146]]
    assert np.abs(face.landmarks - wanted).max() < 6
    assert face.confidence > 0.85
    assert face.pose is not None and abs(face.pose.yaw) < 10 and abs(face.pose.roll) < 8
    assert opencv.eye({}).look(np.ascontiguousarray(photo[230:])) == ()
    with pytest.raises(MissingModelError, match="sface"):
        admit(photo, opencv.eye({}))
