"""A chat in this process that says what it is told to, and good replies for two prompts."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.tiny import info
from vivant.engines.llm.chat import Answer, Message
from vivant.engines.llm.writer import Asking, LanguageWriter
from vivant.types import DecoupledPrompt, EngineInfo, Gender

Reply = dict[str, Any]

PROMPT = (
    "An old sailor with a pipe between his teeth sits on a crate in a foggy harbor, the smell of "
    "tar in the air. He ties a knot, glances up and grins while gulls wheel overhead."
)
REPLY: Reply = {
    "spatial": {
        "text": "An old sailor, a pipe between his teeth, sitting on a crate, in a foggy harbor",
        "pieces": [
            {"quote": "An old sailor", "kind": "subject"},
            {"quote": "a pipe between his teeth", "kind": "pose"},
            {"quote": "sits on a crate", "kind": "pose"},
            {"quote": "in a foggy harbor", "kind": "setting"},
        ],
    },
    "temporal": {
        "text": "A man ties a knot, glances up and grins while gulls wheel overhead.",
        "pieces": [
            {"quote": "ties a knot", "kind": "action"},
            {"quote": "glances up", "kind": "action"},
            {"quote": "grins", "kind": "expression"},
            {"quote": "gulls wheel overhead", "kind": "ambient"},
        ],
        "segments": [],
    },
    "left_out": [{"quote": "the smell of tar in the air", "reason": "unseen"}],
}

GERMAN = "Eine Frau im roten Kleid steht am Fenster. Sie dreht sich um und lächelt."
GERMAN_REPLY: Reply = {
    "spatial": {
        "text": "A woman, a red dress, standing at the window",
        "pieces": [
            {"quote": "Eine Frau", "kind": "subject"},
            {"quote": "im roten Kleid", "kind": "appearance"},
            {"quote": "steht am Fenster", "kind": "pose"},
        ],
    },
    "temporal": {
        "text": "A woman turns around and smiles.",
        "pieces": [
            {"quote": "dreht sich um", "kind": "action"},
            {"quote": "lächelt", "kind": "expression"},
        ],
        "segments": [],
    },
    "left_out": [],
}


def changed(change: Callable[[Reply], object], reply: Reply = REPLY) -> Reply:
    """A copy of a reply with something done to it."""
    other = copy.deepcopy(reply)
    change(other)
    return other


@dataclass
class Saying:
    """Says one text after the other, the last one again and again; remembers what it heard."""

    texts: Sequence[str]
    heard: list[tuple[Message, ...]] = field(default_factory=list)
    info: EngineInfo = field(default_factory=lambda: info("llm"))
    record: Mapping[str, Any] = field(default_factory=dict)
    released: int = 0

    def answer(self, messages: Sequence[Message], name: str, schema: Mapping[str, Any]) -> Answer:
        del name, schema
        self.heard.append(tuple(messages))
        return Answer(self.texts[min(len(self.heard), len(self.texts)) - 1])

    def release(self) -> None:
        self.released += 1


def wrote(
    *said: str | Reply,
    prompt: str = PROMPT,
    gender: Gender | None = "man",
    asking: Asking | None = None,
) -> tuple[DecoupledPrompt, Saying]:
    """What the writer makes of a prompt when the model says this."""
    chat = Saying([one if isinstance(one, str) else json.dumps(one) for one in said])
    return LanguageWriter(chat, asking or Asking()).decouple(prompt, gender), chat
