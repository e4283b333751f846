"""What the contact sheet and the identity curve are drawn with: colours, type, and a smooth canvas.

The type is the one Pillow carries, so that a picture looks alike on every machine; it has the
letters of English and few signs beside them.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import Image
    from vivant.verdict import SpanKind

Colour: TypeAlias = tuple[int, int, int]
Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""

PAPER, INK, FAINT = (24, 24, 27), (228, 228, 231), (161, 161, 170)
RULE = (63, 63, 70)
GOOD, BAD = (134, 239, 172), (252, 165, 165)
PEOPLE: tuple[Colour, ...] = ((56, 189, 248), (251, 191, 36), (167, 139, 250))
KINDS: dict[SpanKind, Colour] = {
    "drift": (248, 113, 113),
    "swap": (232, 121, 249),
    "no face": (161, 161, 170),
    "blurred": (45, 212, 191),
    "copy": (251, 146, 60),
}
SIGNS = {
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "≤": "<=",
    "×": "x",
}


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own type."""
    return ImageFont.load_default(size)


def printable(text: str) -> str:
    """``text`` in the letters the type has: accents dropped, "?" for what is not Latin."""
    plain = "".join(SIGNS.get(sign, sign) for sign in text)
    base = (
        sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
    )
    return "".join(sign if " " <= sign <= "~" or sign in "·°±" else "?" for sign in base)


def width(text: str, size: int) -> float:
    """How many pixels ``text`` takes."""
    return float(font(size).getlength(printable(text)))


def wrap(text: str, size: int, room: float, lines: int | None = None) -> list[str]:
    """``text`` in lines no wider than ``room``; beyond ``lines`` of them it ends in "..."."""
    made: list[str] = []
    for word in text.split():
        longer = f"{made[-1]} {word}" if made else word
        if made and width(longer, size) <= room:
            made[-1] = longer
        else:
            made.append(word)
    if lines is not None and len(made) > lines:
        made = [*made[: lines - 1], " ".join(made[lines - 1 :])]
    return [_clip(line, size, room) for line in made]


def _clip(text: str, size: int, room: float) -> str:
    if width(text, size) <= room:
        return text
    while text and width(text + "...", size) > room:
        text = text[:-1]
    return text.rstrip() + "..." if text else ""


class Canvas:
    """Shapes with soft edges, under type that stays crisp. Coordinates are pixels of the picture.

    Colours may carry a fourth value, how much they cover, 0 to 255. Shapes are drawn ``smooth``
    times larger and reduced, because Pillow draws them with jagged edges.
    """

    def __init__(self, wide: int, high: int, smooth: int = 3) -> None:
        self._scale = smooth
        self._size = (wide, high)
        self._large = Picture.new("RGB", (wide * smooth, high * smooth), PAPER)
        self._draw = ImageDraw.Draw(self._large, "RGBA")
        self._type: list[tuple[float, float, str, int, Colour, str, bool]] = []

    def block(self, box: Rectangle, fill: tuple[int, ...]) -> None:
        """A full rectangle, at least half a pixel wide."""
        left, top, right, bottom = (value * self._scale for value in box)
        self._draw.rectangle((left, top, max(right, left + self._scale / 2) - 1, bottom - 1), fill)

    def frame(self, box: Rectangle, colour: Colour, thick: float) -> None:
        """The inner edge of a rectangle."""
        left, top, right, bottom = (round(value * self._scale) for value in box)
        corners = (left, top, right - 1, bottom - 1)
        self._draw.rectangle(corners, None, colour, round(thick * self._scale))

    def line(
        self, points: Sequence[tuple[float, float]], colour: tuple[int, ...], thick: float = 1.0
    ) -> None:
        """A line through ``points``."""
        large = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.line(large, colour, max(1, round(thick * self._scale)), "curve")

    def dashes(
        self, start: tuple[float, float], end: tuple[float, float], colour: tuple[int, ...],
        dash: float = 6.0,
    ) -> None:  # fmt: skip
        """A broken line."""
        length = math.hypot(end[0] - start[0], end[1] - start[1])
        x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        for at in np.arange(0.0, length, 2 * dash):
            to = min(length, at + dash)
            here = (start[0] + x * at, start[1] + y * at)
            self.line([here, (start[0] + x * to, start[1] + y * to)], colour)

    def disc(self, x: float, y: float, radius: float, fill: tuple[int, ...]) -> None:
        """A full circle."""
        box = [value * self._scale for value in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, fill)

    def hatch(
        self, box: Rectangle, colour: tuple[int, ...], rising: bool, step: float = 9.0
    ) -> None:
        """Slanting lines inside ``box``."""
        left, top, right, bottom = box
        high = bottom - top
        first = left - high - (left - high) % step
        for x in np.arange(first, right, step):
            start, end = max(x, left), min(x + high, right)
            if start < end:
                low, up = bottom - (start - x), bottom - (end - x)
                ends = (low, up) if rising else (top + bottom - low, top + bottom - up)
                self.line([(start, ends[0]), (end, ends[1])], colour)

    def text(
        self, x: float, y: float, text: str, size: int, colour: Colour = INK, anchor: str = "la",
        upwards: bool = False,
    ) -> None:  # fmt: skip
        """``text`` at (x, y) of Pillow's ``anchor``; ``upwards``: turned, (x, y) its middle."""
        self._type.append((x, y, printable(text), size, colour, anchor, upwards))

    def paste(self, picture: Picture.Image, x: int, y: int) -> None:
        """A picture, at its own size."""
        size = (picture.width * self._scale, picture.height * self._scale)
        self._large.paste(
            picture.resize(size, Picture.Resampling.NEAREST), (x * self._scale, y * self._scale)
        )

    def image(self) -> Image:
        """The finished picture, ``(high, wide, 3)``."""
        small = self._large.resize(self._size, Picture.Resampling.BOX)
        draw = ImageDraw.Draw(small)
        for x, y, text, size, colour, anchor, upwards in self._type:
            if upwards:
                _turned(small, x, y, text, size, colour)
            else:
                draw.text((x, y), text, colour, font(size), anchor)
        return np.asarray(small)


def _turned(page: Picture.Image, x: float, y: float, text: str, size: int, colour: Colour) -> None:
    mask = Picture.new("L", (int(width(text, size)) + 2, size + 6))
    ImageDraw.Draw(mask).text((1, 0), text, 255, font(size))
    mask = mask.transpose(Picture.Transpose.ROTATE_90)
    page.paste(colour, (round(x - mask.width / 2), round(y - mask.height / 2)), mask)
