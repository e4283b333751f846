"""The motion stage holds the animator to its word."""

from __future__ import annotations

import pytest

from tests.tiny import (
    HalfWriter,
    SquareAnimator,
    SquareEye,
    SquarePainter,
    Watcher,
    picture,
    reference,
)
from vivant.engines import Engines
from vivant.errors import CancelledError, EngineError
from vivant.recipe import MotionPolicy
from vivant.seeds import Seeds
from vivant.stages.motion import animate
from vivant.types import Film, Keyframe, Length, Size, SpatialPrompt, TemporalPrompt

SIZE = Size(64, 64)
KEYFRAME = Keyframe(picture(SIZE, 9), SpatialPrompt(""), (reference(),), 1, "square", 0.0, ())


def run(animator: SquareAnimator, watch: Watcher | None = None) -> Film:
    temporal = TemporalPrompt("A person waits.")
    engines = Engines(HalfWriter(), SquarePainter([]), animator, SquareEye())
    watch = watch or Watcher()
    return animate(KEYFRAME, temporal, Length(6, 3), engines, MotionPolicy(0, 0.1), Seeds(2), watch)


def test_the_film_has_the_asked_length_and_the_stage_seed() -> None:
    film = run(SquareAnimator())
    assert film.frames.shape == (6, 64, 64, 3)
    assert film.seed == Seeds(2).of("motion")
    assert (film.frames[0] == KEYFRAME.image).all()


def test_another_length_is_an_error_of_the_engine() -> None:
    with pytest.raises(EngineError, match=r"\(8, 64, 64, 3\)"):
        run(SquareAnimator(extra=2))


def test_the_observer_can_stop_it() -> None:
    with pytest.raises(CancelledError):
        run(SquareAnimator(), Watcher(stop=3))
