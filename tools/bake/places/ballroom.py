"""A wedding hall: chandeliers, pillars, candles, flowers, white cloth."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import WARM
from tools.bake.props import (
    candle,
    curtain,
    passer,
    string_lights,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def ballroom(scene: Scene, light: str) -> None:
    """A wedding hall: chandeliers, pillars, candles, flowers, white cloth."""
    day, rng = light == "day", scene.rng
    scene.look = Look("gold", 0.13 if day else 0.06, 0.012, (1.0, 0.85, 0.62), 0.11)
    scene.room(
        11,
        5.2,
        14,
        Paint((0.55, 0.45, 0.34)),
        Paint((0.28, 0.15, 0.08), "gloss"),
        Paint((0.5, 0.43, 0.35)),
    )
    for x in np.linspace(-5, 5, 9):
        scene.rod((x, 0, 13.7), (x, 5.2, 13.7), 0.27, Paint((0.75, 0.66, 0.52)))
    for x in (-3.7, -1.25, 1.25, 3.7):
        window(scene, (x, 2.5, 13.8), 1.5, 3.4, light)
        curtain(scene, x - 1.15, x - 0.7, 13.5, 4.6, (0.5, 0.12, 0.12), 0.14)
        curtain(scene, x + 0.7, x + 1.15, 13.5, 4.6, (0.5, 0.12, 0.12), 0.14)
    for x, y, d in ((-1.5, 3.0, 7.0), (1.7, 3.2, 8.4), (0.1, 3.3, 11.5)):
        for ring, (reach, count) in enumerate(((0.8, 20), (0.52, 14), (0.24, 8))):
            for turn in np.linspace(0, 2 * np.pi, count + 1)[:-1]:
                spot = (x + reach * np.cos(turn), y + 0.24 * ring, d + reach * np.sin(turn))
                scene.bulb(spot, np.asarray(WARM) * rng.uniform(0.6, 1.5))
        for _ in range(30):
            scene.bulb(
                (x + rng.normal(0, 0.4), y + rng.uniform(-0.4, 0.3), d + rng.normal(0, 0.3)),
                np.array([1.0, 0.85, 0.65]) * rng.uniform(0.1, 0.6),
            )
        scene.lamp((x, y - 0.1, d), 1.1, 1.1, np.asarray(WARM) * (12 if day else 26))
        scene.rod((x, y, d), (x, 5.2, d), 0.03, Paint((0.6, 0.42, 0.15), "metal"))
    for x, d in (
        (-1.75, 5.6),
        (1.75, 5.4),
        (-2.6, 7.8),
        (2.7, 7.9),
        (-1.2, 9.6),
        (1.3, 10.2),
        (-3.6, 10.6),
        (3.8, 10.8),
    ):
        scene.rod((x, 0, d), (x, 0.76, d), 0.72, Paint((0.85, 0.82, 0.77)), tip=0.68)
        scene.can((x, 0.74, d), 0.68, 0.02, Paint((0.86, 0.84, 0.8)))
        scene.rod((x, 0.76, d), (x, 1.15, d), 0.03, Paint((0.7, 0.5, 0.2), "metal"))
        blossom = np.array([x, 1.25, d]) + rng.normal(0, 0.15, (160, 3))
        scene.flakes(
            blossom[:110],
            0.045,
            pick(rng, ((0.8, 0.45, 0.48), (0.85, 0.8, 0.74), (0.75, 0.2, 0.28))),
            0.2,
        )
        scene.flakes(blossom[110:], 0.05, (0.1, 0.2, 0.06), 0.3)
        for turn in np.linspace(0, 2 * np.pi, 6)[:-1]:
            candle(scene, x + 0.36 * np.cos(turn), 0.77, d + 0.36 * np.sin(turn))
    string_lights(scene, (-4.2, 4.1, 9.5), (4.2, 4.1, 9.5), 30, (WARM,), 0.8, 0.7)
    string_lights(scene, (-4.2, 4.4, 12.5), (4.2, 4.4, 12.5), 34, (WARM,), 0.8, 0.6)
    for x, d in ((-0.5, 12.3), (0.9, 12.0), (-3.0, 11.8), (2.6, 12.4)):
        passer(scene, x, d, rng.uniform(1.62, 1.82))
    scene.key(-1, (1.0, 0.9, 0.76) if day else (1.0, 0.74, 0.46), 9)
    scene.rim(1, (1.0, 0.62, 0.28), 11)
