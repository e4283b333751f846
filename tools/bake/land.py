"""Ground, hills and grass for open country."""

from __future__ import annotations

import numpy as np

from tools.bake import textures
from tools.bake.mesh import Array, sheet
from tools.bake.scene import Scene


def ground(
    scene: Scene, colour: tuple[float, float, float], far: float = 500.0, spots: float = 0.5
) -> None:
    """Level ground with patches, finer near the camera."""
    for start, end, cells in ((0.5, 40.0, 60), (40.0, far, 40)):
        if end <= start:
            continue
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
    heights = (
        np.clip(np.maximum(0.45 * shape + 0.55 * ridge, 0) ** sharp * bulge, 0, 1) * height
        - height * 0.05
    )
    mix = np.clip((heights / height - line + 0.25 * (shape - 0.5)) * 8, 0, 1)[..., None]
    tint = (np.asarray(foot) * (1 - mix) + np.asarray(top) * mix) * (0.7 + 0.6 * shape[..., None])
    land = sheet(heights, far * 2.0, far - near, near)
    scene.solids.setdefault("matte", []).append((land, tint.reshape(-1, 3)))


def grass(
    scene: Scene,
    near: float,
    far: float,
    count: int,
    colour: Array | tuple[float, float, float],
    tall: float = 0.3,
) -> None:
    """Tufts, denser towards the camera."""
    rng = scene.rng
    d = near + (far - near) * rng.random(count) ** 2
    spots = np.stack([rng.uniform(-0.6, 0.6, count) * d, rng.uniform(0, tall, count), d], 1)
    scene.flakes(spots, rng.uniform(0.03, 0.08, count), colour, 0.5)
