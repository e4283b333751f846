"""Which call of an animator makes which frames of a film: pure arithmetic.

A film is cut where its timeline says that something else begins, and where one call would be too
long. A frame count that no call makes is no hindrance: a call makes the next count that is legal,
and what is too much at its end is cut off, so a boundary stays in the frame that the prompt names.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.geometry import Length
    from vivant.prompts import Segment

SHORTEST_GAP = 0.5
"""Seconds. A pause that is shorter gets no shot of its own: nobody would see the person pause."""


@dataclass(frozen=True)
class Stretch:
    """Frames ``first`` to ``last``, both within, of one segment: its number, or None in a gap."""

    first: int
    last: int
    segment: int | None


def frame_at(seconds: float, fps: int) -> int:
    """The first frame that is shown at this time or after it."""
    return ceil(Fraction(str(seconds)) * fps)


def stretches(timeline: Sequence[Segment], whole: Length) -> tuple[Stretch, ...]:
    """The film cut where segments begin and end; without a timeline all of it.

    A segment that has no end, or ends less than ``SHORTEST_GAP`` before the next or before the
    film's end, lasts until there; the first begins with the film if it begins that early. Segments
    beyond the film's end have no stretch.
    """
    if not timeline:
        return (Stretch(0, whole.frames - 1, None),)
    fps, shortest = whole.fps, SHORTEST_GAP * whole.fps
    cuts: list[tuple[int, int | None]] = [(0, None)]
    begins = [frame_at(segment.start, fps) for segment in timeline]
    if begins[0] < shortest:
        begins[0] = 0
    for number, (segment, begin) in enumerate(zip(timeline, begins, strict=True)):
        after = begins[number + 1] if number + 1 < len(begins) else whole.frames
        cuts.append((begin, number))
        if segment.end is not None and after - (end := frame_at(segment.end, fps)) >= shortest:
            cuts.append((end, None))
    cuts.append((whole.frames, None))
    return tuple(
        Stretch(first, min(after, whole.frames) - 1, number)
        for (first, number), (after, _) in pairwise(cuts)
        if first < min(after, whole.frames)
    )
