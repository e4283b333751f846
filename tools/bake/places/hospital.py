"""A long corridor: doors, a rail, a bed, light panels into the distance."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import AMBER, COLD, STEEL
from tools.bake.props import (
    passer,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def hospital(scene: Scene, light: str) -> None:
    """A long corridor: doors, a rail, a bed, light panels into the distance."""
    day, rng = light == "day", scene.rng
    scene.look = Look("cool", 0.2 if day else 0.075, 0.004, (0.85, 1.0, 1.05), 0.07)
    power = 9.0 if day else 3.2
    scene.room(
        4.4, 2.7, 30, Paint((0.62, 0.7, 0.68)), Paint((0.34, 0.42, 0.42), "gloss"), Paint(0.78)
    )
    for side in (-1, 1):
        scene.box((side * 2.17, 0.6, 14), (0.04, 1.2, 32), Paint((0.16, 0.42, 0.44)))
        scene.rod((side * 2.08, 0.98, 0), (side * 2.08, 0.98, 30), 0.035, Paint(STEEL, "metal"))
        for k in range(7):
            d = 4.6 + k * 3.4 + side * 0.7
            scene.box(
                (side * 2.16, 1.05, d),
                (0.06, 2.1, 1.1),
                Paint((0.4, 0.24, 0.13) if k % 2 else (0.5, 0.55, 0.56), "satin"),
            )
            scene.box(
                (side * 2.12, 1.5, d),
                (0.03, 0.5, 0.22),
                Paint(np.asarray(COLD) * (1.6 if (k + side) % 3 else 0.2), "glow"),
            )
            scene.box(
                (side * 1.95, 2.3, d - 0.8),
                (0.4, 0.2, 0.04),
                Paint(
                    np.array([0.05, 0.5, 0.25]) * 2.2 if k % 2 else np.array([0.1, 0.3, 0.9]) * 2.2,
                    "glow",
                ),
            )
    for k in range(11):
        on = day or k % 3 != 1
        scene.lamp((0, 2.68, 2.2 + k * 2.6), 1.2, 0.6, np.asarray(COLD) * (power if on else 0.3))
    scene.screen((0, 1.6, 29.9), 2.6, 2.0, np.full((4, 4, 3), 1.0) * COLD, 2.5 if day else 0.5)
    scene.box((1.15, 0.72, 6.6), (0.85, 0.16, 2.0), Paint((0.78, 0.82, 0.85)))
    scene.box((1.15, 0.84, 7.2), (0.7, 0.12, 0.5), Paint(0.85))
    scene.box((1.15, 0.82, 6.3), (0.86, 0.05, 1.1), Paint((0.12, 0.32, 0.5)))
    for sx in (0.75, 1.55):
        for d in (5.7, 7.5):
            scene.rod((sx, 0, d), (sx, 1.05, d), 0.02, Paint(STEEL, "metal"))
    scene.rod((-1.4, 0, 5.9), (-1.4, 2.0, 5.9), 0.02, Paint(STEEL, "metal"))
    scene.box((-1.3, 1.85, 5.9), (0.16, 0.26, 0.06), Paint((0.7, 0.75, 0.6), "gloss"))
    scene.box((-1.55, 1.15, 6.9), (0.5, 0.1, 0.5), Paint(STEEL, "metal"))
    scene.box((-1.55, 1.42, 6.9), (0.44, 0.34, 0.06), Paint(0.05))
    scene.screen((-1.55, 1.42, 6.85), 0.4, 0.28, textures.screen_rows(rng, (0.0, 0.08, 0.06)), 2.2)
    passer(scene, 0.45, 15, 1.7, (0.12, 0.4, 0.45))
    passer(scene, -0.5, 19, 1.75, (0.7, 0.72, 0.72))
    for _ in range(16):
        scene.bulb(
            (rng.choice([-1, 1]) * 2.0, rng.uniform(0.9, 2.3), rng.uniform(6, 24)),
            np.asarray(pick(rng, (COLD, (0.1, 1.0, 0.4), AMBER, (1.0, 0.1, 0.08))))
            * rng.uniform(0.3, 1.0),
        )
    scene.key(-1, (0.95, 1.0, 1.04) if day else (0.85, 0.95, 1.0), 8, 1.1)
    scene.rim(1, (0.6, 0.9, 1.0), 7)
