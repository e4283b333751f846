"""Home: sofa, lamps, books, a window, pictures, plants."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import FOOD, WARM, WOOD
from tools.bake.props import (
    curtain,
    floor_lamp,
    frame_picture,
    plant,
    shelf,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def living_room(scene: Scene, light: str) -> None:
    """Home: sofa, lamps, books, a window, pictures, plants."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.15 if day else 0.06, 0.004, (1.0, 0.9, 0.75), 0.06)
    scene.room(
        7,
        2.8,
        6.6,
        Paint((0.42, 0.4, 0.33) if day else (0.36, 0.3, 0.24)),
        Paint((0.3, 0.17, 0.08), "satin"),
        Paint(0.7),
    )
    scene.fill(2.77, (1.0, 0.95, 0.88) if day else WARM, 4 if day else 0.9, 4.0)
    scene.block((-0.4, 0, 5.4), (2.7, 0.45, 0.95), Paint((0.09, 0.19, 0.2)))
    scene.box((-0.4, 0.68, 5.8), (2.7, 0.55, 0.25), Paint((0.1, 0.21, 0.22)))
    for x in (-1.85, 1.05):
        scene.box((x, 0.5, 5.4), (0.25, 0.6, 0.95), Paint((0.09, 0.19, 0.2)))
    for x, hue in (
        (-1.3, (0.65, 0.3, 0.06)),
        (-0.85, (0.6, 0.52, 0.4)),
        (0.3, (0.45, 0.1, 0.07)),
        (0.65, (0.65, 0.5, 0.2)),
    ):
        scene.box(
            (x, 0.72, 5.55),
            (0.42, 0.4, 0.16),
            Paint(hue),
            rng.uniform(-12, 12),
            rng.uniform(-14, 14),
        )
    window(scene, (-1.75, 1.75, 6.55), 1.5, 1.7, light)
    curtain(scene, -3.0, -2.45, 6.4, 2.7, (0.62, 0.55, 0.42))
    curtain(scene, -1.0, -0.5, 6.4, 2.7, (0.62, 0.55, 0.42))
    for x, y, w, h in ((0.15, 1.8, 0.5, 0.65), (0.8, 1.95, 0.42, 0.42), (0.8, 1.45, 0.42, 0.34)):
        frame_picture(scene, x, y, 6.55, w, h)
    shelf(scene, 2.15, 6.2, 1.5, 2.3, wood=WOOD)
    floor_lamp(scene, 1.4, 5.3, 6 if day else 14)
    floor_lamp(scene, -2.3, 5.0, 5 if day else 14, 1.45)
    plant(scene, -2.65, 5.9, 1.9)
    plant(scene, 2.4, 4.4, 1.3)
    scene.can((1.75, 0, 4.3), 0.3, 0.55, Paint(WOOD, "satin"))
    for k in range(3):
        scene.box(
            (1.75, 0.58 + k * 0.045, 4.3),
            (0.3, 0.04, 0.22),
            Paint(jitter(rng, pick(rng, FOOD), 0.2)),
            k * 17,
        )
    window(scene, (-3.45, 1.7, 3.2), 2.4, 1.6, light, (1, 0, 0), 20)
    if not day:
        scene.bulb((1.4, 1.66, 5.3), np.asarray(WARM) * 1.4)
    scene.key(-1, (1.0, 0.97, 0.92) if day else (1.0, 0.72, 0.42), 8, 1.1)
    scene.rim(1, (1.0, 0.66, 0.34), 7)
