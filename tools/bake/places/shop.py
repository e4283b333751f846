"""A convenience store: coloured goods, cold cabinets, strip lights."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import AMBER, COLD
from tools.bake.props import (
    bottles,
    shelf,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def shop(scene: Scene, light: str) -> None:
    """A convenience store: coloured goods, cold cabinets, strip lights."""
    day, rng = light == "day", scene.rng
    scene.look = Look("cool", 0.17 if day else 0.1, 0.006, (0.9, 1.0, 1.0), 0.07)
    scene.room(7, 2.9, 9, Paint((0.6, 0.62, 0.6)), Paint((0.45, 0.46, 0.45), "gloss"), Paint(0.7))
    goods = (
        (0.7, 0.05, 0.05),
        (0.8, 0.55, 0.04),
        (0.05, 0.35, 0.12),
        (0.05, 0.15, 0.55),
        (0.75, 0.72, 0.7),
        (0.7, 0.25, 0.05),
        (0.5, 0.08, 0.35),
    )
    for side in (-1, 1):
        for k in range(4):
            shelf(
                scene,
                side * (1.55 + 0.14 * (4 + k * 1.3)),
                4.2 + k * 1.3,
                1.25,
                1.85,
                -side * 64,
                goods,
                0.31,
                (0.6, 0.6, 0.6),
            )
    for x in (-2.2, -1.1, 0.0, 1.1, 2.2):
        scene.box((x, 1.1, 8.8), (1.05, 2.2, 0.3), Paint((0.2, 0.22, 0.24)))
        scene.box((x, 1.15, 8.66), (0.9, 1.9, 0.02), Paint(np.asarray(COLD) * 0.55, "glow"))
        for y in (0.45, 0.85, 1.25, 1.65):
            bottles(scene, x - 0.42, x + 0.4, y, 8.55, goods, (0.2, 0.3))
    scene.box((0, 2.42, 8.6), (6, 0.3, 0.06), Paint(np.array([0.9, 0.12, 0.06]) * 0.6, "glow"))
    shelf(scene, 0.1, 6.6, 1.5, 1.35, 0, goods, 0.31, (0.6, 0.6, 0.6))
    scene.fill(2.88, COLD, 7 if day else 4, 5.0)
    for d in (3.2, 5.4, 7.6):
        for x in (-1.2, 1.2):
            scene.lamp((x, 2.87, d), 0.2, 1.5, np.asarray(COLD) * (13 if day else 9))
            scene.box((x, 2.86, d), (0.16, 0.03, 1.5), Paint(np.asarray(COLD) * 5, "glow"))
    for _ in range(14):
        scene.bulb(
            (rng.uniform(-2.4, 2.4), rng.uniform(0.9, 2.3), 8.4),
            np.asarray(pick(rng, (COLD, (0.2, 1.0, 0.4), AMBER))) * rng.uniform(0.3, 1.0),
        )
    scene.key(-1, (0.98, 1.0, 0.97), 8, 1.1)
    scene.rim(1, (1.0, 0.4, 0.3) if not day else (0.8, 0.95, 1.0), 7)
