"""Cues → beats: who moves when. Order, overlap, durations, and what no longer fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vivant.engines.previz.motions.base import MOTIONS, Cue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vivant.engines.previz.motions.reading import Join, Reading

LEAD_IN = 0.25
"""Seconds at the film's start that belong to the keyframe: nothing moves yet."""
LEAD_OUT = 0.1
"""Seconds at a passage's end in which its motions are over: one frame of a film of ten a second."""
_ROUNDING = 1e-9
"""Seconds by which a sum of times may be off."""
_CARRIES_ON = ("gait", "lean", "level")


@dataclass
class Step:
    """Cues that happen together. ``join`` is how the step follows the one before."""

    cues: list[Cue] = field(default_factory=list)
    join: Join = "next"

    def wants(self) -> float:
        """Seconds at natural speed."""
        return max((_seconds(cue) for cue in self.cues), default=0.0)

    def least(self) -> float:
        """The shortest it can be, in seconds."""
        return max((MOTIONS[cue.motion].least for cue in self.cues), default=0.0)


@dataclass(frozen=True)
class Placed:
    """A cue with its times in seconds; ``until`` is infinite where nothing takes over."""

    cue: Cue
    start: float
    end: float
    until: float
    before: str = ""


def _seconds(cue: Cue) -> float:
    motion = MOTIONS[cue.motion]
    more = 1.0 if motion.keep != "event" else (0.6 + 0.4 * min(cue.repeats or 1, 4))
    return max(motion.least, motion.seconds * more / cue.tempo)


def order(readings: Iterable[Reading]) -> tuple[list[Step], list[Cue]]:
    """Steps of the figure in the order of the story, and the cues that lie over the whole film."""
    steps: list[Step] = []
    over: list[Cue] = []
    swap = False
    together = False
    for number, reading in enumerate(readings):
        join = reading.clause.join
        if number == 0 or join == "first":
            # "While walking, she smiles" and "Before leaving, she smiles" speak of what follows.
            swap, together = join == "before", join == "with"
            join = "next"
        cues = [f.cue for f in reading.found if not f.negated]
        here = [c for c in cues if _in_story(c, reading)]
        for cue in cues:
            # "The wind ruffles her hair" names the wind twice; it blows once.
            twice = MOTIONS[cue.motion].layer == "effects" and cue.motion in {
                c.motion for c in over
            }
            if not _in_story(cue, reading) and not twice:
                over.append(cue)
        if not here:
            continue
        participle = reading.clause.join == "next" and _is_participle(reading)
        if steps and (join == "with" or together or participle) and _fits(steps[-1], here, join):
            steps[-1].cues.extend(here)
            together = False
        elif steps and (join == "after" or swap):
            steps[-1:] = [*_steps_of(here, "next"), steps[-1]]
            swap = False
        else:
            steps.extend(_steps_of(here, join))
    return steps, over


def _in_story(cue: Cue, reading: Reading) -> bool:
    layer = MOTIONS[cue.motion].layer
    return layer == "figure" or (cue.begins and reading.clause.join == "then")


def _is_participle(reading: Reading) -> bool:
    words = reading.clause.text.lower().split()
    return any(w.endswith("ing") for w in words[:2]) and words[0] not in ("he", "she", "they")


def _fits(step: Step, cues: list[Cue], join: Join) -> bool:
    """May they share a step: no two of one group, unless the prompt says "while"."""
    groups = {MOTIONS[c.motion].group for c in step.cues} - {""}
    if join == "with":
        groups -= {"gait"}
    return not groups & {MOTIONS[c.motion].group for c in cues}


def _steps_of(cues: list[Cue], join: Join) -> list[Step]:
    """One step, or several where cues of one clause exclude one another."""
    steps = [Step([], join)]
    for cue in cues:
        if _fits(steps[-1], [cue], "next"):
            steps[-1].cues.append(cue)
        else:
            steps.append(Step([cue], "next"))
    return steps


def lay(steps: list[Step], start: float, end: float) -> tuple[list[Placed], list[Cue]]:
    """Place steps one after another between ``start`` and ``end``; the cues that found no room.

    Where there is more time than the steps want, loops and pauses share it; where there is less,
    all shrink alike, but none below its least: then the last ones are given back.
    """
    room = end - start
    kept = list(steps)
    while kept and sum(s.least() for s in kept) > room + _ROUNDING:
        kept.pop()
    lost = [cue for step in steps[len(kept) :] for cue in step.cues]
    if not kept:
        return [], lost
    least = sum(s.least() for s in kept)
    wants = sum(s.wants() for s in kept)
    share = (room - least) / (wants - least) if wants > least else 1.0
    placed: list[Placed] = []
    at = start
    for number, step in enumerate(kept):
        want = step.wants()
        squeezed = step.least() + share * (want - step.least())
        length = room * want / wants if share >= 1 else squeezed
        stop = at + length
        for cue in step.cues:
            loop = MOTIONS[cue.motion].keep == "loop"
            finish = stop if loop or share < 1 else min(stop, at + _seconds(cue))
            placed.append(Placed(cue, at, _carried(cue, kept, number, finish, end), float("inf")))
        at = stop
    return placed, lost


def _carried(cue: Cue, steps: list[Step], number: int, finish: float, end: float) -> float:
    """Walking goes on while she smiles; it ends where the prompt says "then"."""
    motion = MOTIONS[cue.motion]
    if motion.keep != "loop" or motion.group not in _CARRIES_ON:
        return finish
    later = steps[number + 1 :]
    if any(s.join in ("then", "before", "after") for s in later):
        return finish
    return end


def take_over(placed: list[Placed]) -> list[Placed]:
    """Let each hold and loop end where the next motion of its group starts."""
    ordered = sorted(placed, key=lambda p: p.start)
    done: list[Placed] = []
    for number, one in enumerate(ordered):
        group = MOTIONS[one.cue.motion].group
        until, before = one.until, ""
        if group:
            same = [p for p in ordered if MOTIONS[p.cue.motion].group == group]
            until = min(until, *(p.start for p in same if p.start > one.start), float("inf"))
            earlier = [p for p in ordered[:number] if p in same and p.start < one.start]
            before = earlier[-1].cue.motion if earlier else ""
        done.append(Placed(one.cue, one.start, one.end, until, before))
    return done
