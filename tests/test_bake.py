"""The baker's parts that need no renderer, and every set built as plain data."""

from __future__ import annotations

import importlib.util
import sys

import numpy as np
import pytest

from tools.bake import finish, mesh, places, render, textures
from tools.bake.registry import BUILDERS
from tools.bake.scene import EYE, Look, Paint, Scene
from vivant.engines.previz.sets.gazetteer import PLACES
from vivant.errors import MissingExtraError

assert places  # importing it fills the table


def scene() -> Scene:
    return Scene(np.random.default_rng(0))


def area(shape: mesh.Mesh) -> float:
    a, b, c = (shape.points[shape.faces[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_every_place_can_be_baked_and_every_set_has_a_place() -> None:
    assert set(BUILDERS) == {place.name for place in PLACES}


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_a_set_is_finite_lit_and_keeps_clear_of_the_person(place: object) -> None:
    for light in place.lights:  # type: ignore[attr-defined]
        made = scene()
        BUILDERS[place.name](made, light)  # type: ignore[attr-defined]
        assert "lamp" in made.solids
        for parts in made.solids.values():
            for shape, colours in parts:
                assert np.isfinite(shape.points).all()
                assert np.isfinite(colours).all()
                assert colours.min() >= 0
        assert all(bulb[2] > 1.5 for bulb in made.bulbs)


def test_a_cube_has_six_unit_faces_and_outward_normals() -> None:
    cube = mesh.cube()
    assert area(cube) == pytest.approx(6)
    assert (np.einsum("nk,nk->n", cube.points, cube.normals) > 0).all()


def test_a_rod_is_a_cylinder_of_its_length() -> None:
    tube = mesh.rod((0, 0, 0), (0, 2, 0), 0.5, sides=96)
    assert area(tube) == pytest.approx(2 * np.pi * 0.5 * 2, rel=0.002)


def test_a_ball_is_a_sphere() -> None:
    assert area(mesh.ball(96, 64)) == pytest.approx(4 * np.pi, rel=0.005)


def test_a_turn_keeps_lengths_and_goes_round() -> None:
    turn = mesh.rotation("y", 90)
    assert turn @ turn.T == pytest.approx(np.eye(3))
    assert np.linalg.matrix_power(turn, 4) == pytest.approx(np.eye(3))


def test_a_panel_shows_its_picture_upright_to_who_faces_it() -> None:
    made = scene()
    image = np.zeros((2, 2, 3))
    image[0, 1] = (1, 0, 0)  # red at the top right
    made.picture((0, 2, 5), 2, 2, image)
    ((shape, colours),) = made.solids["matte"]
    red = shape.points[colours[:, 0] == 1][0]
    assert red == pytest.approx((1, 3, 5))
    assert shape.normals[0] == pytest.approx((0, 0, -1))


def test_a_bulb_behind_a_wall_is_left_out() -> None:
    wall = np.full((30, 50), 4.0)
    bulbs = [(0.0, EYE, 3.0, 0.02, 1.0, 1.0, 1.0), (0.0, EYE, 6.0, 0.02, 1.0, 1.0, 1.0)]
    (seen,) = finish.projected(bulbs, wall)
    assert seen[:3] == pytest.approx((0, 0, 1 / 3))


def test_a_bulb_to_the_right_and_above_is_drawn_there() -> None:
    (seen,) = finish.projected([(0.5, EYE + 0.25, 5.0, 0.02, 1, 1, 1)], np.zeros((30, 50)))
    assert seen[:2] == pytest.approx((0.1 * render.FOCAL, -0.05 * render.FOCAL))


def rendered(radiance: np.ndarray, depth: float = 5.0) -> render.Rendered:
    flat = np.ones_like(radiance)
    return render.Rendered(
        radiance, flat * 0.5, flat, np.full(radiance.shape[:2], depth), np.full((48, 48, 3), 0.3)
    )


def test_denoising_calms_noise_keeps_the_level_and_kills_fireflies() -> None:
    rng = np.random.default_rng(1)
    noisy = 0.2 * rng.gamma(8, 1 / 8, (60, 90, 1)).repeat(3, 2)
    noisy[30, 40] = 300
    clean = finish.denoised(rendered(noisy))
    assert clean.std() < 0.25 * noisy[:20].std()
    assert clean.mean() == pytest.approx(0.2, rel=0.05)
    assert clean.max() < 0.6


def test_denoising_keeps_an_edge_that_the_guides_show() -> None:
    step = np.where(np.arange(90) < 45, 0.1, 0.9)[None, :, None] * np.ones((60, 1, 3))
    made = rendered(step)
    guided = render.Rendered(step, step, made.normals, made.depth, made.probe)
    clean = finish.denoised(guided)
    assert clean[:, 43].mean() == pytest.approx(0.1, abs=0.02)
    assert clean[:, 46].mean() == pytest.approx(0.9, abs=0.05)


def test_bright_areas_are_held_back_and_keep_their_hue() -> None:
    bright = np.array([[[8.0, 4.0, 2.0], [0.3, 0.2, 0.1]]])
    held = finish.rolled(bright)
    assert held[0, 0].max() < 3
    assert held[0, 0] / held[0, 0].max() == pytest.approx((1, 0.5, 0.25))
    assert held[0, 1] == pytest.approx(bright[0, 1])


def test_haze_hides_by_the_law_of_beer_and_lambert() -> None:
    black = np.zeros((4, 4, 3))
    seen = finish.hazed(black, np.full((4, 4), 10.0), Look(haze=0.1, air=(1, 1, 1)), 1.0)
    assert seen == pytest.approx(1 - np.exp(-1))


def test_a_finished_plate_has_the_level_its_look_asks_for() -> None:
    made = scene()
    made.look = Look("warm", 0.1, glow=0.0)
    plate = finish.finished(made, rendered(np.full((60, 100, 3), 3.0)), "x", "day")
    assert np.median(plate.radiance) == pytest.approx(0.1, rel=0.02)
    assert plate.disparity == pytest.approx(0.2)
    assert plate.grade == "warm"


def test_textures_are_linear_pictures_and_the_sky_glows_at_its_sun() -> None:
    rng = np.random.default_rng(0)
    noise = textures.noise((40, 60), rng)
    assert noise.min() >= 0
    assert noise.max() <= 1
    sun = (45.0, 20.0, (5.0, 4.0, 3.0), 8.0)
    sky = textures.sky(rng, (0.1, 0.2, 0.5), (0.6, 0.7, 0.8), (0.1, 0.1, 0.1), sun=sun)
    row, column = np.unravel_index(sky.sum(-1).argmax(), sky.shape[:2])
    assert 90 - (row + 0.5) / 256 * 180 == pytest.approx(20, abs=3)
    assert (column + 0.5) / 512 * 360 - 180 == pytest.approx(45, abs=3)


def test_without_the_renderer_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    render.renderer.cache_clear()
    monkeypatch.setitem(sys.modules, "mitsuba", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'vivant\[bake\]'"):
        render.renderer()


def test_paint_colours_broadcast_over_a_mesh() -> None:
    made = scene()
    made.box((0, 0, 5), (1, 1, 1), Paint(0.5))
    ((shape, colours),) = made.solids["matte"]
    assert colours.shape == shape.points.shape


@pytest.mark.skipif(importlib.util.find_spec("mitsuba") is None, reason="needs vivant[bake]")
def test_a_wall_lit_by_a_lamp_renders_at_its_depth() -> None:
    render.renderer.cache_clear()
    made = scene()
    made.box((0, EYE, 4.05), (20, 20, 0.1), Paint(0.5))
    made.key()
    seen = render.render(made, 24, 4, 0)
    assert seen.depth == pytest.approx(4.0, abs=0.01)
    assert seen.radiance.mean() > 0
