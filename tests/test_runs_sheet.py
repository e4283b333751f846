"""The contact sheet shows photos, keyframe and moments in order, and what went wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny
from vivant.runs.drawing import BAD, GOOD, KINDS
from vivant.runs.sheet import CELL_WIDTH, COLUMNS, LINE, MARGIN, contact_sheet, moments
from vivant.types import Span, Take


def cell(sheet: np.ndarray, number: int, lines: int = 1) -> np.ndarray:
    """The picture of a cell of a square film under a title of one line."""
    row, column = divmod(number, COLUMNS)
    x = MARGIN + column * (CELL_WIDTH + MARGIN)
    y = 42 + row * (CELL_WIDTH + lines * LINE + MARGIN)
    return sheet[y : y + CELL_WIDTH, x : x + CELL_WIDTH]


def spoilt(*spans: Span) -> Take:
    take = tiny.take()
    person = replace(take.verdict.people[0], spans=spans)
    verdict = replace(take.verdict, people=(person,), sentence="Short.", passed=False)
    return replace(take, verdict=verdict)


def test_cells_show_the_pictures_in_reading_order() -> None:
    sheet = contact_sheet(replace(spoilt()))
    assert sheet.shape[1] == COLUMNS * (CELL_WIDTH + MARGIN) + MARGIN
    middles = [cell(sheet, n)[CELL_WIDTH // 2, CELL_WIDTH // 2, 0] for n in range(8)]
    assert np.abs(np.array(middles, int) - 100).max() <= 2
    lefts = [int(np.nonzero(cell(sheet, n)[CELL_WIDTH // 2, :, 1] > 100)[0][0]) for n in range(8)]
    assert lefts[0] == lefts[1] == lefts[2] and sorted(lefts[2:]) == lefts[2:]
    assert lefts[7] > lefts[2]


def test_the_title_is_green_for_a_pass_and_red_for_a_failure_and_wraps() -> None:
    take = spoilt()
    for passed, colour in ((True, GOOD), (False, BAD)):
        said = replace(take, verdict=replace(take.verdict, passed=passed))
        assert (contact_sheet(said)[:36] == np.array(colour)).all(-1).any()
    long = replace(take, verdict=replace(take.verdict, sentence="word " * 100))
    assert len(contact_sheet(long)) > len(contact_sheet(take))


def test_every_reference_is_shown() -> None:
    take = spoilt()
    two = replace(take, references=(*take.references, tiny.reference(222)))
    sheet = contact_sheet(two)
    half = CELL_WIDTH // 2
    assert [int(cell(sheet, n)[half, half, 0]) // 10 for n in (0, 1, 2)] == [10, 22, 10]


def test_a_frame_of_a_faulty_span_has_the_border_of_its_kind() -> None:
    sheet = contact_sheet(spoilt(Span(3, 3, "drift", 0.7, "another face")))
    framed = [n for n in range(8) if (cell(sheet, n, 2)[1, 1] == KINDS["drift"]).all()]
    assert framed == [2 + 3]


def test_moments_prefer_measured_frames_and_keep_the_ends() -> None:
    assert moments(96, 10, sampled=(0, 12, 24, 95))[:4] == (0, 12, 24, 32)
    assert moments(6, 10) == (0, 1, 2, 3, 4, 5)
    assert moments(1, 10) == (0,)
    assert moments(96, 3, wanted=(30,)) == (0, 30, 95)


@given(
    st.integers(1, 720), st.integers(2, 12), st.sets(st.integers(0, 719), max_size=6),
    st.sets(st.integers(0, 719), max_size=60),
)  # fmt: skip
def test_moments_are_in_order_within_the_film_and_have_what_is_wanted(
    count: int, cells: int, wanted: set[int], sampled: set[int]
) -> None:
    inside = {frame for frame in wanted if frame < count}
    chosen = moments(count, cells, inside, {frame for frame in sampled if frame < count})
    assert list(chosen) == sorted(set(chosen)) and inside <= set(chosen)
    assert chosen[0] >= 0 and chosen[-1] < count
    assert len(chosen) <= max(cells, len(inside) + 2)
