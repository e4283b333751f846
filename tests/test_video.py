"""Films: colours survive, tags are written, bytes repeat, nonsense is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from vivant.errors import VideoError
from vivant.types import Image
from vivant.video import decode, encode, probe

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
