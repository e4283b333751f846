"""Clothes of trades: chef, firefighter, nurse, laboratory, astronaut, uniform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe import parts
from vivant.engines.previz.wardrobe.collars import Opening, open_neck, put_on, ring, stand
from vivant.engines.previz.wardrobe.folds import noise
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.sheet import Fabric
from vivant.engines.previz.wardrobe.tailored import NECK, shirt_front
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from vivant.engines.previz.wardrobe.sheet import Colour, Mark, Sheet
    from vivant.types import Floats

TWILL = Fabric(0.013, 0.10, 0.03, 0.02)
CANVAS = Fabric(0.018, 0.14, 0.05, 0.06)
COTTON = Fabric(0.015, 0.085, 0.02, 0.02)
PRESSURE = Fabric(0.030, 0.13, 0.02, 0.03)


def sew_chef(sheet: Sheet, look: Look) -> None:
    """A double-breasted jacket with an apron of the second colour."""
    parts.armholes(sheet)
    opening = Opening(0.025, 0.03, -0.06)
    open_neck(sheet, opening)
    edge = parts.curve([(0.06, 0.02), (0.24, -0.16), (0.27, -0.8), (0.26, -3.4)])
    sheet.seam(edge, 0.010, 0.010)
    for side in (-0.17, 0.17):
        parts.buttons(sheet, parts.shade(look.main, 0.85), side, -0.20, 0.185, 3, 0.024)
    apron(sheet, look.under)
    put_on(sheet, opening, stand(0.15, 0.10, 0.012), parts.shade(look.main, 0.98),
           spread=(0.10, 2 * np.pi - 0.10))  # fmt: skip


def sew_apron(sheet: Sheet, look: Look) -> None:
    """An apron of the second colour over a shirt with rolled sleeves."""
    parts.armholes(sheet)
    open_neck(sheet, NECK)
    parts.placket(sheet, look.main, 0.0, -0.46, 0.10)
    sheet.cut(sheet.area(parts.THROAT))
    parts.buttons(sheet, (0.6, 0.59, 0.56), 0.0, -0.23, 0.18, 2)
    apron(sheet, look.under)
    parts.shirt_collar(sheet, parts.shade(look.main, 1.05), NECK, gap=0.24, front=0.26)


def apron(sheet: Sheet, colour: Colour) -> None:
    """A bib, its straps and its hem."""
    for side in parts.SIDES:
        strap = [(0.27, 0.19), (0.335, 0.18), (0.345, -0.12), (0.40, -0.50), (0.33, -0.50),
                 (0.285, -0.12)]  # fmt: skip
        sheet.panel(parts.mirror(strap, side), colour, 0.008)
    bib = [(-0.42, -0.46), (0.42, -0.46), (0.46, -0.9), (0.60, -1.35), (0.75, -3.6), (-0.75, -3.6),
           (-0.60, -1.35), (-0.46, -0.9)]  # fmt: skip
    sheet.panel(bib, colour, 0.012)
    sheet.seam([(-0.42, -0.50), (0.42, -0.50)], 0.006, 0.004)
    sheet.stitch([(-0.42, -0.495), (0.42, -0.495)], parts.shade(colour, 0.7))


def sew_turnout(sheet: Sheet, look: Look) -> None:
    """A firefighter's coat: reflective bands, a storm flap with clasps, soot."""
    parts.armholes(sheet, 0.014)
    opening = Opening(0.055, 0.06, -0.10)
    open_neck(sheet, opening)
    yoke = parts.curve([(0.11, -0.30), (0.40, -0.33), (0.70, -0.28)])
    for side in parts.SIDES:
        sheet.seam(parts.mirror(yoke, side), 0.010, 0.008)
    for y in (-0.52, -1.55):
        around = parts.curve([(-1.3, y + 0.05), (-0.5, y), (0.5, y), (1.3, y + 0.05)])
        reflective(sheet, around, sheet.on_trunk)
    reflective(sheet, parts.curve([(-1.4, -0.72), (0.0, -0.74), (1.4, -0.72)]), sheet.on_sleeves)
    sheet.panel([(-0.09, 0.0), (0.11, 0.0), (0.11, -3.5), (-0.09, -3.5)], look.main, 0.020)
    for y in (-0.22, -0.72, -1.22):
        sheet.panel(
            [(-0.13, y), (0.15, y), (0.15, y - 0.05), (-0.13, y - 0.05)], (0.03, 0.03, 0.03)
        )
        sheet.panel([(-0.03, y + 0.01), (0.05, y + 0.01), (0.05, y - 0.06), (-0.03, y - 0.06)],
                    parts.METAL, 0.012)  # fmt: skip
    for side in parts.SIDES:
        strap = parts.curve([(0.37, 0.20), (0.40, 0.12), (0.44, -0.25), (0.42, -0.9), (0.43, -3.6)])
        line = sheet.line(parts.mirror(strap, side), 0.085)
        sheet.cast(line, 0.03, 0.5)
        sheet.paint(line, parts.DARK)
        sheet.flatten(line, 0.7)
        sheet.lift(line, 0.018)
        buckle = [(0.38, -0.40), (0.50, -0.40), (0.50, -0.48), (0.38, -0.48)]
        sheet.panel(parts.mirror(buckle, side), parts.METAL, 0.010)
    put_on(sheet, opening, stand(0.19, 0.15, 0.03, 0.035), parts.shade(look.main, 0.92),
           spread=(0.06, 2 * np.pi - 0.06))  # fmt: skip
    soot = np.clip(noise(sheet.x.shape, 0.3 * sheet.view.unit, sheet.seed + 90, 5) - 0.4, 0, 1)
    sheet.paint(sheet.everywhere(np.asarray(0.5 * soot, np.float32)), parts.DARK)


