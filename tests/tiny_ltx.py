"""LTX-2's real classes with few random weights, saved the way the hub has them.

The configurations keep what decides the wiring (strides, channels, number of blocks, learnable
registers, a schedule shifted by length) and shrink everything else. Random weights paint noise:
they prove the way, no picture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import diffusers as untyped
import torch
import transformers
from safetensors.torch import save_file

diffusers: Any = untyped
BLOCKS = 2
WIDTH = 16
LORA_FILE = "ltx-2-19b-distilled-lora-384.safetensors"


def pipeline(blocks: int = BLOCKS) -> Any:
    """``LTX2ImageToVideoPipeline`` with all its parts; each part from its own seed."""
    return diffusers.LTX2ImageToVideoPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(
            use_dynamic_shifting=True, base_shift=0.95, max_shift=2.05, base_image_seq_len=1024,
            max_image_seq_len=4096, shift_terminal=0.1,
        ),
        vae=_autoencoder(),
        audio_vae=_hearing(),
        text_encoder=_text_encoder(),
        tokenizer=_tokenizer(),
        connectors=_connectors(),
        transformer=_transformer(blocks),
        vocoder=_vocoder(),
    )  # fmt: skip


def save(folder: Path, blocks: int = BLOCKS) -> Path:
    """The pipeline's folder, as pulled."""
    pipeline(blocks).save_pretrained(folder)
    return folder


def save_lora(folder: Path, width: int = WIDTH) -> Path:
    """The folder of the distilled variant's additions, in their publisher's own key names."""
    chance = torch.Generator().manual_seed(7)
    state = {}
    for block in range(BLOCKS):
        for layer in ("attn1.to_q", "attn1.to_k", "attn1.to_v", "attn1.to_out.0"):
            key = f"diffusion_model.transformer_blocks.{block}.{layer}"
            state[f"{key}.lora_A.weight"] = torch.randn(4, width, generator=chance)
            state[f"{key}.lora_B.weight"] = torch.randn(width, 4, generator=chance)
    folder.mkdir(parents=True)
    save_file(state, folder / LORA_FILE)
    return folder


def _tokenizer() -> Any:
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    pieces = [*special, "▁", *(chr(code) for code in range(33, 127))]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    return transformers.GemmaTokenizer(
        vocab=vocabulary, merges=[], model_max_length=1024, add_bos_token=True
    )


def _text_encoder() -> Any:
    torch.manual_seed(1)
    config = transformers.Gemma3Config(
        text_config={
            "vocab_size": 128, "hidden_size": WIDTH, "intermediate_size": 32,
            "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
            "head_dim": 8, "query_pre_attn_scalar": 8, "sliding_window": 64,
            "max_position_embeddings": 2048,
        },
        vision_config={
            "hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 1,
            "num_attention_heads": 2, "image_size": 32, "patch_size": 16,
        },
        mm_tokens_per_image=4, boi_token_index=120, eoi_token_index=121, image_token_index=122,
    )  # fmt: skip
    encoder: Any = transformers.Gemma3ForConditionalGeneration(config)
    return encoder.eval()


def _connectors() -> Any:
    torch.manual_seed(2)
    return diffusers.pipelines.ltx2.LTX2TextConnectors(
        caption_channels=WIDTH, text_proj_in_factor=3,
        video_connector_num_attention_heads=2, video_connector_attention_head_dim=8,
        video_connector_num_layers=1, audio_connector_num_attention_heads=2,
        audio_connector_attention_head_dim=8, audio_connector_num_layers=1, rope_type="split",
    )  # fmt: skip


def _transformer(blocks: int) -> Any:
    torch.manual_seed(3)
    transformer = diffusers.LTX2VideoTransformer3DModel(
        in_channels=4, out_channels=4, num_attention_heads=2, attention_head_dim=8,
        cross_attention_dim=WIDTH, audio_in_channels=4, audio_out_channels=4,
        audio_num_attention_heads=2, audio_attention_head_dim=4, audio_cross_attention_dim=8,
        num_layers=blocks, caption_channels=WIDTH, rope_type="split",
    )  # fmt: skip
    with torch.no_grad():
        for block in transformer.transformer_blocks:
            # Loud enough that leaving out one self-attention is seen in the film.
            block.attn1.to_out[0].weight.mul_(20)
    return transformer


def _autoencoder() -> Any:
    torch.manual_seed(4)
    return diffusers.AutoencoderKLLTX2Video(
        latent_channels=4, block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 16, 32),
        layers_per_block=(1, 1, 1, 1, 1), decoder_layers_per_block=(1, 1, 1, 1),
        decoder_causal=False, spatial_compression_ratio=32, temporal_compression_ratio=8,
    )  # fmt: skip


def _hearing() -> Any:
    torch.manual_seed(5)
    return diffusers.AutoencoderKLLTX2Audio(
        base_channels=4, output_channels=2, ch_mult=(1,), num_res_blocks=1, attn_resolutions=None,
        in_channels=2, resolution=32, latent_channels=2, norm_type="pixel",
        causality_axis="height", mid_block_add_attention=False, sample_rate=16000,
        mel_hop_length=160, is_causal=True, mel_bins=8,
    )  # fmt: skip


def _vocoder() -> Any:
    torch.manual_seed(6)
    return diffusers.pipelines.ltx2.vocoder.LTX2Vocoder(
        in_channels=16, hidden_channels=8, out_channels=2, upsample_kernel_sizes=[4, 4],
        upsample_factors=[2, 2], resnet_kernel_sizes=[3], resnet_dilations=[[1, 3, 5]],
        output_sampling_rate=16000,
    )  # fmt: skip
