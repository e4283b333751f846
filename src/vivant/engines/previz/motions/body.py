"""What the whole body does, as far as head and shoulders can tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import ARMS, LEGS, motion
from vivant.engines.previz.motions.ease import plateau, pulse, rise, wander
from vivant.engines.previz.motions.words import any_of

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Beat, Channels
    from vivant.engines.previz.motions.ease import Curve


_WALKS = any_of(
    """
    advance amble edge enter follow hike lead leave limp march move pace pass patrol return roam
    saunter step stride stroll tiptoe trudge walk wander
    """
)
"""Verbs of going on foot without hurry."""

_RIDES = any_of(
    """
    bike carve cycle drive fly gallop kayak paddle pedal pilot race ride row sail skate
    skateboard ski snowboard speed steer surf swerve
    """
)
"""Verbs of being carried along."""

def gait(beat: Beat, hertz: float, bob: float, roll: float) -> dict[str, Curve]:
    """Steps: the body rises twice a stride, swings to the standing foot, counter-turns.

    ``hertz`` is steps a second, ``bob`` the rise as a fraction of the frame's height. Source of
    the phases: M. P. Murray and others, "Walking patterns of normal men", 1964.
    """
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    step = np.pi * hertz * (beat.t - beat.start)
    # A squared sine is smooth at the footfall, where |sin| has a corner.
    lift = np.sin(step) ** 2 - 0.5
    drift = wander(beat.t, 0.25, beat.rng)
    return {
        "sway_y": -bob * grip * lift,
        "sway_x": grip * (0.55 * bob * np.sin(step + 0.4) + 0.004 * drift),
        "roll": roll * grip * np.sin(step + 0.7),
        "torso_yaw": 2.2 * grip * np.sin(step),
        "yaw": grip * (-0.5 * np.sin(step) + 0.8 * drift),
        "pitch": 0.5 * grip * np.sin(2 * step + 0.6),
    }


@motion("walk",
        _WALKS,
        r"(cross|crosses|crossed|crossing)(?!\s+(his|her|their)\s+(face|lips|arms|legs))",
        "<make> ~ way", "<take> ~ step", "<go> (home|away|inside|outside)",
        "<come|go> (in|out|over|toward|towards|through|down|up)",
        keep="loop", group="gait", seconds=2.4, least=0.9, why=LEGS)  # fmt: skip
def walk(beat: Beat) -> Channels:
    """About two steps a second."""
    return gait(beat, 1.8 * min(1.3, beat.cue.tempo**0.6), 0.013, 1.0)


@motion("run", "<run|jog|sprint|rush|dash|race|hurry|gallop|chase|bolt|flee|charge|escape|scurry>",
        "<run> (away|off|up|across|through|down|toward|towards|past|after)",
        keep="loop", group="gait", seconds=2.2, least=0.8, why=LEGS)  # fmt: skip
def run(beat: Beat) -> Channels:
    """Almost three steps a second, breath and wind with it."""
    moved = gait(beat, 2.7, 0.026, 1.6)
    grip = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    breath = np.sin(2 * np.pi * 1.35 * (beat.t - beat.start))
    return {**moved, "wind": 0.4 * grip, "breath": 0.6 * grip * breath,
            "pitch": moved["pitch"] + 1.2 * grip, "jaw": 0.14 * grip}  # fmt: skip


@motion("ride",
        _RIDES,
        "<speed> (down|along|through|past|away)", "<dodge>", "<push> * (car|limit|limits)",
        "<bump|bounce> along",
        keep="loop", group="gait", seconds=2.4, least=0.9, why=LEGS)  # fmt: skip
def ride(beat: Beat) -> Channels:
    """Swerves with a lean into them, and the shake of the road."""
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 0.7, 0.6)
    turn = wander(beat.t, 0.38, beat.rng)
    road = wander(beat.t, 2.3, beat.rng, octaves=2)
    return {
        "sway_x": 0.02 * grip * turn, "roll": 3.2 * grip * turn, "yaw": 2.2 * grip * turn,
        "torso_yaw": 2.0 * grip * turn, "sway_y": 0.0045 * grip * road, "pitch": 0.5 * grip * road,
        "wind": 0.5 * grip, "squint": 0.12 * grip,
    }  # fmt: skip


@motion("float", "<float|drift|hover|levitate|glide|swim|dive>", "<float|drift> weightlessly",
        "weightlessly",
        "<tread> water", "(underwater|weightless)",
        keep="loop", group="gait", seconds=2.4, least=0.9, why=LEGS)  # fmt: skip
def floating(beat: Beat) -> Channels:
    """Slow drifts in all directions, hair that lags."""
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 1.0, 0.8)
    x, y, turn = (wander(beat.t, rate, beat.rng, octaves=2) for rate in (0.12, 0.16, 0.11))
    return {"sway_x": 0.022 * grip * x, "sway_y": 0.022 * grip * y, "roll": 4.0 * grip * turn,
            "yaw": 2.0 * grip * x, "torso_yaw": 2.5 * grip * turn, "wind": 0.18 * grip}  # fmt: skip


@motion("dance", "<dance|sway|groove|twerk|boogie|waltz>", "<bob|move> * (music|beat|rhythm)",
        "<dance>",
        "<sway>", "<rock> (back and forth|gently|from side to side)",
        keep="loop", group="gait", seconds=2.6, least=1.0, why=LEGS)  # fmt: skip
def dance(beat: Beat) -> Channels:
    """On the beat: side to side, a dip on each, the head answers late."""
    grip = min(1.3, beat.cue.amount) * plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    bar = np.pi * 1.7 * min(1.3, beat.cue.tempo) * (beat.t - beat.start)
    return {
        "sway_x": 0.02 * grip * np.sin(bar),
        "sway_y": 0.012 * grip * (1 - np.cos(2 * bar)) / 2,
        "roll": -2.6 * grip * np.sin(bar - 0.5),
        "torso_yaw": 4.0 * grip * np.sin(bar + 0.4),
        "yaw": 2.5 * grip * np.sin(bar - 0.8),
        "pitch": 1.6 * grip * np.sin(2 * bar - 0.6),
        "wind": 0.1 * grip,
    }


@motion("spin", "<spin|twirl|whirl|pirouette|rotate|somersault|flip>",
        "<turn> (on the spot|around in circles|in circles|in a circle)",
        "<turn|spin|swing> around",
        seconds=1.8, least=0.9,
        why="a person does not turn further than 12 degrees in this engine: shown as a sweep to "
            "one side and back")  # fmt: skip
def spin(beat: Beat) -> Channels:
    """A sweep out to one side and home."""
    span = max(0.9, beat.within(1.8))
    side = float(beat.rng.choice((-1.0, 1.0)))
    out = pulse(beat.t, beat.start, span)
    return {
        "yaw": 10.0 * side * out, "torso_yaw": 8.0 * side * out, "roll": 2.0 * side * out,
        "sway_x": 0.012 * side * out, "gaze_x": 0.6 * side * out, "wind": 0.3 * out,
        "blink": 0.85 * pulse(beat.t, beat.start + 0.1, 0.3),
    }  # fmt: skip


@motion("jump", "<jump|leap|hop|bounce|skip|spring|vault|lunge|pounce>", "<jump|leap|spring>",
        seconds=1.2, least=0.7, why=LEGS)  # fmt: skip
def jump(beat: Beat) -> Channels:
    """Down, up, down, and caught by the knees; as often as told."""
    times = min(beat.cue.repeats or 1, 4)
    each = max(0.7, beat.within(1.2 * times) / times)
    height: Curve = np.zeros_like(beat.t)
    for k in range(times):
        at = beat.start + k * each
        height += 0.55 * pulse(beat.t, at, 0.5 * each) - pulse(beat.t, at + 0.2 * each, 0.6 * each)
        height += 0.4 * pulse(beat.t, at + 0.65 * each, 0.4 * each)
    return {"sway_y": 0.04 * beat.cue.amount**0.5 * height, "pitch": 2.5 * height,
            "wind": 0.2 * np.abs(height)}  # fmt: skip


@motion("stumble", "<stumble|trip|stagger|wobble|tumble|slip>", "<lose> ~ balance",
        "<fall> (down|over|forward)?",
        "<collapse|slump>", seconds=1.5, least=0.8, why=LEGS)  # fmt: skip
def stumble(beat: Beat) -> Channels:
    """A lurch to one side, caught."""
    span = max(0.8, beat.within(1.5))
    side = float(beat.rng.choice((-1.0, 1.0)))
    lurch = pulse(beat.t, beat.start, 0.8 * span) - 0.4 * pulse(beat.t, beat.start + 0.5 * span,
    0.7 * span)
    return {"sway_x": 0.024 * side * lurch, "roll": 5.0 * side * lurch,
            "sway_y": 0.014 * np.abs(lurch),
            "pitch": 2.5 * lurch, "torso_yaw": 3.0 * side * lurch}  # fmt: skip


def _level(beat: Beat, height: float, seconds: float) -> Channels:
    span = max(0.6, beat.within(seconds))
    moved = rise(beat.t, beat.start, span) * (1 - rise(beat.t, beat.until, 0.9))
    nod = pulse(beat.t, beat.start, 1.1 * span)
    return {"sway_y": height * moved, "pitch": 2.5 * nod, "lean": 0.015 * nod}


@motion("sit-down", "<sit> down", "<sit|kneel|crouch|squat|duck|stoop>", "<kneel|crouch>",
        "<lie> down",
        "<land> in a crouch", "<drop> to", "<settle> (in|into|down)", "<bend> to",
        keep="hold", group="level", seconds=1.5, least=0.8, why=LEGS)  # fmt: skip
def sit_down(beat: Beat) -> Channels:
    """The body sinks a little."""
    return _level(beat, 0.035, 1.5)


@motion("stand-up", "<stand|get|sit|rise> up", "<rise>",
        "<get|pop|jump|leap|spring> * to (his|her|their) feet",
        "<straighten> (up)?", "<pull> (himself|herself|themselves) up", "<climb>",
        keep="hold", group="level", seconds=1.4, least=0.8, why=LEGS)  # fmt: skip
def stand_up(beat: Beat) -> Channels:
    """The body rises a little."""
    return _level(beat, -0.03, 1.4)


@motion("shrug", "<shrug>", "<shrug> ~ shoulders", "<raise|lift> ~ shoulders", seconds=1.3,
        least=0.7)
def shrug(beat: Beat) -> Channels:
    """Shoulders up, head aside, brows up."""
    up = pulse(beat.t, beat.start, max(0.7, beat.within(1.3)))
    return {"sway_y": -0.012 * up, "roll": 3.5 * up, "brow": 0.5 * up, "breath": 0.5 * up,
            "wide": -0.2 * up}  # fmt: skip


@motion("stretch", "<stretch>", "<stretch> ~ (arms|neck|back|body)",
        "<roll|crack> ~ (neck|shoulders)",
        seconds=2.4, least=1.2, why=ARMS)  # fmt: skip
def stretch(beat: Beat) -> Channels:
    """The chin goes up, the neck rolls to both sides."""
    span = max(1.2, beat.within(2.4))
    up = plateau(beat.t, beat.start, beat.start + span, 0.4 * span, 0.4 * span)
    side = pulse(beat.t, beat.start, 0.6 * span) - pulse(beat.t, beat.start + 0.45 * span,
    0.6 * span)
    return {"pitch": -3.5 * up, "roll": 5.0 * side, "sway_y": -0.01 * up, "breath": 0.7 * up,
            "squint": 0.3 * up}  # fmt: skip


@motion("shiver", "<shiver|tremble|shudder|quiver|quake|vibrate>", "<shake> (with|from|in)",
        "<shake>",
        keep="loop", group="", seconds=1.8, least=0.7)  # fmt: skip
def shiver(beat: Beat) -> Channels:
    """Small, fast, in bursts; shoulders up."""
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 0.4, 0.5)
    burst = 0.6 + 0.4 * wander(beat.t, 0.8, beat.rng)
    shake = wander(beat.t, 5.2, beat.rng, octaves=2) * burst
    return {"sway_x": 0.0028 * grip * shake, "yaw": 0.55 * grip * shake, "roll": 0.5 * grip * shake,
            "sway_y": -0.005 * grip, "frown": 0.25 * grip,
            "jaw": 0.05 * grip * (1 + shake)}  # fmt: skip


@motion("startle-back", "<jolt|jerk|jump> (back|in fright|up|awake)", "<stiffen>", "<tense> (up)?",
        seconds=0.9, least=0.5)  # fmt: skip
def startle_back(beat: Beat) -> Channels:
    """A quick start backwards, half of it taken back."""
    back = pulse(beat.t, beat.start, max(0.5, beat.within(0.9)))
    return {"lean": -0.03 * back, "pitch": -3.0 * back, "brow": 0.6 * back, "sway_y": -0.008 * back}


@motion("still", "<stay|remain|stand|sit|keep|hold|be|lie> * (still|motionless|frozen|unmoving)",
        "<freeze>",
        "(motionless|motionlessly|unmoving)", "<stop> moving", "<wait|pause|rest>",
        "<stand|sit|pose|lie>", "<hold> still", "<stare> blankly", "<remain>",
        keep="loop", group="gait", seconds=1.2, least=0.3,
        how="only breath and blinks go on")  # fmt: skip
def still(beat: Beat) -> Channels:
    """Nothing; whatever moved the body before ends here."""
    return {"yaw": np.zeros_like(beat.t)}


@motion("halt", r"(stop|stops|stopped|stopping)(?!\s+\w+ing\b)", "<halt>",
        "<come> to a (stop|halt)", "<stop> (walking|running|dancing|talking)", "<slow> down",
        "<land>", keep="loop", group="gait", seconds=0.8, least=0.4)  # fmt: skip
def halt(beat: Beat) -> Channels:
    """The small forward sway of a body that stops."""
    return {"sway_y": 0.006 * pulse(beat.t, beat.start, 0.7), "pitch": 1.2 * pulse(beat.t,
            beat.start, 0.8)}
