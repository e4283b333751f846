"""What a HyperLoRA checkpoint holds, checked before it is believed.

A variant's folder has four files: ``hyper_lora_modules.json`` lists the attention modules of SDXL's
UNet in order; ``hyper_lora_modules.safetensors`` has, for module i of the list and each of its four
projections, bases ``{i}.{to_q,to_k,to_v,to_out}.id_down_basis`` ``(bases, in, rank)`` and
``.id_up_basis`` ``(bases, rank, out)``; ``id_projector.safetensors`` and ``resampler.safetensors``
are the network that weighs them. As published: 140 modules, 1,120 bases tensors, 128 bases, rank 8.
Every size is read from the files, and each must agree with every other.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivant.errors import MissingModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import torch

PARTS = ("to_q", "to_k", "to_v", "to_out")
WAYS = ("down", "up")
MODULES, BASES = "hyper_lora_modules.json", "hyper_lora_modules.safetensors"
PROJECTOR, RESAMPLER = "id_projector.safetensors", "resampler.safetensors"
MEND = "Run: vivant models pull hyperlora"

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Attention:
    """One attention module: its name in LoRA files, its width, the width of what it attends to."""

    name: str
    hidden: int
    cross: int | None
    """None: it attends to itself."""

    def width_into(self, part: str) -> int:
        """Input width of one of ``PARTS``; the output's is always ``hidden``."""
        return self.cross if self.cross and part in ("to_k", "to_v") else self.hidden


@dataclass(frozen=True)
class Slot:
    """One token of the network's output: which basis of which projection it weighs."""

    number: int
    attention: Attention
    part: str
    way: str

    @property
    def tensor(self) -> str:
        """The basis's name in the file."""
        return f"{self.number}.{self.part}.id_{self.way}_basis"

    @property
    def lora(self) -> str:
        """The name of what comes of it in a LoRA file."""
        return f"{self.layer}.lora_{self.way}.weight"

    @property
    def layer(self) -> str:
        """The projection's name in a LoRA file."""
        return f"{self.attention.name}_{self.part}" + ("_0" if self.part == "to_out" else "")

    def shape(self, bases: int, rank: int) -> Shape:
        """Of its basis."""
        if self.way == "down":
            return bases, self.attention.width_into(self.part), rank
        return bases, rank, self.attention.hidden


def attentions(folder: Path) -> tuple[Attention, ...]:
    """The modules in order. Raises MissingModelError."""
    path = folder / MODULES
    with readable(path):
        entries = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(entries, dict) or not entries:
        raise wrong(path, "it lists no modules")
    return tuple(_attention(path, name, entry) for name, entry in entries.items())


def _attention(path: Path, name: str, entry: Any) -> Attention:
    if isinstance(entry, dict) and entry.keys() == {"hidden_size", "cross_attention_dim"}:
        hidden, cross = entry["hidden_size"], entry["cross_attention_dim"]
        if type(hidden) is int and type(cross) in (int, type(None)):
            return Attention(name, hidden, cross)
    raise wrong(path, f"{name} is {entry!r}, no hidden_size and cross_attention_dim")


def slots(modules: tuple[Attention, ...]) -> tuple[Slot, ...]:
    """The network's tokens in order: modules; in each q, k, v, out; of each down, then up."""
    return tuple(
        Slot(number, attention, part, way)
        for number, attention in enumerate(modules)
        for part in PARTS
        for way in WAYS
    )


# -- tensors -----------------------------------------------------------------------------------


def shapes(path: Path) -> dict[str, Shape]:
    """Shape of every tensor of a safetensors file, without reading them."""
    from safetensors import safe_open

    with readable(path), safe_open(path, "pt") as file:
        return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118


def sides(path: Path, found: Mapping[str, Shape], name: str, rank: int) -> Shape:
    """The shape of the tensor ``name``, which others are measured by: ``rank`` sides, none 0."""
    shape = found.get(name)
    if shape is None:
        raise wrong(path, f"{name} is missing")
    if len(shape) != rank or 0 in shape:
        raise wrong(path, f"{name} is {shape}; it has {rank} sides")
    return shape


def tensors(path: Path) -> dict[str, torch.Tensor]:
    """Every tensor of the file as float32. Raises MissingModelError naming one with a NaN."""
    from safetensors.torch import load_file

    with readable(path):
        held = {name: tensor.float() for name, tensor in load_file(path).items()}
    for name, tensor in held.items():
        if not tensor.isfinite().all():
            raise wrong(path, f"{name} holds values that are not finite")
    return held


def agree(path: Path, found: Mapping[str, Shape], wanted: Mapping[str, Shape]) -> None:
    """Raise MissingModelError naming the first tensor that is missing, misshapen or unknown."""
    for name, shape in wanted.items():
        if name not in found:
            raise wrong(path, f"{name} {shape} is missing")
        if found[name] != shape:
            raise wrong(path, f"{name} is {found[name]}; the other tensors ask for {shape}")
    if unknown := sorted(found.keys() - wanted.keys()):
        raise wrong(path, f"{unknown[0]} belongs to no published layout")


def wrong(path: Path, why: str) -> MissingModelError:
    """The refusal of a file of the checkpoint."""
    return MissingModelError(f"{path} is no HyperLoRA checkpoint: {why}.", mend=MEND)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Errors of reading ``path`` as MissingModelError."""
    from safetensors import SafetensorError

    try:
        yield
    except (OSError, ValueError, SafetensorError) as error:
        raise MissingModelError(f"{path} can't be read: {error}", mend=MEND) from error
