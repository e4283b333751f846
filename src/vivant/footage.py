"""Read any film to be judged: upright, in its own colours, at an even rate, and no more than fits.

A phone's film of two minutes is 3600 pictures of 1920x1080, decoded 22 GB. Faces are told apart on
far less, so pictures are scaled down while they are decoded, first, and then fewer are taken. What
was not looked at as it is on disk is said, never silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from vivant.errors import VideoError
from vivant.geometry import Size
from vivant.image import MIN_SIDE
from vivant.video import beyond_srgb, opened, pictures, to_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import av

    from vivant.types import Image, Observer

MOST_BYTES = 1_500_000_000
"""Of decoded pictures; with the models of an eye, a process of 2 GB."""
SIDES = (1280, 960, 854)
"""Longest sides to scale down to, one after the other; 854x480 is what previz films are."""
MOST_FPS = 30
LEAST_FPS = 4
"""A head turns in half a second: with fewer pictures a second a face can't be followed."""


@dataclass(frozen=True, eq=False)
class Footage:
    """What was read of a film file: ``frames`` ``(t, h, w, 3)`` at exactly ``fps`` a second.

    ``size``, ``rate`` (frames a second, on average) and ``seconds`` are the file's own;
    ``notices`` say in which way ``frames`` are less than the file holds.
    """

    frames: Image
    fps: int
    size: Size
    rate: Fraction
    seconds: float
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Survey:
    """A film file as its packets tell: upright size, when each picture is shown, when it ends."""

    size: Size
    times: tuple[Fraction, ...]
    seconds: Fraction
    timed: bool
    colours: str

    @property
    def rate(self) -> Fraction:
        return Fraction(len(self.times)) / self.seconds

    @property
    def even(self) -> bool:
        steps = [after - before for before, after in pairwise(self.times)]
        usual = median(steps) if steps else 0
        return all(usual / 2 <= step <= usual * 3 / 2 for step in steps)


def read(path: Path, watch: Observer) -> Footage:
    """The film at ``path``, whatever FFmpeg opens, within 1.5 GB.

    Pictures shown longer or shorter than others are taken at an even rate, as a viewer sees them.
    Raises VideoError for what is no video, is damaged, or is too long: about five minutes.
    """
    survey = _survey(path)
    size, fps = _fit(survey, path)
    count = _count(survey, fps)
    watch.begin("read", count)
    frames = np.empty((count, size.height, size.width, 3), np.uint8)
    for number, picture in enumerate(_evenly(path, survey, fps, count)):
        frames[number] = frames[number - 1] if picture is None else to_rgb(picture, size)
        watch.step()
    notices = tuple(_notices(survey, size, fps))
    return Footage(frames, fps, survey.size, survey.rate, float(survey.seconds), notices)


# -- what the file says ------------------------------------------------------------------------


def _survey(path: Path) -> _Survey:
    """Reads all packets and decodes one picture."""
    with opened(path) as container:
        stream = container.streams.video[0]
        stored = [packet for packet in container.demux(stream) if packet.size]
        if len(stored) < stream.frames:
            raise VideoError(
                f"{path} breaks off: it says {stream.frames} frames and holds {len(stored)}."
            )
        packets = [packet for packet in stored if not packet.is_discard]
        aspect = stream.sample_aspect_ratio or Fraction(1)
        usual = Fraction(1) / (stream.average_rate or stream.base_rate or Fraction(25))
        timed = all(packet.pts is not None for packet in packets)
        if timed:
            base = Fraction(stream.time_base or usual)
            shown = sorted((p.pts or 0, p.duration or 0) for p in packets)
            times = [(at - shown[0][0]) * base for at, _ in shown]
            last = shown[-1][1] * base if shown else usual
        else:
            times, last = [number * usual for number in range(len(packets))], usual
    if not times:
        raise VideoError(f"{path} holds no frame.")
    with opened(path) as container:
        first = next(pictures(container, path), None)
    if first is None:
        raise VideoError(f"{path} holds no frame that can be decoded.")
    seconds = times[-1] + (last or usual)
    return _Survey(_size(first, aspect, path), tuple(times), seconds, timed, beyond_srgb(first))


