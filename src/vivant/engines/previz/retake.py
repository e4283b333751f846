"""A part of a film played anew: its curves leave those of the film around it, and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.curves import Curves
from vivant.engines.previz.motions.ease import ease
from vivant.engines.previz.score import CAMERA_RANGES, EFFECT_RANGE, FIGURE_RANGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.motions.ease import Curve
    from vivant.engines.previz.score import Range
    from vivant.types import Floats, Length

PARTING = 0.5
"""Seconds from the film around to the new take: as long as a turn of the head."""


def meet(fresh: Curves, around: Curves, first: int, frames: int, whole: Length) -> Curves:
    """``fresh`` inside the window, ``around`` at its ends and outside, in position and velocity.

    Both are curves of one prompt over the ``whole`` film; the window is its ``frames`` frames from
    ``first`` on. Where the window touches an end of the film, nothing has to be met. One or two
    frames within the film have no inside: they stay as they were. Ranges and speed limits hold.
    """
    weight = plateau_of(first, frames, whole)

    def mixed(
        new: Mapping[str, Floats], old: Mapping[str, Floats], ranges: Mapping[str, Range] | None
    ) -> dict[str, Floats]:
        return {
            name: _between(
                new[name], old[name], weight, (ranges[name] if ranges else EFFECT_RANGE), whole.fps
            )
            for name in old
        }

    return Curves(
        mixed(fresh.figure, around.figure, FIGURE_RANGES),
        mixed(fresh.camera, around.camera, CAMERA_RANGES),
        mixed(fresh.effects, around.effects, None),
    )


def plateau_of(first: int, frames: int, whole: Length) -> Curve:
    """How much of the new take each frame of the film shows, 0 to 1, ``(whole.frames,)``.

    0 with zero slope at the window's first and last frame and outside, 1 inside it and at the
    film's own ends where the window reaches them.
    """
    index = np.arange(whole.frames, dtype=np.float64)
    last = first + frames - 1
    at_start, at_end = first == 0, last == whole.frames - 1
    sides = max(2 - at_start - at_end, 1)
    # In frames: both ends are then exactly 0, where a sum of times would leave a rounding error.
    parting = max(1.0, min(PARTING * whole.fps, (frames - 1) / sides))
    weight = np.where((index >= first) & (index <= last), 1.0, 0.0)
    if not at_start:
        weight *= ease((index - first) / parting)
    if not at_end:
        weight *= ease((last - index) / parting)
    return weight


def _between(new: Floats, old: Floats, weight: Curve, allowed: Range, fps: int) -> Floats:
    """From ``old`` to ``new`` as far as the channel's fastest change lets it go."""
    start = old.astype(np.float64)
    apart = weight * (new - start)
    step, more = np.diff(start), np.diff(apart)
    room = allowed.fastest / fps - np.sign(more) * step
    moving = more != 0
    share = np.min(room[moving] / np.abs(more[moving]), initial=1.0)
    return np.asarray(start + max(float(share), 0.0) * apart, np.float32)
