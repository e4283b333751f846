"""Sizes and lengths: whole numbers or a refusal that names the nearest legal ones."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.errors import GeometryError
from vivant.geometry import FrameRule, SizeRule, canvas, length_in, length_of, parse_size
from vivant.types import Length, Size

WAN = SizeRule(32, 256, 1280, 1280 * 704, "Wan's patches")
WAN_FRAMES = FrameRule(4, 1, 5, 121, "Wan's VAE packs four frames")


@given(st.integers(1, 99999), st.integers(1, 99999))
def test_a_size_reads_back(width: int, height: int) -> None:
    assert parse_size(str(Size(width, height))) == Size(width, height)


@pytest.mark.parametrize("text", ["", "832", "832x", "x480", "832*480", "-1x5", "8.5x4", "９x９"])
def test_other_sizes_are_refused(text: str) -> None:
    with pytest.raises(GeometryError, match="WIDTHxHEIGHT"):
        parse_size(text)


@given(st.integers(1, 400), st.integers(1, 120))
def test_a_length_of_whole_frames_is_kept_exactly(frames: int, fps: int) -> None:
    exact = Fraction(frames, fps)
    seconds = float(exact)
    if Fraction(str(seconds)) == exact:
        assert length_of(seconds, fps) == Length(frames, fps)
    else:
        with pytest.raises(GeometryError, match="no whole number"):
            length_of(seconds, fps)


@pytest.mark.parametrize("seconds,fps", [(0, 24), (-1, 24), (float("inf"), 24), (4, 0), (4, 121)])
def test_impossible_lengths_are_refused(seconds: float, fps: int) -> None:
    with pytest.raises(GeometryError):
        length_of(seconds, fps)


def test_not_a_number_is_refused() -> None:
    with pytest.raises(GeometryError):
        length_of(float("nan"), 24)


def test_published_sizes_pass_and_others_name_the_nearest() -> None:
    WAN.check(Size(1280, 704))
    with pytest.raises(GeometryError, match=r"720.*Legal and near: 704\."):
        WAN.check(Size(1280, 720))
    with pytest.raises(GeometryError, match="256 to 1280"):
        WAN.check(Size(1312, 704))
    with pytest.raises(GeometryError, match="901,120"):
        WAN.check(Size(1280, 736))


@given(st.integers(1, 200))
def test_frames_are_4k_plus_1(frames: int) -> None:
    if frames in range(5, 122, 4):
        WAN_FRAMES.check(Length(frames, 24))
    else:
        with pytest.raises(GeometryError):
            WAN_FRAMES.check(Length(frames, 24))


@pytest.mark.parametrize("frames,fps", [(0, 24), (-1, 24), (24 * 3600 + 1, 24), (5, 0), (5, 121)])
def test_impossible_frame_counts_are_refused(frames: int, fps: int) -> None:
    with pytest.raises(GeometryError):
        length_in(frames, fps)


def test_a_length_may_be_an_exact_fraction_of_seconds() -> None:
    assert length_of(Fraction(121, 24), 24) == length_in(121, 24)
    with pytest.raises(GeometryError, match="no whole number"):
        length_of(Fraction(121, 24), 25)


@given(st.integers(16, 120), st.integers(16, 120), st.sampled_from([8, 16, 32]))
def test_a_canvas_is_legal_and_near_in_aspect_and_area(w: int, h: int, multiple: int) -> None:
    size, pixels = Size(16 * w, 16 * h), 1024 * 1024
    if max(w, h) > 4 * min(w, h):
        return
    made = canvas(size, multiple, pixels)
    assert made.width % multiple == made.height % multiple == 0
    assert abs(made.width * made.height / pixels - 1) < 0.1
    assert abs(made.width / made.height * size.height / size.width - 1) < 0.07


def test_a_rule_says_itself_in_words() -> None:
    assert str(WAN) == "sides of 256 to 1280 that divide by 32, at most 901,120 pixels"
    assert str(WAN_FRAMES) == "5 to 121 frames of the form 4k+1"
