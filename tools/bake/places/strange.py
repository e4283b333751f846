"""Where few have been: orbit, fire, high roofs, old markets."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.props import (
    AMBER,
    CLOTHES,
    COLD,
    LEAF,
    WARM,
    globe,
    passer,
    plant,
    skyline,
    string_lights,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

SPICES = ((0.75, 0.35, 0.02), (0.6, 0.06, 0.03), (0.7, 0.55, 0.06), (0.15, 0.3, 0.06), (0.35, 0.16, 0.06), (0.55, 0.1, 0.3))


@place
def spaceship(scene: Scene, light: str) -> None:
    """A station module; the Earth fills the far window."""
    day, rng = light == "day", scene.rng
    scene.look = Look("cool", 0.12 if day else 0.05, 0.003, (0.6, 0.75, 1.0), 0.09)
    hull = Paint((0.6, 0.62, 0.64), "satin")
    for side in (-1, 1):
        for k in range(12):
            d = 0.4 + k * 0.62
            scene.box((side * 1.75, 1.5, d), (0.2, 1.5, 0.57), Paint(jitter(rng, (0.6, 0.61, 0.62), 0.25), "satin"))
            scene.box((side * 1.62, 2.42, d), (0.14, 0.14, 0.57), Paint((0.08, 0.2, 0.5), "satin"))
            for _ in range(6):
                spot = (side * 1.63, rng.uniform(0.9, 2.15), d + rng.uniform(-0.2, 0.2))
                tone = pick(rng, (0.03, 0.3, 0.8, np.array([0.75, 0.3, 0.03]), np.array([0.1, 0.25, 0.55])))
                scene.box(spot, (0.09, rng.uniform(0.06, 0.26), rng.uniform(0.06, 0.26)), Paint(tone, "satin"))
            scene.rod((side * 1.55, 0.88, d - 0.3), (side * 1.55, 0.88, d + 0.3), 0.028, Paint((0.15, 0.3, 0.7), "satin"))
    for y in (0.55, 2.68):
        scene.box((0, y, 3.4), (3.7, 0.12, 8), hull)
    scene.box((0, 1.5, -1.5), (3.7, 2.4, 0.1), hull)
    strip = np.array([0.85, 0.94, 1.0]) if day else np.array([0.25, 0.45, 1.0])
    for x in (-0.85, 0.85):
        scene.lamp((x, 2.6, 3.4), 0.16, 7, strip * (11 if day else 5))
    for turn in np.linspace(0, 2 * np.pi, 37)[:-1]:
        scene.box((1.32 * np.cos(turn), 1.6 + 1.08 * np.sin(turn), 7.4), (0.3, 0.26, 0.5), Paint((0.4, 0.42, 0.44), "satin"), roll=np.degrees(turn))
        scene.box((1.62 * np.cos(turn), 1.6 + 1.36 * np.sin(turn), 7.3), (0.42, 0.36, 0.3), Paint((0.5, 0.52, 0.54), "satin"), roll=np.degrees(turn))
    for turn in (0.52, 1.57, 2.62):
        scene.box((0, 1.6, 7.5), (2.5, 0.06, 0.12), Paint((0.3, 0.31, 0.33), "satin"), roll=np.degrees(turn))
    scene.screen((0, 1.75, 9.2), 5.6, 3.5, textures.earth(rng, not day)[::2, ::2], 2.0 if day else 1.5)
    for side in (-1, 1):
        for d in (4.4, 5.6):
            scene.box((side * 1.35, 1.35, d), (0.03, 0.34, 0.5), Paint(0.03))
            scene.screen((side * 1.33, 1.35, d), 0.46, 0.3, textures.screen_rows(rng, (0.0, 0.1, 0.16))[::3, ::3], 2.6, (-side, 0, -0.6))
    for _ in range(44):
        spot = (rng.choice([-1, 1]) * 1.56, rng.uniform(0.95, 2.25), rng.uniform(3.5, 7))
        scene.bulb(spot, np.asarray(pick(rng, ((0.15, 0.5, 1.0), (0.2, 1.0, 0.4), (1.0, 0.35, 0.08), COLD))) * rng.uniform(0.2, 0.9))
    for _ in range(8):
        x, d = rng.uniform(-1.5, 1.5), rng.uniform(3.5, 6.5)
        scene.wire([(x, 2.6, d), (x + rng.uniform(-0.3, 0.3), 2.25, d + 0.4), (x + rng.uniform(-0.5, 0.5), 2.6, d + 0.9)], 0.018, Paint(pick(rng, (0.7, 0.05, np.array([0.6, 0.25, 0.03])))))
    scene.key(-1, (0.94, 0.98, 1.05) if day else (0.65, 0.8, 1.0), 9)
    scene.rim(1, (0.3, 0.6, 1.0), 14)


@place
def burning(scene: Scene, light: str) -> None:
    """A building on fire: beams across flames, embers, smoke."""
    day, rng = light == "day", scene.rng
    scene.look = Look("fire", 0.1 if day else 0.05, 0.07, (0.75, 0.42, 0.26) if day else (0.7, 0.24, 0.08), 0.16)
    char = Paint((0.05, 0.04, 0.035))
    scene.room(8, 3.6, 9, Paint((0.13, 0.1, 0.08)), Paint((0.06, 0.05, 0.045)), Paint((0.05, 0.045, 0.04)))
    if day:
        scene.lamp((0, 3.55, 5), 3, 4, (5, 5, 5.2))
    scene.screen((0, 1.5, 8.6), 7, 3.4, textures.flames(rng, (60, 110)), 9)
    for side in (-1, 1):
        scene.screen((side * 2.3, 1.1, 6.6), 2.4, 2.2, textures.flames(rng, (50, 50)), 6, (-side * 0.5, 0, -1))
        scene.lamp((side * 3.6, 0.8, 5.2), 2.6, 1.2, (22, 7, 1.2), (-side, 0.3, 0))
    scene.lamp((0, 0.05, 6.4), 4, 2.5, (14, 4.5, 0.8), (0, 1, 0))
    for _ in range(11):
        spot = (rng.uniform(-2.6, 2.6), rng.uniform(1.5, 3.1), rng.uniform(4.6, 7.4))
        scene.box(spot, (rng.uniform(1.6, 3.6), 0.14, 0.14), char, rng.uniform(-40, 40), rng.uniform(-45, 45))
    for x in (-2.0, 1.9):
        scene.box((x, 1.6, 5.6), (0.24, 3.3, 0.24), char, 10)
    for x in (-0.75, 0.75):
        scene.box((x, 1.2, 7.6), (0.14, 2.4, 0.3), char)
    scene.box((0, 2.4, 7.6), (1.7, 0.16, 0.3), char)
    for _ in range(26):
        spot = (rng.uniform(-2.8, 2.8), rng.uniform(0.05, 0.8), rng.uniform(4.2, 7))
        scene.box(spot, rng.uniform(0.12, 0.8, 3), char, rng.uniform(0, 90), rng.uniform(-25, 25))
    for _ in range(90):
        d = rng.uniform(2.4, 8)
        spot = (rng.uniform(-0.42, 0.42) * d, 1.5 + rng.uniform(-0.25, 0.25) * d, d)
        scene.bulb(spot, np.array([1.0, 0.4, 0.08]) * rng.uniform(0.15, 1.3) ** 1.6)
    scene.key(1, (1.0, 0.55, 0.24), 11)
    scene.rim(-1, (1.0, 0.32, 0.07), 26)


@place
def rooftop(scene: Scene, light: str) -> None:
    """A roof terrace over a city; lights come on below."""
    golden, rng = light == "golden", scene.rng
    if golden:
        scene.look = Look("gold", 0.13, 0.0016, (1.4, 0.8, 0.5), 0.12)
        scene.sky = textures.sky(rng, (0.2, 0.28, 0.6), (1.5, 0.75, 0.38), (0.12, 0.1, 0.1), 0.45, (1.5, 0.7, 0.5), (-9.0, 4.0, (12.0, 5.5, 1.8), 8.0))
        scene.sun = ((-0.18, 0.12, 0.97), (7, 3.8, 1.6))
    else:
        scene.look = Look("cool", 0.02, 0.001, (0.2, 0.22, 0.5), 0.12)
        scene.sky = textures.sky(rng, (0.006, 0.01, 0.04), (0.055, 0.03, 0.055), (0.004, 0.004, 0.008), 0.35, (0.03, 0.02, 0.04))
    wall = (0.2, 0.17, 0.16) if golden else (0.018, 0.02, 0.035)
    lamps = (WARM, WARM, AMBER, COLD, (1.0, 0.15, 0.1))
    skyline(scene, 420, 620, 74, 34, wall, 0.008 if golden else 0.035, lamps, 0.8)
    skyline(scene, 200, 300, 34, 22, wall, 0.02 if golden else 0.09, lamps, 0.9)
    skyline(scene, 80, 120, 5, 15, wall, 0.1 if golden else 0.5, lamps, 0.9)
    scene.box((0, -0.05, 4), (12, 0.1, 10), Paint((0.3, 0.19, 0.11), "satin"))
    for x in np.arange(-5, 5.1, 0.9):
        scene.rod((x, 0, 7.6), (x, 1.05, 7.6), 0.022, Paint(0.04, "metal"))
    scene.box((0, 1.07, 7.6), (11, 0.06, 0.1), Paint((0.25, 0.13, 0.06), "satin"))
    scene.box((0, 0.4, 7.6), (11, 0.8, 0.02), Paint((0.1, 0.11, 0.12), "gloss"))
    for x, d in ((-2.5, 6.9), (2.7, 6.6), (-1.75, 7.2)):
        plant(scene, x, d, rng.uniform(1.5, 2.1), (0.12, 0.12, 0.12))
    for x in (-3.4, 3.5):
        scene.rod((x, 0, 7.4), (x, 3.0, 7.4), 0.04, Paint(0.06))
    string_lights(scene, (-3.4, 2.85, 7.4), (3.5, 2.8, 7.4), 19, (WARM, AMBER), 1.5, 0.4)
    string_lights(scene, (-2.6, 2.5, 4.6), (3.5, 2.85, 7.4), 15, (WARM, AMBER), 1.5, 0.3)
    scene.block((1.5, 0, 6.2), (1.5, 0.42, 0.7), Paint((0.4, 0.36, 0.3)))
    for x, hue in ((1.1, (0.6, 0.25, 0.08)), (1.8, (0.1, 0.25, 0.35))):
        scene.box((x, 0.6, 6.4), (0.45, 0.38, 0.14), Paint(hue), 0, rng.uniform(-10, 10))
    for x in (-0.9, 0.4):
        globe(scene, (x, 0.75, 6.6), 0.1, WARM, 5 if golden else 9)
    scene.lamp((0, 2.75, 6.5), 4, 0.6, np.asarray(WARM) * (1.5 if golden else 3.5))
    scene.key(-1, (1.0, 0.74, 0.46) if golden else (1.0, 0.78, 0.56), 8)
    scene.rim(1, (1.0, 0.5, 0.2) if golden else (0.3, 0.5, 1.0), 13)


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
        hue = jitter(rng, pick(rng, ((0.65, 0.1, 0.05), (0.75, 0.5, 0.08), (0.08, 0.25, 0.4), (0.7, 0.65, 0.55), (0.5, 0.12, 0.3))), 0.2)
        scene.box((rng.uniform(-0.7, 0.7), 3.1 + 0.05 * d, d), (rng.uniform(2.0, 3.4), 0.03, 1.5), Paint(hue), rng.uniform(-12, 12), rng.uniform(-9, 9))
        string_lights(scene, (-2.3, 2.6 + 0.05 * d, d), (2.3, 2.65 + 0.05 * d, d + 0.7), 9, (WARM, AMBER), 0.7 if day else 1.4, 0.3)
    for _ in range(11):
        passer(scene, rng.uniform(-1.6, 1.6), rng.uniform(14, 32), rng.uniform(1.55, 1.82), pick(rng, (*CLOTHES, *SPICES)))
    scene.key(1, (1.0, 0.9, 0.74) if day else (1.0, 0.66, 0.34), 9, 1.2)
    scene.rim(-1, (1.0, 0.8, 0.5) if day else (1.0, 0.5, 0.18), 11)


def _stall(scene: Scene, x: float, d: float, side: int, day: bool) -> None:
    """A stand with an awning, baskets in heaps, hung cloth and a lantern."""
    rng = scene.rng
    awning = jitter(rng, pick(rng, ((0.6, 0.08, 0.05), (0.1, 0.3, 0.35), (0.72, 0.6, 0.4), (0.65, 0.36, 0.06), (0.15, 0.3, 0.1))), 0.2)
    scene.box((x, 2.5, d), (1.7, 0.04, 2.0), Paint(awning), roll=side * 16)
    for k in range(7):
        scene.box((x - side * 0.84, 2.22, d - 0.85 + k * 0.29), (0.03, 0.2, 0.14), Paint(awning if k % 2 else (0.75, 0.7, 0.6)))
    scene.box((x, 0.78, d), (1.3, 0.06, 1.9), Paint((0.28, 0.16, 0.08)))
    scene.block((x, 0, d), (1.2, 0.75, 1.8), Paint((0.2, 0.11, 0.05)))
    for row in range(2):
        for k in range(5):
            spot = (x - side * (0.35 - 0.5 * row), 0.82 + 0.14 * row, d - 0.75 + k * 0.37)
            scene.can(spot, 0.17, 0.1, Paint((0.3, 0.18, 0.08)))
            scene.ball((spot[0], spot[1] + 0.1, spot[2]), 0.16, Paint(jitter(rng, pick(rng, SPICES), 0.25)), (1, 0.75, 1))
    for k in range(5):
        hue = jitter(rng, pick(rng, (*SPICES, (0.08, 0.2, 0.45), (0.7, 0.65, 0.55))), 0.25)
        scene.box((x + side * 0.35, 1.75, d - 0.8 + k * 0.4), (0.04, 0.8, 0.3), Paint(hue))
    if rng.random() < 0.4:
        scene.flakes(np.array([x, 1.15, d]) + rng.normal(0, 0.2, (60, 3)), 0.06, LEAF)
    globe(scene, (x - side * 0.6, 2.02, d - 0.5), 0.1, pick(rng, (AMBER, WARM, (1.0, 0.3, 0.1))), 2.5 if day else 9)
    if not day:
        scene.lamp((x, 2.3, d), 0.5, 0.5, np.asarray(WARM) * 20)


@place
def tunnel(scene: Scene, light: str) -> None:
    """A railway platform under the ground: tiles, a waiting train, signs."""
    warm, rng = light == "warm", scene.rng
    tint = np.asarray(WARM if warm else COLD)
    scene.look = Look("warm" if warm else "cool", 0.075, 0.012, tuple(tint * 0.9), 0.1)
    scene.room(9, 4, 40, Paint((0.4, 0.4, 0.36)), Paint((0.2, 0.2, 0.21), "gloss"), Paint((0.2, 0.2, 0.2)))
    scene.picture((-4.4, 1.8, 19), 42, 3.6, textures.tiles((0.6, 0.56, 0.42) if warm else (0.5, 0.56, 0.58), (0.25, 0.25, 0.25), rng, 12, 90), (1, 0, 0))
    scene.box((3.0, 1.6, 18), (2.4, 2.7, 30), Paint((0.5, 0.52, 0.54), "metal"))
    scene.box((1.78, 1.0, 18), (0.04, 0.28, 30), Paint((0.6, 0.05, 0.04), "gloss"))
    for k in range(14):
        d = 4.6 + k * 2.1
        scene.box((1.77, 1.85, d), (0.04, 0.75, 1.4), Paint(np.array([1.0, 0.86, 0.6]) * 2.6, "glow"))
        if k % 3 == 0:
            scene.box((1.75, 1.45, d + 1.05), (0.05, 2.1, 0.08), Paint(0.05))
    scene.box((1.2, 0.02, 18), (0.35, 0.03, 32), Paint((0.75, 0.6, 0.05)))
    for k in range(9):
        d = 4.5 + k * 3.6
        scene.lamp((-1.2, 3.9, d), 0.4, 2.2, tint * 11)
        scene.box((-1.2, 3.3, d), (0.1, 0.06, 1.6), Paint(tint * 6, "glow"))
        scene.rod((-2.1, 0, d), (-2.1, 4, d), 0.17, Paint((0.1, 0.2, 0.3), "satin"))
        if k % 2 == 0:
            scene.screen((-0.5, 2.55, d + 1), 1.3, 0.34, textures.glyphs(rng, (1.0, 0.75, 0.2), 1, 4, (0.01, 0.03, 0.08))[::2, ::2], 2.4)
            scene.box((-3.2, 0.45, d + 1.5), (0.5, 0.06, 1.6), Paint((0.3, 0.16, 0.07), "satin"))
        poster = textures.noise((8, 8), rng, 3)[..., None] * rng.uniform(0.1, 1.2, 3)
        scene.screen((-4.3, 1.75, d + 1.6), 1.3, 1.7, poster, 1.3, (1, 0, 0))
    for _ in range(12):
        passer(scene, rng.uniform(-3.2, 0.7), rng.uniform(10, 30), rng.uniform(1.6, 1.85))
    for _ in range(26):
        d = rng.uniform(14, 36)
        scene.bulb((rng.uniform(-2.5, 1.6), rng.uniform(1.7, 3.2), d), np.asarray(pick(rng, (COLD, WARM, (1.0, 0.1, 0.06), (0.1, 1.0, 0.4)))) * rng.uniform(0.3, 1.4))
    scene.key(-1, (1.0, 0.84, 0.62) if warm else (0.92, 0.98, 1.02), 8)
    scene.rim(1, (1.0, 0.8, 0.5), 10)
