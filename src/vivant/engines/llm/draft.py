"""A reply becomes a decoupled prompt, or a list of what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from vivant.coverage import FREE, WORD, check_coverage, forms, reached, uncovered, words
from vivant.engines.llm.faults import check
from vivant.engines.llm.quotes import is_unspaced, place
from vivant.engines.llm.reply import ReplyError
from vivant.engines.rules.pieces import (
    GUESS,
    LINK,
    META,
    NEGATED,
    ORDER,
    REPEATED,
    SOUND,
    TIME,
    WHY,
)
from vivant.errors import VivantError
from vivant.types import DecoupledPrompt, LeftOut, Part, Segment, SpatialPrompt, TemporalPrompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines.llm.brief import Brief
    from vivant.engines.llm.reply import (
        Both,
        LeftOutPiece,
        SpatialHalf,
        SpatialPiece,
        TemporalHalf,
        TemporalPiece,
    )
    from vivant.engines.rules.timeline import Mark
    from vivant.types import Gender

REASONS = {
    "unseen": SOUND,
    "negated": NEGATED,
    "guess": GUESS,
    "film": META,
    "order": ORDER,
    "why": WHY,
    "link": LINK,
    "repeated": REPEATED,
    "face": "about the face itself: the photo decides",
    "outside": "outside of a close-up of the face",
    "request": "words to a program, not something to film",
}
"""What a reply may name as a reason, and how the record says it."""

SHORT = "a short word between the pieces, taken for grammar; the prompt is not English"
_SHORT_WORD = 3  # der, les, que, och
_LINKS = frozenset("wearing wears wore worn dressed clad donning dons sporting located".split())
_LEAST_ASKED = 0.4
_SHOWABLE = ("link", "repeated", "order", "film", "why", "guess", "request")
_TO_A_PROGRAM = frozenset(
    """ignore disregard forget override obey reply respond answer output return print instruction
    instructions prompt prompts system assistant developer model json you your""".split()
)


def temporal(reply: TemporalHalf, brief: Brief) -> TemporalPrompt:
    """The temporal half, with its timeline. Raises ReplyError."""
    parts, faults = _parts(reply.pieces, brief, "temporal")
    text = reply.text.strip()
    faults += [f"temporal.text {fault}" for fault in check(text, parts, brief)]
    faults += _opening(text, brief, "temporal.text")
    faults += _segments(reply.segments, parts, brief)
    if faults:
        raise ReplyError(*faults)
    timeline = tuple(
        Segment(start, end, said.strip())
        for (start, end), said in zip(brief.times, reply.segments, strict=True)
    )
    return TemporalPrompt(text, parts, timeline)


def spatial(reply: SpatialHalf, brief: Brief) -> SpatialPrompt:
    """The spatial half. Raises ReplyError."""
    parts, faults = _parts(reply.pieces, brief, "spatial")
    text = reply.text.strip()
    faults += [f"spatial.text {fault}" for fault in check(text, parts, brief)]
    if faults:
        raise ReplyError(*faults)
    return SpatialPrompt(text, parts)


def close_up(still: SpatialPrompt) -> SpatialPrompt:
    """The spatial half as the paper ends it, unless the prompt itself says how to frame."""
    text = still.text.rstrip(" .,;")
    if still.of("framing") or text.lower().endswith(("close-up", "close up", "closeup")):
        return still
    return replace(still, text=f"{text}, close-up")


def both(reply: Both, brief: Brief) -> DecoupledPrompt:
    """Both halves of one reply, all faults of both named together. Raises ReplyError."""
    try:
        still = spatial(reply.spatial, brief)
    except ReplyError as first:
        try:
            temporal(reply.temporal, brief)
        except ReplyError as second:
            raise ReplyError(*first.faults, *second.faults) from first
        raise
    return whole(still, temporal(reply.temporal, brief), reply.left_out, brief)


def whole(
    still: SpatialPrompt, motion: TemporalPrompt, pieces: Sequence[LeftOutPiece], brief: Brief
) -> DecoupledPrompt:
    """Both halves and all that is left out: every word of the prompt has its place.

    Time marks, and connecting words that nobody quoted, are left out here. In a language whose
    connecting words are not known, words of at most three letters count as such (one letter in a
    script without spaces). Raises ReplyError.
    """
    gender = _person(motion.text)
    out, faults = _left_out(pieces, brief)
    faults += _dropped(still, motion, pieces)
    faults += _asked_for_again(still, motion, out, brief)
    out += [_time(brief.prompt, m) for m in brief.marks]
    held = [(p.start, p.end) for p in (*still.parts, *motion.parts)]
    held += [(x.start, x.end) for x in out]
    lost = []
    for start, end in uncovered(brief.prompt, held):
        for a, b in _gaps(start, end, held):
            if reason := _grammar(brief, start, end, a, b):
                out.append(_piece(brief.prompt, a, b, reason))
            else:
                lost.append(brief.prompt[a:b])
    if lost:
        faults.append(
            f"These words of the prompt are in no piece: {', '.join(map(repr, lost[:40]))}. Quote "
            "them in a piece of spatial or temporal, or in left_out with the reason."
        )
    if faults:
        raise ReplyError(*faults)
    return _proven(DecoupledPrompt(
        brief.prompt, still, motion, _joined(out, brief.prompt), gender, "draft",
        used={} if brief.english else {"translated": True},
    ))  # fmt: skip


def _proven(draft: DecoupledPrompt) -> DecoupledPrompt:
    try:
        check_coverage(draft)
    except VivantError as error:
        raise ReplyError(error.message) from error
    return draft


def _parts(
    pieces: Sequence[SpatialPiece | TemporalPiece], brief: Brief, half: str
) -> tuple[tuple[Part, ...], list[str]]:
    spots = place([p.quote for p in pieces], brief.prompt)
    found = {
        Part(piece.kind, brief.prompt[spot[0] : spot[1]], *spot)
        for piece, spot in zip(pieces, spots, strict=True)
        if spot is not None
    }
    faults = _missing([p.quote for p in pieces], spots, half)
    return tuple(sorted(found, key=lambda p: (p.start, p.end, p.kind))), faults


def _missing(quotes: list[str], spots: Sequence[object], where: str) -> list[str]:
    lost = [
        quote for quote, spot in zip(quotes, spots, strict=True)
        if spot is None and any(c.isalnum() for c in quote)
    ]  # fmt: skip
    if not lost:
        return []
    shown = ", ".join(repr(quote[:60]) for quote in lost[:6])
    return [f"{where}: not in the prompt, word for word: {shown}. Quotes are copied, not written."]


def _left_out(pieces: Sequence[LeftOutPiece], brief: Brief) -> tuple[list[LeftOut], list[str]]:
    spots = place([p.quote for p in pieces], brief.prompt)
    found = [
        _piece(brief.prompt, *spot, REASONS[piece.reason])
        for piece, spot in zip(pieces, spots, strict=True)
        if spot is not None
    ]
    return found, _missing([p.quote for p in pieces], spots, "left_out")


def _piece(prompt: str, start: int, end: int, reason: str) -> LeftOut:
    return LeftOut(prompt[start:end], start, end, reason)


def _time(prompt: str, mark: Mark) -> LeftOut:
    start = mark.to - len(prompt[mark.at : mark.to].lstrip())
    return _piece(prompt, start, start + len(prompt[start : mark.to].rstrip()), TIME)


def _person(text: str) -> Gender:
    word = text.split(maxsplit=2)[1].lower()
    return "man" if word.startswith("man") else "woman" if word.startswith("wom") else "person"


def _opening(text: str, brief: Brief, where: str) -> list[str]:
    allowed = (brief.gender,) if brief.gender else ("man", "woman", "person")
    begins = [f"A {who}" for who in allowed]
    if any(text.startswith(b) and not text[len(b) : len(b) + 1].isalnum() for b in begins):
        return []
    return [f"{where} must begin with {' or '.join(map(repr, begins))}."]


def _segments(said: list[str], parts: tuple[Part, ...], brief: Brief) -> list[str]:
    if len(said) != len(brief.marks):
        return [
            f"temporal.segments has {len(said)} texts; the prompt has {len(brief.marks)} times, "
            "and each needs its own."
        ]
    faults = []
    for step, text in enumerate(said):
        low, high = brief.stretch(step)
        own = tuple(p for p in parts if low <= p.start < high)
        where = f"temporal.segments[{step}]"
        faults += [f"{where} {fault}" for fault in check(text.strip(), own, brief)]
        faults += _opening(text.strip(), brief, where)
    return faults


def _dropped(
    still: SpatialPrompt, motion: TemporalPrompt, pieces: Sequence[LeftOutPiece]
) -> list[str]:
    """Leaving out is for what can't be seen: most of what can be must be asked for."""
    asked = _content(" ".join(p.text for p in (*still.parts, *motion.parts)))
    gone = _content(" ".join(p.quote for p in pieces if _could_be_shown(p)))
    if len(asked) >= _LEAST_ASKED * len(asked | gone):
        return []
    return [
        f"left_out drops {len(gone - asked)} words that can be seen, and only {len(asked)} are "
        "asked for. Leave out only what no picture can show."
    ]


