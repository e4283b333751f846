"""The shapes that motion is made of: pure functions of time, smooth to the second derivative.

``t`` is seconds, shape ``(n,)``; so is every result. Sources: T. Flash and N. Hogan, "The
coordination of arm movements", 1985, for the minimum-jerk profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

Curve: TypeAlias = NDArray[np.float64]


def ease(x: Curve) -> Curve:
    """Minimum jerk from 0 at ``x <= 0`` to 1 at ``x >= 1``; its steepest slope is 1.875."""
    u = np.clip(x, 0.0, 1.0)
    smooth: Curve = u * u * u * (u * (6.0 * u - 15.0) + 10.0)
    return smooth


def rise(t: Curve, start: float, seconds: float) -> Curve:
    """0 before ``start``, 1 from ``start + seconds`` on."""
    return ease((t - start) / seconds)


def settle(t: Curve, start: float, seconds: float) -> Curve:
    """``rise`` as muscles do it, with a small overshoot."""
    return rise(t, start, seconds) + 0.05 * pulse(t, start + 0.7 * seconds, 0.9 * seconds)


def pulse(t: Curve, start: float, seconds: float) -> Curve:
    """Up to 1 and back to 0 within ``seconds``."""
    half = seconds / 2
    return rise(t, start, half) - rise(t, start + half, half)


def plateau(t: Curve, start: float, end: float, attack: float, release: float) -> Curve:
    """Up from ``start`` within ``attack``, down to 0 by ``end`` within ``release``.

    ``end`` may be infinite. Where the two overlap, the top is cut, never the continuity.
    """
    if not np.isfinite(end):
        return rise(t, start, attack)
    return rise(t, start, attack) * (1.0 - rise(t, end - release, release))


def held(t: Curve, start: float, until: float, seconds: float, home: float | None = None) -> Curve:
    """``settle`` to 1, stay, and go home from ``until`` on, which may be infinite."""
    return settle(t, start, seconds) * (1.0 - rise(t, until, home or max(seconds, 0.5)))


def pulses(t: Curve, beats: Iterable[tuple[float, float, float]]) -> Curve:
    """The sum of pulses given as (start, seconds, height)."""
    total = np.zeros_like(t)
    for start, seconds, height in beats:
        total += height * pulse(t, start, seconds)
    return total


def wander(t: Curve, hertz: float, rng: np.random.Generator, octaves: int = 3) -> Curve:
    """Layered slow sines of random phase within -1 and 1; ``hertz`` is the slowest."""
    total = np.zeros_like(t)
    weight = 0.0
    for octave in range(octaves):
        share = 0.55**octave
        rate = hertz * 1.83**octave * (0.9 + 0.2 * rng.random())
        total += share * np.sin(2 * np.pi * (rate * t + rng.random()))
        weight += share
    return total / weight


def late(t: Curve, curve: Curve, seconds: float) -> Curve:
    """The same curve, ``seconds`` later."""
    delayed: Curve = np.interp(t - seconds, t, curve)
    return delayed
