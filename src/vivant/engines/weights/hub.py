"""Models that are folders of files from a model hub, known by the record of their pull."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from vivant.engines.weights import ledger, records
from vivant.engines.weights.records import ADOPTED, Entry, Record
from vivant.engines.weights.spec import PULL_COMMAND, Condition, HubSpec, ModelStatus
from vivant.errors import InputError, MissingModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS = (".safetensors", ".onnx")
"""The formats that hold numbers and nothing that runs. Pickles run what their maker wrote."""
KINDS = (*WEIGHTS, ".json", ".txt", ".model", ".jinja")
"""What is pulled and recorded: weights, configurations, tokenizers, chat templates."""


def folder(spec: HubSpec) -> Path:
    """The folder, every recorded file proven. Raises MissingModelError."""
    found = status(spec)
    if found.path is None or found.condition != "ready":
        raise MissingModelError(found.reason, mend=f"{PULL_COMMAND} {spec.name}")
    return found.path


def status(spec: HubSpec) -> ModelStatus:
    """Where the folder is and in which condition; hashes only what was not hashed before."""
    known = records.read(spec.name)
    if known is None:
        return _unrecorded(spec)
    condition: Condition = "ready"
    reason = ""
    for path, entry in known.files.items():
        condition, reason = _compare(spec, known.folder / path, entry)
        if condition != "ready":
            break
    return ModelStatus(
        spec, known.folder, condition, reason, known.sha256, known.commit, known.size
    )


def adopt(spec: HubSpec, folder: Path) -> Record:
    """Record a folder that is already here as this model; nothing is copied.

    Takes weights, configurations and tokenizers, in subfolders too; passes over hidden files.
    Raises InputError for a folder that is absent or holds no safetensors or ONNX file.
    """
    root = folder.expanduser().resolve()
    if not root.is_dir():
        raise InputError(f"{folder} is not a folder.")
    if root.is_relative_to(records.hub().resolve()):
        raise InputError(f"{folder} belongs to the model folder; models there are pulled.")
    paths = sorted(_contents(root))
    if not any(path.suffix in WEIGHTS for path in paths):
        raise InputError(
            f"{folder} holds no weights as {' or '.join(WEIGHTS)}; others, such as pickles, could"
            " run any program and are not used."
        )
    ledger.forget([root])
    found = Record(
        spec.name, spec.repo, spec.revision, ADOPTED, str(root),
        {path.relative_to(root).as_posix(): _entry(path) for path in paths},
    )  # fmt: skip
    records.write(found)
    return found


def remove(spec: HubSpec) -> tuple[Path, ...]:
    """Delete the record and the pulled folder, and name them; an adopted folder stays."""
    # The record first: a folder without one is not taken for whole if this is stopped.
    gone = tuple(path for path in (records.place(spec.name), pulled(spec)) if path.exists())
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    ledger.forget(gone)
    return gone


def forget(spec: HubSpec) -> None:
    """Hash this model's files when they are next asked for."""
    known = records.read(spec.name)
    ledger.forget([pulled(spec) if known is None else known.folder])


def pulled(spec: HubSpec) -> Path:
    """Where ``pull`` puts this model."""
    return records.hub() / spec.name


def begun(spec: HubSpec) -> bool:
    """Whether there is a record of this model, or a pull that did not end."""
    return records.read(spec.name) is not None or pulled(spec).exists()


def _unrecorded(spec: HubSpec) -> ModelStatus:
    if pulled(spec).exists():
        reason = f"The pull of {spec.name} ({spec.source}) into {pulled(spec)} did not end."
        return ModelStatus(spec, pulled(spec), "partial", reason, size=spec.size)
    reason = f"The model {spec.name} ({spec.source}) is not on this machine."
    return ModelStatus(spec, pulled(spec), "absent", reason, size=spec.size)


def _compare(spec: HubSpec, path: Path, entry: Entry) -> tuple[Condition, str]:
    if not path.is_file():
        return "partial", f"{path}, a file of {spec.name}, is gone."
    size = path.stat().st_size
    if size != entry.size:
        return "damaged", f"{path} has {size} bytes; {entry.size} are recorded for {spec.name}."
    sha256 = ledger.sha256(path)
    if sha256 != entry.sha256:
        return "damaged", (
            f"{path} has SHA-256 {sha256}; {entry.sha256} is recorded for {spec.name}."
        )
    return "ready", ""


def _contents(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if not hidden and path.suffix in KINDS and path.is_file():
            yield path


def _entry(path: Path) -> Entry:
    return Entry(path.stat().st_size, ledger.sha256(path))
