"""Every frame of a film is made by one call, every call is legal, and boundaries stay put."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.errors import EngineError, GeometryError
from vivant.prompts import Segment
from vivant.shots import (
    SHORTEST_GAP,
    Stretch,
    Window,
    check_room,
    check_timeline,
    frame_at,
    plan,
    stretches,
)
from vivant.types import FrameRule, Length, Reach, Size

WAN = Reach(FrameRule(4, 1, 5, 121, "Wan's VAE packs four frames"))
ANY = Reach(FrameRule(1, 0, 1, 720, "previz renders any frame"), timeline=True, repeats=0)


@st.composite
def reaches(draw: st.DrawFn) -> Reach:
    """Animators of all kinds that can go beyond what they repeat."""
    step, fewest, repeats = (
        draw(st.integers(1, 9)),
        draw(st.integers(1, 20)),
        draw(st.integers(0, 9)),
    )
    most = fewest + repeats + step + draw(st.integers(1, 120))
    rule = FrameRule(step, draw(st.integers(0, step - 1)), fewest, most, "")
    return Reach(rule, draw(st.booleans()), repeats)


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Up to six segments in order, with and without gaps; the last may be open."""
    tenths = draw(st.lists(st.integers(0, 120), min_size=2, max_size=12, unique=True))
    tenths = sorted(tenths)[: len(tenths) // 2 * 2]
    found = [
        Segment(start / 10, end / 10, f"step {number}")
        for number, (start, end) in enumerate(zip(tenths[::2], tenths[1::2], strict=True))
    ]
    if draw(st.booleans()):
        found[-1] = Segment(found[-1].start, None, found[-1].text)
    if draw(st.booleans()):
        ends = [segment.start for segment in found[1:]] + [found[-1].end]
        found = [Segment(s.start, end, s.text) for s, end in zip(found, ends, strict=True)]
    return tuple(found)


films = st.builds(Length, st.integers(1, 700), st.sampled_from([3, 16, 24, 30]))


@given(films, timelines() | st.just(()), reaches())
def test_the_calls_make_every_frame_once_and_are_legal(
    whole: Length, timeline: tuple[Segment, ...], reach: Reach
) -> None:
    windows = plan(whole, timeline, reach)
    made = [frame for w in windows for frame in range(w.first, w.last + 1)]
    assert made == list(range(whole.frames))
    for window in windows:
        reach.frames.check(Length(window.made, whole.fps))
        again = reach.repeats if window.first >= reach.repeats else min(1, window.first)
        assert window.start == window.first - again
        assert len(range(window.made)[window.kept]) == window.last - window.first + 1
        surplus = window.start + window.made - 1 - window.last
        assert surplus < reach.frames.step or window.made - reach.frames.step < reach.frames.fewest


@given(films, timelines(), reaches())
def test_no_call_goes_over_the_start_of_a_segment(
    whole: Length, timeline: tuple[Segment, ...], reach: Reach
) -> None:
    windows = plan(whole, timeline, Reach(reach.frames, False, reach.repeats))
    firsts = {window.first for window in windows}
    for segment in timeline[1:]:
        start = Fraction(str(segment.start)) * whole.fps
        if start < whole.frames:
            frame = min(first for first in firsts if first >= start)
            assert start <= frame < start + 1


@given(films, reaches())
def test_a_long_stretch_is_shared_evenly_by_as_few_calls_as_can_be(
    whole: Length, reach: Reach
) -> None:
    windows = plan(whole, (), reach)
    longest, again = reach.frames.longest, reach.repeats
    assert len(windows) == 1 or whole.frames > longest + (len(windows) - 2) * (longest - again)
    new = [w.last + 1 - (w.start + again if w.first else again) for w in windows]
    assert max(new) - min(new) <= 1


@given(films, timelines())
def test_an_animator_that_reads_timelines_makes_the_film_at_once_where_it_can(
    whole: Length, timeline: tuple[Segment, ...]
) -> None:
    assert plan(whole, timeline, ANY) == (Window(0, 0, whole.frames - 1, whole.frames),)


def test_the_film_of_two_segments_that_the_issue_names() -> None:
    timeline = (Segment(0, 2, "she reads"), Segment(2, 5, "she looks up and laughs"))
    assert plan(Length(120, 24), timeline, WAN) == (Window(0, 0, 47, 49), Window(47, 48, 119, 73))


def test_with_fewer_frames_before_it_than_it_repeats_a_call_repeats_one() -> None:
    nines = Reach(FrameRule(8, 1, 9, 121, "latents of eight frames"), repeats=9)
    timeline = (Segment(0, 0.25, "she blinks"), Segment(0.25, None, "she nods"))
    assert plan(Length(49, 24), timeline, nines) == (Window(0, 0, 5, 9), Window(5, 6, 48, 49))


def test_ten_seconds_at_once_are_two_calls_of_the_longest_kind() -> None:
    assert plan(Length(241, 24), (), WAN) == (Window(0, 0, 120, 121), Window(120, 121, 240, 121))


@pytest.mark.parametrize("frames,made", [(1, 5), (5, 5), (6, 9), (96, 97), (121, 121)])
def test_a_count_that_no_call_makes_is_cut_out_of_the_next(frames: int, made: int) -> None:
    assert plan(Length(frames, 24), (), WAN) == (Window(0, 0, frames - 1, made),)


def test_who_can_only_repeat_can_t_go_on() -> None:
    stuck = Reach(FrameRule(4, 1, 5, 8, ""), repeats=5)
    assert plan(Length(5, 24), (), stuck) == (Window(0, 0, 4, 5),)
    with pytest.raises(EngineError, match="5 frames in one call can't repeat 5"):
        plan(Length(6, 24), (), stuck)


# -- stretches ---------------------------------------------------------------------------------


@given(films, timelines())
def test_stretches_tile_the_film_in_the_order_of_the_timeline(
    whole: Length, timeline: tuple[Segment, ...]
) -> None:
    found = stretches(timeline, whole)
    assert (found[0].first, found[-1].last) == (0, whole.frames - 1)
    assert all(one.last + 1 == other.first for one, other in pairwise(found))
    numbers = [each.segment for each in found if each.segment is not None]
    assert numbers == sorted(set(numbers))
    short = SHORTEST_GAP * whole.fps
    assert all(s.last - s.first + 1 >= short for s in found[:-1] if s.segment is None)


@pytest.mark.parametrize(
    ("timeline", "expected"),
    [
        ([(0, 2), (5, 8)], [(0, 19, 0), (20, 49, None), (50, 79, 1), (80, 99, None)]),
        ([(0, 2), (2.3, 9.8)], [(0, 22, 0), (23, 99, 1)]),
        ([(0.04, 2), (2, None)], [(0, 19, 0), (20, 99, 1)]),
        ([(3, None)], [(0, 29, None), (30, 99, 0)]),
        ([(0, 2), (8, 30)], [(0, 19, 0), (20, 79, None), (80, 99, 1)]),
        ([(0, 2), (12, 14)], [(0, 19, 0), (20, 99, None)]),
    ],
    ids=["gaps", "short gaps", "a late start", "open", "past the end", "beyond the end"],
)
def test_what_a_timeline_leaves_open(
    timeline: list[tuple[float, float | None]], expected: list[tuple[int, int, int | None]]
) -> None:
    segments = [Segment(start, end, "x") for start, end in timeline]
    assert stretches(segments, Length(100, 10)) == tuple(Stretch(*each) for each in expected)


@given(st.integers(0, 10_000), st.integers(1, 120))
def test_a_segment_starts_at_the_first_frame_not_before_its_time(ms: int, fps: int) -> None:
    frame = frame_at(ms / 1000, fps)
    assert Fraction(frame - 1, fps) < Fraction(ms, 1000) <= Fraction(frame, fps)


# -- refusals ----------------------------------------------------------------------------------


def test_a_segment_beyond_the_film_s_end_is_refused() -> None:
    timeline = (Segment(0, 2, "she reads"), Segment(4, 6, "she laughs"))
    check_timeline(timeline, Length(97, 24))
    with pytest.raises(GeometryError, match=r"'she laughs' starts at 4 s.*ends at 4 s") as refusal:
        check_timeline(timeline, Length(96, 24))
    assert refusal.value.mend == "Ask for more than 4 seconds, or leave it out."


def test_a_segment_between_two_frames_is_refused() -> None:
    timeline = (Segment(0, 1.01, "a"), Segment(1.01, 1.02, "she blinks"), Segment(1.02, 2, "b"))
    with pytest.raises(GeometryError, match=r"'she blinks' starts at 1.01 s.*24 frames a second"):
        check_timeline(timeline, Length(48, 24))


def test_a_film_larger_than_memory_is_refused_with_the_most_it_can_have() -> None:
    check_room(Size(1920, 1080), Length(720, 24))
    with pytest.raises(GeometryError, match=r"3740 frames of 832x480 are 4.5 GB.*3738 frames"):
        check_room(Size(832, 480), Length(3740, 24))
