"""Rooms people live and work in."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.props import (
    AMBER,
    COLD,
    DARK_WOOD,
    STEEL,
    WARM,
    WOOD,
    bottles,
    chair,
    curtain,
    floor_lamp,
    frame_picture,
    passer,
    pendant,
    plant,
    shelf,
    skyline,
    table,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

JARS = ((0.5, 0.12, 0.05), (0.55, 0.4, 0.1), (0.1, 0.22, 0.08), (0.5, 0.45, 0.38), (0.2, 0.1, 0.05))
FOOD = ((0.6, 0.05, 0.03), (0.12, 0.35, 0.04), (0.8, 0.45, 0.05), (0.35, 0.08, 0.25), (0.75, 0.65, 0.1))


@place
def kitchen(scene: Scene, light: str) -> None:
    """A working kitchen: tiles, hood, copper, food on the pass, flames under the pans."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.13 if day else 0.075, 0.012, (1.0, 0.9, 0.75), 0.07)
    steel = Paint(STEEL, "metal")
    scene.room(8, 3.0, 7.2, Paint((0.55, 0.5, 0.42)), Paint((0.16, 0.09, 0.06), "satin"), Paint(0.5))
    scene.fill(2.97, (1.0, 0.92, 0.8), 5 if day else 2.2)
    scene.picture((0, 1.5, 7.15), 8, 3, textures.tiles((0.62, 0.6, 0.53), (0.3, 0.28, 0.25), rng, 16, 44))
    scene.block((0, 0, 6.5), (8, 0.92, 0.9), steel)
    scene.box((-0.9, 2.35, 6.4), (2.6, 0.55, 1.1), steel)
    scene.lamp((-0.9, 2.06, 6.4), 2.2, 0.5, np.asarray(WARM) * 15)
    for y in (1.55, 2.0):
        scene.box((2.2, y, 6.85), (2.4, 0.03, 0.35), Paint(WOOD, "satin"))
        bottles(scene, 1.1, 3.4, y + 0.02, 6.8, JARS)
    for x in (-1.9, -1.2, -0.5):
        scene.can((x, 0.94, 6.3), 0.2, rng.uniform(0.18, 0.34), Paint((0.5, 0.5, 0.5), "metal"))
        for turn in np.linspace(0, 2 * np.pi, 7)[:-1]:
            scene.bulb((x + 0.16 * np.cos(turn), 0.93, 6.15), np.array([0.12, 0.3, 1.0]) * 0.8)
    scene.rod((-3, 2.22, 4.3), (3, 2.22, 4.3), 0.02, steel)
    for k in range(13):
        x, size = -2.6 + k * 0.43 + rng.uniform(-0.08, 0.08), rng.uniform(0.1, 0.17)
        copper = Paint((0.72, 0.32, 0.16) if k % 3 else (0.12, 0.12, 0.13), "metal")
        scene.rod((x, 2.2, 4.3), (x, 2.0, 4.3), 0.012, steel)
        scene.ball((x, 2.0 - size, 4.3), size, copper, (1, 1, 0.45))
    scene.box((0, 0.92, 3.9), (7, 0.07, 0.8), Paint((0.4, 0.24, 0.12), "satin"))
    for _ in range(46):
        spot = (rng.uniform(-2.2, 2.2), 0.99, rng.uniform(3.6, 4.2))
        scene.ball(spot, rng.uniform(0.04, 0.09), Paint(jitter(rng, pick(rng, FOOD), 0.3), "satin"))
    for x in (-1.35, 0.9):
        plant_spot = np.array([x, 1.1, 3.95])
        scene.can(plant_spot - [0, 0.14, 0], 0.1, 0.16, Paint((0.4, 0.18, 0.1)))
        scene.flakes(plant_spot + rng.normal(0, 0.11, (90, 3)) + [0, 0.14, 0], 0.035, (0.1, 0.22, 0.04))
    for x in (-1.6, 0.15, 1.7):
        pendant(scene, (x, 2.38, 3.6), 3.0, 26)
    window(scene, (3.95, 1.8, 4.6), 3.0, 1.5, light, (-1, 0, 0), 16)
    window(scene, (0.85, 1.85, 7.1), 1.1, 1.2, light)
    passer(scene, -2.0, 5.4, 1.75, (0.75, 0.74, 0.7))
    scene.key(1, (1.0, 0.86, 0.68) if day else (1.0, 0.74, 0.46), 9)
    scene.rim(-1, (1.0, 0.7, 0.4), 7)


