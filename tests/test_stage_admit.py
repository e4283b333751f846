"""A photo becomes a reference, or is refused by the right name with the value and the limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tools.demo_portrait import portrait
from vivant import errors
from vivant.engines import dlib
from vivant.image import digest, open_image
from vivant.stages.admit import admit
from vivant.types import Box, EngineInfo, Face, Image, Pose

models = pytest.mark.models

PHOTO = open_image(portrait())


def noisy(width: int = 400, height: int = 400) -> Image:
    """A sharp, evenly lit picture: noise about middle grey."""
    rng = np.random.default_rng(3)
    return np.asarray(rng.integers(60, 196, (height, width, 3)), np.uint8)


AHEAD = Pose(0.0, 0.0, 0.0)


def face(x: float, y: float, height: float, pose: Pose | None = AHEAD) -> Face:
    """A face 0.8 times as wide as high, its upper left corner at (x, y)."""
    box = Box(x, y, x + 0.8 * height, y + height)
    across, down = np.linspace(box.x0, box.x1, 50), np.linspace(box.y0, box.y1, 50)
    grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    return Face(box, grid.astype(np.float32), pose, 1.0)


@dataclass(frozen=True)
class GivenEye:
    """Sees the faces it was given."""

    faces: tuple[Face, ...]
    same_person: float = 0.6
    info: EngineInfo = field(default_factory=lambda: EngineInfo("given", "1", "Apache-2.0"))

    def look(self, image: Image) -> tuple[Face, ...]:
        del image
        return self.faces

    def embed(self, image: Image, face: Face) -> Face:
        del image
        return replace(face, embedding=np.ones(2, np.float32))

    def distance(self, one: Face, other: Face) -> float:
        del one, other
        return 0.0

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        return tuple(start or self.faces[0] for _ in frames)

    def release(self) -> None:
        pass


def noticed(image: Image, *faces: Face) -> dict[str, float]:
    return {n.what: n.value for n in admit(image, GivenEye(faces)).notices}


# -- the reference --------------------------------------------------------------------------------


def test_a_good_photo_becomes_a_reference_without_notices() -> None:
    image = noisy()
    reference = admit(image, GivenEye((face(120, 120, 160),)))
    assert reference.notices == ()
    assert reference.digest == digest(image)
    assert reference.face.embedding is not None
    assert (reference.image == image).all()


def test_a_path_and_its_pixels_give_the_same_reference(tmp_path: Path) -> None:
    from vivant.image import save_png

    save_png(noisy(), tmp_path / "a.png")
    eye = GivenEye((face(120, 120, 160),))
    assert admit(str(tmp_path / "a.png"), eye).digest == admit(noisy(), eye).digest


@pytest.mark.parametrize("portrait", ["absent.png", np.zeros((400, 400), np.uint8)], ids=str)
def test_what_is_no_picture_is_refused(portrait: str | Image) -> None:
    with pytest.raises(errors.ImageError):
        admit(portrait, GivenEye(()))


# -- which face -----------------------------------------------------------------------------------


def test_no_face_is_refused() -> None:
    with pytest.raises(errors.NoFaceError):
        admit(noisy(), GivenEye(()))


def test_several_faces_are_listed_and_one_can_be_chosen() -> None:
    eye = GivenEye((face(20, 100, 100), face(140, 100, 120), face(270, 100, 110)))
    with pytest.raises(errors.SeveralFacesError) as refused:
        admit(noisy(), eye)
    assert "3 faces" in str(refused.value)
    assert "2: 96x120 px at (140, 100)" in str(refused.value)
    assert "--face N" in refused.value.mend
    for number, x in ((1, 20), (2, 140), (3, 270)):
        chosen = admit(noisy(), eye, face=number)
        assert chosen.face.box.x0 == x
        assert [n.what for n in chosen.notices] == ["other faces"]


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_face_that_does_not_exist_cannot_be_chosen(number: int) -> None:
    eye = GivenEye((face(20, 100, 100), face(140, 100, 120)))
    with pytest.raises(errors.FaceChoiceError, match=f"no face {number}"):
        admit(noisy(), eye, face=number)


def test_a_bystander_is_left_out_and_noted() -> None:
    main = face(120, 120, 180)
    assert noticed(noisy(), face(10, 10, 59), main) == {"other faces": 1}
    with pytest.raises(errors.SeveralFacesError):
        admit(noisy(), GivenEye((face(10, 10, 61), main)))


def test_as_many_faces_are_counted_as_are_listed_to_choose_from() -> None:
    eye = GivenEye((face(20, 100, 40), face(140, 100, 120), face(270, 100, 110)))
    with pytest.raises(errors.SeveralFacesError, match=r"3 faces: 1: .*2: .*3: .*N from 1 to 3"):
        admit(noisy(), eye)


# -- limits: the last value that passes, the first that does not ----------------------------------


def test_face_height() -> None:
    with pytest.raises(errors.FaceTooSmallError, match=r"47 pixels high; at least 48"):
        admit(noisy(), GivenEye((face(120, 120, 47),)))
    assert noticed(noisy(), face(120, 120, 48))["face height"] == 48
    assert "face height" in noticed(noisy(), face(120, 120, 95))
    assert noticed(noisy(), face(120, 120, 96)) == {}


def test_a_cut_face() -> None:
    """A face 200 high at y = 400 - 200 + c is cut by c: a share of c / 200."""
    with pytest.raises(errors.FaceCutError, match=r"16%"):
        admit(noisy(), GivenEye((face(120, 232, 200),)))
    assert noticed(noisy(), face(120, 220, 200))["face cut"] == pytest.approx(0.1)
    assert "face cut" not in noticed(noisy(), face(120, 200, 200))


def test_a_narrow_cut_that_takes_many_landmarks() -> None:
    """Half of the points crowd at the left edge, as in profile; a sliver cuts them off."""
    profile = face(-5, 120, 160)
    points = profile.landmarks.copy()
    points[::2, 0] = -2
    with pytest.raises(errors.FaceCutError):
        admit(noisy(), GivenEye((replace(profile, landmarks=points),)))


def test_cut_hair_is_noted_above_and_behind() -> None:
    assert "hair cut" in noticed(noisy(), face(120, 20, 160))
    assert noticed(noisy(), face(120, 60, 160)) == {}
    from_behind = {"hair cut", "turn"}
    assert set(noticed(noisy(), face(260, 120, 160, Pose(-80, 0, 0)))) == from_behind
    assert set(noticed(noisy(), face(20, 120, 160, Pose(80, 0, 0)))) == from_behind
    assert set(noticed(noisy(), face(20, 120, 160, Pose(-80, 0, 0)))) == {"turn"}


@pytest.mark.parametrize("pose", [Pose(101, 0, 0), Pose(-120, 0, 0), Pose(0, 61, 0)])
def test_a_face_turned_away_is_refused(pose: Pose) -> None:
    with pytest.raises(errors.FaceTurnedError, match="turned"):
        admit(noisy(), GivenEye((face(120, 120, 160, pose),)))


def test_a_profile_is_admitted_with_a_notice() -> None:
    assert noticed(noisy(), face(120, 120, 160, Pose(90, 0, 0)))["turn"] == pytest.approx(90)
    assert noticed(noisy(), face(120, 120, 160, Pose(0, -40, 0)))["turn"] == pytest.approx(40)
    assert noticed(noisy(), face(120, 120, 160, Pose(-30, 0, 0))) == {}


def test_a_tilt_is_noted_and_an_unknown_pose_is_not() -> None:
    assert noticed(noisy(), face(120, 120, 160, Pose(0, 0, -40))) == {"tilt": 40}
    assert noticed(noisy(), face(120, 120, 160, None)) == {}


def test_a_blurred_face_is_refused_a_soft_one_noted() -> None:
    def blurred(sigma: float) -> Image:
        """Blurred noise with the contrast of a face, so that rounding to 8 bits adds no edges."""
        soft = np.asarray(cv2.GaussianBlur(noisy().astype(np.float32), (0, 0), sigma))
        spread = 128 + (soft - soft.mean()) * 40 / soft.std()
        return np.asarray(np.clip(spread, 0, 255), np.uint8)

    with pytest.raises(errors.FaceBlurredError, match=r"above 0\.84"):
        admit(blurred(8), GivenEye((face(120, 120, 160),)))
    assert set(noticed(blurred(5), face(120, 120, 160))) == {"blur"}


def test_a_flat_picture_is_all_blur() -> None:
    with pytest.raises(errors.FaceBlurredError, match=r"is 1\.00"):
        admit(np.full((400, 400, 3), 128, np.uint8), GivenEye((face(120, 120, 160),)))


def test_dark_and_blown_faces_are_noted() -> None:
    dark = (noisy() * 0.3).astype(np.uint8)
    assert set(noticed(dark, face(120, 120, 160))) == {"brightness"}
    blown = noisy()
    blown[:, 160:] = 255
    assert "over-exposure" in noticed(blown, face(120, 120, 160))


def test_every_notice_names_its_value() -> None:
    messages = [n.message for n in admit(noisy(), GivenEye((face(120, 20, 60),))).notices]
    assert messages == [
        "The face is small: 60 pixels high, 96 or more keep its detail.",
    ]


# -- a real photo and the real eye ----------------------------------------------------------------


@pytest.fixture(scope="module")
def eye() -> dlib.DlibEye:
    return dlib.eye({})


def part(top: int, bottom: int, left: int, right: int) -> Image:
    return np.ascontiguousarray(PHOTO[top:bottom, left:right])


HEAD = part(0, 256, 90, 346)


@models
def test_the_astronaut_is_admitted_without_notices(eye: dlib.DlibEye) -> None:
    reference = admit(str(portrait()), eye)
    assert reference.notices == ()
    assert reference.face.embedding is not None


@models
def test_photos_that_cannot_serve(eye: dlib.DlibEye) -> None:
    pair = np.concatenate([HEAD, HEAD[:, ::-1]], axis=1)
    small = cv2.resize(PHOTO, (200, 200), interpolation=cv2.INTER_AREA)
    cases = [
        (part(230, 512, 0, 512), errors.NoFaceError),
        (pair, errors.SeveralFacesError),
        (np.asarray(small, np.uint8), errors.FaceTooSmallError),
        (part(0, 130, 120, 330), errors.FaceCutError),
        (np.asarray(cv2.GaussianBlur(HEAD, (0, 0), 4), np.uint8), errors.FaceBlurredError),
    ]
    for image, refusal in cases:
        with pytest.raises(refusal):
            admit(np.ascontiguousarray(image), eye)


@models
def test_a_poster_in_the_background_is_no_second_person(eye: dlib.DlibEye) -> None:
    large = np.asarray(cv2.resize(HEAD, (512, 512), interpolation=cv2.INTER_CUBIC), np.uint8)
    large[10:90, 10:90] = cv2.resize(HEAD, (80, 80), interpolation=cv2.INTER_AREA)
    reference = admit(large, eye)
    assert reference.face.box.height > 180
    assert [notice.what for notice in reference.notices] == ["other faces"]


@models
def test_a_dark_tilted_photo_is_admitted_with_both_notices(eye: dlib.DlibEye) -> None:
    turn = cv2.getRotationMatrix2D((225, 125), -38, 1.0)
    tilted = cv2.warpAffine(PHOTO, turn, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    reference = admit(np.asarray(tilted * 0.2, np.uint8), eye)
    assert {notice.what for notice in reference.notices} == {"tilt", "brightness"}
