"""The temporal prompt: plain sentences of what moves, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from vivant.engines.rules import render
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.pieces import Piece, Who
from vivant.engines.rules.words import Word
from vivant.types import Gender

_KINDS = ("action", "expression", "camera", "ambient")
_PRONOUN: dict[Gender, str] = {"man": "he", "woman": "she", "person": "they"}
_LINKS = frozenset("while whilst as until till when whenever once where".split())
_BRIEF = 24
"""The longest opening, in letters, that only says where: "in the background"."""
_WAYS = {
    "across": "forward", "through": "forward", "along": "forward", "past": "past", "down": "down",
    "up": "up", "into": "in", "onto": "forward", "over": "over", "around": "around",
}  # fmt: skip
"""What is left of "across the street" when the street is in the still."""
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
        same = (
            last is not None
            and last.clause.words == piece.clause.words
            and ((last.who == "camera") == (piece.who == "camera"))
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
        self.many = False

    def tell(self, found: list[Move]) -> str:
        """All moves, one sentence for each sentence of the prompt."""
        told = []
        late: list[str] = []
        for _, group in groupby(found, lambda m: (m.back, m.clause.sentence, m.step)):
            now = list(group)
            if (
                not self.named
                and not any(m.who == "hero" for m in now)
                and any(m.who == "hero" for m in found)
                and all(m.who == "camera" for m in now)
            ):
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
        nouns = [w for w in subject if w.tag in ("N", "PRS", "PRO")]
        plural = render.is_plural(subject) if nouns else self.many
        self.many = plural if nouns or move.clause.form != "none" else render.is_plural(move.words)
        if move.clause.form == "finite" and move.clause.verb:
            told = render.acting(move.words, move.clause, plural=plural, finite=True)
            return told
        return render.text(move.words)

    def _body(self, group: list[Move], *, opening: bool) -> tuple[str, list[str]]:
        out = ""
        if opening:
            group = _person_first(group)
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
            elif move.who == "camera" and started and move.words[0].low == "in":
                flush()
                out += f", {render.text(move.words)}"
            elif move.who == "camera" and not move.has_verb:
                cameras.append(self._camera(move))
            elif not started and opening and not out:
                ahead = any(m.who == "hero" and m.has_verb for m in group[k:])
                if (
                    move.who == "hero"
                    or move.link
                    or not move.has_verb
                    or move.clause.form != "finite"
                ):
                    if ahead:
                        waiting_tails.append(self._tail(move))
                        continue
                if move.who != "hero" and move.clause.form != "finite":
                    out = f"{self._name()} {STILL}, {self._others(move)}"
                elif move.who == "hero":
                    out = f"{self._name()} {STILL}, {render.text(move.words)}"
                else:
                    out = f"{self._name()} {self.waiting} as {self._others(move)}"
            elif (
                not started
                and not out
                and move.link
                and any(m.who == "hero" and m.has_verb and not m.link for m in group[k:])
            ):
                out = f"{move.link} {self._others(move)}, "
            elif verbs and move.link and move.who == "other":
                verbs[-1] += self._tail(move)
                over = k + 1 < len(group) and group[k + 1].clause.mark == ";"
                if over:
                    flush()
            else:
                flush()
                out += self._tail(move, out) if out else self._others(move)
        flush()
        return out + "".join(waiting_tails), cameras

    def _deed(
        self, move: Move, out: str, verbs: list[str], started: bool, flush
    ) -> tuple[str, bool]:  # type: ignore[no-untyped-def]
        """Add one thing the person does."""
        after = move.clause.form == "ing" or (
            move.clause.form == "participle" and not move.clause.auxiliaries
        )
        tail = after and started and move.clause.lead not in ("before", "after")
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
            deed = self._deed_text(move, plural=self._is_they(name))
            return f"{out} {move.link} {name} {deed}", True
        if not started or not verbs:
            name = self._name()
            plural = self._is_they(name)
            deed = self._deed_text(move, plural=plural)
            glue = "; " if out and not out.endswith(", ") else ""
            verbs.append(f"{glue}{name} {deed}")
            return out, True
        deed = self._deed_text(move, plural=" they " in f" {verbs[0]} ")
        verbs.append(("then " if move.clause.lead == "before" else "") + deed)
        return out, True

    def _deed_text(self, move: Move, *, plural: bool) -> str:
        """The deed; a bare verb of motion whose place went to the still keeps its direction."""
        told = render.acting(move.words, move.clause, plural=plural, finite=True)
        rest = move.clause.rest
        head = move.clause.head
        if head is None or not rest or rest[0] in move.words or head.tag == "VN":
            return told
        return f"{told} {_WAYS[rest[0].low]}" if rest[0].low in _WAYS else told

    def _is_they(self, name: str) -> bool:
        return name == "they"

    def _tail(self, move: Move, out: str = "") -> str:
        told = self._others(move)
        if move.link:
            return f" {move.link} {told}"
        if move.clause.lead == "with" and move.who == "other":
            return f", with {told}"
        if out.lower().startswith("in the ") and "," not in out and len(out) < _BRIEF:
            return f", {told}"
        if move.clause.form == "finite" and move.clause.verb:
            if not [w for w in move.words if w in move.clause.subject] and move.who == "other":
                return f" and {told}" if move.clause.mark == "and" else f" {told}"
            return f" and {told}" if move.clause.mark == "and" else f"; {told}"
        return f", {told}"


def _person_first(group: list[Move]) -> list[Move]:
    """ "Sparks fly as she welds" becomes "she welds as sparks fly"."""
    if len(group) < 2 or group[0].who != "other" or group[0].link or not group[0].has_verb:
        return group
    other, deed = group[:2]
    if deed.who != "hero" or deed.link not in ("as", "while") or not deed.has_verb:
        return group
    led = replace(other, clause=replace(other.clause, lead=deed.link))
    return [replace(deed, clause=replace(deed.clause, lead="")), led, *group[2:]]


def _series(verbs: list[str]) -> str:
    """ "lifts the pot, pours and offers it" with its commas."""
    if len(verbs) == 1:
        return verbs[0]
    if len(verbs) == 2 and "," not in verbs[0]:
        return f"{verbs[0]} and {verbs[1]}"
    return ", ".join(verbs[:-1]) + f", and {verbs[-1]}"
