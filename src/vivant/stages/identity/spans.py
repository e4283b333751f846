"""The state of every frame → the stretches in which the person is not held."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeAlias

from vivant.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vivant.stages.identity.probes import Probe
    from vivant.verdict import SpanKind

Fault: TypeAlias = "SpanKind | None"

SHORT = 2
"""Frames. A loss no longer than this is a blink, a passing hand, a flash: too short to recognise
anybody in, and as short as the ends of a span are sure. A pause no longer joins two spans."""

_WHY: Mapping[SpanKind, str] = {
    "drift": "the face is somebody else's",
    "swap": "the face is that of another person of this film",
    "no face": "the face is not in the picture",
    "blurred": "the face is too blurred to tell whose it is",
    "copy": "the photo itself, standing still",
}


def spans(faults: Sequence[Fault], probes: Mapping[int, Probe]) -> tuple[Span, ...]:
    """One for every stretch of one fault longer than ``SHORT`` or as long as the film, in order.

    ``faults`` has the fault of every frame of the film, None where there is none; ``probes`` are
    the measured frames.
    """
    return tuple(
        Span(first, last, kind, _depth(first, last, probes), _WHY[kind])
        for first, last, kind in _joined(faults)
        if last - first + 1 > min(SHORT, len(faults) - 1)
    )


def _joined(faults: Sequence[Fault]) -> list[tuple[int, int, SpanKind]]:
    found: list[tuple[int, int, SpanKind]] = []
    for first, last, kind in _stretches(faults):
        if found and found[-1][2] == kind and first - found[-1][1] - 1 <= SHORT:
            first = found.pop()[0]
        found.append((first, last, kind))
    return found


def _stretches(faults: Sequence[Fault]) -> Iterator[tuple[int, int, SpanKind]]:
    place = 0
    for kind, group in itertools.groupby(faults):
        count = len(list(group))
        if kind is not None:
            yield place, place + count - 1, kind
        place += count


def _depth(first: int, last: int, probes: Mapping[int, Probe]) -> float | None:
    distances = [
        probe.distance
        for frame, probe in probes.items()
        if first <= frame <= last and probe.distance is not None
    ]
    return max(distances, default=None)
