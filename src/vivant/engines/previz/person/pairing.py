"""Two people in one frame: who stands where, as far from the camera as each other.

Side by side, the eye lines a little apart as people's are, the shoulders free to overlap; the lower
one stands nearer, so that nobody's shoulder comes before the other's chin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.person import framing, landmarks
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.framing import BOTTOM, EYE_LINE, HEADROOM, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vivant.engines.previz.person.framing import Framing
    from vivant.engines.previz.person.portrait import Portrait
    from vivant.types import Floats, Size

FACE_HEIGHT: Mapping[Framing, float] = {
    "close-up": 0.34,
    "medium close-up": 0.32,
    "auto": 0.30,
    "medium": 0.26,
}
"""The faces' height as a part of the frame's height; two people need more room than one."""

_OF_WIDTH = 0.37
"""A face is no higher than this part of the frame's width, or two fill a frame narrower than high.
"""
_APART = 1 / 3
"""Of the frame's width lies between the two faces' middles: they stand on its thirds."""
_EDGE = 0.02
"""Of the frame's width, between a head and the frame's edge at the least."""
_FARTHEST = 2.7
"""In face heights: shoulder to shoulder. Further apart they would be two strangers."""
_CLEAR = 0.12
"""In face heights, between one's hair and the other's face: room for both to sway and turn."""
_HAIR_APART = 1.4
"""In face heights: heads stand clear of each other, but for hair that is wider than most."""
_EYES_APART = (0.10, 0.20)
"""How much lower the eyes of the one stand, in face heights: 2 to 4 cm."""
_LOWEST_EYES = 0.58
"""Tall hair pushes the eyes down to here in the frame, then makes the heads smaller."""
_LOWEST = 0.05
"""The photo's own body may stand this part of the frame's height lower, to reach its edge."""
_INWARD = 9.0
"""Degrees by which the chests are turned to each other, as those of people who talk."""
_OUTWARD = 0.26
"""A head turned further out than this (sine of 15 degrees) would look out of the frame."""


@dataclass(frozen=True)
class _Head:
    """A head in face heights: how far it reaches from the face's middle, how far above the eyes."""

    left: float
    right: float
    above: float
    half: float


_SHADE = 0.5
_SHADE_REACH = 0.05
"""The nearer person takes this part of the light from what is right behind, and how far that is
felt, in frame heights."""


def left_to_right(portraits: Sequence[Portrait]) -> tuple[int, ...]:
    """The people's numbers from left to right: as given, unless both would look out of the frame.

    A face is never mirrored, so that places are the only thing that can be changed.
    """
    first, second = (p.turn for p in portraits)
    return (1, 0) if first < -_OUTWARD and second > _OUTWARD else (0, 1)


def marks(
    portraits: Sequence[Portrait],
    size: Size,
    asked: Framing,
    seed: int,
    keep: Sequence[bool],
    order: Sequence[int],
) -> tuple[Mark, ...]:
    """The marks of two people, in the order of ``portraits``; ``order`` is that from the left.

    ``keep``: whose own body is wanted; it stays where the photo shows enough of it.
    """
    heads = [_head(p) for p in portraits]
    left, right = (heads[k] for k in order)
    plan = _layout(left, right, size, FACE_HEIGHT[asked])
    random = np.random.default_rng((seed, 0x70616972))
    drop = random.uniform(*_EYES_APART) * plan.face
    shorter = int(random.integers(2))
    lower = [0.5 * drop if k == shorter else -0.5 * drop for k in range(len(heads))]
    crown = max(h.above * plan.face - low for h, low in zip(heads, lower, strict=True))
    eyes = max(EYE_LINE * size.height, HEADROOM * size.height + crown)
    made: dict[int, Mark] = {}
    for side, x, number in zip((-1, 1), (plan.left, plan.right), order, strict=True):
        at = (x, eyes + lower[number])
        made[number] = _mark(portraits[number], size, plan.face, at, keep[number], -side * _INWARD)
    return tuple(made[k] for k in range(len(portraits)))


