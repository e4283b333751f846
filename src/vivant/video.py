"""Write and read films: H.264 yuv420p, BT.709 tagged, faststart, the same bytes every time.

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
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from vivant.errors import VideoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vivant.types import Image

THREADS = 1
QUALITY = {"crf": "16", "preset": "fast", "x264-params": "mbtree=0"}


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
    with _open(path) as container:
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
    """All frames of a film, ``(t, h, w, 3)`` uint8 RGB. Raises VideoError for what is no video."""
    with _open(path) as container:
        try:
            frames = [_to_rgb(frame) for frame in container.decode(video=0)]
        except av.FFmpegError as error:
            raise VideoError(f"{path} breaks off or is damaged: {error}.") from error
    if not frames:
        raise VideoError(f"{path} holds no frame.")
    return np.stack(frames)


def _to_rgb(frame: av.VideoFrame) -> Image:
    rgb = frame.reformat(
        format="rgb24",
        src_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
    )
    return cast("Image", rgb.to_ndarray())


def _open(path: Path) -> av.container.InputContainer:
    if not path.is_file():
        raise VideoError(f"{path} is not a file.")
    try:
        container = av.open(str(path))
    except av.FFmpegError as error:
        raise VideoError(f"{path} is not a video: {error}.") from error
    if not container.streams.video:
        container.close()
        raise VideoError(f"{path} holds no picture, only {container.format.name}.")
    return container
