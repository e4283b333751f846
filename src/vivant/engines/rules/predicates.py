"""What the person of the photo does, or how they are: action, pose, clothes, setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import lexicon
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.fragments import has_emotion, read_fragment
from vivant.engines.rules.phrases import WITHIN, Phrase, head_of, split
from vivant.engines.rules.pieces import GUESS, LINK, META, SOUND, Piece, Who
from vivant.engines.rules.subjects import Memory
from vivant.engines.rules.words import Word
from vivant.types import PartKind

_SHOWN = frozenset("see show capture find depict picture film portray feature view spot".split())
_WRAPPED = frozenset("wrap drape cover shroud cloak swathe bundle robe".split())
_RINGED = frozenset(
    "light surround frame flank backlight illuminate bathe silhouette encircle".split()
)
_FILMED = frozenset("see view shoot film frame capture photograph record render".split())
_PARTICLES = frozenset("up down back forward forwards out around away aside upright open".split())
_WITHIN = frozenset(
    """in at on inside outside across through along down up under beneath beside behind near by
    around above between among amid amidst against within throughout before past over into
    aboard opposite underneath onto alongside beyond during""".split()
)
_SUDDEN = frozenset("crouch kneel squat bend stoop wait pose brace sleep doze stare".split())
"""Bare, these are told as events: she crouches."""
_MEASURED = frozenset(
    "horizon ground air edge corner sky mirror wall spot floor snow place".split()
)
_WAYS = frozenset("across through along down up into onto past".split())
_FLITTING = frozenset("flicker flash blink swing sway swirl spin drift billow flutter".split())
_WEAK_GUESS = frozenset(
    """make give mark capture add lend show reveal allow maintain express demonstrate mirror
    reflect attract encourage represent signal illustrate contribute ensure
    """.split()
)
_VAGUE = frozenset(
    """sense feeling mood effect atmosphere emphasis realism tension vibe impression tone point
    visibility air engagement interest drama depth warmth""".split()
)


def is_guess(clause: Clause) -> bool:
    """Whether a clause tells what it means rather than what is seen."""
    verb = clause.head
    if clause.words[0].low in fw.HEDGES:
        return True
    if verb is None or verb.lemma not in lexicon.verbs("guess"):
        return False
    if verb.lemma not in _WEAK_GUESS:
        return True
    head = head_of(clause.rest)
    return head is None or any(
        w.lemma in _VAGUE or w.lemma in lexicon.nouns("meta") for w in clause.rest if w.tag == "N"
    )


def read_hero(clause: Clause, memory: Memory, *, timed: bool) -> tuple[list[Piece], Memory]:
    """Label verb and rest of a clause about the person; ``timed`` inside a timeline."""
    verb = clause.head
    aux = clause.auxiliaries
    if verb is None:
        return read_fragment(clause.rest, clause, memory, "appearance")
    if any(w.lemma in ("appear", "seem") for w in clause.verb) and verb.tag == "VG":
        return guessed(clause), memory
    if verb.lemma in ("appear", "seem") and verb is clause.verb[-1]:
        return read_fragment(clause.rest, clause, memory, "action")
    if (any(a in fw.BE for a in aux) and verb.tag == "VN") or clause.form == "participle":
        return _passive(clause, verb, memory)
    if "might" in aux or "may" in aux:
        return guessed(clause), memory
    wrapped = verb.form in ("VD", "VN") and clause.rest[:1] and clause.rest[0].low == "in"
    lacking = verb.lemma in ("miss", "lack") and clause.form == "ing"
    if not memory.acted and ((wrapped and verb.lemma in _WRAPPED) or lacking):
        return read_fragment(clause.rest, clause, memory, "appearance")
    if verb.lemma in lexicon.verbs("wear"):
        return read_fragment(clause.rest, clause, memory, "appearance")
    if verb.lemma == "have" or (verb.lemma in ("include", "boast") and not memory.acted):
        return read_fragment(clause.rest, clause, memory, "appearance")
    negated = any(w.low in ("not", "never") for w in clause.verb)
    sudden = verb.lemma in _SUDDEN and clause.form == "finite" and not clause.rest
    still = (
        verb.lemma in lexicon.verbs("pose")
        and not sudden
        and not memory.acted
        and not timed
        and not negated
    )
    if still and not any(w.low in _PARTICLES and w.tag == "R" for w in clause.rest[:1]):
        return predicate(clause, memory, "pose")
    kind: PartKind = "expression" if verb.lemma in lexicon.verbs("expression") else "action"
    pieces, memory = predicate(clause, memory, kind)
    return pieces, memory if negated else memory.now(acted=True)


def _passive(clause: Clause, verb: Word, memory: Memory) -> tuple[list[Piece], Memory]:
    aux = clause.auxiliaries
    if "being" in aux:
        pieces, memory = predicate(clause, memory, "action")
        return pieces, memory.now(acted=True)
    if verb.lemma in lexicon.verbs("wear") or (verb.lemma == "drape" and not memory.acted):
        return read_fragment(clause.rest, clause, memory, "appearance")
    if not aux and verb.lemma in _FILMED and clause.rest:
        how: PartKind = "style" if clause.rest[0].low in ("on", "in", "with") else "framing"
        return [Piece(how, clause.verb + clause.rest, clause)], memory
    if aux and verb.lemma in _SHOWN:
        return read_fragment(clause.rest, clause, memory)
    if has_emotion((verb,)):
        return [Piece("expression", clause.verb + clause.rest, clause)], memory
    if verb.lemma in ("engage", "involve", "follow", "accompany"):
        return read_fragment(clause.rest, clause, memory, "action")
    if verb.lemma in _RINGED or (verb.lemma in lexicon.verbs("static") and aux):
        return read_fragment(clause.rest, clause, memory, "setting")
    if verb.lemma in lexicon.verbs("pose") and not memory.acted:
        return predicate(clause, memory, "pose")
    if aux or memory.acted:
        pieces, memory = predicate(clause, memory, "action")
        return pieces, memory.now(acted=True)
    return [Piece("appearance", clause.verb + clause.rest, clause)], memory


def predicate(clause: Clause, memory: Memory, kind: PartKind) -> tuple[list[Piece], Memory]:
    """Verb and rest as one kind, with the places cut out of the rest as setting."""
    pieces: list[Piece] = []
    run: list[Word] = list(clause.verb)
    placed = False
    for phrase in _at_place(split(clause.rest), memory):
        where = _where(phrase, memory, kind, placed=placed)
        if where is None:
            run.extend(phrase.words)
            continue
        if run:
            pieces.append(Piece(kind, tuple(run), clause))
            run = []
        placed = where == "setting"
        reason = {"sound": SOUND, "glue": META}.get(where, "")
        who: Who = "camera" if where == "camera" else "hero"
        words = phrase.words
        if where == "setting" and words[0].low in _WAYS:
            pieces.append(Piece("glue", words[:1], clause, reason=LINK))
            words = words[1:]
        pieces.append(Piece(where, words, clause, who, reason))
    if run:
        pieces.append(Piece(kind, tuple(run), clause))
    return pieces, memory


def _at_place(phrases: list[Phrase], memory: Memory) -> Iterator[Phrase]:
    """Open "down the aisle of a dim cabin": the cabin is setting, the aisle need not be."""
    for phrase in phrases:
        of = next((i for i, w in enumerate(phrase.words) if w.low == "of" and i > 1), None)
        inner = split(phrase.words[of + 1 :]) if of is not None else []
        new = inner and inner[0].words[0].low in ("a", "an") and inner[0].thing == "place"
        apart = of is not None and phrase.words[of - 1].low not in WITHIN
        if of is not None and apart and new and not memory.introduced:
            yield replace(phrase, words=phrase.words[:of])
            yield replace(inner[0], words=phrase.words[of + 1 :], prep="in")
        else:
            yield phrase


def _where(phrase: Phrase, memory: Memory, kind: PartKind, *, placed: bool) -> PartKind | None:
    """The kind of a phrase that leaves the verb's own run, or None if it stays."""
    thing, head = phrase.thing, phrase.head
    if memory.company is not None and memory.company.named(phrase.words):
        return None
    if thing == "sound" and phrase.prep in ("to", "with", "amid", "over"):
        return "sound"
    if thing == "camera" and phrase.prep == "in":
        return "camera"
    if not phrase.prep or head is None:
        return None
    if thing == "meta" and phrase.prep in ("in", "throughout", "during", "across", "through"):
        return "glue" if head.lemma not in ("frame", "shot") else None
    if phrase.prep not in _WITHIN:
        return (
            "setting" if placed and phrase.prep in ("with", "of") and thing != "abstract" else None
        )
    article = next((w.low for w in phrase.words if w.tag == "D"), "")
    known = memory.introduced
    if any(w.form == "VG" and w.lemma in _FLITTING for w in phrase.words) and kind != "pose":
        return None
    if phrase.prep == "against" and kind != "pose":
        return None
    if head.lemma in ("background", "distance", "foreground"):
        return None
    if thing == "place":
        if (head.lemma in _MEASURED and article not in ("a", "an")) or (
            known and article in ("the", "his", "her", "their")
        ):
            return None
        return "setting"
    if thing == "nature":
        moving = phrase.prep in ("into", "over", "onto", "up", "past", "around")
        return None if moving or (known and article == "the") else "setting"
    if thing == "name":
        return "setting"
    if thing == "furniture" and kind != "pose":
        near = phrase.prep not in ("into", "onto", "over", "through", "across", "around", "up")
        return "setting" if near and article in ("a", "an") and not memory.acted else None
    return None


def guessed(clause: Clause) -> list[Piece]:
    """The whole clause, left out as a guess."""
    return [Piece("glue", clause.words, clause, reason=GUESS)]
