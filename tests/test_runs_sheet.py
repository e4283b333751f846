"""The contact sheet shows photo, keyframe and ten moments in order."""

from __future__ import annotations

import numpy as np

from tests import tiny
from vivant.runs.sheet import BAD, CAPTION, CELL_WIDTH, COLUMNS, GOOD, MARGIN, contact_sheet


def test_cells_show_the_pictures_in_reading_order() -> None:
    take = tiny.take()
    sheet = contact_sheet(take)
    side = CELL_WIDTH
    for at, red in ((0, 100), (1, 100)):
        x = MARGIN + at * (side + MARGIN) + side // 2
        y = MARGIN + CAPTION + side // 2
        assert abs(int(sheet[y, x, 0]) - red) <= 2
    assert sheet.shape[1] == COLUMNS * (side + MARGIN) + MARGIN


def test_the_title_is_green_for_a_pass_and_red_for_a_failure() -> None:
    for red, colour in ((100, GOOD), (255, BAD)):
        title = contact_sheet(tiny.take(red))[: MARGIN + CAPTION]
        assert (title == np.array(colour)).all(-1).any()
