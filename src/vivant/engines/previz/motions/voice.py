"""What is said and sung: the rhythm of syllables and what goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import motion
from vivant.engines.previz.motions.ease import plateau, pulses, wander
from vivant.engines.previz.motions.words import any_of

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Beat, Channels
    from vivant.engines.previz.motions.ease import Curve

_SPEECH = any_of(
    """
    address advise announce answer argue chat comment communicate converse debate describe
    discuss explain greet instruct interview introduce lecture mumble murmur mutter narrate
    preach present recite reply report say speak talk teach tell
    """
)
"""Verbs of speech."""

JAW = "a rhythm of the jaw: the lips form no particular words"


def speech(
    beat: Beat, *, rate: float, opening: float, pause: float, stress: float
) -> dict[str, Curve]:
    """Phrases of syllables with pauses: jaw, mouth width, brows and small nods on the stresses.

    ``rate`` is syllables a second (people: 3.5 to 5.5), ``opening`` the mean height of the jaw's
    pulses, ``pause`` the mean pause between phrases in seconds.
    """
    rng, jaw, wide, nods, brows = beat.rng, [], [], [], []
    at, stop = beat.start + 0.05, beat.last
    phrase = at + rng.uniform(1.0, 2.2)
    while at < stop - 0.25:
        length = rng.uniform(0.8, 1.3) / rate
        height = opening * rng.uniform(0.45, 1.35)
        jaw.append((at, max(0.2, 1.35 * length), height))
        wide.append((at, max(0.24, 1.6 * length), rng.uniform(-0.45, 0.4)))
        if rng.random() < 0.28:
            nods.append((at, 0.5, rng.uniform(0.5, 1.0)))
            if rng.random() < 0.4:
                brows.append((at - 0.05, 0.7, rng.uniform(0.3, 0.6)))
        at += length
        if at > phrase:
            at += pause * rng.uniform(0.6, 1.5)
            phrase = at + rng.uniform(1.0, 2.2)
    grip = plateau(beat.t, beat.start, stop, 0.3, 0.35)
    return {
        "jaw": grip * pulses(beat.t, jaw),
        "wide": 0.7 * grip * pulses(beat.t, wide),
        "pitch": stress * grip * pulses(beat.t, nods),
        "brow": grip * pulses(beat.t, brows),
        "yaw": stress * 0.9 * grip * wander(beat.t, 0.35, rng),
        "roll": stress * 0.5 * grip * wander(beat.t, 0.3, rng),
    }


@motion(
    "talk",
    _SPEECH,
    "<give|deliver> ~ * (speech|presentation|talk|lecture|commentary|forecast|interview|report)",
    "~ (speech|presentation|commentary)",
    "<make> ~ (point|points|announcement)",
    "<engage> * (audience|viewer|viewers|conversation)",
    "active speaking",
    "<interact> * (audience|viewers)",
    "<ask> * question",
    "<ask>",
    "<pray>",
    "<explain> * to * camera",
    keep="loop",
    group="mouth",
    seconds=2.4,
    least=0.9,
    how=JAW,
)
def talk(beat: Beat) -> Channels:
    """Plain speech."""
    return speech(beat, rate=4.4, opening=0.42 * beat.cue.amount, pause=0.4, stress=1.8)


@motion("whisper", "<whisper>", keep="loop", group="mouth", seconds=2.0, least=0.8)
def whisper(beat: Beat) -> Channels:
    """Small mouth, head forward."""
    near = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    said = speech(beat, rate=4.6, opening=0.2, pause=0.5, stress=0.7)
    return {**said, "lean": 0.035 * near, "squint": 0.15 * near}


@motion(
    "shout",
    "<shout|yell|scream|cheer|roar|holler|bellow|shriek|exclaim|growl>",
    "<cry|call> out",
    "<call>",
    "<command>",
    keep="loop",
    group="mouth",
    seconds=1.4,
    least=0.7,
)
def shout(beat: Beat) -> Channels:
    """Wide jaw, few syllables, the whole face works."""
    effort = plateau(beat.t, beat.start, beat.last, 0.3, 0.4)
    said = speech(beat, rate=2.4, opening=0.85, pause=0.45, stress=2.4)
    return {
        **said,
        "frown": 0.45 * effort,
        "squint": 0.25 * effort,
        "lean": 0.02 * effort,
        "breath": 0.5 * effort,
    }


@motion(
    "sing",
    "<sing|lip-sync|lip-syncs|croon|chant|rap>",
    "<sing> ~ song",
    "<karaoke>",
    keep="loop",
    group="mouth",
    seconds=2.6,
    least=1.0,
)
def sing(beat: Beat) -> Channels:
    """Long open notes, raised brows, a swaying head."""
    grip = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    said = speech(beat, rate=1.7, opening=0.6, pause=0.35, stress=1.2)
    sway = np.sin(2 * np.pi * 0.45 * (beat.t - beat.start))
    return {
        **said,
        "brow": said["brow"] + 0.35 * grip,
        "roll": 2.6 * grip * sway,
        "sway_x": 0.006 * grip * sway,
        "breath": 0.4 * grip * wander(beat.t, 0.4, beat.rng),
    }


@motion(
    "hum",
    "<hum>",
    "<hum> ~ (tune|song|melody)",
    keep="loop",
    group="mouth",
    seconds=2.0,
    least=0.8,
    how="closed lips and a gently swaying head",
)
def hum(beat: Beat) -> Channels:
    """Closed lips, a swaying head."""
    grip = plateau(beat.t, beat.start, beat.last, 0.5, 0.5)
    sway = np.sin(2 * np.pi * 0.55 * (beat.t - beat.start))
    return {
        "wide": -0.25 * grip,
        "smile": 0.15 * grip,
        "roll": 2.2 * grip * sway,
        "pitch": 0.8 * grip * wander(beat.t, 0.6, beat.rng),
    }


@motion(
    "whistle",
    "<whistle>",
    "<blow>",
    "<blow> (on|out|off|into|at) ~",
    "<blow> * (candle|candles|bubble|bubbles)",
    keep="loop",
    group="mouth",
    seconds=1.6,
    least=0.7,
)
def whistle(beat: Beat) -> Channels:
    """Pursed lips with small changes of pitch."""
    grip = plateau(beat.t, beat.start, beat.last, 0.35, 0.4)
    return {
        "wide": grip * (-0.85 + 0.1 * wander(beat.t, 1.4, beat.rng)),
        "jaw": 0.12 * grip,
        "brow": grip * (0.2 + 0.2 * wander(beat.t, 0.7, beat.rng)),
        "breath": -0.4 * grip,
    }
