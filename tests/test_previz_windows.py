"""Windows of a previz film: any part alone is that part of the whole; a new take meets its ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny import Watcher
from tools.demo_portrait import portrait
from vivant.engines.dlib import DlibEye
from vivant.engines.previz import effects, score
from vivant.engines.previz.engine import PrevizAnimator, PrevizPainter
from vivant.engines.previz.retake import meet, plateau_of
from vivant.stages.admit import admit
from vivant.types import (
    Film,
    Keyframe,
    Length,
    Part,
    Segment,
    Shot,
    Silent,
    Size,
    SpatialPrompt,
    TemporalPrompt,
)

WHOLE = Length(96, 24)
BUSY = TemporalPrompt(
    "0-2s: she talks and looks around; 2-4s: she laughs. Handheld camera. Wind blows, rain falls.",
    timeline=(
        Segment(0, 2, "she talks and looks around, handheld camera, wind blows"),
        Segment(2, 4, "she laughs as rain falls"),
    ),
)

windows = st.tuples(st.integers(0, 95), st.integers(1, 96)).map(
    lambda pair: (pair[0], min(pair[1], 96 - pair[0]))
)


# -- the curves --------------------------------------------------------------------------------


@given(windows)
def test_the_weight_leaves_and_comes_back_with_zero_slope(window: tuple[int, int]) -> None:
    first, frames = window
    last = first + frames - 1
    weight = plateau_of(first, frames, WHOLE)
    assert weight.shape == (96,)
    assert weight.min() >= 0 and weight.max() <= 1
    assert not weight[:first].any() and not weight[last + 1 :].any()
    if first > 0:
        assert weight[first] == 0
    if last < 95:
        assert weight[last] == 0
    if frames >= 28:
        # Minimum jerk: 10 x^3 to the lowest order, so the first of twelve steps is below 10 / 12^3.
        if first > 0:
            assert weight[first + 1] < 10 / 12**3
        assert weight[first + frames // 2] > 0.99
    if frames == 96:
        assert np.all(weight == 1)


@settings(max_examples=30, deadline=None)
@given(windows, st.integers(0, 9), st.integers(10, 19))
def test_a_new_take_meets_the_film_around_it_within_the_limits(
    window: tuple[int, int], seed: int, around: int
) -> None:
    first, frames = window
    last = first + frames - 1
    new, old = (score.write(BUSY, WHOLE, s).curves for s in (seed, around))
    met = meet(new, old, first, frames, WHOLE)
    assert set(met.effects) == set(old.effects)
    for group, ranges in (("figure", score.FIGURE_RANGES), ("camera", score.CAMERA_RANGES)):
        for name, was in getattr(old, group).items():
            now = getattr(met, group)[name]
            assert now.dtype == np.float32
            assert np.array_equal(now[:first], was[:first])
            assert np.array_equal(now[last + 1 :], was[last + 1 :])
            if first > 0:
                assert now[first] == was[first]
            if last < 95:
                assert now[last] == was[last]
            assert now.min() >= ranges[name].low - 1e-5
            assert now.max() <= ranges[name].high + 1e-5
            assert np.abs(np.diff(now)).max() <= 1.001 * ranges[name].fastest / 24 + 1e-6, name


def test_inside_the_window_it_is_the_new_take() -> None:
    new, old = (score.write(BUSY, WHOLE, seed).curves for seed in (1, 2))
    met = meet(new, old, 24, 48, WHOLE)
    inside = slice(36, 60)
    assert np.abs(new.figure["jaw"][inside] - old.figure["jaw"][inside]).max() > 0.1
    assert np.allclose(met.figure["jaw"][inside], new.figure["jaw"][inside], atol=1e-6)


def test_a_channel_that_has_no_speed_left_stays_as_it_was() -> None:
    """Where the film around already moves at a channel's limit, nothing can be added to it."""
    still = score.write(TemporalPrompt("She waits."), WHOLE, 1).curves
    fastest = score.FIGURE_RANGES["yaw"].fastest / 24
    ramp = np.clip(fastest * (np.arange(96) - 47), 0, 3 * fastest).astype(np.float32)
    ahead = np.minimum(ramp * 2, 3 * fastest).astype(np.float32)
    old = replace(still, figure={**still.figure, "yaw": ramp})
    new = replace(still, figure={**still.figure, "yaw": ahead})
    met = meet(new, old, 24, 60, WHOLE).figure["yaw"]
    assert np.abs(np.diff(met)).max() <= fastest * (1 + 1e-5)


