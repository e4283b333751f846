"""Neck openings and collars: what surrounds the neck, in front of it and behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.wardrobe.shells import loop, rasterise, sweep
from vivant.engines.previz.wardrobe.torso import f32

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Colour, Mark, Sheet
    from vivant.engines.previz.wardrobe.shells import Scrap
    from vivant.types import Floats

Profile = Callable[["Floats"], tuple["Floats", "Floats"]]
FULL = (-np.pi, np.pi)


@dataclass(frozen=True)
class Opening:
    """The hole for the neck: how far from its axis to the side and to the front, how deep.

    Radii in head heights beyond the neck's own half width; ``lowest`` is a body y. A ``rigid``
    opening does not follow the shoulders: it rises by that much from front to rear, as a ring does.
    """

    side: float = 0.05
    front: float = 0.05
    lowest: float = -0.10
    rigid: float | None = None

    def radii(self, sheet: Sheet) -> tuple[float, float]:
        """Distances to the side and to the front from the neck's axis."""
        neck = sheet.body.neck
        return neck + self.side, neck + self.front

    def line(self, sheet: Sheet, spread: tuple[float, float]) -> tuple[Floats, Floats]:
        """Angles ``(m,)`` and body points ``(m, 3)`` along the opening."""
        angle, base = loop(sheet.field, self.radii(sheet), self.lowest, spread)
        if self.rigid is not None:
            base[:, 1] = self.lowest + self.rigid * (0.5 - 0.5 * np.cos(angle))
        return angle, base


def open_neck(sheet: Sheet, opening: Opening) -> None:
    """Cut the hole: what lies behind the front half of the loop is no longer cloth."""
    _, base = opening.line(sheet, (-np.pi / 2, np.pi / 2))
    top = base[[-1, 0]] + np.array([0, 1.4, 0], np.float32)
    top[:, 0] *= 1.05
    hole = sheet.space(np.concatenate([base, top]))
    sheet.hole[hole.at] = np.maximum(sheet.hole[hole.at], hole.cover)
    sheet.cut(hole)


def put_on(
    sheet: Sheet,
    opening: Opening,
    profile: Profile,
    colour: Colour,
    *,
    spread: tuple[float, float] = FULL,
    twist: Callable[[Floats], Floats] | None = None,
    shadow: float = 0.5,
) -> tuple[Mark | None, Scrap | None]:
    """Sew a swept collar onto the opening: its front half on the cloth, its rear behind the neck.

    Returns where the front half lies and the scrap itself, for stitching on it.
    """  # fmt: skip
    angle, base = opening.line(sheet, spread)
    grid = sweep(angle, base, opening.radii(sheet), profile, twist)
    behind = rasterise(sheet.view, angle, grid, rear=True)
    if behind is not None:
        sheet.rear.append((behind, colour))
    before = rasterise(sheet.view, angle, grid, rear=False)
    return sheet.wear(before, colour, shadow), before


def stand(height: float, rear: float, thick: float = 0.02, lean: float = 0.0) -> Profile:
    """An upright collar: ``height`` tall in front and ``rear`` behind, leaning out by ``lean``."""
    s = np.array([-0.25, 0.0, 0.35, 0.7, 0.92, 1.0, 1.0, 0.92, 0.5, 0.0], np.float32)
    out = np.array([0.0, 0.3, 0.8, 1.0, 0.95, 0.6, -0.1, -0.5, -0.7, -0.7], np.float32)

    def profile(angle: Floats) -> tuple[Floats, Floats]:
        tall = rear + (height - rear) * (0.5 + 0.5 * np.cos(angle))
        return thick * out + lean * s + 0 * angle, np.asarray(tall * s, np.float32)

    return profile


def roll(front: float, rear: float, thick: float) -> Profile:
    """A soft tube folded over itself, as a turtleneck's: ``front`` tall, ``rear`` behind."""
    turn = np.linspace(-0.65 * np.pi, 1.1 * np.pi, 15, dtype=np.float32)

    def profile(angle: Floats) -> tuple[Floats, Floats]:
        tall = rear + (front - rear) * (0.5 + 0.5 * np.cos(angle))
        slump = 1 + 0.12 * np.sin(3 * angle + 0.7)
        out = thick * slump * (0.2 + np.cos(turn / 1.3))
        up = tall * (0.45 + 0.55 * np.sin(turn / 1.25))
        return np.asarray(out, np.float32), np.asarray(up, np.float32)

    return profile


def ring(radius: float, tall: float = 1.0, up: float = 0.0, out: float = 0.0) -> Profile:
    """A tube around the neck: a ribbed band, a fur collar, the neck ring of a space suit."""
    turn = np.linspace(-0.75 * np.pi, 1.05 * np.pi, 15, dtype=np.float32)

    def profile(angle: Floats) -> tuple[Floats, Floats]:
        across = f32(out + radius * np.cos(turn) + 0 * angle)
        return across, f32(up + tall * radius * np.sin(turn) + 0 * angle)

    return profile


def leaf(rise: float, front: float, rear: float, flare: float, rest: float = 0.0) -> Profile:
    """A collar folded over: ``rise`` up the neck, then down by ``front`` or ``rear``.

    ``flare`` is how far its edge stands out, ``rest`` how far its fold does.
    """
    s = np.array([-0.5, -0.25, 0.0, 0.06, 0.2, 0.4, 0.6, 0.8, 1.0], np.float32)

    def profile(angle: Floats) -> tuple[Floats, Floats]:
        ahead = np.clip(np.cos(angle), 0, 1) ** 1.5
        drop = rear + (front - rear) * ahead
        fold = np.sin(np.pi * np.clip(s, 0, 1)) * 0.012
        out = rest + flare * np.clip(s, 0, 1) ** 0.8 + fold + np.minimum(s, 0) * 0.03
        up = rise - drop * np.maximum(s, 0) + rise * np.minimum(s, 0) * 1.2
        return np.asarray(out + 0 * angle, np.float32), np.asarray(up, np.float32)

    return profile


def spread_points(amount: float) -> Callable[[Floats], Floats]:
    """Twist that draws a folded collar's edge aside at the front, so that it ends in two points."""
    s = np.array([0, 0, 0.0, 0.06, 0.2, 0.4, 0.6, 0.8, 1.0], np.float32)

    def twist(angle: Floats) -> Floats:
        ahead = np.angle(np.exp(1j * angle))
        near = np.clip(1 - np.abs(ahead) / 1.1, 0, 1)
        return np.asarray(np.sign(ahead) * near * amount * s, np.float32)

    return twist
