"""The eye on InsightFace's packs, on networks with the packs' inputs and outputs.

A face is a square, so only its handling is judged here, never its recognition.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests import tiny_onnx
from tests.test_alignment import TURNS, turning
from tests.tiny import GREEN, HalfWriter, SquareAnimator, SquarePainter, picture
from vivant import Request, Size, generate
from vivant.engines import Engines, alignment, engine, insightface, weights
from vivant.engines.insightface import InsightFaceEye, Networks
from vivant.errors import EngineError, MissingExtraError, MissingModelError, RecipeError
from vivant.recipe import PREVIZ, KeyframePolicy, VerifyPolicy
from vivant.types import Box, Face, Image

SMALL = {"det_size": 256}
ONE, OTHER = 20, 250
"""The reds of two people: a cosine distance of 0.8."""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both packs, adopted in a model folder of this module's own."""
    root = tmp_path_factory.mktemp("packs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(root / "home"))
        weights.adopt("antelopev2", tiny_onnx.pack(root / "antelopev2"))
        tiny_onnx.pack(root / "models" / "buffalo_l", "buffalo_l")
        weights.adopt("buffalo_l", root / "models")
        yield root


@pytest.fixture(scope="module")
def eye(packs: Path) -> InsightFaceEye:
    del packs
    return insightface.eye(SMALL)


@pytest.fixture
def mine(packs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of antelopev2 to be spoilt, in a model folder of the test's own; not yet adopted."""
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    return Path(shutil.copytree(packs / "antelopev2", tmp_path / "pack"))


def scene(*squares: tuple[int, int, int, int], size: tuple[int, int] = (256, 256)) -> Image:
    """A black picture (height, width) with faces: left, top, side and red of each."""
    image = np.zeros((*size, 3), np.uint8)
    for left, top, side, red in squares:
        image[top : top + side, left : left + side] = (red, GREEN, 0)
    return image


def seen(eye: InsightFaceEye, image: Image) -> Face:
    (face,) = eye.look(image)
    return eye.embed(image, face)


# -- against the package ---------------------------------------------------------------------------


def test_what_is_seen_is_what_the_package_sees(eye: InsightFaceEye) -> None:
    """Figures from FaceAnalysis of the package insightface 2.1 on this pack and picture.

    Its attribute networks were told that they bring their own scaling, as it finds out by itself of
    the published ones from their first nodes' names.
    """
    image = np.full((400, 600, 3), 110, np.uint8)
    image[77:227, 93:243] = (100, GREEN, 0)
    image[210:360, 401:551] = (180, GREEN, 0)
    one, other = (eye.embed(image, face) for face in eye.look(image))

    assert _sides(one.box) == pytest.approx([94.117645, 75.294113, 244.705872, 225.882339])
    assert _sides(other.box) == pytest.approx([395.294098, 207.058823, 545.882324, 357.647034])
    assert (one.confidence, other.confidence) == pytest.approx((0.966289282, 0.876464844), abs=1e-5)
    assert one.landmarks[:5].ravel() == pytest.approx(
        [145.606186, 144.801743, 192.983932, 144.539688, 169.445633, 171.746674, 149.982254,
         199.483032, 189.216660, 199.266006]
    )  # fmt: skip
    surface = other.landmarks[5:]
    assert surface[[0, 8, 30, 36, 54]].ravel() == pytest.approx(
        [414.117615, 282.352936, 470.588196, 333.176483, 470.588196, 288.0, 433.882294, 273.882355,
         490.352875, 307.764709], abs=1e-3
    )  # fmt: skip
    assert one.embedding is not None and other.embedding is not None
    assert one.embedding[:4] == pytest.approx(
        [-0.013283135, -0.050822072, -0.015336382, 0.004504032], abs=1e-5
    )
    assert other.embedding[:4] == pytest.approx(
        [-0.004376453, 0.002394821, -0.009363771, -0.007355061], abs=1e-5
    )
    assert one.gender == other.gender == "man"


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


# -- looking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [64, 128])
def test_a_face_is_found_where_it_is(eye: InsightFaceEye, side: int) -> None:
    (face,) = eye.look(scene((96, 64, side, ONE)))
    assert _sides(face.box) == pytest.approx((96, 64, 96 + side, 64 + side))
    wanted = [96, 64] + alignment.TEMPLATE * side / 112
    assert face.landmarks[:5] == pytest.approx(wanted, abs=1e-4)
    assert face.landmarks.shape == (73, 2) and face.landmarks.dtype == np.float32
    assert face.confidence == pytest.approx(1.0, abs=1e-5)
    assert face.embedding is None


def test_several_faces_come_left_to_right_and_none_is_none(eye: InsightFaceEye) -> None:
    image = scene((160, 32, 64, OTHER), (16, 64, 64, ONE), size=(192, 256))
    assert [face.box.x0 for face in eye.look(image)] == pytest.approx([16, 160])
    assert eye.look(scene()) == ()


def test_the_place_in_the_picture_is_found_at_any_scale(eye: InsightFaceEye) -> None:
    (face,) = eye.look(scene((240, 120, 240, ONE), size=(480, 960)))
    assert _sides(face.box) == pytest.approx((240, 120, 480, 360), abs=2)


def test_a_face_that_is_too_large_for_the_first_square_is_found_in_a_smaller_one(
    packs: Path,
) -> None:
    del packs
    image = scene((107, 107, 427, ONE), size=(640, 640))
    networks = Networks("antelopev2")
    found = {side: len(networks.detect(image, side)) for side in insightface.SIDES}
    assert found == {640: 0, 512: 0, 384: 1, 256: 0}
    (face,) = insightface.eye({}).look(image)
    assert _sides(face.box) == pytest.approx((107, 107, 534, 534), abs=4)
    assert insightface.eye(SMALL).look(image) == ()


def test_the_threshold_decides(packs: Path) -> None:
    del packs
    image = scene((100, 68, 64, ONE))
    (unsure,) = insightface.eye(SMALL).look(image)
    assert 0.7 < unsure.confidence < 0.8
    assert insightface.eye({**SMALL, "threshold": 0.8}).look(image) == ()


def test_gender_is_the_packs_belief_from_round_the_face(eye: InsightFaceEye) -> None:
    """The tiny network sees a man in red, a woman in blue, in a square half as wide again."""
    image = scene((96, 96, 64, OTHER))
    assert eye.look(image)[0].gender == "man"
    image[80:96, 80:176] = image[160:176, 80:176] = (0, 0, 255)
    image[80:176, 80:96] = image[80:176, 160:176] = (0, 0, 255)
    assert eye.look(image)[0].gender == "woman"


# -- pose -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("depth", [1, -1], ids=["depth grows away", "depth grows nearer"])
def test_a_pose_is_read_from_the_surface(turn: tuple[float, float, float], depth: int) -> None:
    points = 80 * tiny_onnx.HEAD @ turning(*turn).T * [1, 1, depth] + [300, 200, 40]
    pose = insightface.surface_pose(points.astype(np.float32))
    assert (pose.yaw, pose.pitch, pose.roll) == pytest.approx(turn, abs=0.05)


def test_a_pack_without_the_attribute_networks_still_sees(mine: Path) -> None:
    (mine / "genderage.onnx").unlink()
    (mine / "1k3d68.onnx").unlink()
    weights.adopt("antelopev2", mine)
    eye = insightface.eye(SMALL)
    face = seen(eye, scene((96, 64, 64, ONE)))
    assert face.landmarks.shape == (5, 2) and face.gender is None
    assert face.pose == alignment.pose(face.landmarks)
    assert face.embedding is not None


# -- recognising ----------------------------------------------------------------------------------


def test_the_embedding_is_the_networks_answer_to_the_crop_at_unit_length(
    eye: InsightFaceEye,
) -> None:
    face = seen(eye, scene((96, 64, 64, 100)))
    colour = np.array([100, GREEN, 0]) / 127.5 - 1
    wanted = tiny_onnx.MIXTURE @ colour
    assert face.embedding is not None and face.embedding.shape == (insightface.DIMENSIONS,)
    assert face.embedding.dtype == np.float32
    # The crop's rim is mixed with the black beside the square.
    assert face.embedding @ wanted / np.linalg.norm(wanted) > 0.999
    assert np.linalg.norm(face.embedding) == pytest.approx(1.0)


def test_a_crop_and_a_picture_with_landmarks_give_the_same_embedding(packs: Path) -> None:
    del packs
    networks, image = Networks("buffalo_l"), scene((40, 72, 128, 90))
    (face,) = networks.detect(image, 256)
    crop = alignment.aligned(image, face.landmarks)
    assert (networks.embedding_of_crop(crop) == networks.embedding(image, face.landmarks)).all()


def test_people_are_told_apart(eye: InsightFaceEye) -> None:
    one, again, other = (
        seen(eye, scene((left, 64, side, red)))
        for left, side, red in ((96, 64, ONE), (32, 128, ONE), (96, 64, OTHER))
    )
    assert eye.distance(one, one) == pytest.approx(0.0, abs=1e-9)
    assert eye.distance(one, again) < 0.05
    assert eye.distance(one, other) > eye.same_person == 0.6


def test_a_face_of_another_eye_is_refused(eye: InsightFaceEye) -> None:
    foreign = Face(Box(0, 0, 1, 1), np.zeros((478, 2), np.float32), None, 1.0)
    with pytest.raises(EngineError, match="5 landmarks, or 68 more, not 478"):
        eye.embed(scene(), foreign)
    with pytest.raises(EngineError, match="embed it first"):
        eye.distance(foreign, foreign)


def test_the_same_picture_gives_the_same_numbers_also_after_a_release(eye: InsightFaceEye) -> None:
    image = scene((100, 60, 64, 130))
    first = seen(eye, image)
    eye.release()
    for again in (seen(eye, image), seen(insightface.eye(SMALL), image)):
        assert again.box == first.box and again.pose == first.pose
        assert (again.landmarks == first.landmarks).all()
        assert again.embedding is not None and (again.embedding == first.embedding).all()


# -- tracking -------------------------------------------------------------------------------------


def test_the_main_face_is_followed_through_a_gap(eye: InsightFaceEye) -> None:
    frames = [scene((16 + 4 * n, 32, 128, ONE), (176, 96, 64, OTHER)) for n in range(5)]
    frames[2] = scene((176, 96, 64, OTHER))
    track = eye.track(np.stack(frames))
    assert [face is None for face in track] == [False, False, True, False, False]
    for number in (0, 1, 3, 4):
        face = track[number]
        assert face is not None and face.box.x0 == pytest.approx(16 + 4 * number, abs=9)
        assert face.embedding is None and face.landmarks.shape == (73, 2)
    assert eye.track([]) == ()


# -- settings, packs, refusals --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"model": "buffalo_s"}, "antelopev2, buffalo_l"),
        ({"det_size": 600}, "multiple of 32"),
        ({"det_size": 32}, "from 64"),
        ({"threshold": 0.0}, "between 0 and 1"),
        ({"device": "gpu"}, "auto, cpu, cuda"),
        ({"threads": 0}, "from 1 to 64"),
        ({"size": 640}, "no setting 'size'"),
        ({"det_size": 640.0}, "type int"),
    ],
)
def test_a_wrong_setting_is_refused(given: dict[str, str | float], told: str) -> None:
    with pytest.raises(RecipeError, match=told):
        engine("eye", "insightface", given)


