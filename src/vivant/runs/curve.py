"""The identity curve as a picture: how far each person is from the photo, frame by frame, and what
was wrong where.

Closer is higher. Beside the curves stand what could not be measured (hatched, with the reason),
faulty spans, where one shot meets the next, what was shot again, and the timeline's segments.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from vivant.runs import drawing
from vivant.runs.drawing import BAD, FAINT, GOOD, INK, KINDS, PAPER, PEOPLE, RULE, Canvas
from vivant.runs.words import facts, fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vivant.types import Image, Likeness, ShotRecord, Verdict

WIDTH, LEFT, RIGHT = 1280, 84, 28
PLOT = 340
TITLE, TEXT, SMALL = 21, 16, 14
LANE = 22
TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0)
TICK_ROOM = 84
"""Pixels from one mark of time to the next, at least."""


@dataclass(frozen=True)
class _Axes:
    """Frames and distances → pixels."""

    frames: int
    fps: float
    top: float
    most: float
    """The distance at the bottom."""

    @property
    def bottom(self) -> float:
        return self.top + PLOT

    def x(self, frame: float) -> float:
        """The left edge of a frame; its middle is half a frame on."""
        return LEFT + (WIDTH - LEFT - RIGHT) * frame / self.frames

    def y(self, distance: float) -> float:
        return self.top + PLOT * min(distance, self.most) / self.most


@dataclass
class _Rows:
    """Labels side by side that don't cover each other: each goes to the first row with room."""

    count: int
    _ends: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._ends = [0.0] * self.count

    def place(self, x: float, wide: float) -> int | None:
        """The row of a label from ``x`` on; None where no row has room. Call from left to right."""
        for row, end in enumerate(self._ends):
            if x >= end:
                self._ends[row] = x + wide + 8
                return row
        return None


def identity_picture(
    verdict: Verdict,
    fps: float,
    frames: int,
    limit: float | None = None,
    shots: Sequence[ShotRecord] = (),
) -> Image:
    """The verdict on a film of ``frames`` frames as one RGB picture, 1280 wide.

    ``limit`` is the largest mean distance that passes, None where none was set; ``shots`` are the
    film's.
    """
    title = drawing.wrap(verdict.sentence, TITLE, WIDTH - 48)
    told = [_facts(person) for person in verdict.people]
    lanes = [number for number, person in enumerate(verdict.people) if person.spans]
    head = 24 + 28 * len(title) + 12 + sum(22 * len(lines) for lines in told) + 16
    axes = _Axes(frames, fps, head + LANE * len(lanes) + 6, _most(verdict, limit, shots))
    shot_rows = _shot_rows(shots)
    below = axes.bottom + 58
    high = below + (LANE * shot_rows + 14 if shot_rows else 0) + (122 if verdict.segments else 0)
    canvas = Canvas(WIDTH, int(high) + 4)
    _head(canvas, title, told, verdict.passed)
    _grid(canvas, axes)
    for row, number in enumerate(lanes):
        _faults(canvas, axes, verdict, number, head + LANE * row)
    for number, person in enumerate(verdict.people):
        _unmeasured(canvas, axes, person, number, len(verdict.people))
    _limits(canvas, axes, verdict, limit)
    _lost(canvas, axes, shots)
    for number, person in enumerate(verdict.people):
        _curve(canvas, axes, person, PEOPLE[number % len(PEOPLE)])
    if shot_rows:
        _shots(canvas, axes, shots, below)
    if verdict.segments:
        _segments(canvas, axes, verdict, high - 118)
    return canvas.image()


def _most(verdict: Verdict, limit: float | None, shots: Sequence[ShotRecord]) -> float:
    depths = [span.depth for span in verdict.spans if span.depth is not None]
    lost = [s.distance for shot in shots for s in shot.lost if s.distance is not None]
    worst = [person.worst for person in verdict.people if person.worst is not None]
    reach = max(
        1.3 * verdict.same_person, *(1.08 * value for value in (*depths, *worst, *lost)), 0.0
    )
    return max(reach, 1.15 * (limit or 0.0))


# -- words -------------------------------------------------------------------------------------


