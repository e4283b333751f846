"""Weights in a few large pieces of page-locked memory, from which a card fetches at full speed.

torch rounds each page-locked tensor up to a power of two, which takes half as much RAM again for
Wan's and nearly twice as much for Qwen-Image's; and diffusers locks all blocks of a model before it
lets go of what it copied. Here the weights move one by one into pieces that are powers of two
themselves. diffusers leaves memory that is locked already where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch

PIECE = 2**32
"""Bytes of the largest pieces: what a tensor leaves free at the end of one is little beside it."""
_ALIGNED = 512


def page_locked(size: int) -> torch.Tensor:
    """So many bytes that the system never moves. Raises RuntimeError where there are too few."""
    import torch

    return torch.empty(size, dtype=torch.uint8, pin_memory=True)


def pack(model: Any, allot: Callable[[int], torch.Tensor]) -> None:
    """Move the weights of ``model`` into pieces of memory that ``allot`` gives, by their bytes."""
    weights = list(model.parameters())
    left = sum(_stride(weight) for weight in weights)
    piece, begin, end = None, 0, 0
    for weight in weights:
        size = _stride(weight)
        if piece is None or begin + size > end:
            end = piece_size(size, left)
            piece, begin = allot(end), 0
        place = piece[begin : begin + weight.nbytes].view(weight.dtype).view(weight.shape)
        weight.data = place.copy_(weight.data)
        begin, left = begin + size, left - size


def piece_size(size: int, left: int) -> int:
    """Bytes of the piece for a tensor of ``size``, the first of ``left``: a power of two."""
    return max(1 << (size - 1).bit_length(), min(PIECE, 1 << (left.bit_length() - 1)))


def _stride(weight: torch.Tensor) -> int:
    return max(1, -(-weight.nbytes // _ALIGNED)) * _ALIGNED
