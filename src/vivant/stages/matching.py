"""Faces of one picture → whose they are: one answer for keyframe, seam and film."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines.base import Eye
    from vivant.types import Face, Image, Reference

SUBJECT = 0.5
"""People side by side have faces within a fifth of each other; one at half the height stands twice
as far away, and is the background."""


def cast_of(
    image: Image, faces: Sequence[Face], references: Sequence[Reference], eye: Eye
) -> tuple[Face, ...]:
    """The embedded face of each of ``references``; ``faces`` of ``image`` are no fewer than they.

    One person alone is the nearest of the faces that are ``subjects``.
    """
    if len(references) == 1:
        faces = subjects(faces)
    chosen = [face for face in assign(image, faces, references, eye) if face is not None]
    assert len(chosen) == len(references), "fewer faces than people"
    return tuple(chosen)


def subjects(faces: Sequence[Face]) -> tuple[Face, ...]:
    """Those at least ``SUBJECT`` as high as the highest: a portrait on the wall is none."""
    highest = max((face.box.height for face in faces), default=0.0)
    return tuple(face for face in faces if face.box.height >= SUBJECT * highest)


def assign(
    image: Image, faces: Sequence[Face], references: Sequence[Reference], eye: Eye
) -> list[Face | None]:
    """For every reference its embedded face of ``faces``, with the least sum of distances.

    None where none is left. Kuhn, "The Hungarian Method for the Assignment Problem", 1955.
    """
    chosen: list[Face | None] = [None] * len(references)
    if not faces:
        return chosen
    known = [eye.embed(image, face) for face in faces]
    apart = np.array([[eye.distance(one.face, face) for face in known] for one in references])
    for reference, face in zip(*linear_sum_assignment(apart), strict=True):
        chosen[reference] = known[face]
    return chosen
