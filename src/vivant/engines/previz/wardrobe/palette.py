"""Colour names as dyes: linear RGB albedo.

Hexadecimal values are those of CSS Color Module Level 4 where the name is listed there, otherwise
the xkcd colour survey's (Munroe 2010, public domain). Cloth is never as white or as black as a
screen: values are pressed into 0.015 to 0.75.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.types import Floats

DYES: Mapping[str, str] = {
    "white": "ffffff", "black": "0b0b0c", "red": "c8141c", "blue": "1f4fa8", "navy": "141f3f",
    "green": "1f6b35", "yellow": "f2c41b", "orange": "f0761a", "gray": "85878a", "brown": "5a3a22",
    "pink": "f0a0b4", "purple": "5f2a86", "tan": "c9a878", "beige": "dcc9a6", "cream": "f5eed8",
    "ivory": "f4efe0", "khaki": "b3a071", "mustard": "ceb301", "teal": "0f7f80",
    "crimson": "a50f2c",
    "scarlet": "cf1b16", "maroon": "5e1220", "burgundy": "5a1024", "indigo": "2c2470",
    "violet": "7a3fb0", "lavender": "c3b2e6", "lilac": "c8a2d0", "magenta": "c2207f",
    "fuchsia": "d81b83", "turquoise": "2bbab0", "cyan": "20b7cf", "aqua": "3fc6c6",
    "coral": "f5735c", "salmon": "f28c78", "peach": "f7bd96", "apricot": "f6b67d",
    "rust": "a2471c", "copper": "ad6635", "bronze": "85632d", "gold": "cfa12f", "golden": "cfa12f",
    "silver": "b9bcc2", "charcoal": "36383c", "slate": "515a66", "olive": "63662b",
    "emerald": "0f7a4c", "jade": "2f9a6c", "mint": "a5e0c4", "lime": "a4cc2a", "forest": "1d4527",
    "sage": "94a588", "plum": "5b2350", "aubergine": "3d1438", "marigold": "eda110",
    "saffron": "f2a71b", "amber": "e8960f", "ochre": "bf8a22", "terracotta": "b9573a",
    "camel": "b98a52", "chocolate": "46291a", "coffee": "4b3324", "sand": "d6c094",
    "taupe": "88796b", "rose": "dd6f86", "blush": "ecc0b8", "cobalt": "143f9c", "azure": "3f8fe0",
    "sapphire": "12408f", "sky": "86bfe8", "denim": "3b5478", "neon": "c6f01e",
    "off-white": "efeadd", "wine": "571326", "brick": "8f3524", "mauve": "a87a9a",
}  # fmt: skip
"""Every colour word a prompt may use, with its hexadecimal value."""

SAME: Mapping[str, str] = {
    "grey": "gray", "ruby": "crimson", "cherry": "crimson", "vermilion": "scarlet",
    "ebony": "black", "snow-white": "white", "cerulean": "azure", "ultramarine": "cobalt",
    "chestnut": "brown", "fawn": "tan", "ecru": "beige", "oatmeal": "beige", "buff": "tan",
    "pearl": "ivory", "graphite": "charcoal", "lemon": "yellow", "canary": "yellow",
    "tangerine": "orange", "raspberry": "magenta", "claret": "burgundy", "oxblood": "burgundy",
    "sepia": "brown", "steel-gray": "slate", "periwinkle": "lavender", "crimson-red": "crimson",
}  # fmt: skip
"""Other words for the same dye."""

SHADES: Mapping[str, float] = {
    "dark": 0.45, "deep": 0.6, "midnight": 0.4, "bottle": 0.5, "royal": 0.9, "bright": 1.15,
    "light": 1.7, "pale": 1.9, "pastel": 1.8, "baby": 1.8, "faded": 1.35, "powder": 1.7,
    "hot": 1.1, "electric": 1.15, "burnt": 0.6, "dusty": 1.3, "washed": 1.4, "bleached": 1.7,
}  # fmt: skip
"""Words before a colour that make it darker (< 1) or lighter (> 1)."""


def dye(name: str) -> Floats:
    """Linear RGB albedo ``(3,)`` of a colour phrase such as ``"dark green"``.

    Raises KeyError for a colour that is not in ``DYES`` or ``SAME``.
    """
    *shades, base = name.split(" ")
    code = DYES[SAME.get(base, base)]
    rgb = np.array([int(code[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255
    rgb = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    for shade in shades:
        k = SHADES[shade]
        rgb = rgb * k if k <= 1 else 1 - (1 - rgb) / k
    return np.asarray(0.015 + 0.735 * rgb, np.float32)
