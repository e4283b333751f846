"""What a place is: a row of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass

DAY_EVENING, DAY_NIGHT, DAY_GOLDEN = ("day", "evening"), ("day", "night"), ("day", "golden")


@dataclass(frozen=True)
class Place:
    """A set: its name, the words that mean it, its lights (the first is the usual one).

    ``words`` are nouns and short phrases in the singular, without accents, a space between tokens;
    they say where somebody is. ``trades`` are people found there when nothing else is said.
    ``note`` is what a report calls the set.
    """

    name: str
    words: tuple[str, ...]
    lights: tuple[str, str]
    trades: tuple[str, ...] = ()
    note: str = ""


def words(text: str) -> tuple[str, ...]:
    """Phrases between commas; line breaks count as spaces."""
    return tuple(" ".join(w.split()) for w in text.split(",") if w.strip())
