"""Where a new picture begins: a cut, a flash, a black frame, a photo pasted between two frames."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vivant.types import Image

_SPARSE = 16

_CUT = 12.0
"""Grey levels of 255, over every 16th pixel each way. Thirty films by previz, with rain, fire and
moving cameras, change by 6.3 from one frame to the next at most."""

_ALONE = 3.0
"""And so many times what changes just before and after it: a fast pan goes on for frames."""


def cuts(frames: Image) -> tuple[int, ...]:
    """The first frames of new pictures, in order; the film's own first frame is none of them."""
    sparse = frames[:, ::_SPARSE, ::_SPARSE].astype(np.int16)
    steps = [float(np.abs(b - a).mean()) for a, b in itertools.pairwise(sparse)]
    around = [0.0, *steps, 0.0]
    return tuple(
        frame + 1
        for frame, step in enumerate(steps)
        if step > _CUT and step > _ALONE * max(around[frame], around[frame + 2])
    )
