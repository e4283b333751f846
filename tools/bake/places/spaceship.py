"""A station module; the Earth fills the far window."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import COLD
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def spaceship(scene: Scene, light: str) -> None:
    """A station module; the Earth fills the far window."""
    day, rng = light == "day", scene.rng
    scene.look = Look("cool", 0.12 if day else 0.05, 0.003, (0.6, 0.75, 1.0), 0.09)
    hull = Paint((0.6, 0.62, 0.64), "satin")
    for side in (-1, 1):
        for k in range(12):
            d = 0.4 + k * 0.62
            scene.box(
                (side * 1.75, 1.5, d),
                (0.2, 1.5, 0.57),
                Paint(jitter(rng, (0.6, 0.61, 0.62), 0.25), "satin"),
            )
            scene.box((side * 1.62, 2.42, d), (0.14, 0.14, 0.57), Paint((0.08, 0.2, 0.5), "satin"))
            for _ in range(6):
                spot = (side * 1.63, rng.uniform(0.9, 2.15), d + rng.uniform(-0.2, 0.2))
                tone = pick(
                    rng, (0.03, 0.3, 0.8, np.array([0.75, 0.3, 0.03]), np.array([0.1, 0.25, 0.55]))
                )
                scene.box(
                    spot,
                    (0.09, rng.uniform(0.06, 0.26), rng.uniform(0.06, 0.26)),
                    Paint(tone, "satin"),
                )
            scene.rod(
                (side * 1.55, 0.88, d - 0.3),
                (side * 1.55, 0.88, d + 0.3),
                0.028,
                Paint((0.15, 0.3, 0.7), "satin"),
            )
    for y in (0.55, 2.68):
        scene.box((0, y, 3.4), (3.7, 0.12, 8), hull)
    scene.box((0, 1.5, -1.5), (3.7, 2.4, 0.1), hull)
    strip = np.array([0.85, 0.94, 1.0]) if day else np.array([0.25, 0.45, 1.0])
    for x in (-0.85, 0.85):
        scene.lamp((x, 2.6, 3.4), 0.16, 7, strip * (11 if day else 5))
    for turn in np.linspace(0, 2 * np.pi, 37)[:-1]:
        scene.box(
            (1.32 * np.cos(turn), 1.6 + 1.08 * np.sin(turn), 7.4),
            (0.3, 0.26, 0.5),
            Paint((0.4, 0.42, 0.44), "satin"),
            roll=np.degrees(turn),
        )
        scene.box(
            (1.62 * np.cos(turn), 1.6 + 1.36 * np.sin(turn), 7.3),
            (0.42, 0.36, 0.3),
            Paint((0.5, 0.52, 0.54), "satin"),
            roll=np.degrees(turn),
        )
    for turn in (0.52, 1.57, 2.62):
        scene.box(
            (0, 1.6, 7.5),
            (2.5, 0.06, 0.12),
            Paint((0.3, 0.31, 0.33), "satin"),
            roll=np.degrees(turn),
        )
    scene.screen(
        (0, 1.75, 9.2), 5.6, 3.5, textures.earth(rng, not day)[::2, ::2], 1.0 if day else 1.1
    )
    for side in (-1, 1):
        for d in (4.4, 5.6):
            scene.box((side * 1.35, 1.35, d), (0.03, 0.34, 0.5), Paint(0.03))
            scene.screen(
                (side * 1.33, 1.35, d),
                0.46,
                0.3,
                textures.screen_rows(rng, (0.0, 0.1, 0.16))[::3, ::3],
                2.6,
                (-side, 0, -0.6),
            )
    for _ in range(44):
        spot = (rng.choice([-1, 1]) * 1.56, rng.uniform(0.95, 2.25), rng.uniform(3.5, 7))
        scene.bulb(
            spot,
            np.asarray(pick(rng, ((0.15, 0.5, 1.0), (0.2, 1.0, 0.4), (1.0, 0.35, 0.08), COLD)))
            * rng.uniform(0.2, 0.9),
        )
    for _ in range(8):
        x, d = rng.uniform(-1.5, 1.5), rng.uniform(3.5, 6.5)
        scene.wire(
            [
                (x, 2.6, d),
                (x + rng.uniform(-0.3, 0.3), 2.25, d + 0.4),
                (x + rng.uniform(-0.5, 0.5), 2.6, d + 0.9),
            ],
            0.018,
            Paint(pick(rng, (0.7, 0.05, np.array([0.6, 0.25, 0.03])))),
        )
    scene.key(-1, (0.94, 0.98, 1.05) if day else (0.65, 0.8, 1.0), 9)
    scene.rim(1, (0.3, 0.6, 1.0), 14)
