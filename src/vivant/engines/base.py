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
        Length,
        Observer,
        Painting,
        Reach,
        Reference,
        Shot,
        Size,
        SpatialPrompt,
    )


class Writer(Protocol):
    """Prompt → spatial and temporal prompt."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""

    def decouple(
        self, prompt: str, gender: Gender | None = None, people: int = 1
    ) -> DecoupledPrompt:
        """Split ``prompt``. ``gender`` is what is known of the person, None where nothing is.

        ``people`` are in the film, at least one: the first that the prompt names, in its order.
        Everybody else in it is a bystander.
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

    @property
    def people(self) -> int:
        """How many references it can take; at least one."""

    def check(self, size: Size) -> None:
        """Raise GeometryError for a size this painter can't make; loads no weight."""

    def paint(
        self,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        """Paint the people of ``references`` as ``spatial`` says; the seed is the only chance.

        The picture has exactly ``size``. ``references`` are one to ``people``.
        """

    def reanchor(
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> Painting | None:
        """``picture`` again, in place and pose, with the faces of ``references``; same size.

        None where this painter can't do that to this picture. It tells ``watch`` of each of its
        steps, about as many as ``paint`` has.
        """

    def release(self) -> None:
        """Let go of what the models hold; the next call loads them again."""


class Animator(Protocol):
    """Keyframe + temporal prompt + seed → frames."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""

    @property
    def reach(self) -> Reach:
        """What one call can do about time."""

    def steps(self, length: Length) -> int:
        """How often ``animate`` calls ``watch.step`` for a film of this length."""

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        """What a film of this size and length takes, the fastest way first; empty: next to nothing.

        ``info.footprints`` are those of the largest film.
        """

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError for a size or length this animator can't make; loads no weight."""

    def read(self, texts: Sequence[str]) -> None:
        """Read the prompts of shots to come at once, so that a text encoder is loaded once."""

    def animate(self, shot: Shot, watch: Observer) -> Film:
        """Make ``shot``: exactly ``shot.length.frames`` frames, the first of them its start."""

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

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        """The main face of each frame, followed over time, without embeddings; None: no face.

        ``start`` is a face of the first frame that is to be followed instead of the largest.
        """

    def release(self) -> None:
        """Let go of what the models hold; the next call loads them again."""
