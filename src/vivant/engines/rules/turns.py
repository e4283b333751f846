"""Whose turn it is: the people that each clause of a film of several is about."""

from __future__ import annotations

from dataclasses import replace

from vivant.engines.rules import lexicon
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.clauses import clauses as divide
from vivant.engines.rules.company import Company
from vivant.engines.rules.phrases import split
from vivant.engines.rules.pieces import Piece
from vivant.engines.rules.words import Word
from vivant.mentions import Mention, Who

_WITH = ("in", "with", "wearing")


class Turns:
    """Follows the subjects from clause to clause."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.now: Who = ()
        """Whom the words being read are about."""
        self._main: Who = ()
        self._met: set[int] = set()
        self._acted: set[int] = set()
        self._open = False
        self._latest: Who = ()
        """Who was named last, while the subject of the sentence still grows."""

    def enter(self, clause: Clause) -> None:
        """Find out whom a new clause is about: its subject, whom it describes, or the last one."""
        words = clause.subject if clause.form != "none" else clause.words
        acting = self.company.acting(words)
        described = self._described(clause.words[0])
        if acting:
            goes_on = self._open and clause.form == "none" and clause.mark in ("and", ",")
            self._main = tuple(sorted({*self._main, *acting})) if goes_on else acting
            self.now = self._latest = acting
        elif clause.lead == "who" and clause.head is not None and clause.head.form == "VB":
            self.now = self._main or self.company.everyone
        elif not words and described and (clause.lead or clause.form in ("ing", "participle")):
            self.now = described
        elif clause.lead in ("who", "that", "which") and (near := self._before(clause.words[0])):
            self.now = near.who
        elif clause.form == "none" and self._open and self._latest and not _is_shared(clause):
            self.now = self._latest
        else:
            self.now = self._main or self.company.everyone
        describing = clause.form in ("ing", "participle")
        self._open = clause.form == "none" or (describing and (bool(acting) or self._open))

    def parted(self, clauses: list[Clause]) -> list[Clause]:
        """Cut "wearing a grey coat and | a woman": what describes one person names no other."""
        found: list[Clause] = []
        for clause in clauses:
            at = self._next_person(clause)
            if at is None:
                found.append(clause)
                continue
            rest, after = clause.rest[: at - 1], clause.rest[at:]
            cut = len(clause.words) - len(after)
            found.append(replace(clause, words=clause.words[: cut - 1], rest=rest))
            first, *others = divide(after, clause.sentence)
            found += [replace(first, mark="and"), *others]
        return found

    def _next_person(self, clause: Clause) -> int | None:
        head, rest = clause.head, clause.rest
        if head is None or clause.form not in ("ing", "participle"):
            return None
        worn = head.lemma in lexicon.verbs("wear")
        return next(
            (i for i in range(1, len(rest)) if rest[i - 1].tag == "C"
             and self.company.named(rest[i : i + 1])
             and (worn or any(w.tag == "VG" for w in rest[i:]))), None,
        )  # fmt: skip

    def meets(self, mention: Mention) -> bool:
        """Whether this is the first that the still hears of somebody."""
        new = not set(mention.who) <= self._met
        self._met |= set(mention.who)
        return new

    def is_new(self, words: tuple[Word, ...]) -> bool:
        """Whether somebody is named whom the still has not heard of."""
        return any(m is not None and not set(m.who) <= self._met
                   for m, _ in self.company.chunks(words))  # fmt: skip

    def new_in(self, words: tuple[Word, ...]) -> list[Piece]:
        """Those whom a deed names first: "hands a nurse in blue scrubs a cup".

        They and what they wear stand in the deed and in the still, as its props do.
        """
        found: list[Piece] = []
        for mention, chunk in self.company.chunks(words):
            if mention is None or not self.meets(mention):
                continue
            count = sum(1 for w in chunk if w.token.start < mention.end)
            found.append(Piece("subject", chunk[:count], cast=mention.who))
            rest = split(_run(chunk[count:]))
            if rest and rest[0].prep in _WITH and rest[0].thing in ("garment", "looks"):
                found.append(Piece("appearance", rest[0].words[1:], cast=mention.who))
        return found

    @property
    def has_acted(self) -> bool:
        """Whether all whom the clause is about have done something already."""
        return set(self.now) <= self._acted

    def act(self, acted: bool) -> None:
        """Remember whether they have."""
        self._acted |= set(self.now) if acted else set()

    def _described(self, word: Word) -> Who:
        """Who is named right before a word, without a mark between: "a woman | wearing red"."""
        before = self._before(word)
        near = before is not None and word.token.start - before.end <= 1
        return before.who if near and before is not None else ()

    def _before(self, word: Word) -> Mention | None:
        earlier = [m for m in self.company.cast.mentions if m.end <= word.token.start]
        return earlier[-1] if earlier else None


def _is_shared(clause: Clause) -> bool:
    return any(w.low in ("both", "all", "matching", "identical") for w in clause.words)


def _run(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words up to a mark, a link or a verb."""
    stop = (".", "C", "S", "V", "X", "REL")
    end = next((i for i, w in enumerate(words) if w.tag in stop), len(words))
    return words[:end]
