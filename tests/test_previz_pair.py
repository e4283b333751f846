"""Two people in one film: where they stand, who is before whom, what each wears and does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import person
from vivant.engines.previz import score
from vivant.engines.previz.person import figure, framing, pairing
from vivant.engines.previz.person import landmarks as at
from vivant.engines.previz.person.figure import Figure
from vivant.engines.previz.person.light import Light
from vivant.engines.previz.person.portrait import Portrait
from vivant.engines.previz.scene import order_of
from vivant.engines.previz.wardrobe.outfit import choose, report
from vivant.types import Floats, Length, Part, PartKind, Size, SpatialPrompt, TemporalPrompt

WIDE = Size(416, 240)
FILM = Length(96, 24)
LEFT_AND_RIGHT = (1.0, -1.0)
"""The first stands at the left: the other one is to the right."""


def parts(*said: tuple[PartKind, str, tuple[int, ...]]) -> tuple[Part, ...]:
    """Parts that stand one after another in a prompt."""
    made: list[Part] = []
    for kind, text, who in said:
        start = made[-1].end + 2 if made else 0
        made.append(Part(kind, text, start, start + len(text), who))
    return tuple(made)


def spatial(*said: tuple[PartKind, str, tuple[int, ...]]) -> SpatialPrompt:
    return SpatialPrompt(", ".join(text for _, text, _ in said), parts(*said))


def temporal(text: str, *said: tuple[PartKind, str, tuple[int, ...]]) -> TemporalPrompt:
    return TemporalPrompt(text, parts(*said))


def turned(sine: float) -> Portrait:
    """The drawn person with the face's edges where a head with this sine of the yaw has them."""
    drawn = person.portrait()
    mesh = drawn.mesh.copy()
    mesh[at.RIGHT_EDGE, 2] = mesh[at.LEFT_EDGE, 2] + sine / np.sqrt(1 - sine**2) * (
        mesh[at.RIGHT_EDGE, 0] - mesh[at.LEFT_EDGE, 0]
    )
    return replace(drawn, mesh=mesh)


@cache
def stood(
    size: Size = WIDE, asked: framing.Framing = "auto", seed: int = 1,
    order: tuple[int, int] = (0, 1), bottom: float = 0.4, keep: bool = False,
) -> tuple[Figure, Figure]:  # fmt: skip
    people = person.portrait(bottom), person.portrait(bottom)
    marks = pairing.marks(people, size, asked, seed, (keep, keep), order)
    light = Light(person.probe(np.ones(3, np.float32), (-0.3, 0.5, 0.8)))
    first, second = (
        figure.build(who, size, person.dress, light, seed, mark)
        for who, mark in zip(people, marks, strict=True)
    )
    return first, second


def height_of(one: Figure) -> float:
    return one.face[3] - one.face[1]


def middle_of(one: Figure) -> float:
    return (one.face[0] + one.face[2]) / 2


# -- where they stand --------------------------------------------------------------------------


def test_they_stand_on_the_thirds_of_a_wide_frame() -> None:
    first, second = stood()
    assert middle_of(first) == pytest.approx(WIDE.width / 3, abs=2)
    assert middle_of(second) == pytest.approx(2 * WIDE.width / 3, abs=2)


def test_the_second_stands_left_where_the_order_says_so() -> None:
    first, second = stood(order=(1, 0))
    assert middle_of(second) < middle_of(first)


@pytest.mark.parametrize(("asked", "part"), [("medium", 0.26), ("auto", 0.30), ("close-up", 0.34)])
def test_closer_framings_show_larger_faces(asked: framing.Framing, part: float) -> None:
    for one in stood(asked=asked):
        assert height_of(one) == pytest.approx(part * WIDE.height, rel=0.03)


