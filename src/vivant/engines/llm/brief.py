"""What is known of a prompt before a model reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.engines.rules import RulesWriter, timeline
from vivant.engines.rules.english import is_english
from vivant.engines.rules.text import check_prompt

if TYPE_CHECKING:
    from vivant.types import Gender


@dataclass(frozen=True)
class Brief:
    """A prompt that passed every check of text.

    ``gender`` names the person: what the photo says, else what an English prompt's own nouns and
    pronouns say; None leaves it to the model, for a prompt in another language.
    """

    prompt: str
    gender: Gender | None
    marks: tuple[timeline.Mark, ...]
    english: bool

    @property
    def times(self) -> tuple[tuple[float, float | None], ...]:
        """Start and end of each entry of the timeline, in seconds."""
        return timeline.spans(self.marks)

    def stretch(self, step: int) -> tuple[int, int]:
        """Where the words of one entry of the timeline stand in the prompt."""
        ends = [*(m.at for m in self.marks[1:]), len(self.prompt)]
        return self.marks[step].to, ends[step]


def brief(prompt: str, gender: Gender | None) -> Brief:
    """Read what rules can read.

    Raises PromptError for a prompt that is empty, too long or not text, or whose times do not run
    forward.
    """
    check_prompt(prompt)
    marks = timeline.marks(prompt)
    english = is_english(prompt)
    if gender is None and english:
        gender = RulesWriter().decouple(prompt).gender
    return Brief(prompt, gender, marks, english)
