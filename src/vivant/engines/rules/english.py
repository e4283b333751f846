"""Is a text English? Counted by the words that the rules' own tables know."""

from __future__ import annotations

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import morphology
from vivant.engines.rules.text import words

_LEAST_ENGLISH = 1 / 3
"""A typed prompt full of slips still has two known words in three; another language has not one."""


def known(text: str) -> tuple[int, int]:
    """How many words of ``text`` are English, and how many words of letters it has."""
    heard = [w.lower for w in words(text) if w.text.isalpha()]
    found = sum(w in fw.CONTENT_FREE or morphology.common(morphology.mend(w)) for w in heard)
    return found, len(heard)


def is_english(text: str) -> bool:
    """Whether the rules can read ``text``; so is a text without a word of letters."""
    found, heard = known(text)
    return found >= _LEAST_ENGLISH * heard
