"""Lawn, flower beds, broad trees, a bench."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.land import grass, ground
from tools.bake.palette import LEAF
from tools.bake.props import bush, tree
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

GRASS = (0.11, 0.2, 0.035)


@place
def park(scene: Scene, light: str) -> None:
    """Lawn, flower beds, broad trees, a bench."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("neutral", 0.14, 0.004, (0.85, 1.0, 0.9), 0.06)
        scene.sky = textures.sky(
            rng, (0.22, 0.5, 1.0), (0.95, 1.05, 1.1), (0.1, 0.15, 0.05), 0.4, (1.3, 1.3, 1.3)
        )
        scene.sun = ((-0.6, 0.65, 0.35), (5.5, 5.0, 3.8))
    else:
        scene.look = Look("gold", 0.11, 0.008, (1.5, 0.95, 0.45), 0.13)
        scene.sky = textures.sky(
            rng,
            (0.3, 0.4, 0.7),
            (1.8, 1.1, 0.5),
            (0.1, 0.1, 0.04),
            0.3,
            (1.4, 0.9, 0.6),
            (-7.0, 8.0, (9.0, 4.5, 1.4), 12.0),
        )
        scene.sun = ((-0.2, 0.2, 0.95), (9.0, 5.0, 1.9))
    ground(scene, GRASS, 220)
    grass(scene, 4, 40, 8000, (0.16, 0.27, 0.045), 0.14)
    for k in range(40):
        d = 5 + k * 0.9
        scene.box(
            (0.9 - 0.045 * d + 0.5 * np.sin(d * 0.16), 0.01, d),
            (1.7, 0.02, 1.1),
            Paint(jitter(rng, (0.45, 0.38, 0.28), 0.1)),
        )
    for x, d in (
        (-2.9, 7.5),
        (3.3, 9),
        (-4.6, 13),
        (4.4, 16),
        (-2.6, 20),
        (6.5, 24),
        (-7.5, 22),
        (2.4, 30),
        (-4, 34),
        (9, 36),
        (-12, 38),
    ):
        tree(
            scene,
            x,
            d,
            rng.uniform(6, 9),
            2.4,
            jitter(rng, (0.13, 0.24, 0.035), 0.35),
            leaves=1500,
            clear=2.0,
            thick=0.22,
        )
    for side in (-1, 1):
        for k in range(16):
            d = 5.5 + k * 1.1
            x = side * (1.6 + 0.12 * d) + 0.3
            bush(scene, x, d, 0.34, LEAF, 110)
            hue = pick(
                rng,
                (
                    (0.7, 0.06, 0.1),
                    (0.75, 0.5, 0.05),
                    (0.7, 0.25, 0.5),
                    (0.75, 0.72, 0.7),
                    (0.4, 0.15, 0.55),
                ),
            )
            scene.flakes(
                np.array([x, 0.42, d]) + rng.normal(0, 1, (50, 3)) * [0.35, 0.13, 0.3],
                0.05,
                hue,
                0.2,
            )
    hedge = np.stack(
        [rng.uniform(-30, 30, 9000), rng.uniform(0, 7, 9000) ** 1.0, rng.uniform(42, 52, 9000)], 1
    )
    scene.flakes(hedge, 0.3, (0.09, 0.17, 0.035), 0.5)
    for y in (0.45, 0.75, 0.9):
        scene.box(
            (1.55, y, 6.2 + 0.25 * (y > 0.5)),
            (1.5, 0.09 if y > 0.5 else 0.05, 0.05 if y > 0.5 else 0.42),
            Paint((0.28, 0.14, 0.06), "satin"),
        )
    for _ in range(0 if day else 26):
        d = rng.uniform(10, 40)
        hue = np.array([1.0, 1.0, 0.8]) if day else np.array([1.0, 0.7, 0.28])
        scene.bulb(
            (rng.normal(-0.1, 0.16) * d, 1.5 + rng.uniform(0.05, 0.24) * d, d),
            hue * rng.uniform(0.15, 0.7),
        )
    scene.key(-1, (1.0, 0.97, 0.9) if day else (1.0, 0.74, 0.44), 9, 1.3)
    scene.rim(1, (0.9, 1.0, 0.8) if day else (1.0, 0.62, 0.25), 12)
