"""A human torso as a signed-distance field, traced to what a painter needs: cover, points, normals.

Body space is measured in head heights (crown to chin). Its origin is the pit of the neck; x runs to
the image's right, y up, z out of the chest. Proportions follow the averages of the ANSUR II survey
(Gordon et al. 2014): with a head of 23 cm, shoulders 46 cm wide, a chest 24 cm deep. Fields are
traced by spheres (Hart 1996, "Sphere tracing") on a coarse grid of rays and then enlarged: the
silhouette stays sharp because the *signed* distance of each ray is enlarged, not a mask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from vivant.engines.previz.bust import Bust
    from vivant.types import Floats

Field: TypeAlias = "Callable[[Floats, Floats, Floats], Floats]"
"""Body coordinates x, y, z of one shape to signed distances; negative inside."""
Triple = tuple[float, float, float]

NECK_AXIS = -0.27
"""z of the line about which the head and the chest turn."""
RAYS = 30_000
"""Rays traced at most; a wider canvas gets a coarser grid."""
CHART, CHART_TOP = 0.04, 0.7
FRONT, REAR = 0.75, -1.1
"""z range that a ray searches."""


def f32(a: ArrayLike) -> Floats:
    """``a`` as float32, which is all that is ever traced or painted."""
    return np.asarray(a, np.float32)


# -- fields ------------------------------------------------------------------------------------


def capsule(x: Floats, y: Floats, z: Floats, a: Triple, b: Triple, ra: float, rb: float) -> Floats:
    """Distance to a rod from ``a`` (radius ``ra``) to ``b`` (radius ``rb``)."""
    dx, dy, dz = (q - p for p, q in zip(a, b, strict=True))
    px, py, pz = x - a[0], y - a[1], z - a[2]
    t = np.clip((px * dx + py * dy + pz * dz) * (1 / (dx * dx + dy * dy + dz * dz)), 0, 1)
    px, py, pz = px - t * dx, py - t * dy, pz - t * dz
    return np.asarray(np.sqrt(px * px + py * py + pz * pz) - (ra + (rb - ra) * t), np.float32)


def ellipsoid(x: Floats, y: Floats, z: Floats, centre: Triple, radii: Triple) -> Floats:
    """Distance to an ellipsoid, to first order."""
    rx, ry, rz = (1 / r for r in radii)
    px, py, pz = (x - centre[0]) * rx, (y - centre[1]) * ry, (z - centre[2]) * rz
    k = np.sqrt(px * px + py * py + pz * pz)
    px, py, pz = px * rx, py * ry, pz * rz
    slope = np.sqrt(px * px + py * py + pz * pz)
    return np.asarray(k * (k - 1) / np.maximum(slope, 1e-4), np.float32)


def blend(a: Floats, b: Floats, width: float) -> Floats:
    """Smooth union (Quilez): the two surfaces melt over ``width``."""
    h = np.maximum(width - np.abs(a - b), 0) * (1 / width)
    return np.asarray(np.minimum(a, b) - h * h * (width / 4), np.float32)


@dataclass(frozen=True)
class Fit:
    """How cloth hangs: ``ease`` off the skin, ``sleeve`` off the arm, ``drape`` over the hollows.

    All in head heights. ``pad`` squares the shoulders as tailoring does.
    """

    ease: float = 0.02
    sleeve: float = 0.02
    drape: float = 0.08
    pad: float = 0.0


@dataclass(frozen=True)
class Body:
    """The body: ``neck`` is half its width in head heights, ``build`` widens the shoulders."""

    neck: float = 0.26
    build: float = 1.0

    def bare(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """The skin, with neck, collarbones and the two neck muscles that frame the throat."""
        ax = np.abs(x)
        d = blend(self._trunk(ax, y, z, 0.16), self._arm(ax, y, z, 0.0), 0.14)
        d = blend(d, self._neck(ax, y, z), 0.13)
        k = self.build
        inner = capsule(ax, y, z, (0.08, -0.025, -0.05), (0.38 * k, 0.01, -0.155), 0.034, 0.026)
        outer = capsule(ax, y, z, (0.38 * k, 0.01, -0.155), (0.72 * k, 0.0, -0.32), 0.026, 0.06)
        d = blend(d, blend(inner, outer, 0.03), 0.075)
        n = self.neck
        strap = capsule(ax, y, z, (0.05, -0.01, -0.03), (n * 0.90, 0.58, -0.34), 0.026, 0.05)
        return blend(d, strap, 0.07)

    def clothed(self, fit: Fit) -> Field:
        """The outside of a garment without its collar and without the neck."""

        def field(x: Floats, y: Floats, z: Floats) -> Floats:
            ax = np.abs(x)
            trunk = self._trunk(ax, y, z, 0.16 + fit.drape) - fit.ease
            if fit.pad:
                k = self.build
                pad = capsule(
                    ax, y, z, (0.45 * k, 0.02, -0.33), (0.77 * k, -0.05, -0.34), 0.10, 0.11
                )
                trunk = blend(trunk, pad - fit.pad, 0.10)
            return blend(trunk, self._arm(ax, y, z, fit.sleeve), 0.08 + fit.drape)

        return field

    def sleeve(self, fit: Fit, x: Floats, y: Floats, z: Floats) -> Floats:
        """How much nearer the arm is than the trunk, in head heights; > 0 on the sleeve."""
        ax = np.abs(x)
        trunk = self._trunk(ax, y, z, 0.16 + fit.drape) - fit.ease
        return np.asarray(trunk - self._arm(ax, y, z, fit.sleeve), np.float32)

    def _neck(self, ax: Floats, y: Floats, z: Floats) -> Floats:
        n = self.neck
        return capsule(ax, y, z, (0, -0.12, NECK_AXIS), (0, 0.62, -0.20), n * 1.02, n * 0.98)

    def _trunk(self, ax: Floats, y: Floats, z: Floats, melt: float) -> Floats:
        k = self.build
        wide = ax * (1 / k)
        slope = capsule(wide, y, z, (0.10, 0.165, -0.38), (0.70, -0.105, -0.37), 0.115, 0.13)
        yoke = ellipsoid(wide, y, z, (0, -0.31, -0.37), (0.84, 0.42, 0.31))
        chest = ellipsoid(wide, y, z, (0, -0.88, -0.36), (0.72, 0.95, 0.405))
        soft = np.sqrt(wide * wide + 0.02)
        breast = ellipsoid(soft, y, z, (0.30, -0.58, -0.19), (0.40, 0.40, 0.20))
        waist = ellipsoid(wide, y, z, (0, -1.80, -0.37), (0.61, 1.05, 0.37))
        hips = ellipsoid(wide, y, z, (0, -2.75, -0.39), (0.70, 0.80, 0.42))
        d = blend(blend(chest, yoke, 0.16), blend(waist, hips, 0.3), 0.24)
        return blend(blend(d, breast, 0.22), slope, melt)

    def _arm(self, ax: Floats, y: Floats, z: Floats, loose: float) -> Floats:
        k = self.build
        shoulder, elbow = (0.775 * k, -0.185, -0.36), (0.90 * k, -1.38, -0.46)
        # Hands clasped behind the back: no frame is so wide that it would need them drawn.
        wrist = (0.30 * k, -2.0, -0.98)
        upper = capsule(ax, y, z, shoulder, elbow, 0.168 + 0.4 * loose, 0.118 + loose)
        lower = capsule(ax, y, z, elbow, wrist, 0.118 + loose, 0.078 + loose)
        return blend(upper, lower, 0.05)


@lru_cache(maxsize=8)
def chart(body: Body, fit: Fit) -> Floats:
    """z of the cloth seen from the front, ``(rows, cols)`` samples ``CHART`` apart.

    The first row is at y = ``CHART_TOP``, the first column at x = 0: the body is symmetric. Off the
    body it holds the nearest approach.
    """
    y, x = np.mgrid[CHART_TOP:-3.7:-CHART, 0 : 1.6 * body.build : CHART].astype(np.float32)
    field, z = body.clothed(fit), np.full_like(x, FRONT)
    for _ in range(24):
        z = np.maximum(z - 0.9 * field(x, y, z), -0.36)
    z.setflags(write=False)
    return np.asarray(z, np.float32)


def front(body: Body, fit: Fit, x: Floats, y: Floats) -> Floats:
    """z of the cloth at body ``x``, ``y`` ``(n,)``, seen from the front."""
    z = chart(body, fit)
    col, row = np.abs(x) / CHART, (CHART_TOP - y) / CHART
    found = cv2.remap(z, col[None], row[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found[0], np.float32)


def crest(field: Field, x: Floats, z: Floats, lowest: float) -> Floats:
    """y of the surface seen from above at body ``x``, ``z``; no lower than ``lowest``."""
    y = np.full_like(x, 0.9)
    for _ in range(40):
        y = np.maximum(y - 0.85 * field(x, y, z), lowest)
    return y


# -- the camera --------------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """An orthographic camera: body space to canvas pixels and back."""

    width: int
    height: int
    x: float
    y: float
    unit: float
    """Pixels of one head height."""
    turn: float
    """Radians, > 0 to the image's right."""

    @classmethod
    def of(cls, bust: Bust) -> View:
        """The camera that sees ``bust`` as it is asked for."""
        turn = float(np.radians(bust.turn))
        return cls(bust.width, bust.height, bust.neck_x, bust.neck_y, bust.head_height, turn)

    def face(self, points: Floats) -> Floats:
        """Body points ``(..., 3)`` to camera axes about the neck's axis, in head heights."""
        c, s = np.cos(self.turn), np.sin(self.turn)
        x, y, z = points[..., 0], points[..., 1], points[..., 2] - NECK_AXIS
        return np.stack([c * x + s * z, y, c * z - s * x], -1).astype(np.float32)

    def aim(self, vectors: Floats) -> Floats:
        """Body directions ``(..., 3)`` to camera axes."""
        c, s = np.cos(self.turn), np.sin(self.turn)
        x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
        return np.stack([c * x + s * z, y, c * z - s * x], -1).astype(np.float32)

    def pixels(self, points: Floats) -> Floats:
        """Body points ``(..., 3)`` to canvas pixels ``(..., 2)``."""
        seen = self.face(points)
        return np.stack(
            [self.x + self.unit * seen[..., 0], self.y - self.unit * seen[..., 1]], -1
        ).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Surface:
    """What the camera sees of a field, at the canvas's size, float32.

    ``alpha`` is coverage; ``point`` ``(h, w, 3)`` the body point; ``depth`` the camera z of that
    point in head heights; ``normal`` unit, in camera axes; ``occlusion`` 0 (dark) to 1 (open).
    """

    alpha: Floats
    point: Floats
    depth: Floats
    normal: Floats
    occlusion: Floats


