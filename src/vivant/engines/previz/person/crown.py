"""What the photo's edge cut off the head is grown again: outline first, then hair.

Everything happens in polar coordinates round the head: each ray leaves the head either through its
outline, which is then known, or through the photo's edge. The unknown stretch of the outline
follows a model of a head, bent so that it joins the known one; hair is folded outwards over the
cut, never deeper than the hairline, so that neither forehead nor smear shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d, median_filter

from vivant.engines.previz.person import landmarks, tones
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.matte import Matte
from vivant.engines.previz.person.rig import smooth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Floats

    Mask = NDArray[np.bool_]

Side = Literal["left", "right"]

_RAYS = 720
_LEAST_RAYS = 8
_LEAST_RUN = 36
_HALF_WIDTH = (0.47, 0.66)
"""Half a head's width, frontal and in profile, in face heights."""
_ABOVE_EYES = 0.74
_LOWEST = 0.35
"""Rays that point further down than this (sine) meet neck and shoulders, not the head."""
_NAPE = (-0.5, 0.3)
"""Between these (sines) the skull's back rounds off into the neck."""
_JOIN = 9.0
"""Over this many rays the grown outline turns into the known one; corners between them go."""
_MOST_GROWTH = 0.25
_SOFT = 0.02
"""The grown outline's softness, in face heights."""
_LEAST_GROWTH = 0.02
"""Less than this, in face heights, is missing: the photo only touches the head."""


@dataclass(frozen=True, eq=False)
class _Outline:
    """Per ray: where the photo ends, where the head ends, whether the photo cuts it there, and
    whether what it cut is grown again."""

    centre: Floats
    edge: Floats
    head: Floats
    cut: Mask
    grown: Mask


def complete(cut_out: Matte, real: Mask, mesh: Floats) -> tuple[Matte, frozenset[Side]]:
    """The matte with the head's missing part, and the sides at which the head was cut.

    ``real`` ``(h, w)`` is where the photo has pixels; elsewhere ``cut_out`` holds nothing.
    """
    known = Matte(cut_out.colour, np.where(real, cut_out.alpha, 0).astype(np.float32))
    outline = _trace(known.alpha, real, mesh)
    sides = _sides(outline)
    if outline.grown.sum() < _LEAST_RAYS:
        return known, sides
    return _grow(known, real, mesh, outline), sides


def _angles() -> Floats:
    return np.linspace(-np.pi, np.pi, _RAYS, endpoint=False, dtype=np.float32)


def _sides(outline: _Outline) -> frozenset[Side]:
    angles = _angles()[outline.cut]
    found: set[Side] = set()
    if (np.cos(angles) < -0.85).sum() > _LEAST_RAYS:
        found.add("left")
    if (np.cos(angles) > 0.85).sum() > _LEAST_RAYS:
        found.add("right")
    return frozenset(found)


