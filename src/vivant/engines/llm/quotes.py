"""Where a quote stands in the user's prompt.

A model may change case, quotation marks, dashes and line breaks when it quotes; never the words.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]

_PLAIN = str.maketrans(
    "\u2018\u2019\u201c\u201d\u2010\u2011\u2013\u2014\u00a0\u202f", "''\"\"----  "
)
_EDGES = " \t\r\n,.;:!?\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u2014\u2013-"
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def place(quotes: Sequence[str], prompt: str) -> list[Span | None]:
    """For each quote its ``(start, end)`` in ``prompt``, None where it doesn't stand there.

    Quotes are taken in order: one that stands in several places is meant at the first place after
    the quote before it that no quote has taken, else at the first free place, else at its first.
    Words are never cut in two, save in scripts that put no space between words. Marks at the edges
    don't count.
    """
    taken: list[Span] = []
    found: list[Span | None] = []
    for quote in quotes:
        spot = _choose(list(_everywhere(quote, prompt)), taken)
        found.append(spot)
        if spot is not None:
            taken.append(spot)
    return found


def _choose(spots: list[Span], taken: list[Span]) -> Span | None:
    free = [s for s in spots if not any(s[0] < b and a < s[1] for a, b in taken)]
    after = [s for s in free if not taken or s[0] >= taken[-1][1]]
    return next(iter(after or free or spots), None)


def _everywhere(quote: str, prompt: str) -> Iterable[Span]:
    wanted = quote.strip(_EDGES)
    if not any(c.isalnum() for c in wanted):
        return ()
    exact = [s for s in _finds(wanted, prompt) if _is_whole(s, prompt)]
    if exact:
        return exact
    folded, places = _fold(prompt)
    needle, _ = _fold(wanted)
    loose = ((places[a], places[b - 1] + 1) for a, b in _finds(needle, folded))
    return [s for s in loose if _is_whole(s, prompt)]


def _finds(needle: str, text: str) -> Iterable[Span]:
    at = text.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = text.find(needle, at + 1)


def _is_whole(span: Span, prompt: str) -> bool:
    start, end = span
    return not (_cuts(prompt[start - 1 : start], prompt[start]) or _cuts(
        prompt[end - 1], prompt[end : end + 1]
    ))  # fmt: skip


def _cuts(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and not (is_unspaced(before) or is_unspaced(after))


def is_unspaced(char: str) -> bool:
    """Whether a letter belongs to a script that writes no space between words."""
    return unicodedata.name(char, "").startswith(_UNSPACED)


def _fold(text: str) -> tuple[str, list[int]]:
    """Lower case, plain marks, single spaces; and where each letter of that came from."""
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text.translate(_PLAIN)):
        low = " " if char.isspace() else char.lower()
        if len(low) != 1:
            low = char
        if low == " " and out and out[-1] == " ":
            continue
        out.append(low)
        places.append(at)
    return "".join(out), places
