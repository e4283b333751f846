"""Which frames to measure: a few at even distances, more only where something has changed.

Measuring means embedding, fifty times as dear as following a face. Between two measured frames the
thumbnails tell whether anything happened; where two neighbours were found in different states the
frames between are searched until the change is known to the frame.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from vivant.stages.identity.thumbs import apart

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from vivant.types import Floats

NOVEL = 0.16
"""A thumbnail this far from both measured neighbours is measured too. Of thirty films by previz two
reach it, 0.166 and 0.174, with 16 frames between; another face pasted in lies at 0.25 to 0.84."""

_ABRUPT = 0.1
"""A step between two frames that is worth trying as the change itself."""

_SLOW = 8
"""Frames. What comes and goes between two measured frames in less shows in the thumbnails."""


def even(first: int, last: int, stride: int) -> tuple[int, ...]:
    """``first``, ``last`` and frames between, evenly spread, at most ``stride`` apart."""
    steps = math.ceil((last - first) / stride)
    return tuple(first + round(k * (last - first) / max(steps, 1)) for k in range(steps + 1))


def runs(wanted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last of every stretch of True."""
    start = None
    for place, value in enumerate([*wanted, False]):
        if value and start is None:
            start = place
        elif not value and start is not None:
            yield start, place - 1
            start = None


def explore(
    first: int,
    last: int,
    stride: int,
    thumbs: Sequence[Floats | None],
    cuts: Sequence[int],
    examine: Callable[[int], Hashable],
    doubtful: Callable[[int, int], bool],
) -> dict[int, Hashable]:
    """Examined frame → state, of frames ``first`` to ``last``, all of which have a thumbnail.

    ``cuts`` are first frames of new pictures: both sides are examined. ``examine`` is called once a
    frame; ``doubtful`` says of two examined neighbours in one state whether another may lie
    between. In what comes back, neighbours in different states are adjacent, and no frame between
    two neighbours looks unlike both.
    """
    marks = {frame for cut in cuts if first < cut <= last for frame in (cut - 1, cut)}
    frames = sorted({*even(first, last, stride), *marks})
    found = {frame: examine(frame) for frame in frames}
    gaps = _gaps(found)
    while gaps:
        before, after = gaps.pop()
        changes = found[before] != found[after]
        frame = _between(before, after, changes, thumbs)
        if frame is None and after - before >= _SLOW and doubtful(before, after):
            frame = (before + after) // 2
        if frame is not None:
            found[frame] = examine(frame)
            gaps += [(a, b) for a, b in ((before, frame), (frame, after)) if b - a > 1]
    return dict(sorted(found.items()))


def _gaps(found: dict[int, Hashable]) -> list[tuple[int, int]]:
    frames = sorted(found)
    return [(a, b) for a, b in itertools.pairwise(frames) if b - a > 1]


def _between(before: int, after: int, changes: bool, thumbs: Sequence[Floats | None]) -> int | None:
    """The frame between two measured ones that tells most; None where nothing has happened."""
    if changes:
        steps = [_apart(thumbs, frame, frame + 1) for frame in range(before, after)]
        place = before + int(np.argmax(steps))
        if max(steps) < _ABRUPT:
            return (before + after) // 2
        return place if place > before else place + 1
    novel = [
        min(_apart(thumbs, frame, before), _apart(thumbs, frame, after))
        for frame in range(before + 1, after)
    ]
    return before + 1 + int(np.argmax(novel)) if max(novel) > NOVEL else None


def _apart(thumbs: Sequence[Floats | None], one: int, other: int) -> float:
    a, b = thumbs[one], thumbs[other]
    return 1.0 if a is None or b is None else apart(a, b)
