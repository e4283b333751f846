"""Wan's models at their published sizes, with random weights made where they will work."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch as torch_types

torch: Any = need("torch", "gpu")
diffusers: Any = need("diffusers", "gpu")

TEXT = 512
"""Tokens of text, padding included."""


@dataclass(frozen=True)
class Shape:
    """A model's published shape and the film it is measured on; ``latent`` is (z, t, h, w)."""

    name: str
    size: tuple[int, int]
    frames: int
    latent: tuple[int, int, int, int]
    transformer: Mapping[str, Any]
    vae: Mapping[str, Any]
    boundary: float | None

    @property
    def tokens(self) -> int:
        """Patches of two by two latents."""
        _, frames, height, width = self.latent
        return frames * height * width // 4

    @property
    def width(self) -> int:
        """Of the transformer: heads times head size."""
        heads, head = (
            self.transformer[f"{each}"] for each in ("num_attention_heads", "attention_head_dim")
        )
        return int(heads * head)


_COMMON = {"patch_size": (1, 2, 2), "attention_head_dim": 128, "text_dim": 4096,
           "cross_attn_norm": True, "qk_norm": "rms_norm_across_heads"}  # fmt: skip
_FIVE = {**_COMMON, "num_attention_heads": 24, "in_channels": 48, "out_channels": 48,
         "ffn_dim": 14336, "num_layers": 30}  # fmt: skip
_FOURTEEN = {**_COMMON, "num_attention_heads": 40, "in_channels": 36, "out_channels": 16,
             "ffn_dim": 13824, "num_layers": 40}  # fmt: skip
_VAE_2_2 = {"base_dim": 160, "decoder_base_dim": 256, "z_dim": 48, "in_channels": 12,
            "out_channels": 12, "is_residual": True, "patch_size": 2, "dim_mult": [1, 2, 4, 4],
            "num_res_blocks": 2, "temperal_downsample": [False, True, True],
            "latents_mean": [0.0] * 48, "latents_std": [1.0] * 48, "scale_factor_spatial": 16,
            "scale_factor_temporal": 4}  # fmt: skip

SHAPES = (
    Shape("wan2.2-ti2v-5b", (1280, 704), 121, (48, 31, 44, 80), _FIVE, _VAE_2_2, None),
    Shape("wan2.2-i2v-a14b", (1280, 720), 81, (16, 21, 90, 160), _FOURTEEN, {}, 0.9),
    Shape("wan2.2-i2v-a14b-480p", (832, 480), 81, (16, 21, 60, 104), _FOURTEEN, {}, 0.9),
)

_SMALL = {"num_attention_heads": 2, "attention_head_dim": 12, "text_dim": 32, "ffn_dim": 32,
          "num_layers": 2}  # fmt: skip
_SMALL_VAE = {"base_dim": 3, "dim_mult": [1] * 4, "num_res_blocks": 1}
TINY = tuple(
    replace(
        shape,
        size=(64, 64),
        frames=5,
        latent=(shape.latent[0], 2, *((4, 4) if shape.boundary is None else (8, 8))),
        transformer={**shape.transformer, **_SMALL},
        vae={**shape.vae, **_SMALL_VAE, "decoder_base_dim": None},
    )
    for shape in SHAPES[:2]
)


def flops(shape: Shape) -> tuple[float, float]:
    """Of one forward: in matrix products, and in attention. A multiply-add is two.

    Products a block: four of self-attention and two of cross-attention on all tokens, two of
    cross-attention on the text, two of the feed-forward. Attention: queries by keys and weights by
    values, among all tokens and from all tokens to the text.
    """
    tokens, wide = shape.tokens, shape.width
    layers, inner = shape.transformer["num_layers"], shape.transformer["ffn_dim"]
    products = 2 * tokens * (6 * wide**2 + 2 * wide * inner) + 2 * TEXT * 2 * wide**2
    attention = 4 * tokens * (tokens + TEXT) * wide
    return float(layers * products), float(layers * attention)


@contextmanager
def _made(device: str, dtype: torch_types.dtype) -> Iterator[None]:
    """Modules made inside get their random weights on the device, in this number type."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            yield
    finally:
        torch.set_default_dtype(before)


def transformer(shape: Shape, device: str, dtype: torch_types.dtype) -> Any:
    """Random weights; in float32 what diffusers keeps in float32 when it reads a file."""
    with _made(device, dtype):
        model = diffusers.WanTransformer3DModel(**shape.transformer).eval()
    keep = model._keep_in_fp32_modules
    for name, parameter in model.named_parameters():
        if any(part in name.split(".") for part in keep):
            parameter.data = parameter.data.float()
    return model.requires_grad_(False)


def autoencoder(shape: Shape, device: str) -> Any:
    """Random weights, in float32 as the engine uses it."""
    with _made(device, torch.float32):
        return diffusers.AutoencoderKLWan(**shape.vae).eval().requires_grad_(False)


def pipeline(shape: Shape, device: str, dtype: torch_types.dtype) -> Any:
    """diffusers' pipeline without text: transformers one after the other through the device."""
    experts = []
    for _ in range(1 if shape.boundary is None else 2):
        experts.append(transformer(shape, device, dtype).to("cpu"))
    return diffusers.WanImageToVideoPipeline(
        tokenizer=None, text_encoder=None, vae=autoencoder(shape, device).to("cpu"),
        scheduler=diffusers.UniPCMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=5.0
        ),
        transformer=experts[0], transformer_2=experts[1] if experts[1:] else None,
        boundary_ratio=shape.boundary, expand_timesteps=shape.boundary is None,
    )  # fmt: skip
