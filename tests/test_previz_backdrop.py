from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivant.engines.previz.lens import PERSON, PIVOT
from vivant.engines.previz.sets.backdrop import APERTURE, Backdrop, disc
from vivant.engines.previz.sets.plate import Plate
from vivant.types import Size

LIMITS = {
    "x": (-0.35, 0.35), "y": (-0.25, 0.25), "z": (-0.6, 0.6), "pan": (-6.0, 6.0),
    "tilt": (-4.0, 4.0), "roll": (-4.0, 4.0), "zoom": (-0.25, 0.35),
}  # fmt: skip
SMALL = Size(256, 256)


def plate(
    radiance: np.ndarray | None = None,
    distance: float = 5.0,
    bulbs: list[list[float]] | None = None,
    focal: float = 1.857,
) -> Plate:
    """A flat set at one distance; by default a dim even wall."""
    if radiance is None:
        radiance = np.full((300, 500, 3), 0.1)
    return Plate(
        "flat", "day", radiance.astype(np.float32),
        np.full(radiance.shape[:2], 1 / distance, np.float32),
        np.full((48, 48, 3), 0.3, np.float32), focal,
        np.array(bulbs or [], np.float32).reshape(-1, 7), "neutral",
    )  # fmt: skip


def dot(x: float = 0.0, y: float = 0.0, distance: float = 5.0) -> Plate:
    """A black set with one lamp, placed in plate heights from the middle."""
    return plate(np.zeros((300, 500, 3)), distance, [[x, y, 1 / distance, 0.01, 50, 50, 50]])


def centre(picture: np.ndarray) -> tuple[float, float]:
    """Where the light is, in film heights from the middle, x right and y down."""
    light = picture[..., 1].astype(np.float64)
    y, x = np.mgrid[0 : light.shape[0], 0 : light.shape[1]]
    height, width = light.shape
    total = light.sum()
    return (
        float((light * (x + 0.5 - width / 2)).sum() / total / height),
        float((light * (y + 0.5 - height / 2)).sum() / total / height),
    )


@pytest.mark.parametrize("radius", [0.7, 3.0, 11.5])
def test_a_disc_keeps_all_light_within_its_radius(radius: float) -> None:
    kernel = disc(radius)
    half = kernel.shape[0] // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert (kernel[np.hypot(x, y) > radius + 1] == 0).all()


def test_a_lamp_becomes_a_disc_of_the_thin_lens_formula() -> None:
    backdrop = Backdrop(dot(), Size(480, 480))
    seen = backdrop.frame({})[..., 1]
    lit = seen > seen.max() * 0.3
    diameter = 2 * np.sqrt(lit.sum() / np.pi) / 480
    assert diameter == pytest.approx(APERTURE * backdrop.focal * (1 / PERSON - 1 / 5), rel=0.08)


def test_a_nearer_lamp_is_sharper() -> None:
    spread = [
        (Backdrop(dot(distance=d), SMALL).frame({})[..., 1] > 0).sum() for d in (2.0, 4.0, 20.0)
    ]
    assert spread[0] < spread[1] < spread[2]


def test_blur_keeps_an_even_wall_even() -> None:
    seen = Backdrop(plate(), SMALL).frame({})
    assert np.abs(seen - 0.1).max() < 1e-3


def test_a_bright_spot_spreads_without_gaining_light() -> None:
    radiance = np.full((300, 500, 3), 0.01)
    radiance[140:160, 240:260] = 20
    backdrop = Backdrop(plate(radiance), Size(500, 300))
    # The film shows the plate's middle, enlarged; both areas are measured in film pixels.
    shown = (backdrop.frame({})[..., 1] - 0.01).clip(0).sum() / (backdrop.focal / 1.857) ** 2
    assert shown == pytest.approx(20 * 400, rel=0.05)


