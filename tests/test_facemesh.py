"""Meshes follow the picture: mirrored, turned, scaled, cut. The face is the astronaut's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.demo_portrait import portrait
from vivant.engines import facemesh
from vivant.engines.facemesh import Detection, FaceMesh, Mesh, pose
from vivant.image import open_image
from vivant.types import Box, Image

models = pytest.mark.models

PHOTO = open_image(portrait())
EYES = ((203.5, 101.0), (246.8, 103.4))
"""The middles of the astronaut's irises in pixels, read off the enlarged picture by eye."""
FOREHEAD, CHIN, NOSE, LEFT_CORNERS, RIGHT_CORNERS = 10, 152, 1, (33, 133), (362, 263)


@pytest.fixture(scope="module")
def faces() -> FaceMesh:
    return FaceMesh()


@pytest.fixture(scope="module")
def mesh(faces: FaceMesh) -> Mesh:
    return fitted(faces, PHOTO)


def fitted(faces: FaceMesh, image: Image) -> Mesh:
    found = faces.fit(image, faces.find(image)[0])
    assert found is not None
    return found


def turned(image: Image, degrees: float, about: tuple[float, float] = (226.0, 127.0)) -> Image:
    """The picture turned clockwise about a point, the middle of the face by default."""
    matrix = cv2.getRotationMatrix2D(about, -degrees, 1.0)
    size = (image.shape[1], image.shape[0])
    view = cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(view, np.uint8)


def face_height(mesh: Mesh) -> float:
    return float(np.linalg.norm(mesh.points[CHIN, :2] - mesh.points[FOREHEAD, :2]))


@models
def test_one_face_is_found_with_its_eyes(faces: FaceMesh) -> None:
    (found,) = faces.find(PHOTO)
    assert found.score > 0.9
    assert found.keypoints.shape == (6, 2)
    assert np.abs(found.keypoints[:2] - EYES).max() < 8
    for x, y in found.keypoints[:4]:
        assert found.box.x0 < x < found.box.x1 and found.box.y0 < y < found.box.y1


@models
def test_two_faces_are_found(faces: FaceMesh) -> None:
    head = PHOTO[20:240, 110:330]
    pair = np.concatenate([head, head[:, ::-1]], axis=1)
    found = sorted(d.box.centre[0] for d in faces.find(np.ascontiguousarray(pair)))
    assert len(found) == 2
    assert found[0] == pytest.approx(440 - found[1], abs=6)


@models
@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_empty_picture_has_no_face(faces: FaceMesh, level: int) -> None:
    empty = np.full((240, 320, 3), level, np.uint8)
    assert faces.find(empty) == []
    assert faces.fit(empty, Box(100, 60, 200, 160)) is None


@models
def test_points_keep_the_published_numbering(mesh: Mesh) -> None:
    assert mesh.points.shape == (facemesh.POINTS, 3)
    assert mesh.points.dtype == np.float32
    at = mesh.points[:, :2]
    assert at[FOREHEAD, 1] < at[NOSE, 1] < at[CHIN, 1]
    assert at[33, 0] < at[133, 0] < at[362, 0] < at[263, 0]
    assert at[234, 0] < at[61, 0] < at[291, 0] < at[454, 0]
    assert mesh.points[NOSE, 2] < mesh.points[234, 2]  # the nose is nearer to the camera


@models
def test_irises_lie_on_the_pupils(mesh: Mesh) -> None:
    assert np.abs(mesh.points[[468, 473], :2] - EYES).max() < 1.0
    for centre, corners in ((468, LEFT_CORNERS), (473, RIGHT_CORNERS)):
        ring = mesh.points[centre + 1 : centre + 5, :2]
        radius = np.linalg.norm(ring - mesh.points[centre, :2], axis=1)
        width = np.linalg.norm(np.subtract(*mesh.points[list(corners), :2]))
        # A human iris is 11.7 mm wide, the eye's opening about 30 mm.
        assert 0.12 < radius.mean() / width < 0.30


