"""Two people in one film: who does what, when, and who looks at whom."""

from __future__ import annotations

import numpy as np
import pytest

from vivant.engines.previz import score
from vivant.types import Length, Part, PartKind, TemporalPrompt

FILM = Length(96, 24)
LEFT_AND_RIGHT = (1.0, -1.0)
"""The first stands at the left: the other one is to the right."""


def temporal(text: str, *said: tuple[PartKind, str, tuple[int, ...]]) -> TemporalPrompt:
    """A temporal prompt with these parts, each with whom it speaks of."""
    parts = (Part(kind, words, 0, len(words), who) for kind, words, who in said)
    return TemporalPrompt(text, tuple(parts))


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
