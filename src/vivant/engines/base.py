"""The four roles of the method, as Protocols. No engine knows a gate or a budget.

An engine is made without loading a weight; its models are loaded when they are first needed and
stay until ``release``, so that a stage loads them once for all its work (see ``engines.lent``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import (
        DecoupledPrompt,
        EngineInfo,
        Face,
        Film,
        Footprint,
        Gender,
        Image,
        Keyframe,
        Length,
        Observer,
        Painting,
        Reference,
        Size,
        SpatialPrompt,
        TemporalPrompt,
    )


class Writer(Protocol):
    """Prompt → spatial and temporal prompt."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""

    def decouple(self, prompt: str, gender: Gender | None = None) -> DecoupledPrompt:
        """Split ``prompt``. ``gender`` is what is known of the person, None where nothing is.

        Raises PromptError for a prompt that is empty, too long or not text.
        """

    def release(self) -> None:
        """Let go of what the models hold; the next call loads them again."""


class Painter(Protocol):
    """Spatial prompt + identity + seed → picture."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""

    @property
    def steps(self) -> int:
        """How often ``paint`` calls ``watch.step``."""

    def check(self, size: Size) -> None:
        """Raise GeometryError for a size this painter can't make; loads no weight."""

    def paint(
        self,
        spatial: SpatialPrompt,
        reference: Reference,
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        """Paint the person of ``reference`` as ``spatial`` says; the seed is the only chance.

        The picture has exactly ``size``.
        """

    def release(self) -> None:
        """Let go of what the models hold; the next call loads them again."""


class Animator(Protocol):
    """Keyframe + temporal prompt + seed → frames."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""

    def steps(self, length: Length) -> int:
        """How often ``animate`` calls ``watch.step`` for a film of this length."""

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        """What a film of this size and length takes, the fastest way first; empty: next to nothing.

        ``info.footprints`` are those of the largest film.
        """

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError for a size or length this animator can't make; loads no weight."""

    def animate(
        self,
        keyframe: Keyframe,
        temporal: TemporalPrompt,
        length: Length,
        seed: int,
        watch: Observer,
    ) -> Film:
        """Move ``keyframe`` as ``temporal`` says; frame 0 is the keyframe."""

    def release(self) -> None:
        """Let go of what the models hold; the next call loads them again."""


class Eye(Protocol):
    """Picture → faces: box, landmarks, pose, embedding; and how far two faces are apart."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""

    @property
    def same_person(self) -> float:
        """The published distance below which two faces of this space are one person."""

    def look(self, image: Image) -> tuple[Face, ...]:
        """All faces, left to right, with landmarks and pose, without embeddings."""

    def embed(self, image: Image, face: Face) -> Face:
        """The same face with its embedding."""

    def distance(self, one: Face, other: Face) -> float:
        """Distance of two embedded faces; 0 is identical, lower is closer."""

    def track(self, frames: Sequence[Image] | Image) -> tuple[Face | None, ...]:
        """The main face of each frame, followed over time, without embeddings; None: no face."""

    def release(self) -> None:
        """Let go of what the models hold; the next call loads them again."""
