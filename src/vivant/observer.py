"""Who follows a film as it is made: progress, notes and the wish to stop, through one object."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Follows a film as it is made; one shape for command line, batch, page and notebook.

    ``step`` may raise ``CancelledError`` to stop the work.
    """

    def begin(self, stage: str, steps: int) -> None:
        """A stage starts; ``steps`` is its length, 0 where unknown."""

    def step(self) -> None:
        """One step of the stage is done."""

    def note(self, message: str) -> None:
        """Something worth telling happened."""


class Listener:
    """The observer that only remembers what it was told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def begin(self, stage: str, steps: int) -> None:
        """Nothing."""

    def step(self) -> None:
        """Nothing."""

    def note(self, message: str) -> None:
        """Remembered."""
        self.notes.append(message)


class Silent:
    """The observer that does nothing."""

    def begin(self, stage: str, steps: int) -> None:
        """Nothing."""

    def step(self) -> None:
        """Nothing."""

    def note(self, message: str) -> None:
        """Nothing."""
