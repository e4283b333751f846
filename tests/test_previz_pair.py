"""Two people in one film: where they stand, who is before whom, what each wears."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import person
from tools.demo_portrait import portrait
from vivant.engines import dlib
from vivant.engines.previz import engine
from vivant.engines.previz.person import figure, framing, pairing
from vivant.engines.previz.person import landmarks as at
from vivant.engines.previz.person.figure import Figure
from vivant.engines.previz.person.light import Light
from vivant.engines.previz.person.portrait import Portrait
from vivant.engines.previz.scene import order_of
from vivant.engines.previz.wardrobe.outfit import choose, report
from vivant.stages.admit import admit
from vivant.types import (
    Floats,
    Keyframe,
    Length,
    Part,
    PartKind,
    Shot,
    Silent,
    Size,
    SpatialPrompt,
    TemporalPrompt,
)

WIDE = Size(416, 240)


def parts(*said: tuple[PartKind, str, tuple[int, ...]]) -> tuple[Part, ...]:
    """Parts that stand one after another in a prompt."""
    made: list[Part] = []
    for kind, text, who in said:
        start = made[-1].end + 2 if made else 0
        made.append(Part(kind, text, start, start + len(text), who))
    return tuple(made)


def spatial(*said: tuple[PartKind, str, tuple[int, ...]]) -> SpatialPrompt:
    return SpatialPrompt(", ".join(text for _, text, _ in said), parts(*said))


def turned(sine: float) -> Portrait:
    """The drawn person with the face's edges where a head with this sine of the yaw has them."""
    drawn = person.portrait()
    mesh = drawn.mesh.copy()
    mesh[at.RIGHT_EDGE, 2] = mesh[at.LEFT_EDGE, 2] + sine / np.sqrt(1 - sine**2) * (
        mesh[at.RIGHT_EDGE, 0] - mesh[at.LEFT_EDGE, 0]
    )
    return replace(drawn, mesh=mesh)


@cache
def stood(
    size: Size = WIDE, asked: framing.Framing = "auto", seed: int = 1,
    order: tuple[int, int] = (0, 1), bottom: float = 0.4, keep: bool = False,
) -> tuple[Figure, Figure]:  # fmt: skip
    people = person.portrait(bottom), person.portrait(bottom)
    marks = pairing.marks(people, size, asked, seed, (keep, keep), order)
    light = Light(person.probe(np.ones(3, np.float32), (-0.3, 0.5, 0.8)))
    first, second = (
        figure.build(who, size, person.dress, light, seed, mark)
        for who, mark in zip(people, marks, strict=True)
    )
    return first, second


def height_of(one: Figure) -> float:
    return one.face[3] - one.face[1]


def middle_of(one: Figure) -> float:
    return (one.face[0] + one.face[2]) / 2


# -- where they stand --------------------------------------------------------------------------


def test_they_stand_on_the_thirds_of_a_wide_frame() -> None:
    first, second = stood()
    assert middle_of(first) == pytest.approx(WIDE.width / 3, abs=2)
    assert middle_of(second) == pytest.approx(2 * WIDE.width / 3, abs=2)


def test_the_second_stands_left_where_the_order_says_so() -> None:
    first, second = stood(order=(1, 0))
    assert middle_of(second) < middle_of(first)


@pytest.mark.parametrize(("asked", "part"), [("medium", 0.26), ("auto", 0.30), ("close-up", 0.34)])
def test_closer_framings_show_larger_faces(asked: framing.Framing, part: float) -> None:
    for one in stood(asked=asked):
        assert height_of(one) == pytest.approx(part * WIDE.height, rel=0.03)


@given(
    st.integers(256, 1920), st.integers(256, 1920), st.integers(0, 99),
    st.sampled_from(sorted(pairing.FACE_HEIGHT)),
)  # fmt: skip
def test_in_any_frame_both_faces_are_whole_apart_and_alike(
    width: int, height: int, seed: int, asked: framing.Framing
) -> None:
    people = person.portrait(), person.portrait()
    size = Size(width, height)
    place = framing.canvas(size)
    marks = pairing.marks(people, size, asked, seed, (False, False), (0, 1))
    boxes = []
    for who, mark in zip(people, marks, strict=True):
        face = who.mesh[at.SURFACE, :2] * mark.scale + mark.shift - (place.left, place.top)
        boxes.append((face.min(axis=0), face.max(axis=0)))
        assert (boxes[-1][0] > 0).all() and (boxes[-1][1] < (width, height)).all()
        crown = framing.extent_of(who).crown * mark.scale + mark.shift[1] - place.top
        assert crown > 0.04 * height
    (_, left), (right, _) = boxes
    face_height = marks[0].scale * people[0].face_height
    assert right[0] - left[0] > 0.1 * face_height
    assert marks[0].scale == marks[1].scale
    eyes = abs(marks[0].shift[1] - marks[1].shift[1])
    assert 0.0999 < eyes / face_height < 0.2001


def test_another_seed_lets_the_other_be_the_taller() -> None:
    people, no = (person.portrait(), person.portrait()), (False, False)
    pairs = (pairing.marks(people, WIDE, "auto", seed, no, (0, 1)) for seed in range(8))
    assert {np.sign(first.shift[1] - second.shift[1]) for first, second in pairs} == {-1, 1}


def test_chests_turn_to_each_other() -> None:
    people = person.portrait(), person.portrait()
    left, right = pairing.marks(people, WIDE, "auto", 1, (False, False), (0, 1))
    assert left.chest == -right.chest > 0


