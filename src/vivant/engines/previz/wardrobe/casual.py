"""Everyday clothes: tee, sweater, polo, shirt, hoodie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe import parts
from vivant.engines.previz.wardrobe.collars import Opening, leaf, open_neck, put_on, roll, stand
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.sheet import Fabric, Mark
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Sheet
    from vivant.engines.previz.wardrobe.shells import Scrap

JERSEY = Fabric(0.012, 0.10, 0.03, 0.025)
KNIT = Fabric(0.016, 0.16, 0.04, 0.03, 0.25)
SHIRTING = Fabric(0.014, 0.075, 0.02, 0.02)
FLEECE = Fabric(0.020, 0.15, 0.04, 0.04, 0.25)


def ribs(sheet: Sheet, mark: Mark | None, scrap: Scrap | None, count: int, depth: float) -> None:
    """Knitted ribs across a band that runs around the neck."""
    if mark is None or scrap is None:
        return
    # Seen edge-on they are finer than a pixel.
    faced = np.clip(1.6 * scrap.normal[..., 2] - 0.5, 0, 1)
    wave = np.asarray(np.cos(scrap.around * count) * faced, np.float32)
    sheet.height[mark.at] += mark.cover * depth * wave
    sheet.shade[mark.at] *= 1 - mark.cover * 0.18 * np.clip(-wave, 0, 1)


def crew_band(sheet: Sheet, look: Look, opening: Opening, width: float) -> None:
    """A ribbed band around the neck hole."""
    open_neck(sheet, opening)
    mark, scrap = put_on(
        sheet, opening, stand(width, width, 0.012, -0.4 * width), parts.shade(look.main, 0.95)
    )
    ribs(sheet, mark, scrap, 70, 0.0015)


def sew_tee(sheet: Sheet, look: Look) -> None:
    """A crew-neck tee with short sleeves."""
    parts.armholes(sheet)
    parts.short_sleeves(sheet, -0.78)
    crew_band(sheet, look, Opening(0.055, 0.06, -0.13), 0.075)


def knit(sheet: Sheet, pitch: float = 0.028, depth: float = 0.0022) -> None:
    """Vertical wales of a coarse knit."""
    x = sheet.x * (1 + 0.35 * sheet.x * sheet.x)
    phase = 2 * np.pi * x / pitch
    rows = 0.5 * np.cos(2 * np.pi * (sheet.y / pitch * 1.4 + 0.5 * np.abs(np.sin(phase / 2))))
    wave = np.abs(np.sin(phase / 2)) + rows
    fade = np.clip(sheet.view.unit * pitch / 3 - 0.6, 0, 1)
    sheet.height += (depth * fade * wave).astype(np.float32)
    sheet.shade *= (1 - 0.10 * fade * (1 - np.clip(wave, 0, 1))).astype(np.float32)


def sew_sweater(sheet: Sheet, look: Look) -> None:
    """A coarse knit with a ribbed neck."""
    knit(sheet)
    parts.armholes(sheet, 0.012)
    crew_band(sheet, look, Opening(0.045, 0.05, -0.10), 0.11)


def sew_turtleneck(sheet: Sheet, look: Look) -> None:
    """A fine knit with a rolled collar."""
    knit(sheet, 0.02, 0.0016)
    parts.armholes(sheet, 0.010)
    opening = Opening(0.012, 0.015, -0.06)
    open_neck(sheet, opening)
    mark, scrap = put_on(sheet, opening, roll(0.24, 0.10, 0.04), parts.shade(look.main, 0.97))
    ribs(sheet, mark, scrap, 46, 0.0022)


def sew_polo(sheet: Sheet, look: Look) -> None:
    """A knitted collar, a short placket, two buttons."""
    parts.armholes(sheet)
    parts.short_sleeves(sheet, -0.80)
    opening = Opening(0.03, 0.035, -0.10)
    open_neck(sheet, opening)
    throat = [(-0.17, 0.05), (0.17, 0.05), (0.045, -0.22), (-0.02, -0.22)]
    parts.placket(sheet, parts.shade(look.main, 1.04), -0.05, -0.52, 0.10)
    sheet.cut(sheet.area(throat))
    parts.buttons(sheet, parts.shade(look.main, 1.5), 0.0, -0.27, 0.13, 2, 0.018)
    parts.shirt_collar(sheet, parts.shade(look.main, 1.05), opening, gap=0.30, front=0.23,
                       points=0.40)  # fmt: skip


def sew_shirt(sheet: Sheet, look: Look) -> None:
    """A collar, a button placket, a pocket; with a tie where one is asked for."""
    parts.armholes(sheet)
    for side in parts.SIDES:
        sheet.seam(parts.mirror([(0.30, 0.16), (0.55, 0.09), (0.78, 0.0)], side), 0.008, 0.004)
    opening = Opening(0.028, 0.032, -0.08)
    open_neck(sheet, opening)
    parts.placket(sheet, parts.shade(look.main, 1.04), 0.0, -3.4, 0.11)
    if look.accent is None:
        sheet.cut(sheet.area(parts.THROAT))
    else:
        parts.tie(sheet, look.accent)
    parts.buttons(sheet, (0.62, 0.60, 0.56), 0.0, -0.23, 0.27, 9)
    parts.pocket(sheet, look.main, 0.36, -0.52, 0.34, 0.38)
    parts.shirt_collar(sheet, parts.shade(look.main, 1.05), opening, gap=0.24, front=0.27)


def sew_hoodie(sheet: Sheet, look: Look) -> None:
    """A hood laid back, its cords, a pouch."""
    parts.armholes(sheet, 0.012)
    opening = Opening(0.07, 0.06, -0.14)
    open_neck(sheet, opening)
    for side in parts.SIDES:
        sheet.seam(parts.mirror([(0.02, -1.2), (0.42, -1.25), (0.52, -1.8)], side))
    hood = leaf(0.15, 0.25, 0.34, 0.16, 0.03)
    put_on(sheet, opening, hood, parts.shade(look.main, 0.96), spread=(0.05, 2 * np.pi - 0.05),
           shadow=0.6)  # fmt: skip
    for side, length in ((-1, 0.50), (1, 0.44)):
        cord = parts.mirror(parts.curve([(0.09, -0.10), (0.12, -0.25), (0.11, -length)]), side)
        line = sheet.line(cord, 0.022)
        sheet.cast(line, 0.02, 0.5)
        sheet.paint(line, parts.shade(look.main, 1.6))
        sheet.lift(line, 0.01)
        tip = sheet.line(np.stack([cord[-1], cord[-1] - np.array([0, 0.045], np.float32)]), 0.026)
        sheet.paint(tip, parts.METAL)
        sheet.paint(sheet.dot(side * 0.09, -0.10, 0.018), parts.METAL)


def sew_cardigan(sheet: Sheet, look: Look) -> None:
    """Knitted, open in a deep V over a tee."""
    knit(sheet)
    parts.armholes(sheet, 0.010)
    opening = Opening(0.05, 0.055, -0.12)
    open_neck(sheet, opening)
    chest = sheet.area(parts.vee(-0.80, 0.31))
    sheet.paint(chest, look.under)
    sheet.flatten(chest, 0.8)
    put_on(sheet, opening, stand(0.06, 0.06, 0.01, -0.02), parts.shade(look.under, 0.95))
    edge = np.concatenate([parts.vee(-0.84, 0.34)[:24], [(0.0, -3.4)]])
    for side in (1, -1):
        band = sheet.line(parts.mirror(edge, side), 0.10)
        sheet.cast(band, 0.03, 0.4)
        sheet.paint(band, parts.shade(look.main, 0.92))
        sheet.lift(band, 0.012)
    parts.buttons(sheet, parts.shade(look.main, 0.4), 0.0, -0.92, 0.28, 6, 0.026)


def sew_tunic(sheet: Sheet, look: Look) -> None:
    """A loose shirt with a band collar and a short buttoned slit."""
    parts.armholes(sheet)
    opening = Opening(0.035, 0.035, -0.08)
    open_neck(sheet, opening)
    trim = parts.shade(look.main, 0.8)
    parts.placket(sheet, trim, 0.0, -0.72, 0.13)
    sheet.cut(sheet.area([(-0.12, 0.06), (0.12, 0.06), (0.015, -0.20), (-0.015, -0.20)]))
    parts.buttons(sheet, (0.62, 0.60, 0.56), 0.0, -0.28, 0.16, 3, 0.018)
    put_on(sheet, opening, stand(0.10, 0.09, 0.010), trim, spread=(0.22, 2 * np.pi - 0.22))


GARMENTS = (
    Garment("tee", Fit(0.02, 0.045, 0.08), JERSEY, "white", "white", sew_tee),
    Garment("sweater", Fit(0.035, 0.045, 0.10), KNIT, "cream", "white", sew_sweater),
    Garment("turtleneck", Fit(0.025, 0.03, 0.09), KNIT, "black", "white", sew_turtleneck),
    Garment("polo", Fit(0.02, 0.05, 0.08), JERSEY, "navy", "white", sew_polo),
    Garment("shirt", Fit(0.025, 0.04, 0.09), SHIRTING, "white", "white", sew_shirt),
    Garment("hoodie", Fit(0.045, 0.06, 0.12), FLEECE, "gray", "white", sew_hoodie),
    Garment("cardigan", Fit(0.04, 0.05, 0.11), KNIT, "beige", "white", sew_cardigan),
    Garment("tunic", Fit(0.035, 0.06, 0.11), SHIRTING, "cream", "white", sew_tunic),
)
