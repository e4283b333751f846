"""The temporal prompt: plain sentences of what moves, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from vivant.engines.rules import render
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.pieces import Piece, Who
from vivant.engines.rules.tagger import Word
from vivant.types import Gender

_KINDS = ("action", "expression", "camera", "ambient")
_PRONOUN: dict[Gender, str] = {"man": "he", "woman": "she", "person": "they"}
_LINKS = frozenset("while whilst as until till when whenever once where".split())
STILL = "stays almost still"
"""What a prompt without motion asks for: a portrait that lives, and does no more."""


@dataclass(frozen=True)
class Move:
    """All words of one clause that move, in order."""

    words: tuple[Word, ...]
    clause: Clause
    who: Who
    back: int
    step: int | None

    @property
    def has_verb(self) -> bool:
        return any(w in self.clause.verb and w.tag in ("V", "VI", "VG", "VN") for w in self.words)

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
        same = last is not None and last.clause.words == piece.clause.words and (
            (last.who == "camera") == (piece.who == "camera")
        )
        if same and last is not None:
            found[-1] = Move(last.words + piece.words, piece.clause, last.who, last.back, last.step)
        else:
            found.append(Move(piece.words, piece.clause, piece.who, piece.back, piece.step))
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


class Teller:
    """Writes moves as sentences about one person, who is named once and then called he or she."""

    def __init__(self, gender: Gender, waiting: str) -> None:
        self.gender = gender
        self.waiting = waiting
        self.named = False

    def tell(self, found: list[Move]) -> str:
        """All moves, one sentence for each sentence of the prompt."""
        told = []
        late: list[str] = []
        for _, group in groupby(found, lambda m: (m.back, m.clause.sentence, m.step)):
            now = list(group)
            if not self.named and not any(m.who == "hero" for m in now) and any(
                m.who == "hero" for m in found
            ) and all(m.who == "camera" for m in now):
                late += [self._camera(m) for m in now]
                continue
            told.append(self._sentence(now))
        return " ".join(s for s in told + late if s)

    def _name(self) -> str:
        if self.named:
            return _PRONOUN[self.gender]
        self.named = True
        return f"a {self.gender}"

    @property
    def _plural(self) -> bool:
        """ "they" takes a plural verb, "a person" does not."""
        return self.named and self.gender == "person"

    def _sentence(self, group: list[Move]) -> str:
        opening = not self.named
        after: list[str] = []
        if opening:
            while group and group[0].who == "camera" and len(group) > 1:
                after.append(self._camera(group.pop(0)))
        heroes = [m for m in group if m.who == "hero" and m.has_verb]
        if not heroes and all(m.who == "camera" for m in group):
            lead = "" if self.named else render.sentence(f"{self._name()} {STILL}") + " "
            return " ".join([lead + " ".join(self._camera(m) for m in group), *after])
        body, cameras = self._body(group, opening=opening)
        return " ".join([render.sentence(body), *cameras, *after])

    def _camera(self, move: Move) -> str:
        return render.sentence(self._others(move))

    def _others(self, move: Move) -> str:
        subject = tuple(w for w in move.words if w in move.clause.subject)
        plural = render.is_plural(subject)
        if move.clause.form == "finite" and move.clause.verb:
            told = render.acting(move.words, move.clause, plural=plural, finite=True)
            return told if subject or not move.has_verb else f"they {told}" if plural else told
        return render.text(move.words)

    def _body(self, group: list[Move], *, opening: bool) -> tuple[str, list[str]]:
        out = ""
        verbs: list[str] = []
        cameras: list[str] = []
        waiting_tails: list[str] = []
        started = False

        def flush() -> None:
            nonlocal out
            if verbs:
                out += _series(verbs)
                verbs.clear()

        for k, move in enumerate(group):
            if move.who == "hero" and move.has_verb:
                out, started = self._deed(move, out, verbs, started, flush)
                if waiting_tails and started:
                    flush()
                    out += "".join(waiting_tails)
                    waiting_tails.clear()
            elif move.who == "camera" and not move.has_verb:
                cameras.append(self._camera(move))
            elif not started and opening and not out:
                ahead = any(m.who == "hero" and m.has_verb for m in group[k:])
                if move.who == "hero" or move.link or not move.has_verb or move.clause.form != "finite":
                    if ahead:
                        waiting_tails.append(self._tail(move))
                        continue
                if move.who == "hero":
                    out = f"{self._name()} {STILL}, {render.text(move.words)}"
                else:
                    out = f"{self._name()} {self.waiting} as {self._others(move)}"
            else:
                flush()
                out += self._tail(move) if out else self._others(move)
        flush()
        return out + "".join(waiting_tails), cameras

    def _deed(self, move: Move, out: str, verbs: list[str], started: bool, flush) -> tuple[str, bool]:  # type: ignore[no-untyped-def]
        """Add one thing the person does."""
        tail = move.clause.form == "ing" and started and move.clause.lead not in ("before", "after")
        linked = move.link and (started or out)
        if tail and not move.link:
            flush_text = render.acting(move.words, move.clause, plural=False, finite=False)
            if verbs:
                verbs[-1] += f", {flush_text}"
                return out, True
            return out + f", {flush_text}", True
        if linked:
            flush_out = _series(verbs) if verbs else ""
            verbs.clear()
            out += flush_out
            name = self._name()
            deed = render.acting(move.words, move.clause, plural=self._is_they(name), finite=True)
            return f"{out} {move.link} {name} {deed}", True
        if not started or not verbs:
            name = self._name()
            plural = self._is_they(name)
            deed = render.acting(move.words, move.clause, plural=plural, finite=True)
            glue = "; " if out else ""
            verbs.append(f"{glue}{name} {deed}")
            return out, True
        deed = render.acting(
            move.words, move.clause, plural=" they " in f" {verbs[0]} ", finite=True
        )
        verbs.append(("then " if move.clause.lead == "before" else "") + deed)
        return out, True

    def _is_they(self, name: str) -> bool:
        return name == "they"

    def _tail(self, move: Move) -> str:
        told = self._others(move)
        if move.link:
            return f" {move.link} {told}"
        if move.clause.lead == "with" and move.who == "other":
            return f", with {told}"
        if move.clause.form == "finite" and move.clause.verb:
            return f" and {told}" if move.clause.mark == "and" else f"; {told}"
        return f", {told}"


def _series(verbs: list[str]) -> str:
    """ "lifts the pot, pours and offers it" with its commas."""
    if len(verbs) == 1:
        return verbs[0]
    if len(verbs) == 2 and "," not in verbs[0]:
        return f"{verbs[0]} and {verbs[1]}"
    return ", ".join(verbs[:-1]) + f", and {verbs[-1]}"
