"""Where the prompt is set: the choice of a place and its light from the words of the prompt.

A place counts by how its word is used: "in a library" says where we are, "a map of the desert",
"a forest tattoo" and "a view of the sea" name things. The parts of kind *setting* decide; a pose
comes next, a trade or a prop ("a chef") only speaks where no setting does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vivant.engines.previz.sets import lights
from vivant.engines.previz.sets.gazetteer import BY_NAME, PLACES, Place
from vivant.engines.previz.sets.usage import Mention, leftover, mentions, plain

if TYPE_CHECKING:
    from vivant.types import SpatialPrompt

__all__ = ["BY_NAME", "PLACES", "Because", "Choice", "Place", "choose"]

Reason = Literal["the setting", "the pose", "the trade", "the light", "no setting"]
_ENOUGH = 0.3
_WEIGHTS: tuple[tuple[Reason, tuple[str, ...], float], ...] = (
    ("the setting", ("setting",), 1.0),
    ("the pose", ("pose",), 0.55),
)


@dataclass(frozen=True)
class Because:
    """Words of the prompt and what they decided."""

    words: str
    reason: Reason


@dataclass(frozen=True)
class Choice:
    """``place`` is a name in ``PLACES``, or None where no set fits; ``light`` is a light of it.

    For no place, ``light`` is the kind of light asked for (``lights.KINDS``), "day" by default.
    ``asked`` is that kind where the words name one. ``matched`` tells which words decided.
    """

    place: str | None
    light: str
    matched: tuple[Because, ...] = ()
    asked: str | None = None


def choose(spatial: SpatialPrompt) -> Choice:
    """The place and light that a prompt is set in. Never fails: no known place is an answer."""
    found = _by_words(spatial) or _nothing_said(spatial)
    bright = lights.asked(plain(_light_words(spatial)))
    kind = bright[0] if bright else None
    why = () if bright is None else (Because(bright[1], "the light"),)
    if found is None:
        return Choice(None, kind or "day", why, kind)
    place, because = found
    return Choice(place.name, lights.nearest(kind, place.lights), (because, *why), kind)


def _by_words(spatial: SpatialPrompt) -> tuple[Place, Because] | None:
    if not spatial.parts:
        return _in_sentence(spatial.text)
    for reason, kinds, weight in _WEIGHTS:
        texts = [plain(p.text) for p in spatial.parts if p.kind in kinds]
        if best := _best([m for text in texts for m in mentions(text)], weight):
            return best[0], Because(best[1], reason)
    if any(leftover(plain(p.text)) for p in spatial.parts if p.kind == "setting"):
        return None  # somewhere we do not know: a trade must not drag it to where it works
    return _by_trade(plain(spatial.of("subject", "prop")))


def _nothing_said(spatial: SpatialPrompt) -> tuple[Place, Because] | None:
    """A prompt without any setting is shown before a photographer's canvas."""
    words = spatial.of("setting") if spatial.parts else spatial.text
    return None if words.strip() else (BY_NAME["studio"], Because("", "no setting"))


def _in_sentence(text: str) -> tuple[Place, Because] | None:
    """No parts: a place must be governed by a preposition, else the trade speaks."""
    words = plain(text)
    if best := _best([m for m in mentions(words) if m.governed], 1.0):
        return best[0], Because(best[1], "the setting")
    return _by_trade(words) or _bare(words)


def _bare(words: str) -> tuple[Place, Because] | None:
    best = _best(mentions(words), 0.6)
    return (best[0], Because(best[1], "the setting")) if best else None


def _best(found: list[Mention], weight: float) -> tuple[Place, str] | None:
    """The place named most plainly; of equals the first."""
    ranked = sorted(enumerate(found), key=lambda m: (-m[1].plainness + 0.03 * m[0], m[0]))
    if not ranked or ranked[0][1].plainness * weight < _ENOUGH:
        return None
    return ranked[0][1].place, ranked[0][1].words


def _by_trade(words: str) -> tuple[Place, Because] | None:
    hits = (
        (-len(trade), place, trade)
        for place in PLACES
        for trade in place.trades
        if re.search(rf"\b{re.escape(trade)}s?\b", words)
    )
    best = min(hits, key=lambda hit: (hit[0], hit[2]), default=None)
    return None if best is None else (best[1], Because(best[2], "the trade"))


def _light_words(spatial: SpatialPrompt) -> str:
    if not spatial.parts:
        return spatial.text
    return spatial.of("setting", "style", "framing", "pose")
