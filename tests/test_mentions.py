"""Following people through a text: nouns, names, pronouns."""

from __future__ import annotations

import pytest

from vivant.mentions import read


def _told(text: str, people: int = 2) -> list[tuple[str, tuple[int, ...]]]:
    return [(text[m.start : m.end], m.who) for m in read(text, people).mentions]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A man waves; a woman nods. He smiles, she laughs.",
         {"He": (0,), "she": (1,)}),
        ("A woman and a man kiss; the man weeps.", {"A woman": (0,), "the man": (1,)}),
        ("Anna meets Ben. Ben gives her a rose.", {"Anna": (0,), "her": (0,)}),
        ("A boy and a girl run. They laugh at each other.", {"They": (0, 1), "each other": (0, 1)}),
        ("Two friends sit; one reads, the other sleeps.", {"one": (0,), "the other": (1,)}),
        ("The first man jumps, the second claps.", {"The first man": (0,), "the second": (1,)}),
        ("An old man and a young man sit. The young man gets up.", {"The young man": (1,)}),
        ("A tall woman and a short woman wave; the short one bows.", {"the short one": (1,)}),
        ("A mother and her daughter bake; the girl tastes.", {"her": (0,), "the girl": (1,)}),
        ("A groom lifts his bride. The woman laughs.", {"his": (0,), "The woman": (1,)}),
        ("A violinist bows to a pianist. She smiles, he nods.", {"She": (0,), "he": (1,)}),
        ("A man talks to another man, and the other man nods.", {"the other man": (1,)}),
        ("He smiles while she laughs.", {"He": (0,), "she": (1,)}),
        ("Both turn and wave.", {"Both": (0, 1)}),
        ("A couple dances.", {"A couple": (0, 1)}),
        ("Dancers twirl on a stage.", {"Dancers": (0, 1)}),
    ],
)  # fmt: skip
def test_words_mean_people(text: str, told: dict[str, tuple[int, ...]]) -> None:
    found = dict(_told(text))
    assert {word: found.get(word) for word in told} == told


def test_more_people_than_photos_are_bystanders() -> None:
    assert _told("A man, a woman and a boy wave.") == [("A man", (0,)), ("a woman", (1,))]


def test_a_crowd_is_no_second_person() -> None:
    assert [p.text for p in read("A man waves to the crowd.", 2).people] == ["A man"]


def test_a_description_between_commas_is_no_second_person() -> None:
    cast = read("A ranger, a stocky woman with braids, kneels. A hiker waves.", 2)
    assert [p.text for p in cast.people] == ["A ranger", "A hiker"]


def test_what_several_could_be_meant_by_is_noted_and_goes_to_one() -> None:
    cast = read("Two men argue. He shouts.", 2)
    assert {m.start: m.who for m in cast.mentions}[15] == (0,)
    assert cast.unsure == ("'He' can mean 2 of the people; it is taken for number 1.",)


def test_a_pronoun_goes_on_with_whom_the_story_is_about() -> None:
    cast = read("An old man hands a young man a key. The young man bows. He leaves.", 2)
    assert (cast.mentions[-1].who, cast.unsure) == ((1,), ())


def test_a_pronoun_as_object_is_not_the_one_who_acts() -> None:
    cast = read("An old man and a young man fight. The old man pushes him.", 2)
    assert cast.mentions[-1].who == (1,)


def test_another_text_knows_the_people_of_the_first() -> None:
    known = read("A man and a woman sit.", 2).people
    assert read("The woman laughs.", 2, known=known).mentions[0].who == (1,)
