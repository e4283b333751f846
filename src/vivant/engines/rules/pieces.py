"""What reading a prompt yields: labelled runs of its words, in the order they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.words import Word
from vivant.types import PartKind

Who = Literal["hero", "other", "camera"]


@dataclass(frozen=True)
class Piece:
    """Neighbouring words of one kind. ``reason`` says why glue and sounds are left out."""

    kind: PartKind
    words: tuple[Word, ...]
    clause: Clause | None = None
    who: Who = "hero"
    reason: str = ""
    back: int = 0
    """How far back in the story the words reach: 1 for "before that", 2 for "even earlier"."""
    step: int | None = None
    """Which entry of the timeline the words stand in; None outside of it."""
    cast: tuple[int, ...] = ()
    """In a film of several people, the numbers of those it is about."""


SOUND = "a sound, smell, taste or feeling on the skin: no picture can show it"
GUESS = "a guess or a meaning, not something seen"
NEGATED = "negated: not to be shown"
LINK = "connecting words"
META = "words about the film, not in it"
TIME = "a time mark"
ORDER = "words that order the events"
WHY = "a reason or an exception, not something seen"
REPEATED = "said before; the half asks for it already"
UNREAD = "not English words this writer can read"
