"""Wan's real classes with a few thousand random weights, saved the way the hub has them.

The configurations keep what decides the wiring (channels, strides, two experts, expanded
timesteps) and shrink everything else. Random weights paint noise: they prove the way, no picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import diffusers as library
import numpy as np
import torch
from safetensors.torch import save_file
from transformers import T5Tokenizer, UMT5Config, UMT5EncoderModel

from tests.tiny import reference
from vivant.types import Image, Keyframe, SpatialPrompt

diffusers: Any = library

TRANSFORMER = {
    "patch_size": (1, 2, 2), "num_attention_heads": 2, "attention_head_dim": 12, "text_dim": 32,
    "freq_dim": 256, "ffn_dim": 32, "num_layers": 2, "cross_attn_norm": True,
    "qk_norm": "rms_norm_across_heads", "rope_max_seq_len": 64,
}  # fmt: skip
VAE = {"base_dim": 3, "dim_mult": [1] * 4, "num_res_blocks": 1}


def transformer(inward: int, outward: int, seed: int, **other: Any) -> Any:
    torch.manual_seed(seed)
    return diffusers.WanTransformer3DModel(
        **{**TRANSFORMER, "in_channels": inward, "out_channels": outward, **other}
    )


def autoencoder(packed: bool) -> Any:
    """Wan2.2's own autoencoder (4x16x16, 48 channels) where ``packed``, else Wan2.1's (4x8x8)."""
    torch.manual_seed(2)
    if not packed:
        return diffusers.AutoencoderKLWan(z_dim=16, temperal_downsample=[False, True, True], **VAE)
    return diffusers.AutoencoderKLWan(
        z_dim=48, in_channels=12, out_channels=12, is_residual=True, patch_size=2,
        temperal_downsample=[False, True, True],
        latents_mean=[0.1] * 48, latents_std=[0.7] * 48,
        scale_factor_spatial=16, scale_factor_temporal=4, **VAE,
    )  # fmt: skip


def _text() -> dict[str, Any]:
    torch.manual_seed(3)
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    letters = [(chr(code), -3.0) for code in range(33, 127)]
    config = UMT5Config(vocab_size=256, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    return {
        "tokenizer": T5Tokenizer(vocab=pieces + letters, extra_ids=0, model_max_length=512),
        "text_encoder": UMT5EncoderModel(config).eval(),  # type: ignore[no-untyped-call]
    }


def _scheduler() -> Any:
    return diffusers.UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0
    )


def ti2v_5b() -> Any:
    """One transformer, timesteps expanded to every token."""
    return diffusers.WanImageToVideoPipeline(
        **_text(), vae=autoencoder(packed=True), scheduler=_scheduler(),
        transformer=transformer(48, 48, 4), expand_timesteps=True,
    )  # fmt: skip


def i2v_a14b() -> Any:
    """Two experts that change over at nine tenths of the noise."""
    return diffusers.WanImageToVideoPipeline(
        **_text(), vae=autoencoder(packed=False), scheduler=_scheduler(),
        transformer=transformer(36, 16, 4), transformer_2=transformer(36, 16, 5),
        boundary_ratio=0.9,
    )  # fmt: skip


def lightning(folder: Path) -> Path:
    """Low-rank additions for both experts, under the names the published files have."""
    folder.mkdir(parents=True)
    for number, name in enumerate(("high_noise_model", "low_noise_model")):
        chance = torch.Generator().manual_seed(number)
        state = {}
        for block in range(TRANSFORMER["num_layers"]):  # type: ignore[call-overload]
            for part in ("self_attn.q", "self_attn.k", "self_attn.v", "self_attn.o"):
                key = f"diffusion_model.blocks.{block}.{part}"
                state[f"{key}.lora_down.weight"] = torch.randn(4, 24, generator=chance)
                state[f"{key}.lora_up.weight"] = torch.randn(24, 4, generator=chance)
                state[f"{key}.alpha"] = torch.tensor(4.0)
        save_file(state, folder / f"{name}.safetensors")
    return folder


def keyframe(image: Image) -> Keyframe:
    """``image`` as the keyframe of a film."""
    return Keyframe(image, SpatialPrompt("a square"), (reference(),), 1, "square painter", 0.0, ())


def noise(width: int, height: int, seed: int = 0) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
