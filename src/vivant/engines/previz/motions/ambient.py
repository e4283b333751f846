"""What goes on around the person: words → effects and wind, and why the rest is not there."""

from __future__ import annotations

import numpy as np

from vivant.engines.previz.motions.base import Beat, Channels, motion
from vivant.engines.previz.motions.ease import Curve, plateau, wander
from vivant.engines.previz.motions.words import any_of, vocabulary

SET_IN = 1.6
"""Seconds in which an effect that begins during the film grows to its strength."""


def _strength(beat: Beat, level: float) -> Curve:
    value = min(1.0, level * beat.cue.amount)
    if not beat.cue.begins:
        return np.full_like(beat.t, value)
    fade = min(SET_IN, 0.4 * max(beat.room, 0.5))
    return value * plateau(beat.t, beat.start, beat.until, fade, fade)


def _around(name: str, *says: str, bare: tuple[str, ...] = (), level: float = 0.75) -> None:
    """Register the words of one effect; ``bare`` where they are known to be about the place."""

    @motion(name, *says, layer="effects", bare=bare, keep="hold", seconds=1.0, least=0.1)
    def play(beat: Beat) -> Channels:
        return {name: _strength(beat, level)}


_FALLS = any_of(
    "fall drift float swirl flutter blow whirl scatter rain "
    "spiral tumble dance drop fly settle shower"
)
_MOVES = any_of(
    "drift swirl roll rise curl billow hang float creep "
    "fill move waft pour spread thicken linger seep"
)

_around(
    "rain",
    "rain",
    "it (is|was)? <rain>",
    "<rain> (outside|hard|heavily|softly|gently|lightly)",
    "(rain|raindrops|drizzle|downpour) <fall|stream|pour|patter|beat|run|lash|bead>?",
    "raindrops",
    "downpour",
    "drizzle",
    "<drizzle>",
    "rainstorm",
    "thunderstorm",
    "(falling|pouring|heavy|light) rain",
    bare=("storm",),
)
_around(
    "snow",
    "snow",
    "<snow>",
    f"(snow|snowflakes|flakes) {_FALLS}",
    "(snowflakes|snowflake|snowfall|blizzard|flurries)",
    "(falling|drifting|swirling) snow",
    bare=("flakes",),
)
_around(
    "fog",
    "(fog|mist|haze)",
    f"(fog|mist|haze) {_MOVES}",
    "(drifting|rolling|morning) (fog|mist)",
    "heat haze * <shimmer>",
    level=0.7,
)
_around(
    "smoke",
    "smoke",
    f"smoke {_MOVES}",
    "(curling|drifting|rising|billowing) smoke",
    "fumes",
    level=0.7,
)
_around("steam", "steam", "<steam>", f"steam {_MOVES}", "vapor", "vapour", level=0.7)
_around(
    "flames",
    "(flames|flame|inferno|blaze|bonfire|campfire|fireplace)",
    "(fire|flames|flame|campfire|fireplace|candles|candle) <flicker|burn|crackle|lick|rage|"
    "dance|roar|blaze|rise|leap|glow|engulf>",
    "(burning|crackling|roaring|raging) (fire|flames|building|house|city)",
    bare=("(fire|burning)",),
)
_around(
    "embers",
    "(ember|embers|cinders)",
    "(embers|sparks|ash|ashes) <float|drift|fly|rise|swirl|shower|fall|scatter|dance|spray>",
    "(sparks|ash|ashes)",
    "shower of sparks",
    bare=("spark",),
)
_around(
    "dust",
    "dust",
    f"(dust|sand|motes|particles|pollen) {_MOVES}",
    "(motes|particles|pollen|sandstorm)",
    "(dust|sand) <swirl|blow|whirl|dance>",
    "dust motes <float|drift|dance>?",
    bare=("sand",),
)
_around(
    "leaves",
    f"(leaf|leaves|foliage) {_FALLS}",
    "(falling|autumn|swirling|drifting|blowing|fallen|yellow|red) leaves",
    bare=("leaves", "leaf"),
)
_around(
    "petals",
    "(petal|petals|blossoms)",
    f"(petals|blossoms|flowers) {_FALLS}",
    "(cherry|rose|flower) (petals|blossom|blossoms) <fall|drift|swirl>?",
    "petals are thrown (into the air)?",
)
_around(
    "confetti",
    "confetti",
    f"(confetti|streamers|glitter) {_FALLS}",
    "(glitter|streamers)",
    "<shower> with",
    "(balloons|feathers|millet|rice) <fall|drift|float|rain>",
)
_around(
    "lightning",
    "lightning",
    "lightning <flash|strike|crackle|flicker>",
    "thunderstorm with lightning",
    "(camera)? flashbulbs",
    "lightning bolts",
    level=0.8,
)
_around(
    "flicker",
    "(light|lights|lamp|lamps|bulb|bulbs|streetlamp|streetlight|tubes|lantern|candlelight|"
    "candle|torch|torchlight|firelight|screen|screens|shadows) <flicker|gutter|dim|pulse|"
    "blink>",
    "(light|lights|tubes|lamp|bulb) * <flicker>",
    "(flickering|guttering) * (light|lights|lamp|bulb|streetlamp|candle|candles|torch|screen)",
    "<flicker>",
    "candlelight",
    level=0.7,
)
_around(
    "neon",
    "neon",
    "neon (sign|signs|light|lights)? <flicker|buzz|glow|blink|flash|pulse>",
    "(neon|disco|strobe|club|police) (light|lights|sign|signs)",
    level=0.7,
)
_around("bubbles", "bubbles", "(bubble|bubbles) <rise|float|drift|pop>", "(soap|air) bubbles")
_around(
    "shafts",
    "(sunbeam|sunbeams|sunray|sunrays|god rays|light rays|light shafts|sunshafts)",
    "(shafts|beams|rays|shaft|beam|ray) of (light|sun|sunlight|sunshine)",
    "(sunlight|light|sun|sunshine) <stream|filter|pour|beam|shine|break|slant>",
    "beam <sweep>",
    level=0.75,
)
_around(
    "fireflies",
    "(firefly|fireflies|lightning bugs)",
    "fairy lights",
    "glowing (particles|orbs|specks)",
)
_around(
    "shimmer",
    "(water|sea|ocean|lake|river|surface|reflections|reflection|pool) <shimmer|ripple|"
    "glitter|sparkle|glisten|glint|shine|flow|lap>",
    "(rippling|shimmering|glittering|sparkling) (water|sea|light|reflections|lake)",
    "(waves|wave|surf|tide) <crash|roll|lap|break|wash|swell>",
    "(crashing|rolling|lapping) waves",
    "~ swell <build>",
    bare=("(waves|ripples|surf|swell)",),
    level=0.6,
)


