"""Garments mentioned in a phrase, each with the words that belong to it.

English binds colours to the left: modifiers stand between the determiner and the noun ("a long,
mustard-coloured *coat*"), or right behind it ("a *hoodie* in forest green"). What lies beyond a
determiner, a preposition or another noun belongs to something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.engines.previz.wardrobe.palette import DYES, SAME, SHADES
from vivant.engines.previz.wardrobe.words import (
    GENERIC,
    MATERIALS,
    NOUNS,
    PATTERN_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[,.;:()]")
DETERMINERS = frozenset({
    "a", "an", "the", "his", "her", "their", "its", "my", "your", "our", "this", "that",
    "these", "those",
})  # fmt: skip
STOPS = frozenset({
    "in", "on", "with", "over", "under", "beneath", "underneath", "of", "and", "or", "but",
    "while", "at", "by", "to", "from", "for", "as", "atop", "against", "wearing", "wears",
    "wore", "worn", "donning", "dons", "clad", "dressed", "sporting", "sports", "plus",
    "beside", "whose", "is", "are", "was", "has", "have", "had", ".", ";", ":", "(", ")", ",",
})  # fmt: skip
WEARING = frozenset({
    "wearing", "wears", "wore", "worn", "donning", "dons", "clad", "dressed", "sporting", "in",
})  # fmt: skip
NOT_WORN = frozenset({
    "carrying", "carries", "carried", "holding", "holds", "held", "folding", "folds", "folded",
    "hanging", "ironing", "sewing", "washing", "no", "without", "removing", "selling",
})  # fmt: skip
"""Verbs and negations: what follows them is not on the body."""
NOT_CLOTHES = frozenset({
    "rack", "hanger", "hangers", "shop", "store", "code", "rehearsal", "closet", "factory",
    "maker", "designer", "seller", "match", "game", "city", "club", "collection", "hook",
})  # fmt: skip
"""Nouns that turn the garment before them into something else."""
NOT_TANKS = frozenset({
    "oxygen", "air", "scuba", "water", "gas", "fish",
})  # fmt: skip
CARRIED = re.compile(r"(?:(?:draped|folded) )?over (?:\w+ )?(?:arm|forearm|chair)|slung over")
SUFFIX = re.compile(r"-(?:colou?red|hued|toned|tinted|clad|wearing|jacketed|jacket|shirted|ish)$")


@dataclass(frozen=True)
class Token:
    """A word in lower case and where it stands in the text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Mention:
    """One garment named in a text.

    ``garment`` is None where the noun is of no particular kind; ``start`` and ``end`` bound the
    noun with its modifiers; ``words`` are the modifiers.
    """

    noun: str
    garment: str | None
    colour: str | None
    pattern: str | None
    words: tuple[str, ...]
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Words and punctuation of ``text``."""
    return [
        Token(m[0].lower().replace("\u2019", "'"), m.start(), m.end()) for m in TOKEN.finditer(text)
    ]


def mentions(text: str) -> list[Mention]:
    """Garments that ``text`` says are worn, in order."""
    found, all_ = [], tokens(text)
    i = 0
    while i < len(all_):
        width, noun = _noun(all_, i)
        if not width:
            i += 1
            continue
        mention = _mention(text, all_, i, i + width, noun)
        if mention is not None:
            found.append(mention)
        i += width
    return found


def _noun(all_: Sequence[Token], i: int) -> tuple[int, str]:
    """How many tokens from ``i`` on name a garment, and its dictionary form."""
    for width in (3, 2, 1):
        if i + width > len(all_):
            continue
        words = [t.word for t in all_[i : i + width]]
        phrase = " ".join(words)
        forms = [phrase, phrase.removesuffix("s"), phrase.removesuffix("es")]
        if width == 1:
            forms += [phrase.split("-")[0]] if SUFFIX.search(phrase) else []
        for form in forms:
            if form in NOUNS or (width == 1 and form in GENERIC):
                # "knit sweater", "leather amulets": here the material is no garment of its own.
                after = all_[i + width].word if i + width < len(all_) else "."
                if width == 1 and form in MATERIALS and after not in STOPS:
                    return 0, ""
                return width, form
    return 0, ""


def _mention(text: str, all_: Sequence[Token], begin: int, end: int, noun: str) -> Mention | None:
    after = all_[end].word if end < len(all_) else ""
    if after in NOT_CLOTHES or CARRIED.match(text[all_[end - 1].end :].strip()):
        return None
    if text[all_[end - 1].end :].lower().startswith((" of paint", " of arms", " of armor")):
        return None
    left = _left(all_, begin)
    lead = [t.word for t in all_[max(left - 3, 0) : left]]
    if any(word in NOT_WORN for word in [*lead, *(t.word for t in all_[left:begin])]):
        return None
    right = _right(all_, end)
    before = [t.word for t in all_[left:begin]]
    if noun == "tank" and NOT_TANKS.intersection(before):
        return None
    # A material before a bare "jacket" or "coat" may name a garment of its own.
    for material in before:
        joined = f"{material} {noun}"
        if joined in NOUNS:
            noun = joined
    words = [*before, *(t.word for t in all_[end:right])]
    return Mention(
        noun, NOUNS.get(noun), colour_of(words), pattern_of(words), tuple(words),
        all_[left].start, all_[max(right, end) - 1].end,
    )  # fmt: skip


def _left(all_: Sequence[Token], begin: int) -> int:
    """Index of the first modifier of the noun at ``begin``."""
    i = begin
    while i > 0:
        word = all_[i - 1].word
        if word in (",", "and") and i > 1 and _describes(all_[i - 2].word) and i < begin:
            i -= 1
            continue
        if word in STOPS or word in DETERMINERS or (i < begin and _noun(all_, i - 1)[0]):
            break
        i -= 1
    return i


def _right(all_: Sequence[Token], end: int) -> int:
    """Index behind the last modifier that follows the noun ending at ``end``."""
    words = [t.word for t in all_[end : end + 7]]
    match words:
        case ["in" | "of", *rest]:
            skip = 1
        case ["the", "color" | "colour", "of", *rest]:
            skip = 3
        case ["that" | "which", "is", *rest]:
            skip = 2
        case ["with", *rest]:
            return _printed(rest, end + 1)
        case _:
            return end
    if rest and rest[0] in DETERMINERS:
        rest, skip = rest[1:], skip + 1
    n = 0
    while n < len(rest) and (
        _colour_word(rest[n]) or rest[n] in SHADES or rest[n] in PATTERN_WORDS
    ):
        n += 1
    follows = rest[n] if n < len(rest) else ""
    bound = not follows or follows in STOPS or follows in MATERIALS or follows == "with"
    return end + skip + n if n and bound else end


def _printed(rest: Sequence[str], at: int) -> int:
    """Index behind "[white] stripes" and the like, for "a shirt with white stripes"."""
    for n, word in enumerate(rest[:3]):
        if word in PATTERN_WORDS:
            return at + n + 1
        if not _describes(word):
            break
    return at - 1


def _describes(word: str) -> bool:
    return (
        _colour_word(word) is not None or word in SHADES or word in PATTERN_WORDS
        or word in MATERIALS or word in ADJECTIVES
    )  # fmt: skip


ADJECTIVES = frozenset({
    "long", "short", "loose", "tight", "baggy", "oversized", "heavy", "thick", "thin", "old",
    "new", "worn", "torn", "faded", "crisp", "plain", "simple", "bulky", "fitted", "elegant",
    "smart", "stylish", "vintage", "warm", "soft",
})  # fmt: skip


def _colour_word(word: str) -> str | None:
    """The dye that ``word`` names, if any: "mustard-coloured", "marigold-yellow", "grey"."""
    if word in DYES or word in SAME:
        return SAME.get(word, word)
    word = SUFFIX.sub("", word)
    for piece in (word, *word.split("-")):
        if piece in DYES or piece in SAME:
            return SAME.get(piece, piece)
    return None


def colour_of(words: Sequence[str]) -> str | None:
    """The first colour among ``words``, with a shade before it; "navy blue" is navy."""
    for i, word in enumerate(words):
        colour = _colour_word(word)
        if colour is None:
            continue
        shades = [word.split("-")[0]] if word.split("-")[0] in SHADES else []
        if not shades and i and words[i - 1] in SHADES:
            shades = [words[i - 1]]
        return " ".join([*shades, colour])
    return None


def pattern_of(words: Sequence[str]) -> str | None:
    """The first pattern among ``words``."""
    return next((PATTERN_WORDS[w] for w in words if w in PATTERN_WORDS), None)
