"""What a shot begins and ends with, for animators that start from pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.errors import EngineError

if TYPE_CHECKING:
    from vivant.types import Image, Reach, Shot


def opening(shot: Shot, reach: Reach) -> Image:
    """The frames ``(n, height, width, 3)`` that ``shot`` begins with: the film's, or the keyframe.

    A single frame is always enough to begin with; it tells where everything is, not how it moves.

    Raises EngineError for a shot that ``reach`` does not allow. Whoever cuts a film into shots asks
    for ``reach`` first; a picture that was left out silently would show as a jump in the film.
    """
    size = shot.keyframe.image.shape
    if shot.end is not None:
        if not reach.arrives:
            raise EngineError("The shot has a last picture, which this animator can't be told.")
        _check(shot.end.shape, size)
    if shot.start is None:
        return shot.keyframe.image[None]
    if len(shot.start) not in (1, reach.repeats):
        raise EngineError(
            f"The shot continues {len(shot.start)} frames; this animator repeats {reach.repeats}."
        )
    _check(shot.start.shape[1:], size)
    return shot.start


def _check(found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if found != wanted:
        raise EngineError(
            f"The shot meets a picture of shape {found}, but the film's keyframe has {wanted}."
        )
