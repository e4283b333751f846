"""One exception tree: the class decides the exit code, the message carries its mend."""

from __future__ import annotations

import inspect

import pytest

from vivant import errors

CLASSES = [value for _, value in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_one_of_ours_with_a_documented_code(kind: type[errors.VivantError]) -> None:
    assert issubclass(kind, errors.VivantError)
    assert kind.__doc__
    expected = (
        errors.EXIT_INPUT if issubclass(kind, errors.InputError)
        else errors.EXIT_MISSING if issubclass(kind, errors.MissingError)
        else errors.EXIT_INTERRUPTED if issubclass(kind, errors.CancelledError)
        else errors.EXIT_ENGINE if issubclass(kind, errors.EngineError)
        else errors.EXIT_BUG
    )  # fmt: skip
    assert kind.exit_code == expected


def test_the_mend_follows_the_message() -> None:
    error = errors.MissingModelError("The model x is absent.", mend="Run: vivant models pull")
    assert str(error) == "The model x is absent. Run: vivant models pull"
    assert str(errors.InputError("Only this.")) == "Only this."