@dataclass(frozen=True)
class _Layout:
    """In pixels of the frame: the faces' height, and where their middles are across it."""

    face: float
    left: float
    right: float


def _layout(left: _Head, right: _Head, size: Size, part: float) -> _Layout:
    """Both heads whole in the frame and neither before the other's face, as near to the thirds as
    that allows."""
    clear = max(left.right + right.half, right.left + left.half) + _CLEAR
    need = max(clear, min(left.right + right.left, _HAIR_APART))
    outer = left.left + right.right
    edge = _EDGE * size.width
    wide = size.width - 2 * edge
    high = (_LOWEST_EYES - HEADROOM) * size.height
    tallest = max(left.above, right.above) + _EYES_APART[1]
    face = min(part * size.height, _OF_WIDTH * size.width, wide / (outer + need), high / tallest)
    room = min(max(need, _FARTHEST) * face, wide - outer * face)
    apart = float(np.clip(_APART * size.width, need * face, room))
    x = 0.5 * (size.width - apart)
    cut = edge + left.left * face - x, x + apart + right.right * face - size.width + edge
    x += max(0.0, cut[0]) - max(0.0, cut[1])
    return _Layout(face, x, x + apart)


def _head(portrait: Portrait) -> _Head:
    face = portrait.mesh[landmarks.SURFACE]
    height, middle = portrait.face_height, float(face[:, 0].mean())
    eyes = framing.eye_line(portrait)
    # Below the mouth what the photo shows may be a collar or a shoulder.
    mouth = int(portrait.mesh[landmarks.LOWER_LIP, 1])
    solid = portrait.alpha[: max(1, mouth)] > 0.5
    columns = np.flatnonzero(solid.any(axis=0))
    near = columns[np.abs(columns - middle) < 1.2 * height]
    crown = framing.extent_of(portrait).crown
    return _Head(
        (middle - float(near.min(initial=middle))) / height,
        (float(near.max(initial=middle)) - middle) / height,
        (eyes - crown) / height,
        float(np.abs(face[:, 0] - middle).max()) / height,
    )


def _mark(
    portrait: Portrait,
    size: Size,
    face: float,
    at: tuple[float, float],
    keep: bool,
    chest: float,
) -> Mark:
    """The mark that puts the face's middle and the eye line ``at`` a place of the frame."""
    place = framing.canvas(size)
    scale = face / portrait.face_height
    eyes = framing.eye_line(portrait)
    x, y = at
    own = keep and framing.has_body(portrait)
    if own:
        body = framing.extent_of(portrait).body
        reach = BOTTOM * size.height - scale * (body - eyes)
        own = reach <= y + _LOWEST * size.height
        y = max(y, reach) if own else y
    shift_x = place.left + x - scale * float(portrait.mesh[landmarks.SURFACE, 0].mean())
    return Mark(scale, (shift_x, place.top + y - scale * eyes), own, chest, portrait.cut)


def together(far_to_near: Iterable[Floats]) -> Floats:
    """One picture of people who stand before each other, premultiplied linear RGBA.

    Each is ``(h, w, 4)`` and takes light from those behind where it is close to them.
    """
    whole, *rest = far_to_near
    for nearer in rest:
        shade = _shade(np.ascontiguousarray(nearer[..., 3]))
        clear = 1 - nearer[..., 3]
        whole[..., :3] *= (shade * clear)[..., None]
        whole[..., 3] *= clear
        whole += nearer
    return whole


def _shade(cover: Floats) -> Floats:
    """The light that ``cover`` lets through to what is close behind it, 0 to 1."""
    height, width = cover.shape
    small = (max(1, width // 8), max(1, height // 8))
    near = cv2.resize(cover, small, interpolation=cv2.INTER_AREA)
    near = cv2.GaussianBlur(near, (0, 0), max(0.5, _SHADE_REACH * height / 8))
    return floats(1 - _SHADE * cv2.resize(near, (width, height), interpolation=cv2.INTER_LINEAR))
