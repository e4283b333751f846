"""Spatial prompt + references → keyframe: the best of several attempts, never a faceless one.

The paper paints at most three pictures and stops at the first whose face is close enough (section
3.2); its published code lets a faceless picture displace a better one, which this does not. Nor
does the photo win that is pasted into a set: nothing is closer to a photo than the photo.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.errors import EngineError, NoKeyframeError
from vivant.stages.admit import MOST_BLUR, MOST_CUT, SOFT_BLUR, SOFT_CUT
from vivant.stages.looks import blur, measure
from vivant.stages.matching import cast_of
from vivant.types import Attempt, Keyframe

if TYPE_CHECKING:
    from vivant.engines.base import Eye, Painter
    from vivant.recipe import KeyframePolicy
    from vivant.seeds import Seeds
    from vivant.types import (
        Image,
        Look,
        Observer,
        Painting,
        Reference,
        Size,
        SpatialPrompt,
    )

COPIED = 0.985
"""Correlation of the face's levels with the photo's, from which on a picture is the photo pasted.
Previz, which relights the photo itself, stays below; of pastes only some in profile do, too. See
docs/decisions/009-the-copy-paste-guard.md."""

GOOD_HEIGHT = 0.20
LEAST_HEIGHT = 0.10
"""Shares of the picture's height; at 480 pixels those of a photo's face (``stages.admit``)."""

FAULT = 0.5
"""What a face costs that is as small, as soft or as cut as a photo's may be at most, in distances
at which two people are told apart: such a photo is 0.3 to 0.4 of 0.6 from itself."""

ALIKE = 0.25
"""What a face costs, in the same unit, that repeats the photo's pose, expression and detail: a
picture of its own may be 0.15 of 0.60 farther from the photo, and still be the better one."""
ALIKE_POSE = 15.0
"""Degrees from the photo's pose, from which on a pose is a picture's own."""
ALIKE_EXPRESSION = 0.01
"""Face heights by which the landmarks differ, from which on an expression is: a mouth opened."""


@dataclass(frozen=True, eq=False)
class _Tried:
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

    Painting stops at the first that nothing is wrong with. Raises NoKeyframeError where no attempt
    shows everybody's face.
    """
    watch.begin("keyframe", policy.attempts * painter.steps)
    tried: list[_Tried] = []
    for number in range(policy.attempts):
        seed = seeds.of("keyframe", number)
        painting = painter.paint(spatial, references, size, seed, watch)
        _check_size(painting, size, painter.info.name)
        tried.append(_Tried(painting, judge(painting.image, references, eye, seed)))
        if _good(tried[-1].attempt, references, eye, policy):
            break
    best = _best(tried, painter.info.name)
    for warning in _warnings(best.attempt, eye):
        watch.note(warning)
    assert best.attempt.distance is not None
    return Keyframe(
        image=best.painting.image,
        spatial=spatial,
        references=references,
        seed=best.attempt.seed,
        painter=painter.info.name,
        distance=best.attempt.distance,
        attempts=tuple(one.attempt for one in tried),
        unshown=best.painting.unshown,
        used=best.painting.used,
    )


def _check_size(painting: Painting, size: Size, painter: str) -> None:
    height, width = painting.image.shape[:2]
    if (width, height) != (size.width, size.height):
        raise EngineError(f"{painter} painted {width}x{height}; asked was {size}.")


# -- who is who --------------------------------------------------------------------------------


def judge(image: Image, references: tuple[Reference, ...], eye: Eye, seed: int) -> Attempt:
    """What ``image`` is worth as a keyframe of the people of ``references``."""
    faces = eye.look(image)
    if len(faces) < len(references):
        return Attempt(seed, None, _lacking(len(faces), len(references)))
    cast = cast_of(image, faces, references, eye)
    looks = tuple(
        measure(image, face, one, [other for other in references if other is not one], eye)
        for face, one in zip(cast, references, strict=True)
    )
    distance = max(look.distance for look in looks)
    why = _why(looks, len(faces) - len(cast), eye.same_person)
    return Attempt(seed, distance, why, rank(looks, eye.same_person), looks)


def _lacking(faces: int, people: int) -> str:
    if people == 1:
        return "no face in the picture"
    return f"{faces or 'no'} face{'' if faces == 1 else 's'} in the picture for {people} people"


# -- how good it is ----------------------------------------------------------------------------


