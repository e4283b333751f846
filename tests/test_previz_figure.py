"""The figure: a drawn person on any canvas, lit, dressed, posed and filmed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests import person
from vivant.engines.previz.person import framing
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.figure import Figure
from vivant.engines.previz.person.light import Light
from vivant.types import Floats, Size

WIDE = Size(416, 240)
NEUTRAL = person.probe(np.ones(3, np.float32), (-0.3, 0.5, 0.8))


@cache
def built(
    size: Size = WIDE, keep: bool = False, seed: int = 1,
    frame: framing.Framing = "auto", bottom: float = 0.4,
) -> Figure:  # fmt: skip
    return person.build(person.portrait(bottom), size, Light(NEUTRAL), seed, frame, keep)


def rest(made: Figure) -> Floats:
    return made.frame({}, {})


def middle(picture: Floats) -> Floats:
    """Centre of the person's cover, in pixels."""
    alpha = picture[..., 3]
    y, x = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    return floats(np.array([(alpha * x).sum(), (alpha * y).sum()]) / alpha.sum())


@pytest.mark.parametrize("size", [Size(416, 240), Size(256, 256), Size(256, 448)])
def test_a_frame_has_the_films_size_and_is_premultiplied(size: Size) -> None:
    picture = rest(built(size))
    assert picture.shape == (size.height, size.width, 4)
    assert picture.dtype == np.float32
    alpha = picture[..., 3]
    assert alpha.min() >= 0 and alpha.max() <= 1
    assert (alpha > 0.99).mean() > 0.1 and (alpha < 0.01).mean() > 0.1
    assert not picture[alpha == 0].any()
    assert np.isfinite(picture).all()


@pytest.mark.parametrize("size", [Size(416, 240), Size(256, 256), Size(256, 448), Size(640, 256)])
@pytest.mark.parametrize("frame", ["auto", "close-up", "medium"])
def test_the_face_lies_well_inside_the_frame(size: Size, frame: framing.Framing) -> None:
    x0, y0, x1, y1 = built(size, frame=frame).face
    assert 0.04 * size.width < x0 and x1 < 0.96 * size.width
    assert 0.08 * size.height < y0 and y1 < 0.95 * size.height


def test_closer_framings_show_a_larger_face() -> None:
    order: tuple[framing.Framing, ...] = ("medium", "medium close-up", "close-up")
    heights = [built(frame=f).face[3] - built(frame=f).face[1] for f in order]
    assert heights == sorted(heights)
    assert heights[1] == pytest.approx(0.40 * WIDE.height, rel=0.03)


def test_the_head_keeps_its_headroom() -> None:
    rows = np.flatnonzero((rest(built())[..., 3] > 0.5).any(axis=1))
    assert rows[0] >= 0.03 * WIDE.height


def test_the_body_reaches_the_bottom_even_when_the_camera_sinks() -> None:
    for camera in ({}, {"y": -0.08}, {"z": -0.1}):
        assert built().frame({}, camera)[-1, :, 3].max() > 0.99


def test_neck_joins_head_and_shirt_without_gap() -> None:
    made = built()
    x = round((made.face[0] + made.face[2]) / 2)
    below = rest(made)[round(made.face[1]) :, x, 3]
    assert below.min() > 0.97


def test_the_neck_has_no_step_in_colour() -> None:
    made = built()
    x = round((made.face[0] + made.face[2]) / 2)
    chin, face = round(made.face[3]), made.face[3] - made.face[1]
    line = rest(made)[chin : round(chin + 0.4 * face), x - 2 : x + 3, :3].mean(axis=(1, 2))
    assert np.abs(np.diff(np.log(line))).max() < 0.12


def test_a_photo_with_shoulders_keeps_its_own_body() -> None:
    assert built(keep=True, bottom=2.0).body == "own"
    assert built(keep=False, bottom=2.0).body == "dressed"


def test_a_photo_without_shoulders_is_dressed() -> None:
    assert built(keep=True, bottom=0.3).body == "dressed"


def test_same_arguments_same_bytes() -> None:
    pose = {"yaw": 7.0, "blink": 0.6, "jaw": 0.5, "wind": 0.4}
    light = Light(NEUTRAL)
    two = [
        person.build(person.portrait(0.4), WIDE, light, 5).frame(pose, {"x": 0.02})
        for _ in range(2)
    ]
    assert two[0].tobytes() == two[1].tobytes()


def test_a_frame_leaves_the_figure_as_it_was() -> None:
    made = built()
    before = rest(made).tobytes()
    made.frame({"jaw": 1, "blink": 1, "gaze_x": 1, "yaw": 10}, {"z": 0.1})
    assert rest(made).tobytes() == before


def test_another_seed_stands_elsewhere() -> None:
    places = {round(built(seed=s).face[0]) for s in range(6)}
    assert len(places) > 2


@pytest.mark.parametrize(
    ("camera", "axis", "sign"),
    [
        ({"x": 0.05}, 0, -1), ({"x": -0.05}, 0, 1), ({"y": 0.05}, 1, 1),
        ({"pan": 3}, 0, -1), ({"tilt": 3}, 1, 1),
    ],
)  # fmt: skip
def test_the_person_moves_against_the_camera(
    camera: dict[str, float], axis: int, sign: int
) -> None:
    small = built(Size(416, 416), frame="medium")
    moved = middle(small.frame({}, camera)[:250]) - middle(rest(small)[:250])
    assert sign * moved[axis] > 3


def test_a_camera_step_shifts_by_the_pinhole_law() -> None:
    """At 1.3 m and f = 1250/480 frame heights a centimetre is 0.02003 heights.

    The operator half re-aims at what is 1/0.42 m away, which takes back 0.01094 of them.
    """
    made = built()
    face = slice(round(made.face[1]), round(made.face[3]))
    before = middle(rest(made)[face])[0]
    after = middle(made.frame({"yaw": 0.6 * np.degrees(np.arctan2(0.01, 1.3))}, {"x": 0.01})[face])
    assert before - after[0] == pytest.approx(0.00909 * WIDE.height, abs=0.25)


def test_nearer_and_longer_both_enlarge() -> None:
    area = [
        (built(frame="medium").frame({}, c)[..., 3] > 0.5).sum()
        for c in ({}, {"z": 0.13}, {"zoom": 0.1})
    ]
    assert area[1] > 1.05 * area[0] and area[2] > 1.05 * area[0]


def test_a_clockwise_camera_turns_the_picture_the_other_way() -> None:
    made = built(Size(320, 320), frame="medium")
    top = slice(0, round(made.face[1] + 5))
    moved = middle(made.frame({}, {"roll": 8})[top])[0] - middle(rest(made)[top])[0]
    assert moved < -2


def test_the_sets_light_colours_the_person() -> None:
    warm = Light(person.probe(np.array([1.0, 0.5, 0.2], np.float32), (1, 0, 0.5), 0.05))
    made = person.build(person.portrait(0.4), WIDE, warm, 1)
    x0, y0, x1, y1 = (round(v) for v in made.face)
    face = rest(made)[y0:y1, x0:x1, :3]
    plain = rest(built())[y0:y1, x0:x1, :3]
    assert (
        face[..., 0].mean() / face[..., 2].mean()
        > 1.2 * plain[..., 0].mean() / plain[..., 2].mean()
    )
    half = (x1 - x0) // 2
    assert face[:, half:].mean() > 1.1 * face[:, :half].mean()
