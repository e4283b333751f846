"""Asking, and asking again: at most so many repairs, each told what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from vivant.engines.llm import instructions
from vivant.engines.llm.chat import NoAnswerError
from vivant.engines.llm.draft import both, close_up, spatial, temporal, whole
from vivant.engines.llm.reply import Both, Motion, ReplyError, Still, parse, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vivant.engines.llm.brief import Brief
    from vivant.engines.llm.chat import Answer, Chat, Message
    from vivant.engines.llm.reply import Shape
    from vivant.types import DecoupledPrompt

T = TypeVar("T")

_RECORDED = 300
_MOST_FAULTS = 8


class GaveUpError(Exception):
    """No usable reply; says why, in a sentence."""


@dataclass
class Dialogue:
    """One prompt's conversation: what may still be repaired, and a record of what was said."""

    chat: Chat
    repairs: int
    attempts: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, messages: Sequence[Message], shape: type[Shape], read: Callable[[Shape], T]) -> T:
        """What ``read`` makes of the first usable reply. Raises GaveUpError.

        ``read`` raises ReplyError for a reply it can't use. A repair shows the model its last reply
        and the faults of it, never a longer history.
        """
        turn: tuple[Message, ...] = tuple(messages)
        while True:
            answer: Answer = self._answer(turn, shape)
            try:
                if not answer.whole:
                    raise ReplyError("The reply was cut off at the length limit; be shorter.")
                return read(parse(answer.text, shape))
            except ReplyError as fault:
                faults: tuple[str, ...] = fault.faults[:_MOST_FAULTS]
            self.attempts[-1]["faults"] = [f[:_RECORDED] for f in faults]
            if self.repairs == 0:
                raise GaveUpError(f"no reply was usable; of the last: {faults[0][:_RECORDED]}")
            self.repairs -= 1
            turn = (*messages, *instructions.mend(answer.text, faults))

    def _answer(self, turn: Sequence[Message], shape: type[Shape]) -> Answer:
        attempt: dict[str, Any] = {"asked": shape.__name__.lower(), "faults": []}
        self.attempts.append(attempt)
        try:
            answer = self.chat.answer(turn, shape.__name__.lower(), schema(shape))
        except NoAnswerError as silence:
            attempt["faults"] = [str(silence)[:_RECORDED]]
            raise GaveUpError(str(silence)) from silence
        attempt["tokens_in"], attempt["tokens_out"] = answer.tokens_in, answer.tokens_out
        return answer


def at_once(brief: Brief, talk: Dialogue) -> DecoupledPrompt:
    """Both halves from one reply."""
    return talk.ask(instructions.both(brief), Both, lambda reply: both(reply, brief))


def serial(brief: Brief, talk: Dialogue) -> DecoupledPrompt:
    """The paper's order: the temporal prompt first, the spatial prompt from it."""
    motion = talk.ask(instructions.motion(brief), Motion, lambda r: temporal(r.temporal, brief))
    quoted = [p.text for p in motion.parts]

    def read(reply: Still) -> DecoupledPrompt:
        return whole(close_up(spatial(reply.spatial, brief)), motion, reply.left_out, brief)

    return talk.ask(instructions.still(brief, motion.text, quoted), Still, read)
