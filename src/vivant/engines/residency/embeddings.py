"""What a text encoder said, remembered, so that the encoder can leave and need not come back."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

    Tensors = tuple[torch.Tensor | None, ...]


@dataclass(frozen=True)
class EmbeddingKey:
    """Everything that an embedding depends on."""

    model: str
    """Name of the text encoder's weights."""
    text: str
    length: int
    """The most tokens that are encoded."""
    dtype: str = ""
    """The number type it was computed in; other types give other bits."""
    also: str = ""
    """Whatever else was encoded with the text, as a digest: a reference picture, a template."""


class Embeddings:
    """Tensors by key, on the CPU, in memory only; the least recently used go first."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[EmbeddingKey, Tensors] = OrderedDict()
        self.hits = 0
        """How often ``remember`` needed no encoder."""
        self.misses = 0

    def remember(self, key: EmbeddingKey, make: Callable[[], Tensors]) -> Tensors:
        """What ``make`` gave for this key, now or earlier, as copies on the CPU.

        ``make`` runs only where the key is new; it lends itself an encoder and gives a tuple of
        tensors, None where a pipeline has none. Nothing is kept when it raises.
        """
        if key in self._kept:
            self.hits += 1
            self._kept.move_to_end(key)
        else:
            made = make()
            self.misses += 1
            self._kept[key] = _copies(made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return _copies(self._kept[key])

    def forget(self) -> None:
        """Let go of everything; the counts stay."""
        self._kept.clear()


def _copies(tensors: Tensors) -> Tensors:
    """Copies that share no memory with anybody's, so that what is remembered stays as it was."""
    return tuple(t if t is None else t.detach().to("cpu", copy=True) for t in tensors)
