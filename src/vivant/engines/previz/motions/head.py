"""Where the head and the eyes go. Eyes lead, the head follows, the shoulders come last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.base import Beat, motion
from vivant.engines.previz.motions.ease import held, plateau, pulse

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Channels
    from vivant.engines.previz.motions.ease import Curve, held

SACCADE = 0.12
"""Seconds an eye takes to a new target."""
HEAD_LATE = 0.09
"""Seconds by which the head follows the eyes."""
LIDS = 0.35
"""How far the lids are closed over eyes that look down."""


def aim(
    beat: Beat,
    yaw: float = 0.0,
    pitch: float = 0.0,
    roll: float = 0.0,
    *,
    eyes: float = 1.0,
    shoulders: float = 0.35,
    until: float | None = None,
    seconds: float = 0.95,
    home: float | None = None,
) -> dict[str, Curve]:
    """Point the head there (degrees) and hold it to ``until``, by default the beat's own.

    It gets there in ``seconds``, sooner where the beat is shorter, and ``home`` again in so many.
    """
    stop = beat.until if until is None else until
    seconds = max(0.35, min(beat.within(seconds), beat.room - HEAD_LATE))
    size = min(beat.cue.amount, 1.25)
    way = held(beat.t, beat.start + HEAD_LATE, stop, seconds, home)
    head = size * way
    saccade = 1.5 * SACCADE
    jump = plateau(beat.t, beat.start, stop + saccade, saccade, saccade)
    # On the way the eyes are ahead of the head; on arrival they have swung most of the way back.
    lead = eyes * (jump - 0.55 * way)
    body = size * held(beat.t, beat.start + 0.3, stop, 1.3 * seconds)
    channels = {
        "yaw": yaw * head,
        "pitch": pitch * head,
        "roll": (roll + 0.12 * yaw) * head,
        "gaze_x": float(np.clip(yaw / 9, -1, 1)) * lead,
        "gaze_y": float(np.clip(pitch / 8, -1, 1)) * lead,
        "torso_yaw": shoulders * yaw * body,
    }
    if pitch > 0:
        # The upper lids follow the eyes down; without them a bowed head still looks at the camera.
        channels["blink"] = min(1.0, pitch / 8) * LIDS * way
    if abs(yaw) > 5:
        turning = 0.85 * pulse(beat.t, beat.start + 0.06, 0.3)
        channels["blink"] = np.maximum(channels.get("blink", 0.0), turning)
    return channels


def _aimed(
    name: str,
    *says: str,
    yaw: float = 0.0,
    pitch: float = 0.0,
    roll: float = 0.0,
    eyes: float = 1.0,
    why: str = "",
    group: str = "head",
) -> None:
    """Register a motion that points the head somewhere and stays there."""

    @motion(name, *says, keep="hold", group=group, seconds=1.0, least=0.5, why=why)
    def play(beat: Beat) -> Channels:
        return aim(beat, yaw, pitch, roll, eyes=eyes)


_TURN = "<turn|rotate|swivel|twist|pivot|spin>"
_LOOK = "<look|gaze|peer|stare|face>"
_LEFT = "(to the|toward the|towards the|to|on the) left"
_RIGHT = "(to the|toward the|towards the|to|on the) right"
_SHIFT = "<dart|flick|shift|move|drift|wander|turn|go|slide>"
_HERS = "(to|toward|towards|over) (his|her|their) (own)?"

_aimed(
    "turn-left",
    f"{_TURN} {_LEFT}",
    f"{_TURN} left",
    f"{_TURN} ~ head {_LEFT}",
    f"{_TURN} ~ head left",
    f"{_TURN} (to|toward|towards) (his|her|their) right",
    yaw=-9.0,
)
_aimed(
    "turn-right",
    f"{_TURN} {_RIGHT}",
    f"{_TURN} right",
    f"{_TURN} ~ head {_RIGHT}",
    f"{_TURN} ~ head right",
    f"{_TURN} (to|toward|towards) (his|her|their) left",
    yaw=9.0,
)
_aimed(
    "look-left",
    f"{_LOOK} {_LEFT}",
    f"{_LOOK} left",
    f"{_LOOK} * {_LEFT}",
    f"eyes {_SHIFT} * left",
    f"{_LOOK} (to|toward|towards) (his|her|their) right",
    yaw=-6.5,
    eyes=1.2,
)
_aimed(
    "look-right",
    f"{_LOOK} {_RIGHT}",
    f"{_LOOK} right",
    f"{_LOOK} * {_RIGHT}",
    f"eyes {_SHIFT} * right",
    f"{_LOOK} (to|toward|towards) (his|her|their) left",
    yaw=6.5,
    eyes=1.2,
)
_aimed(
    "look-up",
    f"{_LOOK} (up|upward|upwards|skyward|skywards)",
    f"{_LOOK} (at|to|toward|towards|into) the (sky|ceiling|stars|heavens|clouds|moon)",
    "<raise|lift> ~ (head|chin|face|gaze|eyes)",
    "<tilt|throw> ~ (head|face) (up|upward|upwards)",
    "<roll> ~ eyes",
    "(eyes|gaze|chin|head) <lift|rise>",
    pitch=-7.5,
)
_aimed(
    "look-down",
    f"{_LOOK} (down|downward|downwards)",
    f"{_LOOK} (at|to|toward|towards) the (ground|floor)",
    "<lower|drop|hang> ~ (head|chin|face|gaze|eyes)",
    "<tilt> ~ head (down|downward|downwards)",
    "<cast> ~ (eyes|gaze) down",
    "(eyes|gaze|chin|head) <drop|sink|lower|fall>",
    pitch=7.5,
)
_aimed(
    "look-away",
    "<look|glance|turn|gaze> away",
    "<avert> ~ (eyes|gaze|face)",
    "<turn> ~ (head|face|back) away",
    yaw=8.0,
    pitch=1.5,
)
_aimed(
    "tilt-head",
    "<tilt|cock|incline> ~ head",
    "<tilt|cock> ~ head (to one side|sideways)",
    f"<tilt|cock|lean> ~ head {_LEFT}",
    roll=-6.0,
    yaw=-1.5,
    eyes=0.0,
    group="tilt",
)
_aimed(
    "tilt-head-right",
    f"<tilt|cock|lean> ~ head {_RIGHT}",
    roll=6.0,
    yaw=1.5,
    eyes=0.0,
    group="tilt",
)
_aimed(
    "look-back",
    "<look|glance|turn|gaze> back",
    f"<look|glance|turn|gaze> * {_HERS} shoulder",
    f"<look|glance|turn|gaze> back {_HERS} shoulder",
    "<look|glance|turn|gaze> behind * (him|her|them)",
    yaw=11.0,
    pitch=1.0,
    eyes=1.3,
    why="the head turns at most 12 degrees: shown as far to the side as it goes",
)


@motion(
    "turn-to-camera",
    f"{_TURN} * (to|toward|towards) * (camera|lens|viewer|audience)",
    f"{_TURN} ~ (head|face|gaze) * (to|toward|towards) * (camera|lens|viewer|audience)",
    "<face> ~ (camera|lens|viewer|audience)",
    "<turn> to face ~ (camera|lens|viewer)",
    keep="hold",
    group="head",
    seconds=1.9,
    least=1.0,
    how="the film begins facing as in the photo: turns a little away first, then back",
)
def turn_to_camera(beat: Beat) -> Channels:
    """Come back to the photo's own direction; from rest, that needs a turn away first."""
    if beat.before:
        return {"blink": 0.8 * pulse(beat.t, beat.start + 0.05, 0.3)}
    side = float(beat.rng.choice((-1.0, 1.0)))
    span = max(1.0, beat.within(1.9))
    there, back = 0.42 * span, 0.45 * span
    away = beat.start + span - back
    return aim(beat, yaw=side * 8.0, pitch=1.0, until=away, seconds=there, home=back)


