"""One face beside the photo: sharpness, visibility, pose, expression, and is it the photo again?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from tests.tiny import SquareEye, picture, reference
from tools.demo_portrait import portrait
from vivant.engines.alignment import angles
from vivant.engines.dlib import DlibEye
from vivant.engines.previz.scene import set_scene
from vivant.engines.previz.weather import Weather
from vivant.stages import looks
from vivant.stages.admit import admit
from vivant.types import Box, Face, Image, Part, Pose, Reference, Size, SpatialPrompt

models = pytest.mark.models


def face(points: NDArray[np.floating], pose: Pose | None = None) -> Face:
    low, high = points.min(0), points.max(0)
    box = Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return Face(box, points.astype(np.float32), pose, 1.0)


# -- how well it is seen --------------------------------------------------------------------------


def test_the_blur_effect_is_the_published_one() -> None:
    """scikit-image has an independent one, with Sobel's edges instead of plain differences."""
    from skimage.measure import blur_effect

    rng = np.random.default_rng(5)
    for sigma in (0.5, 1.0, 2.0, 4.0):
        noise = rng.uniform(0, 255, (200, 200))
        grey = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float64)
        theirs = blur_effect(grey, h_size=9, channel_axis=None)  # type: ignore[no-untyped-call]
        ours = max(looks._blur_along(grey), looks._blur_along(grey.T))
        assert ours == pytest.approx(theirs, abs=0.05)


def test_what_is_not_in_the_picture_is_neither_sharp_nor_visible() -> None:
    image = np.zeros((40, 60, 3), np.uint8)
    out = face(np.array([[70.0, 5.0], [90.0, 30.0]]))
    assert looks.blur(image, out.box) == 1.0
    assert looks.visible(image, out) == 0.0


def test_the_visible_share_is_that_of_the_box_or_of_the_landmarks() -> None:
    image = np.zeros((100, 100, 3), np.uint8)
    half_out = face(np.array([[80.0, 0.0], [120.0, 50.0], [119.0, 25.0], [118.0, 25.0]]))
    assert looks.inside_share(image, half_out.box) == pytest.approx(0.5)
    assert looks.visible(image, half_out) == pytest.approx(0.25)


# -- pose -----------------------------------------------------------------------------------------

TURNS = st.tuples(st.floats(-80, 80), st.floats(-50, 50), st.floats(-60, 60))


def posed(turn: Rotation) -> Pose:
    across, _, back = turn.as_matrix().T
    return angles(across, -back)


@given(TURNS, TURNS, st.floats(-180, 180))
def test_pose_is_the_angle_between_the_sides_from_which_two_heads_are_seen(
    one: tuple[float, float, float], other: tuple[float, float, float], tilt: float
) -> None:
    """Against SciPy's rotations: where the camera's axis lies in each head's own frame."""
    first, second = (Rotation.from_euler("YXZ", turn, degrees=True) for turn in (one, other))
    toward = np.array([0.0, 0.0, -1.0])
    cosine = first.inv().apply(toward) @ second.inv().apply(toward)
    expected = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    tilted = Rotation.from_euler("z", tilt, degrees=True) * first
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    for seen in (first, tilted):
        measured = looks.pose_between(face(points, posed(seen)), face(points, posed(second)))
        assert measured == pytest.approx(expected, abs=0.01)


def test_a_pose_that_an_eye_does_not_give_is_not_measured() -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert looks.pose_between(face(points), face(points, Pose(0, 0, 0))) is None


# -- expression -----------------------------------------------------------------------------------

SHAPE = np.random.default_rng(7).normal(0, [0.25, 0.3, 0.12], (200, 3))
"""A head of 200 landmarks; a third coordinate of less spread than ``looks.DEPTH``."""


def seen(shape: NDArray[np.floating], yaw: float = 0, pitch: float = 0, size: float = 100) -> Face:
    """From afar."""
    turn = Rotation.from_euler("YX", [yaw, pitch], degrees=True)
    return face(size * turn.apply(shape)[:, :2] + 300, posed(turn))


@given(st.floats(-40, 40), st.floats(-30, 30), st.floats(20, 500))
def test_a_rigid_head_has_one_expression_from_every_side(
    yaw: float, pitch: float, size: float
) -> None:
    assert looks.expression_between(seen(SHAPE, yaw, pitch, size), seen(SHAPE)) == pytest.approx(
        0, abs=1e-5
    )


