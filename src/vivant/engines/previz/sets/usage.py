"""How a place's word is used in a phrase: as where somebody is, or as a mere thing or adjective.

A few rules of English noun phrases, each a factor on the mention's plainness:
a preposition of place before it raises it, "view of" or "overlooking" sinks it; a noun right after
it makes it an attribute ("forest tattoo"), unless that noun is part of the place ("forest path").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from vivant.engines.previz.sets.gazetteer import PLACES, Place


@dataclass(frozen=True)
class Mention:
    """A place's word in a phrase; ``plainness`` is about 1 where it says where somebody is."""

    place: Place
    words: str
    plainness: float
    governed: bool
    """Whether a preposition of place stands before it."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TOKEN = re.compile(r"[a-z0-9][a-z0-9'-]*|[,.;:]")
_INSIDE = _set("""
    in inside at on into within through across along amid among amidst around down under
    throughout aboard between behind beneath onto up
""")
_ASIDE = _set("""
    above over overlooking beyond outside past towards toward from facing near by beside
    opposite
""")
_ASIDE_KEEPS = {
    "by": 0.95,
    "beside": 0.9,
    "near": 0.8,
    "outside": 0.55,
    "towards": 0.6,
    "toward": 0.6,
    "past": 0.6,
    "beyond": 0.75,
}
_LINKS = _set("""
    a an the his her this these those their its my your our this that some one and very old
    new young small big large little busy crowded empty quiet dim dark bright sunny rainy
    snowy cosy cozy cluttered cramped bustling packed modern ancient abandoned narrow wide
    vast tiny dense deep warm cold
""")
_PICTURES = _set("""
    map view painting poster photo photograph picture print image mural drawing sketch
    postcard model replica memory memories dream dreams thought thoughts vision smell scent
    sound sounds noise story stories tale book film movie song logo name symbol history
    tattoo tapestry portrait glimpse views maps idea
""")
_MINDS = _set("""
    dreaming dreams dreamt thinking thinks imagining imagines remembering remembers missing
    longing reading talking watching
""")
_THINGS = _set("""
    tattoo tattoos poster posters painting print map maps photo photograph picture towel
    knife knives apron uniform gown bike bikes bicycle musician shirt t-shirt boots shoes
    hat jacket suit dress coat bag mug book magazine logo theme themed song worker workers
    officer driver teacher player guide people crew volleyball ball balls light lights
    lighting noise noises sound sounds smell air breeze green blue red black white grey gray
    brown print prints motif pattern mural wallpaper gear helmet jersey leotard mat dance
    sign name food animal animals fans keeper owner manager staff style vibe music door
    number chair key keys card phone hound dog cat fire-red colored coloured vendor artist
    performer kid kids boy girl man woman lamp lamps equipment trophy model calendar
""")
_PARTS = _set("""
    scene setting area background interior floor corner table counter wall window windows
    corridor hallway room aisle shelf shelves entrance front building path trail clearing
    edge slope slopes pass peak peaks top village landscape skyline square district quarter
    yard grounds stall stalls platform car bench terrace deck shore bay rooftop arena
    stadium venue dunes sand waves horizon track court stage seat seats booth space
    environment world opening night morning evening view reception crossing festival desk
    lane grid
""")
_DISPLAYED = re.compile(
    r"^(?:\s+\w+){0,2}?\s+on\s+(?:(?:a|an|the|his|her|their)\s+)?(?:\w+\s+)?"
    r"(?:wall|screen|screens|poster|canvas|tv|television|monitor|shirt|t-shirt|mug|postcard|billboard)\b"
)
_VAGUE = {
    "desk": 0.6, "home": 0.8, "house": 0.7, "screen": 0.62, "monitor": 0.5, "tree": 0.5,
    "fire": 0.45, "flame": 0.5, "party": 0.7, "class": 0.6, "study": 0.5, "match": 0.5,
    "race": 0.7, "track": 0.75, "ring": 0.6, "wave": 0.5, "sand": 0.5, "plain": 0.4,
    "rocky": 0.3, "space": 0.6, "moon": 0.4, "satellite": 0.4, "crowd": 0.4, "fair": 0.5,
    "snow": 0.7, "bed": 0.7, "sink": 0.5, "stove": 0.7, "spotlight": 0.7, "boat": 0.7,
    "deck": 0.6, "burning": 0.6, "station": 0.7, "platform": 0.6, "corridor": 0.6,
    "hallway": 0.6, "crossing": 0.6, "neon": 0.8, "taxi": 0.4, "studio": 0.75, "city": 0.75,
    "street": 0.85, "paris": 0.4, "london": 0.4, "tokyo": 0.5, "new york": 0.5,
    "manhattan": 0.5, "kyoto": 0.4, "venice": 0.4, "town": 0.6, "village": 0.7, "field": 0.6,
    "wood": 0.5, "chandelier": 0.7, "window": 0.2, "cabin": 0.7, "square": 0.5, "hill": 0.8,
    "farm": 0.7, "camp": 0.6, "club": 0.85, "broadcast": 0.5, "alley": 0.85, "store": 0.85,
    "shop": 0.85, "roof": 0.6, "pavement": 0.7, "surgery": 0.5, "reception": 0.75, "opera": 0.7,
    "apartment": 0.85, "skyline": 0.6, "skyscraper": 0.5, "traffic": 0.5, "bank": 0.5,
    "flat": 0.4, "mars": 0.9, "camel": 0.4, "ship": 0.6, "sofa": 0.7, "couch": 0.7,
    "armchair": 0.7, "engulfed": 1.5, "pillow": 0.4, "whiteboard": 0.5, "concert": 0.9,
    "stadium": 1.0, "trail": 0.8, "orbit": 0.8, "cockpit": 0.55, "island": 0.8, "market": 0.95,
    "bar": 0.95, "bridge": 0.6, "billboard": 0.75, "arcade": 0.8, "heather": 0.6,
    "brazier": 0.5, "crypt": 0.8, "carnival": 0.6, "wreckage": 0.6, "explosion": 0.7,
    "blizzard": 0.7, "snowstorm": 0.7, "airport": 0.6, "parking garage": 0.6, "quarry": 0.6,
    "cemetery": 0.6,
}  # fmt: skip
_LIGHT_ONLY = _set("""
    light lights lighting rain night hour golden background environment atmosphere air wind
    weather fog mist haze smoke sky sun sunlight moonlight daylight evening morning
    afternoon noon dusk dawn twilight day sunset sunrise glow shadow shadows cloud clouds
    storm neon candle candles candlelight heavy soft bright dim dark warm cold low long
    faint early late summer winter spring autumn cool pale raw february crowd fluorescent
    attire casual professional everyday clothing
