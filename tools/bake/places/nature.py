"""Open country."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.mesh import Array, sheet
from tools.bake.props import LEAF, bush, tree
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

GRASS = (0.11, 0.2, 0.035)


def ground(scene: Scene, colour: tuple[float, float, float], far: float = 500.0, spots: float = 0.5) -> None:
    """Level ground with patches, finer near the camera."""
    for start, end, cells in ((0.5, 40.0, 60), (40.0, far, 40)):
        patch = textures.noise((cells, cells), scene.rng, 10, 4)[..., None]
        tint = np.asarray(colour) * (1 - spots + 2 * spots * patch)
        land = sheet(np.zeros((cells, cells)), end * 2.2, end - start, start)
        scene.solids.setdefault("matte", []).append((land, tint.reshape(-1, 3)))


def hills(
    scene: Scene, near: float, far: float, height: float, foot: tuple[float, float, float],
    top: tuple[float, float, float], cells: float = 7, line: float = 0.55, sharp: float = 1.0,
) -> None:  # fmt: skip
    """A range across the view; above ``line`` of its height it wears the other colour."""
    n = 160
    shape = textures.noise((n, n), scene.rng, cells, 6, 0.5)
    ridge = 1 - np.abs(2 * shape - 1) * 2 * 0.9
    bulge = np.sin(np.linspace(0, np.pi, n))[:, None]
    heights = np.clip((0.45 * shape + 0.55 * ridge) ** sharp * bulge, 0, 1) * height - height * 0.05
    mix = np.clip((heights / height - line + 0.25 * (shape - 0.5)) * 8, 0, 1)[..., None]
    tint = (np.asarray(foot) * (1 - mix) + np.asarray(top) * mix) * (0.7 + 0.6 * shape[..., None])
    land = sheet(heights, far * 2.0, far - near, near)
    scene.solids.setdefault("matte", []).append((land, tint.reshape(-1, 3)))


def grass(scene: Scene, near: float, far: float, count: int, colour: Array | tuple[float, float, float], tall: float = 0.3) -> None:
    """Tufts, denser towards the camera."""
    rng = scene.rng
    d = near + (far - near) * rng.random(count) ** 2
    spots = np.stack([rng.uniform(-0.6, 0.6, count) * d, rng.uniform(0, tall, count), d], 1)
    scene.flakes(spots, rng.uniform(0.03, 0.08, count), colour, 0.5)


@place
def forest(scene: Scene, light: str) -> None:
    """A trail between trunks, light falling through leaves."""
    day, rng = light == "day", scene.rng
    air = (0.85, 1.0, 0.7) if day else (1.5, 0.85, 0.35)
    scene.look = Look("forest" if day else "gold", 0.1 if day else 0.085, 0.03, air, 0.12)
    glow = None if day else (4.0, 7.0, (9.0, 4.2, 1.2), 13.0)
    top = (0.5, 0.75, 0.95) if day else (0.35, 0.4, 0.55)
    scene.sky = textures.sky(rng, top, (1.5, 1.7, 1.4) if day else (1.9, 1.2, 0.6), (0.05, 0.05, 0.02), 0.2, sun=glow)
    scene.sun = ((-0.5, 0.62, 0.6), (9, 8, 5.2)) if day else ((0.06, 0.16, 0.98), (12, 6.5, 2.4))
    ground(scene, (0.12, 0.085, 0.04), 120)
    for k in range(40):
        d = 1.5 + k * 0.9
        scene.box((0.25 * np.sin(d * 0.35), 0.0, d), (1.3, 0.03, 1.1), Paint(jitter(rng, (0.3, 0.21, 0.12), 0.15)), rng.uniform(-8, 8))
    litter = np.stack([rng.uniform(-14, 14, 6000), rng.uniform(0, 0.08, 6000), rng.uniform(3, 34, 6000)], 1)
    scene.flakes(litter, 0.07, (0.24, 0.12, 0.035), 0.5)
    for k in range(54):
        d = 3.4 + k * 0.62 + rng.uniform(-0.3, 0.3)
        x = rng.uniform(-1, 1) * (1.2 + d * 0.6)
        gap = 0.8 + 0.045 * d
        x = x if abs(x) > gap else np.copysign(gap + rng.uniform(0, 1.4), x)
        leaf = jitter(rng, (0.13, 0.24, 0.03) if day else (0.24, 0.2, 0.03), 0.35)
        tree(scene, x, d, rng.uniform(8, 13), 1.5, leaf, leaves=800 if d < 16 else 450, clear=2.0, thick=rng.uniform(0.07, 0.17))
    for _ in range(110):
        d = rng.uniform(3, 22)
        bush(scene, rng.choice([-1, 1]) * rng.uniform(0.95, 1.6 + d * 0.5), d, rng.uniform(0.25, 0.6), (0.08, 0.17, 0.03), 90)
    wall = np.stack([rng.uniform(-30, 30, 9000), rng.uniform(0, 13, 9000), rng.uniform(36, 46, 9000)], 1)
    scene.flakes(wall, 0.3, (0.12, 0.2, 0.04), 0.5)
    for _ in range(12 if day else 40):
        d = rng.uniform(8, 30)
        hue = np.array([1.0, 0.98, 0.6]) if day else np.array([1.0, 0.62, 0.2])
        scene.bulb((rng.normal(-0.12 if day else 0.05, 0.13) * d, 1.5 + rng.uniform(0.04, 0.24) * d, d), hue * rng.uniform(0.2, 0.9))
    scene.key(-1, (1.0, 0.95, 0.72) if day else (1.0, 0.68, 0.36), 8, 1.3)
    scene.rim(1, (1.0, 0.9, 0.5) if day else (1.0, 0.55, 0.2), 14)


@place
def mountains(scene: Scene, light: str) -> None:
    """A high meadow before snow-capped ranges."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("neutral", 0.17, 0.0001, (0.75, 0.95, 1.25), 0.04)
        scene.sky = textures.sky(rng, (0.16, 0.4, 0.95), (0.75, 0.92, 1.1), (0.1, 0.12, 0.1), 0.45, (1.4, 1.4, 1.4))
        scene.sun = ((-0.6, 0.6, -0.25), (3.4, 3.1, 2.7))
    else:
        scene.look = Look("gold", 0.13, 0.0001, (1.3, 0.75, 0.5), 0.06)
        scene.sky = textures.sky(rng, (0.12, 0.2, 0.48), (1.25, 0.62, 0.28), (0.05, 0.05, 0.06), 0.5, (1.3, 0.6, 0.4), (16.0, 6.0, (3.0, 1.3, 0.4), 12.0))
        scene.sun = ((-0.75, 0.2, -0.3), (4.4, 2.1, 0.9))
    rock, snow = (0.2, 0.19, 0.2), (0.85, 0.88, 0.95)
    hills(scene, 1500, 4200, 520, rock, snow, 9, 0.34, 0.9)
    hills(scene, 700, 1700, 130, (0.07, 0.13, 0.06), (0.22, 0.21, 0.2), 9, 0.6)
    hills(scene, 160, 620, 17, (0.09, 0.18, 0.05), (0.13, 0.22, 0.06), 6, 0.7)
    ground(scene, (0.13, 0.22, 0.045), 240)
    for _ in range(90):
        d, side = rng.uniform(60, 220), rng.choice([-1, 1])
        x, tall = side * rng.uniform(0.08, 0.6) * d, rng.uniform(5, 12)
        scene.rod((x, 0, d), (x, tall, d), tall * 0.2, Paint(jitter(rng, (0.03, 0.075, 0.035), 0.3)), tip=0.05)
    for _ in range(34):
        d = rng.uniform(5, 30)
        size = rng.uniform(0.12, 0.5)
        scene.ball((rng.uniform(-0.5, 0.5) * d, 0.1, d), size, Paint(jitter(rng, (0.32, 0.31, 0.3), 0.3)), (1.3, 0.8, 1))
    grass(scene, 3.5, 36, 9000, (0.18, 0.27, 0.05), 0.28)
    for hue in ((0.7, 0.5, 0.05), (0.75, 0.7, 0.72), (0.5, 0.15, 0.45), (0.7, 0.08, 0.06)):
        d = rng.uniform(4, 22, 260)
        blooms = np.stack([rng.uniform(-0.5, 0.5, 260) * d, rng.uniform(0.15, 0.42, 260), d], 1)
        scene.flakes(blooms, 0.045, hue, 0.2)
    scene.key(-1, (1.0, 0.96, 0.9) if day else (1.0, 0.7, 0.42), 9, 1.3)
    scene.rim(1, (0.8, 0.9, 1.0) if day else (1.0, 0.5, 0.3), 7)


