"""Film + reference → verdict: is this the person of the photo, and for how much of the film?

Every frame is searched for a face; every ``stride``-th face is compared with the reference. A frame
without a face is "not measured" with its reason, and lowers the face share; it never counts as a
distance of zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.types import FrameScore, Likeness, Verdict

if TYPE_CHECKING:
    from vivant.engines.base import Eye
    from vivant.recipe import VerifyPolicy
    from vivant.types import Face, Film, Observer, Reference, Segment


def verify(
    film: Film,
    references: tuple[Reference, ...],
    eye: Eye,
    policy: VerifyPolicy,
    watch: Observer,
    timeline: tuple[Segment, ...] = (),
) -> Verdict:
    """Measure the identity curve of ``film`` and judge it by ``policy``."""
    del timeline
    reference = references[0]
    count = len(film.frames)
    sampled = sample(count, policy.stride)
    watch.begin("verify", len(sampled))
    faces = eye.track(film.frames)
    curve = []
    for frame in sampled:
        curve.append(_score(film, frame, faces[frame], reference, eye))
        watch.step()
    face_share = sum(face is not None for face in faces) / count
    return judge(tuple(curve), face_share, eye, policy)


def sample(count: int, stride: int) -> tuple[int, ...]:
    """Every ``stride``-th frame of ``count``, and the last: ends matter most to an editor."""
    return tuple(sorted({*range(0, count, stride), count - 1}))


def judge(
    curve: tuple[FrameScore, ...], face_share: float, eye: Eye, policy: VerifyPolicy
) -> Verdict:
    """The verdict on an identity curve."""
    distances = [score.distance for score in curve if score.distance is not None]
    mean = sum(distances) / len(distances) if distances else None
    passed = (
        mean is not None and mean <= policy.most_distant and face_share >= policy.least_face_share
    )
    return Verdict(
        eye=eye.info.name,
        people=(Likeness(curve, mean, max(distances, default=None), face_share),),
        same_person=eye.same_person,
        passed=passed,
        sentence=_sentence(mean, len(distances), face_share, policy),
    )


def _score(film: Film, frame: int, face: Face | None, reference: Reference, eye: Eye) -> FrameScore:
    if face is None:
        return FrameScore(frame, None, "no face was found in this frame")
    seen = eye.embed(film.frames[frame], face)
    return FrameScore(frame, eye.distance(reference.face, seen))


def _sentence(mean: float | None, measured: int, face_share: float, policy: VerifyPolicy) -> str:
    if mean is None:
        return "Not this person: no frame shows a face, so identity could not be measured."
    facts = (
        f"mean identity distance {mean:.2f} over {measured} frames"
        f" (limit {policy.most_distant:.2f}), a face in {face_share:.0%} of all frames"
        f" (least {policy.least_face_share:.0%})"
    )
    if mean > policy.most_distant:
        return f"Not this person: {facts}."
    if face_share < policy.least_face_share:
        return f"This person, but too often out of sight: {facts}."
    return f"This person: {facts}."
