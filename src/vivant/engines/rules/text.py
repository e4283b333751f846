"""Is it text, and which words does it have? Tokens keep their place in the user's prompt."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from vivant.errors import PromptError

MAX_CHARACTERS = 4000
"""Published text encoders read at most 512 tokens, about 2,000 characters; twice that leaves room
for words that go to neither half, and keeps a pasted document from being read as a prompt."""
MAX_WORDS = 600
"""Four times the longest caption in the field's benchmarks (about 160 words)."""

_TOKEN = re.compile(
    r"\"[^\"\n]{1,80}\"|\u201c[^\u201d\n]{1,80}\u201d"  # quoted lettering is one thing
    r"|\d+(?:[.,:]\d+)*[^\W_]*(?:[-\u2011][^\W_]+)*"
    r"|[^\W\d_][^\W_]*(?:['\u2019\-\u2011][^\W_]+)*"
    r"|\S"
)
_OPENERS = frozenset(".!?:;\u2014\u2013([")
_SLIPS = {
    "teh": "the",
    "hte": "the",
    "adn": "and",
    "nad": "and",
    "fo": "of",
    "wiht": "with",
    "ahd": "and",
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Token:
    """One word or mark; ``prompt[start:end] == text``."""

    text: str
    start: int
    end: int
    opens: bool = False
    """Whether a sentence starts here, so that a capital means nothing."""

    @property
    def lower(self) -> str:
        """Lower case, with a plain apostrophe and hyphen; slips in the smallest words mended."""
        low = self.text.lower().replace("\u2019", "'").replace("\u2011", "-")
        return _SLIPS.get(low, low)

    @property
    def is_word(self) -> bool:
        """Whether there is a letter or digit in it."""
        return any(c.isalnum() for c in self.text)


def tokens(text: str) -> tuple[Token, ...]:
    """Words and marks of ``text``, in order; every letter and digit lies in exactly one."""
    found = []
    opens = True
    for m in _TOKEN.finditer(text):
        opens = opens or "\n" in text[max(0, m.start() - 3) : m.start()]
        found.append(Token(m.group(), m.start(), m.end(), opens))
        opens = m.group() in _OPENERS or (opens and not m.group()[0].isalnum())
    return tuple(found)


def words(text: str) -> tuple[Token, ...]:
    """Only the runs of letters and digits; underscores, marks and spaces divide them."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


def check_prompt(prompt: str) -> None:
    """Raise PromptError for a prompt that is empty, too long or not text."""
    if not prompt.strip():
        raise PromptError("The prompt is empty: there is nothing to film.")
    if len(prompt) > MAX_CHARACTERS:
        raise PromptError(
            f"The prompt has {len(prompt)} characters; the limit is {MAX_CHARACTERS}, "
            "because text encoders read no more and would drop the end without a word."
        )
    for place, char in enumerate(prompt):
        if char in "\n\t" or (char == "\r" and prompt[place + 1 : place + 2] == "\n"):
            continue
        if unicodedata.category(char) in ("Cc", "Cs"):
            raise PromptError(
                f"The prompt has the character U+{ord(char):04X} at position {place}; control "
                "characters and lone surrogates are not text and can't be written to a file."
            )
    if (count := len(words(prompt))) > MAX_WORDS:
        raise PromptError(
            f"The prompt has {count} words; the limit is {MAX_WORDS}, because no film of a few "
            "seconds can show more."
        )
    if not any(c.isalpha() for c in prompt):
        raise PromptError(
            f"The prompt {prompt.strip()[:40]!r} has no letter: there is no word to read."
        )
