"""The score: temporal prompt → curves of figure, camera and effects, and what could not be shown.

In a film of two people each has a score; camera and effects are the same in both.

Reading is in ``motions.reading``, order in time in ``motions.layout``, each single motion in its
module under ``motions``. Beyond what the words ask for there is only what a living person does
unasked: breath, blinks, small saccades and sway. The camera stands still unless told.

Every figure and camera channel is 0 at the first frame, which is the keyframe; effects may be at
full strength there. Between two frames no channel changes by more than its ``Range.fastest``
per second.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vivant.engines.previz.curves import CAMERA_CHANNELS, FIGURE_CHANNELS, Curves
from vivant.engines.previz.motions import casting
from vivant.engines.previz.motions.base import MOTIONS, Beat
from vivant.engines.previz.motions.ease import plateau
from vivant.engines.previz.motions.idle import Life, idle
from vivant.engines.previz.motions.layout import LEAD_IN, LEAD_OUT, Placed, lay, order, take_over
from vivant.engines.previz.motions.prompt import passages
from vivant.engines.previz.motions.shortfall import Missing, account, too_late, too_short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.engines.previz.motions.base import Cue
    from vivant.engines.previz.motions.ease import Curve
    from vivant.engines.previz.motions.prompt import Passage
    from vivant.types import Length, TemporalPrompt, Unshown


class Range(NamedTuple):
    """What a channel may hold, and how much it may change within one second."""

    low: float
    high: float
    fastest: float


FIGURE_RANGES: Mapping[str, Range] = {
    "yaw": Range(-12, 12, 90),
    "pitch": Range(-10, 10, 90),
    "roll": Range(-10, 10, 70),
    "blink": Range(0, 1, 20),
    "gaze_x": Range(-1, 1, 24),
    "gaze_y": Range(-1, 1, 24),
    "brow": Range(-1, 1, 10),
    "frown": Range(0, 1, 8),
    "squint": Range(0, 1, 8),
    "smile": Range(-1, 1, 8),
    "wide": Range(-1, 1, 14),
    "jaw": Range(-1, 1, 16),
    "breath": Range(-1, 1, 14),
    "sway_x": Range(-0.05, 0.05, 0.35),
    "sway_y": Range(-0.06, 0.06, 0.45),
    "torso_yaw": Range(-10, 10, 60),
    "lean": Range(-0.08, 0.15, 0.5),
    "wind": Range(0, 1, 4),
}
CAMERA_RANGES: Mapping[str, Range] = {
    "x": Range(-0.35, 0.35, 0.9),
    "y": Range(-0.25, 0.25, 0.7),
    "z": Range(-0.3, 0.5, 0.9),
    "pan": Range(-6, 6, 40),
    "tilt": Range(-4, 4, 14),
    "roll": Range(-4, 4, 12),
    "zoom": Range(-0.25, 0.35, 0.8),
}
_SHORTEST_MOVE = 0.5
"""Seconds below which a camera move would be a jolt."""
EFFECT_RANGE = Range(0, 1, 3)
_CHANNEL_OF = {"smile": "smile", "grin": "smile", "blink": "blink"}
"""Where the prompt says "without smiling", no other motion may smile either."""
_STRONGEST_WINS = frozenset({"blink", "frown", "squint"})


@dataclass(frozen=True)
class Shown:
    """Words of the prompt and the motion, camera move or effect that shows them.

    ``how`` says so where it is shown otherwise than a plain reading would have it.
    """

    text: str
    motion: str
    how: str = ""


@dataclass(frozen=True, eq=False)
class Score:
    """What moves, and an account of the words."""

    curves: Curves
    unshown: tuple[Unshown, ...]
    shown: tuple[Shown, ...]


def write(temporal: TemporalPrompt, length: Length, seed: int) -> Score:
    """Turn a temporal prompt into one value a frame for each channel.

    The parts are read where there are any, else the text; times of a timeline are kept, and what
    falls outside the film is named in ``unshown``. Same prompt, length and seed, same curves.
    """
    (alone,) = write_for((0.0,), temporal, length, seed)
    return alone


def write_for(
    beside: Sequence[float], temporal: TemporalPrompt, length: Length, seed: int
) -> tuple[Score, ...]:
    """One score a person: their own figure, and the camera, effects and account that they share.

    ``beside`` says for each where the other one stands, see ``motions.base.Beat``.
    """
    told = passages(temporal, length.seconds)
    if len(beside) > 1:
        told = tuple(map(casting.addressed, told))
    roles: list[Curves] = []
    missing: list[Missing] = []
    for number, side in enumerate(beside):
        mine = told if len(beside) == 1 else casting.role(told, number)
        curves, lost = _perform(mine, length, casting.seed_of(seed, number), side)
        roles.append(curves)
        missing.extend(lost)
    readings = [reading for passage in told for reading in passage.readings]
    shown, unshown = account(temporal, readings, missing)
    done = tuple(Shown(*each) for each in shown)
    camera, effects = casting.shared(roles)
    return tuple(Score(Curves(r.figure, camera, effects), unshown, done) for r in roles)


def _perform(
    told: Sequence[Passage], length: Length, seed: int, beside: float
) -> tuple[Curves, list[Missing]]:
    """One person's curves, and the cues that found no room."""
    t = np.arange(length.frames, dtype=np.float64) / length.fps
    placed: list[Placed] = []
    missing: list[Missing] = []
    for passage in told:
        there, lost = _lay_passage(passage, length.seconds)
        placed.extend(there)
        missing.extend(lost)
    readings = [reading for passage in told for reading in passage.readings]
    bans = frozenset(f.cue.motion for r in readings for f in r.found if f.negated)
    return _play(take_over(placed), bans, t, seed, beside), missing


