"""The table of sets that can be baked: name → how to build it in one of its lights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tools.bake.scene import Scene

Builder: TypeAlias = Callable[[Scene, str], None]

BUILDERS: dict[str, Builder] = {}


def place(build: Builder) -> Builder:
    """Register a set under its function's name; the run-time table names its lights."""
    if build.__name__ in BUILDERS:
        raise ValueError(f"Two sets are called {build.__name__!r}; a name must be one set.")
    BUILDERS[build.__name__] = build
    return build
