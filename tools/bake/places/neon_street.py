"""A narrow wet street of signs: magenta and cyan against amber shop windows."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.mesh import Array, Mesh, quads
from tools.bake.palette import AMBER, COLD, CYAN, PINK, RED, TEAL, VIOLET, WARM
from tools.bake.props import car, front, globe, passer, string_lights
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

NEON = (PINK, CYAN, RED, VIOLET, AMBER, TEAL, PINK, CYAN)


@place
def neon_street(scene: Scene, light: str) -> None:
    """A narrow wet street of signs: magenta and cyan against amber shop windows."""
    night, rng = light == "night", scene.rng
    scene.look = Look(
        "neon",
        0.028 if night else 0.06,
        0.012,
        (0.25, 0.2, 0.5) if night else (0.45, 0.45, 0.8),
        0.14,
    )
    dusk = textures.sky(
        rng, (0.02, 0.035, 0.11), (0.22, 0.12, 0.22), (0.0, 0.0, 0.0), 0.5, (0.1, 0.08, 0.16)
    )
    scene.sky = dusk * (0.08 if night else 2.2)
    _wet_ground(scene, 60)
    for side in (-1, 1):
        d = 1.5
        while d < 48:
            length = rng.uniform(3, 6)
            x = side * rng.uniform(2.5, 3.4)
            front(
                scene,
                x,
                d,
                d + length,
                rng.uniform(9, 16),
                tuple(jitter(rng, (0.06, 0.05, 0.06), 0.5)),
                0.3,
                (WARM, COLD, AMBER),
                1.5,
                foot=2.9,
            )
            _shop(scene, x - side * 0.1, side, d + 0.3, d + length - 0.3)
            d += length
        for k in range(17):
            d = 2.6 + k * 1.35 + rng.uniform(-0.4, 0.4) + k * k * 0.06
            _sign(
                scene,
                side * rng.uniform(1.25, 2.3) if k > 1 else side * 1.7,
                rng.uniform(1.9, 2.5) + d * 0.06,
                d,
            )
    for k in range(7):
        d = 5 + k * 3.2
        string_lights(
            scene,
            (-2.6, 2.6 + 0.09 * d, d),
            (2.6, 2.7 + 0.08 * d, d + 1.2),
            11,
            (AMBER, WARM, RED),
            1.2,
            0.35,
        )
    for x, y, d in (
        (-1.5, 2.2, 4.4),
        (1.55, 2.25, 5.2),
        (-1.6, 2.6, 7.4),
        (1.7, 2.7, 8.6),
        (-1.75, 2.9, 10.4),
    ):
        globe(scene, (x, y, d), 0.17, RED, 3.2)
        globe(scene, (x, y - 0.55, d), 0.14, (1.0, 0.25, 0.05), 3.2)
    for k in range(6):
        _umbrella(scene, rng.uniform(-1.9, 1.9), 14 + k * 2.6)
    for x, away in ((-0.75, False), (0.9, True)):
        car(scene, x, 26 if away else 32, (0.03, 0.03, 0.04), away, 2.5)
    for _ in range(34):
        d = rng.uniform(30, 58)
        scene.bulb(
            (rng.uniform(-3.2, 3.2), rng.uniform(0.3, 5), d),
            np.asarray(pick(rng, (*NEON, WARM, COLD))) * rng.uniform(0.3, 1.3) ** 2,
        )
    scene.key(-1, (1.0, 0.72, 0.62), 7)
    scene.rim(1, (0.12, 0.55, 1.0), 16)
    scene.rim(-1, (1.0, 0.1, 0.5), 9)


def _wet_ground(scene: Scene, far: float) -> None:
    """Asphalt in plates, each a little tilted: lamps draw broken streaks in it."""
    rng, size = scene.rng, 0.45
    x, d = np.meshgrid(np.arange(-4, 4, size), np.arange(0.5, far, size))
    middles = np.stack([x.ravel(), 0 * x.ravel(), d.ravel()], 1)
    plates = quads(middles, np.array([[size / 2, 0, 0]]), np.array([[0, 0, size / 2]]))
    tilt = np.array([0, 1, 0]) + rng.normal(0, 0.018, (len(middles), 3))
    normals = (tilt / np.linalg.norm(tilt, axis=1)[:, None]).repeat(4, 0)
    dark = rng.uniform(0.012, 0.03, (len(middles), 1)) * [1.0, 1.0, 1.12]
    scene.solids.setdefault("wet", []).append(
        (Mesh(plates.points, normals, plates.faces), dark.repeat(4, 0))
    )


def _shop(scene: Scene, x: float, side: int, d0: float, d1: float) -> None:
    """A lit shop front: a bright window with goods in it, an awning, a strip of neon."""
    rng = scene.rng
    tint = np.asarray(pick(rng, (WARM, AMBER, CYAN, WARM, (1.0, 0.75, 0.45), PINK)))
    rows = 0.25 + 0.9 * textures.noise((12, 20), rng, 7, 2)[..., None] ** 1.5
    goods = rows * tint**1.5
    scene.screen(
        (x, 1.25, (d0 + d1) / 2), d1 - d0, 1.9, goods, rng.uniform(1.6, 4.5), (-side, 0, 0)
    )
    scene.box(
        (x - side * 0.35, 2.45, (d0 + d1) / 2),
        (0.8, 0.07, d1 - d0),
        Paint(jitter(rng, pick(rng, ((0.3, 0.02, 0.03), (0.02, 0.1, 0.2), (0.25, 0.2, 0.1))), 0.3)),
    )
    hue = np.asarray(pick(rng, NEON))
    scene.box((x - side * 0.78, 2.45, (d0 + d1) / 2), (0.03, 0.05, d1 - d0), Paint(hue * 7, "glow"))


def _sign(scene: Scene, x: float, y: float, d: float) -> None:
    """A hanging sign across the street, upright or lying, with a bright frame."""
    rng = scene.rng
    hue = np.asarray(pick(rng, NEON))
    upright = rng.random() < 0.65
    rows, columns = (int(rng.integers(3, 6)), 1) if upright else (1, int(rng.integers(2, 5)))
    unit = rng.uniform(0.26, 0.4)
    dark = rng.random() < 0.5
    ink = _rgb(hue if dark else hue * 0.1)
    ground = _rgb(hue * 0.05 if dark else hue)
    face = textures.glyphs(rng, ink, rows, columns, ground)
    scene.screen((x, y, d), columns * unit, rows * unit, face, rng.uniform(4, 8))
    glow = Paint(np.asarray(pick(rng, NEON)) * 8, "glow")
    w, h = columns * unit / 2 + 0.03, rows * unit / 2 + 0.03
    corners = [
        (x - w, y - h, d),
        (x + w, y - h, d),
        (x + w, y + h, d),
        (x - w, y + h, d),
        (x - w, y - h, d),
    ]
    scene.wire(corners, 0.016, glow)


def _umbrella(scene: Scene, x: float, d: float) -> None:
    """Somebody walking in the rain, far off."""
    passer(scene, x, d, scene.rng.uniform(1.6, 1.8), (0.03, 0.03, 0.04))
    tint = jitter(
        scene.rng,
        pick(
            scene.rng, ((0.03, 0.03, 0.05), (0.5, 0.04, 0.05), (0.05, 0.1, 0.3), (0.4, 0.4, 0.42))
        ),
        0.3,
    )
    scene.ball((x + 0.1, 1.82, d), 0.52, Paint(tint, "satin"), (1, 0.42, 1))


def _rgb(colour: Array) -> tuple[float, float, float]:
    red, green, blue = (float(v) for v in colour)
    return red, green, blue
