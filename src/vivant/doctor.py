"""What this machine can run, what is missing, and the one command that mends it."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from vivant.engines import weights
from vivant.engines.extras import install
from vivant.needs import machine, needs, shortages
from vivant.recipe import RECIPES, load

if TYPE_CHECKING:
    from vivant.needs import Machine
    from vivant.recipe import Recipe

CORE = {
    "ai_edge_litert": "the face mesh and matting networks",
    "av": "reading and writing films",
    "_dlib_pybind11": "finding and comparing faces",
    "cv2": "picture arithmetic",
    "numpy": "arrays",
    "PIL": "reading photos",
    "scipy": "matting",
}
"""Module → what it is for. Checked without importing any of them."""


@dataclass(frozen=True)
class Check:
    """One line of the doctor's report; ``mend`` is the command that helps, or empty.

    ``vital`` says whether the recipe that was asked about needs it.
    """

    name: str
    ok: bool
    detail: str
    mend: str = ""
    vital: bool = True


def examine(which: str = "previz") -> tuple[Check, ...]:
    """All checks, in the order in which a new user meets them.

    What the recipe ``which`` needs is vital; the other recipes are told of. Raises RecipeError.
    """
    asked = load(which)
    have = machine(weights.home())
    others = [recipe for recipe in RECIPES.values() if recipe.name != asked.name]
    return (
        _python(),
        *_hardware(have),
        *_packages(),
        *_models(asked),
        _recipe(asked, have, vital=True),
        *(_recipe(recipe, have, vital=False) for recipe in others),
    )


def _python() -> Check:
    good = sys.version_info >= (3, 11)
    return Check("Python", good, platform.python_version(), "" if good else "Install Python 3.11.")


def _hardware(have: Machine) -> tuple[Check, ...]:
    cores = os.cpu_count() or 1
    card = f"{have.gpu_name}, {have.gpu:.1f} GB" if have.gpu else have.gpu_name
    return (
        Check("processor", True, f"{cores} cores, {have.ram:.0f} GB of memory"),
        Check("GPU", True, card),
        Check("disk", have.disk > 0.5, f"{have.disk:.1f} GB free for models in {weights.home()}"),
    )


def _packages() -> tuple[Check, ...]:
    return tuple(
        Check(f"package {module}", True, purpose)
        if find_spec(module)
        else Check(f"package {module}", False, f"missing: {purpose}", install())
        for module, purpose in CORE.items()
    )


def _models(recipe: Recipe) -> tuple[Check, ...]:
    return tuple(_model(model.name) for model in needs(recipe).models)


def _model(name: str) -> Check:
    status = weights.status(name)
    about = f"{weights.amount(status.spec.size)}, {status.spec.licence}"
    if status.condition == "ready":
        return Check(f"model {name}", True, about)
    return Check(f"model {name}", False, f"{status.condition}: {about}", weights.mend(name))


def _recipe(recipe: Recipe, have: Machine, vital: bool) -> Check:
    missing = shortages(needs(recipe), have)
    if not missing:
        return Check(f"recipe {recipe.name}", True, "ready", vital=vital)
    detail = "; ".join(short.what for short in missing)
    # What no command mends makes the others pointless: nobody pulls 66 GB for a card they lack.
    hopeless = any(not short.mend for short in missing)
    mend = "" if hopeless else f"Run: {missing[0].mend}"
    return Check(f"recipe {recipe.name}", False, f"needs {detail}", mend, vital)
