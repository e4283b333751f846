"""Man, woman or person: what the prompt's own nouns and pronouns say."""

from __future__ import annotations

from vivant.engines.rules import lexicon
from vivant.engines.rules.pieces import Piece
from vivant.engines.rules.words import Word
from vivant.types import Gender

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())


def gender_of(words: tuple[Word, ...], pieces: list[Piece]) -> Gender:
    """The gender of the person; "person" where the prompt says nothing or is neutral on purpose."""
    for p in pieces:
        if p.kind in ("subject",):
            for word in p.words:
                if found := of_noun(word):
                    return found
    subjects = [w.low for w in words if w.tag == "PRS"]
    he, she = subjects.count("he"), subjects.count("she")
    if he != she:
        return "man" if he > she else "woman"
    others = _others(pieces)
    for heard in ([w.low for w in words if w not in others], [w.low for w in words]):
        he = sum(x in _HE for x in heard)
        she = sum(x in _SHE for x in heard)
        if he != she:
            return "man" if he > she else "woman"
    named = [found for w in words if w not in others and (found := of_noun(w))]
    return named[0] if named and not any(p.kind == "subject" for p in pieces) else "person"


def _others(pieces: list[Piece]) -> set[Word]:
    return {w for p in pieces if p.who == "other" and p.clause is not None for w in p.words
            if p.clause.subject and p.words[0].low not in _HE | _SHE}  # fmt: skip


def of_noun(word: Word) -> Gender | None:
    """The gender a noun carries in itself, or None."""
    parts = {word.low, word.lemma, word.lemma.rsplit("-", 1)[-1]}
    if word.tag not in ("N", "POS", "A") or parts & lexicon.nouns("neutral"):
        return None
    if parts & lexicon.nouns("woman") or word.lemma.endswith("woman"):
        return "woman"
    if parts & lexicon.nouns("man"):
        return "man"
    gendered = word.lemma.endswith("man") and word.tag == "N" and len(word.lemma) > 5
    return (
        "man" if gendered and word.lemma not in ("human", "german", "talisman", "roman") else None
    )
