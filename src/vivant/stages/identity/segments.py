"""How much moves in a film, and whether the cuts between the segments of its timeline show."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from vivant.shots import stretches
from vivant.types import Length, SegmentScore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vivant.types import Face, Likeness, Segment


def jumps(track: Sequence[Face | None]) -> NDArray[np.float64]:
    """How far the landmarks move into each frame but the first, on average, in face heights.

    ``(t - 1,)``; NaN where a face is missing.
    """
    return np.array([_jump(a, b) for a, b in itertools.pairwise(track)], np.float64)


def speed(track: Sequence[Face | None], fps: int) -> float | None:
    """The landmarks' mean speed in face heights a second; None where no two frames show a face."""
    return _mean(jumps(track) * fps)


def segments(
    tracks: Sequence[Sequence[Face | None]],
    people: Sequence[Likeness],
    timeline: Sequence[Segment],
    fps: int,
) -> tuple[SegmentScore, ...]:
    """One score for each segment of ``timeline`` that the film reaches, of the person held worst.

    ``tracks`` has the faces of ``people`` in every frame. A segment has the frames that the motion
    stage shot for it (``shots.stretches``).
    """
    whole = Length(len(tracks[0]), fps)
    reached = [
        (timeline[stretch.segment], stretch.first, stretch.last)
        for stretch in stretches(timeline, whole)
        if stretch.segment is not None
    ]
    starts = [first for _, first, _ in reached if first > 0]
    steps = [jumps(track) for track in tracks]
    return tuple(
        max(
            (
                SegmentScore(
                    first, last, segment.text, _mean_within(person, first, last),
                    _mean(moved[first:last] * fps), _seam(moved, first, starts),
                )
                for person, moved in zip(people, steps, strict=True)
            ),
            key=lambda score: math.inf if score.mean is None else score.mean,
        )
        for segment, first, last in reached
    )  # fmt: skip


def _mean_within(person: Likeness, first: int, last: int) -> float | None:
    """The mean distance of frames ``first`` to ``last``, straight between measured ones."""
    known = [(s.frame, s.distance) for s in person.curve if s.distance is not None]
    within = [frame for frame, _ in known if first <= frame <= last]
    if not within:
        return None
    frames, distances = zip(*known, strict=True)
    every = np.arange(min(within), max(within) + 1)
    return float(np.interp(every, np.array(frames), np.array(distances)).mean())


def _seam(moved: NDArray[np.float64], first: int, starts: Sequence[int]) -> float | None:
    """The jump into frame ``first`` over the median of the jumps that lead into no segment."""
    if first == 0:
        return None
    inside = np.delete(moved, [start - 1 for start in starts])
    usual = float(np.median(inside[~np.isnan(inside)])) if (~np.isnan(inside)).any() else 0.0
    jump = float(moved[first - 1])
    return None if math.isnan(jump) or usual <= 0 else jump / usual


def _jump(before: Face | None, after: Face | None) -> float:
    if before is None or after is None or before.box.height <= 0:
        return math.nan
    apart = np.linalg.norm(after.landmarks - before.landmarks, axis=1).mean()
    return float(apart / before.box.height)


def _mean(values: NDArray[np.float64]) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None
