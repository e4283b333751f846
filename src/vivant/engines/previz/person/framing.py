"""Where the person stands in the frame: size, headroom, looking room; then moved onto the canvas.

The canvas is the film's frame with a margin on each side for what motion brings into view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from vivant.engines.previz.person import landmarks
from vivant.engines.previz.person.arrays import floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.person.crown import Side
    from vivant.engines.previz.person.portrait import Portrait
    from vivant.types import Floats, Size

Framing = Literal["auto", "close-up", "medium close-up", "medium"]

FACE_HEIGHT: Mapping[Framing, float] = {
    "close-up": 0.52,
    "medium close-up": 0.40,
    "medium": 0.29,
}
"""The face's height (forehead to chin) as a part of the frame's height."""

_OWN_BODY = 0.9
"""A photo shows the person's own body if it goes this many face heights below the chin."""
EYE_LINE = 0.42
HEADROOM = 0.045
BOTTOM = 1.02
"""The photo's own body reaches at least down to here, in frame heights from the top."""
_TALLEST_HEAD = 0.80
_WIDEST = 1.1
"""A frame narrower than high is treated as if its height were its width times this."""
_SHOWN = 0.10
"""A cut head is whole again, but its back is invented: at most this part of the frame's width lies
between the photo's edge and the frame's. A cut body is not whole, and stays outside."""
_END: Mapping[Side, int] = {"left": 0, "right": 2}
"""Where a portrait's ``frame`` holds a side."""
_MARGIN = (0.14, 0.12, 0.25)
"""Sides, top and bottom of the canvas beyond the frame, as parts of its width and height."""


@dataclass(frozen=True)
class Canvas:
    """The picture the person is painted on; the frame's corner lies at ``(left, top)``."""

    size: Size
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """Where a person stands: a portrait pixel times ``scale`` plus ``shift`` is a canvas pixel.

    ``own``: the photo's own body stays on. ``chest`` is how far the chest is turned away from where
    the face puts it, in degrees, > 0 to the image's right; only a dressed body can be. ``seen`` are
    the sides at which the photo's edge cuts through the head inside the frame.
    """

    scale: float
    shift: tuple[float, float]
    own: bool
    chest: float = 0.0
    seen: frozenset[Side] = frozenset()


@dataclass(frozen=True, eq=False)
class Staged:
    """The cut-out person on the canvas, all in canvas pixels.

    ``bottom`` is where the photo ends, ``edges`` where those of its sides are that are seen to cut
    the head.
    """

    canvas: Canvas
    colour: Floats
    alpha: Floats
    mesh: Floats
    scale: float
    bottom: float
    crown: float
    edges: Mapping[Side, float]

    @property
    def face_height(self) -> float:
        """Canvas pixels from forehead to chin."""
        return landmarks.face_height(self.mesh)


@dataclass(frozen=True)
class Extent:
    """What of the person the photo shows, in the portrait's pixels.

    ``bottom`` is where the neck or chest ends, ``body`` how far down the whole width of a body is.
    """

    crown: float
    bottom: float
    body: float
    left: float
    right: float


def canvas(size: Size) -> Canvas:
    """The canvas of a film of ``size``."""
    side, above, below = (
        4 * int(np.ceil(part * length / 4))
        for part, length in zip(_MARGIN, (size.width, size.height, size.height), strict=True)
    )
    return Canvas(size, side, above, size.width + 2 * side, size.height + above + below)


def has_body(portrait: Portrait) -> bool:
    """Whether the photo shows enough of the person's own shoulders to need no other body."""
    chin = float(portrait.mesh[landmarks.SURFACE, 1].max())
    extent = extent_of(portrait)
    return (extent.body - chin) / portrait.face_height >= _OWN_BODY and _shoulders_whole(
        portrait, extent
    )


def alone(portrait: Portrait, size: Size, framing: Framing, seed: int, keep: bool) -> Mark:
    """The mark of a person alone, framed as asked; "auto" follows what the photo shows.

    ``keep``: the photo's own body is wanted, and stays where the photo shows enough of it.
    """
    own = keep and has_body(portrait)
    place = canvas(size)
    extent = extent_of(portrait)
    scale = _scale(portrait, extent, size, framing, own)
    x = place.left + _across(portrait, size, seed)
    shift_x = x - scale * float(portrait.mesh[landmarks.SURFACE, 0].mean())
    shift_y = place.top + EYE_LINE * size.height - scale * eye_line(portrait)
    crown = place.top + HEADROOM * size.height
    shift_y = max(shift_y, crown - scale * extent.crown)
    if own:
        shift_y = max(shift_y, place.top + BOTTOM * size.height - scale * extent.body)
    beyond = 0.95 * place.left if own else -_SHOWN * size.width
    shift_x = _cuts_outside(portrait, place, scale, shift_x, beyond)
    return Mark(scale, (shift_x, shift_y), own)


def eye_line(portrait: Portrait) -> float:
    """The height of the eyes' outer corners, in the portrait's pixels."""
    return float(portrait.mesh[[landmarks.LEFT_CORNER, landmarks.RIGHT_CORNER], 1].mean())


