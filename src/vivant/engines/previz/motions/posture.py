"""What the body does in its place: jumps, falls, sits, shrugs, shivers, stays still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import ARMS, LEGS, motion
from vivant.engines.previz.motions.ease import plateau, pulse, rise, wander

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Beat, Channels
    from vivant.engines.previz.motions.ease import Curve


@motion(
    "jump",
    "<jump|leap|hop|bounce|skip|spring|vault|lunge|pounce>",
    "<jump|leap|spring>",
    seconds=1.2,
    least=0.7,
    why=LEGS,
)
def jump(beat: Beat) -> Channels:
    """Down, up, down, and caught by the knees; as often as told."""
    times = min(beat.cue.repeats or 1, 4)
    each = max(0.7, beat.within(1.2 * times) / times)
    height: Curve = np.zeros_like(beat.t)
    for k in range(times):
        at = beat.start + k * each
        height += 0.55 * pulse(beat.t, at, 0.5 * each) - pulse(beat.t, at + 0.2 * each, 0.6 * each)
        height += 0.4 * pulse(beat.t, at + 0.65 * each, 0.35 * each)
    return {
        "sway_y": 0.04 * beat.cue.amount**0.5 * height,
        "pitch": 2.5 * height,
        "wind": 0.2 * np.abs(height),
    }


@motion(
    "stumble",
    "<stumble|trip|stagger|wobble|tumble|slip>",
    "<lose> ~ balance",
    "<fall> (down|over|forward)?",
    "<collapse|slump>",
    seconds=1.5,
    least=0.8,
    why=LEGS,
)
def stumble(beat: Beat) -> Channels:
    """A lurch to one side, caught."""
    span = max(0.8, beat.within(1.5))
    side = float(beat.rng.choice((-1.0, 1.0)))
    lurch = pulse(beat.t, beat.start, 0.8 * span) - 0.4 * pulse(
        beat.t, beat.start + 0.4 * span, 0.6 * span
    )
    return {
        "sway_x": 0.024 * side * lurch,
        "roll": 5.0 * side * lurch,
        "sway_y": 0.014 * np.abs(lurch),
        "pitch": 2.5 * lurch,
        "torso_yaw": 3.0 * side * lurch,
    }


def _level(beat: Beat, height: float, seconds: float) -> Channels:
    span = max(0.6, beat.within(seconds))
    moved = rise(beat.t, beat.start, span) * (1 - rise(beat.t, beat.until, 0.9))
    nod = pulse(beat.t, beat.start, span)
    return {"sway_y": height * moved, "pitch": 2.5 * nod, "lean": 0.015 * nod}


@motion(
    "sit-down",
    "<sit> down",
    "<sit|kneel|crouch|squat|duck|stoop>",
    "<kneel|crouch>",
    "<lie> down",
    "<land> in a crouch",
    "<drop> to",
    "<settle> (in|into|down)",
    "<bend> to",
    keep="hold",
    group="level",
    seconds=1.5,
    least=0.8,
    why=LEGS,
)
def sit_down(beat: Beat) -> Channels:
    """The body sinks a little."""
    return _level(beat, 0.035, 1.5)


@motion(
    "stand-up",
    "<stand|get|sit|rise> up",
    "<rise>",
    "<get|pop|jump|leap|spring> * to (his|her|their) feet",
    "<straighten> (up)?",
    "<pull> (himself|herself|themselves) up",
    "<climb>",
    keep="hold",
    group="level",
    seconds=1.4,
    least=0.8,
    why=LEGS,
)
def stand_up(beat: Beat) -> Channels:
    """The body rises a little."""
    return _level(beat, -0.03, 1.4)


@motion(
    "shrug", "<shrug>", "<shrug> ~ shoulders", "<raise|lift> ~ shoulders", seconds=1.3, least=0.7
)
def shrug(beat: Beat) -> Channels:
    """Shoulders up, head aside, brows up."""
    up = pulse(beat.t, beat.start, max(0.7, beat.within(1.3)))
    return {
        "sway_y": -0.012 * up,
        "roll": 3.5 * up,
        "brow": 0.5 * up,
        "breath": 0.5 * up,
        "wide": -0.2 * up,
    }


@motion(
    "stretch",
    "<stretch>",
    "<stretch> ~ (arms|neck|back|body)",
    "<roll|crack> ~ (neck|shoulders)",
    seconds=2.4,
    least=1.2,
    why=ARMS,
)
def stretch(beat: Beat) -> Channels:
    """The chin goes up, the neck rolls to both sides."""
    span = max(1.2, beat.within(2.4))
    up = plateau(beat.t, beat.start, beat.start + span, 0.4 * span, 0.4 * span)
    side = pulse(beat.t, beat.start, 0.6 * span) - pulse(
        beat.t, beat.start + 0.4 * span, 0.6 * span
    )
    return {
        "pitch": -3.5 * up,
        "roll": 5.0 * side,
        "sway_y": -0.01 * up,
        "breath": 0.7 * up,
        "squint": 0.3 * up,
    }


@motion(
    "shiver",
    "<shiver|tremble|shudder|quiver|quake|vibrate>",
    "<shake> (with|from|in)",
    "<shake>",
    keep="loop",
    group="",
    seconds=1.8,
    least=0.7,
)
def shiver(beat: Beat) -> Channels:
    """Small, fast, in bursts; shoulders up."""
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 0.4, 0.5)
    burst = 0.6 + 0.4 * wander(beat.t, 0.8, beat.rng)
    shake = wander(beat.t, 5.2, beat.rng, octaves=2) * burst
    return {
        "sway_x": 0.0028 * grip * shake,
        "yaw": 0.55 * grip * shake,
        "roll": 0.5 * grip * shake,
        "sway_y": -0.005 * grip,
        "frown": 0.25 * grip,
        "jaw": 0.05 * grip * (1 + shake),
    }


@motion(
    "startle-back",
    "<jolt|jerk|jump> (back|in fright|up|awake)",
    "<stiffen>",
    "<tense> (up)?",
    seconds=0.9,
    least=0.5,
)
def startle_back(beat: Beat) -> Channels:
    """A quick start backwards, half of it taken back."""
    back = pulse(beat.t, beat.start, max(0.5, beat.within(0.9)))
    return {"lean": -0.03 * back, "pitch": -3.0 * back, "brow": 0.6 * back, "sway_y": -0.008 * back}


@motion(
    "still",
    "<stay|remain|stand|sit|keep|hold|be|lie> * (still|motionless|frozen|unmoving)",
    "<freeze>",
    "(motionless|motionlessly|unmoving)",
    "<stop> moving",
    "<wait|pause|rest>",
    "<stand|sit|pose|lie>",
    "<hold> still",
    "<stare> blankly",
    "<remain>",
    keep="loop",
    group="gait",
    seconds=1.2,
    least=0.3,
    how="only breath and blinks go on",
)
def still(beat: Beat) -> Channels:
    """Nothing; whatever moved the body before ends here."""
    return {"yaw": np.zeros_like(beat.t)}


@motion(
    "halt",
    r"(stop|stops|stopped|stopping)(?!\s+\w+ing\b)",
    "<halt>",
    "<come> to a (stop|halt)",
    "<stop> (walking|running|dancing|talking)",
    "<slow> down",
    "<land>",
    keep="loop",
    group="gait",
    seconds=0.8,
    least=0.4,
)
def halt(beat: Beat) -> Channels:
    """The small forward sway of a body that stops."""
    span = max(0.4, beat.within(0.8))
    return {
        "sway_y": 0.006 * pulse(beat.t, beat.start, 0.9 * span),
        "pitch": 1.2 * pulse(beat.t, beat.start, span),
    }
