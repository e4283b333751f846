"""A lock says which commit and which bytes of hub models one machine has, for another to pull."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivant.engines.weights import hub, records, remote
from vivant.engines.weights.records import ADOPTED, Entry, Record
from vivant.engines.weights.remote import Listing, Remote
from vivant.errors import InputError, PullError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vivant.engines.weights.spec import HubSpec


def export(specs: Iterable[HubSpec]) -> dict[str, Any]:
    """The lock of those models that have a record, ready for JSON."""
    found = [known for spec in specs if (known := records.read(spec.name))]
    return {
        known.name: {
            "repo": known.repo,
            "revision": known.revision,
            "commit": known.commit,
            "files": {path: list(entry) for path, entry in sorted(known.files.items())},
        }
        for known in found
    }


def read(path: Path) -> dict[str, Record]:
    """The models that a lock file names. Raises InputError for a file that is no lock."""
    try:
        return {
            name: Record(
                name, str(said["repo"]), str(said["revision"]), str(said["commit"]), "",
                {str(p): Entry(int(size), str(sha)) for p, (size, sha) in said["files"].items()},
            )
            for name, said in json.loads(path.read_text(encoding="utf-8")).items()
        }  # fmt: skip
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is not a file that `vivant models lock` wrote.") from error


def listing(spec: HubSpec, locked: Mapping[str, Record] | None) -> Listing:
    """What the hub says of the model, of exactly the locked files where there is a lock.

    Raises PullError where the hub has other bytes than the lock, or the lock omits the model.
    """
    if locked is None:
        return remote.listing(spec)
    said = _said(spec, locked)
    revision = said.revision if said.commit == ADOPTED else said.commit
    found = remote.listing(replace(spec, revision=revision, patterns=tuple(said.files)))
    return Listing(spec, found.commit, tuple(_agreed(said, file) for file in found.files))


def check(spec: HubSpec, locked: Mapping[str, Record] | None) -> None:
    """Raises PullError where the lock means other bytes than those that are here and ready."""
    here = records.read(spec.name)
    if locked is not None and here is not None and here.sha256 != _said(spec, locked).sha256:
        raise PullError(
            f"{hub.pulled(spec)} holds other files of {spec.name} than the lock.",
            mend=f"Run: vivant models rm {spec.name}",
        )


def _said(spec: HubSpec, locked: Mapping[str, Record]) -> Record:
    said = locked.get(spec.name)
    if said is None or said.repo != spec.repo:
        raise PullError(f"The lock says nothing about {spec.name} from {spec.repo}.")
    return said


def _agreed(said: Record, file: Remote) -> Remote:
    size, sha256 = said.files[file.path]
    if size != file.size or file.sha256 not in ("", sha256):
        raise PullError(
            f"{file.path} of {said.repo} has {file.size} bytes and the hash"
            f" {file.sha256 or file.blob}; {size} bytes with {sha256} are locked."
        )
    return replace(file, sha256=sha256, blob="")
