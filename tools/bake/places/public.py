"""Rooms open to all: to read, eat, drink, pray, be healed."""

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
    candle,
    chair,
    curtain,
    frame_picture,
    passer,
    pendant,
    plant,
    shelf,
    string_lights,
    table,
    window,
)
from tools.bake.registry import place
from tools.bake.scene import Look, Paint, Scene, jitter, pick

SPIRITS = ((0.4, 0.16, 0.03), (0.08, 0.25, 0.1), (0.5, 0.35, 0.1), (0.35, 0.04, 0.05), (0.5, 0.5, 0.48), (0.05, 0.15, 0.3))


@place
def library(scene: Scene, light: str) -> None:
    """An old reading room: galleries of books, green lamps, a tall far window."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.1 if day else 0.055, 0.005, (1.0, 0.85, 0.62), 0.06)
    scene.room(9, 6, 13, Paint((0.22, 0.14, 0.08)), Paint((0.22, 0.11, 0.055), "gloss"), Paint((0.3, 0.22, 0.15)))
    for side in (-1, 1):
        for k in range(6):
            d = 4.2 + k * 1.55
            shelf(scene, side * (1.75 + 0.17 * d), d, 1.5, 2.3, yaw=-side * 62, step=0.33)
            shelf(scene, side * (1.85 + 0.17 * d), d, 1.5, 2.0, yaw=-side * 62, step=0.33, foot=2.75)
        scene.box((side * 3.2, 2.62, 8), (1.2, 0.1, 9), Paint(DARK_WOOD, "satin"), -side * 9)
    shelf(scene, -2.1, 12.5, 2.2, 2.6)
    shelf(scene, 2.1, 12.5, 2.2, 2.6)
    window(scene, (0, 2.3, 12.9), 1.9, 3.6, light, power=1.6)
    scene.fill(5.9, (1.0, 0.92, 0.8) if day else WARM, 16 if day else 7, 7)
    for d in (6.0, 8.2, 10.4):
        table(scene, 0.1, d, 2.2, 0.8, 0.76, (0.2, 0.09, 0.04))
        for x in (-0.65, 0.75):
            scene.rod((x, 0.76, d), (x, 1.08, d), 0.015, Paint((0.6, 0.4, 0.12), "metal"))
            scene.box((x, 1.12, d), (0.32, 0.1, 0.16), Paint(np.array([0.03, 0.3, 0.1]) * 1.1, "glow"))
            scene.lamp((x, 1.06, d), 0.28, 0.13, np.asarray(WARM) * (18 if day else 34))
            scene.bulb((x, 1.07, d - 0.1), np.asarray(WARM) * 1.3)
        for k in range(5):
            scene.box((0.1 + rng.uniform(-0.9, 0.9), 0.82, d - 0.2), (0.26, 0.08, 0.18), Paint(jitter(rng, (0.4, 0.2, 0.1), 0.5)), rng.uniform(-30, 30))
        chair(scene, -0.6, d + 0.6, 0)
        chair(scene, 0.8, d + 0.6, 0)
    for d in (5.2, 8.0, 10.8):
        for x in (-0.9, 0.9):
            scene.ball((x, 3.05 + 0.07 * d, d), 0.13, Paint(np.asarray(WARM) * 9, "glow"))
            scene.lamp((x, 2.9 + 0.07 * d, d), 0.3, 0.3, np.asarray(WARM) * 30)
    if day:
        scene.lamp((-4.4, 3.6, 6), 6, 2.4, (9, 9.5, 10.5), (1, -0.3, 0))
    scene.key(-1, (1.0, 0.93, 0.82) if day else (1.0, 0.74, 0.46), 8)
    scene.rim(1, (1.0, 0.66, 0.32), 8)


@place
def cafe(scene: Scene, light: str) -> None:
    """A corner café: counter, cake, chalk menu, hanging bulbs, the street outside."""
    day, rng = light == "day", scene.rng
    scene.look = Look("warm", 0.13 if day else 0.06, 0.004, (1.0, 0.85, 0.65), 0.07)
    scene.room(8, 3.2, 7.4, Paint((0.2, 0.26, 0.23)), Paint((0.25, 0.14, 0.07), "satin"), Paint((0.35, 0.3, 0.25)))
    scene.picture((0, 1.6, 7.35), 8, 3.2, textures.bricks((0.4, 0.2, 0.12), (0.3, 0.27, 0.24), rng, 26, 30))
    scene.fill(3.17, (1.0, 0.94, 0.85) if day else WARM, 5 if day else 2.2, 4.8)
    scene.lamp((0.9, 2.9, 6.6), 2.6, 0.2, np.asarray(WARM) * 16, (0, -0.8, 0.5))
    scene.box((0.9, 2.3, 7.25), (1.8, 0.85, 0.05), Paint(DARK_WOOD))
    scene.picture((0.9, 2.3, 7.2), 1.7, 0.75, textures.chalkboard(rng)[:, :330] * [0.6, 0.5, 0.55])
    scene.block((1.0, 0, 5.9), (3.4, 1.05, 0.7), Paint((0.3, 0.16, 0.07), "satin"))
    scene.box((1.0, 1.07, 5.9), (3.5, 0.05, 0.8), Paint((0.5, 0.46, 0.4), "gloss"))
    scene.box((1.6, 1.3, 5.8), (0.7, 0.42, 0.5), Paint(STEEL, "metal"))
    for _ in range(22):
        hue = pick(rng, ((0.5, 0.25, 0.08), (0.7, 0.5, 0.25), (0.6, 0.1, 0.12), (0.8, 0.72, 0.6)))
        scene.ball((rng.uniform(-0.55, 0.9), 1.14 + 0.16 * rng.integers(0, 2), 5.7), 0.07, Paint(jitter(rng, hue, 0.2)), (1, 0.7, 1))
    for y in (1.55, 1.9):
        scene.box((-0.9, y, 7.2), (1.5, 0.04, 0.28), Paint(WOOD, "satin"))
        bottles(scene, -1.6, -0.2, y + 0.02, 7.15, ((0.6, 0.55, 0.48), (0.4, 0.2, 0.1), (0.15, 0.3, 0.25), (0.65, 0.4, 0.1)), (0.1, 0.24))
    window(scene, (-2.55, 1.75, 7.3), 1.5, 1.9, light)
    window(scene, (-3.9, 1.75, 4.2), 3.4, 1.9, light, (1, 0, 0), 18)
    for x, d in ((-1.5, 4.4), (-0.4, 5.4), (1.75, 4.4), (-2.1, 5.9)):
        table(scene, x, d, 0.6, 0.6, 0.74, (0.36, 0.2, 0.09))
        chair(scene, x - 0.5, d + 0.1, 90)
        chair(scene, x + 0.5, d + 0.1, -90)
        scene.can((x, 0.77, d), 0.045, 0.1, Paint((0.8, 0.78, 0.72), "gloss"))
        scene.can((x + 0.14, 0.77, d), 0.035, 0.16, Paint((0.2, 0.3, 0.35), "gloss"))
        scene.flakes(np.array([x + 0.14, 1.0, d]) + rng.normal(0, 0.06, (30, 3)), 0.03, (0.6, 0.2, 0.25))
        if not day:
            candle(scene, x - 0.14, 0.77, d, 0.06)
    for x, y, d in ((-1.55, 2.3, 4.5), (-0.65, 2.42, 5.2), (0.4, 2.32, 5.6), (1.1, 2.4, 5.3), (1.8, 2.3, 4.8)):
        scene.rod((x, y, d), (x, 3.2, d), 0.006, Paint(0.02))
        scene.bulb((x, y - 0.05, d), np.asarray(AMBER) * 2.4)
        scene.lamp((x, y, d), 0.16, 0.16, np.asarray(WARM) * 34)
    string_lights(scene, (-3.2, 2.75, 6.6), (3.2, 2.7, 6.9), 22, (WARM, AMBER), 0.9, 0.18)
    plant(scene, -2.8, 5.1, 1.8)
    plant(scene, 2.75, 6.6, 2.0)
    passer(scene, 1.9, 6.5, 1.7, (0.1, 0.12, 0.1))
    scene.key(-1, (1.0, 0.95, 0.88) if day else (1.0, 0.7, 0.4), 9)
    scene.rim(1, (1.0, 0.6, 0.25), 9)


@place
def bar(scene: Scene, light: str) -> None:
    """A bar at night: back-lit bottles, brass, coloured light in smoke."""
    warm, rng = light == "warm", scene.rng
    low, high = ((1.0, 0.5, 0.15), (1.0, 0.14, 0.08)) if warm else ((0.1, 0.45, 1.0), (0.75, 0.08, 0.9))
    scene.look = Look("gold" if warm else "neon", 0.034, 0.012, tuple(np.asarray(low) * 0.7 + 0.2), 0.13)
    scene.room(8, 3.2, 7, Paint((0.07, 0.05, 0.05)), Paint((0.06, 0.035, 0.03), "gloss"), Paint(0.03))
    for k, y in enumerate((1.35, 1.75, 2.15, 2.55)):
        scene.box((0.2, y - 0.02, 6.6), (4.6, 0.03, 0.35), Paint(DARK_WOOD, "satin"))
        for start in np.arange(-2.0, 2.3, 0.55):
            bottles(scene, start, start + rng.uniform(0.2, 0.45), y, 6.55, SPIRITS)
        scene.box((0.2, y + 0.19, 6.9), (4.6, 0.34, 0.02), Paint(np.asarray(low if k < 3 else high) * 0.1))
        back = textures.noise((6, 60), rng, 7, 3)[..., None] ** 3 * np.asarray(low if k < 3 else high)
        scene.screen((0.2, y + 0.19, 6.87), 4.6, 0.34, back, 4.2)
    for x in (-2.15, 2.55):
        scene.box((x, 1.9, 6.6), (0.16, 1.9, 0.4), Paint((0.5, 0.32, 0.1), "metal"))
    scene.block((0.2, 0, 5.3), (5.6, 1.08, 0.6), Paint(DARK_WOOD, "satin"))
    scene.box((0.2, 1.1, 5.25), (5.8, 0.06, 0.75), Paint((0.16, 0.07, 0.03), "gloss"))
    scene.box((0.2, 0.98, 4.9), (5.8, 0.04, 0.03), Paint(np.asarray(high) * 5, "glow"))
    for x in (-1.5, -0.7, 0.9, 1.7):
        scene.can((x, 0, 4.5), 0.18, 0.78, Paint((0.3, 0.05, 0.04), "satin"))
    for x in np.linspace(-1.8, 2.0, 9):
        scene.can((x + rng.uniform(-0.1, 0.1), 1.13, 5.1), 0.04, rng.uniform(0.09, 0.2), Paint(jitter(rng, pick(rng, SPIRITS), 0.4), "gloss"))
    for x in (-1.6, -0.55, 0.6, 1.65):
        pendant(scene, (x, 2.2, 5.0), 3.2, 22, WARM if warm else low, (0.4, 0.25, 0.08), 0.13)
    for x in np.linspace(-1.9, 2.1, 7):
        candle(scene, x + rng.uniform(-0.2, 0.2), 1.13, 5.0, 0.05)
    for x, d in ((-2.7, 6.0), (2.6, 4.7)):
        scene.ball((x, 1.9, d), 0.16, Paint(np.asarray(high) * 5, "glow"))
    _neon(scene, (-2.85, 2.2, 6.9), high)
    scene.lamp((-3.8, 2.2, 4), 2, 0.4, np.asarray(high) * 26, (1, -0.2, 0))
    scene.lamp((3.8, 2.2, 4), 2, 0.4, np.asarray(low) * 22, (-1, -0.2, 0))
    passer(scene, -1.05, 6.0, 1.75, (0.02, 0.02, 0.025))
    scene.key(-1, (1.0, 0.72, 0.46) if warm else (0.75, 0.72, 1.0), 7)
    scene.rim(1, high, 16)


def _neon(scene: Scene, at: tuple[float, float, float], hue: tuple[float, float, float]) -> None:
    """A neon cocktail glass."""
    tube = Paint(np.asarray(hue) * 8, "glow")
    x, y, d = at
    scene.wire([(x - 0.35, y + 0.3, d), (x, y - 0.1, d), (x + 0.35, y + 0.3, d), (x - 0.35, y + 0.3, d)], 0.025, tube)
    scene.wire([(x, y - 0.1, d), (x, y - 0.5, d), (x - 0.2, y - 0.5, d), (x + 0.2, y - 0.5, d)], 0.025, tube)


@place
def hospital(scene: Scene, light: str) -> None:
    """A long corridor: doors, a rail, a bed, light panels into the distance."""
    day, rng = light == "day", scene.rng
    scene.look = Look("cool", 0.2 if day else 0.075, 0.004, (0.85, 1.0, 1.05), 0.07)
    power = 9.0 if day else 3.2
    scene.room(4.4, 2.7, 30, Paint((0.62, 0.7, 0.68)), Paint((0.34, 0.42, 0.42), "gloss"), Paint(0.78))
    for side in (-1, 1):
        scene.box((side * 2.17, 0.6, 14), (0.04, 1.2, 32), Paint((0.16, 0.42, 0.44)))
        scene.rod((side * 2.08, 0.98, 0), (side * 2.08, 0.98, 30), 0.035, Paint(STEEL, "metal"))
        for k in range(7):
            d = 4.6 + k * 3.4 + side * 0.7
            scene.box((side * 2.16, 1.05, d), (0.06, 2.1, 1.1), Paint((0.4, 0.24, 0.13) if k % 2 else (0.5, 0.55, 0.56), "satin"))
            scene.box((side * 2.12, 1.5, d), (0.03, 0.5, 0.22), Paint(np.asarray(COLD) * (1.6 if (k + side) % 3 else 0.2), "glow"))
            scene.box((side * 1.95, 2.3, d - 0.8), (0.4, 0.2, 0.04), Paint(np.array([0.05, 0.5, 0.25]) * 2.2 if k % 2 else np.array([0.1, 0.3, 0.9]) * 2.2, "glow"))
    for k in range(11):
        on = day or k % 3 != 1
        scene.lamp((0, 2.68, 2.2 + k * 2.6), 1.2, 0.6, np.asarray(COLD) * (power if on else 0.3))
    scene.screen((0, 1.6, 29.9), 2.6, 2.0, np.full((4, 4, 3), 1.0) * COLD, 2.5 if day else 0.5)
    scene.box((1.15, 0.72, 6.6), (0.85, 0.16, 2.0), Paint((0.78, 0.82, 0.85)))
    scene.box((1.15, 0.84, 7.2), (0.7, 0.12, 0.5), Paint(0.85))
    scene.box((1.15, 0.82, 6.3), (0.86, 0.05, 1.1), Paint((0.12, 0.32, 0.5)))
    for sx in (0.75, 1.55):
        for d in (5.7, 7.5):
            scene.rod((sx, 0, d), (sx, 1.05, d), 0.02, Paint(STEEL, "metal"))
    scene.rod((-1.4, 0, 5.9), (-1.4, 2.0, 5.9), 0.02, Paint(STEEL, "metal"))
    scene.box((-1.3, 1.85, 5.9), (0.16, 0.26, 0.06), Paint((0.7, 0.75, 0.6), "gloss"))
    scene.box((-1.55, 1.15, 6.9), (0.5, 0.1, 0.5), Paint(STEEL, "metal"))
    scene.box((-1.55, 1.42, 6.9), (0.44, 0.34, 0.06), Paint(0.05))
    scene.screen((-1.55, 1.42, 6.85), 0.4, 0.28, textures.screen_rows(rng, (0.0, 0.08, 0.06)), 2.2)
    passer(scene, 0.45, 15, 1.7, (0.12, 0.4, 0.45))
    passer(scene, -0.5, 19, 1.75, (0.7, 0.72, 0.72))
    for _ in range(16):
        scene.bulb((rng.choice([-1, 1]) * 2.0, rng.uniform(0.9, 2.3), rng.uniform(6, 24)), np.asarray(pick(rng, (COLD, (0.1, 1.0, 0.4), AMBER, (1.0, 0.1, 0.08)))) * rng.uniform(0.3, 1.0))
    scene.key(-1, (0.95, 1.0, 1.04) if day else (0.85, 0.95, 1.0), 8, 1.1)
    scene.rim(1, (0.6, 0.9, 1.0), 7)


@place
def laboratory(scene: Scene, light: str) -> None:
    """Benches, glassware in bright colours, instruments with lights, screens."""
    cold, rng = light == "cold", scene.rng
    scene.look = Look("cool", 0.12 if cold else 0.05, 0.008, (0.7, 0.9, 1.05), 0.09)
    scene.room(8, 3.0, 7.5, Paint((0.45, 0.5, 0.53)), Paint((0.2, 0.24, 0.27), "gloss"), Paint(0.6))
    liquids = ((0.02, 0.5, 0.55), (0.65, 0.2, 0.02), (0.3, 0.05, 0.5), (0.1, 0.5, 0.1), (0.6, 0.5, 0.05), (0.6, 0.05, 0.2))
    for d, width in ((4.4, 5.0), (6.2, 7.0)):
        scene.box((0, 0.93, d), (width, 0.05, 0.8), Paint((0.08, 0.09, 0.1), "satin"))
        scene.block((0, 0, d), (width, 0.9, 0.7), Paint((0.6, 0.63, 0.65)))
        for x in np.arange(-width / 2 + 0.2, width / 2, 0.19):
            hue = np.asarray(pick(rng, liquids))
            if rng.random() < 0.75:
                height = rng.uniform(0.1, 0.34)
                scene.rod((x, 0.96, d), (x, 0.96 + height, d), rng.uniform(0.035, 0.09), Paint(hue, "gloss"), tip=0.025)
                if rng.random() < 0.4:
                    scene.ball((x, 1.03, d - 0.1), 0.05, Paint(hue * 2.2, "glow"))
    for y in (1.75, 2.15):
        scene.box((0.3, y, 7.1), (4.6, 0.03, 0.3), Paint(0.7, "satin"))
        bottles(scene, -1.9, 2.5, y + 0.02, 7.1, (*liquids, (0.4, 0.18, 0.05), (0.7, 0.7, 0.68)), (0.12, 0.3))
        scene.box((0.3, y - 0.03, 6.97), (4.6, 0.025, 0.02), Paint(np.asarray(COLD) * 5, "glow"))
    for x in (-1.75, 1.55):
        scene.box((x, 1.35, 6.0), (0.85, 0.55, 0.04), Paint(0.02))
        scene.screen((x, 1.35, 5.97), 0.8, 0.5, textures.screen_rows(rng, (0.0, 0.06, 0.12)), 2.8)
    scene.box((0.25, 1.3, 5.9), (0.6, 0.7, 0.4), Paint((0.7, 0.72, 0.74), "satin"))
    for x in (-2.6, 2.75):
        scene.block((x, 0, 6.9), (0.95, 2.2, 0.7), Paint((0.6, 0.63, 0.66), "satin"))
        scene.box((x, 1.5, 6.53), (0.7, 0.9, 0.02), Paint(np.array([0.25, 0.6, 1.0]) * 1.8, "glow"))
    for k in range(26):
        scene.bulb((rng.uniform(-2.8, 2.8), rng.uniform(1.0, 2.4), rng.uniform(5.8, 7.0)), np.asarray(pick(rng, ((0.1, 1.0, 0.35), (1.0, 0.3, 0.08), (0.2, 0.6, 1.0)))) * rng.uniform(0.4, 1.2))
    if cold:
        for x in (-1.4, 1.4):
            for d in (3.2, 5.6):
                scene.lamp((x, 2.97, d), 0.5, 1.3, np.asarray(COLD) * 11)
    else:
        scene.lamp((0, 2.9, 6.5), 4, 0.2, (1.5, 4.0, 7.0))
        scene.lamp((-2.0, 1.5, 4.2), 0.4, 0.3, np.asarray(WARM) * 30, (0.6, -0.8, 0.3))
        pendant(scene, (1.25, 2.15, 4.6), 3.0, 22)
        pendant(scene, (-1.25, 2.15, 4.8), 3.0, 22)
    scene.key(-1, (0.92, 0.98, 1.04) if cold else (1.0, 0.8, 0.6), 8)
    scene.rim(1, (0.15, 0.65, 1.0), 12)


@place
def ballroom(scene: Scene, light: str) -> None:
    """A wedding hall: chandeliers, pillars, candles, flowers, white cloth."""
    day, rng = light == "day", scene.rng
    scene.look = Look("gold", 0.13 if day else 0.06, 0.012, (1.0, 0.85, 0.62), 0.11)
    scene.room(11, 5.2, 14, Paint((0.55, 0.45, 0.34)), Paint((0.28, 0.15, 0.08), "gloss"), Paint((0.5, 0.43, 0.35)))
    for x in np.linspace(-5, 5, 9):
        scene.rod((x, 0, 13.7), (x, 5.2, 13.7), 0.27, Paint((0.75, 0.66, 0.52)))
    for x in (-3.7, -1.25, 1.25, 3.7):
        window(scene, (x, 2.5, 13.8), 1.5, 3.4, light)
        curtain(scene, x - 1.15, x - 0.7, 13.5, 4.6, (0.5, 0.12, 0.12), 0.14)
        curtain(scene, x + 0.7, x + 1.15, 13.5, 4.6, (0.5, 0.12, 0.12), 0.14)
    for x, y, d in ((-1.5, 3.0, 7.0), (1.7, 3.2, 8.4), (0.1, 3.3, 11.5)):
        for ring, (reach, count) in enumerate(((0.8, 20), (0.52, 14), (0.24, 8))):
            for turn in np.linspace(0, 2 * np.pi, count + 1)[:-1]:
                spot = (x + reach * np.cos(turn), y + 0.24 * ring, d + reach * np.sin(turn))
                scene.bulb(spot, np.asarray(WARM) * rng.uniform(0.6, 1.5))
        for _ in range(30):
            scene.bulb((x + rng.normal(0, 0.4), y + rng.uniform(-0.4, 0.3), d + rng.normal(0, 0.3)), np.array([1.0, 0.85, 0.65]) * rng.uniform(0.1, 0.6))
        scene.lamp((x, y - 0.1, d), 1.1, 1.1, np.asarray(WARM) * (12 if day else 26))
        scene.rod((x, y, d), (x, 5.2, d), 0.03, Paint((0.6, 0.42, 0.15), "metal"))
    for x, d in ((-1.75, 5.6), (1.75, 5.4), (-2.6, 7.8), (2.7, 7.9), (-1.2, 9.6), (1.3, 10.2), (-3.6, 10.6), (3.8, 10.8)):
        scene.rod((x, 0, d), (x, 0.76, d), 0.72, Paint((0.85, 0.82, 0.77)), tip=0.68)
        scene.can((x, 0.74, d), 0.68, 0.02, Paint((0.86, 0.84, 0.8)))
        scene.rod((x, 0.76, d), (x, 1.15, d), 0.03, Paint((0.7, 0.5, 0.2), "metal"))
        blossom = np.array([x, 1.25, d]) + rng.normal(0, 0.15, (160, 3))
        scene.flakes(blossom[:110], 0.045, pick(rng, ((0.8, 0.45, 0.48), (0.85, 0.8, 0.74), (0.75, 0.2, 0.28))), 0.2)
        scene.flakes(blossom[110:], 0.05, (0.1, 0.2, 0.06), 0.3)
        for turn in np.linspace(0, 2 * np.pi, 6)[:-1]:
            candle(scene, x + 0.36 * np.cos(turn), 0.77, d + 0.36 * np.sin(turn))
    string_lights(scene, (-4.2, 4.1, 9.5), (4.2, 4.1, 9.5), 30, (WARM,), 0.8, 0.7)
    string_lights(scene, (-4.2, 4.4, 12.5), (4.2, 4.4, 12.5), 34, (WARM,), 0.8, 0.6)
    for x, d in ((-0.5, 12.3), (0.9, 12.0), (-3.0, 11.8), (2.6, 12.4)):
        passer(scene, x, d, rng.uniform(1.62, 1.82))
    scene.key(-1, (1.0, 0.9, 0.76) if day else (1.0, 0.74, 0.46), 9)
    scene.rim(1, (1.0, 0.62, 0.28), 11)


@place
def church(scene: Scene, light: str) -> None:
    """A nave: stone pillars, stained glass, candles."""
    day, rng = light == "day", scene.rng
    scene.look = Look("gold", 0.085 if day else 0.045, 0.016, (1.0, 0.88, 0.7), 0.1)
    stone = Paint((0.42, 0.38, 0.32))
    scene.room(9, 12, 26, stone, Paint((0.26, 0.23, 0.2), "gloss"), stone)
    for side in (-1, 1):
        for k in range(7):
            d = 5.0 + k * 3.0
            scene.rod((side * 2.35, 0, d), (side * 2.35, 8, d), 0.36, Paint(jitter(rng, (0.46, 0.42, 0.35), 0.1)))
            scene.box((side * 2.35, 0.3, d), (0.95, 0.6, 0.95), stone)
            glass = rng.uniform(0.02, 1.0, (9, 5, 3)) ** 2 * pick(rng, ((1.0, 0.4, 0.3), (0.3, 0.5, 1.2), (1.1, 0.8, 0.25)))
            scene.screen((side * 4.45, 3.2, d + 1.5), 1.4, 3.6, glass, 9 if day else 0.5, (-side, 0, 0))
        for k in range(9):
            scene.box((side * 1.45, 0.5, 6 + k * 1.35), (1.5, 0.85, 0.12), Paint((0.2, 0.1, 0.045), "satin"))
            scene.box((side * 1.45, 0.45, 5.7 + k * 1.35), (1.5, 0.06, 0.42), Paint((0.2, 0.1, 0.045), "satin"))
    rose = rng.uniform(0.03, 1.0, (16, 10, 3)) ** 2 * np.linspace(1.3, 0.5, 16)[:, None, None]
    for x, wide in ((-1.5, 0.9), (0, 1.2), (1.5, 0.9)):
        scene.screen((x, 4.2, 25.8), wide, 4.6, rose * pick(rng, ((0.4, 0.6, 1.3), (1.3, 0.6, 0.35), (1.2, 0.9, 0.35))), 7 if day else 0.6)
    scene.box((0, 0.6, 23.5), (2.4, 1.2, 1.0), Paint((0.75, 0.7, 0.62)))
    scene.box((0, 1.24, 23.4), (2.5, 0.06, 1.1), Paint((0.7, 0.5, 0.15), "metal"))
    scene.box((0, 2.6, 24.8), (0.14, 1.7, 0.1), Paint((0.8, 0.55, 0.15), "metal"))
    scene.box((0, 2.95, 24.8), (0.9, 0.14, 0.1), Paint((0.8, 0.55, 0.15), "metal"))
    for _ in range(90):
        side = rng.choice([-1, 1])
        d = rng.uniform(6.5, 23)
        spot = (side * rng.uniform(1.9, 2.7), rng.uniform(0.85, 1.45), d) if rng.random() < 0.7 else (rng.uniform(-1.3, 1.3), rng.uniform(1.2, 1.9), 23.2)
        scene.bulb(spot, np.asarray(AMBER) * rng.uniform(0.5, 1.6))
    for side in (-1, 1):
        for d in (7, 12, 17, 22):
            scene.lamp((side * 2.2, 1.6, d), 0.5, 0.3, np.asarray(WARM) * (14 if day else 42), (0, 1, 0))
    if day:
        scene.lamp((-4.3, 7, 8), 8, 2.5, (12, 11, 9), (1, -0.8, 0.2))
    scene.key(-1, (1.0, 0.95, 0.86) if day else (1.0, 0.7, 0.4), 8)
    scene.rim(1, (0.5, 0.6, 1.0) if day else (1.0, 0.55, 0.22), 9)


@place
def shop(scene: Scene, light: str) -> None:
    """A convenience store: coloured goods, cold cabinets, strip lights."""
    day, rng = light == "day", scene.rng
    scene.look = Look("cool", 0.17 if day else 0.1, 0.006, (0.9, 1.0, 1.0), 0.07)
    scene.room(7, 2.9, 9, Paint((0.6, 0.62, 0.6)), Paint((0.45, 0.46, 0.45), "gloss"), Paint(0.7))
    goods = ((0.7, 0.05, 0.05), (0.8, 0.55, 0.04), (0.05, 0.35, 0.12), (0.05, 0.15, 0.55), (0.75, 0.72, 0.7), (0.7, 0.25, 0.05), (0.5, 0.08, 0.35))
    for side in (-1, 1):
        for k in range(4):
            shelf(scene, side * (1.55 + 0.14 * (4 + k * 1.3)), 4.2 + k * 1.3, 1.25, 1.85, -side * 64, goods, 0.31, (0.6, 0.6, 0.6))
    for x in (-2.2, -1.1, 0.0, 1.1, 2.2):
        scene.box((x, 1.1, 8.8), (1.05, 2.2, 0.3), Paint((0.2, 0.22, 0.24)))
        scene.box((x, 1.15, 8.66), (0.9, 1.9, 0.02), Paint(np.asarray(COLD) * 0.55, "glow"))
        for y in (0.45, 0.85, 1.25, 1.65):
            bottles(scene, x - 0.42, x + 0.4, y, 8.55, goods, (0.2, 0.3))
    scene.box((0, 2.42, 8.6), (6, 0.3, 0.06), Paint(np.array([0.9, 0.12, 0.06]) * 0.6, "glow"))
    shelf(scene, 0.1, 6.6, 1.5, 1.35, 0, goods, 0.31, (0.6, 0.6, 0.6))
    scene.fill(2.88, COLD, 7 if day else 4, 5.0)
    for d in (3.2, 5.4, 7.6):
        for x in (-1.2, 1.2):
            scene.lamp((x, 2.87, d), 0.2, 1.5, np.asarray(COLD) * (13 if day else 9))
            scene.box((x, 2.86, d), (0.16, 0.03, 1.5), Paint(np.asarray(COLD) * 5, "glow"))
    for _ in range(14):
        scene.bulb((rng.uniform(-2.4, 2.4), rng.uniform(0.9, 2.3), 8.4), np.asarray(pick(rng, (COLD, (0.2, 1.0, 0.4), AMBER))) * rng.uniform(0.3, 1.0))
    scene.key(-1, (0.98, 1.0, 0.97), 8, 1.1)
    scene.rim(1, (1.0, 0.4, 0.3) if not day else (0.8, 0.95, 1.0), 7)


@place
def gallery(scene: Scene, light: str) -> None:
    """A museum room: large pictures under spots, pale walls, a polished floor."""
    day, rng = light == "day", scene.rng
    scene.look = Look("neutral", 0.19 if day else 0.08, 0.004, (1.0, 0.98, 0.95), 0.05)
    wall = (0.7, 0.68, 0.64) if day else (0.3, 0.1, 0.09)
    scene.room(7, 4.2, 10, Paint(wall), Paint((0.33, 0.2, 0.1), "gloss"), Paint(0.75))
    for x, w, h in ((-1.9, 1.5, 1.1), (0.1, 1.7, 1.5), (2.1, 1.4, 1.1)):
        frame_picture(scene, x, 1.75, 9.95, w, h)
        scene.box((x, 1.75, 9.97), (w + 0.2, h + 0.2, 0.03), Paint((0.6, 0.42, 0.12), "metal"))
        scene.lamp((x, 3.5, 8.6), 1.0, 0.6, np.asarray(WARM) * 11, (0, -0.85, 0.6))
        scene.bulb((x, 3.1, 8.4), np.array([1.0, 0.9, 0.75]) * 2)
    for side in (-1, 1):
        for k in range(3):
            tone = textures.noise((10, 14), rng, 3)[..., None] ** 2 * rng.uniform(0.1, 1.4, 3)
            scene.box((side * 3.45, 1.75, 4.4 + k * 2), (0.05, 1.35, 1.55), Paint((0.5, 0.36, 0.12), "metal"))
            scene.picture((side * 3.41, 1.75, 4.4 + k * 2), 1.4, 1.2, np.clip(tone, 0, 0.85), (-side, 0, 0))
            scene.lamp((side * 2.5, 3.7, 4.4 + k * 2), 0.8, 0.8, np.asarray(WARM) * 8, (side * 0.6, -0.8, 0))
    for x, d in ((-1.3, 6.2), (1.45, 7.0)):
        scene.block((x, 0, d), (0.5, 1.05, 0.5), Paint(0.75))
        scene.ball((x, 1.32, d), 0.2, Paint((0.7, 0.68, 0.64)), (0.8, 1.3, 0.8))
        scene.ball((x + 0.04, 1.62, d), 0.11, Paint((0.7, 0.68, 0.64)))
    scene.lamp((0, 4.17, 5), 3, 6, (5, 5.2, 5.6) if day else (0.6, 0.55, 0.5))
    scene.key(-1, (1.0, 0.98, 0.95) if day else (1.0, 0.84, 0.66), 8, 1.1)
    scene.rim(1, (1.0, 0.9, 0.78), 8)
