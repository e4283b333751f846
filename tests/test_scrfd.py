"""SCRFD's nine outputs become boxes and points: by the formula, and against loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vivant.engines import scrfd
from vivant.types import Floats

SIDE = 64
LEVELS = [(SIDE // stride) ** 2 * scrfd.ANCHORS for stride in scrfd.STRIDES]

places = st.tuples(
    st.sampled_from(range(3)), st.integers(0, 10**6), st.floats(0.0625, 1.0, width=32)
)
boxes = st.lists(
    st.tuples(*[st.integers(0, 40)] * 2, *[st.integers(1, 30)] * 2), min_size=1, max_size=12
)


def outputs(seed: int = 0) -> list[Floats]:
    """Scores of zero, with random distances and points."""
    random = np.random.default_rng(seed)
    scores = [np.zeros((count, 1), np.float32) for count in LEVELS]
    sides = [random.uniform(0, 4, (count, 4)).astype(np.float32) for count in LEVELS]
    points = [random.uniform(-4, 4, (count, 10)).astype(np.float32) for count in LEVELS]
    return [*scores, *sides, *points]


@given(places)
def test_an_anchor_tells_a_box_and_five_points(place: tuple[int, int, float]) -> None:
    """Guo et al. 2022: the anchor less and plus its distances, all times the stride."""
    level, number, score = place
    stride, anchor = scrfd.STRIDES[level], number % LEVELS[level]
    given = outputs()
    given[level][anchor] = score
    cell = anchor // scrfd.ANCHORS
    across = SIDE // stride
    x, y = cell % across * stride, cell // across * stride

    (found,), (box,), (points,) = scrfd.decode(given, SIDE, threshold=0.01)

    left, top, right, bottom = given[level + 3][anchor] * stride
    assert found == np.float32(score)
    assert box == pytest.approx([x - left, y - top, x + right, y + bottom])
    offsets = given[level + 6][anchor].reshape(5, 2) * stride
    assert points == pytest.approx(offsets + [x, y])


def test_scores_from_the_threshold_on_are_kept() -> None:
    given = outputs()
    given[0][3], given[1][5], given[2][7] = 0.4999, 0.5, 0.9
    scores, *_ = scrfd.decode(given, SIDE, 0.5)
    assert scores.tolist() == pytest.approx([0.5, 0.9])


def test_outputs_with_a_batch_axis_are_the_same() -> None:
    given = outputs(1)
    given[0][9], given[2][2] = 0.8, 0.7
    plain = scrfd.decode(given, SIDE, 0.5)
    batched = scrfd.decode([output[None] for output in given], SIDE, 0.5)
    assert all((one == other).all() for one, other in zip(plain, batched, strict=True))


def test_nothing_above_the_threshold_is_no_face() -> None:
    assert scrfd.faces(outputs(), SIDE, 1.0, 0.5) == ()


def test_faces_are_in_the_pictures_own_pixels_and_left_to_right() -> None:
    given = outputs(2)
    for anchor, score in ((10, 0.6), (100, 0.9)):
        given[0][anchor] = score
        given[3][anchor] = 1.0
    half, whole = (scrfd.faces(given, SIDE, scale, 0.5) for scale in (0.5, 1.0))
    assert len(whole) == 2
    assert whole[0].box.centre[0] < whole[1].box.centre[0]
    for large, small in zip(half, whole, strict=True):
        assert large.box.width == pytest.approx(2 * small.box.width) == pytest.approx(32)
        assert large.landmarks == pytest.approx(2 * small.landmarks)
        assert large.landmarks.dtype == np.float32 and large.landmarks.shape == (5, 2)
        assert large.confidence == small.confidence and large.pose is None


# -- suppression ----------------------------------------------------------------------------------


def by_loops(corners: NDArray[np.float32]) -> list[int]:
    """Greedy suppression of boxes in falling order of score, pixel rows and columns counted."""
    kept: list[int] = []
    for number, (x0, y0, x1, y1) in enumerate(corners.tolist()):
        for other in kept:
            u0, v0, u1, v1 = corners[other].tolist()
            wide = max(0.0, min(x1, u1) - max(x0, u0) + 1)
            high = max(0.0, min(y1, v1) - max(y0, v0) + 1)
            one, two = (x1 - x0 + 1) * (y1 - y0 + 1), (u1 - u0 + 1) * (v1 - v0 + 1)
            if wide * high > 0.4 * (one + two - wide * high):
                break
        else:
            kept.append(number)
    return kept


@given(boxes, st.randoms(use_true_random=False))
def test_of_boxes_that_overlap_the_surer_stays(
    sizes: list[tuple[int, int, int, int]], random: object
) -> None:
    corners = np.array([(x, y, x + w, y + h) for x, y, w, h in sizes], np.float32)
    scores = np.linspace(1.0, 0.5, len(sizes), dtype=np.float32)
    order = list(range(len(sizes)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = scrfd.suppress(scores[order], corners[order])
    assert [order[index] for index in shuffled] == by_loops(corners)


def test_boxes_at_exactly_the_limit_both_stay() -> None:
    """9 x 9 pixels in 9 x 22.5 share 0.4 of their union."""
    scores = np.array([0.9, 0.8], np.float32)
    corners = np.array([[0, 0, 8, 21.5], [0, 0, 8, 8]], np.float32)
    assert scrfd.suppress(scores, corners) == [0, 1]
    corners[1, 3] += 0.1
    assert scrfd.suppress(scores, corners) == [0]


# -- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("height", "width", "rows", "columns"),
    [(100, 200, 32, 64), (200, 100, 64, 32), (90, 90, 64, 64), (100, 333, 19, 64), (3, 900, 1, 64)],
)
def test_the_picture_fills_the_square_from_the_top_left(
    height: int, width: int, rows: int, columns: int
) -> None:
    image = np.full((height, width, 3), 200, np.uint8)
    square, scale = scrfd.letterbox(image, SIDE)
    assert square.shape == (SIDE, SIDE, 3)
    assert (square[:rows, :columns] == 200).all()
    assert not square[rows:].any() and not square[:, columns:].any()
    assert scale == pytest.approx(rows / height)
