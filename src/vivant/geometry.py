"""Legal sizes, lengths and frame counts: pure arithmetic that refuses and never rounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from vivant.errors import GeometryError


@dataclass(frozen=True)
class Size:
    """Width and height of the film in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True)
class Length:
    """How long the film is: ``frames`` pictures at ``fps`` a second."""

    frames: int
    fps: int

    @property
    def seconds(self) -> float:
        """The film's duration."""
        return self.frames / self.fps


@dataclass(frozen=True)
class SizeRule:
    """What sizes an engine makes: sides that divide by ``multiple``, within limits."""

    multiple: int
    smallest: int
    largest: int
    most_pixels: int
    why: str

    def __str__(self) -> str:
        whole = "" if self.multiple == 1 else f" that divide by {self.multiple}"
        sides = f"sides of {self.smallest} to {self.largest}{whole}"
        return f"{sides}, at most {self.most_pixels:,} pixels"

    def check(self, size: Size) -> None:
        """Raise GeometryError where ``size`` breaks the rule."""
        for name, side in (("width", size.width), ("height", size.height)):
            if not self.smallest <= side <= self.largest:
                raise GeometryError(
                    f"The {name} {side} is outside {self.smallest} to {self.largest} pixels:"
                    f" {self.why}."
                )
            if side % self.multiple:
                other = size.height if name == "width" else size.width
                raise GeometryError(
                    f"The {name} {side} does not divide by {self.multiple}: {self.why}."
                    f"{self._near(side, other)}"
                )
        if size.width * size.height > self.most_pixels:
            raise GeometryError(
                f"{size} has {size.width * size.height:,} pixels, more than"
                f" {self.most_pixels:,}: {self.why}."
            )

    def _near(self, side: int, other: int) -> str:
        """The legal lengths next to ``side``, where ``other`` stays."""
        below = side - side % self.multiple
        legal = [
            str(near)
            for near in (below, below + self.multiple)
            if self.smallest <= near <= self.largest and near * other <= self.most_pixels
        ]
        return f" Legal and near: {' and '.join(legal)}." if legal else ""


@dataclass(frozen=True)
class FrameRule:
    """What frame counts an engine makes: ``step·k + offset``, within limits."""

    step: int
    offset: int
    fewest: int
    most: int
    why: str

    def __str__(self) -> str:
        form = "" if self.step == 1 else f" of the form {self.step}k+{self.offset}"
        return f"{self.fewest} to {self.most} frames{form}"

    @property
    def longest(self) -> int:
        """The largest legal count."""
        return self.most - (self.most - self.offset) % self.step

    def covering(self, frames: int) -> int:
        """The smallest legal count that is no fewer than ``frames``; it may be beyond ``most``."""
        least = max(frames, self.fewest)
        return least + (self.offset - least) % self.step

    def check(self, length: Length) -> None:
        """Raise GeometryError where the frame count breaks the rule."""
        frames = length.frames
        if not self.fewest <= frames <= self.most:
            raise GeometryError(
                f"{frames} frames are outside {self.fewest} to {self.most}: {self.why}."
            )
        if (frames - self.offset) % self.step:
            below = frames - (frames - self.offset) % self.step
            raise GeometryError(
                f"{frames} frames are not of the form {self.step}k+{self.offset}: {self.why}."
                f" The nearest that are: {below} and {below + self.step}."
            )


def parse_size(text: str) -> Size:
    """Read "832x480". Raises GeometryError for anything else."""
    match = re.fullmatch(r"\s*([0-9]{1,5})\s*[x×X]\s*([0-9]{1,5})\s*", text)
    if match is None:
        raise GeometryError(f"The size {text[:40]!r} is not WIDTHxHEIGHT in pixels, as in 832x480.")
    return Size(int(match[1]), int(match[2]))


def length_of(seconds: float | Fraction, fps: int) -> Length:
    """The length in whole frames.

    Raises GeometryError where ``seconds × fps`` is no whole number of frames, or either is not
    positive: a film that is silently longer or shorter than asked breaks an edit.
    """
    _check_rate(fps)
    if not 0 < seconds <= 3600:
        raise GeometryError(
            f"{float(seconds):g} seconds are no length of a film: more than 0, at most 3600."
        )
    exact = Fraction(str(seconds)) * fps
    if exact.denominator != 1:
        below = exact.numerator // exact.denominator
        raise GeometryError(
            f"{float(seconds):g} s at {fps} frames a second are {float(exact):g} frames, no whole"
            f" number."
            f" The nearest lengths are {below / fps:.4f} s ({below} frames) and"
            f" {(below + 1) / fps:.4f} s ({below + 1} frames)."
        )
    return Length(exact.numerator, fps)


def length_in(frames: int, fps: int) -> Length:
    """The length of ``frames`` pictures. Raises GeometryError outside 1 frame to an hour."""
    _check_rate(fps)
    if not 1 <= frames <= 3600 * fps:
        raise GeometryError(f"{frames} frames are no length of a film: 1 to {3600 * fps}, an hour.")
    return Length(frames, fps)


def canvas(size: Size, multiple: int, pixels: int) -> Size:
    """The size to paint at so that a crop of it has the aspect of ``size``.

    About ``pixels`` in all, what the painter was trained on; both sides divide by ``multiple``. The
    painting is to be cropped (``image.crop_to_aspect``) and resized to ``size``, never stretched.
    """
    scale = (pixels / (size.width * size.height)) ** 0.5
    width, height = (
        max(1, round(side * scale / multiple)) * multiple for side in (size.width, size.height)
    )
    return Size(width, height)


def _check_rate(fps: int) -> None:
    if not 1 <= fps <= 120:
        raise GeometryError(f"{fps} frames a second are outside 1 to 120: players stop there.")
