"""An old reading room: galleries of books, green lamps, a tall far window."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import DARK_WOOD, WARM
from tools.bake.props import (
    chair,
    shelf,
    table,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter


@place
def library(scene: Scene, light: str) -> None:
    """An old reading room: galleries of books, green lamps, a tall far window."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.1 if day else 0.055, 0.005, (1.0, 0.85, 0.62), 0.06)
    scene.room(
        9,
        6,
        13,
        Paint((0.22, 0.14, 0.08)),
        Paint((0.22, 0.11, 0.055), "gloss"),
        Paint((0.3, 0.22, 0.15)),
    )
    for side in (-1, 1):
        for k in range(6):
            d = 4.2 + k * 1.55
            shelf(scene, side * (1.75 + 0.17 * d), d, 1.5, 2.3, yaw=-side * 62, step=0.33)
            shelf(
                scene, side * (1.85 + 0.17 * d), d, 1.5, 2.0, yaw=-side * 62, step=0.33, foot=2.75
            )
        scene.box((side * 3.2, 2.62, 8), (1.2, 0.1, 9), Paint(DARK_WOOD, "satin"), -side * 9)
    shelf(scene, -2.1, 12.5, 2.2, 2.6)
    shelf(scene, 2.1, 12.5, 2.2, 2.6)
    window(scene, (0, 2.3, 12.9), 1.9, 3.6, light, power=1.6)
    scene.fill(5.9, (1.0, 0.92, 0.8) if day else WARM, 16 if day else 7, 7)
    for d in (6.0, 8.2, 10.4):
        table(scene, 0.1, d, 2.2, 0.8, 0.76, (0.2, 0.09, 0.04))
        for x in (-0.65, 0.75):
            scene.rod((x, 0.76, d), (x, 1.08, d), 0.015, Paint((0.6, 0.4, 0.12), "metal"))
            scene.box(
                (x, 1.12, d), (0.32, 0.1, 0.16), Paint(np.array([0.03, 0.3, 0.1]) * 1.1, "glow")
            )
            scene.lamp((x, 1.06, d), 0.28, 0.13, np.asarray(WARM) * (18 if day else 34))
            scene.bulb((x, 1.07, d - 0.1), np.asarray(WARM) * 1.3)
        for _ in range(5):
            scene.box(
                (0.1 + rng.uniform(-0.9, 0.9), 0.82, d - 0.2),
                (0.26, 0.08, 0.18),
                Paint(jitter(rng, (0.4, 0.2, 0.1), 0.5)),
                rng.uniform(-30, 30),
            )
        chair(scene, -0.6, d + 0.6, 0)
        chair(scene, 0.8, d + 0.6, 0)
    for d in (5.2, 8.0, 10.8):
        for x in (-0.9, 0.9):
            scene.ball((x, 3.05 + 0.07 * d, d), 0.13, Paint(np.asarray(WARM) * 9, "glow"))
            scene.lamp((x, 2.9 + 0.07 * d, d), 0.3, 0.3, np.asarray(WARM) * 30)
    if day:
        scene.lamp((-4.4, 3.6, 6), 6, 2.4, (9, 9.5, 10.5), (1, -0.3, 0))
    scene.key(-1, (1.0, 0.93, 0.82) if day else (1.0, 0.74, 0.46), 8)
    scene.rim(1, (1.0, 0.66, 0.32), 8)