def _facts(person: Likeness) -> list[str]:
    """What was measured of one person, wrapped."""
    return drawing.wrap("  ·  ".join(facts(person)), TEXT, WIDTH - 24 - 24 - 110)


def _head(canvas: Canvas, title: list[str], told: list[list[str]], passed: bool) -> None:
    y = 24.0
    for line in title:
        canvas.text(24, y, line, TITLE, GOOD if passed else BAD)
        y += 28
    y += 12
    for number, lines in enumerate(told):
        colour = PEOPLE[number % len(PEOPLE)]
        canvas.disc(30, y + 9, 5, colour)
        canvas.text(42, y, f"person {number + 1}", TEXT, colour)
        for line in lines:
            canvas.text(134, y, line, TEXT)
            y += 22


# -- the plot ----------------------------------------------------------------------------------


def _grid(canvas: Canvas, axes: _Axes) -> None:
    canvas.block((LEFT, axes.top, WIDTH - RIGHT, axes.bottom), (32, 32, 36))
    step = 0.1 if axes.most <= 1.0 else 0.2 if axes.most <= 2.0 else axes.most / 8
    for at in range(int(axes.most / step + 1e-9) + 1):
        y = axes.y(at * step)
        canvas.line([(LEFT, y), (WIDTH - RIGHT, y)], RULE, 0.5)
        canvas.text(LEFT - 8, y, f"{at * step:.1f}", SMALL, FAINT, "rm")
    name = "farther  <   distance from the photo   >  closer"
    canvas.text(22, (axes.top + axes.bottom) / 2, name, SMALL, FAINT, upwards=True)
    for second in _marks(axes):
        x = axes.x(second * axes.fps)
        canvas.line([(x, axes.top), (x, axes.bottom + 5)], RULE, 0.5)
        canvas.text(x, axes.bottom + 8, f"{second:g} s", SMALL, INK, "ma")
        canvas.text(x, axes.bottom + 26, f"{round(second * axes.fps)}", SMALL, FAINT, "ma")
    canvas.text(LEFT - 24, axes.bottom + 8, "time", SMALL, FAINT, "ra")
    canvas.text(LEFT - 24, axes.bottom + 26, "frame", SMALL, FAINT, "ra")


def _marks(axes: _Axes) -> Iterator[float]:
    """Seconds worth a mark, not too close."""
    room = axes.x(axes.fps) - axes.x(0)
    step = next((tick for tick in TICKS if tick * room >= TICK_ROOM), TICKS[-1])
    for number in range(int(axes.frames / axes.fps / step + 1e-9) + 1):
        if axes.x(number * step * axes.fps) <= WIDTH - 14 or number == 0:
            yield round(number * step, 6)


def _limits(canvas: Canvas, axes: _Axes, verdict: Verdict, limit: float | None) -> None:
    """Where one person ends and another begins, and what the mean has to keep."""
    own = axes.y(verdict.same_person)
    canvas.block((LEFT, own, WIDTH - RIGHT, axes.bottom), (*BAD, 14))
    canvas.dashes((LEFT, own), (WIDTH - RIGHT, own), (*INK, 200))
    name = f"the same person ends at {verdict.same_person:.2f} ({verdict.eye})"
    if limit is not None and abs(axes.y(limit) - own) < 18:
        name += f"; limit of the mean {limit:.2f}"
    elif limit is not None:
        y = axes.y(limit)
        canvas.dashes((LEFT, y), (WIDTH - RIGHT, y), (*GOOD, 160), 3)
        canvas.text(WIDTH - RIGHT - 6, y - 3, f"limit of the mean {limit:.2f}", SMALL, GOOD, "rd")
    known = [score.distance for person in verdict.people for score in person.curve]
    above = [own - axes.y(distance) for distance in known if distance is not None]
    crowded = any(0 <= gap < 24 for gap in above) and not any(-24 < gap < 0 for gap in above)
    y, anchor = (own + 4, "ra") if crowded else (own - 3, "rd")
    canvas.text(WIDTH - RIGHT - 6, y, name, SMALL, INK, anchor)


