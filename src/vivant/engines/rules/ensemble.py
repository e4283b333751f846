"""The still of several people: each with their own clothes and posture, then what all share."""

from __future__ import annotations

from vivant.coverage import unreached
from vivant.engines.rules import function_words as fw
from vivant.engines.rules import render
from vivant.engines.rules.company import Company, is_name
from vivant.engines.rules.phrases import thing_of
from vivant.engines.rules.pieces import Piece
from vivant.engines.rules.spatial import OPENING, ORDER, part, phrase_of, with_place, written
from vivant.engines.rules.words import Word
from vivant.people import TOGETHER
from vivant.types import SpatialPrompt

_ORDINALS = frozenset("first second third".split())
_OWN = ("appearance", "pose")
_SHARED = ("pose", "prop", "setting", "style", "framing")


def compose(
    pieces: list[Piece], things: list[tuple[Word, ...]], prompt: str, company: Company
) -> SpatialPrompt:
    """ "A man in a suit and a woman in a red dress, standing in a garden."."""
    shown = [p for p in pieces if p.kind in ORDER]
    first = next((p.words[0].token.start for p in shown if p.kind == "subject"), len(prompt))
    opening = [p for p in shown if p.kind in OPENING and p.words[0].token.start < first]
    parts = [part(p.kind, p.words, prompt, p.cast) for p in shown]
    things = [kept for words in things if (kept := _thing(words, company))]
    parts += [part("prop", words, prompt, _whose(words, pieces)) for words in things]
    shown = with_place([*shown, *(Piece("prop", words) for words in things)])
    phrases = [phrase_of(p) for p in opening]
    phrases += _people(shown, company)
    for kind in _SHARED:
        phrases += [
            phrase_of(p) for p in shown
            if p.kind == kind and p not in opening and not (kind == "pose" and len(p.cast) == 1)
        ]  # fmt: skip
    # Beyond the grammar of these rules a sentence may say things of nobody; none is to be lost.
    phrases += [phrase_of(p) for p in shown if unreached(" ".join(phrases), [render.text(p.words)])]
    return written([p for p in dict.fromkeys(phrases) if p], parts)


def _thing(words: tuple[Word, ...], company: Company) -> tuple[Word, ...]:
    """ "Hands a waitress a plate" needs the plate; the waitress is no prop."""
    while words and company.of(words):
        words = words[1:]
    return words


def _whose(words: tuple[Word, ...], pieces: list[Piece]) -> tuple[int, ...]:
    inside = [p.cast for p in pieces if p.kind == "action" and set(words) <= set(p.words)]
    return inside[0] if inside else ()


def _people(shown: list[Piece], company: Company) -> list[str]:
    """Everybody with what is theirs alone, joined by "and"; then what several of them share."""
    subjects = [p for p in shown if p.kind == "subject"]
    called: list[str] = []
    done: set[int] = set()
    for piece in subjects:
        alone = piece.cast[0] if len(piece.cast) == 1 else None
        about = _described(shown, alone) if alone is not None and alone not in done else ""
        if not _is_told(piece, shown, company):
            called.append(_named(piece, company) + about)
        done |= {alone} if alone is not None else set()
    unnamed = [n for n in company.everyone if not any(n in p.cast for p in subjects)]
    if unnamed and company.is_nameless:
        called.append(company.counted)
    else:
        called += [company.called(n) + _described(shown, n) for n in unnamed]
        done |= set(unnamed)
    apart = [n for n in company.everyone if n not in done]
    each = [f"{company.name((n,))[0]}{about}" for n in apart if (about := _described(shown, n))]
    shared = [_worn(p) for p in shown if p.kind == "appearance" and len(p.cast) != 1]
    people = " and ".join(called) if len(called) == 2 else ", ".join(called)
    all_of = "both" if company.size == 2 else "all"
    together = [f"{all_of} {x}" if x.startswith(("in ", "with ")) else x for x in shared]
    return [text for text in (people, " and ".join(each), *together) if text]


def _named(piece: Piece, company: Company) -> str:
    """A subject as the still says it: names as they are, "both" as "two people"."""
    text = render.text(piece.words)
    if text.lower() in TOGETHER:
        return company.counted
    ordered = piece.words[0].low == "the" and any(w.low in _ORDINALS for w in piece.words)
    if ordered and len(piece.cast) == 1:
        return company.name(piece.cast)[0]
    named = bool(piece.cast) and is_name(company.cast.people[piece.cast[0]])
    return text if named else phrase_of(piece)


def _is_told(piece: Piece, shown: list[Piece], company: Company) -> bool:
    """Whether somebody stands, and all that is theirs, in another's posture: "beside a queen"."""
    own = {w for p in shown if p.kind in _OWN and p.cast == piece.cast for w in p.words}
    postures = [p for p in shown if p.kind == "pose" and p.cast != piece.cast]
    return any(
        set(piece.cast) & set(company.of(p.words)) and company.named(p.words)
        and own <= set(p.words) for p in postures
    )  # fmt: skip


def _described(shown: list[Piece], number: int) -> str:
    """Clothes, looks and posture of one person, as they follow the noun."""
    own = [p for p in shown if p.kind in _OWN and p.cast == (number,)]
    text, before = "", ""
    for piece in sorted(own, key=lambda p: _OWN.index(p.kind)):
        told = phrase_of(piece) if piece.kind == "pose" else _worn(piece)
        joint, _, rest = told.partition(" ")
        if rest and joint == before and piece.kind == "appearance":
            text += f" and {rest}"
        elif joint in _JOINTS or piece.kind == "pose":
            text += f" {told}"
        else:
            text += f", {told}"
        before = joint if joint in _JOINTS else ""
    return text


_JOINTS = fw.PREPOSITIONS | {"wearing"}


def _worn(piece: Piece) -> str:
    """ "A red dress" is "in a red dress", long hair is "with long hair"."""
    text = phrase_of(piece)
    thing = thing_of(piece.words)
    around = piece.clause.words if piece.clause is not None else ()
    at = around.index(piece.words[0]) if piece.words[0] in around else 0
    if at and around[at - 1].tag == "P" and piece.words[0].tag != "P":
        return f"{around[at - 1].low} {text}"
    if piece.words[0].tag in ("P", "VN", "VG", "R") or any(w.tag == "V" for w in piece.words):
        return text
    return {"garment": f"in {text}", "looks": f"with {text}"}.get(thing, text)
