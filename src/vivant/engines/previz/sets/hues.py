"""What words say of a place's look: inside or out, its colours, how bright, lit by what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vivant.types import Floats

Rgb = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Mood:
    """The look of a composed backdrop; colours are linear."""

    kind: str
    """indoors, outdoors, water, aloft, below or submerged."""
    wall: Floats
    second: Floats
    accent: Floats
    coloured: bool
    """Whether the words say any colour."""
    sky: Floats
    horizon: Floats
    lamp: Floats
    key: Floats
    bright: bool
    """By day, or lit all over."""
    festive: bool
    """Whether the words speak of many small lamps."""
    level: float
    grade: str


NAMED: dict[str, Rgb] = {
    "red": (0.5, 0.04, 0.03), "crimson": (0.45, 0.02, 0.05), "scarlet": (0.6, 0.03, 0.02),
    "orange": (0.7, 0.24, 0.03), "amber": (0.7, 0.33, 0.05), "gold": (0.6, 0.38, 0.1),
    "golden": (0.6, 0.38, 0.1), "yellow": (0.7, 0.55, 0.06), "green": (0.06, 0.28, 0.07),
    "olive": (0.17, 0.19, 0.05), "emerald": (0.02, 0.3, 0.13), "teal": (0.03, 0.26, 0.27),
    "turquoise": (0.06, 0.45, 0.45), "cyan": (0.05, 0.5, 0.6), "blue": (0.04, 0.12, 0.45),
    "navy": (0.02, 0.04, 0.16), "purple": (0.2, 0.05, 0.35), "violet": (0.25, 0.08, 0.45),
    "lavender": (0.45, 0.36, 0.65), "pink": (0.7, 0.28, 0.4), "magenta": (0.6, 0.04, 0.35),
    "brown": (0.19, 0.09, 0.04), "beige": (0.55, 0.44, 0.3), "cream": (0.7, 0.62, 0.46),
    "ivory": (0.75, 0.7, 0.58), "white": (0.75, 0.76, 0.78), "black": (0.02, 0.02, 0.024),
    "gray": (0.24, 0.25, 0.27), "grey": (0.24, 0.25, 0.27), "silver": (0.45, 0.47, 0.5),
    "pastel": (0.65, 0.45, 0.6), "bronze": (0.35, 0.2, 0.08), "copper": (0.5, 0.2, 0.09),
}  # fmt: skip
"""Colours by name."""

STUFF: dict[str, Rgb] = {
    "brick": (0.33, 0.12, 0.07), "wood": (0.26, 0.14, 0.06), "wooden": (0.26, 0.14, 0.06),
    "stone": (0.3, 0.28, 0.25), "concrete": (0.32, 0.32, 0.31), "marble": (0.7, 0.68, 0.65),
    "glass": (0.3, 0.42, 0.45), "steel": (0.3, 0.34, 0.38), "metal": (0.3, 0.32, 0.34),
    "velvet": (0.3, 0.02, 0.05), "satin": (0.7, 0.64, 0.52), "curtain": (0.35, 0.05, 0.05),
    "tent": (0.55, 0.4, 0.2), "hotel": (0.42, 0.26, 0.12), "lobby": (0.45, 0.3, 0.15),
    "submarine": (0.1, 0.2, 0.2), "bus": (0.5, 0.32, 0.06), "car": (0.1, 0.1, 0.12),
    "plane": (0.5, 0.53, 0.57), "airplane": (0.5, 0.53, 0.57), "cave": (0.16, 0.12, 0.09),
    "cellar": (0.2, 0.14, 0.09), "dungeon": (0.14, 0.13, 0.13), "prison": (0.27, 0.29, 0.27),
    "pool": (0.1, 0.45, 0.55), "aquarium": (0.03, 0.22, 0.4), "underwater": (0.02, 0.2, 0.32),
    "coral": (0.6, 0.2, 0.15), "river": (0.08, 0.18, 0.17), "rain": (0.16, 0.2, 0.26),
    "storm": (0.13, 0.16, 0.21), "cloud": (0.6, 0.64, 0.7), "grass": (0.12, 0.25, 0.05),
    "leaf": (0.1, 0.25, 0.05), "flower": (0.6, 0.2, 0.35), "sunflower": (0.7, 0.5, 0.05),
    "lavender": (0.4, 0.3, 0.6), "rose": (0.6, 0.1, 0.2), "ice": (0.55, 0.7, 0.8),
    "fire": (0.7, 0.22, 0.03), "lava": (0.7, 0.14, 0.02), "candy": (0.75, 0.3, 0.5),
    "circus": (0.55, 0.06, 0.05), "carnival": (0.6, 0.15, 0.3), "castle": (0.3, 0.27, 0.23),
    "court": (0.28, 0.15, 0.07), "courtroom": (0.28, 0.15, 0.07), "paint": (0.7, 0.5, 0.05),
    "sauna": (0.5, 0.28, 0.12), "spa": (0.5, 0.55, 0.48), "bathroom": (0.6, 0.66, 0.68),
    "stable": (0.3, 0.18, 0.08), "attic": (0.28, 0.18, 0.1), "ruin": (0.33, 0.28, 0.22),
}  # fmt: skip
"""What common things are coloured like."""

_KINDS: tuple[tuple[str, str], ...] = (
    ("outdoors", r"meadow|field|calisthenics"),
    ("below", r"\bcaves?\b|cavern|cellar|dungeon|\bmine\b|catacomb|sewer|bunker|\bcrawl|grotto"),
    ("submerged", r"underwater|\breef|\bcoral|sea ?bed|ocean floor|deep sea|shipwreck"),
    ("water", r"\bwater|river|canal|\bpool\b|swimming|\bwaves?\b|flood|waterfall|\bpond|aquarium|"
              r"raft|canoe|kayak"),
    ("aloft", r"\bsky\b|clouds?\b|balloon|airplane|aeroplane|flying|paraglid|skydiv|"
              r"heaven|\bwing\b"),
    ("indoors", r"\broom|\bhall|lobby|indoor|interior|inside|\bwall|floor|ceiling|curtain|"
                r"cabin|corridor|"
                r"hotel|chamber|cell\b|prison|court|elevator|stair|bath|attic|\bbus\b|\bvan\b|\btent\b|"
                r"submarine|booth|table|door|theat|house|spa\b|sauna|\bcar\b|tunnel|plane|studio|window"),
    ("outdoors", r"outdoor|outside|\bfields?|garden|\brain|storm|street|bridge|\bsun|ruins?|"
                 r"tower|fence|"
                 r"village|\bhill|trees?\b|grass|flower|yard|\bzoo|camp|wind|landscape|horizon|nature|"
                 r"carnival|lights|volcano|night|border|track|\bfarm"),
)  # fmt: skip
_KIND = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)

_DARK = re.compile(r"\bdim|\bdark|gloom|shadow|smoky|murky|shabby|noir")
_FESTIVE = re.compile(r"\blights\b|carnival|bokeh|circles|lanterns|festiv|fireflies|fairground")
_LAMPS: dict[str, Rgb] = {
    "golden": (1.0, 0.62, 0.28), "neon": (0.9, 0.12, 0.75), "night": (1.0, 0.62, 0.3),
    "dusk": (1.0, 0.56, 0.36), "warm": (1.0, 0.6, 0.26), "cold": (0.75, 0.9, 1.0),
    "day": (1.0, 0.94, 0.84),
}  # fmt: skip
_SKIES: dict[str, tuple[Rgb, Rgb]] = {
    "golden": ((0.22, 0.26, 0.5), (1.1, 0.55, 0.25)),
    "neon": ((0.02, 0.015, 0.06), (0.16, 0.04, 0.2)),
    "night": ((0.008, 0.014, 0.045), (0.045, 0.045, 0.08)),
    "dusk": ((0.06, 0.09, 0.26), (0.42, 0.22, 0.28)),
    "warm": ((0.05, 0.06, 0.14), (0.4, 0.22, 0.12)), "cold": ((0.4, 0.5, 0.6), (0.6, 0.68, 0.74)),
    "day": ((0.22, 0.45, 0.9), (0.75, 0.88, 1.0)),
}  # fmt: skip
_LEVELS = {
    "golden": 0.12,
    "neon": 0.035,
    "night": 0.035,
    "dusk": 0.06,
    "warm": 0.055,
    "cold": 0.11,
    "day": 0.14,
}
_GRADES = {
    "golden": "gold",
    "neon": "neon",
    "night": "cool",
    "dusk": "cool",
    "warm": "warm",
    "cold": "cool",
    "day": "neutral",
}
_USUAL: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "indoors": ((0.34, 0.27, 0.2), (0.12, 0.19, 0.22), (0.5, 0.2, 0.07)),
    "outdoors": ((0.3, 0.27, 0.22), (0.1, 0.17, 0.06), (0.45, 0.25, 0.1)),
    "water": ((0.2, 0.3, 0.32), (0.05, 0.2, 0.26), (0.08, 0.36, 0.4)),
    "aloft": ((0.5, 0.6, 0.7), (0.4, 0.5, 0.65), (0.8, 0.6, 0.45)),
    "below": ((0.2, 0.14, 0.1), (0.1, 0.1, 0.12), (0.5, 0.25, 0.08)),
    "submerged": ((0.02, 0.2, 0.32), (0.25, 0.2, 0.14), (0.5, 0.16, 0.14)),
}


def read(words: str, light: str) -> Mood:
    """The mood of plain lower-case words in a kind of light (``lights.KINDS``)."""
    kind = next((kind for kind, pattern in _KIND if pattern.search(words)), "indoors")
    said = colours(words)
    wall, second, accent = (*said, *_USUAL[kind])[:3] if len(said) < 3 else said[:3]
    sky, horizon = _SKIES[light]
    lamp = np.array(_LAMPS[light], np.float32)
    dark = bool(_DARK.search(words))
    return Mood(
        kind=kind,
        wall=np.array(wall, np.float32),
        second=np.array(second, np.float32),
        accent=np.array(accent, np.float32),
        coloured=bool(said),
        sky=np.array(sky, np.float32),
        horizon=np.array(horizon, np.float32),
        lamp=lamp,
        key=(0.5 + 0.5 * lamp).astype(np.float32),
        bright=light in ("day", "cold", "golden") and not dark,
        festive=bool(_FESTIVE.search(words)),
        level=_LEVELS[light] * (0.6 if dark else 1.0),
        grade=_GRADES[light],
    )


def colours(words: str) -> list[Rgb]:
    """The colours that words name or that their things have, in reading order, each once."""
    found: list[Rgb] = []
    for word in re.findall(r"[a-z]+", words):
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            colour = NAMED.get(form) or STUFF.get(form)
            if colour is not None:
                if colour not in found:
                    found.append(colour)
                break
    return found