@pytest.mark.parametrize("yaw", [0, 15, 30])
def test_a_change_is_measured_in_face_heights(yaw: float) -> None:
    """A tenth of the points move by 0.05 of the face: 0.016 root mean square, a little less where
    the best map takes up some of it, and less again where a turn can be mistaken for it."""
    moved = SHAPE.copy()
    height = float(np.ptp(SHAPE[:, 1]))
    moved[::10, 1] += 0.05 * height
    change = looks.expression_between(seen(moved, yaw), seen(SHAPE))
    assert change is not None
    whole = 0.05 * np.sqrt(0.1)
    assert (0.85 if yaw == 0 else 0.4) * whole < change < 1.01 * whole


def test_without_a_pose_no_change_is_put_down_to_a_turn() -> None:
    turned, straight = seen(SHAPE, 20), seen(SHAPE)
    change = looks.expression_between(replace(turned, pose=None), straight)
    assert change is not None and change > 0.01


def test_too_few_or_other_landmarks_tell_no_expression() -> None:
    few = seen(SHAPE[: looks.DENSE - 1])
    assert looks.expression_between(few, few) is None
    assert looks.expression_between(seen(SHAPE[:100]), seen(SHAPE)) is None
    enough = seen(SHAPE[: looks.DENSE])
    assert looks.expression_between(enough, enough) == pytest.approx(0, abs=1e-9)


# -- pixels ---------------------------------------------------------------------------------------


def patterned(seed: int) -> Image:
    noise = np.random.default_rng(seed).uniform(0, 255, (200, 200, 3)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 4)
    spread = 128 + (soft - soft.mean()) * (40 / soft.std())
    return np.asarray(np.clip(spread, 0, 255), np.uint8)


CORNERS = np.array([[50.0, 40.0], [150.0, 40.0], [150.0, 160.0], [50.0, 160.0]])


def mapped(image: Image, points: NDArray[np.floating], tilt: float, scale: float) -> Image:
    matrix = cv2.getRotationMatrix2D((100.0, 100.0), tilt, scale)
    points[...] = cv2.transform(points[None], matrix)[0]
    return np.asarray(cv2.warpAffine(image, matrix, (200, 200)), np.uint8)


@pytest.mark.parametrize(
    ("tilt", "scale", "gain", "offset"), [(0, 1, 1, 0), (25, 1, 0.6, 40), (-8, 0.6, 0.9, -10)]
)
def test_the_same_pixels_correlate_wholly_however_laid_and_lit(
    tilt: float, scale: float, gain: float, offset: float
) -> None:
    image, points = patterned(1), CORNERS.copy()
    copy = mapped(image, points, tilt, scale)
    copy = np.clip(copy * gain + offset, 0, 255).astype(np.uint8)
    assert looks.likeness_of_pixels(copy, face(points), image, face(CORNERS)) > 0.98


def test_landmarks_that_stray_hide_no_copy() -> None:
    image = patterned(1)
    stray = CORNERS + np.array([[3, -2], [1, 3], [-2, 2], [2, 1]])
    assert looks.likeness_of_pixels(image, face(stray), image, face(CORNERS)) > 0.98


def test_other_pixels_do_not_correlate_and_their_negative_does_so_below_zero() -> None:
    image = patterned(1)
    other = looks.likeness_of_pixels(patterned(2), face(CORNERS), image, face(CORNERS))
    assert abs(other) < 0.5
    negative = looks.likeness_of_pixels(255 - image, face(CORNERS), image, face(CORNERS))
    assert negative < 0


def test_a_face_without_detail_is_no_copy_of_another() -> None:
    flat = np.full((200, 200, 3), 90, np.uint8)
    flat[40:160, 50:150] = 200
    assert looks.likeness_of_pixels(flat, face(CORNERS), flat, face(CORNERS)) == 0.0


ROUND = np.linspace(0, 2 * np.pi, looks.DENSE, endpoint=False)
OUTLINE = [100.0, 100.0] + np.stack([50 * np.cos(ROUND), 60 * np.sin(ROUND)], axis=1)


@pytest.mark.parametrize("points", [CORNERS, OUTLINE], ids=["few landmarks", "many landmarks"])
def test_the_background_has_no_say(points: NDArray[np.floating]) -> None:
    image, pasted = patterned(1), patterned(2)
    pasted[40:160, 50:150] = image[40:160, 50:150]
    assert looks.likeness_of_pixels(pasted, face(points), image, face(points)) > 0.98


