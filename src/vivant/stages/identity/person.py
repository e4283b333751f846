"""One person over a whole film: the curve, its mean, and the spans in which they are not held."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from vivant.stages.identity.cuts import cuts
from vivant.stages.identity.probes import Prober
from vivant.stages.identity.sampling import even, explore, runs
from vivant.stages.identity.segments import speed
from vivant.stages.identity.spans import spans
from vivant.types import FrameScore, Likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vivant.stages.identity.probes import Probe
    from vivant.stages.identity.sights import Sight
    from vivant.stages.identity.spans import Fault


_CHANGE = 0.2
"""Of the eye's limit, between two measured frames of one person: frames of 28 films by previz lie
at most 0.29 of it above their film's lower quartile."""


def likeness(prober: Prober, stride: int, fps: int, watch: Callable[[], None]) -> Likeness:
    """Measure ``prober``'s person; ``watch`` is called once for every even frame, as announced."""
    seen = prober.sights
    announced = len(even(0, len(seen) - 1, stride))
    probes: dict[int, Probe] = {}
    most_change = _CHANGE * prober.eye.same_person

    def examine(frame: int) -> str:
        if len(probes) < announced:
            watch()
        probes[frame] = prober(frame)
        return probes[frame].state

    def doubtful(before: int, after: int) -> bool:
        """Whether the distance changes so much that it may be on its way to somebody else's."""
        one, other = probes[before].distance, probes[after].distance
        return one is not None and other is not None and abs(one - other) > most_change

    thumbs, new = [sight.thumb for sight in seen], cuts(prober.frames)
    stretches = list(runs([sight.hidden == "" for sight in seen]))
    for first, last in stretches:
        explore(first, last, stride, thumbs, new, examine, doubtful)
    for _ in range(announced - len(probes)):
        watch()
    faults = _faults(prober, stretches, probes)
    distances = {frame: probe.distance for frame, probe in probes.items()}
    similarities = {frame: probe.similarity for frame, probe in probes.items()}
    return Likeness(
        curve=_curve(seen, probes, stride),
        mean=_over_time(stretches, distances),
        worst=max((d for d in distances.values() if d is not None), default=None),
        face_share=sum(fault not in ("no face", "blurred") for fault in faults) / len(faults),
        similarity=_over_time(stretches, similarities),
        spans=spans(faults, probes),
        pose_distance=_mean([probe.pose for probe in probes.values()]),
        expression_distance=_mean([probe.expression for probe in probes.values()]),
        motion=speed([sight.face for sight in seen], fps),
    )


def _curve(seen: Sequence[Sight], probes: dict[int, Probe], stride: int) -> tuple[FrameScore, ...]:
    """The measured frames, and every ``stride``-th of those whose face is hidden."""
    scores = [
        FrameScore(frame, probe.distance, probe.why, probe.confidence, probe.margin)
        for frame, probe in probes.items()
    ]
    for first, last in runs([sight.hidden != "" for sight in seen]):
        scores += [
            FrameScore(frame, None, seen[frame].hidden, seen[frame].confidence)
            for frame in sorted({*range(first, last, stride), last})
        ]
    return tuple(sorted(scores, key=lambda score: score.frame))


def _faults(
    prober: Prober, stretches: Sequence[tuple[int, int]], probes: dict[int, Probe]
) -> list[Fault]:
    """Of every frame; between measured neighbours in one state it is theirs.

    The photo itself is known from its pixels, also where too little of the face is in the picture.
    """
    faults: list[Fault] = [
        "copy" if sight.hidden and prober.copied(frame) else sight.fault
        for frame, sight in enumerate(prober.sights)
    ]
    for first, last in stretches:
        state = probes[first].state
        for frame in range(first, last + 1):
            state = probes[frame].state if frame in probes else state
            faults[frame] = None if state == "true" else state
    return faults


def _over_time(
    stretches: Sequence[tuple[int, int]], values: Mapping[int, float | None]
) -> float | None:
    """The mean over all frames between measured neighbours, straight between them."""
    every: list[float] = []
    for first, last in stretches:
        known = [(frame, values[frame]) for frame in sorted(values) if first <= frame <= last]
        every += [value for _, value in known if value is not None]
        for (a, one), (b, other) in itertools.pairwise(known):
            if one is not None and other is not None:
                every += np.linspace(one, other, b - a + 1)[1:-1].tolist()
    return float(np.mean(every)) if every else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None