def reflective(sheet: Sheet, line: Floats, on: Callable[[Mark], Mark]) -> None:
    """A lime band with a silver one in its middle, on one part of the coat."""
    outer = on(sheet.line(line, 0.15))
    sheet.paint(outer, (0.50, 0.60, 0.03))
    sheet.flatten(outer, 0.4)
    sheet.lift(outer, 0.006)
    sheet.paint(on(sheet.line(line, 0.07)), (0.60, 0.61, 0.62))
    for off in (-0.066, 0.066):
        rim = on(sheet.line(parts.shift(line, 0, off), 0.008))
        sheet.paint(rim, (0.25, 0.30, 0.02))


def sew_scrubs(sheet: Sheet, look: Look) -> None:
    """A V-necked smock with a chest pocket."""
    parts.armholes(sheet)
    parts.short_sleeves(sheet, -0.82)
    open_neck(sheet, Opening(0.06, 0.05, -0.10))
    edge = parts.vee(-0.42, 0.32, 0.24)
    sheet.cut(sheet.area(edge))
    rim = edge[: len(edge) - 2]
    band = sheet.line(rim, 0.085)
    sheet.paint(band, parts.shade(look.main, 0.95))
    sheet.lift(band, 0.008)
    sheet.flatten(band, 0.6)
    sheet.seam(parts.vee(-0.475, 0.365, 0.24)[: len(edge) - 2], 0.007, 0.005)
    parts.pocket(sheet, look.main, 0.36, -0.50, 0.32, 0.36)
    put_on(sheet, Opening(0.06, 0.05, -0.10), stand(0.05, 0.05, 0.012, -0.02), look.main,
           spread=(1.7, 2 * np.pi - 1.7))  # fmt: skip


def sew_labcoat(sheet: Sheet, look: Look) -> None:
    """A white coat over a shirt, pens in its pocket."""
    parts.armholes(sheet)
    open_neck(sheet, NECK)
    shirt_front(sheet, look.under, -0.98, 0.30)
    parts.shirt_collar(sheet, parts.shade(look.under, 1.05), NECK, gap=0.26, front=0.24)
    parts.lapels(sheet, look.main, -0.98, 0.19)
    sheet.seam([(0.02, -0.98), (0.03, -3.5)], 0.012, 0.012)
    parts.buttons(sheet, (0.55, 0.54, 0.50), -0.02, -1.05, 0.36, 5, 0.026)
    parts.pocket(sheet, look.main, 0.47, -0.54, 0.28, 0.34)
    for i, ink in enumerate(((0.02, 0.05, 0.30), (0.35, 0.02, 0.02))):
        x = 0.43 + 0.05 * i
        sheet.panel([(x, -0.47), (x + 0.022, -0.47), (x + 0.022, -0.56), (x, -0.56)], ink, 0.008)


