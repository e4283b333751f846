"""Few frames are measured, and no change between them is missed."""

from __future__ import annotations

import itertools
from collections.abc import Hashable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vivant.stages.identity.cuts import cuts
from vivant.stages.identity.sampling import even, explore, runs
from vivant.types import Floats


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 50))
def test_even_frames_hold_both_ends_and_lie_at_most_a_stride_apart(
    first: int, more: int, stride: int
) -> None:
    frames = even(first, first + more, stride)
    assert (frames[0], frames[-1]) == (first, first + more)
    gaps = [b - a for a, b in itertools.pairwise(frames)]
    assert all(0 <= gap <= stride for gap in gaps)
    assert not gaps or max(gaps) - min(gaps) <= 1


@given(st.lists(st.booleans(), max_size=40))
def test_runs_are_the_stretches_of_true(wanted: list[bool]) -> None:
    found = list(runs(wanted))
    inside = {n for first, last in found for n in range(first, last + 1)}
    assert inside == {n for n, value in enumerate(wanted) if value}
    assert all(b - a >= 2 for (_, a), (b, _) in itertools.pairwise(found))


def looking(*directions: int) -> list[Floats | None]:
    """A thumbnail for each frame; those of different numbers have nothing in common."""
    return [np.eye(4, dtype=np.float32)[direction] for direction in directions]


def explored(states: list[Hashable], thumbs: list[Floats | None], stride: int) -> dict[int, object]:
    asked: list[int] = []

    def examine(frame: int) -> Hashable:
        asked.append(frame)
        return states[frame]

    found = explore(0, len(states) - 1, stride, thumbs, (), examine, lambda *_: False)
    assert sorted(asked) == sorted(found) and len(set(asked)) == len(asked)
    return dict(found)


def test_a_film_in_which_nothing_changes_is_measured_at_even_frames_only() -> None:
    assert list(explored(["true"] * 33, looking(*[0] * 33), 8)) == [0, 8, 16, 24, 32]


def test_a_change_that_shows_costs_two_measurements_at_each_end() -> None:
    states = ["true"] * 11 + ["drift"] * 9 + ["true"] * 13
    thumbs = looking(*[0] * 11, *[1] * 9, *[0] * 13)
    found = explored(list(states), thumbs, 8)
    assert {10, 11, 19, 20} <= set(found)
    assert len(found) <= 5 + 4


def test_a_change_between_two_samples_alike_is_found_by_how_it_looks() -> None:
    states = ["true"] * 3 + ["drift"] * 3 + ["true"] * 11
    found = explored(list(states), looking(*[0] * 3, *[1] * 3, *[0] * 11), 16)
    assert {2, 3, 5, 6} <= set(found)


def test_both_sides_of_a_cut_are_measured() -> None:
    found = explore(0, 16, 16, looking(*[0] * 17), (5, 9), lambda _: "true", lambda *_: False)
    assert list(found) == [0, 4, 5, 8, 9, 16]


def test_between_doubtful_neighbours_the_middle_is_measured_down_to_a_few_frames() -> None:
    found = explore(0, 16, 16, looking(*[0] * 17), (), lambda _: "true", lambda *_: True)
    assert list(found) == [0, 4, 8, 12, 16]


@given(st.lists(st.sampled_from(["true", "drift", "blurred"]), min_size=1, max_size=60))
def test_neighbours_in_different_states_are_adjacent(states: list[str]) -> None:
    found = explored(list(states), looking(*[0] * len(states)), 7)
    for before, after in itertools.pairwise(found):
        assert after - before == 1 or found[before] == found[after]


def test_a_new_picture_is_a_cut_and_a_pan_is_none() -> None:
    grey = np.arange(64, dtype=np.uint8)[None, None, :, None] * np.ones((1, 64, 1, 3), np.uint8)
    still, other = grey, 255 - grey
    assert cuts(np.concatenate([still] * 4 + [other] * 3 + [still] * 4)) == (4, 7)
    brighter = np.concatenate([grey + np.uint8(20 * n) for n in range(8)])
    assert cuts(brighter) == ()
