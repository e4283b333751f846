"""A corner café: counter, cake, chalk menu, hanging bulbs, the street outside."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import AMBER, DARK_WOOD, STEEL, WARM, WOOD
from tools.bake.props import (
    bottles,
    candle,
    chair,
    passer,
    plant,
    string_lights,
    table,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def cafe(scene: Scene, light: str) -> None:
    """A corner café: counter, cake, chalk menu, hanging bulbs, the street outside."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.13 if day else 0.06, 0.004, (1.0, 0.85, 0.65), 0.07)
    scene.room(
        8,
        3.2,
        7.4,
        Paint((0.2, 0.26, 0.23)),
        Paint((0.25, 0.14, 0.07), "satin"),
        Paint((0.35, 0.3, 0.25)),
    )
    scene.picture(
        (0, 1.6, 7.35), 8, 3.2, textures.bricks((0.4, 0.2, 0.12), (0.3, 0.27, 0.24), rng, 26, 30)
    )
    scene.fill(3.17, (1.0, 0.94, 0.85) if day else WARM, 5 if day else 2.2, 4.8)
    scene.lamp((0.9, 2.9, 6.6), 2.6, 0.2, np.asarray(WARM) * 16, (0, -0.8, 0.5))
    scene.box((0.9, 2.3, 7.25), (1.8, 0.85, 0.05), Paint(DARK_WOOD))
    scene.picture((0.9, 2.3, 7.2), 1.7, 0.75, textures.chalkboard(rng)[:, :330] * [0.6, 0.5, 0.55])
    scene.block((1.0, 0, 5.9), (3.4, 1.05, 0.7), Paint((0.3, 0.16, 0.07), "satin"))
    scene.box((1.0, 1.07, 5.9), (3.5, 0.05, 0.8), Paint((0.5, 0.46, 0.4), "gloss"))
    scene.box((1.6, 1.3, 5.8), (0.7, 0.42, 0.5), Paint(STEEL, "metal"))
    for _ in range(22):
        hue = pick(rng, ((0.5, 0.25, 0.08), (0.7, 0.5, 0.25), (0.6, 0.1, 0.12), (0.8, 0.72, 0.6)))
        scene.ball(
            (rng.uniform(-0.55, 0.9), 1.14 + 0.16 * rng.integers(0, 2), 5.7),
            0.07,
            Paint(jitter(rng, hue, 0.2)),
            (1, 0.7, 1),
        )
    for y in (1.55, 1.9):
        scene.box((-0.9, y, 7.2), (1.5, 0.04, 0.28), Paint(WOOD, "satin"))
        bottles(
            scene,
            -1.6,
            -0.2,
            y + 0.02,
            7.15,
            ((0.6, 0.55, 0.48), (0.4, 0.2, 0.1), (0.15, 0.3, 0.25), (0.65, 0.4, 0.1)),
            (0.1, 0.24),
        )
    window(scene, (-2.55, 1.75, 7.3), 1.5, 1.9, light)
    window(scene, (-3.9, 1.75, 4.2), 3.4, 1.9, light, (1, 0, 0), 18)
    for x, d in ((-1.5, 4.4), (-0.4, 5.4), (1.75, 4.4), (-2.1, 5.9)):
        table(scene, x, d, 0.6, 0.6, 0.74, (0.36, 0.2, 0.09))
        chair(scene, x - 0.5, d + 0.1, 90)
        chair(scene, x + 0.5, d + 0.1, -90)
        scene.can((x, 0.77, d), 0.045, 0.1, Paint((0.8, 0.78, 0.72), "gloss"))
        scene.can((x + 0.14, 0.77, d), 0.035, 0.16, Paint((0.2, 0.3, 0.35), "gloss"))
        scene.flakes(
            np.array([x + 0.14, 1.0, d]) + rng.normal(0, 0.06, (30, 3)), 0.03, (0.6, 0.2, 0.25)
        )
        if not day:
            candle(scene, x - 0.14, 0.77, d, 0.06)
    for x, y, d in (
        (-1.55, 2.3, 4.5),
        (-0.65, 2.42, 5.2),
        (0.4, 2.32, 5.6),
        (1.1, 2.4, 5.3),
        (1.8, 2.3, 4.8),
    ):
        scene.rod((x, y, d), (x, 3.2, d), 0.006, Paint(0.02))
        scene.bulb((x, y - 0.05, d), np.asarray(AMBER) * 2.4)
        scene.lamp((x, y, d), 0.16, 0.16, np.asarray(WARM) * 34)
    string_lights(scene, (-3.2, 2.75, 6.6), (3.2, 2.7, 6.9), 22, (WARM, AMBER), 0.9, 0.18)
    plant(scene, -2.8, 5.1, 1.8)
    plant(scene, 2.75, 6.6, 2.0)
    passer(scene, 1.9, 6.5, 1.7, (0.1, 0.12, 0.1))
    scene.key(-1, (1.0, 0.95, 0.88) if day else (1.0, 0.7, 0.4), 9)
    scene.rim(1, (1.0, 0.6, 0.25), 9)
