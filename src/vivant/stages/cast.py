"""Photos → references of everybody in the film, each told apart from all others."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from vivant.errors import CastError, InputError
from vivant.stages.admit import admit
from vivant.types import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vivant.engines.base import Eye
    from vivant.types import Portrait, Reference, Request

SAME_FACE = 1 / 3
"""Share of the eye's "same person" distance: 0.2 of dlib's 0.6. Measured on one portrait: cropped,
darker or enlarged it lies within 0.12, at half its size at 0.18; at a third, or badly compressed,
at 0.27 and 0.22, and then only a notice is left. Twins were not at hand."""


def check(request: Request, takes: int, painter: str, able: Callable[[int], Sequence[str]]) -> None:
    """Raise CastError where the painter takes fewer people, or the faces' numbers don't fit.

    ``takes`` is how many the painter takes; ``able`` names the recipes whose painters take so many.
    """
    people = 1 + len(request.others)
    if request.other_faces and len(request.other_faces) != len(request.others):
        raise CastError(
            f"Other photos: {len(request.others)}, numbers of faces in them: "
            f"{len(request.other_faces)}; give one for each photo, or none, or nobody knows in "
            "which photo they choose."
        )
    if people > takes:
        named = ", ".join(able(people))
        raise CastError(
            f"The film is to show {people} people, and the painter {painter!r} takes {takes}: "
            "more would be strangers, or two faces mixed into one.",
            mend=f"Recipes that take {people}: {named}." if named
            else f"No recipe takes {people}; ask for a film of fewer people.",
        )  # fmt: skip


def cast(request: Request, eye: Eye) -> tuple[Reference, ...]:
    """The references of everybody, in the order in which the prompt names them.

    Raises ImageError and PortraitError as ``admit`` does, and with several photos says which one it
    was; CastError where two photos show one face.
    """
    if not request.others:
        return (admit(request.portrait, eye, request.face),)
    faces = (request.face, *(request.other_faces or (None,) * len(request.others)))
    portraits = (request.portrait, *request.others)
    found = [
        _admitted(number, portrait, eye, face)
        for number, (portrait, face) in enumerate(zip(portraits, faces, strict=True), 1)
    ]
    for one, other in combinations(range(len(found)), 2):
        distance = eye.distance(found[one].face, found[other].face)
        if distance < SAME_FACE * eye.same_person:
            raise CastError(
                f"Photos {one + 1} and {other + 1} show the same face: their distance is "
                f"{distance:.2f}, below {SAME_FACE * eye.same_person:.2f}; nobody could say who "
                "of the two is who in the film.",
                mend="Give a photo of somebody else; of a photo of several people choose another "
                "with --face or --with-face.",
            )
        if distance < eye.same_person:
            found[other] = _lookalike(found[other], one + 1, other + 1, distance, eye.same_person)
    return tuple(found)


def _admitted(number: int, portrait: Portrait, eye: Eye, face: int | None) -> Reference:
    try:
        return _numbered(admit(portrait, eye, face), number)
    except InputError as error:
        unsaid = isinstance(portrait, str) and portrait not in error.message
        where = f" ({portrait})" if unsaid else ""
        option = "--face" if number == 1 else "--with-face"
        raise type(error)(
            f"Photo {number}{where}: {error.message}", mend=error.mend.replace("--face", option)
        ) from error


def _numbered(reference: Reference, number: int) -> Reference:
    """With notices that say which photo they speak of."""
    notices = (replace(n, message=f"Photo {number}: {n.message}") for n in reference.notices)
    return replace(reference, notices=tuple(notices))


def _lookalike(
    reference: Reference, one: int, other: int, distance: float, limit: float
) -> Reference:
    notice = Notice(
        "lookalike", distance, limit,
        f"Photos {one} and {other} look like one person (distance {distance:.2f}, two people are "
        f"{limit:.2f} or more apart); the film may mix them up.",
    )  # fmt: skip
    return replace(reference, notices=(*reference.notices, notice))
