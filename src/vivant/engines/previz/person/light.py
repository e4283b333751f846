"""The set's own light on the person, from a picture of a grey ball that stood in the set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vivant.engines.previz.bust import Layer
    from vivant.types import Floats

LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)

_GREY = 0.5
_RIM = 0.94
"""The ball is trusted up to this part of its radius; its outermost pixels mix with the set."""
_FRONT = np.array(
    [[[0, 0.1, 0.99], [-0.45, 0.1, 0.89], [0.45, 0.1, 0.89], [0, -0.3, 0.95], [0, 0.4, 0.92]]],
    np.float32,
)
_KEY = 0.9
_EXPOSED = 0.55
"""How far the film's exposure follows the person, 0 not at all, 1 until the set's level is gone."""
_CAST = 0.7
_CONTRAST = 0.36
_TINT = 0.66
_SCATTER = 0.018
"""How far light wanders in skin, as a part of the canvas's height."""


def luminance(colour: Floats) -> Floats:
    """Rec. 709 luminance of linear RGB ``(..., 3)``."""
    return np.asarray(colour @ LUMINANCE, np.float32)


class Light:
    """Diffuse light of one set.

    ``probe`` ``(n, n, 3)`` is linear RGB: a ball of 50 % grey that fills the square, lit by the set
    and seen from the camera. ``level`` is the luminance it sends to the front of a face.
    """

    def __init__(self, probe: Floats) -> None:
        self._side = probe.shape[0]
        self._ball = _filled(np.asarray(probe, np.float32)) / np.float32(_GREY)
        self._key = self.irradiance(_FRONT).reshape(-1, 3).mean(axis=0)
        self.level = max(1e-4, float(luminance(self._key)))
        self.exposure = (_KEY / self.level) ** _EXPOSED

    def irradiance(self, normals: Floats) -> Floats:
        """Light ``(h, w, 3)`` on surfaces with unit ``normals``: x right, y up, z to the camera.

        Divided by pi, so that seen colour = albedo * irradiance. Normals that face away see the
        ball's rim.
        """
        flat = np.hypot(normals[..., 0], normals[..., 1])
        limit = np.where((flat > _RIM) | (normals[..., 2] < 0), _RIM / np.maximum(flat, 1e-6), 1)
        half = self._side / 2
        x = (half - 0.5 + half * normals[..., 0] * limit).astype(np.float32)
        y = (half - 0.5 - half * normals[..., 1] * limit).astype(np.float32)
        return np.asarray(
            cv2.remap(self._ball, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
            np.float32,
        )

    def on_body(self, normals: Floats) -> Floats:
        """What a person receives in the film: exposed for people, its colour cast softened."""
        received = self.irradiance(normals)
        amount = np.maximum(luminance(received), 1e-5)[..., None]
        return np.asarray(amount * (received / amount) ** _CAST * self.exposure, np.float32)

    def shade(self, layer: Layer) -> Floats:
        """The seen colour ``(h, w, 3)`` of a layer of skin or cloth, not premultiplied."""
        return np.asarray(
            layer.albedo * self.on_body(layer.normal) * layer.occlusion[..., None], np.float32
        )

    def relight(self, photo: Floats, normals: Floats, albedo_gain: float) -> Floats:
        """A photo's linear colour under this light.

        A photo brings its own shading, so only the softened ratio of the set's light to flat
        frontal light is put on. ``albedo_gain`` takes the photo's level to albedo.
        """
        key = self.on_body(_FRONT).reshape(-1, 3).mean(axis=0)
        ratio = self.on_body(normals) / float(luminance(key))
        amount = np.maximum(luminance(ratio), 0.02)[..., None]
        soft = np.clip(amount, 0.1, 4) ** _CONTRAST * np.clip(ratio / amount, 0.3, 3) ** _TINT
        # Skin scatters light: a shadow's edge on it is never as sharp as the relief.
        spread = max(0.5, _SCATTER * soft.shape[0])
        scattered = cv2.GaussianBlur(np.asarray(soft, np.float32), (0, 0), spread)
        return np.asarray(photo * scattered * (albedo_gain * luminance(key)), np.float32)


def _filled(probe: Floats) -> Floats:
    """The probe with the ball's colours carried outwards over what is not ball, and denoised."""
    side = probe.shape[0]
    place = (np.arange(side) + 0.5) * 2 / side - 1
    ball = (np.hypot(*np.meshgrid(place, place)) < _RIM).astype(np.float32)
    blur = side / 30
    near = cv2.GaussianBlur(probe * ball[..., None], (0, 0), blur)
    weight = cv2.GaussianBlur(ball, (0, 0), blur)[..., None]
    wide = cv2.GaussianBlur(probe * ball[..., None], (0, 0), side / 6)
    wide_weight = cv2.GaussianBlur(ball, (0, 0), side / 6)[..., None]
    mixed = near / np.maximum(weight, 1e-3)
    fallback = wide / np.maximum(wide_weight, 1e-3)
    trust = np.clip(weight * 8, 0, 1)
    return np.asarray(trust * mixed + (1 - trust) * fallback, np.float32)
