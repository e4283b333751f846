"""HDR → sRGB: the published points of the curves, and no change where none is due."""

from __future__ import annotations

import numpy as np
import pytest

from vivant.hdr import BT2020, DISPLAY_P3, HLG, PQ, to_srgb

SDR, BT709 = 1, 1


def one(colour: tuple[float, float, float], transfer: int, primaries: int) -> list[int]:
    coded = np.round(np.array([[colour]]) * 65535).astype(np.uint16)
    return [int(value) for value in to_srgb(coded, transfer, primaries)[0, 0]]


@pytest.mark.parametrize(("transfer", "code"), [(PQ, 0.58), (HLG, 0.75)])
def test_reference_white_and_grey_card(transfer: int, code: float) -> None:
    """ITU-R BT.2408, table 1: white at 203 nits is coded 0.58 (PQ) and 0.75 (HLG), an 18 % grey
    card at 26 nits 0.38 in both; sRGB has 26/203 at 100."""
    assert min(one((code, code, code), transfer, BT2020)) > 235
    assert one((0.38, 0.38, 0.38), transfer, BT2020) == pytest.approx([100] * 3, abs=5)


@pytest.mark.parametrize("transfer", [PQ, HLG, SDR])
def test_black_is_black_and_brighter_is_never_darker(transfer: int) -> None:
    ramp = np.linspace(0, 65535, 500).astype(np.uint16)
    grey = to_srgb(np.repeat(ramp[None, :, None], 3, axis=2), transfer, BT2020)
    assert grey[0, 0].max() <= 1 and (np.diff(grey[0, :, 1].astype(int)) >= 0).all()
    assert np.ptp(grey.astype(int), axis=-1).max() <= 1


def test_srgb_s_red_in_wide_primaries_comes_back() -> None:
    """BT.2087: BT.709's red is (0.6274, 0.0691, 0.0164) in linear BT.2020; half as bright here."""
    light = 0.5 * np.array([0.6274, 0.0691, 0.0164])
    coded = 1.055 * light ** (1 / 2.4) - 0.055
    assert one((coded[0], coded[1], coded[2]), SDR, BT2020) == pytest.approx([188, 0, 0], abs=3)
    assert one((0.5, 0.5, 0.5), SDR, DISPLAY_P3) == pytest.approx([128] * 3, abs=1)
    assert one((0.5, 0.2, 0.1), SDR, BT709) == pytest.approx([128, 51, 26], abs=1)
