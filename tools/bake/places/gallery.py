"""A museum room: large pictures under spots, pale walls, a polished floor."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import WARM
from tools.bake.props import (
    frame_picture,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def gallery(scene: Scene, light: str) -> None:
    """A museum room: large pictures under spots, pale walls, a polished floor."""
    day, rng = light == "day", scene.rng
    scene.look = Look("neutral", 0.19 if day else 0.08, 0.004, (1.0, 0.98, 0.95), 0.05)
    wall = (0.7, 0.68, 0.64) if day else (0.3, 0.1, 0.09)
    scene.room(7, 4.2, 10, Paint(wall), Paint((0.33, 0.2, 0.1), "gloss"), Paint(0.75))
    for x, w, h in ((-1.9, 1.5, 1.1), (0.1, 1.7, 1.5), (2.1, 1.4, 1.1)):
        frame_picture(scene, x, 1.75, 9.95, w, h)
        scene.box((x, 1.75, 9.97), (w + 0.2, h + 0.2, 0.03), Paint((0.6, 0.42, 0.12), "metal"))
        scene.lamp((x, 3.5, 8.6), 1.0, 0.6, np.asarray(WARM) * 11, (0, -0.85, 0.6))
        scene.bulb((x, 3.1, 8.4), np.array([1.0, 0.9, 0.75]) * 2)
    for side in (-1, 1):
        for k in range(3):
            tone = textures.noise((10, 14), rng, 3)[..., None] ** 2 * rng.uniform(0.1, 1.4, 3)
            scene.box(
                (side * 3.45, 1.75, 4.4 + k * 2),
                (0.05, 1.35, 1.55),
                Paint((0.5, 0.36, 0.12), "metal"),
            )
            scene.picture(
                (side * 3.41, 1.75, 4.4 + k * 2), 1.4, 1.2, np.clip(tone, 0, 0.85), (-side, 0, 0)
            )
            scene.lamp(
                (side * 2.5, 3.7, 4.4 + k * 2),
                0.8,
                0.8,
                np.asarray(WARM) * 8,
                (side * 0.6, -0.8, 0),
            )
    for x, d in ((-1.3, 6.2), (1.45, 7.0)):
        scene.block((x, 0, d), (0.5, 1.05, 0.5), Paint(0.75))
        scene.ball((x, 1.32, d), 0.2, Paint((0.7, 0.68, 0.64)), (0.8, 1.3, 0.8))
        scene.ball((x + 0.04, 1.62, d), 0.11, Paint((0.7, 0.68, 0.64)))
    scene.lamp((0, 4.17, 5), 1.4, 1.4, (46, 48, 52) if day else (5.5, 5.0, 4.6))
    scene.key(-1, (1.0, 0.98, 0.95) if day else (1.0, 0.84, 0.66), 8, 1.1)
    scene.rim(1, (1.0, 0.9, 0.78), 8)