def _trace(alpha: Floats, real: Mask, mesh: Floats) -> _Outline:
    height = landmarks.face_height(mesh)
    turn = landmarks.turn(mesh)
    eyes = (mesh[landmarks.LEFT_CORNER, :2] + mesh[landmarks.RIGHT_CORNER, :2]) / 2
    ears = (mesh[landmarks.LEFT_EDGE, 0] + mesh[landmarks.RIGHT_EDGE, 0]) / 2
    centre = np.array([ears - 0.22 * turn * height, eyes[1]], np.float32)
    angles, radii = _angles(), np.arange(1.4 * height, dtype=np.float32)
    x = centre[0] + np.cos(angles)[:, None] * radii
    y = centre[1] + np.sin(angles)[:, None] * radii
    solid = cv2.remap(alpha, x, y, cv2.INTER_LINEAR, borderValue=0) > 0.5
    inside = cv2.remap(real.astype(np.uint8), x, y, cv2.INTER_NEAREST, borderValue=0) > 0
    edge = _first(~inside)
    hair = int(0.06 * height)
    body = np.cumsum(solid, axis=1)
    gone = np.zeros_like(solid)
    gone[:, :-hair] = body[:, hair:] == body[:, :-hair]
    gone[:, : int(0.2 * height)] = False
    head = np.minimum(_first(gone), edge)
    upper = np.sin(angles) < _LOWEST
    cut = upper & (head > edge - max(2.0, 0.015 * height)) & (edge < radii[-1])
    half = np.interp(abs(turn), (0.2, 0.9), _HALF_WIDTH) * height
    model = 1 / np.hypot(np.cos(angles) / half, np.sin(angles) / (_ABOVE_EYES * height))
    trusted = upper & ~cut
    if not trusted.any():
        return _Outline(centre, edge, head, cut, np.zeros_like(cut))
    bent = _bend(floats(head / model), trusted, upper) * model
    skull = 1 - smooth(*_NAPE, floats(np.sin(angles)))
    missing = np.clip(bent - edge, 0, None) * skull
    grown = _long_runs(cut)
    most = float((grown * missing).max())
    if most < _LEAST_GROWTH * height:
        return _Outline(centre, edge, head, cut, np.zeros_like(cut))
    missing *= min(1.0, _MOST_GROWTH * height / most)
    near = gaussian_filter1d(grown.astype(np.float32), _JOIN, mode="wrap")
    round_ = gaussian_filter1d(np.where(grown, edge + missing, head), _JOIN, mode="wrap")
    blend = np.clip(4 * near, 0, 1) * upper
    return _Outline(centre, edge, floats(head + blend * (round_ - head)), cut, blend > 0.02)


def _long_runs(mask: Mask) -> Mask:
    """The runs of rays that are long enough to be a cut head: locks may just touch the edge."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    runs = np.zeros(len(mask), bool)
    for start, end in edges.reshape(-1, 2):
        runs[start:end] = end - start >= _LEAST_RUN
    return runs


def _first(mask: Mask) -> Floats:
    """The first true column of each row, or the row's length."""
    return floats(np.where(mask.any(1), mask.argmax(1), mask.shape[1]))


def _bend(ratio: Floats, known: Mask, upper: Mask) -> Floats:
    """The ratio of outline to model, carried smoothly over the rays on which it is unknown."""
    index = np.flatnonzero(known)
    steady = median_filter(ratio[index], size=min(9, len(index)))
    steady = np.clip(steady, 0.85, 1.35)
    filled = np.interp(np.arange(_RAYS), index, steady).astype(np.float32)
    smooth = gaussian_filter1d(filled, _RAYS / 40)
    away = np.abs(np.arange(_RAYS)[:, None] - index[None, :]).min(axis=1)
    weight = np.clip(away / (_RAYS / 40), 0, 1)
    return floats(np.where(upper, filled + weight * (smooth - filled), filled))


def _grow(known: Matte, real: Mask, mesh: Floats, outline: _Outline) -> Matte:
    height = landmarks.face_height(mesh)
    rows, columns = np.mgrid[: real.shape[0], : real.shape[1]].astype(np.float32)
    dx, dy = columns - outline.centre[0], rows - outline.centre[1]
    radius, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    wobble = _wobble(height)
    head = _at(outline.head + wobble, angle)
    edge = _at(outline.edge, angle)
    depth = _at(_hair_depth(known, mesh, outline), angle)
    near = _at(outline.grown.astype(np.float32), angle)
    out = np.maximum(radius - edge, 0)
    polar = _Polar(outline.centre, radius, angle, edge, depth)
    hair = _hair(known.colour, polar, height)
    rim = np.clip(out / np.maximum(head - edge, 1), 0, 1)
    hair = np.maximum(hair, 0) * (1 - 0.3 * rim**2)[..., None]
    soft = _SOFT * height
    within = np.clip((head - radius) / soft + 0.5, 0, 1)
    beyond = (near > 0.02) & (radius > edge - 4)
    join = np.clip((radius - edge + 3) / 3, 0, 1) * beyond
    colour = known.colour + join[..., None] * (hair - known.colour)
    trimmed = known.alpha * (1 - near * (1 - within))
    return Matte(floats(colour), floats(np.maximum(trimmed, within * beyond)))


