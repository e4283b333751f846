"""A working kitchen: tiles, hood, copper, food on the pass, flames under the pans."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import FOOD, JARS, STEEL, WARM, WOOD
from tools.bake.props import (
    bottles,
    passer,
    pendant,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def kitchen(scene: Scene, light: str) -> None:
    """A working kitchen: tiles, hood, copper, food on the pass, flames under the pans."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.13 if day else 0.075, 0.012, (1.0, 0.9, 0.75), 0.07)
    steel = Paint(STEEL, "metal")
    scene.room(
        8, 3.0, 7.2, Paint((0.55, 0.5, 0.42)), Paint((0.16, 0.09, 0.06), "satin"), Paint(0.5)
    )
    scene.fill(2.97, (1.0, 0.92, 0.8), 5 if day else 2.2)
    scene.picture(
        (0, 1.5, 7.15), 8, 3, textures.tiles((0.62, 0.6, 0.53), (0.3, 0.28, 0.25), rng, 16, 44)
    )
    scene.block((0, 0, 6.5), (8, 0.92, 0.9), steel)
    scene.box((-0.9, 2.35, 6.4), (2.6, 0.55, 1.1), steel)
    scene.lamp((-0.9, 2.06, 6.4), 2.2, 0.5, np.asarray(WARM) * 15)
    for y in (1.55, 2.0):
        scene.box((2.2, y, 6.85), (2.4, 0.03, 0.35), Paint(WOOD, "satin"))
        bottles(scene, 1.1, 3.4, y + 0.02, 6.8, JARS)
    for x in (-1.9, -1.2, -0.5):
        scene.can((x, 0.94, 6.3), 0.2, rng.uniform(0.18, 0.34), Paint((0.5, 0.5, 0.5), "metal"))
        for turn in np.linspace(0, 2 * np.pi, 7)[:-1]:
            scene.bulb((x + 0.16 * np.cos(turn), 0.93, 6.15), np.array([0.12, 0.3, 1.0]) * 0.8)
    scene.rod((-3, 2.22, 4.3), (3, 2.22, 4.3), 0.02, steel)
    for k in range(13):
        x, size = -2.6 + k * 0.43 + rng.uniform(-0.08, 0.08), rng.uniform(0.1, 0.17)
        copper = Paint((0.72, 0.32, 0.16) if k % 3 else (0.12, 0.12, 0.13), "metal")
        scene.rod((x, 2.2, 4.3), (x, 2.0, 4.3), 0.012, steel)
        scene.ball((x, 2.0 - size, 4.3), size, copper, (1, 1, 0.45))
    scene.box((0, 0.92, 3.9), (7, 0.07, 0.8), Paint((0.4, 0.24, 0.12), "satin"))
    for _ in range(46):
        spot = (rng.uniform(-2.2, 2.2), 0.99, rng.uniform(3.6, 4.2))
        scene.ball(spot, rng.uniform(0.04, 0.09), Paint(jitter(rng, pick(rng, FOOD), 0.3), "satin"))
    for x in (-1.35, 0.9):
        plant_spot = np.array([x, 1.1, 3.95])
        scene.can(plant_spot - [0, 0.14, 0], 0.1, 0.16, Paint((0.4, 0.18, 0.1)))
        scene.flakes(
            plant_spot + rng.normal(0, 0.11, (90, 3)) + [0, 0.14, 0], 0.035, (0.1, 0.22, 0.04)
        )
    for x in (-1.6, 0.15, 1.7):
        pendant(scene, (x, 2.38, 3.6), 3.0, 26)
    window(scene, (3.95, 1.8, 4.6), 3.0, 1.5, light, (-1, 0, 0), 16)
    window(scene, (0.85, 1.85, 7.1), 1.1, 1.2, light)
    passer(scene, -2.0, 5.4, 1.75, (0.75, 0.74, 0.7))
    scene.key(1, (1.0, 0.86, 0.68) if day else (1.0, 0.74, 0.46), 9)
    scene.rim(-1, (1.0, 0.7, 0.4), 7)
