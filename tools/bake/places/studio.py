"""A portrait studio: a painted canvas with a pool of light, stands, a soft box."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, WARM
from tools.bake.props import shelf
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene


@place
def studio(scene: Scene, light: str) -> None:
    """A portrait studio: a painted canvas with a pool of light, stands, a soft box."""
    warm = light == "warm"
    tone = np.array([0.42, 0.3, 0.2]) if warm else np.array([0.2, 0.27, 0.36])
    scene.look = Look("warm" if warm else "cool", 0.1, 0.0, (1, 1, 1), 0.06)
    mottle = textures.noise((60, 100), scene.rng, 5, 5)[..., None]
    folds = textures.noise((60, 100), scene.rng, 14, 2)[..., None]
    y, x = np.mgrid[0:60, 0:100]
    pool = np.exp(-(((x - 44) / 30.0) ** 2) - ((y - 33) / 20.0) ** 2)[..., None]
    canvas = np.clip(
        tone * (0.12 + 1.6 * pool) * (0.55 + 0.8 * mottle) * (0.85 + 0.3 * folds), 0, 0.9
    )
    scene.box((0, -0.05, 4), (16, 0.1, 14), Paint(tuple(tone * 0.7)))
    scene.picture((0, 2.0, 5.6), 6.4, 5, canvas)
    scene.box((0, 2.5, 9), (16, 6, 0.1), Paint(0.05))
    scene.box((0, 2, -3), (16, 6, 0.1), Paint(0.12))
    scene.lamp(
        (0, 3.6, 3.2), 3.0, 0.8, np.asarray((1.0, 0.9, 0.8) if warm else COLD) * 8, (0, -0.6, 1)
    )
    for x, high in ((-2.0, 2.3), (2.05, 2.1)):
        scene.rod((x, 0, 4.9), (x, high, 4.9), 0.02, Paint(0.03, "metal"))
        scene.box((x, high, 4.85), (0.55, 0.75, 0.2), Paint(0.03))
        scene.box(
            (x, high, 4.74),
            (0.48, 0.66, 0.02),
            Paint(np.asarray(WARM if warm else COLD) * 2.6, "glow"),
        )
    scene.block((1.55, 0, 5.1), (0.45, 0.9, 0.4), Paint((0.2, 0.1, 0.05), "satin"))
    shelf(scene, -1.65, 5.4, 0.7, 0.9)
    scene.key(-1, (1.0, 0.93, 0.84) if warm else (0.97, 0.99, 1.03), 13)
    scene.rim(1, (1.0, 0.66, 0.34) if warm else (0.45, 0.7, 1.0), 12)
