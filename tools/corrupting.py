"""Films spoilt on purpose, to see whether the verdict finds it and the motion stage mends it.

A corruption changes frames ``first`` to ``last``, both within, counted from 0, and returns a new
array; the span may reach past the film. All are pure: same frames, same result.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from vivant.image import crop_to_aspect
from vivant.stages.identity.thumbs import similarity
from vivant.types import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vivant.engines.base import Animator, Eye
    from vivant.types import (
        EngineInfo,
        Face,
        Film,
        Floats,
        Footprint,
        Image,
        Length,
        Observer,
        Reach,
        Shot,
    )

_RAMP = 0.25
"""Share of a pan's span in which the face leaves the picture, and again in which it comes back."""


class Corruption(Protocol):
    """Frames and a span → new frames that are spoilt within it."""

    def __call__(self, frames: Image, first: int, last: int) -> Image:
        """``frames`` is ``(t, h, w, 3)`` uint8 and stays as it is."""


@dataclass(frozen=True, eq=False)
class Donor:
    """Somebody else: a portrait ``(h, w, 3)`` uint8 and the face in it."""

    image: Image
    face: Face


def donor(image: Image, eye: Eye) -> Donor:
    """The largest face of ``image``, which must show one."""
    return Donor(image, max(eye.look(image), key=lambda face: face.box.area))


def other_face(frames: Image, first: int, last: int, *, who: Donor, eye: Eye) -> Image:
    """``who``'s face on the body, from one frame to the next."""
    return _worn(frames, first, last, who, eye, lambda _: 1.0)


def morph(frames: Image, first: int, last: int, *, who: Donor, eye: Eye) -> Image:
    """Slowly to ``who``'s face, which is whole in the middle of the span, and back."""
    return _worn(frames, first, last, who, eye, lambda place: float(np.sin(np.pi * place) ** 2))


def blur(frames: Image, first: int, last: int, *, sigma: float) -> Image:
    """A Gaussian blur of ``sigma`` pixels over the whole picture."""

    def soft(frame: Image, _: float) -> Image:
        return np.asarray(cv2.GaussianBlur(frame, (0, 0), sigma), np.uint8)

    return _each(frames, first, last, soft)


def blackout(frames: Image, first: int, last: int) -> Image:
    """Nothing but black."""
    return _each(frames, first, last, lambda frame, _: np.zeros_like(frame))


def leaving(frames: Image, first: int, last: int, *, share: float = 1.0) -> Image:
    """The picture is pushed right by ``share`` of its width and comes back; edges are repeated."""

    def pushed(frame: Image, place: float) -> Image:
        height, width = frame.shape[:2]
        step = away(place) * share * width
        shift = np.array([[1, 0, step], [0, 1, 0]], np.float32)
        moved = cv2.warpAffine(frame, shift, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved, np.uint8)

    return _each(frames, first, last, pushed)


def away(place: float) -> float:
    """How far ``leaving`` has pushed the picture, 0 to 1, at ``place`` of its span, 0 to 1."""
    ramp = min(1.0, place / _RAMP, (1 - place) / _RAMP)
    return ramp * ramp * (3 - 2 * ramp)


def photo(
    frames: Image, first: int, last: int, *, image: Image, centre: tuple[float, float]
) -> Image:
    """The photo itself, cropped to the film's aspect round ``centre`` (pixels), standing still."""
    height, width = frames.shape[1:3]
    part = crop_to_aspect(image, Size(width, height), centre)
    still = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    return _each(frames, first, last, lambda _, __: still)


def frozen(frames: Image, first: int, last: int) -> Image:
    """The span's first frame, standing still: no fault of identity."""
    still = frames[max(first, 0)]
    return _each(frames, first, last, lambda _, __: still)


def _each(frames: Image, first: int, last: int, change: Callable[[Image, float], Image]) -> Image:
    spoilt = frames.copy()
    for frame, place in _places(len(frames), first, last):
        spoilt[frame] = change(frames[frame], place)
    return spoilt


def _places(count: int, first: int, last: int) -> Iterator[tuple[int, float]]:
    """The span's frames that a film of ``count`` has, with their places in the span, 0 to 1."""
    for frame in range(max(first, 0), min(last, count - 1) + 1):
        yield frame, (frame - first + 0.5) / (last - first + 1)


# -- faces -------------------------------------------------------------------------------------


def _worn(
    frames: Image, first: int, last: int, who: Donor, eye: Eye, weight: Callable[[float], float]
) -> Image:
    spoilt = frames.copy()
    places = list(_places(len(frames), first, last))
    if not places:
        return spoilt
    faces = eye.track(frames[places[0][0] : places[-1][0] + 1])
    for (frame, place), face in zip(places, faces, strict=True):
        if face is not None:
            spoilt[frame] = paste(frames[frame], face, who, weight(place))
    return spoilt


