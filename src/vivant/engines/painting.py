"""What painters of published weights share: the reference they see, the canvas, the finished size.

Such a painter looks at cuts of the photo, paints on a canvas of the size its model was trained on,
and what it painted is cropped and scaled to the film's size. Nothing is ever stretched.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar, cast

import numpy as np
import PIL.Image

from vivant import image as pictures
from vivant.engines.residency import Lease
from vivant.errors import EngineError, GeometryError, PromptError, RecipeError
from vivant.geometry import Size, SizeRule, canvas
from vivant.types import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from vivant.engines.residency import Home
    from vivant.types import Image, Observer, Reference

Held = TypeVar("Held")

MOST_ASPECT = 3.0
"""Longer side over shorter; the widest film format, Ultra Panavision 70, has 2.76."""
MOST_ENLARGED = 2.3
"""Pixels of the film over pixels of the canvas: half as long again a side, beyond which it is soft.
The paper's 832x480 pictures open films of 1280x704, which is 2.26."""

CONTROL = "<|"
"""What the control tokens of Qwen's text encoders begin with."""

_EYE_LINE = 0.45
_ORDINALS = ("first", "second", "third", "fourth")
COUNTS = ("no", "one", "two", "three", "four")
"""How many, in words."""


Range: TypeAlias = tuple[str, float, float]
"""A setting's name, its least and its largest value."""


@dataclass(frozen=True)
class Framing:
    """A square round a face, in units of the longer side of the face's box.

    ``side`` is the square's; its centre lies ``drop`` below the box's centre.
    """

    name: str
    side: float
    drop: float


HEAD_AND_SHOULDERS = Framing("head and shoulders", side=2.6, drop=0.25)
"""Crown to chest. People stand about 2.8 face widths apart, 2.2 face heights; half a side is 1.3,
so that a neighbour's face stays out."""
HEAD = Framing("head", side=1.6, drop=-0.1)
"""Hair to chin."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A part of the reference photo: its pixels, and where in the photo it lies."""

    image: Image
    box: Box
    framing: Framing

    @property
    def record(self) -> dict[str, Any]:
        """As plain data, for the manifest: the framing's name, ``[x0, y0, x1, y1]`` in pixels."""
        box = self.box
        sides = [round(side) for side in (box.x0, box.y0, box.x1, box.y1)]
        return {"framing": self.framing.name, "box": sides}


def cut(reference: Reference, framing: Framing) -> Cut:
    """The chosen person out of the photo.

    At the photo's left and right edge the cut is narrower, not moved: to the side of a person there
    may be another. At the top and bottom it is moved, and shorter only where the photo is. So it is
    the framing's square unless the photo ends there.
    """
    height, width = reference.image.shape[:2]
    face = reference.face.box
    unit = max(face.width, face.height)
    x, y = face.centre
    half, side = framing.side * unit / 2, min(round(framing.side * unit), height)
    left = max(0, round(x - half))
    right = min(width, max(left + 1, round(x + half)))
    top = min(max(0, round(y + framing.drop * unit - side / 2)), height - side)
    part = np.ascontiguousarray(reference.image[top : top + side, left:right])
    return Cut(part, Box(left, top, right, top + side), framing)


@dataclass(frozen=True, eq=False)
class Order:
    """One picture to paint: the words as sent, what is shown of the photos, the canvas, the seed.

    ``under`` is the picture that is painted anew, of the canvas's size, None for a new one.
    """

    text: str
    cuts: Sequence[Cut]
    canvas: Size
    seed: int
    under: Image | None = None

    @property
    def shown(self) -> list[Image]:
        """All that the model sees, in the order in which the words count it."""
        return [*([] if self.under is None else [self.under]), *(one.image for one in self.cuts)]


def check_people(references: Sequence[Reference], people: int) -> None:
    """Raise EngineError for no references, and for more than ``people``: nobody is left out."""
    if not 1 <= len(references) <= people:
        raise EngineError(
            f"The picture is to show {len(references)} people; this painter takes 1 to {people}."
        )


def makes(pixels: int) -> str:
    """What films a canvas of about ``pixels`` can open, in words."""
    return (
        f"{_rule(pixels)}, at most {MOST_ASPECT:g} times as long as wide; painted on a canvas of"
        f" about {pixels:,} pixels and cropped"
    )


