"""The pit straight: kerbs, barriers with sponsors' colours, cars, the stand behind."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, TEAMS
from tools.bake.props import car, crowd
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def racetrack(scene: Scene, light: str) -> None:
    """The pit straight: kerbs, barriers with sponsors' colours, cars, the stand behind."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("gold", 0.14, 0.003, (1.1, 0.95, 0.75), 0.07)
        scene.sky = textures.sky(
            rng, (0.25, 0.48, 0.95), (1.1, 1.0, 0.85), (0.1, 0.14, 0.05), 0.45, (1.3, 1.2, 1.1)
        )
        scene.sun = ((0.6, 0.4, 0.1), (5.0, 4.2, 3.0))
    else:
        scene.look = Look("cool", 0.05, 0.006, (0.3, 0.4, 0.7), 0.13)
        scene.sky = textures.sky(
            rng, (0.008, 0.014, 0.04), (0.05, 0.05, 0.1), (0.0, 0.0, 0.0), 0.3, (0.03, 0.03, 0.05)
        )
        scene.lamp((0, 16, 12), 16, 5, (9, 9.5, 10.5), (0, -1, 0.5))
    scene.box((0, -0.05, 60), (90, 0.1, 130), Paint((0.09, 0.09, 0.095), "satin"))
    scene.box((0, -0.06, 300), (900, 0.1, 600), Paint((0.1, 0.2, 0.05)))
    for d in (8.5, 14.0):
        for k in range(50):
            scene.box(
                (-15 + k * 0.6, 0.02, d + 0.02 * k),
                (0.6, 0.06, 0.6),
                Paint((0.65, 0.03, 0.03) if k % 2 else (0.8, 0.8, 0.78)),
            )
    scene.box((0, 0.55, 15), (60, 1.1, 0.2), Paint((0.5, 0.51, 0.53)))
    for k in range(26):
        scene.box(
            (-19 + k * 1.5, 0.68, 14.88),
            (1.4, 0.62, 0.03),
            Paint(jitter(rng, pick(rng, TEAMS), 0.2)),
        )
        scene.rod((-19 + k * 1.5, 1, 15), (-19 + k * 1.5, 3.0, 15), 0.025, Paint(0.3, "metal"))
    crowd(scene, -20, 20, 20, 13, 0.55, 0.85, 1.9, TEAMS, 0.55)
    for k in range(13):
        scene.box((0, 1.45 + k * 0.55, 20.6 + k * 0.85), (44, 0.45, 0.8), Paint((0.3, 0.31, 0.33)))
    scene.box((0, 8.6, 27), (46, 0.3, 12), Paint((0.75, 0.75, 0.77)))
    for x in np.arange(-20.0, 21.0, 8.0):
        scene.rod((x, 0, 22), (x, 8.6, 22), 0.16, Paint(0.6))
        hue = pick(rng, TEAMS)
        scene.box((x + 0.55, 4.6, 21.4), (1.0, 1.7, 0.03), Paint(jitter(rng, hue, 0.2)), 15)
    _racer(scene, -2.2, 9.6, (0.7, 0.03, 0.03))
    _racer(scene, 2.6, 11.2, (0.04, 0.14, 0.55))
    _racer(scene, 5.6, 12.6, (0.85, 0.55, 0.03))
    for x, d in ((-2.9, 7.6), (3.3, 8.2)):
        scene.block((x, 0, d), (0.9, 1.5, 0.8), Paint((0.6, 0.05, 0.04), "gloss"))
        for k in range(3):
            scene.rod(
                (x * 0.78, 0.05 + k * 0.3, d), (x * 0.78, 0.33 + k * 0.3, d), 0.34, Paint(0.02)
            )
    car(scene, 0.3, 40, (0.7, 0.7, 0.72), False, 1.8)
    for x in np.linspace(-8, 8, 12):
        scene.bulb((x, 6.9, 24), np.array([1.0, 0.97, 0.9]) * (0.7 if day else 3.0))
    for _ in range(60):
        scene.bulb(
            (rng.uniform(-12, 12), rng.uniform(2, 7), 22), np.asarray(COLD) * rng.uniform(0.1, 0.7)
        )
    scene.key(1, (1.0, 0.92, 0.78) if day else (0.95, 0.97, 1.0), 10, 1.2)
    scene.rim(-1, (1.0, 0.75, 0.4) if day else (0.6, 0.8, 1.0), 12)


def _racer(scene: Scene, x: float, d: float, hue: tuple[float, float, float]) -> None:
    """A single-seater seen from the side."""
    body, black = Paint(hue, "gloss"), Paint(0.02)
    scene.box((x, 0.42, d), (3.6, 0.26, 0.8), body)
    scene.box((x + 0.3, 0.7, d), (1.2, 0.36, 0.5), body)
    scene.ball((x + 0.1, 0.9, d), 0.16, Paint((0.85, 0.75, 0.1), "gloss"))
    scene.box((x - 1.9, 0.95, d), (0.16, 0.4, 1.1), black)
    scene.box((x + 2.1, 0.25, d), (0.4, 0.06, 1.2), body)
    for at in (-1.4, 1.55):
        for side in (-0.6, 0.5):
            scene.rod((x + at, 0.36, d + side), (x + at, 0.36, d + side + 0.28), 0.36, black)
            scene.box((x + at, 0.36, d + side - 0.01), (0.3, 0.3, 0.02), Paint(0.4, "metal"))
