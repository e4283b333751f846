"""Things that stand about in more than one place. All sizes in metres, drawn for a soft focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.bake import textures
from tools.bake.mesh import Array, quads
from tools.bake.palette import (
    AMBER,
    BOOKS,
    CLOTHES,
    COLD,
    DARK_WOOD,
    LEAF,
    WARM,
    WOOD,
)
from tools.bake.scene import Paint, Scene, jitter, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.bake.scene import Colour
    from tools.bake.textures import Rgb


def shelf(
    scene: Scene, x: float, d: float, width: float, height: float, yaw: float = 0.0,
    fill: Sequence[Colour] = BOOKS, step: float = 0.36, wood: Colour = DARK_WOOD, foot: float = 0.0,
) -> None:  # fmt: skip
    """A case full of upright things: books, files, boxes."""
    rng, turn = scene.rng, np.deg2rad(yaw)
    along = np.array([np.cos(turn), 0, np.sin(turn)])
    out = np.array([np.sin(turn), 0, -np.cos(turn)])
    middle = np.array([x, 0.0, d])
    board = Paint(wood, "satin")
    scene.box(middle + [0, foot + height / 2, 0] - out * 0.14, (width, height, 0.02), board, yaw)
    for level in np.arange(foot, foot + height + 0.01, step):
        scene.box(middle + [0, level, 0], (width, 0.03, 0.3), board, yaw)
    for end in (-0.5, 0.5):
        scene.box(
            middle + along * width * end + [0, foot + height / 2, 0],
            (0.04, height, 0.32),
            board,
            yaw,
        )
    for level in np.arange(foot, foot + height - step / 2, step):
        at = -width / 2 + 0.04
        while at < width / 2 - 0.06:
            thick, tall = rng.uniform(0.025, 0.075), rng.uniform(0.55, 0.88) * step
            if rng.random() < 0.1:
                at += rng.uniform(0.05, 0.2)
                continue
            spot = middle + along * (at + thick / 2) + [0, level + 0.015 + tall / 2, 0]
            scene.box(
                spot, (thick * 0.92, tall, 0.2), Paint(jitter(rng, pick(rng, fill), 0.45)), yaw
            )
            at += thick


def bottles(
    scene: Scene, x0: float, x1: float, y: float, d: float, tints: Sequence[Colour],
    tall: tuple[float, float] = (0.2, 0.34),
) -> None:  # fmt: skip
    """A row of bottles and jars with glints."""
    at = x0
    while at < x1:
        radius, height = scene.rng.uniform(0.03, 0.05), scene.rng.uniform(*tall)
        paint = Paint(jitter(scene.rng, pick(scene.rng, tints), 0.4), "gloss")
        scene.can((at, y, d), radius, height * 0.65, paint)
        scene.rod((at, y + height * 0.65, d), (at, y + height, d), radius * 0.4, paint)
        at += radius * 2 + scene.rng.uniform(0.01, 0.06)


def pendant(
    scene: Scene, at: tuple[float, float, float], top: float, radiance: float = 40.0,
    colour: Rgb = WARM, shade: Colour = (0.03, 0.03, 0.03), radius: float = 0.14,
) -> None:  # fmt: skip
    """A hanging lamp that lights downwards; its bulb shows."""
    x, y, d = (float(v) for v in at)
    scene.rod((x, y + 0.1, d), (x, top, d), 0.008, Paint(0.02))
    scene.rod((x, y, d), (x, y + 0.14, d), radius, Paint(shade, "satin"), tip=radius * 0.35)
    scene.lamp((x, y - 0.005, d), radius * 1.4, radius * 1.4, np.asarray(colour) * radiance)
    scene.bulb((x, y - 0.02, d), np.asarray(colour) * 3.0)


def globe(
    scene: Scene, at: tuple[float, float, float], radius: float, colour: Colour, power: float
) -> None:
    """A lit ball: lantern, globe lamp."""
    scene.ball(at, radius, Paint(np.asarray(colour) * power, "glow"))


def string_lights(
    scene: Scene, start: Sequence[float], end: Sequence[float], count: int, colours: Sequence[Rgb],
    power: float = 1.6, sag: float = 0.25,
) -> None:  # fmt: skip
    """Bulbs along a hanging wire."""
    for t in np.linspace(0, 1, count):
        x, y, d = np.asarray(start) * (1 - t) + np.asarray(end) * t
        drop = sag * 4 * t * (1 - t)
        scene.bulb(
            (x, y - drop, d),
            np.asarray(pick(scene.rng, colours)) * power * scene.rng.uniform(0.5, 1.2),
        )


def table(
    scene: Scene, x: float, d: float, width: float = 0.8, depth: float = 0.8, height: float = 0.74,
    top: Colour = WOOD,
) -> None:  # fmt: skip
    """A table with a thin top."""
    scene.box((x, height, d), (width, 0.04, depth), Paint(top, "satin"))
    for sx in (-1, 1):
        for sd in (-1, 1):
            foot = (x + sx * (width / 2 - 0.05), 0, d + sd * (depth / 2 - 0.05))
            scene.rod(foot, (foot[0], height, foot[2]), 0.022, Paint((0.05, 0.045, 0.04)))


def chair(scene: Scene, x: float, d: float, yaw: float, colour: Colour = DARK_WOOD) -> None:
    """A simple chair."""
    turn = np.deg2rad(yaw)
    back = np.array([np.sin(turn), 0, -np.cos(turn)]) * 0.2
    paint = Paint(colour, "satin")
    scene.box((x, 0.45, d), (0.42, 0.05, 0.42), paint, yaw)
    scene.box(np.array([x, 0.75, d]) + back, (0.4, 0.32, 0.03), paint, yaw)
    for sx in (-0.17, 0.17):
        for sd in (-0.17, 0.17):
            scene.rod((x + sx, 0, d + sd), (x + sx, 0.45, d + sd), 0.018, paint)


def plant(
    scene: Scene, x: float, d: float, height: float = 1.4, pot: Colour = (0.35, 0.17, 0.1)
) -> None:
    """A potted plant."""
    rng = scene.rng
    scene.can((x, 0, d), 0.17, 0.36, Paint(pot, "satin"))
    stems = 9
    for _ in range(stems):
        tip = np.array([x, 0, d]) + [
            rng.normal(0, 0.22),
            height * rng.uniform(0.65, 1.0),
            rng.normal(0, 0.2),
        ]
        scene.rod((x, 0.3, d), tip, 0.01, Paint((0.08, 0.1, 0.03)))
        scene.flakes(tip + rng.normal(0, 0.13, (22, 3)), rng.uniform(0.05, 0.1, 22), LEAF, 0.5)


def tree(
    scene: Scene, x: float, d: float, height: float, crown: float, leaf: Colour,
    bark: Colour = (0.08, 0.06, 0.045), leaves: int = 700, clear: float = 2.2, thick: float = 0.13,
) -> None:  # fmt: skip
    """A trunk, limbs and a crown of flakes that starts ``clear`` metres up."""
    rng = scene.rng
    paint = Paint(jitter(rng, bark, 0.35))
    foot, lean = np.array([x, 0.0, d]), rng.normal(0, 0.05, 3) * [1, 0, 1]
    parts = 4
    for k in range(parts):
        tip = foot + [lean[0] + rng.normal(0, 0.06), height / parts, lean[2]]
        scene.rod(foot, tip, thick * (1 - 0.18 * k), paint, tip=thick * (1 - 0.18 * (k + 1)))
        foot = tip
    for _ in range(6):
        y, turn = rng.uniform(clear * 0.9, height * 0.85), rng.uniform(0, 2 * np.pi)
        reach = crown * rng.uniform(0.5, 1.0)
        tip = (x + np.cos(turn) * reach, y + rng.uniform(0.2, 0.9), d + np.sin(turn) * reach)
        scene.rod((x, y, d), tip, thick * 0.25, paint, tip=thick * 0.08)
    clumps = rng.normal(0, 1, (14, 3)) * [crown * 0.6, 0, crown * 0.5]
    clumps[:, 1] = rng.uniform(clear, height, 14)
    spots = (
        clumps[rng.integers(0, 14, leaves)] + rng.normal(0, crown * 0.24, (leaves, 3)) + [x, 0, d]
    )
    spots = spots[spots[:, 1] > clear * 0.85]
    scene.flakes(spots, rng.uniform(0.05, 0.1, len(spots)), jitter(rng, leaf, 0.25), 0.55)


def bush(
    scene: Scene, x: float, d: float, size: float, leaf: Colour = LEAF, count: int = 160
) -> None:
    """A low heap of leaves."""
    spots = np.array([x, size * 0.5, d]) + scene.rng.normal(0, 1, (count, 3)) * [
        size,
        size * 0.4,
        size * 0.7,
    ]
    spots[:, 1] = np.abs(spots[:, 1])
    scene.flakes(spots, scene.rng.uniform(0.03, 0.07, count), jitter(scene.rng, leaf, 0.3), 0.5)


def passer(
    scene: Scene, x: float, d: float, height: float = 1.7, colour: Colour | None = None,
    seated: bool = False,
) -> None:  # fmt: skip
    """Somebody far away: a soft upright shape. Keep it well out of focus."""
    rng = scene.rng
    cloth = Paint(jitter(rng, pick(rng, CLOTHES) if colour is None else colour, 0.3))
    skin = Paint(np.array([0.45, 0.27, 0.18]) * rng.uniform(0.35, 1.1))
    hair = Paint(np.array([0.05, 0.03, 0.02]) * rng.uniform(0.3, 4))
    top = height - (0.42 if seated else 0.0)
    lean = rng.normal(0, 0.03)
    scene.ball((x + lean, top - 0.13, d), 0.1, skin, (0.82, 1.15, 0.95))
    scene.ball((x + lean, top - 0.09, d + 0.03), 0.105, hair, (0.9, 1.05, 0.95))
    scene.rod((x + lean, top - 0.34, d), (x + lean, top - 0.2, d), 0.05, skin)
    scene.ball((x, top - 0.6, d), 0.32, cloth, (0.58, 1.0, 0.4))
    scene.ball((x, top - 0.43, d), 0.2, cloth, (1.05, 0.5, 0.5))
    for side in (-1, 1):
        bend = rng.uniform(0.0, 0.12)
        elbow = (x + side * (0.24 + bend), top - 0.72, d)
        scene.rod((x + side * 0.19, top - 0.43, d), elbow, 0.055, cloth)
        scene.rod(elbow, (x + side * (0.2 - bend), top - 0.95, d - 0.12), 0.045, cloth)
        if not seated:
            scene.rod(
                (x + side * 0.08, top - 0.85, d),
                (x + side * rng.uniform(0.08, 0.18), 0.02, d),
                0.085,
                Paint((0.03, 0.035, 0.05)),
            )


def crowd(
    scene: Scene, x0: float, x1: float, d0: float, rows: int, rise: float, step: float, base: float,
    clothes: Sequence[Colour] = CLOTHES, pitch: float = 0.5, dim: float = 1.0,
) -> None:  # fmt: skip
    """People on terraces, each two soft shapes."""
    rng = scene.rng
    for row in range(rows):
        count = int((x1 - x0) / pitch)
        x = x0 + (np.arange(count) + rng.uniform(-0.3, 0.3, count)) * pitch
        here = rng.random(count) < 0.92
        x = x[here]
        y = base + row * rise + rng.uniform(-0.05, 0.12, len(x))
        d = np.full(len(x), d0 + row * step)
        body = np.stack([x, y, d], 1)
        colours = np.array([jitter(rng, pick(rng, clothes), 0.4) for _ in x]) * dim
        shirts = quads(body, np.array([[0.2, 0, 0]]), np.array([[0, 0.28, 0]]))
        scene.solids.setdefault("matte", []).append((shirts, colours.repeat(4, 0)))
        heads = quads(body + [0, 0.4, -0.02], np.array([[0.1, 0, 0]]), np.array([[0, 0.13, 0]]))
        skin = np.array([0.42, 0.26, 0.18]) * rng.uniform(0.3, 1.1, (len(x), 1)) * dim
        scene.solids["matte"].append((heads, skin.repeat(4, 0)))


def front(
    scene: Scene, x: float, d0: float, d1: float, height: float, wall: Rgb, lit: float,
    lamps: Sequence[Rgb], power: float, glass: Rgb = (0.03, 0.04, 0.05), foot: float = 0.0,
) -> None:  # fmt: skip
    """A house front along one side of a street, facing its middle."""
    length = d1 - d0
    rows, columns = max(2, round(height / 1.5)), max(2, round(length / 1.3))
    cover, glow = textures.facade(scene.rng, rows, columns, wall, lit, glass, lamps)
    side = -1.0 if x > 0 else 1.0
    at = (x, foot + height / 2, (d0 + d1) / 2)
    scene.picture(at, length, height, cover, (side, 0, 0))
    if lit > 0:
        _lit_windows(scene, at, length, height, glow * power, side)


def skyline(
    scene: Scene, d: float, width: float, tallest: float, count: int, wall: Colour, lit: float,
    lamps: Sequence[Rgb], power: float,
) -> None:  # fmt: skip
    """Far blocks across the view; lit windows are bulbs."""
    rng = scene.rng
    for x in np.linspace(-width / 2, width / 2, count) + rng.normal(0, width / count / 3, count):
        tall = tallest * rng.uniform(0.3, 1.0) ** 1.4
        wide, away = rng.uniform(0.5, 1.4) * width / count, d * rng.uniform(0.85, 1.4)
        scene.block((x, -60, away), (wide, 60 + tall, wide), Paint(jitter(rng, wall, 0.35)))
        for _ in range(int(lit * wide * max(tall, 0))):
            spot = (
                x + rng.uniform(-0.45, 0.45) * wide,
                rng.uniform(-3, tall * 0.96),
                away - wide * 0.51,
            )
            scene.bulb(spot, np.asarray(pick(rng, lamps)) * power * rng.uniform(0.2, 1.3) ** 2)


def car(scene: Scene, x: float, d: float, colour: Colour, away: bool, lamps: float) -> None:
    """A parked or driving car seen from an end."""
    scene.box((x, 0.55, d + 2), (1.75, 0.6, 4.2), Paint(colour, "gloss"))
    scene.box((x, 1.05, d + 2.2), (1.45, 0.5, 2.2), Paint((0.02, 0.025, 0.03), "gloss"))
    for side in (-1, 1):
        scene.box((x + side * 0.75, 0.3, d + 0.3), (0.22, 0.6, 0.65), Paint(0.02))
        tint = np.array([1.0, 0.06, 0.03]) if away else np.array([1.0, 0.92, 0.75])
        if lamps > 0:
            scene.box(
                (x + side * 0.62, 0.68, d - 0.12),
                (0.3, 0.13, 0.02),
                Paint(tint * lamps * 12, "glow"),
            )
            scene.bulb((x + side * 0.62, 0.68, d - 0.15), tint * lamps)


def _lit_windows(
    scene: Scene,
    at: tuple[float, float, float],
    length: float,
    height: float,
    glow: Array,
    side: float,
) -> None:
    """Only the lit panes emit, so that the wall between them keeps its own look."""
    rows, columns = glow.shape[0] // 12, glow.shape[1] // 12
    middles, colours = [], []
    for row in range(rows):
        for column in range(columns):
            pane = glow[row * 12 + 9, column * 12 + 5]
            if pane.max() > 0:
                along = ((column + 0.5) / columns - 0.5) * length * side
                middles.append(
                    (
                        at[0] + side * 0.02,
                        at[1] + height * (0.5 - (row + 0.5) / rows),
                        at[2] + along,
                    )
                )
                colours.append(pane)
    if middles:
        panes = quads(
            np.array(middles),
            np.array([[0, 0, -side * length / columns * 0.33]]),
            np.array([[0, height / rows * 0.33, 0]]),
        )
        scene.solids.setdefault("glow", []).append((panes, np.array(colours).repeat(4, 0)))


def window(
    scene: Scene, at: tuple[float, float, float], width: float, height: float, light: str,
    facing: tuple[float, float, float] = (0, 0, -1), power: float = 2.2, frame: Colour = 0.6,
) -> None:  # fmt: skip
    """A window: garden and sky by day, blue dusk and a few far lamps otherwise."""
    rng = scene.rng
    rise = np.linspace(1, 0, 24)[:, None, None]
    green = textures.noise((24, 32), rng, 6, 4)[..., None]
    edge = np.clip((rise - 0.42 + 0.5 * (green - 0.5)) * 6, 0, 1)
    if light in ("day", "cold", "golden"):
        sky = np.array([0.75, 0.9, 1.1]) if light != "golden" else np.array([1.3, 0.8, 0.4])
        outside = edge * sky + (1 - edge) * green * [0.35, 0.5, 0.16]
    else:
        outside = (edge * [0.03, 0.06, 0.17] + (1 - edge) * green * [0.012, 0.014, 0.025]) * 1.2
        power = power * 0.25
    if power > 8:  # out of the picture, it is there to light the room
        scene.lamp(at, width, height, outside.mean((0, 1)) * power, facing)
        return
    scene.screen(at, width, height, outside, power, facing)
    side = np.array([-facing[2], 0, facing[0]])
    out = np.asarray(facing, float) * 0.03
    paint = Paint(frame, "satin")
    yaw = np.degrees(np.arctan2(side[2], side[0]))
    for part in (-0.5, 0.0, 0.5):
        scene.box(np.asarray(at) + side * width * part + out, (0.06, height, 0.05), paint, yaw)
        scene.box(np.asarray(at) + out + [0, height * part, 0], (width, 0.05, 0.05), paint, yaw)
    if light not in ("day", "cold", "golden"):
        for _ in range(5):
            spot = np.asarray(at) + side * rng.uniform(-0.45, 0.45) * width + out
            scene.bulb(
                spot + [0, rng.uniform(-0.4, 0.1) * height, 0],
                np.asarray(pick(rng, (WARM, AMBER, COLD))) * rng.uniform(0.2, 0.8),
            )


def curtain(
    scene: Scene, x0: float, x1: float, d: float, height: float, colour: Colour, fold: float = 0.16,
    foot: float = 0.0,
) -> None:  # fmt: skip
    """Hanging folds across the view."""
    for x in np.arange(x0, x1, fold):
        where = d + scene.rng.uniform(-0.03, 0.03)
        scene.rod(
            (x, foot, where),
            (x, foot + height, where),
            fold * 0.62,
            Paint(jitter(scene.rng, colour, 0.12)),
        )


def floor_lamp(scene: Scene, x: float, d: float, power: float = 14.0, height: float = 1.6) -> None:
    """A standing lamp with a cloth shade."""
    scene.rod((x, 0, d), (x, height, d), 0.015, Paint(0.05, "metal"))
    shade = Paint(np.array([1.0, 0.66, 0.36]) * power * 0.16, "glow")
    scene.rod((x, height - 0.12, d), (x, height + 0.18, d), 0.2, shade, tip=0.13)
    scene.lamp((x, height - 0.12, d), 0.25, 0.25, np.asarray(WARM) * power)


def frame_picture(scene: Scene, x: float, y: float, d: float, width: float, height: float) -> None:
    """A framed painting: bands of colour."""
    rng = scene.rng
    tone = rng.uniform(0.03, 0.6, 3)
    image = textures.noise((12, 16), rng, 3, 3)[..., None] ** 2 * tone * 2 + rng.uniform(
        0.01, 0.15, 3
    )
    scene.box((x, y, d), (width + 0.08, height + 0.08, 0.03), Paint(DARK_WOOD, "satin"))
    scene.picture((x, y, d - 0.03), width, height, np.clip(image, 0, 0.9))


def candle(scene: Scene, x: float, y: float, d: float, height: float = 0.12) -> None:
    """A candle with its flame."""
    scene.rod((x, y, d), (x, y + height, d), 0.02, Paint((0.8, 0.74, 0.6)))
    scene.bulb((x, y + height + 0.03, d), np.array([1.0, 0.55, 0.2]) * scene.rng.uniform(1.2, 2.2))
