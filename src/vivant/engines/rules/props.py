"""Things the action needs and the first still already shows."""

from __future__ import annotations

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import lexicon
from vivant.engines.rules.phrases import OF_PASSES, Phrase, split
from vivant.engines.rules.pieces import Piece
from vivant.engines.rules.words import Word

_COMES_IN = frozenset(
    """arrive enter appear come poke approach descend emerge pull burst join pass explode fall
    start begin run""".split()
)
_NOWHERE = frozenset(
    "ground background foreground distance horizon sky edge corner viewer camera lens frame".split()
)
_OVER_GROUND = frozenset(
    "cross climb descend ascend enter fill paint sweep scrub circle mop rake plow approach".split()
)
_HELD = frozenset("object garment furniture people person".split())
_AROUND = _HELD | {"nature", "place"}
_FIRST = 2
"""How many deeds may use a thing named for the first time; later ones may still fetch it."""


def props(pieces: list[Piece]) -> list[tuple[Word, ...]]:
    """Noun phrases of the temporal pieces that belong in the still too, in order, each once."""
    seen: set[str] = {
        w.lemma for p in pieces if p.kind in _SPATIAL for w in p.words if w.tag == "N"
    }
    found: list[tuple[Word, ...]] = []
    deeds = 0
    for piece in pieces:
        if piece.kind not in ("action", "ambient") or piece.clause is None:
            continue
        deeds += piece.who == "hero"
        for words in _things(piece, early=deeds <= _FIRST):
            head = words[-1].lemma
            if head not in seen:
                seen.add(head)
                found.append(words)
    return found


_SPATIAL = ("subject", "appearance", "setting", "pose", "style", "framing")


def _things(piece: Piece, *, early: bool) -> list[tuple[Word, ...]]:
    clause = piece.clause
    assert clause is not None
    verb = clause.head
    lemma = verb.lemma if verb else ""
    inside = set(piece.words)
    chosen: list[tuple[Word, ...]] = []
    if not any(w in clause.verb for w in piece.words) and piece.words[0].low in ("with", "using"):
        return _wanted(split(piece.words), _HELD, inside)
    weather = bool(clause.subject) and clause.subject[-1].lemma in lexicon.nouns("weather")
    if piece.who == "other" and clause.subject and (weather or lemma not in _COMES_IN):
        chosen += _wanted(split(clause.subject), _AROUND, inside)
    rest = split(clause.rest)
    if piece.who == "other":
        chosen += _wanted(rest, _HELD - {"person", "people"} | {"place"}, inside)
        return chosen
    makes = lemma in lexicon.verbs("make")
    for i, phrase in enumerate(rest):
        words = noun_phrase(phrase.words)
        definite = any(w.low in fw.POSSESSIVES or w.low in ("the", "her") for w in words)
        after = rest[i + 1].prep if i + 1 < len(rest) else ""
        owned = any(w.low in fw.POSSESSIVES for w in words)
        if definite and not owned and not early and phrase.thing == "object":
            continue
        fetched = not definite and after in ("from", "out of", "off")
        new = not definite and (not early or (makes and i == 0))
        if new or fetched or (phrase.prep in ("like", "as", "out", "without")):
            continue
        goal = definite or (not phrase.prep and lemma in _OVER_GROUND)
        chosen += _wanted([phrase], _HELD | {"place"} if goal else _HELD, inside)
    return chosen


def _wanted(
    phrases: list[Phrase], things: frozenset[str], inside: set[Word]
) -> list[tuple[Word, ...]]:
    chosen = []
    for phrase in phrases:
        words = noun_phrase(phrase.words)
        if phrase.thing in things and words and set(words) <= inside:
            head = words[-1]
            body = head.lemma in lexicon.nouns("body") or head.lemma in lexicon.nouns("abstract")
            if head.tag == "N" and not body and head.lemma not in _NOWHERE:
                chosen.append(words)
    return chosen


def noun_phrase(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words from the article to the head noun, without preposition and what follows."""
    start = next((i for i, w in enumerate(words) if w.tag not in ("P", "TO", "R")), len(words))
    run: list[Word] = []
    for word in words[start:]:
        measured = word.low == "of" and bool(run) and run[-1].lemma in OF_PASSES
        if word.tag not in ("D", "A", "N", "POS", "NUM") and not measured:
            break
        run.append(word)
    while run and run[-1].tag != "N":
        run.pop()
    return tuple(run)
