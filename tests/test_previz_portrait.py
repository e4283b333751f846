"""Reading the photo of a real person: the astronaut, as she is and as phones would spoil her."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from skimage.data import astronaut

from tests import person
from vivant.engines import facemesh
from vivant.engines.previz.person import landmarks, portrait
from vivant.engines.previz.person.light import Light
from vivant.engines.previz.person.matte import encoded, linear
from vivant.engines.previz.person.portrait import Portrait
from vivant.errors import PortraitError
from vivant.types import Box, Face, Image, Reference, Size

pytestmark = pytest.mark.models

PHOTO: Image = np.ascontiguousarray(astronaut())  # type: ignore[no-untyped-call]
BOX = Box(174, 66, 269, 161)


def reference(image: Image, box: Box) -> Reference:
    corners = np.array([[box.x0, box.y0], [box.x1, box.y1]], np.float32)
    return Reference(np.ascontiguousarray(image), Face(box, corners, None, 1.0), "0" * 64)


@cache
def plain() -> Portrait:
    return portrait.read(reference(PHOTO, BOX))


@cache
def beside_another() -> Portrait:
    """Two people side by side: the right half is her mirror image; the left one is chosen."""
    mirrored = PHOTO[:420, ::-1][:, 60:420]
    image = np.concatenate([PHOTO[:420, 80:400], mirrored], axis=1)
    return portrait.read(reference(image, Box(92, 72, 186, 167)))


def test_the_person_is_cut_out_of_the_room() -> None:
    seen = plain()
    nose = seen.mesh[landmarks.NOSE_TIP, :2].round().astype(int)
    assert seen.alpha[nose[1], nose[0]] == pytest.approx(1, abs=0.01)
    beside = nose[0] + round(1.2 * seen.face_height)
    assert seen.alpha[nose[1], beside] < 0.01
    assert seen.cut == frozenset()


def test_her_colours_are_her_own() -> None:
    """The face's mean colour in linear light is that of the photo's same pixels."""
    seen = plain()
    x0, y0 = seen.mesh[:468, :2].min(axis=0).astype(int) + 30
    x1, y1 = seen.mesh[:468, :2].max(axis=0).astype(int) - 30
    inner = seen.colour[y0:y1, x0:x1]
    photo = PHOTO[95:140, 200:250].reshape(-1, 3).mean(axis=0) / 255
    assert encoded(inner).mean(axis=(0, 1)) == pytest.approx(photo, abs=0.06)


def test_a_tilted_head_is_levelled() -> None:
    matrix = cv2.getRotationMatrix2D((221, 113), 35, 1)
    tilted = cv2.warpAffine(PHOTO, matrix, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    seen = portrait.read(reference(np.asarray(tilted, np.uint8), BOX))
    roll = facemesh.pose(facemesh.Mesh(seen.mesh, 1.0)).roll
    assert abs(roll) < 7
    assert seen.face_height == pytest.approx(plain().face_height, rel=0.08)


def test_a_level_head_is_not_touched() -> None:
    """No resampling but the scale: the eye line keeps its small angle."""
    before = facemesh.FaceMesh().fit(PHOTO, BOX)
    assert before is not None
    assert facemesh.pose(facemesh.Mesh(plain().mesh, 1.0)).roll == pytest.approx(
        facemesh.pose(before).roll, abs=0.01
    )


def test_an_underexposed_photo_is_lifted_and_a_good_one_is_not() -> None:
    dark = portrait.read(reference((PHOTO * 0.25).astype(np.uint8), BOX))
    hull = slice(int(dark.mesh[10, 1]), int(dark.mesh[152, 1]))
    columns = slice(int(dark.mesh[50, 0]), int(dark.mesh[280, 0]))
    lifted = float(dark.colour[hull, columns].mean())
    photo = linear((PHOTO * 0.25).astype(np.uint8))[95:140, 200:250].mean()
    assert lifted > 2 * photo


def test_the_other_person_of_the_photo_is_gone() -> None:
    seen = beside_another()
    light = Light(person.probe(person.SKIN * 0 + 1, (0, 0, 1)))
    figured = person.build(seen, Size(416, 240), light, 1)
    shown = figured.frame({}, {})
    picture = (encoded(shown[..., :3] + 0.2 * (1 - shown[..., 3:])) * 255).astype(np.uint8)
    assert len(facemesh.FaceMesh().find(picture)) == 1
    nose = seen.mesh[landmarks.NOSE_TIP, :2]
    far = round(float(nose[0]) + 2 * seen.face_height)
    assert seen.alpha[: round(float(nose[1])), far:].max(initial=0) < 0.05


def test_alone_or_beside_another_she_is_the_same() -> None:
    alone, beside = plain(), beside_another()
    scale = alone.face_height / beside.face_height
    assert scale == pytest.approx(1, abs=0.05)
    x, y = beside.mesh[landmarks.NOSE_TIP, :2].astype(int)
    u, v = alone.mesh[landmarks.NOSE_TIP, :2].astype(int)
    reach = 100
    one = alone.alpha[v - reach : v + 60, u - reach : u + reach]
    two = beside.alpha[y - reach : y + 60, x - reach : x + reach]
    assert np.abs(one - two).mean() < 0.03


def test_a_head_cut_by_the_photos_top_is_completed() -> None:
    cut = portrait.read(reference(PHOTO[28:], Box(174, 38, 269, 133)))
    whole = plain()

    def above(seen: Portrait) -> float:
        """From the crown to the forehead, in face heights."""
        x = int(seen.mesh[landmarks.FOREHEAD, 0])
        top = np.flatnonzero(seen.alpha[:, x] > 0.5)[0]
        return float(seen.mesh[landmarks.FOREHEAD, 1] - top) / seen.face_height

    assert above(cut) == pytest.approx(above(whole), abs=0.15)


def test_a_place_without_a_face_is_refused() -> None:
    blank = np.full((200, 200, 3), 127, np.uint8)
    with pytest.raises(PortraitError, match="does not fit"):
        portrait.read(reference(blank, Box(50, 50, 150, 150)))


def test_she_is_one_face_in_every_pose() -> None:
    light = Light(person.probe(np.ones(3, np.float32), (-0.3, 0.5, 0.8)))
    made = person.build(plain(), Size(416, 240), light, 1)
    assert made.body == "own"
    finder = facemesh.FaceMesh()
    for pose in ({"yaw": 12}, {"yaw": -12, "pitch": 10}, {"blink": 1, "jaw": 1, "roll": 10}):
        shown = made.frame(pose, {})
        picture = (encoded(shown[..., :3] + 0.2 * (1 - shown[..., 3:])) * 255).astype(np.uint8)
        (found,) = finder.find(picture)
        assert abs(found.box.centre[0] - (made.face[0] + made.face[2]) / 2) < 30


def test_her_head_turns_as_far_as_it_is_told_to() -> None:
    """Measured by the face mesh on the film's own pixels; a 2.5-D turn falls a little short."""
    light = Light(person.probe(np.ones(3, np.float32), (0, 0.4, 0.9)))
    made = person.build(plain(), Size(416, 416), light, 1, "close-up")
    finder = facemesh.FaceMesh()

    def yaw(degrees: float) -> float:
        shown = made.frame({"yaw": degrees}, {})
        picture = (encoded(shown[..., :3] + 0.2 * (1 - shown[..., 3:])) * 255).astype(np.uint8)
        fitted = finder.fit(picture, Box(*made.face))
        assert fitted is not None
        return facemesh.pose(fitted).yaw

    still = yaw(0)
    assert 4 < yaw(10) - still < 14
    assert -14 < yaw(-10) - still < -4
