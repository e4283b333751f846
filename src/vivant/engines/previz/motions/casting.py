"""Who plays what in a film of several people: one telling of the story → a role for each.

What is said of nobody in particular, everybody does. Two people act at the same time, each in the
order of the words about them, unless the words make one wait for the other: "she laughs, then he
waves".
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import MOTIONS
from vivant.engines.previz.motions.prompt import Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.engines.previz.curves import Curves
    from vivant.engines.previz.motions.reading import Found, Reading
    from vivant.types import Floats

_WAITS = ("then", "after", "before")
_OTHER = re.compile(
    r"(?:\s+\w+ly)?(?:\s+(?:\w+\s+)?(?:at|to|toward|towards|into|with))?\s+"
    r"(?:the other\b(?: \w+)?|the (?:man|woman|boy|girl|person)|him|them"
    r"|her(?! (?!and|with|as|while|in|for)\w))\b"
)
"""What follows a verb that is directed at the other person; "her" must not own what comes next."""
_MUTUAL = re.compile(r"\b(?:each other|one another)\b")
_GAZES = {
    "stare": "look-at-other",
    "turn": "look-at-other",
    "look-at-camera": "look-at-other",
    "glance": "glance-at-other",
}
_AT_OTHER = frozenset(_GAZES.values())
_LENS = re.compile(r"\b(?:camera|lens|viewer|audience|ahead)\b")


def seed_of(seed: int, number: int) -> int:
    """The seed of one person's motion: nobody blinks in step. The first one's is ``seed``."""
    if number == 0:
        return seed
    return int.from_bytes(sha256(f"{seed}/person/{number}".encode()).digest()[:8], "big") >> 1


def role(told: Sequence[Passage], number: int) -> tuple[Passage, ...]:
    """The passages as the person of a number plays them."""
    return tuple(part for passage in told for part in _parts(passage, number))


def shared(roles: Sequence[Curves]) -> tuple[Mapping[str, Floats], Mapping[str, Floats]]:
    """The camera of the first role that moves it, and every role's effects at their strongest."""
    moving = [r.camera for r in roles if any(np.any(values) for values in r.camera.values())]
    effects: dict[str, Floats] = {}
    for each in roles:
        for name, strength in each.effects.items():
            effects[name] = np.maximum(effects.get(name, strength), strength)
    return (moving or [roles[0].camera])[0], effects


def addressed(passage: Passage) -> Passage:
    """The passage with every look that goes to the other person told as such."""
    return replace(passage, readings=tuple(map(_addressed, passage.readings)))


def _addressed(reading: Reading) -> Reading:
    text = reading.clause.text.lower()
    found = tuple(_to_other(text, one) for one in reading.found)
    if any(one.cue.motion in _AT_OTHER for one in found):
        return replace(reading, found=found)
    for one in found:
        figure = MOTIONS[one.cue.motion].layer == "figure" and not one.negated
        if figure and (said := _goes_on(text, one)):
            # "Smiles at him": a look goes with the smile.
            cue = replace(one.cue, motion="look-at-other", text=said[0].strip())
            look = replace(one, cue=cue, start=said.start(), end=said.end(), spans=(said.span(),))
            return replace(reading, found=(*found, look))
    return replace(reading, found=found)


def _to_other(text: str, one: Found) -> Found:
    """A look or a turn whose words go on with the other person goes there."""
    motion = one.cue.motion
    if motion not in _GAZES or _LENS.search(one.cue.text.lower()) or not _goes_on(text, one):
        return one
    return replace(one, cue=replace(one.cue, motion=_GAZES[motion]))


def _goes_on(text: str, one: Found) -> re.Match[str] | None:
    """Where the words of a motion, or those right after them, name the other person."""
    return _MUTUAL.search(text, one.start) or _OTHER.match(text, one.end)


def _parts(passage: Passage, number: int) -> list[Passage]:
    """What one person plays of a passage: one stretch of its time for each phase of the story.

    Camera and surroundings go on all through it.
    """
    around = tuple(r for r in passage.readings if r.clause.about != "person" and not r.clause.who)
    phases = _phases([r for r in passage.readings if r not in around])
    length = (passage.end - passage.start) / max(1, len(phases))
    parts = [Passage(passage.start, passage.end, around)] if around else []
    for place, phase in enumerate(phases):
        mine = [r for r in phase if not r.clause.who or number in r.clause.who]
        if mine:
            start = passage.start + place * length
            mine[0] = replace(mine[0], clause=replace(mine[0].clause, join="first"))
            parts.append(Passage(start, start + length, tuple(mine)))
    return parts


def _phases(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The story cut where one person waits for the other."""
    phases: list[list[Reading]] = []
    for reading in readings:
        who, join = set(reading.clause.who), reading.clause.join
        before = {n for r in phases[-1] for n in r.clause.who} if phases else set()
        waits = bool(who and before) and not who & before and join in _WAITS
        if not phases or waits:
            place = len(phases) - 1 if waits and join == "after" else len(phases)
            phases.insert(place, [reading])
        else:
            phases[-1].append(reading)
    return phases
