"""The contract between the score (what moves) and the figure, the plate and the effects (how).

A ``Curves`` holds one float32 value a frame for each channel. Zero on a channel is rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.types import Floats

FIGURE_CHANNELS: Mapping[str, str] = {
    "yaw": "head turn, degrees, added to the photo's own; > 0 to the image's right; within ±12",
    "pitch": "head nod, degrees; > 0 looks down; within ±10",
    "roll": "head tilt, degrees; > 0 clockwise in the image; within ±10",
    "blink": "eyelids, 0 open to 1 closed",
    "gaze_x": "iris shift, -1 to 1, > 0 to the image's right",
    "gaze_y": "iris shift, -1 to 1, > 0 down",
    "brow": "eyebrows, -1 lowered to 1 raised",
    "frown": "eyebrows drawn together, 0 to 1",
    "squint": "eyes narrowed, 0 to 1",
    "smile": "mouth corners up, -1 (down, sad) to 1",
    "wide": "mouth, -1 pursed to 1 stretched",
    "jaw": "mouth, -1 closed further than the photo to 1 open",
    "breath": "chest, -1 out to 1 in",
    "sway_x": "body, fraction of the frame's height, > 0 to the image's right",
    "sway_y": "body, fraction of the frame's height, > 0 down",
    "torso_yaw": "shoulders, degrees, > 0 to the image's right",
    "lean": "body towards the camera, as a scale step: 0.05 is 5 % larger",
    "wind": "hair and cloth, 0 still to 1 gale",
}

CAMERA_CHANNELS: Mapping[str, str] = {
    "x": "camera position, metres, > 0 to the right (with parallax)",
    "y": "camera position, metres, > 0 up (with parallax)",
    "z": "camera position, metres, > 0 towards the person (with parallax)",
    "pan": "camera turn, degrees, > 0 to the right (no parallax)",
    "tilt": "camera turn, degrees, > 0 up (no parallax)",
    "roll": "camera roll, degrees, > 0 clockwise",
    "zoom": "focal length as a logarithm: 0.1 is about 10 % longer (no parallax)",
}


@dataclass(frozen=True, eq=False)
class Curves:
    """Each mapping's values have shape ``(t,)``; a channel that is absent is at rest.

    ``effects`` holds the strength, 0 to 1, of each ambient effect by its registered name.
    """

    figure: Mapping[str, Floats]
    camera: Mapping[str, Floats]
    effects: Mapping[str, Floats] = field(default_factory=dict)

    def at(self, group: str, frame: int) -> dict[str, float]:
        """The values of one group ("figure", "camera", "effects") at one frame."""
        curves: Mapping[str, Floats] = getattr(self, group)
        return {name: float(values[frame]) for name, values in curves.items()}
