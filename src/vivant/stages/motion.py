"""Keyframe + temporal prompt → film (the paper's section 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.errors import EngineError
from vivant.types import Shot

if TYPE_CHECKING:
    from vivant.engines import Engines
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
    animator = engines.animator
    watch.begin("motion", animator.steps(length))
    film = animator.animate(Shot(keyframe, temporal, length, seeds.of("motion"), length), watch)
    asked = (length.frames, *keyframe.image.shape)
    if film.frames.shape != asked or film.fps != length.fps:
        raise EngineError(
            f"{animator.info.name} made {film.frames.shape} at {film.fps} frames a second; asked"
            f" were {asked} at {length.fps}."
        )
    return film
