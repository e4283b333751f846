"""What the photo's edge cut off the head grows again; what is whole stays as it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.person import FACE, SKIN, mesh
from vivant.engines.previz.person import crown
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.matte import Matte
from vivant.types import Floats

HAIR = np.array([0.06, 0.04, 0.03], np.float32)
SIDE = 320
CENTRE = (160.0, 180.0)
MESH = mesh(*CENTRE)
TOP = round(CENTRE[1] - 0.74 * FACE)


def head() -> Matte:
    alpha = np.zeros((SIDE, SIDE), np.float32)
    axes = (round(0.46 * FACE), round(0.68 * FACE))
    cv2.ellipse(alpha, (160, round(CENTRE[1] - 0.06 * FACE)), axes, 0, 0, 360, 1.0, -1)
    colour = np.ones((SIDE, SIDE, 3), np.float32) * HAIR
    face = MESH[:468, :2].astype(np.int32)
    cv2.fillConvexPoly(colour, cv2.convexHull(face), SKIN.tolist())
    cv2.rectangle(alpha, (130, 230), (190, SIDE), 1.0, -1)
    return Matte(colour, floats(cv2.GaussianBlur(alpha, (0, 0), 1)))


def below(row: int) -> np.ndarray:
    real = np.zeros((SIDE, SIDE), bool)
    real[row:] = True
    return real


def highest(alpha: Floats) -> int:
    return int(np.flatnonzero((alpha > 0.5).any(axis=1))[0])


def test_a_whole_head_is_left_alone() -> None:
    whole = head()
    grown, cut = crown.complete(whole, below(0), MESH)
    assert np.array_equal(grown.alpha, whole.alpha)
    assert cut == frozenset()


@pytest.mark.parametrize("lost", [0.06, 0.12])
def test_a_head_cut_at_the_top_becomes_whole_again(lost: float) -> None:
    edge = round(TOP + lost * FACE)
    grown, _ = crown.complete(head(), below(edge), MESH)
    assert abs(highest(grown.alpha) - TOP) < 0.06 * FACE


def test_what_grows_is_hair_not_forehead_and_round_not_flat() -> None:
    edge = round(TOP + 0.12 * FACE)
    grown, _ = crown.complete(head(), below(edge), MESH)
    new = grown.alpha[:edge] > 0.5
    assert np.abs(grown.colour[:edge][new] - HAIR).max() < 0.05
    widths = new.sum(axis=1)
    filled = widths[widths > 0]
    assert filled[0] < 0.6 * filled[-1]


def test_the_photos_own_pixels_stay() -> None:
    edge = round(TOP + 0.1 * FACE)
    whole = head()
    grown, _ = crown.complete(whole, below(edge), MESH)
    kept = slice(edge + 4, None)
    assert np.array_equal(grown.colour[kept], whole.colour[kept])
    changed = np.flatnonzero((grown.alpha != whole.alpha)[kept].any(axis=1))
    assert not changed.size or changed.max() < 0.1 * FACE


def test_no_step_stays_where_the_photo_ended() -> None:
    """From row to row the outline moves no further than a circle's of the head's own size."""
    edge = round(TOP + 0.12 * FACE)
    grown, _ = crown.complete(head(), below(edge), MESH)
    near = slice(edge - 6, edge + 7)
    left = (grown.alpha[near] > 0.5).argmax(axis=1)
    assert np.abs(np.diff(left)).max() <= 4


def test_a_lock_that_touches_the_edge_grows_no_horn() -> None:
    whole = head()
    edge = TOP + 1
    grown, _ = crown.complete(whole, below(edge), MESH)
    assert not grown.alpha[:edge].any()


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_head_cut_at_a_side_is_named(side: str) -> None:
    real = np.ones((SIDE, SIDE), bool)
    if side == "left":
        real[:, : round(CENTRE[0] - 0.4 * FACE)] = False
    else:
        real[:, round(CENTRE[0] + 0.4 * FACE) :] = False
    _, cut = crown.complete(head(), real, MESH)
    assert cut == {side}
