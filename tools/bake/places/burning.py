"""A building on fire: beams across flames, embers, smoke."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def burning(scene: Scene, light: str) -> None:
    """A building on fire: beams across flames, embers, smoke."""
    day, rng = light == "day", scene.rng
    scene.look = Look(
        "fire", 0.1 if day else 0.05, 0.07, (0.75, 0.42, 0.26) if day else (0.7, 0.24, 0.08), 0.16
    )
    char = Paint((0.05, 0.04, 0.035))
    scene.room(
        8, 3.6, 9, Paint((0.13, 0.1, 0.08)), Paint((0.06, 0.05, 0.045)), Paint((0.05, 0.045, 0.04))
    )
    if day:
        scene.lamp((0, 3.55, 5), 3, 4, (5, 5, 5.2))
    scene.screen((0, 1.5, 8.6), 7, 3.4, textures.flames(rng, (60, 110)), 9)
    for side in (-1, 1):
        scene.screen(
            (side * 2.3, 1.1, 6.6),
            2.4,
            2.2,
            textures.flames(rng, (50, 50)),
            6,
            (-side * 0.5, 0, -1),
        )
        scene.lamp((side * 3.6, 0.8, 5.2), 2.6, 1.2, (22, 7, 1.2), (-side, 0.3, 0))
    scene.lamp((0, 0.05, 6.4), 4, 2.5, (14, 4.5, 0.8), (0, 1, 0))
    for _ in range(11):
        spot = (rng.uniform(-2.6, 2.6), rng.uniform(1.5, 3.1), rng.uniform(4.6, 7.4))
        scene.box(
            spot,
            (rng.uniform(1.6, 3.6), 0.14, 0.14),
            char,
            rng.uniform(-40, 40),
            rng.uniform(-45, 45),
        )
    for x in (-2.0, 1.9):
        scene.box((x, 1.6, 5.6), (0.24, 3.3, 0.24), char, 10)
    for x in (-0.75, 0.75):
        scene.box((x, 1.2, 7.6), (0.14, 2.4, 0.3), char)
    scene.box((0, 2.4, 7.6), (1.7, 0.16, 0.3), char)
    for _ in range(26):
        spot = (rng.uniform(-2.8, 2.8), rng.uniform(0.05, 0.8), rng.uniform(4.2, 7))
        scene.box(spot, rng.uniform(0.12, 0.8, 3), char, rng.uniform(0, 90), rng.uniform(-25, 25))
    for _ in range(90):
        d = rng.uniform(2.4, 8)
        spot = (rng.uniform(-0.42, 0.42) * d, 1.5 + rng.uniform(-0.25, 0.25) * d, d)
        scene.bulb(spot, np.array([1.0, 0.4, 0.08]) * rng.uniform(0.15, 1.3) ** 1.6)
    scene.key(1, (1.0, 0.55, 0.24), 11)
    scene.rim(-1, (1.0, 0.32, 0.07), 26)