def _curve(canvas: Canvas, axes: _Axes, person: Likeness, colour: drawing.Colour) -> None:
    """Measured frames as dots, the larger and brighter the surer; lines between neighbours."""
    places = [
        None if score.distance is None else (axes.x(score.frame + 0.5), axes.y(score.distance))
        for score in person.curve
    ]
    for one, two in pairwise(places):
        if one is not None and two is not None:
            canvas.line([one, two], (*colour, 190), 2)
    crowd = 1.0 if len(places) <= 120 else 0.6
    for score, place in zip(person.curve, places, strict=True):
        if place is not None:
            sure = min(1.0, max(0.0, score.confidence))
            canvas.disc(*place, crowd * (3.4 + 1.8 * sure), PAPER)
            canvas.disc(*place, crowd * (2.2 + 1.8 * sure), (*colour, round(80 + 175 * sure)))


def _unmeasured(canvas: Canvas, axes: _Axes, person: Likeness, number: int, people: int) -> None:
    """Hatched from halfway to the measured frame before to halfway to the one after."""
    colour = PEOPLE[number % len(PEOPLE)] if people > 1 else FAINT
    rows = _Rows(1 if people > 1 else 2)
    for first, last, why in _gaps(person, axes.frames):
        box = (axes.x(first), axes.top, axes.x(last), axes.bottom)
        canvas.hatch(box, (*colour, 90), number % 2 == 0)
        label = f"not measured: {why}"
        wide = drawing.width(label, SMALL)
        x = min(max(LEFT + 8, (box[0] + box[2] - wide) / 2), WIDTH - RIGHT - 4 - wide)
        row = rows.place(x, wide)
        if row is not None:
            y = axes.bottom - 26 - 20 * (row + number)
            canvas.block((x - 4, y - 2, x + wide + 4, y + 17), (*PAPER, 225))
            canvas.text(x, y, label, SMALL, colour)


def _gaps(person: Likeness, frames: int) -> Iterator[tuple[float, float, str]]:
    """Runs of looked-at frames without a measure: start, end, and the most common reason."""
    curve = person.curve
    for missing, run in groupby(range(len(curve)), key=lambda at: curve[at].distance is None):
        at = list(run)
        if not missing:
            continue
        before = curve[at[0] - 1].frame if at[0] else None
        after = curve[at[-1] + 1].frame if at[-1] + 1 < len(curve) else None
        first = 0.0 if before is None else (before + curve[at[0]].frame + 1) / 2
        last = frames if after is None else (curve[at[-1]].frame + after + 1) / 2
        yield first, last, Counter(curve[n].why for n in at).most_common(1)[0][0]


