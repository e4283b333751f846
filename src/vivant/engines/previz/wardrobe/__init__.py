"""The wardrobe of the previz engine: one garment is one small registered piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines.previz.bust import Dressed
from vivant.engines.previz.torso import Body, View
from vivant.engines.previz.wardrobe import (
    casual,
    draped,
    outdoor,
    skin,
    sporting,
    tailored,
    working,
)
from vivant.engines.previz.wardrobe.garment import Garment, Look
from vivant.engines.previz.wardrobe.palette import dye
from vivant.engines.previz.wardrobe.patterns import PATTERNS
from vivant.engines.previz.wardrobe.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.bust import Bust
    from vivant.engines.previz.wardrobe.outfit import Outfit

MODULES = casual, tailored, outdoor, working, sporting, draped

GARMENTS: Mapping[str, Garment] = {
    g.name: g for module in MODULES for g in module.GARMENTS
}


def dress(bust: Bust, outfit: Outfit, seed: int) -> Dressed:
    """Dress ``bust`` in ``outfit``; ``seed`` decides only how the cloth falls.

    Raises KeyError for a garment, colour or pattern that is not registered.
    """
    garment = GARMENTS[outfit.garment]
    view = View.of(bust)
    body = Body(bust.neck_half / bust.head_height, bust.build)
    sheet = Sheet(view, body, garment.fit, garment.fabric, seed)
    look = Look(dye(outfit.colour or garment.main), dye(outfit.under or garment.under), bust.skin)
    sheet.dye(look.main)
    if outfit.pattern:
        PATTERNS[outfit.pattern](sheet, look.main)
    garment.sew(sheet, look)
    return Dressed(back=skin.back(bust, sheet, seed), front=sheet.layer())
