"""FLUX.2 klein's real classes with a few thousand random weights, saved as the hub has them.

The configurations keep what decides the wiring (strides, packing, which layers of the text encoder
are read) and shrink everything else. Random weights paint noise: they prove the way, no picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from tests.tiny_qwen import TALK, byte_tokenizer
from vivant.engines.extras import need

diffusers, transformers = need("diffusers", "gpu"), need("transformers", "gpu")

TURNS = (
    "{% for turn in messages %}<|im_start|>{{ turn.role }}\n{{ turn.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    "{% if enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}"
)
LAYERS = 28
"""The pipeline reads what comes out of the 9th, the 18th and the 27th; Qwen3-4B has 36."""


def reader(tokenizer: Any) -> Any:
    """Qwen3."""
    end = tokenizer.convert_tokens_to_ids("<|endoftext|>")
    torch.manual_seed(1)
    config = transformers.Qwen3Config(
        hidden_size=16, intermediate_size=16, num_hidden_layers=LAYERS, num_attention_heads=2,
        num_key_value_heads=2, head_dim=8, vocab_size=len(tokenizer), initializer_range=0.5,
        bos_token_id=None, eos_token_id=end, pad_token_id=end,
    )  # fmt: skip
    return transformers.Qwen3ForCausalLM(config).eval()


def save(folder: Path, distilled: bool = True) -> Path:
    """The whole model as a hub folder."""
    torch.manual_seed(0)
    transformer = diffusers.Flux2Transformer2DModel(
        patch_size=1, in_channels=16, num_layers=1, num_single_layers=2, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=3 * 16, timestep_guidance_channels=256,
        axes_dims_rope=[4, 4, 4, 4], guidance_embeds=False,
    )  # fmt: skip
    vae = diffusers.AutoencoderKLFlux2(
        sample_size=128, latent_channels=4, block_out_channels=(4,) * 4, layers_per_block=1,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        norm_num_groups=1,
    )  # fmt: skip
    vae.bn.running_mean += 0.1
    vae.bn.running_var *= 0.5
    tokenizer = byte_tokenizer(*TALK)
    tokenizer.chat_template = TURNS
    diffusers.Flux2KleinPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
        vae=vae,
        text_encoder=reader(tokenizer),
        tokenizer=tokenizer,
        transformer=transformer,
        is_distilled=distilled,
    ).save_pretrained(folder)
    return folder


def library(folder: Path) -> Any:
    """The library's own pipeline."""
    pipe = diffusers.Flux2KleinPipeline.from_pretrained(
        folder, local_files_only=True, dtype=torch.float32
    )
    pipe.set_progress_bar_config(disable=True)
    return pipe
