"""Photo → reference: is there one face in it that can be kept, and what will cost quality?

Hard limits refuse, each with its own error, the measured value and the limit; soft limits admit and
leave a notice. The limits come from measurements on portraits degraded step by step (small,
blurred, cut): a soft limit is where the photo begins to drift from itself (identity distance about
0.15 of 0.60), a hard one where it is half lost (0.3 to 0.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.errors import (
    FaceBlurredError,
    FaceChoiceError,
    FaceCutError,
    FaceTooSmallError,
    FaceTurnedError,
    NoFaceError,
    SeveralFacesError,
)
from vivant.image import check_array, digest, open_image
from vivant.stages import looks
from vivant.types import Box, Notice, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vivant.engines.base import Eye
    from vivant.types import Face, Image

BYSTANDER = 1 / 3
"""A face lower than this share of the tallest is a poster or a passer-by, not a second subject."""

LEAST_HEIGHT = 48
"""Pixels from forehead to chin. At 44 a face is 0.20 to 0.27 away from its own large photo."""
GOOD_HEIGHT = 96
"""From 100 pixels on that distance is at most 0.14."""

MOST_BLUR = 0.84
"""Crété's blur effect of the face at 128 pixels. A blur of 2 % of the face's height gives 0.79 to
0.83 and a distance of 0.27 to 0.42, one of 3 % gives 0.86 and more, and up to 0.51."""
SOFT_BLUR = 0.66
"""A blur of 1 % of the face's height: distance about 0.2. Sharp portraits lie at 0.38 to 0.53."""

MOST_CUT = 0.15
"""Share of the face outside the picture: a tenth costs up to 0.27, a fifth up to 0.56."""
SOFT_CUT = 0.02
"""Any visible cut has to be invented; a hundredth is within the landmarks' own error."""

MOST_YAW = 100
"""Degrees. Beyond profile no feature that tells people apart is in view."""
MOST_PITCH = 60
"""Degrees. Straight from above or below, eyes, nose and mouth hide each other."""
SOFT_TURN = 35
"""Degrees off the camera's axis. Beyond, one eye and cheek are not in the photo."""
SOFT_ROLL = 25
"""Degrees of tilt; more needs levelling, which costs the picture's corners."""

DARK = 45
"""Median grey level, 0 to 255, over the face. Below, noise is as large as the features."""
BLOWN = 250
MOST_BLOWN = 0.25
"""Share of the face at or above level 250, where there is no skin left to light anew."""

HAIR_ABOVE = 0.3
HAIR_BESIDE = 0.1
HAIR_BEHIND = 0.5
"""Hair and ears reach this far beyond the face, in shares of its height; in profile, behind it."""


def admit(portrait: str | Image, eye: Eye, face: int | None = None) -> Reference:
    """The reference of the person in ``portrait``, a path or an RGB array.

    ``face`` chooses among several, counted from 1 at the left; None takes the only one, small
    bystanders left aside. Raises ImageError for what is no picture, and a PortraitError of its own
    kind for no face, several, a wrong choice, and a face that is too small, turned away, cut by
    the picture's edge, or blurred.
    """
    image = open_image(portrait) if isinstance(portrait, str) else check_array(portrait)
    faces = eye.look(image)
    chosen = _choose(faces, face)
    _require(image, chosen)
    notices = tuple(_notices(image, chosen, len(faces) - 1))
    return Reference(image, eye.embed(image, chosen), digest(image), notices)


def _choose(faces: tuple[Face, ...], number: int | None) -> Face:
    if not faces:
        raise NoFaceError(
            "No face was found in the photo.",
            mend="Use a photo that shows one face, upright, lit and free of cover.",
        )
    if number is None:
        tallest = max(faces, key=lambda face: face.box.height)
        least = BYSTANDER * tallest.box.height
        subjects = [face for face in faces if face.box.height >= least]
        if len(subjects) > 1:
            raise SeveralFacesError(
                f"The photo shows {len(faces)} faces: {_listed(faces)}.",
                mend=f"Choose one with --face N, N from 1 to {len(faces)}.",
            )
        return tallest
    if not 1 <= number <= len(faces):
        raise FaceChoiceError(
            f"There is no face {number}: the photo shows {_listed(faces)}.",
            mend=f"Choose --face N with N from 1 to {len(faces)}.",
        )
    return faces[number - 1]


def _listed(faces: tuple[Face, ...]) -> str:
    """All faces with their number, size and place, left to right."""
    return "; ".join(
        f"{number}: {face.box.width:.0f}x{face.box.height:.0f} px at "
        f"({face.box.x0:.0f}, {face.box.y0:.0f})"
        for number, face in enumerate(faces, 1)
    )


# -- hard limits -------------------------------------------------------------------------------


