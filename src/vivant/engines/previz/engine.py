"""The painter and the animator of previz: the scene at rest, and the scene in motion."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

import vivant
from vivant.engines import settings, weights
from vivant.engines.previz import score
from vivant.engines.previz.retake import meet
from vivant.engines.previz.scene import set_scene
from vivant.engines.previz.weather import Weather
from vivant.errors import EngineError
from vivant.geometry import FrameRule, SizeRule
from vivant.types import EngineInfo, Film, Painting, Reach, Size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.recipe import Scalar
    from vivant.types import (
        Footprint,
        Image,
        Length,
        Observer,
        Reference,
        Shot,
        SpatialPrompt,
    )

NAME = "previz"
MODELS = (
    "face_detection_short_range", "face_landmark", "iris_landmark", "selfie_segmentation",
)  # fmt: skip
SIZES = SizeRule(
    2, 256, 1920, 1920 * 1080, "plates are rendered for pictures up to full HD with even sides"
)
FRAMES = FrameRule(1, 0, 1, 720, "one shot is half a minute at most; longer films are several")

# The animator moves the scene that the painter has just set; setting it takes seconds.
_scene = lru_cache(maxsize=1)(set_scene)


class PrevizPainter:
    """Paints the keyframe: the scene at rest."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""
        return _info()

    @property
    def steps(self) -> int:
        """One: the scene is set in one go."""
        return 1

    @property
    def people(self) -> int:
        """Two."""
        return 2

    def check(self, size: Size) -> None:
        """Raise GeometryError for a size outside ``SIZES``."""
        SIZES.check(size)

    def paint(
        self,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        """The people of ``references`` in the place and the clothes of ``spatial``."""
        scene = _scene(tuple(references), spatial, size, seed)
        weather = Weather.of_picture(spatial, size, seed)
        painted = Painting(scene.frame([{}] * len(references), {}, weather, 0, 0.0), scene.unshown)
        watch.step()
        return painted

    def reanchor(
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> None:
        """None: the animator draws every frame from the photo, so that no face can wear off."""
        del picture, spatial, references, seed, watch

    def release(self) -> None:
        """Nothing: the animator moves the scene that is set, and it is small."""


class PrevizAnimator:
    """Animates keyframes that previz painted, by setting their scene again and moving it."""

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and model files."""
        return _info()

    @property
    def reach(self) -> Reach:
        """Whole films with their timelines, and any part of one."""
        return Reach(FRAMES, timeline=True, repeats=0, arrives=True)

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        """None: any machine will do."""
        del size, length
        return ()

    def steps(self, length: Length) -> int:
        """One for each frame."""
        return length.frames

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError for a size outside ``SIZES`` or a length outside ``FRAMES``."""
        SIZES.check(size)
        FRAMES.check(length)

    def read(self, texts: Sequence[str]) -> None:
        """Nothing: there is no text encoder."""
        del texts

    def animate(self, shot: Shot, watch: Observer) -> Film:
        """Move the keyframe's scene, from the shot's first frame to its last.

        What a frame shows depends on the film's time alone, so that a film in several shots is the
        film in one. Raises EngineError for a keyframe of another painter.
        """
        keyframe, length = shot.keyframe, shot.length
        if keyframe.painter != NAME:
            raise EngineError(
                f"previz can't animate a keyframe by {keyframe.painter}: it moves the layers of a"
                " scene it has set itself, not a finished picture."
            )
        height, width = keyframe.image.shape[:2]
        size = Size(width, height)
        scene = _scene(keyframe.references, keyframe.spatial, size, keyframe.seed)
        parts = _scores(shot, scene.beside)
        weather = Weather.of_curves(parts[0].curves.effects, size, keyframe.seed)
        frames = np.empty((length.frames, height, width, 3), np.uint8)
        for number in range(length.frames):
            index = shot.first + number
            frames[number] = scene.frame(
                [part.curves.at("figure", index) for part in parts],
                parts[0].curves.at("camera", index),
                weather,
                index,
                index / length.fps,
            )
            watch.step()
        return Film(frames, length.fps, shot.seed, parts[0].unshown)

    def release(self) -> None:
        """Let go of the scene."""
        _scene.cache_clear()


def painter(given: Mapping[str, Scalar]) -> PrevizPainter:
    """The painter of the engine table; it has no settings."""
    settings.none(given, NAME)
    return PrevizPainter()


def animator(given: Mapping[str, Scalar]) -> PrevizAnimator:
    """The animator of the engine table; it has no settings."""
    settings.none(given, NAME)
    return PrevizAnimator()


def _scores(shot: Shot, beside: Sequence[float]) -> tuple[score.Score, ...]:
    """The whole film's score for each person, in which the shot meets the takes around it."""
    written = score.write_for(beside, shot.temporal, shot.whole, shot.seed)
    if shot.around is None:
        return written
    around = score.write_for(beside, shot.temporal, shot.whole, shot.around)
    window = shot.first, shot.length.frames, shot.whole
    return tuple(
        replace(new, curves=meet(new.curves, old.curves, *window))
        for new, old in zip(written, around, strict=True)
    )


def _info() -> EngineInfo:
    return EngineInfo(
        name=NAME,
        version=vivant.__version__,
        licence="Apache-2.0",
        models=tuple(weights.model_file(name) for name in MODELS),
        packages=("ai-edge-litert", "numpy", "opencv-python-headless", "scipy"),
        makes=f"{SIZES}; {FRAMES} in one call, at any rate",
        verified="the right person nearest in every looked-at frame of 30 films (identity.md); each"
        " of two people nearest to their own photo, in the frames looked at of ten pairs",
        unverified="heavy beards and long loose hair",
    )
