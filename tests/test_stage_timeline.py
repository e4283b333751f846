"""What moves in some frames of a film, told to an animator that can't read a timeline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.rules import RulesWriter
from vivant.stages.timeline import prompt_for
from vivant.types import FrameRule, Gender, Length, Part, PartKind, Reach, Segment, TemporalPrompt

RULE = FrameRule(4, 1, 5, 121, "four in one")
BLIND, READER = Reach(RULE), Reach(RULE, timeline=True)
WHOLE = Length(240, 24)


def written(prompt: str, gender: Gender = "woman") -> TemporalPrompt:
    return RulesWriter().decouple(prompt, gender).temporal


BEACH = written(
    "A woman walks on a beach while waves roll. The camera slowly pushes in."
    " 0-2s: she looks down; 2-5s: she looks up and laughs."
)


def told(temporal: TemporalPrompt, first: int, last: int) -> str:
    return prompt_for(temporal, first, last, WHOLE, BLIND).text


def test_who_reads_timelines_gets_the_whole_prompt() -> None:
    assert prompt_for(BEACH, 0, 47, WHOLE, READER) is BEACH


def test_a_prompt_without_a_timeline_holds_everywhere() -> None:
    plain = written("A woman smiles.")
    assert prompt_for(plain, 100, 200, WHOLE, BLIND) is plain


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (0, 47, "The woman looks down. "),
        (48, 119, "The woman looks up and laughs. "),
        (47, 48, "The woman looks down. The woman looks up and laughs. "),
        (120, 239, ""),
    ],
    ids=["first", "second", "over the boundary", "after the timeline"],
)
def test_the_segments_that_hold_there_within_what_holds_all_the_time(
    first: int, last: int, text: str
) -> None:
    always = "A woman walks while waves roll. {}The camera slowly pushes in."
    assert told(BEACH, first, last) == always.format(text)


def test_parts_go_with_their_segments() -> None:
    def parts(first: int, last: int) -> list[str]:
        return [part.text for part in prompt_for(BEACH, first, last, WHOLE, BLIND).parts]

    always = ["walks", "waves roll", "The camera slowly pushes in"]
    assert parts(0, 47) == [*always, "looks down"]
    assert parts(48, 119) == [*always, "looks up", "laughs"]
    assert parts(120, 239) == always


def test_no_time_is_left_in_it() -> None:
    timed = prompt_for(BEACH, 0, 47, WHOLE, BLIND)
    assert timed.timeline == ()
    assert not any(letter.isdigit() for letter in timed.text)


def test_between_segments_the_person_is_still() -> None:
    pause = written("0-2s: a man reads; 5-8s: he looks up", "man")
    assert told(pause, 48, 119) == "A man stays almost still."
    assert told(pause, 120, 191) == "A man looks up."


def test_what_is_outside_replaces_the_stillness_that_a_writer_fills_in() -> None:
    street = written("A woman stands in a street as snow falls. 0-2s: she waves.")
    assert street.text.startswith("A woman stays almost still, snow falls")
    assert told(street, 0, 47) == "A woman waves. Snow falls."
    assert told(street, 48, 239) == "A woman stays almost still, snow falls."


def test_who_comes_to_rest_on_purpose_is_not_taken_for_filled_in() -> None:
    waves = TemporalPrompt(
        "A woman waves and then stays almost still. She nods.",
        timeline=(
            Segment(0, 2, "A woman waves and then stays almost still."),
            Segment(2, 4, "A woman nods."),
        ),
    )
    assert told(waves, 0, 95) == "A woman waves and then stays almost still. The woman nods."


def test_several_people_are_told_by_their_names() -> None:
    cafe = TemporalPrompt(
        "Anna and Ben stay almost still, gulls circle. Anna reads. Ben waves.",
        (
            Part("ambient", "gulls circle", 0, 12, ()),
            Part("action", "reads", 13, 18, (0,)),
            Part("action", "waves", 19, 24, (1,)),
        ),
        (Segment(0, 2, "Anna reads."), Segment(4, 6, "Ben waves.")),
    )
    assert told(cafe, 0, 47) == "Anna reads. Gulls circle."
    assert told(cafe, 48, 95) == "Anna and Ben stay almost still, gulls circle."
    plain = TemporalPrompt("Anna reads. Ben waves.", cafe.parts[1:], cafe.timeline)
    assert told(plain, 48, 95) == "Everybody stays almost still."


def test_a_sentence_that_tells_timed_and_untimed_things_is_taken_apart_by_its_parts() -> None:
    text = "A woman stirs a pot, then tastes the soup while rain falls outside."
    kinds: dict[str, PartKind] = {
        "stirs a pot": "action", "tastes the soup": "action", "rain falls outside": "ambient",
    }  # fmt: skip
    temporal = TemporalPrompt(
        text,
        tuple(
            Part(kind, words, text.index(words), text.index(words) + len(words))
            for words, kind in kinds.items()
        ),
        (Segment(0, 2, "A woman stirs a pot."), Segment(2, 4, "A woman tastes the soup.")),
    )
    assert told(temporal, 0, 10) == "A woman stirs a pot. Rain falls outside."
    assert told(temporal, 50, 60) == "A woman tastes the soup. Rain falls outside."


def test_parts_in_another_language_are_not_compared() -> None:
    german = TemporalPrompt(
        "A woman nods. She smiles. Leaves fall.",
        (Part("action", "nickt", 0, 5), Part("expression", "lächelt", 6, 13)),
        (Segment(0, 2, "A woman nods."), Segment(2, 4, "A woman smiles.")),
    )
    assert prompt_for(german, 48, 95, WHOLE, BLIND) == TemporalPrompt(
        "A woman smiles. Leaves fall."
    )


@given(st.integers(0, 239), st.integers(0, 239))
def test_every_frame_has_something_to_show(one: int, other: int) -> None:
    text = told(BEACH, min(one, other), max(one, other))
    assert text.startswith("A woman") and text.endswith("The camera slowly pushes in.")
