"""A nave: stone pillars, stained glass, candles."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import AMBER, WARM
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def church(scene: Scene, light: str) -> None:
    """A nave: stone pillars, stained glass, candles."""
    day, rng = light == "day", scene.rng
    scene.look = Look("gold", 0.085 if day else 0.045, 0.016, (1.0, 0.88, 0.7), 0.1)
    stone = Paint((0.42, 0.38, 0.32))
    scene.room(9, 12, 26, stone, Paint((0.26, 0.23, 0.2), "gloss"), stone)
    for side in (-1, 1):
        for k in range(7):
            d = 5.0 + k * 3.0
            scene.rod(
                (side * 2.35, 0, d),
                (side * 2.35, 8, d),
                0.36,
                Paint(jitter(rng, (0.46, 0.42, 0.35), 0.1)),
            )
            scene.box((side * 2.35, 0.3, d), (0.95, 0.6, 0.95), stone)
            glass = rng.uniform(0.02, 1.0, (9, 5, 3)) ** 2 * pick(
                rng, ((1.0, 0.4, 0.3), (0.3, 0.5, 1.2), (1.1, 0.8, 0.25))
            )
            scene.screen(
                (side * 4.45, 3.2, d + 1.5), 1.4, 3.6, glass, 9 if day else 0.5, (-side, 0, 0)
            )
        for k in range(9):
            scene.box(
                (side * 1.45, 0.5, 6 + k * 1.35),
                (1.5, 0.85, 0.12),
                Paint((0.2, 0.1, 0.045), "satin"),
            )
            scene.box(
                (side * 1.45, 0.45, 5.7 + k * 1.35),
                (1.5, 0.06, 0.42),
                Paint((0.2, 0.1, 0.045), "satin"),
            )
    rose = rng.uniform(0.03, 1.0, (16, 10, 3)) ** 2 * np.linspace(1.3, 0.5, 16)[:, None, None]
    for x, wide in ((-1.5, 0.9), (0, 1.2), (1.5, 0.9)):
        scene.screen(
            (x, 4.2, 25.8),
            wide,
            4.6,
            rose * pick(rng, ((0.4, 0.6, 1.3), (1.3, 0.6, 0.35), (1.2, 0.9, 0.35))),
            7 if day else 0.6,
        )
    scene.box((0, 0.6, 23.5), (2.4, 1.2, 1.0), Paint((0.75, 0.7, 0.62)))
    scene.box((0, 1.24, 23.4), (2.5, 0.06, 1.1), Paint((0.7, 0.5, 0.15), "metal"))
    scene.box((0, 2.6, 24.8), (0.14, 1.7, 0.1), Paint((0.8, 0.55, 0.15), "metal"))
    scene.box((0, 2.95, 24.8), (0.9, 0.14, 0.1), Paint((0.8, 0.55, 0.15), "metal"))
    for _ in range(90):
        side = rng.choice([-1, 1])
        d = rng.uniform(6.5, 23)
        spot = (
            (side * rng.uniform(1.9, 2.7), rng.uniform(0.85, 1.45), d)
            if rng.random() < 0.7
            else (rng.uniform(-1.3, 1.3), rng.uniform(1.2, 1.9), 23.2)
        )
        scene.bulb(spot, np.asarray(AMBER) * rng.uniform(0.5, 1.6))
    for side in (-1, 1):
        for d in (7, 12, 17, 22):
            scene.lamp(
                (side * 2.2, 1.6, d), 0.5, 0.3, np.asarray(WARM) * (14 if day else 42), (0, 1, 0)
            )
    if day:
        scene.lamp((-4.3, 7, 8), 8, 2.5, (12, 11, 9), (1, -0.8, 0.2))
    scene.key(-1, (1.0, 0.95, 0.86) if day else (1.0, 0.7, 0.4), 8)
    scene.rim(1, (0.5, 0.6, 1.0) if day else (1.0, 0.55, 0.22), 9)
