"""One measured frame: how far from the photo, how sure, and in what state the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from vivant.stages import looks
from vivant.stages.identity import sights, thumbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines.base import Eye
    from vivant.stages.identity.sights import Sight
    from vivant.types import Box, Face, Image, Reference

State: TypeAlias = Literal["true", "drift", "swap", "blurred", "copy"]

_COPIED = 0.975
"""Correlation of the face's pixels with the photo's: five photos shown as they are, also through
the encoder, have 0.977 to 0.999; relit and moved by previz, 0.42 to 0.977."""

_STILL, _STILL_FACE = 0.75, 0.003
"""What shows a face that stands still, from one frame to the next: less than so many grey levels of
255 in its box (encoded stills 0.0 to 0.74, films 1.0 to 12.5), or thumbnails nearer than this, as
when the camera moves over a photo (0.000 to 0.003, films 0.002 to 0.06)."""


@dataclass(frozen=True)
class Probe:
    """Identity in one frame. What could not be measured is None, and ``why`` says why."""

    frame: int
    state: State
    confidence: float
    why: str = ""
    distance: float | None = None
    margin: float | None = None
    similarity: float | None = None
    pose: float | None = None
    expression: float | None = None


@dataclass(frozen=True)
class Prober:
    """Measures frames of one film against one person; ``others`` are the film's other people."""

    frames: Image
    sights: Sequence[Sight]
    reference: Reference
    others: Sequence[Reference]
    eye: Eye
    limit: float

    def __call__(self, frame: int) -> Probe:
        """Measure ``frame``, whose sight must not be hidden."""
        sight, image = self.sights[frame], self.frames[frame]
        assert sight.face is not None, "only frames with a face are measured"
        # A face without any detail has no blur either: only a drawing is like that.
        blur = looks.blur(image, sight.face.box) if _detailed(sight) else 0.0
        confidence = sight.confidence * sights.clearness(blur)
        if confidence <= 0:
            return Probe(frame, "blurred", 0.0, f"the face is blurred ({blur:.2f} of 1)")
        known = self._known(image, sight.face)
        distance, margin = self._apart(known)
        return Probe(
            frame=frame,
            state=self._state(frame, distance, margin),
            confidence=confidence,
            distance=distance,
            margin=margin,
            similarity=cosine(self.reference.face, known),
            pose=looks.pose_between(sight.face, self.reference.face),
            expression=looks.expression_between(sight.face, self.reference.face),
        )

    def _known(self, image: Image, face: Face) -> Face:
        """``face`` embedded. Before it is called somebody else's it is looked at anew.

        A face that is followed may lie beside the one that is there, when it came in from the edge.
        """
        known = self.eye.embed(image, face)
        distance, margin = self._apart(known)
        if distance <= self.limit and (margin is None or margin >= 0):
            return known
        again = [
            self.eye.embed(image, other)
            for other in self.eye.look(image)
            if _beside(other.box, face.box)
        ]
        return min([known, *again], key=lambda one: self._apart(one)[0])

    def _apart(self, known: Face) -> tuple[float, float | None]:
        """Distance, and margin to the nearest other person."""
        distance = self.eye.distance(self.reference.face, known)
        nearest = min((self.eye.distance(r.face, known) for r in self.others), default=None)
        return distance, None if nearest is None else nearest - distance

    def _state(self, frame: int, distance: float, margin: float | None) -> State:
        if margin is not None and margin < 0:
            return "swap"
        if distance > self.limit:
            return "drift"
        return "copy" if self.copied(frame) else "true"

    def copied(self, frame: int) -> bool:
        """Whether the face of ``frame`` is the photo's to the pixel, and stands still."""
        sight = self.sights[frame]
        if sight.face is None or sight.fault or not _detailed(sight) or not self._still(frame):
            return False
        image, reference = self.frames[frame], self.reference
        alike = looks.likeness_of_pixels(image, sight.face, reference.image, reference.face)
        return alike >= _COPIED

    def _still(self, frame: int) -> bool:
        return any(self._same(frame, n) for n in (frame - 1, frame + 1))

    def _same(self, frame: int, other: int) -> bool:
        """Whether two frames show one picture of the face."""
        if not 0 <= other < len(self.sights):
            return False
        here, there = self.sights[frame], self.sights[other]
        if here.face is None:
            return False
        one, two = (_inside(self.frames[n], here.face.box) for n in (frame, other))
        if float(np.abs(one.astype(np.int16) - two).mean()) < _STILL:
            return True
        if here.thumb is None or there.thumb is None:
            return False
        return thumbs.apart(here.thumb, there.thumb) < _STILL_FACE


def _inside(image: Image, box: Box) -> Image:
    """The pixels of ``box``, of which some are in the picture."""
    rows = slice(max(0, int(box.y0)), max(1, int(box.y1)))
    return image[rows, max(0, int(box.x0)) : max(1, int(box.x1))]


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes share a third of the smaller, but less than two thirds of the larger."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    small, large = sorted((one.area, other.area))
    return small < 3 * max(wide, 0.0) * max(high, 0.0) < 2 * large


def _detailed(sight: Sight) -> bool:
    """Whether the face is more than one flat colour, as far as is known."""
    return sight.thumb is None or bool(sight.thumb.any())


def cosine(one: Face, other: Face) -> float:
    """Cosine of the embeddings, -1 to 1; both faces must have one."""
    assert one.embedding is not None and other.embedding is not None, "embed the faces first"
    lengths = float(np.linalg.norm(one.embedding)) * float(np.linalg.norm(other.embedding))
    return float(one.embedding @ other.embedding) / lengths if lengths > 0 else 0.0
