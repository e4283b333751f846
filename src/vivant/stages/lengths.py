"""Request, recipe and timeline → how large the film is and how long, refused before any work."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from vivant.errors import GeometryError
from vivant.geometry import length_in, length_of
from vivant.shots import check_room, check_timeline, plan
from vivant.types import Length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines import Engines
    from vivant.engines.base import Animator
    from vivant.recipe import Recipe
    from vivant.types import Observer, Request, Segment, Size


def asked(request: Request, recipe: Recipe, engines: Engines) -> tuple[Size, Length]:
    """Size and length as far as they are known before the prompt is read.

    Raises GeometryError for those that no film can have, and those that these engines can't make.
    """
    size = request.size or recipe.size
    length = _length(request, recipe, size, engines.animator)
    engines.painter.check(size)
    check(size, length, (), engines.animator)
    return size, length


def told(request: Request, length: Length, timeline: Sequence[Segment], watch: Observer) -> Length:
    """The film's length: as asked; else until the timeline ends; else the recipe's.

    Raises GeometryError for a timeline that ends between two frames.
    """
    end = timeline[-1].end if timeline else None
    if end is None:
        return length
    if request.seconds is not None or request.frames is not None:
        if end > length.seconds:
            watch.note(f"The film ends at {length.seconds:g} s, as asked; its timeline at {end:g}.")
        return length
    try:
        return length_of(end, length.fps)
    except GeometryError as error:
        raise GeometryError(
            f"The film is to end with its timeline. {error.message}",
            mend="Change the time in the prompt, or ask for a length.",
        ) from error


def check(size: Size, length: Length, timeline: Sequence[Segment], animator: Animator) -> None:
    """Raise GeometryError where a segment would not be shown, or the animator can't make a shot."""
    check_room(size, length)
    check_timeline(timeline, length)
    for made in sorted({window.made for window in plan(length, timeline, animator.reach)}):
        animator.check(size, Length(made, length.fps))


def _length(request: Request, recipe: Recipe, size: Size, animator: Animator) -> Length:
    fps = recipe.fps if request.fps is None else request.fps
    if request.frames is None and request.seconds is None and request.fps is not None:
        # Before the recipe's length is converted: an animator may make no films of this rate.
        check(size, length_in(recipe.frames, fps), (), animator)
    if request.frames is None:
        kept = Fraction(recipe.frames, recipe.fps)
        return length_of(kept if request.seconds is None else request.seconds, fps)
    if request.seconds is not None:
        raise GeometryError(
            f"Both {request.seconds:g} seconds and {request.frames} frames are asked for; give one,"
            " or they may contradict each other."
        )
    return length_in(request.frames, fps)
