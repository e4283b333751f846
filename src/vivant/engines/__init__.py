"""Engines: the only place that names a checkpoint or a model library.

A new model is one file here and one row in ``TABLE``. Importing an engine's module loads no model
library and no weight: planning and refusing must stay quick.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from vivant.engines.extras import install
from vivant.errors import MissingExtraError, RecipeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vivant.engines.base import Animator, Eye, Painter, Writer
    from vivant.recipe import Recipe, Scalar
    from vivant.types import EngineInfo

Role = Literal["writer", "painter", "animator", "eye"]

TABLE: dict[tuple[Role, str], str] = {
    ("writer", "rules"): "vivant.engines.rules:writer",
    ("writer", "llm"): "vivant.engines.llm:writer",
    ("writer", "transformers"): "vivant.engines.llm.local:writer",
    ("painter", "previz"): "vivant.engines.previz.engine:painter",
    ("painter", "sdxl"): "vivant.engines.sdxl.engine:painter",
    ("painter", "hyperlora"): "vivant.engines.hyperlora.engine:painter",
    ("painter", "flux"): "vivant.engines.flux:painter",
    ("painter", "qwen_image"): "vivant.engines.qwen_image:painter",
    ("animator", "previz"): "vivant.engines.previz.engine:animator",
    ("animator", "wan"): "vivant.engines.wan.engine:animator",
    ("animator", "ltx"): "vivant.engines.ltx:animator",
    ("eye", "dlib"): "vivant.engines.dlib:eye",
    ("eye", "insightface"): "vivant.engines.insightface:eye",
    ("eye", "opencv"): "vivant.engines.opencv:eye",
}
"""(role, name) → "module:factory"; the factory takes the recipe's settings for its role, refuses
what it doesn't know (``vivant.engines.settings``), and loads no weight."""


@dataclass(frozen=True)
class Engines:
    """One engine for each role."""

    writer: Writer
    painter: Painter
    animator: Animator
    eye: Eye

    @property
    def infos(self) -> Mapping[str, EngineInfo]:
        """Who does the work, by role."""
        return {
            "writer": self.writer.info,
            "painter": self.painter.info,
            "animator": self.animator.info,
            "eye": self.eye.info,
        }


def load(recipe: Recipe) -> Engines:
    """The engines a recipe names. Raises RecipeError for an unknown name."""
    return Engines(
        writer=engine("writer", recipe.writer, recipe.settings.get("writer")),
        painter=engine("painter", recipe.painter, recipe.settings.get("painter")),
        animator=engine("animator", recipe.animator, recipe.settings.get("animator")),
        eye=engine("eye", recipe.eye, recipe.settings.get("eye")),
    )


def engine(role: Role, name: str, settings: Mapping[str, Scalar] | None = None) -> Any:
    """One engine of the table. Raises RecipeError, or MissingExtraError for a missing package."""
    row = TABLE.get((role, name))
    if row is None:
        known = ", ".join(sorted(known for of, known in TABLE if of == role))
        raise RecipeError(f"There is no {role} {name!r}; there are: {known}.")
    module, factory = row.split(":")
    try:
        return getattr(import_module(module), factory)(settings or {})
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("vivant"):
            raise
        raise MissingExtraError(
            f"The {role} {name!r} needs the Python package {error.name!r}, which is not installed.",
            mend=f"Run: {install()}",
        ) from error


class Releasable(Protocol):
    """Whatever holds models."""

    def release(self) -> None:
        """Let go of them."""


Held = TypeVar("Held", bound=Releasable)


@contextmanager
def lent(held: Held) -> Iterator[Held]:
    """``held`` for as long as a stage needs it; its models are let go of whatever happens."""
    try:
        yield held
    finally:
        held.release()
