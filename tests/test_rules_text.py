"""Tokens, word forms and times: the ground that the rules writer stands on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.rules import morphology, timeline
from vivant.engines.rules.text import MAX_CHARACTERS, MAX_WORDS, check_prompt, tokens, words
from vivant.errors import PromptError


@given(st.text(max_size=200))
def test_every_letter_and_digit_lies_in_exactly_one_token(text: str) -> None:
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    inside = {i for t in found for i in range(t.start, t.end)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


@given(st.text(max_size=200))
def test_words_hold_letters_and_digits_only(text: str) -> None:
    assert all(text[w.start : w.end] == w.text for w in words(text))
    assert "".join(w.text for w in words(text)).isalnum() or not words(text)


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("a" * (MAX_CHARACTERS + 1), str(MAX_CHARACTERS)),
        ("a " * (MAX_WORDS + 1), str(MAX_WORDS)),
        ("a man \x07 walks", "U+0007"),
        ("a man \ud800 walks", "U+D800"),
        ("12:30, 4/5 !!", "no letter"),
    ],
)
def test_what_is_not_a_prompt_is_refused_with_its_reason(prompt: str, named: str) -> None:
    with pytest.raises(PromptError, match=named.replace("+", r"\+")):
        check_prompt(prompt)


@pytest.mark.parametrize(
    ("word", "base"),
    [("knelt", "kneel"), ("dug", "dig"), ("steps", "step"), ("lip-syncs", "lip-sync"),
     ("swam", "swim"), ("carries", "carry")],
)  # fmt: skip
def test_a_word_knows_its_base_form(word: str, base: str) -> None:
    assert base in morphology.lemmas(word)


@pytest.mark.parametrize(
    ("base", "third", "ing"),
    [("kneel", "kneels", "kneeling"), ("dig", "digs", "digging"), ("tie", "ties", "tying"),
     ("lip-sync", "lip-syncs", "lip-syncing"), ("be", "is", "being")],
)  # fmt: skip
def test_verbs_bend(base: str, third: str, ing: str) -> None:
    assert morphology.inflect(base, "VBZ") == third
    assert morphology.inflect(base, "VBG") == ing


@pytest.mark.parametrize(
    ("slip", "word"), [("wlaks", "walks"), ("drees", "dress"), ("umbrela", "umbrella")]
)
def test_a_slip_of_the_finger_is_read_as_the_word_it_meant(slip: str, word: str) -> None:
    assert morphology.forms(slip) == morphology.forms(word)


@pytest.mark.parametrize(
    ("prompt", "spans"),
    [
        ("0-2s: he bows; 2-5s: he turns", ((0, 2), (2, 5))),
        ("0-3 s: he bows. 3-6 s: he turns.", ((0, 3), (3, 6))),
        ("At 0s he bows. At 3s he turns.", ((0, 3), (3, None))),
        ("00:00-00:03 — bows. 00:03-01:05 — turns.", ((0, 3), (3, 65))),
        ("Shot 1, 0.0s-2.5s: a man. Shot 2, 2.5s-4.0s: he turns.", ((0, 2.5), (2.5, 4))),
        ("[0s-2s] He bows. [2s-4s] He turns.", ((0, 2), (2, 4))),
        ("From 0 to 3 seconds, he bows. From 3 to 5 seconds, he turns.", ((0, 3), (3, 5))),
        ("A man of 30-40 years walks for 3 seconds.", ()),
        ("A 5-10s clip of a man.", ()),
    ],
)
def test_times_are_found_where_they_open_a_stretch(
    prompt: str, spans: tuple[tuple[float, float | None], ...]
) -> None:
    assert timeline.spans(timeline.marks(prompt)) == spans


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("0-2s: he bows. 1-3s: he turns.", "1-3s"),
        ("3-1s: he bows.", "ends at 1 s"),
        ("2-2s: he bows.", "ends at 2 s"),
        ("At 3s he bows. At 1s he turns.", "starts at 1 s"),
        ("At 3s he bows. At 3s he turns.", "starts at 3 s"),
    ],
)
def test_times_that_do_not_run_forward_are_refused(prompt: str, named: str) -> None:
    with pytest.raises(PromptError, match=named):
        timeline.marks(prompt)
