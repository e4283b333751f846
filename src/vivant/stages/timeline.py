"""Temporal prompt + frames → what moves in them, for animators that can't read a timeline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vivant.coverage import unreached, words
from vivant.shots import stretches
from vivant.types import TemporalPrompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import Length, Part, Reach, Segment

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SUBJECT = re.compile(r"(?:An?|The) (?:[\w-]+ ){0,2}?(man|woman|person)\b")
_AGAIN = re.compile(r"\b([Aa])n? (?=man\b|woman\b|person\b)")
STILL = "stays almost still"
_WHO = r"(?:(?:[Aa]n?|[Tt]he) (?:[\w-]+ ){0,2}?[\w-]+|[A-Z][\w-]*)"
_STILL = re.compile(rf"^{_WHO}(?: and {_WHO})* stays? almost still[.,]? ?")


def prompt_for(
    temporal: TemporalPrompt, first: int, last: int, whole: Length, reach: Reach
) -> TemporalPrompt:
    """What moves in the frames ``first`` to ``last``, both within, of a film as long as ``whole``.

    An animator that reads timelines gets the whole prompt. Any other gets the text of the segments
    that hold there, in their order, with all that the prompt says outside its timeline, which holds
    for the whole film; between segments the person stays almost still. No times are left in it.
    """
    if reach.timeline or not temporal.timeline:
        return temporal
    here = [
        each.segment
        for each in stretches(temporal.timeline, whole)
        if each.first <= last and first <= each.last
    ]
    told = [temporal.timeline[number].text for number in here if number is not None]
    text = _joined(told, _outside(temporal), temporal)
    parts = (part for part in temporal.parts if _holds(part, text, temporal.timeline))
    return TemporalPrompt(text, tuple(parts))


def _joined(told: list[str], outside: list[str], temporal: TemporalPrompt) -> str:
    """One text: what people do all the time, then the segments, then camera and place.

    That somebody stays still is what a writer says where nothing else moves them; it goes where
    something does.
    """
    sentences = [*outside, *(one for said in told for one in _SENTENCE.split(said))]
    if any(_is_deed(said, temporal) and not _STILL.match(said) for said in sentences):
        outside, told = _stirred(outside), _stirred(told)
    own = [said for said in outside if _is_deed(said, temporal)]
    others = [said for said in outside if not _is_deed(said, temporal)]
    if not own and not told:
        own = [f"{_everybody(temporal)} {STILL}."]
    text = [*own, *told, *others]
    return " ".join([text[0], *map(_again, text[1:])])


def _is_deed(said: str, temporal: TemporalPrompt) -> bool:
    """Whether a sentence tells of the people, not only of camera and place."""
    deeds = (part.text for part in temporal.parts if part.kind in ("action", "expression"))
    return bool(
        _SUBJECT.match(said)
        or _STILL.match(said)
        or any(not unreached(said, [deed]) for deed in deeds)
    )


def _everybody(temporal: TemporalPrompt) -> str:
    several = len({who for part in temporal.parts for who in part.who}) > 1
    said = _SUBJECT.match(temporal.text)
    return f"A {said[1]}" if said and not several else "Everybody"


def _stirred(texts: list[str]) -> list[str]:
    """Without "A man stays almost still" before what else there is to tell."""
    cut = (_STILL.sub("", text) for text in texts)
    return [f"{text[:1].upper()}{text[1:]}" for text in cut if text]


def _holds(part: Part, text: str, timeline: Sequence[Segment]) -> bool:
    """Whether the text tells this part, and no segment does so better.

    Of "looks down" and "looks up" the small words decide, which writers else are free to drop.
    """
    asked = words(part.text)
    most = max(len(asked & words(segment.text)) for segment in timeline)
    return not unreached(text, [part.text]) and len(asked & words(text)) >= most


def _again(text: str) -> str:
    """Who was named before is no new person: "A man nods." becomes "The man nods."."""
    return _AGAIN.sub(lambda m: "The " if m[1] == "A" else "the ", text)


def _outside(temporal: TemporalPrompt) -> list[str]:
    """What the prompt says but no segment does, in sentences.

    These are the sentences of the prompt most of whose words stand in no segment, and, where a
    sentence tells both, the part itself. A part in another language than the text has no words to
    compare.
    """
    timed = " ".join(segment.text for segment in temporal.timeline)
    free = [said for said in _SENTENCE.split(temporal.text) if _is_new(said, timed)]
    have = " ".join([timed, *free])
    for part in temporal.parts:
        if unreached(have, [part.text]) and not unreached(temporal.text, [part.text]):
            free.append(f"{part.text[:1].upper()}{part.text[1:].rstrip(' .,;')}.")
    return free


def _is_new(said: str, timed: str) -> bool:
    count = len(unreached("", [_SUBJECT.sub("", said)]))
    return 2 * len(unreached(timed, [said])) > count
