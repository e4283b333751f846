"""What the rules writer makes of prompts that name two people or more."""

from __future__ import annotations

import pytest

from vivant.engines.rules import writer
from vivant.stages.decouple import decouple
from vivant.types import DecoupledPrompt

RULES = writer({})


def _split(prompt: str, people: int = 2) -> DecoupledPrompt:
    """Through the stage, which demands the proof that no word was lost."""
    return decouple(prompt, RULES, people=people)


HALVES = [
    ("A man in a suit and a woman in a red dress stand in a garden; the man nods while she laughs.",
     "A man in a suit and a woman in a red dress, standing in a garden.",
     "The man nods while the woman laughs."),
    ("Anna and Ben sit at a table. Anna pours tea and he thanks her with a smile.",
     "Anna and Ben, sitting at a table, tea.",
     "Anna pours tea, and Ben thanks her with a smile."),
    ("Two friends walk along a beach, one laughs while the other throws a stone.",
     "Two friends, a stone, a beach.",
     "The two friends walk forward, and one friend laughs while the other friend throws a stone."),
    ("An old man and a young man play chess in a park. The old man smiles and the young man sighs.",
     "An old man and a young man, chess, in a park.",
     "The old man and the young man play chess. The old man smiles, and the young man sighs."),
    ("A chef hands a waitress a plate in a busy kitchen. She nods and he wipes his hands.",
     "A chef and a waitress, a plate, in a busy kitchen.",
     "The chef hands a waitress a plate. The waitress nods, and the chef wipes his hands."),
    ("He smiles while she laughs.",
     "A man and a woman.",
     "The man smiles while the woman laughs."),
    ("A couple dances in the rain on a neon street at night.",
     "A couple, in the rain, on a neon street, at night.",
     "The couple dances."),
    ("A man and a woman feed ducks at a pond.",
     "A man and a woman, ducks, at a pond.",
     "The man and the woman feed ducks."),
    ("A couple argue in the rain on a neon street at night.",
     "A couple, in the rain, on a neon street, at night.",
     "The couple argues."),
    ("A bride in a lace gown and a groom in a black tuxedo walk down the aisle. They look at each "
     "other and smile.",
     "A bride in a lace gown and a groom in a black tuxedo, the aisle.",
     "The bride and the groom walk down. They look at each other and smile."),
    ("While the man plays the guitar, the woman sings.",
     "A man and a woman, the guitar.",
     "While the man plays the guitar, the woman sings."),
    ("A man looks at a woman in a red dress; she turns away.",
     "A man and a woman in a red dress.",
     "The man looks at a woman in a red dress; the woman turns away."),
    ("A man wearing a grey coat and a woman wearing a green scarf wait at a bus stop.",
     "A man in a grey coat and a woman in a green scarf, waiting at a bus stop.",
     "The man and the woman stay almost still."),
    ("The man opens the door and the woman walks in. They hug.",
     "A man and a woman, the door.",
     "The man opens the door, and the woman walks in. The man and the woman hug."),
    ("A doctor with a stethoscope and a nurse in blue scrubs walk along a hospital corridor, "
     "talking.",
     "A doctor with a stethoscope and a nurse in blue scrubs, a hospital corridor.",
     "The doctor and the nurse walk forward, talking."),
    ("Close-up of a man and a woman who kiss in the rain.",
     "Close-up, a man and a woman, in the rain.",
     "The man and the woman kiss."),
    ("A girl with braids blows out candles as her brother claps.",
     "A girl with braids and her brother.",
     "The girl blows out candles as her brother claps."),
    ("Two women drink coffee in a cafe. One reads a letter and the other looks out of the window.",
     "Two women, coffee, the window, in a cafe.",
     "The two women drink coffee. One woman reads a letter, and the other woman looks out of the "
     "window."),
    ("A boy and a girl run through a field; both laugh and the boy waves.",
     "A boy and a girl, a field.",
     "The boy and the girl run forward; they laugh, and the boy waves."),
    ("A tall man with a beard lifts a small woman in a yellow raincoat and spins her around.",
     "A tall man with a beard and a small woman in a yellow raincoat.",
     "The man lifts a small woman in a yellow raincoat and spins her around."),
    ("A fisherman mends a net on a pier while his wife, in a blue apron, sorts the catch.",
     "A fisherman and his wife in a blue apron, a net, the catch, on a pier.",
     "The fisherman mends a net, and his wife sorts the catch."),
    ("Maria smiles at Tom. He blushes and looks down; she takes his hand.",
     "Maria and Tom.",
     "Maria smiles at Tom. Tom blushes and looks down; Maria takes his hand."),
    ("A knight in silver armor kneels before a queen in a velvet gown. The queen touches his "
     "shoulder with a sword.",
     "A knight in silver armor kneeling before a queen in a velvet gown, a sword.",
     "The queen touches his shoulder with a sword."),
    ("A man in a black jacket talks to another man in a white shirt, and the other man nods.",
     "A man in a black jacket and another man in a white shirt.",
     "The first man talks to another man in a white shirt, and the other man nods."),
    ("The first dancer jumps, the second claps.",
     "The first dancer and the second dancer.",
     "The first dancer jumps, and the second dancer claps."),
    ("A father and son fish by a lake. The father casts the line, the son watches him.",
     "A father and a son, by a lake.",
     "The father and the son fish. The father casts the line, and the son watches him."),
    ("A teacher points at a map; a student raises her hand and speaks.",
     "A teacher and a student, a map.",
     "The teacher points at a map; the student raises her hand and speaks."),
    ("Her hands tremble as he puts the ring on her finger.",
     "A woman and a man, the ring.",
     "The man puts the ring on her finger as her hands tremble."),
    ("A man sits on a crate. A woman in a yellow coat walks past him and waves. The camera pans "
     "left.",
     "A man sitting on a crate and a woman in a yellow coat.",
     "The woman walks past him and waves. The camera pans left."),
    ("Two astronauts float in a space station, and they wave at the camera.",
     "Two astronauts, floating in a space station.",
     "The two astronauts wave at the camera."),
    ("A grandfather with a white beard and his grandson in a striped sweater build a kite on the "
     "porch, the boy holding the string.",
     "A grandfather with a white beard and his grandson in a striped sweater, the string, on the "
     "porch.",
     "The grandfather and his grandson build a kite, and his grandson holds the string."),
    ("The man and the woman clink glasses, then the woman drinks and the man puts his glass down.",
     "A man and a woman, glasses.",
     "The man and the woman clink glasses, and the woman drinks, and the man puts his glass down."),
    ("A barista pours milk while a customer waits; the customer takes the cup and thanks her.",
     "A barista and a customer, milk.",
     "The barista pours milk while the customer waits; the customer takes the cup and thanks her."),
    ("A king sits on a throne, and a jester juggles three balls before him while courtiers laugh.",
     "A king sitting on a throne and a jester, three balls, courtiers.",
     "The jester juggles three balls while courtiers laugh."),
    ("In a snowy forest, a hunter in a fur coat and a girl in a red cloak walk side by side, "
     "holding hands.",
     "A hunter in a fur coat and a girl in a red cloak, in a snowy forest.",
     "The hunter and the girl walk side by side, holding hands."),
    ("A woman in a red hat whispers to a man in a blue cap, who bursts out laughing.",
     "A woman in a red hat and a man in a blue cap.",
     "The woman whispers to a man in a blue cap, and the man bursts out laughing."),
    ("A man and a woman dance slowly; his hand rests on her back and she closes her eyes.",
     "A man and a woman.",
     "The man and the woman dance slowly; his hand rests on her back, and the woman closes her "
     "eyes."),
    ("A man and a woman walk their dog in a park while children play.",
     "A man and a woman, dog, children, in a park.",
     "The man and the woman walk their dog while children play."),
    ("A woman in a leather jacket and a man in jeans are sitting on a motorcycle. The woman starts "
     "the engine; the man puts on a helmet.",
     "A woman in a leather jacket and a man in jeans, sitting on a motorcycle, the engine, a "
     "helmet.",
     "The woman starts the engine; the man puts on a helmet."),
    ("Two brothers, one in a red shirt and the other in a blue shirt, wrestle on the grass.",
     "Two brothers, one brother in a red shirt and the other brother in a blue shirt, on the "
     "grass.",
     "The two brothers wrestle."),
    ("Emma hugs her father, who is wearing a brown hat, at the airport.",
     "Emma and her father in a brown hat, at the airport.",
     "Emma hugs her father."),
    ("An elderly couple in matching green sweaters sits on a porch swing; he reads the newspaper "
     "and she knits.",
     "An elderly couple, both in matching green sweaters, sitting on a porch swing, the newspaper.",
     "The man reads the newspaper, and the woman knits."),
    ("The older woman whispers to the younger woman, who giggles.",
     "An older woman and a younger woman.",
     "The older woman whispers to the younger woman, and the younger woman giggles."),
    ("First, the girl throws the ball. Then the boy catches it and throws it back to her.",
     "A girl and a boy, the ball.",
     "The girl throws the ball. The boy catches it and throws it back to her."),
    ("The woman, wearing a yellow dress, dances around the man, who claps his hands.",
     "A woman in a yellow dress and a man.",
     "The woman dances around the man, and the man claps his hands."),
    ("Kofi and Ama cook in a small kitchen. Kofi chops onions. Ama stirs the pot, laughing at him.",
     "Kofi and Ama, onions, in a small kitchen.",
     "Kofi and Ama cook. Kofi chops onions. Ama stirs the pot, laughing at him."),
    ("A tall woman and a short woman stand side by side; the tall woman waves and the short one "
     "smiles.",
     "A tall woman and a short woman, standing side by side.",
     "The tall woman waves, and the short woman smiles."),
    ("In a dark alley a thief in a hoodie runs past a policeman, and the policeman chases him.",
     "A thief in a hoodie and a policeman, in a dark alley.",
     "The thief runs past a policeman, and the policeman chases him."),
    ("Medium shot: two scientists in white coats look at a glowing flask. One of them points at "
     "it, the other takes notes.",
     "Medium shot, two scientists, both in white coats, a glowing flask.",
     "The two scientists look at a glowing flask. One scientist points at it, and the other "
     "scientist takes notes."),
    ("A man and a woman, both in black coats, walk along a snowy street at night.",
     "A man and a woman, both in black coats, a snowy street, at night.",
     "The man and the woman walk forward."),
    ("Both turn to the camera and smile.",
     "Two people.",
     "The two people turn to the camera and smile."),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "still", "told"), HALVES)
