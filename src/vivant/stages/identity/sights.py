"""What every frame of a film shows of one person, before anything is compared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.stages import looks
from vivant.stages.admit import MOST_BLUR, MOST_CUT, SOFT_BLUR, SOFT_CUT
from vivant.stages.identity.thumbs import thumbnail

if TYPE_CHECKING:
    from vivant.stages.identity.cast import Followed
    from vivant.types import Box, Face, Floats, Image, Reference
    from vivant.verdict import SpanKind

GONE = 0.5
"""With less of it in the picture than this share, the face has left."""

_LEAST = 0.25
"""With less confidence than this the face is not compared. Down-scaled and cut photos of six people
are up to 0.34 from themselves there, more than half of what tells two people apart."""

_NO_HEIGHT, _GOOD_HEIGHT = 16.0, 64.0
"""Pixels from forehead to chin: at 64 a face is 0.12 to 0.25 from its own photo, at 32 0.29 to
0.34, at 16 0.47 to 0.61."""

_MOST_TURN, _FREE_TURN = 85.0, 35.0
"""Degrees of yaw from useless to free of cost; of pitch two thirds of them."""
_PITCH = 2 / 3

_ALIKE = 0.8
"""Correlation of coarse pictures of one place: above, what was there is still there."""
_COARSE = 12
_CONTRAST = 3.0


@dataclass(frozen=True, eq=False)
class Sight:
    """The person's face in one frame.

    ``hidden`` says why identity can't be told from it, "" where it can. ``fault`` is set where the
    face is not in the picture, or too blurred to be found. ``confidence`` is 0 to 1.
    """

    face: Face | None
    thumb: Floats | None
    hidden: str
    fault: SpanKind | None
    confidence: float


def sights(frames: Image, person: Followed, reference: Reference) -> tuple[Sight, ...]:
    """What every frame of ``frames`` shows of ``person``."""
    found: list[Sight] = []
    last: tuple[Image, Box] | None = None
    for number, (frame, face) in enumerate(zip(frames, person.track, strict=True)):
        if number in person.unsure:
            found.append(_MET)
            last = None
            continue
        if face is not None:
            found.append(_sight(frame, face, reference.face))
            last = None if found[-1].hidden else (frame, face.box)
            continue
        soft = last is not None and _softened(frame, *last)
        last = (frame, last[1]) if soft and last is not None else None
        found.append(_SOFT if soft else _NOBODY)
    return tuple(found)


_MET = Sight(None, None, "two faces meet here and can't be told apart", None, 0.0)
_NOBODY = Sight(None, None, "no face was found that could be theirs", "no face", 0.0)
_SOFT = Sight(None, None, "the face is too blurred to be found", "blurred", 0.0)


def _softened(image: Image, before: Image, box: Box) -> bool:
    """Whether a face that was at ``box`` of the frame before is still there, but blurred."""
    if looks.blur(image, box) <= MOST_BLUR:
        return False
    one, other = (_coarse(picture, box) for picture in (image, before))
    lengths = float(np.linalg.norm(one)) * float(np.linalg.norm(other))
    return bool(one.std() > _CONTRAST and (one * other).sum() > _ALIKE * lengths)


def _coarse(image: Image, box: Box) -> Floats:
    """The grey levels at ``box``, of which some are in the picture, less their mean."""
    y0, x0 = max(0, int(box.y0)), max(0, int(box.x0))
    part = image[y0 : max(y0 + 1, int(box.y1)), x0 : max(x0 + 1, int(box.x1))]
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(small - small.mean(), np.float32)


def _sight(image: Image, face: Face, model: Face) -> Sight:
    visible = looks.visible(image, face)
    if visible < GONE:
        why = f"only {visible:.0%} of the face is in the picture"
        return Sight(face, None, why, "no face", 0.0)
    views = _views(face, visible)
    confidence = math.prod(share for share, _ in views)
    if confidence < _LEAST:
        why = min(views, key=lambda view: view[0])[1]
        return Sight(face, None, why, None, confidence)
    return Sight(face, thumbnail(image, face, model), "", None, confidence)


def _views(face: Face, visible: float) -> list[tuple[float, str]]:
    """How much each matter leaves of certainty, 0 to 1, and what to say where it leaves none."""
    height = face.box.height
    views = [
        (_ramp(height, _NO_HEIGHT, _GOOD_HEIGHT), f"the face is {height:.0f} pixels high"),
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