@pytest.mark.parametrize(
    ("move", "x", "y"),
    [
        ({"pan": 3.0}, -np.tan(np.deg2rad(3)), 0),
        ({"tilt": 3.0}, 0, np.tan(np.deg2rad(3))),
        ({"x": 0.2}, 0.2 * (PIVOT - 0.2), 0),
        ({"y": 0.2}, 0, -0.2 * (PIVOT - 0.2)),
    ],
)
def test_a_camera_move_shifts_the_set_by_the_pinhole_formula(
    move: dict[str, float], x: float, y: float
) -> None:
    backdrop = Backdrop(dot(), Size(480, 480))
    at = centre(backdrop.frame(move))
    assert at == pytest.approx((backdrop.focal * x, backdrop.focal * y), abs=0.006)


def test_what_stands_at_the_pivot_stays_while_the_camera_travels() -> None:
    backdrop = Backdrop(dot(distance=1 / PIVOT), Size(480, 480))
    assert centre(backdrop.frame({"x": 0.3, "y": 0.2})) == pytest.approx((0, 0), abs=0.005)


@pytest.mark.parametrize(
    ("move", "factor"),
    [({"zoom": 0.3}, np.exp(0.3)), ({"zoom": -0.2}, np.exp(-0.2)), ({"z": 0.5}, 1 / (1 - 0.5 / 5))],
)
def test_zoom_and_dolly_enlarge_by_their_formulas(move: dict[str, float], factor: float) -> None:
    backdrop = Backdrop(dot(x=0.1), Size(480, 480))
    before, _ = centre(backdrop.frame({}))
    after, _ = centre(backdrop.frame(move))
    assert after / before == pytest.approx(factor, rel=0.02)


def test_a_camera_rolled_clockwise_sees_the_set_turn_the_other_way() -> None:
    backdrop = Backdrop(dot(x=0.15), Size(480, 480))
    (x0, y0), (x1, y1) = centre(backdrop.frame({})), centre(backdrop.frame({"roll": 4.0}))
    turned = np.degrees(np.arctan2(y1, x1) - np.arctan2(y0, x0))
    assert turned == pytest.approx(-4, abs=0.3)


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({k: st.floats(*v) for k, v in LIMITS.items()}))
def test_within_the_limits_no_edge_shows(camera: dict[str, float]) -> None:
    seen = EVEN.frame(camera)
    assert np.abs(seen - 0.1).max() < 2e-3


EVEN = Backdrop(plate(), SMALL)


@pytest.mark.parametrize(
    "size",
    [Size(832, 480), Size(480, 832), Size(256, 256), Size(1920, 256), Size(1080, 1920)],
    ids=str,
)
def test_any_size_and_aspect_is_filled(size: Size) -> None:
    seen = Backdrop(plate(), size).frame({"pan": 2.0})
    assert seen.shape == (size.height, size.width, 3)
    assert seen.dtype == np.float32
    assert np.abs(seen - 0.1).max() < 2e-3


def test_a_nearer_thing_moves_past_a_farther_one() -> None:
    radiance = np.zeros((300, 500, 3))
    radiance[148:152, 218:222] = 30  # near, on the left
    radiance[148:152, 278:282] = 30  # far, on the right
    set_ = plate(radiance)
    disparity = np.full((300, 500), 1 / 30, np.float32)
    disparity[:, :250] = 1 / 2.6
    deep = Plate(
        "deep", "day", set_.radiance, disparity, set_.probe, set_.focal, set_.bulbs, "neutral"
    )
    backdrop = Backdrop(deep, Size(480, 480))
    still, moved = backdrop.frame({}), backdrop.frame({"x": 0.1})
    near = centre(moved[:, :240])[0] - centre(still[:, :240])[0]
    far = centre(moved[:, 240:])[0] - centre(still[:, 240:])[0]
    assert far > near + 0.03


def test_the_same_move_gives_the_same_picture() -> None:
    move = {"x": 0.1, "pan": 1.0, "zoom": 0.1}
    assert (EVEN.frame(move) == Backdrop(plate(), SMALL).frame(move)).all()