def test_both_halves_keep_both_people(prompt: str, still: str, told: str) -> None:
    got = _split(prompt)
    assert (got.spatial.text, got.temporal.text) == (still, told)


@pytest.mark.parametrize("prompt", [prompt for prompt, _, _ in HALVES])
def test_a_writer_told_of_one_photo_speaks_of_one_person(prompt: str) -> None:
    got = RULES.decouple(prompt)
    assert got == decouple(prompt, RULES)
    assert all(part.who == () for part in got.spatial.parts + got.temporal.parts)
    assert got.temporal.text.startswith(f"A {got.gender} ")
    assert "cast" not in got.used


def test_each_part_says_whom_it_speaks_of() -> None:
    got = _split(HALVES[0][0])
    assert [(p.kind, p.text, p.who) for p in got.spatial.parts + got.temporal.parts] == [
        ("subject", "A man", (0,)),
        ("appearance", "a suit", (0,)),
        ("subject", "a woman", (1,)),
        ("appearance", "a red dress", (1,)),
        ("pose", "stand", (0, 1)),
        ("setting", "in a garden", ()),
        ("expression", "nods", (0,)),
        ("expression", "laughs", (1,)),
    ]


def test_a_timeline_tells_who_acts_in_each_stretch() -> None:
    got = _split(
        "A man and a woman sit on a bench in a park. 0-2s: the man reads a book; 2-4s: the woman "
        "looks up and smiles; 4-6s: they laugh."
    )
    assert [(s.start, s.end, s.text) for s in got.temporal.timeline] == [
        (0, 2, "The man reads a book."),
        (2, 4, "The woman looks up and smiles."),
        (4, 6, "The man and the woman laugh."),
    ]
    assert [(p.text, p.who) for p in got.temporal.parts] == [
        ("reads a book", (0,)), ("looks up", (1,)), ("smiles", (1,)), ("laugh", (0, 1)),
    ]  # fmt: skip