@place
def classroom(scene: Scene, light: str) -> None:
    """A class: chalkboard, windows on the left, desks, maps and charts."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm" if day else "neutral", 0.15 if day else 0.1, 0.008, (1.0, 0.95, 0.8), 0.05)
    scene.room(8.4, 3.2, 8, Paint((0.66, 0.58, 0.42)), Paint((0.36, 0.21, 0.11), "satin"), Paint(0.75))
    scene.box((-0.2, 1.85, 7.95), (5.0, 1.75, 0.06), Paint(WOOD, "satin"))
    scene.picture((-0.2, 1.85, 7.9), 4.8, 1.55, textures.chalkboard(rng))
    scene.box((-0.2, 1.02, 7.85), (4.9, 0.05, 0.15), Paint(WOOD))
    for k in range(3):
        window(scene, (-4.15, 1.8, 3.2 + k * 1.8), 1.5, 1.7, light, (1, 0, 0), 13)
    for k in range(10):
        hue = jitter(rng, pick(rng, ((0.6, 0.1, 0.08), (0.1, 0.3, 0.55), (0.7, 0.55, 0.1), (0.15, 0.4, 0.2), (0.7, 0.68, 0.6))), 0.2)
        scene.box((4.15, 1.5 + 0.65 * (k % 2), 2.6 + k * 0.5), (0.03, 0.5, 0.42), Paint(hue))
    for x in (-1.5, 1.5):
        for d in (2.5, 4.5, 6.5):
            scene.lamp((x, 3.17, d), 0.35, 1.4, np.asarray(COLD) * (6 if day else 12))
    for k, (x, d) in enumerate(((-1.9, 4.3), (-0.7, 4.5), (0.65, 4.4), (1.8, 4.2), (-1.5, 5.8), (0.0, 5.9), (1.4, 5.7), (-2.4, 6.8), (2.4, 6.7))):
        table(scene, x, d, 0.8, 0.55, 0.74, (0.5, 0.3, 0.13))
        chair(scene, x, d + 0.55, 0, (0.08, 0.18, 0.32) if k % 2 else (0.4, 0.1, 0.06))
        for _ in range(4):
            scene.box((x + rng.uniform(-0.3, 0.3), 0.79, d), (0.2, 0.05, 0.14), Paint(jitter(rng, pick(rng, FOOD), 0.3)), rng.uniform(-30, 30))
    for x, d in ((-0.7, 5.0), (1.8, 4.75), (-1.5, 6.35), (1.4, 6.25)):
        passer(scene, x, d, 1.6, rng.uniform(0.05, 0.6, 3), seated=True)
    scene.ball((2.75, 1.35, 7.4), 0.24, Paint((0.06, 0.2, 0.45), "gloss"))
    scene.block((2.75, 0, 7.4), (1.1, 1.08, 0.5), Paint(WOOD, "satin"))
    shelf(scene, 3.7, 7.5, 1.0, 1.9)
    scene.key(-1, (0.9, 0.97, 1.05) if day else (1.0, 0.97, 0.9), 8, 1.2)


@place
def office(scene: Scene, light: str) -> None:
    """A glass-walled meeting room high above a city."""
    day, rng = light == "day", scene.rng
    if day:
        scene.look = Look("cool", 0.17, 0.004, (0.8, 0.9, 1.0), 0.06)
        scene.sky = textures.sky(rng, (0.3, 0.55, 1.0), (0.95, 1.0, 1.05), (0.3, 0.33, 0.36), 0.45, (1.2, 1.2, 1.2))
    else:
        scene.look = Look("cool", 0.02, 0.002, (0.1, 0.2, 0.4), 0.1)
        scene.sky = textures.sky(rng, (0.006, 0.015, 0.06), (0.014, 0.012, 0.026), (0.004, 0.006, 0.012), 0.3, (0.02, 0.02, 0.04))
    scene.box((0, -0.05, 2.5), (12, 0.1, 9), Paint((0.12, 0.12, 0.13), "gloss"))
    scene.box((0, 3.05, 2.5), (12, 0.1, 9), Paint(0.6))
    for side in (-1, 1):
        scene.box((side * 4.5, 1.5, 2.5), (0.1, 3, 9), Paint((0.42, 0.44, 0.46)))
    for x in np.arange(-4.2, 4.3, 1.4):
        scene.box((x, 1.5, 7), (0.09, 3, 0.12), Paint(0.05))
    scene.box((0, 0.45, 7), (9, 0.06, 0.12), Paint(0.05))
    skyline(scene, 140, 220, 55, 30, (0.3, 0.33, 0.38) if day else (0.02, 0.025, 0.04), 0 if day else 0.085, (WARM, WARM, COLD, AMBER), 0.9)
    skyline(scene, 60, 80, 6, 11, (0.34, 0.32, 0.3) if day else (0.015, 0.018, 0.03), 0 if day else 0.6, (WARM, AMBER, COLD), 0.9)
    scene.box((0.1, 0.76, 4.9), (3.6, 0.06, 1.3), Paint((0.25, 0.14, 0.07), "gloss"))
    scene.block((0.1, 0, 4.9), (1.2, 0.73, 0.5), Paint(0.05))
    for x in (-1.5, -0.6, 0.6, 1.5):
        for d, yaw in ((4.0, 180), (5.9, 0)):
            scene.ball((x, 0.93, d + (0.1 if yaw else -0.1)), 0.3, Paint((0.05, 0.05, 0.055), "satin"), (0.85, 1.15, 0.25))
    for x in (-1.1, 0.3, 1.2):
        scene.box((x, 0.9, 4.75), (0.36, 0.24, 0.02), Paint(0.4, "metal"), rng.uniform(-15, 15))
        scene.box((x, 0.8, 4.7), (0.2, 0.02, 0.28), Paint(0.8))
    plant(scene, -2.3, 6.2, 1.9, (0.7, 0.7, 0.68))
    plant(scene, 2.5, 6.0, 1.7, (0.1, 0.1, 0.1))
    for x in (-1.2, 0.0, 1.2):
        scene.box((x, 2.5, 4.9), (0.9, 0.04, 0.05), Paint(np.asarray(WARM) * (3 if day else 9), "glow"))
        scene.rod((x, 2.5, 4.9), (x, 3, 4.9), 0.006, Paint(0.02))
        scene.lamp((x, 2.47, 4.9), 0.9, 0.1, np.asarray(WARM) * (4 if day else 22))
    scene.key(-1, (0.95, 0.98, 1.0) if day else (1.0, 0.82, 0.62), 9, 1.2)
    scene.rim(1, (0.7, 0.85, 1.0) if day else (0.15, 0.5, 0.9), 8)


@place
def living_room(scene: Scene, light: str) -> None:
    """Home: sofa, lamps, books, a window, pictures, plants."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.15 if day else 0.06, 0.004, (1.0, 0.9, 0.75), 0.06)
    scene.room(7, 2.8, 6.6, Paint((0.42, 0.4, 0.33) if day else (0.36, 0.3, 0.24)), Paint((0.3, 0.17, 0.08), "satin"), Paint(0.7))
    scene.fill(2.77, (1.0, 0.95, 0.88) if day else WARM, 4 if day else 0.9, 4.0)
    scene.block((-0.4, 0, 5.4), (2.7, 0.45, 0.95), Paint((0.09, 0.19, 0.2)))
    scene.box((-0.4, 0.68, 5.8), (2.7, 0.55, 0.25), Paint((0.1, 0.21, 0.22)))
    for x in (-1.85, 1.05):
        scene.box((x, 0.5, 5.4), (0.25, 0.6, 0.95), Paint((0.09, 0.19, 0.2)))
    for x, hue in ((-1.3, (0.65, 0.3, 0.06)), (-0.85, (0.6, 0.52, 0.4)), (0.3, (0.45, 0.1, 0.07)), (0.65, (0.65, 0.5, 0.2))):
        scene.box((x, 0.72, 5.55), (0.42, 0.4, 0.16), Paint(hue), rng.uniform(-12, 12), rng.uniform(-14, 14))
    window(scene, (-1.75, 1.75, 6.55), 1.5, 1.7, light)
    curtain(scene, -3.0, -2.45, 6.4, 2.7, (0.62, 0.55, 0.42))
    curtain(scene, -1.0, -0.5, 6.4, 2.7, (0.62, 0.55, 0.42))
    for x, y, w, h in ((0.15, 1.8, 0.5, 0.65), (0.8, 1.95, 0.42, 0.42), (0.8, 1.45, 0.42, 0.34)):
        frame_picture(scene, x, y, 6.55, w, h)
    shelf(scene, 2.15, 6.2, 1.5, 2.3, wood=WOOD)
    floor_lamp(scene, 1.4, 5.3, 6 if day else 14)
    floor_lamp(scene, -2.3, 5.0, 5 if day else 14, 1.45)
    plant(scene, -2.65, 5.9, 1.9)
    plant(scene, 2.4, 4.4, 1.3)
    scene.can((1.75, 0, 4.3), 0.3, 0.55, Paint(WOOD, "satin"))
    for k in range(3):
        scene.box((1.75, 0.58 + k * 0.045, 4.3), (0.3, 0.04, 0.22), Paint(jitter(rng, pick(rng, FOOD), 0.2)), k * 17)
    window(scene, (-3.45, 1.7, 3.2), 2.4, 1.6, light, (1, 0, 0), 20)
    if not day:
        scene.bulb((1.4, 1.66, 5.3), np.asarray(WARM) * 1.4)
    scene.key(-1, (1.0, 0.97, 0.92) if day else (1.0, 0.72, 0.42), 8, 1.1)
    scene.rim(1, (1.0, 0.66, 0.34), 7)