def test_who_it_is_needs_neither_weights_nor_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    info = engine("eye", "insightface", {"model": "buffalo_l"}).info
    (model,) = info.models
    assert model.name == "buffalo_l" and not model.commercial and model.sha256 == ""
    assert info.name == "insightface" and "onnxruntime" in info.packages


def test_the_packs_in_the_model_folder_are_named_by_their_hash(packs: Path) -> None:
    del packs
    one, other = (insightface.eye({"model": name}).info.models[0] for name in insightface.PACKS)
    assert one.sha256 and other.sha256 and one.sha256 != other.sha256


def test_each_pack_is_found_in_its_mirrors_layout(packs: Path, mine: Path) -> None:
    other = insightface.eye({**SMALL, "model": "buffalo_l"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(packs / "home"))
        first = seen(other, scene((96, 64, 64, ONE)))
    for role, name in (("detection", "scrfd_10g_bnkps.onnx"), ("recognition", "glintr100.onnx")):
        (mine / role).mkdir()
        (mine / name).rename(mine / role / "model.onnx")
    weights.adopt("antelopev2", mine)
    second = seen(insightface.eye(SMALL), scene((96, 64, 64, ONE)))
    assert first.box == second.box
    assert first.embedding is not None and (first.embedding == second.embedding).all()


def test_an_absent_pack_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))
    with pytest.raises(MissingModelError) as caught:
        insightface.eye({}).look(scene())
    assert caught.value.mend == "Run: vivant models pull antelopev2"


