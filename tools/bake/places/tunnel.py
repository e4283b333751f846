"""A railway platform under the ground: tiles, a waiting train, signs."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD, WARM
from tools.bake.props import passer
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, pick


@place
def tunnel(scene: Scene, light: str) -> None:
    """A railway platform under the ground: tiles, a waiting train, signs."""
    warm, rng = light == "warm", scene.rng
    tint = np.asarray(WARM if warm else COLD)
    scene.look = Look("warm" if warm else "cool", 0.075, 0.012, tuple(tint * 0.9), 0.1)
    scene.room(
        9, 4, 40, Paint((0.4, 0.4, 0.36)), Paint((0.2, 0.2, 0.21), "gloss"), Paint((0.2, 0.2, 0.2))
    )
    scene.picture(
        (-4.4, 1.8, 19),
        42,
        3.6,
        textures.tiles(
            (0.6, 0.56, 0.42) if warm else (0.5, 0.56, 0.58), (0.25, 0.25, 0.25), rng, 12, 90
        ),
        (1, 0, 0),
    )
    scene.box((3.0, 1.6, 18), (2.4, 2.7, 30), Paint((0.5, 0.52, 0.54), "metal"))
    scene.box((1.78, 1.0, 18), (0.04, 0.28, 30), Paint((0.6, 0.05, 0.04), "gloss"))
    for k in range(14):
        d = 4.6 + k * 2.1
        scene.box(
            (1.77, 1.85, d), (0.04, 0.75, 1.4), Paint(np.array([1.0, 0.86, 0.6]) * 2.6, "glow")
        )
        if k % 3 == 0:
            scene.box((1.75, 1.45, d + 1.05), (0.05, 2.1, 0.08), Paint(0.05))
    scene.box((1.2, 0.02, 18), (0.35, 0.03, 32), Paint((0.75, 0.6, 0.05)))
    for k in range(9):
        d = 4.5 + k * 3.6
        scene.lamp((-1.2, 3.9, d), 0.4, 2.2, tint * 11)
        scene.box((-1.2, 3.3, d), (0.1, 0.06, 1.6), Paint(tint * 6, "glow"))
        scene.rod((-2.1, 0, d), (-2.1, 4, d), 0.17, Paint((0.1, 0.2, 0.3), "satin"))
        if k % 2 == 0:
            scene.screen(
                (-0.5, 2.55, d + 1),
                1.3,
                0.34,
                textures.glyphs(rng, (1.0, 0.75, 0.2), 1, 4, (0.01, 0.03, 0.08))[::2, ::2],
                2.4,
            )
            scene.box((-3.2, 0.45, d + 1.5), (0.5, 0.06, 1.6), Paint((0.3, 0.16, 0.07), "satin"))
        poster = textures.noise((8, 8), rng, 3)[..., None] * rng.uniform(0.1, 1.2, 3)
        scene.screen((-4.3, 1.75, d + 1.6), 1.3, 1.7, poster, 1.3, (1, 0, 0))
    for _ in range(12):
        passer(scene, rng.uniform(-3.2, 0.7), rng.uniform(10, 30), rng.uniform(1.6, 1.85))
    for _ in range(26):
        d = rng.uniform(14, 36)
        scene.bulb(
            (rng.uniform(-2.5, 1.6), rng.uniform(1.7, 3.2), d),
            np.asarray(pick(rng, (COLD, WARM, (1.0, 0.1, 0.06), (0.1, 1.0, 0.4))))
            * rng.uniform(0.3, 1.4),
        )
    scene.key(-1, (1.0, 0.84, 0.62) if warm else (0.92, 0.98, 1.02), 8)
    scene.rim(1, (1.0, 0.8, 0.5), 10)