def extent_of(portrait: Portrait) -> Extent:
    """Measured on the portrait's mask."""
    height = portrait.face_height
    chin = float(portrait.mesh[landmarks.SURFACE, 1].max())
    middle = float(portrait.mesh[landmarks.SURFACE, 0].mean())
    solid = portrait.alpha > 0.5
    rows = np.flatnonzero(solid[: max(1, int(chin))].any(axis=1))

    def reach(half: float) -> float:
        x0, x1 = max(0, int(middle - half * height)), int(middle + half * height)
        columns = solid[:, x0:x1]
        last = columns.shape[0] - columns[::-1].argmax(axis=0)
        return float(np.quantile(np.where(columns.any(axis=0), last, 0), 0.25))

    crown = float(rows[0]) if len(rows) else 0.0
    return Extent(crown, reach(0.2), reach(0.6), portrait.frame[0], portrait.frame[2])


def _shoulders_whole(portrait: Portrait, extent: Extent) -> bool:
    """Whether the photo's sides leave both shoulders in the picture down to the chest."""
    height = portrait.face_height
    chin = float(portrait.mesh[landmarks.SURFACE, 1].max())
    rows = portrait.alpha[int(chin) : int(chin + 0.8 * height)] > 0.5
    left, right = max(0, round(extent.left)) + 3, min(rows.shape[1], round(extent.right)) - 4
    if not rows.size or right <= left:
        return False
    return bool(max(rows[:, left].mean(), rows[:, right].mean()) < 0.35)


def _scale(
    portrait: Portrait, extent: Extent, size: Size, framing: Framing, own_body: bool
) -> float:
    asked = FACE_HEIGHT.get(framing, 0.32 if own_body else 0.40)
    usable = min(size.height, _WIDEST * size.width)
    scale = asked * usable / portrait.face_height
    chin = float(portrait.mesh[landmarks.SURFACE, 1].max())
    scale = min(scale, _TALLEST_HEAD * size.height / max(1.0, chin - extent.crown))
    if own_body:
        reach = 0.62 * size.height / max(1.0, extent.body - eye_line(portrait))
        scale = max(scale, min(reach, 1.35 * scale))
    return scale


def _across(portrait: Portrait, size: Size, seed: int) -> float:
    """The face's place across the frame: room where it looks to, and a little off the centre."""
    random = np.random.default_rng((seed, 0x66726D))
    side = random.choice((-1.0, 1.0)) * random.uniform(0.015, 0.045)
    turn = portrait.turn
    looks = -0.10 * turn if abs(turn) > 0.25 else side
    return float((0.5 + looks) * size.width)


def _cuts_outside(
    portrait: Portrait, place: Canvas, scale: float, shift: float, beyond: float
) -> float:
    """Move sideways so that the side at which the photo cuts the person lies ``beyond`` pixels
    outside the frame.

    The face itself goes first: it stays well inside the frame.
    """
    face = portrait.mesh[landmarks.SURFACE, 0] * scale
    if "left" in portrait.cut:
        shift = min(shift, place.left - beyond - scale * portrait.frame[0])
    if "right" in portrait.cut:
        outside = place.left + place.size.width + beyond
        shift = max(shift, outside - scale * portrait.frame[2])
    inside = 0.06 * place.size.width
    lowest = place.left + inside - float(face.min())
    highest = place.left + place.size.width - inside - float(face.max())
    return float(np.clip(shift, lowest, max(lowest, highest)))


def stage(portrait: Portrait, size: Size, mark: Mark) -> Staged:
    """The person on the canvas, standing on the mark."""
    place, extent = canvas(size), extent_of(portrait)
    scale, shift = mark.scale, mark.shift
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float64)
    colour, alpha = portrait.colour, portrait.alpha
    if scale < 0.8:
        colour = floats(cv2.GaussianBlur(colour, (0, 0), 0.42 / scale))
        alpha = floats(cv2.GaussianBlur(alpha, (0, 0), 0.36 / scale))
    whole = (place.width, place.height)
    moved = cv2.warpAffine(
        colour, matrix, whole, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    cover = cv2.warpAffine(alpha, matrix, whole, flags=cv2.INTER_CUBIC)
    mesh = portrait.mesh * np.float32(scale)
    mesh[:, :2] += np.array(shift, np.float32)
    return Staged(
        place,
        _crisp(np.clip(moved, 0, 4), scale),
        np.clip(cover, 0, 1).astype(np.float32),
        mesh.astype(np.float32),
        scale,
        scale * extent.bottom + shift[1],
        scale * extent.crown + shift[1],
        {side: scale * portrait.frame[_END[side]] + shift[0] for side in sorted(mark.seen)},
    )


def _crisp(colour: Floats, scale: float) -> Floats:
    """Unsharp mask against the softness of enlargement."""
    amount = float(np.clip(0.25 + 0.3 * (scale - 1), 0.15, 0.6))
    soft = cv2.GaussianBlur(colour, (0, 0), 1.1 * max(1.0, scale))
    return np.asarray(np.maximum(colour + amount * (colour - soft), 0.6 * colour), np.float32)
