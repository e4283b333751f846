"""HDR and wide gamut → sRGB, so that a face filmed by a phone has the colours of its photo.

FFmpeg's own conversion builds a table for a quarter of a minute and then takes 0.2 s a picture; the
formulas take 0.07 s. White of standard films is 203 nits (ITU-R BT.2408), below which faces lie:
up to four fifths of it nothing changes but the primaries, highlights above are rolled off.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from vivant.types import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Image

PQ, HLG = 16, 18
BT2020, DISPLAY_P3 = 9, 12
"""ITU-T H.273's numbers of transfer characteristics and of primaries."""

WHITE = 203.0
"""Nits."""
KNEE = 0.8
_LEVELS = 4096
_TO_709 = {
    # ITU-R BT.2087; and the same sums for the primaries of SMPTE EG 432-1.
    BT2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    DISPLAY_P3: ((1.2249, -0.2249, 0.0), (-0.0420, 1.0420, 0.0), (-0.0197, -0.0786, 1.0983)),
}
_LUMA_2020 = np.array((0.2627, 0.6780, 0.0593), np.float32)


def to_srgb(coded: NDArray[np.uint16], transfer: int, primaries: int) -> Image:
    """Coded R'G'B' ``(h, w, 3)``, 0 to 65535, as sRGB uint8.

    ``transfer`` and ``primaries`` are H.273's numbers; transfers other than PQ and HLG are taken
    for that of standard films, primaries without an entry here for BT.709.
    """
    light = _light(transfer)[coded]
    if transfer == HLG:  # the display's gamma of BT.2100 works on luminance, not on each colour
        light *= np.maximum(light @ _LUMA_2020, 1e-6)[..., None] ** np.float32(0.2)
        light *= np.float32(1000.0 / WHITE)
    if primaries in _TO_709:
        light = light @ np.array(_TO_709[primaries], np.float32).T
    light = np.maximum(light, 0.0)
    peak = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    rolled = KNEE + (1 - KNEE) * (1 - np.exp((KNEE - peak) / (1 - KNEE)))
    light *= np.where(peak > KNEE, rolled / peak, 1.0)
    return _codes()[np.round(light * (_LEVELS - 1)).astype(np.int32)]


@lru_cache(maxsize=3)
def _light(transfer: int) -> Floats:
    """Linear light of each code; 1 is white, but of HLG the scene's light, 1 its largest."""
    code = np.arange(65536) / 65535
    if transfer == PQ:  # SMPTE ST 2084
        power = code ** (1 / 78.84375)
        light = np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)
        light = light ** (1 / 0.1593017578125) * 10000 / WHITE
    elif transfer == HLG:  # ARIB STD-B67
        high = (np.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12
        light = np.where(code <= 0.5, code**2 / 3, high)
    else:
        light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    return light.astype(np.float32)


@lru_cache(maxsize=1)
def _codes() -> Image:
    """IEC 61966-2-1."""
    light = np.arange(_LEVELS) / (_LEVELS - 1)
    code = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(code * 255).astype(np.uint8)
