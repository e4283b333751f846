"""What moves, clause by clause, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.pieces import Piece, Who
from vivant.engines.rules.words import Word

_KINDS = ("action", "expression", "camera", "ambient")
_LINKS = frozenset("while whilst as until till when whenever once where".split())


@dataclass(frozen=True)
class Move:
    """All words of one clause that move, in order."""

    words: tuple[Word, ...]
    clause: Clause
    who: Who
    back: int
    step: int | None
    cast: tuple[int, ...] = ()
    """In a film of several people, the numbers of those who do it."""

    @property
    def has_verb(self) -> bool:
        """Whether the verb of the clause is among the words."""
        return any(w in self.clause.verb and w.tag in ("V", "VI", "VG", "VN") for w in self.words)

    @property
    def is_deed(self) -> bool:
        """Whether it is something the person does, told with a verb."""
        return self.who == "hero" and self.has_verb

    @property
    def link(self) -> str:
        """ "while", "as" and the like, or nothing."""
        return self.clause.lead if self.clause.lead in _LINKS else ""


def moves(pieces: list[Piece]) -> list[Move]:
    """The moving clauses in the order in which they happen."""
    found: list[Move] = []
    for piece in pieces:
        if piece.kind not in _KINDS or piece.clause is None:
            continue
        last = found[-1] if found else None
        same = (
            last is not None
            and last.clause.words == piece.clause.words
            and ((last.who == "camera") == (piece.who == "camera"))
        )
        if same and last is not None:
            found[-1] = replace(last, words=last.words + piece.words, clause=piece.clause)
        else:
            told = Move(piece.words, piece.clause, piece.who, piece.back, piece.step, piece.cast)
            found.append(told)
    return _in_order(found)


def _in_order(found: list[Move]) -> list[Move]:
    ordered: list[Move] = []
    for back in sorted({m.back for m in found}, reverse=True):
        for _, group in groupby((m for m in found if m.back == back), lambda m: m.clause.sentence):
            ordered += _in_sentence(list(group))
    return ordered


def _in_sentence(group: list[Move]) -> list[Move]:
    """ "Before dipping, she wipes" and "she smiles after sipping" are told the other way round."""
    later = [m for m in group if m.clause.lead == "before" and m is group[0] and len(group) > 1]
    early = [m for m in group if m.clause.lead == "after" and m is not group[0] and m.has_verb]
    rest = [m for m in group if m not in later and m not in early]
    return early + rest + later


def person_first(group: list[Move]) -> list[Move]:
    """ "Sparks fly as she welds" becomes "she welds as sparks fly"."""
    if len(group) < 2 or group[0].who != "other" or group[0].link or not group[0].has_verb:
        return group
    other, deed = group[:2]
    if deed.who != "hero" or deed.link not in ("as", "while") or not deed.has_verb:
        return group
    led = replace(other, clause=replace(other.clause, lead=deed.link))
    return [replace(deed, clause=replace(deed.clause, lead="")), led, *group[2:]]