def _lay_passage(passage: Passage, seconds: float) -> tuple[list[Placed], list[Missing]]:
    """Place one passage's cues within the film; camera moves share its time evenly."""
    if passage.start >= seconds:
        return [], too_late(passage, seconds)
    steps, over = order(passage.readings)
    start, end = _room(passage, seconds, sum(step.least() for step in steps))
    placed, lost = lay(steps, start, end)
    moves = [c for c in over if _travels(c)]
    share = (end - start) / max(1, len(moves))
    if share < _SHORTEST_MOVE:
        lost, moves = lost + moves, []
    for number, cue in enumerate(moves):
        at = start + number * share
        placed.append(Placed(cue, at, at + share, float("inf")))
    for cue in (c for c in over if not _travels(c)):
        sets_in = replace(cue, begins=cue.begins or passage.start > 0)
        until = passage.end if passage.end < seconds else float("inf")
        placed.append(Placed(sets_in, passage.start, end, until))
    return placed, [Missing(cue, too_short(passage, seconds)) for cue in lost]


def _room(passage: Passage, seconds: float, least: float) -> tuple[float, float]:
    """Where the passage's motions may lie; the leads take no time that ``least`` needs."""
    stop = min(passage.end, seconds)
    spare = max(0.0, stop - passage.start - least) / 2
    start = max(passage.start, min(LEAD_IN, passage.start + spare))
    return start, max(start, stop - min(LEAD_OUT, spare))


def _travels(cue: Cue) -> bool:
    motion = MOTIONS[cue.motion]
    return motion.layer == "camera" and motion.keep != "loop"


def _play(placed: list[Placed], bans: frozenset[str], t: Curve, seed: int, beside: float) -> Curves:
    """Mix the channels of all beats with those of rest."""
    figure = {name: [np.zeros_like(t)] for name in FIGURE_CHANNELS}
    camera = {name: [np.zeros_like(t)] for name in CAMERA_CHANNELS}
    effects: dict[str, list[Curve]] = {}
    banned = {_CHANNEL_OF[name] for name in bans if name in _CHANNEL_OF}
    for number, one in enumerate(placed):
        motion = MOTIONS[one.cue.motion]
        key = zlib.crc32(motion.name.encode())
        rng = np.random.default_rng([seed, key, number])
        beat = Beat(t, one.start, one.end, one.until, one.cue, rng, one.before, beside)
        for channel, values in motion.play(beat).items():
            if channel in banned and motion.group != "lids":
                continue
            if motion.layer == "camera":
                camera[channel].append(values)
            elif channel in figure:
                figure[channel].append(values)
            else:
                effects.setdefault(channel, []).append(values)
    rest = idle(t, np.random.default_rng([seed, 1]), _life(placed, bans), _steady(placed, t))
    for channel, values in rest.items():
        figure[channel].append(values)
    return Curves(
        {name: _settle(_mix(name, all_), FIGURE_RANGES[name], t) for name, all_ in figure.items()},
        {name: _settle(_mix(name, all_), CAMERA_RANGES[name], t) for name, all_ in camera.items()},
        {name: _settle(np.max(all_, axis=0), EFFECT_RANGE, t) for name, all_ in effects.items()},
    )


def _life(placed: list[Placed], bans: frozenset[str]) -> Life:
    unmoved = bans & {"walk", "turn", "shake-head", "dance"}
    still = bool(unmoved) or any(p.cue.motion == "still" for p in placed)
    staring = any(p.cue.motion in ("stare", "look-at-camera") for p in placed)
    return Life("blink" not in bans, not (staring and len(placed) == 1), 0.3 if still else 1.0)


def _steady(placed: list[Placed], t: Curve) -> Curve:
    """1 where a motion holds the gaze, 0 elsewhere."""
    total: Curve = np.zeros_like(t)
    for one in placed:
        if one.cue.motion in ("stare", "look-at-camera", "close-eyes", "read", "write"):
            loop = MOTIONS[one.cue.motion].keep == "loop"
            stop = min(one.until, one.end) if loop else one.until
            total = np.maximum(total, plateau(t, one.start, stop, 0.3, 0.3))
    return total


def _mix(name: str, curves: list[Curve]) -> Curve:
    if name in _STRONGEST_WINS:
        strongest: Curve = np.max(curves, axis=0)
        return strongest
    return np.asarray(np.sum(curves, axis=0))


def _settle(values: Curve, allowed: Range, t: Curve) -> np.typing.NDArray[np.float32]:
    """Keep a mixed channel within its range and below its fastest change, smoothly.

    Beyond four fifths of the range the rest is compressed, so that two motions on one channel
    never meet a wall. A curve that would still be too fast is made smaller as a whole.
    """
    for sign, limit in ((1.0, allowed.high), (-1.0, -allowed.low)):
        part = sign * values
        if limit == 0:
            values = sign * np.minimum(part, 0.0)
            continue
        knee = 0.8 * limit
        over = np.maximum(part - knee, 0.0)
        soft = knee + (limit - knee) * np.tanh(over / (limit - knee))
        values = sign * np.where(part > knee, soft, part)
    if len(t) > 1:
        quickest = float(np.max(np.abs(np.diff(values)))) / (t[1] - t[0])
        if quickest > allowed.fastest:
            values = values * (allowed.fastest / quickest)
    return values.astype(np.float32)
