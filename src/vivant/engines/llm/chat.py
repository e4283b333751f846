"""What a language model is to a writer: messages in, one text out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.types import EngineInfo


@dataclass(frozen=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Answer:
    """What the model said. ``whole`` is False where it was cut off at its limit.

    Tokens are counted by the model's own tokenizer, None where it doesn't say.
    """

    text: str
    whole: bool = True
    tokens_in: int | None = None
    tokens_out: int | None = None


class NoAnswerError(Exception):
    """No answer came, and the recipe is not at fault; another writer may step in."""


class Chat(Protocol):
    """A language model that answers, at an endpoint or in this process."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files of the writer that speaks through it."""

    @property
    def record(self) -> Mapping[str, Any]:
        """Model, place and sampling, as plain JSON data for the manifest; never a key."""

    def answer(self, messages: Sequence[Message], name: str, schema: Mapping[str, Any]) -> Answer:
        """One answer, asked to be JSON of this schema.

        Raises NoAnswerError where none came; EngineError, MissingError or RecipeError where it is
        for the user to mend: a wrong address, key or model.
        """

    def release(self) -> None:
        """Let go of the model; the next call loads it again."""