""")
_FUNCTION = _set("""
    of with for to and or but is are was were be as than then when while where who which
    that it he she they him them there here out off not no only just all its his her their a
    an the in inside at on into within through across along around under by near beside
    behind from over above against between amid before after during until against
""")


def mentions(text: str) -> list[Mention]:
    """Every place named in plain lower-case text, in reading order; longer phrases win."""
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    words = [t[0] for t in tokens]
    found, i = [], 0
    while i < len(words):
        hit = _longest(words, i)
        if hit is None:
            i += 1
            continue
        place, key = hit
        length = key.count(" ") + 1
        after = text[tokens[i + length - 1][2] :]
        plainness, governed = _plainness(words, i, key, after)
        found.append(Mention(place, " ".join(words[i : i + length]), plainness, governed))
        i += length
    return found


def plain(text: str) -> str:
    """Lower case without accents or typographic marks, for matching."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).lower()


def leftover(text: str) -> bool:
    """Whether text says anything about a place beyond light, weather and time."""
    words = (m.group() for m in _TOKEN.finditer(text) if m.group()[0].isalnum())
    return any(w not in _LIGHT_ONLY and w not in _FUNCTION and w not in _LINKS for w in words)


def _plainness(words: list[str], start: int, key: str, after: str) -> tuple[float, bool]:
    length = key.count(" ") + 1
    value = _VAGUE.get(key, 1.0) + 0.12 * (length - 1)
    governor = _governor(words, start)
    governed = governor in _INSIDE or governor in _ASIDE_KEEPS
    if governor in _INSIDE:
        value *= 1.25
    elif governor in _ASIDE:
        value *= _ASIDE_KEEPS.get(governor or "", 0.35)
    elif governor == "of":
        held = words[max(0, start - 6) : start]
        pictured = any(w in _PICTURES or w in _MINDS for w in held)
        value *= 0.1 if pictured else 1.1
        governed = not pictured
    elif governor in _MINDS or governor == "about" or governor == "like":
        value *= 0.15
    elif governor == "with" and start > 1:
        value *= 0.6
    return value * _attributive(words, start + length) * _displayed(after), governed


def _governor(words: list[str], start: int) -> str | None:
    """The word that governs the noun phrase: back over what may stand inside one."""
    for back in range(start - 1, max(-1, start - 6), -1):
        word = words[back]
        if word in ",.;:":
            return None
        if (
            word in _INSIDE
            or word in _ASIDE
            or word in _MINDS
            or word in ("of", "about", "like", "with")
        ):
            return word
        if word in ("and", "or"):
            return None
    return None


def _attributive(words: list[str], after: int) -> float:
    if after >= len(words):
        return 1.0
    following = words[after]
    if following in _THINGS:
        return 0.12
    if _longest(words, after) is not None:
        return 0.45
    return 1.0


def _displayed(after: str) -> float:
    return 0.15 if _DISPLAYED.match(after) else 1.0


def _longest(words: list[str], start: int) -> tuple[Place, str] | None:
    """The place whose longest phrase begins here, and that phrase as the table has it."""
    table = _lexicon()
    for length in (4, 3, 2, 1):
        if start + length <= len(words):
            head = words[start : start + length - 1]
            last = words[start + length - 1]
            for form in (last, _single(last)):
                key = " ".join([*head, form])
                if place := table.get(key):
                    return place, key
    return None


def _single(word: str) -> str:
    """A noun's singular, roughly."""
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Place]:
    return {word: place for place in PLACES for word in place.words}
