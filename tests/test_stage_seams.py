"""Where one shot continues another: how far it jumps, and how far the people have drifted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from tests.tiny import HalfWriter, SquareAnimator, SquareEye, SquarePainter, picture, reference
from vivant.engines import Engines
from vivant.stages.seams import AROUND, Anchor, distances, jump
from vivant.types import Box, Face, Image, Keyframe, Size, SpatialPrompt

SIZE = Size(256, 64)
EYE = SquareEye()


def at(*places: int) -> Image:
    """A square of 32 pixels at these places, frame by frame."""
    return np.stack([picture(SIZE, 100, place) for place in places])


def test_a_steady_walk_has_no_seam() -> None:
    assert jump(at(0, 2, 4), at(6, 8, 10), EYE) == pytest.approx(1)


def test_a_jump_is_counted_in_the_faster_steps_beside_it() -> None:
    assert jump(at(0, 2, 4), at(10, 12, 14), EYE) == pytest.approx(3)
    assert jump(at(0, 2, 4), at(10, 14, 18), EYE) == pytest.approx(6 / 4)
    assert jump(at(0, 4, 8), at(14, 15, 16), EYE) == pytest.approx(6 / 4)


def test_only_the_steps_near_the_seam_count() -> None:
    near = [2 * number for number in range(AROUND + 1)]
    then = [near[-1] + 2 + 2 * number for number in range(AROUND + 1)]
    assert jump(at(-90, -40, *near), at(*then, 60, 90), EYE) == pytest.approx(1)


def test_at_rest_a_jump_is_counted_in_the_landmarks_own_unrest() -> None:
    assert jump(at(0, 0, 0), at(0, 0, 0), EYE) == 0
    assert jump(at(0, 0, 0), at(1, 1, 1), EYE) == pytest.approx(1 / 32 / 0.002)


def test_without_faces_there_is_nothing_to_measure() -> None:
    nobody = np.zeros_like(at(0, 0))
    assert jump(nobody, at(0, 1), EYE) is None
    assert jump(at(0), at(1), EYE) is None
    assert jump(np.concatenate([nobody, at(0)]), at(1, 2), EYE) == pytest.approx(1)


@dataclass(frozen=True)
class HalvesEye(SquareEye):
    """Sees one face in each half of the picture."""

    def look(self, image: Image) -> tuple[Face, ...]:
        middle = image.shape[1] // 2
        left = SquareEye().look(image[:, :middle])
        right = SquareEye().look(image[:, middle:])
        return (*left, *(_moved(face, middle) for face in right))


def _moved(face: Face, by: int) -> Face:
    box = Box(face.box.x0 + by, face.box.y0, face.box.x1 + by, face.box.y1)
    return replace(face, box=box, landmarks=face.landmarks + np.array([by, 0], np.float32))


def two(left: int | None, right: int | None) -> Image:
    half = Size(128, 64)
    return np.concatenate([picture(half, left), picture(half, right)], axis=1)


CAST = (reference(40), reference(200))


@pytest.mark.parametrize(("left", "right"), [(50, 180), (180, 50)])
def test_each_person_is_the_face_that_is_nearest_in_all(left: int, right: int) -> None:
    found = distances(two(left, right), CAST, HalvesEye())
    assert found == pytest.approx((10 / 255, 20 / 255))


def test_one_person_alone_is_the_nearest_of_the_large_faces() -> None:
    image = two(200, 40)
    image[8:56, 8:120] = (100, 200, 0)
    assert distances(image, CAST[:1], HalvesEye()) == pytest.approx((0.0,))


def test_fewer_faces_than_people_are_not_measured() -> None:
    assert distances(two(50, None), CAST, HalvesEye()) is None


def test_the_drift_is_that_of_whom_it_is_most() -> None:
    keyframe = Keyframe(two(50, 180), SpatialPrompt(""), CAST, 1, "square", 0.0, ())
    engines = Engines(HalfWriter(), SquarePainter([]), SquareAnimator(), HalvesEye())
    anchor = Anchor(keyframe, engines)
    assert anchor.drift(two(50, 180)) == pytest.approx(0)
    assert anchor.drift(two(60, 150)) == pytest.approx(30 / 255)
    assert anchor.drift(two(40, 200)) == pytest.approx(-10 / 255)
    assert anchor.drift(two(None, 200)) is None
    assert anchor.mended(two(50, 180), 1, watch=None) is None  # type: ignore[arg-type]