@given(
    st.integers(256, 1920), st.integers(256, 1920), st.integers(0, 99),
    st.sampled_from(sorted(pairing.FACE_HEIGHT)),
)  # fmt: skip
def test_in_any_frame_both_faces_are_whole_apart_and_alike(
    width: int, height: int, seed: int, asked: framing.Framing
) -> None:
    people = person.portrait(), person.portrait()
    size = Size(width, height)
    place = framing.canvas(size)
    marks = pairing.marks(people, size, asked, seed, (False, False), (0, 1))
    boxes = []
    for who, mark in zip(people, marks, strict=True):
        face = who.mesh[at.SURFACE, :2] * mark.scale + mark.shift - (place.left, place.top)
        boxes.append((face.min(axis=0), face.max(axis=0)))
        assert (boxes[-1][0] > 0).all() and (boxes[-1][1] < (width, height)).all()
        crown = framing.extent_of(who).crown * mark.scale + mark.shift[1] - place.top
        assert crown > 0.04 * height
    (_, left), (right, _) = boxes
    face_height = marks[0].scale * people[0].face_height
    assert right[0] - left[0] > 0.1 * face_height
    assert marks[0].scale == marks[1].scale
    eyes = abs(marks[0].shift[1] - marks[1].shift[1])
    assert 0.0999 < eyes / face_height < 0.2001


def test_another_seed_lets_the_other_be_the_taller() -> None:
    people, no = (person.portrait(), person.portrait()), (False, False)
    pairs = (pairing.marks(people, WIDE, "auto", seed, no, (0, 1)) for seed in range(8))
    assert {np.sign(first.shift[1] - second.shift[1]) for first, second in pairs} == {-1, 1}


def test_chests_turn_to_each_other() -> None:
    people = person.portrait(), person.portrait()
    left, right = pairing.marks(people, WIDE, "auto", 1, (False, False), (0, 1))
    assert left.chest == -right.chest > 0


def test_own_bodies_stay_where_the_photos_show_them() -> None:
    assert [one.body for one in stood(bottom=2.0, keep=True)] == ["own", "own"]
    assert [one.body for one in stood(bottom=2.0)] == ["dressed", "dressed"]


def test_a_body_that_would_not_reach_the_frames_edge_is_dressed() -> None:
    short = person.portrait(1.1)
    assert framing.has_body(short)
    marks = pairing.marks((short, short), WIDE, "medium", 1, (True, True), (0, 1))
    assert not any(mark.own for mark in marks)


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [(0.0, 0.0, (0, 1)), (0.6, -0.6, (0, 1)), (-0.6, 0.6, (1, 0)), (-0.6, 0.0, (0, 1))],
)
def test_they_change_places_only_if_both_would_look_out_of_the_frame(
    first: float, second: float, order: tuple[int, int]
) -> None:
    assert pairing.left_to_right((turned(first), turned(second))) == order


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ([("pose", "stands on the right", (0,))], (1, 0)),
        ([("pose", "stands on the left side", (0,))], (0, 1)),
        ([("appearance", "the left", (1,))], (1, 0)),
        ([("pose", "stands to the left of the man", (1,))], (1, 0)),
        ([("setting", "On the left", ()), ("subject", "a chef", (1,))], (1, 0)),
        ([("subject", "a chef", (1,)), ("setting", "on the right", ())], (0, 1)),
        ([("appearance", "a scar on the left cheek", (1,))], None),
        ([("pose", "looks to the left", (1,))], None),
        ([("setting", "a door on the left", ())], None),
        ([], None),
    ],
)
def test_the_prompt_may_say_who_stands_where(
    said: list[tuple[PartKind, str, tuple[int, ...]]], order: tuple[int, int] | None
) -> None:
    assert order_of(spatial(*said)) == order


# -- one before the other ----------------------------------------------------------------------


def flat(left: int, right: int, value: float) -> Floats:
    """Somebody who covers the columns from ``left`` to ``right``."""
    picture = np.zeros((64, 96, 4), np.float32)
    picture[:, left:right] = (value, value, value, 1)
    return picture


