"""A maker's bench: tools on the wall, timber, jars, a hot lamp."""

from __future__ import annotations

from tools.bake import textures
from tools.bake.palette import DARK_WOOD, JARS, WARM
from tools.bake.props import (
    bottles,
    pendant,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick


@place
def workshop(scene: Scene, light: str) -> None:
    """A maker's bench: tools on the wall, timber, jars, a hot lamp."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.12 if day else 0.06, 0.006, (1.0, 0.85, 0.6), 0.06)
    scene.room(
        7, 3.2, 7, Paint((0.2, 0.17, 0.14)), Paint((0.17, 0.12, 0.08)), Paint((0.16, 0.13, 0.1))
    )
    scene.fill(3.17, (1.0, 0.9, 0.75) if day else WARM, 5 if day else 1.8, 4.6)
    scene.picture(
        (0, 1.6, 6.95), 7, 3.2, textures.bricks((0.32, 0.14, 0.08), (0.22, 0.2, 0.18), rng, 30, 26)
    )
    scene.box((-0.1, 1.85, 6.9), (3.4, 1.3, 0.05), Paint((0.13, 0.11, 0.09)))
    for k in range(38):
        x, y, size = rng.uniform(-1.7, 1.5), rng.uniform(1.35, 2.4), rng.uniform(0.1, 0.26)
        hue = pick(
            rng,
            (
                (0.5, 0.06, 0.04),
                (0.6, 0.4, 0.05),
                (0.06, 0.15, 0.35),
                (0.35, 0.36, 0.37),
                (0.3, 0.15, 0.06),
            ),
        )
        scene.box(
            (x, y, 6.82),
            (0.04, size, 0.04),
            Paint(jitter(rng, hue, 0.3), "satin"),
            roll=rng.uniform(-10, 10),
        )
        if k % 2:
            scene.box((x, y + size / 2, 6.82), (0.13, 0.05, 0.04), Paint(0.4, "metal"))
    scene.box((0, 0.9, 6.2), (6, 0.1, 1.0), Paint((0.38, 0.23, 0.1)))
    bottles(scene, -2.4, -0.9, 0.96, 6.3, JARS)
    bottles(scene, 0.9, 2.4, 0.96, 6.4, JARS)
    for k in range(9):
        x = 1.9 + k * 0.13
        scene.box(
            (x, 1.35, 6.6),
            (0.09, 2.5, 0.05),
            Paint(jitter(rng, (0.45, 0.28, 0.12), 0.3)),
            roll=rng.uniform(-4, 4),
        )
    for k in range(7):
        x = -1.8 + k * 0.55
        scene.ball(
            (x, 2.55, 5.2),
            0.15,
            Paint(jitter(rng, (0.42, 0.17, 0.05), 0.25), "gloss"),
            (0.8, 1.2, 0.3),
        )
        scene.ball(
            (x, 2.78, 5.2),
            0.11,
            Paint(jitter(rng, (0.42, 0.17, 0.05), 0.25), "gloss"),
            (0.8, 1.1, 0.3),
        )
        scene.rod((x, 2.8, 5.2), (x, 3.15, 5.2), 0.02, Paint(DARK_WOOD, "satin"))
    scene.box((-1.5, 0.85, 4.3), (1.5, 0.08, 0.7), Paint((0.34, 0.2, 0.09)))
    scene.box((-1.3, 1.0, 4.2), (0.28, 0.22, 0.2), Paint((0.1, 0.22, 0.3), "metal"))
    window(scene, (-3.4, 1.9, 4.4), 3.2, 1.6, light, (1, 0, 0), 22)
    window(scene, (-2.35, 2.0, 6.9), 1.0, 1.2, light)
    for x, d in ((-0.9, 5.2), (1.1, 5.5), (0.3, 3.9)):
        pendant(scene, (x, 2.22, d), 3.2, 12, shade=(0.05, 0.12, 0.08), radius=0.17)
    scene.key(-1, (1.0, 0.92, 0.8) if day else (1.0, 0.68, 0.38), 8)
    scene.rim(1, (1.0, 0.55, 0.22), 9)
