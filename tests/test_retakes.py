"""Which frames are shot again, and in which calls: nothing outside the fault but what must be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.geometry import FrameRule, Length
from vivant.retakes import MARGIN, Call, Retake, calls, retakes
from vivant.types import Reach
from vivant.verdict import Span

SCENE = Reach(FrameRule(1, 0, 1, 720, "any"), timeline=True, repeats=0, arrives=True)
FROM_A_PICTURE = Reach(FrameRule(4, 1, 5, 49, "fours"))
TO_A_PICTURE = Reach(FrameRule(4, 1, 5, 49, "fours"), arrives=True)
FROM_MOTION = Reach(FrameRule(8, 1, 9, 121, "eights"), repeats=9, arrives=True)
REACHES = (SCENE, FROM_A_PICTURE, TO_A_PICTURE, FROM_MOTION)


def span(first: int, last: int) -> Span:
    return Span(first, last, "drift", 0.8, "somebody else")


def wanted(reach: Reach, count: int, *spans: tuple[int, int]) -> list[tuple[int, int]]:
    found = retakes([span(*each) for each in spans], count, reach)
    return [(each.first, each.last) for each in found]


def test_an_animator_that_knows_the_scene_makes_the_span_and_its_margin_alone() -> None:
    assert wanted(SCENE, 96, (30, 45)) == [(30 - MARGIN, 45 + MARGIN)]
    (retake,) = retakes([span(30, 45)], 96, SCENE)
    assert list(calls(retake, 96, SCENE)) == [Call(28, 0, 20, 20, arrives=False)]


def test_the_film_s_ends_are_the_end_of_the_margin() -> None:
    assert wanted(SCENE, 96, (0, 5)) == [(0, 7)]
    assert wanted(SCENE, 96, (90, 95)) == [(88, 95)]


def test_spans_with_a_moment_between_them_are_one() -> None:
    assert wanted(SCENE, 96, (10, 20), (27, 30)) == [(8, 32)]
    assert wanted(SCENE, 96, (10, 20), (29, 30)) == [(8, 22), (27, 32)]


def test_one_that_only_continues_goes_on_to_the_end() -> None:
    assert wanted(FROM_A_PICTURE, 49, (30, 40), (44, 46)) == [(28, 48)]
    (retake,) = retakes([span(30, 40)], 49, FROM_A_PICTURE)
    # 21 new frames after the one repeated: 22, and the next of the form 4k + 1 is 25.
    assert list(calls(retake, 49, FROM_A_PICTURE)) == [Call(28, 1, 21, 25, arrives=False)]


def test_one_that_can_be_told_the_end_makes_a_legal_count_and_arrives() -> None:
    (retake,) = retakes([span(30, 45)], 96, TO_A_PICTURE)
    (call,) = calls(retake, 96, TO_A_PICTURE)
    # 20 frames, one before and one after: 22; 25 are legal, so three more are made anew.
    assert (retake.first, retake.last) == (28, 50)
    assert call == Call(28, 1, 23, 25, arrives=True)


def test_without_frames_to_repeat_a_retake_begins_with_the_keyframe() -> None:
    assert wanted(FROM_MOTION, 121, (5, 8))[0][0] == 0
    assert wanted(TO_A_PICTURE, 96, (2, 8))[0][0] == 0


def test_a_span_longer_than_one_call_is_chained() -> None:
    (retake,) = retakes([span(10, 120)], 200, TO_A_PICTURE)
    made = list(calls(retake, 200, TO_A_PICTURE))
    assert len(made) == 3 and [call.arrives for call in made] == [False, False, True]


def test_a_retake_that_touches_an_earlier_one_takes_all_of_it() -> None:
    found = [span(60, 70)]
    (retake,) = retakes(found, 96, SCENE, [(20, 40), (50, 59), (40, 52)])
    assert (retake.first, retake.last) == (20, 72)
    (apart,) = retakes(found, 96, SCENE, [(20, 40)])
    assert (apart.first, apart.last) == (58, 72)


def test_no_fault_no_retake() -> None:
    assert retakes([], 96, SCENE) == ()


spans = st.lists(
    st.tuples(st.integers(0, 299), st.integers(0, 60)).map(
        lambda pair: span(pair[0], min(pair[0] + pair[1], 299))
    ),
    min_size=1,
    max_size=5,
)


@given(spans, st.sampled_from(REACHES))
def test_retakes_are_apart_in_order_and_start_with_the_first_fault(
    found: list[Span], reach: Reach
) -> None:
    made = retakes(found, 300, reach)
    first = min(each.first for each in found)
    assert made[0].first <= max(first - MARGIN, 0) and made[0].last >= first
    for one, other in pairwise(made):
        assert one.last < other.first
    assert all(0 <= each.first <= each.last < 300 for each in made)


@given(spans)
def test_who_knows_the_scene_covers_every_fault_and_nothing_else(found: list[Span]) -> None:
    made = retakes(found, 300, SCENE)
    again = {frame for each in made for frame in range(each.first, each.last + 1)}
    faulty = {frame for each in found for frame in range(each.first, each.last + 1)}
    assert faulty <= again
    assert all(min(abs(frame - other) for other in faulty) <= MARGIN + 3 for frame in again)


@given(spans, st.sampled_from(REACHES))
def test_calls_are_legal_and_tile_their_retake(found: list[Span], reach: Reach) -> None:
    for retake in retakes(found, 300, reach):
        at = retake.first
        for call in calls(retake, 300, reach):
            reach.frames.check(Length(call.made, 24))
            assert call.first == at and call.lead <= call.first
            assert call.made >= call.lead + call.kept + call.arrives
            assert not call.arrives or call.made == call.lead + call.kept + 1
            at += call.kept
        assert at == retake.last + 1
        assert isinstance(retake, Retake)


@pytest.mark.parametrize("reach", [TO_A_PICTURE, FROM_MOTION])
@given(found=spans)
def test_whoever_can_arrive_always_meets_the_frames_that_stay(
    reach: Reach, found: list[Span]
) -> None:
    for retake in retakes(found, 300, reach):
        last = list(calls(retake, 300, reach))[-1]
        assert last.arrives or retake.last == 299
