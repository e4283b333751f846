"""Write films, the same bytes every time: H.264 yuv420p, BT.709 tagged, faststart; and read any.

FFmpeg's default conversion from RGB uses the BT.601 matrix and writes no tag, which players of HD
read as BT.709: colours shift by up to 22/255. So the matrix is asked for and every tag is written.
x264's output depends on its thread count, so that is pinned; and its macroblock tree gave three
files for three encodings of one film here, even with one thread, so that is off.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.stream import Disposition
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
)

from vivant.errors import VideoError
from vivant.hdr import BT2020, DISPLAY_P3, HLG, PQ, to_srgb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vivant.types import Image, Size

THREADS = 1
QUALITY = {"crf": "16", "preset": "fast", "x264-params": "mbtree=0"}

STILLS = ("_pipe", "image2")
"""How the names end of FFmpeg's readers of single pictures, whatever the file is called."""
UNNAMED = 2
MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""ITU-T H.273's numbers of matrix coefficients; 601 has one for 625 lines and one for 525."""


@dataclass(frozen=True)
class VideoFacts:
    """What a film file says of itself."""

    width: int
    height: int
    fps: Fraction
    frames: int
    codec: str
    pixel_format: str
    metadata: Mapping[str, str]

    @property
    def seconds(self) -> float:
        """The film's duration."""
        return float(self.frames / self.fps)


def encode(frames: Iterable[Image], path: Path, fps: int, metadata: Mapping[str, str]) -> None:
    """Write ``frames`` (each ``(h, w, 3)`` uint8 RGB, even sides, all alike) as an mp4 at ``path``.

    The path is written directly; use ``vivant.files.atomic`` for a file that appears whole.
    Raises VideoError for no frames, odd sides or frames that differ in size.
    """
    iterator = iter(frames)
    first = next(iterator, None)
    if first is None:
        raise VideoError("A film needs at least one frame; there are none.")
    height, width = first.shape[:2]
    if width % 2 or height % 2:
        raise VideoError(f"{width}x{height} has an odd side; yuv420p halves both for colour.")
    options = {"movflags": "+faststart+use_metadata_tags"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        container.metadata.update(metadata)
        stream = container.add_stream("libx264", rate=fps, options=dict(QUALITY))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.thread_count = THREADS
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        context.color_range = ColorRange.MPEG
        for image in _chain(first, iterator):
            if image.shape != first.shape:
                raise VideoError(f"A frame is {image.shape}, the first was {first.shape}.")
            container.mux(stream.encode(_to_yuv(image)))
        container.mux(stream.encode())


def _chain(first: Image, rest: Iterator[Image]) -> Iterator[Image]:
    yield first
    yield from rest


def _to_yuv(image: Image) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
    return frame.reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )


def probe(path: Path) -> VideoFacts:
    """The facts of a film file; counts its frames. Raises VideoError for what is no video."""
    with opened(path) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate
        if rate is None:
            raise VideoError(f"{path} does not say its frame rate.")
        count = stream.frames or sum(1 for _ in container.decode(stream))
        context = stream.codec_context
        return VideoFacts(
            width=context.width,
            height=context.height,
            fps=rate,
            frames=count,
            codec=context.name,
            pixel_format=context.pix_fmt or "unknown",
            metadata=dict(container.metadata),
        )


def decode(path: Path) -> Image:
    """All frames of a film, ``(t, h, w, 3)`` uint8 RGB, as they are meant to be seen.

    Raises VideoError for what is no video. A long film does not fit: see ``vivant.footage``.
    """
    with opened(path) as container:
        frames = [to_rgb(frame) for frame in pictures(container, path)]
    if not frames:
        raise VideoError(f"{path} holds no frame.")
    return np.stack(frames)


def pictures(container: av.container.InputContainer, path: Path) -> Iterator[av.VideoFrame]:
    """The frames of an opened film, in the order they are shown. Raises VideoError."""
    try:
        yield from container.decode(video=0)
    except av.FFmpegError as error:
        raise VideoError(f"{path} breaks off or is damaged: {error}.") from error


def to_rgb(frame: av.VideoFrame, size: Size | None = None) -> Image:
    """A decoded frame as it is meant to be seen: upright sRGB ``(h, w, 3)`` uint8.

    ``size`` is that of the upright picture, the frame's own by default. The frame's own matrix and
    range are used; HDR and wide gamuts are brought to sRGB.
    """
    quarters = round(frame.rotation / 90) % 4
    wide, high = (frame.width, frame.height) if size is None else (size.width, size.height)
    if size is not None and quarters % 2:
        wide, high = high, wide
    matrix = None if frame.format.is_rgb or frame.format.has_palette else _matrix(frame)
    special = beyond_srgb(frame)
    rgb = frame.reformat(
        width=wide,
        height=high,
        format="rgb48le" if special else "rgb24",
        src_colorspace=matrix,
        src_color_range=None if matrix is None else _range(frame),
        dst_color_range=ColorRange.JPEG,
        interpolation=Interpolation.AREA if size else Interpolation.BILINEAR,
    ).to_ndarray()
    if special:
        rgb = to_srgb(rgb.astype(np.uint16), frame.color_trc, frame.color_primaries)
    return np.ascontiguousarray(np.rot90(cast("Image", rgb), quarters))


def beyond_srgb(frame: av.VideoFrame) -> str:
    """What the frame's colours are where they are not those of standard films; else empty."""
    if frame.color_trc in (PQ, HLG):
        return "HDR"
    return "wide gamut" if frame.color_primaries in (BT2020, DISPLAY_P3) else ""


def _matrix(frame: av.VideoFrame) -> Colorspace:
    """The matrix the frame names; of one that names none, what players take for its size."""
    if frame.colorspace == UNNAMED:
        large = frame.width >= 1280 or frame.height > 576
        return Colorspace.ITU709 if large else Colorspace.ITU601
    return MATRICES.get(frame.colorspace, Colorspace.ITU709)


def _range(frame: av.VideoFrame) -> ColorRange:
    full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    return ColorRange.JPEG if full else ColorRange.MPEG


def opened(path: Path) -> av.container.InputContainer:
    """The file as a container with pictures; close it. Raises VideoError for what is no video."""
    if not path.is_file():
        raise VideoError(f"{path} is not a file.")
    try:
        container = av.open(str(path))
    except av.FFmpegError as error:
        raise VideoError(f"{path} is not a video: {error.strerror}.") from error
    if all(Disposition.attached_pic in s.disposition for s in container.streams.video):
        container.close()
        raise VideoError(f"{path} holds no picture, only sound or text.")
    if container.format.name.endswith(STILLS):
        container.close()
        raise VideoError(f"{path} is a photo, not a film: nothing in it moves.")
    return container