@place
def desert(scene: Scene, light: str) -> None:
    """Dunes and a far table mountain under a wide sky."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("warm", 0.2, 0.0009, (1.0, 0.88, 0.7), 0.05)
        scene.sky = textures.sky(rng, (0.1, 0.32, 0.85), (0.85, 0.88, 0.85), (0.4, 0.27, 0.14), 0.18, (1.2, 1.15, 1.1))
        scene.sun = ((-0.7, 0.45, 0.15), (4.2, 3.6, 2.8))
    else:
        scene.look = Look("gold", 0.13, 0.0012, (1.35, 0.65, 0.35), 0.09)
        scene.sky = textures.sky(rng, (0.13, 0.13, 0.42), (1.5, 0.62, 0.25), (0.2, 0.1, 0.05), 0.4, (1.4, 0.5, 0.35), (-11.0, 3.5, (7.0, 2.8, 0.7), 9.0))
        scene.sun = ((-0.45, 0.13, 0.85), (6.0, 2.7, 0.9))
    n = 190
    for start, end, tall, cells in ((120.0, 420.0, 26.0, 5), (18.0, 150.0, 5.5, 7)):
        shape = textures.noise((n, n), rng, cells, 3, 0.35)
        crest = 1 - np.abs(2 * shape - 1)
        fade = np.clip(np.linspace(0, 3, n), 0, 1)[:, None]
        dune = sheet(crest**1.5 * tall * fade - 0.3, end * 2.1, end - start, start)
        ripple = 0.9 + 0.2 * textures.noise((n, n), rng, 40, 2)[..., None]
        scene.solids.setdefault("matte", []).append((dune, (np.array([0.52, 0.3, 0.13]) * ripple).reshape(-1, 3)))
    ground(scene, (0.5, 0.3, 0.14), 160, 0.25)
    for x, tall, wide in ((-260, 110, 200), (330, 80, 260), (60, 60, 130)):
        scene.block((x, -5, 900), (wide, tall, 120), Paint((0.4, 0.17, 0.08)))
        scene.block((x, -5, 880), (wide * 1.35, tall * 0.45, 160), Paint((0.42, 0.19, 0.09)))
    for _ in range(40):
        d = rng.uniform(6, 45)
        bush(scene, rng.uniform(-0.5, 0.5) * d, d, rng.uniform(0.15, 0.4), (0.2, 0.19, 0.07), 70)
    for _ in range(30):
        d = rng.uniform(5, 40)
        scene.ball((rng.uniform(-0.5, 0.5) * d, 0.02, d), rng.uniform(0.08, 0.35), Paint(jitter(rng, (0.36, 0.2, 0.11), 0.25)), (1.4, 0.7, 1))
    scene.key(-1, (1.0, 0.93, 0.8) if day else (1.0, 0.62, 0.32), 9, 1.3)
    scene.rim(1, (1.0, 0.85, 0.6) if day else (1.0, 0.45, 0.18), 9)


@place
def beach(scene: Scene, light: str) -> None:
    """Sand, breaking waves, sea to the horizon, palms."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("neutral", 0.24, 0.0003, (0.85, 0.98, 1.1), 0.06)
        scene.sky = textures.sky(rng, (0.13, 0.42, 0.95), (0.8, 0.98, 1.1), (0.1, 0.3, 0.35), 0.4, (1.5, 1.5, 1.5))
        scene.sun = ((0.5, 0.7, 0.3), (3.6, 3.3, 2.9))
    else:
        scene.look = Look("gold", 0.15, 0.0004, (1.4, 0.7, 0.45), 0.12)
        scene.sky = textures.sky(rng, (0.13, 0.16, 0.5), (1.5, 0.6, 0.32), (0.08, 0.06, 0.08), 0.5, (1.6, 0.55, 0.45), (9.0, 4.5, (16.0, 7.0, 2.0), 5.5))
        scene.sun = ((0.16, 0.085, 0.98), (6, 2.8, 1.0))
    ground(scene, (0.55, 0.44, 0.3), 40, 0.2)
    n = 220
    d = np.linspace(0, 1, n)[:, None] ** 3
    swell = (textures.noise((n, n), rng, 30, 3) - 0.5) * (0.35 + 1.6 * d)
    sea = sheet(swell * 0.55, 900, 1200, 14)
    depth = np.clip(d * 30, 0, 1)[..., None]
    hue = (1 - depth) * [0.08, 0.36, 0.34] + depth * [0.006, 0.06, 0.13]
    hue = np.broadcast_to(hue, (n, n, 3))
    scene.solids.setdefault("wet", []).append((sheet(swell * 0 + 0.02, 900, 1200, 14), (hue * (0.8 + 0.4 * swell[..., None])).reshape(-1, 3)))
    scene.solids["wet"].append((sea, hue.reshape(-1, 3) * 0.7))
    for k, away in enumerate((13.5, 17, 22, 29, 40)):
        for x in np.arange(-0.6, 0.6, 0.025) * away:
            lift = 0.05 + 0.16 * (k > 0) * max(0.0, np.sin(x / away * 9 + k * 2))
            scene.ball((x, 0.08, away + rng.normal(0, 0.25)), 0.3, Paint(jitter(rng, (0.85, 0.88, 0.9), 0.08)), (1.5 * away / 16, lift, 1.0))
    for x, at in ((-3.4, 9.0), (-4.9, 13.0), (5.2, 12.0), (8.5, 21.0)):
        _palm(scene, x, at)
    headland = 90 if day else 60
    hills(scene, 900, 1500, headland, (0.06, 0.12, 0.06), (0.1, 0.16, 0.07), 5)
    for _ in range(50 if not day else 24):
        away = rng.uniform(30, 200)
        spark = (rng.normal(0.15, 0.05) * away, 0.05, away)
        scene.bulb(spark, (np.array([1.0, 0.6, 0.25]) if not day else np.ones(3)) * rng.uniform(0.15, 0.8))
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
        scene.flakes(crown + out + drop + rng.normal(0, 0.1, (60, 3)), 0.16, (0.06, 0.14, 0.03), 0.4)


