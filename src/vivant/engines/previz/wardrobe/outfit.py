"""Which garment a prompt asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outfit:
    """What to wear. ``colour``, ``under`` and ``pattern`` are None where the prompt names none.

    ``garment`` is a name in the wardrobe's table; ``under`` is the colour of what shows beneath it;
    ``matched`` are the prompt's words that decided.
    """

    garment: str
    colour: str | None = None
    under: str | None = None
    pattern: str | None = None
    matched: tuple[str, ...] = ()
