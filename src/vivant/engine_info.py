"""Who an engine is: its models with their licences, what it needs, what was shown of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelFile:
    """A model that an engine uses: one file, or a folder of a model hub.

    ``sha256`` is the file's, or that of a folder's record of files; empty where the model is not on
    this machine and its bytes are not pinned beforehand. ``size`` is in bytes. ``commercial`` is
    False where the licence forbids commercial use.
    """

    name: str
    sha256: str
    licence: str
    source: str
    size: int = 0
    commercial: bool = True


@dataclass(frozen=True)
class Footprint:
    """What one way to hold an engine's models takes at its peak, in units of 1e9 bytes.

    ``mode`` is the way's name in ``vivant.engines.residency``; ``basis`` says where the figures
    come from.
    """

    mode: str
    gpu: float
    ram: float
    basis: str


@dataclass(frozen=True)
class EngineInfo:
    """Who an engine is, for the manifest and for ``vivant doctor``."""

    name: str
    version: str
    licence: str
    models: tuple[ModelFile, ...] = ()
    packages: tuple[str, ...] = ()
    """Distribution names whose versions belong in the manifest."""
    footprints: tuple[Footprint, ...] = ()
    """Ways to hold the models, the fastest first; empty: any machine will do."""
    makes: str = ""
    """What sizes, frame counts and rates, in words; empty for engines that make no picture."""
    verified: str = ""
    """What tests or measurements have shown of this engine."""
    unverified: str = ""
    """What only the published weights, or a GPU, can tell."""
