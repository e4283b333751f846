"""What OpenCV gives back has no element type; here it gets one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Floats


def floats(values: NDArray[Any]) -> Floats:
    """The same values as float32; no copy where they already are."""
    return np.asarray(values, np.float32)
