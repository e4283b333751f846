"""Lids, gaze and jaw, painted into a drawn face."""

from __future__ import annotations

import numpy as np
import pytest

from tests import person
from vivant.engines.previz.person import eyes, mouth
from vivant.engines.previz.person import landmarks as at
from vivant.engines.previz.person.arrays import floats
from vivant.types import Floats

PERSON = person.portrait()
SHAPE = PERSON.alpha.shape
EYES = eyes.find(PERSON.mesh, SHAPE)
MOUTH = mouth.find(PERSON.mesh, SHAPE, 0.3)


def texture() -> Floats:
    colour = np.dstack([PERSON.colour * PERSON.alpha[..., None], PERSON.alpha])
    return np.ascontiguousarray(colour, np.float32)


def posed(**channels: float) -> Floats:
    picture = texture()
    mouth.pose(picture, MOUTH, channels.get("jaw", 0.0))
    eyes.pose(picture, EYES, channels)
    return picture


def eye(picture: Floats, side: int) -> Floats:
    x, y = PERSON.mesh[at.IRISES[side], :2].round().astype(int)
    return floats(picture[y - 5 : y + 6, x - 13 : x + 14, :3].mean(axis=-1))


def dark_centre(patch: Floats) -> Floats:
    dark = np.clip(0.25 - patch, 0, None)
    y, x = np.mgrid[: patch.shape[0], : patch.shape[1]]
    return floats(np.array([(dark * x).sum(), (dark * y).sum()]) / dark.sum())


def test_at_rest_no_byte_changes() -> None:
    assert posed().tobytes() == texture().tobytes()


@pytest.mark.parametrize("side", [0, 1])
def test_a_blink_covers_iris_and_white_with_skin(side: int) -> None:
    skin = float(person.SKIN.mean())
    opened, closed = eye(posed(), side), eye(posed(blink=1), side)
    assert (opened > 0.7).sum() > 20
    assert (closed > 0.5).sum() == 0
    assert np.median(closed[:6]) == pytest.approx(skin, abs=0.06)


def test_a_half_blink_covers_less_than_a_whole_one() -> None:
    white = [(eye(posed(blink=b), 0) > 0.6).sum() for b in (0, 0.5, 1)]
    assert white[0] > white[1] > white[2]


def test_a_squint_narrows_both_lids_without_closing() -> None:
    white = [(eye(posed(squint=s), 1) > 0.6).sum() for s in (0, 1)]
    assert 0.2 * white[0] < white[1] < 0.9 * white[0]


@pytest.mark.parametrize("side", [0, 1])
def test_both_irises_follow_the_gaze_to_the_same_side(side: int) -> None:
    rest = dark_centre(eye(posed(), side))
    assert dark_centre(eye(posed(gaze_x=1), side))[0] > rest[0] + 1
    assert dark_centre(eye(posed(gaze_x=-1), side))[0] < rest[0] - 1
    assert dark_centre(eye(posed(gaze_y=1), side))[1] > rest[1] + 0.3


def test_what_lies_away_from_the_eyes_stays() -> None:
    brow = slice(0, int(PERSON.mesh[at.BROWS[0][2], 1]) - 2)
    assert np.array_equal(posed(blink=1, gaze_x=1)[brow], texture()[brow])


def test_an_eye_turned_away_is_left_alone() -> None:
    turned = PERSON.mesh.copy()
    far = [*at.UPPER_LIDS[1], *at.LOWER_LIDS[1]]
    turned[far, 0] = turned[far[0], 0] + 0.2 * (turned[far, 0] - turned[far[0], 0])
    assert len(eyes.find(turned, SHAPE)) == 1


def column(picture: Floats) -> Floats:
    """Down the middle of the mouth, from the upper lip to the chin."""
    x, y = PERSON.mesh[at.LOWER_LIP, :2].round().astype(int)
    return picture[y - 12 : y + 34, x, :3]


def test_an_opening_jaw_parts_the_lips_and_shows_the_dark_inside() -> None:
    dark = [(column(posed(jaw=j)).max(axis=-1) < 0.15).sum() for j in (0, 0.5, 1)]
    assert dark[0] == 0
    assert dark[0] < dark[1] < dark[2]


def test_the_upper_lip_stays_when_the_jaw_falls() -> None:
    assert np.allclose(column(posed(jaw=1))[:11], column(posed())[:11], atol=1e-4)


def test_lips_that_meet_cannot_close_further() -> None:
    assert posed(jaw=-1).tobytes() == texture().tobytes()


def test_an_open_mouth_closes_over_its_inside() -> None:
    mesh = PERSON.mesh.copy()
    lower = list(at.INNER_LOWER_LIP)
    bow = 1 - (np.linspace(-1, 1, len(lower)) ** 2)
    mesh[lower, 1] += (0.1 * person.FACE * bow).astype(np.float32)
    opened = mouth.find(mesh, SHAPE, 0.3)
    picture = texture()
    x, y = PERSON.mesh[at.LOWER_LIP, :2].round().astype(int)
    picture[y + 1 : y + 11, x - 8 : x + 9, :3] = 0.01
    before = (column(picture).max(axis=-1) < 0.1).sum()
    mouth.pose(picture, opened, -1.0)
    assert (column(picture).max(axis=-1) < 0.1).sum() <= 0.3 * before
