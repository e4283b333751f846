"""Wan's autoencoder with fewer copies of its largest tensors: the same bits in less memory.

At 1280x704 the tensors of the last stage have 1.85e9 bytes each. diffusers holds several copies of
one at a time: frames kept from before are joined to the new ones, and the result is copied again to
pad it; the norm makes a new tensor for each of its factors. Here the kept frames are written
straight into the padded copy, and what only this code holds is changed in place. The convolutions
get the same numbers in the same order, so the frames are equal bit for bit.

It leans on the inside of diffusers, so a version that was not tested is left as it is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need
from vivant.engines.wan import untested

if TYPE_CHECKING:
    import torch


def slim(vae: Any) -> str:
    """Change ``vae``, an AutoencoderKLWan; to be called before hooks are put on it.

    Gives "applied", or why not, for the record.
    """
    if why := untested():
        return why
    silu = need("torch", "gpu").nn.SiLU
    for module in vae.modules():
        kind = type(module).__name__
        if kind == "WanCausalConv3d":
            module.forward = partial(_convolve, module)
        elif kind == "WanRMS_norm":
            module.forward = partial(_normalise, module)
        elif isinstance(getattr(module, "nonlinearity", None), silu):
            module.nonlinearity = silu(inplace=True)  # it always follows a norm, a fresh tensor
    return "applied"


def _convolve(conv: Any, x: torch.Tensor, cache_x: torch.Tensor | None = None) -> torch.Tensor:
    """A convolution that sees no later frame; ``cache_x`` has the last of the frames before."""
    import torch

    left, _, top, _, front, _ = conv._padding
    padded = torch.nn.functional.pad(x, conv._padding) if any(conv._padding) else x
    if cache_x is not None and front:
        kept = padded[:, :, front - cache_x.shape[2] : front]
        kept[..., top : top + x.shape[3], left : left + x.shape[4]] = cache_x.to(x.device)
    convolved: torch.Tensor = conv._conv_forward(padded, conv.weight, conv.bias)
    return convolved


def _normalise(norm: Any, x: torch.Tensor) -> torch.Tensor:
    """Root mean square norm over the channels, times ``gamma``."""
    import torch

    exact = x if x.dtype in (torch.float32, torch.float64) else x.float()
    normal = torch.nn.functional.normalize(exact, dim=1 if norm.channel_first else -1).to(x.dtype)
    normal.mul_(norm.scale).mul_(norm.gamma)
    return normal if isinstance(norm.bias, float) and norm.bias == 0 else normal.add_(norm.bias)
