"""Where one shot continues another from its last picture: does it go on smoothly, as who it was?"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vivant.errors import EngineError, MissingError
from vivant.stages.identity.segments import jumps
from vivant.stages.matching import cast_of

if TYPE_CHECKING:
    from vivant.engines import Engines
    from vivant.engines.base import Eye
    from vivant.types import Image, Keyframe, Observer, Reference

SMOOTH = 1.5
"""The largest jump that passes for smooth: of 324 ordinary steps in previz films 5 % lie above it,
of steps over three frames left out there 65 %."""
AROUND = 3
"""Steps on either side of a seam that its own is compared with."""

_REST = 0.002
"""Face heights. Landmarks of a person at rest wander 0.001 to 0.003 from frame to frame (dlib's
mesh on previz films of 832x480): below that no step is small enough to be told from none."""


def jump(before: Image, after: Image, eye: Eye) -> float | None:
    """How far the landmarks step from ``before``'s last frame to ``after``'s first.

    Over the median of ``AROUND`` steps before or after it, whichever is faster: a person who sets
    off or stops there is no jump. Both are ``(n, h, w, 3)``. None where a frame at the seam shows
    no face, or there is no step beside it.
    """
    first, second = before[-AROUND - 1 :], after[: AROUND + 1]
    steps = jumps(eye.track(np.concatenate([first, second])))
    at = len(first) - 1
    sides = [side[~np.isnan(side)] for side in (steps[:at], steps[at + 1 :])]
    usual = [float(np.median(side)) for side in sides if len(side)]
    seam = float(steps[at])
    return None if np.isnan(seam) or not usual else seam / max(*usual, _REST)


class Anchor:
    """Holds the people of a film to their photos from shot to shot, as near as the keyframe is.

    Each shot that starts from a picture hands a slightly worn face on to the next.
    """

    def __init__(self, keyframe: Keyframe, engines: Engines) -> None:
        self._keyframe = keyframe
        self._engines = engines
        self.able = True
        """Whether the painter can paint faces anew, as far as is known."""

    @cached_property
    def _then(self) -> tuple[float, ...] | None:
        keyframe = self._keyframe
        return distances(keyframe.image, keyframe.references, self._engines.eye)

    def drift(self, frame: Image) -> float | None:
        """How much farther from the photo than in the keyframe, of whom it is most.

        None where somebody's face can't be seen.
        """
        now = distances(frame, self._keyframe.references, self._engines.eye)
        if now is None or self._then is None:
            return None
        return max(late - early for late, early in zip(now, self._then, strict=True))

    def mended(self, frame: Image, seed: int, watch: Observer) -> Image | None:
        """``frame`` with the faces of the photos painted anew; None where the painter can't.

        One that fails can't, either. One model at a time: what the animator holds leaves first.
        Raises EngineError for a painting of another size.
        """
        self._engines.animator.release()
        keyframe, painter = self._keyframe, self._engines.painter
        try:
            painting = painter.reanchor(frame, keyframe.spatial, keyframe.references, seed, watch)
        except (EngineError, MissingError) as error:  # the film goes on without it
            watch.note(f"{painter.info.name} could not paint the face anew: {error}")
            painting = None
        finally:
            painter.release()
        if painting is None:
            self.able = False
            return None
        if painting.image.shape != frame.shape:
            raise EngineError(
                f"{painter.info.name} painted {painting.image.shape} over a picture of"
                f" {frame.shape}."
            )
        return painting.image


def distances(
    image: Image, references: tuple[Reference, ...], eye: Eye
) -> tuple[float, ...] | None:
    """Each person's identity distance in ``image``; None where there are fewer faces than people.

    Who is who is said by ``stages.matching``.
    """
    faces = eye.look(image)
    if len(faces) < len(references):
        return None
    cast = cast_of(image, faces, references, eye)
    return tuple(eye.distance(one.face, face) for one, face in zip(references, cast, strict=True))
