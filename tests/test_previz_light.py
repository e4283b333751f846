"""Light on a person: Lambert's law from a picture of a grey ball."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.person import probe
from vivant.engines.previz.bust import Layer
from vivant.engines.previz.person.light import Light, luminance
from vivant.types import Floats

WHITE = np.ones(3, np.float32)
FRONT = np.array([[[0.0, 0.0, 1.0]]], np.float32)


def normal(x: float, y: float) -> Floats:
    return np.array([[[x, y, np.sqrt(max(0.0, 1 - x * x - y * y))]]], np.float32)


@given(st.floats(0, 6.283), st.floats(0, 1), st.floats(0.05, 4), st.booleans())
def test_even_light_falls_evenly_on_every_side(
    angle: float, reach: float, level: float, away: bool
) -> None:
    light = Light(probe(np.zeros(3, np.float32), (0, 0, 1), ambient=level))
    n = normal(reach * np.cos(angle), reach * np.sin(angle))
    n[..., 2] *= -1 if away else 1
    assert light.irradiance(n) == pytest.approx(level, rel=0.02)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (0.5, 0.2), (-0.6, 0.3), (0.1, -0.7), (0, 0.8)])
def test_one_lamp_follows_lamberts_law(x: float, y: float) -> None:
    toward = np.array([0.48, 0.6, 0.64])
    light = Light(probe(WHITE, (0.48, 0.6, 0.64), ambient=0))
    n = normal(x, y)
    expected = max(0.0, float(n[0, 0] @ toward))
    assert light.irradiance(n)[0, 0] == pytest.approx(expected, abs=0.04)


def test_what_lies_outside_the_ball_is_never_seen() -> None:
    clean = probe(WHITE, (1, 0, 0.5))
    dirty = np.where(clean.sum(axis=-1, keepdims=True) > 0, clean, 1000).astype(np.float32)
    rim = normal(0.999, 0.03)
    assert Light(dirty).irradiance(rim) == pytest.approx(Light(clean).irradiance(rim))


def test_a_darker_set_gives_a_darker_person_but_not_as_dark_as_the_set() -> None:
    bright = Light(probe(WHITE, (0, 0, 1)))
    dim = Light(probe(WHITE, (0, 0, 1)) * np.float32(0.25))
    ratio = float(luminance(dim.on_body(FRONT))[0, 0] / luminance(bright.on_body(FRONT))[0, 0])
    assert 0.25 < ratio < 0.75


def test_a_colour_cast_is_softened_not_removed() -> None:
    warm = Light(probe(np.array([1.0, 0.5, 0.2], np.float32), (0, 0, 1), ambient=0))
    received = warm.on_body(FRONT)[0, 0]
    raw = warm.irradiance(FRONT)[0, 0]
    assert 1 < received[0] / received[2] < raw[0] / raw[2]


def test_relighting_by_flat_white_light_changes_level_only() -> None:
    photo = np.random.default_rng(0).uniform(0.05, 0.6, (4, 4, 3)).astype(np.float32)
    light = Light(probe(np.zeros(3, np.float32), (0, 0, 1), ambient=0.9))
    relit = light.relight(photo, np.broadcast_to(FRONT, photo.shape).copy(), 1.0)
    gain = relit / photo
    assert gain == pytest.approx(float(gain.mean()), rel=0.02)


def test_a_photo_is_brighter_on_the_lamps_side() -> None:
    light = Light(probe(WHITE, (1, 0, 0.3)))
    flat = np.full((1, 2, 3), 0.3, np.float32)
    sides = np.concatenate([normal(-0.7, 0), normal(0.7, 0)], axis=1)
    left, right = light.relight(flat, sides, 1.0)[0]
    assert right.min() > 1.2 * left.max()


def test_a_layers_colour_is_albedo_times_light_times_occlusion() -> None:
    light = Light(probe(np.zeros(3, np.float32), (0, 0, 1), ambient=1.0))
    albedo = np.array([[[0.2, 0.4, 0.6]]], np.float32)
    ones = np.ones((1, 1), np.float32)
    open_ = light.shade(Layer(albedo, ones, FRONT, ones))
    half = light.shade(Layer(albedo, ones, FRONT, ones / np.float32(2)))
    assert half == pytest.approx(open_ / 2)
    assert open_ == pytest.approx(albedo * light.on_body(FRONT))
