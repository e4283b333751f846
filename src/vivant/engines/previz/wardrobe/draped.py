"""Draped and festive clothes: dress, gown, robe, kimono, shawl, sari."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe import parts
from vivant.engines.previz.wardrobe.collars import Opening, open_neck, put_on, stand
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.sheet import Fabric
from vivant.engines.previz.wardrobe.sporting import scoop
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Colour, Points, Sheet

LINEN = Fabric(0.013, 0.085, 0.03, 0.02)
SATIN = Fabric(0.012, 0.07, 0.01, 0.02, 0.2)
ROBE = Fabric(0.030, 0.17, 0.02, 0.03)
SHAWL = Fabric(0.016, 0.10, 0.04, 0.04, 0.15)


def sew_dress(sheet: Sheet, look: Look) -> None:
    """A day dress: scooped neck, cap sleeves, a waist seam."""
    shape = scoop(-0.20, 0.22, 0.44)
    sheet.cut(sheet.area(shape))
    parts.armholes(sheet)
    parts.short_sleeves(sheet, -0.45)
    rim = parts.shift(shape[: len(shape) - 2], 0, -0.015)
    sheet.lift(sheet.line(rim, 0.03), 0.006)
    sheet.seam(parts.shift(rim, 0, -0.03), 0.006, 0.003)
    for side in parts.SIDES:
        sheet.seam(parts.mirror(parts.curve([(0.64, -0.62), (0.42, -0.78), (0.30, -1.5)]), side))
    sheet.seam([(-0.7, -1.55), (0.7, -1.55)], 0.014, 0.010)
    del look


def sew_gown(sheet: Sheet, look: Look) -> None:
    """An evening gown: a heart-shaped bodice, high enough for a close-up, on wide straps."""
    heart = parts.curve([(-0.42, 0.02), (-0.30, -0.09), (-0.14, -0.09), (0, -0.20),
                         (0.14, -0.09), (0.30, -0.09), (0.42, 0.02)], 60)  # fmt: skip
    strap = np.array([(0.47, 0.35), (0.47, 0.9), (-0.47, 0.9), (-0.47, 0.35)])
    sheet.cut(sheet.area(np.concatenate([heart, strap])))
    parts.armholes(sheet)
    sheet.cut(sheet.arms(-0.30))
    rim = parts.shift(heart, 0, -0.02)
    sheet.lift(sheet.line(rim, 0.035), 0.008)
    rng = np.random.default_rng(sheet.seed + 95)
    for _ in range(7):
        off = rng.uniform(0.05, 0.16)
        start, stop = sorted(rng.integers(0, len(heart), 2))
        if stop - start > 6:
            sheet.lift(sheet.line(parts.shift(heart[start:stop], 0, -off), 0.014, 0.006), 0.008)
    for x in (-0.42, -0.20, 0.0, 0.20, 0.42):
        sheet.seam(parts.curve([(x, -0.30), (x * 0.8, -0.8), (x * 0.72, -1.6)]), 0.008, 0.005)
    del look


def crossed(sheet: Sheet, depth: float, bands: tuple[tuple[Colour, float, float], ...]) -> None:
    """Fronts that cross, left over right, each edged with bands (colour, width, inset)."""
    open_neck(sheet, Opening(0.06, 0.05, -0.12))
    right = parts.curve([(-0.33, 0.26), (-0.25, 0.02), (-0.04, depth * 0.62), (0.10, depth)])
    left = parts.curve([(0.33, 0.26), (0.25, 0.02), (0.02, depth * 0.72), (-0.35, depth * 1.75)])
    throat = np.concatenate([right[:-6], left[:-10][::-1], [(0.33, 0.9), (-0.33, 0.9)]])
    sheet.cut(sheet.area(throat))
    for edge, side in ((right, -1), (left, 1)):
        for colour, width, inset in bands:
            middle = inset + width / 2
            line = parts.shift(edge, side * middle * 0.9, -middle * 0.35)
            mark = sheet.line(line, width)
            if side > 0:
                sheet.cast(mark, 0.04, 0.5)
            sheet.paint(mark, colour)
            sheet.flatten(mark, 0.7)
            sheet.lift(mark, 0.012)
            sheet.seam(parts.shift(line, side * width / 2, -width * 0.1), 0.006, 0.005)


def sew_kimono(sheet: Sheet, look: Look) -> None:
    """Crossed fronts with a pale under-collar and a sash."""
    crossed(sheet, -0.46, ((look.under, 0.07, 0.0), (parts.shade(look.main, 0.55), 0.11, 0.06)))
    sash = [(-1.0, -1.25), (1.0, -1.25), (1.0, -1.75), (-1.0, -1.75)]
    sheet.panel(sash, look.under, 0.02)
    rear = stand(0.05, 0.07, 0.014, 0.01)
    put_on(sheet, Opening(0.06, 0.05, -0.12), rear, parts.shade(look.under, 0.9),
           spread=(1.35, 2 * np.pi - 1.35))  # fmt: skip


def pleats(sheet: Sheet, lines: tuple[Points, ...], depth: float = 0.016) -> None:
    """Deep falls of cloth along given lines."""
    for points in lines:
        line = parts.curve(points)
        sheet.lift(sheet.line(line, 0.05, 0.018), depth)
        sheet.dim(sheet.line(parts.shift(line, 0.035, 0), 0.03, 0.014), 0.35)


def sew_robe(sheet: Sheet, look: Look) -> None:
    """A wide robe with a pleated yoke over a white shirt: judge, monk, choir, graduate."""
    opening = Opening(0.05, 0.05, -0.12)
    open_neck(sheet, opening)
    sheet.cut(sheet.area(parts.vee(-0.24, 0.27, 0.24)))
    rng = np.random.default_rng(sheet.seed + 98)
    for side in parts.SIDES:
        for i in range(4):
            x, drift = 0.26 + 0.10 * i + rng.uniform(-0.025, 0.025), rng.uniform(0.0, 0.08)
            fall = [(x, -0.16 - 0.02 * i), (x + drift, -0.9), (x + 1.6 * drift, -3.0)]
            pleats(sheet, (parts.mirror(fall, side),), rng.uniform(0.008, 0.020))
        sheet.seam(parts.mirror(parts.curve([(0.20, -0.14), (0.45, -0.14), (0.72, -0.10)]), side),
                   0.010, 0.008)  # fmt: skip
        front = parts.mirror(
            parts.curve([(0.28, 0.22), (0.20, -0.02), (0.05, -0.30), (0.05, -3)]), side
        )
        band = sheet.line(front, 0.10)
        sheet.cast(band, 0.03, 0.4)
        sheet.paint(band, parts.shade(look.main, 0.85))
        sheet.flatten(band, 0.8)
        sheet.lift(band, 0.012)
    put_on(sheet, opening, stand(0.06, 0.06, 0.014, 0.01), parts.shade(look.main, 0.85),
           spread=(1.2, 2 * np.pi - 1.2))  # fmt: skip


def wrap(sheet: Sheet, colour: Colour, edge: Points, body: Points, folds: int) -> None:
    """Cloth laid from one shoulder across the chest, with folds that follow its edge."""
    line = parts.curve(edge)
    mark = sheet.panel(np.concatenate([line, np.asarray(body, np.float32)]), colour, 0.022)
    rng = np.random.default_rng(sheet.seed + 96)
    for i in range(folds):
        off = 0.07 + 0.10 * i + rng.uniform(-0.02, 0.02)
        fold = parts.shift(line, -0.35 * off, -off)
        sheet.lift(sheet.line(fold, 0.05, 0.02), 0.016)
        sheet.dim(sheet.line(parts.shift(fold, -0.01, -0.035), 0.03, 0.014), 0.30)
    hem = sheet.line(parts.shift(line, -0.008, -0.022), 0.03)
    sheet.paint(hem, parts.shade(colour, 0.72))
    sheet.dim(mark, 0.02)


def sew_sari(sheet: Sheet, look: Look) -> None:
    """A blouse with the pallu over one shoulder, its border in gold."""
    blouse, gold = parts.shade(look.main, 0.45), (0.55, 0.36, 0.06)
    cloth = look.main.copy()
    sheet.dye(blouse)
    sheet.cut(sheet.area(scoop(-0.22, 0.24, 0.45)))
    parts.armholes(sheet)
    parts.short_sleeves(sheet, -0.66)
    edge = [(0.40, 0.20), (0.24, -0.12), (-0.10, -0.46), (-0.70, -0.86)]
    wrap(
        sheet, cloth, edge, [(-0.9, -3.6), (0.9, -3.6), (0.72, -0.5), (0.82, 0.02), (0.66, 0.16)], 9
    )
    line = parts.curve(edge)
    sheet.paint(sheet.line(parts.shift(line, -0.02, -0.04), 0.055), gold)
    sheet.stitch(parts.shift(line, -0.035, -0.075), gold, 0.012)
    del look


def sew_shawl(sheet: Sheet, look: Look) -> None:
    """A shawl over both shoulders, one end thrown across, over a plain top."""
    opening = Opening(0.05, 0.055, -0.12)
    open_neck(sheet, opening)
    cloth = look.main.copy()
    put_on(sheet, opening, stand(0.06, 0.06, 0.012, -0.02), look.under)
    sheet.paint(sheet.area(parts.vee(-0.70, 0.33, 0.26)), look.under)
    right = [(-0.36, 0.24), (-0.30, 0.05), (-0.24, -0.35), (-0.10, -0.9)]
    wrap(sheet, cloth, right, [(-0.1, -3.6), (-1.6, -3.6), (-1.6, 0.5), (-0.5, 0.4)], 0)
    pleats(sheet, tuple([(-0.42 - 0.11 * i, 0.16 - 0.05 * i), (-0.36 - 0.10 * i, -0.35),
                         (-0.24 - 0.12 * i, -1.2)] for i in range(4)))  # fmt: skip
    left = [(0.37, 0.26), (0.30, 0.03), (0.06, -0.28), (-0.50, -0.52), (-0.86, -0.56)]
    wrap(sheet, cloth, left, [(-1.1, -1.5), (-0.5, -1.7), (0.5, -3.6), (1.6, -3.6), (1.6, 0.5),
                              (0.5, 0.4)], 8)  # fmt: skip


GARMENTS = (
    Garment("dress", Fit(0.012, 0.03, 0.07), LINEN, "crimson", "white", sew_dress),
    Garment("gown", Fit(0.008, 0.02, 0.07), SATIN, "white", "white", sew_gown),
    Garment("kimono", Fit(0.03, 0.06, 0.11), SATIN, "indigo", "cream", sew_kimono),
    Garment("robe", Fit(0.06, 0.10, 0.15), ROBE, "black", "white", sew_robe),
    Garment("sari", Fit(0.010, 0.02, 0.07), SATIN, "crimson", "gold", sew_sari),
    Garment("shawl", Fit(0.05, 0.05, 0.14), SHAWL, "brown", "charcoal", sew_shawl),
)
