"""A broad street of stone fronts, trees and cars."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import AMBER, COLD, RED, TEAL, WARM
from tools.bake.props import car, front, passer, tree
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def city_street(scene: Scene, light: str) -> None:
    """A broad street of stone fronts, trees and cars."""
    night, rng = light == "night", scene.rng
    if night:
        scene.look = Look("cool", 0.03, 0.006, (0.3, 0.32, 0.5), 0.1)
        scene.sky = textures.sky(
            rng, (0.01, 0.018, 0.05), (0.06, 0.05, 0.07), (0.0, 0.0, 0.0), 0.3, (0.04, 0.035, 0.05)
        )
    else:
        scene.look = Look("neutral", 0.13, 0.006, (0.8, 0.9, 1.05), 0.05)
        scene.sky = textures.sky(
            rng, (0.25, 0.5, 1.0), (0.9, 0.95, 1.05), (0.15, 0.14, 0.13), 0.5, (1.2, 1.15, 1.1)
        )
        scene.sun = ((0.55, 0.6, 0.35), (3.2, 2.7, 2.1))
    scene.box(
        (0, -0.05, 60), (9, 0.1, 130), Paint((0.08, 0.08, 0.085), "satin" if night else "matte")
    )
    for side in (-1, 1):
        scene.box((side * 6, 0.0, 60), (4, 0.24, 130), Paint((0.2, 0.19, 0.18)))
        d = 2.0
        while d < 110:
            length, tall = rng.uniform(7, 13), rng.uniform(12, 26)
            wall = tuple(
                jitter(
                    rng,
                    pick(
                        rng,
                        (
                            (0.32, 0.24, 0.17),
                            (0.4, 0.36, 0.3),
                            (0.28, 0.13, 0.09),
                            (0.22, 0.22, 0.23),
                        ),
                    ),
                    0.25,
                )
            )
            x = side * rng.uniform(5.4, 6.2)
            front(
                scene,
                x,
                d,
                d + length,
                tall,
                wall,
                0.4 if night else 0.0,
                (WARM, WARM, COLD),
                2.2,
                (0.06, 0.09, 0.12),
                foot=3.4,
            )
            tint = np.asarray(pick(rng, (WARM, (1.0, 0.8, 0.55), COLD)))
            goods = textures.noise((16, 48), rng, 12, 3)[..., None] ** 2 * tint * 1.6
            scene.screen(
                (x - side * 0.05, 1.6, d + length / 2),
                length * 0.8,
                2.2,
                goods,
                4.5 if night else 0.5,
                (-side, 0, 0),
            )
            awning = jitter(
                rng,
                pick(
                    rng, ((0.5, 0.05, 0.04), (0.04, 0.2, 0.12), (0.5, 0.4, 0.2), (0.05, 0.1, 0.3))
                ),
                0.2,
            )
            scene.box(
                (x - side * 0.7, 3.0, d + length / 2),
                (1.5, 0.08, length * 0.75),
                Paint(awning),
                roll=side * 14,
            )
            d += length
        for k in range(9):
            d = 8 + k * 9
            tree(scene, side * 3.9, d, 7, 1.6, (0.13, 0.2, 0.04), clear=3.0, leaves=900)
            scene.rod((side * 3.3, 0, d - 4), (side * 3.3, 4.4, d - 4), 0.05, Paint(0.03))
            if night:
                scene.bulb((side * 3.1, 4.4, d - 4), np.asarray(AMBER) * 2.5)
                scene.lamp((side * 3.1, 4.3, d - 4), 0.5, 0.5, np.asarray(AMBER) * 40)
        for k in range(6):
            car(
                scene,
                side * 2.6,
                13 + k * 6.3 + side,
                jitter(
                    rng,
                    pick(
                        rng,
                        (
                            (0.5, 0.5, 0.52),
                            (0.4, 0.03, 0.03),
                            (0.05, 0.09, 0.2),
                            (0.02, 0.02, 0.02),
                            (0.6, 0.5, 0.08),
                        ),
                    ),
                    0.2,
                ),
                side > 0,
                0.9 if night else 0,
            )
    for k in range(4):
        car(
            scene,
            -0.9 if k % 2 else 0.9,
            22 + k * 13,
            (0.05, 0.05, 0.06),
            k % 2 == 0,
            2.2 if night else 0.5,
        )
    for _ in range(14):
        passer(
            scene,
            rng.choice([-1, 1]) * rng.uniform(4.2, 5.2),
            rng.uniform(10, 32),
            rng.uniform(1.6, 1.85),
        )
    if night:
        for _ in range(70):
            d = rng.uniform(40, 110)
            scene.bulb(
                (rng.uniform(-4.5, 4.5), rng.uniform(0.4, 4.5), d),
                np.asarray(pick(rng, (WARM, RED, AMBER, COLD, TEAL))) * rng.uniform(0.3, 1.2) ** 2,
            )
    scene.key(1, (1.0, 0.85, 0.7) if night else (1.0, 0.95, 0.88), 7 if night else 12)
    if night:
        scene.rim(-1, (0.4, 0.6, 1.0), 10)
