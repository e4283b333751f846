"""What a model is: one pinned file, or a chosen part of a repository of a model hub."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

Condition = Literal["ready", "absent", "partial", "damaged"]
"""``partial``: a pull that did not end, or a file that is gone. ``damaged``: other bytes."""
PULL_COMMAND = "Run: vivant models pull"


def amount(count: int) -> str:
    """So many bytes for people: in GB of 1e9, or MB of 1e6 below one of them."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"


@dataclass(frozen=True)
class Wheel:
    """A wheel on a Python package index, pinned by hash and by the platform it was built for."""

    project: str
    version: str
    sha256: str
    platform: str
    python: str


@dataclass(frozen=True)
class InWheel:
    """A file inside a wheel that is pulled but never installed."""

    wheel: Wheel
    member: str

    def __str__(self) -> str:
        return f"{self.wheel.project}=={self.wheel.version}:{self.member}"


@dataclass(frozen=True)
class InPackage:
    """A file of an installed package, found without importing the package."""

    project: str
    module: str
    member: str

    def __str__(self) -> str:
        return f"{self.project}:{self.module}/{self.member}"


Source: TypeAlias = InWheel | InPackage


@dataclass(frozen=True)
class ModelSpec:
    """One pinned file; ``size`` in bytes, ``sha256`` hexadecimal, ``licence`` an SPDX name."""

    name: str
    sha256: str
    licence: str
    source: Source
    size: int
    commercial: bool = True


@dataclass(frozen=True)
class HubSpec:
    """A part of a repository of a model hub: the files that one of ``patterns`` matches.

    ``revision`` is a branch, a tag or a commit. A commit (40 hexadecimal digits) is enforced; what
    a branch points to is looked up at the first pull and recorded with every file's hash, which
    from then on are what must be found. ``pins`` maps names of files to the SHA-256 that a pull
    must bring. ``patterns`` are shell patterns on the path inside the repository, in which ``*``
    also matches ``/``. Of a folder with weights of the ``variant`` (``a.fp16.safetensors``), only
    these are taken. ``licence`` is an SPDX name, or ``LicenseRef-`` and the licence's own name;
    ``commercial`` is False where it forbids commercial use, ``gated`` is True where the hub asks
    for a login. ``size`` in bytes is approximate.
    """

    name: str
    repo: str
    patterns: tuple[str, ...]
    licence: str
    size: int
    about: str
    revision: str = "main"
    commercial: bool = True
    gated: bool = False
    variant: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """``repository@revision``, as asked for."""
        return f"{self.repo}@{self.revision}"


@dataclass(frozen=True)
class ModelStatus:
    """Where a model is, or would be, and in which condition.

    ``path`` is None where the package that holds the file is not installed. ``reason`` says what
    is wrong where the condition is not ``ready``. Of a hub's model, ``commit`` and ``size`` in
    bytes are those recorded at the pull; before it, empty and the table's approximate figure.
    """

    spec: ModelSpec | HubSpec
    path: Path | None
    condition: Condition
    reason: str = ""
    sha256: str = ""
    commit: str = ""
    size: int = 0
