"""The judgement on a film: is this the person of the photo, in which frames not, and how sure?

Distances are in the eye's own space: 0 is identical, lower is closer. Frames are counted from 0.
What was not measured is None with its reason, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["drift", "swap", "no face", "blurred", "copy"]
"""Another face; the face of another person of the film; nobody; too soft to tell; the photo itself,
frozen."""


@dataclass(frozen=True)
class FrameScore:
    """Identity of one frame. ``distance`` is None where it was not measured; ``why`` says why.

    ``confidence``, 0 to 1, is how far the frame lets identity be told: by the face's size,
    sharpness and turn, and how much of it is in the picture. ``margin`` is, in a film of several
    people, how much farther the nearest other reference is; below 0 it is the other one's face.
    """

    frame: int
    distance: float | None
    why: str = ""
    confidence: float = 1.0
    margin: float | None = None


@dataclass(frozen=True)
class Span:
    """Frames ``first`` to ``last``, both within, in which the person is not held.

    ``depth`` is the largest distance measured there, None where none could be.
    """

    first: int
    last: int
    kind: SpanKind
    depth: float | None
    why: str

    @property
    def frames(self) -> int:
        """How many."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Likeness:
    """One person over a film, in the order of the references.

    ``mean`` is taken over the film's measured time, ``worst`` over the measured frames; both are
    None where no frame could be measured. ``similarity`` is the mean cosine of the embeddings, the
    field's identity similarity, -1 to 1, higher is closer. ``face_share`` is the share of looked-at
    frames that show this person's face, 0 to 1. ``pose_distance`` (degrees) and
    ``expression_distance`` (see ``vivant.stages.looks``) are means over the measured frames: a film
    that repeats the photo has both near 0. ``motion`` is the landmarks' mean speed, in face heights
    a second.
    """

    curve: tuple[FrameScore, ...]
    mean: float | None
    worst: float | None
    face_share: float
    similarity: float | None = None
    spans: tuple[Span, ...] = ()
    pose_distance: float | None = None
    expression_distance: float | None = None
    motion: float | None = None


@dataclass(frozen=True)
class SegmentScore:
    """Identity and motion of one segment of the timeline, of the person held worst.

    ``seam`` is how far the landmarks jump from the frame before ``first`` to ``first``, over the
    median jump inside the segments; None for the first segment, and where no face was there.
    """

    first: int
    last: int
    text: str
    mean: float | None
    motion: float | None
    seam: float | None


@dataclass(frozen=True)
class Verdict:
    """Does the film show the people of the photos, from the first frame to the last?

    ``same_person`` is the published threshold of the eye's space; ``sentence`` says all of it to a
    person who knows none of these words.
    """

    eye: str
    same_person: float
    people: tuple[Likeness, ...]
    passed: bool
    sentence: str
    segments: tuple[SegmentScore, ...] = ()

    @property
    def mean(self) -> float | None:
        """Of the person who is farthest from the photo; None where one was not measured at all."""
        return _largest([person.mean for person in self.people])

    @property
    def worst(self) -> float | None:
        """The largest distance of all people and frames; None where one was never measured."""
        return _largest([person.worst for person in self.people])

    @property
    def face_share(self) -> float:
        """Of the person who is seen least."""
        return min(person.face_share for person in self.people)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Those of all people, in the order of the film."""
        every = (span for person in self.people for span in person.spans)
        return tuple(sorted(every, key=lambda span: (span.first, span.last)))


def _largest(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known) if len(known) == len(values) else None
