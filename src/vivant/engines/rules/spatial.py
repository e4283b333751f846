"""The spatial prompt: comma-joined phrases of what the first still shows."""

from __future__ import annotations

from dataclasses import replace

from vivant.engines.rules import render
from vivant.engines.rules.phrases import head_of, thing_of
from vivant.engines.rules.pieces import Piece
from vivant.engines.rules.words import Word
from vivant.types import Part, PartKind, SpatialPrompt

ORDER: tuple[PartKind, ...] = (
    "subject", "appearance", "pose", "prop", "setting", "style", "framing",
)  # fmt: skip
OPENING = ("framing", "style")
PERSONAL = ("subject", "appearance", "pose", "prop", "action", "expression")
"""What is somebody's; a place, a style and the camera are nobody's."""


def part(kind: PartKind, words: tuple[Word, ...], prompt: str, who: tuple[int, ...] = ()) -> Part:
    """The stretch of the prompt from the first to the last of ``words``."""
    start, end = words[0].token.start, words[-1].token.end
    return Part(kind, prompt[start:end], start, end, who if kind in PERSONAL else ())


def compose(pieces: list[Piece], things: list[tuple[Word, ...]], prompt: str) -> SpatialPrompt:
    """The spatial prompt of the labelled pieces; ``things`` are the props' words."""
    shown = [p for p in pieces if p.kind in ORDER]
    shown += [Piece("prop", words) for words in things]
    first = next((p.words[0].token.start for p in shown if p.kind == "subject"), len(prompt))
    opening = [p for p in shown if p.kind in OPENING and p.words[0].token.start < first]
    parts = [part(p.kind, p.words, prompt) for p in shown]
    shown = with_place(shown)
    ordered = opening + [p for kind in ORDER for p in shown if p.kind == kind and p not in opening]
    phrases: list[str] = []
    for piece in ordered:
        phrase = phrase_of(piece)
        if phrase and phrase.lower() not in (x.lower() for x in phrases):
            phrases.append(phrase)
    return written(phrases, parts)


def written(phrases: list[str], parts: list[Part]) -> SpatialPrompt:
    """Phrases joined by commas, with a capital and a full stop."""
    body = ", ".join(phrases)
    return SpatialPrompt(
        body[:1].upper() + body[1:] + ("." if body and not body.endswith(".") else ""),
        tuple(sorted(parts, key=lambda x: (x.start, x.end))),
    )


def with_place(shown: list[Piece]) -> list[Piece]:
    """Keep "standing" and "behind a market stall" together, if one clause says both."""
    joined: list[Piece] = []
    for piece in shown:
        last = joined[-1] if joined else None
        follows = (
            last is not None
            and last.kind == "pose"
            and piece.kind == "setting"
            and (piece.clause is last.clause and last.clause is not None)
        )
        if follows and last is not None and piece.words[0].tag == "P":
            joined[-1] = replace(last, words=last.words + piece.words)
        else:
            joined.append(piece)
    return joined


def phrase_of(piece: Piece) -> str:
    """How a piece stands in the still."""
    words = piece.words
    while len(words) > 1 and words[0].tag in ("C", "S"):
        words = words[1:]
    if piece.kind == "subject":
        head = head_of(words)
        plural = head is not None and head.lemma != head.low and head.low.endswith("s")
        name = head is not None and (thing_of(words) == "name" or _is_called(words, head))
        return render.with_article(render.text(words), plural=plural, name=name)
    if piece.kind == "prop":
        return render.text(words)
    return render.still(words, piece.clause)


def _is_called(words: tuple[Word, ...], head: Word) -> bool:
    """Amma, Papa: a word for a relative used as a name."""
    return (
        head is words[0]
        and len(words) == 1
        and head.token.text[0].isupper()
        and (head.token.start > 0)
    )
