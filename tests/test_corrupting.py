"""Corruptions change their span and nothing else, and the animator spoils the calls it is told."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import SquareAnimator, SquareEye, Watcher, picture, reference
from tools import corrupting
from tools.corrupting import CorruptingAnimator, Corruption
from vivant.engines import dlib
from vivant.image import open_image
from vivant.types import Image, Keyframe, Length, Shot, Size, SpatialPrompt, TemporalPrompt

SIZE = Size(64, 48)
EYE = SquareEye()
FILM = np.stack([picture(SIZE, 100, at=n) for n in range(8)])
STRANGER = corrupting.donor(picture(Size(64, 64), 220), EYE)

KINDS: dict[str, Corruption] = {
    "other face": partial(corrupting.other_face, who=STRANGER, eye=EYE),
    "morph": partial(corrupting.morph, who=STRANGER, eye=EYE),
    "blur": partial(corrupting.blur, sigma=3.0),
    "blackout": corrupting.blackout,
    "leaving": corrupting.leaving,
    "photo": partial(corrupting.photo, image=STRANGER.image, centre=(32.0, 32.0)),
}


def changed(before: Image, after: Image) -> list[int]:
    return [n for n in range(len(before)) if not np.array_equal(before[n], after[n])]


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_span_is_changed_and_the_film_given_stays(kind: str) -> None:
    before = FILM.copy()
    spoilt = KINDS[kind](FILM, 2, 4)
    assert np.array_equal(FILM, before)
    assert (spoilt.dtype, spoilt.shape) == (FILM.dtype, FILM.shape)
    assert changed(FILM, spoilt) == [2, 3, 4]


@pytest.mark.parametrize("kind", KINDS)
@given(first=st.integers(-4, 9), more=st.integers(0, 12))
def test_a_span_may_reach_past_the_film(kind: str, first: int, more: int) -> None:
    spoilt = KINDS[kind](FILM, first, first + more)
    assert set(changed(FILM, spoilt)) <= set(range(first, first + more + 1))


def test_a_frozen_frame_is_repeated() -> None:
    spoilt = corrupting.frozen(FILM, 2, 5)
    assert all(np.array_equal(spoilt[n], FILM[2]) for n in range(2, 6))
    assert changed(FILM, spoilt) == [3, 4, 5]


def test_another_face_goes_where_the_face_is() -> None:
    spoilt = corrupting.other_face(FILM, 0, 7, who=STRANGER, eye=EYE)
    for n in (0, 7):
        x, y = (int(v) for v in EYE.look(FILM[n])[0].box.centre)
        red, green, _ = spoilt[n, y, x].astype(float)
        assert red / green == pytest.approx(220 / 200, abs=0.02)
        assert red + green == pytest.approx(100 + 200, abs=3), "as bright as what it covers"


def test_a_morph_is_nothing_at_its_ends_and_whole_in_its_middle() -> None:
    spoilt = corrupting.morph(FILM, 0, 7, who=STRANGER, eye=EYE).astype(int)
    change = np.abs(spoilt - FILM).sum((1, 2, 3))
    assert change[0] < change[1] < change[3]
    assert change[7] < change[6] < change[4]


@given(st.floats(0, 1))
def test_a_pan_goes_away_and_comes_back_alike(place: float) -> None:
    assert 0 <= corrupting.away(place) <= 1
    assert corrupting.away(place) == pytest.approx(corrupting.away(1 - place))


def test_nobody_is_left_in_the_middle_of_a_whole_pan() -> None:
    spoilt = corrupting.leaving(FILM, 0, 7)
    assert EYE.look(spoilt[0]) and not EYE.look(spoilt[4])


# -- the animator ------------------------------------------------------------------------------


def shot(first: int, frames: int, start: Image | None = None) -> Shot:
    keyframe = Keyframe(
        picture(SIZE, 100), SpatialPrompt("a square"), (reference(),), 0, "painter", 0.0, ()
    )
    whole = Length(24, 8)
    return Shot(
        keyframe, TemporalPrompt("moves"), Length(frames, 8), 7, whole, first=first, start=start
    )


def test_the_first_call_is_spoilt_and_the_next_is_clean() -> None:
    animator = CorruptingAnimator(SquareAnimator(), corrupting.blackout, 3, 5)
    clean = SquareAnimator().animate(shot(0, 8), Watcher()).frames
    assert changed(clean, animator.animate(shot(0, 8), Watcher()).frames) == [3, 4, 5]
    assert changed(clean, animator.animate(shot(0, 8), Watcher()).frames) == []
    assert len(animator.shots) == 2


def test_told_no_calls_it_spoils_every_one() -> None:
    animator = CorruptingAnimator(SquareAnimator(), corrupting.blackout, 3, 5, calls=None)
    clean = SquareAnimator().animate(shot(0, 8), Watcher()).frames
    for _ in range(3):
        assert changed(clean, animator.animate(shot(0, 8), Watcher()).frames) == [3, 4, 5]


def test_the_span_is_counted_in_the_films_frames() -> None:
    animator = CorruptingAnimator(SquareAnimator(), corrupting.blackout, 3, 5, calls=None)
    clean = SquareAnimator().animate(shot(0, 8), Watcher()).frames
    assert changed(clean, animator.animate(shot(4, 8), Watcher()).frames) == [0, 1]
    assert changed(clean, animator.animate(shot(6, 8), Watcher()).frames) == []


def test_frames_repeated_from_the_film_stay() -> None:
    animator = CorruptingAnimator(SquareAnimator(), corrupting.blackout, 3, 5, calls=None)
    clean = SquareAnimator().animate(shot(3, 8), Watcher()).frames
    spoilt = animator.animate(shot(3, 8, start=clean[:1]), Watcher()).frames
    assert changed(clean, spoilt) == [1, 2]


# -- a person who does not exist ---------------------------------------------------------------


@pytest.mark.models
def test_the_stranger_is_another_person_to_dlib() -> None:
    from tools.demo_portrait import portrait

    eye = dlib.eye({})
    image = open_image(portrait())
    face = eye.look(image)[0]
    other = corrupting.stranger(image, face)
    seen = eye.embed(other, eye.look(other)[0])
    assert eye.distance(eye.embed(image, face), seen) > eye.same_person + 0.05
