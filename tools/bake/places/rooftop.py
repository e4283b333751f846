"""A roof terrace over a city; lights come on below."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import AMBER, COLD, WARM
from tools.bake.props import globe, plant, skyline, string_lights
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def rooftop(scene: Scene, light: str) -> None:
    """A roof terrace over a city; lights come on below."""
    golden, rng = light == "golden", scene.rng
    if golden:
        scene.look = Look("gold", 0.13, 0.0016, (1.4, 0.8, 0.5), 0.12)
        scene.sky = textures.sky(
            rng,
            (0.2, 0.28, 0.6),
            (1.5, 0.75, 0.38),
            (0.12, 0.1, 0.1),
            0.45,
            (1.5, 0.7, 0.5),
            (-9.0, 4.0, (12.0, 5.5, 1.8), 8.0),
        )
        scene.sun = ((-0.18, 0.12, 0.97), (7, 3.8, 1.6))
    else:
        scene.look = Look("cool", 0.02, 0.001, (0.2, 0.22, 0.5), 0.12)
        scene.sky = textures.sky(
            rng,
            (0.006, 0.01, 0.04),
            (0.022, 0.014, 0.03),
            (0.004, 0.004, 0.008),
            0.35,
            (0.03, 0.02, 0.04),
        )
    wall = (0.2, 0.17, 0.16) if golden else (0.018, 0.02, 0.035)
    lamps = (WARM, WARM, AMBER, COLD, (1.0, 0.15, 0.1))
    skyline(scene, 420, 620, 74, 34, wall, 0.006 if golden else 0.016, lamps, 0.8)
    skyline(scene, 200, 300, 34, 22, wall, 0.016 if golden else 0.04, lamps, 0.9)
    skyline(scene, 80, 120, 5, 15, wall, 0.08 if golden else 0.25, lamps, 0.9)
    scene.box((0, -0.05, 4), (12, 0.1, 10), Paint((0.3, 0.19, 0.11), "satin"))
    for x in np.arange(-5, 5.1, 0.9):
        scene.rod((x, 0, 7.6), (x, 1.05, 7.6), 0.022, Paint(0.04, "metal"))
    scene.box((0, 1.07, 7.6), (11, 0.06, 0.1), Paint((0.25, 0.13, 0.06), "satin"))
    scene.box((0, 0.4, 7.6), (11, 0.8, 0.02), Paint((0.1, 0.11, 0.12), "gloss"))
    for x, d in ((-2.5, 6.9), (2.7, 6.6), (-1.75, 7.2)):
        plant(scene, x, d, rng.uniform(1.5, 2.1), (0.12, 0.12, 0.12))
    for x in (-3.4, 3.5):
        scene.rod((x, 0, 7.4), (x, 3.0, 7.4), 0.04, Paint(0.06))
    string_lights(scene, (-3.4, 2.85, 7.4), (3.5, 2.8, 7.4), 19, (WARM, AMBER), 1.5, 0.4)
    string_lights(scene, (-2.6, 2.5, 4.6), (3.5, 2.85, 7.4), 15, (WARM, AMBER), 1.5, 0.3)
    scene.block((1.5, 0, 6.2), (1.5, 0.42, 0.7), Paint((0.4, 0.36, 0.3)))
    for x, hue in ((1.1, (0.6, 0.25, 0.08)), (1.8, (0.1, 0.25, 0.35))):
        scene.box((x, 0.6, 6.4), (0.45, 0.38, 0.14), Paint(hue), 0, rng.uniform(-10, 10))
    for x in (-0.9, 0.4):
        globe(scene, (x, 0.75, 6.6), 0.1, WARM, 5 if golden else 9)
    scene.lamp((0, 2.75, 6.5), 4, 0.6, np.asarray(WARM) * (1.5 if golden else 3.5))
    scene.key(-1, (1.0, 0.74, 0.46) if golden else (1.0, 0.78, 0.56), 8)
    scene.rim(1, (1.0, 0.5, 0.2) if golden else (0.3, 0.5, 1.0), 13)
