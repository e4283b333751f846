"""Latents → frames: Wan's autoencoder, a few frames at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vivant.engines.extras import need
from vivant.engines.wan import untested
from vivant.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch

    from vivant.types import Image


def decode(vae: Any, latents: torch.Tensor) -> Image:
    """Normalised latents ``(1, channels, t, h, w)`` as frames ``(frames, height, width, 3)``.

    ``vae`` is an AutoencoderKLWan, hooks for offloading included. The frames are those of
    diffusers' pipeline to the bit: its decoder works through the latents one after the other
    anyway; here each one's frames become uint8 and leave the device at once, where diffusers
    appends them to a growing float32 film of 1.3e9 bytes (at 1280x704x121), copied whole each time.

    Raises EngineError for latents that are not finite.
    """
    import torch

    if not torch.isfinite(latents).all():
        raise EngineError(
            "The transformer gave numbers that are not finite; the film would be black or noise.",
            mend="Choose dtype bfloat16 or float32 for the animator.",
        )
    with torch.no_grad():
        pieces = [_bytes(piece) for piece in _pieces(vae, _scaled(vae, latents))]
    return np.concatenate(pieces)


def _scaled(vae: Any, latents: torch.Tensor) -> torch.Tensor:
    """As the autoencoder made them; rounded as in diffusers, which multiplies by 1 / std before."""
    import torch

    if hook := getattr(vae, "_hf_hook", None):
        hook.pre_forward(vae)
    latents = latents.to(vae.device, vae.dtype)
    mean, std = (
        torch.tensor(values).view(1, -1, 1, 1, 1).to(latents.device, latents.dtype)
        for values in (vae.config.latents_mean, vae.config.latents_std)
    )
    return latents / (1.0 / std) + mean


def _pieces(vae: Any, latents: torch.Tensor) -> Iterator[torch.Tensor]:
    """Decoded frames ``(1, 3, t, height, width)`` in -1 to 1, in order."""
    if vae.use_tiling or untested():
        yield vae.decode(latents, return_dict=False)[0]
        return
    module = need("diffusers.models.autoencoders.autoencoder_kl_wan", "gpu")
    vae.clear_cache()
    try:
        hidden = vae.post_quant_conv(latents)
        for index in range(hidden.shape[2]):
            vae._conv_idx = [0]
            piece = vae.decoder(
                hidden[:, :, index : index + 1],
                feat_cache=vae._feat_map,
                feat_idx=vae._conv_idx,
                first_chunk=index == 0,
            )
            if vae.config.patch_size is not None:
                piece = module.unpatchify(piece, patch_size=vae.config.patch_size)
            yield piece.clamp(-1.0, 1.0)
    finally:
        vae.clear_cache()


def _bytes(piece: torch.Tensor) -> Image:
    """-1 to 1 → ``(t, height, width, 3)`` uint8, rounding half to even as Pillow's users do."""
    import torch

    shade = (piece[0] * 0.5 + 0.5).clamp(0, 1).mul(255).round().to(torch.uint8)
    image: Image = shade.permute(1, 2, 3, 0).contiguous().cpu().numpy()
    return image
