"""The endpoint: what is sent, and what every way of failing becomes."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import llm_server as acts
from tests.llm_server import Act, Server, serving
from tests.tiny import SquareAnimator, SquareEye, SquarePainter, picture
from vivant.engines import Engines, engine
from vivant.engines.llm import LanguageWriter, writer
from vivant.errors import EngineError, MissingExtraError, RecipeError
from vivant.generate import generate
from vivant.recipe import Scalar
from vivant.stages.decouple import check_coverage, decouple
from vivant.types import DecoupledPrompt, Request, Size

PROMPT = "A baker in a striped apron lifts the tray in a tiled kitchen, smiling."
REPLY: dict[str, Any] = {
    "spatial": {
        "text": "A baker, a striped apron, the tray, a tiled kitchen",
        "pieces": [
            {"quote": "A baker", "kind": "subject"},
            {"quote": "a striped apron", "kind": "appearance"},
            {"quote": "the tray", "kind": "prop"},
            {"quote": "in a tiled kitchen", "kind": "setting"},
        ],
    },
    "temporal": {
        "text": "A woman lifts the tray, smiling.",
        "pieces": [
            {"quote": "lifts the tray", "kind": "action"},
            {"quote": "smiling", "kind": "expression"},
        ],
        "segments": [],
    },
    "left_out": [],
}
PIECES = [
    b'{"choices": [',
    b'{"message": {"content": ',
    b'"x"',
    b"null",
    b"}}]}",
    b"{}",
    b"[]",
    b"7",
]
KEY = "sk-test-0123456789abcdef"


def made(server: Server, **more: Scalar) -> LanguageWriter:
    return writer({"base_url": server.url, "seconds": 5.0, **more})


def asked(act: Act, **more: Scalar) -> tuple[DecoupledPrompt, Server]:
    with serving(act) as server:
        return made(server, **more).decouple(PROMPT, "woman"), server


def test_a_good_reply_becomes_the_prompt_and_the_record_says_who_wrote() -> None:
    got, server = asked(acts.replies(REPLY))
    assert got.writer == "llm"
    assert got.spatial.text == REPLY["spatial"]["text"]
    assert got.temporal.text == "A woman lifts the tray, smiling."
    assert got.used == {
        "asked": "llm", "wrote": "llm", "why": "", "order": "default", "temperature": 0.1,
        "seed": 0, "model": "qwen3:8b", "endpoint": server.url.split("/")[2],
        "reply_format": "json_schema", "reasoning": "",
        "attempts": [{"asked": "both", "faults": [], "tokens_in": 11, "tokens_out": 7}],
    }  # fmt: skip
    json.dumps(got.used)


def test_the_request_is_the_one_every_compatible_server_knows() -> None:
    _, server = asked(acts.replies(REPLY), model="m", temperature=0.5, seed=9)
    assert server.paths == ["/v1/chat/completions"]
    body = server.asked[0]
    assert set(body) == {"model", "messages", "temperature", "seed", "stream", "response_format"}
    assert (body["model"], body["temperature"], body["seed"], body["stream"]) == (
        "m",
        0.5,
        9,
        False,
    )
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]


def test_the_prompt_travels_as_data_in_a_message_of_its_own() -> None:
    _, server = asked(acts.replies(REPLY))
    system, user = server.asked[0]["messages"]
    assert PROMPT not in system["content"]
    assert json.loads(user["content"]) == {"prompt": PROMPT, "person": "woman", "times": []}


@pytest.mark.parametrize(
    ("name", "sent"), [("json_object", {"type": "json_object"}), ("text", None)]
)
def test_servers_without_schemas_are_asked_without(name: str, sent: object) -> None:
    got, server = asked(acts.replies(REPLY), reply_format=name, reasoning="none")
    assert got.writer == "llm"
    assert server.asked[0].get("response_format") == sent
    assert server.asked[0]["reasoning_effort"] == "none"


def test_the_key_is_sent_and_stands_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVANT_LLM_API_KEY", KEY)
    got, server = asked(acts.fails(500, f"the key {KEY} is odd"))
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(server.asked) + repr(got)
    for status in (400, 401, 403, 404, 302):
        with (
            pytest.raises(EngineError) as refused,
            serving(acts.fails(status, f"Incorrect API key provided: {KEY}")) as one,
        ):
            made(one).decouple(PROMPT)
        assert KEY not in str(refused.value)


def test_no_key_no_header() -> None:
    _, server = asked(acts.replies(REPLY))
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_a_broken_key_is_refused_unseen(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVANT_LLM_API_KEY", key)
    with pytest.raises(EngineError, match="VIVANT_LLM_API_KEY") as refused:
        asked(acts.replies(REPLY))
    assert key not in str(refused.value)


@pytest.mark.parametrize(
    ("act", "words", "mend"),
    [
        (acts.fails(401), "refuses access", "VIVANT_LLM_API_KEY"),
        (acts.fails(403), "refuses access", "VIVANT_LLM_API_KEY"),
        (acts.fails(404, "model not found"), "no model 'qwen3:8b'.*model not found", "ollama pull"),
        (
            acts.fails(400, "unknown response_format"),
            "refuses the request.*unknown",
            "reply_format",
        ),
        (acts.fails(302, headers={"Location": "http://127.0.0.1:1/"}), "redirect", "base_url"),
    ],
)
def test_what_the_user_must_mend_is_an_error(act: Act, words: str, mend: str) -> None:
    with pytest.raises(EngineError, match=words) as refused:
        asked(act)
    assert mend in refused.value.mend


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (acts.fails(429, "slow down"), "429: slow down"),
        (acts.fails(500), "answered 500"),
        (acts.fails(503), "answered 503"),
        (acts.cuts, "broke"),
        (acts.speaks_no_http, "broke"),
        (acts.sends(b"<html>"), "not that of a chat endpoint"),
        (acts.sends(b"[" * 50_000), "not that of a chat endpoint"),
        (acts.sends(b'{"choices": []}'), "not that of a chat endpoint"),
        (acts.says(None), "no text"),
        (acts.says(["x"]), "no text"),
        (acts.says("x" * 100_001), "more than 100000 bytes"),
        (acts.sends(b"x", headers={"Content-Encoding": "gzip"}), "packed"),
    ],
)
def test_what_passes_by_itself_leaves_the_rules_to_write(act: Act, why: str) -> None:
    got, server = asked(act)
    assert got.writer == "rules" == got.used["wrote"]
    assert why in got.used["why"] and got.used["asked"] == "llm"
    assert len(server.asked) == 1 == len(got.used["attempts"])


@pytest.fixture(scope="module")
def patient() -> Iterator[Server]:
    with serving(acts.stalls) as server:
        yield server


@given(body=st.lists(st.binary(max_size=60) | st.sampled_from(PIECES), max_size=6).map(b"".join))
@settings(max_examples=20, deadline=None)
def test_no_body_breaks_the_writer(patient: Server, body: bytes) -> None:
    patient.acts = (acts.sends(body),)
    got = made(patient, repairs=0).decouple(PROMPT)
    assert got.writer == "rules" and got.used["why"]
    check_coverage(got)


@pytest.mark.parametrize("act", [acts.stalls, acts.drips_headers, acts.drips_body])
def test_a_reply_has_one_deadline_for_all_of_it(act: Act) -> None:
    got, _ = asked(act, seconds=0.3)
    assert got.writer == "rules"
    assert "within 0.3 s" in got.used["why"]


def test_half_a_letter_in_a_reply_is_not_sent_back() -> None:
    got, server = asked(acts.says("\ud800 no"))
    assert got.writer == "rules" and len(server.asked) == 3
    assert server.asked[1]["messages"][2]["content"] == "? no"


@pytest.mark.parametrize("package", ["httpx", "pydantic"])
def test_a_missing_package_names_the_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as missing:
        asked(acts.replies(REPLY))
    assert package in missing.value.message and "vivant[llm]" in missing.value.mend


def test_nobody_at_the_address() -> None:
    with serving(acts.stalls) as server:
        gone = server.url
    got = writer({"base_url": gone}).decouple(PROMPT)
    assert got.writer == "rules"
    assert "nothing answers at 127.0.0.1" in got.used["why"]


def test_through_the_whole_way() -> None:
    """With squares for faces and pictures: only the words are real here."""
    photo = picture(Size(512, 512), 100)
    photo[..., 2] = np.random.default_rng(0).integers(0, 256, photo.shape[:2])  # it is sharp
    request = Request(photo, PROMPT, seed=3, frames=5, size=Size(64, 64))
    temporal = {**REPLY["temporal"], "text": "A person lifts the tray, smiling."}
    with serving(acts.replies({**REPLY, "temporal": temporal})) as server:
        engines = Engines(made(server), SquarePainter([100] * 3), SquareAnimator(), SquareEye())
        take = generate(request, engines)
    assert take.prompt.writer == "llm" and len(server.asked) == 1
    assert take.keyframe.spatial.text == REPLY["spatial"]["text"]
    assert str(photo.tobytes()[:40]) not in str(server.asked)


def test_a_half_by_hand_is_read_by_the_model_too() -> None:
    mine = "a tired baker, a floury apron, in a dark bakery"
    with serving(acts.replies(REPLY)) as server:
        got = decouple(PROMPT, made(server, repairs=0), gender="woman", spatial=mine)
    assert [json.loads(a["messages"][1]["content"])["prompt"] for a in server.asked] == [
        PROMPT,
        mine,
    ]
    assert got.spatial.text == mine and got.writer == "llm"


def test_it_works_where_a_loop_runs_already() -> None:
    async def notebook() -> DecoupledPrompt:
        return asked(acts.replies(REPLY))[0]

    assert asyncio.run(notebook()).writer == "llm"


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    got, _ = asked(acts.replies(REPLY))
    assert got.writer == "llm"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"base_url": "localhost:11434"}, "base_url"),
        ({"base_url": "file:///etc/passwd"}, "base_url"),
        ({"base_url": "http://"}, "base_url"),
        ({"base_url": "http://[::1"}, "base_url"),
        ({"base_url": "http://h:99999/v1"}, "base_url"),
        ({"base_url": f"http://user:{KEY}@h/v1"}, "VIVANT_LLM_API_KEY"),
        ({"base_url": f"http://h/v1?key={KEY}"}, "VIVANT_LLM_API_KEY"),
        ({"model": " "}, "model"),
        ({"temperature": 2.5}, "temperature"),
        ({"temperature": float("nan")}, "temperature"),
        ({"seconds": 0.0}, "seconds"),
        ({"seconds": float("inf")}, "seconds"),
        ({"most_bytes": 10}, "most_bytes"),
        ({"repairs": 3}, "repairs"),
        ({"seed": -1}, "seed"),
        ({"order": "random"}, "order"),
        ({"reply_format": "xml"}, "reply_format"),
        ({"reasoning": "deep"}, "reasoning"),
        ({"api_key": KEY}, "no setting 'api_key'"),
    ],
)
def test_a_wrong_recipe_is_refused_before_anything_is_sent(
    given: dict[str, Scalar], words: str
) -> None:
    with pytest.raises(RecipeError, match=words) as refused:
        engine("writer", "llm", given)
    assert KEY not in str(refused.value)
