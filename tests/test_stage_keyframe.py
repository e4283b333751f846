"""The keyframe stage: attempts within a budget, the best one, never a faceless one, never a paste.

Faces are squares: red is who it is, a pattern in blue is what the picture shows of it. The photos
have one pattern, a painter's own pictures another: a picture with the photo's is the photo again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.copypaste import PASTES, paste
from tests.tiny import GREEN, SquareEye, SquarePainter, Watcher
from tools.demo_portrait import portrait
from vivant.engines.dlib import DlibEye
from vivant.engines.previz.engine import PrevizPainter
from vivant.errors import EngineError, NoKeyframeError
from vivant.recipe import PREVIZ, KeyframePolicy
from vivant.seeds import Seeds
from vivant.stages.admit import admit
from vivant.stages.keyframe import ALIKE, COPIED, FAULT, paint, rank
from vivant.types import (
    Box,
    Face,
    Image,
    Keyframe,
    Look,
    Observer,
    Painting,
    Pose,
    Reference,
    Size,
    SpatialPrompt,
)

SIZE = Size(128, 96)
SEEDS = Seeds(5)
CELL = 4


def scene(*faces: tuple[int, int, int], pattern: int = 1, soft: float = 0.0) -> Image:
    """A picture of ``SIZE`` with faces (red, left edge, side), half-way up, cut at the edges.

    Pattern 0 is the photos'.
    """
    image = np.zeros((SIZE.height, SIZE.width, 3), np.uint8)
    for red, left, side in faces:
        top = (SIZE.height - side) // 2
        cells = np.random.default_rng(pattern).integers(0, 256, (side // CELL, side // CELL))
        square = np.zeros((side, side, 3), np.uint8)
        square[...] = (red, GREEN, 0)
        square[..., 2] = np.kron(cells, np.ones((CELL, CELL)))
        if soft:
            square[..., 2] = cv2.GaussianBlur(np.ascontiguousarray(square[..., 2]), (0, 0), soft)
        lost = max(0, -left)
        wide = min(side, SIZE.width - left) - lost
        image[top : top + side, left + lost : left + lost + wide] = square[:, lost : lost + wide]
    return image


@dataclass(frozen=True)
class SquaresEye(SquareEye):
    """Finds every square, with its four corners for landmarks; of one that is cut it knows all."""

    def look(self, image: Image) -> tuple[Face, ...]:
        count, _, boxes, _ = cv2.connectedComponentsWithStats((image[..., 1] > 0).astype(np.uint8))
        found = []
        for x, y, width, height in sorted(boxes[1:count, :4].tolist()):
            x = x if x > 0 else width - height
            box = Box(x, y, x + height, y + height)
            corners = [[x, y], [box.x1, y], [box.x1, box.y1], [x, box.y1]]
            found.append(Face(box, np.array(corners, np.float32), Pose(0, 0, 0), 1.0))
        return tuple(found)


EYE = SquaresEye()


def photo(red: int) -> Reference:
    image = scene((red, 40, 48), pattern=0)
    return Reference(image, EYE.embed(image, EYE.look(image)[0]), f"{red:064d}")


@dataclass
class Album(SquarePainter):
    """Paints the given pictures one after the other."""

    pictures: Sequence[Image] = ()

    def paint(
        self,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        del spatial, references, size
        watch.step()
        self.seeds.append(seed)
        return Painting(self.pictures[len(self.seeds) - 1])


def run(
    *pictures: Image,
    people: tuple[int, ...] = (100,),
    good_enough: float = 0.0,
    watch: Watcher | None = None,
) -> Keyframe:
    """The keyframe of as many attempts as there are pictures."""
    policy = KeyframePolicy(len(pictures), good_enough)
    references = tuple(photo(red) for red in people)
    painter = Album((), pictures=pictures)
    return paint(
        SpatialPrompt("a beach"), references, painter, EYE, policy, SIZE, SEEDS, watch or Watcher()
    )


def alone(red: int, *, left: int = 40, side: int = 48, soft: float = 0.0) -> Image:
    return scene((red, left, side), soft=soft)


NOBODY = scene()
PASTE = scene((100, 40, 48), pattern=0)


def winner(keyframe: Keyframe) -> int:
    """The number of the attempt that became the keyframe."""
    return [attempt.seed for attempt in keyframe.attempts].index(keyframe.seed)


# -- the loop -------------------------------------------------------------------------------------


def test_the_nearest_of_all_attempts_wins() -> None:
    keyframe = run(alone(200), alone(120), alone(160))
    assert winner(keyframe) == 1
    assert keyframe.distance == pytest.approx(20 / 255)
    assert (keyframe.image == alone(120)).all()
    assert [a.distance for a in keyframe.attempts] == pytest.approx([100 / 255, 20 / 255, 60 / 255])


def test_it_stops_at_the_first_good_one() -> None:
    keyframe = run(alone(200), alone(110), alone(100), good_enough=0.1)
    assert len(keyframe.attempts) == 2 and winner(keyframe) == 1


@pytest.mark.parametrize(
    "fault",
    [
        alone(110, side=16),
        alone(110, left=-8),
        alone(110, soft=3),
        PASTE,
    ],
    ids=["small", "cut", "soft", "pasted"],
)
def test_near_is_not_good_enough_with_a_fault(fault: Image) -> None:
    keyframe = run(fault, alone(112), good_enough=0.1)
    assert len(keyframe.attempts) == 2 and winner(keyframe) == 1


def test_a_soft_photo_excuses_a_soft_picture() -> None:
    soft = replace(photo(100), image=scene((100, 40, 48), pattern=0, soft=3))
    pictures = (alone(110, soft=3), alone(110))
    painter = Album((), pictures=pictures)
    policy = KeyframePolicy(2, 0.1)
    paint(SpatialPrompt(""), (soft,), painter, EYE, policy, SIZE, SEEDS, Watcher())
    assert len(painter.seeds) == 1


def test_every_attempt_has_its_own_recorded_seed() -> None:
    keyframe = run(alone(200), alone(200), alone(200))
    assert [a.seed for a in keyframe.attempts] == [SEEDS.of("keyframe", n) for n in range(3)]


def test_a_picture_of_another_size_is_the_painter_s_fault() -> None:
    with pytest.raises(EngineError, match="painted 128x95; asked was 128x96"):
        run(np.ascontiguousarray(alone(100)[1:]))


# -- a face for everybody -------------------------------------------------------------------------


def test_a_faceless_picture_never_wins_and_is_recorded() -> None:
    keyframe = run(NOBODY, alone(255), NOBODY)
    assert winner(keyframe) == 1
    assert [a.distance is None for a in keyframe.attempts] == [True, False, True]
    assert [a.rank is None for a in keyframe.attempts] == [True, False, True]
    assert keyframe.attempts[0].why == "no face in the picture"


def test_only_faceless_pictures_are_an_error_that_says_what_each_lacked() -> None:
    with pytest.raises(NoKeyframeError, match=r"\(2 painted\).* 1: no face .*; 2: no face "):
        run(NOBODY, NOBODY)
    with pytest.raises(NoKeyframeError, match="1: 1 face in the picture for 2 people; 2: no face"):
        run(alone(100), NOBODY, people=(100, 200))


def test_one_person_is_not_a_small_face_that_is_nearer() -> None:
    """A portrait on the wall must not stand for a stranger."""
    keyframe = run(scene((100, 4, 20), (200, 50, 48)))
    assert keyframe.distance == pytest.approx(100 / 255)
    assert keyframe.attempts[0].why.endswith("; 1 other face")


def test_of_faces_about_as_large_one_person_is_the_nearest() -> None:
    keyframe = run(scene((100, 4, 40), (200, 50, 48)))
    assert keyframe.distance == pytest.approx(0)


# -- two people -----------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [(100, 200), (200, 100)])
def test_each_person_is_given_the_face_that_suits_all_best(people: tuple[int, int]) -> None:
    keyframe = run(scene((190, 8, 40), (130, 60, 40)), people=people)
    looks = dict(zip(people, keyframe.attempts[0].looks, strict=True))
    assert looks[100].distance == pytest.approx(30 / 255)
    assert looks[200].distance == pytest.approx(10 / 255)
    assert looks[100].margin == pytest.approx(40 / 255)
    assert looks[200].margin == pytest.approx(80 / 255)
    assert keyframe.distance == pytest.approx(30 / 255)


def test_the_assignment_is_the_cheapest_of_all_not_the_nearest_first() -> None:
    """Person 100 is nearest to 140, but so is 200: 90 + 60 < 40 + 110."""
    keyframe = run(scene((10, 8, 40), (140, 60, 40)), people=(100, 200))
    assert [look.distance for look in keyframe.attempts[0].looks] == pytest.approx(
        [90 / 255, 60 / 255]
    )


def test_a_bystander_between_two_people_is_nobody() -> None:
    keyframe = run(scene((100, 2, 36), (20, 44, 36), (200, 86, 36)), people=(200, 100))
    assert [look.distance for look in keyframe.attempts[0].looks] == pytest.approx([0, 0])
    assert keyframe.attempts[0].why.endswith("; 1 other face")


def test_two_faces_of_one_person_are_not_two_people() -> None:
    """Both are nearer to person 100; the other picture has one of each, though farther away."""
    twins, each = scene((100, 8, 40), (148, 60, 40)), scene((140, 8, 40), (255, 60, 40))
    keyframe = run(twins, each, people=(100, 200))
    first, second = keyframe.attempts
    assert first.distance is not None and second.distance is not None
    assert first.distance < second.distance
    assert first.looks[1].margin is not None and first.looks[1].margin < 0
    assert first.rank is not None and int(first.rank) == 2
    assert winner(keyframe) == 1


# -- the photo over again -------------------------------------------------------------------------


def test_a_paste_does_not_beat_a_picture_of_the_person() -> None:
    keyframe = run(PASTE, alone(210))
    assert keyframe.attempts[0].distance == 0.0
    assert winner(keyframe) == 1 and keyframe.distance == pytest.approx(110 / 255)


def test_a_paste_beats_somebody_else() -> None:
    assert winner(run(alone(255, side=60), PASTE)) == 1


def test_where_all_are_pastes_the_best_wins_and_the_user_is_told() -> None:
    watch = Watcher()
    worse = scene((130, 40, 48), pattern=0)
    keyframe = run(worse, PASTE, watch=watch)
    assert winner(keyframe) == 1
    assert "a copy of it (1.00 of its detail)" in keyframe.attempts[1].why
    assert any(said.startswith("The best keyframe is the photo over again") for said in watch.said)


def test_the_user_is_told_where_the_best_is_somebody_else() -> None:
    watch = Watcher()
    run(scene((255, 40, 48)), people=(20,), watch=watch)
    assert any("No keyframe shows the person of the photo" in said for said in watch.said)


def test_a_good_picture_needs_no_warning() -> None:
    watch = Watcher()
    run(alone(110), watch=watch)
    assert watch.said == ["keyframe 1"]


def test_why_is_for_people_to_read() -> None:
    (attempt,) = run(alone(110)).attempts
    assert attempt.why == (
        "0.04 from the photo, face sharp, 50% of the height, 0° from the photo's pose"
    )


# -- the rank -------------------------------------------------------------------------------------

PLAIN = Look(0.3, None, 1.0, 0.3, 0.5, 20.0, 0.02, 0.4)
SAME = 0.6


def share(cost: float) -> float:
    return cost / (1 + cost)


def test_the_rank_is_the_documented_sum() -> None:
    assert rank((PLAIN,), SAME) == pytest.approx(share(0.5))
    assert rank((replace(PLAIN, height=0.15),), SAME) == pytest.approx(share(0.5 + FAULT / 2))
    assert rank((replace(PLAIN, blur=0.9),), SAME) == pytest.approx(share(0.5 + FAULT))
    assert rank((replace(PLAIN, visible=0.5),), SAME) == pytest.approx(share(0.5 + FAULT))
    near = replace(PLAIN, pose=0.0, expression=0.0, copied=0.8)
    assert rank((near,), SAME) == pytest.approx(share(0.5 + 0.8 * ALIKE))
    assert rank((replace(near, copied=COPIED),), SAME) >= 1
    assert rank((replace(PLAIN, distance=0.61),), SAME) >= 2
    assert rank((replace(PLAIN, margin=-0.01),), SAME) >= 2
    assert rank((PLAIN, replace(PLAIN, distance=0.45)), SAME) == pytest.approx(share(0.75))


LOOKS = st.builds(
    Look,
    distance=st.floats(0, 2),
    margin=st.none() | st.floats(-1, 1),
    visible=st.floats(0, 1),
    height=st.floats(0, 1),
    blur=st.floats(0, 1),
    pose=st.none() | st.floats(0, 180),
    expression=st.none() | st.floats(0, 0.1),
    copied=st.floats(-1, 1),
)


@given(LOOKS, st.floats(0, 2), st.floats(0.1, 1))
def test_nearer_is_never_worse(look: Look, other: float, same: float) -> None:
    near, far = sorted((look.distance, other))
    assert rank((replace(look, distance=near),), same) <= rank((replace(look, distance=far),), same)


@given(LOOKS, LOOKS)
def test_who_fares_worst_counts(one: Look, other: Look) -> None:
    both = rank((one, other), SAME)
    assert both == rank((other, one), SAME)
    assert both >= max(rank((one,), SAME), rank((other,), SAME)) - 1e-12


@given(LOOKS.filter(lambda look: look.copied < COPIED), LOOKS)
def test_no_paste_beats_a_picture_within_the_gate(natural: Look, paste: Look) -> None:
    natural = replace(natural, margin=None, distance=min(natural.distance, SAME))
    assert rank((natural,), SAME) < rank((replace(paste, copied=1.0),), SAME)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.none() | st.integers(0, 255), min_size=1, max_size=6))
def test_the_best_is_never_faceless_and_always_the_nearest(reds: list[int | None]) -> None:
    pictures = [NOBODY if red is None else alone(red) for red in reds]
    faces = [red for red in reds if red is not None]
    if not faces:
        with pytest.raises(NoKeyframeError):
            run(*pictures)
    else:
        keyframe = run(*pictures, good_enough=-1.0)
        assert keyframe.distance == pytest.approx(min(abs(red - 100) for red in faces) / 255)


# -- a real face ----------------------------------------------------------------------------------


@pytest.mark.models
def test_her_pasted_photo_loses_to_a_picture_of_her_and_previz_paints_once() -> None:
    eye, size = DlibEye(), Size(416, 256)
    who = (admit(str(portrait()), eye),)
    spatial = SpatialPrompt("a library")
    painter, policy = PrevizPainter(), PREVIZ.keyframe
    keyframe = paint(spatial, who, painter, eye, policy, size, SEEDS, Watcher())
    (natural,) = keyframe.attempts
    assert natural.rank is not None and natural.rank < 1

    wall = cv2.GaussianBlur(keyframe.image, (0, 0), 24)
    pasted = paste(who[0], np.asarray(wall, np.uint8), *PASTES["pasted"])
    watch = Watcher()
    album = Album((), pictures=(pasted, keyframe.image))
    again = paint(spatial, who, album, eye, replace(policy, attempts=2), size, SEEDS, watch)
    paste_, picture = again.attempts
    assert paste_.distance is not None and picture.distance is not None
    assert paste_.distance < picture.distance
    assert "a copy of it" in paste_.why
    assert winner(again) == 1 and again.distance == natural.distance
