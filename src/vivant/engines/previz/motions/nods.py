"""What head and shoulders say: nods, shakes, bows, leans, and the poses of attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import motion
from vivant.engines.previz.motions.ease import (
    held,
    plateau,
    pulses,
    wander,
)

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Beat, Channels


@motion(
    "nod",
    "<nod>",
    "<nod> ~ head",
    "<bob> ~ head",
    "<nod> (along|in agreement|approvingly)",
    "<give> ~ (nod|approving nod|small nod)",
    "<agree>",
    seconds=1.4,
    least=0.6,
)
def nod(beat: Beat) -> Channels:
    """Down and back, twice unless told; the second is smaller; the eyes stay on their target."""
    times = beat.cue.repeats or max(1, min(2, int(beat.room / 0.45)))
    each = max(0.42, beat.within(0.7 * times) / (times + 0.05))
    dip = pulses(
        beat.t, [(beat.start + k * each, each * 1.05, 0.78**k) for k in range(min(times, 6))]
    )
    size = min(1.3, beat.cue.amount)
    return {"pitch": 6.5 * size * dip, "gaze_y": -0.35 * dip, "sway_y": 0.004 * dip}


@motion(
    "shake-head",
    "<shake> ~ head",
    "<shake> ~ head (no|in disbelief|from side to side)",
    "<wag> ~ head",
    "<disagree>",
    seconds=1.6,
    least=0.8,
)
def shake_head(beat: Beat) -> Channels:
    """Side to side, dying away; the eyes stay on their target."""
    span = max(0.8, beat.within(1.7))
    hertz = min(2.1, 1.55 * beat.cue.tempo)
    grip = plateau(beat.t, beat.start, beat.start + span, 0.35, 0.45)
    swing = grip * np.sin(2 * np.pi * hertz * (beat.t - beat.start))
    size = min(1.25, beat.cue.amount)
    return {"yaw": 5.5 * size * swing, "gaze_x": -0.4 * swing, "roll": 0.6 * swing}


@motion(
    "bow",
    "<bow>",
    "<bow> ~ head",
    "<take> ~ bow",
    "<curtsy>",
    "<bend> (forward|over|down)",
    seconds=2.0,
    least=1.0,
    why="the body does not fold in this engine: shown as a deep nod with the shoulders",
)
def bow(beat: Beat) -> Channels:
    """Head and shoulders go down, stay a moment, come up."""
    span = max(1.0, beat.within(2.0))
    down = plateau(beat.t, beat.start, beat.start + span, 0.4 * span, 0.45 * span)
    return {"pitch": 9.0 * down, "sway_y": 0.03 * down, "lean": 0.03 * down, "gaze_y": 0.3 * down}


@motion(
    "lean-in",
    "<lean> (in|forward|closer|toward|towards|over|across)",
    "<lean> in close",
    "<lean> * (toward|towards) * camera",
    "<step|move|come> (closer|forward)",
    "<hunch>",
    "<approach>",
    "<lean> over * (counter|table|desk|rail)",
    keep="hold",
    group="lean",
    seconds=1.2,
    least=0.6,
)
def lean_in(beat: Beat) -> Channels:
    """The body comes towards the camera."""
    near = beat.cue.amount * held(beat.t, beat.start, beat.until, max(0.6, beat.within(1.2)))
    return {"lean": 0.07 * near, "pitch": 1.5 * near, "sway_y": 0.006 * near}


@motion(
    "lean-back",
    "<lean|sit|step|settle> (back|backward|backwards)",
    "<recoil>",
    "<step> away",
    "<lean> against * (wall|door|chair|railing|tree|car)",
    "<lean> against",
    "<back> (away|up|off)",
    "<flinch>",
    keep="hold",
    group="lean",
    seconds=1.2,
    least=0.5,
)
def lean_back(beat: Beat) -> Channels:
    """The body goes away from the camera."""
    far = beat.cue.amount * held(beat.t, beat.start, beat.until, max(0.5, beat.within(1.2)))
    return {"lean": -0.05 * far, "pitch": -2.0 * far, "sway_y": 0.004 * far}


@motion(
    "head-back",
    "<throw|tip|tilt|lean> ~ head back",
    "<toss|flip> ~ (head|hair)",
    seconds=1.5,
    least=0.8,
)
def head_back(beat: Beat) -> Channels:
    """The chin goes up and comes back; hair follows."""
    span = max(0.8, beat.within(1.6))
    up = plateau(beat.t, beat.start, beat.start + span, 0.4 * span, 0.5 * span)
    return {"pitch": -8.0 * up, "roll": 2.0 * up, "wind": 0.25 * up}


@motion(
    "listen",
    "<listen|hear|overhear>",
    "<listen> (intently|attentively|closely)",
    seconds=2.0,
    least=0.8,
    keep="loop",
    group="attention",
    how="a tilted, attentive head",
)
def listen(beat: Beat) -> Channels:
    """The head tilts, nods a little now and then, the gaze stays."""
    grip = plateau(beat.t, beat.start, beat.last, 0.7, 0.5)
    return {
        "roll": 4.0 * grip,
        "pitch": grip * (0.8 + 0.9 * wander(beat.t, 0.5, beat.rng)),
        "brow": 0.2 * grip,
    }


@motion(
    "think",
    "<think|ponder|contemplate|reflect|reminisce|wonder|daydream|remember|consider>",
    "<be> lost in thought",
    "lost in thought",
    "in thought",
    "deep in thought",
    "(thoughtfully|pensively|contemplatively)",
    seconds=2.4,
    least=1.0,
    keep="loop",
    group="attention",
    how="the eyes wander up and aside, the brows draw together",
)
def think(beat: Beat) -> Channels:
    """The gaze goes up and aside and drifts there."""
    grip = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    side = float(beat.rng.choice((-1.0, 1.0)))
    drift = wander(beat.t, 0.3, beat.rng)
    return {
        "gaze_x": side * grip * (0.5 + 0.2 * drift),
        "gaze_y": -0.45 * grip,
        "yaw": side * 2.5 * grip,
        "pitch": -1.5 * grip,
        "roll": 2.0 * side * grip,
        "frown": 0.35 * grip,
        "squint": 0.12 * grip,
    }