def _size(frame: av.VideoFrame, aspect: Fraction, path: Path) -> Size:
    """Upright, with square pixels; ``aspect`` is that of the stored ones."""
    size = Size(round(frame.width * aspect), frame.height)
    if round(frame.rotation / 90) % 2:
        size = Size(size.height, size.width)
    if min(size.width, size.height) < MIN_SIDE:
        raise VideoError(f"{path} is {size}; a face needs at least {MIN_SIDE} pixels a side.")
    return size


# -- what of it is looked at -------------------------------------------------------------------


def _fit(survey: _Survey, path: Path) -> tuple[Size, int]:
    """The largest pictures and then the highest rate that fit."""
    most = _rate(survey, ceil(survey.rate / MOST_FPS - Fraction(1, 100)))
    for side in SIDES:
        size = _within(survey.size, side)
        if _bytes(survey, size, most) <= MOST_BYTES:
            return size, most
    for fewer in range(2, most // LEAST_FPS + 1):
        fps = round(most / fewer)
        if _bytes(survey, size, fps) <= MOST_BYTES:
            return size, fps
    longest = MOST_BYTES / (size.width * size.height * 3 * min(most, LEAST_FPS))
    raise VideoError(
        f"{path} is {float(survey.seconds):.0f} seconds long; up to {longest:.0f} can be looked at"
        f" closely enough ({LEAST_FPS} pictures a second of {size}) within"
        f" {MOST_BYTES / 1e9:.1f} GB.",
        mend="Cut it into shorter films.",
    )


def _rate(survey: _Survey, every: int) -> int:
    return max(1, round(survey.rate / max(1, every)))


def _within(size: Size, side: int) -> Size:
    """``size`` in its own aspect with sides of at most ``side``; never larger than it is."""
    scale = min(1.0, side / max(size.width, size.height))
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))


def _bytes(survey: _Survey, size: Size, fps: int) -> int:
    return size.width * size.height * 3 * _count(survey, fps)


def _count(survey: _Survey, fps: int) -> int:
    return max(1, round(survey.seconds * fps))


def _evenly(path: Path, survey: _Survey, fps: int, count: int) -> Iterator[av.VideoFrame | None]:
    """For each of ``count`` moments the picture shown in its middle; None: the same again."""
    with opened(path) as container:
        shown: av.VideoFrame | None = None
        fresh, given = False, 0
        start: Fraction | None = None
        for number, picture in enumerate(pictures(container, path)):
            at = _time(picture, number, survey)
            start = at if start is None else start
            while shown is not None and given < count and _middle(given, fps) < at - start:
                yield shown if fresh else None
                fresh, given = False, given + 1
            shown, fresh = picture, True
        for _ in range(given, count):
            yield shown if fresh else None
            fresh = False


def _middle(number: int, fps: int) -> Fraction:
    return Fraction(2 * number + 1, 2 * fps)


def _time(picture: av.VideoFrame, number: int, survey: _Survey) -> Fraction:
    if survey.timed and picture.pts is not None:
        return picture.pts * Fraction(picture.time_base or 1)
    return survey.times[min(number, len(survey.times) - 1)]


def _notices(survey: _Survey, size: Size, fps: int) -> Iterator[str]:
    if size != survey.size:
        yield f"Its pictures, {survey.size}, are looked at in {size}."
    if fps < survey.rate - Fraction(1, 2):
        yield f"Of its {float(survey.rate):.4g} frames a second {fps} are looked at."
    if not survey.even:
        yield f"Its frame rate varies; it is looked at at an even {fps} frames a second."
    if survey.colours:
        yield f"Its colours are {survey.colours}; they are brought to sRGB."