def test_the_nearer_covers_the_other_and_nobody_lets_the_set_through() -> None:
    picture = pairing.together([flat(10, 60, 0.2), flat(40, 80, 0.7)])
    assert np.allclose(picture[:, 40:80], (0.7, 0.7, 0.7, 1))
    assert np.allclose(picture[:, 10:80, 3], 1)
    assert not picture[:, :10].any() and not picture[:, 80:].any()


def test_the_nearer_takes_light_from_what_is_close_behind() -> None:
    line = pairing.together([flat(10, 60, 0.2), flat(40, 80, 0.7)])[32, 10:40, 0]
    assert line[0] == pytest.approx(0.2, rel=0.02)
    assert 0.5 * 0.2 < line[-1] < 0.8 * 0.2
    assert (np.diff(line) <= 1e-6).all()


def test_one_alone_is_left_as_they_are() -> None:
    one = flat(10, 60, 0.2)
    assert pairing.together([one]).tobytes() == flat(10, 60, 0.2).tobytes()


# -- what each wears ---------------------------------------------------------------------------


def test_each_wears_what_is_said_of_them() -> None:
    said = spatial(
        ("subject", "a chef", (0,)), ("subject", "a man", (1,)),
        ("appearance", "a black tuxedo", (1,)),
    )  # fmt: skip
    first, second = choose(said, 0), choose(said, 1)
    assert first is not None and first.garment == "chef's jacket"
    assert second is not None and second.garment == "suit"


def test_what_is_said_of_nobody_in_particular_everybody_wears() -> None:
    said = spatial(("appearance", "in red hoodies", ()))
    assert choose(said, 0) == choose(said, 1) is not None


def test_who_is_not_spoken_of_keeps_their_own_clothes() -> None:
    said = spatial(("subject", "a man", (1,)), ("appearance", "a black tuxedo", (1,)))
    assert choose(said, 0) is None
    assert report(said, None, 0) == ()


def test_where_somebody_stands_is_no_garment() -> None:
    said = spatial(("appearance", "the left", (1,)))
    assert report(said, None, 1) == ()


# -- what each does ----------------------------------------------------------------------------


def played(told: TemporalPrompt, seed: int = 5) -> tuple[score.Score, score.Score]:
    first, second = score.write_for(LEFT_AND_RIGHT, told, FILM, seed)
    return first, second


def strongest(one: score.Score, channel: str) -> float:
    return float(np.abs(one.curves.figure[channel]).max())


def onset(one: score.Score, channel: str, level: float) -> int:
    return int(np.argmax(np.abs(one.curves.figure[channel]) > level))


def test_a_score_for_one_is_the_score_of_a_film_of_one() -> None:
    told = temporal("She smiles at him and looks around. Snow falls.", ("expression", "smiles", ()))
    alone, (same,) = score.write(told, FILM, 3), score.write_for((0.0,), told, FILM, 3)
    for name, values in alone.curves.figure.items():
        assert values.tobytes() == same.curves.figure[name].tobytes()
    assert alone.unshown == same.unshown


def test_each_does_what_is_said_of_them() -> None:
    told = temporal(
        "The woman smiles, and the man nods.",
        ("expression", "smiles", (0,)), ("action", "nods", (1,)),
    )  # fmt: skip
    woman, man = played(told)
    assert strongest(woman, "smile") > 0.5 > 0.05 > strongest(man, "smile")
    assert strongest(man, "pitch") > 3 > 1.5 > strongest(woman, "pitch")


def test_both_do_what_is_said_of_both() -> None:
    for who in ((), (0, 1)):
        for one in played(temporal("They smile.", ("expression", "smile", who))):
            assert strongest(one, "smile") > 0.5


