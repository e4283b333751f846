"""Quotes are found where they stand; words about the face are found where they were invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivant.engines.llm.identity import invented
from vivant.engines.llm.quotes import place


def found(prompt: str, *quotes: str) -> list[str | None]:
    return [None if spot is None else prompt[slice(*spot)] for spot in place(quotes, prompt)]


@pytest.mark.parametrize(
    ("prompt", "quote", "there"),
    [
        ("A man in a red coat.", "a red coat", "a red coat"),
        ("A man in a red coat.", "A Red Coat", "a red coat"),
        ("A man in a red coat.", " a red coat. ", "a red coat"),
        ("A man in a red\n  coat.", "red coat", "red\n  coat"),
        (
            "Marta\u2019s \u201cNew\u201d hat",
            'Marta\'s "New" hat',
            "Marta\u2019s \u201cNew\u201d hat",
        ),
        ("a well\u2011worn coat", "well-worn", "well\u2011worn"),
        ("İstanbul at dawn", "istanbul at dawn", None),
        ("A man in an apartment", "art", None),
        ("She walks", "walk", None),
        ("A man", "", None),
        ("A man", "...", None),
        ("A man", "a woman", None),
        ("一个女人站在窗边", "女人", "女人"),
    ],
)
def test_a_quote_is_found_whole_or_not_at_all(prompt: str, quote: str, there: str | None) -> None:
    assert found(prompt, quote) == [there]


def test_repeats_are_taken_in_order() -> None:
    prompt = "He smiles, walks, smiles and walks."
    assert place(["smiles", "walks", "smiles", "walks"], prompt) == [
        (3, 9), (11, 16), (18, 24), (29, 34),
    ]  # fmt: skip


def test_a_quote_out_of_order_takes_the_free_place() -> None:
    prompt = "a red hat near a red barn"
    assert place(["a red barn", "a red"], prompt) == [(15, 25), (0, 5)]


def test_one_quote_too_many_is_the_first_again() -> None:
    assert place(["a hat", "a hat"], "He has a hat.") == [(7, 12), (7, 12)]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 20), st.text(max_size=10))
def test_every_place_lies_in_the_prompt(prompt: str, at: int, size: int, other: str) -> None:
    for spot in place([prompt[at : at + size], other], prompt):
        if spot is not None:
            assert 0 <= spot[0] < spot[1] <= len(prompt)


@pytest.mark.parametrize(
    ("text", "prompt", "claims"),
    [
        ("A young woman smiles", "A woman smiles", ("young woman",)),
        ("An old sailor, an old truck", "A sailor drives a truck", ()),
        (
            "A woman with long, dark, curly hair",
            "A woman",
            ("long hair", "dark hair", "curly hair"),
        ),
        ("A man, brown hair, a blue coat", "A man in a brown and blue coat", ("brown hair",)),
        ("A man, his eyes blue as ice", "A man whose eyes are blue as ice", ()),
        ("A man with blue eyes", "A man. His blue eyes shine.", ()),
        ("A bearded man", "A man with a beard", ()),
        ("A bearded man", "A man", ("bearded",)),
        ("A middle-aged Asian man", "A man", ("middle-aged", "asian")),
        ("A 30-year-old woman", "A woman", ("30-year-old",)),
        ("A thirty years old woman", "A woman who is thirty years old", ()),
        ("A beautiful woman", "A woman in a beautiful garden", ()),
        ("A woman in her late twenties", "A woman", ("in her late twenties",)),
        ("A man in his forties", "A man in his forties sips tea", ()),
        ("A man in a white shirt, black and white photo", "A man", ()),
        ("A dark-skinned man", "A dark man whose skin glows", ()),
        ("Weathered skin, deep wrinkles", "A nomad", ("weathered skin", "wrinkles")),
    ],
)
def test_claims_about_the_face_are_the_prompts_own(
    text: str, prompt: str, claims: tuple[str, ...]
) -> None:
    assert invented(text, prompt) == claims
