"""Triangle meshes in plain NumPy: x to the right, y up, d away from the camera, metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"
Vector: TypeAlias = "tuple[float, float, float] | Array"


@dataclass(frozen=True, eq=False)
class Mesh:
    """``points`` and unit ``normals`` are ``(n, 3)``, ``faces`` ``(m, 3)`` indices."""

    points: Array
    normals: Array
    faces: np.ndarray[Any, np.dtype[np.int64]]

    def scaled(self, by: Vector) -> Mesh:
        """Stretched along the axes."""
        by = np.asarray(by, float)
        return Mesh(self.points * by, _unit(self.normals / by), self.faces)

    def turned(self, yaw: float = 0.0, roll: float = 0.0, pitch: float = 0.0) -> Mesh:
        """Turned about its own middle, degrees: roll (about d), then pitch (x), then yaw (y)."""
        turn = rotation("y", yaw) @ rotation("x", pitch) @ rotation("d", roll)
        return Mesh(self.points @ turn.T, self.normals @ turn.T, self.faces)

    def at(self, place: Vector) -> Mesh:
        """Moved."""
        return Mesh(self.points + np.asarray(place, float), self.normals, self.faces)


def rotation(axis: str, degrees: float) -> Array:
    """The 3 by 3 matrix that turns about one axis."""
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    i, j = {"x": (1, 2), "y": (0, 2), "d": (0, 1)}[axis]
    turn = np.eye(3)
    turn[i, i], turn[i, j], turn[j, i], turn[j, j] = c, -s, s, c
    return turn


@lru_cache(maxsize=1)
def cube() -> Mesh:
    """Edge length 1 about the origin, four corners a side."""
    squares = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            u = np.roll(normal, 1) * 0.5
            squares.append((normal * 0.5, u, np.cross(normal, u)))
    middle, u, v = (np.array(part) for part in zip(*squares, strict=True))
    return quads(middle, u, v)


def quads(middles: Array, u: Array, v: Array) -> Mesh:
    """Flat rectangles: ``middles`` ``(n, 3)`` and the half edges ``u``, ``v`` of each."""
    middles, u, v = np.broadcast_arrays(np.atleast_2d(middles), u, v)
    points = np.stack([middles - u - v, middles + u - v, middles + u + v, middles - u + v], 1)
    first = np.arange(len(middles))[:, None] * 4
    faces = np.concatenate([first + [0, 1, 2], first + [0, 2, 3]], 1).reshape(-1, 3)
    normals = _unit(np.cross(u, v)).repeat(4, 0)
    return Mesh(points.reshape(-1, 3), normals, faces)


@lru_cache(maxsize=8)
def ball(around: int = 18, along: int = 10) -> Mesh:
    """Radius 1 about the origin."""
    t, p = np.meshgrid(
        np.linspace(0, np.pi, along + 1), np.linspace(0, 2 * np.pi, around + 1), indexing="ij"
    )
    points = np.stack([np.sin(t) * np.cos(p), np.cos(t), np.sin(t) * np.sin(p)], -1).reshape(-1, 3)
    return Mesh(points, points, _grid_faces(along, around))


def rod(
    start: Vector, end: Vector, radius: float, tip: float | None = None, sides: int = 14
) -> Mesh:
    """An open tube between two points; ``tip`` is the radius at the end, else the same."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    u, v = across(b - a)
    turn = np.linspace(0, 2 * np.pi, sides + 1)[:, None]
    spoke = np.cos(turn) * u + np.sin(turn) * v
    points = np.concatenate([a + radius * spoke, b + (radius if tip is None else tip) * spoke])
    return Mesh(points, np.concatenate([spoke, spoke]), _grid_faces(1, sides))


def disc(middle: Vector, normal: Vector, radius: float, sides: int = 20) -> Mesh:
    """A flat round."""
    m, n = np.asarray(middle, float), np.asarray(normal, float)
    u, v = across(n)
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    points = np.concatenate([m[None], m + radius * (np.cos(turn) * u + np.sin(turn) * v)])
    i = np.arange(sides)
    faces = np.stack([0 * i, 1 + i, 1 + (i + 1) % sides], 1)
    return Mesh(points, np.tile(_unit(n[None])[0], (sides + 1, 1)), faces)


def sheet(heights: Array, width: float, length: float, start: float) -> Mesh:
    """A height field: rows of ``heights`` go away from the camera, columns to the right."""
    rows, columns = heights.shape
    x = np.linspace(-width / 2, width / 2, columns)
    d = start + np.linspace(0, length, rows)
    points = np.stack([*np.meshgrid(x, d), heights], -1)[..., [0, 2, 1]]
    slope_d, slope_x = np.gradient(heights, d, x)
    normals = _unit(np.stack([-slope_x, np.ones_like(heights), -slope_d], -1).reshape(-1, 3))
    return Mesh(points.reshape(-1, 3), normals, _grid_faces(rows - 1, columns - 1))


def panel(
    at: Vector, width: float, height: float, facing: Vector, rows: int = 1, columns: int = 1
) -> Mesh:
    """An upright rectangle facing a way, as a grid: rows run down, columns to a viewer's right."""
    normal = _unit(np.asarray(facing, float)[None])[0]
    up = np.array([0, 1.0, 0]) if abs(normal[1]) < 0.9 else np.array([0, 0, 1.0])
    right = _unit(np.cross(normal, up)[None])[0]
    down = -np.cross(right, normal)
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, columns + 1), np.linspace(-0.5, 0.5, rows + 1))
    spots = x[..., None] * width * right + y[..., None] * height * down + np.asarray(at, float)
    count = (rows + 1) * (columns + 1)
    return Mesh(spots.reshape(-1, 3), np.tile(normal, (count, 1)), _grid_faces(rows, columns))


def scattered(
    rng: np.random.Generator, middles: Array, size: float | Array, aspect: float = 0.5
) -> Mesh:
    """Leaf-like flakes, each turned its own way."""
    u = _unit(np.asarray(rng.normal(size=middles.shape)))
    v = _unit(np.asarray(np.cross(u, rng.normal(size=middles.shape))))
    scale = np.broadcast_to(np.asarray(size, float), len(middles))[:, None]
    return quads(middles, u * scale, v * scale * aspect)


def merged(meshes: list[Mesh]) -> Mesh:
    """One mesh of many."""
    offsets = np.cumsum([0, *(len(m.points) for m in meshes[:-1])])
    return Mesh(
        np.concatenate([m.points for m in meshes]),
        np.concatenate([m.normals for m in meshes]),
        np.concatenate([m.faces + o for m, o in zip(meshes, offsets, strict=True)]),
    )


def across(direction: Array) -> tuple[Array, Array]:
    """Two unit vectors at right angles to a direction and to each other."""
    w = _unit(direction[None])[0]
    helper = np.array([0, 0, 1.0]) if abs(w[2]) < 0.9 else np.array([1.0, 0, 0])
    u = _unit(np.cross(w, helper)[None])[0]
    return u, np.cross(w, u)


def _unit(vectors: Array) -> Array:
    unit: Array = vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-12)
    return unit


def _grid_faces(rows: int, columns: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    i = (np.arange(rows)[:, None] * (columns + 1) + np.arange(columns)[None]).ravel()
    below = i + columns + 1
    return np.concatenate([np.stack([i, i + 1, below], 1), np.stack([i + 1, below + 1, below], 1)])
