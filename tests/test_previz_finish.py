"""The finish: tone, grade, bloom, grain, and light that wraps round the person."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage import data
from skimage.color import rgb2hsv

from vivant.engines.previz.finish import GRADES, LUMA, Finish, grade_for, light_wrap, tone
from vivant.errors import EngineError
from vivant.types import Floats, Size

SIZE = Size(208, 120)


def flat(*rgb: float, size: Size = SIZE) -> Floats:
    return np.full((size.height, size.width, 3), rgb, np.float32)


def portrait() -> Floats:
    """The middle of the astronaut's photo, display values 0 to 1."""
    photo = np.asarray(data.astronaut())  # type: ignore[no-untyped-call]
    return np.asarray(photo[0:120, 120:328] / 255, np.float32)


def astronaut() -> Floats:
    """The same in linear light (IEC 61966-2-1)."""
    shown = portrait()
    linear = np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear, np.float32)


# -- tone --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("linear", "shown"), [(0.0, 0.0), (0.0031308, 0.04045), (0.21404, 0.5), (0.5, 0.735357)]
)
def test_below_the_shoulder_tone_is_srgb(linear: float, shown: float) -> None:
    # IEC 61966-2-1: 0.0031308 and 0.04045 meet at the toe; 50 % grey is 0.21404 of the light.
    assert tone(np.array([linear]), 0.0)[0] == pytest.approx(shown, abs=2e-4)


@given(st.floats(0, 0.7))
def test_tone_never_turns_back(contrast: float) -> None:
    light = np.linspace(0, 9, 4000)
    shown = tone(light, contrast)
    assert np.all(np.diff(shown) >= -1e-9)
    assert shown[0] == 0
    assert 0.97 < shown[-1] <= 1


def test_highlights_roll_off_instead_of_clipping() -> None:
    at_white, above = tone(np.array([1.0, 1.5]), 0.0)
    assert at_white < 0.95
    assert above > at_white + 0.01


# -- the frame ---------------------------------------------------------------------------------


@pytest.mark.parametrize("grade", sorted(GRADES))
@pytest.mark.parametrize("size", [Size(64, 48), Size(121, 97), SIZE])
def test_a_frame_is_a_picture_of_its_size(grade: str, size: Size) -> None:
    rng = np.random.default_rng(1)
    light = rng.random((size.height, size.width, 3), dtype=np.float32) * 4
    shown = Finish(grade, size, 3).frame(light, 7)
    assert shown.shape == light.shape
    assert shown.dtype == np.uint8


def test_black_stays_near_black_and_much_light_near_white() -> None:
    finish = Finish("neutral", SIZE, 0)
    assert finish.frame(flat(0, 0, 0), 0).mean() < 4
    assert finish.frame(flat(6, 6, 6), 0)[40:80, 80:130].mean() > 248


def test_light_below_zero_is_black_and_no_light_is_too_much() -> None:
    finish = Finish("neutral", SIZE, 0)
    assert finish.frame(flat(-1, -1, -1), 0).max() < 12
    assert finish.frame(flat(1e4, 1e4, 1e4), 0)[40:80, 80:130].min() > 240


def test_neutral_keeps_skin() -> None:
    """A face in the neutral look keeps the hue and nearly the light that the photo has."""
    light = astronaut()
    shown = Finish("neutral", SIZE, 1).frame(light, 0)
    face = np.s_[30:90, 75:125]
    photo = portrait()[face]
    film = shown[face] / 255
    hue_photo, hue_film = (np.median(rgb2hsv(p)[..., 0]) for p in (photo, film))
    assert abs(hue_photo - hue_film) < 0.02
    assert abs(photo.mean() - film.mean()) < 0.06


@pytest.mark.parametrize("grade", ["noir", "mono"])
def test_black_and_white_has_no_colour(grade: str) -> None:
    shown = Finish(grade, SIZE, 1).frame(astronaut(), 0).astype(int)
    assert np.abs(shown - shown[..., :1]).max() <= 1


@pytest.mark.parametrize(
    ("grade", "channel", "other"), [("warm", 0, 2), ("gold", 0, 2), ("cool", 2, 0), ("night", 2, 0)]
)
def test_a_look_tints_grey(grade: str, channel: int, other: int) -> None:
    grey = Finish(grade, SIZE, 1).frame(flat(0.3, 0.3, 0.3), 0).reshape(-1, 3).mean(0)
    assert grey[channel] > grey[other] + 3


