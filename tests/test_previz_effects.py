"""Ambient effects: bounded, deterministic, in motion, and kind to the face."""

from __future__ import annotations

import numpy as np
import pytest

from vivant.engines.previz.effects import EFFECTS, make
from vivant.engines.previz.effects.base import (
    add_light,
    ambience,
    flutter,
    noise_tile,
    sample,
    shift,
    veil,
)
from vivant.engines.previz.effects.flakes import Depth, Flakes, Kind
from vivant.errors import EngineError
from vivant.types import Floats, Size

SMALL = Size(208, 120)
LIGHT_ONLY = {"flicker", "neon", "lightning"}
ADDS_LIGHT = {
    "rain", "snow", "dust", "embers", "fireflies", "bubbles", "shimmer", "shafts",
}  # fmt: skip


def mid(size: Size = SMALL) -> Floats:
    """A plain picture in the middle tones, brighter to the right."""
    across = np.linspace(0.12, 0.28, size.width, dtype=np.float32)
    return np.repeat(np.tile(across, (size.height, 1))[..., None], 3, 2)


def whole(name: str, t: float, strength: float = 0.8, seed: int = 3) -> Floats:
    """The picture with everything that the effect does at one time."""
    effect = make(name, SMALL, seed)
    lit = (mid() * effect.gain(t, strength)).astype(np.float32)
    behind = effect.back(lit, t, strength, {})
    return effect.front(behind, t, strength, {})


def test_all_effects_are_registered() -> None:
    assert set(EFFECTS) == LIGHT_ONLY | ADDS_LIGHT | {
        "fog", "smoke", "steam", "flames", "leaves", "petals", "confetti",
    }  # fmt: skip


def test_an_unknown_effect_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="no effect called 'hail'"):
        make("hail", SMALL, 0)


@pytest.mark.parametrize("name", sorted(EFFECTS))
@pytest.mark.parametrize("size", [Size(64, 48), Size(121, 97), SMALL, Size(90, 160)])
def test_shape_type_and_range(name: str, size: Size) -> None:
    effect = make(name, size, 1)
    image = mid(size)
    before = image.copy()
    for t in (0.0, 1.7):
        camera = {"x": 0.2, "y": -0.1, "z": 0.1, "pan": 3.0, "tilt": 1.0}
        for done in (effect.back(image, t, 1.0, camera), effect.front(image, t, 1.0, camera)):
            assert done.shape == image.shape
            assert done.dtype == np.float32
            assert np.all(np.isfinite(done))
            assert done.min() >= 0
            assert done.max() < 12
        gain = effect.gain(t, 1.0)
        assert gain.shape == (3,)
        assert gain.dtype == np.float32
        assert 0 < gain.min() <= gain.max() < 4
    assert np.array_equal(image, before), "an effect may not paint into the picture it is given"


@pytest.mark.parametrize("name", sorted(EFFECTS))
def test_no_strength_no_change(name: str) -> None:
    assert np.allclose(whole(name, 1.3, strength=0.0), mid(), atol=1e-6)


@pytest.mark.parametrize("name", sorted(EFFECTS))
def test_same_seed_same_bytes_in_any_order(name: str) -> None:
    one = make(name, SMALL, 7)
    later = one.back(mid(), 2.5, 0.8, {})
    one.back(mid(), 0.1, 0.8, {})
    assert np.array_equal(later, make(name, SMALL, 7).back(mid(), 2.5, 0.8, {}))


@pytest.mark.parametrize("name", sorted(set(EFFECTS) - LIGHT_ONLY))
def test_it_shows_and_it_moves(name: str) -> None:
    assert np.abs(whole(name, 0.4) - mid()).max() > 0.02
    assert np.abs(whole(name, 0.4) - whole(name, 1.1)).max() > 0.01


@pytest.mark.parametrize("name", sorted(ADDS_LIGHT))
def test_bodies_that_catch_light_only_add(name: str) -> None:
    effect = make(name, SMALL, 3)
    added = effect.front(mid(), 0.8, 0.8, {}) - mid()
    assert added.min() > -1e-6


@pytest.mark.parametrize("name", sorted(set(EFFECTS) - LIGHT_ONLY))
def test_the_face_stays_clear(name: str) -> None:
    """What is before the person changes the middle of the upper half by little on the mean."""
    size = Size(416, 240)
    effect = make(name, size, 3)
    face = np.s_[48:144, 166:250]
    for t in (0.3, 1.1, 2.9):
        changed = np.abs(effect.front(mid(size), t, 1.0, {}) - mid(size))
        assert changed[face].mean() < 0.03, t


