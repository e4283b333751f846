"""Cutting out: alpha and colour come back from a mixture that was made of known ones."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.previz.person import matte
from vivant.engines.previz.person.arrays import floats
from vivant.types import Floats, Image

FORE = np.array([0.55, 0.25, 0.12], np.float32)


def soft_disc(side: int = 96, radius: float = 30, edge: float = 5) -> Floats:
    place = np.arange(side) - (side - 1) / 2
    away = np.hypot(*np.meshgrid(place, place))
    return floats(np.clip((radius - away) / edge + 0.5, 0, 1))


def mixed(alpha: Floats, back: Floats) -> Image:
    """The disc over a backdrop, in encoded values, as cameras and the matting equation have it."""
    grain = np.random.default_rng(0).normal(0, 0.01, (*alpha.shape, 3))
    fore = FORE + grain
    return ((alpha[..., None] * fore + (1 - alpha[..., None]) * back).clip(0, 1) * 255).astype(
        np.uint8
    )


@pytest.mark.parametrize(
    ("srgb", "lin"), [(0.0, 0.0), (0.5, 0.21404), (0.04, 0.0030960), (1.0, 1.0)]
)
def test_srgb_decodes_by_the_standard(srgb: float, lin: float) -> None:
    """IEC 61966-2-1; the values are the formula's own, worked out by hand."""
    assert matte.linear(np.array([srgb], np.float32)) == pytest.approx(lin, abs=1e-5)


@given(st.integers(0, 255))
def test_bytes_survive_linear_light(value: int) -> None:
    back = matte.encoded(matte.linear(np.array([value], np.uint8)))
    assert round(float(back[0]) * 255) == value


def test_closed_form_finds_the_alpha_of_a_mixture_of_two_colours() -> None:
    alpha = soft_disc(edge=9)
    image = (alpha[..., None] * FORE + (1 - alpha[..., None]) * (0.1, 0.4, 0.7)).astype(np.float32)
    trimap = np.where(alpha > 0.99, 1, np.where(alpha < 0.01, 0, 0.5)).astype(np.float32)
    assert np.abs(matte.closed_form(image, trimap) - alpha).max() < 0.03


def test_a_trimap_without_unknowns_is_the_answer() -> None:
    trimap = (soft_disc() > 0.5).astype(np.float32)
    image = np.zeros((*trimap.shape, 3), np.float32)
    assert np.array_equal(matte.closed_form(image, trimap), trimap)


@pytest.mark.parametrize("back", [(0.05, 0.05, 0.08), (0.75, 0.85, 0.8), (0.1, 0.6, 0.2)])
def test_no_fringe_of_the_old_background_stays(back: tuple[float, float, float]) -> None:
    alpha = soft_disc()
    image = mixed(alpha, np.array(back, np.float32))
    person = floats(cv2.GaussianBlur((alpha > 0.5).astype(np.float32), (0, 0), 2))
    cut = matte.pull(image, person, 8)
    assert np.abs(cut.alpha - alpha).mean() < 0.02
    rim = (cut.alpha > 0.15) & (cut.alpha < 0.9)
    assert rim.sum() > 100
    assert np.abs(matte.encoded(cut.colour)[rim] - FORE).mean() < 0.06


def test_a_white_backdrop_is_keyed_even_where_the_network_is_wrong() -> None:
    alpha = soft_disc(edge=1.5)
    image = mixed(alpha, np.ones(3, np.float32))
    person = np.clip(soft_disc(radius=38, edge=8) * 0.75, 0, 1)
    person[alpha > 0.5] = 0.95
    cut = matte.pull(image, person, 8)
    assert cut.alpha[alpha < 0.05].max() < 0.05
    assert cut.alpha[soft_disc(radius=25) > 0.9].min() > 0.95


@pytest.mark.parametrize(("level", "keyed"), [(1.0, True), (0.9, False), (0.3, False)])
def test_only_white_backdrops_are_keyed(level: float, keyed: bool) -> None:
    alpha = soft_disc()
    image = mixed(alpha, np.full(3, level, np.float32))
    assert (matte.white_backdrop(image, alpha) is not None) is keyed


def test_white_clothes_are_not_backdrop() -> None:
    image = np.full((60, 60, 3), 255, np.uint8)
    image[20:40, 20:40] = 120
    image[27:33, 27:33] = 255
    person = np.zeros((60, 60), np.float32)
    person[20:40, 20:40] = 1
    backdrop = matte.white_backdrop(image, person)
    assert backdrop is not None
    assert backdrop[0, 0] and not backdrop[30, 30]


def test_a_person_who_touches_the_edge_is_cut_straight_there() -> None:
    alpha = soft_disc()[:60]
    cut = matte.pull(mixed(alpha, np.full(3, 0.2, np.float32)), alpha, 6)
    assert cut.alpha[-1, 40:56].min() > 0.97


def test_the_same_photo_gives_the_same_matte() -> None:
    alpha = soft_disc()
    image = mixed(alpha, np.full(3, 0.4, np.float32))
    one, two = (matte.pull(image, alpha, 8) for _ in range(2))
    assert one.alpha.tobytes() == two.alpha.tobytes()
    assert one.colour.tobytes() == two.colour.tobytes()


def test_filler_round_the_photo_has_no_say() -> None:
    """The person touches the photo's top; the filler above it looks like the background."""
    alpha = soft_disc()
    back = np.array([0.1, 0.4, 0.7], np.float32)
    image = mixed(alpha, back)
    real = np.zeros(alpha.shape, bool)
    real[30:] = True
    image[:30] = (back * 255).astype(np.uint8)
    cut = matte.pull(image, np.where(real, alpha, 0), 6, real)
    assert cut.alpha[30:33, 44:52].min() > 0.97