def rank(looks: tuple[Look, ...], same_person: float) -> float:
    """How good a picture is, 0 the best; of several people the one who fares worst counts.

    The whole part says what it is: 0 a picture of these people; 1 the photo over again, at
    ``COPIED`` of its detail; 2 other people, farther than ``same_person`` or nearer to each other's
    photo than to their own. The fraction orders pictures of a kind: ``c / (1 + c)`` of the cost

        c = distance / same_person + FAULT (small + soft + cut) + ALIKE alike

    where small, soft and cut rise from 0 at a soft limit to 1 at a hard one, and alike is 1 for a
    face with all of the photo's pose, expression and detail, 0 for one that lacks any.
    """
    kind = 2 if _others(looks, same_person) else int(_copied(looks))
    cost = max(_cost(look, same_person) for look in looks)
    return kind + cost / (1 + cost)


def _others(looks: tuple[Look, ...], same_person: float) -> bool:
    return any(
        look.distance > same_person or (look.margin is not None and look.margin < 0)
        for look in looks
    )


def _copied(looks: tuple[Look, ...]) -> bool:
    return any(look.copied >= COPIED for look in looks)


def _cost(look: Look, same_person: float) -> float:
    faults = (
        _rise(-look.height, -GOOD_HEIGHT, -LEAST_HEIGHT),
        _rise(look.blur, SOFT_BLUR, MOST_BLUR),
        _rise(1 - look.visible, SOFT_CUT, MOST_CUT),
    )
    return look.distance / same_person + FAULT * sum(faults) + ALIKE * _alike(look)


def _rise(value: float, low: float, high: float) -> float:
    """0 up to ``low``, 1 from ``high`` on."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _alike(look: Look) -> float:
    """What the eye can't tell is left out of the product."""
    pose = 1 - _rise(look.pose or 0.0, 0.0, ALIKE_POSE)
    expression = 1 - _rise(look.expression or 0.0, 0.0, ALIKE_EXPRESSION)
    return pose * expression * max(0.0, look.copied)


def _good(
    attempt: Attempt, references: tuple[Reference, ...], eye: Eye, policy: KeyframePolicy
) -> bool:
    """Whether another attempt is not worth its time."""
    looks = attempt.looks
    if attempt.distance is None or attempt.distance > policy.good_enough:
        return False
    if _others(looks, eye.same_person) or _copied(looks):
        return False
    return not any(
        look.height < GOOD_HEIGHT
        or 1 - look.visible > SOFT_CUT
        or look.blur > max(SOFT_BLUR, blur(one.image, one.face.box))
        for look, one in zip(looks, references, strict=True)
    )


def _best(tried: list[_Tried], painter: str) -> _Tried:
    """The lowest rank, of equal ones the first."""
    ranked = [(one.attempt.rank, one) for one in tried if one.attempt.rank is not None]
    if not ranked:
        lacking = "; ".join(f"{n}: {one.attempt.why}" for n, one in enumerate(tried, 1))
        raise NoKeyframeError(
            f"No keyframe by {painter} shows everybody's face ({len(tried)} painted), and no film"
            f" is made of a picture that lacks one. Attempt {lacking}.",
            mend="Try another seed or a plainer spatial prompt.",
        )
    return min(ranked, key=lambda pair: pair[0])[1]


# -- in words ----------------------------------------------------------------------------------


def _why(looks: tuple[Look, ...], bystanders: int, same_person: float) -> str:
    people = [_words(look, same_person) for look in looks]
    if len(people) > 1:
        people = [f"person {number}: {words}" for number, words in enumerate(people, 1)]
    if bystanders:
        people.append("1 other face" if bystanders == 1 else f"{bystanders} other faces")
    return "; ".join(people)


def _words(look: Look, same_person: float) -> str:
    words = [f"{look.distance:.2f} from the photo"]
    if look.distance > same_person:
        words.append(f"so another person (limit {same_person:.2f})")
    if look.margin is not None:
        nearer = "farther from" if look.margin >= 0 else "nearer to"
        words.append(f"{abs(look.margin):.2f} {nearer} the nearest other person's photo")
    if look.copied >= COPIED:
        words.append(f"a copy of it ({look.copied:.2f} of its detail)")
    sharp = "sharp" if look.blur <= SOFT_BLUR else f"soft (blur {look.blur:.2f})"
    words.append(f"face {sharp}, {look.height:.0%} of the height")
    if 1 - look.visible > SOFT_CUT:
        words.append(f"{1 - look.visible:.0%} of it outside the picture")
    if look.pose is None:
        words.append("pose not measured by this eye")
    else:
        words.append(f"{look.pose:.0f}° from the photo's pose")
    return ", ".join(words)


def _warnings(attempt: Attempt, eye: Eye) -> list[str]:
    """What to know of the winner before a film is made of it."""
    if _others(attempt.looks, eye.same_person):
        return [f"No keyframe shows the person of the photo; the best is {attempt.why}."]
    if _copied(attempt.looks):
        return [f"The best keyframe is the photo over again: {attempt.why}."]
    return []
