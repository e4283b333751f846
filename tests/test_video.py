"""Films: colours survive, tags are written, bytes repeat, nonsense is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from vivant.errors import VideoError
from vivant.types import Image
from vivant.video import decode, encode, probe, to_rgb

BARS = ((235, 16, 16), (16, 235, 16), (16, 16, 235), (235, 235, 235), (128, 128, 128), (16, 16, 16))


def bars(width: int = 192, height: int = 64) -> Image:
    image = np.zeros((height, width, 3), np.uint8)
    step = width // len(BARS)
    for i, colour in enumerate(BARS):
        image[:, i * step : (i + 1) * step] = colour
    return image


def test_colours_survive_the_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "bars.mp4"
    encode([bars()] * 3, path, 24, {})
    frames = decode(path)
    assert frames.shape == (3, 64, 192, 3)
    step = 192 // len(BARS)
    centres = frames[1, 32, step // 2 :: step][: len(BARS)].astype(int)
    assert np.abs(centres - np.array(BARS)).max() <= 3


def test_the_stored_luma_is_bt709(tmp_path: Path) -> None:
    """ITU-R BT.709: Y' = 0.2126 R' + 0.7152 G' + 0.0722 B', in 16..235."""
    path = tmp_path / "green.mp4"
    encode([np.full((64, 64, 3), (0, 255, 0), np.uint8)] * 2, path, 24, {})
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        luma = frame.to_ndarray()[:64]
        context = container.streams.video[0].codec_context
        assert abs(int(np.median(luma)) - (16 + 219 * 0.7152)) <= 1
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1


def test_probe_says_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    encode([bars()] * 12, path, 8, {"comment": "vivant previz", "vivant_seed": "7"})
    facts = probe(path)
    assert (facts.width, facts.height, facts.frames, facts.fps) == (192, 64, 12, Fraction(8))
    assert (facts.codec, facts.pixel_format, facts.seconds) == ("h264", "yuv420p", 1.5)
    assert facts.metadata["comment"] == "vivant previz"
    assert facts.metadata["vivant_seed"] == "7"


def test_the_same_frames_give_the_same_bytes(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (10, 64, 96, 3), np.uint8)
    for name in ("a.mp4", "b.mp4"):
        encode(noise, tmp_path / name, 24, {"comment": "same"})
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_what_made_bytes_differ_is_off(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    encode([bars()] * 4, path, 24, {})
    data = path.read_bytes()
    assert b"threads=1 " in data and b"mbtree=0 " in data


def test_faststart_puts_the_index_before_the_pictures(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    encode([bars()] * 2, path, 24, {})
    data = path.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match="at least one frame"):
        encode([], tmp_path / "x.mp4", 24, {})
    with pytest.raises(VideoError, match="odd side"):
        encode([np.zeros((63, 64, 3), np.uint8)], tmp_path / "x.mp4", 24, {})
    with pytest.raises(VideoError, match="the first was"):
        encode([bars(), bars(96)], tmp_path / "y.mp4", 24, {})
    text = tmp_path / "text.mp4"
    text.write_text("no film")
    for path in (text, tmp_path / "absent.mp4", tmp_path):
        with pytest.raises(VideoError):
            probe(path)
    with pytest.raises(VideoError):
        decode(text)


def stored(path: Path, matrix: int, full: bool, tagged: bool, size: tuple[int, int]) -> Path:
    """The bars, stored with ITU-T H.273's matrix ``matrix`` and range, said or not."""
    image = bars(*size)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"crf": "4"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv444p"
        if tagged:
            stream.codec_context.colorspace = matrix
            stream.codec_context.color_range = 2 if full else 1
        frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(
            format="yuv444p", dst_colorspace=5 if matrix == 6 else matrix,
            dst_color_range=2 if full else 1,
        )  # fmt: skip
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.mark.parametrize(
    ("matrix", "full", "tagged", "size"),
    [
        (5, False, True, (192, 64)),
        (6, True, True, (192, 64)),
        (1, False, True, (192, 64)),
        (1, True, True, (192, 64)),
        (9, False, True, (192, 64)),
        (6, False, False, (640, 480)),
        (1, False, False, (1284, 720)),
    ],
)
def test_films_of_others_are_read_by_their_own_matrix(
    tmp_path: Path, matrix: int, full: bool, tagged: bool, size: tuple[int, int]
) -> None:
    """Untagged, small pictures are BT.601 and large ones BT.709, as players have it."""
    frames = decode(stored(tmp_path / "film.mkv", matrix, full, tagged, size))
    step = size[0] // len(BARS)
    centres = frames[0, 32, step // 2 :: step][: len(BARS)].astype(int)
    assert np.abs(centres - np.array(BARS)).max() <= 3


def test_hdr_is_brought_to_srgb() -> None:
    """A grey of 203 nits is SDR's white (ITU-R BT.2408); as PQ (BT.2100) it is coded 0.58."""
    code = round(0.58 * 65535)
    frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), code, np.uint16), format="rgb48le")
    hdr = frame.reformat(
        format="yuv420p10le", src_color_range=2, dst_colorspace=9, dst_color_range=1
    )
    hdr.color_trc, hdr.color_primaries = 16, 9
    assert to_rgb(hdr).mean() > 240
    hdr.color_trc, hdr.color_primaries = 1, 1
    assert to_rgb(hdr).mean() == pytest.approx(0.58 * 255, abs=2)
