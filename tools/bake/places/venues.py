"""Where people perform, race, report: screens, stages, stands."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.props import AMBER, COLD, STEEL, WARM, car, crowd, curtain, passer, shelf, window
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

TEAMS = ((0.65, 0.05, 0.05), (0.75, 0.7, 0.66), (0.06, 0.16, 0.5), (0.1, 0.1, 0.12), (0.75, 0.55, 0.06), (0.08, 0.35, 0.18))


@place
def newsroom(scene: Scene, light: str) -> None:
    """A presenter's floor: walls of screens with weather maps, desks, lines of light."""
    cold, rng = light == "cold", scene.rng
    line = np.array([0.12, 0.6, 1.0]) if cold else np.array([1.0, 0.35, 0.1])
    base = (0.03, 0.045, 0.08) if cold else (0.08, 0.035, 0.03)
    scene.look = Look("cool" if cold else "warm", 0.085, 0.006, tuple(line * 0.8), 0.09)
    scene.room(10, 3.6, 7.6, Paint(base), Paint((0.03, 0.035, 0.045), "gloss"), Paint(0.02))
    wall = ((-1.15, 1.95, 6.9, 2.75, 1.55), (1.75, 2.0, 6.7, 1.9, 1.3))
    for x, y, d, w, h in wall:
        scene.screen((x, y, d), w, h, textures.weather_map(rng)[::2, ::2], 1.1, (-0.05 * np.sign(x), 0, -1))
        scene.box((x, y, d + 0.06), (w + 0.1, h + 0.1, 0.08), Paint(0.02, "satin"))
    for side in (-1, 1):
        for k, y in enumerate((1.45, 2.25)):
            hue = (0.02, 0.09, 0.3) if cold else (0.25, 0.04, 0.03)
            scene.screen((side * 3.15, y, 6.2 - k * 0.05), 1.05, 0.72, textures.screen_rows(rng, hue)[::2, ::2], 1.9, (-side * 0.5, 0, -1))
    for y in (1.08, 2.84):
        scene.box((0, y, 6.85), (6.4, 0.035, 0.03), Paint(line * 6, "glow"))
    for x in (-2.72, 0.5, 2.9):
        scene.box((x, 1.95, 6.75), (0.07, 1.9, 0.06), Paint(line * 3.5, "glow"))
    scene.box((0, 0.95, 5.3), (4.6, 0.06, 0.8), Paint((0.55, 0.57, 0.6), "gloss"))
    scene.block((0, 0, 5.4), (4.4, 0.9, 0.5), Paint(base, "gloss"))
    scene.box((0, 0.72, 5.12), (4.4, 0.05, 0.03), Paint(line * 4, "glow"))
    for x in (-1.6, -0.75, 0.8, 1.65):
        scene.box((x, 1.16, 5.3), (0.46, 0.3, 0.03), Paint(0.02, "satin"), rng.uniform(-12, 12))
        scene.screen((x, 1.16, 5.27), 0.42, 0.26, textures.screen_rows(rng)[::3, ::3], 1.6)
    for x in (-1.9, 1.9):
        passer(scene, x, 5.9, 1.72, (0.05, 0.06, 0.1), seated=True)
    for x in np.linspace(-2.2, 2.2, 6):
        scene.rod((x, 3.15, 6.0), (x, 3.6, 6.0), 0.12, Paint(0.02))
        scene.bulb((x, 3.12, 5.9), np.asarray(COLD) * 1.8)
    for _ in range(30):
        scene.bulb((rng.uniform(-3, 3), rng.uniform(0.95, 1.1), 6.5), pick(rng, (line, np.array([1, 0.2, 0.1]), np.array([0.2, 1, 0.4]))) * rng.uniform(0.3, 1))
    for x in (-2.4, 0, 2.4):
        scene.lamp((x, 3.55, 4), 0.7, 0.7, np.asarray(COLD if cold else WARM) * 9)
    scene.key(-1, (1.0, 0.97, 0.93), 13)
    scene.rim(1, tuple(line), 16)


