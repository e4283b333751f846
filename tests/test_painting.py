"""What painters share: cuts of the photo, film sizes, the way from canvas to film."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny import Watcher
from vivant.engines import painting
from vivant.engines.painting import HEAD, HEAD_AND_SHOULDERS, Framing
from vivant.errors import CancelledError, EngineError, GeometryError, PromptError
from vivant.geometry import Size, canvas
from vivant.types import Box, Face, Image, Reference


def plain(width: int, height: int) -> Image:
    """Red grows to the right, green downwards, so that a pixel tells where it came from."""
    image = np.zeros((height, width, 3), np.uint8)
    image[..., 0] = np.linspace(0, 255, width).round()
    image[..., 1] = np.linspace(0, 255, height).round()[:, None]
    return image


def person(image: Image, box: Box) -> Reference:
    return Reference(image, Face(box, np.zeros((2, 2), np.float32), None, 1.0), "0" * 64)


UNTIMED = settings(deadline=None, max_examples=60)
FRAMINGS = pytest.mark.parametrize("framing", (HEAD, HEAD_AND_SHOULDERS), ids=lambda f: f.name)


@FRAMINGS
def test_a_cut_is_the_framings_square(framing: Framing) -> None:
    found = painting.cut(person(plain(1000, 900), Box(460, 410, 540, 510)), framing)
    side = round(framing.side * 100)
    assert found.image.shape == (side, side, 3)
    assert found.box.centre == (500.0, 460 + framing.drop * 100)


@FRAMINGS
def test_a_cut_holds_the_pixels_it_says(framing: Framing) -> None:
    image = plain(640, 480)
    found = painting.cut(person(image, Box(300, 60, 380, 160)), framing)
    x0, y0, x1, y1 = found.record["box"]
    assert np.array_equal(found.image, image[y0:y1, x0:x1])
    assert found.record["framing"] == framing.name


def test_the_head_and_shoulders_show_the_crown_and_the_chest() -> None:
    face = Box(460, 400, 540, 500)
    box = painting.cut(person(plain(1000, 1000), face), HEAD_AND_SHOULDERS).box
    assert face.y0 - box.y0 >= 0.3 * face.height  # hair reaches that far above, see stages.admit
    assert box.y1 - face.y1 >= face.height


@UNTIMED
@given(st.integers(60, 200), st.integers(-1, 1), st.booleans())
def test_a_neighbours_face_stays_out(height: int, side: int, at_the_edge: bool) -> None:
    """Shoulder to shoulder: 2.8 face widths from middle to middle, a width 0.8 of a height."""
    width = round(0.8 * height)
    apart = round(2.8 * width)
    image = plain(2 * apart + 4 * width, 5 * height)
    mine = image.shape[1] // 2
    if at_the_edge:
        mine = width // 2 if side >= 0 else image.shape[1] - width // 2
    neighbour = mine + (side or 1) * apart
    face = Box(mine - width / 2, height, mine + width / 2, 2 * height)
    box = painting.cut(person(image, face), HEAD_AND_SHOULDERS).box
    assert box.x1 <= neighbour - width / 2 or box.x0 >= neighbour + width / 2


@UNTIMED
@given(
    st.integers(64, 400), st.integers(64, 400), st.floats(0, 1), st.floats(0, 1),
    st.floats(20, 500), st.floats(0.5, 2), st.sampled_from((HEAD, HEAD_AND_SHOULDERS)),
)  # fmt: skip
def test_a_cut_lies_in_the_photo_and_holds_what_the_photo_has_of_the_face(
    width: int, height: int, x: float, y: float, face: float, aspect: float, framing: Framing
) -> None:
    wide, high = min(face, 0.9 * width), min(face * aspect, 0.9 * height)
    left, top = x * (width - wide), y * (height - high)
    of = person(plain(width, height), Box(left, top, left + wide, top + high))
    found = painting.cut(of, framing)
    assert found.image.shape[:2] == (found.box.height, found.box.width)
    assert found.box.x0 >= 0 and found.box.x1 <= width
    assert found.box.y0 >= 0 and found.box.y1 <= height
    assert found.box.x0 <= left + 1 and found.box.x1 >= left + wide - 1
    assert found.box.y0 <= top + 1 and found.box.y1 >= top + high - 1


def test_a_cut_at_the_side_is_narrower_and_one_at_the_top_is_moved() -> None:
    at_the_side = painting.cut(person(plain(800, 800), Box(10, 350, 90, 450)), HEAD_AND_SHOULDERS)
    assert (at_the_side.box.x0, at_the_side.box.width, at_the_side.box.height) == (0, 180, 260)
    at_the_top = painting.cut(person(plain(800, 800), Box(360, 5, 440, 105)), HEAD_AND_SHOULDERS)
    assert (at_the_top.box.y0, at_the_top.box.width, at_the_top.box.height) == (0, 260, 260)


# -- sizes -------------------------------------------------------------------------------------

MEGAPIXEL = 1024 * 1024


@pytest.mark.parametrize("text", ((832, 480), (480, 832), (1280, 704), (1920, 1088), (768, 512)))
def test_the_animators_sizes_can_be_filled(text: tuple[int, int]) -> None:
    painting.check(Size(*text), MEGAPIXEL)


@pytest.mark.parametrize(
    ("size", "says"),
    ((Size(63, 64), "no face has room"), (Size(2048, 1216), "soft"), (Size(1540, 512), "3.01")),
)
def test_a_film_that_a_canvas_can_not_fill_is_refused(size: Size, says: str) -> None:
    with pytest.raises(GeometryError, match=says):
        painting.check(size, MEGAPIXEL)


SIDES = st.integers(64, 700)


@UNTIMED
@given(SIDES, SIDES, SIDES, SIDES)
def test_what_is_fitted_has_the_size_and_is_never_stretched(
    w: int, h: int, fw: int, fh: int
) -> None:
    """On a ramp, a pixel of the film must span as much of the picture across as down."""
    made = painting.fitted(plain(w, h), Size(fw, fh)).astype(float)
    assert made.shape == (fh, fw, 3)
    across = (made[fh // 2, -1, 0] - made[fh // 2, 0, 0]) / 255 * w / fw
    down = (made[-1, fw // 2, 1] - made[0, fw // 2, 1]) / 255 * h / fh
    # Levels are whole, crops are whole pixels, and the outermost pixels are half a step inside.
    slack = (w / 255 + 2) / fw + (h / 255 + 2) / fh
    assert abs(across - down) <= slack


def test_a_little_is_lost_at_the_bottom_alone_and_at_both_sides() -> None:
    tall = painting.fitted(plain(100, 108), Size(100, 100))
    assert np.array_equal(tall, plain(100, 108)[:100])
    wide = painting.fitted(plain(108, 100), Size(100, 100))
    assert np.array_equal(wide, plain(108, 100)[:, 4:104])


@UNTIMED
@given(SIDES, SIDES, st.sampled_from((16, 32)))
def test_a_shrunk_reference_is_legal(width: int, height: int, multiple: int) -> None:
    made = painting.shrunk(plain(width, height), multiple, 200 * 200, 64)
    assert made.width % multiple == made.height % multiple == 0
    assert min(made.size) >= 64
    assert made.width * made.height <= max(200 * 200, 64 * 64 * max(width, height) / 64)


def test_a_small_reference_is_enlarged_only_to_the_least_side() -> None:
    assert painting.shrunk(plain(51, 125), 16, MEGAPIXEL, 64).size == (64, 144)
    assert painting.shrunk(plain(100, 125), 16, MEGAPIXEL, 64).size == (96, 112)


@given(SIDES, SIDES)
def test_a_kept_size_is_kept_and_has_nearly_the_aspect(width: int, height: int) -> None:
    kept = painting.kept_size(Size(width, height), 32, MEGAPIXEL)
    assert canvas(kept, 32, MEGAPIXEL) == kept
    assert abs(np.log(kept.width / kept.height) - np.log(width / height)) < 0.12


@UNTIMED
@given(SIDES, SIDES)
def test_a_filled_reference_is_about_as_large_as_asked(width: int, height: int) -> None:
    made = painting.filled(plain(width, height), 32, 256 * 256)
    assert made.width % 32 == made.height % 32 == 0
    assert 0.75 <= made.width * made.height / 256**2 <= 1.3


@UNTIMED
@given(SIDES, SIDES, st.sampled_from((16, 32)), st.integers(150, 400))
def test_fitted_gives_back_what_was_unfitted(w: int, h: int, multiple: int, side: int) -> None:
    """The whole picture where it was: nothing lost at an edge, nothing moved by half a pixel.

    Films are at most half as long again a side as their canvas (``MOST_ENLARGED``).
    """
    side = max(side, round(max(w, h) / 1.5))
    size = Size(w, h)
    board = canvas(size, multiple, side * side)
    laid = painting.unfitted(plain(w, h), board)
    assert laid.shape == (board.height, board.width, 3)
    back = painting.fitted(laid, size).astype(int)
    assert np.abs(back - plain(w, h)).max() <= 2 + 255 / min(w, h)


def test_around_what_is_unfitted_its_edge_goes_on() -> None:
    laid = painting.unfitted(plain(100, 100), Size(108, 100))
    assert np.array_equal(laid[:, 4:104], plain(100, 100))
    assert (laid[:, :4] == laid[:, 4:5]).all() and (laid[:, 104:] == laid[:, 103:104]).all()


@UNTIMED
@given(SIDES, SIDES, st.sampled_from((16, 32)))
def test_a_shrunk_size_stays(width: int, height: int, multiple: int) -> None:
    once = painting.shrunk_size(Size(width, height), multiple, 200 * 200, 64)
    assert painting.shrunk_size(once, multiple, 200 * 200, 64) == once


def test_a_canvas_shrinks_until_the_film_would_be_soft() -> None:
    board = painting.Canvas(Size(832, 480), 32, MEGAPIXEL)
    assert board.size == Size(1344, 768)
    assert board.shrink() == "a canvas of 960x544"
    assert board.shrink() == "a canvas of 672x384"
    assert board.shrink() is None
    assert board.size == Size(672, 384)


def test_pixels_round_as_pillow_wants_them() -> None:
    painted = np.array([[[0.0, 0.5, 1.0]]], np.float32)
    assert painting.pixels(painted).tolist() == [[[0, 128, 255]]]


def test_overflowed_arithmetic_is_no_picture() -> None:
    with pytest.raises(EngineError, match="overflowed"):
        painting.pixels(np.full((2, 2, 3), np.nan, np.float32))


# -- words and steps ---------------------------------------------------------------------------


def test_a_prompt_becomes_a_sentence() -> None:
    assert painting.sentence(" a < b | c, {braces} ") == "a < b | c, {braces}."
    assert painting.sentence("He waits!") == "He waits!"


def test_control_tokens_are_no_words() -> None:
    with pytest.raises(PromptError, match=r"<\|image_pad\|>"):
        painting.sentence("a man <|image_pad|> in rain")


def test_the_cast_is_counted_after_the_picture_itself() -> None:
    assert painting.cast_list(2, 1, "image", 1) == (
        "the first person is the one in image 2; the second person is the one in image 3"
    )
    assert "the second person is the one in Picture 3 and Picture 4" in painting.cast_list(
        2, 2, "Picture"
    )


def test_the_words_for_a_face_anew_keep_all_else() -> None:
    one, two = painting.again(1, "image"), painting.again(2, "image")
    assert "image 2" in one and "image 3" not in one
    assert painting.cast_list(2, 1, "image", 1) in two
    assert all("the same pose and turn of the head" in text for text in (one, two))


def test_every_step_is_told_and_may_cancel() -> None:
    watch = Watcher(stop=2)
    told = painting.steps_to(watch)
    assert told(None, 0, 1000, {"latents": 1}) == {}
    with pytest.raises(CancelledError):
        told(None, 1, 500, {})
