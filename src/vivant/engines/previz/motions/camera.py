"""Camera moves. Each goes from the keyframe's own view, where all channels are zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import motion
from vivant.engines.previz.motions.ease import ease, pulse, wander

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vivant.engines.previz.motions.base import Beat, Channels
    from vivant.engines.previz.motions.ease import Curve


_WAY = np.linspace(0.0, 1.0, 257)
_SPEED = np.minimum(ease(_WAY / 0.3), ease((1 - _WAY) / 0.3))
_PATH = np.cumsum(_SPEED) - _SPEED / 2
_PATH = (_PATH - _PATH[0]) / (_PATH[-1] - _PATH[0])


def travel(beat: Beat) -> Curve:
    """0 to 1 over the beat: a soft start, an even middle, a soft end, like a dolly on rails."""
    span = max(0.5, beat.room / max(1.0, beat.cue.tempo))
    way: Curve = np.interp((beat.t - beat.start) / span, _WAY, _PATH)
    return way


def _size(beat: Beat) -> float:
    """How far: as asked, and less far where it is to go slowly in a short film."""
    pace = 0.8 if beat.cue.tempo < 1 else 1.15 if beat.cue.tempo > 1 else 1.0
    return min(1.3, beat.cue.amount) * pace * float(np.clip(beat.room / 3.0, 0.35, 1.0))


def _move(name: str, *says: str, to: Mapping[str, float], how: str = "") -> None:
    """Register a move that ends ``to`` these channel values and stays there."""

    @motion(name, *says, layer="camera", keep="hold", seconds=2.5, least=0.8, how=how)
    def play(beat: Beat) -> Channels:
        way = _size(beat) * travel(beat)
        return {channel: value * way for channel, value in to.items()}


_IN = "(in|inward|inwards|closer|forward|forwards)"
_OUT = "(out|outward|outwards|back|backward|backwards|away)"


def _moves(verbs: str, where: str) -> tuple[str, ...]:
    """The phrases of a move: "pans left", "panning slowly to the left", "left pan"."""
    return (f"<{verbs}> * {where}", f"{where} ({verbs})")


_move(
    "push-in",
    f"<push|dolly|move|creep|glide|ease|track|drift|inch> * {_IN}",
    "(push-in|dolly-in|dolly-ins)",
    "<close> in",
    "<approach>",
    f"<come|go|get> {_IN}",
    "<glide|move|drift> (toward|towards|into)",
    "<push|dolly> (toward|towards)",
    "(from|and)? * to (a)? close-up",
    to={"z": 0.26},
)
_move(
    "pull-back",
    f"<pull|dolly|move|glide|drift|track|retreat|ease|back> * {_OUT}",
    "(pull-back|pullback|dolly-out)",
    "<recede|retreat>",
    to={"z": -0.22},
)
_move(
    "zoom-in",
    "(zoom-in|crash zoom)",
    "<zoom> (on|onto|into)",
    f"<zoom> * {_IN}",
    "zoom",
    to={"zoom": 0.22},
)
_move("zoom-out", "zoom-out", f"<zoom> * {_OUT}", to={"zoom": -0.17})
_move("pan-left", *_moves("pan|sweep|swivel", "(left|leftward|leftwards)"), to={"pan": -4.5})
_move(
    "pan-right",
    *_moves("pan|sweep|swivel", "(right|rightward|rightwards)"),
    "<pan>",
    "<pan> (across|over|around|to)",
    to={"pan": 4.5},
)
_move("tilt-up", *_moves("tilt", "(up|upward|upwards)"), to={"tilt": 3.0})
_move("tilt-down", *_moves("tilt", "(down|downward|downwards)"), to={"tilt": -3.0})
_move(
    "track-left",
    *_moves("track|truck|slide|drift|dolly|move|glide|shift", "(left|leftward|leftwards)"),
    to={"x": -0.24},
)
_move(
    "track-right",
    *_moves("track|truck|slide|drift|dolly|move|glide|shift", "(right|rightward|rightwards)"),
    "<track|truck|slide> (sideways|laterally|alongside|past|along|across|through)?",
    "tracking shot",
    "<weave>",
    "<sweep> (past|through|over|across)",
    to={"x": 0.24},
)
_move(
    "crane-up",
    *_moves("crane|boom|pedestal|jib|rise|lift|ascend|move|float", "(up|upward|upwards)"),
    "<rise|ascend|lift>",
    "crane shot",
    to={"y": 0.17, "tilt": -1.6},
)
_move(
    "crane-down",
    *_moves("crane|boom|pedestal|jib|descend|lower|sink|move|drop", "(down|downward|downwards)"),
    "<descend|lower|sink>",
    to={"y": -0.17, "tilt": 1.6},
)
_move(
    "roll",
    "<roll>",
    "(dutch|canted|tilted) (angle|tilt|roll)",
    "<tilt> (sideways|sidewise)",
    "<rotate|spin> (slightly|clockwise)?",
    "dutch",
    to={"roll": 3.2},
)


@motion(
    "orbit",
    "<orbit|circle|arc|revolve|encircle>",
    "<orbit|circle|arc|rotate|move|spin|go|swing|sweep> around",
    "(orbit|arc|orbiting|360) shot",
    layer="camera",
    keep="hold",
    seconds=2.5,
    least=0.8,
    how="an arc of some degrees: a set seen from one side has no other",
)
def orbit(beat: Beat) -> Channels:
    """Sideways while the turn keeps the person in the middle; starts along the arc's middle."""
    side = float(beat.rng.choice((-1.0, 1.0)))
    words = beat.cue.text.lower()
    side = -1.0 if "left" in words else 1.0 if "right" in words else side
    way = _size(beat) * travel(beat)
    return {"x": 0.3 * side * way, "pan": -4.2 * side * way, "z": 0.03 * way}