def test_a_pack_with_other_bytes_is_not_used(mine: Path) -> None:
    weights.adopt("antelopev2", mine)
    path = mine / "glintr100.onnx"
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for spoilt in (bytes(flipped), whole[:-1]):
        path.write_bytes(spoilt)
        weights.verify(["antelopev2"])
        with pytest.raises(MissingModelError, match=r"glintr100\.onnx"):
            insightface.eye(SMALL).look(scene())


def test_a_pack_without_a_recogniser_is_refused_when_it_is_needed(mine: Path) -> None:
    (mine / "glintr100.onnx").unlink()
    weights.adopt("antelopev2", mine)
    eye = insightface.eye(SMALL)
    (face,) = eye.look(scene((96, 64, 64, ONE)))
    with pytest.raises(MissingModelError, match=r"no glintr100\.onnx or recognition/model\.onnx"):
        eye.embed(scene(), face)


def test_a_file_that_is_no_network_is_named(mine: Path) -> None:
    (mine / "scrfd_10g_bnkps.onnx").write_bytes(b"no network")
    weights.adopt("antelopev2", mine)
    with pytest.raises(EngineError, match=r"can't use .*scrfd_10g_bnkps\.onnx"):
        insightface.eye(SMALL).look(scene())


def test_a_network_in_anothers_place_is_refused(mine: Path) -> None:
    shutil.copy(mine / "genderage.onnx", mine / "scrfd_10g_bnkps.onnx")
    shutil.copy(mine / "genderage.onnx", mine / "glintr100.onnx")
    weights.adopt("antelopev2", mine)
    networks = Networks("antelopev2")
    with pytest.raises(EngineError, match="has 1 outputs; SCRFD with landmarks has 9"):
        networks.detect(scene(), 256)
    with pytest.raises(
        EngineError, match=r"glintr100\.onnx fails on an input of shape \(1, 3, 112"
    ):
        networks.embedding_of_crop(np.zeros((112, 112, 3), np.uint8))


