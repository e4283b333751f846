"""What previz knows, read from its registries, for the documentation."""

from __future__ import annotations

from typing import NamedTuple

from vivant.engines.previz.effects import EFFECTS
from vivant.engines.previz.motions import MOTIONS
from vivant.engines.previz.sets.plate import available
from vivant.engines.previz.wardrobe import GARMENTS


class Section(NamedTuple):
    """One list of names with what they mean."""

    title: str
    note: str
    names: tuple[str, ...]


def sections() -> tuple[Section, ...]:
    """Places, garments, motions, camera moves and effects, each sorted by name."""
    places = sorted({name for name, _ in available()})
    lights = sorted(f"{name}.{light}" for name, light in available())
    return (
        Section("Places", "A prompt's setting chooses one; any other is composed.", (*places,)),
        Section("Plates", "Each place in each light it was rendered in.", (*lights,)),
        Section("Garments", "Each in every colour named by the prompt.", tuple(sorted(GARMENTS))),
        Section("Motions and expressions", "Of head, face and body.", _motions("figure")),
        Section("Camera moves", "The camera stands still unless told.", _motions("camera")),
        Section("Ambient effects", "In the air and in the light.", tuple(sorted(EFFECTS))),
    )


def _motions(layer: str) -> tuple[str, ...]:
    return tuple(sorted(motion.name for motion in MOTIONS.values() if motion.layer == layer))
