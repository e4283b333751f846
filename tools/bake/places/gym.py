"""An indoor court: lines, a net, a blue curtain, high windows, balls."""

from __future__ import annotations

import numpy as np

from tools.bake.palette import COLD
from tools.bake.props import curtain, window
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def gym(scene: Scene, light: str) -> None:
    """An indoor court: lines, a net, a blue curtain, high windows, balls."""
    day, rng = light == "day", scene.rng
    scene.look = Look("neutral", 0.17 if day else 0.1, 0.003, (0.9, 0.95, 1.05), 0.05)
    scene.room(
        16,
        7,
        20,
        Paint((0.5, 0.47, 0.4)),
        Paint((0.42, 0.22, 0.09), "gloss"),
        Paint((0.4, 0.4, 0.4)),
    )
    curtain(scene, -7.5, 7.5, 19, 3.6, (0.04, 0.13, 0.42), 0.3)
    for x in (-5, -2.5, 0, 2.5, 5):
        window(scene, (x, 5.2, 19.8), 2.0, 1.6, light, power=7)
        window(scene, (-7.9, 4.6, 8 + x), 2.0, 1.8, light, (1, 0, 0), 16)
    for x in (-3.4, 0.0, 3.4):
        scene.box((x, 0.01, 12), (0.07, 0.02, 14), Paint(0.8))
    for d in (8.5, 12, 15.5):
        scene.box((0, 0.011, d), (9, 0.02, 0.08), Paint(0.8))
    net = scene.rng
    for y in np.linspace(0.1, 0.95, 9):
        scene.rod((-4.2, y, 10.5), (4.2, y, 10.5), 0.008, Paint(0.08))
    scene.box((0, 1.02, 10.5), (8.4, 0.08, 0.03), Paint(0.85))
    for x in (-4.2, 0, 4.2):
        scene.rod((x, 0, 10.5), (x, 1.1, 10.5), 0.04, Paint(0.1, "metal"))
    for _ in range(26):
        spot = (net.uniform(-3.6, 3.6), 0.05, net.uniform(8.5, 17))
        scene.ball(spot, 0.07, Paint((0.65, 0.75, 0.06)))
    for x in (-2.5, 2.7):
        scene.block((x, 0, 13), (0.9, 0.45, 0.4), Paint((0.5, 0.06, 0.05)))
        scene.rod((x, 0, 17.6), (x, 3.6, 17.6), 0.07, Paint((0.1, 0.15, 0.4), "satin"))
        scene.box((x, 3.3, 17.4), (1.7, 1.05, 0.05), Paint(0.78))
        scene.box((x, 3.1, 17.35), (0.55, 0.42, 0.03), Paint((0.7, 0.12, 0.05)))
    for k in range(7):
        hue = pick(rng, ((0.7, 0.1, 0.08), (0.8, 0.6, 0.06), (0.08, 0.4, 0.2), (0.75, 0.73, 0.7)))
        scene.box((-4.8 + k * 1.6, 4.05, 18.6), (1.3, 0.7, 0.03), Paint(jitter(rng, hue, 0.15)))
    for x in (-3, 0, 3):
        for d in (5, 9, 13, 17):
            scene.lamp((x, 6.9, d), 0.9, 0.9, np.asarray(COLD) * (10 if day else 26))
            scene.bulb((x, 5.4, d + 3), np.array([1.0, 0.97, 0.9]) * 1.6)
    scene.key(-1, (0.97, 1.0, 1.02) if day else (1.0, 0.95, 0.85), 10)
    scene.rim(1, (0.9, 0.95, 1.0), 9)