@motion(
    "look-at-camera",
    "<look|gaze|stare|glance|peer> * (at|into|to|toward|towards) * (camera|lens|viewer|audience)",
    "<meet> * (gaze|eyes)",
    "<make> eye contact",
    "<lock> eyes",
    "<hold> ~ gaze",
    "<look> (straight|directly|right) * (camera|lens|ahead)",
    "<look> ahead",
    keep="hold",
    group="head",
    seconds=1.0,
    least=0.5,
    how="looks out of the picture as the photo does, with a steady gaze",
)
def look_at_camera(beat: Beat) -> Channels:
    """Back to the photo's own gaze with a small settling of head and brows."""
    steady = plateau(beat.t, beat.start, beat.until, 0.5, 0.5)
    return {"pitch": -0.8 * steady, "brow": 0.12 * steady}


@motion(
    "turn",
    "<turn|pivot|swivel>",
    "<turn|rotate|swivel> ~ (head|face|body)",
    "head <turn|swivel>",
    keep="hold",
    group="head",
    seconds=1.0,
    least=0.5,
)
def turn(beat: Beat) -> Channels:
    """To one side or the other, where the words do not say which."""
    return aim(beat, yaw=8.0 * float(beat.rng.choice((-1.0, 1.0))))


@motion(
    "stare",
    "<stare|gaze|peer>",
    "<stare|gaze> * (distance|horizon|space|void)",
    "<fix> ~ (eyes|gaze)",
    "<watch|observe|see|notice|spot>",
    "<look>",
    "<look> on",
    "<look> intently",
    keep="hold",
    group="head",
    seconds=1.2,
    least=0.5,
    how="a steady gaze in the photo's own direction",
)
def stare(beat: Beat) -> Channels:
    """A hold of the eyes; see ``idle`` for the missing saccades."""
    steady = plateau(beat.t, beat.start, beat.until, 0.6, 0.6)
    return {"squint": 0.12 * steady, "pitch": -0.6 * steady}


