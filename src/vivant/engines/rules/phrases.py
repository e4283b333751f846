"""Noun phrases: what their head is, and what kind of thing it means in a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vivant.engines.rules import lexicon
from vivant.engines.rules.words import Word

Thing = Literal[
    "person", "people", "garment", "looks", "place", "furniture", "nature", "style", "framing",
    "camera", "sound", "meta", "abstract", "name", "object",
]  # fmt: skip
_AGENT_ENDS = ("smith", "maker", "keeper", "man", "woman", "men", "women", "ist", "eer")
_NOT_AGENTS = frozenset(
    """flower water paper river corner center centre timber number letter leather weather feather
    finger shoulder shower tower power ladder fire door floor mirror color colour vapor counter
    container computer printer roller ruler hammer lever burner cooker blender mixer poster
    banner lantern timer speaker-stand copper silver amber ember butter pepper ginger sugar
    flour summer winter holster helicopter tractor escalator elevator radiator generator reactor
    scooter motor anchor charger drawer planter sharpener opener screwdriver tweezer heater
    cooler freezer cylinder border order layer marker cover wrapper folder locker trailer
    cruiser glacier pier chandelier clipper spider tiger panther monster butterfly grasshopper
    otter beaver rooster deer steer laser razor armor sensor scissor harbor interior exterior
    meter liter tailcoat list twist mist fist wrist chest breaker breakers boulder dagger saucer
    platter skewer strainer stapler binder reader zipper bumper rubber amplifier fiber feeder
    sander grinder rafter shutter gutter crater plaster
    """.split()
)
OF_PASSES = frozenset(
    """pair handful group row line cloud clouds series piece glass cup bowl bit kind sort type
    stack pile bundle bunch basket tray bag couple lot dozen number set shard mound drop sheet
    strip flock herd trail stream swarm spray mouthful
    gust flight ball bucket jar bottle plume burst slice
    """.split()
)
"""Nouns of measure: the noun after "of" is the thing."""


WITHIN = frozenset(
    "end edge middle center centre side top foot head front back corner base bottom heart".split()
)
"""Nouns that only say where in a place: the place is what counts."""


@dataclass(frozen=True)
class Phrase:
    """A preposition, if any, with its noun phrase."""

    words: tuple[Word, ...]
    prep: str
    head: Word | None
    thing: Thing


def head_of(words: tuple[Word, ...]) -> Word | None:
    """The head noun: the last noun before what describes it; past "of" for nouns of measure."""
    head: Word | None = None
    for i, word in enumerate(words):
        if word.tag in ("N", "NUM", "PRO", "PRS", "POS"):
            if word.tag == "POS" and i + 1 < len(words):
                continue
            head = word
        elif head is not None and word.low == "of" and head.lemma in OF_PASSES:
            continue
        elif head is not None and word.tag not in ("A", "R"):
            break
    return head


def thing_of(words: tuple[Word, ...]) -> Thing:
    """What a noun phrase is in a picture."""
    head = head_of(words)
    if head is None:
        return "object"
    return _classify(head, words)


def _classify(head: Word, words: tuple[Word, ...]) -> Thing:
    names = {head.low, head.lemma}
    before = [w for w in words if w.token.end <= head.token.start]
    if before and before[-1].tag == "N":
        names.add(f"{before[-1].low}-{head.lemma}")
    if is_person(head) and not (head.tag == "N" and _is_thing_name(before, head)):
        return "people" if _is_plural(head) else "person"
    order: tuple[Thing, ...] = (
        "sound", "garment", "looks", "framing", "camera", "meta", "style", "place", "furniture",
        "nature", "abstract",
    )  # fmt: skip
    looked = {w.lemma for w in before} & lexicon.nouns("style")
    if looked and head.lemma in ("look", "feel", "vibe", "effect", "texture", "quality", "light"):
        return "style"
    for kind in order:
        if names & lexicon.nouns(kind):
            return kind
    if head.token.text[0].isupper() and head.tag == "N":
        return "name"
    return "object"


def _is_thing_name(before: list[Word], head: Word) -> bool:
    """coach bus, model ship: never mind; only "figure" and the like need company."""
    return head.lemma == "figure" and bool(before) and before[-1].low == "action"


def is_person(head: Word) -> bool:
    """Whether a noun names a human being, by list or by the ending of a trade."""
    lemma = head.lemma
    last = lemma.rsplit("-", 1)[-1]
    for kind in ("person", "man", "woman", "neutral"):
        if lemma in lexicon.nouns(kind) or head.low in lexicon.nouns(kind):
            return True
        if last != lemma and last in lexicon.nouns(kind):
            return True
    if lemma in lexicon.known_nouns() or lemma in _NOT_AGENTS or head.tag != "N":
        return False
    if lemma.endswith(_AGENT_ENDS) and len(lemma) > 5:
        return True
    return len(lemma) > 5 and lemma.endswith(("er", "or")) and _stem_is_verb(lemma)


def _stem_is_verb(lemma: str) -> bool:
    verbs = lexicon.known_verbs()
    base = lemma[:-2]
    return base in verbs or base + "e" in verbs or (base[-1] == base[-2] and base[:-1] in verbs)


def _is_plural(head: Word) -> bool:
    irregular = ("people", "men", "women", "children", "folk", "police")
    many = head.lemma != head.low and head.low.endswith("s")
    return many or head.low.rsplit("-", 1)[-1].endswith(("women", "men")) or head.low in irregular


def split(words: tuple[Word, ...]) -> list[Phrase]:
    """Cut words into phrases, each at its preposition or participle; "of" stays inside."""
    pieces: list[list[Word]] = [[]]
    for i, word in enumerate(words):
        tied = i > 0 and (words[i - 1].tag in ("P", "VN") or words[i - 1].low in ("such", "close"))
        opens = word.tag in ("P", "TO") and word.low != "of" and not tied
        out_of = word.tag == "R" and i + 1 < len(words) and words[i + 1].low == "of"
        if (opens or out_of) and pieces[-1]:
            pieces.append([])
        pieces[-1].append(word)
    return [_phrase(tuple(p)) for p in pieces if p]


def _phrase(words: tuple[Word, ...]) -> Phrase:
    prep = words[0].low if words[0].tag in ("P", "TO") else ""
    body = words[1:] if prep else words
    if len(words) > 2 and words[0].tag == "R" and words[1].low == "of":
        prep, body = "out of", words[2:]
    if prep == "in" and body and body[0].low in ("front", "back", "middle", "midst"):
        body = body[2:]
    elif prep and body and body[0].tag == "D" and len(body) > 3 and body[2].low == "of":
        inner = body[1].low
        if inner in WITHIN:
            body = body[3:]
    return Phrase(words, prep, head_of(body), thing_of(body))
