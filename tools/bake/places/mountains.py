"""A high meadow before snow-capped ranges."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.land import grass, ground, hills
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter


@place
def mountains(scene: Scene, light: str) -> None:
    """A high meadow before snow-capped ranges."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("neutral", 0.17, 0.0001, (0.75, 0.95, 1.25), 0.04)
        scene.sky = textures.sky(
            rng, (0.16, 0.4, 0.95), (0.75, 0.92, 1.1), (0.1, 0.12, 0.1), 0.45, (1.4, 1.4, 1.4)
        )
        scene.sun = ((-0.6, 0.6, -0.25), (3.4, 3.1, 2.7))
    else:
        scene.look = Look("gold", 0.13, 0.0001, (1.3, 0.75, 0.5), 0.06)
        scene.sky = textures.sky(
            rng,
            (0.12, 0.2, 0.48),
            (1.25, 0.62, 0.28),
            (0.05, 0.05, 0.06),
            0.5,
            (1.3, 0.6, 0.4),
            (16.0, 6.0, (3.0, 1.3, 0.4), 12.0),
        )
        scene.sun = ((-0.75, 0.2, -0.3), (4.4, 2.1, 0.9))
    rock, snow = (0.2, 0.19, 0.2), (0.85, 0.88, 0.95)
    hills(scene, 1500, 4200, 1000, rock, snow, 9, 0.34, 0.9)
    hills(scene, 700, 1700, 85, (0.07, 0.13, 0.06), (0.22, 0.21, 0.2), 9, 0.6)
    hills(scene, 160, 620, 20, (0.09, 0.18, 0.05), (0.13, 0.22, 0.06), 6, 0.7)
    ground(scene, (0.13, 0.22, 0.045), 240)
    for _ in range(90):
        d, side = rng.uniform(60, 220), rng.choice([-1, 1])
        x, tall = side * rng.uniform(0.08, 0.6) * d, rng.uniform(5, 12)
        scene.rod(
            (x, 0, d),
            (x, tall, d),
            tall * 0.2,
            Paint(jitter(rng, (0.03, 0.075, 0.035), 0.3)),
            tip=0.05,
        )
    for _ in range(34):
        d = rng.uniform(5, 30)
        size = rng.uniform(0.12, 0.5)
        scene.ball(
            (rng.uniform(-0.5, 0.5) * d, 0.1, d),
            size,
            Paint(jitter(rng, (0.32, 0.31, 0.3), 0.3)),
            (1.3, 0.8, 1),
        )
    grass(scene, 3.5, 36, 9000, (0.18, 0.27, 0.05), 0.28)
    for hue in ((0.7, 0.5, 0.05), (0.75, 0.7, 0.72), (0.5, 0.15, 0.45), (0.7, 0.08, 0.06)):
        away = rng.uniform(4, 22, 260)
        blooms = np.stack(
            [rng.uniform(-0.5, 0.5, 260) * away, rng.uniform(0.15, 0.42, 260), away], 1
        )
        scene.flakes(blooms, 0.045, hue, 0.2)
    scene.key(-1, (1.0, 0.96, 0.9) if day else (1.0, 0.7, 0.42), 9, 1.3)
    scene.rim(1, (0.8, 0.9, 1.0) if day else (1.0, 0.5, 0.3), 7)
