"""What can be wrong with a half's text, each as one small check.

A check gives a sentence that tells the model what to mend, or nothing. A new one is a function and
an entry in ``CHECKS``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from vivant.coverage import WORD, reached, unreached, words
from vivant.engines.llm import instructions
from vivant.engines.llm.identity import invented
from vivant.engines.rules.english import known

if TYPE_CHECKING:
    from collections.abc import Callable

    from vivant.engines.llm.brief import Brief
    from vivant.types import Part

    Check = Callable[[str, tuple[Part, ...], Brief], str]

_LONGEST = 3000
_SHORTEST_LIMIT = 300  # a three-word prompt may still become two sentences
_GROWTH = 8  # one Chinese letter may take an English word of eight letters to say
_LEAST_ENGLISH = 1 / 2
_LEAK = 8  # so many words in a row are no coincidence
_MOST_INVENTED = 6  # "a slow blink, a softening smile"; sixty labelled prompts needed one
_INVENTED_SHARE = 1 / 8
_OURS = frozenset("man woman person close up stay stays almost still camera".split())
_OPENING = re.compile(r"\AA (?:man|woman|person)\b", re.IGNORECASE)


def check(text: str, parts: tuple[Part, ...], brief: Brief) -> tuple[str, ...]:
    """All that is wrong with ``text``, which must ask for all of ``parts``; empty: nothing."""
    if not text.strip():
        return ("is empty.",)
    return tuple(fault for one in CHECKS if (fault := one(text, parts, brief)))


def _is_text(text: str, parts: tuple[Part, ...], brief: Brief) -> str:
    del parts
    limit = min(_LONGEST, _SHORTEST_LIMIT + _GROWTH * len(brief.prompt))
    if len(text) > limit:
        return f"has {len(text)} characters; at most {limit} for this prompt."
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text):
        return "has control characters or line breaks; it must be one line of plain text."
    return ""


def _is_english(text: str, parts: tuple[Part, ...], brief: Brief) -> str:
    del parts
    own = words(brief.prompt) if brief.english else frozenset()
    foreign = [
        w.group() for w in WORD.finditer(text)
        if any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in w.group())
        and w.group().casefold() not in own
    ]  # fmt: skip
    if foreign:
        return f"is not all English: {_listed(foreign)}. Write plain English."
    heard = [w.group() for w in WORD.finditer(_OPENING.sub("", text))]
    rest = [w for w in heard if w.casefold() not in own]
    found = known(" ".join(rest))[0] + len(heard) - len(rest)
    if found < _LEAST_ENGLISH * len(heard):
        return "is not English. Write it in English, whatever the language of the prompt."
    return ""


def _keeps_the_face(text: str, parts: tuple[Part, ...], brief: Brief) -> str:
    del parts
    claims = invented(text, brief.prompt if brief.english else "")
    if not claims:
        return ""
    mend = (
        "which the prompt does not say." if brief.english
        else "and words about the face can't be checked across languages; leave them out (face)."
    )  # fmt: skip
    return f"describes the face: {_listed(claims)}, {mend} The photo decides the face."


def _asks_for_its_parts(text: str, parts: tuple[Part, ...], brief: Brief) -> str:
    if not brief.english:
        return ""
    lost = unreached(text, (p.text for p in parts))
    return f"lacks words of its pieces: {_listed(lost)}." if lost else ""


def _invents_little(text: str, parts: tuple[Part, ...], brief: Brief) -> str:
    del parts
    if not brief.english:
        return ""
    there = words(brief.prompt) | _OURS
    added = [w.group() for w in WORD.finditer(text) if not reached(w.group().casefold(), there)]
    limit = max(_MOST_INVENTED, int(_INVENTED_SHARE * len(there - _OURS)))
    if len(added) <= limit:
        return ""
    return f"adds {len(added)} words that are not in the prompt: {_listed(added)}. Stay with it."


def _leaks_nothing(text: str, parts: tuple[Part, ...], brief: Brief) -> str:
    del parts
    runs = _runs(text) - _runs(brief.prompt)
    return "repeats the instructions; write the half itself." if runs & _told() else ""


CHECKS: tuple[Check, ...] = (
    _is_text, _is_english, _leaks_nothing, _keeps_the_face, _asks_for_its_parts, _invents_little,
)  # fmt: skip


@lru_cache(maxsize=1)
def _told() -> frozenset[tuple[str, ...]]:
    return frozenset().union(*(_runs(text) for text in instructions.ALL))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    heard = [w.group().casefold() for w in WORD.finditer(text)]
    return frozenset(tuple(heard[at : at + _LEAK]) for at in range(len(heard) - _LEAK + 1))


def _listed(found: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(repr(x) for x in list(dict.fromkeys(found))[:8])
    return shown + (", …" if len(set(found)) > 8 else "")
