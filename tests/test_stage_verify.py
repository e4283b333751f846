"""The verify stage: not measured is not zero, and a verdict is one plain sentence."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import SquareEye, Watcher, picture, reference
from vivant.recipe import VerifyPolicy
from vivant.stages.verify import sample, verify
from vivant.types import Film, Size, Verdict

SIZE = Size(64, 64)
POLICY = VerifyPolicy(stride=4, most_distant=0.2, least_face_share=0.9)


def judged(reds: list[int | None], policy: VerifyPolicy = POLICY) -> Verdict:
    film = Film(np.stack([picture(SIZE, red) for red in reds]), 24, 0)
    return verify(film, (reference(100),), SquareEye(), policy, Watcher())


def test_the_same_person_throughout_passes() -> None:
    verdict = judged([100] * 9)
    assert verdict.passed
    assert (verdict.mean, verdict.worst, verdict.face_share) == (0.0, 0.0, 1.0)
    assert [score.frame for score in verdict.people[0].curve] == [0, 4, 8]
    assert verdict.sentence.startswith("This person: mean identity distance 0.00 over 3 frames")


def test_another_person_fails_with_the_measured_value_and_the_limit() -> None:
    verdict = judged([200] * 9)
    assert not verdict.passed
    assert verdict.mean == pytest.approx(100 / 255)
    assert "0.39" in verdict.sentence and "limit 0.20" in verdict.sentence
    assert verdict.sentence.startswith("Not this person")


def test_a_frame_without_a_face_is_not_measured_and_says_why() -> None:
    verdict = judged([100, 100, 100, 100, None, 100, 100, 100, 100])
    lost = verdict.people[0].curve[1]
    assert (lost.frame, lost.distance) == (4, None) and "no face" in lost.why
    assert verdict.mean == 0.0
    assert verdict.face_share == pytest.approx(8 / 9)
    assert not verdict.passed and "out of sight" in verdict.sentence


def test_a_film_with_no_face_fails_and_has_no_number() -> None:
    verdict = judged([None] * 5)
    assert (verdict.mean, verdict.worst, verdict.face_share) == (None, None, 0.0)
    assert not verdict.passed and "could not be measured" in verdict.sentence


@given(st.integers(1, 300), st.integers(1, 50))
def test_samples_are_sorted_unique_and_hold_both_ends(count: int, stride: int) -> None:
    frames = sample(count, stride)
    assert list(frames) == sorted(set(frames))
    assert frames[0] == 0 and frames[-1] == count - 1
    assert all(b - a <= stride for a, b in itertools.pairwise(frames))


@given(st.lists(st.none() | st.integers(0, 255), min_size=1, max_size=30))
def test_the_mean_is_over_measured_frames_only(reds: list[int | None]) -> None:
    verdict = judged(reds, VerifyPolicy(1, 1.0, 0.0))
    seen = [abs(red - 100) / 255 for red in reds if red is not None]
    assert verdict.mean == (pytest.approx(np.mean(seen), abs=1e-6) if seen else None)
    assert verdict.worst == (pytest.approx(max(seen), abs=1e-6) if seen else None)
    assert verdict.face_share == pytest.approx(len(seen) / len(reds))
