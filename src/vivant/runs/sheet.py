"""The contact sheet: the photo, the keyframe and moments of the film on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont, ImageOps

if TYPE_CHECKING:
    from vivant.types import Image, Take, Verdict

COLUMNS, ROWS = 4, 3
CELL_WIDTH = 416
MARGIN, CAPTION = 12, 26
PAPER, INK, GOOD, BAD = (24, 24, 27), (228, 228, 231), (134, 239, 172), (252, 165, 165)


def contact_sheet(take: Take) -> Image:
    """One RGB page: photo, keyframe, then ten moments with their time and identity distance."""
    frames = take.film.frames
    count, height, width = frames.shape[:3]
    cell = (CELL_WIDTH, round(CELL_WIDTH * height / width))
    page = _Page(cell)
    page.cell(_fit(take.references[0].image, cell), "reference image")
    page.cell(_fit(take.keyframe.image, cell), f"keyframe  {take.keyframe.distance:.2f}")
    for index in np.linspace(0, count - 1, COLUMNS * ROWS - 2).round().astype(int):
        time = index / take.film.fps
        page.cell(_fit(frames[index], cell), f"{time:5.2f} s  {_distance(take.verdict, index)}")
    page.title(take.verdict.sentence, GOOD if take.verdict.passed else BAD)
    return np.asarray(page.picture)


class _Page:
    """Cells from left to right, top to bottom, under one line of title."""

    def __init__(self, cell: tuple[int, int]) -> None:
        self._cell = cell
        self._at = 0
        width = COLUMNS * (cell[0] + MARGIN) + MARGIN
        height = MARGIN + CAPTION + ROWS * (cell[1] + CAPTION + MARGIN)
        self.picture = Picture.new("RGB", (width, height), PAPER)
        self._draw = ImageDraw.Draw(self.picture)
        self._font = ImageFont.load_default(16)

    def cell(self, picture: Picture.Image, caption: str) -> None:
        row, column = divmod(self._at, COLUMNS)
        x = MARGIN + column * (self._cell[0] + MARGIN)
        y = MARGIN + CAPTION + row * (self._cell[1] + CAPTION + MARGIN)
        self.picture.paste(picture, (x, y))
        self._draw.text((x, y + self._cell[1] + 3), caption, INK, self._font)
        self._at += 1

    def title(self, text: str, colour: tuple[int, int, int]) -> None:
        self._draw.text((MARGIN, MARGIN - 2), text, colour, self._font)


def _fit(image: Image, cell: tuple[int, int]) -> Picture.Image:
    return ImageOps.pad(Picture.fromarray(image), cell, Picture.Resampling.LANCZOS, PAPER)


def _distance(verdict: Verdict, frame: int) -> str:
    """The distance measured nearest to ``frame``; the curve is sampled, not dense."""
    score = min(verdict.people[0].curve, key=lambda score: abs(score.frame - frame))
    return "no face" if score.distance is None else f"{score.distance:.2f}"
