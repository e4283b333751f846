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


@place
def snow(scene: Scene, light: str) -> None:
    """A snowfield with firs, hills behind; at dusk a hut has light."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("cool", 0.3, 0.0025, (0.9, 0.98, 1.1), 0.06)
        scene.sky = textures.sky(
            rng, (0.25, 0.5, 0.95), (0.9, 1.0, 1.1), (0.7, 0.75, 0.85), 0.4, (1.3, 1.3, 1.35)
        )
        scene.sun = ((-0.7, 0.4, 0.25), (2.8, 2.6, 2.3))
    else:
        scene.look = Look("cool", 0.075, 0.002, (0.5, 0.5, 0.8), 0.12)
        scene.sky = textures.sky(
            rng,
            (0.03, 0.07, 0.22),
            (0.55, 0.42, 0.46),
            (0.1, 0.12, 0.2),
            0.45,
            (0.4, 0.3, 0.4),
            (-14.0, 2.0, (1.4, 0.55, 0.35), 14.0),
        )
    ground(scene, (0.82, 0.86, 0.92), 200, 0.08)
    hills(scene, 240, 800, 120, (0.75, 0.8, 0.88), (0.85, 0.88, 0.94), 6)
    hills(scene, 900, 2200, 520, (0.3, 0.33, 0.4), (0.85, 0.88, 0.95), 8, 0.3)
    for k in range(90):
        d = 11 + k * 0.9 + rng.uniform(-0.5, 0.5)
        side = rng.choice([-1, 1])
        _fir(scene, side * rng.uniform(0.13 + 0.6 / d, 0.55) * d, d, rng.uniform(2.8, 8))
    for _ in range(26):
        d = rng.uniform(5, 24)
        scene.ball(
            (rng.uniform(-0.5, 0.5) * d, 0.0, d),
            rng.uniform(0.3, 0.8),
            Paint((0.84, 0.88, 0.94)),
            (1.6, 0.5, 1),
        )
    scene.block((3.4, 0, 17), (4, 2.4, 3.2), Paint((0.16, 0.08, 0.045)))
    for side in (-1, 1):
        scene.box(
            (3.4 + side * 1.15, 3.1, 17),
            (2.9, 0.25, 3.8),
            Paint((0.84, 0.87, 0.93)),
            roll=-side * 36,
        )
    for x in (2.5, 4.2):
        scene.box(
            (x, 1.4, 15.35),
            (0.75, 0.75, 0.04),
            Paint(np.array([1.0, 0.55, 0.2]) * (1.5 if day else 7), "glow"),
        )
    if not day:
        scene.lamp((3.4, 1.6, 15.2), 2, 0.6, (9, 5, 2), (0, -0.3, -1))
        for x in np.linspace(1.6, 5.2, 15):
            scene.bulb(
                (x, 2.45 + 0.1 * np.sin(x * 9), 15.2),
                np.array([1.0, 0.6, 0.25]) * rng.uniform(0.6, 1.3),
            )
    for _ in range(70):
        d = rng.uniform(3, 16)
        scene.bulb(
            (rng.uniform(-0.45, 0.45) * d, 1.5 + rng.uniform(-0.27, 0.27) * d, d),
            np.array([0.9, 0.95, 1.0]) * rng.uniform(0.05, 0.22 if day else 0.1),
        )
    scene.key(-1, (0.95, 0.98, 1.05) if day else (0.75, 0.8, 1.0), 9, 1.3)
    scene.rim(1, (1.0, 0.95, 0.85) if day else (1.0, 0.55, 0.3), 8)


def _fir(scene: Scene, x: float, d: float, tall: float) -> None:
    for level in np.linspace(0.12, 0.85, 6):
        wide = tall * 0.24 * (1.05 - level)
        y = tall * level
        scene.rod(
            (x, y, d),
            (x, y + tall * 0.2, d),
            wide,
            Paint(jitter(scene.rng, (0.03, 0.07, 0.05), 0.3)),
            tip=0.02,
        )
        scene.rod(
            (x, y + tall * 0.05, d),
            (x, y + tall * 0.2, d),
            wide * 0.8,
            Paint((0.78, 0.82, 0.9)),
            tip=0.02,
        )
