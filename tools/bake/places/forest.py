"""A trail between trunks, light falling through leaves."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.land import ground
from tools.bake.props import bush, tree
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter


@place
def forest(scene: Scene, light: str) -> None:
    """A trail between trunks, light falling through leaves."""
    day, rng = light == "day", scene.rng
    air = (0.85, 1.0, 0.7) if day else (1.5, 0.85, 0.35)
    scene.look = Look("forest" if day else "gold", 0.1 if day else 0.085, 0.03, air, 0.12)
    glow = None if day else (4.0, 7.0, (9.0, 4.2, 1.2), 13.0)
    top = (0.5, 0.75, 0.95) if day else (0.35, 0.4, 0.55)
    scene.sky = textures.sky(
        rng, top, (1.5, 1.7, 1.4) if day else (1.9, 1.2, 0.6), (0.05, 0.05, 0.02), 0.2, sun=glow
    )
    scene.sun = ((-0.5, 0.62, 0.6), (9, 8, 5.2)) if day else ((0.06, 0.16, 0.98), (12, 6.5, 2.4))
    ground(scene, (0.12, 0.085, 0.04), 120)
    for k in range(40):
        d = 1.5 + k * 0.9
        scene.box(
            (0.25 * np.sin(d * 0.35), 0.0, d),
            (1.3, 0.03, 1.1),
            Paint(jitter(rng, (0.3, 0.21, 0.12), 0.15)),
            rng.uniform(-8, 8),
        )
    litter = np.stack(
        [rng.uniform(-14, 14, 6000), rng.uniform(0, 0.08, 6000), rng.uniform(3, 34, 6000)], 1
    )
    scene.flakes(litter, 0.07, (0.24, 0.12, 0.035), 0.5)
    for k in range(54):
        d = 3.4 + k * 0.62 + rng.uniform(-0.3, 0.3)
        x = rng.uniform(-1, 1) * (1.2 + d * 0.6)
        gap = 0.8 + 0.045 * d
        x = x if abs(x) > gap else np.copysign(gap + rng.uniform(0, 1.4), x)
        leaf = jitter(rng, (0.13, 0.24, 0.03) if day else (0.24, 0.2, 0.03), 0.35)
        tree(
            scene,
            x,
            d,
            rng.uniform(8, 13),
            1.5,
            leaf,
            leaves=800 if d < 16 else 450,
            clear=2.0,
            thick=rng.uniform(0.07, 0.17),
        )
    for _ in range(110):
        d = rng.uniform(3, 22)
        bush(
            scene,
            rng.choice([-1, 1]) * rng.uniform(0.95, 1.6 + d * 0.5),
            d,
            rng.uniform(0.25, 0.6),
            (0.08, 0.17, 0.03),
            90,
        )
    wall = np.stack(
        [rng.uniform(-30, 30, 9000), rng.uniform(0, 13, 9000), rng.uniform(36, 46, 9000)], 1
    )
    scene.flakes(wall, 0.3, (0.12, 0.2, 0.04), 0.5)
    for _ in range(12 if day else 40):
        d = rng.uniform(8, 30)
        hue = np.array([1.0, 0.98, 0.6]) if day else np.array([1.0, 0.62, 0.2])
        scene.bulb(
            (rng.normal(-0.12 if day else 0.05, 0.13) * d, 1.5 + rng.uniform(0.04, 0.24) * d, d),
            hue * rng.uniform(0.2, 0.9),
        )
    scene.key(-1, (1.0, 0.95, 0.72) if day else (1.0, 0.68, 0.36), 8, 1.3)
    scene.rim(1, (1.0, 0.9, 0.5) if day else (1.0, 0.55, 0.2), 14)
