"""Pieces that many garments share: plackets, pockets, lapels, zips, ties, sleeves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe.collars import (
    Opening,
    leaf,
    put_on,
    spread_points,
    stand,
)

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Colour, Points, Sheet
    from vivant.types import Floats

SIDES = (-1, 1)
METAL = (0.42, 0.42, 0.43)
DARK = (0.02, 0.02, 0.022)
THROAT = ((-0.12, 0.08), (0.12, 0.08), (0.03, -0.18), (-0.025, -0.18))
"""What an unbuttoned collar leaves bare."""


def mirror(points: Points, side: int) -> Floats:
    """The same pattern piece for the other side of the body."""
    return np.asarray(points, np.float32) * np.array([side, 1], np.float32)


def shift(points: Points, x: float, y: float) -> Floats:
    """The same line, moved."""
    return np.asarray(points, np.float32) + np.array([x, y], np.float32)


def curve(points: Points, count: int = 24) -> Floats:
    """A smooth line through ``points`` (Catmull-Rom)."""
    p = np.asarray(points, np.float32)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, len(p) - 3 - 1e-4, count)
    i = t.astype(int)
    f = (t - i)[:, None]
    a, b, c, d = p[i], p[i + 1], p[i + 2], p[i + 3]
    q = 2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3
    return np.asarray(q / 2, np.float32)


def shade(colour: Colour, k: float) -> Floats:
    """A darker (< 1) or lighter (> 1) cut of the same cloth."""
    return np.asarray(np.clip(np.asarray(colour, np.float32) * k, 0, 0.78), np.float32)


def contrast(colour: Floats) -> Floats:
    """A second colour that shows on the first."""
    if colour.mean() < 0.3:
        return np.asarray(0.12 * colour + (0.62, 0.62, 0.61), np.float32)
    return shade(colour, 0.2)


ARMHOLE = ((0.775, 0.10), (0.73, -0.08), (0.685, -0.26), (0.672, -0.44))


def armholes(sheet: Sheet, depth: float = 0.004) -> None:
    """The seams that join the sleeves."""
    for side in SIDES:
        sheet.seam(mirror(curve(ARMHOLE), side), 0.010, depth)


def short_sleeves(sheet: Sheet, hem: float) -> None:
    """Sleeves that end at body y ``hem``: a doubled hem, and no cloth below it."""
    for side in SIDES:
        edge = np.array([(0.64, hem + 0.01), (0.80, hem - 0.015), (1.15, hem)])
        band = sheet.line(mirror(shift(edge, 0, 0.03), side), 0.07)
        sheet.lift(band, 0.006)
        sheet.seam(mirror(shift(edge, 0, 0.07), side), 0.006, 0.004)
    sheet.cut(sheet.arms(hem))


def placket(sheet: Sheet, colour: Colour, top: float, bottom: float, width: float = 0.10) -> None:
    """The strip that carries buttons."""
    half = width / 2
    strip = [(-half, top), (half, top), (half, bottom), (-half, bottom)]
    sheet.panel(strip, colour, 0.006)
    for x in (-half + 0.012, half - 0.012):
        sheet.stitch([(x, top), (x, bottom)], shade(colour, 0.75))
    sheet.seam([(half, top), (half, bottom)], 0.006, 0.003)


def buttons(
    sheet: Sheet,
    colour: Colour,
    x: float,
    top: float,
    gap: float,
    count: int,
    radius: float = 0.021,
) -> None:
    """A row of buttons going down."""  # fmt: skip
    for i in range(count):
        sheet.button(x, top - i * gap, radius, colour)


def pocket(
    sheet: Sheet,
    colour: Colour,
    x: float,
    y: float,
    width: float,
    height: float,
    flap: bool = False,
) -> None:
    """A patch pocket whose upper edge is centred on ``(x, y)``."""  # fmt: skip
    w = width / 2
    shape = [
        (x - w, y), (x + w, y), (x + w, y - height * 0.85), (x, y - height),
        (x - w, y - height * 0.85),
    ]  # fmt: skip
    sheet.panel(shape, colour, 0.006)
    inset = [(px * 0.94 + x * 0.06, py + (0.012 if py < y else -0.02)) for px, py in shape]
    sheet.stitch([*inset, inset[0]], shade(colour, 0.7))
    if flap:
        low = y - height * 0.32
        sheet.panel(
            [(x - w - 0.01, y + 0.015), (x + w + 0.01, y + 0.015), (x + w + 0.01, low),
             (x, low - 0.04), (x - w - 0.01, low)], colour, 0.01,
        )  # fmt: skip


def zipper(sheet: Sheet, top: float, bottom: float, tape: Colour, x: float = 0.0) -> None:
    """A closed zip with its tape and pull."""
    sheet.seam([(x - 0.035, top), (x - 0.035, bottom)], 0.008, 0.006)
    sheet.seam([(x + 0.035, top), (x + 0.035, bottom)], 0.008, 0.006)
    sheet.paint(sheet.line([(x, top), (x, bottom)], 0.036), tape)
    sheet.stitch([(x, top), (x, bottom)], METAL, 0.012)
    low = top - 0.08
    pull = [(x - 0.014, top), (x + 0.014, top), (x + 0.01, low), (x - 0.01, low)]
    sheet.panel(pull, METAL, 0.008)


def vee(depth: float, width: float = 0.30, top: float = 0.26) -> Floats:
    """A V from the sides of the neck down to body y ``depth``, closed above."""
    left = curve([(-width, top), (-width * 0.86, 0.02), (-width * 0.42, depth * 0.55), (0, depth)])
    return np.concatenate([left, left[::-1] * (-1, 1), [(width, 0.9), (-width, 0.9)]]).astype(
        np.float32
    )


def lapels(
    sheet: Sheet, colour: Colour, depth: float, width: float = 0.24, notch: bool = True
) -> None:
    """Turned-back fronts down to the button at body y ``depth``, with their collar."""
    for side in SIDES:
        roll = curve([(0.27, 0.20), (0.245, 0.0), (0.14, depth * 0.5), (0.015, depth)])
        tip = (0.27 + width, -0.13)
        edge = curve([tip, (0.19 + width * 0.72, depth * 0.55), (0.05, depth * 0.97)])
        leaf_ = np.concatenate(
            [roll[roll[:, 1] < -0.02], edge[::-1], [(0.25 + width * 0.66, -0.06)]]
        )
        sheet.panel(mirror(leaf_, side), colour, 0.016)
        sheet.stitch(mirror(shift(edge, -0.016, 0), side), shade(colour, 0.82))
        reach = min(width, 0.23)
        corner = (0.25 + reach * 0.85, 0.0) if notch else (0.25 + reach * 0.66, -0.05)
        upper = [(0.27, 0.22), (0.245, -0.02), (0.25 + reach * 0.62, -0.075), corner,
                 (0.20 + reach, 0.13), (0.17 + reach, 0.24)]  # fmt: skip
        sheet.panel(mirror(upper, side), shade(colour, 0.94), 0.012)
    rear = leaf(0.10, 0.10, 0.17, 0.09, 0.02)
    put_on(sheet, Opening(0.05, 0.05), rear, shade(colour, 0.94), spread=(1.9, 2 * np.pi - 1.9))


def shirt_collar(
    sheet: Sheet,
    colour: Colour,
    opening: Opening,
    *,
    gap: float = 0.10,
    front: float = 0.24,
    rise: float = 0.075,
    points: float = 0.42,
    flare: float = 0.075,
) -> None:
    """A folded collar with its two points, open by ``gap`` radians on either side."""  # fmt: skip
    band = stand(rise * 0.9, rise * 0.9, 0.008)
    put_on(sheet, opening, band, shade(colour, 0.92), spread=(gap * 0.7, 2 * np.pi - gap * 0.7))
    profile = leaf(rise, front, 0.15, flare, 0.012)
    twist = spread_points(points)
    mark, scrap = put_on(
        sheet, opening, profile, colour, spread=(gap, 2 * np.pi - gap), twist=twist
    )
    if mark is not None and scrap is not None:
        hem = np.exp(-(((scrap.over - 0.93) / 0.018) ** 2)) * mark.cover
        stitched = type(mark)(mark.rows, mark.cols, hem.astype(np.float32))
        sheet.dim(stitched, 0.25)


def tie(sheet: Sheet, colour: Colour, bottom: float = -1.9) -> None:
    """A necktie with its knot."""
    blade = [
        (-0.032, -0.12),
        (0.032, -0.12),
        (0.085, bottom),
        (0.0, bottom - 0.1),
        (-0.085, bottom),
    ]
    sheet.panel(blade, colour, 0.012)
    sheet.dim(sheet.line([(0.01, -0.13), (0.018, -0.4)], 0.03, 0.02), 0.3)
    knot = [(-0.062, 0.0), (0.062, 0.0), (0.038, -0.125), (-0.038, -0.125)]
    mark = sheet.panel(knot, shade(colour, 0.95), 0.02)
    sheet.lift(sheet.dot(0, -0.06, 0.04), 0.012)
    sheet.dim(mark, 0.04)


def emblem(sheet: Sheet) -> None:
    """A small embroidered logo on the wearer's left chest."""
    ink = contrast(sheet.main)
    ring_ = sheet.dot(0.36, -0.40, 0.055)
    sheet.paint(ring_, ink)
    sheet.lift(ring_, 0.003)
    sheet.paint(sheet.dot(0.36, -0.40, 0.040), sheet.main)
    wave = curve([(0.325, -0.415), (0.35, -0.385), (0.365, -0.415), (0.395, -0.38)])
    sheet.paint(sheet.line(wave, 0.014), ink)
    for x in (0.30, 0.335, 0.375, 0.41):
        sheet.paint(sheet.line([(x - 0.012, -0.48), (x + 0.012, -0.48)], 0.018), ink)
