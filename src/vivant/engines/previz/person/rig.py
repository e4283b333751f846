"""The 2.5-D rig: a depth over the head and the fields by which a pose moves the picture.

A pose gives a forward displacement on a coarse grid; its inverse, by fixed-point iteration, says
for every place of the film where to look in the picture. All lengths are canvas pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy.interpolate import LinearNDInterpolator

from vivant.engines.previz.person import landmarks as at
from vivant.engines.previz.person.arrays import floats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from vivant.types import Floats

_INVERSIONS = 5
_TURNED = 12.0
_TURN_MARGIN = 6.0
"""Above the first, in degrees, a turn is bent towards the sum of both: the picture has no more."""


@dataclass(frozen=True)
class Neck:
    """The pit of the neck, half the neck's width and the head's height, in canvas pixels."""

    x: float
    y: float
    half: float
    head_height: float


def smooth(low: float | Floats, high: float | Floats, x: Floats | float) -> Floats:
    """Smoothstep from 0 at ``low`` to 1 at ``high``; ``low`` may be above ``high``."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


@dataclass(frozen=True, eq=False)
class Rig:
    """Everything a pose needs, on a grid of ``step`` pixels; build it with ``assemble``."""

    step: int
    x: Floats
    y: Floats
    depth: Floats
    pivot: Floats
    neck: Neck
    face_height: float
    frame_height: float
    head: Floats
    hair: Floats
    ripple: Floats
    bases: Mapping[str, Floats]

    def field(self, pose: Mapping[str, float]) -> Floats:
        """Forward displacement ``(gh, gw, 2)`` in pixels for a pose; absent channels rest."""
        moved = np.zeros((*self.x.shape, 2), np.float32)
        for name, base in self.bases.items():
            if amount := pose.get(name, 0.0):
                moved += np.float32(amount) * base
        moved += self.head[..., None] * self._turned(pose, moved)
        for part in BODY:
            part(self, pose, moved)
        return moved

    def inverse(self, pose: Mapping[str, float]) -> Floats:
        """Where to look, relative to each place: ``u`` with ``u(p) = -field(p + u(p))``."""
        forward = self.field(pose)
        u: Floats = -forward
        for _ in range(_INVERSIONS):
            x, y = (self.x + u[..., 0]) / self.step, (self.y + u[..., 1]) / self.step
            there = cv2.remap(forward, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            u = -floats(there)
        return u

    def _turned(self, pose: Mapping[str, float], moved: Floats) -> Floats:
        """Displacement by the head's rotation about the neck's top, after the expression."""
        yaw = np.radians(bounded(pose.get("yaw", 0.0)))
        pitch = np.radians(bounded(pose.get("pitch", 0.0)))
        roll = np.radians(bounded(pose.get("roll", 0.0)))
        if yaw == pitch == roll == 0:
            return np.zeros_like(moved)
        x0, y0 = self.x - self.pivot[0], self.y - self.pivot[1]
        z0 = self.depth - self.pivot[2]
        x, y, z = x0 + moved[..., 0], y0 + moved[..., 1], z0
        x, z = x * np.cos(yaw) - z * np.sin(yaw), x * np.sin(yaw) + z * np.cos(yaw)
        y = y * np.cos(pitch) - z * np.sin(pitch)
        x, y = x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)
        turned = np.stack([x - x0 - moved[..., 0], y - y0 - moved[..., 1]], axis=-1)
        return np.asarray(turned, np.float32)


def bounded(degrees: float) -> float:
    """An angle, bent above 12 degrees so that it never reaches 18: a picture turns no further."""
    over = abs(degrees) - _TURNED
    if over <= 0:
        return degrees
    return float(np.copysign(_TURNED + _TURN_MARGIN * np.tanh(over / _TURN_MARGIN), degrees))


# -- the body, one small function a channel ------------------------------------------------------


def _breathe(rig: Rig, pose: Mapping[str, float], moved: Floats) -> None:
    amount, unit = pose.get("breath", 0.0), rig.neck.head_height
    chest = smooth(rig.neck.y - 0.2 * unit, rig.neck.y + 0.3 * unit, rig.y)
    moved[..., 1] -= amount * unit * (0.004 * rig.head + 0.010 * chest)
    moved[..., 0] += amount * 0.008 * chest * (rig.x - rig.neck.x)


