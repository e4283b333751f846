"""The keyframe stage: attempts within a budget, the best one, never a faceless one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import SquareEye, SquarePainter, Watcher, reference
from vivant.errors import NoKeyframeError
from vivant.recipe import KeyframePolicy
from vivant.seeds import Seeds
from vivant.stages.keyframe import paint
from vivant.types import Keyframe, Size, SpatialPrompt

SIZE = Size(64, 64)
SEEDS = Seeds(5)


def run(reds: list[int | None], good_enough: float = 0.0) -> tuple[Keyframe, SquarePainter]:
    painter = SquarePainter(reds)
    policy = KeyframePolicy(len(reds), good_enough)
    spatial = SpatialPrompt("a beach")
    keyframe = paint(
        spatial, (reference(100),), painter, SquareEye(), policy, SIZE, SEEDS, Watcher()
    )
    return keyframe, painter


def test_the_nearest_of_all_attempts_wins() -> None:
    keyframe, _ = run([200, 120, 160])
    assert keyframe.distance == pytest.approx(20 / 255)
    assert keyframe.seed == SEEDS.of("keyframe", 1)
    assert keyframe.image[32, 32, 0] == 120
    assert [a.distance for a in keyframe.attempts] == pytest.approx([100 / 255, 20 / 255, 60 / 255])


def test_it_stops_at_the_first_good_one() -> None:
    keyframe, painter = run([200, 110, 100], good_enough=0.1)
    assert len(painter.seeds) == len(keyframe.attempts) == 2


def test_a_faceless_picture_never_wins_and_is_recorded() -> None:
    keyframe, _ = run([None, 255, None])
    assert keyframe.image[32, 32, 0] == 255
    assert [a.distance is None for a in keyframe.attempts] == [True, False, True]
    assert "no face" in keyframe.attempts[0].why


def test_only_faceless_pictures_are_an_error_with_a_reason() -> None:
    with pytest.raises(NoKeyframeError, match=r"No face in any keyframe by .* \(2 painted\)"):
        run([None, None])


def test_every_attempt_has_its_own_recorded_seed() -> None:
    keyframe, painter = run([200, 200, 200])
    assert painter.seeds == [SEEDS.of("keyframe", n) for n in range(3)]
    assert [a.seed for a in keyframe.attempts] == painter.seeds


@given(st.lists(st.none() | st.integers(0, 255), min_size=1, max_size=6))
def test_the_best_is_the_minimum(reds: list[int | None]) -> None:
    faces = [red for red in reds if red is not None]
    if not faces:
        with pytest.raises(NoKeyframeError):
            run(reds)
    else:
        keyframe, _ = run(reds, good_enough=-1.0)
        assert keyframe.distance == pytest.approx(min(abs(red - 100) for red in faces) / 255)
