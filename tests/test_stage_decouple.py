"""The decouple stage: halves by hand, and the proof that no word is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivant.engines.rules import writer
from vivant.errors import EXIT_BUG, PromptError, VivantError
from vivant.stages.decouple import check_coverage, decouple
from vivant.types import LeftOut, TemporalPrompt

RULES = writer({})
PROMPT = "A baker in a striped apron lifts the tray in a tiled kitchen, smiling."

_VOCABULARY = """a an the his her she he they it who that while as before and , , . ; : — not no
without never in on with of to across baker bride camera dog rain video scene noise smile hands
kitchen street apron hat red old running smiling dressed seated torn lifts opens waits smiles
looks knelt walked is was had appears suggesting slowly then first 0-2s: 2-5s: close-up noir 16mm
"New." Marta's T-shirt"""

prompts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(_VOCABULARY.split()), min_size=1, max_size=40).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(prompts)
def test_any_text_is_refused_or_covered_and_always_the_same(text: str) -> None:
    try:
        got = decouple(text, RULES)
    except PromptError as refused:
        with pytest.raises(PromptError) as again:
            decouple(text, RULES)
        assert again.value.message == refused.message
        return
    assert got == decouple(text, RULES)
    assert got.temporal.text.startswith(f"A {got.gender}")


def test_without_hand_written_halves_the_writer_decides() -> None:
    got = decouple(PROMPT, RULES)
    assert got == RULES.decouple(PROMPT)
    assert got.by_hand == ()


def test_a_spatial_prompt_by_hand_is_kept_to_the_letter_and_still_read() -> None:
    mine = "a tired baker,  a floury apron, in a dark bakery"
    got = decouple(PROMPT, RULES, spatial=mine)
    assert got.spatial.text == mine
    assert got.by_hand == ("spatial",)
    assert got.spatial.of("setting") == "in a dark bakery"
    assert all(mine[p.start : p.end] == p.text for p in got.spatial.parts)
    assert any("by hand" in x.reason and "apron" in x.text for x in got.left_out)


def test_a_temporal_prompt_by_hand_keeps_its_times() -> None:
    mine = "0-2s: she turns. 2-4s: she bows."
    got = decouple(PROMPT, RULES, temporal=mine)
    assert got.temporal.text == mine
    assert [(s.start, s.end) for s in got.temporal.timeline] == [(0, 2), (2, 4)]
    assert got.by_hand == ("temporal",)


def test_both_halves_may_be_written_by_hand() -> None:
    got = decouple(PROMPT, RULES, spatial="a man in a hall", temporal="A man bows.")
    assert (got.spatial.text, got.temporal.text) == ("a man in a hall", "A man bows.")
    assert got.by_hand == ("spatial", "temporal")


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_half_by_hand_is_refused(empty: str) -> None:
    with pytest.raises(PromptError, match="empty"):
        decouple(PROMPT, RULES, spatial=empty)


def test_a_word_that_went_nowhere_is_named() -> None:
    got = RULES.decouple(PROMPT)
    lost = replace(got, spatial=replace(got.spatial, parts=()))
    with pytest.raises(VivantError, match="'baker'") as caught:
        check_coverage(lost)
    assert caught.value.exit_code == EXIT_BUG


def test_a_part_whose_words_are_not_asked_for_is_named() -> None:
    got = RULES.decouple(PROMPT)
    forgetful = replace(got, temporal=TemporalPrompt("A person smiles.", got.temporal.parts))
    with pytest.raises(VivantError, match="'lifts', 'tray'"):
        check_coverage(forgetful)


def test_a_part_that_points_at_other_words_is_named() -> None:
    got = RULES.decouple(PROMPT)
    first, *others = got.spatial.parts
    moved = replace(got.spatial, parts=(replace(first, start=first.start + 1), *others))
    with pytest.raises(VivantError, match="not at"):
        check_coverage(replace(got, spatial=moved))


def test_a_left_out_piece_must_point_at_its_words_too() -> None:
    got = RULES.decouple(PROMPT)
    with pytest.raises(VivantError, match="left-out"):
        check_coverage(replace(got, left_out=(LeftOut("x", 0, 1, "why"),)))


@pytest.mark.parametrize(
    ("told", "word"),
    [("A woman kneels and digs.", "knelt"), ("A woman ties a knot.", "tied")],
)
def test_a_change_of_tense_loses_no_word(told: str, word: str) -> None:
    prompt = f"She {word} and dug." if word == "knelt" else f"She {word} a knot."
    got = RULES.decouple(prompt)
    assert got.temporal.text == told
    check_coverage(got)


def test_a_capital_that_is_two_letters_loses_no_word() -> None:
    got = decouple("ß hat, a kitchen. She smiles.", RULES)
    assert got.spatial.text.startswith("SS")
