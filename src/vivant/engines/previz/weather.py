"""The ambient effects of one film: what is in the air and in the light, and how strong when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz import effects, score
from vivant.types import Length, Part, TemporalPrompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.effects import Effect
    from vivant.types import Floats, Size, SpatialPrompt

_STILL = Length(48, 24)
"""A film that is long enough for every effect, of which only the first frame is used."""


@dataclass(frozen=True, eq=False)
class Weather:
    """Effects in a fixed order with their strength, 0 to 1, at each frame."""

    effects: tuple[tuple[Effect, Floats], ...]

    @classmethod
    def of_curves(cls, curves: Mapping[str, Floats], size: Size, seed: int) -> Weather:
        """The effects that the score plays."""
        made = (
            (effects.make(name, size, seed), strength) for name, strength in sorted(curves.items())
        )
        return cls(tuple(made))

    @classmethod
    def of_picture(cls, spatial: SpatialPrompt, size: Size, seed: int) -> Weather:
        """The effects that a still shows: rain among the things of the picture is rain."""
        things = tuple(
            Part("ambient", part.text, part.start, part.end)
            for part in spatial.parts
            if part.kind == "prop"
        )
        if not things:
            return cls(())
        still = TemporalPrompt(", ".join(part.text for part in things), things)
        return cls.of_curves(score.write(still, _STILL, seed).curves.effects, size, seed)

    def gain(self, index: int, t: float) -> Floats:
        """``(3,)`` factors on the light that falls on person and set."""
        total = np.ones(3, np.float32)
        for effect, strength in self.effects:
            total *= effect.gain(t, float(strength[index]))
        return total

    def behind(self, image: Floats, index: int, t: float, camera: Mapping[str, float]) -> Floats:
        """The set with what is behind the person."""
        for effect, strength in self.effects:
            image = effect.back(image, t, float(strength[index]), camera)
        return image

    def before(self, image: Floats, index: int, t: float, camera: Mapping[str, float]) -> Floats:
        """The picture with what is before the person."""
        for effect, strength in self.effects:
            image = effect.front(image, t, float(strength[index]), camera)
        return image
