"""Dunes and a far table mountain under a wide sky."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.land import ground
from tools.bake.mesh import sheet
from tools.bake.props import bush
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter


@place
def desert(scene: Scene, light: str) -> None:
    """Dunes and a far table mountain under a wide sky."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("warm", 0.2, 0.0009, (1.0, 0.88, 0.7), 0.05)
        scene.sky = textures.sky(
            rng, (0.1, 0.32, 0.85), (0.85, 0.88, 0.85), (0.4, 0.27, 0.14), 0.18, (1.2, 1.15, 1.1)
        )
        scene.sun = ((-0.7, 0.45, 0.15), (4.2, 3.6, 2.8))
    else:
        scene.look = Look("gold", 0.13, 0.0012, (1.35, 0.65, 0.35), 0.09)
        scene.sky = textures.sky(
            rng,
            (0.13, 0.13, 0.42),
            (1.5, 0.62, 0.25),
            (0.2, 0.1, 0.05),
            0.4,
            (1.4, 0.5, 0.35),
            (-11.0, 3.5, (7.0, 2.8, 0.7), 9.0),
        )
        scene.sun = ((-0.45, 0.13, 0.85), (6.0, 2.7, 0.9))
    n = 190
    for start, end, tall, cells in ((120.0, 420.0, 13.0, 5), (18.0, 150.0, 5.5, 7)):
        shape = textures.noise((n, n), rng, cells, 3, 0.35)
        crest = 1 - np.abs(2 * shape - 1)
        fade = np.clip(np.linspace(0, 3, n), 0, 1)[:, None]
        dune = sheet(crest**1.5 * tall * fade - 0.3, end * 2.1, end - start, start)
        ripple = 0.9 + 0.2 * textures.noise((n, n), rng, 40, 2)[..., None]
        scene.solids.setdefault("matte", []).append(
            (dune, (np.array([0.52, 0.3, 0.13]) * ripple).reshape(-1, 3))
        )
    ground(scene, (0.5, 0.3, 0.14), 160, 0.25)
    for x, tall, wide in ((-260, 110, 200), (330, 80, 260), (60, 75, 130), (180, 120, 70)):
        for part, high, reach in ((-0.25, 1.0, 0.3), (0.2, 0.86, 0.36), (0.0, 0.5, 0.62)):
            foot, stone = x + part * wide, jitter(rng, (0.4, 0.17, 0.08), 0.15)
            wall = wide * reach
            scene.rod((foot, -5, 900), (foot, tall * high, 900), wall, Paint(stone), wall * 0.78)
            scene.ball((foot, tall * high, 900), wall * 0.78, Paint(stone), (1, 0.08, 1))
    for _ in range(40):
        d = rng.uniform(6, 45)
        bush(scene, rng.uniform(-0.5, 0.5) * d, d, rng.uniform(0.15, 0.4), (0.2, 0.19, 0.07), 70)
    for _ in range(30):
        d = rng.uniform(5, 40)
        scene.ball(
            (rng.uniform(-0.5, 0.5) * d, 0.02, d),
            rng.uniform(0.08, 0.35),
            Paint(jitter(rng, (0.36, 0.2, 0.11), 0.25)),
            (1.4, 0.7, 1),
        )
    scene.key(-1, (1.0, 0.93, 0.8) if day else (1.0, 0.62, 0.32), 9, 1.3)
    scene.rim(1, (1.0, 0.85, 0.6) if day else (1.0, 0.45, 0.18), 9)