def test_no_flame_is_before_the_person() -> None:
    effect = make("flames", SMALL, 1)
    assert np.abs(effect.front(mid(), 0.5, 1.0, {}) - mid())[: SMALL.height // 2].max() < 0.05


@pytest.mark.parametrize("name", ["flames", "flicker", "neon"])
def test_unsteady_light_flickers_about_one(name: str) -> None:
    effect = make(name, SMALL, 2)
    levels = np.array([effect.gain(t, 1.0).mean() for t in np.arange(0, 12, 1 / 24)])
    assert levels.std() > 0.02
    assert 0.7 < levels.mean() < 1.15


def test_lightning_is_dark_most_of_the_time_and_bright_at_once() -> None:
    effect = make("lightning", SMALL, 2)
    levels = np.array([effect.gain(t, 1.0).mean() for t in np.arange(0, 20, 1 / 48)])
    assert np.median(levels) == pytest.approx(1.0, abs=0.02)
    assert levels.max() > 1.6
    bright = float(np.argmax(levels)) / 48
    assert effect.back(mid(), bright, 1.0, {}).max() > mid().max() + 0.3


@pytest.mark.parametrize("name", sorted(set(EFFECTS) - LIGHT_ONLY))
def test_strength_fades_without_a_jump(name: str) -> None:
    effect = make(name, SMALL, 5)
    pictures = [effect.back(mid(), 0.7, s, {}) for s in (0.30, 0.31)]
    # Bodies fade in one after another; a cloud or a fire changes by a hundredth of itself.
    assert np.abs(pictures[1] - pictures[0]).mean() < 0.01


def test_what_is_near_moves_more_with_the_camera() -> None:
    near, far = (shift({"x": 0.1}, SMALL, depth)[0] for depth in (1.0, 4.0))
    assert near == pytest.approx(4 * far)
    assert near < 0, "the camera goes right, the picture goes left"
    assert shift({"pan": 2.0}, SMALL, 1.0) == shift({"pan": 2.0}, SMALL, 50.0)
    assert shift({"y": 0.1}, SMALL, 2.0)[1] > 0, "the camera goes up, the picture goes down"


@pytest.mark.parametrize(("fall", "sign"), [(0.3, 1), (-0.3, -1)])
def test_bodies_fall_or_rise(fall: float, sign: int) -> None:
    depth = Depth(2.0, 1, (6.0, 6.0), fall, 1.0)
    kind = Kind((depth,), (1.0, 1.0, 1.0), glow=1.0, swing=0, drift=0)
    empty = np.zeros((240, 416, 3), np.float32)
    rows = np.arange(240)
    went = []
    for seed in range(12):
        body = Flakes(kind, Size(416, 240), seed)
        seen = [body.back(empty, t, 1.0, {}).sum((1, 2)) for t in (0.0, 0.08)]
        if min(s.sum() for s in seen) > 1:
            before, after = ((rows * s).sum() / s.sum() for s in seen)
            went.append(sign * float(after - before))
    assert np.median(went) > 2


# -- the shared operations ---------------------------------------------------------------------


def test_light_adds_and_a_veil_covers() -> None:
    image = mid()
    half = np.full(image.shape[:2], 0.5, np.float32)
    assert np.allclose(add_light(image, half, (1, 0, 0))[..., 0], image[..., 0] + 0.5)
    assert np.allclose(veil(image, half, (1, 1, 1)), image / 2 + 0.5)


def test_a_noise_tile_has_no_seam() -> None:
    tile = noise_tile(1, 4.0)
    inside = np.abs(np.diff(tile, axis=1)).max()
    assert np.abs(tile[:, 0] - tile[:, -1]).max() <= 1.5 * inside
    assert tile.mean() == pytest.approx(0.5, abs=0.02)
    at = np.array([[3.0, 259.0]], np.float32)
    wrapped = sample(tile, at, np.array([[5.0, 5.0]], np.float32))
    assert wrapped[0, 0] == pytest.approx(wrapped[0, 1], abs=1e-6)
    assert wrapped[0, 0] == pytest.approx(tile[5, 3], abs=1e-6)


def test_flutter_is_bounded_and_its_own() -> None:
    values = [flutter(t, 2.0, 9) for t in np.arange(0, 30, 0.05)]
    assert max(map(abs, values)) <= 1
    assert np.std(values) > 0.2
    assert flutter(1.0, 2.0, 9) != flutter(1.0, 2.0, 10)


def test_ambience_is_the_mean_light_and_never_black() -> None:
    assert ambience(np.full((32, 32, 3), 0.4, np.float32)) == pytest.approx([0.4] * 3)
    assert ambience(np.zeros((32, 32, 3), np.float32)) == pytest.approx([0.03] * 3)
