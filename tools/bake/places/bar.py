"""A bar at night: back-lit bottles, brass, coloured light in smoke."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import DARK_WOOD, WARM
from tools.bake.props import (
    bottles,
    candle,
    passer,
    pendant,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

SPIRITS = (
    (0.4, 0.16, 0.03),
    (0.08, 0.25, 0.1),
    (0.5, 0.35, 0.1),
    (0.35, 0.04, 0.05),
    (0.5, 0.5, 0.48),
    (0.05, 0.15, 0.3),
)


@place
def bar(scene: Scene, light: str) -> None:
    """A bar at night: back-lit bottles, brass, coloured light in smoke."""
    warm, rng = light == "warm", scene.rng
    low, high = (
        ((1.0, 0.5, 0.15), (1.0, 0.14, 0.08)) if warm else ((0.1, 0.45, 1.0), (0.75, 0.08, 0.9))
    )
    scene.look = Look(
        "gold" if warm else "neon", 0.034, 0.012, tuple(np.asarray(low) * 0.7 + 0.2), 0.13
    )
    scene.room(
        8, 3.2, 7, Paint((0.07, 0.05, 0.05)), Paint((0.06, 0.035, 0.03), "gloss"), Paint(0.03)
    )
    for k, y in enumerate((1.35, 1.75, 2.15, 2.55)):
        scene.box((0.2, y - 0.02, 6.6), (4.6, 0.03, 0.35), Paint(DARK_WOOD, "satin"))
        for start in np.arange(-2.0, 2.3, 0.55):
            bottles(scene, start, start + rng.uniform(0.2, 0.45), y, 6.55, SPIRITS)
        scene.box(
            (0.2, y + 0.19, 6.9), (4.6, 0.34, 0.02), Paint(np.asarray(low if k < 3 else high) * 0.1)
        )
        back = textures.noise((6, 60), rng, 7, 3)[..., None] ** 3 * np.asarray(
            low if k < 3 else high
        )
        scene.screen((0.2, y + 0.19, 6.87), 4.6, 0.34, back, 4.2)
    for x in (-2.15, 2.55):
        scene.box((x, 1.9, 6.6), (0.16, 1.9, 0.4), Paint((0.5, 0.32, 0.1), "metal"))
    scene.block((0.2, 0, 5.3), (5.6, 1.08, 0.6), Paint(DARK_WOOD, "satin"))
    scene.box((0.2, 1.1, 5.25), (5.8, 0.06, 0.75), Paint((0.16, 0.07, 0.03), "gloss"))
    scene.box((0.2, 0.98, 4.9), (5.8, 0.04, 0.03), Paint(np.asarray(high) * 5, "glow"))
    for x in (-1.5, -0.7, 0.9, 1.7):
        scene.can((x, 0, 4.5), 0.18, 0.78, Paint((0.3, 0.05, 0.04), "satin"))
    for x in np.linspace(-1.8, 2.0, 9):
        scene.can(
            (x + rng.uniform(-0.1, 0.1), 1.13, 5.1),
            0.04,
            rng.uniform(0.09, 0.2),
            Paint(jitter(rng, pick(rng, SPIRITS), 0.4), "gloss"),
        )
    for x in (-1.6, -0.55, 0.6, 1.65):
        pendant(scene, (x, 2.2, 5.0), 3.2, 22, WARM if warm else low, (0.4, 0.25, 0.08), 0.13)
    for x in np.linspace(-1.9, 2.1, 7):
        candle(scene, x + rng.uniform(-0.2, 0.2), 1.13, 5.0, 0.05)
    for x, d in ((-2.7, 6.0), (2.6, 4.7)):
        scene.ball((x, 1.9, d), 0.16, Paint(np.asarray(high) * 5, "glow"))
    _neon(scene, (-2.85, 2.2, 6.9), high)
    scene.lamp((-3.8, 2.2, 4), 2, 0.4, np.asarray(high) * 26, (1, -0.2, 0))
    scene.lamp((3.8, 2.2, 4), 2, 0.4, np.asarray(low) * 22, (-1, -0.2, 0))
    passer(scene, -1.05, 6.0, 1.75, (0.02, 0.02, 0.025))
    scene.key(-1, (1.0, 0.72, 0.46) if warm else (0.75, 0.72, 1.0), 7)
    scene.rim(1, high, 16)


def _neon(scene: Scene, at: tuple[float, float, float], hue: tuple[float, float, float]) -> None:
    """A neon cocktail glass."""
    tube = Paint(np.asarray(hue) * 8, "glow")
    x, y, d = at
    scene.wire(
        [(x - 0.35, y + 0.3, d), (x, y - 0.1, d), (x + 0.35, y + 0.3, d), (x - 0.35, y + 0.3, d)],
        0.025,
        tube,
    )
    scene.wire(
        [(x, y - 0.1, d), (x, y - 0.5, d), (x - 0.2, y - 0.5, d), (x + 0.2, y - 0.5, d)],
        0.025,
        tube,
    )
