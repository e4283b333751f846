"""Who is who: which of the people in the photos each part of a prompt speaks of.

The first person whom the prompt names is the first photo, the second one the second.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vivant.coverage import FREE, WORD
from vivant.mentions import Cast, Who, opens, read
from vivant.prompts import SpatialPrompt, TemporalPrompt

if TYPE_CHECKING:
    from vivant.prompts import DecoupledPrompt, Part

_PERSONAL = ("subject", "appearance", "pose", "prop", "action", "expression")
_DEEDS = ("action", "expression", "pose")
_SHARED = ("setting", "style", "framing", "glue", "sound")
_SENTENCE = re.compile(r"[.!?\n]")
_WORN = frozenset("wearing wears wear wore dressed clad".split())


def assign(split: DecoupledPrompt, people: int) -> DecoupledPrompt:
    """``split`` with ``who`` in each part, and in ``used["cast"]`` who was taken for whom.

    Parts to which the writer gave somebody keep them; not in a half written by hand, which the
    writer read without knowing whom the prompt had named. Setting, style and framing are nobody's;
    camera and ambient parts are those people's whom they mention. Untouched for one person.
    """
    if people < 2:
        return split
    cast = _cast(split, people)
    by_hand = {"spatial": split.spatial.text, "temporal": split.temporal.text}
    done = {}
    for half, parts in (("spatial", split.spatial.parts), ("temporal", split.temporal.parts)):
        if half in split.by_hand:
            own = read(by_hand[half], people, known=cast.people)
            everything = parts
        else:
            own, everything = cast, split.spatial.parts * ("spatial" not in split.by_hand)
            everything += split.temporal.parts * ("temporal" not in split.by_hand)
        text = by_hand[half] if half in split.by_hand else split.prompt
        owners = _Owners(text, own, everything, people)
        done[half] = tuple(
            p if p.who and half not in split.by_hand else replace(p, who=owners.of(p))
            for p in parts
        )
    return replace(
        split,
        spatial=SpatialPrompt(split.spatial.text, done["spatial"]),
        temporal=TemporalPrompt(split.temporal.text, done["temporal"], split.temporal.timeline),
        used={"cast": record(cast, people), **split.used},
    )


def record(cast: Cast, people: int) -> dict[str, list[str]]:
    """Plain data for the manifest: who is who, and notes for the user."""
    notes = list(cast.unsure)
    if len(cast.people) < people:
        named = f"{len(cast.people)} of" if cast.people else "none of"
        rest = "the other" if people - len(cast.people) == 1 else "the others"
        says = f"; it says nothing of {rest}" if cast.people else ""
        notes.append(f"The prompt names {named} the {people} people{says}.")
    return {"people": [p.text for p in cast.people], "notes": notes}


def _cast(split: DecoupledPrompt, people: int) -> Cast:
    """Whom the prompt names; the writer's own subjects help where its language is another."""
    cast = read(split.prompt, people)
    if len(cast.people) >= people or "spatial" in split.by_hand:
        return cast
    subjects = [(p.start, p.end) for p in split.spatial.parts if p.kind == "subject"]
    told = read(split.prompt, people, subjects)
    return told if len(told.people) > len(cast.people) else cast


class _Owners:
    """Whose part it is, told by where the mentions and the other parts stand."""

    def __init__(self, text: str, cast: Cast, parts: tuple[Part, ...], people: int) -> None:
        self._text, self._cast, self._people = text, cast, people
        self._nobodys = [p for p in parts if p.kind in ("ambient", "camera")]
        self._deeds = [p for p in parts if p.kind in _DEEDS]
        self._words = list(WORD.finditer(text))
        self._starts = {w.start(): i for i, w in enumerate(self._words)}
        self._subjects = self._grouped()

    def of(self, part: Part) -> Who:
        """The people that ``part`` speaks of."""
        if part.kind in _SHARED:
            return ()
        mentioned = self._cast.at(part.start, part.end)
        if part.kind not in _PERSONAL:
            return mentioned
        if part.kind == "subject":
            return mentioned or self._before(part.start)
        if part.kind == "appearance" and (near := self._beside(part)):
            return near
        if part.kind == "prop":
            if any(m.start <= part.start and part.end <= m.end for m in self._nobodys):
                return ()
            around = [d for d in self._deeds if d.start <= part.start and part.end <= d.end]
            return (around[0].who or self.of(around[0])) if around else self._before(part.start)
        opening = [s for s in self._subjects if part.start <= s[0] < part.start + 1]
        return opening[0][1] if opening else self._before(part.start)

    def _grouped(self) -> list[tuple[int, Who]]:
        """The subjects of the clauses: where each begins, and who it is; coordinated as one."""
        found: list[tuple[int, Who]] = []
        end = 0
        for m in self._cast.mentions:
            if any(d.start < m.start < d.end for d in self._deeds):
                continue
            at = self._starts.get(m.start)
            if at is None or not opens(self._text, self._words, at):
                end = m.end if m.names else end
                continue
            acted = any(end <= d.start < m.start for d in self._deeds)
            linked = self._text[end : m.start].casefold().split()[-1:] == ["and"]
            stopped = _SENTENCE.search(self._text[end : m.start])
            if found and not acted and not stopped and (linked or m.names):
                who = tuple(sorted({*found[-1][1], *m.who}))
            else:
                who = m.who
            found.append((m.start, who))
            end = m.end
        return found

    def _before(self, at: int) -> Who:
        """Whom the last subject before ``at`` names; else the first one after it; else all."""
        earlier = [who for start, who in self._subjects if start <= at]
        if earlier:
            return earlier[-1]
        if self._subjects:
            return self._subjects[0][1]
        return tuple(range(min(self._people, len(self._cast.people)) or self._people))

    def _beside(self, part: Part) -> Who:
        """Who stands right before clothes or looks: "a woman in a red dress"."""
        own = self._cast.at(part.start, part.start + len(part.text.split()[0]))
        if own:
            return own
        before = [m for m in self._cast.mentions if m.end <= part.start]
        if not before:
            return ()
        between = self._text[before[-1].end : part.start]
        plain = all(w.group().casefold() in FREE | _WORN for w in WORD.finditer(between))
        shared = re.search(r"\b(?:both|matching|identical)\b", between + part.text)
        if not plain or _SENTENCE.search(between) or shared:
            return ()
        return before[-1].who
