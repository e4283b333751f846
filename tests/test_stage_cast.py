"""Photos of several people: all admitted, told apart, and refused by the photo's own number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from tests.tiny import GREEN, HalfWriter, SquareAnimator, SquareEye, SquarePainter, Watcher, picture
from vivant.engines import Engines
from vivant.errors import EXIT_INPUT, CastError, FaceChoiceError, ImageError, NoFaceError
from vivant.generate import generate, plan
from vivant.recipe import PREVIZ
from vivant.stages.cast import SAME_FACE, cast
from vivant.types import Face, Image, Request, Size

EYE = SquareEye()
PROMPT = "Dancers twirl"
ALIKE = 40
"""Reds this far apart are 0.16 of 1 apart: one face to an eye that tells people apart at 0.6."""


def photo(red: int) -> Image:
    """A sharp picture with a face of this red, large enough to be admitted."""
    image = picture(Size(256, 256), red)
    noise = np.random.default_rng(1).integers(0, 256, image.shape[:2])
    image[..., 2] = np.where(image[..., 1] == GREEN, noise, 0)
    return image


def request(*reds: int) -> Request:
    first, *others = (photo(red) for red in reds)
    return Request(first, PROMPT, PREVIZ, size=Size(64, 64), others=tuple(others))


def engines(people: int) -> Engines:
    painter = SquarePainter([100], people=people)
    return Engines(HalfWriter(), painter, SquareAnimator(), EYE)


def test_everybody_is_admitted_in_the_order_of_the_photos() -> None:
    found = cast(request(0, 250, 120), EYE)
    reds = [person.face.embedding for person in found]
    assert [round(float(red[0] * 255)) for red in reds if red is not None] == [0, 250, 120]


def test_two_photos_of_one_face_are_refused_by_their_numbers() -> None:
    with pytest.raises(CastError, match=r"Photos 1 and 3 show the same face.*0\.16.*0\.20"):
        cast(request(0, 250, ALIKE), EYE)


@dataclass(frozen=True)
class PairEye(SquareEye):
    """Sees the left and the right half of a face as two people's."""

    def look(self, image: Image) -> tuple[Face, ...]:
        return tuple(
            replace(face, box=replace(face.box, x0=x0, x1=x0 + face.box.width / 2))
            for face in super().look(image)
            for x0 in (face.box.x0, face.box.centre[0])
        )


def test_a_photo_of_a_couple_serves_for_both() -> None:
    couple = photo(0)
    couple[:, 128:, 0] = 255
    asked = replace(request(0), portrait=couple, face=1, others=(couple,), other_faces=(2,))
    one, other = cast(asked, PairEye())
    assert EYE.distance(one.face, other.face) == 1.0
    with pytest.raises(CastError, match="same face"):
        cast(replace(asked, other_faces=(1,)), PairEye())


def test_the_limit_is_the_eye_s_own() -> None:
    strict = replace(EYE, same_person=0.9 * ALIKE / 255 / SAME_FACE)
    assert len(cast(request(0, ALIKE), strict)) == 2


def test_lookalikes_are_admitted_with_a_notice() -> None:
    one, other = cast(request(0, 100), EYE)
    assert [n.what for n in one.notices if n.what == "lookalike"] == []
    (notice,) = [n for n in other.notices if n.what == "lookalike"]
    assert notice.value == pytest.approx(100 / 255) and notice.limit == 0.6
    assert "Photos 1 and 2" in notice.message


def test_a_refusal_says_which_photo_it_was(tmp_path: Path) -> None:
    empty = np.zeros((256, 256, 3), np.uint8)
    with pytest.raises(NoFaceError, match="Photo 2: No face"):
        cast(replace(request(0), others=(empty,)), EYE)
    with pytest.raises(FaceChoiceError, match=r"Photo 2: There is no face 2.*--with-face N"):
        cast(replace(request(0, 250), other_faces=(2,)), EYE)
    with pytest.raises(FaceChoiceError, match=r"Photo 1: There is no face 2.*--face N"):
        cast(replace(request(0, 250), face=2), EYE)
    absent = str(tmp_path / "you.jpg")
    with pytest.raises(ImageError, match=r"Photo 2.*you\.jpg"):
        cast(replace(request(0), others=(absent,)), EYE)


def test_a_notice_says_which_photo_it_is_about() -> None:
    couple = photo(0)
    couple[:, 128:, 0] = 255
    asked = Request(couple, PROMPT, face=1, others=(couple,), other_faces=(2,))
    told = [n.message for one in cast(asked, PairEye()) for n in one.notices]
    assert [said[:31] for said in told if "faces" in said] == [
        "Photo 1: The photo shows other ",
        "Photo 2: The photo shows other ",
    ]


def test_the_photo_of_one_person_alone_has_no_number() -> None:
    with pytest.raises(NoFaceError, match=r"^No face"):
        cast(Request(np.zeros((256, 256, 3), np.uint8), PROMPT), EYE)


def test_a_painter_of_fewer_people_is_refused_before_any_work() -> None:
    watch = Watcher()
    with pytest.raises(CastError, match="2 people, and the painter 'previz' takes 1") as caught:
        plan(request(0, 250), engines(people=1), watch)
    assert "Recipes that take 2: " in caught.value.mend and "previz" in caught.value.mend
    assert caught.value.exit_code == EXIT_INPUT
    assert not any("notice" in said for said in watch.said)


def test_no_recipe_paints_a_dozen() -> None:
    with pytest.raises(CastError, match="No recipe takes 12"):
        generate(replace(request(0), others=(photo(250),) * 11))


def test_each_other_photo_has_its_face_number_or_none_has() -> None:
    with pytest.raises(CastError, match="Other photos: 2, numbers of faces in them: 1"):
        plan(replace(request(0, 250, 120), other_faces=(1,)), engines(people=3))


def test_the_plan_says_who_is_who() -> None:
    watch = Watcher()
    made = plan(request(0, 250), engines(people=2), watch)
    assert len(made.references) == 2
    assert made.prompt.used["cast"]["people"] == ["Dancers", "Dancers"]
    assert {p.who for p in made.prompt.spatial.parts + made.prompt.temporal.parts} == {(0, 1)}


def test_what_could_not_be_told_apart_is_said() -> None:
    watch = Watcher()
    plan(replace(request(0, 250), prompt="Dancers twirl. He bows."), engines(people=2), watch)
    assert any("'He' can mean 2 of the people" in said for said in watch.said)