def test_own_bodies_stay_where_the_photos_show_them() -> None:
    assert [one.body for one in stood(bottom=2.0, keep=True)] == ["own", "own"]
    assert [one.body for one in stood(bottom=2.0)] == ["dressed", "dressed"]


def test_a_body_that_would_not_reach_the_frames_edge_is_dressed() -> None:
    short = person.portrait(1.1)
    assert framing.has_body(short)
    marks = pairing.marks((short, short), WIDE, "medium", 1, (True, True), (0, 1))
    assert not any(mark.own for mark in marks)


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [(0.0, 0.0, (0, 1)), (0.6, -0.6, (0, 1)), (-0.6, 0.6, (1, 0)), (-0.6, 0.0, (0, 1))],
)
def test_they_change_places_only_if_both_would_look_out_of_the_frame(
    first: float, second: float, order: tuple[int, int]
) -> None:
    assert pairing.left_to_right((turned(first), turned(second))) == order


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ([("pose", "stands on the right", (0,))], (1, 0)),
        ([("pose", "stands on the left side", (0,))], (0, 1)),
        ([("appearance", "the left", (1,))], (1, 0)),
        ([("pose", "stands to the left of the man", (1,))], (1, 0)),
        ([("setting", "On the left", ()), ("subject", "a chef", (1,))], (1, 0)),
        ([("subject", "a chef", (1,)), ("setting", "on the right", ())], (0, 1)),
        ([("appearance", "a scar on the left cheek", (1,))], None),
        ([("pose", "looks to the left", (1,))], None),
        ([("setting", "a door on the left", ())], None),
        ([], None),
    ],
)
def test_the_prompt_may_say_who_stands_where(
    said: list[tuple[PartKind, str, tuple[int, ...]]], order: tuple[int, int] | None
) -> None:
    assert order_of(spatial(*said)) == order


# -- one before the other ----------------------------------------------------------------------


def flat(left: int, right: int, value: float) -> Floats:
    """Somebody who covers the columns from ``left`` to ``right``."""
    picture = np.zeros((64, 96, 4), np.float32)
    picture[:, left:right] = (value, value, value, 1)
    return picture


def test_the_nearer_covers_the_other_and_nobody_lets_the_set_through() -> None:
    picture = pairing.together([flat(10, 60, 0.2), flat(40, 80, 0.7)])
    assert np.allclose(picture[:, 40:80], (0.7, 0.7, 0.7, 1))
    assert np.allclose(picture[:, 10:80, 3], 1)
    assert not picture[:, :10].any() and not picture[:, 80:].any()


def test_the_nearer_takes_light_from_what_is_close_behind() -> None:
    line = pairing.together([flat(10, 60, 0.2), flat(40, 80, 0.7)])[32, 10:40, 0]
    assert line[0] == pytest.approx(0.2, rel=0.02)
    assert 0.5 * 0.2 < line[-1] < 0.8 * 0.2
    assert (np.diff(line) <= 1e-6).all()


def test_one_alone_is_left_as_they_are() -> None:
    one = flat(10, 60, 0.2)
    assert pairing.together([one]).tobytes() == flat(10, 60, 0.2).tobytes()


# -- what each wears ---------------------------------------------------------------------------


def test_each_wears_what_is_said_of_them() -> None:
    said = spatial(
        ("subject", "a chef", (0,)), ("subject", "a man", (1,)),
        ("appearance", "a black tuxedo", (1,)),
    )  # fmt: skip
    first, second = choose(said, 0), choose(said, 1)
    assert first is not None and first.garment == "chef's jacket"
    assert second is not None and second.garment == "suit"


def test_what_is_said_of_nobody_in_particular_everybody_wears() -> None:
    said = spatial(("appearance", "in red hoodies", ()))
    assert choose(said, 0) == choose(said, 1) is not None


def test_who_is_not_spoken_of_keeps_their_own_clothes() -> None:
    said = spatial(("subject", "a man", (1,)), ("appearance", "a black tuxedo", (1,)))
    assert choose(said, 0) is None
    assert report(said, None, 0) == ()


def test_where_somebody_stands_is_no_garment() -> None:
    said = spatial(("appearance", "the left", (1,)))
    assert report(said, None, 1) == ()


# -- the film ----------------------------------------------------------------------------------


@pytest.mark.models
def test_each_face_is_its_own_persons_from_the_keyframe_to_the_last_frame() -> None:
    """The second person is the first one's photo pressed flat: 0.64 apart, dlib's limit is 0.60."""
    eye, painter, animator = dlib.eye({}), engine.painter({}), engine.animator({})
    photo = np.asarray(PIL.Image.open(portrait()).convert("RGB"))
    flattened = cv2.resize(photo, (512, 307), interpolation=cv2.INTER_AREA)
    people = admit(photo, eye), admit(np.asarray(flattened, np.uint8), eye)
    assert eye.distance(people[0].face, people[1].face) > eye.same_person
    said = spatial(("subject", "two women", ()), ("setting", "in a park", ()))
    painted = painter.paint(said, people, Size(640, 360), 1, Silent())
    keyframe = Keyframe(painted.image, said, people, 1, "previz", 0.0, ())
    told = TemporalPrompt("They look at each other.")
    length = Length(24, 8)
    film = animator.animate(Shot(keyframe, told, length, 2, length), Silent())
    assert np.array_equal(film.frames[0], painted.image)
    for frame in film.frames[[0, 12, 23]]:
        faces = [eye.embed(frame, face) for face in eye.look(frame)]
        assert len(faces) == 2
        for face, own, other in zip(faces, people, people[::-1], strict=True):
            assert eye.distance(own.face, face) < 0.42
            assert eye.distance(other.face, face) - eye.distance(own.face, face) > 0.15
