"""Benches, glassware in bright colours, instruments with lights, screens."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, WARM
from tools.bake.props import (
    bottles,
    pendant,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def laboratory(scene: Scene, light: str) -> None:
    """Benches, glassware in bright colours, instruments with lights, screens."""
    cold, rng = light == "cold", scene.rng
    scene.look = Look("cool", 0.12 if cold else 0.05, 0.008, (0.7, 0.9, 1.05), 0.09)
    scene.room(8, 3.0, 7.5, Paint((0.45, 0.5, 0.53)), Paint((0.2, 0.24, 0.27), "gloss"), Paint(0.6))
    liquids = (
        (0.02, 0.5, 0.55),
        (0.65, 0.2, 0.02),
        (0.3, 0.05, 0.5),
        (0.1, 0.5, 0.1),
        (0.6, 0.5, 0.05),
        (0.6, 0.05, 0.2),
    )
    for d, width in ((4.4, 5.0), (6.2, 7.0)):
        scene.box((0, 0.93, d), (width, 0.05, 0.8), Paint((0.08, 0.09, 0.1), "satin"))
        scene.block((0, 0, d), (width, 0.9, 0.7), Paint((0.6, 0.63, 0.65)))
        for x in np.arange(-width / 2 + 0.2, width / 2, 0.19):
            hue = np.asarray(pick(rng, liquids))
            if rng.random() < 0.75:
                height = rng.uniform(0.1, 0.34)
                scene.rod(
                    (x, 0.96, d),
                    (x, 0.96 + height, d),
                    rng.uniform(0.035, 0.09),
                    Paint(hue, "gloss"),
                    tip=0.025,
                )
                if rng.random() < 0.4:
                    scene.ball((x, 1.03, d - 0.1), 0.05, Paint(hue * 2.2, "glow"))
    for y in (1.75, 2.15):
        scene.box((0.3, y, 7.1), (4.6, 0.03, 0.3), Paint(0.7, "satin"))
        bottles(
            scene,
            -1.9,
            2.5,
            y + 0.02,
            7.1,
            (*liquids, (0.4, 0.18, 0.05), (0.7, 0.7, 0.68)),
            (0.12, 0.3),
        )
        scene.box((0.3, y - 0.03, 6.97), (4.6, 0.025, 0.02), Paint(np.asarray(COLD) * 5, "glow"))
    for x in (-1.75, 1.55):
        scene.box((x, 1.35, 6.0), (0.85, 0.55, 0.04), Paint(0.02))
        scene.screen((x, 1.35, 5.97), 0.8, 0.5, textures.screen_rows(rng, (0.0, 0.06, 0.12)), 2.8)
    scene.box((0.25, 1.3, 5.9), (0.6, 0.7, 0.4), Paint((0.7, 0.72, 0.74), "satin"))
    for x in (-2.6, 2.75):
        scene.block((x, 0, 6.9), (0.95, 2.2, 0.7), Paint((0.6, 0.63, 0.66), "satin"))
        scene.box((x, 1.5, 6.53), (0.7, 0.9, 0.02), Paint(np.array([0.25, 0.6, 1.0]) * 1.8, "glow"))
    for _ in range(26):
        scene.bulb(
            (rng.uniform(-2.8, 2.8), rng.uniform(1.0, 2.4), rng.uniform(5.8, 7.0)),
            np.asarray(pick(rng, ((0.1, 1.0, 0.35), (1.0, 0.3, 0.08), (0.2, 0.6, 1.0))))
            * rng.uniform(0.4, 1.2),
        )
    if cold:
        for x in (-1.4, 1.4):
            for d in (3.2, 5.6):
                scene.lamp((x, 2.97, d), 0.5, 1.3, np.asarray(COLD) * 11)
    else:
        scene.lamp((0, 2.9, 6.5), 4, 0.2, (1.5, 4.0, 7.0))
        scene.lamp((-2.0, 1.5, 4.2), 0.4, 0.3, np.asarray(WARM) * 30, (0.6, -0.8, 0.3))
        pendant(scene, (1.25, 2.15, 4.6), 3.0, 22)
        pendant(scene, (-1.25, 2.15, 4.8), 3.0, 22)
    scene.key(-1, (0.92, 0.98, 1.04) if cold else (1.0, 0.8, 0.6), 8)
    scene.rim(1, (0.15, 0.65, 1.0), 12)
