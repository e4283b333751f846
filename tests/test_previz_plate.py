from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from vivant.engines.previz.sets import plate
from vivant.engines.previz.sets.gazetteer import PLACES
from vivant.engines.previz.sets.plate import KEY_LEVEL, Plate, decode, encode
from vivant.errors import EngineError

LUMA = np.array([0.2126, 0.7152, 0.0722])
SHIPPED = [(place.name, light) for place in PLACES for light in place.lights]


def made(height: int = 90, width: int = 150) -> Plate:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radiance = np.stack([0.02 * 1.03**x, 0.1 + 0.002 * y, 0.3 + 0 * x], -1)
    light = np.zeros((16, 3))
    light[:4] = [[0.4, 0.3, 0.3], [0.1, 0.1, 0.0], [0.1, 0.0, 0.1], [0.0, 0.1, 0.1]]
    ball = plate.probe_ball(light)
    return Plate(
        "here", "day", radiance.astype(np.float32), (y / height * 0.5).astype(np.float32),
        ball, 1.9, np.array([[0.1, -0.2, 0.25, 0.004, 9.0, 8.0, 7.0]], np.float32), "warm",
    )  # fmt: skip


def test_a_plate_survives_its_file() -> None:
    before = made()
    after = decode(encode(before))
    # 8 bits over a logarithm, lossy: a few per cent, as the eye allows out of focus.
    assert np.median(np.abs(after.radiance / before.radiance - 1)) < 0.03
    assert np.abs(after.radiance / before.radiance - 1).max() < 0.25
    assert np.abs(after.disparity - before.disparity).max() <= 0.5 / 255
    assert np.abs(after.probe - before.probe).max() < 0.01  # the fit is damped
    assert np.allclose(after.bulbs, before.bulbs, atol=1e-5)
    assert (after.name, after.light, after.focal, after.grade) == ("here", "day", 1.9, "warm")


def test_the_same_plate_gives_the_same_bytes() -> None:
    assert encode(made()) == encode(made())


def test_a_faint_slope_comes_back_without_steps() -> None:
    slope = np.linspace(0.20, 0.24, 600, dtype=np.float32)
    flat = np.broadcast_to(slope[None, :, None], (360, 600, 3))
    before = Plate(
        "a", "day", np.ascontiguousarray(flat), np.zeros((360, 600), np.float32),
        made().probe, 1.9, np.zeros((0, 7), np.float32), "neutral",
    )  # fmt: skip
    row = decode(encode(before)).radiance[180, 20:-20, 1]
    # One step of the 8-bit code is 3 %; none of it may show from one pixel to the next.
    assert np.abs(np.diff(row) / row[1:]).max() < 0.006


def test_a_lambertian_ball_is_held_by_few_harmonics() -> None:
    side = (np.arange(48) + 0.5) / 24 - 1
    x, y = np.meshgrid(side, -side)
    z = np.sqrt(np.clip(1 - x * x - y * y, 0, None))
    ball = np.clip(0.6 * x + 0.8 * z, 0, None)[..., None] * np.array([0.4, 0.3, 0.2])
    again = plate.probe_ball(plate.probe_harmonics(ball.astype(np.float32)))
    inside = np.hypot(x, y) < 0.95
    # Ramamoorthi and Hanrahan: a clamped cosine is within about 1 % by the second order.
    assert np.abs(again - ball)[inside].mean() < 0.01 * 0.4


@pytest.mark.parametrize("data", [b"", b"no zip at all"])
def test_what_is_no_plate_is_refused(data: bytes) -> None:
    with pytest.raises(EngineError, match="no plate file"):
        decode(data)


def test_another_format_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(encode(made()))) as box:
        entries = {name: box.read(name) for name in box.namelist()}
    entries["meta.json"] = entries["meta.json"].replace(b'"format":1', b'"format":99')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, data in entries.items():
            box.writestr(name, data)
    with pytest.raises(EngineError, match="99"):
        decode(out.getvalue())


def test_an_unknown_plate_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="atlantis"):
        plate.load("atlantis", "day")


def test_every_place_has_its_two_plates_and_no_plate_is_without_a_place() -> None:
    assert plate.available() == frozenset(SHIPPED)


@pytest.mark.parametrize(("name", "light"), SHIPPED)
def test_a_shipped_plate_is_sound(name: str, light: str) -> None:
    loaded = plate.load(name, light)
    assert (loaded.name, loaded.light) == (name, light)
    assert loaded.radiance.dtype == loaded.disparity.dtype == loaded.probe.dtype == np.float32
    assert loaded.radiance.shape == (*loaded.disparity.shape, 3)
    assert loaded.probe.shape == (48, 48, 3)
    for array in (loaded.radiance, loaded.disparity, loaded.probe, loaded.bulbs):
        assert np.isfinite(array).all()
    assert loaded.radiance.min() >= 0
    assert loaded.disparity.min() >= 0
    assert loaded.disparity.max() < 1 / 1.3, "nothing may stand before the person"
    assert loaded.grade in plate.GRADES
    assert np.percentile(loaded.probe @ LUMA, 85) == pytest.approx(KEY_LEVEL, rel=0.15)


@pytest.mark.parametrize(("name", "light"), SHIPPED)
def test_a_shipped_plate_is_a_picture_and_not_a_wall(name: str, light: str) -> None:
    stops = np.log2(plate.load(name, light).radiance @ LUMA + 1e-3)
    assert stops.std() > 0.35
    assert -7 < stops.mean() < -0.5


def test_the_plates_are_small() -> None:
    from importlib import resources

    folder = resources.files("vivant.engines.previz.sets").joinpath("plates")
    sizes = [len(f.read_bytes()) for f in folder.iterdir() if f.name.endswith(plate.SUFFIX)]
    assert sum(sizes) <= 10_000_000
    assert max(sizes) <= 500_000