def paste(image: Image, face: Face, who: Donor, weight: float = 1.0) -> Image:
    """``image`` with ``who``'s face where ``face`` is: turned, scaled, and as bright.

    ``weight``, 0 to 1, cross-fades from the face that is there.
    """
    height, width = image.shape[:2]
    to_image = similarity(who.face.landmarks, face.landmarks)
    mask = _oval(who)
    worn = cv2.warpAffine(who.image, to_image, (width, height), flags=cv2.INTER_AREA)
    alpha = cv2.warpAffine(mask, to_image, (width, height))[..., None]
    inside = alpha[..., 0] > 0.5
    if not inside.any():
        return image.copy()
    gain = (image[inside].mean() + 1) / (worn[inside].mean() + 1)
    lit = np.clip(worn * gain, 0, 255)
    return np.asarray((image + weight * alpha * (lit - image)).round(), np.uint8)


def _oval(who: Donor) -> Floats:
    """1 on the face, falling to 0 at an ellipse inside its box."""
    box = who.face.box
    mask = np.zeros(who.image.shape[:2], np.float32)
    x, y = box.centre
    radii = 0.45 * box.width, 0.45 * box.height
    cv2.ellipse(mask, ((x, y), (2 * radii[0], 2 * radii[1]), 0.0), 1.0, -1)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.04 * box.height), np.float32)


# -- a person who does not exist ---------------------------------------------------------------

# Places on the mesh, and how wide and high the warp round each is, in face heights.
_NOSE, _MOUTH, _EYES = (4,), (61, 291), ((33, 133), (362, 263))
_NOSE_FIELD, _MOUTH_FIELD, _EYE_FIELD = (0.12, 0.14), (0.16, 0.10), (0.11, 0.09)
# A nose and a mouth smaller by so much, eyes nearer by so many face heights: measured 0.73 on
# scikit-image's astronaut, of which each alone gives 0.46 to 0.52.
_SMALLER, _NEARER = 0.6, 0.05


def stranger(image: Image, face: Face) -> Image:
    """The photo with other proportions: dlib puts the two 0.73 apart, where 0.60 is the limit.

    ``face`` has the landmarks of ``vivant.engines.facemesh``.
    """
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    right, down = np.zeros_like(x), np.zeros_like(y)
    size = face.box.height

    def field(points: tuple[int, ...], reach: tuple[float, float]) -> tuple[Floats, Floats, Floats]:
        """Distances from the middle of ``points``, and a bell round it."""
        cx, cy = face.landmarks[list(points)].mean(0)
        wide, high = reach[0] * size, reach[1] * size
        bell = np.exp(-(((x - cx) / wide) ** 2 + ((y - cy) / high) ** 2) / 2)
        return x - cx, y - cy, bell

    dx, _, bell = field(_NOSE, _NOSE_FIELD)
    right += _SMALLER * dx * bell
    dx, dy, bell = field(_MOUTH, _MOUTH_FIELD)
    right += _SMALLER * dx * bell
    down += _SMALLER * dy * bell
    for side, eye in zip((-1, 1), _EYES, strict=True):
        _, _, bell = field(eye, _EYE_FIELD)
        right += side * _NEARER * size * bell
    moved = cv2.remap(image, x + right, y + down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)


# -- the animator ------------------------------------------------------------------------------


@dataclass
class CorruptingAnimator:
    """An animator that spoils frames ``first`` to ``last`` of the film, whatever shot has them.

    ``calls`` says which calls of ``animate`` are spoilt, counted from 0 over all; None: every one.
    Frames that a shot repeats from the film (``Shot.start``) are left as they are.
    """

    animator: Animator
    how: Corruption
    first: int
    last: int
    calls: frozenset[int] | None = frozenset({0})
    shots: list[Shot] = field(default_factory=list)
    """What was asked for, in order."""

    @property
    def info(self) -> EngineInfo:
        """The animator's own."""
        return self.animator.info

    @property
    def reach(self) -> Reach:
        """The animator's own."""
        return self.animator.reach

    def steps(self, length: Length) -> int:
        """The animator's own."""
        return self.animator.steps(length)

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        """The animator's own."""
        return self.animator.ways(size, length)

    def check(self, size: Size, length: Length) -> None:
        """The animator's own."""
        self.animator.check(size, length)

    def read(self, texts: Sequence[str]) -> None:
        """The animator's own."""
        self.animator.read(texts)

    def animate(self, shot: Shot, watch: Observer) -> Film:
        """The animator's film, spoilt where this call is to be."""
        film = self.animator.animate(shot, watch)
        self.shots.append(shot)
        if self.calls is not None and len(self.shots) - 1 not in self.calls:
            return film
        frames = self.how(film.frames, self.first - shot.first, self.last - shot.first)
        repeated = 0 if shot.start is None else len(shot.start)
        frames[:repeated] = film.frames[:repeated]
        return replace(film, frames=frames)

    def release(self) -> None:
        """Let go of the animator's models."""
        self.animator.release()