@place
def bedroom(scene: Scene, light: str) -> None:
    """A bedroom: bed, posters, fairy lights, a desk lamp."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm" if day else "gold", 0.14 if day else 0.05, 0.006, (1.0, 0.85, 0.8), 0.08)
    scene.room(5.6, 2.6, 5.4, Paint((0.5, 0.36, 0.36) if day else (0.3, 0.22, 0.3)), Paint((0.33, 0.2, 0.11)), Paint(0.7))
    scene.fill(2.57, (1.0, 0.9, 0.85) if day else (1.0, 0.6, 0.5), 4 if day else 0.7, 3.4)
    scene.block((-0.7, 0, 4.6), (1.9, 0.5, 1.7), Paint((0.55, 0.52, 0.5)))
    scene.box((-0.7, 0.58, 4.4), (2.0, 0.2, 1.4), Paint((0.16, 0.25, 0.42)))
    scene.box((-0.7, 0.75, 5.3), (2.1, 1.0, 0.1), Paint(WOOD, "satin"))
    for x, hue in ((-1.15, (0.75, 0.72, 0.68)), (-0.3, (0.75, 0.72, 0.68)), (-0.7, (0.6, 0.25, 0.2))):
        scene.ball((x, 0.85, 5.05), 0.27, Paint(hue), (1.1, 0.75, 0.5))
    for x, y, w, h in ((-1.6, 1.85, 0.55, 0.75), (-0.95, 1.95, 0.45, 0.6), (-0.35, 1.8, 0.5, 0.7), (0.2, 2.0, 0.38, 0.5)):
        frame_picture(scene, x, y, 5.35, w, h)
    for row in range(2):
        for x in np.linspace(-2.2, 0.7, 24):
            scene.bulb((x, 2.42 - row * 0.16 - 0.13 * np.sin(x * 3.3 + row) ** 2, 5.3), np.asarray(WARM) * rng.uniform(0.5, 1.3) * (0.5 if day else 1.1))
    window(scene, (1.35, 1.65, 5.35), 1.1, 1.35, light)
    curtain(scene, 0.72, 0.98, 5.2, 2.4, (0.6, 0.5, 0.4))
    curtain(scene, 1.95, 2.3, 5.2, 2.4, (0.6, 0.5, 0.4))
    table(scene, 1.7, 4.4, 1.0, 0.5)
    scene.ball((1.45, 1.0, 4.4), 0.13, Paint(np.asarray(WARM) * (1.5 if day else 3), "glow"))
    bottles(scene, 1.65, 2.1, 0.76, 4.4, ((0.6, 0.2, 0.3), (0.2, 0.3, 0.5), (0.6, 0.5, 0.3)), (0.1, 0.2))
    shelf(scene, -2.4, 4.6, 1.0, 1.7, yaw=70, wood=WOOD)
    window(scene, (2.75, 1.6, 2.6), 2.0, 1.5, light, (-1, 0, 0), 18)
    scene.lamp((-1.9, 1.0, 5.0), 0.3, 0.3, np.asarray(WARM) * (8 if day else 24), (0.4, 0.6, -0.6))
    scene.key(1, (1.0, 0.95, 0.9) if day else (1.0, 0.7, 0.45), 8)
    scene.rim(-1, (0.9, 0.5, 0.6), 6)


@place
def workshop(scene: Scene, light: str) -> None:
    """A maker's bench: tools on the wall, timber, jars, a hot lamp."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.12 if day else 0.06, 0.006, (1.0, 0.85, 0.6), 0.06)
    scene.room(7, 3.2, 7, Paint((0.2, 0.17, 0.14)), Paint((0.17, 0.12, 0.08)), Paint((0.16, 0.13, 0.1)))
    scene.fill(3.17, (1.0, 0.9, 0.75) if day else WARM, 5 if day else 1.8, 4.6)
    scene.picture((0, 1.6, 6.95), 7, 3.2, textures.bricks((0.32, 0.14, 0.08), (0.22, 0.2, 0.18), rng, 30, 26))
    scene.box((-0.1, 1.85, 6.9), (3.4, 1.3, 0.05), Paint((0.13, 0.11, 0.09)))
    for k in range(38):
        x, y, size = rng.uniform(-1.7, 1.5), rng.uniform(1.35, 2.4), rng.uniform(0.1, 0.26)
        hue = pick(rng, ((0.5, 0.06, 0.04), (0.6, 0.4, 0.05), (0.06, 0.15, 0.35), (0.35, 0.36, 0.37), (0.3, 0.15, 0.06)))
        scene.box((x, y, 6.82), (0.04, size, 0.04), Paint(jitter(rng, hue, 0.3), "satin"), roll=rng.uniform(-10, 10))
        if k % 2:
            scene.box((x, y + size / 2, 6.82), (0.13, 0.05, 0.04), Paint(0.4, "metal"))
    scene.box((0, 0.9, 6.2), (6, 0.1, 1.0), Paint((0.38, 0.23, 0.1)))
    bottles(scene, -2.4, -0.9, 0.96, 6.3, JARS)
    bottles(scene, 0.9, 2.4, 0.96, 6.4, JARS)
    for k in range(9):
        x = 1.9 + k * 0.13
        scene.box((x, 1.35, 6.6), (0.09, 2.5, 0.05), Paint(jitter(rng, (0.45, 0.28, 0.12), 0.3)), roll=rng.uniform(-4, 4))
    for k in range(7):
        x = -1.8 + k * 0.55
        scene.ball((x, 2.55, 5.2), 0.15, Paint(jitter(rng, (0.42, 0.17, 0.05), 0.25), "gloss"), (0.8, 1.2, 0.3))
        scene.ball((x, 2.78, 5.2), 0.11, Paint(jitter(rng, (0.42, 0.17, 0.05), 0.25), "gloss"), (0.8, 1.1, 0.3))
        scene.rod((x, 2.8, 5.2), (x, 3.15, 5.2), 0.02, Paint(DARK_WOOD, "satin"))
    scene.box((-1.5, 0.85, 4.3), (1.5, 0.08, 0.7), Paint((0.34, 0.2, 0.09)))
    scene.box((-1.3, 1.0, 4.2), (0.28, 0.22, 0.2), Paint((0.1, 0.22, 0.3), "metal"))
    window(scene, (-3.4, 1.9, 4.4), 3.2, 1.6, light, (1, 0, 0), 22)
    window(scene, (-2.35, 2.0, 6.9), 1.0, 1.2, light)
    for x, d in ((-0.9, 5.2), (1.1, 5.5), (0.3, 3.9)):
        pendant(scene, (x, 2.22, d), 3.2, 12, shade=(0.05, 0.12, 0.08), radius=0.17)
    scene.key(-1, (1.0, 0.92, 0.8) if day else (1.0, 0.68, 0.38), 8)
    scene.rim(1, (1.0, 0.55, 0.22), 9)
