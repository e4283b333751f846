"""Several people: each gets the face nearest to the photo, and keeps it through a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast as typed

import cv2
import numpy as np

from tests.tiny import GREEN, SquareEye, Watcher, picture
from vivant.engines import following
from vivant.recipe import VerifyPolicy
from vivant.stages.identity.cast import follow
from vivant.stages.matching import assign
from vivant.stages.verify import verify
from vivant.types import Box, Face, Film, Image, Pose, Reference, Size, Verdict

POLICY = VerifyPolicy(stride=4, most_distant=0.2, least_face_share=0.9)
HALF = 16


@dataclass(frozen=True)
class SquaresEye(SquareEye):
    """Finds every square that touches no other, left to right, and follows one by its place."""

    def look(self, image: Image) -> tuple[Face, ...]:
        count, _, boxes, _ = cv2.connectedComponentsWithStats(
            (image[..., 1] > GREEN // 2).astype(np.uint8)
        )
        faces = []
        for x, y, width, height, _ in sorted(boxes[1:count].tolist()):
            box = Box(float(x), float(y), float(x + width), float(y + height))
            corners = np.array([[box.x0, box.y0], [box.x1, box.y1]], np.float32)
            faces.append(Face(box, corners, Pose(0.0, 0.0, 0.0), 1.0))
        return tuple(faces)

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        return following.follow((typed("Image", frame) for frame in frames), self.look, start)


EYE = SquaresEye()


def person(red: int) -> Reference:
    image = picture(Size(64, 64), red)
    return Reference(image, EYE.embed(image, EYE.look(image)[0]), str(red))


def scene(*people: tuple[int, int]) -> Image:
    """A wide picture with a square of each red at each x; who is named first hides the others."""
    image = np.zeros((64, 256, 3), np.uint8)
    for red, x in reversed(people):
        image[16:48, x - HALF : x + HALF] = (red, GREEN, 0)
    return image


def judged(frames: Sequence[Image], *reds: int) -> Verdict:
    film = Film(np.stack(frames), 24, 0)
    return verify(film, tuple(person(red) for red in reds), EYE, POLICY, Watcher())


def test_each_reference_gets_the_face_nearest_to_it_wherever_it_stands() -> None:
    image = scene((200, 60), (100, 180))
    first, second = assign(image, EYE.look(image), [person(100), person(200)], EYE)
    assert first is not None and first.box.centre[0] == 180
    assert second is not None and second.box.centre[0] == 60


def test_the_sum_of_all_distances_decides() -> None:
    """140 is nearest to both; taken alone it would go to the first."""
    image = scene((140, 60), (20, 180))
    first, second = assign(image, EYE.look(image), [person(100), person(160)], EYE)
    assert first is not None and first.box.centre[0] == 180
    assert second is not None and second.box.centre[0] == 60


def test_two_people_who_stay_themselves_pass_with_their_margins() -> None:
    verdict = judged([scene((100, 60 + n), (200, 180 - n)) for n in range(13)], 100, 200)
    assert verdict.passed
    assert [person.mean for person in verdict.people] == [0.0, 0.0]
    margins = [score.margin for person in verdict.people for score in person.curve]
    assert np.allclose(np.array(margins, float), 100 / 255)
    assert verdict.sentence.startswith(
        "This is the person of photo 1 in 13 of 13 frames."
        " This is the person of photo 2 in 13 of 13 frames."
    )


def test_exchanged_faces_are_a_fault_of_both() -> None:
    before, after = scene((100, 60), (200, 180)), scene((200, 60), (100, 180))
    verdict = judged([before] * 10 + [after] * 6 + [before] * 12, 100, 200)
    assert not verdict.passed
    assert [(span.first, span.last, span.kind) for span in verdict.spans] == [(10, 15, "swap")] * 2
    assert "the other person's face" in verdict.sentence


def test_a_person_who_is_missing_is_in_no_frame() -> None:
    verdict = judged([scene((100, 60))] * 9, 100, 200)
    first, second = verdict.people
    assert first.mean == 0.0 and first.spans == ()
    assert (second.mean, second.face_share) == (None, 0.0)
    assert [(span.first, span.last, span.kind) for span in second.spans] == [(0, 8, "no face")]
    assert not verdict.passed


def crossing() -> list[Image]:
    """The first walks past in front of the second, who stands still."""
    return [scene((100, 60 + 6 * n), (200, 130)) for n in range(25)]


def test_people_who_cross_are_themselves_afterwards() -> None:
    people = follow(np.stack(crossing()), [person(100), person(200)], EYE)
    ends = [each.track[-1] for each in people]
    assert [end is not None and end.box.centre[0] for end in ends] == [204, 130]


def test_where_two_meet_nobody_is_mistaken_for_the_other() -> None:
    verdict = judged(crossing(), 100, 200)
    assert all(span.kind != "swap" for span in verdict.spans)
    why = {score.why for person in verdict.people for score in person.curve}
    assert "two faces meet here and can't be told apart" in why


# -- films made elsewhere ----------------------------------------------------------------------

BOTH = scene((100, 60), (200, 180))


def faults(verdict: Verdict) -> list[list[tuple[str, int, int]]]:
    return [
        [(span.kind, span.first, span.last) for span in person.spans] for person in verdict.people
    ]


def test_people_who_come_out_of_the_dark_are_found() -> None:
    verdict = judged([np.zeros_like(BOTH)] * 5 + [BOTH] * 20, 100, 200)
    assert faults(verdict) == [[("no face", 0, 4)]] * 2
    assert [person.mean for person in verdict.people] == [0.0, 0.0]


def test_who_comes_in_later_is_there_from_that_frame_on() -> None:
    for number, alone in enumerate([scene((200, 180)), scene((100, 60))]):
        found = faults(judged([alone] * 8 + [BOTH] * 20, 100, 200))
        assert found[number] == [("no face", 0, 7)]
        assert found[1 - number] == []


def test_a_cut_to_the_other_side_is_no_swap() -> None:
    other = scene((200, 60), (100, 180))
    other[other.sum(axis=2) == 0] = 90
    assert faults(judged([BOTH] * 12 + [other] * 12, 100, 200)) == [[], []]


def test_in_shot_and_reverse_shot_each_is_there_by_turns() -> None:
    one, other = scene((100, 120)), scene((200, 130))
    other[other.sum(axis=2) == 0] = 90
    verdict = judged([one] * 12 + [other] * 12, 100, 200)
    assert faults(verdict) == [[("no face", 12, 23)], [("no face", 0, 11)]]


def test_an_eye_that_loses_whom_it_was_given_comes_to_an_end() -> None:
    class Straying(SquaresEye):
        def track(
            self, frames: Sequence[Image] | Image, start: Face | None = None
        ) -> tuple[Face | None, ...]:
            del start
            return super().track(frames, None)

    people = follow(np.stack([BOTH] * 30), [person(100), person(200)], Straying())
    assert [len(each.track) for each in people] == [30, 30]


def test_whoever_comes_back_first_is_not_taken_for_the_other_who_is_gone_too() -> None:
    nobody = np.zeros_like(BOTH)
    second, first = scene((200, 180)), scene((100, 60))
    verdict = judged([BOTH] * 10 + [second] * 4 + [nobody] * 6 + [first] * 20, 100, 200)
    assert faults(verdict) == [[("no face", 10, 19)], [("no face", 14, 39)]]


def test_who_comes_when_the_other_has_left_is_not_taken_for_them() -> None:
    nobody = np.zeros_like(BOTH)
    verdict = judged([scene((200, 180))] * 13 + [nobody] * 5 + [scene((100, 100))] * 20, 100, 200)
    assert faults(verdict) == [[("no face", 0, 17)], [("no face", 13, 37)]]
