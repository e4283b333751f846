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

from vivant.errors import EngineError, GeometryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vivant.geometry import Length, Size
    from vivant.prompts import Segment
    from vivant.types import Reach

SHORTEST_GAP = 0.5
"""Seconds. A pause that is shorter gets no shot of its own: nobody would see the person pause."""
MOST_BYTES = 720 * 1920 * 1080 * 3
"""Of a film's frames, which are held in memory whole: half a minute of full HD at 24 a second."""


@dataclass(frozen=True)
class Stretch:
    """Frames ``first`` to ``last``, both within, of one segment: its number, or None in a gap."""

    first: int
    last: int
    segment: int | None


@dataclass(frozen=True)
class Window:
    """Frames ``first`` to ``last`` of the film, both within, come of one call.

    The call makes ``made`` frames, the first of them frame ``start`` of the film: those before
    ``first`` repeat what the film shows there already, those after ``last`` are cut off.
    """

    start: int
    first: int
    last: int
    made: int

    @property
    def kept(self) -> slice:
        """Which of the call's frames go into the film."""
        return slice(self.first - self.start, self.last - self.start + 1)


def plan(whole: Length, timeline: Sequence[Segment], reach: Reach) -> tuple[Window, ...]:
    """The calls that make a film, in its order; together they make each frame once.

    No call goes over the start of a segment, unless the animator reads timelines, and none is
    longer than the animator reaches; a long stretch is shared among calls as evenly as it can be.
    Each call but the first repeats ``reach.repeats`` frames, or the last one where there are fewer
    before it: no animator takes any other number. Raises EngineError for a reach that can't go
    beyond what it repeats.
    """
    cuts = stretches((), whole) if reach.timeline else stretches(timeline, whole)
    return tuple(window for each in cuts for window in _windows(each, reach))


def _windows(stretch: Stretch, reach: Reach) -> Iterator[Window]:
    longest, again = reach.frames.longest, reach.repeats
    frames = stretch.last - stretch.first + 1
    # The film's first call has nothing to repeat: its own frames are that many more.
    spared = again if stretch.first == 0 else 0
    if longest <= again and frames > spared:
        raise EngineError(
            f"An animator that makes {longest} frames in one call can't repeat {again} of them and"
            " go on."
        )
    calls = max(1, ceil((frames - spared) / max(1, longest - again)))
    share, rest = divmod(frames - spared, calls)
    first = stretch.first
    for number in range(calls):
        last = first + share + (number < rest) + (spared if number == 0 else 0) - 1
        start = first - _repeated(first, again)
        yield Window(start, first, last, reach.frames.covering(last - start + 1))
        first = last + 1


def _repeated(first: int, again: int) -> int:
    return again if first >= again else min(first, 1)


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


def frame_at(seconds: float, fps: int) -> int:
    """The first frame that is shown at this time or after it."""
    return ceil(Fraction(str(seconds)) * fps)


def check_timeline(timeline: Sequence[Segment], whole: Length) -> None:
    """Raise GeometryError for a segment that no frame of the film shows."""
    shown = {each.segment for each in stretches(timeline, whole)}
    for number, segment in enumerate(timeline):
        if number in shown:
            continue
        if frame_at(segment.start, whole.fps) >= whole.frames:
            raise GeometryError(
                f"{segment.text!r} starts at {segment.start:g} s, but the film ends at"
                f" {whole.seconds:g} s, so no frame would show it.",
                mend=f"Ask for more than {segment.start:g} seconds, or leave it out.",
            )
        raise GeometryError(
            f"{segment.text!r} starts at {segment.start:g} s and is over before the next frame: at"
            f" {whole.fps} frames a second each is {1 / whole.fps:.3f} s long.",
            mend="Give it more time, or ask for more frames a second.",
        )


def check_room(size: Size, whole: Length) -> None:
    """Raise GeometryError for a film of more than ``MOST_BYTES``."""
    each = size.width * size.height * 3
    if whole.frames * each > MOST_BYTES:
        raise GeometryError(
            f"{whole.frames} frames of {size} are {whole.frames * each / 1e9:.1f} GB, more than"
            f" {MOST_BYTES / 1e9:.1f}: a film is held in memory whole. Of this size it can have"
            f" {MOST_BYTES // each} frames."
        )
