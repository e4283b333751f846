"""A presenter's floor: walls of screens with weather maps, desks, lines of light."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, WARM
from tools.bake.props import passer
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def newsroom(scene: Scene, light: str) -> None:
    """A presenter's floor: walls of screens with weather maps, desks, lines of light."""
    cold, rng = light == "cold", scene.rng
    line = np.array([0.12, 0.6, 1.0]) if cold else np.array([1.0, 0.35, 0.1])
    base = (0.03, 0.045, 0.08) if cold else (0.08, 0.035, 0.03)
    scene.look = Look("cool" if cold else "warm", 0.085, 0.006, tuple(line * 0.8), 0.09)
    scene.room(10, 3.6, 7.6, Paint(base), Paint((0.03, 0.035, 0.045), "gloss"), Paint(0.02))
    wall = ((-1.15, 1.95, 6.9, 2.75, 1.55), (1.75, 2.0, 6.7, 1.9, 1.3))
    for x, y, d, w, h in wall:
        scene.screen(
            (x, y, d), w, h, textures.weather_map(rng)[::2, ::2], 1.1, (-0.05 * np.sign(x), 0, -1)
        )
        scene.box((x, y, d + 0.06), (w + 0.1, h + 0.1, 0.08), Paint(0.02, "satin"))
    for side in (-1, 1):
        for k, y in enumerate((1.45, 2.25)):
            hue = (0.02, 0.09, 0.3) if cold else (0.25, 0.04, 0.03)
            scene.screen(
                (side * 3.15, y, 6.2 - k * 0.05),
                1.05,
                0.72,
                textures.screen_rows(rng, hue)[::2, ::2],
                1.9,
                (-side * 0.5, 0, -1),
            )
    for y in (1.08, 2.84):
        scene.box((0, y, 6.85), (6.4, 0.035, 0.03), Paint(line * 6, "glow"))
    for x in (-2.72, 0.5, 2.9):
        scene.box((x, 1.95, 6.75), (0.07, 1.9, 0.06), Paint(line * 3.5, "glow"))
    scene.box((0, 0.95, 5.3), (4.6, 0.06, 0.8), Paint((0.55, 0.57, 0.6), "gloss"))
    scene.block((0, 0, 5.4), (4.4, 0.9, 0.5), Paint(base, "gloss"))
    scene.box((0, 0.72, 5.12), (4.4, 0.05, 0.03), Paint(line * 4, "glow"))
    for x in (-1.6, -0.75, 0.8, 1.65):
        scene.box((x, 1.16, 5.3), (0.46, 0.3, 0.03), Paint(0.02, "satin"), rng.uniform(-12, 12))
        scene.screen((x, 1.16, 5.27), 0.42, 0.26, textures.screen_rows(rng)[::3, ::3], 1.6)
    for x in (-1.9, 1.9):
        passer(scene, x, 5.9, 1.72, (0.05, 0.06, 0.1), seated=True)
    for x in np.linspace(-2.2, 2.2, 6):
        scene.rod((x, 3.15, 6.0), (x, 3.6, 6.0), 0.12, Paint(0.02))
        scene.bulb((x, 3.12, 5.9), np.asarray(COLD) * 1.8)
    for _ in range(30):
        scene.bulb(
            (rng.uniform(-3, 3), rng.uniform(0.95, 1.1), 6.5),
            pick(rng, (line, np.array([1, 0.2, 0.1]), np.array([0.2, 1, 0.4])))
            * rng.uniform(0.3, 1),
        )
    for x in (-2.4, 0, 2.4):
        scene.lamp((x, 3.55, 4), 0.7, 0.7, np.asarray(COLD if cold else WARM) * 9)
    scene.key(-1, (1.0, 0.97, 0.93), 13)
    scene.rim(1, tuple(line), 16)