def test_a_stretch_without_deeds_keeps_both_still() -> None:
    got = _split("A man and a woman in a hall. 0-2s: the camera pans. 2-4s: they wave.")
    assert got.temporal.timeline[0].text == (
        "The man and the woman stay almost still. The camera pans."
    )


def test_a_prop_is_theirs_who_use_it() -> None:
    got = _split("A man lifts a lamp and a woman lifts a vase.")
    props = {p.text: p.who for p in got.spatial.parts if p.kind == "prop"}
    assert props == {"a lamp": (0,), "a vase": (1,)}


def test_what_bystanders_do_is_nobodys() -> None:
    got = _split("A man and a woman waltz while a crowd claps.")
    (around,) = [p for p in got.temporal.parts if p.kind == "ambient"]
    assert (around.text, around.who) == ("a crowd claps", ())


def test_three_people_keep_their_own_deeds() -> None:
    got = _split("Anna sings, Ben plays the piano and Carl dances.", people=3)
    assert [(p.text, p.who) for p in got.temporal.parts] == [
        ("sings", (0,)), ("plays the piano", (1,)), ("dances", (2,)),
    ]  # fmt: skip


def test_who_stood_in_the_prompt_before_is_left_out_for_that_reason() -> None:
    got = _split("A man and a woman stand in a hall. The man waves.")
    assert [x.reason for x in got.left_out if x.text == "The man"] == [
        "said before; the half asks for it already"
    ]
