"""Which garment, colour and pattern the words of a prompt ask for."""

from __future__ import annotations

import pytest

from vivant.engines.previz.wardrobe import GARMENTS, PATTERNS
from vivant.engines.previz.wardrobe.outfit import Outfit, choose, report
from vivant.engines.previz.wardrobe.palette import dye
from vivant.types import Part, PartKind, SpatialPrompt


def spatial(appearance: str, subject: str = "", setting: str = "") -> SpatialPrompt:
    """A spatial prompt with these parts, as a writer makes it."""
    parts, text = [], ""
    kinds: tuple[tuple[PartKind, str], ...] = (
        ("subject", subject), ("appearance", appearance), ("setting", setting),
    )  # fmt: skip
    for kind, words in kinds:
        if words:
            text += ", " if text else ""
            parts.append(Part(kind, words, len(text), len(text) + len(words)))
            text += words
    return SpatialPrompt(text, tuple(parts))


# Written before the rules were; kept apart so that the score on them stays an honest one.
HELD_BACK = [
    ("a red raincoat", "raincoat", "red", None),
    ("black leather jacket over a white tee", "leather jacket", "black", None),
    ("navy blazer and glasses", "blazer", "navy", None),
    ("an oversized mustard knit sweater with holes at the elbows", "sweater", "mustard", None),
    ("a teal silk blouse, pearl earrings", "shirt", "teal", None),
    ("a charcoal three-piece suit with a crimson tie", "suit", "charcoal", None),
    ("an ivory wedding gown", "gown", "ivory", None),
    ("khaki trench coat, collar turned up", "coat", "khaki", None),
    ("a faded indigo denim jacket", "denim jacket", "faded indigo", None),
    ("a rust-coloured turtleneck", "turtleneck", "rust", None),
    ("red plaid flannel shirt and suspenders", "shirt", "red", "plaid"),
    ("a blue-and-white striped T-shirt", "tee", "blue", "striped"),
    ("a floral summer dress", "dress", None, "floral"),
    ("her grandmother's emerald green sari", "sari", "emerald", None),
    ("a bright orange puffer jacket", "puffer", "bright orange", None),
    ("silver hair, black cloak", "shawl", "black", None),
    ("light blue scrubs with a stethoscope", "scrubs", "light blue", None),
    ("a long white lab coat and safety goggles", "lab coat", "white", None),
    ("a hoodie in forest green", "hoodie", "forest", None),
    ("purple tracksuit", "bomber jacket", "purple", None),
    ("a saffron robe draped over one shoulder", "robe", "saffron", None),
    ("high-visibility vest and a hard hat", "safety vest", None, None),
    ("black tuxedo with a bow tie", "suit", "black", None),
    ("yellow cycling jersey, mirrored sunglasses", "cycling jersey", "yellow", None),
    ("a maroon polo and beige chinos", "polo", "maroon", None),
    ("bare-chested, with a red scarf", None, None, None),
    ("green eyes and brown curly hair", None, None, None),
    ("a white shirt under a brown corduroy jacket", "blazer", "brown", None),
    ("camouflage army uniform", "uniform", None, "camouflage"),
    ("a polka-dot blouse", "shirt", None, "dotted"),
]


@pytest.mark.parametrize(("words", "garment", "colour", "pattern"), HELD_BACK)
def test_held_back_phrases(
    words: str, garment: str | None, colour: str | None, pattern: str | None
) -> None:
    outfit = choose(spatial(words))
    found = (outfit.garment, outfit.colour, outfit.pattern) if outfit else (None, None, None)
    assert found == (garment, colour, pattern)
