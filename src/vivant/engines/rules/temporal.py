"""The temporal prompt: plain sentences of what moves, in the order in which it happens."""

from __future__ import annotations

from itertools import groupby

from vivant.engines.rules import morphology, render
from vivant.engines.rules.moves import Move, person_first
from vivant.engines.rules.naming import Naming

_BRIEF = 24
"""The longest opening, in letters, that only says where: "in the background"."""
_WAYS = {
    "across": "forward", "through": "forward", "along": "forward", "past": "past", "down": "down",
    "up": "up", "into": "in", "onto": "forward", "over": "over", "around": "around",
}  # fmt: skip
"""What is left of "across the street" when the street is in the still."""
_STILL = "almost still"
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
    """Writes moves as sentences about the people of the film, called as ``naming`` says.

    ``waiting`` is the verb for them while others act first: "wait", "sit".
    """

    def __init__(self, naming: Naming, waiting: str) -> None:
        self.naming = naming
        self.waiting = waiting
        self._plural = False
        self._many = False

    def whole(self, found: list[Move]) -> str:
        """All moves, and that the people stay almost still where nothing says what they do."""
        text = self.tell(found)
        if self.naming.named:
            return text
        return f"{render.sentence(self._still())} {text}".strip()

    def tell(self, found: list[Move]) -> str:
        """All moves, one sentence for each sentence of the prompt; camera work that comes before
        the person was named is told last."""
        told: list[str] = []
        late: list[str] = []
        people = any(m.is_deed for m in found)
        for _, group in groupby(found, lambda m: (m.back, m.clause.sentence, m.step)):
            now = list(group)
            if not self.naming.named and people and all(m.who == "camera" for m in now):
                late += [self._alone(m) for m in now]
            else:
                told.append(self._sentence(now))
        return " ".join(told + late)

    def _name(self, move: Move | None = None) -> str:
        called, self._plural = self.naming.name(move.cast if move is not None else ())
        return called

    def _still(self) -> str:
        name = self._name()
        return f"{name} {self._bent('stay')} {_STILL}"

    def _bent(self, verb: str) -> str:
        return morphology.inflect(verb, "VBP" if self._plural else "VBZ")

    def _sentence(self, group: list[Move]) -> str:
        opening = not self.naming.named
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
            still = [] if self.naming.named else [render.sentence(self._still())]
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
                self._deed(line, move, group[k + 1 : k + 2])
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
            name = self._name()
            return f"{name} {self._bent(self.waiting)} as {self._others(move)}"
        return f"{self._still()}, {self._others(move)}"

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

    def _deed(self, line: _Line, move: Move, then: list[Move]) -> None:
        """Add one thing that somebody does; ``then`` is the move after it, if any."""
        clause = move.clause
        goes_on = self.naming.goes_on(move.cast)
        loose = clause.form == "ing" or (clause.form == "participle" and not clause.auxiliaries)
        apart = move.link or clause.lead in ("before", "after")
        if loose and not line.is_empty and not apart and goes_on:
            line.hang(f", {render.acting(move.words, clause, plural=False, finite=False)}")
        elif move.link and not line.is_empty:
            name = self._name(move)
            line.add(f" {move.link} {name} {self._doing(move, plural=self._plural)}")
        elif line.verbs and clause.mark != ";" and goes_on:
            deed = self._doing(move, plural=self._plural)
            line.verbs.append(("then " if clause.lead == "before" else "") + deed)
        else:
            line.close()
            name = self._name(move)
            joint = "" if line.is_empty or line.text.endswith(", ") else "; "
            if joint and not goes_on and clause.mark != ";":
                joint = ", and "
            if loose and clause.form == "participle":
                line.verbs.append(f"{name} {self._bent('be')} {render.text(move.words)}")
                return
            line.add(joint)
            told = f"{name} {self._doing(move, plural=self._plural)}"
            if move.link and not joint and self._leads(then):
                line.add(f"{move.link} {told}, ")
            else:
                line.verbs.append(told)

    def _leads(self, then: list[Move]) -> bool:
        """Whether what follows is somebody else's: "while the man reads, the woman writes"."""
        return any(m.is_deed and not m.link and not self.naming.goes_on(m.cast) for m in then)

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
