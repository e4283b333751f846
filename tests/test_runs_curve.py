"""The identity curve: where things lie on it, and that every kind of verdict can be drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import tiny
from vivant.runs.curve import LEFT, PLOT, RIGHT, WIDTH, _Axes, _gaps, identity_picture
from vivant.runs.drawing import BAD, GOOD, KINDS, PEOPLE, printable, width, wrap
from vivant.types import FrameScore, Likeness, SegmentScore, ShotRecord, Span, Verdict


def person(distances: dict[int, float | None], spans: tuple[Span, ...] = ()) -> Likeness:
    curve = tuple(
        FrameScore(frame, distance, "" if distance is not None else "nobody is there")
        for frame, distance in distances.items()
    )
    known = [d for d in distances.values() if d is not None]
    mean = sum(known) / len(known) if known else None
    return Likeness(curve, mean, max(known, default=None), 1.0, spans=spans)


def verdict(*people: Likeness, passed: bool = True) -> Verdict:
    return Verdict("square", 0.6, people, passed, "A sentence.")


def where(picture: np.ndarray, colour: tuple[int, int, int], off: int = 8) -> np.ndarray:
    """Rows and columns inside the plot that have nearly this colour."""
    near = np.abs(picture.astype(int) - np.array(colour)).max(-1) <= off
    near[:, :LEFT] = near[:95] = False
    return np.argwhere(near)


def test_a_dot_lies_at_its_time_and_distance() -> None:
    """One measure of 0.3 in frame 75 of 100: three quarters along; 0.3 of 0.78 down."""
    picture = identity_picture(verdict(person({75: 0.3})), 25, 100)
    y, x = where(picture, PEOPLE[0]).mean(axis=0)
    assert x == pytest.approx(LEFT + (WIDTH - LEFT - RIGHT) * 0.755, abs=1)
    top = np.nonzero((picture[:, WIDTH // 2] == (32, 32, 36)).all(-1))[0][0]
    assert y == pytest.approx(top + PLOT * 0.3 / (1.3 * 0.6), abs=1.5)


def test_closer_is_higher() -> None:
    heights = [
        where(identity_picture(verdict(person({5: d})), 5, 10), PEOPLE[0]).mean(axis=0)[0]
        for d in (0.1, 0.3, 0.5)
    ]
    assert heights == sorted(heights)


def test_a_faulty_span_has_a_bar_of_its_kind_as_long_as_it_is() -> None:
    span = Span(30, 45, "swap", 0.7, "the other's face")
    picture = identity_picture(verdict(person({0: 0.2, 99: 0.2}, (span,)), passed=False), 25, 100)
    columns = where(picture, KINDS["swap"])[:, 1]
    axes = _Axes(100, 25, 0, 1)
    assert columns.min() == pytest.approx(axes.x(30), abs=1)
    assert columns.max() == pytest.approx(axes.x(46), abs=1.5)


def test_the_sentence_has_the_verdict_s_colour() -> None:
    for passed, colour in ((True, GOOD), (False, BAD)):
        picture = identity_picture(verdict(person({0: 0.2}), passed=passed), 8, 8)
        assert (picture[:60] == np.array(colour)).all(-1).any()


def test_what_was_not_measured_reaches_halfway_to_what_was() -> None:
    lost = person({0: 0.2, 10: 0.2, 20: None, 30: None, 40: 0.2, 50: None})
    assert list(_gaps(lost, 60)) == [
        (15.5, 35.5, "nobody is there"),
        (45.5, 60, "nobody is there"),
    ]
    assert list(_gaps(person({0: None}), 10)) == [(0.0, 10, "nobody is there")]
    assert list(_gaps(person({0: 0.1}), 10)) == []


@pytest.mark.parametrize(("distance", "above"), [(0.2, True), (0.57, False)])
def test_the_limit_s_name_makes_way_for_the_curve(distance: float, above: bool) -> None:
    """Letters are as bright as can be only at the right, beside the line at 0.6 of 0.78."""
    picture = identity_picture(verdict(person({0: distance, 99: distance})), 25, 100)
    top = np.nonzero((picture[:, WIDTH // 2] == (32, 32, 36)).all(-1))[0][0]
    line = round(top + PLOT / 1.3)
    bright = picture[:, -300:-RIGHT].min(axis=-1) > 180
    over, under = bright[line - 20 : line - 2].any(), bright[line + 3 : line + 22].any()
    assert (over, under) == (above, not above)


def test_lines_don_t_cross_what_was_not_measured() -> None:
    whole, torn = (
        identity_picture(verdict(person({0: 0.2, 50: middle, 99: 0.2})), 25, 100)
        for middle in (0.2, None)
    )
    blue = (*PEOPLE[0],)
    assert len(where(whole, blue, 60)) > 4 * len(where(torn, blue, 60))


def test_a_segment_and_a_shot_add_a_row_each() -> None:
    plain = identity_picture(verdict(person({0: 0.2})), 8, 16)
    parts = (SegmentScore(0, 7, "she nods", 0.2, 0.1, None), SegmentScore(8, 15, "", None, None, 2))
    told = replace(verdict(person({0: 0.2})), segments=parts)
    assert len(identity_picture(told, 8, 16)) > len(plain) + 100
    shots = (ShotRecord(0, 15, 16, 1, "walks"), ShotRecord(2, 5, 8, 2, "walks", "drift", False))
    assert len(identity_picture(verdict(person({0: 0.2})), 8, 16, shots=shots)) > len(plain) + 40


@settings(max_examples=15, deadline=None)
@given(
    st.integers(1, 720), st.sampled_from([1, 8, 23.976, 24, 60]), st.integers(1, 3),
    st.floats(0, 1), st.data(),
)  # fmt: skip
def test_every_verdict_can_be_drawn(
    frames: int, fps: float, people: int, share: float, data: st.DataObject
) -> None:
    at = st.integers(0, frames - 1)
    distance = st.none() | st.floats(0, 3)

    def somebody() -> Likeness:
        curve = data.draw(st.dictionaries(at, distance, max_size=8))
        ends = sorted(data.draw(st.tuples(at, at)))
        kind = data.draw(st.sampled_from(sorted(KINDS)))
        span = Span(ends[0], ends[1], kind, data.draw(distance), "")
        return replace(person(dict(sorted(curve.items())), (span,)), face_share=share)

    judged = verdict(*(somebody() for _ in range(people)), passed=data.draw(st.booleans()))
    picture = identity_picture(judged, fps, frames, data.draw(distance))
    assert picture.shape[1:] == (WIDTH, 3) and picture.dtype == np.uint8


def test_the_take_s_own_verdict_gives_the_same_picture_twice() -> None:
    take = tiny.take()
    one, two = (identity_picture(take.verdict, 3, 6, 0.6, take.film.shots) for _ in range(2))
    assert (one == two).all()


def test_type_has_a_sign_for_everything() -> None:
    assert printable("“Zoë” – très élégante … 20°") == '"Zoe" - tres elegante ... 20°'
    assert printable("走る") == "??"


@given(st.text("ab cde", max_size=80), st.integers(40, 300))
def test_wrapped_lines_fit_and_keep_all_words(text: str, room: int) -> None:
    lines = wrap(text, 16, room)
    assert all(width(line, 16) <= room for line in lines)
    if not any(line.endswith("...") for line in lines):
        assert " ".join(lines).split() == text.split()
    assert len(wrap(text, 16, room, 2)) <= 2