@place
def stage(scene: Scene, light: str) -> None:
    """A stage in beams of light, smoke, curtains and a band's gear."""
    warm, rng = light == "warm", scene.rng
    hues = ((1.0, 0.42, 0.1), (1.0, 0.12, 0.1), (1.0, 0.7, 0.3)) if warm else ((0.1, 0.35, 1.0), (0.7, 0.08, 1.0), (0.05, 0.8, 0.9))
    scene.look = Look("gold" if warm else "neon", 0.036, 0.035, tuple(np.asarray(hues[0]) * 0.8 + 0.1), 0.16)
    scene.room(14, 7, 12, Paint(0.02), Paint((0.05, 0.04, 0.04), "gloss"), Paint(0.01))
    curtain(scene, -6, -2.3, 8.5, 6, (0.35, 0.02, 0.03), 0.2)
    curtain(scene, 2.3, 6, 8.5, 6, (0.35, 0.02, 0.03), 0.2)
    curtain(scene, -3, 3, 11.5, 6, (0.05, 0.05, 0.09) if not warm else (0.1, 0.03, 0.02), 0.24)
    for k, x in enumerate(np.linspace(-3.2, 3.2, 9)):
        hue = np.asarray(hues[k % 3])
        scene.bulb((x, 3.55, 9.0), hue * 2 + 0.5)
        scene.lamp((x, 3.6, 8.0), 0.3, 0.3, hue * 60, (-0.1 * x, -1, 0.15))
    for k, x in enumerate(np.linspace(-2.6, 2.6, 14)):
        scene.bulb((x, 0.7 + 0.02 * (k % 2), 10.6), np.asarray(hues[k % 3]) * 1.5)
        scene.bulb((x, 3.35, 10.8), np.asarray(hues[(k + 1) % 3]) * 0.9)
    scene.screen((0, 2.0, 11.2), 9.0, 5.0, textures.beams(rng, hues), 0.9)
    for x in (-1.7, 1.75):
        scene.block((x, 0.3, 8.8), (0.9, 1.1, 0.5), Paint((0.03, 0.03, 0.03)))
        scene.box((x, 1.0, 8.5), (0.6, 0.5, 0.04), Paint((0.09, 0.085, 0.08)))
    drum = Paint((0.5, 0.06, 0.04) if warm else (0.08, 0.12, 0.5), "gloss")
    for x, y, size in ((-0.6, 0.75, 0.36), (0.0, 1.12, 0.18), (0.4, 1.1, 0.18), (0.8, 0.8, 0.25)):
        scene.rod((x, y, 9.2), (x, y + 0.05, 9.6), size, drum)
        scene.box((x, y, 9.19), (size * 1.3, size * 1.3, 0.02), Paint(0.7))
    for x, y in ((-1.0, 1.5), (0.2, 1.65), (1.2, 1.48)):
        scene.can((x, y, 9.2), 0.27, 0.015, Paint((0.8, 0.6, 0.2), "metal"))
        scene.rod((x, 0.3, 9.2), (x, y, 9.2), 0.015, Paint(STEEL, "metal"))
    for x in (-1.0, 1.15):
        scene.rod((x, 0, 6.4), (x, 1.5, 6.4), 0.015, Paint(STEEL, "metal"))
        scene.ball((x, 1.55, 6.38), 0.05, Paint(0.05, "metal"))
    for hue, x in ((hues[0], -5), (hues[1], 5)):
        scene.lamp((x, 3.2, 6.5), 1.6, 1.2, np.asarray(hue) * 40, (-x, -1.5, 1.0))
    scene.key(-1, (1.0, 0.82, 0.6) if warm else (0.85, 0.88, 1.0), 12)
    scene.rim(1, hues[1], 22)
    scene.rim(-1, hues[0], 14)


