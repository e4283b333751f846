"""What hands do, told by head and eyes alone; each of these says so in its ``why``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import ARMS, HANDS, motion
from vivant.engines.previz.motions.ease import plateau, pulse, wander
from vivant.engines.previz.motions.head import LIDS
from vivant.engines.previz.motions.words import any_of

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Beat, Channels
    from vivant.engines.previz.motions.ease import Curve


_HANDWORK = any_of(
    """
    adjust apply arrange assemble bring brush build button carry check clean close comb count
    cradle demonstrate dig dip display draw drop dust emphasize examine extend fasten feed
    fiddle fill fix fold garden give grab handle highlight hold hug illustrate inspect iron knit
    lay lift load lock lower measure mimic nock offer open operate pack perform pet pick pin
    place plant polish pour prepare press prod pull push put raise reach release remove repair
    roll rotate rub scoop scrape scratch sew show slide smear splash stitch strike stroke swirl
    take tap thread tie tighten tip touch tuck turn unbutton unlock unpack untie unwrap use wash
    weigh weld wipe work wrap zip
    """
)
"""Verbs of hands at work that share one picture: a head bent over them."""


def _bent(beat: Beat, down: float) -> tuple[Curve, dict[str, Curve]]:
    """The head over a task, the lids over the eyes: the grip of the pose and its channels."""
    grip = plateau(beat.t, beat.start, beat.last, 0.75, 0.6)
    drift = wander(beat.t, 0.4, beat.rng)
    return grip, {
        "pitch": grip * (down + 0.8 * drift),
        "yaw": 1.4 * grip * wander(beat.t, 0.33, beat.rng),
        "gaze_y": 0.8 * grip,
        "blink": LIDS * grip,
        "gaze_x": 0.2 * grip * wander(beat.t, 0.8, beat.rng),
        "frown": 0.12 * grip,
        "sway_y": 0.004 * grip,
    }


@motion(
    "work",
    _HANDWORK,
    "<play>",
    "<fan> (himself|herself|themselves)",
    "<light> ~ (cigarette|cigar|pipe|candle|candles|match|lantern|lamp|torch)",
    "<turn|rotate> (the|a|an)",
    "<run> ~ (hand|hands|finger|fingers|thumb|palm)",
    "<scratch|rub|wipe|touch|stroke> ~ (chin|beard|eyes|neck|temples|forehead|hair)",
    "<cook|bake|fry|stir|mix|knead|grill|season|plate>",
    "<type|tap|scroll|swipe|text> * (on|at|through)?",
    "<type|text>",
    keep="loop",
    group="task",
    seconds=2.0,
    least=0.8,
    why=HANDS,
)
def work(beat: Beat) -> Channels:
    """Head bent over the hands, small corrections."""
    _, bent = _bent(beat, 5.0)
    return bent


@motion(
    "read",
    "<read|study|browse|peruse>",
    "<read|study>",
    "<look> (at|over) * (book|letter|page|screen|phone|map|newspaper|document)",
    "<scroll>",
    "<turn> ~ page",
    keep="loop",
    group="task",
    seconds=2.4,
    least=1.0,
    why="the page is not in the picture: shown as a downward look with the eyes going along lines",
)
def read(beat: Beat) -> Channels:
    """The eyes run along lines and jump back."""
    grip, bent = _bent(beat, 5.0)
    rate = 0.75 * beat.cue.tempo
    phase = (rate * np.maximum(beat.t - beat.start, 0.0)) % 1.0
    # Along the line in 80 % of its time, back in 20 %; the cosines keep both ends smooth.
    along = np.where(phase < 0.8, -np.cos(np.pi * phase / 0.8), np.cos(np.pi * (phase - 0.8) / 0.2))
    return {**bent, "gaze_x": 0.42 * grip * along, "yaw": 0.8 * grip * along, "frown": 0.08 * grip}


@motion(
    "write",
    "<write|sketch|draw|paint|scribble|sign|note|doodle|carve|engrave|etch|jot>",
    "<write|sketch|paint>",
    "<take> ~ notes",
    keep="loop",
    group="task",
    seconds=2.2,
    least=0.9,
    why=HANDS,
)
def write(beat: Beat) -> Channels:
    """Bent head, eyes along a line, now and then a look up."""
    grip, bent = _bent(beat, 5.5)
    look_up = pulse(beat.t, beat.start + 0.62 * (beat.last - beat.start), 0.9)
    line = np.sin(2 * np.pi * 0.55 * (beat.t - beat.start))
    return {
        **bent,
        "gaze_x": 0.3 * grip * line,
        "pitch": bent["pitch"] - 2.5 * grip * look_up,
        "roll": 1.6 * grip,
    }


@motion(
    "chop",
    "<chop|cut|slice|dice|hammer|knock|pound|drum|saw|split|hack>",
    "<chop|cut|slice>",
    "<slam|bang|smash|beat|stab>",
    "<bang> ~ head",
    keep="loop",
    group="task",
    seconds=2.0,
    least=0.8,
    why=HANDS,
)
def chop(beat: Beat) -> Channels:
    """Bent head with the small beat of the strokes."""
    grip, bent = _bent(beat, 5.5)
    stroke = np.sin(2 * np.pi * 2.3 * min(beat.cue.tempo, 1.3) * (beat.t - beat.start))
    return {
        **bent,
        "sway_y": bent["sway_y"] + 0.0025 * grip * stroke,
        "pitch": bent["pitch"] + 0.45 * grip * stroke,
    }


@motion(
    "gesture",
    "<gesture|gesticulate|beckon|clap|applaud|salute|wave|motion|signal>",
    "<use> * (gesture|gestures|language)",
    "gestures such as",
    "<wave|clap> ~ (hand|hands|arm|arms)",
    "<wave> (at|to|goodbye|hello)",
    "<raise|lift|extend|spread|open|cross|uncross|fold|move> ~ (hand|hands|arm|arms|palm|"
    "palms|finger|fingers|fist)",
    "gestures <become>",
    "<point>",
    "<point> (at|to|toward|towards)",
    "body language",
    "<raise|hold|lift> up",
    "<tip> ~ (hat|cap|sombrero)",
    "<shake> hands",
    "<shake> out",
    "<high-five>",
    keep="loop",
    group="task",
    seconds=1.8,
    least=0.7,
    why=ARMS,
)
def gesture(beat: Beat) -> Channels:
    """Head and shoulders underline what the arms would say."""
    grip = min(1.3, beat.cue.amount) * plateau(beat.t, beat.start, beat.last, 0.45, 0.5)
    stress = wander(beat.t, 0.75, beat.rng, octaves=2)
    turn = wander(beat.t, 0.35, beat.rng, octaves=2)
    return {
        "pitch": 1.5 * grip * stress,
        "yaw": 2.4 * grip * turn,
        "torso_yaw": 3.0 * grip * turn,
        "roll": 1.0 * grip * stress,
        "brow": 0.25 * grip * (1 + stress),
        "sway_x": 0.005 * grip * turn,
    }


@motion(
    "swing",
    "<throw|swing|hit|punch|kick|toss|pitch|shoot|bowl|serve|swat|fight|box|wrestle|row|"
    "paddle|sweep|scrub|rake|shovel>",
    "<throw|swing|hit|punch|kick|shoot>",
    "(the)? racket * <swing>",
    "~ (follow-through|stroke|forehand)",
    keep="loop",
    group="task",
    seconds=1.6,
    least=0.9,
    why=ARMS,
)
def swing(beat: Beat) -> Channels:
    """The shoulders wind up, sweep through and come back, again while there is time."""
    grip = min(1.2, beat.cue.amount) * plateau(beat.t, beat.start, beat.last, 0.35, 0.4)
    turn = 2 * np.pi * 0.62 * min(1.4, beat.cue.tempo) * (beat.t - beat.start)
    sweep = np.sin(turn) + 0.25 * np.sin(2 * turn)
    return {
        "torso_yaw": -6.0 * grip * sweep,
        "yaw": -3.0 * grip * sweep,
        "sway_x": -0.012 * grip * sweep,
        "roll": 2.0 * grip * np.cos(turn),
        "frown": 0.3 * grip,
        "lean": 0.015 * grip * np.sin(turn),
    }


@motion(
    "play-music",
    "<play> ~ (violin|cello|fiddle|guitar|piano|flute|trumpet|saxophone|drums|harp|keyboard|"
    "instrument|bass|accordion|harmonica|ukulele|music|song)",
    "<play> * (violin|cello|fiddle|guitar|piano|flute|trumpet|saxophone|drums|harp|keyboard|"
    "instrument)",
    "<strum|pluck>",
    "<conduct>",
    keep="loop",
    group="task",
    seconds=2.6,
    least=1.0,
    why=ARMS,
)
def play_music(beat: Beat) -> Channels:
    """Swaying with the phrases, head tilted to the sound."""
    grip = plateau(beat.t, beat.start, beat.last, 0.8, 0.7)
    sway = np.sin(2 * np.pi * 0.42 * beat.cue.tempo * (beat.t - beat.start))
    accent = wander(beat.t, 0.9, beat.rng)
    return {
        "roll": grip * (3.0 + 1.6 * sway),
        "sway_x": 0.01 * grip * sway,
        "pitch": grip * (2.5 + 1.4 * accent),
        "torso_yaw": 2.5 * grip * sway,
        "brow": 0.25 * grip * (1 + accent) / 2,
        "squint": 0.15 * grip,
    }


@motion(
    "photograph",
    "<photograph|film>",
    "<take> ~ * (photo|photos|picture|pictures|selfie|photograph)",
    "<capture|snap>",
    "<aim>",
    "<raise> ~ * (camera|telescope|binoculars)",
    "<focus> ~ camera",
    "<draw> ~ bowstring",
    keep="loop",
    group="task",
    seconds=1.8,
    least=0.8,
    why=ARMS,
)
def photograph(beat: Beat) -> Channels:
    """One long squint with a still, forward head."""
    grip = plateau(beat.t, beat.start, beat.last, 0.5, 0.5)
    return {
        "squint": 0.55 * grip,
        "frown": 0.2 * grip,
        "lean": 0.02 * grip,
        "roll": 1.5 * grip,
        "yaw": 0.8 * grip * wander(beat.t, 0.3, beat.rng),
    }
