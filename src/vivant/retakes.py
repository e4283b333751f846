"""Which frames to shoot again where a film is at fault, and in which calls: pure arithmetic.

An animator that knows the scene, or can be told where to arrive, makes the faulty frames alone; one
that only continues from a picture must go on to the film's end, because what it makes no longer
meets the old frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vivant.types import Reach
    from vivant.verdict import Span

MARGIN = 2
"""Frames more on both sides of a span: its ends are found to within so many, and one spoilt frame
that is left is a flash."""
TOGETHER = 3
"""With no more good frames between them retakes are one: so short a cut back is a flicker."""


@dataclass(frozen=True)
class Retake:
    """Frames ``first`` to ``last``, both within, are made anew, because of ``spans``."""

    first: int
    last: int
    spans: tuple[Span, ...]

    @property
    def frames(self) -> int:
        """How many."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Call:
    """One call of a retake: of the ``made`` frames the first ``lead`` repeat the film.

    The ``kept`` that follow stand from frame ``first`` on. ``arrives``: its last is the film's next
    frame; what else there is beyond ``lead + kept`` is cut off.
    """

    first: int
    lead: int
    kept: int
    made: int
    arrives: bool


def retakes(
    spans: Sequence[Span], count: int, reach: Reach, mended: Sequence[tuple[int, int]] = ()
) -> tuple[Retake, ...]:
    """What to make anew of a film of ``count`` frames, in the order of the film.

    Legal counts may take a retake a little beyond its spans where the animator arrives at a
    picture. One that knows the scene meets the film's first shooting only: a retake that touches
    earlier ones (``mended``: their first and last frames) takes all of them.
    """
    merged: list[Retake] = []
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        first, last = max(span.first - MARGIN, 0), min(span.last + MARGIN, count - 1)
        if merged and first - merged[-1].last <= TOGETHER:
            last = max(merged[-1].last, last)
            merged[-1] = Retake(merged[-1].first, last, (*merged[-1].spans, span))
        else:
            merged.append(Retake(first, last, (span,)))
    if reach.repeats == 0:
        return _joined([_over(each, mended) for each in merged])
    begun = [_begun(each, reach) for each in merged]
    if begun and not reach.arrives:
        return (Retake(begun[0].first, count - 1, tuple(s for one in begun for s in one.spans)),)
    return _apart([_legal(each, count, reach) for each in begun])


def calls(retake: Retake, count: int, reach: Reach) -> Iterator[Call]:
    """The calls that make ``retake`` in a film of ``count`` frames, each of a legal length."""
    first = retake.first
    while first <= retake.last:
        lead = reach.repeats if first > 0 else 0
        left = retake.last - first + 1
        arrives = reach.repeats > 0 and reach.arrives and retake.last < count - 1
        whole = lead + left + arrives
        if whole <= reach.frames.longest:
            made = reach.frames.covering(whole)
            # A call that arrives can't be cut short; its length was made legal with the retake.
            yield Call(first, lead, left, made, arrives and made == whole)
            return
        made = reach.frames.longest
        yield Call(first, lead, made - lead, made, arrives=False)
        first += made - lead


def _over(retake: Retake, mended: Sequence[tuple[int, int]]) -> Retake:
    """Longer by whatever earlier retake it touches, until it touches none."""
    first, last = retake.first, retake.last
    touched = [each for each in mended if each[0] <= last + 1 and first - 1 <= each[1]]
    wider = min([first, *(f for f, _ in touched)]), max([last, *(t for _, t in touched)])
    if wider == (first, last):
        return retake
    return _over(Retake(*wider, retake.spans), mended)


def _joined(retakes_: list[Retake]) -> tuple[Retake, ...]:
    """Made longer, two may have become one."""
    kept: list[Retake] = []
    for each in retakes_:
        if kept and each.first <= kept[-1].last + 1:
            before = kept.pop()
            last = max(before.last, each.last)
            each = Retake(before.first, last, (*before.spans, *each.spans))
        kept.append(each)
    return tuple(kept)


def _begun(retake: Retake, reach: Reach) -> Retake:
    """Too near to the film's beginning there are no frames to continue."""
    first = retake.first if retake.first >= reach.repeats else 0
    return Retake(first, retake.last, retake.spans)


def _legal(retake: Retake, count: int, reach: Reach) -> Retake:
    """As many frames longer as make its last call legal, if it is to arrive at a picture."""
    last = list(calls(retake, count, reach))[-1]
    if retake.last >= count - 1 or last.arrives:
        return retake
    longer = last.made - last.lead - last.kept - 1
    return Retake(retake.first, min(retake.last + longer, count - 1), retake.spans)


def _apart(retakes_: list[Retake]) -> tuple[Retake, ...]:
    """Made longer, two may meet; the later one then waits for the next round."""
    kept: list[Retake] = []
    for each in retakes_:
        if not kept or each.first > kept[-1].last + TOGETHER:
            kept.append(each)
    return tuple(kept)