def check(size: Size, pixels: int) -> None:
    """Raise GeometryError for a film that a canvas of about ``pixels`` can't fill well."""
    _rule(pixels).check(size)
    aspect = max(size.width, size.height) / min(size.width, size.height)
    if aspect > MOST_ASPECT:
        raise GeometryError(
            f"{size} is {aspect:.2f} times as long as it is wide; painters are trained up to about"
            f" {MOST_ASPECT:g}, and beyond they repeat themselves."
        )


def _rule(pixels: int) -> SizeRule:
    most = round(pixels * MOST_ENLARGED)
    why = f"below 64 no face has room; above {most:,} pixels a canvas of {pixels:,} would be soft"
    return SizeRule(multiple=1, smallest=64, largest=8192, most_pixels=most, why=why)


def check_settings(chosen: Any, models: Sequence[str], ranges: Sequence[Range], name: str) -> None:
    """Raise RecipeError for a ``chosen.model`` not of ``models`` and for a value out of range."""
    if chosen.model not in models:
        raise RecipeError(
            f"The setting model of the engine {name} is {chosen.model!r}; it must be one of"
            f" {', '.join(models)}."
        )
    for field, low, high in ranges:
        if not low <= getattr(chosen, field) <= high:
            raise RecipeError(
                f"The setting {field} of the engine {name} is {getattr(chosen, field):g}; it must"
                f" lie within {low:g} to {high:g}."
            )


class Canvas:
    """What one picture is painted on. It may become smaller, while the film is not yet soft."""

    def __init__(self, film: Size, multiple: int, pixels: int) -> None:
        self._film = film
        self._multiple = multiple
        self._pixels = pixels

    @property
    def pixels(self) -> int:
        """About how many it has."""
        return self._pixels

    @property
    def size(self) -> Size:
        """About as many pixels as the model was trained on, nearly in the film's aspect."""
        return canvas(self._film, self._multiple, self._pixels)

    def shrink(self) -> str | None:
        """Half as large, in words for the record; None where that is too small for the film."""
        smaller = self._pixels // 2
        if self._film.width * self._film.height > smaller * MOST_ENLARGED:
            return None
        self._pixels = smaller
        return f"a canvas of {self.size}"


def shrunk(image: Image, multiple: int, pixels: int, least: int) -> PIL.Image.Image:
    """``image`` with at most ``pixels``, both sides dividing by ``multiple``, a rim cropped off.

    It is enlarged only where a side is shorter than ``least``, itself a multiple.
    """
    height, width = image.shape[:2]
    return PIL.Image.fromarray(
        fitted(image, shrunk_size(Size(width, height), multiple, pixels, least))
    )


