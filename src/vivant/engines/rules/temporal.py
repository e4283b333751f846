"""The temporal prompt: plain sentences of what moves, in the order in which it happens."""

from __future__ import annotations

from itertools import groupby

from vivant.engines.rules import render
from vivant.engines.rules.moves import Move, person_first
from vivant.types import Gender

_PRONOUN: dict[Gender, str] = {"man": "he", "woman": "she", "person": "they"}
_BRIEF = 24
"""The longest opening, in letters, that only says where: "in the background"."""
_WAYS = {
    "across": "forward", "through": "forward", "along": "forward", "past": "past", "down": "down",
    "up": "up", "into": "in", "onto": "forward", "over": "over", "around": "around",
}  # fmt: skip
"""What is left of "across the street" when the street is in the still."""
STILL = "stays almost still"
"""What a prompt without motion asks for: a portrait that lives, and does no more."""


class _Line:
    """One sentence being written: finished text, and a list of deeds that may still grow."""

    def __init__(self) -> None:
        self.text = ""
        self.verbs: list[str] = []

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.verbs)

    def close(self) -> None:
        """End the list of deeds: "lifts the pot, pours, and offers it"."""
        if self.verbs:
            self.text += _series(self.verbs)
            self.verbs = []

    def add(self, more: str) -> None:
        """Put ``more`` behind everything."""
        self.close()
        self.text += more

    def hang(self, more: str) -> None:
        """Put ``more`` behind the last deed; the list may go on."""
        if self.verbs:
            self.verbs[-1] += more
        else:
            self.text += more


