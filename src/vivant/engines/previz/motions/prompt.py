"""A temporal prompt → passages of clauses, in the order in which things happen.

The typed parts say *what* each stretch is about, the text says *how* they follow one another; so
the parts are looked up in the text for their order and for the words between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.engines.previz.motions.reading import (
    Clause,
    Reading,
    guess,
    joins_in,
    read,
    split,
)
from vivant.engines.previz.motions.words import content, stem, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines.previz.motions.reading import About, Join
    from vivant.types import Part, Segment, TemporalPrompt

ABOUT: dict[str, About] = {
    "action": "person",
    "expression": "person",
    "camera": "camera",
    "ambient": "place",
}


@dataclass(frozen=True)
class Passage:
    """Clauses that happen between two times of the film, in seconds."""

    start: float
    end: float
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class _Anchor:
    """Where a part stands in the text: the numbers of its first and last word there."""

    part: Part
    first: int
    last: int


def passages(temporal: TemporalPrompt, seconds: float) -> tuple[Passage, ...]:
    """The film's passages: one, or one for each segment of a timeline and one for all the rest."""
    parts = tuple(p for p in temporal.parts if p.kind in ABOUT)
    if temporal.timeline:
        return _timed(temporal, parts, seconds)
    clauses = _from_parts(temporal.text, parts) if parts else _from_text(temporal.text)
    return (Passage(0.0, seconds, tuple(map(read, clauses))),)


def _timed(
    temporal: TemporalPrompt, parts: tuple[Part, ...], seconds: float
) -> tuple[Passage, ...]:
    timeline = sorted(temporal.timeline, key=lambda s: s.start)
    homes = _homes(timeline, parts)
    done: list[Passage] = []
    for number, segment in enumerate(timeline):
        after = timeline[number + 1].start if number + 1 < len(timeline) else seconds
        end = after if segment.end is None else segment.end
        mine = tuple(p for p, home in zip(parts, homes, strict=True) if home == number)
        clauses = _from_parts(segment.text, mine) if mine else _from_text(segment.text)
        done.append(Passage(segment.start, max(end, segment.start), tuple(map(read, clauses))))
    rest = tuple(p for p, home in zip(parts, homes, strict=True) if home is None)
    if rest:
        clauses = [c for p in rest for c in _of_part(p, "with")]
        done.append(Passage(0.0, seconds, tuple(map(read, clauses))))
    return tuple(done)


def _homes(timeline: Sequence[Segment], parts: tuple[Part, ...]) -> list[int | None]:
    """The number of the segment that each part belongs to, None for a part of the whole film.

    That is the segment with most of the part's words; a part that is said again belongs to the
    next segment that has it.
    """
    homes: list[int | None] = []
    taken: set[tuple[int, str]] = set()
    for part in parts:
        asked = {stem(w) for w, _, _ in words_of(part.text)}
        shares = []
        for number, segment in enumerate(timeline):
            have = {stem(w) for w, _, _ in words_of(segment.text)}
            again = (number, part.text) in taken
            shares.append((len(asked & have) / max(1, len(asked)), not again, -number))
        share, _, number = max(shares)
        homes.append(-number if share > 0.6 else None)
        taken.add((-number, part.text))
    return homes


def _from_text(text: str) -> list[Clause]:
    clauses: list[Clause] = []
    for piece, join in split(text):
        before = clauses[-1].about if clauses else None
        clauses.append(Clause(piece, join, guess(piece, before)))
    return clauses


def _of_part(part: Part, join: Join) -> list[Clause]:
    about = ABOUT[part.kind]
    if about == "person" and guess(part.text, None) == "camera":
        about = "camera"
    return [Clause(piece, how, about, True, part.who) for piece, how in split(part.text, join)]


def _from_parts(text: str, parts: tuple[Part, ...]) -> list[Clause]:
    """The parts in the text's order, then what the text says beyond them."""
    words = words_of(text)
    anchors = _anchored(words, parts)
    clauses: list[Clause] = []
    at = 0
    for anchor in anchors:
        start = words[anchor.first][1] if anchor.first >= 0 else at
        join = joins_in(text[at:start]) if start > at else "next"
        opening = not clauses and join in ("next", "then", "after")
        clauses.extend(_of_part(anchor.part, "first" if opening else join))
        at = max(at, words[anchor.last][2] if anchor.first >= 0 else at)
    known = {stem(w) for p in parts for w, _, _ in words_of(p.text)}
    clauses.extend(_beyond(text, known))
    return clauses


def _anchored(words: list[tuple[str, int, int]], parts: tuple[Part, ...]) -> list[_Anchor]:
    """Each part with its best place in the text; parts without one follow the part before them."""
    stems = [stem(w) for w, _, _ in words]
    free = [True] * len(words)
    found: list[tuple[float, _Anchor]] = []
    for number, part in enumerate(parts):
        asked = {stem(w) for w, _, _ in content(part.text)} or {
            stem(w) for w, _, _ in words_of(part.text)
        }
        reach = len(words_of(part.text)) + 3
        best, score = -1, 0
        for k, word in enumerate(stems):
            if free[k] and word in asked:
                here = len(
                    asked & {stems[j] for j in range(k, min(k + reach, len(stems))) if free[j]}
                )
                if here > score:
                    best, score = k, here
        if best < 0:
            found.append(
                (found[-1][0] + 0.01 if found else -1.0 + 0.01 * number, _Anchor(part, -1, -1))
            )
            continue
        mine = [
            j for j in range(best, min(best + reach, len(stems))) if free[j] and stems[j] in asked
        ]
        for j in mine:
            free[j] = False
        found.append((float(best), _Anchor(part, best, mine[-1])))
    return [anchor for _, anchor in sorted(found, key=lambda pair: pair[0])]


def _beyond(text: str, known: set[str]) -> list[Clause]:
    """Clauses of the text none of whose content words is in a part."""
    extra: list[Clause] = []
    for piece, join in split(text):
        asked = [stem(w) for w, _, _ in content(piece)]
        if asked and not any(w in known for w in asked):
            extra.append(Clause(piece, join, guess(piece, None)))
    return extra
