"""A person's LoRA on disk: some 23 MB instead of a 3 GB network, for every later picture.

The file is named by what it was made from and carries the SHA-256 of its own tensors; one that
does not match is made anew, and the record says so.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.errors import OutputError
from vivant.files import atomic

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from vivant.types import Reference

Tensors = dict[str, "torch.Tensor"]

VERSION = 1
"""Of how a photo becomes a LoRA (crops, network); another version makes another file."""


@dataclass(frozen=True, eq=False)
class Identity:
    """A person's LoRA, its name, and how it came, in words: kept, made, made again and why."""

    key: str
    tensors: Tensors
    how: str

    @property
    def record(self) -> dict[str, str]:
        """As plain data, for the manifest."""
        return {"key": self.key, "sha256": digest(self.tensors), "how": self.how}


def key(reference: Reference, *models: str) -> str:
    """Name of the identity: this photo, this face, these models (variant, SHA-256s)."""
    box = reference.face.box
    made_from = [VERSION, reference.digest, box.x0, box.y0, box.x1, box.y1, *models]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def digest(tensors: Tensors) -> str:
    """SHA-256 over names, types, shapes and bytes of the tensors, in the order of their names."""
    total = hashlib.sha256()
    for name in sorted(tensors):
        array = tensors[name].contiguous().numpy()
        total.update(f"{name} {array.dtype} {array.shape}\n".encode())
        total.update(array.tobytes())
    return total.hexdigest()


def read(path: Path) -> Tensors | None:
    """The LoRA kept at ``path``; None where the file is not what was written."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            written = (file.metadata() or {}).get("sha256")
    except (OSError, SafetensorError):
        return None
    return tensors if digest(tensors) == written else None


def write(path: Path, tensors: Tensors) -> bool:
    """Keep the LoRA, whole or not at all; False where the folder can't be written.

    Then it is made anew each time: that costs seconds, not the film.
    """
    from safetensors.torch import save_file

    with suppress(OSError, OutputError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(path) as temporary:
            save_file(tensors, temporary, metadata={"sha256": digest(tensors)})
        return True
    return False
