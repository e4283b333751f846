"""Whose part it is, for any writer: told by where parts and people stand in the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny import HalfWriter
from vivant.casting import assign
from vivant.engines.rules import writer
from vivant.errors import PromptError
from vivant.stages.decouple import decouple, notes
from vivant.types import DecoupledPrompt, Part, PartKind, SpatialPrompt, TemporalPrompt

RULES = writer({})

_WORDS = """a an the his her he she they both one other first second and , . ; : while who as with
of in to man woman men women friends couple Anna Ben bride cook camera dog rain hands kitchen hat
red old young smiling lifts opens waits smiles looks walk dance was is each 0-2s: 2-5s: close-up
noir not no""".split()
prompts = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=30).map(" ".join)


def quoted(prompt: str, **pieces: PartKind) -> DecoupledPrompt:
    """A prompt of a writer that says nothing of who is who; ``_`` stands for a space."""
    parts = [
        Part(kind, text, prompt.index(text), prompt.index(text) + len(text))
        for name, kind in pieces.items()
        if (text := name.replace("_", " "))
    ]
    moving = ("action", "expression", "camera", "ambient")
    still = tuple(p for p in parts if p.kind not in moving)
    moved = tuple(p for p in parts if p.kind in moving)
    halves = SpatialPrompt("still", still), TemporalPrompt("moves", moved)
    return DecoupledPrompt(prompt, *halves, (), "person", "quoted")


def whose(split: DecoupledPrompt, people: int = 2) -> dict[str, tuple[int, ...]]:
    got = assign(split, people)
    return {p.text: p.who for p in got.spatial.parts + got.temporal.parts}


def test_clothes_belong_to_whom_they_stand_beside() -> None:
    split = quoted(
        "A man in a suit and a woman in a red dress stand in a hall.",
        A_man="subject", a_suit="appearance", a_woman="subject", a_red_dress="appearance",
        stand="pose", in_a_hall="setting",
    )  # fmt: skip
    assert whose(split) == {
        "A man": (0,), "a suit": (0,), "a woman": (1,), "a red dress": (1,), "stand": (0, 1),
        "in a hall": (),
    }  # fmt: skip


def test_deeds_belong_to_the_subject_of_their_clause() -> None:
    split = quoted(
        "A man and a woman sit; the man hands her a cup and smiles while she nods.",
        A_man="subject", a_woman="subject", sit="pose", hands_her_a_cup="action",
        a_cup="prop", smiles="expression", nods="action",
    )  # fmt: skip
    told = whose(split)
    assert told["sit"] == (0, 1)
    assert told["hands her a cup"] == told["a cup"] == told["smiles"] == (0,)
    assert told["nods"] == (1,)


def test_a_deed_that_names_its_doer_is_theirs() -> None:
    split = quoted(
        "A man waits. Her hands tremble.", A_man="subject", Her_hands_tremble="expression"
    )
    assert whose(replace(split, prompt=split.prompt))["A man"] == (0,)
    split = quoted(
        "A man and a woman wait. Her hands tremble.",
        A_man="subject", a_woman="subject", Her_hands_tremble="expression",
    )  # fmt: skip
    assert whose(split)["Her hands tremble"] == (1,)


def test_a_prompt_in_another_language_is_cast_by_the_writer_s_subjects() -> None:
    split = quoted(
        "Ein Mann liest, eine Frau lacht.",
        Ein_Mann="subject", liest="action", eine_Frau="subject", lacht="expression",
    )  # fmt: skip
    assert whose(split) == {"Ein Mann": (0,), "liest": (0,), "eine Frau": (1,), "lacht": (1,)}


def test_the_camera_speaks_of_whom_it_follows_and_the_rain_of_nobody() -> None:
    split = quoted(
        "A man and a woman walk as rain falls. The camera follows the woman.",
        A_man="subject", a_woman="subject", walk="action", rain_falls="ambient",
        The_camera_follows_the_woman="camera",
    )  # fmt: skip
    told = whose(split)
    assert told["The camera follows the woman"] == (1,)
    assert told["rain falls"] == ()


def test_what_a_writer_said_is_not_overruled() -> None:
    split = quoted("A man and a woman wave.", wave="action")
    (part,) = split.temporal.parts
    split = replace(split, temporal=TemporalPrompt("", (replace(part, who=(1,)),)))
    assert whose(split)["wave"] == (1,)


def test_one_person_is_never_numbered() -> None:
    split = quoted("A man and a woman wave.", A_man="subject", wave="action")
    assert assign(split, 1) is split


def test_a_prompt_that_names_fewer_people_than_photos_is_noted() -> None:
    said = notes(decouple("A man waves.", RULES, people=2))
    assert said == ("The prompt names 1 of the 2 people; it says nothing of the other.",)
    assert notes(decouple("A garden.", RULES, people=2)) == (
        "The prompt names none of the 2 people.",
    )
    assert notes(decouple("A man and a woman wave.", RULES, people=2)) == ()


def test_halves_by_hand_speak_of_the_prompt_s_people() -> None:
    got = decouple(
        "A man and a woman sit in a hall.", RULES, people=2, temporal="The woman laughs."
    )
    assert [(p.text, p.who) for p in got.temporal.parts] == [("laughs", (1,))]


def test_any_writer_s_parts_are_given_to_people() -> None:
    got = decouple("Dancers twirl", HalfWriter(), people=2)
    assert [p.who for p in got.spatial.parts + got.temporal.parts] == [(0, 1), (0, 1)]


@pytest.mark.parametrize("people", [1, 2, 3])
@settings(max_examples=100, deadline=None)
@given(prompt=prompts)
def test_who_is_within_range_and_no_word_is_lost(people: int, prompt: str) -> None:
    try:
        got = decouple(prompt, RULES, people=people)
    except PromptError:
        return
    for part in got.spatial.parts + got.temporal.parts:
        assert part.who == tuple(sorted(set(part.who)))
        assert set(part.who) <= set(range(people))
        assert people > 1 or part.who == ()
    assert got == decouple(prompt, RULES, people=people)
