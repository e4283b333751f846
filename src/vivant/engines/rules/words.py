"""A word with its part of speech: what the other modules read."""

from __future__ import annotations

from dataclasses import dataclass

from vivant.engines.rules.text import Token

NOUNISH = frozenset({"N", "NUM", "PRO", "POS"})


@dataclass(frozen=True)
class Word:
    """A token with its tag and base form; marks have the tag ``.``."""

    token: Token
    tag: str
    lemma: str
    form: str = ""
    """For verbs the morphological form: VB, VZ, VD, VN or VG."""

    @property
    def low(self) -> str:
        """Lower case."""
        return self.token.lower

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return self.tag == "."
