"""Engines small enough to reason about: a "face" is a square whose colour is its identity.

They implement the real Protocols on real pixels, so a test of a stage's policy can say exactly how
far apart two people are: the distance is the difference of their red channels, over 255.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import numpy as np

from vivant.engines import Engines
from vivant.recipe import PREVIZ, KeyframePolicy, VerifyPolicy
from vivant.seeds import Seeds
from vivant.stages.keyframe import paint
from vivant.stages.motion import animate
from vivant.stages.verify import verify
from vivant.types import (
    Box,
    DecoupledPrompt,
    EngineInfo,
    Face,
    Film,
    Footprint,
    FrameRule,
    Gender,
    Image,
    Keyframe,
    Length,
    Observer,
    Painting,
    Part,
    Pose,
    Reach,
    Reference,
    Request,
    Shot,
    Silent,
    Size,
    SpatialPrompt,
    Take,
    TemporalPrompt,
    Unshown,
)

GREEN = 200
"""The green of every face; the background has none."""


def picture(size: Size, red: int | None, at: int = 0) -> Image:
    """A dark picture with a face square of this red at its middle, moved right by ``at`` pixels."""
    image = np.zeros((size.height, size.width, 3), np.uint8)
    if red is not None:
        y, x, half = size.height // 2, size.width // 2 + at, min(size.width, size.height) // 4
        image[y - half : y + half, x - half : x + half] = (red, GREEN, 0)
    return image


def info(name: str) -> EngineInfo:
    return EngineInfo(name, "1", "Apache-2.0", (), ("numpy", "no-such-package"))


@dataclass(frozen=True)
class SquareEye:
    """Finds the square; its red is the embedding."""

    same_person: float = 0.6
    info: EngineInfo = field(default_factory=lambda: info("square"))

    def look(self, image: Image) -> tuple[Face, ...]:
        ys, xs = np.nonzero(image[..., 1] > GREEN // 2)
        if not len(ys):
            return ()
        box = Box(float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
        corners = np.array([[box.x0, box.y0], [box.x1, box.y1]], np.float32)
        return (Face(box, corners, Pose(0.0, 0.0, 0.0), 1.0),)

    def embed(self, image: Image, face: Face) -> Face:
        x, y = (int(v) for v in face.box.centre)
        red = np.array([image[y, x, 0] / 255], np.float32)
        return Face(face.box, face.landmarks, face.pose, face.confidence, red)

    def distance(self, one: Face, other: Face) -> float:
        assert one.embedding is not None and other.embedding is not None
        return float(np.abs(one.embedding - other.embedding).sum())

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        del start
        return tuple(next(iter(self.look(cast("Image", frame))), None) for frame in frames)

    def release(self) -> None:
        pass


@dataclass
class SquarePainter:
    """Paints one of ``reds`` after the other; None is a faceless picture."""

    reds: Sequence[int | None]
    seeds: list[int] = field(default_factory=list)
    info: EngineInfo = field(default_factory=lambda: info("square painter"))
    steps: int = 1
    released: int = 0
    people: int = 1

    def release(self) -> None:
        self.released += 1

    def check(self, size: Size) -> None:
        del size

    def reanchor(
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> None:
        del picture, spatial, references, seed, watch

    def paint(
        self,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        del references
        watch.step()
        self.seeds.append(seed)
        red = self.reds[len(self.seeds) - 1]
        return Painting(picture(size, red), (Unshown(spatial.text, "a square has no place"),))


@dataclass(frozen=True)
class SquareAnimator:
    """Moves the keyframe's square one pixel a frame; ``lost`` frames show nobody."""

    lost: tuple[int, ...] = ()
    extra: int = 0
    info: EngineInfo = field(default_factory=lambda: info("square animator"))

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        del size, length
        return ()

    def steps(self, length: Length) -> int:
        return length.frames

    def release(self) -> None:
        pass

    def check(self, size: Size, length: Length) -> None:
        del size, length

    @property
    def reach(self) -> Reach:
        return Reach(FrameRule(1, 0, 1, 720, "squares are small"), timeline=True, repeats=0)

    def read(self, texts: Sequence[str]) -> None:
        del texts

    def animate(self, shot: Shot, watch: Observer) -> Film:
        length, seed = shot.length, shot.seed
        frames = np.stack([np.roll(shot.keyframe.image, n, 1) for n in range(length.frames)])
        for number in self.lost:
            frames[number] = 0
        for _ in range(length.frames):
            watch.step()
        frames = np.concatenate([frames, frames[: self.extra]])
        return Film(frames, length.fps, seed)


@dataclass(frozen=True)
class HalfWriter:
    """The first word is what is seen, the rest is what moves."""

    info: EngineInfo = field(default_factory=lambda: info("half"))

    def decouple(
        self, prompt: str, gender: Gender | None = None, people: int = 1
    ) -> DecoupledPrompt:
        del people
        first, _, rest = prompt.partition(" ")
        return DecoupledPrompt(
            prompt,
            SpatialPrompt(first, (Part("subject", first, 0, len(first)),)),
            TemporalPrompt(rest, (Part("action", rest, len(first) + 1, len(prompt)),)),
            (),
            gender or "person",
            "half",
        )

    def release(self) -> None:
        pass


def shot(keyframe: Keyframe, text: str, length: Length, seed: int) -> Shot:
    """The only shot of a film."""
    return Shot(keyframe, TemporalPrompt(text), length, seed, length)


def reference(red: int = 100) -> Reference:
    size = Size(64, 64)
    eye, image = SquareEye(), picture(size, red)
    return Reference(image, eye.embed(image, eye.look(image)[0]), "0" * 64)


def take(red: int = 100, seed: int = 3) -> Take:
    """A whole take of six small frames, made by the real stages."""
    seeds, watch, eye = Seeds(seed), Silent(), SquareEye()
    recipe = replace(PREVIZ, size=Size(64, 64), keyframe=KeyframePolicy(1, 1.0))
    who = reference(100)
    prompt = HalfWriter().decouple("beach walks")
    painter = SquarePainter([red])
    engines = Engines(HalfWriter(), painter, SquareAnimator(), eye)
    keyframe = paint(
        prompt.spatial, (who,), painter, eye, recipe.keyframe, recipe.size, seeds, watch
    )
    film = animate(keyframe, prompt.temporal, Length(6, 3), engines, recipe.motion, seeds, watch)
    verdict = verify(film, (who,), eye, VerifyPolicy(2, 0.2, 0.9), watch)
    request = Request("me.png", "beach walks", recipe, seed)
    infos = {"painter": painter.info, "eye": eye.info}
    return Take(request, recipe, (who,), prompt, keyframe, film, verdict, {"motion": 0.5}, infos)


@dataclass
class Watcher:
    """Remembers what it was told; cancels at the step ``stop``, counted over all stages."""

    stop: int | None = None
    said: list[str] = field(default_factory=list)
    steps: int = 0

    def begin(self, stage: str, steps: int) -> None:
        self.said.append(f"{stage} {steps}")

    def step(self) -> None:
        from vivant.errors import CancelledError

        self.steps += 1
        if self.steps == self.stop:
            raise CancelledError("asked to stop")

    def note(self, message: str) -> None:
        self.said.append(message)
