"""What the mouth does besides speech: laughter, tears, breath, food."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import motion
from vivant.engines.previz.motions.ease import plateau, pulse, wander

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Beat, Channels


def _laughter(beat: Beat, *, hertz: float, jaw: float, smile: float, toss: float) -> Channels:
    stop = min(beat.last, beat.start + 3.4 / beat.cue.tempo)
    size = min(1.25, beat.cue.amount)
    grip = size * plateau(beat.t, beat.start, stop, 0.4, 0.8)
    shake = np.sin(2 * np.pi * hertz * (beat.t - beat.start))
    roll = wander(beat.t, 0.6, beat.rng)
    glow = plateau(beat.t, beat.start, beat.until + 0.8, 0.45, 0.8)
    return {
        "smile": smile * glow,
        "squint": 0.55 * grip + 0.15 * glow,
        "jaw": jaw * grip * (0.7 + 0.3 * shake),
        "wide": 0.35 * grip,
        "pitch": grip * (-toss + 0.9 * shake),
        "roll": 2.5 * grip * roll,
        "sway_y": 0.0035 * grip * shake,
        "breath": 0.5 * grip * shake,
    }


@motion(
    "laugh",
    "<laugh|guffaw>",
    "<burst> into laughter",
    "<burst> out laughing",
    "<laugh> out loud",
    "laughter",
    "<throw> ~ head back * laughing",
    "with laughter",
    keep="event",
    group="mood",
    seconds=2.2,
    least=1.0,
)
def laugh(beat: Beat) -> Channels:
    """The head goes back, the shoulders shake, a smile stays."""
    return _laughter(beat, hertz=3.4, jaw=0.62, smile=0.85, toss=4.0)


@motion(
    "giggle",
    "<giggle|titter|snicker>",
    "<break|burst> into giggles",
    "giggles",
    keep="event",
    group="mood",
    seconds=1.8,
    least=0.8,
)
def giggle(beat: Beat) -> Channels:
    """Quick and small."""
    return _laughter(beat, hertz=4.2, jaw=0.3, smile=0.8, toss=-1.5)


@motion("chuckle", "<chuckle|chortle>", keep="event", group="mood", seconds=1.6, least=0.8)
def chuckle(beat: Beat) -> Channels:
    """Slow and low."""
    return _laughter(beat, hertz=2.6, jaw=0.22, smile=0.6, toss=1.0)


@motion(
    "cry",
    "<cry|weep|sob|whimper|bawl>",
    "<shed> ~ * (tear|tears)",
    "<burst> into tears",
    "~ (tear|tears) <roll|run|stream|fall|slide>",
    "in tears",
    "tearfully",
    keep="loop",
    group="mood",
    seconds=2.2,
    least=1.0,
    why="tears are not drawn: shown by face, head and breath",
)
def cry(beat: Beat) -> Channels:
    """Corners down, brows up, breath in gasps, head low; the face stays when the sobs are over."""
    size = min(1.2, beat.cue.amount)
    grip = size * plateau(beat.t, beat.start, beat.until + 0.8, 0.9, 0.8)
    sobs = plateau(beat.t, beat.start, beat.last, 0.9, 0.7)
    sobbing = np.maximum(0.0, wander(beat.t, 1.1, beat.rng)) * size * sobs
    return {
        "smile": -0.75 * grip,
        "frown": 0.65 * grip,
        "squint": 0.5 * grip,
        "brow": 0.35 * grip,
        "jaw": 0.22 * sobbing,
        "wide": 0.25 * grip,
        "pitch": 4.5 * grip - 2.0 * sobbing,
        "breath": 0.8 * sobbing,
        "sway_y": -0.006 * sobbing,
    }


@motion("yawn", "<yawn>", "<stifle> ~ yawn", seconds=2.6, least=1.4)
def yawn(beat: Beat) -> Channels:
    """Slowly open, eyes shut at the top, head back, then all comes home."""
    span = max(1.4, beat.within(2.6))
    gape = plateau(beat.t, beat.start, beat.start + span, 0.45 * span, 0.35 * span)
    lids = plateau(beat.t, beat.start + 0.25 * span, beat.start + span, 0.3 * span, 0.25 * span)
    return {
        "jaw": 0.95 * gape,
        "blink": 0.95 * lids,
        "pitch": -4.5 * gape,
        "brow": 0.5 * gape,
        "squint": 0.5 * lids,
        "breath": 0.9 * gape,
        "wide": -0.1 * gape,
    }


@motion(
    "sigh",
    "<sigh|exhale>",
    "<exhale|sigh> (with relief|in relief|wearily)",
    "<let> out ~ * (sigh|breath)",
    "<breathe> out",
    "<take> ~ * breath",
    "(a|deep) breath",
    seconds=2.2,
    least=1.1,
)
def sigh(beat: Beat) -> Channels:
    """In, a moment, out with falling shoulders."""
    span = max(1.1, beat.within(2.2))
    full = pulse(beat.t, beat.start, 0.8 * span)
    empty = plateau(beat.t, beat.start + 0.4 * span, beat.start + span, 0.35 * span, 0.25 * span)
    return {
        "breath": full - 0.6 * empty,
        "sway_y": -0.007 * full + 0.009 * empty,
        "jaw": 0.18 * empty,
        "wide": -0.3 * empty,
        "pitch": -1.8 * full + 2.4 * empty,
        "brow": 0.2 * full,
    }


@motion("inhale", "<inhale>", "<breathe> in", "<sniff|smell>", "<smell>", seconds=1.6, least=0.8)
def inhale(beat: Beat) -> Channels:
    """The chest fills, the chin lifts."""
    full = pulse(beat.t, beat.start, max(0.8, beat.within(1.6)))
    return {"breath": full, "sway_y": -0.008 * full, "pitch": -2.2 * full, "brow": 0.2 * full}


@motion(
    "breathe",
    "<breathe>",
    "<breathe> (steadily|calmly|deeply|slowly)",
    keep="loop",
    group="breath",
    seconds=2.0,
    least=0.8,
)
def breathe(beat: Beat) -> Channels:
    """Deeper than at rest."""
    grip = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    wave = np.sin(2 * np.pi * 0.32 * beat.cue.tempo * (beat.t - beat.start))
    return {"breath": 0.75 * grip * wave, "sway_y": -0.005 * grip * wave}


@motion(
    "pant",
    "<pant>",
    "<breathe> (heavily|hard|quickly|rapidly|fast)",
    "<breathe> * (heavily|hard|quickly|rapidly)",
    "breath (is)? * (quick|fast|rapid|heavy|ragged|short|shallow|labored)",
    "<catch> ~ breath",
    "(breathless|breathlessly)",
    "out of breath",
    "chest <heave>",
    "<huff|puff|wheeze>",
    keep="loop",
    group="breath",
    seconds=2.0,
    least=0.8,
)
def pant(beat: Beat) -> Channels:
    """Fast breath that moves shoulders and jaw."""
    grip = plateau(beat.t, beat.start, beat.last, 0.6, 0.6)
    wave = np.sin(2 * np.pi * 1.15 * (beat.t - beat.start))
    return {
        "breath": 0.8 * grip * wave,
        "sway_y": -0.008 * grip * wave,
        "jaw": grip * (0.24 - 0.1 * wave),
        "pitch": 1.0 * grip * wave,
    }


@motion(
    "chew",
    "<chew|munch|eat|nibble|devour>",
    "<chew|eat>",
    "<bite> (into|off|on)",
    "<bite>",
    "<taste>",
    "<take> ~ * bite",
    keep="loop",
    group="mouth",
    seconds=2.2,
    least=0.9,
    why="food and hands are not in the picture: shown by the jaw alone",
)
def chew(beat: Beat) -> Channels:
    """Closed lips over a turning jaw."""
    grip = plateau(beat.t, beat.start, beat.last, 0.4, 0.4)
    turn = 2 * np.pi * 1.35 * min(beat.cue.tempo, 1.3) * (beat.t - beat.start)
    return {
        "jaw": 0.2 * grip * (1 - np.cos(turn)) / 2,
        "wide": -0.2 * grip * np.sin(turn),
        "squint": 0.06 * grip,
        "roll": 0.5 * grip * np.sin(turn / 2),
    }


@motion(
    "drink",
    "<drink|sip|gulp>",
    "<drink|sip|gulp> (from|on)?",
    "<take> ~ * (sip|drink|gulp)",
    seconds=2.4,
    least=1.2,
    why="cup and hands are not in the picture: shown as the head going back",
)
def drink(beat: Beat) -> Channels:
    """Chin up, lips pursed, lids low, and back."""
    span = max(1.2, beat.within(2.4))
    sip = plateau(beat.t, beat.start, beat.start + span, 0.35 * span, 0.35 * span)
    return {
        "pitch": -6.0 * sip,
        "wide": -0.5 * sip,
        "jaw": 0.1 * sip,
        "gaze_y": 0.4 * sip,
        "squint": 0.2 * sip,
    }


@motion("sneeze", "<sneeze|cough>", "<clear> ~ throat", seconds=0.9, least=0.85)
def sneeze(beat: Beat) -> Channels:
    """Back a little, then forward at once with closed lids."""
    back = pulse(beat.t, beat.start, 0.5)
    out = pulse(beat.t, beat.start + 0.25, 0.6)
    return {
        "pitch": 6.0 * out - 2.5 * back,
        "blink": out,
        "jaw": 0.45 * out,
        "squint": 0.4 * out,
        "sway_y": 0.006 * out,
    }
