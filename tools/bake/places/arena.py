"""A packed arena: terraces of people, floodlights, a coloured floor, banners."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, TEAMS, WARM
from tools.bake.props import crowd, passer
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def arena(scene: Scene, light: str) -> None:
    """A packed arena: terraces of people, floodlights, a coloured floor, banners."""
    cold, rng = light == "cold", scene.rng
    scene.look = Look(
        "cool" if cold else "gold",
        0.075,
        0.008,
        (0.5, 0.65, 1.0) if cold else (1.0, 0.7, 0.45),
        0.12,
    )
    floor = (0.05, 0.12, 0.42) if cold else (0.4, 0.2, 0.09)
    scene.room(46, 14, 44, Paint((0.03, 0.035, 0.05)), Paint(floor, "gloss"), Paint(0.015))
    scene.box(
        (0, 0.06, 12),
        (11, 0.12, 9),
        Paint((0.1, 0.28, 0.65) if cold else (0.62, 0.4, 0.18), "satin"),
    )
    scene.box(
        (0, 0.1, 12), (8.6, 0.1, 7), Paint((0.55, 0.5, 0.38) if cold else (0.1, 0.2, 0.5), "satin")
    )
    crowd(scene, -20, 20, 22, 16, 0.62, 0.95, 1.2, TEAMS, 0.55)
    for k in range(16):
        scene.box((0, 0.75 + k * 0.62, 22.6 + k * 0.95), (42, 0.5, 0.9), Paint((0.06, 0.065, 0.08)))
    banner = np.array(
        [
            pick(rng, ((0.05, 0.2, 0.9), (0.9, 0.9, 0.95), (0.85, 0.06, 0.1), (0.95, 0.7, 0.05)))
            for _ in range(18)
        ]
    )
    scene.screen((0, 0.85, 20.8), 30, 0.75, np.tile(banner[None].repeat(5, 1), (2, 1, 1)), 0.4)
    scene.screen((0, 7.4, 34), 6.5, 3.0, textures.screen_rows(rng)[::2, ::2], 2.2)
    for k, x in enumerate(np.linspace(-9, 9, 16)):
        scene.bulb(
            (x, 5.6 + 0.35 * (k % 2), 24), np.asarray(COLD if cold else (1.0, 0.8, 0.55)) * 3.2
        )
    for _ in range(80):
        spot = (rng.uniform(-12, 12), rng.uniform(1.6, 8), 0.0)
        scene.bulb(
            (spot[0], spot[1], 21 + spot[1] * 1.5),
            np.array([0.85, 0.92, 1.0]) * rng.uniform(0.1, 0.8) ** 1.5,
        )
    for x in (-8.0, 0.0, 8.0):
        for d in (7.0, 13.0, 19.0):
            scene.lamp((x, 12.5, d), 2.4, 2.4, np.asarray(COLD if cold else WARM) * 30)
    scene.lamp((0, 10, 14), 14, 2, np.asarray(COLD if cold else WARM) * 12, (0, -0.6, 1))
    for x, d in ((-3.2, 13.0), (3.6, 14.5), (-1.4, 16.5), (2.0, 17.5)):
        passer(scene, x, d, 1.7, pick(rng, TEAMS))
    for x in (-2.1, 2.3):
        scene.rod((x, 0.1, 11), (x, 2.5, 11), 0.04, Paint((0.7, 0.6, 0.4), "satin"))
    scene.rod((-2.1, 2.45, 11), (2.3, 2.45, 11), 0.035, Paint((0.7, 0.55, 0.35), "satin"))
    scene.key(-1, (0.95, 0.98, 1.04) if cold else (1.0, 0.86, 0.66), 13)
    scene.rim(1, (0.75, 0.88, 1.0) if cold else (1.0, 0.6, 0.25), 20)