def test_they_act_at_the_same_time_unless_one_waits() -> None:
    said: tuple[tuple[PartKind, str, tuple[int, ...]], ...] = (
        ("expression", "smiles", (0,)), ("expression", "frowns", (1,)),
    )  # fmt: skip
    together = played(temporal("She smiles and he frowns.", *said))
    in_turn = played(temporal("She smiles, then he frowns.", *said))
    after = played(temporal("She smiles after he frowns.", *said))
    assert onset(together[1], "frown", 0.1) < 30 and onset(together[0], "smile", 0.1) < 30
    assert onset(in_turn[1], "frown", 0.1) >= 48 > onset(in_turn[0], "smile", 0.1)
    assert onset(after[0], "smile", 0.1) >= 48 > onset(after[1], "frown", 0.1)


def test_nobody_blinks_in_step() -> None:
    first, second = played(temporal("They wait."))
    blinks = [one.curves.figure["blink"] > 0.5 for one in (first, second)]
    assert blinks[0].any() and blinks[1].any()
    assert not (blinks[0] & blinks[1]).any()


def test_camera_and_effects_are_shared() -> None:
    told = temporal(
        "She smiles. The camera pushes in. Snow falls.",
        ("expression", "smiles", (0,)), ("camera", "The camera pushes in", ()),
        ("ambient", "Snow falls", ()),
    )  # fmt: skip
    first, second = played(told)
    assert first.curves.camera is second.curves.camera
    assert first.curves.effects is second.curves.effects
    assert np.abs(first.curves.camera["z"]).max() > 0.02
    assert list(first.curves.effects) == ["snow"]


@pytest.mark.parametrize(
    "text",
    [
        "look at each other",
        "gaze into each other's eyes",
        "turn to one another",
        "smile at each other",
    ],
)
def test_they_turn_to_each_other(text: str) -> None:
    left, right = played(temporal(f"They {text}.", ("action", text, (0, 1))))
    assert 6 < left.curves.figure["yaw"].max() <= 12
    assert -12 <= right.curves.figure["yaw"].min() < -6
    assert left.curves.figure["gaze_x"].max() > 0.5
    assert right.curves.figure["gaze_x"].min() < -0.5


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("looks at him", True), ("glances over at him", False), ("smiles warmly at the man", True),
        ("looks at her and smiles", True), ("looks at her watch", False),
        ("looks at the camera", False), ("smiles", False),
    ],
)  # fmt: skip
def test_a_look_goes_to_the_other_only_where_the_words_name_them(text: str, turns: bool) -> None:
    woman, man = played(temporal(f"She {text}.", ("action", text, (0,))))
    assert (woman.curves.figure["yaw"].max() > 6) == turns
    assert strongest(man, "yaw") < 3


def test_a_glance_goes_to_the_other_and_comes_back() -> None:
    told = temporal("He glances at her.", ("action", "glances at her", (1,)))
    gaze = played(told)[1].curves.figure["gaze_x"]
    assert gaze.min() < -0.4
    assert abs(gaze[-1]) < 0.25


def test_what_nobody_shows_is_named_once() -> None:
    told = temporal(
        "They juggle burning torches while the man recites poetry backwards.",
        ("action", "juggle burning torches", (0, 1)),
        ("action", "recites poetry backwards", (1,)),
    )
    first, second = played(told)
    assert first.unshown == second.unshown
    texts = [line.text for line in first.unshown]
    assert sum("torches" in text for text in texts) == 1
    assert sum("backwards" in text for text in texts) == 1


def test_every_channel_keeps_its_range_and_its_speed() -> None:
    told = temporal(
        "They look at each other and laugh. Then she nods.",
        ("action", "look at each other", ()), ("expression", "laugh", ()), ("action", "nods", (0,)),
    )  # fmt: skip
    for one in played(told):
        for name, allowed in score.FIGURE_RANGES.items():
            values = one.curves.figure[name]
            assert values.min() >= allowed.low - 1e-6 and values.max() <= allowed.high + 1e-6
            assert np.abs(np.diff(values)).max() * FILM.fps <= allowed.fastest + 1e-3
            assert abs(values[0]) < 1e-6