@motion(
    "wind",
    "(wind|breeze|gust|gusts|gale|winds)",
    "(wind|breeze) <blow|tug|sweep|ruffle|rustle|whip|howl|pick|stir|catch|toss|play>",
    "<ruffle|tousle> ~ hair",
    "(hair|veil|scarf|cape|dress|coat|cloak|tarp|curtain|curtains|flag|flags|cloth) <blow|"
    "flow|flutter|sway|trail|wave|flap|billow|whip|stream>",
    "(windblown|windswept|windy)",
    "in the (wind|breeze)",
    "trailing behind",
    "(grass|trees|branches|palms|wheat|reeds) <sway|rustle|bend|wave|move>",
    bare=("(flaps|flapping|billowing|trailing|fluttering)",),
    layer="effects",
    keep="hold",
    seconds=1.0,
    least=0.1,
)
def wind(beat: Beat) -> Channels:
    """Gusts in hair and cloth; the body gives way a little."""
    level = 0.45 * beat.cue.amount
    fade = plateau(beat.t, beat.start, beat.until, 0.8, 1.0)
    gusts = 0.65 + 0.35 * wander(beat.t, 0.3, beat.rng)
    return {
        "wind": level * fade * gusts,
        "sway_x": 0.002 * beat.cue.amount * fade * gusts,
        "squint": 0.08 * fade,
    }


CROWD = "the people of a set stand still: only the person of the photo moves"
OTHERS = "nobody and nothing but the person of the photo acts in this engine"
SET_FIXED = "the set itself does not move; only the registered effects do"
CROWD_WORDS = vocabulary(
    """crowd crowds people students fans audience guests commuters passersby pedestrians dancers
    spectators customers children kids joggers women men teammates players attendants elders
    soldiers tourists shoppers workers colleagues friends onlookers"""
)
"""Words for people other than the one of the photo."""
