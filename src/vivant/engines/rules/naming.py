"""What a sentence calls whoever acts in it: one person of the photo, or one or more of several."""

from __future__ import annotations

from typing import Protocol

from vivant.engines.rules.company import Company
from vivant.types import Gender

Named = tuple[str, bool]
"""A subject, and whether its verb is a plural one."""
_PRONOUN: dict[Gender, str] = {"man": "he", "woman": "she", "person": "they"}


class Naming(Protocol):
    """Remembers who was named last."""

    named: bool

    def name(self, who: tuple[int, ...]) -> Named:
        """The subject of a new clause about ``who``."""

    def goes_on(self, who: tuple[int, ...]) -> bool:
        """Whether a deed of ``who`` may join the list of deeds that is being told."""


class Alone:
    """One person: named once, then he or she."""

    def __init__(self, gender: Gender) -> None:
        self.gender = gender
        self.named = False

    def name(self, who: tuple[int, ...]) -> Named:
        """ "A man", then "he"."""
        del who
        if self.named:
            called = _PRONOUN[self.gender]
            return called, called == "they"
        self.named = True
        return f"a {self.gender}", False

    def goes_on(self, who: tuple[int, ...]) -> bool:
        """Always."""
        del who
        return True


class Among:
    """One of several: a name wherever the subject changes, a pronoun where nobody else is meant."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.named = False
        self._last: tuple[int, ...] = ()

    def name(self, who: tuple[int, ...]) -> Named:
        """ "The man", "the man and the woman", then "he", "they" for whom the clause before was."""
        who = who or self._last or self.company.everyone
        pronoun = self.company.pronoun(who) if self.named and who == self._last else None
        self.named, self._last = True, who
        return (pronoun, pronoun == "they") if pronoun else self.company.name(who)

    def goes_on(self, who: tuple[int, ...]) -> bool:
        """Where the same people act on."""
        return not who or who == self._last
