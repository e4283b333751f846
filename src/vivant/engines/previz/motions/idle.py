"""What a living person does unasked: breath, blinks, small saccades, sway. Nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz.motions.ease import plateau, pulse, rise, wander

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Channels
    from vivant.engines.previz.motions.ease import Curve

BLINK_SECONDS = 0.28
"""Down and up. Source: median of spontaneous blinks, K.-A. Kwon and others, 2013: 0.2 to 0.4 s."""


@dataclass(frozen=True)
class Life:
    """How much of each there is; a prompt that says "never blinks" takes the blinks away."""

    blinks: bool = True
    saccades: bool = True
    sway: float = 1.0


def _blinks(t: Curve, rng: np.random.Generator) -> Curve:
    """Every two to five seconds, now and then a double one. The first is not in the first half."""
    shut: Curve = np.zeros_like(t)
    at = rng.uniform(0.7, 1.8)
    while at < t[-1] - 0.3:
        shut = np.maximum(shut, pulse(t, at, BLINK_SECONDS))
        at += 0.42 if rng.random() < 0.1 else rng.uniform(1.9, 4.6)
    return shut


def _saccades(t: Curve, rng: np.random.Generator) -> tuple[Curve, Curve]:
    """Jumps of the gaze within a fifth of its range, with rests of half a second and more."""
    x: Curve = np.zeros_like(t)
    y: Curve = np.zeros_like(t)
    here = (0.0, 0.0)
    at = rng.uniform(0.5, 1.0)
    while at < t[-1]:
        home = rng.random() < 0.45
        there = (0.0, 0.0) if home else (rng.uniform(-0.2, 0.2), rng.uniform(-0.1, 0.08))
        jump = rise(t, at, 0.09)
        x += (there[0] - here[0]) * jump
        y += (there[1] - here[1]) * jump
        here = there
        at += rng.uniform(0.55, 1.6)
    return x, y


def idle(t: Curve, rng: np.random.Generator, life: Life, steady: Curve) -> Channels:
    """The channels of rest; all are zero at the first frame.

    ``steady`` is 0 to 1 per frame: where it is 1 the gaze is held and makes no saccade.
    """
    fade = rise(t, 0.0, 0.9)
    rate = rng.uniform(0.23, 0.28)
    cycle = 2 * np.pi * rate * t
    # In takes two fifths of a breath, out three: the second harmonic leans the sine forward.
    breath = fade * (np.sin(cycle) + 0.18 * np.sin(2 * cycle))
    slow = [wander(t, hertz, rng) for hertz in (0.15, 0.19, 0.17, 0.13, 0.21)]
    x, y = _saccades(t, rng)
    calm = plateau(t, -1.0, np.inf, 0.5, 0.5) - steady
    sway = life.sway * fade
    gaze = calm if life.saccades else np.zeros_like(t)
    return {
        "breath": 0.5 * breath,
        "sway_y": -0.0018 * breath,
        "sway_x": 0.004 * sway * slow[0],
        "yaw": 0.8 * sway * slow[1],
        "pitch": 0.5 * sway * slow[2] - 0.15 * breath,
        "roll": 0.6 * sway * slow[3],
        "torso_yaw": 0.5 * sway * slow[4],
        "gaze_x": x * gaze,
        "gaze_y": y * gaze,
        "blink": _blinks(t, rng) if life.blinks else np.zeros_like(t),
    }