@dataclass(frozen=True, eq=False)
class _Polar:
    """Every pixel as seen from the head's centre; ``edge`` and ``depth`` are those of its ray."""

    centre: Floats
    radius: Floats
    angle: Floats
    edge: Floats
    depth: Floats


def _hair(colour: Floats, place: _Polar, height: float) -> Floats:
    """Hair for what lies beyond the edge: two foldings of the known hair, patchily mixed, so that
    neither is seen to be a mirror image. At the edge itself both are the hair that is there."""
    out = np.maximum(place.radius - place.edge, 0)
    far = np.clip(out / (0.12 * height), 0, 1)
    shape, grain = out.shape, 0.02 * height
    along = grain * _clouds(shape, 0.09 * height, 1) * far
    folded = []
    for seed, lean, share in ((2, 0.14, 1.0), (3, -0.10, 0.72)):
        inward = _fold(out * share + along, place.depth)
        turned = place.angle + far * (lean + 0.03 * _clouds(shape, 0.12 * height, seed))
        source = place.edge - 2 - inward
        x = place.centre[0] + np.cos(turned) * source
        y = place.centre[1] + np.sin(turned) * source
        folded.append(
            cv2.remap(
                colour, floats(x), floats(y), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
            )
        )
    mix = np.clip(0.5 + _clouds(shape, 0.05 * height, 4), 0, 1)[..., None]
    return floats(folded[0] + mix * (folded[1] - folded[0]))


def _clouds(shape: tuple[int, ...], grain: float, seed: int) -> Floats:
    """Smooth seeded noise with spots of ``grain`` pixels, mean 0 and deviation 1."""
    size = (max(2, round(shape[0] / grain)), max(2, round(shape[1] / grain)))
    noise = np.random.default_rng(seed).standard_normal(size).astype(np.float32)
    return floats(cv2.resize(noise, shape[::-1], interpolation=cv2.INTER_CUBIC))


def _at(per_ray: Floats, angle: Floats) -> Floats:
    place = (angle + np.pi) / (2 * np.pi) * _RAYS
    grid = np.arange(_RAYS + 1)
    return floats(np.interp(place, grid, np.append(per_ray, per_ray[0])))


def _fold(out: Floats, depth: Floats) -> Floats:
    """Distance inwards for a distance outwards: back and forth within the hair's depth."""
    phase = np.mod(out, 2 * depth)
    return floats(np.minimum(phase, 2 * depth - phase))


def _wobble(height: float) -> Floats:
    """Locks break the outline: a few pixels of seeded noise, smooth over a degree or two."""
    noise = np.random.default_rng(0).standard_normal(_RAYS)
    fine = gaussian_filter1d(noise, 2, mode="wrap") * 2.4
    broad = gaussian_filter1d(noise[::-1], 9, mode="wrap") * 5
    return floats(0.006 * height * (0.6 * fine + 0.8 * broad))


def _hair_depth(known: Matte, mesh: Floats, outline: _Outline) -> Floats:
    """Per ray, how far hair reaches inwards from the photo's edge, in pixels."""
    height = landmarks.face_height(mesh)
    hair = tones.read(known.colour, known.alpha, mesh).hairlike
    steps = np.arange(2.0, 0.6 * height, dtype=np.float32)
    radii = outline.edge[:, None] - steps
    angles = _angles()[:, None]
    x = (outline.centre[0] + np.cos(angles) * radii).astype(np.float32)
    y = (outline.centre[1] + np.sin(angles) * radii).astype(np.float32)
    along = cv2.remap(hair, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) > 0.5
    depth = _first(~along)
    depth[~outline.grown] = np.median(depth[outline.grown])
    depth = gaussian_filter1d(median_filter(depth, 15, mode="wrap"), 4, mode="wrap")
    return floats(np.maximum(0.75 * depth - 2, 0.03 * height))
