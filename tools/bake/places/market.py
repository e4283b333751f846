"""A covered market: awnings, heaps of spice and fruit, cloth, lanterns."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.palette import AMBER, CLOTHES, LEAF, WARM
from tools.bake.props import globe, passer, string_lights
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

SPICES = (
    (0.75, 0.35, 0.02),
    (0.6, 0.06, 0.03),
    (0.7, 0.55, 0.06),
    (0.15, 0.3, 0.06),
    (0.35, 0.16, 0.06),
    (0.55, 0.1, 0.3),
)


@place
def market(scene: Scene, light: str) -> None:
    """A covered market: awnings, heaps of spice and fruit, cloth, lanterns."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("warm", 0.13, 0.008, (1.15, 0.95, 0.7), 0.07)
        scene.sky = textures.sky(rng, (0.35, 0.55, 0.95), (1.2, 1.1, 0.95), (0.2, 0.15, 0.1), 0.3)
        scene.sun = ((0.35, 0.75, 0.4), (7.5, 6.2, 4.4))
    else:
        scene.look = Look("gold", 0.05, 0.018, (0.9, 0.5, 0.25), 0.13)
        scene.sky = textures.sky(rng, (0.003, 0.005, 0.02), (0.012, 0.008, 0.014), (0.0, 0.0, 0.0))
    scene.box((0, -0.05, 25), (14, 0.1, 60), Paint((0.33, 0.25, 0.17)))
    for side in (-1, 1):
        scene.box((side * 5.2, 3, 25), (0.3, 6, 60), Paint((0.45, 0.28, 0.16)))
        for k in range(10):
            d = 4.2 + k * 2.3
            x = side * (1.75 + 0.09 * d)
            _stall(scene, x, d, side, day)
    for k in range(9):
        d = 5.5 + k * 3.1
        hue = jitter(
            rng,
            pick(
                rng,
                (
                    (0.65, 0.1, 0.05),
                    (0.75, 0.5, 0.08),
                    (0.08, 0.25, 0.4),
                    (0.7, 0.65, 0.55),
                    (0.5, 0.12, 0.3),
                ),
            ),
            0.2,
        )
        scene.box(
            (rng.uniform(-0.7, 0.7), 3.1 + 0.05 * d, d),
            (rng.uniform(2.0, 3.4), 0.03, 1.5),
            Paint(hue),
            rng.uniform(-12, 12),
            rng.uniform(-9, 9),
        )
        string_lights(
            scene,
            (-2.3, 2.6 + 0.05 * d, d),
            (2.3, 2.65 + 0.05 * d, d + 0.7),
            9,
            (WARM, AMBER),
            0.7 if day else 1.4,
            0.3,
        )
    for _ in range(11):
        passer(
            scene,
            rng.uniform(-1.6, 1.6),
            rng.uniform(14, 32),
            rng.uniform(1.55, 1.82),
            pick(rng, (*CLOTHES, *SPICES)),
        )
    scene.key(1, (1.0, 0.9, 0.74) if day else (1.0, 0.66, 0.34), 9, 1.2)
    scene.rim(-1, (1.0, 0.8, 0.5) if day else (1.0, 0.5, 0.18), 11)


def _stall(scene: Scene, x: float, d: float, side: int, day: bool) -> None:
    """A stand with an awning, baskets in heaps, hung cloth and a lantern."""
    rng = scene.rng
    awning = jitter(
        rng,
        pick(
            rng,
            (
                (0.6, 0.08, 0.05),
                (0.1, 0.3, 0.35),
                (0.72, 0.6, 0.4),
                (0.65, 0.36, 0.06),
                (0.15, 0.3, 0.1),
            ),
        ),
        0.2,
    )
    scene.box((x, 2.5, d), (1.7, 0.04, 2.0), Paint(awning), roll=side * 16)
    for k in range(7):
        scene.box(
            (x - side * 0.84, 2.22, d - 0.85 + k * 0.29),
            (0.03, 0.2, 0.14),
            Paint(awning if k % 2 else (0.75, 0.7, 0.6)),
        )
    scene.box((x, 0.78, d), (1.3, 0.06, 1.9), Paint((0.28, 0.16, 0.08)))
    scene.block((x, 0, d), (1.2, 0.75, 1.8), Paint((0.2, 0.11, 0.05)))
    for row in range(2):
        for k in range(5):
            spot = (x - side * (0.35 - 0.5 * row), 0.82 + 0.14 * row, d - 0.75 + k * 0.37)
            scene.can(spot, 0.17, 0.1, Paint((0.3, 0.18, 0.08)))
            scene.ball(
                (spot[0], spot[1] + 0.1, spot[2]),
                0.16,
                Paint(jitter(rng, pick(rng, SPICES), 0.25)),
                (1, 0.75, 1),
            )
    for k in range(5):
        hue = jitter(rng, pick(rng, (*SPICES, (0.08, 0.2, 0.45), (0.7, 0.65, 0.55))), 0.25)
        scene.box((x + side * 0.35, 1.75, d - 0.8 + k * 0.4), (0.04, 0.8, 0.3), Paint(hue))
    if rng.random() < 0.4:
        scene.flakes(np.array([x, 1.15, d]) + rng.normal(0, 0.2, (60, 3)), 0.06, LEAF)
    globe(
        scene,
        (x - side * 0.6, 2.02, d - 0.5),
        0.1,
        pick(rng, (AMBER, WARM, (1.0, 0.3, 0.1))),
        2.5 if day else 9,
    )
    if not day:
        scene.lamp((x, 2.3, d), 0.5, 0.5, np.asarray(WARM) * 20)
