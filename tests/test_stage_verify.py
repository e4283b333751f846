"""The verify stage: not measured is not zero, and a verdict is one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import SquareEye, Watcher, picture, reference
from vivant.recipe import VerifyPolicy
from vivant.stages.verify import verify
from vivant.types import Film, Segment, Size, Verdict

SIZE = Size(64, 64)
POLICY = VerifyPolicy(stride=4, most_distant=0.2, least_face_share=0.9)


def judged(
    reds: Sequence[int | None], policy: VerifyPolicy = POLICY, timeline: tuple[Segment, ...] = ()
) -> Verdict:
    film = Film(np.stack([picture(SIZE, red) for red in reds]), 24, 0)
    return verify(film, (reference(100),), SquareEye(), policy, Watcher(), timeline)


def test_the_same_person_throughout_passes() -> None:
    verdict = judged([100] * 9)
    assert verdict.passed
    assert (verdict.mean, verdict.worst, verdict.face_share) == (0.0, 0.0, 1.0)
    assert [score.frame for score in verdict.people[0].curve] == [0, 4, 8]
    assert verdict.sentence.startswith("This is the person of the photo in 9 of 9 frames. (")


def test_another_person_fails_with_the_measured_value_and_the_limit() -> None:
    verdict = judged([200] * 9)
    assert not verdict.passed
    assert verdict.mean == pytest.approx(100 / 255)
    assert "0.39" in verdict.sentence and "at most 0.20 passes" in verdict.sentence
    assert verdict.sentence.startswith("This is not the person of the photo in any frame.")


def test_a_span_of_somebody_else_is_found_to_the_frame_and_fails_the_film() -> None:
    verdict = judged([100] * 10 + [200] * 7 + [100] * 11)
    (span,) = verdict.spans
    assert (span.first, span.last, span.kind) == (10, 16, "drift")
    assert span.depth == pytest.approx(100 / 255)
    assert not verdict.passed
    assert "in 21 of 28 frames, but from 0.4 s to 0.7 s" in verdict.sentence
    assert "it is somebody else" in verdict.sentence


def test_a_face_that_is_away_is_a_span_with_no_depth() -> None:
    verdict = judged([100] * 30 + [None] * 3 + [100] * 30)
    (span,) = verdict.spans
    assert (span.first, span.last, span.kind, span.depth) == (30, 32, "no face", None)
    assert verdict.passed, "seen in 95 % of the frames, and nobody else is anywhere"


def test_a_blink_long_loss_is_no_span() -> None:
    verdict = judged([100] * 30 + [None] * 2 + [100] * 30)
    assert verdict.spans == () and verdict.face_share == pytest.approx(60 / 62)


def test_a_frame_without_a_face_is_not_measured_and_says_why() -> None:
    verdict = judged([100, 100, 100, 100, None, 100, 100, 100, 100])
    (lost,) = [score for score in verdict.people[0].curve if score.distance is None]
    assert lost.frame == 4 and lost.confidence == 0.0 and "no face" in lost.why
    assert verdict.mean == 0.0
    assert verdict.face_share == pytest.approx(8 / 9)
    assert not verdict.passed


def test_a_film_with_no_face_fails_and_has_no_number() -> None:
    verdict = judged([None] * 5)
    assert (verdict.mean, verdict.worst, verdict.face_share) == (None, None, 0.0)
    assert not verdict.passed
    assert verdict.sentence.startswith("No frame shows the person of the photo: no face was found")


@pytest.mark.parametrize("reds", [[100] * 9, [None] * 9, [100] * 3 + [200] * 3 + [100] * 3])
def test_as_many_steps_are_taken_as_were_announced(reds: list[int | None]) -> None:
    watch = Watcher()
    film = Film(np.stack([picture(SIZE, red) for red in reds]), 24, 0)
    verify(film, (reference(100),), SquareEye(), POLICY, watch)
    assert (watch.said, watch.steps) == (["verify 3"], 3)


def test_segments_are_judged_by_themselves() -> None:
    timeline = (Segment(0.0, 0.5, "she reads"), Segment(0.5, None, "she laughs"))
    first, second = judged([100] * 12 + [200] * 12, timeline=timeline).segments
    assert (first.first, first.last, first.text) == (0, 11, "she reads")
    assert (second.first, second.last) == (12, 23)
    assert first.mean == 0.0 and second.mean == pytest.approx(100 / 255)
    assert first.seam is None


@given(st.lists(st.none() | st.integers(0, 255), min_size=1, max_size=30))
def test_the_mean_is_over_measured_frames_only(reds: list[int | None]) -> None:
    verdict = judged(reds, VerifyPolicy(1, 1.0, 0.0))
    seen = [abs(red - 100) / 255 for red in reds if red is not None]
    assert verdict.mean == (pytest.approx(np.mean(seen), abs=1e-6) if seen else None)
    assert verdict.worst == (pytest.approx(max(seen), abs=1e-6) if seen else None)
    assert verdict.face_share == pytest.approx(len(seen) / len(reds))
