"""Small English and the shapes of motion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.previz.motions.ease import ease, held, plateau, pulse, rise, settle, wander
from vivant.engines.previz.motions.words import content, forms, phrase, stem

# -- small English -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "known"),
    [
        ("nod", ("nod", "nods", "nodding", "nodded")),
        ("smile", ("smile", "smiles", "smiling", "smiled")),
        ("cry", ("cry", "cries", "crying", "cried")),
        ("say", ("say", "says", "saying", "said")),
        ("shake", ("shake", "shakes", "shaking", "shook", "shaken")),
        ("watch", ("watch", "watches", "watching", "watched")),
        ("lie", ("lie", "lies", "lying", "lay", "lain")),
        ("chew", ("chew", "chews", "chewing", "chewed")),
        ("see", ("see", "sees", "seeing", "saw", "seen")),
    ],
)
def test_forms_of_verbs(verb: str, known: tuple[str, ...]) -> None:
    assert forms(verb) == known


@pytest.mark.parametrize(
    ("template", "text", "matches"),
    [
        ("<nod> ~ head", "she nods her head", True),
        ("<nod> ~ head", "she nods slowly her head", True),
        ("<nod> ~ head", "she nods ahead", False),
        ("<turn> * (to|toward) * camera", "he turns back to the old camera", True),
        ("(warm|big)? smile", "smile", True),
        ("rain <fall>?", "the rain fell", True),
        ("smile", "smiles", False),
    ],
)
def test_phrase_templates(template: str, text: str, *, matches: bool) -> None:
    assert bool(phrase(template).search(text)) is matches


def test_stems_join_the_forms_of_a_word() -> None:
    for family in (("chop", "chops", "chopping", "chopped"), ("leapt", "leaps", "leaping")):
        assert len({stem(word) for word in family}) == 1


def test_content_is_what_is_left_without_small_words() -> None:
    assert [w for w, _, _ in content("A man is washing his hands")] == ["washing", "hands"]


# -- shapes ------------------------------------------------------------------------------------

TIMES = np.linspace(-1, 4, 501)


def test_minimum_jerk_has_the_published_profile() -> None:
    # Flash and Hogan 1985: x(u) = 10 u^3 - 15 u^4 + 6 u^5, peak velocity 1.875 at u = 1/2.
    u = np.linspace(0, 1, 1001)
    assert np.allclose(ease(u), 10 * u**3 - 15 * u**4 + 6 * u**5)
    assert np.max(np.gradient(ease(u), u)) == pytest.approx(1.875, abs=1e-3)


@given(st.floats(0, 2), st.floats(0.1, 2))
def test_shapes_begin_and_end_where_they_say(start: float, seconds: float) -> None:
    up = rise(TIMES, start, seconds)
    assert np.all(up[start >= TIMES] == 0)
    assert np.all(up[start + seconds <= TIMES] > 1 - 1e-9)
    bump = pulse(TIMES, start, seconds)
    assert bump.min() > -1e-9
    assert bump.max() < 1 + 1e-9
    assert np.all(bump[start + seconds + 1e-9 <= TIMES] < 1e-9)
    assert settle(TIMES, start, seconds).max() <= 1.06


def test_a_plateau_without_end_stays() -> None:
    assert plateau(TIMES, 0.5, np.inf, 0.5, 0.5)[-1] == 1
    assert plateau(TIMES, 0.5, 2.0, 0.5, 0.5)[-1] == 0


@given(st.integers(0, 50))
def test_wander_is_bounded_and_repeats_with_its_seed(seed: int) -> None:
    one = wander(TIMES, 0.3, np.random.default_rng(seed))
    assert np.abs(one).max() <= 1
    assert np.array_equal(one, wander(TIMES, 0.3, np.random.default_rng(seed)))


def test_what_is_held_goes_home() -> None:
    assert held(TIMES, 0.0, np.inf, 0.6)[-1] == pytest.approx(1)
    assert held(TIMES, 0.0, 2.0, 0.6)[-1] == 0
