"""A verdict's figures in words, for the picture of the curve and for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivant.types import Likeness, Span


def facts(person: Likeness) -> tuple[str, ...]:
    """What was measured of one person, without a word on what was not."""
    said = [f"face seen {person.face_share:.0%}"]
    if person.mean is None:
        said.append("identity not measured")
    else:
        said.append(f"mean distance {person.mean:.2f}")
    if person.worst is not None:
        said.append(f"worst {person.worst:.2f}")
    if person.similarity is not None:
        said.append(f"similarity {person.similarity:.2f}")
    if person.pose_distance is not None:
        said.append(f"turned {person.pose_distance:.0f}° from the photo")
    if person.expression_distance is not None:
        said.append(f"expression {person.expression_distance:.3f} off the photo")
    if person.motion is not None:
        said.append(f"motion {person.motion:.2f} faces/s")
    return tuple(said)


def fault(span: Span) -> str:
    """Its kind and how deep it is."""
    return span.kind if span.depth is None else f"{span.kind} {span.depth:.2f}"


def stretch(span: Span, fps: float) -> str:
    """When it is, in seconds and frames."""
    start, end = span.first / fps, (span.last + 1) / fps
    return f"{start:.2f} s to {end:.2f} s (frames {span.first} to {span.last})"
