"""Keyframe + temporal prompt → film (the paper's section 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.errors import EngineError
from vivant.types import Shot

if TYPE_CHECKING:
    from vivant.engines import Engines
    from vivant.engines.base import Animator
    from vivant.recipe import MotionPolicy
    from vivant.seeds import Seeds
    from vivant.types import Film, Keyframe, Length, Observer, TemporalPrompt


def animate(
    keyframe: Keyframe,
    temporal: TemporalPrompt,
    length: Length,
    engines: Engines,
    policy: MotionPolicy,
    seeds: Seeds,
    watch: Observer,
) -> Film:
    """Move the keyframe. Raises EngineError where the animator breaks its word on the length."""
    del policy
    watch.begin("motion", engines.animator.steps(length))
    return shoot(
        Shot(keyframe, temporal, length, seeds.of("motion"), length), engines.animator, watch
    )


def shoot(shot: Shot, animator: Animator, watch: Observer) -> Film:
    """One call of the animator, held to its word.

    Raises EngineError where the frames' number, size or rate are not those asked for.
    """
    film = animator.animate(shot, watch)
    asked = (shot.length.frames, *shot.keyframe.image.shape)
    if film.frames.shape != asked or film.fps != shot.length.fps:
        raise EngineError(
            f"{animator.info.name} made {film.frames.shape} at {film.fps} frames a second; asked"
            f" were {asked} at {shot.length.fps}."
        )
    return film
