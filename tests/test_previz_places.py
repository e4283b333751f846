from __future__ import annotations

import pytest

from tests.places_table import CASES, HELD_BACK, Row
from vivant.engines.previz.sets import lights
from vivant.engines.previz.sets.places import PLACES, Because, choose
from vivant.types import Part, SpatialPrompt


def prompt(*parts: tuple[str, str]) -> SpatialPrompt:
    made, at = [], 0
    for kind, words in parts:
        made.append(Part(kind, words, at, at + len(words)))  # type: ignore[arg-type]
        at += len(words) + 2
    return SpatialPrompt(", ".join(words for _, words in parts), tuple(made))


def right(row: Row) -> bool:
    parts, place, light = row
    choice = choose(prompt(*parts))
    return choice.place == place and light in (None, choice.light)


@pytest.mark.parametrize("row", CASES, ids=lambda row: row[0][-1][1] or "nothing")
def test_the_words_choose_place_and_light(row: Row) -> None:
    assert right(row), choose(prompt(*row[0]))


def test_phrases_never_tuned_against_are_read_too() -> None:
    missed = [row[0] for row in HELD_BACK if not right(row)]
    assert len(missed) <= 0.05 * len(HELD_BACK), missed


@pytest.mark.parametrize(
    ("text", "place", "light"),
    [
        ("A woman in a red raincoat on a neon street at night", "neon_street", "night"),
        ("An old man sits in a library", "library", "day"),
        ("A chef chops onions", "kitchen", "day"),
        ("A teacher walks along the beach at sunset", "beach", "golden"),
        ("A man with a forest tattoo in an office", "office", "day"),
        ("A girl looks at a map of the desert in a classroom", "classroom", "day"),
        ("A boy dreaming of the sea in his bedroom", "bedroom", "day"),
    ],
)
def test_a_sentence_without_parts_is_read_by_its_prepositions(
    text: str, place: str, light: str
) -> None:
    choice = choose(SpatialPrompt(text))
    assert (choice.place, choice.light) == (place, light)


def test_the_setting_beats_the_trade() -> None:
    choice = choose(prompt(("subject", "a chef"), ("setting", "a snowy field")))
    assert choice.place == "snow"
    assert choice.matched[0].reason == "the setting"


def test_the_trade_speaks_where_no_setting_does() -> None:
    assert choose(prompt(("subject", "a nurse"))).matched == (Because("nurse", "the trade"),)


def test_clothes_are_not_a_place() -> None:
    choice = choose(prompt(("subject", "a man"), ("appearance", "a beach shirt")))
    assert choice.place == "studio"


def test_an_unknown_place_is_not_replaced_by_where_the_trade_works() -> None:
    assert choose(prompt(("subject", "a chef"), ("setting", "a submarine"))).place is None


def test_style_may_name_the_light() -> None:
    choice = choose(prompt(("setting", "a beach"), ("style", "golden hour, 35mm film")))
    assert (choice.place, choice.light, choice.asked) == ("beach", "golden", "golden")


def test_no_two_places_share_a_word_or_a_trade() -> None:
    for group in ("words", "trades"):
        said = [word for place in PLACES for word in getattr(place, group)]
        assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_every_word_of_a_place_finds_it(place: object) -> None:
    for word in place.words:  # type: ignore[attr-defined]
        choice = choose(prompt(("setting", f"in the {word}")))
        assert choice.place == place.name, word  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", lights.KINDS)
@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_every_kind_of_light_has_an_answer_in_every_place(kind: str, place: object) -> None:
    assert lights.nearest(kind, place.lights) in place.lights  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("under the stars at midnight", "night"),
        ("as the sun is low", "golden"),
        ("blue hour", "dusk"),
        ("by candlelight", "warm"),
        ("under fluorescent tubes", "cold"),
        ("overcast", "day"),
        ("neon signs", "neon"),
    ],
)
def test_light_is_read_from_the_words(words: str, kind: str) -> None:
    found = lights.asked(words)
    assert found is not None
    assert found[0] == kind


def test_no_words_ask_for_no_light() -> None:
    assert lights.asked("a brick wall") is None
