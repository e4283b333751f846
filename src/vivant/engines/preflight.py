"""What engines need and is not here: all of it named at once, before any work is done."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from vivant.engines import weights
from vivant.engines.extras import EXTRA_OF, install
from vivant.errors import MissingExtraError, MissingModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vivant.types import EngineInfo, ModelFile


def check(infos: Iterable[EngineInfo]) -> None:
    """Raise MissingExtraError or MissingModelError naming every package and model that is absent.

    Files that were never hashed are hashed now, about a second for each gigabyte, once.
    """
    chosen = tuple(infos)
    packages, models = absent_packages(chosen), absent_models(chosen)
    pull = pull_command(models)
    named = f"{counted(models)} ({', '.join(model.name for model in models)})"
    if packages:
        then = f", and then: {pull}" if models else ""
        also = f" and {named}" if models else ""
        raise MissingExtraError(
            f"Not on this machine are the Python packages {', '.join(packages)}{also}.",
            mend=f"Run: {sys.executable} -m {install_command(packages)}{then}",
        )
    if len(models) == 1:
        raise MissingModelError(
            weights.status(models[0].name).reason or f"The model {models[0].name} is not ready.",
            mend=weights.mend(models[0].name),
        )
    if models:
        raise MissingModelError(f"Not ready on this machine are {named}.", mend=f"Run: {pull}")


def absent_packages(infos: Iterable[EngineInfo]) -> tuple[str, ...]:
    """Distributions that these engines import and that are not installed, sorted."""
    return tuple(sorted({p for info in infos for p in info.packages if not _installed(p)}))


def absent_models(infos: Iterable[EngineInfo]) -> tuple[ModelFile, ...]:
    """Models of these engines that are absent, partial or damaged, each once."""
    models = {model.name: model for info in infos for model in info.models}
    return tuple(m for m in models.values() if weights.status(m.name).condition != "ready")


def install_command(packages: Sequence[str]) -> str:
    """One command of pip for all of them; extras alone would leave a broken core as it is."""
    extras = ",".join(sorted({EXTRA_OF[package] for package in packages if package in EXTRA_OF}))
    whole = all(package in EXTRA_OF for package in packages)
    return install(extras) if whole else install(extras, "--force-reinstall")


def counted(models: Sequence[ModelFile]) -> str:
    """How many, in words."""
    return "1 model" if len(models) == 1 else f"{len(models)} models"


def pull_command(models: Iterable[ModelFile]) -> str:
    """One command for all of them."""
    return f"vivant models pull {' '.join(model.name for model in models)}"


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True