def _lost(canvas: Canvas, axes: _Axes, shots: Sequence[ShotRecord]) -> None:
    """What was measured on frames that are not in the film any more, or never were."""
    for shot in shots:
        known = [(score.frame, score.distance) for score in shot.lost if score.distance is not None]
        points = [(axes.x(frame + 0.5), axes.y(distance)) for frame, distance in known]
        for one, other in pairwise(points):
            canvas.dashes(one, other, (*FAINT, 200), 3)
        for x, y in points:
            canvas.disc(x, y, 3.5, FAINT)
        if points:
            x, y = points[len(points) // 2]
            canvas.text(x, y + 8, "replaced" if shot.kept else "not kept", SMALL, FAINT, "ma")


# -- beside the plot ---------------------------------------------------------------------------


def _faults(canvas: Canvas, axes: _Axes, verdict: Verdict, number: int, y: float) -> None:
    """A lane of one person's faulty spans over the plot, and their shade in it."""
    several = len(verdict.people) > 1
    colour = PEOPLE[number % len(PEOPLE)] if several else FAINT
    canvas.text(LEFT - 8, y + LANE / 2, f"person {number + 1}" if several else "faults", SMALL,
                colour, "rm")  # fmt: skip
    spans = sorted(verdict.people[number].spans, key=lambda span: span.first)
    bars = [(axes.x(span.first), axes.x(span.last + 1)) for span in spans]
    for at, (span, (left, right)) in enumerate(zip(spans, bars, strict=True)):
        shade = KINDS[span.kind]
        canvas.block((left, axes.top, right, axes.bottom), (*shade, 44))
        canvas.block((left, y + 3, right, y + LANE - 3), shade)
        if span.depth is not None:
            canvas.line([(left, axes.y(span.depth)), (right, axes.y(span.depth))], shade, 1.5)
        _tag(canvas, fault(span), bars, at, y, shade)


def _tag(
    canvas: Canvas, label: str, bars: Sequence[tuple[float, float]], at: int, y: float,
    colour: drawing.Colour,
) -> None:  # fmt: skip
    """Dark inside bar ``at`` where it fits, else beside it in its colour, else nowhere."""
    (left, right), wide = bars[at], drawing.width(label, SMALL)
    after = bars[at + 1][0] if at + 1 < len(bars) else WIDTH
    if right - left >= wide + 8:
        canvas.text(left + 4, y + LANE / 2, label, SMALL, PAPER, "lm")
    elif right + wide + 10 <= after:
        canvas.text(right + 5, y + LANE / 2, label, SMALL, colour, "lm")
    elif after == WIDTH and left - wide - 10 >= (bars[at - 1][1] if at else LEFT):
        canvas.text(left - 5, y + LANE / 2, label, SMALL, colour, "rm")


def _shot_rows(shots: Sequence[ShotRecord]) -> int:
    """One for the first shooting, one for what was shot again; none where there is one shot."""
    again = any(shot.why for shot in shots)
    return 2 if again else 1 if len(shots) > 1 else 0


def _shots(canvas: Canvas, axes: _Axes, shots: Sequence[ShotRecord], y: float) -> None:
    canvas.text(LEFT - 8, y + LANE / 2, "shots", SMALL, FAINT, "rm")
    first = [shot for shot in shots if not shot.why]
    for number, shot in enumerate(first):
        left, right = axes.x(shot.first), axes.x(shot.last + 1)
        canvas.block((left + 1, y + 3, right - 1, y + LANE - 3), RULE)
        canvas.text((left + right) / 2, y + LANE / 2, f"{number + 1}", SMALL, INK, "mm")
        if shot.first:
            canvas.dashes((left, axes.top), (left, axes.bottom), (*FAINT, 170), 3)
    again = sorted((shot for shot in shots if shot.why), key=lambda shot: (shot.first, shot.last))
    if again:
        canvas.text(LEFT - 8, y + 1.5 * LANE, "again", SMALL, FAINT, "rm")
    takes = {place: list(group) for place, group in groupby(again, lambda s: (s.first, s.last))}
    bars = [(axes.x(first), axes.x(last + 1)) for first, last in takes]
    for at, tries in enumerate(takes.values()):
        kept = any(shot.kept for shot in tries)
        edges = (bars[at][0], y + LANE + 3, bars[at][1], y + 2 * LANE - 3)
        canvas.block(edges, GOOD if kept else RULE)
        count = "1 take" if len(tries) == 1 else f"{len(tries)} takes"
        label = f"{count}, {'mended' if kept else 'none better'}"
        _tag(canvas, label, bars, at, y + LANE, GOOD if kept else FAINT)


def _segments(canvas: Canvas, axes: _Axes, verdict: Verdict, y: float) -> None:
    """The timeline's segments along the bottom: words, identity, motion, seam."""
    canvas.text(LEFT - 8, y + 4, "timeline", SMALL, FAINT, "ra")
    for segment in verdict.segments:
        left, right = axes.x(segment.first), axes.x(segment.last + 1)
        canvas.block((left + 1, y, right - 1, y + 106), (39, 39, 42))
        if segment.first:
            canvas.line([(left, axes.top), (left, axes.bottom)], (*FAINT, 120))
        mean = "not measured" if segment.mean is None else f"{segment.mean:.2f}"
        figures = [f"mean distance {mean}"]
        if segment.motion is not None:
            figures.append(f"motion {segment.motion:.2f}")
        if segment.seam is not None:
            figures.append(f"seam {segment.seam:.1f} x median")
        room = right - left - 16
        for line, text in enumerate(drawing.wrap(segment.text, SMALL, room, 2)):
            canvas.text(left + 8, y + 6 + 18 * line, text, SMALL)
        for line, text in enumerate(figures):
            clipped = drawing.wrap(text, SMALL, room, 1)[0]
            canvas.text(left + 8, y + 46 + 18 * line, clipped, SMALL, FAINT)
