"""The contract between the head, which knows the photo, and the wardrobe, which dresses the bust.

Where a photo has no shoulders the figure stands on a shaded torso. The head says where the pit of
the neck lies; the wardrobe gives back two layers, one behind the head and one in front of the neck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivant.types import Floats


@dataclass(frozen=True, eq=False)
class Bust:
    """Where the body goes on a canvas of ``width`` by ``height`` pixels.

    ``neck_x`` is the middle of the neck's width and ``neck_y`` the height of its pit (the notch
    between the collarbones), in pixels; the point may lie outside the canvas. ``neck_half`` is half
    the neck's width there and ``head_height`` the distance from crown to chin, both in pixels; the
    pit lies about 0.34 head heights below the chin. ``turn`` is where the chest points, in degrees,
    > 0 to the image's right. ``skin`` is the bare skin's albedo, ``(3,)`` linear RGB, 0 to 1.
    ``build`` scales the shoulders' width: 1.0 is average, 0.85 slight, 1.15 broad.
    """

    width: int
    height: int
    neck_x: float
    neck_y: float
    neck_half: float
    head_height: float
    turn: float
    skin: Floats
    build: float = 1.0


@dataclass(frozen=True, eq=False)
class Layer:
    """A surface that waits for light: seen colour = albedo * irradiance(normal) * occlusion.

    All are float32 of the canvas's size. ``albedo`` ``(h, w, 3)`` is linear RGB, 0 to 1, not
    premultiplied; ``alpha`` ``(h, w)`` is coverage, 0 to 1; ``normal`` ``(h, w, 3)`` is of unit
    length, x to the right, y up, z to the camera; ``occlusion`` ``(h, w)`` is 0 (dark) to 1 (open).
    """

    albedo: Floats
    alpha: Floats
    normal: Floats
    occlusion: Floats


@dataclass(frozen=True, eq=False)
class Dressed:
    """A dressed bust: ``back``, then the head and its neck, then ``front``.

    ``back`` holds the bare neck, throat and upper chest and the rear of the collar; ``front`` holds
    the garment, which lies over the neck.
    """

    back: Layer
    front: Layer
