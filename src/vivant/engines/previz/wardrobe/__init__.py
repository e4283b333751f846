"""The wardrobe of the previz engine: one garment is one small registered piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines.previz.bust import Dressed
from vivant.engines.previz.wardrobe import (
    casual,
    draped,
    outdoor,
    parts,
    skin,
    sporting,
    tailored,
    working,
)
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.outfit import Outfit, choose, report
from vivant.engines.previz.wardrobe.palette import dye
from vivant.engines.previz.wardrobe.patterns import PATTERNS
from vivant.engines.previz.wardrobe.sheet import Sheet
from vivant.engines.previz.wardrobe.torso import Body, View

__all__ = ["GARMENTS", "PATTERNS", "Outfit", "choose", "dress", "report"]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.bust import Bust

MODULES = casual, tailored, outdoor, working, sporting, draped

GARMENTS: Mapping[str, Garment] = {g.name: g for module in MODULES for g in module.GARMENTS}


def dress(bust: Bust, outfit: Outfit, seed: int) -> Dressed:
    """Dress ``bust`` in ``outfit``; ``seed`` decides only how the cloth falls.

    Raises KeyError for a garment, colour or pattern that is not registered.
    """
    garment = GARMENTS[outfit.garment]
    view = View.of(bust)
    body = Body(bust.neck_half / bust.head_height, bust.build)
    sheet = Sheet(view, body, garment.fit, garment.fabric, seed)
    pattern = PATTERNS[outfit.pattern] if outfit.pattern else None
    main = outfit.colour or (pattern.main if pattern else garment.main)
    accent = dye(outfit.accent) if outfit.accent else None
    look = Look(dye(main), dye(outfit.under or garment.under), accent)
    sheet.dye(look.main)
    if pattern is not None:
        sheet.print(pattern.paint)
    garment.sew(sheet, look)
    if outfit.emblem:
        parts.emblem(sheet)
    return Dressed(back=skin.back(bust, sheet, seed), front=sheet.layer())
