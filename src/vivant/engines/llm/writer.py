"""The writer that asks a language model, and the rules that stand by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need
from vivant.engines.llm.brief import brief
from vivant.engines.rules import RulesWriter
from vivant.errors import PromptError, RecipeError

if TYPE_CHECKING:
    from vivant.engines.llm.brief import Brief
    from vivant.engines.llm.chat import Chat
    from vivant.engines.llm.dialogue import Dialogue
    from vivant.types import DecoupledPrompt, EngineInfo, Gender

ORDERS = ("default", "paper")
MOST_REPAIRS = 2


@dataclass(frozen=True)
class Asking:
    """How a model is asked; shared by every writer that asks one. Raises RecipeError."""

    order: str = "default"
    """``default``: both halves in one reply. ``paper``: the temporal prompt polisher first, then
    the spatial semantic parser on its result; the spatial prompt then ends with "close-up"."""
    repairs: int = 2
    """How often a faulty reply of one prompt may be mended, 0 to 2; then the rules write."""
    temperature: float = 0.1
    """0 to 2; the paper's 0.1. 0 is greedy."""
    seed: int = 0
    """Of the model's sampling, 0 to 2**31 - 1."""

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise RecipeError(
                f"The order is {self.order!r}; it must be one of: {', '.join(ORDERS)}."
            )
        if not 0 <= self.repairs <= MOST_REPAIRS:
            raise RecipeError(
                f"repairs is {self.repairs}; it must lie within 0 to {MOST_REPAIRS}: a model that "
                "was told twice what is wrong won't mend it."
            )
        if not 0 <= self.temperature <= 2:
            raise RecipeError(f"temperature is {self.temperature:g}; it must lie within 0 to 2.")
        if not 0 <= self.seed < 2**31:
            raise RecipeError(f"seed is {self.seed}; it must lie within 0 to {2**31 - 1}.")


class LanguageWriter:
    """Prompt → both halves through a language model; the ``rules`` writer where that fails.

    Nothing a model says is taken on trust: quotes are found in the prompt, words are counted, the
    proof of coverage is the same as for every writer. ``used`` says who was asked, who wrote, and
    why. How well a model splits is its own affair; that is measured with real weights only.
    """

    def __init__(self, chat: Chat, asking: Asking) -> None:
        self._chat = chat
        self._asking = asking

    @property
    def info(self) -> EngineInfo:
        """Who writes."""
        return self._chat.info

    def decouple(
        self, prompt: str, gender: Gender | None = None, people: int = 1
    ) -> DecoupledPrompt:
        """Split ``prompt``. ``gender`` is what is known of the person, None where nothing is.

        ``people`` are in the film; the rules are told, a model reads it in the prompt.
        Raises PromptError for a prompt that is empty, too long, not text, or whose times do not run
        forward, and for one that neither the model nor the rules could split; EngineError,
        MissingError or RecipeError where the model can't be asked as the recipe says.
        """
        need("pydantic", "llm")
        from vivant.engines.llm.dialogue import Dialogue, GaveUpError, at_once, serial

        known = brief(prompt, gender)
        talk = Dialogue(self._chat, self._asking.repairs)
        try:
            draft = (serial if self._asking.order == "paper" else at_once)(known, talk)
        except GaveUpError as end:
            return self._by_rules(
                known, people, talk, f"The writer {self.info.name!r} gave way: {end}"
            )
        used = self._used(talk, self.info.name, "") | dict(draft.used)
        return replace(draft, writer=self.info.name, used=used)

    def _by_rules(self, known: Brief, people: int, talk: Dialogue, why: str) -> DecoupledPrompt:
        try:
            split = RulesWriter().decouple(known.prompt, known.gender, people)
        except PromptError as error:
            raise PromptError(
                f"{why} And the rules can't step in: {error.message}",
                mend="Write the prompt in English, or choose a stronger model.",
            ) from error
        return replace(split, used={**split.used, **self._used(talk, split.writer, why)})

    def _used(self, talk: Dialogue, wrote: str, why: str) -> dict[str, Any]:
        return {
            "asked": self.info.name,
            "wrote": wrote,
            "why": why,
            "order": self._asking.order,
            "temperature": self._asking.temperature,
            "seed": self._asking.seed,
            **self._chat.record,
            "attempts": talk.attempts,
        }

    def release(self) -> None:
        """Let go of the model; the next call loads it again."""
        self._chat.release()
