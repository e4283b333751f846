"""The contact sheet: the photos, the keyframe and moments of the film on one page.

Moments are spread evenly; each faulty span and each new segment of the timeline takes the place of
its nearest neighbour, so that what went wrong can be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Picture
from PIL import ImageOps

from vivant.runs.drawing import (
    BAD,
    FAINT,
    GOOD,
    INK,
    KINDS,
    PAPER,
    PEOPLE,
    Canvas,
    Colour,
    width,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vivant.types import Image, Likeness, Span, Take, Verdict

COLUMNS, ROWS = 4, 3
CELL_WIDTH = 416
MARGIN, LINE, TITLE, TEXT = 12, 24, 20, 16
BORDER = 5
MOST_SPANS = 6
"""Shown for certain; of more, the deepest."""
MOST_SEGMENTS = 8


def contact_sheet(take: Take) -> Image:
    """One RGB page: photos, keyframe, then moments with time, fault and each one's distance."""
    frames, verdict = take.film.frames, take.verdict
    height, wide = frames.shape[1:3]
    wanted = _wanted(verdict)
    asides = len(take.references) + 1
    cells = COLUMNS * max(ROWS, -(-(asides + len(wanted) + 2) // COLUMNS))
    lines = 2 if len(verdict.people) > 1 or wanted else 1
    page = _Page((CELL_WIDTH, round(CELL_WIDTH * height / wide)), lines, cells // COLUMNS, verdict)
    for number, reference in enumerate(take.references):
        several = len(take.references) > 1
        name = f"reference image {number + 1}" if several else "reference image"
        page.cell(reference.image, [[(name, PEOPLE[number % 3] if several else INK)]])
    name = "distance" if len(take.references) == 1 else "largest distance"
    page.cell(take.keyframe.image, [[(f"keyframe   {name} {take.keyframe.distance:.2f}", INK)]])
    for frame in moments(len(frames), cells - asides, wanted, _sampled(verdict)):
        span = _span_at(verdict, frame)
        caption = _caption(take, frame, span, lines)
        page.cell(frames[frame], caption, None if span is None else KINDS[span.kind])
    return page.canvas.image()


def moments(
    count: int, cells: int, wanted: Iterable[int] = (), sampled: Iterable[int] = ()
) -> tuple[int, ...]:
    """``cells`` frames of ``count``, in order: evenly spread, the first and the last among them.

    Each is moved to a frame of ``sampled`` that is nearer than its neighbours, and each frame of
    ``wanted`` takes the place of the nearest. Fewer where the film has fewer.
    """
    even = np.linspace(0, count - 1, min(cells, count)).round().astype(int).tolist()
    room = (count - 1) / max(1, len(even) - 1) / 2
    known = sorted(sampled)
    near = [min(known, key=lambda other: abs(other - at), default=at) for at in even]
    chosen = [to if abs(to - at) < room else at for at, to in zip(even, near, strict=True)]
    fixed = set(wanted)
    free = [at for at in dict.fromkeys(chosen) if at not in fixed]
    surplus = len(free) + len(fixed) - len(even)
    inner = [at for at in free if at not in (0, count - 1)]
    for _ in range(max(0, surplus)):
        nearest = min(inner, key=lambda at: min(abs(at - other) for other in fixed), default=None)
        if nearest is None:
            break
        inner.remove(nearest)
        free.remove(nearest)
    return tuple(sorted({*free, *fixed}))


class _Page:
    """Cells from left to right, top to bottom, under the verdict's sentence."""

    def __init__(self, cell: tuple[int, int], lines: int, rows: int, verdict: Verdict) -> None:
        self._cell, self._lines, self._at = cell, lines, 0
        wide = COLUMNS * (cell[0] + MARGIN) + MARGIN
        title = wrap(verdict.sentence, TITLE, wide - 2 * MARGIN)
        self.top = MARGIN + len(title) * (TITLE + 6) + 4
        step = cell[1] + lines * LINE + MARGIN
        self.canvas = Canvas(wide, self.top + rows * step, smooth=1)
        for number, line in enumerate(title):
            colour = GOOD if verdict.passed else BAD
            self.canvas.text(MARGIN, MARGIN - 4 + number * (TITLE + 6), line, TITLE, colour)

    def cell(
        self, image: Image, caption: list[list[tuple[str, Colour]]], border: Colour | None = None
    ) -> None:
        """A picture over lines of coloured words."""
        row, column = divmod(self._at, COLUMNS)
        x = MARGIN + column * (self._cell[0] + MARGIN)
        y = self.top + row * (self._cell[1] + self._lines * LINE + MARGIN)
        self.canvas.paste(_fit(image, self._cell), x, y)
        right, bottom = x + self._cell[0], y + self._cell[1]
        if border is not None:
            self.canvas.frame((x, y, right, bottom), border, BORDER)
        for number, words in enumerate(caption):
            at = float(x)
            for text, colour in words:
                shown = wrap(text, TEXT, right - at, 1)
                if shown:
                    self.canvas.text(at, bottom + 4 + number * LINE, shown[0], TEXT, colour)
                    at += width(shown[0], TEXT) + 14
        self._at += 1


def _fit(image: Image, cell: tuple[int, int]) -> Picture.Image:
    return ImageOps.pad(Picture.fromarray(image), cell, Picture.Resampling.LANCZOS, PAPER)


# -- which moments -----------------------------------------------------------------------------


def _wanted(verdict: Verdict) -> tuple[int, ...]:
    """A frame in each faulty span, of the deepest first, and the first of each later segment."""
    spans = sorted(verdict.spans, key=lambda span: -(span.depth or 0.0))[:MOST_SPANS]
    starts = [segment.first for segment in verdict.segments[1 : MOST_SEGMENTS + 1]]
    return tuple(sorted({*(_deepest(verdict, span) for span in spans), *starts}))


def _deepest(verdict: Verdict, span: Span) -> int:
    """Where the span was measured farthest from a photo; its middle where it was not measured."""
    within = [
        score
        for person in verdict.people
        for score in person.curve
        if span in person.spans and span.first <= score.frame <= span.last
    ]
    known = [(score.distance, score.frame) for score in within if score.distance is not None]
    return max(known)[1] if known else (span.first + span.last) // 2


def _sampled(verdict: Verdict) -> set[int]:
    """Frames in which everybody's distance was measured."""
    curves = [
        {score.frame for score in person.curve if score.distance is not None}
        for person in verdict.people
    ]
    return set.intersection(*curves) if curves else set()


# -- captions ----------------------------------------------------------------------------------


def _span_at(verdict: Verdict, frame: int) -> Span | None:
    """The fault of this frame; of several people's, the deepest."""
    here = [span for span in verdict.spans if span.first <= frame <= span.last]
    return max(here, key=lambda span: span.depth or 0.0, default=None)


def _caption(
    take: Take, frame: int, span: Span | None, lines: int
) -> list[list[tuple[str, Colour]]]:
    """Time, fault or new segment; then each person's distance."""
    fps, verdict = take.film.fps, take.verdict
    when = [(f"{frame / fps:.2f} s", INK)]
    if span is not None:
        when.append((span.kind, KINDS[span.kind]))
    when += [(s.text, FAINT) for s in verdict.segments if s.first == frame]
    alone = len(verdict.people) == 1
    distances = [
        (
            ("distance " if alone else "") + _distance(person, frame, fps),
            INK if alone else PEOPLE[number % len(PEOPLE)],
        )
        for number, person in enumerate(verdict.people)
    ]
    return [when, distances] if lines == 2 else [when + distances]


def _distance(person: Likeness, frame: int, fps: int) -> str:
    """The distance measured in this frame, or nearest to it and when."""
    known = [score for score in person.curve if score.distance is not None]
    if not known:
        return "not measured"
    nearest = min(known, key=lambda score: abs(score.frame - frame))
    if nearest.frame == frame:
        return f"{nearest.distance:.2f}"
    return f"{nearest.distance:.2f} at {nearest.frame / fps:.2f} s"