@motion(
    "whip-pan",
    "whip pan",
    "<whip>",
    "<whip> (pan|around|after|to|left|right)",
    "(swish|whip) (pan|pans)",
    "<snap> (to|left|right)",
    layer="camera",
    seconds=0.9,
    least=0.6,
    how="a fast turn out and back: the person stays in the film",
)
def whip_pan(beat: Beat) -> Channels:
    """Out and back within a second."""
    side = -1.0 if "left" in beat.cue.text.lower() else 1.0
    return {"pan": 5.6 * side * pulse(beat.t, beat.start, max(0.7, beat.within(0.9)))}


@motion(
    "handheld",
    "(handheld|hand-held)",
    "(handheld|hand-held) (camera|shot|feel|wobble|movement|shake)?",
    "(shaky|wobbly|unsteady)",
    "<shake|wobble|jitter|tremble|sway>",
    "(wobble|shake)",
    layer="camera",
    keep="loop",
    group="rig",
    seconds=2.5,
    least=0.3,
)
def handheld(beat: Beat) -> Channels:
    """A breathing shoulder: slow drift with small corrections."""
    grip = beat.cue.amount * ease((beat.t - beat.start) / 0.7)
    rng = beat.rng
    return {
        "x": 0.022 * grip * wander(beat.t, 0.45, rng, octaves=4),
        "y": 0.018 * grip * wander(beat.t, 0.55, rng, octaves=4),
        "pan": 0.55 * grip * wander(beat.t, 0.5, rng, octaves=4),
        "tilt": 0.45 * grip * wander(beat.t, 0.6, rng, octaves=4),
        "roll": 0.55 * grip * wander(beat.t, 0.35, rng),
    }


@motion(
    "follow",
    "<follow|accompany>",
    "<track> (him|her|them|with|behind|alongside|beside|after)",
    "<track>",
    "<keep> (pace|up)",
    "gimbal shot",
    layer="camera",
    keep="loop",
    group="",
    seconds=2.5,
    least=0.5,
    how="the person stays in the middle: the set drifts behind with the gait of the one who films",
)
def follow(beat: Beat) -> Channels:
    """A slow drift with the small swing of steps."""
    grip = ease((beat.t - beat.start) / 0.8)
    steps = np.pi * 1.8 * (beat.t - beat.start)
    return {
        "x": grip * (0.05 * wander(beat.t, 0.15, beat.rng)),
        "z": 0.08 * _size(beat) * travel(beat),
        "y": 0.006 * grip * (np.sin(steps) ** 2 - 0.5),
    }


@motion(
    "static",
    "(static|locked|fixed|stationary|locked-off|still|steady|unmoving|motionless|tripod)",
    "(static|locked|fixed|stationary|locked-off|still|steady) (camera|shot|frame|view|angle)",
    "<stay|remain|hold|be|keep> (static|still|fixed|steady|locked|stationary)",
    "(no|without) * (movement|movements|motion|move|change|cuts)",
    "never <move>",
    "<do> not <move>",
    "continuous shot (without cuts)?",
    "(continuous|single|unbroken) (shot|take)",
    "<hold>",
    "without cuts",
    layer="camera",
    keep="loop",
    group="rig",
    seconds=1.0,
    least=0.1,
)
def static(beat: Beat) -> Channels:
    """The keyframe's own view throughout."""
    return {"x": np.zeros_like(beat.t)}


UNSHOWN_MOVES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda text: "focus" in text, "the depth of field is part of the set and does not change"),
    (
        lambda text: "slow motion" in text or "slow-motion" in text or "slo-mo" in text,
        "the film runs at natural speed",
    ),
    (lambda text: "time-lapse" in text or "timelapse" in text, "the film runs at natural speed"),
    (
        lambda text: "cut" in text or "view" in text or "close" in text,
        "the film is one shot in the keyframe's framing",
    ),
)
"""What a set seen once can't do: does the phrase ask for it → why not."""