def _require(image: Image, face: Face) -> None:
    """Raise the PortraitError of the first hard limit that ``face`` breaks."""
    if face.box.height < LEAST_HEIGHT:
        raise FaceTooSmallError(
            f"The face is {face.box.height:.0f} pixels high; at least {LEAST_HEIGHT} are needed to "
            "tell people apart.",
            mend="Use a larger photo, or one taken closer.",
        )
    if (cut := 1.0 - looks.visible(image, face)) > MOST_CUT:
        raise FaceCutError(
            f"The picture's edge cuts off {cut:.0%} of the face; at most {MOST_CUT:.0%} can be "
            "missing, because what is not in the photo would be somebody else's.",
            mend="Use a photo with the whole face in it.",
        )
    if face.pose and (abs(face.pose.yaw) > MOST_YAW or abs(face.pose.pitch) > MOST_PITCH):
        raise FaceTurnedError(
            f"The face is turned {face.pose.yaw:.0f}° sideways and {face.pose.pitch:.0f}° up or "
            f"down; up to {MOST_YAW}° and {MOST_PITCH}° it can be recognised.",
            mend="Use a photo that shows the face from the front or in profile.",
        )
    if (blur := looks.blur(image, face.box)) > MOST_BLUR:
        raise FaceBlurredError(
            f"The face's blur is {blur:.2f} on a scale from 0 to 1; above {MOST_BLUR} the features "
            "that tell people apart are gone.",
            mend="Use a sharper photo.",
        )


# -- soft limits -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Measure:
    """One soft limit: ``sentence`` is formatted with ``value`` and ``limit``."""

    what: str
    value: float
    limit: float
    sentence: str
    too_low: bool = False

    @property
    def broken(self) -> bool:
        return self.value < self.limit if self.too_low else self.value > self.limit

    @property
    def notice(self) -> Notice:
        message = self.sentence.format(value=self.value, limit=self.limit)
        return Notice(self.what, self.value, self.limit, message)


def _notices(image: Image, face: Face, others: int) -> Iterator[Notice]:
    for measure in _measures(image, face, others):
        if measure.broken:
            yield measure.notice


def _measures(image: Image, face: Face, others: int) -> Iterator[_Measure]:
    yield _Measure(
        "other faces",
        others,
        0,
        "The photo shows other faces, too ({value:.0f}); they are left out.",
    )
    yield _Measure(
        "face height", face.box.height, GOOD_HEIGHT,
        "The face is small: {value:.0f} pixels high, {limit:.0f} or more keep its detail.",
        too_low=True,
    )  # fmt: skip
    yield _Measure(
        "blur", looks.blur(image, face.box), SOFT_BLUR,
        "The face is soft: blur {value:.2f}, sharp photos stay below {limit:.2f}.",
    )  # fmt: skip
    yield _Measure(
        "face cut", 1.0 - looks.visible(image, face), SOFT_CUT,
        "The picture's edge cuts off {value:.0%} of the face, which will be made up.",
    )  # fmt: skip
    yield _Measure(
        "hair cut", 1.0 - looks.inside_share(image, _head(face)), SOFT_CUT,
        "The picture's edge cuts hair or ears ({value:.0%} of the head), which will be made up.",
    )  # fmt: skip
    if face.pose:
        yaw, pitch = np.radians([face.pose.yaw, face.pose.pitch])
        yield _Measure(
            "turn", float(np.degrees(np.arccos(np.cos(yaw) * np.cos(pitch)))), SOFT_TURN,
            "The face is turned {value:.0f}° from the camera; its hidden side has to be guessed.",
        )  # fmt: skip
        yield _Measure(
            "tilt", abs(face.pose.roll), SOFT_ROLL,
            "The head is tilted {value:.0f}°; levelling it costs the picture's corners.",
        )  # fmt: skip
    yield from _exposure(image, face)


def _exposure(image: Image, face: Face) -> Iterator[_Measure]:
    levels = _levels(image, face)
    if levels.size:
        yield _Measure(
            "brightness", float(np.median(levels)), DARK,
            "The face is dark: median level {value:.0f} of 255, {limit:.0f} or more is good.",
            too_low=True,
        )  # fmt: skip
        yield _Measure(
            "over-exposure", float((levels >= BLOWN).mean()), MOST_BLOWN,
            "{value:.0%} of the face is over-exposed; colour can't be won back there.",
        )  # fmt: skip


# -- measures ----------------------------------------------------------------------------------


def _head(face: Face) -> Box:
    """The face with hair and ears; turned away, the back of the head comes into view."""
    box = face.box
    behind = HAIR_BEHIND * float(np.sin(np.radians(face.pose.yaw))) if face.pose else 0.0
    left, right = HAIR_BESIDE + max(0.0, behind), HAIR_BESIDE + max(0.0, -behind)
    return Box(
        box.x0 - left * box.height,
        box.y0 - HAIR_ABOVE * box.height,
        box.x1 + right * box.height,
        box.y1,
    )


def _levels(image: Image, face: Face) -> NDArray[np.float64]:
    """Grey levels of the face without its background: inside the outline of its landmarks.

    Where an eye gives a few landmarks only, that is the skin between eyes and mouth.
    """
    inside = np.zeros(image.shape[:2], np.uint8)
    outline = cv2.convexHull(np.round(face.landmarks).astype(np.int32))
    cv2.fillConvexPoly(inside, outline, 1)
    return np.asarray(image[inside > 0] @ np.array([0.299, 0.587, 0.114]))
