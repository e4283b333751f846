"""Sports clothes: race suit, cycling jersey, leotard, team kit, tank top, wetsuit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe import parts
from vivant.engines.previz.wardrobe.collars import Opening, open_neck, put_on, stand
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.parts import contrast
from vivant.engines.previz.wardrobe.sheet import Fabric
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Colour, Sheet

NOMEX = Fabric(0.016, 0.11, 0.02, 0.02)
LYCRA = Fabric(0.004, 0.08, 0.02, 0.015)
JERSEY = Fabric(0.011, 0.10, 0.03, 0.02)
WHITE = (0.72, 0.72, 0.71)


def logo(sheet: Sheet, x: float, y: float, width: float, ground: Colour, ink: Colour) -> None:
    """A sponsor's patch: a word too small to read."""
    high = width * 0.36
    box = [(x, y), (x + width, y), (x + width, y - high), (x, y - high)]
    mark = sheet.area(box)
    sheet.paint(mark, ground)
    sheet.lift(mark, 0.003)
    rng = np.random.default_rng(int(1000 * (x + 2)) + int(1000 * (3 - y)))
    left = x + width * 0.10
    while left < x + width * 0.82:
        wide = width * rng.uniform(0.06, 0.13)
        top, low = y - high * 0.28, y - high * (0.60 + 0.14 * rng.random())
        sheet.paint(
            sheet.area([(left, top), (left + wide, top), (left + wide, low), (left, low)]), ink
        )
        left += wide + width * 0.035


def sew_race(sheet: Sheet, look: Look) -> None:
    """A racing driver's overall: stripes, a stand collar, sponsors' patches."""
    parts.armholes(sheet, 0.008)
    opening = Opening(0.03, 0.035, -0.07)
    open_neck(sheet, opening)
    dark = np.array(parts.DARK, np.float32)
    stripe = WHITE if look.main.mean() < 0.45 else dark
    for side in parts.SIDES:
        arc = parts.curve([(0.30, 0.10), (0.55, 0.02), (0.78, -0.16), (1.0, -0.60), (1.1, -1.6)])
        sheet.paint(sheet.line(parts.mirror(arc, side), 0.12), stripe)
        sheet.paint(sheet.line(parts.mirror(parts.shift(arc, -0.03, -0.10), side), 0.045), dark)
        flank = [(0.75, -0.55), (0.52, -0.85), (0.44, -1.5), (0.44, -3.4), (0.9, -3.4)]
        sheet.paint(sheet.area(parts.mirror(flank, side)), dark)
    parts.zipper(sheet, 0.02, -3.2, dark)
    logo(sheet, 0.16, -0.22, 0.34, WHITE, (0.02, 0.04, 0.25))
    logo(sheet, 0.17, -0.40, 0.26, (0.55, 0.40, 0.03), dark)
    logo(sheet, -0.50, -0.24, 0.34, dark, WHITE)
    logo(sheet, -0.44, -0.42, 0.26, WHITE, (0.40, 0.02, 0.02))
    logo(sheet, -0.30, -0.75, 0.60, WHITE, dark)
    mark, scrap = put_on(sheet, opening, stand(0.15, 0.12, 0.018), parts.shade(look.main, 0.75),
                         spread=(0.12, 2 * np.pi - 0.12))  # fmt: skip
    if mark is not None and scrap is not None:
        rim = np.exp(-(((scrap.over - 0.5) / 0.10) ** 2)) * mark.cover
        sheet.paint(type(mark)(mark.rows, mark.cols, rim.astype(np.float32)), stripe)


def sew_cycling(sheet: Sheet, look: Look) -> None:
    """A tight zipped jersey with bands across the chest."""
    opening = Opening(0.015, 0.02, -0.06)
    open_neck(sheet, opening)
    parts.short_sleeves(sheet, -0.90)
    second = contrast(look.main)
    for low, wide, ink in ((-0.42, 0.16, second), (-0.60, 0.06, parts.shade(look.main, 0.3))):
        line = parts.curve([(-1.2, low + 0.16), (-0.5, low + 0.03), (0, low - 0.03),
                            (0.5, low + 0.03), (1.2, low + 0.16)])  # fmt: skip
        sheet.paint(sheet.line(line, wide), ink)
    for side in parts.SIDES:
        raglan = parts.mirror(parts.curve([(0.27, 0.16), (0.46, -0.12), (0.68, -0.46)]), side)
        sheet.seam(raglan, 0.007, 0.004)
    parts.zipper(sheet, 0.0, -1.1, parts.shade(look.main, 0.5))
    logo(sheet, 0.14, -0.20, 0.28, look.main, WHITE)
    put_on(sheet, opening, stand(0.11, 0.08, 0.010), parts.shade(look.main, 0.7),
           spread=(0.08, 2 * np.pi - 0.08))  # fmt: skip


