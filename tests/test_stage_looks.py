"""One face beside the photo: sharpness, visibility, and whether it is the photo over again."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vivant.stages import looks


def test_the_blur_effect_is_the_published_one() -> None:
    """scikit-image has an independent one, with Sobel's edges instead of plain differences."""
    from skimage.measure import blur_effect

    rng = np.random.default_rng(5)
    for sigma in (0.5, 1.0, 2.0, 4.0):
        noise = rng.uniform(0, 255, (200, 200))
        grey = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float64)
        theirs = blur_effect(grey, h_size=9, channel_axis=None)  # type: ignore[no-untyped-call]
        ours = max(looks._blur_along(grey), looks._blur_along(grey.T))
        assert ours == pytest.approx(theirs, abs=0.05)
