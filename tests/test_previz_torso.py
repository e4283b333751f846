"""The traced torso: distances, silhouette, normals, the camera."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.previz.bust import Bust
from vivant.engines.previz.wardrobe.torso import (
    NECK_AXIS,
    Body,
    Fit,
    View,
    blend,
    capsule,
    crest,
    ellipsoid,
    front,
    trace,
)
from vivant.types import Floats

BODY = Body()
SKIN = np.array([0.45, 0.25, 0.17], np.float32)


def bust(width: int = 208, height: int = 160, turn: float = 0.0, build: float = 1.0) -> Bust:
    return Bust(
        width, height, width / 2, height * 0.55, height * 0.1, height * 0.4, turn, SKIN, build
    )


def at(*points: tuple[float, float, float]) -> tuple[Floats, Floats, Floats]:
    p = np.array(points, np.float32)
    return p[:, 0], p[:, 1], p[:, 2]


def test_a_capsule_with_equal_radii_is_at_its_radius_from_its_axis() -> None:
    d = capsule(*at((0, 0, 0), (0.5, 0, 0), (0, 3, 0)), (0, -1, 0), (0, 1, 0), 0.25, 0.25)
    np.testing.assert_allclose(d, [-0.25, 0.25, 1.75], atol=1e-6)


def test_an_ellipsoid_of_equal_radii_is_a_sphere() -> None:
    d = ellipsoid(*at((2, 0, 0), (0, 0, 1)), (0, 0, 0), (1, 1, 1))
    np.testing.assert_allclose(d, [1, 0], atol=1e-6)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(0.01, 1))
def test_a_blend_adds_at_most_a_quarter_of_its_width(a: float, b: float, width: float) -> None:
    x, y = np.array([a], np.float32), np.array([b], np.float32)
    melted = float(blend(x, y, width)[0])
    assert min(a, b) - width / 4 - 1e-5 <= melted <= min(a, b) + 1e-5


def test_shoulders_are_two_heads_wide_and_the_chest_one_deep() -> None:
    """ANSUR II: shoulders 46 cm, chest 24 cm, head 23 cm on the average of women and men."""
    line = np.linspace(-1.5, 1.5, 601).astype(np.float32)
    still = np.full_like(line, -0.36)
    across = line[BODY.bare(line, np.full_like(line, -0.4), still) < 0]
    assert 1.85 < np.ptp(across) < 2.15
    deep = line[BODY.bare(np.zeros_like(line), np.full_like(line, -0.5), line) < 0]
    assert 0.75 < np.ptp(deep) < 1.1


def test_shoulders_slope_down_from_the_neck() -> None:
    x = np.linspace(0.32, 0.85, 12).astype(np.float32)
    y = crest(BODY.clothed(Fit()), x, np.full_like(x, -0.37), -1)
    assert np.all(np.diff(y) < 0)
    assert 0.05 < y[0] - y[-3] < 0.35


def test_the_skin_lies_under_every_usual_cloth() -> None:
    rng = np.random.default_rng(1)
    p = rng.uniform((-1.1, -2.2, -0.9), (1.1, -0.1, 0.3), (4000, 3)).astype(np.float32)
    inside = BODY.bare(p[:, 0], p[:, 1], p[:, 2]) < 0
    cloth = BODY.clothed(Fit(0.03, 0.04, 0.10))(p[:, 0], p[:, 1], p[:, 2])
    assert np.mean(cloth[inside] < 0.005) > 0.99


def test_front_finds_the_surface() -> None:
    fit = Fit()
    grid = np.mgrid[-0.6:0.61:0.15, -1.5:-0.19:0.15].reshape(2, -1)
    x, y = (np.asarray(q, np.float32) for q in grid)
    z = front(BODY, fit, x, y)
    assert np.abs(BODY.clothed(fit)(x, y, z)).max() < 0.02


def test_a_camera_that_is_not_turned_puts_body_units_on_the_canvas() -> None:
    view = View.of(bust())
    np.testing.assert_allclose(view.pixels(np.array([[0, 0, 0.3]], np.float32)), [[104, 88]])
    np.testing.assert_allclose(view.pixels(np.array([[1, -1, 0]], np.float32)), [[168, 152]])


def test_a_turn_to_the_right_takes_the_chest_to_the_right_about_the_neck() -> None:
    view = View.of(bust(turn=20))
    chest, axis = view.pixels(np.array([[0, 0, 0.3], [0, 0, NECK_AXIS]], np.float32))
    assert chest[0] > axis[0] == pytest.approx(104)


@pytest.mark.parametrize("turn", [-22, 0, 15])
@pytest.mark.parametrize("size", [(160, 96), (90, 160), (641, 401)])
def test_a_trace_is_well_formed(turn: float, size: tuple[int, int]) -> None:
    seen = trace(View.of(bust(*size, turn=turn)), BODY.bare)
    assert seen.alpha.shape == (size[1], size[0])
    assert seen.alpha.min() >= 0
    assert seen.alpha.max() == 1
    assert 0 < seen.occlusion.min() <= seen.occlusion.max() <= 1
    np.testing.assert_allclose(np.linalg.norm(seen.normal, axis=-1), 1, atol=1e-4)
    for name in ("alpha", "point", "depth", "normal", "occlusion"):
        assert getattr(seen, name).dtype == np.float32


def test_the_silhouette_is_symmetric_when_not_turned() -> None:
    seen = trace(View(201, 160, 100, 80, 60, 0), BODY.bare)
    np.testing.assert_allclose(seen.alpha, seen.alpha[:, ::-1], atol=2e-3)


def test_a_turned_torso_mirrors_its_opposite() -> None:
    left, right = (trace(View(201, 160, 100, 80, 60, turn), BODY.bare) for turn in (-0.3, 0.3))
    np.testing.assert_allclose(left.alpha, right.alpha[:, ::-1], atol=5e-3)
    np.testing.assert_allclose(left.depth[80:], right.depth[80:, ::-1], atol=0.05)


def test_the_edge_of_a_ball_is_smooth_and_in_its_place() -> None:
    """A sphere of radius 0.5 covers pi / 4 square units, on a coarse grid too."""

    def ball(x: Floats, y: Floats, z: Floats) -> Floats:
        return ellipsoid(x, y, z, (0, 0, NECK_AXIS), (0.5, 0.5, 0.5))

    seen = trace(View(800, 600, 400, 300, 300, 0), ball)
    assert seen.alpha.sum() / 300**2 == pytest.approx(np.pi / 4, rel=0.01)
    row = seen.alpha[300]
    assert np.count_nonzero((row > 0.05) & (row < 0.95)) <= 6
    # On the equator the normal leans as the sphere does.
    assert seen.normal[300, 400 + 75, 0] == pytest.approx(0.5, abs=0.03)


def test_a_broad_build_is_wider() -> None:
    narrow, broad = (trace(View.of(bust()), Body(build=k).bare).alpha.sum() for k in (0.85, 1.15))
    assert broad > 1.1 * narrow


def test_only_what_is_wanted_is_traced() -> None:
    view, wanted = View.of(bust()), np.zeros((160, 208), np.float32)
    wanted[:, :104] = 1
    seen = trace(view, BODY.bare, wanted)
    assert seen.alpha[:, 112:].max() == 0
    whole = trace(view, BODY.bare)
    np.testing.assert_allclose(seen.alpha[:, :100], whole.alpha[:, :100], atol=1e-6)