@place
def arena(scene: Scene, light: str) -> None:
    """A packed arena: terraces of people, floodlights, a coloured floor, banners."""
    cold, rng = light == "cold", scene.rng
    scene.look = Look("cool" if cold else "gold", 0.075, 0.008, (0.5, 0.65, 1.0) if cold else (1.0, 0.7, 0.45), 0.12)
    floor = (0.05, 0.12, 0.42) if cold else (0.4, 0.2, 0.09)
    scene.room(46, 14, 44, Paint((0.03, 0.035, 0.05)), Paint(floor, "gloss"), Paint(0.015))
    scene.box((0, 0.06, 12), (11, 0.12, 9), Paint((0.1, 0.28, 0.65) if cold else (0.62, 0.4, 0.18), "satin"))
    scene.box((0, 0.1, 12), (8.6, 0.1, 7), Paint((0.55, 0.5, 0.38) if cold else (0.1, 0.2, 0.5), "satin"))
    crowd(scene, -20, 20, 22, 16, 0.62, 0.95, 1.2, TEAMS, 0.55)
    for k in range(16):
        scene.box((0, 0.75 + k * 0.62, 22.6 + k * 0.95), (42, 0.5, 0.9), Paint((0.06, 0.065, 0.08)))
    banner = np.array([pick(rng, ((0.05, 0.2, 0.9), (0.9, 0.9, 0.95), (0.85, 0.06, 0.1), (0.95, 0.7, 0.05))) for _ in range(18)])
    scene.screen((0, 0.85, 20.8), 30, 0.75, np.tile(banner[None].repeat(5, 1), (2, 1, 1)), 0.4)
    scene.screen((0, 7.4, 34), 6.5, 3.0, textures.screen_rows(rng)[::2, ::2], 2.2)
    for k, x in enumerate(np.linspace(-9, 9, 16)):
        scene.bulb((x, 5.6 + 0.35 * (k % 2), 24), np.asarray(COLD if cold else (1.0, 0.8, 0.55)) * 3.2)
    for _ in range(80):
        spot = (rng.uniform(-12, 12), rng.uniform(1.6, 8), 0.0)
        scene.bulb((spot[0], spot[1], 21 + spot[1] * 1.5), np.array([0.85, 0.92, 1.0]) * rng.uniform(0.1, 0.8) ** 1.5)
    for x in (-8, 0, 8):
        for d in (7, 13, 19):
            scene.lamp((x, 12.5, d), 2.4, 2.4, np.asarray(COLD if cold else WARM) * 30)
    scene.lamp((0, 10, 14), 14, 2, np.asarray(COLD if cold else WARM) * 12, (0, -0.6, 1))
    for x, d in ((-3.2, 13), (3.6, 14.5), (-1.4, 16.5), (2.0, 17.5)):
        passer(scene, x, d, 1.7, pick(rng, TEAMS))
    for x in (-2.1, 2.3):
        scene.rod((x, 0.1, 11), (x, 2.5, 11), 0.04, Paint((0.7, 0.6, 0.4), "satin"))
    scene.rod((-2.1, 2.45, 11), (2.3, 2.45, 11), 0.035, Paint((0.7, 0.55, 0.35), "satin"))
    scene.key(-1, (0.95, 0.98, 1.04) if cold else (1.0, 0.86, 0.66), 13)
    scene.rim(1, (0.75, 0.88, 1.0) if cold else (1.0, 0.6, 0.25), 20)


@place
def gym(scene: Scene, light: str) -> None:
    """An indoor court: lines, a net, a blue curtain, high windows, balls."""
    day, rng = light == "day", scene.rng
    scene.look = Look("neutral", 0.17 if day else 0.1, 0.003, (0.9, 0.95, 1.05), 0.05)
    scene.room(16, 7, 20, Paint((0.5, 0.47, 0.4)), Paint((0.42, 0.22, 0.09), "gloss"), Paint((0.4, 0.4, 0.4)))
    curtain(scene, -7.5, 7.5, 19, 3.6, (0.04, 0.13, 0.42), 0.3)
    for x in (-5, -2.5, 0, 2.5, 5):
        window(scene, (x, 5.2, 19.8), 2.0, 1.6, light, power=7)
        window(scene, (-7.9, 4.6, 8 + x), 2.0, 1.8, light, (1, 0, 0), 16)
    for x in (-3.4, 0.0, 3.4):
        scene.box((x, 0.01, 12), (0.07, 0.02, 14), Paint(0.8))
    for d in (8.5, 12, 15.5):
        scene.box((0, 0.011, d), (9, 0.02, 0.08), Paint(0.8))
    net = scene.rng
    for y in np.linspace(0.1, 0.95, 9):
        scene.rod((-4.2, y, 10.5), (4.2, y, 10.5), 0.008, Paint(0.08))
    scene.box((0, 1.02, 10.5), (8.4, 0.08, 0.03), Paint(0.85))
    for x in (-4.2, 0, 4.2):
        scene.rod((x, 0, 10.5), (x, 1.1, 10.5), 0.04, Paint(0.1, "metal"))
    for _ in range(26):
        spot = (net.uniform(-3.6, 3.6), 0.05, net.uniform(8.5, 17))
        scene.ball(spot, 0.07, Paint((0.65, 0.75, 0.06)))
    for x in (-2.5, 2.7):
        scene.block((x, 0, 13), (0.9, 0.45, 0.4), Paint((0.5, 0.06, 0.05)))
        scene.rod((x, 0, 17.6), (x, 3.6, 17.6), 0.07, Paint((0.1, 0.15, 0.4), "satin"))
        scene.box((x, 3.3, 17.4), (1.7, 1.05, 0.05), Paint(0.78))
        scene.box((x, 3.1, 17.35), (0.55, 0.42, 0.03), Paint((0.7, 0.12, 0.05)))
    for k in range(7):
        hue = pick(rng, ((0.7, 0.1, 0.08), (0.8, 0.6, 0.06), (0.08, 0.4, 0.2), (0.75, 0.73, 0.7)))
        scene.box((-4.8 + k * 1.6, 4.05, 18.6), (1.3, 0.7, 0.03), Paint(jitter(rng, hue, 0.15)))
    for x in (-3, 0, 3):
        for d in (5, 9, 13, 17):
            scene.lamp((x, 6.9, d), 0.9, 0.9, np.asarray(COLD) * (10 if day else 26))
            scene.bulb((x, 5.4, d + 3), np.array([1.0, 0.97, 0.9]) * 1.6)
    scene.key(-1, (0.97, 1.0, 1.02) if day else (1.0, 0.95, 0.85), 10)
    scene.rim(1, (0.9, 0.95, 1.0), 9)