def sew_space(sheet: Sheet, _: Look) -> None:
    """A pressure suit: a metal neck ring, bellows at the shoulders, hoses and a chest unit."""
    opening = Opening(0.17, 0.17, -0.13, 0.48)
    open_neck(sheet, opening)
    for side in parts.SIDES:
        for i in range(3):
            x = 0.66 + 0.07 * i
            sheet.seam(parts.mirror(parts.curve([(x + 0.05, 0.12), (x, -0.12), (x - 0.02, -0.5)]),
                                    side), 0.024, 0.022)  # fmt: skip
        sheet.seam(parts.mirror([(0.40, 0.10), (0.50, -0.3), (0.46, -1.6)], side), 0.014, 0.010)
    blue, red = (0.03, 0.08, 0.32), (0.45, 0.03, 0.03)
    sheet.panel([(-0.60, -0.36), (-0.33, -0.38), (-0.33, -0.55), (-0.60, -0.53)], (0.7, 0.7, 0.7))
    for i in range(4):
        y = -0.375 - 0.045 * i
        stripe = [(-0.58, y), (-0.35, y - 0.02), (-0.35, y - 0.04), (-0.58, y - 0.02)]
        sheet.paint(sheet.area(stripe), red)
    sheet.paint(
        sheet.area([(-0.58, -0.375), (-0.48, -0.383), (-0.48, -0.46), (-0.58, -0.45)]), blue
    )
    patch = sheet.dot(0.46, -0.42, 0.095)
    sheet.paint(patch, blue)
    sheet.lift(patch, 0.006)
    sheet.paint(sheet.line(parts.curve([(0.38, -0.45), (0.46, -0.39), (0.54, -0.41)]), 0.016), red)
    sheet.paint(sheet.dot(0.47, -0.44, 0.022), (0.75, 0.75, 0.75))
    chest_unit(sheet)
    hoses(sheet)
    put_on(sheet, opening, stand(0.12, 0.12, 0.05, 0.02), (0.30, 0.32, 0.35), shadow=0.7)
    put_on(sheet, opening, ring(0.045, 0.8, 0.13, 0.045), (0.52, 0.53, 0.55))
    put_on(sheet, opening, ring(0.022, 0.8, 0.05, 0.075), blue)


def chest_unit(sheet: Sheet) -> None:
    """The display and control unit on the chest."""
    box = [(-0.30, -0.74), (0.30, -0.74), (0.33, -1.20), (-0.33, -1.20)]
    sheet.panel(box, (0.50, 0.51, 0.52), 0.05)
    sheet.panel([(-0.22, -0.80), (0.04, -0.80), (0.04, -0.92), (-0.22, -0.92)], parts.DARK)
    for i in range(3):
        sheet.button(0.12 + 0.07 * i, -0.86, 0.024, (0.45, 0.03 + 0.1 * i, 0.02))
        sheet.button(-0.18 + 0.16 * i, -1.05, 0.035, (0.12, 0.12, 0.13))


def hoses(sheet: Sheet) -> None:
    """Ribbed air hoses that curve into the chest."""
    for side in parts.SIDES:
        path = parts.curve([(0.70, -0.72), (0.52, -0.62), (0.36, -0.70), (0.32, -0.86)], 40)
        line = sheet.line(parts.mirror(path, side), 0.075)
        sheet.cast(line, 0.04, 0.6)
        sheet.paint(line, (0.30, 0.31, 0.33))
        sheet.flatten(line)
        sheet.lift(sheet.line(parts.mirror(path, side), 0.045, 0.012), 0.03)
        sheet.stitch(parts.mirror(path, side), (0.08, 0.08, 0.09), 0.018)


def sew_uniform(sheet: Sheet, look: Look) -> None:
    """A service jacket buttoned high, with a stand-and-fall collar, shoulder boards and a badge."""
    parts.armholes(sheet)
    opening = Opening(0.03, 0.035, -0.08)
    open_neck(sheet, opening)
    brass = (0.55, 0.38, 0.10)
    parts.placket(sheet, look.main, 0.0, -3.4, 0.12)
    parts.buttons(sheet, brass, 0.0, -0.26, 0.26, 9, 0.026)
    for side in parts.SIDES:
        parts.pocket(sheet, look.main, side * 0.37, -0.50, 0.32, 0.36, flap=True)
        sheet.button(side * 0.37, -0.59, 0.020, brass)
        board = [(0.44, 0.150), (0.78, 0.055), (0.80, -0.01), (0.45, 0.085)]
        sheet.panel(parts.mirror(board, side), parts.shade(look.main, 0.5), 0.012)
        sheet.button(side * 0.49, 0.105, 0.016, brass)
        bar = [(0.68, 0.08), (0.70, 0.012)]
        sheet.paint(sheet.line(parts.mirror(bar, side), 0.02), brass)
    plate = [(0.26, -0.43), (0.48, -0.43), (0.48, -0.475), (0.26, -0.475)]
    sheet.panel(plate, brass, 0.006)
    parts.shirt_collar(sheet, parts.shade(look.main, 1.04), opening, gap=0.10, front=0.24)