# -- the effects -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(effects.EFFECTS))
def test_an_effect_depends_on_the_time_alone(name: str) -> None:
    size = Size(128, 96)
    image = np.linspace(0, 1, 96 * 128 * 3, dtype=np.float32).reshape(96, 128, 3)
    used, fresh = effects.make(name, size, 3), effects.make(name, size, 3)
    for t in (0.0, 0.5, 4.0, 1.5):
        used.gain(t, 1.0)
        used.front(used.back(image, t, 1.0, {}), t, 1.0, {})
    t, camera = 2.375, {"x": 0.1, "pan": 1.0}
    assert np.array_equal(used.gain(t, 0.7), fresh.gain(t, 0.7))
    assert np.array_equal(used.back(image, t, 0.7, camera), fresh.back(image, t, 0.7, camera))
    assert np.array_equal(used.front(image, t, 0.7, camera), fresh.front(image, t, 0.7, camera))


# -- the film ----------------------------------------------------------------------------------

SHORT = Length(24, 8)
SETTING = SpatialPrompt("a woman in a park", (Part("setting", "in a park", 8, 17),))
STORMY = TemporalPrompt(
    "She talks and looks around. Handheld camera. Rain falls, fire flickers, wind, lightning."
)


@pytest.fixture(scope="module")
def keyframe() -> Keyframe:
    reference = admit(str(portrait()), DlibEye())
    painted = PrevizPainter().paint(SETTING, (reference,), Size(256, 256), 3, Silent())
    return Keyframe(painted.image, SETTING, (reference,), 3, "previz", 0.0, ())


def film(keyframe: Keyframe, first: int, frames: int, seed: int, around: int | None = None) -> Film:
    shot = Shot(keyframe, STORMY, Length(frames, 8), seed, SHORT, first=first, around=around)
    return PrevizAnimator().animate(shot, Silent())


@pytest.fixture(scope="module")
def whole(keyframe: Keyframe) -> Film:
    return film(keyframe, 0, 24, seed=5)


@pytest.mark.models
def test_the_film_in_windows_is_the_film(keyframe: Keyframe, whole: Film) -> None:
    parts = [film(keyframe, first, frames, 5) for first, frames in ((0, 7), (7, 1), (8, 16))]
    assert [len(part.frames) for part in parts] == [7, 1, 16]
    assert np.array_equal(np.concatenate([part.frames for part in parts]), whole.frames)


@pytest.mark.models
def test_a_new_take_begins_and_ends_as_the_film_around_it(keyframe: Keyframe, whole: Film) -> None:
    again = film(keyframe, 6, 12, seed=9, around=5).frames
    assert np.array_equal(again[0], whole.frames[6])
    assert np.array_equal(again[-1], whole.frames[17])
    other = film(keyframe, 6, 12, seed=9).frames
    assert np.abs(again[6].astype(int) - whole.frames[12]).max() > 20
    assert np.array_equal(again[6], other[6])


@pytest.mark.models
def test_one_step_for_each_frame_of_the_window(keyframe: Keyframe) -> None:
    watch = Watcher()
    shot = Shot(keyframe, STORMY, Length(3, 8), 5, SHORT, first=20)
    assert PrevizAnimator().animate(shot, watch).frames.shape == (3, 256, 256, 3)
    assert watch.steps == 3 == PrevizAnimator().steps(shot.length)


@pytest.mark.models
def test_a_window_says_of_the_whole_film_what_is_not_shown(keyframe: Keyframe) -> None:
    first, last = film(keyframe, 0, 1, 5), film(keyframe, 23, 1, 5)
    assert first.unshown == last.unshown