def trace(view: View, field: Field, wanted: Floats | None = None) -> Surface:
    """See ``field`` through ``view``; only where ``wanted`` ``(h, w)`` is above 0, if given."""
    step = max(1, round(float(np.sqrt(view.width * view.height / RAYS))))
    cols = -(-view.width // step) + 1
    rows = -(-view.height // step) + 1
    gy, gx = np.mgrid[0:rows, 0:cols].astype(np.float32) * step
    sx, sy = (gx - view.x) / view.unit, (view.y - gy) / view.unit
    c, s = np.float32(np.cos(view.turn)), np.float32(np.sin(view.turn))

    def at(depth: Floats, k: Any = ...) -> tuple[Floats, Floats, Floats]:
        return c * sx[k] - s * depth, sy[k], s * sx[k] + c * depth + NECK_AXIS

    look = np.ones(sx.shape, bool)
    if wanted is not None:
        look = cv2.resize(wanted, (cols, rows), interpolation=cv2.INTER_AREA) > 0
    depth, miss = _march(at, field, look)
    x, y, z = at(depth)
    normal, open_ = np.zeros((*x.shape, 3), np.float32), np.ones_like(x)
    normal[..., 2] = 1
    near = np.nonzero(miss < 2 * step / view.unit + 0.02)
    normal[near] = _gradient(field, x[near], y[near], z[near])
    for reach, weight in ((0.04, 0.30), (0.10, 0.36), (0.24, 0.36)):
        out = f32(reach * normal[near])
        gap = field(x[near] + out[:, 0], y[near] + out[:, 1], z[near] + out[:, 2])
        open_[near] -= weight * np.clip(1 - gap / reach, 0, 1)
    aimed = view.aim(normal)

    def enlarge(a: Floats) -> Floats:
        return _enlarge(a, step, view.width, view.height)

    full = enlarge(aimed)
    full /= np.maximum(np.linalg.norm(full, axis=-1, keepdims=True), 1e-6)
    return Surface(
        alpha=np.clip(0.5 - enlarge(miss) * view.unit, 0, 1),
        point=enlarge(np.stack([x, y, z], -1)),
        depth=enlarge(depth),
        normal=full,
        occlusion=np.clip(enlarge(open_), 0.12, 1),
    )


def _march(
    at: Callable[..., tuple[Floats, Floats, Floats]], field: Field, look: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Depth of the hit (or of the nearest approach), and the ray's least signed distance."""
    best = np.full(look.shape, FRONT - NECK_AXIS, np.float32)
    least = np.full(look.shape, 9, np.float32)
    live = np.nonzero(look)
    depth = best[live]
    for _ in range(36):
        d = field(*at(depth, live))
        nearer = d < least[live]
        near = tuple(axis[nearer] for axis in live)
        best[near], least[near] = depth[nearer], d[nearer]
        depth = depth - d * 0.92
        going = (d > 0.0015) & (depth > REAR - NECK_AXIS)
        if not going.any():
            break
        live, depth = tuple(axis[going] for axis in live), depth[going]
    # A hit ends a hair above the surface; how deep the ray goes below it says how far off the
    # silhouette is. Only rays that come that close may look below, or every miss would be nearer.
    close = np.nonzero(least < 0.012)
    inside, start = least[close], best[close]
    for reach in (0.012, 0.03, 0.06, 0.11, 0.18):
        inside = np.minimum(inside, field(*at(start - np.float32(reach), close)))
    least[close] = inside
    return best, least


def _gradient(field: Field, x: Floats, y: Floats, z: Floats) -> Floats:
    """Unit normals, from four samples on a tetrahedron."""
    e = np.float32(0.012)
    total = np.zeros((*x.shape, 3), np.float32)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        d = field(x + e * corner[0], y + e * corner[1], z + e * corner[2])
        total += d[..., None] * np.array(corner, np.float32)
    length = np.linalg.norm(total, axis=-1, keepdims=True)
    return np.asarray(total / np.maximum(length, 1e-6), np.float32)


def _enlarge(a: Floats, step: int, width: int, height: int) -> Floats:
    """Coarse samples at multiples of ``step`` pixels to every pixel of the canvas."""
    if step == 1:
        return a[:height, :width].copy()
    to_coarse = np.array([[1 / step, 0, 0], [0, 1 / step, 0]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    out = cv2.warpAffine(
        a, to_coarse, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(out, np.float32)