def _sway(rig: Rig, pose: Mapping[str, float], moved: Floats) -> None:
    unit = rig.neck.head_height
    rooted = 1 - 0.5 * smooth(rig.neck.y, rig.neck.y + 2.2 * unit, rig.y)
    moved[..., 0] += pose.get("sway_x", 0.0) * rig.frame_height * rooted
    moved[..., 1] += pose.get("sway_y", 0.0) * rig.frame_height


def _turn_torso(rig: Rig, pose: Mapping[str, float], moved: Floats) -> None:
    angle, unit = np.radians(pose.get("torso_yaw", 0.0)), rig.neck.head_height
    across = (rig.x - rig.neck.x) / unit
    body = smooth(rig.neck.y - 0.25 * unit, rig.neck.y + 0.25 * unit, rig.y)
    bulge = 0.30 * np.clip(1 - (across / 1.1) ** 2, 0, 1)
    moved[..., 0] += angle * unit * body * bulge
    moved[..., 1] += angle * 0.06 * unit * body * np.clip(across, -1, 1)


def _lean(rig: Rig, pose: Mapping[str, float], moved: Floats) -> None:
    scale = pose.get("lean", 0.0)
    moved[..., 0] += scale * (rig.x - rig.neck.x)
    moved[..., 1] += scale * (rig.y - rig.neck.y - 0.6 * rig.neck.head_height)


def _blow(rig: Rig, pose: Mapping[str, float], moved: Floats) -> None:
    """Waves run through hair and cloth as the wind's strength changes."""
    wind, unit = pose.get("wind", 0.0), rig.neck.head_height
    cloth = 0.25 * smooth(rig.neck.y + 0.1 * unit, rig.neck.y + 0.6 * unit, rig.y)
    wave = np.sin(rig.ripple + 14 * wind)
    moved[..., 0] += wind * unit * (rig.hair * (0.030 + 0.022 * wave) + 0.012 * cloth * wave)
    moved[..., 1] += wind * unit * 0.012 * (rig.hair + cloth) * np.cos(1.7 * rig.ripple + 9 * wind)


BODY: tuple[Callable[[Rig, Mapping[str, float], Floats], None], ...] = (
    _breathe,
    _sway,
    _turn_torso,
    _blow,
    _lean,
)


# -- assembling ----------------------------------------------------------------------------------


def assemble(mesh: Floats, alpha: Floats, neck: Neck, frame_height: int, seed: int) -> Rig:
    """The rig of a person with ``mesh`` ``(478, 3)`` and ``alpha`` ``(h, w)`` on the canvas."""
    step = max(4, round(frame_height / 120))
    height, width = alpha.shape
    y, x = np.mgrid[0 : height + step : step, 0 : width + step : step].astype(np.float32)
    face = at.face_height(mesh)
    ears = (mesh[at.LEFT_EDGE] + mesh[at.RIGHT_EDGE]) / 2
    behind = np.array([-0.10 * at.turn(mesh) * face, 0.28 * face, 0.20 * face], np.float32)
    chin = float(mesh[at.CHIN, 1])
    unit = neck.head_height
    head = 1 - smooth(chin - 0.05 * unit, neck.y + 0.05 * unit, y)
    head = head * (1 - smooth(0.7 * unit, 1.3 * unit, np.abs(x - ears[0])))
    return Rig(
        step, x, y, _depth(mesh, alpha, neck, x, y), ears + behind, neck, face,
        float(frame_height), head, _hair(mesh, unit, x, y), _ripple(x.shape, seed),
        _bases(mesh, x, y),
    )  # fmt: skip


