"""What a recipe tells an engine: flat scalars, read into the engine's own dataclass."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from vivant.errors import RecipeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.recipe import Scalar

First = TypeVar("First")
Second = TypeVar("Second")


def none(given: Mapping[str, Scalar], engine: str) -> None:
    """For an engine without settings. Raises RecipeError where any is given."""
    if given:
        raise RecipeError(f"The engine {engine} has no settings; given: {', '.join(given)}.")


def read(kind: type[First], given: Mapping[str, Scalar], engine: str) -> First:
    """``given`` as a ``kind``, a dataclass of scalars whose fields all have defaults.

    Raises RecipeError for a name that ``kind`` doesn't have or a value of another type.
    """
    known = _fields(kind)
    _check_known(given, known, engine)
    return kind(**{name: _value(known[name], given[name], engine) for name in given})


def read_both(
    first: type[First], second: type[Second], given: Mapping[str, Scalar], engine: str
) -> tuple[First, Second]:
    """``given`` shared out between two such dataclasses, each name to the one that has it."""
    one, other = _fields(first), _fields(second)
    _check_known(given, {**one, **other}, engine)
    return (
        read(first, {name: value for name, value in given.items() if name in one}, engine),
        read(second, {name: value for name, value in given.items() if name in other}, engine),
    )


def _fields(kind: type[Any]) -> dict[str, Field[Any]]:
    return {field.name: field for field in fields(kind)}


def _check_known(given: Mapping[str, Scalar], known: Mapping[str, Field[Any]], engine: str) -> None:
    for name in given:
        if name not in known:
            listed = ", ".join(sorted(known))
            raise RecipeError(f"The engine {engine} has no setting {name!r}; it has: {listed}.")


def _value(field: Field[Any], value: Scalar, engine: str) -> Scalar:
    wanted: type[Any] = type(field.default)
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise RecipeError(
            f"The setting {field.name} of the engine {engine} is {value!r}; it must be of type"
            f" {wanted.__name__}."
        )
    return value