def test_the_vignette_darkens_the_corners_a_little() -> None:
    shown = Finish("neutral", SIZE, 1).frame(flat(0.3, 0.3, 0.3), 0).astype(float)
    middle, corner = shown[50:70, 90:120].mean(), shown[:8, :8].mean()
    assert 0.75 * middle < corner < 0.98 * middle


def test_bloom_spills_from_what_is_brighter_than_white_only() -> None:
    finish = Finish("neutral", SIZE, 1)
    dim, bright = flat(0.05, 0.05, 0.05), flat(0.05, 0.05, 0.05)
    dim[55:65, 98:108] = 0.8
    bright[55:65, 98:108] = 5.0
    beside = np.s_[55:65, 112:118]
    plain = finish.frame(flat(0.05, 0.05, 0.05), 0)[beside].mean()
    assert finish.frame(dim, 0)[beside].mean() == pytest.approx(plain, abs=0.5)
    assert finish.frame(bright, 0)[beside].mean() > plain + 5


def test_grain_is_fine_seeded_and_another_each_frame() -> None:
    light = flat(0.2, 0.2, 0.2)
    one = Finish("neutral", SIZE, 1)
    first, second = one.frame(light, 0).astype(int), one.frame(light, 1).astype(int)
    assert np.array_equal(first, Finish("neutral", SIZE, 1).frame(light, 0))
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, Finish("neutral", SIZE, 2).frame(light, 0))
    assert 0.8 < (first - second)[40:80, 80:130].std() < 6


def test_an_unknown_grade_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match="no grade called 'beige'"):
        Finish("beige", SIZE, 0)


# -- words for a look --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("film noir, high contrast", "noir"),
        ("shot in black and white", "mono"),
        ("B&W photograph", "mono"),
        ("golden hour light", "gold"),
        ("warm candle light", "warm"),
        ("vintage 1970s film", "vintage"),
        ("Super 8 footage", "vintage"),
        ("teal and orange blockbuster", "teal"),
        ("neon cyberpunk", "neon"),
        ("moonlit", "night"),
        ("pastel dreamlike", "dream"),
        ("muted documentary look", "muted"),
        ("sepia", "sepia"),
        ("vibrant colours", "vivid"),
        ("icy blue hour", "cool"),
        ("cinematic", "forest"),
        ("", "forest"),
    ],
)
def test_the_style_words_choose_the_look(words: str, grade: str) -> None:
    assert grade_for(words, "forest") == grade
    assert grade in GRADES


def test_a_plate_with_an_unknown_grade_is_refused() -> None:
    with pytest.raises(EngineError, match="no grade called"):
        grade_for("", "mauve")


# -- light wrap --------------------------------------------------------------------------------


def half_person(size: Size = SIZE) -> Floats:
    """Grey 0.2 and opaque on the left half, nothing on the right."""
    person = np.zeros((size.height, size.width, 4), np.float32)
    person[:, : size.width // 2] = (0.2, 0.2, 0.2, 1.0)
    return person


def test_outside_the_person_is_the_background_and_deep_inside_the_person() -> None:
    done = light_wrap(half_person(), flat(0.6, 0.6, 0.6))
    assert np.allclose(done[:, 120:], 0.6, atol=1e-5)
    assert np.allclose(done[:, :70], 0.2, atol=1e-3)


def test_bright_light_wraps_the_edge_and_darkness_does_not() -> None:
    large = Size(832, 480)
    edge = np.s_[:, 411:415]
    bright = light_wrap(half_person(large), flat(2.0, 2.0, 2.0, size=large))[edge].mean()
    dark = light_wrap(half_person(large), flat(0.0, 0.0, 0.0, size=large))[edge].mean()
    assert dark == pytest.approx(0.2, abs=1e-3)
    assert 0.25 < bright < 0.7


def test_half_transparent_is_plain_over_where_nothing_glows() -> None:
    person = np.zeros((SIZE.height, SIZE.width, 4), np.float32)
    person[...] = (0.1, 0.1, 0.1, 0.5)
    done = light_wrap(person, flat(0.4, 0.4, 0.4))
    assert done.mean() == pytest.approx(0.1 + 0.2, abs=0.03)


def test_luma_weights_sum_to_one() -> None:
    assert LUMA.sum() == pytest.approx(1.0)