class Teller:
    """Writes moves as sentences about one person, who is named once and then called he or she.

    ``waiting`` is the verb for the person while others act first: "waits", "sits".
    """

    def __init__(self, gender: Gender, waiting: str) -> None:
        self.gender = gender
        self.waiting = waiting
        self.named = False
        self._many = False

    def tell(self, found: list[Move]) -> str:
        """All moves, one sentence for each sentence of the prompt; camera work that comes before
        the person was named is told last."""
        told: list[str] = []
        late: list[str] = []
        people = any(m.is_deed for m in found)
        for _, group in groupby(found, lambda m: (m.back, m.clause.sentence, m.step)):
            now = list(group)
            if not self.named and people and all(m.who == "camera" for m in now):
                late += [self._alone(m) for m in now]
            else:
                told.append(self._sentence(now))
        return " ".join(told + late)

    def _name(self) -> str:
        if self.named:
            return _PRONOUN[self.gender]
        self.named = True
        return f"a {self.gender}"

    def _sentence(self, group: list[Move]) -> str:
        opening = not self.named
        after: list[str] = []
        while opening and len(group) > 1 and group[0].who == "camera":
            after.append(self._alone(group.pop(0)))
        if all(m.who == "camera" for m in group):
            told: list[str] = []
            for move in group:
                follows = told and move.clause.form == "ing" and not move.clause.subject
                more = self._alone(move)
                told[-1:] = (
                    [f"{told[-1][:-1]}, {more[:1].lower()}{more[1:]}"] if follows
                    else [*told[-1:], more]
                )  # fmt: skip
            still = [] if self.named else [render.sentence(f"{self._name()} {STILL}")]
            return " ".join(still + told + after)
        line = _Line()
        cameras = self._write(line, person_first(group) if opening else group, opening=opening)
        return " ".join([render.sentence(line.text), *cameras, *after])

    def _write(self, line: _Line, group: list[Move], *, opening: bool) -> list[str]:
        """Write all moves of a sentence; gives back the camera work that needs its own."""
        cameras: list[str] = []
        waiting: list[str] = []
        for k, move in enumerate(group):
            ahead = any(m.is_deed for m in group[k:])
            if move.is_deed:
                self._deed(line, move)
                line.hang("".join(waiting))
                waiting = []
            elif move.who == "camera" and not move.has_verb:
                if line.is_empty or move.words[0].low != "in":
                    cameras.append(self._alone(move))
                else:
                    line.add(f", {render.text(move.words)}")
            elif opening and line.is_empty:
                if ahead and not _is_event(move):
                    waiting.append(self._tail(move, ""))
                else:
                    line.add(self._before_deeds(move))
            elif line.is_empty:
                led = move.link and any(m.is_deed and not m.link for m in group[k:])
                line.add(f"{move.link} {self._others(move)}, " if led else self._others(move))
            elif line.verbs and move.link and move.who == "other":
                line.hang(self._tail(move, ""))
            else:
                line.close()
                line.add(self._tail(move, line.text))
        line.close()
        line.add("".join(waiting))
        return cameras

    def _before_deeds(self, move: Move) -> str:
        """The start of a film in which others move first, or nobody does."""
        if _is_event(move):
            return f"{self._name()} {self.waiting} as {self._others(move)}"
        return f"{self._name()} {STILL}, {self._others(move)}"

    def _alone(self, move: Move) -> str:
        return render.sentence(self._others(move))

    def _others(self, move: Move) -> str:
        """A move told with its own subject, or with the subject told just before."""
        subject = tuple(w for w in move.words if w in move.clause.subject)
        named = any(w.tag in ("N", "PRS", "PRO") for w in subject)
        plural = render.is_plural(subject) if named else self._many
        self._many = render.is_plural(move.words) if move.clause.form == "none" else plural
        if move.clause.form == "finite" and move.clause.verb:
            return render.acting(move.words, move.clause, plural=plural, finite=True)
        return render.text(move.words)

    def _deed(self, line: _Line, move: Move) -> None:
        """Add one thing the person does."""
        clause = move.clause
        loose = clause.form == "ing" or (clause.form == "participle" and not clause.auxiliaries)
        if loose and not line.is_empty and not move.link and clause.lead not in ("before", "after"):
            line.hang(f", {render.acting(move.words, clause, plural=False, finite=False)}")
        elif move.link and not line.is_empty:
            name = self._name()
            line.add(f" {move.link} {name} {self._doing(move, plural=name == 'they')}")
        elif line.verbs and clause.mark != ";":
            deed = self._doing(move, plural=" they " in f" {line.verbs[0]} ")
            line.verbs.append(("then " if clause.lead == "before" else "") + deed)
        else:
            line.close()
            name = self._name()
            if loose and clause.form == "participle":
                be = "are" if name == "they" else "is"
                line.verbs.append(f"{name} {be} {render.text(move.words)}")
                return
            joint = "; " if line.text and not line.text.endswith(", ") else ""
            line.verbs.append(f"{joint}{name} {self._doing(move, plural=name == 'they')}")

    def _doing(self, move: Move, *, plural: bool) -> str:
        """The deed; a bare verb of motion whose place went to the still keeps its direction."""
        told = render.acting(move.words, move.clause, plural=plural, finite=True)
        rest, head = move.clause.rest, move.clause.head
        if head is None or not rest or rest[0] in move.words or head.tag == "VN":
            return told
        return f"{told} {_WAYS[rest[0].low]}" if rest[0].low in _WAYS else told

    def _tail(self, move: Move, before: str) -> str:
        """A move with its joint to ``before``, the text so far."""
        told = self._others(move)
        if move.link:
            return f" {move.link} {told}"
        if move.clause.lead == "with" and move.who == "other":
            return f", with {told}"
        placed = before.lower().startswith("in the ") and len(before) < _BRIEF
        if placed or not (move.clause.form == "finite" and move.clause.verb):
            return f", {told}"
        if move.clause.mark == "and":
            return f" and {told}"
        bare = move.who == "other" and not any(w in move.clause.subject for w in move.words)
        return f" {told}" if bare else f"; {told}"


def _is_event(move: Move) -> bool:
    """Whether others do something on their own, not alongside the person's deed."""
    own = move.who != "hero" and not move.link and move.has_verb
    return own and move.clause.form == "finite"


def _series(verbs: list[str]) -> str:
    """ "lifts the pot, pours, and offers it" with its commas."""
    if len(verbs) == 1:
        return verbs[0]
    if len(verbs) == 2 and "," not in verbs[0]:
        return f"{verbs[0]} and {verbs[1]}"
    return ", ".join(verbs[:-1]) + f", and {verbs[-1]}"
