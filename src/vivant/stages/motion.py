"""Keyframe + temporal prompt → film (the paper's section 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.errors import EngineError

if TYPE_CHECKING:
    from vivant.engines.base import Animator
    from vivant.seeds import Seeds
    from vivant.types import Film, Keyframe, Length, Observer, TemporalPrompt


def animate(
    keyframe: Keyframe,
    temporal: TemporalPrompt,
    animator: Animator,
    length: Length,
    seeds: Seeds,
    watch: Observer,
) -> Film:
    """Move the keyframe. Raises EngineError where the animator breaks its word on the length."""
    watch.begin("motion", animator.steps(length))
    film = animator.animate(keyframe, temporal, length, seeds.of("motion"), watch)
    asked = (length.frames, *keyframe.image.shape)
    if film.frames.shape != asked or film.fps != length.fps:
        raise EngineError(
            f"{animator.info.name} made {film.frames.shape} at {film.fps} frames a second; asked"
            f" were {asked} at {length.fps}."
        )
    return film
