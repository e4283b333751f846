"""Five points of a face become a crop and a pose; scikit-image's estimator is the witness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from skimage.transform import SimilarityTransform

from tools.demo_portrait import portrait
from vivant.engines import alignment
from vivant.engines.following import follow
from vivant.errors import EngineError
from vivant.image import open_image
from vivant.types import Box, Face, Floats

PHOTO = open_image(portrait())
FIVE = np.array([[202, 104], [246, 105], [221, 125], [204, 145], [240, 146]], np.float32)
"""The astronaut's eyes, nose and corners of the mouth."""

coordinates = st.floats(-2000, 2000, allow_nan=False)
five = st.lists(st.tuples(coordinates, coordinates), min_size=5, max_size=5, unique=True)


def turning(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """The rotation of a head, x right, y down, z away, angles as in ``vivant.types.Pose``."""
    y, p, r = np.radians([yaw, pitch, roll])
    about_y = [[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]]
    about_x = [[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]]
    about_z = [[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]]
    return np.array(about_y) @ np.array(about_x) @ np.array(about_z)


# -- crops ----------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(five)
def test_the_similarity_is_umeyamas(points: list[tuple[float, float]]) -> None:
    source = np.array(points)
    if source.std(0).max() < 1:
        return
    wanted = SimilarityTransform.from_estimate(source, alignment.TEMPLATE)
    if not wanted or np.linalg.norm(wanted.params[:2, :2]) < 1e-3:
        return  # points with no turn that is better than another
    found = alignment.similarity(source, alignment.TEMPLATE)
    assert found == pytest.approx(wanted.params[:2], abs=1e-6)


@given(st.floats(-180, 180), st.floats(0.1, 10), coordinates, coordinates)
def test_what_was_turned_scaled_and_moved_is_brought_back(
    degrees: float, scale: float, right: float, down: float
) -> None:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = scale * alignment.TEMPLATE @ turn.T + [right, down]
    matrix = alignment.similarity(moved, alignment.TEMPLATE)
    back = moved @ matrix[:, :2].T + matrix[:, 2]
    assert back == pytest.approx(alignment.TEMPLATE, abs=1e-6)


def test_a_mirror_image_is_turned_and_never_mirrored() -> None:
    mirrored = alignment.TEMPLATE * [-1, 1]
    matrix = alignment.similarity(mirrored, alignment.TEMPLATE)
    assert np.linalg.det(matrix[:, :2]) > 0


@pytest.mark.parametrize("side", [112, 224])
def test_the_crop_has_the_five_points_on_the_template(side: int) -> None:
    marked = np.zeros_like(PHOTO)
    for x, y in FIVE.astype(int):
        marked[y - 1 : y + 2, x - 1 : x + 2] = 255
    crop = alignment.aligned(marked, FIVE, side)
    assert crop.shape == (side, side, 3) and crop.dtype == np.uint8
    assert crop.flags["C_CONTIGUOUS"]
    matrix = alignment.similarity(FIVE, alignment.TEMPLATE * (side / 112))
    for x, y in (FIVE @ matrix[:, :2].T + matrix[:, 2]).round().astype(int):
        assert crop[y, x, 0] > 200


@pytest.mark.parametrize(
    ("side", "mean", "pixels"),
    [
        (112, [160.3495, 135.3099, 109.2739], [[168, 142, 109], [234, 206, 184]]),
        (224, [160.3958, 135.3573, 109.3525], [[121, 103, 75], [154, 118, 78]]),
    ],
)
def test_the_crop_is_that_of_insightface(
    side: int, mean: list[float], pixels: list[list[int]]
) -> None:
    """Figures from ``norm_crop`` of the package insightface 2.1, on the same picture and points."""
    crop = alignment.aligned(PHOTO, FIVE, side)
    assert crop.reshape(-1, 3).mean(0) == pytest.approx(mean, abs=0.02)  # OpenCV 4 rounds otherwise
    assert crop[[20, 56], [30, 56]].astype(int) == pytest.approx(np.array(pixels), abs=1)


def test_more_landmarks_than_five_change_nothing() -> None:
    more = np.concatenate([FIVE, np.zeros((68, 2), np.float32)])
    assert (alignment.aligned(PHOTO, more) == alignment.aligned(PHOTO, FIVE)).all()


@pytest.mark.parametrize("spot", [(0.0, 0.0), (1000.3, 20.1)])
def test_five_points_on_one_spot_are_refused(spot: tuple[float, float]) -> None:
    points = np.array([spot] * 5, np.float32)
    with pytest.raises(EngineError, match="one spot"):
        alignment.aligned(PHOTO, points)
    assert alignment.pose(points) is None


# -- pose -----------------------------------------------------------------------------------------

TURNS = [(0, 0, 0), (30, 0, 0), (-60, 0, 0), (0, 20, 0), (0, -25, 0), (0, 0, 35), (30, 15, -20)]


@pytest.mark.parametrize("turn", TURNS)
def test_angles_are_those_of_the_rotation(turn: tuple[float, float, float]) -> None:
    matrix = turning(*turn)
    pose = alignment.angles(matrix[:, 0], -matrix[:, 2])
    assert (pose.yaw, pose.pitch, pose.roll) == pytest.approx(turn, abs=1e-6)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("away", [60.0, 250.0])
def test_a_pose_is_read_from_five_points(turn: tuple[float, float, float], away: float) -> None:
    """A head of average measures (eyes 6.3 cm apart), seen from 60 cm and from 2.5 m."""
    head = np.array(
        [[-3.15, -2.6, -3.5], [3.15, -2.6, -3.5], [0, 1.1, -7.5], [-2.5, 4.3, -4.3],
         [2.5, 4.3, -4.3]]
    )  # fmt: skip
    seen = head @ turning(*turn).T + [0, 0, away]
    points = np.asarray(900 * seen[:, :2] / seen[:, 2:] + [640, 360], np.float32)
    pose = alignment.pose(points)
    assert pose is not None
    assert (pose.yaw, pose.pitch, pose.roll) == pytest.approx(turn, abs=5)


def test_the_nose_tells_the_side() -> None:
    def with_nose(right: float, down: float) -> Floats:
        return FIVE + np.array([[0, 0], [0, 0], [right, down], [0, 0], [0, 0]], np.float32)

    straight, right, left = (alignment.pose(with_nose(x, 0)) for x in (0, 8, -8))
    down, up = (alignment.pose(with_nose(0, y)) for y in (8, -8))
    assert straight and right and left and down and up
    assert left.yaw < straight.yaw - 5 < straight.yaw + 5 < right.yaw
    assert up.pitch < straight.pitch < down.pitch


# -- distance -------------------------------------------------------------------------------------


def face(x: float, size: float = 40.0, embedding: list[float] | None = None) -> Face:
    numbers = None if embedding is None else np.array(embedding, np.float32)
    return Face(Box(x, 0, x + size, size), FIVE, None, 1.0, numbers)


def test_the_distance_is_one_less_the_cosine() -> None:
    one = face(0, embedding=[3, 4])
    assert alignment.cosine_distance(one, one) == pytest.approx(0.0, abs=1e-12)
    assert alignment.cosine_distance(one, face(0, embedding=[6, 8])) == pytest.approx(0, abs=1e-12)
    assert alignment.cosine_distance(one, face(0, embedding=[4, -3])) == pytest.approx(1.0)
    assert alignment.cosine_distance(one, face(0, embedding=[-3, -4])) == pytest.approx(2.0)
    with pytest.raises(EngineError, match="embed it first"):
        alignment.cosine_distance(one, face(0))


# -- following ------------------------------------------------------------------------------------


def followed(*frames: list[Face]) -> list[float | None]:
    """The left side of whom ``follow`` follows through frames with these faces."""
    pictures = [np.full((1, 1, 3), number, np.uint8) for number in range(len(frames))]
    track = follow(pictures, lambda picture: tuple(frames[picture[0, 0, 0]]))
    return [None if one is None else one.box.x0 for one in track]


def test_the_largest_face_of_the_first_frame_is_followed_though_another_grows() -> None:
    frames = [[face(0, 40), face(200, 50)], [face(5, 90), face(205, 50)], [face(9, 90), face(211)]]
    assert followed(*frames) == [200, 205, 211]


def test_nobody_else_takes_the_place_of_who_is_lost() -> None:
    frames = [[face(0, 50), face(200, 40)], [face(200, 40)], [face(8, 50), face(200, 40)]]
    assert followed(*frames) == [0, None, 8]


def test_who_was_lost_for_long_may_return_farther_off() -> None:
    assert followed([face(0)], [face(80)]) == [0, None]
    assert followed([face(0)], [], [], [face(80)]) == [0, None, None, 80]


def test_empty_frames_before_the_first_face_and_films_without_any() -> None:
    assert followed([], [face(7)], []) == [None, 7, None]
    assert followed([], []) == [None, None]
    assert followed() == []
