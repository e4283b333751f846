"""Model files: which ones, from where, under which licence, and whether they are the right bytes.

A file that differs by one bit is not used: a network with a flipped weight still runs, and gives
wrong answers quietly. Two kinds of model: one pinned file (``path``), and a folder from a model hub
(``folder``), whose commit and hashes are recorded when it is pulled, or when a folder that is
already here is adopted. What was hashed is remembered for as long as a file's size and modification
time stay; ``verify`` ignores what is remembered.

Functions that take names mean the default recipe's files where none are given: nobody pulls or
deletes hundreds of gigabytes by leaving out a word.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivant import types
from vivant.engines.weights import fetch, hub, ledger, locks, pinned, records, table
from vivant.engines.weights.ledger import free, home
from vivant.engines.weights.locks import read as read_lock
from vivant.engines.weights.records import Entry, Record
from vivant.engines.weights.remote import Listing, Remote
from vivant.engines.weights.spec import (
    PULL_COMMAND,
    Condition,
    HubSpec,
    InPackage,
    InWheel,
    ModelSpec,
    ModelStatus,
    Wheel,
    amount,
)
from vivant.engines.weights.table import HUB, MODELS
from vivant.errors import InputError, MissingModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "HUB",
    "MODELS",
    "PULL_COMMAND",
    "Condition",
    "Entry",
    "HubSpec",
    "InPackage",
    "InWheel",
    "Listing",
    "ModelSpec",
    "ModelStatus",
    "Record",
    "Remote",
    "Wheel",
    "adopt",
    "amount",
    "catalogue",
    "folder",
    "free",
    "home",
    "listing",
    "lock",
    "mend",
    "model_file",
    "outstanding",
    "path",
    "present",
    "pull",
    "read_lock",
    "record",
    "remove",
    "status",
    "verify",
]


def path(name: str) -> Path:
    """The file of this model, proven to be the pinned one.

    Raises InputError for an unknown name, MissingModelError for an absent file or other bytes.
    """
    spec = _spec(name)
    if isinstance(spec, HubSpec):
        raise InputError(f"The model {name} is a folder of files, not one file.")
    return pinned.path(spec)


def folder(name: str) -> Path:
    """The folder of this hub model, every recorded file proven to be as it was pulled or adopted.

    Raises InputError for an unknown name, MissingModelError for a folder that is absent, incomplete
    or altered, naming the file with its expected and its real size or hash.
    """
    return hub.folder(_hub(name))


def record(name: str) -> Record:
    """The commit, the files and their hashes of this hub model, from its pull or adoption.

    Reads the record only; ``folder`` proves the files. Raises MissingModelError where there is
    none.
    """
    spec = _hub(name)
    found = records.read(name)
    if found is None:
        raise MissingModelError(hub.status(spec).reason, mend=mend(name))
    return found


def adopt(name: str, folder: Path) -> Record:
    """Register a local folder as this hub model, without copying: its files are hashed once.

    For models that are already on the disk or came to a machine without a network. The folder must
    stay where it is. Raises InputError for a folder that holds no safetensors or ONNX file.
    """
    return hub.adopt(_hub(name), folder)


def model_file(name: str) -> types.ModelFile:
    """What the manifest records about this model; reads no weights."""
    spec = _spec(name)
    if isinstance(spec, ModelSpec):
        return types.ModelFile(
            name, spec.sha256, spec.licence, str(spec.source), spec.size, spec.commercial
        )
    known = records.read(name)
    if known is None:
        return types.ModelFile(name, "", spec.licence, spec.source, spec.size, spec.commercial)
    source = f"{known.repo}@{known.commit}"
    return types.ModelFile(name, known.sha256, spec.licence, source, known.size, spec.commercial)


def status(name: str) -> ModelStatus:
    """Where this model is and in which condition; hashes only what was not hashed before."""
    spec = _spec(name)
    return hub.status(spec) if isinstance(spec, HubSpec) else pinned.status(spec)


def mend(name: str) -> str:
    """What to do where this model is not ready: one command."""
    spec = _spec(name)
    return f"{PULL_COMMAND} {name}" if isinstance(spec, HubSpec) else pinned.mend(spec)


def catalogue(names: Iterable[str] | None = None) -> tuple[ModelStatus, ...]:
    """The status of these models, in the order given."""
    return tuple(status(name) for name in (table.MODELS if names is None else names))


def verify(names: Iterable[str] | None = None) -> tuple[ModelStatus, ...]:
    """Hash these models again, whatever was remembered about them."""
    chosen = [_spec(name) for name in (table.MODELS if names is None else names)]
    for spec in chosen:
        if isinstance(spec, HubSpec):
            hub.forget(spec)
        elif place := pinned.locate(spec):
            ledger.forget([place])
    return tuple(status(spec.name) for spec in chosen)


def remove(names: Iterable[str] | None = None) -> tuple[Path, ...]:
    """Delete what was pulled of these models, and name it.

    Installed packages and adopted folders stay as they are; of the latter the record is deleted.
    """
    chosen = [_spec(name) for name in (table.MODELS if names is None else names)]
    return tuple(
        gone
        for spec in chosen
        for gone in (hub.remove(spec) if isinstance(spec, HubSpec) else pinned.remove(spec))
    )


def pull(
    names: Iterable[str] | None = None,
    watch: types.Observer | None = None,
    locked: Mapping[str, Record] | None = None,
) -> None:
    """Bring these models to this machine, where they are not ready.

    A stop at any moment leaves whole models, or such that count as incomplete and are continued by
    the next pull. With ``locked``, from ``read_lock``, hub models must be exactly those of the
    lock. Raises PullError without network, or for other bytes than the pinned, announced or locked
    ones, OutputError where the disk is too small or can't be written.
    """
    chosen = [_spec(name) for name in (table.MODELS if names is None else names)]
    watch = watch or types.Silent()
    pinned.pull([spec for spec in chosen if isinstance(spec, ModelSpec)], watch)
    wanted = []
    for spec in chosen:
        if not isinstance(spec, HubSpec):
            continue
        if hub.status(spec).condition == "ready":
            locks.check(spec, locked)
        else:
            wanted.append(locks.listing(spec, locked))
    fetch.pull(wanted, watch)


def listing(name: str, locked: Mapping[str, Record] | None = None) -> Listing:
    """What a pull of this hub model would fetch, as the hub says now. Raises PullError."""
    return locks.listing(_hub(name), locked)


def outstanding(listing: Listing) -> int:
    """How many bytes of it are not on this machine yet."""
    return fetch.outstanding(listing)


def present() -> tuple[str, ...]:
    """The default recipe's files, there or not, and the hub models that are here or begun."""
    begun = [name for name, spec in table.HUB.items() if hub.begun(spec)]
    return (*table.MODELS, *begun)


def lock() -> dict[str, Any]:
    """Commit and hashes of every hub model here, for JSON; another machine pulls exactly these."""
    return locks.export(table.HUB.values())


def _spec(name: str) -> ModelSpec | HubSpec:
    if name in table.MODELS:
        return table.MODELS[name]
    if name in table.HUB:
        return table.HUB[name]
    known = ", ".join((*table.MODELS, *table.HUB))
    raise InputError(f"There is no model named {name!r}. Known are: {known}.")


def _hub(name: str) -> HubSpec:
    spec = _spec(name)
    if isinstance(spec, ModelSpec):
        raise InputError(f"The model {name} is one file, not a folder from a hub.")
    return spec
