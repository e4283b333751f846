"""The verdict in one sentence, for a person who knows none of our words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.recipe import VerifyPolicy
    from vivant.types import Likeness, Span
    from vivant.verdict import SpanKind

_SAYS: Mapping[SpanKind, str] = {
    "drift": "it is somebody else",
    "swap": "it is the other person's face",
    "no face": "the face is not in the picture",
    "blurred": "the face is too blurred to tell",
    "copy": "it is the photo itself, standing still",
}


_MOST = 4
"""Stretches told one by one; of more, all but the three longest are counted. The rest is in the
verdict."""


def sentence(people: Sequence[Likeness], frames: int, fps: int, policy: VerifyPolicy) -> str:
    """What was found of all people of a film of ``frames``, in words first and figures last."""
    if len(people) == 1:
        return (
            f"{_who(people[0], 'the person of the photo', frames, fps)} {_figures(people, policy)}"
        )
    said = [
        _who(person, f"the person of photo {number}", frames, fps)
        for number, person in enumerate(people, 1)
    ]
    return f"{' '.join(said)} {_figures(people, policy)}"


def _who(person: Likeness, name: str, frames: int, fps: int) -> str:
    spans = person.spans
    if _lasts(spans, "copy", frames):
        return f"This is the photo itself, not a film of {name}: the face stands still throughout."
    if _lasts(spans, "no face", frames):
        return f"No frame shows {name}: {_reason(person)}."
    if person.mean is None:
        return f"Whether this is {name} could not be told: {_reason(person)}."
    if _lasts(spans, "drift", frames):
        return f"This is not {name} in any frame."
    if _lasts(spans, "swap", frames):
        return f"This is not {name} but the other one in every frame."
    untold, why = _untold(person)
    held = frames - untold - sum(span.frames for span in spans)
    rest = f"; in {untold} it could not be told: {why}." if untold else "."
    if spans and not held:
        return f"This is not {name} in any frame: {_faults(spans, fps)}{rest}"
    said = f"This is {name} in {held} of {frames} frames" if frames > 1 else f"This is {name}"
    return f"{said}, but {_faults(spans, fps)}{rest}" if spans else f"{said}{rest}"


def _untold(person: Likeness) -> tuple[int, str]:
    """How many frames could not be told though they are no fault, and the commonest reason."""
    faulty = {frame for span in person.spans for frame in range(span.first, span.last + 1)}
    count, reasons = 0, []
    for missing, run in groupby(person.curve, key=lambda score: score.distance is None):
        scores = list(run)
        frames = set(range(scores[0].frame, scores[-1].frame + 1)) - faulty
        if missing and frames:
            count += len(frames)
            reasons += [score.why for score in scores if score.frame in frames]
    return count, max(reasons, key=reasons.count, default="")


def _faults(spans: Sequence[Span], fps: int) -> str:
    longest = sorted(spans, key=lambda span: -span.frames)
    told = spans if len(spans) <= _MOST else sorted(longest[: _MOST - 1], key=lambda s: s.first)
    said = _listed([f"from {_seconds(span, fps)} {_SAYS[span.kind]}" for span in told])
    more = len(spans) - len(told)
    return f"{said}; {more} more stretches are at fault" if more else said


def _reason(person: Likeness) -> str:
    """The commonest reason why frames were not measured."""
    reasons = [score.why for score in person.curve if score.why]
    return max(reasons, key=reasons.count, default="the film has no frames")


def _lasts(spans: Sequence[Span], kind: SpanKind, frames: int) -> bool:
    return len(spans) == 1 and spans[0].kind == kind and spans[0].frames == frames


def _seconds(span: Span, fps: int) -> str:
    """The span in seconds of the film, to its last frame's end, and in frames."""
    return (
        f"{span.first / fps:.1f} s to {(span.last + 1) / fps:.1f} s"
        f" (frames {span.first} to {span.last})"
    )


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _figures(people: Sequence[Likeness], policy: VerifyPolicy) -> str:
    means = [f"{p.mean:.2f}" if p.mean is not None else "not measured" for p in people]
    shares = [f"{person.face_share:.0%}" for person in people]
    limit, least = policy.most_distant, policy.least_face_share
    return (
        f"(Mean identity distance {' and '.join(means)}, at most {limit:.2f} passes; a face in"
        f" {' and '.join(shares)} of all frames, at least {least:.0%} is asked.)"
    )
