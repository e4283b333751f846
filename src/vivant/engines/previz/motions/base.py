"""What a motion is: one named row that reads phrases and plays channels; and their registry."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from vivant.engines.previz.motions.words import phrase

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    import numpy as np

    from vivant.engines.previz.motions.ease import Curve

Layer: TypeAlias = Literal["figure", "camera", "effects"]
Keep: TypeAlias = Literal["event", "hold", "loop"]
Channels: TypeAlias = "Mapping[str, Curve]"

HANDS = "hands are not in the picture: shown as a downward look and small head motion"
LEGS = "only head and shoulders are in the picture: shown as the bob and sway of the body"
ARMS = "arms are not in the picture: shown as head and shoulders following them"


@dataclass(frozen=True)
class Cue:
    """One motion asked for by the words ``text``."""

    motion: str
    text: str
    tempo: float = 1.0
    """Factor on the speed."""
    amount: float = 1.0
    """Factor on the size."""
    repeats: int | None = None
    begins: bool = False
    """The words say that it sets in during the film."""


@dataclass(frozen=True, eq=False)
class Beat:
    """One cue in its place on the film's time line; all times in seconds.

    ``t`` is the time of each frame. The motion sets in at ``start`` and has until ``end`` for its
    action; what it holds, it holds until ``until``, which is infinite where nothing follows.
    ``before`` is the motion of the same group that this one takes over from, or empty. ``beside``
    is where the other person of the film stands: -1 left, 1 right, less where the photo's head is
    turned there already, 0 where there is none.
    """

    t: Curve
    start: float
    end: float
    until: float
    cue: Cue
    rng: np.random.Generator
    before: str = ""
    beside: float = 0.0

    @property
    def room(self) -> float:
        """Seconds that the beat has."""
        return self.end - self.start

    @property
    def last(self) -> float:
        """Where a loop stops: the end of the beat, or what takes over."""
        return min(self.until, max(self.end, self.start + 0.2))

    def within(self, seconds: float) -> float:
        """``seconds`` at the cue's tempo, no longer than the beat has room for."""
        return min(seconds / self.cue.tempo, self.room)


@dataclass(frozen=True)
class Motion:
    """One row of the registry."""

    name: str
    layer: Layer
    play: Callable[[Beat], Channels]
    says: tuple[re.Pattern[str], ...]
    """Phrases that ask for it anywhere."""
    bare: tuple[re.Pattern[str], ...]
    """Phrases that ask for it only where the words are known to be about the surroundings."""
    seconds: float
    """How long it takes at its natural speed."""
    least: float
    """The shortest it can be played without looking wrong, in seconds."""
    keep: Keep
    """event: over after ``seconds``; hold: stays; loop: goes on to the end of its beat."""
    group: str
    """Motions of one group exclude one another; empty: goes with everything."""
    why: str
    """What of it is not shown, and why; empty where it is shown as asked."""
    how: str
    """How it is shown where that differs from the plain reading; empty otherwise."""


MOTIONS: dict[str, Motion] = {}
"""All motions by name."""


def motion(
    name: str,
    *says: str,
    layer: Layer = "figure",
    bare: tuple[str, ...] = (),
    seconds: float = 1.2,
    least: float = 0.5,
    keep: Keep = "event",
    group: str = "",
    why: str = "",
    how: str = "",
) -> Callable[[Callable[[Beat], Channels]], Callable[[Beat], Channels]]:
    """Register the decorated function under ``name``; ``says`` are phrase templates."""
    if name in MOTIONS:
        raise ValueError(f"Two motions are called {name!r}; a name must be one motion.")
    if not 0 < least <= seconds or not math.isfinite(seconds):
        raise ValueError(f"Motion {name!r}: 0 < least <= seconds < inf, not {least}, {seconds}.")

    def enter(play: Callable[[Beat], Channels]) -> Callable[[Beat], Channels]:
        read, only = tuple(map(phrase, says)), tuple(map(phrase, bare))
        MOTIONS[name] = Motion(name, layer, play, read, only, seconds, least, keep, group, why, how)
        return play

    return enter
