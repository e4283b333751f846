"""The writer: good replies are taken, faulty ones mended or left to the rules, always on record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.llm_replies import PROMPT, REPLY, Reply, changed, wrote
from vivant.casting import assign
from vivant.engines.llm import instructions
from vivant.engines.llm.writer import Asking
from vivant.engines.rules import writer as rules
from vivant.stages.decouple import check_coverage
from vivant.types import SPATIAL_KINDS, TEMPORAL_KINDS, Gender

ONCE = Asking(repairs=0)
TEXT = json.dumps(REPLY)
STILL = REPLY["spatial"]["text"]


def spatial_text(text: str) -> Reply:
    return changed(lambda r: r["spatial"].update(text=text))


def temporal_text(text: str) -> Reply:
    return changed(lambda r: r["temporal"].update(text=text))


def test_a_good_reply_is_taken_to_the_letter() -> None:
    got, chat = wrote(REPLY)
    assert got.writer == "llm" and len(chat.heard) == 1
    assert got.spatial.text == REPLY["spatial"]["text"]
    assert got.temporal.text == REPLY["temporal"]["text"]
    assert got.gender == "man"
    assert [p.text for p in got.temporal.parts] == [
        "ties a knot", "glances up", "grins", "gulls wheel overhead",
    ]  # fmt: skip
    check_coverage(got)


def test_what_the_model_left_out_and_what_nobody_quoted_have_their_reasons() -> None:
    got, _ = wrote(REPLY)
    reasons = {x.text: x.reason for x in got.left_out}
    assert "no picture can show it" in reasons["the smell of tar in the air"]
    assert reasons["He"] == "connecting words" == reasons["while"]


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}```",
        f"<think>\nThe user wants {{}} ...\n</think>\n\n{TEXT}",
        f"thinking without an opening mark</think>{TEXT}",
        f"  {TEXT}\n",
    ],
)
def test_thoughts_and_fences_are_put_aside(text: str) -> None:
    assert wrote(text)[0].writer == "llm"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("I'm sorry, but I can't help with that.", "not one JSON object"),
        (TEXT[:-20], "not one JSON object"),
        (f"Here you are: {TEXT}", "not one JSON object"),
        (TEXT + TEXT, "not one JSON object"),
        ("<think>and so on", "not one JSON object"),
        (TEXT.replace('"left_out"', '"text": NaN, "left_out"', 1), "NaN"),
        (TEXT[:-1] + ', "left_out": []}', "given twice"),
        ("[" * 60_000, "deep"),
        ('"' + "x" * 64_001 + '"', "at most 64000"),
        (TEXT.replace("foggy harbor", "\\ud800", 1), "broken characters"),
        ("[]", "of the whole is wrong"),
        ("null", "of the whole is wrong"),
        (json.dumps({"spatial": REPLY["spatial"]}), "temporal"),
        (json.dumps({**REPLY, "comment": "done"}), "comment"),
        (json.dumps(changed(lambda r: r["spatial"].update(text=7))), "spatial.text"),
        (json.dumps(changed(lambda r: r["spatial"].update(pieces="all"))), "spatial.pieces"),
        (json.dumps(changed(lambda r: r["spatial"]["pieces"][0].update(kind="system"))), "kind"),
        (json.dumps(changed(lambda r: r["left_out"][0].update(reason="because"))), "reason"),
    ],
)
def test_a_reply_of_another_form_is_faulty(text: str, fault: str) -> None:
    got, _ = wrote(text, asking=ONCE)
    assert got.writer == "rules" == got.used["wrote"]
    assert fault in got.used["why"]
    assert fault in " ".join(got.used["attempts"][0]["faults"])


FAULTY: list[tuple[Reply, str]] = [
    (spatial_text(" "), "spatial.text is empty"),
    (spatial_text("An old sailor\nwith a pipe"), "line breaks"),
    (spatial_text("A sailor " * 400), "characters; at most"),
    (spatial_text("An old sailor, a pipe, his teeth, sitting on a crate, a harbor"), "'foggy'"),
    (temporal_text("A man ties a knot and grins."), "lacks words of its pieces: 'glances'"),
    (temporal_text("A woman ties a knot, glances up, grins; gulls wheel overhead."), "'A man'"),
    (temporal_text("An old man ties a knot, glances up, grins; gulls wheel overhead."), "begin"),
    (temporal_text("A man ties a knot, glances up, grins at tar; gulls wheel overhead."), "'tar'"),
    (spatial_text(STILL + ", weathered skin and blue eyes"), "'blue eyes'"),
    (spatial_text(STILL + ", bearded"), "'bearded'"),
    (temporal_text("A man knüpft einen Knoten, blickt nach oben und lächelt breit"), "not English"),
    (temporal_text("A man ties a knot, glances up, grins 微笑, gulls wheel overhead."), "微笑"),
    (spatial_text(STILL + ", PWNED, flaming zebra robots, purple pineapples, jetpacks, dinosaurs"),
     "not in the prompt"),
    (spatial_text(STILL + ". You prepare prompts for a film maker. One photo"
                  " shows who the person is"), "repeats the instructions"),
    (changed(lambda r: r["spatial"]["pieces"].pop(3)), "in no piece: 'foggy', 'harbor'"),
    (changed(lambda r: r["spatial"]["pieces"][3].update(quote="a misty port")), "word for word"),
    (changed(lambda r: r["left_out"][0].update(quote="the stench")), "word for word"),
    (changed(lambda r: r["temporal"].update(segments=["A man waits."])), "has 1 texts"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "fault"), FAULTY, ids=[fault for _, fault in FAULTY])
def test_a_reply_with_a_fault_is_sent_back_with_it(reply: Reply, fault: str) -> None:
    got, chat = wrote(reply, REPLY)
    assert got.writer == "llm" and got.used["why"] == ""
    told = chat.heard[1][-1]
    assert told.role == "user" and fault in told.text
    assert chat.heard[1][-2].role == "assistant"
    first, second = got.used["attempts"]
    assert fault in " ".join(first["faults"]) and second["faults"] == []


def test_a_reply_that_leaves_out_what_can_be_seen_is_faulty() -> None:
    lazy: Reply = {
        "spatial": {"text": "A man", "pieces": []},
        "temporal": {"text": "A man stays almost still.", "pieces": [], "segments": []},
        "left_out": [{"quote": PROMPT, "reason": "link"}],
    }
    got, _ = wrote(lazy, asking=ONCE)
    assert got.writer == "rules" and "left_out drops" in got.used["why"]


def test_all_faults_of_both_halves_are_named_at_once() -> None:
    both = changed(lambda r: (r["spatial"].update(text=""), r["temporal"].update(text="")))
    got, _ = wrote(both, asking=ONCE)
    told = got.used["attempts"][0]["faults"]
    assert any("spatial.text" in f for f in told) and any("temporal.text" in f for f in told)


@pytest.mark.parametrize("repairs", [0, 1, 2])
def test_after_the_last_repair_the_rules_write_and_the_record_says_why(repairs: int) -> None:
    got, chat = wrote("no", asking=Asking(repairs=repairs))
    alone = rules({}).decouple(PROMPT, "man")
    assert (got.spatial, got.temporal, got.left_out) == (
        alone.spatial, alone.temporal, alone.left_out,
    )  # fmt: skip
    assert len(chat.heard) == repairs + 1 == len(got.used["attempts"])
    assert (got.used["asked"], got.used["wrote"]) == ("llm", "rules")
    assert "The writer 'llm' gave way: no reply was usable" in got.used["why"]


def test_a_repair_shows_the_last_reply_only() -> None:
    _, chat = wrote("no", "nay", REPLY)
    assert [[m.role for m in heard] for heard in chat.heard] == [
        ["system", "user"],
        ["system", "user", "assistant", "user"],
        ["system", "user", "assistant", "user"],
    ]
    assert chat.heard[2][2].text == "nay"


TWO = "A man in a suit and a woman in a red dress wait; the man nods while she laughs."
TWO_REPLY: Reply = {
    "spatial": {
        "text": "A man, a suit, a woman, a red dress, waiting",
        "pieces": [
            {"quote": "A man", "kind": "subject"},
            {"quote": "a suit", "kind": "appearance"},
            {"quote": "a woman", "kind": "subject"},
            {"quote": "a red dress", "kind": "appearance"},
            {"quote": "wait", "kind": "pose"},
        ],
    },
    "temporal": {
        "text": "A man nods while a woman laughs.",
        "pieces": [
            {"quote": "nods", "kind": "expression"},
            {"quote": "laughs", "kind": "expression"},
        ],
        "segments": [],
    },
    "left_out": [{"quote": "the man", "reason": "repeated"}],
}


def test_a_model_s_pieces_are_given_to_two_people() -> None:
    got, _ = wrote(TWO_REPLY, prompt=TWO)
    assert got.writer == "llm", got.used["why"]
    told = assign(got, 2)
    assert [(p.text, p.who) for p in told.spatial.parts + told.temporal.parts] == [
        ("A man", (0,)), ("a suit", (0,)), ("a woman", (1,)), ("a red dress", (1,)),
        ("wait", (0, 1)), ("nods", (0,)), ("laughs", (1,)),
    ]  # fmt: skip


def test_every_instruction_asks_for_both_people() -> None:
    assert all(instructions.PEOPLE in text for text in instructions.ALL)


# -- who the person is -----------------------------------------------------------------------


@pytest.mark.parametrize("gender", ["man", "woman", "person"])
def test_the_photo_names_the_person(gender: Gender) -> None:
    text = REPLY["temporal"]["text"].replace("A man", f"A {gender}")
    got, chat = wrote(temporal_text(text), gender=gender)
    assert (got.writer, got.gender) == ("llm", gender)
    assert json.loads(chat.heard[0][1].text)["person"] == gender


def test_without_a_photo_the_prompts_own_words_do() -> None:
    got, chat = wrote(REPLY, gender=None)
    assert json.loads(chat.heard[0][1].text)["person"] == "man" == got.gender


def test_the_users_own_words_about_the_face_are_kept() -> None:
    prompt = "A bearded man with green eyes nods."
    reply: Reply = {
        "spatial": {
            "text": "A bearded man, green eyes",
            "pieces": [
                {"quote": "A bearded man", "kind": "subject"},
                {"quote": "green eyes", "kind": "appearance"},
            ],
        },
        "temporal": {
            "text": "A man nods.",
            "pieces": [{"quote": "nods", "kind": "action"}],
            "segments": [],
        },
        "left_out": [],
    }
    assert wrote(reply, prompt=prompt)[0].writer == "llm"


def test_instructions_name_every_kind_and_reason() -> None:
    from vivant.engines.llm import instructions
    from vivant.engines.llm.draft import REASONS
    from vivant.engines.llm.reply import LeftOutPiece, SpatialPiece, TemporalPiece

    def named(model: Any, field: str) -> set[str]:
        return set(model.model_json_schema()["properties"][field]["enum"])

    assert named(SpatialPiece, "kind") == set(SPATIAL_KINDS)
    assert named(TemporalPiece, "kind") == set(TEMPORAL_KINDS)
    assert named(LeftOutPiece, "reason") == set(REASONS)
    for kind in SPATIAL_KINDS:
        assert f"{kind} (" in " ".join(instructions.SPATIAL_KINDS.split())
    for kind in TEMPORAL_KINDS:
        assert f"{kind} (" in " ".join(instructions.TEMPORAL_KINDS.split())
    for reason in REASONS:
        assert f"{reason} (" in " ".join(instructions.LEFT_OUT.split())


def test_the_example_of_the_instructions_passes_its_own_rules() -> None:
    from vivant.engines.llm import instructions

    asked = json.loads(instructions.ASKED)
    got, _ = wrote(instructions.EXAMPLE, prompt=asked["prompt"], gender=asked["person"])
    assert got.used["attempts"] == [
        {"asked": "both", "faults": [], "tokens_in": None, "tokens_out": None}
    ]


def test_the_schema_is_strict_in_every_object_and_says_nothing_else() -> None:
    from vivant.engines.llm.reply import Both, Motion, Still, schema

    for sent in (schema(Both), schema(Motion), schema(Still)):
        assert "description" not in json.dumps(sent) and "title" not in json.dumps(sent)
        for table in (sent, *sent["$defs"].values()):
            assert set(table) == {"type", "properties", "required", "additionalProperties"} | (
                {"$defs"} & set(table)
            )
            assert table["additionalProperties"] is False
            assert set(table["required"]) == set(table["properties"])


def test_release_reaches_the_model() -> None:
    from tests.llm_replies import Saying
    from vivant.engines.llm.writer import LanguageWriter

    chat = Saying(["x"])
    LanguageWriter(chat, ONCE).release()
    assert chat.released == 1