@models
def test_the_same_picture_gives_the_same_points(faces: FaceMesh, mesh: Mesh) -> None:
    assert (fitted(faces, PHOTO).points == mesh.points).all()
    assert (fitted(FaceMesh(threads=1), PHOTO).points == mesh.points).all()


@models
def test_a_box_alone_is_enough(faces: FaceMesh, mesh: Mesh) -> None:
    for grow in (0.8, 1.0, 1.25):
        x, y = mesh.box.centre
        half = grow * mesh.box.height / 2
        found = faces.fit(PHOTO, Box(x - half, y - half, x + half, y + half))
        assert found is not None
        assert np.abs(found.points[:, :2] - mesh.points[:, :2]).mean() < 0.03 * mesh.box.height


@models
def test_scale_scales_the_points(faces: FaceMesh, mesh: Mesh) -> None:
    large = cv2.resize(PHOTO, None, fx=2.5, fy=2.5, interpolation=cv2.INTER_CUBIC)
    points = fitted(faces, np.asarray(large, np.uint8)).points
    assert np.abs(points[:, :2] / 2.5 - mesh.points[:, :2]).mean() < 0.02 * mesh.box.height


@models
@pytest.mark.parametrize("degrees", [-50, -25, 25, 50])
def test_roll_follows_the_picture(faces: FaceMesh, mesh: Mesh, degrees: int) -> None:
    found = pose(fitted(faces, turned(PHOTO, degrees)))
    assert found.roll - pose(mesh).roll == pytest.approx(degrees, abs=6)
    # The photo's head is turned in the picture's plane only.
    assert found.pitch == pytest.approx(pose(mesh).pitch, abs=12)


@models
def test_a_mirror_turns_yaw_and_roll_round(faces: FaceMesh, mesh: Mesh) -> None:
    mirrored = pose(fitted(faces, np.ascontiguousarray(PHOTO[:, ::-1])))
    assert mirrored.yaw == pytest.approx(-pose(mesh).yaw, abs=4)
    assert mirrored.pitch == pytest.approx(pose(mesh).pitch, abs=4)
    assert mirrored.roll == pytest.approx(-pose(mesh).roll, abs=4)


@models
def test_a_cut_face_still_gets_a_whole_mesh(faces: FaceMesh, mesh: Mesh) -> None:
    cut = int(mesh.box.y1 - 0.2 * mesh.box.height)
    found = fitted(faces, np.ascontiguousarray(PHOTO[:cut]))
    assert found.points[CHIN, 1] > cut
    assert face_height(found) == pytest.approx(face_height(mesh), rel=0.15)


@models
def test_a_face_that_fills_the_picture_is_found(faces: FaceMesh) -> None:
    tight = np.ascontiguousarray(PHOTO[72:180, 180:272])
    assert face_height(fitted(faces, tight)) == pytest.approx(105, rel=0.15)


@models
def test_a_moving_face_is_followed_and_an_absent_one_is_not(faces: FaceMesh, mesh: Mesh) -> None:
    seen: Mesh | None = mesh
    for step in range(1, 6):
        assert seen is not None
        moved = turned(np.roll(PHOTO, 4 * step, axis=1), 3 * step)
        seen = faces.follow(moved, seen)
    assert seen is not None
    assert pose(seen).roll - pose(mesh).roll == pytest.approx(15, abs=5)
    assert faces.follow(np.zeros((512, 512, 3), np.uint8), mesh) is None


# -- pose, on a synthetic head: no network --------------------------------------------------------


