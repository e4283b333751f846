"""Words by meaning class, from ``data/*.toml``, read once, on first use; people from ``people``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from vivant import people

Classes = dict[str, frozenset[str]]


@lru_cache(maxsize=2)
def _read(name: str) -> Classes:
    path = resources.files("vivant.engines.rules") / "data" / f"{name}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {kind: frozenset(words.split()) for kind, words in table.items()}


@lru_cache(maxsize=1)
def _nouns() -> Classes:
    humans = {"person": people.PERSON, "man": people.MAN, "woman": people.WOMAN}
    return {**_read("nouns"), **humans, "neutral": people.NEUTRAL}


def nouns(kind: str) -> frozenset[str]:
    """Singular nouns of one class; KeyError for a class that there is not."""
    return _nouns()[kind]


def verbs(kind: str) -> frozenset[str]:
    """Base forms of the verbs of one class; KeyError for one that is not in ``verbs.toml``."""
    return _read("verbs")[kind]


@lru_cache(maxsize=1)
def known_verbs() -> frozenset[str]:
    """Every verb the lexicon knows."""
    return frozenset().union(*_read("verbs").values())


@lru_cache(maxsize=1)
def known_nouns() -> frozenset[str]:
    """Every noun the lexicon knows."""
    return frozenset().union(*_nouns().values())
