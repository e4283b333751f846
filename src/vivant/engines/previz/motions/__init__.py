"""Every motion the previz engine knows. Importing this package fills the registry.

To add a motion: write one function under the module it belongs to, decorated with the phrases that
ask for it. To add a mood, a gaze or a camera move: add one row.
"""

from vivant.engines.previz.motions import (
    ambient,
    body,
    camera,
    face,
    head,
    mouth,
    nods,
    posture,
    tasks,
    voice,
)
from vivant.engines.previz.motions.base import MOTIONS, Beat, Cue, Motion, motion

__all__ = [
    "MOTIONS",
    "Beat",
    "Cue",
    "Motion",
    "ambient",
    "body",
    "camera",
    "face",
    "head",
    "motion",
    "mouth",
    "nods",
    "posture",
    "tasks",
    "voice",
]
