"""One face followed through a film by its place alone, for eyes that look at each frame anew."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vivant.types import Box, Face, Image

REACH = 0.75
"""How far a face may move from one frame to the next, in its own sizes. Even a head that is
thrown round stays within half of one at 24 frames a second; whoever stands beside it is farther."""


def follow(
    frames: Iterable[Image],
    look: Callable[[Image], tuple[Face, ...]],
    start: Face | None = None,
) -> tuple[Face | None, ...]:
    """``start``, or the largest face of the first frame that shows any, followed by its place.

    None where no face lies within ``REACH`` of where it was last seen; for every frame that it is
    lost it may have gone so much farther.
    """
    track: list[Face | None] = []
    seen = start
    steps = 1
    for frame in frames:
        faces = look(frame)
        face = _nearest(faces, seen.box, steps) if seen else _largest(faces)
        steps = 1 if face else steps + 1
        seen = face or seen
        track.append(face)
    return tuple(track)


def _largest(faces: tuple[Face, ...]) -> Face | None:
    return max(faces, key=lambda face: face.box.area, default=None)


def _nearest(faces: tuple[Face, ...], last: Box, steps: int) -> Face | None:
    x, y = last.centre
    reach = REACH * max(last.width, last.height) * steps

    def away(face: Face) -> float:
        return math.hypot(face.box.centre[0] - x, face.box.centre[1] - y)

    return min((face for face in faces if away(face) <= reach), key=away, default=None)