@pytest.mark.parametrize(
    ("rows", "told"), [(np.ones((128, 3)), "gave 128 numbers"), (np.zeros((512, 3)), "length 0;")]
)
def test_a_recogniser_that_is_not_arcface_is_refused(
    mine: Path, rows: NDArray[np.float64], told: str
) -> None:
    tiny_onnx.mixture(mine / "glintr100.onnx", rows.astype(np.float32), [None, 3, 112, 112])
    weights.adopt("antelopev2", mine)
    with pytest.raises(EngineError, match=told) as caught:
        Networks("antelopev2").embedding_of_crop(np.full((112, 112, 3), 9, np.uint8))
    assert caught.value.mend == "Run: vivant models pull antelopev2"


def test_without_onnx_runtime_the_extra_is_named(
    packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del packs
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtraError, match="onnxruntime") as caught:
        insightface.eye(SMALL).look(scene())
    assert "vivant[arcface]" in caught.value.mend


def test_cuda_is_not_replaced_by_the_processor_in_silence(packs: Path) -> None:
    del packs
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this build knows cuda")
    with pytest.raises(MissingExtraError, match="knows no cuda") as caught:
        insightface.eye({**SMALL, "device": "cuda"}).look(scene())
    assert "onnxruntime-gpu" in caught.value.mend


# -- the whole way --------------------------------------------------------------------------------


def test_a_film_is_made_and_judged_with_this_eye(eye: InsightFaceEye) -> None:
    """The first painting shows somebody else, the second the person; the last frame nobody."""
    portrait = picture(Size(256, 256), ONE)
    random = np.random.default_rng(1)
    portrait[64:192, 64:192, 1] = random.integers(GREEN, 256, (128, 128))  # a face with detail
    painter = SquarePainter([OTHER, ONE])
    engines = Engines(HalfWriter(), painter, SquareAnimator(lost=(3,)), eye)
    recipe = replace(
        PREVIZ, size=Size(128, 128), keyframe=KeyframePolicy(2, 0.5),
        verify=VerifyPolicy(1, 0.6, 0.7),
    )  # fmt: skip
    take = generate(Request(portrait, "beach walks", recipe, seed=3, frames=4, fps=6), engines)

    first, second = (attempt.distance for attempt in take.keyframe.attempts)
    assert first is not None and first > 0.6 > 0.1 > take.keyframe.distance == second
    assert take.verdict.passed and take.verdict.eye == "insightface"
    assert take.verdict.face_share == pytest.approx(3 / 4)
    (person,) = take.verdict.people
    assert [score.distance is None for score in person.curve] == [False] * 3 + [True]
    assert take.prompt.gender == "man"
