"""Tailoring: blazer and suit, vest, lab coat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe import parts
from vivant.engines.previz.wardrobe.collars import Opening, open_neck
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.palette import dye
from vivant.engines.previz.wardrobe.sheet import Fabric
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Colour, Sheet

WOOL = Fabric(0.009, 0.13, 0.03, 0.02, 0.15)
COTTON = Fabric(0.014, 0.11, 0.02, 0.02)

NECK = Opening(0.026, 0.03, -0.07)


def shirt_front(sheet: Sheet, colour: Colour, depth: float, width: float = 0.29) -> None:
    """The shirt that shows in the V of a jacket."""
    chest = sheet.area(parts.vee(depth, width))
    sheet.paint(chest, colour)
    sheet.flatten(chest, 0.55)
    parts.placket(sheet, colour, 0.0, depth + 0.12, 0.09)
    parts.buttons(sheet, (0.6, 0.59, 0.56), 0.0, -0.2, 0.22, 3, 0.016)


def sew_suit(sheet: Sheet, look: Look) -> None:
    """A jacket with shirt and tie."""
    parts.armholes(sheet)
    open_neck(sheet, NECK)
    shirt_front(sheet, look.under, -0.92)
    parts.tie(sheet, dye("burgundy") if look.accent is None else look.accent, -0.80)
    parts.shirt_collar(sheet, parts.shade(look.under, 1.05), NECK, gap=0.16, front=0.22,
                       points=0.30, flare=0.05)  # fmt: skip
    jacket(sheet, look, -0.95)


def sew_blazer(sheet: Sheet, look: Look) -> None:
    """A jacket over a shirt with an open collar."""
    parts.armholes(sheet)
    open_neck(sheet, NECK)
    shirt_front(sheet, look.under, -0.86)
    sheet.cut(sheet.area(parts.THROAT))
    parts.shirt_collar(sheet, parts.shade(look.under, 1.05), NECK, gap=0.30, front=0.22,
                       points=0.26, flare=0.05)  # fmt: skip
    jacket(sheet, look, -0.90)


def jacket(sheet: Sheet, look: Look, depth: float) -> None:
    """Lapels, front edge, buttons and pockets of a tailored jacket."""
    parts.lapels(sheet, look.main, depth)
    sheet.seam([(0.02, depth), (0.03, depth - 0.5), (0.06, -3)], 0.012, 0.012)
    parts.buttons(sheet, parts.shade(look.main, 0.45), -0.01, depth - 0.05, 0.42, 2, 0.032)
    welt = [(0.33, -0.60), (0.58, -0.56), (0.58, -0.51), (0.33, -0.55)]
    sheet.panel(welt, look.main, 0.006)
    for side in parts.SIDES:
        sheet.seam(parts.mirror(parts.curve([(0.44, -0.75), (0.40, -1.2), (0.41, -1.7)]), side))


def sew_waistcoat(sheet: Sheet, look: Look) -> None:
    """A buttoned vest over a shirt."""
    parts.armholes(sheet)
    open_neck(sheet, NECK)
    cloth = look.main.copy()
    vest = np.concatenate([
        parts.vee(-0.62, 0.28)[:48], [(0.30, 0.20), (0.58, 0.10), (0.56, -0.25), (0.68, -0.62),
        (0.62, -3.5), (-0.62, -3.5), (-0.68, -0.62), (-0.56, -0.25), (-0.58, 0.10), (-0.30, 0.20)],
    ])  # fmt: skip
    whole = sheet.albedo.copy()
    sheet.albedo[:] = look.under
    shirt_front(sheet, look.under, -0.62, 0.28)
    parts.tie(sheet, dye("burgundy") if look.accent is None else look.accent)
    mark = sheet.panel(vest, cloth, 0.014)
    sheet.albedo[mark.at] += mark.cover[..., None] * (whole[mark.at] - sheet.albedo[mark.at])
    sheet.seam(parts.vee(-0.65, 0.31)[:48], 0.007, 0.004)
    sheet.seam([(0.02, -0.62), (0.02, -3)], 0.012, 0.010)
    parts.buttons(sheet, parts.shade(cloth, 0.5), -0.015, -0.68, 0.20, 6, 0.024)
    for side in parts.SIDES:
        welt = [(0.24, -1.0), (0.48, -0.97), (0.48, -1.03), (0.24, -1.06)]
        sheet.panel(parts.mirror(welt, side), cloth, 0.006)
    parts.shirt_collar(sheet, parts.shade(look.under, 1.05), NECK, gap=0.16, front=0.24)


GARMENTS = (
    Garment("suit", Fit(0.035, 0.03, 0.10, 0.02), WOOL, "charcoal", "white", sew_suit),
    Garment("blazer", Fit(0.035, 0.03, 0.10, 0.02), WOOL, "navy", "white", sew_blazer),
    Garment("waistcoat", Fit(0.03, 0.04, 0.09), WOOL, "charcoal", "white", sew_waistcoat),
)
