"""Whose clause is it: the person of the photo, someone or something else, the camera, the film?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vivant.engines.rules import lexicon
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.company import Company
from vivant.engines.rules.phrases import Thing, head_of, is_person, thing_of
from vivant.engines.rules.words import Word

Subject = Literal["hero", "body", "worn", "other", "scene", "camera", "meta", "sound", "nobody"]

_GENERIC = frozenset(
    """person individual man woman girl boy figure subject speaker player performer worker artist
    scientist musician athlete dancer presenter character protagonist singer rider runner driver
    lady gentleman guy child kid actor actress
    """.split()
)
_LIGHTS = frozenset(
    """light lighting sunlight moonlight daylight lamplight candlelight firelight glow ray beam sun
    moon shadow sky background backdrop setting cloud star spotlight skyline horizon dawn dusk
    mountain window-light lantern neon bulb lamp
    """.split()
)
_PLACEHOLDERS = frozenset("he she they".split())


@dataclass(frozen=True)
class Memory:
    """What the sentences so far have said."""

    hero: Word | None = None
    """The noun that names the person of the photo."""
    acted: bool = False
    """Whether something has happened yet; before that, what the person does is a pose."""
    last: Subject = "nobody"
    group: bool = False
    """Whether a group of others was named, that "they" could mean."""
    introduced: bool = False
    """Whether an earlier sentence named the person, so that "the door" is a known door."""
    awaited: bool = False
    """Whether a noun for a person is still to come."""
    they: bool = True
    """Whether "they" can mean the person."""
    company: Company | None = None
    """Who is who in a film of several people."""

    def now(self, **changes: object) -> Memory:
        """The same memory with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def subject_of(clause: Clause, memory: Memory) -> tuple[Subject, Thing]:
    """Who or what the clause is about, and the thing its subject names."""
    words = clause.subject
    if not [w for w in words if w.tag not in ("R", "C", "P")]:
        if clause.mark == ":":
            return "hero", "person"
        if memory.last == "meta" and clause.form == "finite":
            return "meta", "meta"
        inherits = clause.form in ("finite", "ing") and memory.last not in ("nobody", "meta")
        return (memory.last if inherits else "hero"), "person"
    head = head_of(words)
    if memory.company is not None and memory.company.of((head,) if head else words):
        return "hero", "person"
    if head is None:
        return "other", "object"
    if head.tag in ("PRS", "PRO", "REL"):
        return _pronoun(head, memory), "person"
    thing = thing_of(words)
    return _noun(clause, words, head, thing, memory), thing


def _pronoun(head: Word, memory: Memory) -> Subject:
    if memory.company is not None and head.tag == "REL":
        return "hero"
    if head.low in ("he", "she", "him", "her", "i", "you", "we"):
        return "hero"
    if head.low in ("they", "them"):
        return "hero" if memory.they else "other"
    if head.low in ("it", "this", "that", "there"):
        return "meta" if head.low == "there" else "other"
    return "other"


def _noun(
    clause: Clause, words: tuple[Word, ...], head: Word, thing: Thing, memory: Memory
) -> Subject:
    simple: dict[Thing, Subject] = {
        "sound": "sound", "camera": "camera", "meta": "meta", "garment": "worn", "style": "scene",
    }  # fmt: skip
    verb = clause.head
    if thing in ("framing", "meta", "camera", "style") and _is_camera(head, verb, thing):
        return "camera"
    if thing == "framing":
        return "scene" if verb is None else "meta"
    if thing in simple:
        return simple[thing]
    if thing in ("person", "people", "name"):
        return _human(words, head, thing, memory)
    if thing == "looks" or (head.lemma in lexicon.nouns("body")):
        return "body"
    if head.lemma in _LIGHTS:
        return "scene"
    if memory.hero is None and not memory.awaited and thing in ("object", "furniture"):
        return "hero"
    return "other"


def _is_camera(head: Word, verb: Word | None, thing: Thing) -> bool:
    if thing == "camera" and head.lemma not in ("shot", "view", "frame", "cut"):
        return True
    return verb is not None and verb.lemma in lexicon.verbs("camera") and head.lemma in (
        "shot", "view", "frame", "footage", "perspective", "angle", "cut", "focus", "viewpoint",
    )  # fmt: skip


def _human(words: tuple[Word, ...], head: Word, thing: Thing, memory: Memory) -> Subject:
    if memory.company is not None:
        return "other"
    if memory.hero is None:
        return "hero" if thing != "people" else "other"
    if head.lemma == memory.hero.lemma:
        return "hero"
    if thing in ("people", "name") and head.lemma != memory.hero.lemma:
        return "other"
    definite = words[0].low in ("the", "this") or words[0].tag == "N"
    return "hero" if definite and head.lemma in _GENERIC else "other"


def same_person(word: Word) -> bool:
    """Whether a noun only repeats "the person"."""
    return word.lemma in _GENERIC or is_person(word)