def shrunk_size(size: Size, multiple: int, pixels: int, least: int) -> Size:
    """What ``shrunk`` makes of a picture of ``size``; of its own results it makes the same."""
    width, height = size.width, size.height
    scale = max(min(1.0, math.sqrt(pixels / (width * height))), least / min(width, height))
    sides = (int(side * scale + 1e-6) // multiple * multiple for side in (width, height))
    return Size(*sides)


def filled(image: Image, multiple: int, pixels: int) -> PIL.Image.Image:
    """``image`` at about ``pixels`` (``kept_size``), enlarged if need be; a rim is cropped off."""
    height, width = image.shape[:2]
    return PIL.Image.fromarray(fitted(image, kept_size(Size(width, height), multiple, pixels)))


def kept_size(size: Size, multiple: int, pixels: int) -> Size:
    """About the aspect of ``size``, and ``geometry.canvas`` gives it for itself.

    So a library that computes a size by the same rule leaves a picture of this size as it is.
    """
    while (legal := canvas(size, multiple, pixels)) != size:
        size = legal
    return size


def fitted(image: Image, size: Size) -> Image:
    """``image`` cropped to the aspect of ``size`` and scaled to it, never stretched.

    Where a painted face is, nobody has looked yet. So the crop keeps the middle from left to right,
    and from top to bottom what lies around 45 % of the height, where heads are: up to a tenth of
    the height is lost at the bottom alone.
    """
    height, width = image.shape[:2]
    return pictures.resize(
        pictures.crop_to_aspect(image, size, centre=(width / 2, height * _EYE_LINE)), size
    )


def unfitted(image: Image, canvas: Size) -> Image:
    """A canvas out of which ``fitted`` takes ``image``, at its place; around it its edge goes on.

    So what is painted over it comes back pixel for pixel where it was, apart from the scale.
    """
    height, width = image.shape[:2]
    places = np.arange(canvas.width * canvas.height).reshape(canvas.height, canvas.width)
    kept = pictures.crop_to_aspect(
        cast("Image", places),
        Size(width, height),
        centre=(canvas.width / 2, canvas.height * _EYE_LINE),
    )
    top, left = divmod(int(kept[0, 0]), canvas.width)
    high, wide = kept.shape[:2]
    below, right = canvas.height - top - high, canvas.width - left - wide
    scaled = pictures.resize(image, Size(wide, high))
    return np.pad(scaled, ((top, below), (left, right), (0, 0)), mode="edge")


def cast_list(people: int, views: int, noun: str, before: int = 0) -> str:
    """Who is in which picture, in words; everybody in ``views`` pictures, after ``before`` others.

    ``noun`` is what the model calls a picture: "the first person is the one in image 1".
    """
    said = []
    for person, ordinal in zip(range(people), _ORDINALS, strict=False):
        first = before + person * views + 1
        shown = " and ".join(f"{noun} {number}" for number in range(first, first + views))
        said.append(f"the {ordinal} person is the one in {shown}")
    return "; ".join(said)


def again(people: int, noun: str) -> str:
    """Words for an editing model: the first picture again, with the faces of the others.

    Those pictures show ``people`` persons, one each. Of the scene nothing is said: the picture
    shows it, and words for another moment would pull it there.
    """
    one = people == 1
    kept = (
        f"Make {noun} 1 again, the same in everything but the {'face' if one else 'faces'}: the"
        " same place, light and colours, the same clothes and hair, the same pose and turn of the"
        " head, the same expression and gaze, everything where it is and as large as it is."
    )
    if one:
        anew = (
            f" Only the face is made anew: it is that of the person in {noun} 2, with exactly their"
            " shape of the face, eyes, nose, mouth, skin and age."
        )
    else:
        anew = (
            f" Only the faces of these people are made anew: {cast_list(people, 1, noun, 1)}. Each"
            f" stays where they are in {noun} 1, and has exactly the shape of the face, the eyes,"
            " the nose, the mouth, the skin and the age of their own picture, nothing of anybody"
            " else's."
        )
    return f"{kept}{anew} Nothing else is taken from the other {'picture' if one else 'pictures'}."


def sentence(text: str) -> str:
    """``text`` ended by a full stop, proven to hold no control token. Raises PromptError.

    The text encoders read ``<|…|>`` not as words but as a turn of the talk or a picture.
    """
    start = text.find(CONTROL)
    if start >= 0:
        raise PromptError(
            f"The spatial prompt holds {text[start : start + 20]!r}, a control token of the text"
            " encoder; write words."
        )
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."


def steps_to(watch: Observer) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
    """A diffusers ``callback_on_step_end`` that tells ``watch``, which may raise CancelledError."""

    def told(pipe: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        del pipe, step, timestep, tensors
        watch.step()
        return {}

    return told


def pixels(painted: NDArray[np.floating[Any]]) -> Image:
    """What a pipeline gives as ``(height, width, 3)`` from 0 to 1, as an image.

    Raises EngineError where it holds no numbers: then the arithmetic overflowed.
    """
    if not np.isfinite(painted).all():
        raise EngineError(
            "The painter's arithmetic overflowed; the picture holds values that are no numbers.",
            mend="Set the painter's dtype to bfloat16 or float32.",
        )
    return (painted * 255).round().astype(np.uint8)


def installed(package: str) -> str:
    """The version of a distribution; an engine can say who it is without it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


class Resident(Generic[Held]):
    """Models that live in one home at a time, from their first use until ``end``."""

    def __init__(self, make: Callable[[Home], Held]) -> None:
        self._make = make
        self._lease: tuple[Home, Lease[Held]] | None = None

    @property
    def home(self) -> Home | None:
        """Where the models are; None without models.

        While they are here, free memory says nothing of whether they fit: they hold it.
        """
        return self._lease[0] if self._lease else None

    def take(self, home: Home) -> Held:
        """The models at ``home``, loaded where they are not, or are elsewhere."""
        if self._lease is None or self._lease[0] != home:
            self.end()
            self._lease = home, Lease(lambda: self._make(home))
        return self._lease[1].take()

    def end(self) -> None:
        """Give their memory back; without models, nothing."""
        if self._lease is not None:
            self._lease[1].end()
            self._lease = None
