"""Patterns printed on or woven into the cloth, laid out in the cloth's own coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe.folds import noise
from vivant.engines.previz.wardrobe.palette import dye
from vivant.engines.previz.wardrobe.parts import contrast, shade
from vivant.engines.previz.wardrobe.torso import f32

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Sheet
    from vivant.types import Floats


def cloth(sheet: Sheet) -> tuple[Floats, Floats]:
    """Cloth coordinates ``u`` across and ``v`` down, in head heights; they bend with the folds."""
    bend = 0.25 * sheet.height
    x = sheet.x * (1 + 0.22 * sheet.x * sheet.x)
    sleeve = np.clip(sheet.side / 0.06, 0, 1)
    return x + bend + 0.06 * sleeve * sheet.y, sheet.y + bend + 0.07 * sleeve * np.sign(sheet.x)


def _band(phase: Floats, width: float, blur: float) -> Floats:
    """1 where ``phase`` (period 1) is within ``width`` of 0."""
    away = np.abs(phase - np.round(phase))
    return np.clip((width / 2 - away) / max(blur, 1e-3) + 0.5, 0, 1)


def _mix(sheet: Sheet, cover: Floats, colour: Floats) -> None:
    sheet.paint(sheet.everywhere(np.asarray(cover, np.float32)), colour)


def striped(sheet: Sheet, main: Floats) -> None:
    """Level stripes."""
    _, v = cloth(sheet)
    _mix(sheet, _band(v / 0.15, 0.45, 10 / sheet.view.unit), contrast(main))


def pinstriped(sheet: Sheet, main: Floats) -> None:
    """Fine upright lines."""
    u, _ = cloth(sheet)
    _mix(sheet, 0.5 * _band(u / 0.085, 0.09, 12 / sheet.view.unit), contrast(main))


def plaid(sheet: Sheet, main: Floats) -> None:
    """Broad dark bands both ways, thin light ones between."""
    u, v = cloth(sheet)
    blur = 5 / sheet.view.unit
    for axis in (u, v):
        _mix(sheet, 0.55 * _band(axis / 0.21, 0.42, blur), shade(main, 0.25))
    for axis in (u, v):
        _mix(sheet, 0.6 * _band(axis / 0.21 + 0.5, 0.07, blur), contrast(main))


def checked(sheet: Sheet, main: Floats) -> None:
    """Small even checks."""
    u, v = cloth(sheet)
    for axis in (u, v):
        _mix(sheet, 0.5 * _band(axis / 0.10, 0.5, 10 / sheet.view.unit), contrast(main))


def dotted(sheet: Sheet, main: Floats) -> None:
    """Dots in staggered rows."""
    u, v = cloth(sheet)
    row = np.round(v / 0.11)
    a, b = u / 0.11 + 0.5 * (row % 2), v / 0.11
    away = np.hypot(a - np.round(a), b - row)
    _mix(sheet, np.clip((0.22 - away) * 0.11 * sheet.view.unit + 0.5, 0, 1), contrast(main))


def floral(sheet: Sheet, main: Floats) -> None:
    """Five-petalled flowers, each turned and coloured its own way, with leaves between."""
    u, v = cloth(sheet)
    leaf = np.clip(noise(u.shape, 0.07 * sheet.view.unit, sheet.seed + 60, 2) * 3 - 2.2, 0, 1)
    _mix(sheet, 0.8 * leaf, np.array([0.06, 0.16, 0.05], np.float32))
    petals = [contrast(main), dye("coral"), dye("cream"), dye("mustard")]
    for a, b, pick in _scatter(u, v, 0.17, sheet.seed + 61):
        away, turn = np.hypot(a, b), np.arctan2(b, a) + 6.3 * pick
        edge = 0.052 * (0.78 + 0.3 * np.abs(np.cos(2.5 * turn)))
        sharp = sheet.view.unit
        _mix(sheet, np.clip((edge - away) * sharp + 0.5, 0, 1), petals[int(pick * 3.99)])
        _mix(sheet, np.clip((0.016 - away) * sharp + 0.5, 0, 1), dye("gold"))


def dinosaur(sheet: Sheet, main: Floats) -> None:
    """Small long-necked dinosaurs, walking both ways."""
    u, v = cloth(sheet)
    inks = [contrast(main), dye("green"), dye("orange"), dye("purple")]
    for a, b, pick in _scatter(u, v, 0.30, sheet.seed + 62):
        a = a * (1 if pick * 7 % 1 > 0.5 else -1)
        body = np.hypot(a / 0.062, (b + 0.01) / 0.034) - 1
        neck = np.hypot((a - 0.058 - 0.25 * (b - 0.03)) / 0.013, (b - 0.032) / 0.048) - 1
        head = np.hypot((a - 0.086) / 0.026, (b - 0.075) / 0.013) - 1
        tail = np.hypot((a + 0.075) / 0.055, (b + 0.012 - 0.35 * (a + 0.075)) / 0.011) - 1
        legs = np.maximum(np.abs(np.abs(a) - 0.035) - 0.011, np.abs(b + 0.045) - 0.022) / 0.02
        shape = np.minimum.reduce([body, neck, head, tail, legs])
        cover = np.clip(0.5 - shape * 0.018 * sheet.view.unit, 0, 1)
        _mix(sheet, cover, inks[int(pick * 3.99)])


def _scatter(u: Floats, v: Floats, size: float, seed: int) -> list[tuple[Floats, Floats, float]]:
    """Four interleaved lattices of motifs: coordinates about the nearest, and a number 0 to 1."""
    rng = np.random.default_rng(seed)
    lattices = []
    for i in range(4):
        pick, phase = float(rng.random()), rng.uniform(0, 6.3, 2)
        column = np.round((u / size - i % 2) / 2) * 2 + i % 2
        row = np.round((v / size - i // 2) / 2) * 2 + i // 2
        # Each motif leaves its node by a little, its own way.
        du = 0.30 * np.sin(5.1 * column + 2.3 * row + phase[0])
        dv = 0.30 * np.sin(1.7 * column + 4.7 * row + phase[1])
        lattices.append((f32(u - (column + du) * size), f32(v - (row + dv) * size), pick))
    return lattices


def camouflage(sheet: Sheet, main: Floats) -> None:
    """Blots of three tones."""
    unit = sheet.view.unit
    for i, k in enumerate((0.35, 2.2, 0.12)):
        blob = noise(sheet.x.shape, 0.22 * unit, sheet.seed + 70 + i, 3)
        _mix(sheet, np.clip((blob - 0.45) * 12, 0, 1), shade(main, k))


def colourful(sheet: Sheet, main: Floats) -> None:
    """Diagonal sweeps of strong colours, as on a competition leotard."""
    u, v = cloth(sheet)
    dyes = ("magenta", "cobalt", "turquoise", "gold", "violet")
    wave = v + 0.5 * np.sqrt(u * u + 0.03) + 0.05 * np.sin(4 * u + 1)
    for i, name in enumerate(dyes):
        edge = np.clip((-wave - 0.02 - 0.26 * i) * sheet.view.unit / 2 + 0.5, 0, 1)
        _mix(sheet, edge, dye(name))
        rim = np.abs(wave + 0.02 + 0.26 * i)
        _mix(sheet, np.clip((0.012 - rim) * sheet.view.unit + 0.5, 0, 1), dye("white"))
    del main


@dataclass(frozen=True)
class Pattern:
    """``paint`` works on a sheet that is dyed in one colour, given to it as linear RGB ``(3,)``.

    ``main`` is that colour's name where the prompt gives none.
    """

    paint: Callable[[Sheet, Floats], None]
    main: str


PATTERNS: Mapping[str, Pattern] = {
    "striped": Pattern(striped, "navy"),
    "pinstriped": Pattern(pinstriped, "charcoal"),
    "plaid": Pattern(plaid, "red"),
    "checked": Pattern(checked, "blue"),
    "dotted": Pattern(dotted, "navy"),
    "floral": Pattern(floral, "cream"),
    "dinosaur": Pattern(dinosaur, "sky"),
    "camouflage": Pattern(camouflage, "olive"),
    "colourful": Pattern(colourful, "violet"),
}
