"""Spatial prompt + reference → keyframe: the best of several attempts, never a faceless one.

The paper paints at most three pictures and stops at the first whose face is close enough (section
3.2); its published code lets a faceless picture displace a better one, which this does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.errors import EngineError, NoKeyframeError
from vivant.types import Attempt, Keyframe

if TYPE_CHECKING:
    from vivant.engines.base import Eye, Painter
    from vivant.recipe import KeyframePolicy
    from vivant.seeds import Seeds
    from vivant.types import Observer, Painting, Reference, Size, SpatialPrompt


@dataclass(frozen=True, eq=False)
class _Judged:
    painting: Painting
    attempt: Attempt


def paint(
    spatial: SpatialPrompt,
    references: tuple[Reference, ...],
    painter: Painter,
    eye: Eye,
    policy: KeyframePolicy,
    size: Size,
    seeds: Seeds,
    watch: Observer,
) -> Keyframe:
    """The best of at most ``policy.attempts`` pictures; every attempt is kept in the record.

    Raises NoKeyframeError where no attempt shows a face.
    """
    watch.begin("keyframe", policy.attempts * painter.steps)
    judged: list[_Judged] = []
    for number in range(policy.attempts):
        seed = seeds.of("keyframe", number)
        painting = painter.paint(spatial, references, size, seed, watch)
        _check_size(painting, size, painter.info.name)
        judged.append(_Judged(painting, _judge(painting, references[0], eye, seed)))
        distance = judged[-1].attempt.distance
        if distance is not None and distance <= policy.good_enough:
            break
    return _best(judged, spatial, references, painter.info.name)


def _check_size(painting: Painting, size: Size, painter: str) -> None:
    height, width = painting.image.shape[:2]
    if (width, height) != (size.width, size.height):
        raise EngineError(f"{painter} painted {width}x{height}; asked was {size}.")


def _judge(painting: Painting, reference: Reference, eye: Eye, seed: int) -> Attempt:
    faces = eye.look(painting.image)
    if not faces:
        return Attempt(seed, None, "no face in the picture")
    main = max(faces, key=lambda face: face.box.area)
    distance = eye.distance(reference.face, eye.embed(painting.image, main))
    return Attempt(seed, distance, f"the largest of {len(faces)} face(s)")


def _best(
    judged: list[_Judged],
    spatial: SpatialPrompt,
    references: tuple[Reference, ...],
    painter: str,
) -> Keyframe:
    attempts = tuple(one.attempt for one in judged)
    scored = [(one.attempt.distance, one) for one in judged if one.attempt.distance is not None]
    if not scored:
        raise NoKeyframeError(
            f"No face in any keyframe by {painter} ({len(attempts)} painted), so none can be this"
            " person; no film is made of a faceless picture.",
            mend="Try another seed or a plainer spatial prompt.",
        )
    distance, best = min(scored, key=lambda pair: pair[0])
    return Keyframe(
        image=best.painting.image,
        spatial=spatial,
        references=references,
        seed=best.attempt.seed,
        painter=painter,
        distance=distance,
        attempts=attempts,
        unshown=best.painting.unshown,
        used=best.painting.used,
    )
