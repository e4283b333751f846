"""The rig: a pose at rest moves nothing; each channel moves the right part the right way."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.person import FACE, mesh
from vivant.engines.previz.person import landmarks as at
from vivant.engines.previz.person import rig
from vivant.types import Floats

CENTRE = (240.0, 180.0)
MESH = mesh(*CENTRE)
NECK = rig.Neck(CENTRE[0], CENTRE[1] + 1.0 * FACE, 0.3 * FACE, 1.3 * FACE)


def silhouette() -> Floats:
    alpha = np.zeros((420, 480), np.float32)
    cv2.ellipse(alpha, (240, 176), (round(0.45 * FACE), round(0.65 * FACE)), 0, 0, 360, 1.0, -1)
    cv2.rectangle(alpha, (140, 310), (340, 420), 1.0, -1)
    return alpha


RIG = rig.assemble(MESH, silhouette(), NECK, 320, seed=1)


def shift(pose: dict[str, float], point: tuple[float, float]) -> Floats:
    """How far a pose moves what lies at a place of the picture, in pixels (x, y)."""
    field = RIG.field(pose)
    where = np.array([[point]], np.float32) / RIG.step
    moved = cv2.remap(field, where[..., 0], where[..., 1], cv2.INTER_LINEAR)
    return np.asarray(moved[0, 0], np.float32)


NOSE = tuple(MESH[at.NOSE_TIP, :2])
CHEST = (CENTRE[0], 400.0)


def test_at_rest_nothing_moves() -> None:
    assert not RIG.field({}).any()
    assert not RIG.inverse({}).any()


@pytest.mark.parametrize(
    ("channel", "value", "axis", "sign"),
    [
        ("yaw", 10, 0, 1), ("yaw", -10, 0, -1),
        ("pitch", 8, 1, 1), ("pitch", -8, 1, -1),
        ("sway_x", 0.02, 0, 1), ("sway_y", 0.02, 1, 1),
    ],
)  # fmt: skip
def test_the_nose_goes_where_the_contract_says(
    channel: str, value: float, axis: int, sign: int
) -> None:
    assert sign * shift({channel: value}, NOSE)[axis] > 1


def test_a_roll_turns_the_head_clockwise() -> None:
    top = (CENTRE[0], CENTRE[1] - 0.45 * FACE)
    assert shift({"roll": 8}, top)[0] > 3
    assert abs(shift({"roll": 8}, CHEST)[0]) < 0.1


def test_the_nose_moves_further_than_the_outline_when_the_head_turns() -> None:
    edge = (CENTRE[0] + 0.42 * FACE, CENTRE[1])
    assert shift({"yaw": 10}, NOSE)[0] > 2 * abs(shift({"yaw": 10}, edge)[0])


def test_the_head_turns_and_the_chest_stays() -> None:
    assert np.abs(shift({"yaw": 12, "pitch": 10, "roll": 10}, CHEST)).max() < 0.1


@pytest.mark.parametrize(
    ("pose", "point", "axis", "sign"),
    [
        ({"smile": 1}, at.LEFT_MOUTH, 1, -1),
        ({"smile": 1}, at.LEFT_MOUTH, 0, -1),
        ({"smile": -1}, at.RIGHT_MOUTH, 1, 1),
        ({"wide": 1}, at.RIGHT_MOUTH, 0, 1),
        ({"wide": -1}, at.RIGHT_MOUTH, 0, -1),
        ({"brow": 1}, at.BROWS[0][2], 1, -1),
        ({"frown": 1}, at.LEFT_BROW_END, 0, 1),
        ({"frown": 1}, at.RIGHT_BROW_END, 0, -1),
    ],
)
def test_expressions_pull_their_own_points(
    pose: dict[str, float], point: int, axis: int, sign: int
) -> None:
    x, y = MESH[point, :2]
    assert sign * shift(pose, (float(x), float(y)))[axis] > 0.5


@pytest.mark.parametrize("pose", [{"breath": 1}, {"torso_yaw": 8}, {"lean": 0.05}, {"wind": 1}])
def test_the_body_has_a_life_of_its_own(pose: dict[str, float]) -> None:
    assert np.abs(RIG.field(pose)).max() > 0.5


def test_leaning_in_enlarges() -> None:
    left, right = (CENTRE[0] - 50, CENTRE[1]), (CENTRE[0] + 50, CENTRE[1])
    spread = shift({"lean": 0.05}, right)[0] - shift({"lean": 0.05}, left)[0]
    assert spread == pytest.approx(5, abs=0.1)


def test_opposite_turns_mirror_each_other() -> None:
    """The drawn person is symmetric, so a turn to the left is the mirror of one to the right."""
    for reach in (0.1, 0.2, 0.3):
        left = shift({"yaw": -9}, (CENTRE[0] - reach * FACE, CENTRE[1]))
        right = shift({"yaw": 9}, (CENTRE[0] + reach * FACE, CENTRE[1]))
        assert left[0] == pytest.approx(-right[0], abs=0.8)
        assert left[1] == pytest.approx(right[1], abs=0.8)


@pytest.mark.parametrize(
    "pose", [{"yaw": 12}, {"yaw": -12, "pitch": 10, "roll": 10}, {"smile": 1, "lean": 0.05}]
)
def test_the_inverse_undoes_the_field(pose: dict[str, float]) -> None:
    """Following u back and the field forth ends where it began."""
    u, field = RIG.inverse(pose), RIG.field(pose)
    x, y = (RIG.x + u[..., 0]) / RIG.step, (RIG.y + u[..., 1]) / RIG.step
    there = cv2.remap(field, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inner = (slice(8, -8), slice(8, -8))
    assert np.abs(u + there)[inner].max() < 0.8


@given(st.floats(-90, 90), st.floats(-90, 90))
def test_turns_are_bounded_in_order(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert rig.bounded(low) <= rig.bounded(high) + 1e-9
    assert abs(rig.bounded(one)) <= 18
    assert rig.bounded(-one) == pytest.approx(-rig.bounded(one))


@given(st.floats(-12, 12))
def test_turns_within_the_contract_are_exact(angle: float) -> None:
    assert rig.bounded(angle) == angle


def test_the_seed_decides_only_the_winds_waves() -> None:
    other = rig.assemble(MESH, silhouette(), NECK, 320, seed=2)
    assert np.array_equal(other.field({"yaw": 9}), RIG.field({"yaw": 9}))
    assert not np.array_equal(other.field({"wind": 1}), RIG.field({"wind": 1}))
