"""Which garment a prompt asks for, and what of its clothes can't be shown.

Only what the person wears counts: the parts of kind *appearance*, and, as a weaker hint, the trade
in the parts of kind *subject*. A prompt without parts (written by hand) is read as a whole. In a
film of several people each wears what is said of them, and what is said of nobody in particular.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.engines.previz.wardrobe.phrases import (
    DETERMINERS,
    STOPS,
    WEARING,
    Mention,
    colour_of,
    mentions,
    tokens,
)
from vivant.engines.previz.wardrobe.words import (
    DYED,
    GENERIC,
    GENERIC_KIND,
    OUTERMOST,
    PRINTED,
    SUBJECTS,
)
from vivant.types import Unshown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.types import Part, PartKind, SpatialPrompt


@dataclass(frozen=True)
class Outfit:
    """What to wear. A colour or pattern is None where the prompt names none.

    ``garment`` is a name in the wardrobe's table; ``under`` is the colour of what shows beneath it
    (of the apron, for garments with one), ``accent`` that of a tie, ``emblem`` whether a small logo
    is on its chest; ``matched`` are the prompt's words that decided.
    """

    garment: str
    colour: str | None = None
    under: str | None = None
    pattern: str | None = None
    accent: str | None = None
    emblem: bool = False
    matched: tuple[str, ...] = ()


def choose(spatial: SpatialPrompt, number: int = 0) -> Outfit | None:
    """What the person of reference ``number`` shall wear; None where nothing is said of clothes."""
    clothes = _clothes(spatial, number)
    worn = [m for text in clothes for m in mentions(text)]
    trade, tie = _trade(spatial, number), _tie(clothes)
    if not worn and tie is not None:
        return Outfit("shirt", accent=tie, matched=("tie",))
    if not worn:
        colour = next((c for c in map(_dressed_in, clothes) if c), None)
        if colour is None:
            return trade
        return Outfit("shirt", colour, colour, matched=(colour,))
    named = [m for m in worn if m.garment is not None]
    if not named:
        return _of_no_kind(worn[0], trade)
    outer = max(named, key=lambda m: OUTERMOST.get(m.garment or "", 1))
    inner = [m for m in named if m is not outer]
    if outer.garment == "apron":
        return _aproned(outer, inner, trade)
    garment = outer.garment or ""
    if trade is not None and trade.garment.endswith(f" {outer.noun}"):
        garment = trade.garment  # a chef's "jacket" is a chef's jacket
    if garment == "blazer" and tie is not None:
        garment = "suit"
    return Outfit(
        garment,
        outer.colour or DYED.get(outer.noun),
        next((m.colour for m in inner if m.colour), None),
        outer.pattern or PRINTED.get(outer.noun),
        tie,
        any(EMBLEM.search(text) for text in clothes),
        tuple(" ".join([*m.words, m.noun]) for m in (outer, *inner)),
    )


def _clothes(spatial: SpatialPrompt, number: int) -> list[str]:
    if not spatial.parts:
        return [spatial.text]
    return _said(spatial, "appearance", number)


def _said(spatial: SpatialPrompt, kind: PartKind, number: int) -> list[str]:
    """What the parts of a kind say of one person: theirs, and those of nobody in particular."""

    def speaks(part: Part) -> bool:
        where = part.who and _PLACE.fullmatch(part.text)
        return part.kind == kind and (not part.who or number in part.who) and not where

    return [part.text for part in spatial.parts if speaks(part)]


def _trade(spatial: SpatialPrompt, number: int) -> Outfit | None:
    """What the person's trade wears."""
    said = ", ".join(_said(spatial, "subject", number))
    text = said if spatial.parts else spatial.text.split(",")[0]
    words = f" {' '.join(t.word for t in tokens(text))} "
    hits = [k for k in SUBJECTS if f" {k} " in words or f" {k}s " in words]
    if not hits:
        return None
    trade = max(hits, key=len)
    garment, colour, pattern = SUBJECTS[trade]
    return Outfit(garment, colour, pattern=pattern, matched=(trade,))


