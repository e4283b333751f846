"""Procedural pictures and skies, linear RGB float ``(h, w, 3)``; small, for they are blurred."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.bake.mesh import Array

Rgb = tuple[float, float, float]


def noise(
    shape: tuple[int, int], rng: np.random.Generator, cells: float = 4, octaves: int = 5,
    gain: float = 0.55,
) -> Array:  # fmt: skip
    """Fractal noise, 0 to 1, with ``cells`` bumps across the width."""
    height, width = shape
    total, weight, amount = np.zeros(shape), 0.0, 1.0
    for octave in range(octaves):
        n = max(2, int(cells * 2**octave))
        grid = rng.random((max(2, round(n * height / width)) + 2, n + 2))
        total += amount * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        weight += amount
        amount *= gain
    return np.clip(total / weight, 0, 1)


def plain(colour: Rgb, rng: np.random.Generator, shape: tuple[int, int] = (128, 256)) -> Array:
    """A painted wall: one colour with stains."""
    return np.asarray(colour) * (0.75 + 0.5 * noise(shape, rng, 3))[..., None]


def bricks(
    colour: Rgb, mortar: Rgb, rng: np.random.Generator, rows: int = 40, columns: int = 30
) -> Array:
    """Running bond; every brick its own shade."""
    unit = 8
    shade = rng.uniform(0.55, 1.35, (rows, columns * 2, 1)) * rng.uniform(
        0.9, 1.1, (rows, columns * 2, 3)
    )
    wall = np.zeros((rows * unit, columns * unit * 2, 3))
    for row in range(rows):
        line = np.repeat(shade[row], unit * 2, 0)[: columns * unit * 2] * np.asarray(colour)
        wall[row * unit : (row + 1) * unit] = np.roll(line, unit * (row % 2), 0)
        for column in range(columns):
            x = column * unit * 2 + unit * (row % 2)
            wall[row * unit : (row + 1) * unit, x % wall.shape[1]] = mortar
        wall[row * unit] = mortar
    return wall * (0.8 + 0.4 * noise(wall.shape[:2], rng, 3))[..., None]


def tiles(
    colour: Rgb, joint: Rgb, rng: np.random.Generator, rows: int = 14, columns: int = 30
) -> Array:
    """Square tiles."""
    unit = 10
    shade = rng.uniform(0.85, 1.1, (rows, columns, 1)) * np.asarray(colour)
    wall = shade.repeat(unit, 0).repeat(unit, 1)
    wall[::unit] = joint
    wall[:, ::unit] = joint
    return np.asarray(wall)


def planks(colour: Rgb, rng: np.random.Generator, count: int = 16, upright: bool = True) -> Array:
    """Boards with grain."""
    unit = 16
    shade = rng.uniform(0.6, 1.3, (1, count, 1)) * np.asarray(colour)
    wall = (
        shade.repeat(unit, 1).repeat(256, 0)
        * (0.7 + 0.6 * noise((256, count * unit), rng, count * 3, 2))[..., None]
    )
    wall[:, ::unit] *= 0.3
    return np.asarray(wall if upright else wall.transpose(1, 0, 2))


def facade(
    rng: np.random.Generator, rows: int, columns: int, wall: Rgb, lit: float, glass: Rgb,
    lamps: Sequence[Rgb],
) -> tuple[Array, Array]:  # fmt: skip
    """A house front: reflectance, and radiance of the share ``lit`` of its windows."""
    unit = 12
    cover = np.zeros((rows * unit, columns * unit, 3)) + np.asarray(wall)
    cover *= (0.8 + 0.4 * noise(cover.shape[:2], rng, 4))[..., None]
    glow = np.zeros_like(cover)
    for row in range(rows):
        for column in range(columns):
            y, x = row * unit + 2, column * unit + 2
            cover[y : y + 8, x : x + 8] = glass
            if rng.random() < lit:
                lamp = np.asarray(lamps[int(rng.integers(len(lamps)))]) * rng.uniform(0.4, 1.3)
                blind = int(rng.integers(0, 5))
                glow[y + blind : y + 8, x : x + 8] = lamp
    return cover, glow


def glyphs(rng: np.random.Generator, colour: Rgb, rows: int, columns: int, ground: Rgb) -> Array:
    """A sign in no language: strokes in a grid of square fields."""
    unit = 32
    sign = np.full((rows * unit, columns * unit, 3), ground, np.float32)
    for row in range(rows):
        for column in range(columns):
            for _ in range(int(rng.integers(4, 7))):
                a = rng.integers(4, unit - 4, 2)
                b = a.copy()
                b[int(rng.integers(2))] = rng.integers(4, unit - 4)
                corner = np.array([column * unit, row * unit])
                cv2.line(sign, tuple(map(int, a + corner)), tuple(map(int, b + corner)), colour, 3)
    return sign.astype(np.float64)


def screen_rows(rng: np.random.Generator, hue: Rgb = (0.02, 0.09, 0.3)) -> Array:
    """A display with bars and rows of figures."""
    image = np.full((120, 160, 3), hue, np.float32)
    cv2.rectangle(image, (0, 0), (160, 14), tuple(float(v) for v in rng.uniform(0.1, 0.9, 3)), -1)
    for k in range(7):
        y, length = 24 + k * 13, int(rng.uniform(20, 110))
        colour = tuple(float(v) for v in rng.uniform(0.1, 0.9, 3))
        cv2.rectangle(image, (8, y), (8 + length, y + 7), colour, -1)
        cv2.rectangle(image, (125, y), (150, y + 7), (0.7, 0.75, 0.8), -1)
    return image.astype(np.float64)


def weather_map(rng: np.random.Generator) -> Array:
    """Sea, land and a spiral storm in false colours."""
    height, width = 200, 340
    y, x = np.mgrid[0:height, 0:width].astype(float)
    land = np.clip((noise((height, width), rng, 3, 6) - 0.52) * 30, 0, 1)[..., None]
    image = np.array([0.01, 0.06, 0.22]) * (1 - land) + np.array([0.05, 0.13, 0.04]) * land
    cx, cy = width * rng.uniform(0.4, 0.6), height * rng.uniform(0.4, 0.6)
    r, turn = np.hypot(x - cx, y - cy) + 1, np.arctan2(y - cy, x - cx)
    arms = 0.5 + 0.5 * np.cos(2 * turn - 5 * np.log(r) + 3 * noise((height, width), rng, 6, 4))
    rain = np.exp(-((r / (0.38 * height)) ** 2)) * (0.3 + arms) * (r > 6)
    scale = np.array(
        [[0.02, 0.3, 0.8], [0.05, 0.6, 0.2], [0.9, 0.8, 0.05], [0.95, 0.3, 0.03], [0.8, 0.02, 0.1]]
    )
    step = np.clip(rain * 1.2, 0, 1) * 3.99
    low = step.astype(int)
    part = (step - low)[..., None]
    storm = scale[low] * (1 - part) + scale[np.minimum(low + 1, 4)] * part
    cover = np.clip(rain * 2.4, 0, 0.95)[..., None]
    image = image * (1 - cover) + storm * cover
    image[:16] = (0.01, 0.02, 0.1)
    return np.asarray(image)


def chalkboard(rng: np.random.Generator) -> Array:
    """Sums and curves on dusty green."""
    shape = (110, 300)
    dust = (noise(shape, rng, 5) - 0.4)[..., None] * 0.05
    board = np.array([0.02, 0.06, 0.035]) + dust
    sums = ("E=mc2", "a+b=c", "y=mx+b", "f(x)=sin x", "F=ma", "dy/dx=2x", "A=pi r2", "PV=nRT")
    marks = np.zeros(shape, np.uint8)
    for i in range(16):
        spot = (int(rng.uniform(0.02, 0.8) * 300), int((0.14 + 0.11 * (i % 8)) * 110))
        text = sums[int(rng.integers(len(sums)))]
        cv2.putText(marks, text, spot, cv2.FONT_HERSHEY_SIMPLEX, rng.uniform(0.3, 0.5), 255, 1)
    x = np.linspace(0, 1, 60)
    curve = np.stack([200 + x * 80, 80 - np.sin(x * 5) * 22], 1).astype(np.int32)
    cv2.polylines(marks, [curve], False, 255, 2)
    chalk = (marks / 255.0)[..., None]
    tint = np.where(np.arange(110)[:, None, None] % 37 < 12, [0.85, 0.7, 0.3], [0.75, 0.8, 0.75])
    return np.clip(board * (1 - chalk) + tint * chalk, 0.005, 0.9)


def earth(rng: np.random.Generator, night: bool = False) -> Array:
    """The limb of a planet below, blue air along it, stars above; night shows towns."""
    height, width = 400, 640
    y, x = np.mgrid[0:height, 0:width].astype(float)
    radius, cx, cy = height * 1.5, width * 0.45, height * 1.72
    r = np.hypot(x - cx, y - cy)
    inside = np.clip(radius - r, 0, 1)[..., None]
    facing = np.sqrt(np.clip(1 - (r / radius) ** 2, 0, 1))
    land = np.clip((noise((height, width), rng, 3, 6) - 0.53) * 14, 0, 1)[..., None]
    dry = noise((height, width), rng, 8, 4)[..., None]
    ground = (1 - land) * [0.008, 0.05, 0.22] + land * (dry * [0.32, 0.22, 0.1] + 0.02)
    bend = noise((height, width), rng, 4, 3)
    cloud = noise((height, width), rng, 5, 7, 0.62)
    cloud = cv2.remap(
        cloud, (x + 120 * (bend - 0.5)).astype(np.float32),
        (y + 60 * (bend - 0.5)).astype(np.float32),
        cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT,
    )  # fmt: skip
    cover = (np.clip((cloud - 0.5) * 6, 0, 1) ** 1.3)[..., None]
    lit = (ground * (1 - cover) + 0.85 * cover) * (0.15 + 1.1 * facing**0.7)[..., None]
    if night:
        towns = np.clip(noise((height, width), rng, 40, 3) - 0.62, 0, 1) * 9 * land[..., 0]
        lit = lit * [0.02, 0.03, 0.06] + towns[..., None] * [1.6, 0.9, 0.3] * (1 - cover)
    air = np.exp(-np.abs(radius - r) / (0.035 * height))[..., None] * [0.25, 0.6, 1.3]
    space = np.zeros((height, width, 3))
    stars = rng.random((height, width)) > 0.9985
    space[stars] = rng.uniform(0.3, 2.0, (int(stars.sum()), 1))
    return np.asarray(lit * inside + space * (1 - inside) + air * (0.35 if night else 1.0))


def beams(rng: np.random.Generator, hues: Sequence[Rgb], count: int = 9) -> Array:
    """Shafts of stage light in smoke, fading as they come down."""
    height, width = 90, 160
    y, x = np.mgrid[0:height, 0:width] / np.array([height, width]).reshape(2, 1, 1)
    image = np.zeros((height, width, 3))
    for k in range(count):
        top = (k + 0.5) / count
        foot = 0.5 + (top - 0.5) * 0.5 + rng.uniform(-0.2, 0.2)
        middle, wide = top + (foot - top) * y, 0.008 + 0.05 * y
        shaft = np.exp(-(((x - middle) / wide) ** 2)) * (1.05 - y) ** 1.4
        image += shaft[..., None] * np.asarray(hues[k % len(hues)]) * rng.uniform(0.5, 1.2)
    smoke = 0.5 + 0.8 * noise((height, width), rng, 4, 4)[..., None]
    return image * smoke + 0.02 * np.asarray(hues[0]) * smoke


def flames(rng: np.random.Generator, shape: tuple[int, int] = (160, 240)) -> Array:
    """A wall of fire, hottest at the foot."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width].astype(float)
    wave = noise(shape, rng, 4, 3)
    tongue = cv2.remap(
        noise(shape, rng, 7, 5), (x + 40 * (wave - 0.5)).astype(np.float32),
        (y * 0.45).astype(np.float32), cv2.INTER_LINEAR,
    )  # fmt: skip
    heat = np.clip(tongue * 1.5 - 0.75 + y / height * 0.9, 0, 1)
    return np.stack([heat**0.7, heat**1.6 * 0.45, heat**3.2 * 0.12], -1)


