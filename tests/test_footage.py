"""Any film, read to be judged: upright, at an even rate, bounded, and nothing kept silent."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from PIL import Image as Picture

from tests import tiny
from vivant import footage
from vivant.errors import VideoError
from vivant.footage import read
from vivant.geometry import Size
from vivant.types import Image, Silent
from vivant.video import encode

WIDE = Size(128, 64)


def numbered(count: int, size: Size = WIDE) -> list[Image]:
    """Frame ``n`` is grey level ``10 + 4 n``."""
    return [np.full((size.height, size.width, 3), 10 + 4 * n, np.uint8) for n in range(count)]


def number(frame: Image) -> int:
    return round((float(frame.mean()) - 10) / 4)


def film(
    path: Path, images: list[Image], rate: Fraction = Fraction(24), turn: float = 0.0,
    times: list[int] | None = None,
) -> Path:  # fmt: skip
    """A film made elsewhere; ``times`` in thousandths of a second, for a varying rate."""
    codec = {".webm": "libvpx-vp9", ".gif": "gif"}.get(path.suffix, "libx264")
    with av.open(str(path), "w") as container:
        stream = cast("av.VideoStream", container.add_stream(codec, rate=rate))
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = "rgb8" if codec == "gif" else "yuv444p"
        if turn:
            stream.set_display_rotation(turn)
        if times:
            stream.codec_context.time_base = Fraction(1, 1000)
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            if times:
                frame.pts, frame.time_base = times[index], Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def test_a_film_of_ours_is_read_frame_by_frame(tmp_path: Path) -> None:
    encode(numbered(48), tmp_path / "film.mp4", 24, {})
    watch = tiny.Watcher()
    shot = read(tmp_path / "film.mp4", watch)
    assert [number(frame) for frame in shot.frames] == list(range(48))
    assert (shot.fps, shot.size, shot.seconds, shot.rate) == (24, WIDE, 2.0, Fraction(24))
    assert shot.notices == () and watch.said == ["read 48"] and watch.steps == 48


@pytest.mark.parametrize("name", ["film.mov", "film.mkv", "film.webm", "film.gif", "film.avi"])
def test_containers_and_codecs_of_others(tmp_path: Path, name: str) -> None:
    shot = read(film(tmp_path / name, numbered(20), Fraction(10)), Silent())
    assert shot.fps == 10 and shot.frames.shape == (20, 64, 128, 3)
    assert [number(frame) for frame in shot.frames] == pytest.approx(list(range(20)), abs=2)


def test_odd_sides_stay_as_they_are(tmp_path: Path) -> None:
    shot = read(film(tmp_path / "a.mkv", numbered(2, Size(101, 77))), Silent())
    assert shot.frames.shape == (2, 77, 101, 3) and shot.notices == ()


@pytest.mark.parametrize(("turn", "corner"), [(90, (1, 0)), (-90, (0, 1)), (180, (1, 1))])
def test_a_phone_s_film_is_turned_upright(
    tmp_path: Path, turn: int, corner: tuple[int, int]
) -> None:
    """The stored picture is white at its top left; ``turn`` is counterclockwise, as FFmpeg has it.

    A phone held upright writes the matrix (0, 1; -1, 0): a quarter clockwise (ISO 14496-12).
    """
    image = np.zeros((64, 128, 3), np.uint8)
    image[:16, :16] = 255
    path = film(tmp_path / "a.mp4", [image] * 2, turn=turn)
    phone = struct.pack(">5i", 0, 1 << 16, 0, -1 << 16, 0)
    assert (phone in path.read_bytes()) == (turn == -90)
    shot = read(path, Silent())
    upright = shot.frames[0]
    assert upright.shape[:2] == ((64, 128) if turn == 180 else (128, 64))
    assert shot.size == Size(upright.shape[1], upright.shape[0])
    assert upright[corner[0] * -9 + 4, corner[1] * -9 + 4].min() > 200
    assert upright.mean() < 20


def test_a_varying_rate_is_evened_by_what_a_viewer_sees(tmp_path: Path) -> None:
    """Frame 2 stands for a second; the others for a tenth each."""
    times = [0, 100, 200, 1200, 1300, 1400]
    shot = read(film(tmp_path / "a.mkv", numbered(6), times=times), Silent())
    assert shot.seconds == pytest.approx(1.5, abs=0.07)
    seen = [number(frame) for frame in shot.frames]
    assert seen == sorted(seen)
    assert seen.count(2) / shot.fps == pytest.approx(1.0, abs=0.5 / shot.fps + 0.01)
    assert "varies" in " ".join(shot.notices)


def test_of_high_rates_an_even_share_is_looked_at(tmp_path: Path) -> None:
    encode(numbered(50), tmp_path / "film.mp4", 50, {})
    shot = read(tmp_path / "film.mp4", Silent())
    assert shot.fps == 25 and len(shot.frames) == 25
    assert set(np.diff([number(frame) for frame in shot.frames])) == {2}
    assert shot.notices == ("Of its 50 frames a second 25 are looked at.",)


def test_what_does_not_fit_is_scaled_first_then_thinned_then_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(footage, "SIDES", (64, 32))
    encode(numbered(48), tmp_path / "film.mp4", 24, {})

    def within(most: int) -> tuple[int, ...]:
        monkeypatch.setattr(footage, "MOST_BYTES", most)
        shot = read(tmp_path / "film.mp4", Silent())
        assert shot.frames.nbytes <= most and shot.notices
        return shot.frames.shape[:3]

    assert within(64 * 32 * 3 * 48) == (48, 32, 64)
    assert within(64 * 32 * 3 * 48 - 1) == (48, 16, 32)
    assert within(32 * 16 * 3 * 48 - 1) == (24, 16, 32)
    assert within(32 * 16 * 3 * 8) == (8, 16, 32)
    with pytest.raises(VideoError, match="2 seconds long"):
        within(32 * 16 * 3 * 8 - 1)


def test_two_minutes_of_full_hd_fit() -> None:
    """By arithmetic: 120 s of 1920x1080 at 30 a second, decoded 22 GB."""
    times = tuple(Fraction(n, 30) for n in range(3600))
    survey = footage._Survey(Size(1920, 1080), times, Fraction(120), True, "")
    assert footage._fit(survey, Path("film.mov")) == (Size(854, 480), 10)


def test_wide_pixels_are_made_square(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 96, 96, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(4, 3)
        for image in numbered(3, Size(96, 96)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())
    assert read(path, Silent()).frames.shape == (3, 96, 128, 3)


def test_one_frame_is_a_film(tmp_path: Path) -> None:
    encode(numbered(1), tmp_path / "film.mp4", 24, {})
    assert len(read(tmp_path / "film.mp4", Silent()).frames) == 1


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no film")
    whole = film(tmp_path / "whole.mp4", numbered(48))
    half = tmp_path / "half.mp4"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    encode(numbered(48), tmp_path / "front.mp4", 24, {})
    short = tmp_path / "short.mp4"
    short.write_bytes((tmp_path / "front.mp4").read_bytes()[:-300])
    small = film(tmp_path / "small.mkv", numbered(2, Size(32, 64)))
    for path in (text, half, short, small, tmp_path / "absent.mp4", tmp_path):
        with pytest.raises(VideoError, match=path.name):
            read(path, Silent())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_no_film_whatever_it_is_called(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "film.mp4"
    Picture.fromarray(numbered(1)[0]).save(path, kind)
    with pytest.raises(VideoError, match=r"film\.mp4 is a photo, not a film"):
        read(path, Silent())


@pytest.mark.parametrize("count", [0, 5])
def test_sound_beside_pictures_is_fine_and_sound_alone_is_no_film(
    tmp_path: Path, count: int
) -> None:
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as container:
        sound = container.add_stream("pcm_s16le", rate=8000)
        stream = container.add_stream("libx264", rate=24) if count else None
        if stream is not None:
            stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
        wave = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
        wave.rate = 8000
        container.mux(sound.encode(wave))
        for image in numbered(count):
            assert stream is not None
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
        if stream is not None:
            container.mux(stream.encode())
    if count:
        assert len(read(path, Silent()).frames) == count
    else:
        with pytest.raises(VideoError, match="no picture"):
            read(path, Silent())
