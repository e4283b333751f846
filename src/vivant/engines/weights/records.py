"""What was found in a hub model's folder when it was pulled or adopted: the proof of later runs.

A record is one JSON file, written last and whole: without it the folder counts as incomplete.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vivant.engines.weights import ledger
from vivant.files import atomic, sweep

if TYPE_CHECKING:
    from collections.abc import Mapping

ADOPTED = "adopted"
"""The commit of a folder that came from somewhere else, so nobody can say which it is."""


class Entry(NamedTuple):
    """One file: its size in bytes and its SHA-256, hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Record:
    """A hub model on this machine.

    ``revision`` is what was asked for, ``commit`` what the hub said it is, or ``ADOPTED``.
    ``root`` is the folder: relative to the hub folder where pulled, so that the model folder may
    move, absolute where adopted. ``files`` maps paths inside it, with ``/``, to what they hold.
    """

    name: str
    repo: str
    revision: str
    commit: str
    root: str
    files: Mapping[str, Entry]

    @property
    def folder(self) -> Path:
        """The folder that holds the files."""
        return hub() / self.root

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(entry.size for entry in self.files.values())

    @property
    def sha256(self) -> str:
        """Of the files' record as canonical JSON: equal wherever the same files lie."""
        text = json.dumps(self.files, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


def hub() -> Path:
    """The part of the model folder that holds hub models and their records."""
    return ledger.home() / "hub"


def place(name: str) -> Path:
    """Where the record of this model is or would be."""
    return hub() / f"{name}.json"


def read(name: str) -> Record | None:
    """The record of this model; None where there is none, or none that can be read."""
    try:
        entries = json.loads(place(name).read_text(encoding="utf-8"))
        files = {str(k): Entry(int(size), str(sha)) for k, (size, sha) in entries["files"].items()}
        texts = {k: str(entries[k]) for k in ("name", "repo", "revision", "commit", "root")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Record(**texts, files=files) if files else None


def write(record: Record) -> None:
    """Write the record, whole or not at all. Raises OutputError where that can't be done."""
    ledger.make(hub())
    sweep(hub())
    entries = {**vars(record), "files": dict(sorted(record.files.items()))}
    with atomic(place(record.name)) as temporary:
        temporary.write_text(json.dumps(entries, indent=1, ensure_ascii=False), encoding="utf-8")
