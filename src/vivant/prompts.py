"""The sentence as data: typed parts of the prompt, and the two halves it is decoupled into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Used: TypeAlias = "Mapping[str, Any]"
"""What an engine used beyond its settings, as plain JSON data, for the manifest: the scheduler and
its timesteps, where the model lived, what a step cache saved, why another writer stepped in."""

Gender = Literal["man", "woman", "person"]
PartKind = Literal[
    "subject", "appearance", "setting", "style", "framing", "pose", "prop",
    "action", "expression", "camera", "ambient",
    "sound", "glue",
]  # fmt: skip
SPATIAL_KINDS = ("subject", "appearance", "setting", "style", "framing", "pose", "prop")
TEMPORAL_KINDS = ("action", "expression", "camera", "ambient")


@dataclass(frozen=True)
class Part:
    """A typed piece of the user's prompt; ``prompt[start:end] == text``.

    ``who`` has, in a film of several people, the numbers of the references it speaks of, from 0;
    empty where it speaks of nobody in particular.
    """

    kind: PartKind
    text: str
    start: int
    end: int
    who: tuple[int, ...] = ()


@dataclass(frozen=True)
class Segment:
    """One stretch of a timeline prompt; ``end`` is None where the prompt leaves it open."""

    start: float
    end: float | None
    text: str


@dataclass(frozen=True)
class SpatialPrompt:
    """What the first frame shows."""

    text: str
    parts: tuple[Part, ...] = ()

    def of(self, *kinds: PartKind) -> str:
        """The words of these kinds, joined by commas; empty where there are none."""
        return ", ".join(p.text for p in self.parts if p.kind in kinds)


@dataclass(frozen=True)
class TemporalPrompt:
    """What moves. ``timeline`` is empty unless the prompt gave times."""

    text: str
    parts: tuple[Part, ...] = ()
    timeline: tuple[Segment, ...] = ()

    def of(self, *kinds: PartKind) -> str:
        """The words of these kinds, joined by commas; empty where there are none."""
        return ", ".join(p.text for p in self.parts if p.kind in kinds)


@dataclass(frozen=True)
class LeftOut:
    """Words of the prompt that go to no image model, and why."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class DecoupledPrompt:
    """The prompt split into space and time (the paper's section 3.1).

    Every word of ``prompt`` lies in a part of ``spatial``, a part of ``temporal`` or in
    ``left_out``; ``vivant.stages.decouple.check_coverage`` proves it. ``by_hand`` names the halves
    the user wrote.
    """

    prompt: str
    spatial: SpatialPrompt
    temporal: TemporalPrompt
    left_out: tuple[LeftOut, ...]
    gender: Gender
    writer: str
    by_hand: tuple[Literal["spatial", "temporal"], ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True)
class Unshown:
    """Words of a prompt that an engine could not show, and why."""

    text: str
    why: str