def sew_hivis(sheet: Sheet, look: Look) -> None:
    """A worker's vest over a tee."""
    parts.armholes(sheet)
    opening = Opening(0.05, 0.055, -0.12)
    open_neck(sheet, opening)
    sheet.paint(sheet.everywhere(np.clip((np.abs(sheet.x) - 0.70) * 60, 0, 1)), look.under)
    inner = sheet.area(parts.vee(-0.55, 0.31, 0.26))
    sheet.paint(inner, look.under)
    sheet.dim(inner, 0.15)
    for side in parts.SIDES:
        tape = parts.mirror([(0.45, 0.15), (0.46, -0.5), (0.45, -2.5)], side)
        sheet.paint(sheet.line(tape, 0.12), (0.60, 0.61, 0.62))
    for y in (-0.80, -1.50):
        sheet.paint(sheet.line([(-0.7, y), (0.7, y)], 0.13), (0.60, 0.61, 0.62))
    parts.zipper(sheet, -0.56, -3.0, parts.shade(look.main, 0.6))
    put_on(sheet, opening, stand(0.06, 0.06, 0.01, -0.02), parts.shade(look.under, 0.94))


def sew_dungarees(sheet: Sheet, look: Look) -> None:
    """A bib and straps over a tee."""
    from_tee = Opening(0.055, 0.06, -0.13)
    parts.armholes(sheet)
    parts.short_sleeves(sheet, -0.80)
    open_neck(sheet, from_tee)
    cloth = look.main.copy()
    sheet.dye(look.under)
    apron(sheet, cloth)
    for side in parts.SIDES:
        sheet.button(side * 0.37, -0.53, 0.032, parts.METAL)
    parts.pocket(sheet, cloth, 0.0, -0.68, 0.36, 0.36)
    put_on(sheet, from_tee, stand(0.07, 0.07, 0.012, -0.03), parts.shade(look.under, 0.95))


def sew_gi(sheet: Sheet, look: Look) -> None:
    """White gear with a high padded collar that closes at the side: fencing, martial arts."""
    parts.armholes(sheet, 0.010)
    opening = Opening(0.02, 0.025, -0.06)
    open_neck(sheet, opening)
    sheet.seam(parts.curve([(0.10, 0.05), (0.28, -0.25), (0.34, -1.0), (0.33, -3)]), 0.014, 0.014)
    for y in (-0.45, -0.75, -1.05):
        sheet.seam([(-0.66, y + 0.03), (0.0, y), (0.30, y)], 0.008, 0.005)
    put_on(sheet, opening, stand(0.19, 0.12, 0.022), parts.shade(look.main, 0.98))


GARMENTS = (
    Garment("chef's jacket", Fit(0.03, 0.04, 0.10), TWILL, "white", "ivory", sew_chef),
    Garment("apron", Fit(0.025, 0.04, 0.09), COTTON, "white", "brown", sew_apron),
    Garment("turnout coat", Fit(0.08, 0.09, 0.13), CANVAS, "tan", "gray", sew_turnout),
    Garment("scrubs", Fit(0.03, 0.055, 0.10), COTTON, "teal", "white", sew_scrubs),
    Garment("lab coat", Fit(0.045, 0.05, 0.11), COTTON, "white", "sky", sew_labcoat),
    Garment("space suit", Fit(0.11, 0.12, 0.14), PRESSURE, "white", "gray", sew_space),
    Garment("uniform", Fit(0.03, 0.035, 0.09, 0.015), TWILL, "navy", "white", sew_uniform),
    Garment("safety vest", Fit(0.035, 0.04, 0.09), TWILL, "orange", "navy", sew_hivis),
    Garment("dungarees", Fit(0.02, 0.045, 0.08), TWILL, "denim", "white", sew_dungarees),
    Garment("fencing jacket", Fit(0.03, 0.03, 0.09), TWILL, "white", "white", sew_gi),
)