def _dressed_in(text: str) -> str | None:
    """The colour of "dressed in black" and of a phrase that is nothing but a colour."""
    words = [t.word for t in tokens(text)]
    words = [w for w in words if w not in ("all", "entirely", "head", "toe", "to", "from")]
    for i, word in enumerate(words):
        if word not in WEARING and i:
            continue
        rest = words[i + 1 :] if word in WEARING else words
        if rest and rest[0] in WEARING:
            rest = rest[1:]
        n = next((k for k, w in enumerate(rest) if w in STOPS), len(rest))
        phrase = rest[:n]
        if phrase and colour_of(phrase[-1:]) and len(phrase) <= 2:
            return colour_of(phrase)
    return None


def _of_no_kind(mention: Mention, trade: Outfit | None) -> Outfit:
    """Clothes of no particular kind: the trade's own, or what their adjectives suggest."""
    said = " ".join([*mention.words, mention.noun])
    kind = next((GENERIC_KIND[w] for w in mention.words if w in GENERIC_KIND), None)
    if trade is not None and (kind is None or mention.noun == "gear"):
        colour, pattern = mention.colour or trade.colour, mention.pattern or trade.pattern
        return Outfit(trade.garment, colour, pattern=pattern, matched=(said, *trade.matched))
    garment = kind or GENERIC[mention.noun]
    return Outfit(garment, mention.colour, pattern=mention.pattern, matched=(said,))


def _aproned(apron: Mention, inner: Sequence[Mention], trade: Outfit | None) -> Outfit:
    """An apron over the trade's jacket, or over a shirt."""
    over = "chef's jacket" if trade and trade.garment == "chef's jacket" else "apron"
    below = next((m for m in inner if m.colour), None)
    matched = tuple(" ".join([*m.words, m.noun]) for m in (apron, *inner))
    pattern = next((m.pattern for m in inner if m.pattern), None)
    return Outfit(over, below.colour if below else None, apron.colour, pattern, matched=matched)


def _tie(clothes: Sequence[str]) -> str | None:
    """The tie's colour, the usual one where none is named; None for no tie."""
    for text in clothes:
        words = [t.word for t in tokens(text)]
        for i, word in enumerate(words):
            if word in ("tie", "necktie") and words[max(i - 1, 0)] not in ("bow", "no", "without"):
                start = max((k + 1 for k in range(i) if words[k] in STOPS), default=0)
                return colour_of(words[start:i]) or TIE
    return None


_PLACE = re.compile(r"(?:on )?the (?:far )?(?:left|right)(?: side)?", re.IGNORECASE)
"""Said of one of two people it is where they stand, not what they wear."""
TIE = "burgundy"
EMBLEM = re.compile(r"\b(?:logo|emblem|monogram|crest)\b")