@place
def park(scene: Scene, light: str) -> None:
    """Lawn, flower beds, broad trees, a bench."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("neutral", 0.14, 0.004, (0.85, 1.0, 0.9), 0.06)
        scene.sky = textures.sky(rng, (0.22, 0.5, 1.0), (0.95, 1.05, 1.1), (0.1, 0.15, 0.05), 0.4, (1.3, 1.3, 1.3))
        scene.sun = ((-0.6, 0.65, 0.35), (5.5, 5.0, 3.8))
    else:
        scene.look = Look("gold", 0.11, 0.008, (1.5, 0.95, 0.45), 0.13)
        scene.sky = textures.sky(rng, (0.3, 0.4, 0.7), (1.8, 1.1, 0.5), (0.1, 0.1, 0.04), 0.3, (1.4, 0.9, 0.6), (-7.0, 8.0, (9.0, 4.5, 1.4), 12.0))
        scene.sun = ((-0.2, 0.2, 0.95), (9.0, 5.0, 1.9))
    ground(scene, GRASS, 220)
    grass(scene, 4, 40, 8000, (0.16, 0.27, 0.045), 0.14)
    for k in range(40):
        d = 5 + k * 0.9
        scene.box((0.9 - 0.045 * d + 0.5 * np.sin(d * 0.16), 0.01, d), (1.7, 0.02, 1.1), Paint(jitter(rng, (0.45, 0.38, 0.28), 0.1)))
    for x, d in ((-2.9, 7.5), (3.3, 9), (-4.6, 13), (4.4, 16), (-2.6, 20), (6.5, 24), (-7.5, 22), (2.4, 30), (-4, 34), (9, 36), (-12, 38)):
        tree(scene, x, d, rng.uniform(6, 9), 2.4, jitter(rng, (0.13, 0.24, 0.035), 0.35), leaves=1500, clear=2.0, thick=0.22)
    for side in (-1, 1):
        for k in range(16):
            d = 5.5 + k * 1.1
            x = side * (1.6 + 0.12 * d) + 0.3
            bush(scene, x, d, 0.34, LEAF, 110)
            hue = pick(rng, ((0.7, 0.06, 0.1), (0.75, 0.5, 0.05), (0.7, 0.25, 0.5), (0.75, 0.72, 0.7), (0.4, 0.15, 0.55)))
            scene.flakes(np.array([x, 0.42, d]) + rng.normal(0, 1, (50, 3)) * [0.35, 0.13, 0.3], 0.05, hue, 0.2)
    hedge = np.stack([rng.uniform(-30, 30, 9000), rng.uniform(0, 7, 9000) ** 1.0, rng.uniform(42, 52, 9000)], 1)
    scene.flakes(hedge, 0.3, (0.09, 0.17, 0.035), 0.5)
    for y in (0.45, 0.75, 0.9):
        scene.box((1.55, y, 6.2 + 0.25 * (y > 0.5)), (1.5, 0.09 if y > 0.5 else 0.05, 0.05 if y > 0.5 else 0.42), Paint((0.28, 0.14, 0.06), "satin"))
    for _ in range(0 if day else 26):
        d = rng.uniform(10, 40)
        hue = np.array([1.0, 1.0, 0.8]) if day else np.array([1.0, 0.7, 0.28])
        scene.bulb((rng.normal(-0.1, 0.16) * d, 1.5 + rng.uniform(0.05, 0.24) * d, d), hue * rng.uniform(0.15, 0.7))
    scene.key(-1, (1.0, 0.97, 0.9) if day else (1.0, 0.74, 0.44), 9, 1.3)
    scene.rim(1, (0.9, 1.0, 0.8) if day else (1.0, 0.62, 0.25), 12)


@place
def snow(scene: Scene, light: str) -> None:
    """A snowfield with firs, hills behind; at dusk a hut has light."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("cool", 0.3, 0.0025, (0.9, 0.98, 1.1), 0.06)
        scene.sky = textures.sky(rng, (0.25, 0.5, 0.95), (0.9, 1.0, 1.1), (0.7, 0.75, 0.85), 0.4, (1.3, 1.3, 1.35))
        scene.sun = ((-0.7, 0.4, 0.25), (2.8, 2.6, 2.3))
    else:
        scene.look = Look("cool", 0.075, 0.002, (0.5, 0.5, 0.8), 0.12)
        scene.sky = textures.sky(rng, (0.03, 0.07, 0.22), (0.55, 0.42, 0.46), (0.1, 0.12, 0.2), 0.45, (0.4, 0.3, 0.4), (-14.0, 2.0, (1.4, 0.55, 0.35), 14.0))
    ground(scene, (0.82, 0.86, 0.92), 200, 0.08)
    hills(scene, 240, 800, 120, (0.75, 0.8, 0.88), (0.85, 0.88, 0.94), 6)
    hills(scene, 900, 2200, 520, (0.3, 0.33, 0.4), (0.85, 0.88, 0.95), 8, 0.3)
    for k in range(90):
        d = 11 + k * 0.9 + rng.uniform(-0.5, 0.5)
        side = rng.choice([-1, 1])
        _fir(scene, side * rng.uniform(0.13 + 0.6 / d, 0.55) * d, d, rng.uniform(2.8, 8))
    for _ in range(26):
        d = rng.uniform(5, 24)
        scene.ball((rng.uniform(-0.5, 0.5) * d, 0.0, d), rng.uniform(0.3, 0.8), Paint((0.84, 0.88, 0.94)), (1.6, 0.5, 1))
    scene.block((3.4, 0, 17), (4, 2.4, 3.2), Paint((0.16, 0.08, 0.045)))
    for side in (-1, 1):
        scene.box((3.4 + side * 1.15, 3.1, 17), (2.9, 0.25, 3.8), Paint((0.84, 0.87, 0.93)), roll=-side * 36)
    for x in (2.5, 4.2):
        scene.box((x, 1.4, 15.35), (0.75, 0.75, 0.04), Paint(np.array([1.0, 0.55, 0.2]) * (1.5 if day else 7), "glow"))
    if not day:
        scene.lamp((3.4, 1.6, 15.2), 2, 0.6, (9, 5, 2), (0, -0.3, -1))
        for x in np.linspace(1.6, 5.2, 15):
            scene.bulb((x, 2.45 + 0.1 * np.sin(x * 9), 15.2), np.array([1.0, 0.6, 0.25]) * rng.uniform(0.6, 1.3))
    for _ in range(70):
        d = rng.uniform(3, 16)
        scene.bulb((rng.uniform(-0.45, 0.45) * d, 1.5 + rng.uniform(-0.27, 0.27) * d, d), np.array([0.9, 0.95, 1.0]) * rng.uniform(0.05, 0.22 if day else 0.1))
    scene.key(-1, (0.95, 0.98, 1.05) if day else (0.75, 0.8, 1.0), 9, 1.3)
    scene.rim(1, (1.0, 0.95, 0.85) if day else (1.0, 0.55, 0.3), 8)


def _fir(scene: Scene, x: float, d: float, tall: float) -> None:
    for level in np.linspace(0.12, 0.85, 6):
        wide = tall * 0.24 * (1.05 - level)
        y = tall * level
        scene.rod((x, y, d), (x, y + tall * 0.2, d), wide, Paint(jitter(scene.rng, (0.03, 0.07, 0.05), 0.3)), tip=0.02)
        scene.rod((x, y + tall * 0.05, d), (x, y + tall * 0.2, d), wide * 0.8, Paint((0.78, 0.82, 0.9)), tip=0.02)
