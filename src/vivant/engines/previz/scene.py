"""A scene: the person, dressed and lit, before the set, ready to be shown at any moment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz import wardrobe
from vivant.engines.previz.finish import Finish, grade_for, light_wrap
from vivant.engines.previz.person import figure, portrait
from vivant.engines.previz.person.light import Light
from vivant.engines.previz.sets import compose, places, plate
from vivant.engines.previz.sets.backdrop import Backdrop
from vivant.engines.previz.wardrobe import outfit as outfits
from vivant.types import Unshown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.bust import Bust, Dressed
    from vivant.engines.previz.person.figure import Figure
    from vivant.engines.previz.person.framing import Framing
    from vivant.engines.previz.weather import Weather
    from vivant.types import Image, Reference, Size, SpatialPrompt

PLAIN = outfits.Outfit("tee")
"""What a person wears of whom neither the photo nor the prompt says it."""

_FRAMINGS: tuple[tuple[str, Framing], ...] = (
    (r"extreme close|tight close", "close-up"),
    (r"medium close|chest.?up|head.and.shoulders|portrait|bust shot", "medium close-up"),
    (r"close.?up|headshot", "close-up"),
    (r"medium|mid.?shot|waist|cowboy|wide|full|long shot|establishing", "medium"),
)
_TOO_WIDE = r"wide|full|long shot|establishing|cowboy|waist"
_TURNED = 0.26
"""A head turned further than this (15 degrees) has a light side and a dark side."""
_READ = lru_cache(maxsize=4)(portrait.read)


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that stands still from frame to frame."""

    figure: Figure
    backdrop: Backdrop
    finish: Finish
    unshown: tuple[Unshown, ...]

    def frame(
        self,
        pose: Mapping[str, float],
        camera: Mapping[str, float],
        weather: Weather,
        index: int,
        t: float,
    ) -> Image:
        """One picture, uint8 RGB: set, far weather, person, near weather, look."""
        gain = weather.gain(index, t)
        behind = weather.behind(self.backdrop.frame(camera) * gain, index, t, camera)
        person = self.figure.frame(pose, camera)
        person[..., :3] *= gain
        picture = weather.before(light_wrap(person, behind), index, t, camera)
        return self.finish.frame(picture, index)


def set_scene(reference: Reference, spatial: SpatialPrompt, size: Size, seed: int) -> Scene:
    """Choose place, light, clothes and framing by the prompt, and build the scene.

    Same arguments, same scene. Raises PortraitError where the photo can't be animated.
    """
    person = _READ(reference)
    choice = places.choose(spatial)
    ground = lit_for(person.turn, _plate(spatial, choice, seed))
    light = Light(ground.probe)
    outfit = outfits.choose(spatial)
    framing = framing_of(spatial)

    def dress(bust: Bust) -> Dressed:
        return wardrobe.dress(bust, outfit or PLAIN, seed)

    body: figure.Body = "own" if outfit is None else "dressed"
    shown = figure.build(person, size, dress, light, seed, framing, body)
    look = grade_for(f"{spatial.of('style', 'setting')}", ground.grade)
    unshown = (
        *compose.report(spatial, choice),
        *outfits.report(spatial, outfit),
        *_unshown_framing(spatial),
    )
    return Scene(shown, Backdrop(ground, size), Finish(look, size, seed), unshown)


def _plate(spatial: SpatialPrompt, choice: places.Choice, seed: int) -> plate.Plate:
    if choice.place is None:
        return compose.compose(spatial, choice, seed)
    return plate.load(choice.place, choice.light)


def lit_for(turn: float, ground: plate.Plate) -> plate.Plate:
    """``ground``, mirrored where its key light would fall on the back of a turned head.

    ``turn`` is the sine of the head's yaw. A film crew would move the lamp; a plate can be turned
    over.
    """
    middle = ground.probe.shape[1] // 2
    from_right = float(ground.probe[:, middle:].sum() - ground.probe[:, :middle].sum())
    if abs(turn) < _TURNED or turn * from_right > 0:
        return ground
    bulbs = ground.bulbs.copy()
    bulbs[:, 0] *= -1
    return replace(
        ground,
        radiance=np.ascontiguousarray(ground.radiance[:, ::-1]),
        disparity=np.ascontiguousarray(ground.disparity[:, ::-1]),
        probe=np.ascontiguousarray(ground.probe[:, ::-1]),
        bulbs=bulbs,
    )


def framing_of(spatial: SpatialPrompt) -> Framing:
    """The framing that the prompt asks for; "auto" where it asks for none."""
    asked = spatial.of("framing").lower()
    return next((name for words, name in _FRAMINGS if re.search(words, asked)), "auto")


def _unshown_framing(spatial: SpatialPrompt) -> tuple[Unshown, ...]:
    asked = spatial.of("framing")
    if not re.search(_TOO_WIDE, asked.lower()):
        return ()
    return (Unshown(asked, "previz shows head and shoulders; shown as its widest, a medium shot"),)
