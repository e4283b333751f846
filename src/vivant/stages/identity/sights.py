"""What every frame of a film shows of one person, before anything is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.stages import looks
from vivant.stages.admit import MOST_BLUR, MOST_CUT, SOFT_BLUR, SOFT_CUT
from vivant.stages.identity.thumbs import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import Face, Floats, Image, Reference

GONE = 0.5
"""With less of it in the picture than this share, the face has left."""

_LEAST_HEIGHT, _GOOD_HEIGHT = 20.0, 96.0
"""Pixels from forehead to chin, from useless to as good as any."""

_MOST_TURN, _FREE_TURN = 75.0, 35.0
"""Degrees of yaw from useless to free of cost; of pitch two thirds of them."""
_PITCH = 2 / 3


@dataclass(frozen=True, eq=False)
class Sight:
    """The person's face in one frame.

    ``hidden`` says why identity can't be told from it, "" where it can. ``present`` is False where
    the face is not in the picture. ``confidence`` is 0 to 1, 0 where hidden.
    """

    face: Face | None
    thumb: Floats | None
    hidden: str
    present: bool
    confidence: float


def sights(frames: Image, track: Sequence[Face | None], reference: Reference) -> tuple[Sight, ...]:
    """One for every frame of ``frames``; ``track`` holds the person's face or None for each."""
    return tuple(
        _sight(frame, face, reference.face) for frame, face in zip(frames, track, strict=True)
    )


def _sight(image: Image, face: Face | None, model: Face) -> Sight:
    if face is None:
        return Sight(None, None, "no face was found in this frame", False, 0.0)
    visible = looks.visible(image, face)
    if visible < GONE:
        return Sight(face, None, f"only {visible:.0%} of the face is in the picture", False, 0.0)
    share, why = min(_views(face, visible), key=lambda view: view[0])
    if share <= 0:
        return Sight(face, None, why, True, 0.0)
    confidence = 1.0
    for part, _ in _views(face, visible):
        confidence *= part
    return Sight(face, thumbnail(image, face, model), "", True, confidence)


def _views(face: Face, visible: float) -> list[tuple[float, str]]:
    """How much each matter leaves of certainty, 0 to 1, and what to say where it leaves none."""
    height = face.box.height
    views = [
        (_ramp(height, _LEAST_HEIGHT, _GOOD_HEIGHT), f"the face is {height:.0f} pixels high"),
        (
            _ramp(visible, 1 - MOST_CUT, 1 - SOFT_CUT),
            f"{1 - visible:.0%} of the face is outside the picture",
        ),
    ]
    if face.pose is not None:
        turn = max(abs(face.pose.yaw), abs(face.pose.pitch) / _PITCH)
        turned = f"the head is turned away (yaw {face.pose.yaw:.0f}°, pitch {face.pose.pitch:.0f}°)"
        views.append((_ramp(-turn, -_MOST_TURN, -_FREE_TURN), turned))
    return views


def clearness(blur: float) -> float:
    """How much a blur effect (``looks.blur``) leaves of certainty, 0 to 1."""
    return _ramp(-blur, -MOST_BLUR, -SOFT_BLUR)


def _ramp(value: float, none: float, whole: float) -> float:
    """0 up to ``none``, 1 from ``whole`` on, straight between."""
    return min(1.0, max(0.0, (value - none) / (whole - none)))
