"""Film + references → verdict: are these the people of the photos, and in which frames not?

Every frame is followed, which is cheap; few are measured, which is dear: evenly spread ones, and
more where the face changes (``vivant.stages.identity``). A frame from which identity can't be told
is "not measured" with its reason; it never counts as a distance of zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.stages.identity.cast import follow
from vivant.stages.identity.person import likeness
from vivant.stages.identity.probes import Prober
from vivant.stages.identity.sampling import even
from vivant.stages.identity.segments import segments
from vivant.stages.identity.sentence import sentence
from vivant.stages.identity.sights import sights
from vivant.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines.base import Eye
    from vivant.recipe import VerifyPolicy
    from vivant.types import Film, Likeness, Observer, Reference, Segment

_FAULTY = ("drift", "swap", "copy")
"""Spans with which no film passes; the others are judged by the share of frames with a face."""


def verify(
    film: Film,
    references: tuple[Reference, ...],
    eye: Eye,
    policy: VerifyPolicy,
    watch: Observer,
    timeline: tuple[Segment, ...] = (),
) -> Verdict:
    """Measure the identity curves of ``film``, find the spans of its faults, and judge it."""
    count = len(film.frames)
    watch.begin("verify", len(references) * len(even(0, count - 1, policy.stride)))
    cast = follow(film.frames, references, eye)
    people = []
    for number, (reference, followed) in enumerate(zip(references, cast, strict=True)):
        others = [*references[:number], *references[number + 1 :]]
        seen = sights(film.frames, followed, reference)
        prober = Prober(film.frames, seen, reference, others, eye, policy.most_distant)
        people.append(likeness(prober, policy.stride, film.fps, watch.step))
    return Verdict(
        eye=eye.info.name,
        same_person=eye.same_person,
        people=tuple(people),
        passed=passes(people, policy),
        sentence=sentence(people, count, film.fps, policy),
        segments=segments([each.track for each in cast], people, timeline, film.fps),
    )


def passes(people: Sequence[Likeness], policy: VerifyPolicy) -> bool:
    """Whether all ``people`` are near enough and seen enough, and nobody else is anywhere."""
    return all(
        person.mean is not None
        and person.mean <= policy.most_distant
        and person.face_share >= policy.least_face_share
        and all(span.kind not in _FAULTY for span in person.spans)
        for person in people
    )
