"""The living figure: the person of the photo, dressed, lit by the set, moved frame by frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from vivant.engines.previz.bust import Bust
from vivant.engines.previz.lens import FOCAL, PERSON, PIVOT
from vivant.engines.previz.person import (
    dressing,
    eyes,
    framing,
    landmarks,
    mouth,
    portrait,
    relief,
    rig,
    tones,
)
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.light import luminance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vivant.engines.previz.bust import Dressed
    from vivant.engines.previz.person.light import Light
    from vivant.types import Floats, Size

Body = Literal["own", "dressed"]

_SKIN_ALBEDO = 0.30
_SKIN_TRUST = 0.45
"""A photo's own skin level says this much of the albedo; the rest is its exposure."""
_HEAD_PARALLAX = 0.6
"""The part of the camera's way round the head that the picture can follow."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A person ready to be shown in any pose; make one with ``build``.

    ``face`` is the face's box at rest, x0, y0, x1, y1 in the film's pixels.
    """

    canvas: framing.Canvas
    texture: Floats
    rig: rig.Rig
    eyes: tuple[eyes.Eye, ...]
    mouth: mouth.Mouth
    body: Body
    face: tuple[float, float, float, float]

    @property
    def height(self) -> float:
        """Where the face's middle lies at rest, in pixels from the film's top."""
        return (self.face[1] + self.face[3]) / 2

    def frame(self, pose: Mapping[str, float], camera: Mapping[str, float]) -> Floats:
        """The person as premultiplied linear RGBA, float32, of the film's size.

        ``pose`` holds values of FIGURE_CHANNELS and ``camera`` of CAMERA_CHANNELS; what is absent
        rests.
        """
        picture = self.texture.copy()
        mouth.pose(picture, self.mouth, pose.get("jaw", 0.0))
        eyes.pose(picture, self.eyes, pose)
        x, y = self._seen_from(camera)
        moves = {**pose, "yaw": pose.get("yaw", 0.0) + _parallax(camera)}
        shift = cv2.remap(
            self.rig.inverse(moves), x / self.rig.step, y / self.rig.step, cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        x += shift[..., 0]
        y += shift[..., 1]
        np.minimum(y, self.canvas.height - 2, out=y)
        shown = floats(cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT))
        np.maximum(shown, 0, out=shown)
        np.minimum(shown[..., 3], 1, out=shown[..., 3])
        return shown

    def _seen_from(self, camera: Mapping[str, float]) -> tuple[Floats, Floats]:
        """The canvas place that each pixel of the film sees, for a pinhole camera at PERSON."""
        size = self.canvas.size
        x = np.arange(size.width, dtype=np.float32) + np.float32(0.5 - size.width / 2)
        y = np.arange(size.height, dtype=np.float32) + np.float32(0.5 - size.height / 2)
        focal = FOCAL * size.height
        zoom = np.exp(camera.get("zoom", 0.0))
        roll = np.radians(camera.get("roll", 0.0))
        nearer = (PERSON - camera.get("z", 0.0)) / PERSON
        cos, sin = np.cos(roll) / zoom, np.sin(roll) / zoom
        pan = focal * np.tan(np.radians(camera.get("pan", 0.0)))
        tilt = focal * np.tan(np.radians(camera.get("tilt", 0.0)))
        u = cos * x[None] - sin * y[:, None] + pan
        v = sin * x[None] + cos * y[:, None] - tilt
        travel = focal * (1 / PERSON - PIVOT)
        u = u * nearer + travel * camera.get("x", 0.0)
        v = v * nearer - travel * camera.get("y", 0.0)
        left = self.canvas.left + size.width / 2 - 0.5
        top = self.canvas.top + size.height / 2 - 0.5
        return (u + left).astype(np.float32), (v + top).astype(np.float32)


def _parallax(camera: Mapping[str, float]) -> float:
    """A camera that moves to the right sees the head turned to the left, in degrees."""
    return -_HEAD_PARALLAX * float(np.degrees(np.arctan2(camera.get("x", 0.0), PERSON)))


def build(
    person: portrait.Portrait,
    size: Size,
    dress: Callable[[Bust], Dressed],
    light: Light,
    seed: int,
    mark: framing.Mark,
) -> Figure:
    """The figure of ``person`` on its ``mark`` in a film of ``size``.

    ``dress`` makes the body where the photo's own is not kept. Same arguments, same figure.
    """
    staged = framing.stage(person, size, mark)
    tone = tones.read(staged.colour, staged.alpha, staged.mesh)
    neck = dressing.neck(staged, tone)
    bones = rig.assemble(staged.mesh, staged.alpha, neck, size.height, seed)
    normals = relief.normals(bones.depth, staged.alpha, bones.step, staged.face_height)
    gain = _albedo_gain(tone.skin)
    photo = light.relight(staged.colour, normals, gain)
    del normals
    if mark.own:
        texture = np.dstack([photo * staged.alpha[..., None], staged.alpha])
    else:
        bust = _bust(staged, neck, tone.skin * gain, mark.chest)
        texture = dressing.join(staged, tone, neck, photo, dress(bust), light)
    shape = staged.alpha.shape
    seen = float(luminance(tone.skin)) * gain * light.level * light.exposure
    return Figure(
        staged.canvas, np.ascontiguousarray(texture, np.float32), bones,
        eyes.find(staged.mesh, shape), mouth.find(staged.mesh, shape, seen),
        "own" if mark.own else "dressed", _box(staged),
    )  # fmt: skip


def _albedo_gain(skin: Floats) -> float:
    level = max(0.01, float(luminance(skin)))
    return float(level**_SKIN_TRUST * _SKIN_ALBEDO ** (1 - _SKIN_TRUST) / level)


def _bust(staged: framing.Staged, neck: rig.Neck, skin: Floats, chest: float) -> Bust:
    turn = float(np.degrees(np.arcsin(landmarks.turn(staged.mesh))))
    return Bust(
        staged.canvas.width, staged.canvas.height, neck.x, neck.y, neck.half, neck.head_height,
        float(np.clip(0.35 * turn + chest, -22, 22)), skin.astype(np.float32),
    )  # fmt: skip


def _box(staged: framing.Staged) -> tuple[float, float, float, float]:
    corner = np.array([staged.canvas.left, staged.canvas.top], np.float32)
    points = staged.mesh[landmarks.SURFACE, :2] - corner
    x0, y0 = points.min(axis=0)
    x1, y1 = points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)
