"""Sand, breaking waves, sea to the horizon, palms."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.land import ground, hills
from tools.bake.mesh import sheet
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter


@place
def beach(scene: Scene, light: str) -> None:
    """Sand, breaking waves, sea to the horizon, palms."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("neutral", 0.24, 0.0003, (0.85, 0.98, 1.1), 0.06)
        scene.sky = textures.sky(
            rng, (0.13, 0.42, 0.95), (0.8, 0.98, 1.1), (0.1, 0.3, 0.35), 0.4, (1.5, 1.5, 1.5)
        )
        scene.sun = ((0.5, 0.7, 0.3), (3.6, 3.3, 2.9))
    else:
        scene.look = Look("gold", 0.15, 0.0004, (1.4, 0.7, 0.45), 0.12)
        scene.sky = textures.sky(
            rng,
            (0.13, 0.16, 0.5),
            (1.5, 0.6, 0.32),
            (0.08, 0.06, 0.08),
            0.5,
            (1.6, 0.55, 0.45),
            (9.0, 4.5, (16.0, 7.0, 2.0), 5.5),
        )
        scene.sun = ((0.16, 0.085, 0.98), (6, 2.8, 1.0))
    ground(scene, (0.55, 0.44, 0.3), 40, 0.2)
    n = 220
    d = np.linspace(0, 1, n)[:, None] ** 3
    swell = (textures.noise((n, n), rng, 30, 3) - 0.5) * (0.35 + 1.6 * d)
    sea = sheet(swell * 0.55, 900, 1200, 14)
    depth = np.clip(d * 30, 0, 1)[..., None]
    hue = (1 - depth) * [0.08, 0.36, 0.34] + depth * [0.006, 0.06, 0.13]
    hue = np.broadcast_to(hue, (n, n, 3))
    scene.solids.setdefault("wet", []).append(
        (
            sheet(swell * 0 + 0.02, 900, 1200, 14),
            (hue * (0.8 + 0.4 * swell[..., None])).reshape(-1, 3),
        )
    )
    scene.solids["wet"].append((sea, hue.reshape(-1, 3) * 0.7))
    for k, away in enumerate((13.5, 17, 22, 29, 40)):
        for x in np.arange(-0.6, 0.6, 0.025) * away:
            lift = 0.05 + 0.16 * (k > 0) * max(0.0, np.sin(x / away * 9 + k * 2))
            scene.ball(
                (x, 0.08, away + rng.normal(0, 0.25)),
                0.3,
                Paint(jitter(rng, (0.85, 0.88, 0.9), 0.08)),
                (1.5 * away / 16, lift, 1.0),
            )
    for x, at in ((-3.4, 9.0), (-4.9, 13.0), (5.2, 12.0), (8.5, 21.0)):
        _palm(scene, x, at)
    headland = 90 if day else 60
    hills(scene, 900, 1500, headland, (0.06, 0.12, 0.06), (0.1, 0.16, 0.07), 5)
    for _ in range(50 if not day else 24):
        away = rng.uniform(30, 200)
        spark = (rng.normal(0.15, 0.05) * away, 0.05, away)
        scene.bulb(
            spark, (np.array([1.0, 0.6, 0.25]) if not day else np.ones(3)) * rng.uniform(0.15, 0.8)
        )
    scene.key(1, (1.0, 0.97, 0.92) if day else (1.0, 0.66, 0.38), 10, 1.3)
    scene.rim(-1 if day else 1, (0.8, 0.95, 1.0) if day else (1.0, 0.5, 0.22), 10)


def _palm(scene: Scene, x: float, d: float) -> None:
    rng = scene.rng
    lean = rng.uniform(-0.8, 0.8)
    points = [(x + lean * t * t, 5.2 * t, d) for t in np.linspace(0, 1, 7)]
    scene.wire(points, 0.13, Paint((0.2, 0.14, 0.09)))
    crown = np.array(points[-1])
    for turn in np.linspace(0, 2 * np.pi, 12)[:-1]:
        t = np.linspace(0.1, 1, 60)[:, None]
        reach = rng.uniform(1.6, 2.3)
        out = np.array([np.cos(turn), 0, np.sin(turn)]) * t * reach
        drop = np.array([0, 1, 0]) * (0.5 * t - 1.3 * t * t)
        scene.flakes(
            crown + out + drop + rng.normal(0, 0.1, (60, 3)), 0.16, (0.06, 0.14, 0.03), 0.4
        )
