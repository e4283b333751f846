"""A glass-walled meeting room high above a city."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import AMBER, COLD, WARM
from tools.bake.props import (
    plant,
    skyline,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def office(scene: Scene, light: str) -> None:
    """A glass-walled meeting room high above a city."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("cool", 0.17, 0.004, (0.8, 0.9, 1.0), 0.06)
        scene.sky = textures.sky(
            rng, (0.3, 0.55, 1.0), (0.95, 1.0, 1.05), (0.3, 0.33, 0.36), 0.45, (1.2, 1.2, 1.2)
        )
    else:
        scene.look = Look("cool", 0.02, 0.002, (0.1, 0.2, 0.4), 0.1)
        scene.sky = textures.sky(
            rng,
            (0.006, 0.015, 0.06),
            (0.014, 0.012, 0.026),
            (0.004, 0.006, 0.012),
            0.3,
            (0.02, 0.02, 0.04),
        )
    scene.box((0, -0.05, 2.5), (12, 0.1, 9), Paint((0.12, 0.12, 0.13), "gloss"))
    scene.box((0, 3.05, 2.5), (12, 0.1, 9), Paint(0.6))
    for side in (-1, 1):
        scene.box((side * 4.5, 1.5, 2.5), (0.1, 3, 9), Paint((0.42, 0.44, 0.46)))
    for x in np.arange(-4.2, 4.3, 1.4):
        scene.box((x, 1.5, 7), (0.09, 3, 0.12), Paint(0.05))
    scene.box((0, 0.45, 7), (9, 0.06, 0.12), Paint(0.05))
    skyline(
        scene,
        140,
        220,
        55,
        30,
        (0.3, 0.33, 0.38) if day else (0.02, 0.025, 0.04),
        0 if day else 0.085,
        (WARM, WARM, COLD, AMBER),
        0.9,
    )
    skyline(
        scene,
        60,
        80,
        6,
        11,
        (0.34, 0.32, 0.3) if day else (0.015, 0.018, 0.03),
        0 if day else 0.6,
        (WARM, AMBER, COLD),
        0.9,
    )
    scene.box((0.1, 0.76, 4.9), (3.6, 0.06, 1.3), Paint((0.25, 0.14, 0.07), "gloss"))
    scene.block((0.1, 0, 4.9), (1.2, 0.73, 0.5), Paint(0.05))
    for x in (-1.5, -0.6, 0.6, 1.5):
        for d, yaw in ((4.0, 180), (5.9, 0)):
            scene.ball(
                (x, 0.93, d + (0.1 if yaw else -0.1)),
                0.3,
                Paint((0.05, 0.05, 0.055), "satin"),
                (0.85, 1.15, 0.25),
            )
    for x in (-1.1, 0.3, 1.2):
        scene.box((x, 0.9, 4.75), (0.36, 0.24, 0.02), Paint(0.4, "metal"), rng.uniform(-15, 15))
        scene.box((x, 0.8, 4.7), (0.2, 0.02, 0.28), Paint(0.8))
    plant(scene, -2.3, 6.2, 1.9, (0.7, 0.7, 0.68))
    plant(scene, 2.5, 6.0, 1.7, (0.1, 0.1, 0.1))
    for x in (-1.2, 0.0, 1.2):
        scene.box(
            (x, 2.5, 4.9), (0.9, 0.04, 0.05), Paint(np.asarray(WARM) * (3 if day else 9), "glow")
        )
        scene.rod((x, 2.5, 4.9), (x, 3, 4.9), 0.006, Paint(0.02))
        scene.lamp((x, 2.47, 4.9), 0.9, 0.1, np.asarray(WARM) * (4 if day else 22))
    scene.key(-1, (0.95, 0.98, 1.0) if day else (1.0, 0.82, 0.62), 9, 1.2)
    scene.rim(1, (0.7, 0.85, 1.0) if day else (0.15, 0.5, 0.9), 8)
