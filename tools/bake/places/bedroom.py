"""A bedroom: bed, posters, fairy lights, a desk lamp."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import WARM, WOOD
from tools.bake.props import (
    bottles,
    curtain,
    frame_picture,
    shelf,
    table,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def bedroom(scene: Scene, light: str) -> None:
    """A bedroom: bed, posters, fairy lights, a desk lamp."""
    day, rng = light == "day", scene.rng
    scene.look = Look(
        "warm" if day else "gold", 0.14 if day else 0.05, 0.006, (1.0, 0.85, 0.8), 0.08
    )
    scene.room(
        5.6,
        2.6,
        5.4,
        Paint((0.5, 0.36, 0.36) if day else (0.3, 0.22, 0.3)),
        Paint((0.33, 0.2, 0.11)),
        Paint(0.7),
    )
    scene.fill(2.57, (1.0, 0.9, 0.85) if day else (1.0, 0.6, 0.5), 4 if day else 0.7, 3.4)
    scene.block((-0.7, 0, 4.6), (1.9, 0.5, 1.7), Paint((0.55, 0.52, 0.5)))
    scene.box((-0.7, 0.58, 4.4), (2.0, 0.2, 1.4), Paint((0.16, 0.25, 0.42)))
    scene.box((-0.7, 0.75, 5.3), (2.1, 1.0, 0.1), Paint(WOOD, "satin"))
    for x, hue in (
        (-1.15, (0.75, 0.72, 0.68)),
        (-0.3, (0.75, 0.72, 0.68)),
        (-0.7, (0.6, 0.25, 0.2)),
    ):
        scene.ball((x, 0.85, 5.05), 0.27, Paint(hue), (1.1, 0.75, 0.5))
    for x, y, w, h in (
        (-1.6, 1.85, 0.55, 0.75),
        (-0.95, 1.95, 0.45, 0.6),
        (-0.35, 1.8, 0.5, 0.7),
        (0.2, 2.0, 0.38, 0.5),
    ):
        frame_picture(scene, x, y, 5.35, w, h)
    for row in range(2):
        for x in np.linspace(-2.2, 0.7, 24):
            scene.bulb(
                (x, 2.42 - row * 0.16 - 0.13 * np.sin(x * 3.3 + row) ** 2, 5.3),
                np.asarray(WARM) * rng.uniform(0.5, 1.3) * (0.5 if day else 1.1),
            )
    window(scene, (1.35, 1.65, 5.35), 1.1, 1.35, light)
    curtain(scene, 0.72, 0.98, 5.2, 2.4, (0.6, 0.5, 0.4))
    curtain(scene, 1.95, 2.3, 5.2, 2.4, (0.6, 0.5, 0.4))
    table(scene, 1.7, 4.4, 1.0, 0.5)
    scene.ball((1.45, 1.0, 4.4), 0.13, Paint(np.asarray(WARM) * (1.5 if day else 3), "glow"))
    bottles(
        scene, 1.65, 2.1, 0.76, 4.4, ((0.6, 0.2, 0.3), (0.2, 0.3, 0.5), (0.6, 0.5, 0.3)), (0.1, 0.2)
    )
    shelf(scene, -2.4, 4.6, 1.0, 1.7, yaw=70, wood=WOOD)
    window(scene, (2.75, 1.6, 2.6), 2.0, 1.5, light, (-1, 0, 0), 18)
    scene.lamp((-1.9, 1.0, 5.0), 0.3, 0.3, np.asarray(WARM) * (8 if day else 24), (0.4, 0.6, -0.6))
    scene.key(1, (1.0, 0.95, 0.9) if day else (1.0, 0.7, 0.45), 8)
    scene.rim(-1, (0.9, 0.5, 0.6), 6)
