"""vivant: one photo and one sentence become a film of that person.

    from vivant import Request, generate, save
    take = generate(Request("me.jpg", "A woman turns to the camera and smiles on a beach"))
    print(take.verdict.sentence)
    save(take, "film.mp4")

Names are loaded when first used: importing vivant loads neither torch, NumPy nor OpenCV.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from vivant.errors import InputError as InputError
    from vivant.errors import MissingError as MissingError
    from vivant.errors import VivantError as VivantError
    from vivant.generate import Plan as Plan
    from vivant.generate import generate as generate
    from vivant.generate import plan as plan
    from vivant.recipe import RECIPES as RECIPES
    from vivant.recipe import Recipe as Recipe
    from vivant.runs.folder import save as save
    from vivant.types import DecoupledPrompt as DecoupledPrompt
    from vivant.types import Observer as Observer
    from vivant.types import Request as Request
    from vivant.types import Size as Size
    from vivant.types import Take as Take
    from vivant.types import Verdict as Verdict

_HOME = {
    "generate": "generate", "plan": "generate", "Plan": "generate",
    "save": "runs.folder",
    "Request": "types", "Take": "types", "Verdict": "types", "DecoupledPrompt": "types",
    "Size": "types", "Observer": "types",
    "Recipe": "recipe", "RECIPES": "recipe",
    "VivantError": "errors", "InputError": "errors", "MissingError": "errors",
}  # fmt: skip

__all__ = ["__version__", *sorted(_HOME)]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'vivant' has no attribute {name!r}")
    return getattr(import_module(f"vivant.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """Keeps ``vivant.generate`` the function.

    The import system binds a loaded submodule to its package, so the first import of the module
    ``vivant.generate`` would put that module where users expect the function.
    """

    @property
    def generate(self) -> Any:
        return __getattr__("generate")

    @generate.setter
    def generate(self, module: ModuleType) -> None:
        """The import system's binding is not wanted."""


sys.modules[__name__].__class__ = _Package