def _could_be_shown(piece: LeftOutPiece) -> bool:
    if piece.reason == "request" and not words(piece.quote).isdisjoint(_TO_A_PROGRAM):
        return False
    return piece.reason in _SHOWABLE


def _content(text: str) -> frozenset[str]:
    return words(text) - FREE


def _asked_for_again(
    still: SpatialPrompt, motion: TemporalPrompt, out: list[LeftOut], brief: Brief
) -> list[str]:
    """What is left out stays out of the halves, unless another piece of the prompt says it too."""
    if not brief.english:
        return []
    held = words(" ".join(p.text for p in (*still.parts, *motion.parts)))
    hidden = [REASONS[x] for x in ("unseen", "negated")]
    gone = [
        w.group() for x in out if x.reason in hidden for w in WORD.finditer(x.text)
        if not reached(w.group().casefold(), held)
    ]  # fmt: skip
    said = words(f"{still.text} {motion.text}") - FREE
    again = [w for w in dict.fromkeys(gone) if not forms(w.casefold()).isdisjoint(said)]
    if not again:
        return []
    return [f"The halves still ask for what is left out: {', '.join(map(repr, again[:8]))}."]


def _grammar(brief: Brief, start: int, end: int, a: int, b: int) -> str:
    """Why the stretch ``a:b`` of an unquoted word ``start:end`` may go, or nothing."""
    word = brief.prompt[start:end]
    if brief.english:
        return LINK if word.lower() in FREE | _LINKS else ""
    longest = 1 if is_unspaced(brief.prompt[a]) else _SHORT_WORD
    return SHORT if b - a <= longest else ""


def _gaps(start: int, end: int, held: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of ``start:end`` that nothing holds: a word, or a part of an unspaced run."""
    inside = sorted((max(a, start), min(b, end)) for a, b in held if a < end and start < b)
    edges = [(start, start), *inside, (end, end)]
    found, reach = [], start
    for (_, before), (after, _) in pairwise(edges):
        reach = max(reach, before)
        if reach < after:
            found.append((reach, after))
    return found


def _joined(out: list[LeftOut], prompt: str) -> tuple[LeftOut, ...]:
    """In order; neighbours with one reason and only marks between them stand together."""
    found: list[LeftOut] = []
    for piece in sorted(set(out), key=lambda x: (x.start, x.end, x.reason)):
        last = found[-1] if found else None
        if (
            last is not None and last.reason == piece.reason and last.end <= piece.start
            and not any(c.isalnum() for c in prompt[last.end : piece.start])
        ):  # fmt: skip
            found[-1] = _piece(prompt, last.start, piece.end, piece.reason)
        else:
            found.append(piece)
    return tuple(found)
