"""Which light a prompt asks for, and which of a set's lights comes nearest."""

from __future__ import annotations

import re
from typing import Final

_ASKED: tuple[tuple[str, str], ...] = (
    ("golden", r"golden.?hour|sunset|sunrise|\bdawn\b|daybreak|setting sun|rising sun|low sun|"
               r"magic hour|"
               r"sun is low|first light|last light|golden light|alpenglow|day is ending"),
    ("neon", r"\bneon\b|blacklight|ultraviolet|cyberpunk"),
    ("night", r"\bnight|midnight|moonlit|moonlight|after dark|starry|starlit|nocturnal|\bstars\b|"
              r"darkness|late hour|headlights|street.?lamps|streetlights|city lights|pitch.?dark"),
    ("dusk", r"\bdusk\b|twilight|blue hour|nightfall|gloaming"),
    ("warm", r"candle|firelight|fireplace|lamplight|lantern|fairy lights|tungsten|cosy|cozy|"
             r"\bevening|"
             r"torchlight|by the fire|warm (?:glow|light)|soft glow|chandelier|red spotlight|amber|"
             r"furnace|brazier|embers|incandescent"),
    ("cold", r"fluorescent|clinical|sterile|cold light|blue light|strip light|\bicy\b|"
             r"steel.?blue|\bled\b"),
    ("day", r"\bnoon|midday|sunny|sunlit|sunlight|daylight|\bday\b|morning|afternoon|bright sun|"
            r"overcast|"
            r"sun.?baked|blue sky|sunshine|daytime|sun.?drenched|sun.?dappled|cloudy|"
            r"foggy|misty"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ASKED)

KINDS: Final = tuple(kind for kind, _ in _ASKED)
_NEAREST: dict[str, tuple[str, ...]] = {
    "golden": ("golden", "dusk", "warm", "day", "evening", "night"),
    "neon": ("night", "cold", "evening", "dusk", "golden"),
    "night": ("night", "evening", "dusk", "cold", "golden"),
    "dusk": ("dusk", "golden", "evening", "night", "warm"),
    "warm": ("evening", "warm", "night", "golden", "dusk"),
    "cold": ("cold", "day", "night", "dusk"),
    "day": ("day", "cold", "golden", "dusk"),
}
_SHOWS: dict[str, frozenset[str]] = {
    "golden": frozenset({"golden", "warm", "day"}),
    "neon": frozenset({"night", "cold", "dusk", "evening"}),
    "night": frozenset({"night", "evening", "cold", "warm"}),
    "dusk": frozenset({"dusk", "golden", "evening"}),
    "warm": frozenset({"evening", "warm", "night", "golden"}),
    "cold": frozenset({"cold", "day", "night"}),
    "day": frozenset({"day", "cold"}),
}


def asked(text: str) -> tuple[str, str] | None:
    """The kind of light that words ask for, one of ``KINDS``, and those words; None if none."""
    for kind, pattern in _PATTERNS:
        if found := pattern.search(text):
            return kind, found.group()
    return None


def nearest(kind: str | None, lights: tuple[str, ...]) -> str:
    """Which of a set's lights comes nearest to the kind asked for; the usual one if none is."""
    if kind is None:
        return lights[0]
    return next((light for light in _NEAREST[kind] if light in lights), lights[0])


def shows(kind: str, light: str) -> bool:
    """Whether a set in this light keeps the promise of the words."""
    return light in _SHOWS[kind]