# -- all of it ------------------------------------------------------------------------------------


def test_a_look_is_taken_beside_the_own_photo_and_the_others() -> None:
    eye, image = SquareEye(), picture(Size(80, 60), 150)
    (square,) = eye.look(image)
    look = looks.measure(image, square, reference(140), [reference(100), reference(200)], eye)
    assert look.distance == pytest.approx(10 / 255)
    assert look.margin == pytest.approx((50 - 10) / 255)
    assert look.height == pytest.approx(30 / 60) and look.visible == 1.0
    assert look.pose == 0.0 and look.expression is None
    assert looks.measure(image, square, reference(140), [], eye).margin is None
    swapped = looks.measure(image, square, reference(100), [reference(140)], eye)
    assert swapped.margin == pytest.approx((10 - 50) / 255)


def test_a_face_is_embedded_once() -> None:
    @dataclass(frozen=True)
    class BlindEye(SquareEye):
        def embed(self, image: Image, face: Face) -> Face:
            raise AssertionError(f"{face} of {image.shape} has an embedding")

    image = picture(Size(80, 60), 150)
    known = SquareEye().embed(image, SquareEye().look(image)[0])
    assert looks.measure(image, known, reference(150), [], BlindEye()).distance == 0


# -- a real face ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def eye() -> DlibEye:
    return DlibEye()


@pytest.fixture(scope="module")
def photo(eye: DlibEye) -> Reference:
    return admit(str(portrait()), eye)


@pytest.fixture(scope="module")
def posing(eye: DlibEye, photo: Reference) -> dict[str, tuple[Image, Face]]:
    """Her in a library, moved by one channel at a time."""
    framing = Part("framing", "close-up", 0, 8)
    spatial, size = SpatialPrompt("close-up", (framing,)), Size(416, 256)
    scene, weather = set_scene((photo,), spatial, size, 1), Weather.of_picture(spatial, size, 1)
    shown = {}
    for channel, value in (
        ("rest", 0.0), ("smile", 0.4), ("smile", 1.0), ("jaw", 0.3), ("jaw", 1.0), ("yaw", 12.0),
        ("yaw", -12.0),
    ):  # fmt: skip
        image = scene.frame([{channel: value}], {}, weather, 0, 0.0)
        (seen,) = eye.look(image)
        shown[f"{channel} {value:g}"] = image, seen
    return shown


@models
def test_expression_follows_the_face_and_hardly_the_head(
    posing: dict[str, tuple[Image, Face]],
) -> None:
    rest = posing["rest 0"][1]
    change = {
        name: looks.expression_between(seen, rest) or 0.0 for name, (_, seen) in posing.items()
    }
    assert change["rest 0"] == pytest.approx(0, abs=1e-9)
    assert 0.001 < change["smile 0.4"] < change["smile 1"]
    assert 0.001 < change["jaw 0.3"] < change["jaw 1"]
    assert max(change["yaw 12"], change["yaw -12"]) < min(change["smile 1"], change["jaw 1"])


@models
def test_pose_follows_the_head_and_hardly_the_face(posing: dict[str, tuple[Image, Face]]) -> None:
    rest = posing["rest 0"][1]
    turned = {name: looks.pose_between(seen, rest) or 0.0 for name, (_, seen) in posing.items()}
    assert min(turned["yaw 12"], turned["yaw -12"]) > 6
    assert max(turned["smile 1"], turned["jaw 1"]) < 3


@models
def test_the_photo_changed_as_a_file_changes_has_its_expression_and_detail(
    eye: DlibEye, photo: Reference
) -> None:
    image = photo.image
    smaller = cv2.resize(image, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    for changed in (np.asarray(smaller, np.uint8), (image * 0.7 + 20).astype(np.uint8)):
        (same,) = eye.look(changed)
        change = looks.expression_between(same, photo.face)
        assert change is not None and change < 0.003
        assert looks.likeness_of_pixels(changed, same, image, photo.face) > 0.97
        assert (looks.pose_between(same, photo.face) or 0.0) < 2


@models
def test_the_photo_relit_and_moved_is_not_the_photo(
    photo: Reference, posing: dict[str, tuple[Image, Face]]
) -> None:
    for name in ("rest 0", "yaw 12", "jaw 1"):
        image, seen = posing[name]
        assert looks.likeness_of_pixels(image, seen, photo.image, photo.face) < 0.98, name
