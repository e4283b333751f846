"""What a recipe needs: model files and their licences, disk, memory, packages; and what is short.

Stages hold their models one after the other, so a recipe needs what its hungriest engine needs.
Nothing is loaded to find out.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from vivant import engines
from vivant.engines import preflight, weights
from vivant.geometry import length_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vivant.recipe import Recipe
    from vivant.types import EngineInfo, Footprint, ModelFile

GB = 1e9


@dataclass(frozen=True)
class Needs:
    """What one recipe asks of a machine. Sizes are in units of 1e9 bytes."""

    recipe: str
    engines: Mapping[str, EngineInfo]

    @property
    def models(self) -> tuple[ModelFile, ...]:
        """Every model of every engine, each once."""
        found = {m.name: m for info in self.engines.values() for m in info.models}
        return tuple(found.values())

    @property
    def disk(self) -> float:
        """All models together."""
        return sum(model.size for model in self.models) / GB

    @property
    def commercial(self) -> bool:
        """Whether every model's licence allows commercial use."""
        return all(model.commercial for model in self.models)

    @property
    def packages(self) -> tuple[str, ...]:
        """Python distributions that the engines import."""
        return tuple(sorted({p for info in self.engines.values() for p in info.packages}))

    @property
    def easy(self) -> Footprint | None:
        """The memory that the hungriest engine takes when nothing is offloaded."""
        return max((w[0] for w in self._ways()), key=lambda way: way.gpu, default=None)

    @property
    def least(self) -> Footprint | None:
        """The memory that the hungriest engine takes at its thriftiest; None: any machine does."""
        thrifty = [min(ways, key=lambda way: way.gpu) for ways in self._ways()]
        return max(thrifty, key=lambda way: way.gpu, default=None)

    @property
    def record(self) -> dict[str, Any]:
        """As plain data; memory is None where any machine does."""
        return {
            "models": [asdict(model) for model in self.models],
            "disk_gb": round(self.disk, 2),
            "commercial": self.commercial,
            "gpu_gb": None if self.easy is None else self.easy.gpu,
            "least_gpu_gb": None if self.least is None else self.least.gpu,
        }

    @property
    def lines(self) -> tuple[str, ...]:
        """For people: models with their licences, disk, memory."""
        listed = ", ".join(
            f"{m.name} {m.licence}{'' if m.commercial else ' (not commercial)'}"
            for m in self.models
        )
        models = f"{weights.amount(round(self.disk * GB))} of models: {listed}"
        if self.easy is None or self.least is None:
            return models, "no GPU"
        memory = f"{self.easy.gpu:.0f} GB of GPU memory"
        if self.least.gpu < self.easy.gpu:
            memory += (
                f", or {self.least.gpu:.0f} GB and {self.least.ram:.0f} GB of RAM"
                f" ({self.least.mode} offloading)"
            )
        return models, memory

    def _ways(self) -> list[tuple[Footprint, ...]]:
        return [info.footprints for info in self.engines.values() if info.footprints]


def needs(recipe: Recipe) -> Needs:
    """What this recipe needs. Raises RecipeError for one that names no engine we have."""
    used = engines.load(recipe)
    film = used.animator.ways(recipe.size, length_in(recipe.frames, recipe.fps))
    animator = replace(used.animator.info, footprints=film)
    return Needs(recipe.name, {**used.infos, "animator": animator})


@dataclass(frozen=True)
class Machine:
    """What there is, in units of 1e9 bytes. ``gpu`` is 0 where there is none that torch can use."""

    gpu: float
    gpu_name: str
    ram: float
    disk: float


def machine(folder: Path) -> Machine:
    """This machine; ``folder`` is where models would be kept."""
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    ram = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GB
    gpu, name = _gpu()
    return Machine(gpu, name, ram, shutil.disk_usage(standing).free / GB)


def _gpu() -> tuple[float, str]:
    if find_spec("torch") is None:
        return 0.0, "unknown: torch is not installed"
    import torch

    if not torch.cuda.is_available():
        return 0.0, "none that torch can use"
    about = torch.cuda.get_device_properties(0)
    return about.total_memory / GB, about.name


@dataclass(frozen=True)
class Shortage:
    """One thing that keeps a recipe from running here; ``mend`` is the command, or empty."""

    what: str
    mend: str = ""


def shortages(need: Needs, have: Machine) -> tuple[Shortage, ...]:
    """What is missing, the hardest to mend first; empty where the recipe can run."""
    return (*_memory(need, have), *_packages(need), *_models(need, have))


def _memory(need: Needs, have: Machine) -> tuple[Shortage, ...]:
    least = need.least
    if least is None:
        return ()
    if have.gpu < least.gpu:
        card = f"{have.gpu:.1f} GB" if have.gpu else "no GPU"
        return (Shortage(f"{least.gpu:.1f} GB of GPU memory, there is {card}"),)
    if have.ram < least.ram and have.gpu < (need.easy or least).gpu:
        return (Shortage(f"{least.ram:.0f} GB of memory to offload to, there are {have.ram:.0f}"),)
    return ()


def _packages(need: Needs) -> tuple[Shortage, ...]:
    absent = preflight.absent_packages(need.engines.values())
    if not absent:
        return ()
    what = f"Python packages: {', '.join(absent)}"
    return (Shortage(what, preflight.install_command(absent)),)


def _models(need: Needs, have: Machine) -> tuple[Shortage, ...]:
    absent = preflight.absent_models(need.engines.values())
    if not absent:
        return ()
    size = sum(model.size for model in absent)
    room = "" if size < have.disk * GB else f", but {have.disk:.0f} GB are free"
    what = f"{preflight.counted(absent)}, {weights.amount(size)}{room}"
    return (Shortage(what, "" if room else preflight.pull_command(absent)),)
