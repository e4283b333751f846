"""A class: chalkboard, windows on the left, desks, maps and charts."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, FOOD, WOOD
from tools.bake.props import (
    chair,
    passer,
    shelf,
    table,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def classroom(scene: Scene, light: str) -> None:
    """A class: chalkboard, windows on the left, desks, maps and charts."""
    day, rng = light == "day", scene.rng
    scene.look = Look(
        "warm" if day else "neutral", 0.15 if day else 0.1, 0.008, (1.0, 0.95, 0.8), 0.05
    )
    scene.room(
        8.4, 3.2, 8, Paint((0.66, 0.58, 0.42)), Paint((0.36, 0.21, 0.11), "satin"), Paint(0.75)
    )
    scene.box((-0.2, 1.85, 7.95), (5.0, 1.75, 0.06), Paint(WOOD, "satin"))
    scene.picture((-0.2, 1.85, 7.9), 4.8, 1.55, textures.chalkboard(rng))
    scene.box((-0.2, 1.02, 7.85), (4.9, 0.05, 0.15), Paint(WOOD))
    for k in range(3):
        window(scene, (-4.15, 1.8, 3.2 + k * 1.8), 1.5, 1.7, light, (1, 0, 0), 13)
    for k in range(10):
        hue = jitter(
            rng,
            pick(
                rng,
                (
                    (0.6, 0.1, 0.08),
                    (0.1, 0.3, 0.55),
                    (0.7, 0.55, 0.1),
                    (0.15, 0.4, 0.2),
                    (0.7, 0.68, 0.6),
                ),
            ),
            0.2,
        )
        scene.box((4.15, 1.5 + 0.65 * (k % 2), 2.6 + k * 0.5), (0.03, 0.5, 0.42), Paint(hue))
    for x in (-1.5, 1.5):
        for d in (2.5, 4.5, 6.5):
            scene.lamp((x, 3.17, d), 0.35, 1.4, np.asarray(COLD) * (6 if day else 12))
    for k, (x, d) in enumerate(
        (
            (-1.9, 4.3),
            (-0.7, 4.5),
            (0.65, 4.4),
            (1.8, 4.2),
            (-1.5, 5.8),
            (0.0, 5.9),
            (1.4, 5.7),
            (-2.4, 6.8),
            (2.4, 6.7),
        )
    ):
        table(scene, x, d, 0.8, 0.55, 0.74, (0.5, 0.3, 0.13))
        chair(scene, x, d + 0.55, 0, (0.08, 0.18, 0.32) if k % 2 else (0.4, 0.1, 0.06))
        for _ in range(4):
            scene.box(
                (x + rng.uniform(-0.3, 0.3), 0.79, d),
                (0.2, 0.05, 0.14),
                Paint(jitter(rng, pick(rng, FOOD), 0.3)),
                rng.uniform(-30, 30),
            )
    for x, d in ((-0.7, 5.0), (1.8, 4.75), (-1.5, 6.35), (1.4, 6.25)):
        passer(scene, x, d, 1.6, rng.uniform(0.05, 0.6, 3), seated=True)
    scene.ball((2.75, 1.35, 7.4), 0.24, Paint((0.06, 0.2, 0.45), "gloss"))
    scene.block((2.75, 0, 7.4), (1.1, 1.08, 0.5), Paint(WOOD, "satin"))
    shelf(scene, 3.7, 7.5, 1.0, 1.9)
    scene.key(-1, (0.9, 0.97, 1.05) if day else (1.0, 0.97, 0.9), 8, 1.2)
