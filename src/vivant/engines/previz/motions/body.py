"""What the whole body does, as far as head and shoulders can tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import LEGS, motion
from vivant.engines.previz.motions.ease import plateau, pulse, wander
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


@motion(
    "walk",
    _WALKS,
    r"(cross|crosses|crossed|crossing)(?!\s+(his|her|their)\s+(face|lips|arms|legs))",
    "<make> ~ way",
    "<take> ~ step",
    "<go> (home|away|inside|outside)",
    "<come|go> (in|out|over|toward|towards|through|down|up)",
    keep="loop",
    group="gait",
    seconds=2.4,
    least=0.9,
    why=LEGS,
)
def walk(beat: Beat) -> Channels:
    """About two steps a second."""
    return gait(beat, 1.8 * min(1.3, beat.cue.tempo**0.6), 0.013, 1.0)


@motion(
    "run",
    "<run|jog|sprint|rush|dash|race|hurry|gallop|chase|bolt|flee|charge|escape|scurry>",
    "<run> (away|off|up|across|through|down|toward|towards|past|after)",
    keep="loop",
    group="gait",
    seconds=2.2,
    least=0.8,
    why=LEGS,
)
def run(beat: Beat) -> Channels:
    """Almost three steps a second, breath and wind with it."""
    moved = gait(beat, 2.7, 0.026, 1.6)
    grip = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    breath = np.sin(2 * np.pi * 1.35 * (beat.t - beat.start))
    return {
        **moved,
        "wind": 0.4 * grip,
        "breath": 0.6 * grip * breath,
        "pitch": moved["pitch"] + 1.2 * grip,
        "jaw": 0.14 * grip,
    }


@motion(
    "ride",
    _RIDES,
    "<speed> (down|along|through|past|away)",
    "<dodge>",
    "<push> * (car|limit|limits)",
    "<bump|bounce> along",
    keep="loop",
    group="gait",
    seconds=2.4,
    least=0.9,
    why=LEGS,
)
def ride(beat: Beat) -> Channels:
    """Swerves with a lean into them, and the shake of the road."""
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 0.7, 0.6)
    turn = wander(beat.t, 0.38, beat.rng)
    road = wander(beat.t, 2.3, beat.rng, octaves=2)
    return {
        "sway_x": 0.02 * grip * turn,
        "roll": 3.2 * grip * turn,
        "yaw": 2.2 * grip * turn,
        "torso_yaw": 2.0 * grip * turn,
        "sway_y": 0.0045 * grip * road,
        "pitch": 0.5 * grip * road,
        "wind": 0.5 * grip,
        "squint": 0.12 * grip,
    }


@motion(
    "float",
    "<float|drift|hover|levitate|glide|swim|dive>",
    "<float|drift> weightlessly",
    "weightlessly",
    "<tread> water",
    "(underwater|weightless)",
    keep="loop",
    group="gait",
    seconds=2.4,
    least=0.9,
    why=LEGS,
)
def floating(beat: Beat) -> Channels:
    """Slow drifts in all directions, hair that lags."""
    grip = beat.cue.amount * plateau(beat.t, beat.start, beat.last, 1.0, 0.8)
    x, y, turn = (wander(beat.t, rate, beat.rng, octaves=2) for rate in (0.12, 0.16, 0.11))
    return {
        "sway_x": 0.022 * grip * x,
        "sway_y": 0.022 * grip * y,
        "roll": 4.0 * grip * turn,
        "yaw": 2.0 * grip * x,
        "torso_yaw": 2.5 * grip * turn,
        "wind": 0.18 * grip,
    }


@motion(
    "dance",
    "<dance|sway|groove|twerk|boogie|waltz>",
    "<bob|move> * (music|beat|rhythm)",
    "<dance>",
    "<sway>",
    "<rock> (back and forth|gently|from side to side)",
    keep="loop",
    group="gait",
    seconds=2.6,
    least=1.0,
    why=LEGS,
)
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


@motion(
    "spin",
    "<spin|twirl|whirl|pirouette|rotate|somersault|flip>",
    "<turn> (on the spot|around in circles|in circles|in a circle)",
    "<turn|spin|swing> around",
    seconds=1.8,
    least=0.9,
    why="a person does not turn further than 12 degrees in this engine: shown as a sweep to "
    "one side and back",
)
def spin(beat: Beat) -> Channels:
    """A sweep out to one side and home."""
    span = max(0.9, beat.within(1.8))
    side = float(beat.rng.choice((-1.0, 1.0)))
    out = pulse(beat.t, beat.start, span)
    return {
        "yaw": 10.0 * side * out,
        "torso_yaw": 8.0 * side * out,
        "roll": 2.0 * side * out,
        "sway_x": 0.012 * side * out,
        "gaze_x": 0.6 * side * out,
        "wind": 0.3 * out,
        "blink": 0.85 * pulse(beat.t, beat.start + 0.1, 0.3),
    }