def synthetic_head(yaw: float, pitch: float, roll: float) -> Mesh:
    """A symmetric head whose frame is turned by known angles: yaw, then pitch, then roll."""
    rng = np.random.default_rng(7)
    points = np.zeros((facemesh.POINTS, 3))
    for left, right in facemesh._MIRRORED:
        x, y, z = rng.uniform([20, -50, -30], [60, 50, 30])
        points[left], points[right] = (-x, y, z), (x, y, z)
    points[FOREHEAD], points[CHIN] = (0, -60, 0), (0, 60, 0)
    a, b, c = np.radians([yaw, pitch, roll])
    # Right, down, into the picture. The nose points along -z and turns to +x by yaw > 0, to +y by
    # pitch > 0; the picture turns clockwise, x towards y, by roll > 0.
    about_y = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
    forward = about_y @ about_x @ [0, 0, -1]
    cross = np.array(
        [[0, -forward[2], forward[1]], [forward[2], 0, -forward[0]], [-forward[1], forward[0], 0]]
    )
    # Rodrigues' formula; forward points at the camera, so clockwise is a negative turn about it.
    spin = np.eye(3) - np.sin(c) * cross + (1 - np.cos(c)) * cross @ cross
    return Mesh((points @ (spin @ about_y @ about_x).T).astype(np.float32), 1.0)


ANGLE = st.floats(-75, 75)


@settings(deadline=None)
@given(yaw=ANGLE, pitch=ANGLE, roll=st.floats(-170, 170))
def test_pose_gives_back_the_angles_of_a_turned_head(yaw: float, pitch: float, roll: float) -> None:
    found = pose(synthetic_head(yaw, pitch, roll))
    assert (found.yaw, found.pitch, found.roll) == pytest.approx((yaw, pitch, roll), abs=0.05)


def test_signs_of_the_pose() -> None:
    """Yaw > 0: the nose, in front of the face, moves to the image's right; pitch > 0: down."""
    nose = np.array([[0, 0, -40.0]])
    for angles, axis in (((30, 0, 0), 0), ((0, 30, 0), 1)):
        head = synthetic_head(*angles)
        assert pose(head).yaw == pytest.approx(angles[0], abs=0.05)
        a, b = np.radians(angles[:2])
        tip = nose[0, 2] * np.array([-np.sin(a) * np.cos(b), -np.sin(b)])
        assert tip[axis] > 15
    level = synthetic_head(0, 0, 20).points
    assert level[263, 1] - level[33, 1] > 0  # clockwise: the image-right eye sinks


# -- small arithmetic -----------------------------------------------------------------------------


def test_anchors_are_the_published_896() -> None:
    anchors = facemesh._anchors()
    assert anchors.shape == (896, 2)
    assert anchors[0] == pytest.approx([1 / 32, 1 / 32])
    assert anchors[1] == pytest.approx([1 / 32, 1 / 32])
    assert anchors[2] == pytest.approx([3 / 32, 1 / 32])
    assert anchors[512] == pytest.approx([1 / 16, 1 / 16])
    assert anchors[-1] == pytest.approx([15 / 16, 15 / 16])


@settings(deadline=None)
@given(
    x=st.floats(-50, 150), y=st.floats(-50, 150), size=st.floats(10, 300), angle=st.floats(-3, 3)
)
def test_a_regions_middle_is_its_centre_and_its_corners_a_size_apart(
    x: float, y: float, size: float, angle: float
) -> None:
    region = facemesh.Region(x, y, size, angle)
    at = region.to_image(np.array([[0.5, 0.5], [0.0, 0.0], [1.0, 0.0]]))
    assert at[0] == pytest.approx([x, y], abs=1e-3)
    assert at[2] - at[1] == pytest.approx([size * np.cos(angle), size * np.sin(angle)], abs=1e-2)


def test_a_region_crops_the_pixels_it_names() -> None:
    image = np.random.default_rng(1).integers(0, 256, (40, 50, 3), np.uint8)
    region = facemesh.Region(20.0, 16.0, 16.0, 0.0)
    crop = region.crop(image, 16, cv2.BORDER_REPLICATE)
    assert (crop == image[8:24, 12:28]).all()


def test_a_moved_detection_keeps_its_shape() -> None:
    found = Detection(Box(1, 2, 3, 4), np.ones((6, 2), np.float32), 0.5).moved(10, 20)
    assert found.box == Box(11, 22, 13, 24)
    assert (found.keypoints == [11, 21]).all()