def sky(
    rng: np.random.Generator, zenith: Rgb, horizon: Rgb, ground: Rgb, clouds: float = 0.0,
    cloud: Rgb = (1.0, 1.0, 1.0), sun: tuple[float, float, Rgb, float] | None = None,
    falloff: float = 0.35,
) -> Array:  # fmt: skip
    """A sky all round, 256 by 512; the view looks at its middle.

    ``clouds`` is the covered share; ``sun`` is azimuth and elevation in degrees (azimuth 0 straight
    ahead, > 0 to the right), the colour of its glow and the glow's width in degrees.
    """
    height, width = 256, 512
    up = 90 - (np.arange(height) + 0.5) / height * 180
    side = (np.arange(width) + 0.5) / width * 360 - 180
    rise = np.clip(np.sin(np.deg2rad(np.maximum(up, 0))), 0, 1)[:, None, None] ** falloff
    image = np.asarray(horizon) * (1 - rise) + np.asarray(zenith) * rise
    image = np.broadcast_to(image, (height, width, 3)).copy()
    if sun is not None:
        azimuth, elevation, colour, wide = sun
        apart = np.hypot(
            (side[None] - azimuth) * np.cos(np.deg2rad(elevation)), up[:, None] - elevation
        )[..., None]
        image += np.asarray(colour) * (
            np.exp(-((apart / wide) ** 2)) + 0.35 * np.exp(-apart / (wide * 2.5))
        )
    if clouds > 0:
        # Seen edge on near the horizon, banks lie flat.
        bank = noise((height, width), rng, 9, 6, 0.6)
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        squeezed = (128 - (128 - y) * (1 + 2.2 * np.exp(-(128 - y) / 22))).astype(np.float32)
        bank = cv2.remap(bank, x, squeezed, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        cover = np.clip((bank - (0.78 - 0.5 * clouds)) * 5, 0, 1)[..., None]
        shade = 0.6 + 0.6 * noise((height, width), rng, 12, 4)[..., None]
        image = image * (1 - 0.85 * cover) + np.asarray(cloud) * shade * 0.85 * cover
    image[up < -0.5] = ground
    return np.asarray(image)