UNSHOWABLE: tuple[tuple[str, str], ...] = (
    (r"hats?|caps?|helmets?|hoods? up|crowns?|tiaras?|veils?|headscarf|headscarves|hijabs?|"
     r"turbans?|headpieces?|headdress(?:es)?|bandanas?|beanies?|berets?|fedoras?|visors?|headbands?|"
     r"headphones|ushankas?|sombreros?|bonnets?|balaclavas?|keffiyehs?|toques?",
     "nothing is put on the head: it comes from the photo as it is"),
    (r"glasses|sunglasses|spectacles|goggles|eyepatch|monocle|masks?|loupe|face paint|painted|"
     r"make-?up|lipstick|eyeliner|mascara|snorkel|braces|pipe",
     "nothing is put on the face: it comes from the photo as it is"),
    (r"hair|haired|braids?|dreadlocks|beard(?:ed)?|stubble|mou?stache|bald|bob|ponytail|curls|"
     r"freckle[sd]|freckled|scars?|wrinkles?|tattoos?|tattooed|skin|eyes|lashes|cheeks|acne|jaw|"
     r"teeth|earlobes|eyebrows?|complexion|shaved head|bun|afro|fringe|sweat|tears|dimples?",
     "face, hair and skin come from the photo"),
    (r"gloves?|mittens?|rings?|bracelets?|watch|wristwatch|henna|gauntlets?|nails",
     "no hands or forearms are drawn"),
    (r"trousers|pants|jeans|shorts|skirts?|joggers|leggings|boots?|shoes?|sneakers|sandals|heels|"
     r"socks|stockings|leg warmers|knee pads|chinos|slacks|barefoot|knees|kilt|tights|sarong|spurs",
     "the film shows head, shoulders and chest only"),
    (r"earrings?|necklaces?|chains?|pendants?|beads|amulets?|jewel(?:le)?ry|studs?|brooch(?:es)?|"
     r"medals?|pearls|locket|choker|piercings?|lanyard|badges?|pins|pin|rosary",
     "jewellery and badges are not in the wardrobe"),
    (r"scarf|scarves|bow ?ties?|sash(?:es)?|belts?|suspenders|bandoliers?|cummerbund|stole|lei|"
     r"garlands?|corsage|boutonniere|wings|tail|ruff",
     "this accessory is not in the wardrobe"),
    (r"armou?r|breastplate|chain ?mail|exoskeleton|cuirass|hazmat suit|straitjacket",
     "this garment is not in the wardrobe"),
    (r"harness|backpack|tank(?! top)|rucksack|satchel|handbag|bag|purse|holster|stethoscope|"
     r"microphone|quiver|parachute|hose|camera|headset|earpiece|toolbelt",
     "carried gear is not in the wardrobe"),
    (r"graphic|prints?|slogan|lettering|embroider(?:y|ed)|sequins?|sequined|patches|"
     r"labeled|depicting|labelled|adorned|studded|ruffles?|ruffled|lace|fringed",
     "prints and trimmings of this kind are not drawn"),
    (r"torn|ripped|holes?|stained|sweat-stained|mud-spattered|muddy|dusty clothes|singed|bloody|"
     r"bloodied|tattered|ragged|soaked|wet|patched|paint-stained|frayed",
     "cloth is always shown whole and clean"),
    (r"belly|muscular|stocky|pregnant|slender|tall|burly|petite|thin|thinner",
     "the body's shape is not changed"),
)  # fmt: skip
"""Patterns of words that can't be shown, each with the reason."""

_UNSHOWABLE = [(re.compile(rf"(?<![\w-])(?:{words})(?![\w])"), why) for words, why in UNSHOWABLE]


def report(spatial: SpatialPrompt, outfit: Outfit | None, number: int = 0) -> tuple[Unshown, ...]:
    """What ``spatial`` says about a person's looks that their ``outfit`` does not show, and why."""
    lines: list[Unshown] = []
    for text in _clothes(spatial, number):
        lines += _report_one(text, outfit, whole=bool(spatial.parts))
    return tuple(dict.fromkeys(lines))


def _report_one(text: str, outfit: Outfit | None, *, whole: bool) -> list[Unshown]:
    worn, hits = mentions(text), []
    for pattern, why in _UNSHOWABLE:
        for hit in pattern.finditer(text.lower()):
            if not any(m.start <= hit.start() < m.end and hit[0] in m.noun for m in worn):
                inside = any(m.start <= hit.start() < m.end for m in worn)
                first = hit.start() if inside else _first(text, hit.start())
                hits.append((first, hit.end(), why))
    lines = [
        Unshown(text[a:b], why)
        for a, b, why in hits
        if not any((c, d) != (a, b) and c <= a and b <= d for c, d, _ in hits)
    ]
    for m in worn:
        lines += _mention_report(text, m, outfit)
    if whole and not lines and not worn and not _dressed_in(text):
        lines.append(Unshown(text, "the wardrobe knows no way to show this"))
    return lines


def _mention_report(text: str, mention: Mention, outfit: Outfit | None) -> list[Unshown]:
    said = text[mention.start : mention.end]
    if outfit is None:
        return [Unshown(said, "no outfit was chosen")]
    if mention.garment is None:
        return [Unshown(said, f"shown as: {outfit.garment}")]
    shown = " ".join([*mention.words, mention.noun])
    if shown not in outfit.matched:
        return [Unshown(said, f"hidden: the {outfit.garment} is shown instead")]
    if outfit.matched[0] != shown and mention.colour is None:
        return [Unshown(said, f"hidden under the {outfit.garment}")]
    return []


def _first(text: str, end: int) -> int:
    """Where the noun phrase that ends at ``end`` begins, its determiner left out."""
    first = end
    for t in reversed(tokens(text[:end])):
        if t.word in STOPS or t.word in DETERMINERS:
            break
        first = t.start
    return first
