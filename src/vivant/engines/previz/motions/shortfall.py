"""The account of the words: each is shown, shown otherwise, or named with the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.engines.previz.motions.ambient import CROWD, CROWD_WORDS, OTHERS, SET_FIXED
from vivant.engines.previz.motions.base import MOTIONS
from vivant.engines.previz.motions.camera import UNSHOWN_MOVES
from vivant.engines.previz.motions.words import (
    AMOUNTS,
    BODY_WORDS,
    REPEATS,
    TEMPOS,
    content,
    stem,
    words_of,
)
from vivant.types import Unshown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vivant.engines.previz.motions.base import Cue
    from vivant.engines.previz.motions.prompt import Passage
    from vivant.engines.previz.motions.reading import Found, Reading
    from vivant.types import TemporalPrompt

_SILENT = {*TEMPOS, *AMOUNTS, *REPEATS, *BODY_WORDS, "camera", "lens", "shot", "view"}
UNKNOWN = "this engine knows no motion for these words"
NO_MOVE = "this engine knows no such camera move"


@dataclass(frozen=True)
class Missing:
    """A cue that was understood but has no room in the film."""

    cue: Cue
    why: str


def too_late(passage: Passage, seconds: float) -> list[Missing]:
    """All cues of a passage that lies outside the film."""
    why = f"starts at {passage.start:.1f} s, but the film ends at {seconds:.1f} s"
    return [Missing(f.cue, why) for r in passage.readings for f in r.found if not f.negated]


def too_short(passage: Passage, seconds: float) -> str:
    """Why a cue found no room in a passage that does lie in the film."""
    whole = passage.start <= 0 and passage.end >= seconds
    where = "the film" if whole else f"{passage.start:.1f} s to {passage.end:.1f} s"
    return f"{where} is too short to hold more than what comes before"


def account(
    temporal: TemporalPrompt, readings: Iterable[Reading], missing: Iterable[Missing]
) -> tuple[list[tuple[str, str, str]], tuple[Unshown, ...]]:
    """(text, motion, how) of what is shown; and what is not, in the order of the words."""
    lost = {id(m.cue): m.why for m in missing}
    shown: list[tuple[str, str, str]] = []
    unshown: list[Unshown] = []
    told = ""
    for reading in readings:
        told += " " + reading.clause.text
        for number, found in enumerate(reading.found):
            motion = MOTIONS[found.cue.motion]
            if found.negated:
                shown.append((found.cue.text, f"no {motion.name}", "left out, as the words ask"))
                continue
            why = lost.get(id(found.cue), motion.why)
            if id(found.cue) not in lost:
                shown.append((found.cue.text, motion.name, motion.how))
            if why:
                unshown.append(Unshown(_with_leftovers(reading, number, found), why))
        unshown.extend(_leftovers(reading, lost))
    unshown.extend(_untold(temporal, told))
    return shown, tuple(dict.fromkeys(unshown))


def _with_leftovers(reading: Reading, number: int, found: Found) -> str:
    """The motion's words and what belongs to them: "chopping" with its "vegetables"."""
    text = reading.clause.text
    end = found.end
    for words, owner in reading.leftovers:
        at = text.find(words, found.start)
        if owner == number and at >= 0:
            end = max(end, at + len(words))
    return text[found.start : end]


def _leftovers(reading: Reading, lost: dict[int, str]) -> list[Unshown]:
    clause = reading.clause
    if reading.others:
        return [Unshown(clause.text, _why_place(clause.text, OTHERS))]
    out = []
    for words, owner in reading.leftovers:
        cue = None if owner is None else reading.found[owner].cue
        named = cue is not None and (MOTIONS[cue.motion].why or id(cue) in lost)
        after = owner is not None and clause.text.find(words, reading.found[owner].start) >= 0
        if named and after and owner is not None and not reading.found[owner].negated:
            continue
        out.append(Unshown(words, _why(clause.about, words)))
    return out


def _why(about: str, words: str) -> str:
    if about == "camera":
        return next((why for asks, why in UNSHOWN_MOVES if asks(words.lower())), NO_MOVE)
    return _why_place(words, SET_FIXED if about == "place" else UNKNOWN)


def _why_place(words: str, otherwise: str) -> str:
    return CROWD if CROWD_WORDS & {w for w, _, _ in words_of(words)} else otherwise


def _untold(temporal: TemporalPrompt, told: str) -> list[Unshown]:
    """Content words of the text that stand in no clause that was read."""
    heard = {stem(w) for w, _, _ in words_of(told)}
    return [
        Unshown(temporal.text[start:end], UNKNOWN)
        for word, start, end in content(temporal.text)
        if stem(word) not in heard and word not in _SILENT
    ]
