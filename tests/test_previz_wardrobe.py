"""Dressing: every garment on every bust, and what the two layers promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vivant.engines.previz.bust import Bust, Layer
from vivant.engines.previz.wardrobe import GARMENTS, PATTERNS, Outfit, dress
from vivant.engines.previz.wardrobe.palette import DYES, SAME, SHADES, dye
from vivant.engines.previz.wardrobe.words import (
    DYED,
    GENERIC,
    GENERIC_KIND,
    NOUNS,
    OUTERMOST,
    PATTERN_WORDS,
    PRINTED,
    SUBJECTS,
)

SKIN = np.array([0.45, 0.25, 0.17], np.float32)
SYMMETRIC = (
    "tee",
    "sweater",
    "turtleneck",
    "puffer",
    "space suit",
    "tank top",
    "gown",
    "race suit",
)


def bust(width: int = 201, height: int = 128, turn: float = 0.0) -> Bust:
    unit = height * 0.45
    return Bust(width, height, (width - 1) / 2, height * 0.68, unit * 0.25, unit, turn, SKIN)


def well_formed(layer: Layer, height: int, width: int) -> None:
    for array in (layer.albedo, layer.alpha, layer.normal, layer.occlusion):
        assert array.dtype == np.float32
        assert array.shape[:2] == (height, width)
        assert np.isfinite(array).all()
    for array in (layer.albedo, layer.alpha, layer.occlusion):
        assert array.min() >= 0
        assert array.max() <= 1
    np.testing.assert_allclose(np.linalg.norm(layer.normal, axis=-1), 1, atol=1e-3)


@pytest.mark.parametrize("name", GARMENTS)
def test_a_garment_covers_the_chest_and_leaves_the_face(name: str) -> None:
    b = bust(turn=8)
    dressed = dress(b, Outfit(name), seed=1)
    well_formed(dressed.front, b.height, b.width)
    well_formed(dressed.back, b.height, b.width)
    low, high = int(b.neck_y + 0.55 * b.head_height), int(b.neck_y - 0.6 * b.head_height)
    assert dressed.front.alpha[low, 80:120].min() > 0.99
    assert dressed.front.alpha[:high].max() == 0
    assert dressed.back.alpha[:high].max() == 0
    throat = dressed.back.alpha[int(b.neck_y - 0.25 * b.head_height), 95:106]
    assert throat.min() > 0.99


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(GARMENTS)),
    width=st.integers(16, 120),
    height=st.integers(16, 120),
    x=st.floats(-0.5, 1.5),
    y=st.floats(-0.5, 1.5),
    unit=st.floats(4, 160),
    neck=st.floats(0.16, 0.36),
    turn=st.floats(-30, 30),
    build=st.floats(0.8, 1.25),
    seed=st.integers(0, 2**31),
)
def test_any_garment_fits_any_bust(
    name: str, width: int, height: int, x: float, y: float, unit: float, neck: float,
    turn: float, build: float, seed: int,
) -> None:  # fmt: skip
    b = Bust(width, height, x * width, y * height, neck * unit, unit, turn, SKIN, build)
    dressed = dress(b, Outfit(name), seed)
    well_formed(dressed.front, height, width)
    well_formed(dressed.back, height, width)


@pytest.mark.parametrize("name", SYMMETRIC)
def test_a_symmetric_garment_has_a_symmetric_outline(name: str) -> None:
    alpha = dress(bust(), Outfit(name), seed=3).front.alpha
    assert np.abs(alpha - alpha[:, ::-1]).mean() < 0.004


def test_folds_are_not_symmetric() -> None:
    layer = dress(bust(), Outfit("shirt"), seed=3).front
    covered = layer.alpha > 0.99
    lean = np.abs(layer.normal[..., 0] + layer.normal[:, ::-1, 0])[covered]
    assert lean.mean() > 0.01


def test_the_same_seed_gives_the_same_bytes_and_another_other_folds() -> None:
    one, same, other = (dress(bust(), Outfit("shirt"), seed) for seed in (5, 5, 6))
    for layer in ("back", "front"):
        for array in ("albedo", "alpha", "normal", "occlusion"):
            a, b = (getattr(getattr(d, layer), array) for d in (one, same))
            assert a.tobytes() == b.tobytes()
    assert one.front.normal.tobytes() != other.front.normal.tobytes()


@pytest.mark.parametrize("name", ["tee", "sweater", "turtleneck", "hoodie", "raincoat", "parka"])
@pytest.mark.parametrize("colour", ["red", "navy", "mint", "dark green"])
def test_cloth_has_the_asked_colour(name: str, colour: str) -> None:
    b = bust()
    front = dress(b, Outfit(name, colour), seed=2).front
    chest = front.albedo[int(b.neck_y + 0.3 * b.head_height) :, 70:130].reshape(-1, 3)
    wanted = dye(colour)
    assert np.linalg.norm(np.median(chest, 0) - wanted) < 0.15 * np.linalg.norm(wanted)


def test_the_colour_beneath_shows_beneath() -> None:
    b = bust()
    at = slice(int(b.neck_y + 0.35 * b.head_height), int(b.neck_y + 0.5 * b.head_height))
    red, blue = (
        dress(b, Outfit("denim jacket", under=c), 2).front.albedo[at, 98:103]
        for c in ("red", "blue")
    )
    assert red[..., 0].mean() > 2 * red[..., 2].mean()
    assert blue[..., 2].mean() > 2 * blue[..., 0].mean()


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_has_more_than_one_colour(name: str) -> None:
    b = bust()
    rows = slice(int(b.neck_y + 0.25 * b.head_height), None)
    plain = dress(b, Outfit("tee", "blue"), 2).front.albedo[rows, 70:130]
    front = dress(b, Outfit("tee", "blue", pattern=name), 2).front.albedo[rows, 70:130]
    assert front.std((0, 1)).sum() > 2 * plain.std((0, 1)).sum()


def test_an_emblem_changes_the_left_chest_only() -> None:
    b = bust()
    plain, marked = (
        dress(b, Outfit("polo", "gray", emblem=e), 2).front.albedo for e in (False, True)
    )
    changed = np.argwhere(np.abs(plain - marked).max(-1) > 0.05)
    assert len(changed)
    assert changed[:, 1].min() > b.neck_x + 0.2 * b.head_height


def test_bare_skin_is_the_bust_s_own() -> None:
    b = bust()
    back = dress(b, Outfit("gown"), 4).back
    bare = back.albedo[back.alpha > 0.99]
    np.testing.assert_allclose(np.median(bare, 0), SKIN, rtol=0.06)


def test_a_turn_mirrors_a_symmetric_garment() -> None:
    left, right = (dress(bust(turn=t), Outfit("turtleneck"), 3).front.alpha for t in (-15, 15))
    assert np.abs(left - right[:, ::-1]).mean() < 0.006


def test_every_word_leads_to_a_registered_piece() -> None:
    garments = {*NOUNS.values(), *GENERIC.values(), *GENERIC_KIND.values(), *OUTERMOST}
    assert garments | {g for g, _, _ in SUBJECTS.values()} <= set(GARMENTS)
    assert {*PATTERN_WORDS.values(), *PRINTED.values()} <= set(PATTERNS)
    assert {p for _, _, p in SUBJECTS.values() if p} <= set(PATTERNS)
    colours = {*DYED.values(), *(c for _, c, _ in SUBJECTS.values() if c), *SAME.values()}
    assert colours <= set(DYES)
    assert not set(SHADES) & set(DYES)
    assert {*DYED, *PRINTED} <= set(NOUNS)


def test_every_garment_can_be_asked_for() -> None:
    assert set(GARMENTS) <= {*NOUNS.values(), *(g for g, _, _ in SUBJECTS.values())}


@pytest.mark.parametrize(("name", "code"), [("crimson", "a50f2c"), ("grey", "85878a")])
def test_a_dye_is_the_linear_colour_pressed_into_cloth(name: str, code: str) -> None:
    """The sRGB curve of IEC 61966-2-1, pressed into 0.015 to 0.75."""
    srgb = np.array([int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    linear = ((srgb + 0.055) / 1.055) ** 2.4
    np.testing.assert_allclose(dye(name), 0.015 + 0.735 * linear, atol=2e-3)


def test_shades_order_a_colour() -> None:
    dark, plain, light = (dye(n).sum() for n in ("dark blue", "blue", "light blue"))
    assert dark < plain < light


@pytest.mark.parametrize("name", [*DYES, *SAME])
def test_every_dye_is_a_possible_albedo(name: str) -> None:
    colour = dye(name)
    assert colour.shape == (3,)
    assert colour.min() >= 0.015
    assert colour.max() <= 0.7501


def test_an_unknown_garment_or_colour_is_refused() -> None:
    with pytest.raises(KeyError):
        dress(bust(), Outfit("toga party"), 1)
    with pytest.raises(KeyError):
        dress(bust(), Outfit("tee", "octarine"), 1)