@place
def racetrack(scene: Scene, light: str) -> None:
    """The pit straight: kerbs, barriers with sponsors' colours, cars, the stand behind."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("gold", 0.14, 0.003, (1.1, 0.95, 0.75), 0.07)
        scene.sky = textures.sky(rng, (0.25, 0.48, 0.95), (1.1, 1.0, 0.85), (0.1, 0.14, 0.05), 0.45, (1.3, 1.2, 1.1))
        scene.sun = ((0.6, 0.4, 0.1), (5.0, 4.2, 3.0))
    else:
        scene.look = Look("cool", 0.05, 0.006, (0.3, 0.4, 0.7), 0.13)
        scene.sky = textures.sky(rng, (0.008, 0.014, 0.04), (0.05, 0.05, 0.1), (0.0, 0.0, 0.0), 0.3, (0.03, 0.03, 0.05))
        scene.lamp((0, 16, 12), 16, 5, (9, 9.5, 10.5), (0, -1, 0.5))
    scene.box((0, -0.05, 60), (90, 0.1, 130), Paint((0.09, 0.09, 0.095), "satin"))
    scene.box((0, -0.06, 300), (900, 0.1, 600), Paint((0.1, 0.2, 0.05)))
    for d in (8.5, 14.0):
        for k in range(50):
            scene.box((-15 + k * 0.6, 0.02, d + 0.02 * k), (0.6, 0.06, 0.6), Paint((0.65, 0.03, 0.03) if k % 2 else (0.8, 0.8, 0.78)))
    scene.box((0, 0.55, 15), (60, 1.1, 0.2), Paint((0.5, 0.51, 0.53)))
    for k in range(26):
        scene.box((-19 + k * 1.5, 0.68, 14.88), (1.4, 0.62, 0.03), Paint(jitter(rng, pick(rng, TEAMS), 0.2)))
        scene.rod((-19 + k * 1.5, 1, 15), (-19 + k * 1.5, 3.0, 15), 0.025, Paint(0.3, "metal"))
    crowd(scene, -20, 20, 20, 13, 0.55, 0.85, 1.9, TEAMS, 0.55)
    for k in range(13):
        scene.box((0, 1.45 + k * 0.55, 20.6 + k * 0.85), (44, 0.45, 0.8), Paint((0.3, 0.31, 0.33)))
    scene.box((0, 8.6, 27), (46, 0.3, 12), Paint((0.75, 0.75, 0.77)))
    for x in range(-20, 21, 8):
        scene.rod((x, 0, 22), (x, 8.6, 22), 0.16, Paint(0.6))
        hue = pick(rng, TEAMS)
        scene.box((x + 0.55, 4.6, 21.4), (1.0, 1.7, 0.03), Paint(jitter(rng, hue, 0.2)), 15)
    _racer(scene, -2.2, 9.6, (0.7, 0.03, 0.03))
    _racer(scene, 2.6, 11.2, (0.04, 0.14, 0.55))
    _racer(scene, 5.6, 12.6, (0.85, 0.55, 0.03))
    for x, d in ((-2.9, 7.6), (3.3, 8.2)):
        scene.block((x, 0, d), (0.9, 1.5, 0.8), Paint((0.6, 0.05, 0.04), "gloss"))
        for k in range(3):
            scene.rod((x * 0.78, 0.05 + k * 0.3, d), (x * 0.78, 0.33 + k * 0.3, d), 0.34, Paint(0.02))
    car(scene, 0.3, 40, (0.7, 0.7, 0.72), False, 1.8)
    for x in np.linspace(-8, 8, 12):
        scene.bulb((x, 6.9, 24), np.array([1.0, 0.97, 0.9]) * (0.7 if day else 3.0))
    for _ in range(60):
        scene.bulb((rng.uniform(-12, 12), rng.uniform(2, 7), 22), np.asarray(COLD) * rng.uniform(0.1, 0.7))
    scene.key(1, (1.0, 0.92, 0.78) if day else (0.95, 0.97, 1.0), 10, 1.2)
    scene.rim(-1, (1.0, 0.75, 0.4) if day else (0.6, 0.8, 1.0), 12)


def _racer(scene: Scene, x: float, d: float, hue: tuple[float, float, float]) -> None:
    """A single-seater seen from the side."""
    body, black = Paint(hue, "gloss"), Paint(0.02)
    scene.box((x, 0.42, d), (3.6, 0.26, 0.8), body)
    scene.box((x + 0.3, 0.7, d), (1.2, 0.36, 0.5), body)
    scene.ball((x + 0.1, 0.9, d), 0.16, Paint((0.85, 0.75, 0.1), "gloss"))
    scene.box((x - 1.9, 0.95, d), (0.16, 0.4, 1.1), black)
    scene.box((x + 2.1, 0.25, d), (0.4, 0.06, 1.2), body)
    for at in (-1.4, 1.55):
        for side in (-0.6, 0.5):
            scene.rod((x + at, 0.36, d + side), (x + at, 0.36, d + side + 0.28), 0.36, black)
            scene.box((x + at, 0.36, d + side - 0.01), (0.3, 0.3, 0.02), Paint(0.4, "metal"))


@place
def studio(scene: Scene, light: str) -> None:
    """A portrait studio: a painted canvas with a pool of light, stands, a soft box."""
    warm = light == "warm"
    tone = np.array([0.42, 0.3, 0.2]) if warm else np.array([0.2, 0.27, 0.36])
    scene.look = Look("warm" if warm else "cool", 0.1, 0.0, (1, 1, 1), 0.06)
    mottle = textures.noise((60, 100), scene.rng, 5, 5)[..., None]
    folds = textures.noise((60, 100), scene.rng, 14, 2)[..., None]
    y, x = np.mgrid[0:60, 0:100]
    pool = np.exp(-(((x - 44) / 30.0) ** 2) - ((y - 33) / 20.0) ** 2)[..., None]
    canvas = np.clip(tone * (0.12 + 1.6 * pool) * (0.55 + 0.8 * mottle) * (0.85 + 0.3 * folds), 0, 0.9)
    scene.box((0, -0.05, 4), (16, 0.1, 14), Paint(tuple(tone * 0.7)))
    scene.picture((0, 2.0, 5.6), 6.4, 5, canvas)
    scene.box((0, 2.5, 9), (16, 6, 0.1), Paint(0.05))
    scene.box((0, 2, -3), (16, 6, 0.1), Paint(0.12))
    scene.lamp((0, 3.6, 3.2), 3.0, 0.8, np.asarray((1.0, 0.9, 0.8) if warm else COLD) * 8, (0, -0.6, 1))
    for x, high in ((-2.0, 2.3), (2.05, 2.1)):
        scene.rod((x, 0, 4.9), (x, high, 4.9), 0.02, Paint(0.03, "metal"))
        scene.box((x, high, 4.85), (0.55, 0.75, 0.2), Paint(0.03))
        scene.box((x, high, 4.74), (0.48, 0.66, 0.02), Paint(np.asarray(WARM if warm else COLD) * 2.6, "glow"))
    scene.block((1.55, 0, 5.1), (0.45, 0.9, 0.4), Paint((0.2, 0.1, 0.05), "satin"))
    shelf(scene, -1.65, 5.4, 0.7, 0.9)
    scene.key(-1, (1.0, 0.93, 0.84) if warm else (0.97, 0.99, 1.03), 13)
    scene.rim(1, (1.0, 0.66, 0.34) if warm else (0.45, 0.7, 1.0), 12)
