"""Clothes for the street and for weather: jackets, coats, raincoat, parka, puffer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.wardrobe import parts
from vivant.engines.previz.wardrobe.casual import ribs
from vivant.engines.previz.wardrobe.collars import Opening, leaf, open_neck, put_on, ring, stand
from vivant.engines.previz.wardrobe.folds import noise
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.sheet import Fabric
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Colour, Sheet

DENIM = Fabric(0.012, 0.09, 0.06, 0.06)
LEATHER = Fabric(0.020, 0.085, 0.03, 0.05, 0.5)
WOOL = Fabric(0.010, 0.15, 0.04, 0.03, 0.2)
NYLON = Fabric(0.016, 0.11, 0.02, 0.02, 0.1)
QUILT = Fabric(0.012, 0.06, 0.02, 0.03, 0.15)


def tee_under(sheet: Sheet, look: Look, half: float) -> None:
    """A tee that shows between open fronts ``half`` apart at the chest."""
    opening = Opening(0.05, 0.055, -0.12)
    open_neck(sheet, opening)
    fronts = parts.curve([(0.31, 0.22), (0.22, 0.02), (half, -0.45), (half + 0.05, -1.5),
                          (half + 0.12, -3.6)])  # fmt: skip
    gap = np.concatenate([fronts, fronts[::-1] * (-1, 1), [(-0.31, 0.9), (0.31, 0.9)]])
    chest = sheet.area(gap)
    sheet.paint(chest, look.under)
    sheet.flatten(chest, 0.4)
    sheet.lift(chest, -0.02)
    sheet.shade[chest.at] *= 1 - 0.12 * chest.cover
    put_on(sheet, opening, stand(0.06, 0.06, 0.01, -0.02), parts.shade(look.under, 0.94))
    for side in parts.SIDES:
        edge = parts.mirror(fronts, side)
        sheet.dim(sheet.line(parts.shift(edge, -side * 0.03, -0.01), 0.05, 0.02), 0.4)
        sheet.lift(sheet.line(parts.shift(edge, side * 0.02, 0), 0.05), 0.008)
        sheet.seam(parts.shift(edge, side * 0.055, 0), 0.007, 0.004)


def sew_denim(sheet: Sheet, look: Look) -> None:
    """Yoke seams, flap pockets and orange thread, open over a tee."""
    thread = (0.42, 0.20, 0.05)
    # Indigo wears off where cloth rubs: on the crests of its folds and along its seams.
    sheet.albedo *= (1 + 0.9 * np.clip(sheet.height / 0.012, -0.3, 1) * 0.5)[..., None]
    parts.armholes(sheet, 0.010)
    tee_under(sheet, look, 0.15)
    for side in parts.SIDES:
        yoke = parts.mirror([(0.23, -0.26), (0.45, -0.30), (0.68, -0.29)], side)
        sheet.seam(yoke, 0.012, 0.008)
        sheet.stitch(parts.shift(yoke, 0, -0.018), thread, 0.014)
        sheet.stitch(
            parts.shift(parts.mirror(parts.curve(parts.ARMHOLE), side), -side * 0.02, 0),
            thread,
            0.014,
        )
        for foot in (0.30, 0.55):
            sheet.seam(parts.mirror([(foot, -0.42), (foot - 0.10, -1.6)], side), 0.010)
        parts.pocket(sheet, look.main, side * 0.44, -0.31, 0.25, 0.30, flap=True)
        sheet.button(side * 0.44, -0.395, 0.018, (0.40, 0.24, 0.12))
    for y in (-0.35, -0.62, -0.89, -1.16):
        sheet.button(0.20, y, 0.02, (0.40, 0.24, 0.12))
    parts.shirt_collar(sheet, parts.shade(look.main, 1.1), Opening(0.07, 0.07, -0.10), gap=0.75,
                       front=0.26, rise=0.09, points=0.30, flare=0.11)  # fmt: skip


def sew_leather(sheet: Sheet, look: Look) -> None:
    """Broad lapels and zips, open over a tee."""
    parts.armholes(sheet, 0.010)
    tee_under(sheet, look, 0.13)
    for side in parts.SIDES:
        flap = [(0.25, 0.06), (0.20, -0.10), (0.15, -0.62), (0.30, -0.50), (0.50, -0.24),
                (0.47, -0.14), (0.38, -0.02)]  # fmt: skip
        sheet.panel(parts.mirror(flap, side), parts.shade(look.main, 1.08), 0.020)
        teeth = parts.mirror([(0.17, -0.60), (0.30, -0.48), (0.49, -0.24)], side)
        sheet.paint(sheet.line(teeth, 0.022), (0.10, 0.10, 0.10))
        sheet.stitch(teeth, parts.METAL, 0.010)
        slit = parts.mirror([(0.36, -0.66), (0.58, -0.58)], side)
        sheet.paint(sheet.line(slit, 0.022), parts.METAL)
        sheet.seam(slit, 0.03, 0.012)
        strap = [(0.36, 0.165), (0.74, 0.075), (0.74, 0.02), (0.37, 0.10)]
        sheet.panel(parts.mirror(strap, side), look.main, 0.010)
        sheet.button(side * 0.42, 0.115, 0.016, parts.METAL)
    parts.shirt_collar(sheet, parts.shade(look.main, 1.08), Opening(0.075, 0.075, -0.10), gap=0.85,
                       front=0.24, rise=0.09, points=0.22, flare=0.12)  # fmt: skip


def sew_bomber(sheet: Sheet, look: Look) -> None:
    """A short jacket, zipped to the chest, with a ribbed collar; also a sports jacket."""
    parts.armholes(sheet, 0.010)
    opening, inner = Opening(0.05, 0.06, -0.12), Opening(0.035, 0.035, -0.10)
    open_neck(sheet, inner)
    gap = sheet.area(parts.vee(-0.42, 0.30))
    sheet.paint(gap, look.under)
    sheet.flatten(gap, 0.7)
    sheet.dim(gap, 0.15)
    put_on(sheet, inner, stand(0.06, 0.06, 0.01, -0.01), parts.shade(look.under, 0.95))
    parts.zipper(sheet, -0.42, -3.2, parts.shade(look.main, 0.6))
    for side in parts.SIDES:
        edge = parts.mirror([(0.0, -0.42), (0.19, 0.0)], side)
        sheet.paint(sheet.line(edge, 0.02), parts.METAL, 0.7)
        sheet.dim(sheet.line(parts.shift(edge, -side * 0.02, 0), 0.04, 0.015), 0.35)
        sheet.seam(parts.mirror([(0.36, -0.72), (0.50, -1.02)], side), 0.02, 0.012)
    mark, scrap = put_on(sheet, opening, stand(0.13, 0.15, 0.02, 0.03), parts.shade(look.main, 0.8),
                         spread=(0.42, 2 * np.pi - 0.42))  # fmt: skip
    ribs(sheet, mark, scrap, 60, 0.002)


def sew_coat(sheet: Sheet, look: Look) -> None:
    """A long coat: broad lapels over a dark knit, two rows of buttons, shoulder straps."""
    parts.armholes(sheet, 0.010)
    inner = Opening(0.03, 0.035, -0.08)
    open_neck(sheet, inner)
    chest = sheet.area(parts.vee(-0.66, 0.31))
    sheet.paint(chest, look.under)
    sheet.flatten(chest, 0.5)
    put_on(sheet, inner, stand(0.10, 0.08, 0.012, -0.01), parts.shade(look.under, 0.95))
    sheet.seam([(0.02, -0.66), (0.20, -0.86), (0.22, -3.4)], 0.012, 0.014)
    parts.lapels(sheet, look.main, -0.70, 0.32)
    for side in (-0.20, 0.17):
        parts.buttons(sheet, parts.shade(look.main, 0.35), side, -0.84, 0.40, 5, 0.036)
    for side in parts.SIDES:
        strap = [(0.50, 0.130), (0.80, 0.045), (0.82, -0.02), (0.51, 0.065)]
        sheet.panel(parts.mirror(strap, side), look.main, 0.012)
        sheet.button(side * 0.55, 0.085, 0.020, parts.shade(look.main, 0.35))
    belt = [(-1.0, -1.70), (1.0, -1.70), (1.0, -1.88), (-1.0, -1.88)]
    sheet.panel(belt, look.main, 0.014)


def sew_raincoat(sheet: Sheet, look: Look) -> None:
    """A storm flap with snaps, a cape seam, a hood laid back."""
    parts.armholes(sheet, 0.010)
    opening = Opening(0.05, 0.05, -0.11)
    open_neck(sheet, opening)
    flap = [(-0.10, 0.02), (0.06, 0.02), (0.06, -3.5), (-0.10, -3.5)]
    sheet.panel(flap, look.main, 0.014)
    sheet.stitch([(-0.085, 0.0), (-0.085, -3.4)], parts.shade(look.main, 0.7))
    parts.buttons(sheet, parts.METAL, -0.02, -0.10, 0.30, 9, 0.022)
    cape = parts.curve([(-0.80, -0.22), (-0.45, -0.34), (-0.10, -0.37)])
    for side in parts.SIDES:
        line = cape * (-side, 1) if side > 0 else cape
        sheet.lift(sheet.line(parts.shift(line, 0, 0.02), 0.05), 0.008)
        sheet.dim(sheet.line(parts.shift(line, 0, -0.025), 0.04, 0.015), 0.35)
        sheet.stitch(parts.shift(line, 0, 0.015), parts.shade(look.main, 0.7))
        parts.pocket(sheet, look.main, side * 0.38, -1.25, 0.42, 0.45, flap=True)
    put_on(sheet, opening, leaf(0.20, 0.10, 0.40, 0.20, 0.03), parts.shade(look.main, 0.93),
           spread=(1.5, 2 * np.pi - 1.5))  # fmt: skip
    parts.shirt_collar(sheet, parts.shade(look.main, 1.03), opening, gap=0.12, front=0.22,
                       rise=0.13, points=0.30, flare=0.07)  # fmt: skip


def quilt(sheet: Sheet, pitch: float) -> None:
    """Rows of down-filled channels, stitched across."""
    drift = 0.012 * noise(sheet.x.shape, 0.25 * sheet.view.unit, sheet.seed + 80, 2)
    v = sheet.y + 0.05 * sheet.x * sheet.x + drift
    wave = np.abs(np.sin(np.pi * v / pitch))
    sheet.height += np.asarray(0.055 * np.sqrt(wave), np.float32)
    pucker = np.exp(-((wave / 0.28) ** 2))
    crimp = noise(sheet.x.shape, 0.035 * sheet.view.unit, sheet.seed + 81, 2)
    sheet.height += np.asarray(0.006 * crimp * (0.35 + pucker), np.float32)
    sheet.shade *= np.asarray(1 - 0.45 * np.exp(-((wave / 0.10) ** 2)), np.float32)


def sew_puffer(sheet: Sheet, look: Look) -> None:
    """Quilted channels and a padded collar."""
    quilt(sheet, 0.26)
    opening = Opening(0.06, 0.06, -0.10)
    open_neck(sheet, opening)
    parts.zipper(sheet, 0.04, -3.4, parts.shade(look.main, 0.5))
    mark, scrap = put_on(sheet, opening, stand(0.24, 0.16, 0.055, 0.05), look.main)
    if mark is not None and scrap is not None:
        groove = np.exp(-(((scrap.over - 0.30) / 0.035) ** 2)) * mark.cover
        sheet.height[mark.at] -= np.asarray(0.02 * groove, np.float32)
        sheet.shade[mark.at] *= np.asarray(1 - 0.4 * groove, np.float32)


def sew_parka(sheet: Sheet, look: Look) -> None:
    """A long coat with flap pockets and a ruff of fur."""
    parts.armholes(sheet, 0.012)
    opening = Opening(0.06, 0.06, -0.12)
    open_neck(sheet, opening)
    sheet.panel([(-0.10, 0.0), (0.10, 0.0), (0.10, -3.5), (-0.10, -3.5)], look.main, 0.018)
    parts.buttons(sheet, (0.10, 0.08, 0.06), 0.05, -0.42, 0.40, 7, 0.030)
    for side in parts.SIDES:
        sheet.seam(parts.mirror([(0.10, -0.36), (0.68, -0.30)], side), 0.012, 0.008)
        parts.pocket(sheet, look.main, side * 0.42, -0.62, 0.36, 0.36, flap=True)
    fur_collar(sheet, opening, look.under)


def fur_collar(sheet: Sheet, opening: Opening, colour: Colour) -> None:
    """A thick ruff: tufts that break its outline and shade one another."""
    mark, scrap = put_on(sheet, opening, ring(0.105, 1.05, 0.05, 0.07), colour, shadow=0.7)
    if mark is None or scrap is None:
        return
    # Hair runs outward over the roll: noise that is fine around the neck and long across it.
    unit, size = sheet.view.unit, (400, 60)
    grain = noise(size, 6, sheet.seed + 82, 3) + 0.8 * noise(size, 2.2, sheet.seed + 83, 1)
    rows = np.asarray((scrap.around / np.pi + 1) * 199 + 6 * scrap.over, np.float32) % 399
    hair = cv2.remap(grain, np.asarray(scrap.over * 14 + 20, np.float32), rows, cv2.INTER_LINEAR)
    clump = noise(mark.cover.shape, max(0.09 * unit, 2), sheet.seed + 84, 2)
    sheet.height[mark.at] += mark.cover * (0.006 * hair + 0.020 * np.tanh(clump))
    sheet.albedo[mark.at] *= np.clip(1 + mark.cover * (0.16 * hair), 0.4, 1.6)[..., None]
    edge = sheet.alpha[mark.at]
    fringe = np.clip(0.5 + (mark.cover - 0.5) * 2 + 0.35 * hair, 0, 1)
    sheet.alpha[mark.at] = np.where(
        mark.cover < 0.98, np.maximum(edge - mark.cover, fringe * edge), edge
    )


GARMENTS = (
    Garment("denim jacket", Fit(0.035, 0.04, 0.09, 0.01), DENIM, "denim", "white", sew_denim),
    Garment("leather jacket", Fit(0.035, 0.04, 0.09, 0.01), LEATHER, "black", "white", sew_leather),
    Garment("bomber jacket", Fit(0.045, 0.06, 0.11), NYLON, "olive", "black", sew_bomber),
    Garment("coat", Fit(0.05, 0.05, 0.11, 0.02), WOOL, "camel", "charcoal", sew_coat),
    Garment("raincoat", Fit(0.06, 0.06, 0.14), NYLON, "yellow", "gray", sew_raincoat),
    Garment("puffer", Fit(0.075, 0.09, 0.12), QUILT, "navy", "gray", sew_puffer),
    Garment("parka", Fit(0.07, 0.08, 0.13), WOOL, "olive", "tan", sew_parka),
)
