"""Every ambient effect of the previz engine. Importing this package fills the registry.

To add an effect: write a class with the three methods of ``Effect`` and decorate it with its name.
Snow-like bodies, tumbling shapes and clouds need one row only.
"""

from vivant.engines.previz.effects import clouds, fire, flakes, lights, rain, tumblers, water
from vivant.engines.previz.effects.base import EFFECTS, Effect, effect, make

__all__ = [
    "EFFECTS",
    "Effect",
    "clouds",
    "effect",
    "fire",
    "flakes",
    "lights",
    "make",
    "rain",
    "tumblers",
    "water",
]
