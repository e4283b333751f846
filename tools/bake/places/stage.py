"""A stage in beams of light, smoke, curtains and a band's gear."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import STEEL
from tools.bake.props import curtain
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def stage(scene: Scene, light: str) -> None:
    """A stage in beams of light, smoke, curtains and a band's gear."""
    warm, rng = light == "warm", scene.rng
    hues = (
        ((1.0, 0.42, 0.1), (1.0, 0.12, 0.1), (1.0, 0.7, 0.3))
        if warm
        else ((0.1, 0.35, 1.0), (0.7, 0.08, 1.0), (0.05, 0.8, 0.9))
    )
    scene.look = Look(
        "gold" if warm else "neon", 0.036, 0.035, tuple(np.asarray(hues[0]) * 0.8 + 0.1), 0.16
    )
    scene.room(14, 7, 12, Paint(0.02), Paint((0.05, 0.04, 0.04), "gloss"), Paint(0.01))
    curtain(scene, -6, -2.3, 8.5, 6, (0.35, 0.02, 0.03), 0.2)
    curtain(scene, 2.3, 6, 8.5, 6, (0.35, 0.02, 0.03), 0.2)
    curtain(scene, -3, 3, 11.5, 6, (0.05, 0.05, 0.09) if not warm else (0.1, 0.03, 0.02), 0.24)
    for k, x in enumerate(np.linspace(-3.2, 3.2, 9)):
        hue = np.asarray(hues[k % 3])
        scene.bulb((x, 3.55, 9.0), hue * 2 + 0.5)
        scene.lamp((x, 3.6, 8.0), 0.3, 0.3, hue * 60, (-0.1 * x, -1, 0.15))
    for k, x in enumerate(np.linspace(-2.6, 2.6, 14)):
        scene.bulb((x, 0.7 + 0.02 * (k % 2), 10.6), np.asarray(hues[k % 3]) * 1.5)
        scene.bulb((x, 3.35, 10.8), np.asarray(hues[(k + 1) % 3]) * 0.9)
    scene.screen((0, 2.0, 11.2), 9.0, 5.0, textures.beams(rng, hues), 0.9)
    for x in (-1.7, 1.75):
        scene.block((x, 0.3, 8.8), (0.9, 1.1, 0.5), Paint((0.03, 0.03, 0.03)))
        scene.box((x, 1.0, 8.5), (0.6, 0.5, 0.04), Paint((0.09, 0.085, 0.08)))
    drum = Paint((0.5, 0.06, 0.04) if warm else (0.08, 0.12, 0.5), "gloss")
    for x, y, size in ((-0.6, 0.75, 0.36), (0.0, 1.12, 0.18), (0.4, 1.1, 0.18), (0.8, 0.8, 0.25)):
        scene.rod((x, y, 9.2), (x, y + 0.05, 9.6), size, drum)
        scene.box((x, y, 9.19), (size * 1.3, size * 1.3, 0.02), Paint(0.7))
    for x, y in ((-1.0, 1.5), (0.2, 1.65), (1.2, 1.48)):
        scene.can((x, y, 9.2), 0.27, 0.015, Paint((0.8, 0.6, 0.2), "metal"))
        scene.rod((x, 0.3, 9.2), (x, y, 9.2), 0.015, Paint(STEEL, "metal"))
    for x in (-1.0, 1.15):
        scene.rod((x, 0, 6.4), (x, 1.5, 6.4), 0.015, Paint(STEEL, "metal"))
        scene.ball((x, 1.55, 6.38), 0.05, Paint(0.05, "metal"))
    for flood, side in ((hues[0], -5), (hues[1], 5)):
        scene.lamp((side, 3.2, 6.5), 1.6, 1.2, np.asarray(flood) * 40, (-side, -1.5, 1.0))
    scene.key(-1, (1.0, 0.82, 0.6) if warm else (0.85, 0.88, 1.0), 12)
    scene.rim(1, hues[1], 22)
    scene.rim(-1, hues[0], 14)
