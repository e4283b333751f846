"""The score: temporal prompt → curves within their limits, in order, with an honest account."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_previz_motions import FRESH, PHRASES
from vivant.engines.previz.effects import EFFECTS
from vivant.engines.previz.motions.words import (
    AMOUNTS,
    FUNCTION_WORDS,
    REPEATS,
    TEMPOS,
    content,
    stem,
    words_of,
)
from vivant.engines.previz.score import (
    CAMERA_RANGES,
    EFFECT_RANGE,
    FIGURE_RANGES,
    Score,
    write,
)
from vivant.types import Length, Part, PartKind, Segment, TemporalPrompt

FIVE = Length(frames=121, fps=24)


def score(text: str, length: Length = FIVE, seed: int = 1) -> Score:
    return write(TemporalPrompt(text), length, seed)


def parted(text: str, *parts: tuple[PartKind, str]) -> TemporalPrompt:
    made = []
    for kind, words in parts:
        at = max(text.find(words), 0)
        made.append(Part(kind, words, at, at + len(words)))
    return TemporalPrompt(text, tuple(made))


def when(curve: np.ndarray, length: Length = FIVE) -> float:
    """The time at which a curve is furthest from rest."""
    return float(np.argmax(np.abs(curve))) / length.fps


def motions(made: Score) -> list[str]:
    return [shown.motion for shown in made.shown]


# -- what always holds -------------------------------------------------------------------------

sentences = st.lists(
    st.sampled_from([row.split("|")[0].strip() for row in PHRASES + FRESH]), min_size=1, max_size=4
).flatmap(
    lambda pieces: st.sampled_from([", then ", " and ", " while ", ". "]).map(
        lambda glue: glue.join(pieces)
    )
)


@settings(max_examples=60, deadline=None)
@given(sentences, st.integers(1, 150), st.sampled_from([8, 12, 16, 24, 30, 60]), st.integers(0, 9))
def test_limits_rest_and_continuity(text: str, frames: int, fps: int, seed: int) -> None:
    made = score(text, Length(frames, fps), seed).curves
    assert set(made.effects) <= set(EFFECTS)
    ranges = {"figure": FIGURE_RANGES, "camera": CAMERA_RANGES}
    for group, curves in (("figure", made.figure), ("camera", made.camera)):
        for name, values in curves.items():
            allowed = ranges[group][name]
            assert values.shape == (frames,)
            assert values.dtype == np.float32
            assert abs(values[0]) < 1e-6, f"{group} {name} is not at rest in the keyframe"
            assert values.min() >= allowed.low - 1e-5
            assert values.max() <= allowed.high + 1e-5
            if frames > 1:
                assert np.abs(np.diff(values)).max() <= 1.001 * allowed.fastest / fps + 1e-6, name
    for values in made.effects.values():
        assert values.min() >= EFFECT_RANGE.low
        assert values.max() <= EFFECT_RANGE.high


@settings(max_examples=25, deadline=None)
@given(sentences)
def test_every_content_word_is_shown_or_named(text: str) -> None:
    made = score(text)
    told = " ".join([s.text for s in made.shown] + [u.text for u in made.unshown])
    heard = {stem(w) for w, _, _ in words_of(told)}
    manner = {*TEMPOS, *AMOUNTS, *REPEATS, "shaky", "camera", "lens", "shot", "stop"}
    missing = [w for w, _, _ in content(text) if stem(w) not in heard and w not in manner]
    assert not missing


def test_same_request_same_bytes_and_another_seed_another_film() -> None:
    one, again, other = (score("She talks and nods.", seed=s).curves for s in (4, 4, 5))
    for name, values in one.figure.items():
        assert np.array_equal(values, again.figure[name])
    assert not np.array_equal(one.figure["jaw"], other.figure["jaw"])


# -- nothing unasked ---------------------------------------------------------------------------


def test_an_empty_prompt_breathes_blinks_and_no_more() -> None:
    made = score("A person.").curves
    quiet = {"jaw", "smile", "wide", "brow", "frown", "squint", "lean", "wind"}
    assert all(np.all(made.figure[name] == 0) for name in quiet)
    assert all(np.all(values == 0) for values in made.camera.values())
    assert made.effects == {}
    assert made.figure["blink"].max() > 0.8
    assert np.ptp(made.figure["breath"]) > 0.5
    assert 0.1 < np.ptp(made.figure["yaw"]) < 2.0


@pytest.mark.parametrize("text", ["She smiles", "He walks", "She looks left", "Rain falls"])
def test_the_camera_stands_still_and_nobody_talks_unless_told(text: str) -> None:
    made = score(text).curves
    assert all(np.all(values == 0) for values in made.camera.values())
    assert made.figure["jaw"].max() < 0.05


def test_a_static_camera_is_static() -> None:
    made = score("She dances. The camera stays fixed.").curves
    assert all(np.all(values == 0) for values in made.camera.values())


def test_never_blinks() -> None:
    assert score("She turns left and never blinks.").curves.figure["blink"].max() == 0


def test_without_smiling_nothing_smiles() -> None:
    assert score("He laughs without smiling.").curves.figure["smile"].max() <= 0


# -- directions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "channel", "sign"),
    [
        ("She looks left", "yaw", -1),
        ("She looks right", "yaw", 1),
        ("She turns to her left", "yaw", 1),
        ("He looks up", "pitch", -1),
        ("He looks down", "pitch", 1),
        ("She smiles", "smile", 1),
        ("She cries", "smile", -1),
        ("He leans in", "lean", 1),
        ("He sits down", "sway_y", 1),
        ("She purses her lips", "wide", -1),
    ],
)
def test_the_figure_goes_the_right_way(text: str, channel: str, sign: int) -> None:
    values = score(text).curves.figure[channel]
    assert sign * values[np.argmax(np.abs(values))] > 0


@pytest.mark.parametrize(
    ("text", "channel", "sign"),
    [
        ("The camera pushes in", "z", 1),
        ("The camera pulls back", "z", -1),
        ("The camera pans left", "pan", -1),
        ("The camera pans right", "pan", 1),
        ("The camera tilts up", "tilt", 1),
        ("The camera tilts down", "tilt", -1),
        ("The camera tracks right", "x", 1),
        ("The camera cranes up", "y", 1),
        ("The camera zooms in", "zoom", 1),
        ("The camera zooms out", "zoom", -1),
        ("Dutch angle shot", "roll", 1),
    ],
)
def test_the_camera_goes_the_right_way_and_stays(text: str, channel: str, sign: int) -> None:
    values = score(text).curves.camera[channel]
    assert sign * values[-1] > 0
    assert abs(values[-1]) == pytest.approx(np.abs(values).max(), rel=0.02)


def test_slowly_is_slower() -> None:
    def fastest(text: str) -> float:
        return float(np.abs(np.diff(score(text).curves.figure["smile"])).max())

    assert fastest("She slowly smiles") < 0.8 * fastest("She smiles")


def test_a_turn_to_the_camera_says_that_it_turns_away_first() -> None:
    made = score("She turns to the camera.")
    yaw = made.curves.figure["yaw"]
    assert np.abs(yaw).max() > 5
    assert abs(yaw[-1]) < 1.5
    assert "away first" in made.shown[0].how


# -- order in time -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "She looks up, then smiles.",
        "She looks up and smiles.",
        "She looks up before smiling.",
        "She smiles after looking up.",
        "After looking up, she smiles.",
        "Before smiling, she looks up.",
    ],
)
def test_actions_follow_one_another(text: str) -> None:
    made = score(text).curves.figure
    looked = np.argmax(made["pitch"] < -3)
    smiled = np.argmax(made["smile"] > 0.3)
    assert 0 < looked < smiled


@pytest.mark.parametrize("text", ["She smiles while nodding.", "While nodding, she smiles."])
def test_while_is_at_the_same_time(text: str) -> None:
    made = score(text).curves.figure
    assert abs(np.argmax(made["smile"] > 0.3) - np.argmax(made["pitch"] > 2)) < 24


def test_the_parts_are_played_in_the_order_of_the_text() -> None:
    text = "A woman frowns, then smiles as snow falls."
    prompt = parted(text, ("ambient", "snow falls"), ("expression", "smiles"), ("action", "frowns"))
    made = write(prompt, FIVE, 1)
    assert motions(made)[:2] == ["frown", "smile"]
    assert np.argmax(made.curves.figure["frown"] > 0.3) < np.argmax(
        made.curves.figure["smile"] > 0.3
    )
    assert made.curves.effects["snow"][0] > 0.5


def test_a_mood_gives_way_to_the_next() -> None:
    made = score("She frowns, then smiles.").curves.figure
    assert made["frown"].max() > 0.4
    assert made["frown"][-1] < 0.1
    assert made["smile"][-1] > 0.4


def test_walking_goes_on_under_a_smile_but_not_after_then() -> None:
    on = score("He walks and smiles.").curves.figure["sway_y"][-30:]
    off = score("He walks, then smiles.").curves.figure["sway_y"][-30:]
    assert np.ptp(on) > 2 * np.ptp(off)


def test_an_effect_that_begins_is_not_there_at_first() -> None:
    assert score("It starts to rain.").curves.effects["rain"][0] == 0
    assert score("Rain falls.").curves.effects["rain"][0] > 0.5


def test_too_many_actions_are_named_not_squeezed() -> None:
    text = "She nods, yawns, laughs, shakes her head, looks around, sighs and drinks."
    made = score(text, Length(49, 24))
    late = [u for u in made.unshown if "too short" in u.why]
    assert late
    assert "drinks" in late[-1].text
    assert len(motions(made)) + len(late) == 7


# -- a timeline --------------------------------------------------------------------------------

TIMED = TemporalPrompt(
    "0-2 s: she looks left. 2-4 s: she smiles. 6 s: she laughs.",
    timeline=(
        Segment(0, 2, "she looks left"),
        Segment(2, 4, "she smiles as snow falls"),
        Segment(6, None, "she laughs"),
    ),
)


def test_a_timeline_keeps_its_times() -> None:
    made = write(TIMED, FIVE, 1)
    yaw, smile = made.curves.figure["yaw"], made.curves.figure["smile"]
    assert np.argmax(yaw < -3) / 24 < 2
    assert 2 < np.argmax(smile > 0.3) / 24 < 4
    snow = made.curves.effects["snow"]
    assert np.all(snow[:48] == 0)
    assert snow.max() > 0.5


def test_each_part_is_played_in_its_own_segment() -> None:
    prompt = TemporalPrompt(
        "A man looks down. He looks up and laughs.",
        (
            Part("action", "looks down", 0, 10),
            Part("action", "looks up", 20, 28),
            Part("expression", "laughs", 33, 39),
        ),
        (Segment(0, 2, "A man looks down."), Segment(2, 5, "He looks up and laughs.")),
    )
    made = write(prompt, FIVE, 1)
    assert motions(made) == ["look-down", "look-up", "laugh"]
    pitch = made.curves.figure["pitch"]
    assert pitch[:48].max() > 5
    assert pitch[:48].min() > -1
    assert pitch[48:].min() < -5


def test_one_wind_though_named_twice() -> None:
    once = score("The wind blows.").curves.figure["wind"].max()
    twice = score("The wind ruffles her hair.").curves.figure["wind"].max()
    assert twice < 1.3 * once


def test_what_lies_after_the_end_is_named() -> None:
    made = write(TIMED, FIVE, 1)
    assert "laugh" not in motions(made)
    (late,) = [u for u in made.unshown if "laughs" in u.text]
    assert late.why == "starts at 6.0 s, but the film ends at 5.0 s"


# -- the account -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("He chops vegetables.", "chops vegetables", "hands are not in the picture"),
        ("She leaps over the stream.", "leaps over the stream", "head and shoulders"),
        ("He raises the gavel.", "raises the gavel", "hands are not in the picture"),
        ("She winks.", "winks", "both lids"),
        ("He defenestrates a mime.", "defenestrates a mime", "knows no motion"),
        ("He smiles as the crowd cheers.", "the crowd cheers", "stand still"),
        ("A rack focus to the background.", "rack focus to the background", "depth of field"),
    ],
)
def test_what_is_not_shown_is_named_with_the_reason(text: str, words: str, why: str) -> None:
    entries = {u.text: u.why for u in score(text).unshown}
    assert words in entries
    assert why in entries[words]


def test_a_part_that_is_only_a_place_moves_nobody() -> None:
    prompt = parted(
        "A man plays the violin as commuters rush past him.",
        ("action", "plays the violin"), ("ambient", "commuters rush past"),
    )  # fmt: skip
    made = write(prompt, FIVE, 1)
    assert motions(made) == ["play-music"]
    assert any("commuters" in u.text for u in made.unshown)


def test_words_of_the_text_beyond_the_parts_are_not_lost() -> None:
    made = write(parted("She nods. Fog rolls in.", ("action", "nods")), FIVE, 1)
    assert set(motions(made)) == {"nod", "fog"}


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_a_film_of_few_frames(frames: int) -> None:
    made = score("She smiles, then nods.", Length(frames, 24))
    assert made.curves.figure["smile"].shape == (frames,)
    assert len(made.unshown) == 2


def test_a_single_picture_still_rains() -> None:
    made = score("Rain falls.", Length(1, 24))
    assert made.curves.effects["rain"][0] > 0.5
    assert made.unshown == ()


def test_function_words_hold_no_motion() -> None:
    assert not {"smile", "nod", "run", "rain"} & FUNCTION_WORDS