@motion(
    "look-at-other",
    keep="hold",
    group="head",
    seconds=1.0,
    least=0.5,
    how="turns to where the other person of the film stands, as far as the head goes",
)
def look_at_other(beat: Beat) -> Channels:
    """Between two people only: ``casting`` asks for it where the words name the other one.

    Nobody turns at the very same moment as the other.
    """
    later = beat.start + beat.rng.uniform(0.0, 0.3) * min(1.0, beat.room)
    return aim(replace(beat, start=later), yaw=9.0 * beat.beside, eyes=1.3)


def _glance(beat: Beat, yaw: float, pitch: float) -> Channels:
    span = beat.within(1.2)
    there, back = 0.42 * span, 0.38 * span
    stay = beat.start + span - back
    return aim(beat, yaw, pitch, eyes=1.5, shoulders=0.1, until=stay, seconds=there, home=back)


@motion(
    "glance",
    "<glance|peek|look> (sideways|aside|sidelong)",
    "<glance|peek>",
    "<steal> ~ (glance|look)",
    "<take|shoot|throw> * (glance|look)",
    "<glance> off screen",
    "<cast> ~ glance",
    "<glance> (to the)? (left|right)?",
    seconds=1.3,
    least=0.7,
)
def glance(beat: Beat) -> Channels:
    """The eyes dart to one side, the head barely follows."""
    right = "right" in beat.cue.text.lower().split()
    left = "left" in beat.cue.text.lower().split()
    side = 1.0 if right else -1.0 if left else float(beat.rng.choice((-1.0, 1.0)))
    return _glance(beat, 4.0 * side, 0.5)


@motion(
    "glance-at-other",
    seconds=1.3,
    least=0.7,
    how="the eyes dart to where the other person of the film stands",
)
def glance_at_other(beat: Beat) -> Channels:
    """Between two people only: ``casting`` asks for it where the words name the other one."""
    return _glance(beat, 5.0 * beat.beside, 0.3)


@motion(
    "glance-down",
    "<glance|peek> (down|downward|downwards)",
    "<check> ~ (watch|phone)",
    "<glance|look> at (his|her|their) (watch|phone|notes|hands|wrist|feet)",
    seconds=1.3,
    least=0.7,
)
def glance_down(beat: Beat) -> Channels:
    """The eyes go down and come back."""
    return _glance(beat, 0.8, 4.5)


@motion("glance-up", "<glance|peek> (up|upward|upwards)", seconds=1.3, least=0.7)
def glance_up(beat: Beat) -> Channels:
    """The eyes go up and come back."""
    return _glance(beat, 0.5, -4.5)


@motion(
    "look-around",
    "<look|glance|gaze|peer|turn> (around|about)",
    "<look|glance> from side to side",
    "<look|glance> (left and right|back and forth|left and then right|in all directions)",
    "<scan|survey|search> ~ * (room|horizon|crowd|scene|area|surroundings|sky|street|distance)",
    "<scan|survey|search>",
    "<take> in ~ (scene|view|surroundings|room)",
    "<admire> ~ view",
    "<explore>",
    "<inspect> ~ (surroundings|room|area)",
    seconds=3.0,
    least=1.6,
)
def look_around(beat: Beat) -> Channels:
    """To one side, to the other, and home."""
    span = max(1.6, beat.within(3.0))
    leg = 0.28 * span
    side = float(beat.rng.choice((-1.0, 1.0)))
    there = beat.start + 0.36 * span
    first = aim(beat, 7.5 * side, -1.0, eyes=1.2, until=there, seconds=leg, home=leg)
    second = aim(
        Beat(beat.t, there, beat.end, beat.until, beat.cue, beat.rng),
        -7.0 * side,
        0.5,
        eyes=1.2,
        until=beat.start + 0.7 * span,
        seconds=leg,
        home=leg,
    )
    return {name: first[name] + second[name] for name in first}