def scoop(depth: float, width: float, strap: float) -> np.ndarray:
    """The bare region above a scooped front, with straps ``strap`` from the middle."""
    half = [(-strap + width / 2, 0.30), (-strap + width / 2 + 0.01, 0.0)]
    low = [*half, (-strap * 0.55, depth * 0.80), (0.0, depth)]
    edge = parts.curve([*low, *((-x, y) for x, y in low[-2::-1])], 48)
    return np.concatenate([edge, np.array([(strap, 0.9), (-strap, 0.9)], np.float32)])


def bare_shoulders(sheet: Sheet, strap: float, width: float, armpit: float) -> None:
    """Cut everything outside the straps."""
    for side in parts.SIDES:
        edge = parts.curve([(strap + width / 2, 0.30), (strap + width / 2 + 0.02, 0.02),
                            (strap + width / 2 + 0.05, -0.25), (0.70, armpit)])  # fmt: skip
        outer = [(0.74, armpit - 0.02), (1.8, armpit), (1.8, 0.9), (strap, 0.9)]
        sheet.cut(sheet.area(parts.mirror(np.concatenate([edge, outer]), side)))
        hem = sheet.line(parts.mirror(parts.shift(edge, -0.02, 0), side), 0.03)
        sheet.lift(hem, 0.005)
    sheet.cut(sheet.arms(armpit + 0.35))


def sew_tank(sheet: Sheet, look: Look) -> None:
    """A sleeveless top with broad straps."""
    shape = scoop(-0.34, 0.20, 0.43)
    sheet.cut(sheet.area(shape))
    bare_shoulders(sheet, 0.43, 0.20, -0.64)
    rim = parts.shift(shape[: len(shape) - 2], 0, -0.02)
    sheet.lift(sheet.line(rim, 0.03), 0.006)
    sheet.seam(parts.shift(rim, 0, -0.03), 0.006, 0.003)
    del look


def sew_leotard(sheet: Sheet, look: Look) -> None:
    """A scooped, long-sleeved leotard with scattered rhinestones."""
    del look
    shape = scoop(-0.22, 0.26, 0.46)
    sheet.cut(sheet.area(shape))
    sparkle = parts.curve([(-0.46, -0.02), (-0.30, -0.40), (0.10, -0.72), (0.55, -1.0)], 40)
    rng = np.random.default_rng(sheet.seed + 97)
    for at in sparkle[rng.integers(0, 40, 90)] + rng.normal(0, 0.03, (90, 2)):
        sheet.paint(sheet.dot(float(at[0]), float(at[1]), 0.006), WHITE, 0.8)
    rim = parts.shift(shape[: len(shape) - 2], 0, -0.012)
    sheet.lift(sheet.line(rim, 0.018), 0.005)


def sew_kit(sheet: Sheet, look: Look) -> None:
    """A team shirt: contrast collar and sleeves' ends, a crest, a number."""
    parts.armholes(sheet)
    opening = Opening(0.05, 0.055, -0.14)
    open_neck(sheet, opening)
    second = contrast(look.main)
    for side in parts.SIDES:
        sheet.paint(sheet.line([(side * 0.66, -0.78), (side * 1.2, -0.78)], 0.06), second)
    parts.short_sleeves(sheet, -0.84)
    crest = [(0.27, -0.30), (0.43, -0.30), (0.43, -0.40), (0.35, -0.49), (0.27, -0.40)]
    sheet.panel(crest, second, 0.004)
    logo(sheet, -0.28, -0.66, 0.56, look.main, second)
    put_on(sheet, opening, stand(0.07, 0.07, 0.012, -0.03), second)


def sew_wetsuit(sheet: Sheet, look: Look) -> None:
    """Neoprene with raglan seams and a high collar."""
    opening = Opening(0.01, 0.012, -0.05)
    open_neck(sheet, opening)
    second = contrast(look.main)
    for side in parts.SIDES:
        raglan = parts.mirror(parts.curve([(0.25, 0.14), (0.48, -0.12), (0.68, -0.46)]), side)
        sheet.seam(raglan, 0.008, 0.005)
        sheet.seam(parts.mirror([(0.62, -0.55), (0.40, -1.0), (0.44, -2.2)], side), 0.008, 0.005)
    logo(sheet, 0.20, -0.30, 0.24, look.main, second)
    put_on(sheet, opening, stand(0.13, 0.09, 0.014), parts.shade(look.main, 0.8))


GARMENTS = (
    Garment("race suit", Fit(0.035, 0.045, 0.10), NOMEX, "red", "white", sew_race),
    Garment("cycling jersey", Fit(0.015, 0.015, 0.07), LYCRA, "blue", "white", sew_cycling),
    Garment("leotard", Fit(0.012, 0.010, 0.07), LYCRA, "magenta", "white", sew_leotard),
    Garment("team kit", Fit(0.025, 0.05, 0.09), JERSEY, "red", "white", sew_kit),
    Garment("tank top", Fit(0.015, 0.012, 0.07), JERSEY, "white", "white", sew_tank),
    Garment("wetsuit", Fit(0.015, 0.012, 0.07), LYCRA, "black", "white", sew_wetsuit),
)