def _depth(mesh: Floats, alpha: Floats, neck: Neck, x: Floats, y: Floats) -> Floats:
    """Depth on the grid: the face's mesh where it is seen; the outline lies in the head's middle.

    The limb of a round body is where it turns away, which is the plane through its centre.
    """
    face = at.face_height(mesh)
    limb = float(mesh[at.LEFT_EDGE, 2] + mesh[at.RIGHT_EDGE, 2]) / 2
    seen = mesh[at.SURFACE][_in_front(mesh[at.SURFACE], 0.05 * face)]
    places, depths = [seen[:, :2]], [np.minimum(seen[:, 2], limb)]
    contours, _ = cv2.findContours(
        (alpha > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    if contours:
        outline = max(contours, key=len)[:: max(4, round(0.03 * face)), 0].astype(np.float32)
        outline = outline[outline[:, 1] < mesh[at.CHIN, 1]]
        nearest = np.linalg.norm(outline[:, None] - seen[None, :, :2], axis=-1).min(axis=1)
        outline = outline[nearest > 0.06 * face]
        places.append(outline)
        depths.append(np.full(len(outline), limb, np.float32))
    far = np.array(
        [
            [x[0, 0], y[0, 0]],
            [x[0, -1], y[0, 0]],
            [x[0, 0], y[-1, 0]],
            [x[0, -1], y[-1, 0]],
            [neck.x, neck.y],
            [neck.x - neck.head_height, neck.y + 0.3 * neck.head_height],
            [neck.x + neck.head_height, neck.y + 0.3 * neck.head_height],
        ],
        np.float32,
    )
    places.append(far)
    depths.append(np.full(len(far), limb, np.float32))
    filled = LinearNDInterpolator(np.concatenate(places), np.concatenate(depths))(x, y)
    filled = np.where(np.isnan(filled), depths[-1][0], filled).astype(np.float32)
    grain = float(x[0, 1] - x[0, 0])
    return np.asarray(cv2.GaussianBlur(filled, (0, 0), max(1.0, 0.035 * face / grain)), np.float32)


def _in_front(points: Floats, cell: float) -> NDArray[np.bool_]:
    """The points that no other point of the surface covers, by a coarse depth buffer."""
    bins = np.floor((points[:, :2] - points[:, :2].min(axis=0)) / cell).astype(int) + 1
    nearest = np.full(bins.max(axis=0) + 2, np.inf, np.float32)
    np.minimum.at(nearest, (bins[:, 0], bins[:, 1]), points[:, 2])
    nearest = cv2.erode(nearest, np.ones((3, 3), np.uint8))
    return np.asarray(points[:, 2] < nearest[bins[:, 0], bins[:, 1]] + 3 * cell)


def _hair(mesh: Floats, unit: float, x: Floats, y: Floats) -> Floats:
    """How freely hair moves: 0 on the face, more with the distance from it; 0 on the body."""
    chin = float(mesh[at.CHIN, 1])
    centre = mesh[at.SURFACE, :2].mean(axis=0)
    reach = np.hypot((x - centre[0]) / (0.36 * unit), (y - centre[1]) / (0.46 * unit))
    return smooth(0.95, 1.6, reach) * (1 - smooth(chin + 0.05 * unit, chin + 0.35 * unit, y))


def _ripple(shape: tuple[int, ...], seed: int) -> Floats:
    noise = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), 7)
    return np.asarray(soft / soft.std() * 1.8, np.float32)


def _bases(mesh: Floats, x: Floats, y: Floats) -> dict[str, Floats]:
    """Displacement fields ``(gh, gw, 2)`` of the expressions at full strength."""
    face = at.face_height(mesh)
    axis = mesh[at.RIGHT_CORNER, :2] - mesh[at.LEFT_CORNER, :2]
    right = axis / max(1e-6, float(np.linalg.norm(axis)))
    down = np.array([-right[1], right[0]], np.float32)
    narrow = float(np.clip(np.linalg.norm(axis) / (0.55 * face), 0.25, 1))

    def push(place: Floats, spread: float, way: Floats, tall: float | None = None) -> Floats:
        flat = ((x - place[0]) / (spread * face)) ** 2
        weight = np.exp(-flat - ((y - place[1]) / ((tall or spread) * face)) ** 2)
        return np.asarray(weight[..., None] * way * face, np.float32)

    out = right * narrow
    left_mouth, right_mouth = mesh[at.LEFT_MOUTH, :2], mesh[at.RIGHT_MOUTH, :2]
    cheeks = sum(push(mesh[i, :2], 0.13, -0.013 * down) for i in (at.LEFT_CHEEK, at.RIGHT_CHEEK))
    corners = push(left_mouth, 0.11, -0.028 * out - 0.026 * down)
    corners = corners + push(right_mouth, 0.11, 0.028 * out - 0.026 * down)
    brows = [mesh[list(brow), :2].mean(axis=0) for brow in at.BROWS]
    inner = (mesh[at.LEFT_BROW_END, :2], mesh[at.RIGHT_BROW_END, :2])
    return {
        "smile": np.asarray(corners + cheeks, np.float32),
        "wide": push(left_mouth, 0.11, -0.026 * out) + push(right_mouth, 0.11, 0.026 * out),
        "brow": push(brows[0], 0.17, -0.038 * down, 0.085)
        + push(brows[1], 0.17, -0.038 * down, 0.085),
        "frown": push(inner[0], 0.09, 0.022 * down + 0.016 * out)
        + push(inner[1], 0.09, 0.022 * down - 0.016 * out),
    }
