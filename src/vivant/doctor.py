"""What this machine can run, what is missing, and the one command that mends it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from vivant.errors import MissingModelError
from vivant.recipe import RECIPES

if TYPE_CHECKING:
    from vivant.engines.weights import ModelSpec

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
    """One line of the doctor's report; ``mend`` is the command that helps, or empty."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def examine() -> tuple[Check, ...]:
    """All checks, in the order in which a new user meets them."""
    needed = (*_packages(), *_models())
    return (_python(), _processor(), _disk(), *needed, *_recipes(needed))


def _python() -> Check:
    good = sys.version_info >= (3, 11)
    return Check("Python", good, platform.python_version(), "" if good else "Install Python 3.11.")


def _processor() -> Check:
    count = os.cpu_count() or 1
    return Check("processor", True, f"{count} cores; previz needs no GPU")


def _disk() -> Check:
    free = shutil.disk_usage(".").free / 1e9
    return Check("disk", free > 0.5, f"{free:.1f} GB free here; a film needs about 10 MB")


def _packages() -> tuple[Check, ...]:
    return tuple(
        Check(f"package {module}", True, purpose)
        if find_spec(module)
        else Check(f"package {module}", False, f"missing: {purpose}", "pip install vivant")
        for module, purpose in CORE.items()
    )


def _models() -> tuple[Check, ...]:
    from vivant.engines import weights

    return tuple(_model(name, spec) for name, spec in weights.MODELS.items())


def _model(name: str, spec: ModelSpec) -> Check:
    from vivant.engines import weights

    try:
        weights.path(name)
    except MissingModelError as error:
        return Check(f"model {name}", False, error.message, error.mend)
    return Check(f"model {name}", True, f"{spec.size / 1e6:.1f} MB, {spec.licence}")


def _recipes(needed: tuple[Check, ...]) -> tuple[Check, ...]:
    missing = [check for check in needed if not check.ok]
    mend = missing[0].mend if missing else ""
    state = f"waits for {len(missing)} of the above" if missing else "ready"
    return tuple(Check(f"recipe {name}", not missing, state, mend) for name in RECIPES)
