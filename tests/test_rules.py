"""What the rules writer makes of prompts of every style."""

from __future__ import annotations

import pytest

from vivant.engines.rules import writer
from vivant.errors import PromptError
from vivant.types import DecoupledPrompt, Gender, PartKind

RULES = writer({})


def _split(prompt: str) -> DecoupledPrompt:
    return RULES.decouple(prompt)


def test_a_short_prompt_is_split_into_space_and_time() -> None:
    got = _split("A potter in a denim apron smashes a cracked vase in a sunlit barn.")
    assert got.spatial.text == "A potter, a denim apron, a cracked vase, in a sunlit barn."
    assert got.temporal.text == "A person smashes a cracked vase."


def test_the_past_becomes_the_present_and_the_place_stays_in_the_still() -> None:
    got = _split(
        "The mechanic, in greasy blue overalls, slid under the old truck, tightening bolts while "
        "oil dripped onto the floor, the smell of gasoline hanging in the air."
    )
    assert got.temporal.text == (
        "A person slides under the old truck, tightening bolts while oil drips onto the floor."
    )
    assert "gasoline" not in got.spatial.text + got.temporal.text


def test_each_sentence_of_a_story_keeps_its_order() -> None:
    got = _split(
        "An old sailor with a pipe between his teeth sits on a crate in a foggy harbor. He ties a "
        "knot, glances up, and grins while gulls wheel overhead. The camera slowly pulls back."
    )
    assert got.temporal.text == (
        "A man ties a knot, glances up, and grins while gulls wheel overhead. "
        "The camera slowly pulls back."
    )
    assert "sitting on a crate in a foggy harbor" in got.spatial.text


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("Before pouring the tea, the hostess bows and turns the cup.",
         "A woman bows, turns the cup, and then pours the tea."),
        ("A cook tastes the soup after stirring the pot.",
         "A person stirs the pot and tastes the soup."),
        ("The courier opens a door. Before that, she had locked it twice; and even "
         "earlier, she had stumbled in.",
         "A woman stumbles in. She locks it twice. She opens a door."),
    ],
)  # fmt: skip
def test_events_are_told_in_the_order_in_which_they_happen(prompt: str, told: str) -> None:
    assert _split(prompt).temporal.text == told


@pytest.mark.parametrize(
    ("prompt", "gender"),
    [
        ("A seamstress threads a needle.", "woman"),
        ("A king lowers his head.", "man"),
        ("A barista pours milk.", "person"),
        ("A juggler drops her last ball.", "woman"),
        ("A drummer plays as dancers spin around him.", "man"),
        ("A person stands in a hall. They wave.", "person"),
        ("A park ranger, a stocky woman with braids, kneels by a trail.", "woman"),
    ],
)
def test_nouns_and_pronouns_tell_the_gender(prompt: str, gender: Gender) -> None:
    got = _split(prompt)
    assert got.gender == gender
    assert got.temporal.text.startswith(f"A {gender} ")


def test_the_photo_may_know_better() -> None:
    got = RULES.decouple("A barista pours milk.", "woman")
    assert got.temporal.text == "A woman pours milk."


@pytest.mark.parametrize("half", ["spatial", "temporal"])
def test_sounds_smells_and_guesses_go_nowhere(half: str) -> None:
    got = _split(
        "A cook stirs a pot in a kitchen, suggesting calm, with the sound of rain and the smell "
        "of garlic. It is unbearably hot."
    )
    text = getattr(got, half).text
    assert not any(w in text for w in ("calm", "sound", "garlic", "hot"))
    reasons = {x.reason for x in got.left_out}
    assert any("sound" in r for r in reasons)
    assert any("guess" in r for r in reasons)


def test_things_that_are_not_there_are_not_asked_for_but_stillness_is() -> None:
    got = _split("Without blinking, a guard in a grey coat, no hat, blocks a gate.")
    assert "hat" not in got.spatial.text
    assert "without blinking" in got.temporal.text
    assert any(x.text == "no hat" and "negated" in x.reason for x in got.left_out)


def test_a_portrait_without_motion_stays_almost_still() -> None:
    got = _split("portrait of a viking, braided red beard, fur cloak, stormy fjord, 50mm")
    assert got.temporal.text == "A man stays almost still."
    assert got.spatial.text == (
        "Portrait, a viking, braided red beard, fur cloak, stormy fjord, 50mm."
    )


def test_film_notes_are_read_by_their_headings() -> None:
    got = _split(
        "Scene: rooftop in Cairo, golden hour. Character: teen girl, denim dungarees. "
        "00:00-00:03 — opens the door. 00:03-00:05 — pigeons flood out. 00:05-00:08 — laughs."
    )
    assert [(s.start, s.end) for s in got.temporal.timeline] == [(0, 3), (3, 5), (5, 8)]
    assert got.temporal.timeline[0].text == "A woman opens the door."
    assert got.spatial.text.startswith("A teen girl, denim dungarees")
    assert not any(w in got.temporal.text for w in ("rooftop", "golden", "Cairo"))


@pytest.mark.parametrize(
    ("prompt", "kind", "words"),
    [
        ("Close-up of a nurse who smiles.", "framing", "Close-up"),
        ("Film noir, a spy lights a match.", "style", "Film noir"),
        ("A monk in saffron robes walks.", "appearance", "saffron robes"),
        ("A boy walks along a foggy beach.", "setting", "a foggy beach"),
        ("A boy sits on a crate. He waves.", "pose", "sits on a crate"),
        ("A baker lifts the tray.", "prop", "the tray"),
        ("A baker lifts the tray.", "action", "lifts the tray"),
        ("A baker sighs with relief.", "expression", "sighs with relief"),
        ("A baker walks. The camera tilts up.", "camera", "The camera tilts up"),
        ("A baker walks while snow falls.", "ambient", "snow falls"),
    ],
)
def test_parts_are_typed_and_point_at_their_words(prompt: str, kind: PartKind, words: str) -> None:
    got = _split(prompt)
    parts = got.spatial.parts + got.temporal.parts
    assert (kind, words) in [(p.kind, p.text) for p in parts]
    assert all(prompt[p.start : p.end] == p.text for p in parts)


def test_a_prop_overlaps_the_action_that_uses_it() -> None:
    got = _split("A baker lifts the tray.")
    (prop,) = [p for p in got.spatial.parts if p.kind == "prop"]
    (deed,) = got.temporal.parts
    assert deed.start <= prop.start < prop.end <= deed.end


def test_typing_slips_do_not_change_the_sense() -> None:
    got = _split("A wman in a red drees wlaks down a street.")
    assert got.gender == "woman"
    assert got.temporal.text == "A woman walks down."


def test_camera_work_that_names_the_person_is_told_after_the_person() -> None:
    got = _split("The camera orbits a fencer in white gear who lunges twice.")
    assert got.temporal.text == "A person lunges twice. The camera orbits."
    assert got.spatial.text == "A fencer, white gear."


@pytest.mark.parametrize("prompt", ["男人在走路", "Мужчина идёт по улице", "zzxq vbrk qwpt"])
def test_other_languages_are_refused(prompt: str) -> None:
    with pytest.raises(PromptError, match="English"):
        _split(prompt)
